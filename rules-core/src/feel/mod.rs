//! FEEL: reading and printing.

pub(crate) mod ast;

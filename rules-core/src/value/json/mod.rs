//! JSON (RFC 8259): a pull scanner, on it a tree with places, and a writer.
//!
//! The scanner alone reads cases, straight into slots. The tree serves packs, mappings and requests, where every fault
//! needs its place. Both see the same grammar: nothing beyond the RFC, no lone surrogates, no byte-order mark, nothing
//! after the value, at most [`DEPTH`] levels. Numbers stay the text they are, so that no digit is lost on the way.

mod fault;
mod lines;
mod raw_text;
mod scanner;
mod tree;
mod writer;

pub(crate) use fault::{JsonFault, JsonFaultKind};
pub(crate) use lines::Lines;
pub(crate) use raw_text::RawText;
pub(crate) use scanner::{Kind, Scan, Scanner};
pub(crate) use tree::{Entry, Json, JsonKind, parse};
pub(crate) use writer::{Written, write_escaped, write_text};

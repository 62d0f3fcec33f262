//! Many cases: read in chunks, decided by several engines, written in order.

pub(crate) mod chunk;
mod columns;
mod comma_separated;
pub(crate) mod crew;
mod elements;
pub(crate) mod input;
mod json_lines;
mod json_list;
pub(crate) mod output;
pub(crate) mod progress;
pub(crate) mod rejects;
pub(crate) mod summary;
pub(crate) mod tally;
mod xml;

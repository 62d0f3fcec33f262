//! The plain functions that a host without JavaScript calls.
//!
//! Addresses and lengths count bytes in the module's linear memory (32 bits). A function that gives back a text gives
//! `address << 32 | length` in one 64-bit number. All text is UTF-8.
//!
//! A host decides rows in this order: [`rules_allocate`] a buffer and write the `load` request into it, [`rules_call`]
//! it, read the handle of the pack from the answer; then for every chunk write the rows into a buffer and call
//! [`rules_decide_chunk`], and read the three texts by [`rules_output`].

// The lint counts `#[unsafe(no_mangle)]` as unsafe code: two functions of one name would clash. These six are the
// only exported names of the workspace, and all of them begin with `rules_`. There is no `unsafe` block.
#![allow(unsafe_code, reason = "exported names need #[unsafe(no_mangle)]")]

use crate::instance::{self, Buffer, Chunk, Output};

/// Gives out a buffer of `length` bytes, filled with zeros, and answers with its address.
///
/// The host writes into it and passes its address on; it stays until [`rules_free`].
#[unsafe(no_mangle)]
pub extern "C" fn rules_allocate(length: usize) -> usize {
    instance::allocate(length).address
}

/// Takes back a buffer given out by [`rules_allocate`] or [`rules_call`]. Any other address is ignored.
#[unsafe(no_mangle)]
pub extern "C" fn rules_free(address: usize, _length: usize) {
    instance::free(address);
}

/// Answers the JSON request in the buffer; the answer lies in a new buffer, which the host frees by [`rules_free`].
#[unsafe(no_mangle)]
pub extern "C" fn rules_call(address: usize, length: usize) -> u64 {
    packed(instance::call_in_buffer(Buffer { address, length }))
}

/// Decides every row of the buffer, which holds one JSON object a line.
///
/// `mapping` is 0 for rows that are cases already; `first_row` is the number of the buffer's first row in the whole
/// input, counted from 1; `full` is 1 for records with reasons and 0 for brief ones; the date `as_of` is for cases
/// that name none, with length 0 for no date.
///
/// Answers 0 when every row became a record or a reject, and 1 when the chunk was not begun (an unknown handle, a bad
/// date); [`rules_output`] with 3 then gives the reason as JSON.
#[unsafe(no_mangle)]
#[allow(clippy::too_many_arguments, reason = "a plain function has no structures to put them in")]
pub extern "C" fn rules_decide_chunk(
    pack: u32,
    mapping: u32,
    address: usize,
    length: usize,
    first_row: u64,
    full: u32,
    as_of_address: usize,
    as_of_length: usize,
) -> u32 {
    let lines = Buffer { address, length };
    let as_of = Buffer { address: as_of_address, length: as_of_length };
    let chunk = Chunk { pack, mapping, lines, first_row, full: full != 0, as_of };
    u32::from(!instance::decide_chunk(&chunk))
}

/// Gives one text of the last chunk: 0 the records and 1 the rejects, one JSON object a line, 2 the counts as one
/// JSON object, 3 the reason why the chunk was not begun. It lies there until the next call; it is not freed by the host.
#[unsafe(no_mangle)]
pub extern "C" fn rules_output(which: u32) -> u64 {
    let which = match which {
        0 => Output::Records,
        1 => Output::Rejects,
        2 => Output::Tally,
        _ => Output::Fault,
    };
    packed(instance::output(which))
}

/// Gives the address of the cursor: eight bytes, least significant first, that say how many rows of the chunk were
/// begun. Ask for it before the first chunk.
///
/// The number is written before a row is looked at. After a trap the host reads it from memory, without calling into
/// the stopped instance: rows before it are finished, and the row it counts last is the one that trapped.
#[unsafe(no_mangle)]
pub extern "C" fn rules_cursor() -> usize {
    instance::cursor_address()
}

/// Address and length in one number, because a plain function gives back one value.
fn packed(place: Buffer) -> u64 {
    ((place.address as u64) << 32) | place.length as u64
}

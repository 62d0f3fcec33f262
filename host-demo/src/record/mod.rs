//! Decision records as documents: their canonical form, where two of them differ, and receipts that keep values back.
//!
//! A **receipt** is a record in which every value made from a fact is replaced by a commitment: the SHA-256 of the
//! canonical JSON `[salt, pointer, value]`. The salts are random and stand with the values in the **openings**, which
//! whoever decided keeps. Handing over one opening shows one value and says nothing of the others. The receipt closes
//! with the SHA-256 of everything else in it, so a change anywhere shows.

pub(crate) mod canonical;
pub(crate) mod differences;
mod kept;
pub(crate) mod openings;
pub(crate) mod receipt;
pub(crate) mod sensitive;
mod words;

use sha2::{Digest, Sha256};

pub(crate) use kept::{is_brief, without_reasons};

/// What is wrong with a document, and where in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Finding {
    /// JSON pointer into the document; empty when it is about the whole.
    pub(crate) pointer: String,
    pub(crate) message: String,
}

impl Finding {
    /// A finding at a place.
    pub(crate) fn at(pointer: impl Into<String>, message: impl Into<String>) -> Self {
        Self { pointer: pointer.into(), message: message.into() }
    }
}

/// SHA-256 in lower-case hexadecimal.
pub(crate) fn sha256(text: &str) -> String {
    hexadecimal(&Sha256::digest(text.as_bytes()))
}

/// Lower-case hexadecimal, two digits a byte.
fn hexadecimal(bytes: &[u8]) -> String {
    const DIGITS: [u8; 16] = *b"0123456789abcdef";
    let digit = |four: u8| DIGITS.get(usize::from(four)).copied().map_or('0', char::from);
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}

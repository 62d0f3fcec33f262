//! Where a text stops being JSON, and why, in a person's words.

use super::scanner::DEPTH;

/// Where the text stops being JSON, and why.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct JsonFault {
    pub(crate) kind: JsonFaultKind,
    /// Byte at which the reader stopped.
    pub(crate) at: usize,
}

/// What is wrong there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum JsonFaultKind {
    /// Something else should stand here: a value, a key, `:`, `,`.
    Expected(&'static str),
    /// The text ends in the middle of something.
    EndOfText,
    ControlCharacter,
    BadEscape,
    LoneSurrogate,
    BadNumber,
    TooDeep,
    TrailingData,
    ByteOrderMark,
}

impl JsonFaultKind {
    /// One sentence to a person. It never repeats what stands in the text.
    pub(crate) fn message(self) -> String {
        match self {
            Self::Expected(what) => format!("{what} should stand here"),
            Self::EndOfText => "the text ends before the value does".to_owned(),
            Self::ControlCharacter => "a text holds a control character; write it as an escape such as \\n".to_owned(),
            Self::BadEscape => "a backslash in a text begins no escape that JSON has".to_owned(),
            Self::LoneSurrogate => "a \\u escape is half of a surrogate pair, which is no character".to_owned(),
            Self::BadNumber => {
                "a number is not written as JSON asks (no leading zeros or `+`, digits around the point)".to_owned()
            }
            Self::TooDeep => format!("objects and lists are nested more than {DEPTH} deep"),
            Self::TrailingData => "something follows after the end of the value".to_owned(),
            Self::ByteOrderMark => "the text begins with a byte-order mark; save it as UTF-8 without one".to_owned(),
        }
    }
}

//! The inside of a JSON string: as it stands in the text, and as it is meant.

use std::borrow::Cow;

/// The inside of a string as it stands in the text, its escapes checked but not yet replaced.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct RawText<'a> {
    pub(crate) raw: &'a str,
    pub(crate) escaped: bool,
}

impl<'a> RawText<'a> {
    /// The text that is meant, borrowed when it holds no escape.
    pub(crate) fn decode(self) -> Cow<'a, str> {
        if !self.escaped {
            return Cow::Borrowed(self.raw);
        }
        let mut decoded = String::with_capacity(self.raw.len());
        let mut rest = self.raw;
        while let Some((before, after)) = rest.split_once('\\') {
            decoded.push_str(before);
            rest = decode_escape(after, &mut decoded);
        }
        decoded.push_str(rest);
        Cow::Owned(decoded)
    }
}

/// Replaces the escape that begins after a backslash; the scanner has checked it. Gives what follows.
fn decode_escape<'a>(after: &'a str, decoded: &mut String) -> &'a str {
    let mut characters = after.chars();
    let character = match characters.next() {
        Some('b') => '\u{8}',
        Some('f') => '\u{c}',
        Some('n') => '\n',
        Some('r') => '\r',
        Some('t') => '\t',
        Some('u') => {
            let (character, length) = match (hexadecimal(after.as_bytes(), 1), hexadecimal(after.as_bytes(), 7)) {
                (Some(high @ 0xd800..=0xdbff), Some(low)) => (pair(high, low), 11),
                (Some(code), _) => (char::from_u32(code), 5),
                (None, _) => (None, 1),
            };
            decoded.extend(character);
            return after.get(length..).unwrap_or_default();
        }
        Some(same) => same,
        None => return "",
    };
    decoded.push(character);
    characters.as_str()
}

/// The four hexadecimal digits at `at`.
pub(super) fn hexadecimal(bytes: &[u8], at: usize) -> Option<u32> {
    let digits = bytes.get(at..at.checked_add(4)?)?;
    digits.iter().try_fold(0, |code, digit| Some(code * 16 + char::from(*digit).to_digit(16)?))
}

/// The character of a surrogate pair.
pub(super) fn pair(high: u32, low: u32) -> Option<char> {
    if !(0xd800..=0xdbff).contains(&high) || !(0xdc00..=0xdfff).contains(&low) {
        return None;
    }
    char::from_u32(0x10000 + ((high - 0xd800) << 10) + (low - 0xdc00))
}

//! A pull scanner over JSON text. It copies nothing and keeps no tree: the caller asks for what it expects.

use super::fault::{JsonFault, JsonFaultKind};
use super::raw_text::{RawText, hexadecimal, pair};

/// Levels of objects and lists that the scanner follows; a text nested deeper is refused, so that no text can exhaust
/// the stack of whoever reads it.
pub(crate) const DEPTH: u32 = 256;

/// What kind of value begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Object,
    List,
    Text,
    Number,
    Boolean,
    Null,
}

impl Kind {
    /// The kind with its article, for messages.
    pub(crate) fn words(self) -> &'static str {
        match self {
            Self::Object => "an object",
            Self::List => "a list",
            Self::Text => "a text",
            Self::Number => "a number",
            Self::Boolean => "true or false",
            Self::Null => "null",
        }
    }
}

/// The scanner has met a fault and cannot go on; [`Scanner::fault`] says which. It is empty so that results stay small.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Stop;

/// A result of the scanner.
pub(crate) type Scan<T> = Result<T, Stop>;

/// Reads one JSON value from a text, piece by piece.
#[derive(Clone, Debug)]
pub(crate) struct Scanner<'a> {
    text: &'a str,
    bytes: &'a [u8],
    at: usize,
    depth: u32,
    /// Why it cannot go on, once it cannot.
    fault: Option<JsonFault>,
}

impl<'a> Scanner<'a> {
    /// A scanner at the beginning of `text`.
    pub(crate) fn new(text: &'a str) -> Self {
        Self { text, bytes: text.as_bytes(), at: 0, depth: 0, fault: None }
    }

    /// The byte that is read next.
    pub(crate) fn position(&self) -> usize {
        self.at
    }

    /// Why the scanner has stopped.
    pub(crate) fn fault(&self) -> JsonFault {
        self.fault.unwrap_or(JsonFault { kind: JsonFaultKind::EndOfText, at: self.at })
    }

    /// Stops at the byte that is read next.
    #[cold]
    fn stop(&mut self, kind: JsonFaultKind) -> Stop {
        let kind = match kind {
            JsonFaultKind::Expected(_) if self.at >= self.bytes.len() => JsonFaultKind::EndOfText,
            JsonFaultKind::Expected(_) if self.at == 0 && self.text.starts_with('\u{feff}') => {
                JsonFaultKind::ByteOrderMark
            }
            other => other,
        };
        self.fault = Some(JsonFault { kind, at: self.at });
        Stop
    }

    #[inline]
    fn byte(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    #[inline]
    fn skip_space(&mut self) {
        while let Some(b' ' | b'\n' | b'\t' | b'\r') = self.byte() {
            self.at += 1;
        }
    }

    /// The kind of the value that begins here, after white space.
    #[inline]
    pub(crate) fn kind(&mut self) -> Scan<Kind> {
        self.skip_space();
        match self.byte() {
            Some(b'"') => Ok(Kind::Text),
            Some(b'-' | b'0'..=b'9') => Ok(Kind::Number),
            Some(b't' | b'f') => Ok(Kind::Boolean),
            Some(b'{') => Ok(Kind::Object),
            Some(b'[') => Ok(Kind::List),
            Some(b'n') => Ok(Kind::Null),
            _ => Err(self.stop(JsonFaultKind::Expected("a value"))),
        }
    }

    /// Begins an object or a list: `open` is the bracket, which the caller has seen by way of [`Scanner::kind`].
    #[inline]
    fn open(&mut self, open: u8, expected: &'static str) -> Scan<()> {
        self.skip_space();
        if self.byte() != Some(open) {
            return Err(self.stop(JsonFaultKind::Expected(expected)));
        }
        if self.depth >= DEPTH {
            return Err(self.stop(JsonFaultKind::TooDeep));
        }
        self.depth += 1;
        self.at += 1;
        Ok(())
    }

    /// Begins an object.
    #[inline]
    pub(crate) fn open_object(&mut self) -> Scan<()> {
        self.open(b'{', "an object")
    }

    /// Begins a list.
    #[inline]
    pub(crate) fn open_list(&mut self) -> Scan<()> {
        self.open(b'[', "a list")
    }

    /// Goes back to a place where it was since it last looked for a key or an item.
    #[inline]
    pub(crate) fn go_back(&mut self, position: usize) {
        self.at = position.min(self.at);
    }

    /// Reads `true` or `false`; `None`, and nothing is read, where something else stands.
    #[inline]
    pub(crate) fn plain_boolean(&mut self) -> Option<bool> {
        self.skip_space();
        let rest = self.bytes.get(self.at..)?;
        let (boolean, length) = match rest.first_chunk::<4>()? {
            b"true" => (true, 4),
            b"fals" if rest.get(4) == Some(&b'e') => (false, 5),
            _ => return None,
        };
        let ends = matches!(rest.get(length), Some(b',' | b'}' | b']' | b' ' | b'\n' | b'\t' | b'\r'));
        if ends {
            self.at += length;
        }
        ends.then_some(boolean)
    }

    /// Whether the object that was opened has another member, whose key is next to be read. `first` is true before the
    /// first one, and this sets it to false.
    #[inline]
    pub(crate) fn next_member(&mut self, first: &mut bool) -> Scan<bool> {
        self.next(first, b'}', "`,` or `}`")
    }

    /// Reads the key that is next if it is written as `pattern`: quote, key, quote, colon.
    #[inline]
    pub(crate) fn take_key(&mut self, pattern: &[u8]) -> bool {
        let taken = self.bytes.get(self.at..).is_some_and(|rest| rest.starts_with(pattern));
        if taken {
            self.at += pattern.len();
        }
        taken
    }

    /// Reads a key and its colon.
    pub(crate) fn key(&mut self) -> Scan<RawText<'a>> {
        let key = match self.byte() {
            Some(b'"') => self.text()?,
            _ => return Err(self.stop(JsonFaultKind::Expected("a key in quotes"))),
        };
        self.skip_space();
        if self.byte() != Some(b':') {
            return Err(self.stop(JsonFaultKind::Expected("`:`")));
        }
        self.at += 1;
        Ok(key)
    }

    /// The next key of the object that was opened, with its value next to be read; `None` at the end of the object.
    pub(crate) fn next_key(&mut self, first: &mut bool) -> Scan<Option<RawText<'a>>> {
        if self.next_member(first)? { self.key().map(Some) } else { Ok(None) }
    }

    /// Whether the list that was opened has another item, which is next to be read.
    #[inline]
    pub(crate) fn next_item(&mut self, first: &mut bool) -> Scan<bool> {
        self.next(first, b']', "`,` or `]`")
    }

    #[inline]
    fn next(&mut self, first: &mut bool, close: u8, expected: &'static str) -> Scan<bool> {
        self.skip_space();
        let byte = self.byte();
        if byte == Some(close) {
            self.at += 1;
            self.depth = self.depth.saturating_sub(1);
            return Ok(false);
        }
        if std::mem::take(first) {
            return Ok(true);
        }
        if byte != Some(b',') {
            return Err(self.stop(JsonFaultKind::Expected(expected)));
        }
        self.at += 1;
        self.skip_space();
        if self.byte() == Some(close) {
            return Err(self.stop(JsonFaultKind::Expected("another one after the comma")));
        }
        Ok(true)
    }

    /// Reads a string.
    #[inline]
    pub(crate) fn text(&mut self) -> Scan<RawText<'a>> {
        self.skip_space();
        if self.byte() != Some(b'"') {
            return Err(self.stop(JsonFaultKind::Expected("a text in quotes")));
        }
        self.at += 1;
        let start = self.at;
        let mut escaped = false;
        loop {
            self.at += plain_bytes(self.bytes.get(self.at..).unwrap_or_default());
            match self.byte() {
                Some(b'"') => break,
                Some(b'\\') => {
                    escaped = true;
                    self.escape()?;
                }
                Some(_) => return Err(self.stop(JsonFaultKind::ControlCharacter)),
                None => return Err(self.stop(JsonFaultKind::EndOfText)),
            }
        }
        // Both ends are beside ASCII bytes, so the slice exists.
        let raw = self.text.get(start..self.at).unwrap_or_default();
        self.at += 1;
        Ok(RawText { raw, escaped })
    }

    /// Checks the escape at the backslash that is read next.
    #[cold]
    fn escape(&mut self) -> Scan<()> {
        match self.bytes.get(self.at + 1) {
            Some(b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't') => self.at += 2,
            Some(b'u') => match hexadecimal(self.bytes, self.at + 2) {
                None => return Err(self.stop(JsonFaultKind::BadEscape)),
                Some(high @ 0xd800..=0xdfff) => {
                    let second = self.bytes.get(self.at + 6..self.at + 8) == Some(b"\\u");
                    let low = if second { hexadecimal(self.bytes, self.at + 8) } else { None };
                    if low.and_then(|low| pair(high, low)).is_none() {
                        return Err(self.stop(JsonFaultKind::LoneSurrogate));
                    }
                    self.at += 12;
                }
                Some(_) => self.at += 6,
            },
            Some(_) => return Err(self.stop(JsonFaultKind::BadEscape)),
            None => return Err(self.stop(JsonFaultKind::EndOfText)),
        }
        Ok(())
    }

    /// Reads a whole number of at most 18 digits that is written without point and exponent; `None`, and nothing is
    /// read, where something else stands.
    #[inline]
    pub(crate) fn whole_number(&mut self) -> Option<i64> {
        self.skip_space();
        let negative = self.byte() == Some(b'-');
        let start = self.at + usize::from(negative);
        let mut number: i64 = 0;
        let mut at = start;
        while let Some(digit @ b'0'..=b'9') = self.bytes.get(at) {
            number = number.wrapping_mul(10).wrapping_add(i64::from(digit - b'0'));
            at += 1;
        }
        let digits = at - start;
        let zero_in_front = digits > 1 && self.bytes.get(start) == Some(&b'0');
        let ends = matches!(self.bytes.get(at), Some(b',' | b'}' | b']' | b' ' | b'\n' | b'\t' | b'\r'));
        if digits == 0 || digits > 18 || zero_in_front || !ends {
            return None;
        }
        self.at = at;
        Some(if negative { -number } else { number })
    }

    /// Reads a string without escapes; `None`, and nothing is read, where something else stands.
    #[inline]
    pub(crate) fn plain_text(&mut self) -> Option<&'a str> {
        self.skip_space();
        let start = self.at + 1;
        if self.byte() != Some(b'"') {
            return None;
        }
        let end = start + plain_bytes(self.bytes.get(start..)?);
        if self.bytes.get(end) != Some(&b'"') {
            return None;
        }
        self.at = end + 1;
        self.text.get(start..end)
    }

    /// Reads a number as the text that it is.
    #[inline]
    pub(crate) fn number(&mut self) -> Scan<&'a str> {
        self.skip_space();
        let start = self.at;
        if self.byte() == Some(b'-') {
            self.at += 1;
        }
        match self.byte() {
            Some(b'0') => self.at += 1,
            Some(b'1'..=b'9') => self.skip_digits(),
            _ => return Err(self.stop(JsonFaultKind::BadNumber)),
        }
        if self.byte() == Some(b'.') {
            self.at += 1;
            self.some_digits()?;
        }
        if let Some(b'e' | b'E') = self.byte() {
            self.at += 1;
            if let Some(b'+' | b'-') = self.byte() {
                self.at += 1;
            }
            self.some_digits()?;
        }
        if let Some(b'0'..=b'9' | b'.' | b'+' | b'-' | b'a'..=b'z' | b'A'..=b'Z') = self.byte() {
            return Err(self.stop(JsonFaultKind::BadNumber));
        }
        Ok(self.text.get(start..self.at).unwrap_or_default())
    }

    #[inline]
    fn skip_digits(&mut self) {
        while let Some(b'0'..=b'9') = self.byte() {
            self.at += 1;
        }
    }

    fn some_digits(&mut self) -> Scan<()> {
        let start = self.at;
        self.skip_digits();
        if self.at == start { Err(self.stop(JsonFaultKind::BadNumber)) } else { Ok(()) }
    }

    /// Reads `true` or `false`.
    #[inline]
    pub(crate) fn boolean(&mut self) -> Scan<bool> {
        self.skip_space();
        if self.byte() == Some(b't') { self.word("true").map(|()| true) } else { self.word("false").map(|()| false) }
    }

    /// Reads `null`.
    #[inline]
    pub(crate) fn null(&mut self) -> Scan<()> {
        self.skip_space();
        self.word("null")
    }

    #[inline]
    fn word(&mut self, word: &'static str) -> Scan<()> {
        let end = self.at + word.len();
        if self.bytes.get(self.at..end) != Some(word.as_bytes()) {
            return Err(self.stop(JsonFaultKind::Expected("a value")));
        }
        self.at = end;
        if let Some(b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'_') = self.byte() {
            return Err(self.stop(JsonFaultKind::Expected("`,` or the end")));
        }
        Ok(())
    }

    /// Reads a value of any kind, checks its grammar and keeps nothing.
    pub(crate) fn skip(&mut self) -> Scan<()> {
        match self.kind()? {
            Kind::Text => self.text().map(|_| ()),
            Kind::Number => self.number().map(|_| ()),
            Kind::Boolean => self.boolean().map(|_| ()),
            Kind::Null => self.null(),
            Kind::Object => {
                self.open_object()?;
                let mut first = true;
                while self.next_key(&mut first)?.is_some() {
                    self.skip()?;
                }
                Ok(())
            }
            Kind::List => {
                self.open_list()?;
                let mut first = true;
                while self.next_item(&mut first)? {
                    self.skip()?;
                }
                Ok(())
            }
        }
    }

    /// Checks that only white space follows.
    pub(crate) fn end(&mut self) -> Scan<()> {
        self.skip_space();
        if self.at < self.bytes.len() { Err(self.stop(JsonFaultKind::TrailingData)) } else { Ok(()) }
    }
}

/// How many bytes at the beginning need no escape inside a string and do not end it.
#[inline]
pub(super) fn plain_bytes(bytes: &[u8]) -> usize {
    let mut at = 0;
    while let Some(chunk) = bytes.get(at..).and_then(|rest| rest.first_chunk::<8>()) {
        let special = special_in(*chunk);
        if special != 0 {
            return at + usize::try_from(special.trailing_zeros() / 8).unwrap_or_default();
        }
        at += 8;
    }
    // The last eight bytes once more, of which those before `at` are plain.
    if let Some(chunk) = bytes.last_chunk::<8>() {
        let special = special_in(*chunk);
        let plain = if special == 0 { 8 } else { usize::try_from(special.trailing_zeros() / 8).unwrap_or_default() };
        return bytes.len() - 8 + plain;
    }
    let rest = bytes.get(at..).unwrap_or_default();
    let special = rest.iter().position(|byte| matches!(byte, b'"' | b'\\' | 0..0x20));
    at + special.unwrap_or(rest.len())
}

/// The top bit of the first byte that is a quote, a backslash or below 0x20 is set, and perhaps some bits above it.
#[inline]
fn special_in(chunk: [u8; 8]) -> u64 {
    const ONES: u64 = 0x0101_0101_0101_0101;
    const TOPS: u64 = 0x8080_8080_8080_8080;
    const QUOTES: u64 = ONES * b'"' as u64;
    const BACKSLASHES: u64 = ONES * b'\\' as u64;
    let word = u64::from_le_bytes(chunk);
    let quote = word ^ QUOTES;
    let backslash = word ^ BACKSLASHES;
    // Subtracting borrows from the byte above only where a byte is 0 (is the quote, is the backslash) or too small.
    let special = (quote.wrapping_sub(ONES) & !quote)
        | (backslash.wrapping_sub(ONES) & !backslash)
        | (word.wrapping_sub(ONES * 0x20) & !word);
    special & TOPS
}

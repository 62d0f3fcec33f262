//! JSON as a tree in which every value and key knows its place.

use std::borrow::Cow;

use super::fault::JsonFault;
use super::scanner::{Kind, Scan, Scanner};
use crate::source::pointer_to;

/// A JSON value and where it stands in the text (half-open bytes).
#[derive(Clone, Debug)]
pub(crate) struct Json<'a> {
    pub(crate) kind: JsonKind<'a>,
    pub(crate) start: usize,
    pub(crate) end: usize,
}

/// What the value is.
#[derive(Clone, Debug)]
pub(crate) enum JsonKind<'a> {
    Null,
    Boolean(bool),
    /// The number as written.
    Number(&'a str),
    Text(Cow<'a, str>),
    List(Vec<Json<'a>>),
    /// Entries in the order of the text; a key that comes twice is there twice.
    Object(Vec<Entry<'a>>),
}

/// One key of an object with its value.
#[derive(Clone, Debug)]
pub(crate) struct Entry<'a> {
    pub(crate) key: Cow<'a, str>,
    /// First byte of the key, its quote included.
    pub(crate) key_start: usize,
    /// The byte after the key's closing quote.
    pub(crate) key_end: usize,
    pub(crate) value: Json<'a>,
}

/// Reads `text` as one JSON value with nothing after it.
pub(crate) fn parse(text: &str) -> Result<Json<'_>, JsonFault> {
    let mut scanner = Scanner::new(text);
    let read = read(&mut scanner).and_then(|value| scanner.end().map(|()| value));
    read.map_err(|_| scanner.fault())
}

/// Reads one value. Its depth is bounded by the scanner's.
fn read<'a>(scanner: &mut Scanner<'a>) -> Scan<Json<'a>> {
    let kind = scanner.kind()?;
    let start = scanner.position();
    let kind = match kind {
        Kind::Null => scanner.null().map(|()| JsonKind::Null)?,
        Kind::Boolean => JsonKind::Boolean(scanner.boolean()?),
        Kind::Number => JsonKind::Number(scanner.number()?),
        Kind::Text => JsonKind::Text(scanner.text()?.decode()),
        Kind::List => {
            scanner.open_list()?;
            let mut items = Vec::new();
            let mut first = true;
            while scanner.next_item(&mut first)? {
                items.push(read(scanner)?);
            }
            JsonKind::List(items)
        }
        Kind::Object => JsonKind::Object(read_entries(scanner)?),
    };
    Ok(Json { kind, start, end: scanner.position() })
}

fn read_entries<'a>(scanner: &mut Scanner<'a>) -> Scan<Vec<Entry<'a>>> {
    scanner.open_object()?;
    let mut entries = Vec::new();
    let mut first = true;
    while scanner.next_member(&mut first)? {
        let key_start = scanner.position();
        let key = scanner.key()?;
        let value = read(scanner)?;
        // The quotes stand around the key as it is written.
        entries.push(Entry { key: key.decode(), key_start, key_end: key_start + key.raw.len() + 2, value });
    }
    Ok(entries)
}

impl<'a> Json<'a> {
    /// The value of `key`, when this is an object that has it; the first one when the key comes twice.
    pub(crate) fn get(&self, key: &str) -> Option<&Json<'a>> {
        self.entries()?.iter().find(|entry| entry.key == key).map(|entry| &entry.value)
    }

    /// The entries, when this is an object.
    pub(crate) fn entries(&self) -> Option<&[Entry<'a>]> {
        if let JsonKind::Object(entries) = &self.kind { Some(entries) } else { None }
    }

    /// The items, when this is a list.
    pub(crate) fn items(&self) -> Option<&[Json<'a>]> {
        if let JsonKind::List(items) = &self.kind { Some(items) } else { None }
    }

    /// The text, when this is one.
    pub(crate) fn as_text(&self) -> Option<&str> {
        if let JsonKind::Text(text) = &self.kind { Some(text) } else { None }
    }

    /// The number as written, when this is one.
    pub(crate) fn as_number(&self) -> Option<&'a str> {
        if let JsonKind::Number(token) = self.kind { Some(token) } else { None }
    }

    /// The boolean, when this is one.
    pub(crate) fn as_boolean(&self) -> Option<bool> {
        if let JsonKind::Boolean(boolean) = self.kind { Some(boolean) } else { None }
    }

    /// The kind with its article, for messages: `a list`.
    pub(crate) fn words(&self) -> &'static str {
        match self.kind {
            JsonKind::Null => Kind::Null,
            JsonKind::Boolean(_) => Kind::Boolean,
            JsonKind::Number(_) => Kind::Number,
            JsonKind::Text(_) => Kind::Text,
            JsonKind::List(_) => Kind::List,
            JsonKind::Object(_) => Kind::Object,
        }
        .words()
    }

    /// Every key that its object already has: the JSON pointer of the object's member, and the second entry.
    pub(crate) fn duplicates(&self) -> Vec<(String, &Entry<'a>)> {
        let mut found = Vec::new();
        self.collect_duplicates("", &mut found);
        found
    }

    fn collect_duplicates<'j>(&'j self, pointer: &str, found: &mut Vec<(String, &'j Entry<'a>)>) {
        for (number, item) in self.items().unwrap_or_default().iter().enumerate() {
            item.collect_duplicates(&format!("{pointer}/{number}"), found);
        }
        let entries = self.entries().unwrap_or_default();
        let mut seen = std::collections::BTreeSet::new();
        for entry in entries {
            let inner = pointer_to(pointer, &entry.key);
            if !seen.insert(entry.key.as_ref()) {
                found.push((inner.clone(), entry));
            }
            entry.value.collect_duplicates(&inner, found);
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::indexing_slicing)]
mod tests {
    use super::super::fault::JsonFaultKind;
    use super::*;

    fn fault(text: &str) -> JsonFaultKind {
        parse(text).unwrap_err().kind
    }

    #[test]
    fn every_way_not_to_be_json_has_its_own_reason() {
        assert_eq!(fault(""), JsonFaultKind::EndOfText);
        assert_eq!(fault("{\"a\":1"), JsonFaultKind::EndOfText);
        assert_eq!(fault("\u{feff}{}"), JsonFaultKind::ByteOrderMark);
        assert_eq!(fault("{} {}"), JsonFaultKind::TrailingData);
        assert_eq!(fault("[1,]"), JsonFaultKind::Expected("another one after the comma"));
        assert_eq!(fault("{\"a\":1,}"), JsonFaultKind::Expected("another one after the comma"));
        assert_eq!(fault("\"\\ud800\""), JsonFaultKind::LoneSurrogate);
        assert_eq!(fault("\"\\udc00\\ud800\""), JsonFaultKind::LoneSurrogate);
        assert_eq!(fault("\"\\x\""), JsonFaultKind::BadEscape);
        assert_eq!(fault("\"a\nb\""), JsonFaultKind::ControlCharacter);
        assert_eq!(fault("\"0123456789\u{1}\""), JsonFaultKind::ControlCharacter);
        for number in ["01", "1.", ".5x", "-", "1e", "1e+", "0x1", "1.2.3"] {
            let kind = fault(number);
            assert!(matches!(kind, JsonFaultKind::BadNumber | JsonFaultKind::Expected(_)), "{number}: {kind:?}");
        }
        assert_eq!(fault(&"[".repeat(257)), JsonFaultKind::TooDeep);
        assert!(parse(&format!("{}{}", "[".repeat(256), "]".repeat(256))).is_ok());
        assert!(parse("nulll").is_err() && parse("True").is_err());
    }

    #[test]
    fn strings_of_every_length_keep_their_escapes_and_characters() {
        for length in 0..20 {
            let plain = "é".repeat(length);
            let text = format!("\"{plain}\\n\\u00e9\\ud83d\\udca9\\/\"");
            assert_eq!(parse(&text).unwrap().as_text(), Some(format!("{plain}\né💩/").as_str()));
        }
    }

    #[test]
    fn places_and_duplicates_are_known() {
        let text = r#" {"a": [1.50, {"b": true, "b": 2}], "c/d": "x"} "#;
        let json = parse(text).unwrap();
        assert_eq!(json.get("a").unwrap().items().unwrap()[0].as_number(), Some("1.50"));
        let c = json.get("c/d").unwrap();
        assert_eq!(&text[c.start..c.end], "\"x\"");
        let duplicates = json.duplicates();
        assert_eq!(duplicates.len(), 1);
        assert_eq!(duplicates[0].0, "/a/1/b");
        assert_eq!(&text[duplicates[0].1.key_start..duplicates[0].1.key_end], "\"b\"");
        assert_eq!(duplicates[0].1.value.as_number(), Some("2"));
    }
}

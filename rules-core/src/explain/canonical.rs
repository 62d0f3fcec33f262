//! Canonical JSON as the decision record has it: sorted keys, no white space (RFC 8785), numbers as plain decimals.

use crate::value::date::write_date;
use crate::value::json::write_text;
use crate::value::order::sort_by;
use crate::value::{Value, number, text};

/// Writes a value: what JSON has as itself, everything else as the text that FEEL's `string` gives.
pub(super) fn value(out: &mut Vec<u8>, value: &Value) {
    match value {
        Value::Boolean(true) => out.extend_from_slice(b"true"),
        Value::Boolean(false) => out.extend_from_slice(b"false"),
        Value::Number(number) => number::write_plain(out, *number),
        Value::String(text) => write_text(out, text),
        Value::Date(date) => {
            out.push(b'"');
            write_date(out, *date);
            out.push(b'"');
        }
        Value::List(items) => list(out, items.iter(), self::value),
        Value::Context(context) => {
            let mut entries: Vec<_> = context.entries().collect();
            sort_by(&mut entries, |(left, _), (right, _)| left.encode_utf16().cmp(right.encode_utf16()));
            let mut object = Object::open(out);
            for (key, entry) in entries {
                self::value(object.key(key), entry);
            }
            object.close();
        }
        Value::Null | Value::Unknown(_) | Value::NotApplicable | Value::NotInForce => out.extend_from_slice(b"null"),
        other => match text::string(other) {
            Some(words) => write_text(out, &words),
            None => out.extend_from_slice(b"null"),
        },
    }
}

/// Writes a list, each item by `item`.
pub(super) fn list<T>(out: &mut Vec<u8>, items: impl Iterator<Item = T>, mut item: impl FnMut(&mut Vec<u8>, T)) {
    out.push(b'[');
    for (index, each) in items.enumerate() {
        if index > 0 {
            out.push(b',');
        }
        item(out, each);
    }
    out.push(b']');
}

/// An object being written. Its keys must be given in sorted order.
pub(super) struct Object<'o> {
    out: &'o mut Vec<u8>,
    empty: bool,
}

impl<'o> Object<'o> {
    /// Begins an object.
    pub(super) fn open(out: &'o mut Vec<u8>) -> Self {
        out.push(b'{');
        Self { out, empty: true }
    }

    /// Writes a key; the caller then writes its value.
    pub(super) fn key(&mut self, key: &str) -> &mut Vec<u8> {
        if !self.empty {
            self.out.push(b',');
        }
        self.empty = false;
        write_text(self.out, key);
        self.out.push(b':');
        self.out
    }

    /// A key with a text.
    pub(super) fn text(&mut self, key: &str, text: &str) {
        write_text(self.key(key), text);
    }

    /// A key with a text, if there is one.
    pub(super) fn optional_text(&mut self, key: &str, text: Option<&str>) {
        if let Some(text) = text {
            self.text(key, text);
        }
    }

    /// A key with a list of texts.
    pub(super) fn texts<'t>(&mut self, key: &str, texts: impl Iterator<Item = &'t str>) {
        list(self.key(key), texts, write_text);
    }

    /// Ends the object.
    pub(super) fn close(self) {
        self.out.push(b'}');
    }
}

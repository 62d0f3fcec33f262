//! From a place (JSON pointer, span inside a FEEL text) to lines and columns of the document.

use crate::source::{Place, Span};
use crate::value::json::{Entry, Json, parse};

/// Where a place stands in a document, for an editor or a terminal.
///
/// Lines and columns count from 1, columns in characters; the end is the position after the last character.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Location {
    /// Line of the first character.
    pub line: usize,
    /// Column of the first character.
    pub column: usize,
    /// Line of the end.
    pub end_line: usize,
    /// Column of the end.
    pub end_column: usize,
    /// First byte.
    pub start: usize,
    /// The byte after the last one.
    pub end: usize,
}

/// Finds places in one document, which is read once.
#[derive(Debug)]
pub struct Locator<'d> {
    document: &'d str,
    tree: Option<Json<'d>>,
    /// First byte of each line.
    lines: Vec<usize>,
}

/// Finds one place in `document`.
///
/// ```
/// use rules_core::{Place, Span, locate};
/// let document = "{\n  \"criterion\": \"a \\u003e b\"\n}";
/// let found = locate(document, &Place::within("/criterion", Span { start: 2, end: 3 }));
/// assert_eq!((found.line, found.column, found.end_column), (2, 19, 25));
/// assert_eq!(&document[found.start..found.end], "\\u003e");
/// ```
#[must_use]
pub fn locate(document: &str, place: &Place) -> Location {
    Locator::new(document).locate(place)
}

impl<'d> Locator<'d> {
    /// Reads `document`, which need not be JSON.
    #[must_use]
    pub fn new(document: &'d str) -> Self {
        let after_line_feeds = document.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| at + 1);
        Self { document, tree: parse(document).ok(), lines: std::iter::once(0).chain(after_line_feeds).collect() }
    }

    /// Where `place` stands. Of a pointer that leads nowhere, the part that does lead somewhere counts; without a pointer
    /// it is the span of the document itself, or its beginning.
    #[must_use]
    pub fn locate(&self, place: &Place) -> Location {
        let (start, end) = self.bytes(place);
        let (line, column) = self.line_and_column(start);
        let (end_line, end_column) = self.line_and_column(end);
        Location { line, column, end_line, end_column, start, end }
    }

    fn bytes(&self, place: &Place) -> (usize, usize) {
        if place.pointer.is_empty() {
            return match place.span {
                Some(span) => (self.boundary(byte(span.start)), self.boundary(byte(span.end))),
                None => self.tree.as_ref().map_or((0, 0), |tree| (tree.start, tree.start + 1)),
            };
        }
        let Some(tree) = &self.tree else { return (0, 0) };
        let (value, entry, whole) = find(tree, &place.pointer, place.on_key);
        let (start, end, is_text) = match entry.filter(|_| place.on_key && whole) {
            Some(entry) => (entry.key_start, entry.key_end, true),
            None => (value.start, value.end, value.as_text().is_some()),
        };
        match place.span {
            Some(span) if is_text && whole => self.inside(start, end, span),
            _ => (start, end),
        }
    }

    /// The bytes of `span`, counted in the text that is meant, inside the JSON string from `start` to `end`.
    fn inside(&self, start: usize, end: usize, span: Span) -> (usize, usize) {
        let raw = self.document.get(start + 1..end.saturating_sub(1)).unwrap_or_default();
        let at = |wanted: usize| {
            let mut decoded = 0;
            let mut rest = raw;
            while decoded < wanted && !rest.is_empty() {
                let (taken, meant) = character(rest);
                decoded += meant;
                rest = rest.get(taken..).unwrap_or_default();
            }
            start + 1 + raw.len() - rest.len()
        };
        (at(byte(span.start)), at(byte(span.end)))
    }

    /// The end of the document, or the nearest beginning of a character at or before `at`.
    fn boundary(&self, at: usize) -> usize {
        let mut at = at.min(self.document.len());
        while !self.document.is_char_boundary(at) {
            at -= 1;
        }
        at
    }

    fn line_and_column(&self, at: usize) -> (usize, usize) {
        let line = self.lines.partition_point(|first| *first <= at);
        let first = line.checked_sub(1).and_then(|index| self.lines.get(index)).copied().unwrap_or(0);
        (line, self.document.get(first..at).unwrap_or_default().chars().count() + 1)
    }
}

fn byte(offset: u32) -> usize {
    usize::try_from(offset).unwrap_or(usize::MAX)
}

/// How many bytes the first character of `raw` takes in the JSON string, and how many in the text that is meant.
fn character(raw: &str) -> (usize, usize) {
    let mut characters = raw.chars();
    let first = characters.next().map_or(1, char::len_utf8);
    if !raw.starts_with('\\') {
        return (first, first);
    }
    if characters.next() != Some('u') {
        return (2, 1);
    }
    let unit = |from: usize| raw.get(from..from + 4).and_then(|digits| u32::from_str_radix(digits, 16).ok());
    match unit(2) {
        Some(0xd800..=0xdbff) => (12, 4),
        Some(code) => (6, char::from_u32(code).map_or(1, char::len_utf8)),
        None => (6, 1),
    }
}

/// The value at `pointer`, the entry that holds it, and whether the whole pointer was followed. Where a key comes twice,
/// `last` asks for its last entry instead of its first.
fn find<'t, 'd>(tree: &'t Json<'d>, pointer: &str, last: bool) -> (&'t Json<'d>, Option<&'t Entry<'d>>, bool) {
    let mut value = tree;
    let mut entry = None;
    for step in pointer.split('/').skip(1) {
        let step = step.replace("~1", "/").replace("~0", "~");
        if let Some(entries) = value.entries() {
            let mut named = entries.iter().filter(|entry| entry.key == step);
            let Some(found) = (if last { named.next_back() } else { named.next() }) else {
                return (value, entry, false);
            };
            (value, entry) = (&found.value, Some(found));
        } else {
            let item = value.items().zip(step.parse::<usize>().ok()).and_then(|(items, index)| items.get(index));
            let Some(item) = item else { return (value, entry, false) };
            (value, entry) = (item, None);
        }
    }
    (value, entry, true)
}

#[cfg(test)]
mod tests {
    use super::{Locator, locate};
    use crate::source::{Place, Span};

    fn shown<'d>(document: &'d str, place: &Place) -> &'d str {
        let found = locate(document, place);
        document.get(found.start..found.end).unwrap_or("?")
    }

    #[test]
    fn keys_values_and_spans_are_found_behind_escapes() {
        let document =
            r#"{"a": {"k\u00e9y": "😀 \ud83d\udca9 \"x\" + é", "twice": 1, "twice": 2}, "list": [true, null]}"#;
        let text = "😀 💩 \"x\" + é";
        for wanted in ["💩", "\"x\"", "+", "é"] {
            let start = u32::try_from(text.find(wanted).unwrap_or(0)).unwrap_or(0);
            let end = start + u32::try_from(wanted.len()).unwrap_or(0);
            let found = shown(document, &Place::within("/a/kéy", Span { start, end }));
            let written = found.replace("\\ud83d\\udca9", "💩").replace("\\\"", "\"");
            assert_eq!(written, wanted);
        }
        assert_eq!(shown(document, &Place::key("/a/kéy")), "\"k\\u00e9y\"");
        let third = Place { on_key: true, ..Place::within("/a/kéy", Span { start: 1, end: 3 }) };
        assert_eq!(shown(document, &third), "\\u00e9");
        assert_eq!(shown(document, &Place::at("/list/1")), "null");
        assert_eq!(shown(document, &Place::at("/list/7")), "[true, null]");
        assert_eq!(shown(document, &Place::within("/list/0", Span { start: 1, end: 2 })), "true");
        let second = locate(document, &Place::key("/a/twice"));
        assert_eq!(document.get(second.end..second.end + 3), Some(": 2"));
    }

    #[test]
    fn a_text_that_is_not_json_has_places_too() {
        let document = "{\n\n  \"é\": tru\n";
        let found = Locator::new(document).locate(&Place::within("", Span { start: 11, end: 14 }));
        assert_eq!((found.line, found.column, found.end_line, found.end_column), (3, 8, 3, 11));
        let beyond = locate("", &Place::within("", Span { start: 4, end: 9 }));
        assert_eq!((beyond.line, beyond.column, beyond.start), (1, 1, 0));
    }
}

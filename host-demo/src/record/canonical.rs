//! The canonical form of a record: sorted keys, no white space, as RFC 8785 except that numbers are plain decimals.

use super::Finding;
use crate::exact::{Exact, Members, plain};
use rules_core::pointer_to;
use serde_json::value::RawValue;
use std::borrow::Cow;

/// The one way to write a value.
pub(crate) fn canonical(value: &Exact) -> String {
    let mut text = String::new();
    write(value, &mut text);
    text
}

fn write(value: &Exact, text: &mut String) {
    match value {
        Exact::Token(token) => text.push_str(token),
        Exact::Text(content) => text.push_str(&quoted(content)),
        Exact::List(items) => {
            text.push('[');
            for (index, item) in items.iter().enumerate() {
                if index > 0 {
                    text.push(',');
                }
                write(item, text);
            }
            text.push(']');
        }
        Exact::Object(members) => {
            let mut sorted: Vec<_> = members.iter().collect();
            sorted.sort_by(|(left, _), (right, _)| left.encode_utf16().cmp(right.encode_utf16()));
            text.push('{');
            for (index, (key, member)) in sorted.into_iter().enumerate() {
                if index > 0 {
                    text.push(',');
                }
                text.push_str(&quoted(key));
                text.push(':');
                write(member, text);
            }
            text.push('}');
        }
    }
}

fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// The first place at which a document is not in canonical form. White space between its parts is let pass: a document
/// that somebody has laid out for reading says the same.
pub(crate) fn misspelt(text: &str) -> Result<Option<Finding>, String> {
    let raw: &RawValue = serde_json::from_str(text).map_err(|error| error.to_string())?;
    first_fault(raw, "").map_err(|error| error.to_string())
}

fn first_fault(raw: &RawValue, pointer: &str) -> Result<Option<Finding>, serde_json::Error> {
    let text = raw.get();
    match text.bytes().next() {
        Some(b'{') => {
            let Members(members) = serde_json::from_str(text)?;
            for pair in members.windows(2) {
                let [(before, _), (after, _)] = pair else { continue };
                if !before.encode_utf16().lt(after.encode_utf16()) {
                    let message = if before == after { "the key stands here twice" } else { "the keys are not sorted" };
                    return Ok(Some(Finding::at(pointer_to(pointer, after), message)));
                }
            }
            for (key, member) in members {
                if let Some(fault) = first_fault(member, &pointer_to(pointer, &key))? {
                    return Ok(Some(fault));
                }
            }
            Ok(None)
        }
        Some(b'[') => {
            let items: Vec<&RawValue> = serde_json::from_str(text)?;
            for (index, item) in items.into_iter().enumerate() {
                if let Some(fault) = first_fault(item, &pointer_to(pointer, &index.to_string()))? {
                    return Ok(Some(fault));
                }
            }
            Ok(None)
        }
        Some(b'"') => {
            let content: Cow<'_, str> = serde_json::from_str(text)?;
            Ok((quoted(&content) != text).then(|| Finding::at(pointer, "a character is escaped that needs no escape")))
        }
        _ => Ok((plain(text) != text).then(|| Finding::at(pointer, "the number is not a plain decimal"))),
    }
}

#[cfg(test)]
mod tests {
    use super::{canonical, misspelt};
    use crate::exact::Exact;

    /// A document, its canonical form and where it departs from it first.
    const DOCUMENTS: &[(&str, &str, Option<&str>)] = &[
        (r#"{"a":1,"b":[2.5,"x"]}"#, r#"{"a":1,"b":[2.5,"x"]}"#, None),
        ("{\n  \"a\": 1,\n  \"b\": [ ]\n}", r#"{"a":1,"b":[]}"#, None),
        (r#"{"b":1,"a":2}"#, r#"{"a":2,"b":1}"#, Some("/a")),
        (r#"{"a":{"c/d":1.50}}"#, r#"{"a":{"c/d":1.5}}"#, Some("/a/c~1d")),
        (r#"[0,1e2]"#, "[0,100]", Some("/1")),
        (r#"["\u0041"]"#, r#"["A"]"#, Some("/0")),
        (r#"{"a":1,"a":1}"#, r#"{"a":1,"a":1}"#, Some("/a")),
        // By UTF-16 units, a character beyond the basic plane comes before U+FB33.
        ("{\"\u{1F600}\":1,\"\u{FB33}\":2}", "{\"\u{1F600}\":1,\"\u{FB33}\":2}", None),
        ("{\"\u{FB33}\":2,\"\u{1F600}\":1}", "{\"\u{1F600}\":1,\"\u{FB33}\":2}", Some("/\u{1F600}")),
    ];

    #[test]
    fn every_document_has_one_canonical_form() -> Result<(), String> {
        for (document, expected, fault) in DOCUMENTS {
            assert_eq!(canonical(&Exact::parse(document)?), *expected, "{document}");
            let found = misspelt(document)?.map(|finding| finding.pointer);
            assert_eq!(found.as_deref(), *fault, "{document}");
        }
        Ok(())
    }
}

//! String functions. Lengths and positions count characters (Unicode code points); positions are 1-based, negative ones
//! count from the end.
//!
//! Where engines differ: a position outside the text is null with a reason; a length that reaches beyond the end takes what
//! is there; nothing is found after, and nothing stands before, a text that does not occur.

use super::arguments::{given, items, must_be, place, spend_on_text, text, whole_part};
use super::types::{
    gives_boolean, gives_number, gives_text, gives_text_or_null, needed, nullable_text, number, optional,
    text as text_type, texts,
};
use super::{Builtin, Call, Marked, Outcome, Parameter, Reason, Signature};
use crate::value::Value;

const STRING: Parameter = needed("string", text_type);
const MATCH: Parameter = needed("match", text_type);

pub(super) const FAMILY: &[Builtin] = &[
    Builtin {
        name: "substring",
        sentence: "The part of a text from a position on, all of it or so many characters.",
        null: Some("when the position lies outside the text"),
        signatures: &[
            Signature {
                parameters: &[STRING, needed("start position", number)],
                result: gives_text_or_null,
                run: substring_to_end,
            },
            Signature {
                parameters: &[STRING, needed("start position", number), needed("length", number)],
                result: gives_text_or_null,
                run: substring,
            },
        ],
        marked: Marked::Deep,
        examples: &[
            (r#"substring("foobar", 3)"#, "\"obar\""),
            (r#"substring("foobar", -2, 1)"#, "\"a\""),
            (r#"substring("foobar", 0)"#, "null"),
        ],
    },
    Builtin {
        name: "string length",
        sentence: "How many characters a text has.",
        null: None,
        signatures: &[Signature { parameters: &[STRING], result: gives_number, run: string_length }],
        marked: Marked::Deep,
        examples: &[(r#"string length("council")"#, "7"), (r#"string length("")"#, "0")],
    },
    Builtin {
        name: "upper case",
        sentence: "A text in capital letters.",
        null: None,
        signatures: &[Signature { parameters: &[STRING], result: gives_text, run: |a, call| cased(a, call, true) }],
        marked: Marked::Deep,
        examples: &[(r#"upper case("aBc4")"#, "\"ABC4\""), (r#"upper case("straße")"#, "\"STRASSE\"")],
    },
    Builtin {
        name: "lower case",
        sentence: "A text in small letters.",
        null: None,
        signatures: &[Signature { parameters: &[STRING], result: gives_text, run: |a, call| cased(a, call, false) }],
        marked: Marked::Deep,
        examples: &[(r#"lower case("aBc4")"#, "\"abc4\""), (r#"lower case("ÄÖ")"#, "\"äö\"")],
    },
    Builtin {
        name: "substring before",
        sentence: "What stands before the first place where a text occurs; empty when it does not.",
        null: None,
        signatures: &[Signature { parameters: &[STRING, MATCH], result: gives_text, run: substring_before }],
        marked: Marked::Deep,
        examples: &[
            (r#"substring before("Hello World", " ")"#, "\"Hello\""),
            (r#"substring before("foobar", "xyz")"#, "\"\""),
        ],
    },
    Builtin {
        name: "substring after",
        sentence: "What stands after the first place where a text occurs; empty when it does not.",
        null: None,
        signatures: &[Signature { parameters: &[STRING, MATCH], result: gives_text, run: substring_after }],
        marked: Marked::Deep,
        examples: &[
            (r#"substring after("Hello World", " ")"#, "\"World\""),
            (r#"substring after("foobar", "xyz")"#, "\"\""),
        ],
    },
    Builtin {
        name: "contains",
        sentence: "Whether a text occurs in another.",
        null: None,
        signatures: &[Signature { parameters: &[STRING, MATCH], result: gives_boolean, run: contains }],
        marked: Marked::Deep,
        examples: &[(r#"contains("foobar", "oba")"#, "true"), (r#"contains("foobar", "of")"#, "false")],
    },
    Builtin {
        name: "starts with",
        sentence: "Whether a text begins with another.",
        null: None,
        signatures: &[Signature { parameters: &[STRING, MATCH], result: gives_boolean, run: starts_with }],
        marked: Marked::Deep,
        examples: &[(r#"starts with("B70 1AA", "B70")"#, "true"), (r#"starts with("B70 1AA", "B71")"#, "false")],
    },
    Builtin {
        name: "ends with",
        sentence: "Whether a text ends with another.",
        null: None,
        signatures: &[Signature { parameters: &[STRING, MATCH], result: gives_boolean, run: ends_with }],
        marked: Marked::Deep,
        examples: &[(r#"ends with("report.pdf", ".pdf")"#, "true"), (r#"ends with("report.pdf", ".csv")"#, "false")],
    },
    Builtin {
        name: "string join",
        sentence: "The texts of a list as one, with a delimiter between them; nulls are left out.",
        null: None,
        signatures: &[Signature {
            parameters: &[needed("list", texts), optional("delimiter", nullable_text)],
            result: gives_text,
            run: string_join,
        }],
        marked: Marked::Deep,
        examples: &[
            (r#"string join(["a", "b", "c"], " and ")"#, "\"a and b and c\""),
            (r#"string join(["a", null, "c"])"#, "\"ac\""),
            ("string join([])", "\"\""),
        ],
    },
];

fn substring_to_end(arguments: &[Value], call: &mut dyn Call) -> Outcome {
    part(arguments, None, call)
}

fn substring(arguments: &[Value], call: &mut dyn Call) -> Outcome {
    text(arguments, 0, "string")?;
    let length = whole_part(arguments, 2, "length")?;
    let length = usize::try_from(length).map_err(|_| Reason::from("`length` must not be negative"))?;
    part(arguments, Some(length), call)
}

fn part(arguments: &[Value], length: Option<usize>, call: &mut dyn Call) -> Outcome {
    let string = text(arguments, 0, "string")?;
    spend_on_text(call, string.len())?;
    let position = whole_part(arguments, 1, "start position")?;
    let start = place(position, string.chars().count()).map_err(|_| {
        Reason::from("the start position lies outside the text (1 is the first character, -1 the last)")
    })?;
    let rest = string.chars().skip(start);
    let part: String = match length {
        Some(length) => rest.take(length).collect(),
        None => rest.collect(),
    };
    Ok(Value::text(part))
}

fn string_length(arguments: &[Value], call: &mut dyn Call) -> Outcome {
    let string = text(arguments, 0, "string")?;
    spend_on_text(call, string.len())?;
    let length = u64::try_from(string.chars().count()).unwrap_or(u64::MAX);
    Ok(Value::Number(length.into()))
}

fn cased(arguments: &[Value], call: &mut dyn Call, upper: bool) -> Outcome {
    let string = text(arguments, 0, "string")?;
    spend_on_text(call, string.len())?;
    Ok(Value::text(if upper { string.to_uppercase() } else { string.to_lowercase() }))
}

/// Both texts of a search.
fn search<'a>(arguments: &'a [Value], call: &mut dyn Call) -> Result<(&'a str, &'a str), Reason> {
    let (string, wanted) = (text(arguments, 0, "string")?, text(arguments, 1, "match")?);
    spend_on_text(call, string.len() + wanted.len())?;
    Ok((string, wanted))
}

fn substring_before(arguments: &[Value], call: &mut dyn Call) -> Outcome {
    let (string, wanted) = search(arguments, call)?;
    Ok(Value::text(string.split_once(wanted).map_or("", |(before, _)| before)))
}

fn substring_after(arguments: &[Value], call: &mut dyn Call) -> Outcome {
    let (string, wanted) = search(arguments, call)?;
    Ok(Value::text(string.split_once(wanted).map_or("", |(_, after)| after)))
}

fn contains(arguments: &[Value], call: &mut dyn Call) -> Outcome {
    let (string, wanted) = search(arguments, call)?;
    Ok(Value::Boolean(string.contains(wanted)))
}

fn starts_with(arguments: &[Value], call: &mut dyn Call) -> Outcome {
    let (string, wanted) = search(arguments, call)?;
    Ok(Value::Boolean(string.starts_with(wanted)))
}

fn ends_with(arguments: &[Value], call: &mut dyn Call) -> Outcome {
    let (string, wanted) = search(arguments, call)?;
    Ok(Value::Boolean(string.ends_with(wanted)))
}

fn string_join(arguments: &[Value], call: &mut dyn Call) -> Outcome {
    let items = items(arguments, 0, "list")?;
    let delimiter = match given(arguments, 1) {
        None => "",
        Some(_) => text(arguments, 1, "delimiter")?,
    };
    let mut joined = String::new();
    let mut first = true;
    for item in items {
        let part = match item {
            Value::Null => continue,
            Value::String(part) => part,
            other => return Err(must_be("every item", "a text or null", other)),
        };
        spend_on_text(call, part.len() + delimiter.len())?;
        if !first {
            joined.push_str(delimiter);
        }
        first = false;
        joined.push_str(part);
    }
    Ok(Value::text(joined))
}

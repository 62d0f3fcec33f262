//! Functions of regular expressions, in the dialect of XPath (`value::pattern`).

use super::arguments::{given, spend, spend_on_text, text};
use super::types::{
    gives_boolean_or_null, gives_text_or_null, needed, nullable_text, optional, or_null, text as text_type,
};
use super::{Builtin, Call, Marked, Outcome, Parameter, Reason, Signature};
use crate::types::Type;
use crate::value::Value;
use crate::value::pattern::{OutOfSteps, Pattern, PatternFault};
use std::sync::Arc;

const INPUT: Parameter = needed("input", text_type);
const PATTERN: Parameter = needed("pattern", text_type);
const FLAGS: Parameter = optional("flags", nullable_text);
/// Steps of the pattern machine that make one step of the case's budget.
const STEPS_AT_ONCE: u64 = 16;

pub(super) const FAMILY: &[Builtin] = &[
    Builtin {
        name: "matches",
        sentence: "Whether a regular expression matches anywhere in a text, with flags: `s` a dot takes line ends too, `m` lines have ends of their own, `i` capitals and small letters are the same, `x` white space in the pattern is left out.",
        null: Some("for a faulty expression"),
        signatures: &[Signature { parameters: &[INPUT, PATTERN, FLAGS], result: gives_boolean_or_null, run: matches }],
        marked: Marked::Deep,
        examples: &[
            (r#"matches("SBL-0042", "^SBL-\d{4}$")"#, "true"),
            (r#"matches("abc", "ABC", "i")"#, "true"),
            (r#"matches("abc", "(")"#, "null"),
        ],
    },
    Builtin {
        name: "replace",
        sentence: "A text with every match of a regular expression replaced; `$1` is what the first group matched.",
        null: Some("for a faulty expression and for one that matches the empty text"),
        signatures: &[Signature {
            parameters: &[INPUT, PATTERN, needed("replacement", text_type), FLAGS],
            result: gives_text_or_null,
            run: replace,
        }],
        marked: Marked::Deep,
        examples: &[
            (r#"replace("abcd", "(ab)|(a)", "[1=$1][2=$2]")"#, "\"[1=ab][2=]cd\""),
            (r#"replace("0123456789", "(\d{3})(\d{3})(\d{4})", "($1) $2-$3")"#, "\"(012) 345-6789\""),
            (r#"replace("abc", "x*", "-")"#, "null"),
        ],
    },
    Builtin {
        name: "split",
        sentence: "The pieces of a text between the matches of a regular expression.",
        null: Some("for a faulty expression"),
        signatures: &[Signature {
            parameters: &[needed("string", text_type), needed("delimiter", text_type)],
            result: |_| or_null(Type::List(Arc::new(Type::String))),
            run: split,
        }],
        marked: Marked::Deep,
        examples: &[
            (r#"split("John Doe", "\s")"#, r#"["John", "Doe"]"#),
            (r#"split("a;b;c;;", ";")"#, r#"["a", "b", "c", "", ""]"#),
        ],
    },
];

fn matches(arguments: &[Value], call: &mut dyn Call) -> Outcome {
    let input = text(arguments, 0, "input")?;
    let pattern = pattern(arguments, 2, call)?;
    pattern.matches(input, &mut in_small_steps(call)).map(Value::Boolean).map_err(used_up)
}

fn replace(arguments: &[Value], call: &mut dyn Call) -> Outcome {
    let input = text(arguments, 0, "input")?;
    let replacement = text(arguments, 2, "replacement")?;
    let pattern = pattern(arguments, 3, call)?;
    let replaced = pattern.replace(input, replacement, &mut in_small_steps(call));
    replaced.map(Value::text).map_err(reason)
}

fn split(arguments: &[Value], call: &mut dyn Call) -> Outcome {
    let string = text(arguments, 0, "string")?;
    spend_on_text(call, string.len())?;
    let delimiter = read(text(arguments, 1, "delimiter")?, "", call)?;
    let pieces = delimiter.split(string, &mut in_small_steps(call)).map_err(reason)?;
    Ok(Value::list(pieces.into_iter().map(Value::text).collect()))
}

fn pattern(arguments: &[Value], flags: usize, call: &mut dyn Call) -> Result<Pattern, Reason> {
    let written = text(arguments, 1, "pattern")?;
    let flags = match given(arguments, flags) {
        None => "",
        Some(_) => text(arguments, flags, "flags")?,
    };
    read(written, flags, call)
}

/// A pattern; repetitions that are written out make a short text a long one.
fn read(written: &str, flags: &str, call: &mut dyn Call) -> Result<Pattern, Reason> {
    spend_on_text(call, written.len())?;
    let pattern = Pattern::parse(written, flags)?;
    spend(call, pattern.length() / 16)?;
    Ok(pattern)
}

/// Counts steps of the pattern machine, many of which make one step of the case's budget.
fn in_small_steps(call: &mut dyn Call) -> impl FnMut(u64) -> bool {
    let mut small = 0;
    move |steps| {
        small += steps;
        let whole = small / STEPS_AT_ONCE;
        small %= STEPS_AT_ONCE;
        call.spend(whole)
    }
}

fn reason(fault: PatternFault) -> Reason {
    match fault {
        PatternFault::Wrong(words) => Reason::from(words),
        PatternFault::OutOfSteps => used_up(OutOfSteps),
    }
}

fn used_up(_: OutOfSteps) -> Reason {
    Reason::from("the work that one case is allowed is used up")
}

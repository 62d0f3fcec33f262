//! Boolean functions: `not`, and `is`, which tells apart what `=` calls equal.

use super::arguments::{must_be, one};
use super::types::{any, boolean, gives_boolean, needed, optional};
use super::{Builtin, Call, Marked, Outcome, Signature};
use crate::value::Value;
use crate::value::compare::identical;

pub(super) const FAMILY: &[Builtin] = &[
    Builtin {
        name: "not",
        sentence: "The opposite of a boolean.",
        null: Some("for anything else"),
        signatures: &[Signature { parameters: &[needed("negand", boolean)], result: gives_boolean, run: not }],
        marked: Marked::Deep,
        examples: &[("not(true)", "false"), ("not(1 > 2)", "true"), ("not(null)", "null")],
    },
    Builtin {
        name: "is",
        sentence: "Whether two values are the same in kind and in every component: times in different zones are not, even \
                   when they name one instant. A value left out is null.",
        null: None,
        signatures: &[Signature {
            parameters: &[optional("value1", any), optional("value2", any)],
            result: gives_boolean,
            run: is,
        }],
        marked: Marked::Deep,
        examples: &[
            (r#"is(@"23:00:50Z", @"23:00:50+00:00")"#, "true"),
            (r#"is(@"20:00:50+00:00", @"21:00:50+01:00")"#, "false"),
            (r#"is(@"P0Y", @"P0D")"#, "false"),
        ],
    },
];

fn not(arguments: &[Value], _: &mut dyn Call) -> Outcome {
    match one(arguments, 0) {
        Value::Boolean(negand) => Ok(Value::Boolean(!negand)),
        other => Err(must_be("negand", "true or false", other)),
    }
}

fn is(arguments: &[Value], _: &mut dyn Call) -> Outcome {
    let at = |index| super::arguments::at(arguments, index);
    Ok(Value::Boolean(identical(at(0), at(1))))
}

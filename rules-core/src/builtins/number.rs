//! Number functions. Positions, scales and lengths count by their whole part (`decimal(1/3, 2.5)` is 0.33, DMN TCK 1100).

use super::arguments::{must_be, number, one, whole_part};
use super::types::{
    day_time, gives_boolean, gives_first, gives_number, gives_number_or_null, needed, number as number_type, year_month,
};
use super::{Builtin, Call, Marked, Outcome, Parameter, Reason, Signature};
use crate::value::number::{self as numbers, Mode, rounding::SCALES};
use crate::value::{Decimal, Value, temporal};

const N: Parameter = needed("n", number_type);
const SCALE: Parameter = needed("scale", number_type);
const NUMBER: Parameter = needed("number", number_type);

pub(super) const FAMILY: &[Builtin] = &[
    Builtin {
        name: "decimal",
        sentence: "A number rounded to a number of decimal places, a half to the even digit.",
        null: None,
        signatures: &[Signature {
            parameters: &[N, SCALE],
            result: gives_number,
            run: |a, _| rounded(a, Mode::HalfEven),
        }],
        marked: Marked::Deep,
        examples: &[("decimal(1/3, 2)", "0.33"), ("decimal(2.5, 0)", "2"), ("decimal(1250, -2)", "1200")],
    },
    Builtin {
        name: "floor",
        sentence: "The largest number with so many decimal places (0 when left out) that is not greater.",
        null: None,
        signatures: &[
            Signature { parameters: &[N], result: gives_number, run: |a, _| to_whole(a, Mode::Floor) },
            Signature { parameters: &[N, SCALE], result: gives_number, run: |a, _| rounded(a, Mode::Floor) },
        ],
        marked: Marked::Deep,
        examples: &[("floor(1.5)", "1"), ("floor(-1.56, 1)", "-1.6")],
    },
    Builtin {
        name: "ceiling",
        sentence: "The smallest number with so many decimal places (0 when left out) that is not less.",
        null: None,
        signatures: &[
            Signature { parameters: &[N], result: gives_number, run: |a, _| to_whole(a, Mode::Ceiling) },
            Signature { parameters: &[N, SCALE], result: gives_number, run: |a, _| rounded(a, Mode::Ceiling) },
        ],
        marked: Marked::Deep,
        examples: &[("ceiling(1.5)", "2"), ("ceiling(-1.56, 1)", "-1.5")],
    },
    Builtin {
        name: "round up",
        sentence: "A number rounded away from zero to a number of decimal places.",
        null: None,
        signatures: &[Signature { parameters: &[N, SCALE], result: gives_number, run: |a, _| rounded(a, Mode::Up) }],
        marked: Marked::Deep,
        examples: &[("round up(5.5, 0)", "6"), ("round up(-1.121, 2)", "-1.13")],
    },
    Builtin {
        name: "round down",
        sentence: "A number rounded towards zero to a number of decimal places.",
        null: None,
        signatures: &[Signature { parameters: &[N, SCALE], result: gives_number, run: |a, _| rounded(a, Mode::Down) }],
        marked: Marked::Deep,
        examples: &[("round down(5.5, 0)", "5"), ("round down(-1.129, 2)", "-1.12")],
    },
    Builtin {
        name: "round half up",
        sentence: "A number rounded to the nearest with a number of decimal places, a half away from zero.",
        null: None,
        signatures: &[Signature {
            parameters: &[N, SCALE],
            result: gives_number,
            run: |a, _| rounded(a, Mode::HalfUp),
        }],
        marked: Marked::Deep,
        examples: &[("round half up(5.5, 0)", "6"), ("round half up(-1.125, 2)", "-1.13")],
    },
    Builtin {
        name: "round half down",
        sentence: "A number rounded to the nearest with a number of decimal places, a half towards zero.",
        null: None,
        signatures: &[Signature {
            parameters: &[N, SCALE],
            result: gives_number,
            run: |a, _| rounded(a, Mode::HalfDown),
        }],
        marked: Marked::Deep,
        examples: &[("round half down(5.5, 0)", "5"), ("round half down(-1.126, 2)", "-1.13")],
    },
    Builtin {
        name: "abs",
        sentence: "A number or duration without its sign.",
        null: None,
        signatures: &[
            Signature { parameters: &[N], result: gives_first, run: abs },
            Signature { parameters: &[needed("n", day_time)], result: gives_first, run: abs },
            Signature { parameters: &[needed("n", year_month)], result: gives_first, run: abs },
        ],
        marked: Marked::Deep,
        examples: &[("abs(-10)", "10"), (r#"abs(@"-P1Y")"#, r#"@"P1Y""#)],
    },
    Builtin {
        name: "modulo",
        sentence: "What is left of the dividend after whole divisors are taken from it; it has the sign of the divisor.",
        null: Some("for a divisor of 0"),
        signatures: &[Signature {
            parameters: &[needed("dividend", number_type), needed("divisor", number_type)],
            result: gives_number_or_null,
            run: modulo,
        }],
        marked: Marked::Deep,
        examples: &[
            ("modulo(12, 5)", "2"),
            ("modulo(-12, 5)", "3"),
            ("modulo(10.1, 4.5)", "1.1"),
            ("modulo(1, 0)", "null"),
        ],
    },
    Builtin {
        name: "sqrt",
        sentence: "The square root.",
        null: Some("for a negative number"),
        signatures: &[Signature { parameters: &[NUMBER], result: gives_number_or_null, run: sqrt }],
        marked: Marked::Deep,
        examples: &[("sqrt(16)", "4"), ("sqrt(-1)", "null")],
    },
    Builtin {
        name: "log",
        sentence: "The natural logarithm.",
        null: Some("for zero and negative numbers"),
        signatures: &[Signature { parameters: &[NUMBER], result: gives_number_or_null, run: log }],
        marked: Marked::Deep,
        examples: &[("decimal(log(10), 8)", "2.30258509"), ("log(1)", "0"), ("log(0)", "null")],
    },
    Builtin {
        name: "exp",
        sentence: "Euler's number e raised to a power.",
        null: None,
        signatures: &[Signature { parameters: &[NUMBER], result: gives_number, run: exp }],
        marked: Marked::Deep,
        examples: &[("decimal(exp(5), 8)", "148.4131591"), ("exp(0)", "1")],
    },
    Builtin {
        name: "odd",
        sentence: "Whether a number is whole and not divisible by two.",
        null: None,
        signatures: &[Signature { parameters: &[NUMBER], result: gives_boolean, run: |a, _| parity(a, Decimal::ONE) }],
        marked: Marked::Deep,
        examples: &[("odd(5)", "true"), ("odd(-2)", "false"), ("odd(1.5)", "false")],
    },
    Builtin {
        name: "even",
        sentence: "Whether a number is whole and divisible by two.",
        null: None,
        signatures: &[Signature { parameters: &[NUMBER], result: gives_boolean, run: |a, _| parity(a, Decimal::ZERO) }],
        marked: Marked::Deep,
        examples: &[("even(0)", "true"), ("even(5)", "false"), ("even(1.5)", "false")],
    },
];

fn rounded(arguments: &[Value], mode: Mode) -> Outcome {
    let n = number(arguments, 0, "n")?;
    let scale = whole_part(arguments, 1, "scale")?;
    if !SCALES.contains(&scale) {
        return Err("`scale` must lie between -6111 and 6176".into());
    }
    numbers::round(n, scale, mode).map(Value::Number).ok_or_else(too_large)
}

fn to_whole(arguments: &[Value], mode: Mode) -> Outcome {
    numbers::round(number(arguments, 0, "n")?, 0, mode).map(Value::Number).ok_or_else(too_large)
}

fn too_large() -> Reason {
    Reason::from("the result is too large or too small to be held")
}

fn abs(arguments: &[Value], _: &mut dyn Call) -> Outcome {
    match one(arguments, 0) {
        Value::Number(n) => Ok(Value::Number(n.abs())),
        Value::DayTimeDuration(duration) if duration.seconds >= 0 => Ok(Value::DayTimeDuration(*duration)),
        Value::YearMonthDuration(duration) if duration.months >= 0 => Ok(Value::YearMonthDuration(*duration)),
        negative @ (Value::DayTimeDuration(_) | Value::YearMonthDuration(_)) => {
            temporal::negate(negative).map_err(Reason::from)
        }
        other => Err(must_be("n", "a number or a duration", other)),
    }
}

fn modulo(arguments: &[Value], _: &mut dyn Call) -> Outcome {
    let (dividend, divisor) = (number(arguments, 0, "dividend")?, number(arguments, 1, "divisor")?);
    if divisor.is_zero() {
        return Err("division by zero".into());
    }
    numbers::modulo(dividend, divisor).map(Value::Number).ok_or_else(too_large)
}

fn sqrt(arguments: &[Value], _: &mut dyn Call) -> Outcome {
    let root = numbers::square_root(number(arguments, 0, "number")?);
    root.map(Value::Number).ok_or_else(|| "a negative number has no square root".into())
}

fn log(arguments: &[Value], _: &mut dyn Call) -> Outcome {
    let logarithm = numbers::logarithm(number(arguments, 0, "number")?);
    logarithm.map(Value::Number).ok_or_else(|| "only numbers above zero have a logarithm".into())
}

fn exp(arguments: &[Value], _: &mut dyn Call) -> Outcome {
    numbers::exponential(number(arguments, 0, "number")?).map(Value::Number).ok_or_else(too_large)
}

/// Whether the number is whole and leaves `rest` when it is divided by two; 1.5 is neither odd nor even.
fn parity(arguments: &[Value], rest: Decimal) -> Outcome {
    let left = numbers::modulo(number(arguments, 0, "number")?, Decimal::TWO);
    Ok(Value::Boolean(left == Some(rest)))
}

//! The typed values of the DMN Technology Compatibility Kit's JSON lines, compared as its own runners do.

use rust_decimal::Decimal;
use serde_json::Value;

/// How far apart two numbers may lie, as in the kit's own runners.
const NEAR: Decimal = Decimal::from_parts(1, 0, 0, false, 8);

/// Whether two typed values are equal as the kit's own runners compare them.
#[must_use]
pub fn same(left: &Value, right: &Value) -> bool {
    if left["t"] != right["t"] {
        return false;
    }
    let (left_value, right_value) = (&left["v"], &right["v"]);
    match (left["t"].as_str().unwrap_or_default(), left_value.as_str(), right_value.as_str()) {
        ("number", Some(left), Some(right)) => match (number(left), number(right)) {
            (Some(left), Some(right)) => (left - right).abs() < NEAR,
            _ => left == right,
        },
        ("duration", Some(left), Some(right)) => match (duration(left), duration(right)) {
            (Some(left), Some(right)) => left == right,
            _ => left == right,
        },
        ("time" | "dateTime", Some(left), Some(right)) => normal(left) == normal(right),
        ("list", ..) => match (left_value.as_array(), right_value.as_array()) {
            (Some(left), Some(right)) => {
                left.len() == right.len() && left.iter().zip(right).all(|(left, right)| same(left, right))
            }
            _ => false,
        },
        ("context", ..) => match (left_value.as_object(), right_value.as_object()) {
            (Some(left), Some(right)) => {
                let equal = |(key, left)| right.get(key).is_some_and(|right| same(left, right));
                left.len() == right.len() && left.iter().all(equal)
            }
            _ => false,
        },
        _ => left_value == right_value,
    }
}

fn number(text: &str) -> Option<Decimal> {
    text.parse().or_else(|_| Decimal::from_scientific(text)).ok()
}

/// The months of a duration, or its seconds, and which of the two.
fn duration(text: &str) -> Option<(Decimal, bool)> {
    let (sign, rest) = match text.strip_prefix('-') {
        Some(rest) => (Decimal::NEGATIVE_ONE, rest),
        None => (Decimal::ONE, text),
    };
    let (days, time) = rest.strip_prefix('P')?.split_once('T').unwrap_or((rest.strip_prefix('P')?, ""));
    let in_months = days.ends_with(['Y', 'M']);
    let mut total = Decimal::ZERO;
    for (part, units) in [(days, [('Y', 12), ('M', 1), ('D', 86_400)]), (time, [('H', 3_600), ('M', 60), ('S', 1)])] {
        let mut rest = part;
        while let Some(end) = rest.find(|letter: char| letter.is_ascii_alphabetic()) {
            let (amount, unit) = rest.split_at(end);
            let (_, size) = units.iter().find(|(letter, _)| unit.starts_with(*letter))?;
            total += number(amount)?.checked_mul(Decimal::from(*size))?;
            rest = unit.get(1..).unwrap_or_default();
        }
    }
    Some((sign * total, in_months))
}

/// A time without zeros at the end of its seconds, and UTC in one spelling.
fn normal(text: &str) -> String {
    let (before, fraction) = text.split_once('.').unwrap_or((text, ""));
    let digits = fraction.len() - fraction.trim_start_matches(|digit: char| digit.is_ascii_digit()).len();
    let (fraction, zone) = fraction.split_at(digits);
    let fraction = fraction.trim_end_matches('0');
    let mut text = if fraction.is_empty() { [before, zone].concat() } else { [before, ".", fraction, zone].concat() };
    for spelling in ["@Etc/UTC", "@Etc/GMT", "@UTC", "@GMT", "Z", "-00:00"] {
        if let Some(local) = text.strip_suffix(spelling) {
            text = format!("{local}+00:00");
        }
    }
    text
}

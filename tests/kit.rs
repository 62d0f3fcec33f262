//! The typed values of the DMN Technology Compatibility Kit's JSON lines.

use serde_json::Value;

/// How far apart two numbers may lie, as in the kit's own runners.
const NEAR: f64 = 1e-8;

/// Whether two typed values are the same, numbers as near as the kit asks for.
#[must_use]
pub fn same(left: &Value, right: &Value) -> bool {
    if left["t"] != right["t"] {
        return false;
    }
    match (&left["v"], &right["v"]) {
        (Value::Array(left), Value::Array(right)) => {
            left.len() == right.len() && left.iter().zip(right).all(|(left, right)| same(left, right))
        }
        (Value::Object(left), Value::Object(right)) => {
            left.len() == right.len()
                && left.iter().all(|(key, value)| right.get(key).is_some_and(|other| same(value, other)))
        }
        (left_text, right_text) if left["t"] == "number" => {
            let number = |text: &Value| text.as_str().and_then(|text| text.parse::<f64>().ok());
            number(left_text).zip(number(right_text)).is_some_and(|(left, right)| (left - right).abs() < NEAR)
        }
        (left, right) => left == right,
    }
}

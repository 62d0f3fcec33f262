//! Comparison and arithmetic on values and marks.

use std::borrow::Cow;
use std::sync::Arc;

use super::kleene::Kleene;
use crate::builtins::Reason;
use crate::program::node::{Comparison, Operation};
use crate::value::bounds::Bounds;
use crate::value::unknown::Marks;
use crate::value::{Value, compare, number, temporal, text};

/// A value, or the reason for a null.
pub(super) type Answer = Result<Value, Reason>;

/// Null because of `words`.
pub(super) fn null(words: impl Into<Cow<'static, str>>) -> Answer {
    Err(Reason(words.into()))
}

/// Compares two values. A mark on either side is the result, unless equality is settled without it.
#[inline]
pub(super) fn compare_values(comparison: Comparison, left: &Value, right: &Value) -> Answer {
    if let (Value::Number(left), Value::Number(right)) = (left, right) {
        return Ok(Value::Boolean(match comparison {
            Comparison::Equal => left == right,
            Comparison::NotEqual => left != right,
            Comparison::Less => left < right,
            Comparison::LessOrEqual => left <= right,
            Comparison::Greater => left > right,
            Comparison::GreaterOrEqual => left >= right,
        }));
    }
    match comparison {
        Comparison::Equal => equal(left, right),
        Comparison::NotEqual => equal(left, right).map(super::kleene::negated),
        Comparison::Less | Comparison::LessOrEqual | Comparison::Greater | Comparison::GreaterOrEqual => {
            order(comparison, left, right)
        }
    }
}

fn order(comparison: Comparison, left: &Value, right: &Value) -> Answer {
    let mut marks = Marks::default();
    if marks.note(left) | marks.note(right) {
        return Ok(within_bounds(comparison, left, right).or(marks.into_mark()).unwrap_or_default());
    }
    let Some(order) = compare::order(left, right) else { return not_comparable(comparison, left, right) };
    Ok(Value::Boolean(match comparison {
        Comparison::Less => order.is_lt(),
        Comparison::LessOrEqual => order.is_le(),
        Comparison::Greater => order.is_gt(),
        Comparison::GreaterOrEqual => order.is_ge(),
        Comparison::Equal => order.is_eq(),
        Comparison::NotEqual => order.is_ne(),
    }))
}

/// What a comparison gives wherever numbers that are not known lie within their bounds.
fn within_bounds(comparison: Comparison, left: &Value, right: &Value) -> Option<Value> {
    let sides = Bounds::of(left)?.against(Bounds::of(right)?);
    let (can, cannot) = match comparison {
        Comparison::Less => (sides.less, sides.equal || sides.greater),
        Comparison::LessOrEqual => (sides.less || sides.equal, sides.greater),
        Comparison::Greater => (sides.greater, sides.equal || sides.less),
        Comparison::GreaterOrEqual => (sides.greater || sides.equal, sides.less),
        Comparison::Equal => (sides.equal, sides.less || sides.greater),
        Comparison::NotEqual => (sides.less || sides.greater, sides.equal),
    };
    (can != cannot).then_some(Value::Boolean(can))
}

#[cold]
fn not_comparable(comparison: Comparison, left: &Value, right: &Value) -> Answer {
    let (left, right) = (text::kind(left), text::kind(right));
    null([left, " and ", right, " cannot be compared by `", comparison.symbol(), "`"].concat())
}

/// `left = right`; inside lists and contexts one pair that certainly differs settles it, whatever is unknown beside it.
pub(super) fn equal(left: &Value, right: &Value) -> Answer {
    match (left, right) {
        (Value::String(left), Value::String(right)) => Ok(Value::Boolean(left == right)),
        (Value::Boolean(left), Value::Boolean(right)) => Ok(Value::Boolean(left == right)),
        (Value::List(one), Value::List(other)) if Arc::ptr_eq(one, other) && !one.iter().any(Value::is_mark) => {
            Ok(Value::Boolean(one.len() == other.len()))
        }
        (Value::List(one), Value::List(other)) if one.len() == other.len() => {
            Ok(all_equal(one.iter().zip(other.iter())))
        }
        (Value::Context(one), Value::Context(other)) if one.len() == other.len() => {
            Ok(one.paired(other).map_or(Value::Boolean(false), |pairs| all_equal(pairs.into_iter())))
        }
        _ => {
            let mut marks = Marks::default();
            if marks.note(left) | marks.note(right) {
                let settled = within_bounds(Comparison::Equal, left, right);
                return Ok(settled.or(marks.into_mark()).unwrap_or_default());
            }
            match compare::equal(left, right) {
                Some(same) => Ok(Value::Boolean(same)),
                None => not_comparable(Comparison::Equal, left, right),
            }
        }
    }
}

fn all_equal<'v>(pairs: impl Iterator<Item = (&'v Value, &'v Value)>) -> Value {
    let mut all = Kleene::all();
    for (left, right) in pairs {
        if all.note(&equal(left, right).unwrap_or_default()) {
            break;
        }
    }
    all.result()
}

/// `left operation right`. A mark on either side is the result.
#[inline]
pub(super) fn calculate(operation: Operation, left: &Value, right: &Value) -> Answer {
    if let (Value::Number(left), Value::Number(right)) = (left, right) {
        let result = match operation {
            Operation::Add => number::add(*left, *right),
            Operation::Subtract => number::subtract(*left, *right),
            Operation::Multiply => number::multiply(*left, *right),
            Operation::Divide => number::divide(*left, *right),
            Operation::Power => number::power(*left, *right),
        };
        return match result {
            Some(number) => Ok(Value::Number(number)),
            None if operation == Operation::Divide && right.is_zero() => null("a number is divided by 0"),
            None => null("the result is too large, or too close to 0, to be held exactly"),
        };
    }
    let mut marks = Marks::default();
    if marks.note(left) | marks.note(right) {
        let mark = marks.into_mark().unwrap_or_default();
        return Ok(match Bounds::of(left).zip(Bounds::of(right)) {
            Some((left, right)) => Value::number_within(mark, bounds_of(operation, left, right)),
            None => mark,
        });
    }
    if let (Operation::Add, Value::String(left), Value::String(right)) = (operation, left, right) {
        return Ok(Value::text([left.as_ref(), right.as_ref()].concat()));
    }
    if left.is_null() || right.is_null() {
        return null("an operand is null");
    }
    let answer = match operation {
        Operation::Add => temporal::add(left, right),
        Operation::Subtract => temporal::subtract(left, right),
        Operation::Multiply => temporal::multiply(left, right),
        Operation::Divide => temporal::divide(left, right),
        Operation::Power => Err("`**` needs two numbers"),
    };
    answer.map_err(|reason| Reason(Cow::Borrowed(reason)))
}

fn bounds_of(operation: Operation, left: Bounds, right: Bounds) -> Bounds {
    match operation {
        Operation::Add => left.plus(right),
        Operation::Subtract => left.plus(right.negated()),
        Operation::Multiply => left.times(right),
        Operation::Divide => left.over(right),
        Operation::Power => Bounds::default(),
    }
}

/// `-value`
pub(super) fn negate(value: &Value) -> Answer {
    match value {
        Value::Number(number) => Ok(Value::Number(-*number)),
        mark if mark.is_mark() => Ok(match Bounds::of(mark) {
            Some(bounds) => Value::number_within(mark.passed_on(), bounds.negated()),
            None => mark.passed_on(),
        }),
        Value::Null => null("the operand is null"),
        other => temporal::negate(other).map_err(|reason| Reason(Cow::Borrowed(reason))),
    }
}

//! Reading arguments: what a parameter takes, and the reason for null when it is given something else.
//!
//! As FEEL's implicit conversions ask (DMN 1.5 section 10.3.2.9.4), a list of one item stands for the item where no list is
//! wanted, and a value for the list of it alone where one is.

use std::sync::Arc;

use super::{Call, Reason};
use crate::value::number::{truncated, whole};
use crate::value::text::kind;
use crate::value::{Context, Date, Decimal, FunctionValue, Value};

/// The argument at `index`; null when it was left out.
pub(super) fn at(arguments: &[Value], index: usize) -> &Value {
    arguments.get(index).unwrap_or(&Value::Null)
}

/// The argument, or the only item of a list.
pub(super) fn one(arguments: &[Value], index: usize) -> &Value {
    single(at(arguments, index))
}

/// `value`, or its only item when it is a list of one.
pub(super) fn single(value: &Value) -> &Value {
    match value {
        Value::List(items) => match items.as_slice() {
            [item] => item,
            _ => value,
        },
        _ => value,
    }
}

/// The argument when it is there and not null.
pub(super) fn given(arguments: &[Value], index: usize) -> Option<&Value> {
    arguments.get(index).filter(|value| !value.is_null())
}

/// The reason that says which kind `name` must be and what it is instead.
pub(super) fn must_be(name: &str, wanted: &str, value: &Value) -> Reason {
    Reason::from(["`", name, "` must be ", wanted, ", and it is ", kind(value)].concat())
}

pub(super) fn text<'a>(arguments: &'a [Value], index: usize, name: &str) -> Result<&'a Arc<str>, Reason> {
    match one(arguments, index) {
        Value::String(text) => Ok(text),
        other => Err(must_be(name, "a text", other)),
    }
}

pub(super) fn number(arguments: &[Value], index: usize, name: &str) -> Result<Decimal, Reason> {
    match one(arguments, index) {
        Value::Number(number) => Ok(*number),
        other => Err(must_be(name, "a number", other)),
    }
}

/// A number that must be whole.
pub(super) fn whole_number(arguments: &[Value], index: usize, name: &str) -> Result<i64, Reason> {
    whole(number(arguments, index, name)?).ok_or_else(|| Reason::from(format!("`{name}` must be a whole number")))
}

/// A number of which only the whole part counts, as the conformance kit has it for positions, lengths and scales.
pub(super) fn whole_part(arguments: &[Value], index: usize, name: &str) -> Result<i64, Reason> {
    truncated(number(arguments, index, name)?).ok_or_else(|| Reason::from(format!("`{name}` is too large")))
}

/// The items of a list; a single value is a list of itself, and null is none.
pub(super) fn items<'a>(arguments: &'a [Value], index: usize, name: &str) -> Result<&'a [Value], Reason> {
    match at(arguments, index) {
        Value::Null => Err(must_be(name, "a list", &Value::Null)),
        other => Ok(as_items(other)),
    }
}

/// The items of a list, or the value alone.
pub(super) fn as_items(value: &Value) -> &[Value] {
    match value {
        Value::List(items) => items,
        other => std::slice::from_ref(other),
    }
}

pub(super) fn context<'a>(arguments: &'a [Value], index: usize, name: &str) -> Result<&'a Context, Reason> {
    match one(arguments, index) {
        Value::Context(context) => Ok(context),
        other => Err(must_be(name, "a context", other)),
    }
}

pub(super) fn function<'a>(arguments: &'a [Value], index: usize, name: &str) -> Result<&'a FunctionValue, Reason> {
    match one(arguments, index) {
        Value::Function(function) => Ok(function),
        other => Err(must_be(name, "a function", other)),
    }
}

/// A date, or the date of a date and time.
pub(super) fn date(arguments: &[Value], index: usize, name: &str) -> Result<Date, Reason> {
    match one(arguments, index) {
        Value::Date(date) => Ok(*date),
        Value::DateTime(date_time) => Ok(date_time.date),
        other => Err(must_be(name, "a date or a date and time", other)),
    }
}

/// Counts work on `amount` items.
pub(super) fn spend(call: &mut dyn Call, amount: usize) -> Result<(), Reason> {
    let steps = u64::try_from(amount).unwrap_or(u64::MAX);
    if call.spend(steps) { Ok(()) } else { Err(Reason::from("the work that one case is allowed is used up")) }
}

/// Counts the work of walking all through a value, many values of which go at a step.
pub(super) fn spend_on(call: &mut dyn Call, value: &Value) -> Result<(), Reason> {
    spend(call, values_in(value) / VALUES_AT_ONCE + 1)
}

/// Values walked through at a step.
pub(super) const VALUES_AT_ONCE: usize = 16;

/// How many values there are in a value, itself included.
pub(super) fn values_in(value: &Value) -> usize {
    usize::try_from(value.size().values).unwrap_or(usize::MAX)
}

/// Counts work on `amount` bytes of text, many of which go at a step.
pub(super) fn spend_on_text(call: &mut dyn Call, amount: usize) -> Result<(), Reason> {
    spend(call, amount / 64 + 1)
}

/// The place in a list of `length` that a position speaks of: 1 is the first, -1 the last; null outside.
pub(super) fn place(position: i64, length: usize) -> Result<usize, Reason> {
    let from_start = match position {
        0 => None,
        1.. => usize::try_from(position - 1).ok(),
        _ => usize::try_from(position.unsigned_abs()).ok().and_then(|back| length.checked_sub(back)),
    };
    let outside =
        || Reason::from("the position lies outside the list (1 is the first, -1 the last, and there is no 0)");
    from_start.filter(|place| *place < length).ok_or_else(outside)
}

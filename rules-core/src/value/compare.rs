//! Equality and order of plain values. `None` is FEEL's null: the two cannot be compared.
//!
//! Values of different kinds compare to null, and so do the two kinds of duration (DMN TCK 0068). Only null itself can be
//! compared with everything: nothing but null equals it.
//!
//! Times and date-times compare by the instant that they name. Fractions of a second make no difference to `=` (TCK 0068)
//! and, so that never both `a = b` and `a < b` hold, none to `<` either; `is` and subtraction see them. A value tied to
//! UTC and one that is not compare to null. Where a zone needs data that is not there, values more than two days apart
//! are still in order, whatever the zones' offsets, and nearer ones compare to null.

use std::cmp::Ordering;

use super::zone::Zone;
use super::{Context, DateTime, Time, Value};

/// `left = right`.
pub(crate) fn equal(left: &Value, right: &Value) -> Option<bool> {
    match (left, right) {
        (Value::Null, Value::Null) => Some(true),
        (Value::Null, other) | (other, Value::Null) => (!other.is_mark()).then_some(false),
        (Value::Boolean(left), Value::Boolean(right)) => Some(left == right),
        (Value::Number(left), Value::Number(right)) => Some(left == right),
        (Value::String(left), Value::String(right)) => Some(left == right),
        (Value::List(left), Value::List(right)) => {
            if left.len() != right.len() {
                return Some(false);
            }
            all_equal(left.iter().zip(right.iter()))
        }
        (Value::Context(left), Value::Context(right)) => contexts_equal(left, right),
        (Value::Range(left), Value::Range(right)) => left.equals(right),
        (Value::DateTime(left), Value::DateTime(right)) => match date_times(left, right) {
            Some(ordering) => Some(ordering.is_eq()),
            // The same region and the same clock: the same instant, data or not.
            None => {
                (left.local_seconds() == right.local_seconds() && left.time.zone == right.time.zone).then_some(true)
            }
        },
        _ => order(left, right).map(Ordering::is_eq),
    }
}

/// How `left` stands to `right` in the order of their kind.
pub(crate) fn order(left: &Value, right: &Value) -> Option<Ordering> {
    match (left, right) {
        (Value::Number(left), Value::Number(right)) => Some(left.cmp(right)),
        // UTF-8 keeps the order of code points.
        (Value::String(left), Value::String(right)) => Some(left.cmp(right)),
        (Value::Date(left), Value::Date(right)) => Some(left.cmp(right)),
        (Value::Time(left), Value::Time(right)) => times(left, right),
        (Value::DateTime(left), Value::DateTime(right)) => date_times(left, right),
        (Value::DayTimeDuration(left), Value::DayTimeDuration(right)) => Some(left.cmp(right)),
        (Value::YearMonthDuration(left), Value::YearMonthDuration(right)) => Some(left.cmp(right)),
        _ => None,
    }
}

/// `is(left, right)`: the same kind and the same components, the offset or zone included; never null.
pub(crate) fn identical(left: &Value, right: &Value) -> bool {
    match (left, right) {
        (Value::Null, Value::Null) => true,
        (Value::Time(left), Value::Time(right)) => left == right,
        // A reading that a clock shows twice is two instants.
        (Value::DateTime(left), Value::DateTime(right)) => left == right && offset(&left.time) == offset(&right.time),
        (Value::List(left), Value::List(right)) => {
            left.len() == right.len() && left.iter().zip(right.iter()).all(|(left, right)| identical(left, right))
        }
        (Value::Context(left), Value::Context(right)) => {
            left.paired(right).is_some_and(|pairs| pairs.into_iter().all(|(left, right)| identical(left, right)))
        }
        _ => equal(left, right) == Some(true),
    }
}

/// True when all pairs are equal, false when a pair is not, null when neither is certain.
fn all_equal<'a>(pairs: impl Iterator<Item = (&'a Value, &'a Value)>) -> Option<bool> {
    let mut result = Some(true);
    for (left, right) in pairs {
        match equal(left, right) {
            Some(false) => return Some(false),
            Some(true) => {}
            None => result = None,
        }
    }
    result
}

fn contexts_equal(left: &Context, right: &Context) -> Option<bool> {
    match left.paired(right) {
        Some(pairs) => all_equal(pairs.into_iter()),
        None => Some(false),
    }
}

fn times(left: &Time, right: &Time) -> Option<Ordering> {
    let clocks = (i64::try_from(left.seconds()).ok()?, i64::try_from(right.seconds()).ok()?);
    if left.zone == right.zone {
        // The same region has the same offset on any one day; two times without any have none.
        return Some(clocks.0.cmp(&clocks.1));
    }
    if left.zone.is_some() != right.zone.is_some() {
        return None;
    }
    let (left_offset, right_offset) = (offset(left)?, offset(right)?);
    Some((clocks.0 - i64::from(left_offset)).cmp(&(clocks.1 - i64::from(right_offset))))
}

/// The seconds east of UTC, where they are known.
fn offset(time: &Time) -> Option<i32> {
    time.zone.as_ref().and_then(Zone::seconds)
}

fn date_times(left: &DateTime, right: &DateTime) -> Option<Ordering> {
    let clocks = (left.local_seconds(), right.local_seconds());
    match (&left.time.zone, &right.time.zone) {
        (None, None) => Some(clocks.0.cmp(&clocks.1)),
        (Some(left), Some(right)) => match (left.seconds(), right.seconds()) {
            (Some(left), Some(right)) => Some((clocks.0 - i64::from(left)).cmp(&(clocks.1 - i64::from(right)))),
            // Offsets are at most 18 hours, so two days apart is apart everywhere.
            _ if (clocks.0 - clocks.1).abs() > 2 * super::time::SECONDS_A_DAY => Some(clocks.0.cmp(&clocks.1)),
            _ => None,
        },
        (None, Some(_)) | (Some(_), None) => None,
    }
}

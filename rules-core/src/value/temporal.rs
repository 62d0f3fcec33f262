//! Arithmetic with dates, times and durations (DMN 1.5 tables 56 to 59), and the members of temporal values.
//!
//! A result is a value, or the reason why it is null.

use rust_decimal::Decimal;

use super::time::{NANOSECONDS_A_SECOND, SECONDS_A_DAY};
use super::zone::Zone;
use super::{Date, DateTime, DayTimeDuration, Range, RangeForm, Time, Value, YearMonthDuration, number};

/// A value, or the reason for null in a person's words.
pub(crate) type Answer = Result<Value, &'static str>;

const NO_SUM: &str = "these two kinds of value cannot be added";
const NO_DIFFERENCE: &str = "these two kinds of value cannot be subtracted";
const NO_PRODUCT: &str = "these two kinds of value cannot be multiplied";
const NO_QUOTIENT: &str = "these two kinds of value cannot be divided";
const OUTSIDE_CALENDAR: &str = "the date lies outside the calendar of years -999,999,999 to 999,999,999";
const TOO_LONG: &str = "the duration is too long to be held";
const BY_ZERO: &str = "division by zero";
const NEEDS_ZONE_DATA: &str = "the rules of the time zone are not known here";
const HALF_ZONED: &str = "one of the two has an offset or zone and the other has none";

/// `left + right` where at least one is a date, time, date and time or duration.
pub(crate) fn add(left: &Value, right: &Value) -> Answer {
    match (left, right) {
        (Value::DayTimeDuration(left), Value::DayTimeDuration(right)) => {
            day_time(left.total().checked_add(right.total()))
        }
        (Value::YearMonthDuration(left), Value::YearMonthDuration(right)) => {
            year_month(left.months.checked_add(right.months))
        }
        (moment, Value::DayTimeDuration(duration)) | (Value::DayTimeDuration(duration), moment) => {
            shift(moment, duration.total()).unwrap_or(Err(NO_SUM))
        }
        (moment, Value::YearMonthDuration(duration)) | (Value::YearMonthDuration(duration), moment) => {
            shift_months(moment, duration.months).unwrap_or(Err(NO_SUM))
        }
        _ => Err(NO_SUM),
    }
}

/// `left - right` where at least one is a date, time, date and time or duration.
pub(crate) fn subtract(left: &Value, right: &Value) -> Answer {
    match (left, right) {
        (Value::DayTimeDuration(left), Value::DayTimeDuration(right)) => {
            day_time(left.total().checked_sub(right.total()))
        }
        (Value::YearMonthDuration(left), Value::YearMonthDuration(right)) => {
            year_month(left.months.checked_sub(right.months))
        }
        (moment, Value::DayTimeDuration(duration)) => shift(moment, -duration.total()).unwrap_or(Err(NO_DIFFERENCE)),
        (moment, Value::YearMonthDuration(duration)) => {
            let months = duration.months.checked_neg().ok_or(TOO_LONG)?;
            shift_months(moment, months).unwrap_or(Err(NO_DIFFERENCE))
        }
        (Value::Date(left), Value::Date(right)) => day_time(between(left.day_number(), right.day_number())),
        (Value::DateTime(left), Value::DateTime(right)) => elapsed(left, right),
        // A date beside a date and time stands for the midnight in UTC with which it begins.
        (Value::Date(left), Value::DateTime(right)) => elapsed(&utc_midnight(*left), right),
        (Value::DateTime(left), Value::Date(right)) => elapsed(left, &utc_midnight(*right)),
        (Value::Time(left), Value::Time(right)) => clock_difference(left, right),
        _ => Err(NO_DIFFERENCE),
    }
}

/// `left * right` for a duration and a number. Years and months keep whole months, cut off towards zero.
pub(crate) fn multiply(left: &Value, right: &Value) -> Answer {
    match (left, right) {
        (Value::DayTimeDuration(duration), Value::Number(factor))
        | (Value::Number(factor), Value::DayTimeDuration(duration)) => {
            scaled_seconds(*duration, *factor, number::multiply)
        }
        (Value::YearMonthDuration(duration), Value::Number(factor))
        | (Value::Number(factor), Value::YearMonthDuration(duration)) => {
            scaled_months(*duration, *factor, number::multiply)
        }
        _ => Err(NO_PRODUCT),
    }
}

/// `left / right` for a duration and a number, or for two durations of one kind, which gives a number.
pub(crate) fn divide(left: &Value, right: &Value) -> Answer {
    let quotient = |left: Option<Decimal>, right: Option<Decimal>| match (left, right) {
        (_, Some(right)) if right.is_zero() => Err(BY_ZERO),
        (Some(left), Some(right)) => {
            number::divide(left, right).map(Value::Number).ok_or("the quotient cannot be held")
        }
        (None, _) | (_, None) => Err(TOO_LONG),
    };
    match (left, right) {
        (Value::DayTimeDuration(_) | Value::YearMonthDuration(_), Value::Number(divisor)) if divisor.is_zero() => {
            Err(BY_ZERO)
        }
        (Value::DayTimeDuration(duration), Value::Number(divisor)) => {
            scaled_seconds(*duration, *divisor, number::divide)
        }
        (Value::YearMonthDuration(duration), Value::Number(divisor)) => {
            scaled_months(*duration, *divisor, number::divide)
        }
        (Value::DayTimeDuration(left), Value::DayTimeDuration(right)) => {
            quotient(left.in_seconds(), right.in_seconds())
        }
        (Value::YearMonthDuration(left), Value::YearMonthDuration(right)) => {
            quotient(Some(left.months.into()), Some(right.months.into()))
        }
        _ => Err(NO_QUOTIENT),
    }
}

/// `-value` for a duration.
pub(crate) fn negate(value: &Value) -> Answer {
    match value {
        Value::DayTimeDuration(duration) => day_time(duration.total().checked_neg()),
        Value::YearMonthDuration(duration) => year_month(duration.months.checked_neg()),
        _ => Err("only numbers and durations have a negative"),
    }
}

/// The member of a temporal value or range (`date.year`); `None` for every other kind of value. A member that the kind does
/// not have, or the value does not show, is null.
pub(crate) fn member(value: &Value, name: &str) -> Option<Value> {
    let found = match value {
        Value::Date(date) => date_member(*date, name),
        Value::Time(time) => time_member(time, name),
        Value::DateTime(date_time) => date_member(date_time.date, name).or_else(|| time_member(&date_time.time, name)),
        Value::DayTimeDuration(duration) => {
            let place = ["days", "hours", "minutes", "seconds"].iter().position(|unit| *unit == name);
            place.and_then(|place| duration.parts().get(place).copied()).map(whole)
        }
        Value::YearMonthDuration(duration) => match name {
            "years" => Some(whole(duration.months / 12)),
            "months" => Some(whole(duration.months % 12)),
            _ => None,
        },
        Value::Range(range) => range_member(range, name),
        _ => return None,
    };
    Some(found.unwrap_or(Value::Null))
}

fn date_member(date: Date, name: &str) -> Option<Value> {
    match name {
        "year" => Some(whole(date.year().into())),
        "month" => Some(whole(date.month().into())),
        "day" => Some(whole(date.day().into())),
        "weekday" => Some(whole(date.weekday().into())),
        _ => None,
    }
}

fn time_member(time: &Time, name: &str) -> Option<Value> {
    let part = |part: u64| i64::try_from(part).ok().map(whole);
    match name {
        "hour" => part(time.hour()),
        "minute" => part(time.minute()),
        "second" => part(time.second()),
        "time offset" => {
            let offset = time.zone.as_ref()?.seconds()?;
            Some(Value::DayTimeDuration(DayTimeDuration::of_seconds(offset.into())))
        }
        "timezone" => match &time.zone {
            Some(Zone::Region(region)) => Some(Value::String(region.name.clone())),
            Some(Zone::Offset(_)) | None => None,
        },
        _ => None,
    }
}

fn range_member(range: &Range, name: &str) -> Option<Value> {
    match name {
        _ if range.form == RangeForm::NotEqual => None,
        "start" => range.start.clone(),
        "end" => range.end.clone(),
        "start included" => Some(Value::Boolean(range.start_included)),
        "end included" => Some(Value::Boolean(range.end_included)),
        _ => None,
    }
}

fn whole(number: i64) -> Value {
    Value::Number(number.into())
}

fn day_time(nanoseconds: Option<i128>) -> Answer {
    nanoseconds.and_then(DayTimeDuration::of_total).map(Value::DayTimeDuration).ok_or(TOO_LONG)
}

fn year_month(months: Option<i64>) -> Answer {
    months.map(|months| Value::YearMonthDuration(YearMonthDuration { months })).ok_or(TOO_LONG)
}

/// The nanoseconds from day `right` to day `left`.
fn between(left: i64, right: i64) -> Option<i128> {
    let days = i128::from(left) - i128::from(right);
    days.checked_mul(i128::from(SECONDS_A_DAY) * i128::from(NANOSECONDS_A_SECOND))
}

/// `moment` later by `nanoseconds`; `None` when it is no moment. A date takes whole days, cut off at midnight; a time goes
/// round the clock.
fn shift(moment: &Value, nanoseconds: i128) -> Option<Answer> {
    let day = i128::from(SECONDS_A_DAY) * i128::from(NANOSECONDS_A_SECOND);
    match moment {
        Value::Date(date) => {
            let later = DateTime::midnight(*date).later(nanoseconds);
            Some(later.map(|later| Value::Date(later.date)).ok_or(OUTSIDE_CALENDAR))
        }
        Value::DateTime(start) if start.time.zone.as_ref().is_some_and(|zone| zone.seconds().is_none()) => {
            // The clocks of the region may change in between.
            Some(if nanoseconds == 0 { Ok(moment.clone()) } else { Err(NEEDS_ZONE_DATA) })
        }
        Value::DateTime(start) => Some(date_time(start.later(nanoseconds))),
        Value::Time(start) => {
            let around = (nanoseconds.rem_euclid(day) + i128::from(start.nanoseconds)).rem_euclid(day);
            let nanoseconds = u64::try_from(around).unwrap_or(0);
            Some(Ok(Value::Time(Time { nanoseconds, zone: start.zone.clone() }.into())))
        }
        _ => None,
    }
}

/// `moment` later by `months`; `None` when it is no date.
fn shift_months(moment: &Value, months: i64) -> Option<Answer> {
    match moment {
        Value::Date(date) => Some(date.add_months(months).map(Value::Date).ok_or(OUTSIDE_CALENDAR)),
        Value::DateTime(start) => Some(date_time(start.date.add_months(months).and_then(|date| start.on(date)))),
        _ => None,
    }
}

fn date_time(found: Option<DateTime>) -> Answer {
    found.map(|found| Value::DateTime(found.into())).ok_or(OUTSIDE_CALENDAR)
}

/// The midnight in UTC with which `date` begins: what a date is where a date and time is asked for.
pub(crate) fn utc_midnight(date: Date) -> DateTime {
    DateTime { date, time: Time { zone: Some(Zone::Offset(0)), ..Time::MIDNIGHT } }
}

/// From `right` to `left`; both have an offset, or neither has.
fn elapsed(left: &DateTime, right: &DateTime) -> Answer {
    let offset = match (&left.time.zone, &right.time.zone) {
        // One reading of one clock, whatever its rules are.
        (Some(zone), _) if left == right && zone.seconds().is_none() => 0,
        (left, right) => offset_between(left.as_ref(), right.as_ref())?,
    };
    let days = between(left.date.day_number(), right.date.day_number());
    let clock = i128::from(left.time.nanoseconds) - i128::from(right.time.nanoseconds);
    day_time(days.and_then(|days| days.checked_add(clock)?.checked_sub(offset)))
}

/// Times of one region are taken to be of one day, on which it has one offset.
fn clock_difference(left: &Time, right: &Time) -> Answer {
    let same = left.zone == right.zone;
    let offset = if same { 0 } else { offset_between(left.zone.as_ref(), right.zone.as_ref())? };
    day_time(Some(i128::from(left.nanoseconds) - i128::from(right.nanoseconds) - offset))
}

/// By how many nanoseconds the clock of `left` is ahead of that of `right`.
fn offset_between(left: Option<&Zone>, right: Option<&Zone>) -> Result<i128, &'static str> {
    let seconds = match (left, right) {
        (None, None) => 0,
        (Some(left), Some(right)) => {
            let both = left.seconds().zip(right.seconds());
            both.map(|(left, right)| left - right).ok_or(NEEDS_ZONE_DATA)?
        }
        (None, Some(_)) | (Some(_), None) => return Err(HALF_ZONED),
    };
    Ok(i128::from(seconds) * i128::from(NANOSECONDS_A_SECOND))
}

type Operation = fn(Decimal, Decimal) -> Option<Decimal>;

fn scaled_seconds(duration: DayTimeDuration, by: Decimal, operation: Operation) -> Answer {
    let seconds = duration.in_seconds().ok_or(TOO_LONG)?;
    let scaled = operation(seconds, by).ok_or(TOO_LONG)?;
    DayTimeDuration::from_seconds(scaled).map(Value::DayTimeDuration).ok_or(TOO_LONG)
}

fn scaled_months(duration: YearMonthDuration, by: Decimal, operation: Operation) -> Answer {
    let scaled = operation(duration.months.into(), by).ok_or(TOO_LONG)?;
    year_month(number::truncated(scaled))
}

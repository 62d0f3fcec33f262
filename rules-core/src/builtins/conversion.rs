//! Conversion functions: from texts and parts to numbers, dates, times, durations and ranges, and from everything to text.

use super::arguments::{given, must_be, number, one, spend, spend_on_text, text, values_in, whole_number};
use super::types::{
    any, date, date_time, day_time, gives_text, gives_text_or_null, needed, nullable_day_time, nullable_text,
    number as number_type, optional, or_null, text as text_type, time, year_month,
};
use super::{Builtin, Call, Marked, Outcome, Reason, Signature};
use crate::types::Type;
use crate::value::duration::Duration;
use crate::value::number::{NumberFault, parse};
use crate::value::time::NANOSECONDS_A_SECOND;
use crate::value::zone::NO_SUCH_ZONE;
use crate::value::{Date, DateTime, Decimal, Time, Value, YearMonthDuration, Zone, range_literal, text as texts};

pub(super) const FAMILY: &[Builtin] = &[NUMBER, STRING, DATE, TIME, DATE_AND_TIME, DURATION, YEARS_AND_MONTHS, RANGE];

/// The separators that `number` knows are those of DMN 1.5 table 72. Both equal is null: nothing could tell them apart.
const NUMBER: Builtin = Builtin {
    name: "number",
    sentence: "The number that a text writes.",
    null: Some("when the text writes none, or one with more digits than can be held exactly"),
    signatures: &[
        Signature { parameters: &[needed("from", text_type)], result: |_| or_null(Type::Number), run: number_from },
        Signature {
            parameters: &[
                needed("from", text_type),
                needed("grouping separator", nullable_text),
                needed("decimal separator", nullable_text),
            ],
            result: |_| or_null(Type::Number),
            run: number_with_separators,
        },
    ],
    marked: Marked::Deep,
    examples: &[
        (r#"number("1500.5")"#, "1500.5"),
        (r#"number("1,000,000.01", ",", ".")"#, "1000000.01"),
        (r#"number("a few")"#, "null"),
    ],
};

const STRING: Builtin = Builtin {
    name: "string",
    sentence: "A value as text: numbers without exponent or zeros at the end, dates and durations as they are written \
               after `@`, lists and contexts as FEEL.",
    null: None,
    signatures: &[Signature { parameters: &[needed("from", any)], result: string_type, run: string }],
    marked: Marked::Deep,
    examples: &[
        ("string(1.50)", "\"1.5\""),
        (r#"string(@"2020-10-14")"#, "\"2020-10-14\""),
        (r#"string([1, "a"])"#, r#""[1, \"a\"]""#),
    ],
};

const DATE: Builtin = Builtin {
    name: "date",
    sentence: "A date from a text, from a date and time, or from year, month and day.",
    null: Some("when there is no such day"),
    signatures: &[
        Signature { parameters: &[needed("from", text_type)], result: date_or_null, run: date_from },
        Signature { parameters: &[needed("from", date_time)], result: |_| Type::Date, run: date_from },
        Signature { parameters: &[needed("from", date)], result: |_| Type::Date, run: date_from },
        Signature {
            parameters: &[needed("year", number_type), needed("month", number_type), needed("day", number_type)],
            result: date_or_null,
            run: date_of_parts,
        },
    ],
    marked: Marked::Deep,
    examples: &[
        (r#"date("2020-10-14")"#, r#"@"2020-10-14""#),
        ("date(2024, 2, 29)", r#"@"2024-02-29""#),
        ("date(2023, 2, 29)", "null"),
    ],
};

/// `time("24:00:00")` is 00:00:00 here, as it is in a date and time: engines differ (the kit is silent).
const TIME: Builtin = Builtin {
    name: "time",
    sentence: "A time of day from a text, from a date and time, from a date (its midnight in UTC), or from hour, minute, second and perhaps an offset from UTC.",
    null: Some("when there is no such time"),
    signatures: &[
        Signature { parameters: &[needed("from", text_type)], result: time_or_null, run: time_from },
        Signature { parameters: &[needed("from", date_time)], result: |_| Type::Time, run: time_from },
        Signature { parameters: &[needed("from", date)], result: |_| Type::Time, run: time_from },
        Signature { parameters: &[needed("from", time)], result: |_| Type::Time, run: time_from },
        Signature {
            parameters: &[
                needed("hour", number_type),
                needed("minute", number_type),
                needed("second", number_type),
                optional("offset", nullable_day_time),
            ],
            result: time_or_null,
            run: time_of_parts,
        },
    ],
    marked: Marked::Deep,
    examples: &[
        (r#"time("14:30:00")"#, r#"@"14:30:00""#),
        (r#"time(11, 59, 45, duration("-PT2H"))"#, r#"@"11:59:45-02:00""#),
        (r#"time("25:00:00")"#, "null"),
    ],
};

const DATE_AND_TIME: Builtin = Builtin {
    name: "date and time",
    sentence: "A date and time from a text (a date alone gives its midnight), from a date (its midnight in UTC), or from a date and a time.",
    null: Some("when there is no such day or time"),
    signatures: &[
        Signature { parameters: &[needed("from", text_type)], result: date_time_or_null, run: date_and_time_from },
        Signature { parameters: &[needed("from", date)], result: |_| Type::DateTime, run: date_and_time_from },
        Signature { parameters: &[needed("from", date_time)], result: |_| Type::DateTime, run: date_and_time_from },
        Signature {
            parameters: &[needed("date", date), needed("time", time)],
            result: |_| Type::DateTime,
            run: date_and_time_of_parts,
        },
        Signature {
            parameters: &[needed("date", date_time), needed("time", time)],
            result: |_| Type::DateTime,
            run: date_and_time_of_parts,
        },
    ],
    marked: Marked::Deep,
    examples: &[
        (r#"date and time("2020-10-14T09:30:00")"#, r#"@"2020-10-14T09:30:00""#),
        (r#"date and time(@"2020-10-14", @"09:30:00")"#, r#"@"2020-10-14T09:30:00""#),
        (r#"date and time("2020-12-31T24:00:00")"#, r#"@"2021-01-01T00:00:00""#),
    ],
};

const DURATION: Builtin = Builtin {
    name: "duration",
    sentence: "A duration from a text: years and months (`P1Y2M`), or days and time (`P1DT2H3M4.5S`), never mixed.",
    null: Some("when the text writes none"),
    signatures: &[
        Signature { parameters: &[needed("from", text_type)], result: |_| Type::Any, run: duration },
        Signature { parameters: &[needed("from", day_time)], result: |_| Type::DayTimeDuration, run: duration },
        Signature { parameters: &[needed("from", year_month)], result: |_| Type::YearMonthDuration, run: duration },
    ],
    marked: Marked::Deep,
    examples: &[
        (r#"duration("P14M")"#, r#"@"P1Y2M""#),
        (r#"duration("PT36H")"#, r#"@"P1DT12H""#),
        (r#"duration("P1Y2D")"#, "null"),
    ],
};

/// Only the dates count, not the times of day or their zones (DMN TCK 1121).
const YEARS_AND_MONTHS: Builtin = Builtin {
    name: "years and months duration",
    sentence: "The whole months between two dates, negative when the second is the earlier one.",
    null: None,
    signatures: &[
        Signature { parameters: &[needed("from", date), needed("to", date)], result: months_type, run: months_between },
        Signature {
            parameters: &[needed("from", date_time), needed("to", date_time)],
            result: months_type,
            run: months_between,
        },
        Signature {
            parameters: &[needed("from", date), needed("to", date_time)],
            result: months_type,
            run: months_between,
        },
        Signature {
            parameters: &[needed("from", date_time), needed("to", date)],
            result: months_type,
            run: months_between,
        },
    ],
    marked: Marked::Deep,
    examples: &[
        (r#"years and months duration(@"2011-12-22", @"2013-08-24")"#, r#"@"P1Y8M""#),
        (r#"years and months duration(@"2020-01-31", @"2020-02-29")"#, r#"@"P0M""#),
    ],
};

const RANGE: Builtin = Builtin {
    name: "range",
    sentence: "The range that a text writes with two literal ends of one kind, the lower one first.",
    null: Some("when the text writes none"),
    signatures: &[Signature {
        parameters: &[needed("from", text_type)],
        result: |_| or_null(super::types::range()),
        run: range,
    }],
    marked: Marked::Deep,
    examples: &[
        (r#"range("[18..21)")"#, "[18..21)"),
        (r#"5 in range("(1..5]")"#, "true"),
        (r#"range("[1..]")"#, "null"),
    ],
};

fn string_type(types: &[Type]) -> Type {
    match types.first() {
        Some(Type::Null) => Type::Null,
        None | Some(Type::Any | Type::Nullable(_) | Type::Function { .. }) => gives_text_or_null(types),
        Some(_) => gives_text(types),
    }
}

fn date_or_null(_: &[Type]) -> Type {
    or_null(Type::Date)
}

fn time_or_null(_: &[Type]) -> Type {
    or_null(Type::Time)
}

fn date_time_or_null(_: &[Type]) -> Type {
    or_null(Type::DateTime)
}

fn months_type(_: &[Type]) -> Type {
    Type::YearMonthDuration
}

fn number_from(arguments: &[Value], _: &mut dyn Call) -> Outcome {
    read_number(text(arguments, 0, "from")?)
}

fn number_with_separators(arguments: &[Value], call: &mut dyn Call) -> Outcome {
    let written = text(arguments, 0, "from")?;
    spend_on_text(call, written.len())?;
    let grouping = separator(arguments, 1, "grouping separator", &[" ", ",", "."])?;
    let decimal = separator(arguments, 2, "decimal separator", &[",", "."])?;
    if grouping.is_some() && grouping == decimal {
        return Err("the two separators are the same".into());
    }
    // A point that is neither separator is no part of a number in this notation.
    let point = decimal.or_else(|| Some('.').filter(|_| grouping != Some('.')));
    let mut plain = String::with_capacity(written.len());
    for character in written.chars() {
        match character {
            same if Some(same) == point => plain.push('.'),
            same if Some(same) == grouping && !plain.contains('.') => {}
            '.' => return Err("the text does not write a number with these separators".into()),
            other => plain.push(other),
        }
    }
    read_number(&plain)
}

fn read_number(written: &str) -> Outcome {
    match parse(written) {
        Ok(number) => Ok(Value::Number(number)),
        Err(NumberFault::NotANumber) => Err("the text does not write a number".into()),
        Err(NumberFault::Inexact) => Err("the number has more digits than can be held exactly".into()),
        Err(NumberFault::TooLarge) => Err("the number is too large".into()),
    }
}

fn separator(arguments: &[Value], index: usize, name: &str, known: &[&str]) -> Result<Option<char>, Reason> {
    match one(arguments, index) {
        Value::Null => Ok(None),
        Value::String(text) if known.contains(&&**text) => Ok(text.chars().next()),
        Value::String(_) => Err(format!("`{name}` must be one of {}", known.join(" ")).into()),
        other => Err(must_be(name, "a text", other)),
    }
}

fn string(arguments: &[Value], call: &mut dyn Call) -> Outcome {
    let value = super::arguments::at(arguments, 0);
    // what is to be written must be paid for before the text is there
    spend(call, values_in(value))?;
    let written = texts::string(value).ok_or_else(|| must_be("from", "a value", value))?;
    Ok(Value::text(written))
}

fn date_from(arguments: &[Value], _: &mut dyn Call) -> Outcome {
    match one(arguments, 0) {
        Value::String(text) => {
            Date::parse(text).map(Value::Date).ok_or_else(|| "the text does not write a date as YYYY-MM-DD".into())
        }
        Value::Date(date) => Ok(Value::Date(*date)),
        Value::DateTime(date_time) => Ok(Value::Date(date_time.date)),
        other => Err(must_be("from", "a text, a date or a date and time", other)),
    }
}

fn date_of_parts(arguments: &[Value], _: &mut dyn Call) -> Outcome {
    let year = i32::try_from(whole_number(arguments, 0, "year")?).ok();
    let month = u8::try_from(whole_number(arguments, 1, "month")?).ok();
    let day = u8::try_from(whole_number(arguments, 2, "day")?).ok();
    let date = year.zip(month).zip(day).and_then(|((year, month), day)| Date::new(year, month, day));
    date.map(Value::Date).ok_or_else(|| "there is no such day in the calendar".into())
}

fn time_from(arguments: &[Value], call: &mut dyn Call) -> Outcome {
    let time = match one(arguments, 0) {
        Value::String(text) => Time::parse(text, call.zones()).ok_or_else(|| {
            let known = Time::parse(text, None).is_none();
            Reason::from(if known { "the text does not write a time as hh:mm:ss" } else { NO_SUCH_ZONE })
        })?,
        Value::Time(time) => return Ok(Value::Time(time.clone())),
        Value::DateTime(date_time) => date_time.time.clone(),
        Value::Date(_) => Time { zone: Some(Zone::Offset(0)), ..Time::MIDNIGHT },
        other => return Err(must_be("from", "a text, a time, a date or a date and time", other)),
    };
    Ok(Value::Time(time.into()))
}

fn time_of_parts(arguments: &[Value], _: &mut dyn Call) -> Outcome {
    let none = || Reason::from("there is no such time of day");
    let hour = u8::try_from(whole_number(arguments, 0, "hour")?).map_err(|_| none())?;
    let minute = u8::try_from(whole_number(arguments, 1, "minute")?).map_err(|_| none())?;
    let seconds = number(arguments, 2, "second")?;
    let (second, nanosecond) = split_seconds(seconds).ok_or_else(none)?;
    let zone = match given(arguments, 3) {
        None => None,
        Some(_) => Some(offset(one(arguments, 3))?),
    };
    Time::new(hour, minute, second, nanosecond, zone).map(|time| Value::Time(time.into())).ok_or_else(none)
}

/// Whole seconds and nanoseconds; nothing smaller is rounded away.
fn split_seconds(seconds: Decimal) -> Option<(u8, u32)> {
    let second = u8::try_from(seconds.trunc().mantissa()).ok()?;
    let scaled = seconds.fract().checked_mul(Decimal::from(NANOSECONDS_A_SECOND))?.normalize();
    if scaled.scale() > 0 {
        return None;
    }
    Some((second, u32::try_from(scaled.mantissa()).ok()?))
}

fn offset(value: &Value) -> Result<Zone, Reason> {
    match value {
        Value::DayTimeDuration(duration) if duration.nanoseconds == 0 => i32::try_from(duration.seconds)
            .ok()
            .and_then(Zone::offset)
            .ok_or_else(|| Reason::from("an offset from UTC is at most 18 hours")),
        other => Err(must_be("offset", "a days and time duration of whole seconds", other)),
    }
}

fn date_and_time_from(arguments: &[Value], call: &mut dyn Call) -> Outcome {
    let date_time = match one(arguments, 0) {
        Value::String(text) => DateTime::parse(text, call.zones())
            .or_else(|| Date::parse(text).map(DateTime::midnight))
            .ok_or_else(|| match DateTime::parse(text, None) {
                None => Reason::from("the text does not write a date and time as YYYY-MM-DDThh:mm:ss"),
                Some(_) => Reason::from(NO_SUCH_ZONE),
            })?,
        Value::DateTime(date_time) => return Ok(Value::DateTime(date_time.clone())),
        Value::Date(date) => DateTime { date: *date, time: Time { zone: Some(Zone::Offset(0)), ..Time::MIDNIGHT } },
        other => return Err(must_be("from", "a text, a date or a date and time", other)),
    };
    Ok(Value::DateTime(date_time.into()))
}

fn date_and_time_of_parts(arguments: &[Value], _: &mut dyn Call) -> Outcome {
    let date = super::arguments::date(arguments, 0, "date")?;
    match one(arguments, 1) {
        Value::Time(time) => DateTime::new(date, (**time).clone())
            .map(|date_time| Value::DateTime(date_time.into()))
            .ok_or_else(|| "the clocks go forward here, out of the calendar".into()),
        other => Err(must_be("time", "a time", other)),
    }
}

fn duration(arguments: &[Value], _: &mut dyn Call) -> Outcome {
    match one(arguments, 0) {
        Value::String(text) => Duration::parse(text)
            .map(Value::from)
            .ok_or_else(|| "the text does not write a duration as P1Y2M or P1DT2H3M4S".into()),
        same @ (Value::DayTimeDuration(_) | Value::YearMonthDuration(_)) => Ok(same.clone()),
        other => Err(must_be("from", "a text or a duration", other)),
    }
}

fn months_between(arguments: &[Value], _: &mut dyn Call) -> Outcome {
    let from = super::arguments::date(arguments, 0, "from")?;
    let to = super::arguments::date(arguments, 1, "to")?;
    Ok(Value::YearMonthDuration(YearMonthDuration { months: from.months_until(to) }))
}

fn range(arguments: &[Value], call: &mut dyn Call) -> Outcome {
    range_literal::parse(text(arguments, 0, "from")?, call.zones())
        .map(|range| Value::Range(range.into()))
        .map_err(Reason::from)
}

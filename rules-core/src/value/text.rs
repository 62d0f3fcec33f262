//! Values as text: what `string` gives, FEEL source, and the literals after `@`.

use std::fmt::Write as _;

use super::duration::Duration;
use super::number::Plain;
use super::range::RangeForm;
use super::{Context, Date, DateTime, Range, Time, Value, Zones};

/// What FEEL's `string` gives: a text is itself, everything else is printed so that it can be read back. Null for null.
///
/// Numbers are plain, without zeros at the end: `1.50` and `1.5` are one number and print alike.
pub(crate) fn string(value: &Value) -> Option<String> {
    match value {
        Value::Null | Value::Unknown(_) | Value::NotApplicable | Value::NotInForce => None,
        Value::String(text) => Some(text.to_string()),
        Value::Date(date) => Some(date.to_string()),
        Value::Time(time) => Some(time.to_string()),
        Value::DateTime(date_time) => Some(date_time.to_string()),
        Value::DayTimeDuration(duration) => Some(duration.to_string()),
        Value::YearMonthDuration(duration) => Some(duration.to_string()),
        Value::Boolean(_)
        | Value::Number(_)
        | Value::Range(_)
        | Value::List(_)
        | Value::Context(_)
        | Value::Function(_) => Some(feel_literal(value)),
    }
}

/// The value as FEEL source, with `unknown` where something is not known.
pub(crate) fn feel_literal(value: &Value) -> String {
    let mut out = String::new();
    write_literal(&mut out, value);
    out
}

/// The value of the literal `@"text"`: a date, a date and time, a time or a duration. A region that is not among `zones` makes
/// it none.
pub(crate) fn at_literal(text: &str, zones: Zones<'_>) -> Option<Value> {
    if let Some(date) = Date::parse(text) {
        return Some(Value::Date(date));
    }
    if let Some(date_time) = DateTime::parse(text, zones) {
        return Some(Value::DateTime(date_time.into()));
    }
    if let Some(time) = Time::parse(text, zones) {
        return Some(Value::Time(time.into()));
    }
    Duration::parse(text).map(Value::from)
}

impl From<Duration> for Value {
    fn from(duration: Duration) -> Self {
        match duration {
            Duration::DayTime(duration) => Self::DayTimeDuration(duration),
            Duration::YearMonth(duration) => Self::YearMonthDuration(duration),
        }
    }
}

/// The kind of a value with its article, for messages: `a number`.
pub(crate) fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Boolean(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::String(_) => "a text",
        Value::Date(_) => "a date",
        Value::Time(_) => "a time",
        Value::DateTime(_) => "a date and time",
        Value::DayTimeDuration(_) => "a days and time duration",
        Value::YearMonthDuration(_) => "a years and months duration",
        Value::Range(_) => "a range",
        Value::List(_) => "a list",
        Value::Context(_) => "a context",
        Value::Function(_) => "a function",
        Value::Unknown(_) => "an unknown value",
        Value::NotApplicable => "something not applicable",
        Value::NotInForce => "something not in force",
    }
}

// Writing to a `String` never fails, so the results of `write!` below carry nothing.
fn write_literal(out: &mut String, value: &Value) {
    let _ = match value {
        Value::Unknown(_) => out.write_str("unknown"),
        Value::Null | Value::NotApplicable | Value::NotInForce => out.write_str("null"),
        Value::Boolean(boolean) => write!(out, "{boolean}"),
        Value::Number(number) => out.write_str(Plain::of(*number).as_str()),
        Value::String(text) => {
            write_quoted(out, text);
            Ok(())
        }
        Value::Date(date) => write!(out, "@\"{date}\""),
        Value::Time(time) => write!(out, "@\"{time}\""),
        Value::DateTime(date_time) => write!(out, "@\"{date_time}\""),
        Value::DayTimeDuration(duration) => write!(out, "@\"{duration}\""),
        Value::YearMonthDuration(duration) => write!(out, "@\"{duration}\""),
        Value::Range(range) => {
            write_range(out, range);
            Ok(())
        }
        Value::List(items) => {
            out.push('[');
            for (index, item) in items.iter().enumerate() {
                if index > 0 {
                    out.push_str(", ");
                }
                write_literal(out, item);
            }
            out.write_str("]")
        }
        Value::Context(context) => {
            write_context(out, context);
            Ok(())
        }
        Value::Function(_) => out.write_str("function(...)"),
    };
}

fn write_context(out: &mut String, context: &Context) {
    out.push('{');
    for (index, (key, value)) in context.entries().enumerate() {
        if index > 0 {
            out.push_str(", ");
        }
        if is_plain_name(key) {
            out.push_str(key);
        } else {
            write_quoted(out, key);
        }
        out.push_str(": ");
        write_literal(out, value);
    }
    out.push('}');
}

fn write_range(out: &mut String, range: &Range) {
    let comparison = match (range.form, &range.start, &range.end) {
        (RangeForm::Equal, ..) => Some(("=", &range.start)),
        (RangeForm::NotEqual, ..) => Some(("!=", &range.start)),
        (RangeForm::Interval, None, Some(_)) => Some((if range.end_included { "<=" } else { "<" }, &range.end)),
        (RangeForm::Interval, Some(_), None) => Some((if range.start_included { ">=" } else { ">" }, &range.start)),
        (RangeForm::Interval, ..) => None,
    };
    if let Some((operator, value)) = comparison {
        out.push('(');
        out.push_str(operator);
        out.push(' ');
        write_literal(out, value.as_ref().unwrap_or(&Value::Null));
        out.push(')');
        return;
    }
    out.push(if range.start_included { '[' } else { '(' });
    write_literal(out, range.start.as_ref().unwrap_or(&Value::Null));
    out.push_str("..");
    write_literal(out, range.end.as_ref().unwrap_or(&Value::Null));
    out.push(if range.end_included { ']' } else { ')' });
}

/// Whether a key can stand without quotes: letters, digits and underscores, with single spaces between words.
fn is_plain_name(key: &str) -> bool {
    let starts_well = key.starts_with(|first: char| first.is_alphabetic() || first == '_');
    let is_word =
        |word: &str| !word.is_empty() && word.chars().all(|character| character.is_alphanumeric() || character == '_');
    starts_well && key.split(' ').all(is_word)
}

/// Writes `text` in quotation marks, escaped as FEEL reads it.
pub(crate) fn write_quoted(out: &mut String, text: &str) {
    out.push('"');
    for character in text.chars() {
        match character {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            other if other.is_control() => {
                let _ = write!(out, "\\u{:04X}", u32::from(other));
            }
            other => out.push(other),
        }
    }
    out.push('"');
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn an_at_literal_prints_normalised() {
        for (text, expected) in [
            ("2017-01-01", "2017-01-01"),
            ("-2017-12-31", "-2017-12-31"),
            ("999999999-12-31", "999999999-12-31"),
            ("-999999999-01-01", "-999999999-01-01"),
            ("2020-02-29", "2020-02-29"),
            ("11:22:33.123456789", "11:22:33.123456789"),
            ("11:22:33-00:00", "11:22:33Z"),
            ("13:20:00+02:01:05", "13:20:00+02:01:05"),
            ("24:00:00", "00:00:00"),
            ("11:20:00@Asia/Dhaka", "11:20:00@Asia/Dhaka"),
            ("2021-12-31T24:00:00", "2022-01-01T00:00:00"),
            ("2017-12-31T11:22:33.4560-01:35", "2017-12-31T11:22:33.456-01:35"),
            ("PT1000M0.999999999S", "PT16H40M0.999999999S"),
            ("P0D", "PT0S"),
            ("-PT1H2M", "-PT1H2M"),
            ("-PT0.5S", "-PT0.5S"),
            ("P0Y", "P0M"),
            ("P1Y27M", "P3Y3M"),
            ("-P100M", "-P8Y4M"),
            ("P999999999M", "P83333333Y3M"),
        ] {
            let value = at_literal(text, None).unwrap();
            assert_eq!(string(&value).as_deref(), Some(expected), "{text}");
        }
        for text in [
            "",
            "foo",
            "2017-13-10",
            "2017-02-29",
            "998-12-31",
            "01211-12-31",
            "+2012-12-02",
            "2012/12/25",
            "9999999999-12-25",
            "24:00:01",
            "7:00:00",
            "07:01:2",
            "00:00:61",
            "13:20:00+5:00",
            "13:20:00-19:00",
            "13:20:00+02:00@Europe/Paris",
            "2017-12-31T",
            "2017-12-31T07:2",
            "P",
            "PT",
            "P1DT",
            "P1H",
            "P1Y2D",
            "1Y",
            "PT.5S",
            "P-1D",
            "PT0.0000000001S",
            "999999999-12-31T24:00:00",
        ] {
            assert!(at_literal(text, None).is_none(), "{text}");
        }
    }

    #[test]
    fn day_numbers_and_weeks_count_right_to_both_ends_of_the_calendar() {
        for (text, number) in
            [("1970-01-01", 0), ("2000-03-01", 11_017), ("0000-02-29", -719_469), ("-0001-12-31", -719_529)]
        {
            let date = Date::parse(text).unwrap();
            assert_eq!(date.day_number(), number, "{text}");
            assert_eq!(Date::from_day_number(number), Some(date), "{text}");
        }
        let (first, last) = (Date::new(-999_999_999, 1, 1).unwrap(), Date::new(999_999_999, 12, 31).unwrap());
        assert_eq!(Date::from_day_number(first.day_number()), Some(first));
        assert_eq!(Date::from_day_number(last.day_number()), Some(last));
        assert_eq!(first.add_days(-1), None);
        assert_eq!(last.add_months(1), None);
        for (text, week, weekday) in [
            ("2003-12-29", 1, "Monday"),
            ("2010-01-01", 53, "Friday"),
            ("2019-09-17", 38, "Tuesday"),
            ("2020-12-31", 53, "Thursday"),
            ("2012-01-01", 52, "Sunday"),
        ] {
            let date = Date::parse(text).unwrap();
            assert_eq!((date.week_of_year(), date.weekday_name()), (week, weekday), "{text}");
        }
        let end_of_january = Date::new(2024, 1, 31).unwrap();
        assert_eq!(end_of_january.add_months(1), Date::new(2024, 2, 29));
        assert_eq!(end_of_january.add_months(-11), Date::new(2023, 2, 28));
    }
}

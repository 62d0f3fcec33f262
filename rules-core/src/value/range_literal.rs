//! Reading a range from a text, as `range("[1..10]")` does (DMN 1.5 section 10.3.4.1): two literal ends of one kind.

use std::cmp::Ordering;

use super::compare::order;
use super::number::parse as parse_number;
use super::text::at_literal;
use super::{Date, DateTime, Duration, Range, Time, Value, Zones};

const NOT_A_RANGE: &str = "the text does not write a range with two literal ends";

/// The range that `text` writes, or the reason why it writes none.
pub(crate) fn parse(text: &str, zones: Zones<'_>) -> Result<Range, &'static str> {
    let mut rest = text.trim();
    let start_included = match rest.chars().next() {
        Some('[') => true,
        Some('(' | ']') => false,
        _ => return Err(NOT_A_RANGE),
    };
    rest = rest.get(1..).unwrap_or("");
    let start = end_point(&mut rest, zones).ok_or(NOT_A_RANGE)?;
    rest = rest.trim_start().strip_prefix("..").ok_or(NOT_A_RANGE)?;
    let end = end_point(&mut rest, zones).ok_or(NOT_A_RANGE)?;
    let end_included = match rest.trim() {
        "]" => true,
        ")" | "[" => false,
        _ => return Err(NOT_A_RANGE),
    };
    match order(&start, &end) {
        None => Err("the ends of the range cannot be put in order"),
        Some(Ordering::Greater) => Err("the range ends before it starts"),
        Some(Ordering::Less | Ordering::Equal) => {
            Ok(Range::interval(Some(start), start_included, Some(end), end_included))
        }
    }
}

/// Takes a number, a text, an `@` literal, or a call such as `date("…")` off the front of `rest`.
fn end_point(rest: &mut &str, zones: Zones<'_>) -> Option<Value> {
    let text = rest.trim_start();
    if text.starts_with('"') {
        let (string, after) = quoted(text)?;
        *rest = after;
        return Some(Value::text(string));
    }
    if let Some(literal) = text.strip_prefix('@') {
        let (string, after) = quoted(literal.trim_start())?;
        *rest = after;
        return at_literal(&string, zones);
    }
    if let Some((name, inside)) = text.split_once('(')
        && let Some(read) = reader(name.trim_end())
    {
        let (string, after) = quoted(inside.trim_start())?;
        *rest = after.trim_start().strip_prefix(')')?;
        return read(&string, zones);
    }
    // The number ends before the two dots, a bracket or white space.
    let two_dots = text.find("..").unwrap_or(text.len());
    let other = text.find([']', ')', '[', ' ', '\t', '\n']).unwrap_or(text.len());
    let (token, after) = text.split_at_checked(two_dots.min(other))?;
    *rest = after;
    parse_number(token).ok().map(Value::Number)
}

fn reader(name: &str) -> Option<fn(&str, Zones<'_>) -> Option<Value>> {
    match name {
        "date" => Some(|text, _| Date::parse(text).map(Value::Date)),
        "time" => Some(|text, zones| Time::parse(text, zones).map(|time| Value::Time(time.into()))),
        "date and time" => Some(|text, zones| {
            let midnight = || Date::parse(text).map(DateTime::midnight);
            DateTime::parse(text, zones).or_else(midnight).map(|date_time| Value::DateTime(date_time.into()))
        }),
        "duration" => Some(|text, _| Duration::parse(text).map(Value::from)),
        _ => None,
    }
}

/// The text in quotation marks at the front, and what follows it.
fn quoted(text: &str) -> Option<(String, &str)> {
    let inside = text.strip_prefix('"')?;
    let mut string = String::new();
    let mut characters = inside.char_indices();
    while let Some((index, character)) = characters.next() {
        match character {
            '"' => return Some((string, inside.get(index + 1..)?)),
            '\\' => string.push(match characters.next()?.1 {
                'n' => '\n',
                't' => '\t',
                'r' => '\r',
                same @ ('"' | '\\') => same,
                _ => return None,
            }),
            other => string.push(other),
        }
    }
    None
}

//! Sentences of the pack with values put in, and values as people write them.

use crate::program::{Fact, FactKind, Piece, Reference, Schema, Template};
use crate::value::number::Plain;
use crate::value::{Context, Date, DayTimeDuration, Value, YearMonthDuration, text};
use crate::words::{self, Words};

/// Fills a sentence. `put` writes the value that a placeholder stands for, and gives nothing where that names nothing: it
/// shows as `…`.
pub(super) fn fill(template: &Template, mut put: impl FnMut(&mut String, Reference) -> Option<()>) -> String {
    let mut sentence = String::new();
    for piece in &template.pieces {
        match piece {
            Piece::Words(words) => sentence.push_str(words),
            Piece::Value(reference) => {
                if put(&mut sentence, *reference).is_none() {
                    sentence.push('…');
                }
            }
        }
    }
    sentence
}

/// A value as a person writes it in `language`: pounds with commas, dates in words, yes and no.
pub(crate) fn show(value: &Value, unit: Option<&str>, language: &str) -> String {
    let mut out = String::new();
    put(&mut out, value, unit, language);
    out
}

/// The value of a fact in the pack's own words: the labels of its fields and of the values of its closed list.
pub(super) fn show_fact(schema: &Schema, fact: &Fact, value: &Value, language: &str) -> String {
    let mut out = String::new();
    put_fact(&mut out, schema, fact, value, language);
    out
}

/// Writes what [`show`] shows.
pub(super) fn put(out: &mut String, value: &Value, unit: Option<&str>, language: &str) {
    let words = || words::of(language);
    match value {
        Value::Number(amount) => put_amount(out, Plain::of(*amount).as_str(), unit),
        Value::Boolean(yes) => out.push_str(if *yes { words().yes } else { words().no }),
        Value::String(words) => out.push_str(words),
        Value::Date(date) => put_date(out, *date, language),
        Value::DayTimeDuration(duration) => put_days(out, *duration, language),
        Value::YearMonthDuration(duration) => put_months(out, *duration, language),
        Value::List(items) => put_items(out, items, language, |out, item| put(out, item, unit, language)),
        Value::Context(context) => {
            put_entries(out, context, |out, key, value| {
                out.push_str(key);
                out.push_str(": ");
                put(out, value, None, language);
                Some(())
            });
        }
        Value::Unknown(_) => out.push_str(words().not_known),
        Value::NotApplicable => out.push_str(words().not_applicable),
        Value::NotInForce => out.push_str(words().not_in_force),
        Value::Null => out.push_str(words().nothing),
        other => out.push_str(&text::string(other).unwrap_or_default()),
    }
}

/// Writes what [`show_fact`] shows.
pub(super) fn put_fact(out: &mut String, schema: &Schema, fact: &Fact, value: &Value, language: &str) {
    match (&fact.kind, value) {
        (FactKind::List { items, .. }, Value::List(values)) => match schema.fact(*items) {
            Some(item) => {
                put_items(out, values, language, |out, value| put_fact(out, schema, item, value, language));
            }
            None => put(out, value, None, language),
        },
        (FactKind::Object(shape), Value::Context(context)) => put_entries(out, context, |out, key, value| {
            let field = schema.fact(shape.field(shape.find(key)?)?)?;
            out.push_str(field.label.get(language).map_or(key, |label| &**label));
            out.push_str(": ");
            put_fact(out, schema, field, value, language);
            Some(())
        }),
        (_, Value::String(word)) => {
            let option = fact.options.iter().find(|(option, _)| option == word);
            out.push_str(option.and_then(|(_, texts)| texts.get(language)).unwrap_or(word));
        }
        _ => put(out, value, fact.unit.as_deref(), language),
    }
}

/// Items with commas between them, or semicolons where an item has commas itself.
fn put_items(out: &mut String, items: &[Value], language: &str, mut put: impl FnMut(&mut String, &Value)) {
    if items.is_empty() {
        out.push_str(words::of(language).none);
    }
    let comma = if items.iter().any(|item| matches!(item, Value::Context(_))) { "; " } else { ", " };
    for (place, item) in items.iter().enumerate() {
        out.push_str(if place > 0 { comma } else { "" });
        put(out, item);
    }
}

/// The known entries of a context, of which `put` writes those that it knows, with commas between them.
fn put_entries(out: &mut String, context: &Context, mut put: impl FnMut(&mut String, &str, &Value) -> Option<()>) {
    let mut comma = "";
    for (key, value) in context.entries().filter(|(_, value)| !value.is_mark()) {
        let before = out.len();
        out.push_str(comma);
        match put(out, key, value) {
            Some(()) => comma = ", ",
            None => out.truncate(before),
        }
    }
}

/// `£600,048.20`, `10%`, or the plain number. Other units belong into the sentence.
fn put_amount(out: &mut String, plain: &str, unit: Option<&str>) {
    match unit {
        Some("GBP") => put_pounds(out, plain),
        Some("%") => out.extend([plain, "%"]),
        _ => out.push_str(plain),
    }
}

/// Thousands with commas; pence, if there are any, with two digits at least.
fn put_pounds(out: &mut String, plain: &str) {
    let (sign, positive) = plain.strip_prefix('-').map_or(("", plain), |positive| ("-", positive));
    let (whole, pence) = positive.split_once('.').unwrap_or((positive, ""));
    out.extend([sign, "£"]);
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    if !pence.is_empty() {
        out.extend([".", pence, if pence.len() == 1 { "0" } else { "" }]);
    }
}

/// `28 days`, `1 day 2 hours`; as FEEL writes it where it is negative or has fractions, or the language has no words.
fn put_days(out: &mut String, duration: DayTimeDuration, language: &str) {
    let seconds = duration.seconds;
    match words::known(language) {
        Some(words) if seconds >= 0 && duration.nanoseconds == 0 => {
            let [_, _, days, hours, minutes, rest] = words.units;
            let counts = [
                (seconds / 86_400, days),
                (seconds / 3_600 % 24, hours),
                (seconds / 60 % 60, minutes),
                (seconds % 60, rest),
            ];
            put_counts(out, &counts);
        }
        _ => out.push_str(&duration.to_string()),
    }
}

/// `2 years 3 months`, with the same exceptions.
fn put_months(out: &mut String, duration: YearMonthDuration, language: &str) {
    match words::known(language) {
        Some(words) if duration.months >= 0 => {
            let [years, months, ..] = words.units;
            put_counts(out, &[(duration.months / 12, years), (duration.months % 12, months)]);
        }
        _ => out.push_str(&duration.to_string()),
    }
}

/// The counts that are not 0 with their nouns; of all zeros the last.
fn put_counts(out: &mut String, counts: &[(i64, [&str; 2])]) {
    let some = counts.iter().any(|(count, _)| *count != 0);
    let last = counts.len().saturating_sub(1);
    let said = counts.iter().enumerate().filter(|(place, (count, _))| *count != 0 || (!some && *place == last));
    for (said_before, (_, (count, [one, several]))) in said.enumerate() {
        out.push_str(if said_before > 0 { " " } else { "" });
        out.extend([&*count.to_string(), " ", if *count == 1 { one } else { several }]);
    }
}

/// `14 October 2020`; in languages whose months are not known here as `2020-10-14`.
pub(crate) fn date_in_words(date: Date, language: &str) -> String {
    let mut out = String::new();
    put_date(&mut out, date, language);
    out
}

fn put_date(out: &mut String, date: Date, language: &str) {
    let month = |words: &Words| words.months.get(usize::from(date.month()).saturating_sub(1)).copied();
    match words::known(language).and_then(month) {
        Some(month) => out.extend([&*date.day().to_string(), " ", month, " ", &*date.year().to_string()]),
        None => out.push_str(&date.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::{Date, DayTimeDuration, Value, YearMonthDuration, put_amount, show};

    #[test]
    fn pounds_have_commas_and_pence_two_digits() {
        let amount_in = |plain, unit| {
            let mut out = String::new();
            put_amount(&mut out, plain, Some(unit));
            out
        };
        assert_eq!(amount_in("600048.2", "GBP"), "£600,048.20");
        assert_eq!(amount_in("-1315203", "GBP"), "-£1,315,203");
        assert_eq!(amount_in("999", "GBP"), "£999");
        assert_eq!(amount_in("10", "%"), "10%");
        assert_eq!(amount_in("28", "years"), "28");
    }

    #[test]
    fn dates_are_written_in_words_of_the_language() {
        let date = Date::new(2020, 10, 14).map_or(Value::Null, Value::Date);
        assert_eq!(show(&date, None, "en"), "14 October 2020");
        assert_eq!(show(&date, None, "cy"), "14 Hydref 2020");
        assert_eq!(show(&date, None, "pl"), "2020-10-14");
    }

    #[test]
    fn durations_are_counted_in_words() {
        let days = |seconds| Value::DayTimeDuration(DayTimeDuration { seconds, nanoseconds: 0 });
        assert_eq!(show(&days(28 * 86_400), None, "en"), "28 days");
        assert_eq!(show(&days(86_400 + 7_200), None, "en"), "1 day 2 hours");
        assert_eq!(show(&days(0), None, "en"), "0 seconds");
        assert_eq!(show(&days(-86_400), None, "en"), "-P1D");
        let months = Value::YearMonthDuration(YearMonthDuration { months: 27 });
        assert_eq!(show(&months, None, "en"), "2 years 3 months");
        assert_eq!(show(&days(28 * 86_400), None, "cy"), "28 diwrnod");
        assert_eq!(show(&months, None, "pl"), "P2Y3M");
    }
}

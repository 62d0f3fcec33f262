//! Sentences of the pack with values put in, and values as people write them.

use crate::program::{Fact, FactKind, Piece, Reference, Schema, Template};
use crate::value::{Context, Date, DayTimeDuration, Value, YearMonthDuration, number, text};
use crate::words::{self, Words};

/// Fills a sentence; a placeholder that names nothing shows as `…`.
pub(super) fn fill(template: &Template, mut shown: impl FnMut(Reference) -> Option<String>) -> String {
    let mut sentence = String::new();
    for piece in &template.pieces {
        match piece {
            Piece::Words(words) => sentence.push_str(words),
            Piece::Value(reference) => match shown(*reference) {
                Some(words) => sentence.push_str(&words),
                None => sentence.push('…'),
            },
        }
    }
    sentence
}

/// A value as a person writes it in `language`: pounds with commas, dates in words, yes and no.
pub(crate) fn show(value: &Value, unit: Option<&str>, language: &str) -> String {
    match value {
        Value::Number(amount) => amount_in(&number::plain(*amount), unit),
        Value::Boolean(yes) => {
            let words = words::of(language);
            if *yes { words.yes } else { words.no }.to_owned()
        }
        Value::String(words) => words.to_string(),
        Value::Date(date) => date_in_words(*date, language),
        Value::DayTimeDuration(duration) => days_in_words(*duration, language),
        Value::YearMonthDuration(duration) => months_in_words(*duration, language),
        Value::List(items) => joined(items, language, |item| show(item, unit, language)),
        Value::Context(context) => {
            entries(context, |key, value| Some(format!("{key}: {}", show(value, None, language))))
        }
        Value::Unknown(_) => words::of(language).not_known.to_owned(),
        Value::NotApplicable => words::of(language).not_applicable.to_owned(),
        Value::NotInForce => words::of(language).not_in_force.to_owned(),
        Value::Null => words::of(language).nothing.to_owned(),
        other => text::string(other).unwrap_or_default(),
    }
}

/// The value of a fact in the pack's own words: the labels of its fields and of the values of its closed list.
pub(super) fn show_fact(schema: &Schema, fact: &Fact, value: &Value, language: &str) -> String {
    match (&fact.kind, value) {
        (FactKind::List { items, .. }, Value::List(values)) => match schema.fact(*items) {
            Some(item) => joined(values, language, |value| show_fact(schema, item, value, language)),
            None => show(value, None, language),
        },
        (FactKind::Object(shape), Value::Context(context)) => entries(context, |key, value| {
            let field = schema.fact(shape.field(shape.find(key)?)?)?;
            let label = field.label.get(language).map_or(key, |label| &**label);
            Some(format!("{label}: {}", show_fact(schema, field, value, language)))
        }),
        (_, Value::String(word)) => {
            let option = fact.options.iter().find(|(option, _)| option == word);
            option.and_then(|(_, texts)| texts.get(language)).unwrap_or(word).to_string()
        }
        _ => show(value, fact.unit.as_deref(), language),
    }
}

/// Items with commas between them, or semicolons where an item has commas itself.
fn joined(items: &[Value], language: &str, show: impl Fn(&Value) -> String) -> String {
    if items.is_empty() {
        return words::of(language).none.to_owned();
    }
    let shown: Vec<String> = items.iter().map(show).collect();
    shown.join(if items.iter().any(|item| matches!(item, Value::Context(_))) { "; " } else { ", " })
}

/// The known entries of a context with commas between them.
fn entries(context: &Context, show: impl Fn(&str, &Value) -> Option<String>) -> String {
    let known = context.entries().filter(|(_, value)| !value.is_mark());
    let shown: Vec<String> = known.filter_map(|(key, value)| show(key, value)).collect();
    shown.join(", ")
}

/// `£600,048.20`, `10%`, or the plain number. Other units belong into the sentence.
fn amount_in(plain: &str, unit: Option<&str>) -> String {
    match unit {
        Some("GBP") => match plain.strip_prefix('-') {
            Some(positive) => format!("-£{}", pounds(positive)),
            None => format!("£{}", pounds(plain)),
        },
        Some("%") => format!("{plain}%"),
        _ => plain.to_owned(),
    }
}

/// Thousands with commas; pence, if there are any, with two digits at least.
fn pounds(plain: &str) -> String {
    let (whole, pence) = plain.split_once('.').unwrap_or((plain, ""));
    let mut written = String::new();
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index).is_multiple_of(3) {
            written.push(',');
        }
        written.push(digit);
    }
    if !pence.is_empty() {
        written.push('.');
        written.push_str(pence);
        if pence.len() == 1 {
            written.push('0');
        }
    }
    written
}

/// `28 days`, `1 day 2 hours`; as FEEL writes it where it is negative or has fractions, or the language has no words.
fn days_in_words(duration: DayTimeDuration, language: &str) -> String {
    let seconds = duration.seconds;
    match words::known(language) {
        Some(words) if seconds >= 0 && duration.nanoseconds == 0 => {
            let [_, _, days, hours, minutes, rest] = words.units;
            counted(&[
                (seconds / 86_400, days),
                (seconds / 3_600 % 24, hours),
                (seconds / 60 % 60, minutes),
                (seconds % 60, rest),
            ])
        }
        _ => duration.to_string(),
    }
}

/// `2 years 3 months`, with the same exceptions.
fn months_in_words(duration: YearMonthDuration, language: &str) -> String {
    match words::known(language) {
        Some(words) if duration.months >= 0 => {
            let [years, months, ..] = words.units;
            counted(&[(duration.months / 12, years), (duration.months % 12, months)])
        }
        _ => duration.to_string(),
    }
}

/// The counts that are not 0 with their nouns; of all zeros the last.
fn counted(counts: &[(i64, [&str; 2])]) -> String {
    let some = counts.iter().any(|(count, _)| *count != 0);
    let last = counts.len().saturating_sub(1);
    let said = counts.iter().enumerate().filter(|(place, (count, _))| *count != 0 || (!some && *place == last));
    let words = said.map(|(_, (count, [one, several]))| format!("{count} {}", if *count == 1 { one } else { several }));
    words.collect::<Vec<_>>().join(" ")
}

/// `14 October 2020`; in languages whose months are not known here as `2020-10-14`.
pub(crate) fn date_in_words(date: Date, language: &str) -> String {
    let month = |words: &Words| words.months.get(usize::from(date.month()).saturating_sub(1)).copied();
    match words::known(language).and_then(month) {
        Some(month) => format!("{} {month} {}", date.day(), date.year()),
        None => date.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::{Date, DayTimeDuration, Value, YearMonthDuration, amount_in, show};

    #[test]
    fn pounds_have_commas_and_pence_two_digits() {
        assert_eq!(amount_in("600048.2", Some("GBP")), "£600,048.20");
        assert_eq!(amount_in("-1315203", Some("GBP")), "-£1,315,203");
        assert_eq!(amount_in("999", Some("GBP")), "£999");
        assert_eq!(amount_in("10", Some("%")), "10%");
        assert_eq!(amount_in("28", Some("years")), "28");
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

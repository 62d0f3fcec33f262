//! Sentences of the pack with values put in, and values as people write them.

use crate::program::{Piece, Reference, Template};
use crate::value::{Date, Value, number, text};

/// Fills a sentence. A placeholder without a value is left out of a cannot-tell sentence by the checker, so `…` shows
/// only where a pack insists.
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
        Value::Boolean(yes) => yes_or_no(*yes, language).to_owned(),
        Value::String(words) => words.to_string(),
        Value::Date(date) => date_in_words(*date, language),
        Value::List(items) if items.is_empty() => if language == "cy" { "dim" } else { "none" }.to_owned(),
        Value::List(items) => {
            let shown: Vec<String> = items.iter().map(|item| show(item, unit, language)).collect();
            shown.join(if items.iter().any(|item| matches!(item, Value::Context(_))) { "; " } else { ", " })
        }
        Value::Context(context) => {
            let shown = context.entries().filter(|(_, value)| !value.is_mark());
            let shown: Vec<String> =
                shown.map(|(key, value)| format!("{key} {}", show(value, None, language))).collect();
            shown.join(", ")
        }
        Value::Unknown(_) => "not known".to_owned(),
        Value::NotApplicable => "not applicable".to_owned(),
        Value::NotInForce => "not in force".to_owned(),
        Value::Null => "nothing".to_owned(),
        other => text::string(other).unwrap_or_default(),
    }
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

fn yes_or_no(yes: bool, language: &str) -> &'static str {
    match (language, yes) {
        ("cy", true) => "ydy",
        ("cy", false) => "nac ydy",
        (_, true) => "yes",
        (_, false) => "no",
    }
}

const WELSH_MONTHS: [&str; 12] = [
    "Ionawr",
    "Chwefror",
    "Mawrth",
    "Ebrill",
    "Mai",
    "Mehefin",
    "Gorffennaf",
    "Awst",
    "Medi",
    "Hydref",
    "Tachwedd",
    "Rhagfyr",
];

/// `14 October 2020`; in languages whose months are not known here as `2020-10-14`.
pub(crate) fn date_in_words(date: Date, language: &str) -> String {
    let welsh = WELSH_MONTHS.get(usize::from(date.month()).saturating_sub(1)).copied();
    match language {
        "en" => format!("{} {} {}", date.day(), date.month_name(), date.year()),
        "cy" => format!("{} {} {}", date.day(), welsh.unwrap_or_default(), date.year()),
        _ => date.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::{Date, Value, amount_in, show};

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
}

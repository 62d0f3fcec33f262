//! What names may look like.

use super::shape::Key;
use crate::citation::Layer;
use crate::value::Date;

/// Words that have a meaning of their own wherever they stand in FEEL, so that no name may hold them.
const KEYWORDS: &[&str] = &["and", "or", "in", "if", "then", "else", "return", "between", "not", "satisfies"];

/// Words that begin something else than a name.
const OPENINGS: &[&str] = &["for", "some", "every", "function"];

/// Names that mean something already.
const TAKEN: &[&str] = &["true", "false", "null", "item", AS_OF];

/// The name of the date of the decision in every FEEL text of a pack.
pub(super) const AS_OF: &str = "as_of";

/// Keys of a case that are no facts.
pub(super) const RESERVED: &[&str] = &["case", AS_OF, "not_known", "not_applicable"];

/// Why a key is not what it should be, and what to do about it.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct NameFault {
    pub(super) message: String,
    pub(super) help: String,
}

fn fault(message: impl Into<String>, help: impl Into<String>) -> Result<(), NameFault> {
    Err(NameFault { message: message.into(), help: help.into() })
}

/// Whether `text` may stand as a key of this kind.
pub(super) fn check(key: Key, text: &str) -> Result<(), NameFault> {
    if text.trim().is_empty() {
        return fault("the name is empty", "write a name of one or more words");
    }
    match key {
        Key::Text | Key::Feel => Ok(()),
        Key::Name => feel_name(text),
        Key::Fact => fact(text),
        Key::FactPath => text.split('.').try_for_each(fact),
        Key::Id => id(text),
        Key::Date if Date::parse(text).is_some() => Ok(()),
        Key::Date => fault(format!("`{text}` is no date of the calendar"), "dates are written as `2019-06-01`"),
        Key::Language => language(text),
        Key::Layer => {
            let layers: Vec<&str> = Layer::ALL.iter().map(|layer| layer.words()).collect();
            if layers.contains(&text) {
                return Ok(());
            }
            let help = match crate::diagnostic::closest(text, layers.iter().copied()) {
                Some(word) => format!("did you mean `{word}`?"),
                None => format!("the layers are {}", listed(&layers)),
            };
            fault(format!("`{text}` is no layer of authority"), help)
        }
    }
}

/// `a`, `b` and `c`, in back quotes.
pub(super) fn listed(words: &[&str]) -> String {
    let quoted: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
    match quoted.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} and {last}", rest.join(", ")),
        _ => quoted.concat(),
    }
}

/// A name as people say it, which the reader of FEEL can tell from everything around it.
fn feel_name(text: &str) -> Result<(), NameFault> {
    if text.trim() != text || text.contains("  ") {
        return fault(
            format!("the name `{text}` has spaces too many"),
            "put one space between words and none around them",
        );
    }
    let wrong = text.chars().find(|letter| !(letter.is_alphanumeric() || [' ', '_', '\''].contains(letter)));
    if let Some(wrong) = wrong {
        return fault(
            format!("the name `{text}` holds `{wrong}`, which FEEL would not read as part of it"),
            "use letters, digits, spaces, `_` and `'`",
        );
    }
    if !text.starts_with(|first: char| first.is_alphabetic() || first == '_') {
        return fault(format!("the name `{text}` does not begin with a letter"), "put a word first");
    }
    let words: Vec<&str> = text.split(' ').collect();
    let keyword = words.iter().find(|word| KEYWORDS.contains(word));
    let opening = words.first().filter(|word| OPENINGS.contains(word));
    if let Some(word) = keyword.or(opening) {
        return fault(format!("the name `{text}` holds the word `{word}`, a keyword of FEEL"), "say it in other words");
    }
    if TAKEN.contains(&text) {
        return fault(format!("the name `{text}` has a meaning of its own in FEEL"), "take another name");
    }
    Ok(())
}

/// The name of a fact: also a key of case data and the header of a column.
fn fact(text: &str) -> Result<(), NameFault> {
    if RESERVED.contains(&text) {
        return fault(
            format!("the name `{text}` is kept for what a case says about itself"),
            format!("{} are no facts; take another name", listed(RESERVED)),
        );
    }
    let snake = |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '_';
    if text.chars().all(snake) && text.starts_with(|first: char| first.is_ascii_lowercase()) {
        return feel_name(text);
    }
    let mended = snake_case(text);
    let help = "facts are written in lower-case letters, digits and `_`, as column headers are";
    match fact_like(&mended) {
        true => fault(format!("the name `{text}` is no name of a fact"), format!("{help}: `{mended}`")),
        false => fault(format!("the name `{text}` is no name of a fact"), help),
    }
}

fn fact_like(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_lowercase())
}

/// `AuditTotal`, `Audit total` and `audit-total` as `audit_total`.
fn snake_case(text: &str) -> String {
    let mut out = String::new();
    let mut after_lower = false;
    for letter in text.chars() {
        if letter.is_ascii_alphanumeric() {
            if letter.is_ascii_uppercase() && after_lower {
                out.push('_');
            }
            after_lower = !letter.is_ascii_uppercase();
            out.push(letter.to_ascii_lowercase());
        } else {
            if !out.is_empty() && !out.ends_with('_') {
                out.push('_');
            }
            after_lower = false;
        }
    }
    out.trim_end_matches('_').to_owned()
}

/// Lower-case words with hyphens.
pub(super) fn id(text: &str) -> Result<(), NameFault> {
    let word = |word: &str| !word.is_empty() && word.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit());
    if text.split('-').all(word) {
        return Ok(());
    }
    let mended = snake_case(text).replace('_', "-");
    fault(format!("`{text}` is no short name"), format!("short names are lower-case words with hyphens: `{mended}`"))
}

/// A language tag, as far as packs need them (RFC 5646 without its rarer parts).
fn language(text: &str) -> Result<(), NameFault> {
    let mut parts = text.split('-');
    let first = parts.next().unwrap_or_default();
    let primary = (2..=3).contains(&first.len()) && first.chars().all(|letter| letter.is_ascii_lowercase());
    if primary && parts.all(|part| (2..=8).contains(&part.len()) && part.chars().all(|c| c.is_ascii_alphanumeric())) {
        return Ok(());
    }
    fault(format!("`{text}` is no language"), "languages are written as `en`, `cy` or `pt-BR`")
}

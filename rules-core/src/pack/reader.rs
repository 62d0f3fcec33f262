//! Holds a document against its shape and finds every fault at once.

use super::names::{self, listed};
use super::shape::{Entries, Field, Kind, Shape};
use crate::code::{self, Code};
use crate::diagnostic::{Diagnostic, closest};
use crate::source::{Place, Span, pointer_to};
use crate::value::Date;
use crate::value::json::{Entry, Json, JsonFaultKind, JsonKind, parse};
use crate::value::number::{self, NumberFault};

/// Reads `text` as JSON, or says why it is none.
pub(super) fn json(text: &str) -> Result<Json<'_>, Diagnostic> {
    parse(text).map_err(|fault| {
        let at = u32::try_from(fault.at).unwrap_or(u32::MAX);
        let place = Place::within("", Span { start: at, end: at.saturating_add(1) });
        match fault.kind {
            JsonFaultKind::TooDeep => Diagnostic::new(&code::NESTED_TOO_DEEP, place, fault.kind.message())
                .help("no pack needs that; is it a file of another kind?"),
            JsonFaultKind::Expected(_)
            | JsonFaultKind::EndOfText
            | JsonFaultKind::ControlCharacter
            | JsonFaultKind::BadEscape
            | JsonFaultKind::LoneSurrogate
            | JsonFaultKind::BadNumber
            | JsonFaultKind::TrailingData
            | JsonFaultKind::ByteOrderMark => {
                let empty = text.trim().is_empty();
                let message = if empty { "the document is empty".to_owned() } else { fault.kind.message() };
                let diagnostic = Diagnostic::new(&code::NOT_JSON, place, message);
                let after_comma = text.get(..fault.at).is_some_and(|before| before.trim_end().ends_with(','));
                if after_comma { diagnostic.help("take away the comma before it") } else { diagnostic }
            }
        }
    })
}

/// Every fault of `document` against `shape`, keys that come twice included.
pub(super) fn faults(document: &Json<'_>, shape: &'static Shape) -> Vec<Diagnostic> {
    let mut reader = Reader::with_duplicates(document);
    match &document.kind {
        JsonKind::Object(_) => reader.object(document, shape, ""),
        JsonKind::Null | JsonKind::Boolean(_) | JsonKind::Number(_) | JsonKind::Text(_) | JsonKind::List(_) => {
            let message = format!("{} should be an object, and this is {}", shape.words(), document.words());
            reader.faults.push(Diagnostic::new(&code::WRONG_FIELD, Place::default(), message));
        }
    }
    reader.faults
}

/// Every fault of `document`, which should be a list.
pub(super) fn faults_of_list(document: &Json<'_>, list: &'static Entries) -> Vec<Diagnostic> {
    let mut reader = Reader::with_duplicates(document);
    match document.items() {
        Some(_) => reader.list(document, list, ""),
        None => {
            let message = format!("this should be a list, and is {}", document.words());
            reader.faults.push(Diagnostic::new(&code::WRONG_FIELD, Place::default(), message));
        }
    }
    reader.faults
}

struct Reader {
    faults: Vec<Diagnostic>,
}

impl Reader {
    /// Begins with the keys that come twice.
    fn with_duplicates(document: &Json<'_>) -> Self {
        let mut reader = Self { faults: Vec::new() };
        let mut reported = String::new();
        for (pointer, entry) in document.duplicates() {
            if pointer != reported {
                let message = format!("`{}` stands here more than once", entry.key);
                let help = "keep one of them, or give the other a name of its own";
                reader.faults.push(Diagnostic::new(&code::DUPLICATE_KEY, Place::key(&pointer), message).help(help));
                reported = pointer;
            }
        }
        reader
    }

    fn push(&mut self, diagnostic: Diagnostic) {
        self.faults.push(diagnostic);
    }

    /// `value` should be of `kind`.
    fn value(&mut self, value: &Json<'_>, kind: &'static Kind, pointer: &str) {
        if !takes(kind, value) {
            return self.wrong(value, kind, pointer);
        }
        match kind {
            Kind::Either(kinds) => {
                if let Some(kind) = kinds.iter().find(|kind| takes(kind, value)) {
                    self.value(value, kind, pointer);
                }
            }
            Kind::Object(shape) => self.object(value, shape, pointer),
            Kind::Map(entries) => self.map(value, entries, pointer),
            Kind::List(entries) => self.list(value, entries, pointer),
            Kind::Number | Kind::Anything => self.numbers(value, pointer),
            Kind::Whole(least) => self.whole(value, *least, pointer),
            Kind::Text | Kind::Feel | Kind::UnaryTests
                if value.as_text().is_some_and(|text| text.trim().is_empty()) =>
            {
                let message = format!("{} is empty", subject(pointer));
                self.push(Diagnostic::new(&code::WRONG_FIELD, Place::at(pointer), message));
            }
            Kind::Id => self.id(value, pointer),
            Kind::Date => self.date(value, pointer),
            Kind::Words(words, code) => self.word(value, &words(), code, pointer),
            Kind::Exactly(number) if value.as_number() != Some(number.to_string().as_str()) => {
                self.wrong(value, kind, pointer);
            }
            Kind::Text
            | Kind::AnyText
            | Kind::Feel
            | Kind::UnaryTests
            | Kind::Null
            | Kind::Boolean
            | Kind::Exactly(_) => {}
        }
    }

    fn wrong(&mut self, value: &Json<'_>, kind: &Kind, pointer: &str) {
        let message = format!("{} should be {}, and is {}", subject(pointer), words(kind), value.words());
        self.push(Diagnostic::new(&code::WRONG_FIELD, Place::at(pointer), message));
    }

    fn object(&mut self, value: &Json<'_>, shape: &'static Shape, pointer: &str) {
        let entries = value.entries().unwrap_or_default();
        let has = |name: &str| entries.iter().any(|entry| entry.key == name);
        let absent: Vec<&str> = shape.fields.iter().map(|field| field.name).filter(|name| !has(name)).collect();
        let mut meant = Vec::new();
        for entry in entries {
            let inner = pointer_to(pointer, &entry.key);
            match shape.fields.iter().find(|field| field.name == entry.key) {
                Some(field) => self.value(&entry.value, &field.kind, &inner),
                None => meant.extend(self.unknown(entry, shape, &absent, &inner)),
            }
        }
        for field in shape.fields {
            if let Some(code) = field.missing.filter(|_| !has(field.name) && !meant.contains(&field.name)) {
                self.push(missing(field, shape, pointer, code));
            }
        }
        if !shape.exactly_one.is_empty() && !shape.exactly_one.iter().any(|name| meant.contains(name)) {
            self.choice(entries, shape, pointer);
        }
    }

    /// Reports a field that the shape does not have; gives the field that was meant, if that can be told.
    fn unknown(
        &mut self,
        entry: &Entry<'_>,
        shape: &Shape,
        absent: &[&'static str],
        pointer: &str,
    ) -> Option<&'static str> {
        let meant = closest(&entry.key, absent.iter().copied());
        let all: Vec<&str> = shape.fields.iter().map(|field| field.name).filter(|name| *name != "$schema").collect();
        let help = match meant {
            Some(name) => format!("did you mean `{name}`?"),
            None => match shape.advice.iter().find(|(name, _)| *name == entry.key) {
                Some((_, advice)) => (*advice).to_owned(),
                None => format!("{} has {}", shape.words(), listed(&all)),
            },
        };
        let message = format!("{} has no {} `{}`", shape.words(), shape.member, entry.key);
        self.push(Diagnostic::new(shape.unknown, Place::key(pointer), message).help(help));
        absent.iter().copied().find(|name| Some(*name) == meant)
    }

    /// Of the fields that exclude each other exactly one must be there.
    fn choice(&mut self, entries: &[Entry<'_>], shape: &Shape, pointer: &str) {
        let there: Vec<&str> =
            entries.iter().map(|entry| entry.key.as_ref()).filter(|key| shape.exactly_one.contains(key)).collect();
        match there.as_slice() {
            [_] => {}
            [] => {
                let message = format!("{} needs one of {}", shape.words(), listed(shape.exactly_one));
                self.push(Diagnostic::new(&code::MISSING_FIELD, Place::at(pointer), message));
            }
            [_, second, ..] => {
                let message = format!("{} takes only one of {}", shape.words(), listed(&there));
                let help = format!("keep one, and make {} of its own of each other", shape.words());
                let place = Place::key(pointer_to(pointer, second));
                self.push(Diagnostic::new(&code::WRONG_FIELD, place, message).help(help));
            }
        }
    }

    fn map(&mut self, value: &Json<'_>, map: &'static Entries, pointer: &str) {
        let entries = value.entries().unwrap_or_default();
        self.emptiness(entries.is_empty() && !map.may_be_empty, pointer);
        for entry in entries {
            let inner = pointer_to(pointer, &entry.key);
            if let Err(fault) = names::check(map.key, &entry.key) {
                self.push(Diagnostic::new(&code::BAD_NAME, Place::key(&inner), fault.message).help(fault.help));
            }
            self.value(&entry.value, &map.value, &inner);
        }
    }

    fn list(&mut self, value: &Json<'_>, list: &'static Entries, pointer: &str) {
        let items = value.items().unwrap_or_default();
        self.emptiness(items.is_empty() && !list.may_be_empty, pointer);
        for (number, item) in items.iter().enumerate() {
            self.value(item, &list.value, &format!("{pointer}/{number}"));
        }
    }

    fn emptiness(&mut self, wrong: bool, pointer: &str) {
        if wrong {
            let message = format!("{} holds nothing", subject(pointer));
            self.push(Diagnostic::new(&code::WRONG_FIELD, Place::at(pointer), message));
        }
    }

    /// Every number in `value` must be held exactly.
    fn numbers(&mut self, value: &Json<'_>, pointer: &str) {
        match &value.kind {
            JsonKind::Number(token) => {
                if let Err(fault) = number::parse(token) {
                    let wrong = match fault {
                        NumberFault::TooLarge => "is larger than can be held exactly",
                        NumberFault::Inexact | NumberFault::NotANumber => "has more digits than can be held exactly",
                    };
                    let message = format!("{} {wrong}", subject(pointer));
                    let help = "write it with at most 28 digits";
                    self.push(Diagnostic::new(&code::INEXACT_NUMBER, Place::at(pointer), message).help(help));
                }
            }
            JsonKind::List(items) => {
                for (number, item) in items.iter().enumerate() {
                    self.numbers(item, &format!("{pointer}/{number}"));
                }
            }
            JsonKind::Object(entries) => {
                for entry in entries {
                    self.numbers(&entry.value, &pointer_to(pointer, &entry.key));
                }
            }
            JsonKind::Null | JsonKind::Boolean(_) | JsonKind::Text(_) => {}
        }
    }

    fn whole(&mut self, value: &Json<'_>, least: u32, pointer: &str) {
        let number = value.as_number().and_then(|token| number::parse(token).ok()).and_then(number::whole);
        if number.and_then(|number| u32::try_from(number).ok()).is_none_or(|number| number < least) {
            let message = format!("{} should be {}", subject(pointer), words(&Kind::Whole(least)));
            self.push(Diagnostic::new(&code::WRONG_FIELD, Place::at(pointer), message));
        }
    }

    fn id(&mut self, value: &Json<'_>, pointer: &str) {
        if let Err(fault) = names::id(value.as_text().unwrap_or_default()) {
            self.push(Diagnostic::new(&code::BAD_NAME, Place::at(pointer), fault.message).help(fault.help));
        }
    }

    fn date(&mut self, value: &Json<'_>, pointer: &str) {
        let text = value.as_text().unwrap_or_default();
        if Date::parse(text).is_none() {
            let message = format!("`{text}` is no date of the calendar");
            let help = "dates are written as year, month, day: `2019-06-01`";
            self.push(Diagnostic::new(&code::WRONG_FIELD, Place::at(pointer), message).help(help));
        }
    }

    fn word(&mut self, value: &Json<'_>, words: &[&'static str], code: &'static Code, pointer: &str) {
        let text = value.as_text().unwrap_or_default();
        if words.contains(&text) {
            return;
        }
        let help = match (closest(text, words.iter().copied()), words) {
            (Some(word), _) => format!("did you mean `{word}`?"),
            (None, [only]) => format!("it can only be `{only}`"),
            (None, _) => format!("it is one of {}", listed(words)),
        };
        let message = format!("{} cannot be `{text}`", subject(pointer));
        self.push(Diagnostic::new(code, Place::at(pointer), message).help(help));
    }
}

fn missing(field: &Field, shape: &Shape, pointer: &str, code: &'static Code) -> Diagnostic {
    let message = format!("{} needs `{}`", shape.words(), field.name);
    Diagnostic::new(code, Place::at(pointer), message).help(format!("`{}`: {}", field.name, field.sentence))
}

/// Whether the JSON type of `value` is one that `kind` takes.
fn takes(kind: &Kind, value: &Json<'_>) -> bool {
    match kind {
        Kind::Text | Kind::AnyText | Kind::Id | Kind::Date | Kind::Words(..) | Kind::Feel | Kind::UnaryTests => {
            value.as_text().is_some()
        }
        Kind::Null => matches!(value.kind, JsonKind::Null),
        Kind::Boolean => value.as_boolean().is_some(),
        Kind::Number | Kind::Whole(_) | Kind::Exactly(_) => value.as_number().is_some(),
        Kind::List(_) => value.items().is_some(),
        Kind::Map(_) | Kind::Object(_) => value.entries().is_some(),
        Kind::Either(kinds) => kinds.iter().any(|kind| takes(kind, value)),
        Kind::Anything => true,
    }
}

/// The kind with its article, for messages.
fn words(kind: &Kind) -> String {
    match kind {
        Kind::Text | Kind::AnyText | Kind::Id => "a text".to_owned(),
        Kind::Date => "a date as a text".to_owned(),
        Kind::Words(..) => "a word as a text".to_owned(),
        Kind::Feel => "FEEL as a text".to_owned(),
        Kind::UnaryTests => "FEEL tests as a text".to_owned(),
        Kind::Null => "null".to_owned(),
        Kind::Boolean => "true or false".to_owned(),
        Kind::Number => "a number".to_owned(),
        Kind::Whole(least) => format!("a whole number, {least} or more"),
        Kind::Exactly(number) => format!("the number {number}"),
        Kind::List(_) => "a list".to_owned(),
        Kind::Map(_) => "an object".to_owned(),
        Kind::Object(shape) => format!("an object ({})", shape.name),
        Kind::Either(kinds) => kinds.iter().map(words).collect::<Vec<_>>().join(" or "),
        Kind::Anything => "a value".to_owned(),
    }
}

/// What a message calls the value at `pointer`: the last key, or the item's number and its list.
fn subject(pointer: &str) -> String {
    let unescaped = |step: &str| step.replace("~1", "/").replace("~0", "~");
    let mut steps = pointer.rsplit('/');
    let last = steps.next().unwrap_or_default();
    match (last.parse::<usize>(), steps.next()) {
        (Ok(index), Some(list)) if !list.is_empty() => format!("item {} of `{}`", index + 1, unescaped(list)),
        _ => format!("`{}`", unescaped(last)),
    }
}

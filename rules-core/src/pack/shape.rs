//! The words in which the shape of a document is described.
//!
//! One description serves three: the reader holds documents against it, its sentences are the help in the reader's
//! messages, and the published JSON Schema is written from it.

use crate::code::{self, Code};

/// An object with named fields.
#[derive(Debug)]
pub(super) struct Shape {
    /// What it is, without an article: `source`. Also its name in the published schema.
    pub(super) name: &'static str,
    /// What it is for, in a sentence.
    pub(super) sentence: &'static str,
    pub(super) fields: &'static [Field],
    /// Names of fields of which exactly one must be there; empty when there is no such rule.
    pub(super) exactly_one: &'static [&'static str],
    /// What its members are called: `field`, `keyword`, `state`.
    pub(super) member: &'static str,
    /// The code for a member that the shape does not have.
    pub(super) unknown: &'static Code,
    /// Fields that people may expect here, and what to do instead.
    pub(super) advice: &'static [(&'static str, &'static str)],
}

impl Shape {
    /// A shape without a choice between fields.
    pub(super) const fn new(name: &'static str, sentence: &'static str, fields: &'static [Field]) -> Self {
        Self { name, sentence, fields, exactly_one: &[], member: "field", unknown: &code::UNKNOWN_FIELD, advice: &[] }
    }

    /// The same shape with a choice.
    pub(super) const fn exactly_one(mut self, of: &'static [&'static str]) -> Self {
        self.exactly_one = of;
        self
    }

    /// The same shape with a word of its own for its members, and a code for those that it does not have.
    pub(super) const fn members(mut self, word: &'static str, unknown: &'static Code) -> Self {
        self.member = word;
        self.unknown = unknown;
        self
    }

    /// The same shape with advice on fields that people may expect.
    pub(super) const fn advice(mut self, advice: &'static [(&'static str, &'static str)]) -> Self {
        self.advice = advice;
        self
    }

    /// The name with its article, for messages.
    pub(super) fn words(&self) -> String {
        let article = if self.name.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" };
        format!("{article} {}", self.name)
    }
}

/// One field of a shape.
#[derive(Debug)]
pub(super) struct Field {
    pub(super) name: &'static str,
    pub(super) kind: Kind,
    /// What stands there, in a sentence.
    pub(super) sentence: &'static str,
    /// The code for a document without it; `None` for a field that may be left out.
    pub(super) missing: Option<&'static Code>,
}

impl Field {
    /// A field that must be there.
    pub(super) const fn required(name: &'static str, kind: Kind, sentence: &'static str) -> Self {
        Self { name, kind, sentence, missing: Some(&code::MISSING_FIELD) }
    }

    /// A field that may be left out.
    pub(super) const fn optional(name: &'static str, kind: Kind, sentence: &'static str) -> Self {
        Self { name, kind, sentence, missing: None }
    }

    /// The same field with a code of its own for its absence.
    pub(super) const fn or(mut self, missing: &'static Code) -> Self {
        self.missing = Some(missing);
        self
    }
}

/// What may stand in a place.
#[derive(Debug)]
pub(super) enum Kind {
    /// A text that is not empty.
    Text,
    /// A text that may be empty.
    AnyText,
    /// A name in lower-case words with hyphens.
    Id,
    /// A date of the calendar, as `2019-06-01`.
    Date,
    Null,
    Boolean,
    Number,
    /// A whole number, this or more.
    Whole(u32),
    /// This number and no other.
    Exactly(u32),
    /// One word out of a closed list, and the code for any other.
    Words(fn() -> Vec<&'static str>, &'static Code),
    /// An expression of FEEL.
    Feel,
    /// Unary tests of FEEL.
    UnaryTests,
    /// Any JSON value whose numbers can be held exactly.
    Anything,
    List(&'static Entries),
    Map(&'static Entries),
    Object(&'static Shape),
    /// One of several that differ in their JSON type.
    Either(&'static [Kind]),
}

/// What a list or a map holds.
#[derive(Debug)]
pub(super) struct Entries {
    /// What the keys of a map are; of no meaning for a list.
    pub(super) key: Key,
    pub(super) value: Kind,
    /// Whether it may be empty.
    pub(super) may_be_empty: bool,
}

impl Entries {
    /// A list with at least one item.
    pub(super) const fn list(value: Kind) -> Self {
        Self { key: Key::Text, value, may_be_empty: false }
    }

    /// A map with at least one entry.
    pub(super) const fn map(key: Key, value: Kind) -> Self {
        Self { key, value, may_be_empty: false }
    }

    /// The same, and it may be empty.
    pub(super) const fn or_empty(mut self) -> Self {
        self.may_be_empty = true;
        self
    }
}

/// What the keys of a map are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Key {
    /// Any text that is not empty.
    Text,
    /// A name that FEEL texts use: words as people say them.
    Name,
    /// A fact: `snake_case`.
    Fact,
    /// A fact of the target of a mapping: `snake_case` steps with dots between.
    FactPath,
    /// Lower-case words with hyphens.
    Id,
    /// A date of the calendar, as `2019-06-01`.
    Date,
    /// A language tag: `en`, `cy`, `pt-BR`.
    Language,
    /// A layer of authority.
    Layer,
    /// A FEEL text.
    Feel,
}

/// One sentence in each language.
pub(super) static TEXTS: Entries = Entries::map(Key::Language, Kind::Text);

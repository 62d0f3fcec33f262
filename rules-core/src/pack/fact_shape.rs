//! The shape of the facts: the subset of JSON Schema in which packs declare them.

use super::shape::{Entries, Field, Key, Kind, Shape};
use crate::code;

pub(super) static FACTS: Shape = Shape::new(
    "schema of facts",
    "All facts of a case. A fact can always be missing, so there is no `required`.",
    &[
        Field::required("type", Kind::Words(|| vec!["object"], &code::BAD_SCHEMA), "Always `object`."),
        Field::required(
            "properties",
            Kind::Map(&Entries::map(Key::Fact, Kind::Object(&FACT))),
            "The facts, by the name that case data and column headers use.",
        ),
        Field::optional("$defs", Kind::Map(&DEFINITIONS), DEFINITIONS_SENTENCE),
        Field::optional("title", Kind::Text, "A name for the whole."),
        Field::optional("description", Kind::Text, "What the facts are about."),
    ],
)
.members("keyword", &code::BAD_SCHEMA)
.advice(OTHER_KEYWORDS);

/// Schemas by name, which other schemas refer to and FEEL texts use as types.
static DEFINITIONS: Entries = Entries::map(Key::Name, Kind::Object(&FACT)).or_empty();

pub(super) const DEFINITIONS_SENTENCE: &str =
    "Item definitions: schemas by name, for `$ref`. Their names are types in FEEL texts.";

pub(super) const REFERENCE_SENTENCE: &str =
    "The definition that says the rest: `#/$defs/` and its name. Beside it stand texts and `x-` keywords only.";

/// The types of JSON Schema that a fact may have.
pub(super) const TYPES: &[&str] = &["boolean", "integer", "number", "string", "array", "object"];

/// One of the types, or a list of it and "null".
pub(super) const TYPE_OR_NULL: Kind = Kind::Either(&[
    Kind::Words(types, &code::BAD_SCHEMA),
    Kind::List(&Entries::list(Kind::Words(types_or_null, &code::BAD_SCHEMA))),
]);

/// The formats of texts that are read as values of their own.
pub(super) const FORMATS: &[&str] = &["date", "time", "date-time", "duration"];

pub(super) static FACT: Shape = Shape::new(
    "fact",
    "What may be known: a JSON Schema in a documented subset, with `x-` keywords for what JSON Schema lacks.",
    &[
        Field::optional("$ref", Kind::Text, REFERENCE_SENTENCE),
        Field::optional(
            "type",
            TYPE_OR_NULL,
            "The type, or a list of it and \"null\" where an explicit null is a value. May be left out beside `enum` and `const`.",
        ),
        Field::optional("enum", Kind::List(&Entries::list(Kind::Anything)), "The closed list of values."),
        Field::optional("const", Kind::Anything, "The only value."),
        Field::optional("minimum", Kind::Number, "The least number."),
        Field::optional("maximum", Kind::Number, "The greatest number."),
        Field::optional("exclusiveMinimum", Kind::Number, "Numbers are greater than this."),
        Field::optional("exclusiveMaximum", Kind::Number, "Numbers are less than this."),
        Field::optional("multipleOf", Kind::Number, "Numbers are multiples of this: 0.01 for pennies."),
        Field::optional("minLength", Kind::Whole(0), "The least number of characters of a text."),
        Field::optional("maxLength", Kind::Whole(0), "The greatest number of characters of a text."),
        Field::optional("format", Kind::Words(|| FORMATS.to_vec(), &code::BAD_SCHEMA), "Texts that are read as dates, times or durations."),
        Field::optional("items", Kind::Object(&FACT), "What each item of a list is."),
        Field::optional("minItems", Kind::Whole(0), "The least number of items."),
        Field::optional("maxItems", Kind::Whole(0), "The greatest number of items."),
        Field::optional(
            "properties",
            Kind::Map(&Entries::map(Key::Fact, Kind::Object(&FACT))),
            "The fields of an object.",
        ),
        Field::optional("title", Kind::Text, "A short name, for readers of the schema."),
        Field::optional("description", Kind::Text, "What it is, for readers of the schema."),
        Field::optional(
            "x-text",
            Kind::Map(&Entries::map(Key::Language, Kind::Object(&FACT_TEXT))),
            "How it is asked, in each language.",
        ),
        Field::optional("x-kind", Kind::Words(|| vec!["judgement"], &code::BAD_SCHEMA), "A judgement: it comes with who made it, when, and why."),
        Field::optional("x-unit", Kind::Text, "What a number counts: `GBP`, `years`."),
        Field::optional("x-sensitive", Kind::Boolean, "Never shown in messages and records."),
        Field::optional("x-changeable", Kind::Boolean, "Whether a plan could change it."),
        Field::optional("x-may-not-apply", Kind::Boolean, "Whether a form offers \"does not apply\"."),
        Field::optional("x-order", Kind::Number, "Place in the order of asking; the lowest is asked first."),
    ],
)
.members("keyword", &code::BAD_SCHEMA)
.advice(OTHER_KEYWORDS);

/// Keywords of JSON Schema that the subset leaves out, and what to do instead.
const OTHER_KEYWORDS: &[(&str, &str)] = &[
    ("required", "leave it out: a fact can always be missing, and then the answer says so"),
    ("additionalProperties", "leave it out: keys that are not declared are skipped and reported"),
    ("default", "leave it out: a fact that is missing is never filled in"),
    ("pattern", "leave it out; a closed list of texts is an `enum`, and a decision can test a text with `matches`"),
    ("$ref", "the whole is written out; a fact in it can refer to a definition"),
    ("$defs", "put the definitions beside all facts, where every schema can refer to them"),
    ("definitions", "it is called `$defs`, and stands beside all facts"),
    ("oneOf", "a fact has one type; a closed list of values is an `enum`"),
    ("anyOf", "a fact has one type; a closed list of values is an `enum`"),
    ("allOf", "write the keywords side by side"),
    ("uniqueItems", "leave it out; a decision can compare the list with `distinct values`"),
    ("readOnly", "leave it out: a fact is what the case says"),
    ("examples", "put an example into the hint of `x-text`"),
];

static FACT_TEXT: Shape = Shape::new(
    "question",
    "How a fact is asked in one language.",
    &[
        Field::optional("question", Kind::Text, "The question."),
        Field::optional("hint", Kind::Text, "What helps to answer it."),
        Field::optional("label", Kind::Text, "A short name for lists of answers."),
        Field::optional(
            "options",
            Kind::Map(&Entries::map(Key::Text, Kind::Text)),
            "Words for the values of an `enum`.",
        ),
    ],
);

fn types() -> Vec<&'static str> {
    TYPES.to_vec()
}

fn types_or_null() -> Vec<&'static str> {
    TYPES.iter().copied().chain(["null"]).collect()
}

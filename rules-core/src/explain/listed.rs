//! Lists as people read them: a line for each item, with what it is made of, and lists inside it below.

use super::sentence::{show, show_fact};
use crate::program::{Fact, FactKind, Schema};
use crate::value::{Context, Value};
use crate::words;

/// A list of more plain items than these is read a line at a time, as every list of things with parts is.
const PLAIN_ITEMS: usize = 8;

/// A line of a list, and how deep it stands in it.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Line {
    pub(crate) depth: usize,
    pub(crate) text: String,
}

/// What says how a value is written.
#[derive(Clone, Copy)]
pub(super) enum Shape<'s> {
    /// Nothing but its unit.
    Value(Option<&'s str>),
    /// A declared fact with its labels.
    Fact(&'s Schema, &'s Fact),
}

/// Whether a value is better read a line at a time.
pub(super) fn is_long(value: &Value) -> bool {
    let Value::List(items) = value else { return false };
    items.len() > PLAIN_ITEMS || items.iter().any(|item| matches!(item, Value::Context(_)))
}

/// The lines of a list: all of its items, or the first of them and how many more there are.
pub(super) fn lines(shape: Shape<'_>, value: &Value, language: &str, most: usize) -> Vec<Line> {
    let mut out = Vec::new();
    if let Value::List(items) = value {
        let shown = if items.len() > most { most } else { items.len() };
        put(&mut out, shape.item(), items.get(..shown).unwrap_or_default(), language, 0);
        if shown < items.len() {
            let more = (items.len() - shown).to_string();
            out.push(Line { depth: 0, text: words::filled(words::of(language).more, &[&more]) });
        }
    }
    out
}

fn put(out: &mut Vec<Line>, shape: Shape<'_>, items: &[Value], language: &str, depth: usize) {
    for item in items {
        let place = out.len();
        let text = match item {
            Value::Context(context) => parts(out, shape, context, language, depth + 1),
            plain => shape.show(plain, language),
        };
        // What its own lists hold comes below it.
        out.insert(place, Line { depth, text });
    }
}

/// The parts of an item in a row; those that are lists of things with parts go below it.
fn parts(out: &mut Vec<Line>, shape: Shape<'_>, context: &Context, language: &str, depth: usize) -> String {
    let mut row = String::new();
    for (key, value) in context.entries().filter(|(_, value)| !value.is_mark()) {
        let Some((label, shape)) = shape.field(key, language) else { continue };
        if let Value::List(items) = value
            && is_long(value)
        {
            out.push(Line { depth, text: [label, ":"].concat() });
            put(out, shape.item(), items, language, depth + 1);
            continue;
        }
        if !row.is_empty() {
            row.push_str(", ");
        }
        row.push_str(&[label, ": ", &shape.show(value, language)].concat());
    }
    row
}

impl<'s> Shape<'s> {
    fn item(self) -> Self {
        match self {
            Self::Fact(schema, Fact { kind: FactKind::List { items, .. }, .. }) => {
                schema.fact(*items).map_or(Self::Value(None), |item| Self::Fact(schema, item))
            }
            Self::Fact(..) => Self::Value(None),
            value => value,
        }
    }

    /// What people call a part, and how it is written.
    fn field<'k>(self, key: &'k str, language: &str) -> Option<(&'k str, Self)>
    where
        's: 'k,
    {
        match self {
            Self::Fact(schema, Fact { kind: FactKind::Object(shape), .. }) => {
                let field = schema.fact(shape.field(shape.find(key)?)?)?;
                let label = field.label.get(language).map_or(key, |label| &**label);
                Some((label, Self::Fact(schema, field)))
            }
            _ => Some((key, Self::Value(None))),
        }
    }

    fn show(self, value: &Value, language: &str) -> String {
        match self {
            Self::Value(unit) => show(value, unit, language),
            Self::Fact(schema, fact) => show_fact(schema, fact, value, language),
        }
    }
}

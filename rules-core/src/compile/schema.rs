//! Facts of the model become numbered facts of the program.

use std::sync::Arc;

use crate::model;
use crate::program::{Fact, FactKind, Schema, Shape, Usual};
use crate::source::pointer_to;
use crate::value::bounds::{Bound, Bounds};
use crate::value::unknown::{FactId, Known, Unknown};
use crate::value::{Decimal, Value, Zones, number};

/// Numbers all facts in the order of the document.
pub(super) fn schema(facts: &model::Fact, zones: Zones<'_>) -> Schema {
    let mut builder = Builder { facts: Vec::new() };
    let root = match &facts.kind {
        model::FactKind::Object { fields } => builder.shape(fields, &Place::default()),
        _ => Shape::default(),
    };
    Schema { facts: builder.facts, root, zones: zones.cloned() }
}

struct Builder {
    facts: Vec<Fact>,
}

/// Where a fact stands.
#[derive(Clone, Default)]
struct Place {
    name: String,
    pointer: String,
    parent: Option<FactId>,
    in_list: bool,
    place: usize,
}

impl Builder {
    fn shape(&mut self, fields: &[model::Fact], around: &Place) -> Shape {
        let mut keys = Vec::with_capacity(fields.len());
        let mut names = Vec::with_capacity(fields.len());
        let mut ids = Vec::with_capacity(fields.len());
        for (number, field) in fields.iter().enumerate() {
            let dot = if around.name.is_empty() { "" } else { "." };
            let place = Place {
                name: format!("{}{dot}{}", around.name, field.name),
                pointer: pointer_to(&around.pointer, &field.key),
                place: number,
                ..around.clone()
            };
            keys.push(field.key.clone());
            names.push(field.name.clone());
            ids.push(self.fact(field, place));
        }
        Shape::new(keys, names, ids)
    }

    /// Adds a fact and everything inside it; gives its number.
    fn fact(&mut self, fact: &model::Fact, place: Place) -> FactId {
        let id = FactId::try_from(self.facts.len()).unwrap_or(FactId::MAX);
        self.facts.push(Fact {
            pattern: pattern(&fact.key),
            place: place.place,
            name: Arc::from(place.name.as_str()),
            pointer: Arc::from(place.pointer.as_str()),
            parent: place.parent,
            end: id.saturating_add(1),
            in_list: place.in_list,
            kind: FactKind::Boolean,
            nullable: fact.nullable,
            allowed: fact.allowed.clone(),
            judgement: fact.judgement,
            may_not_apply: fact.may_not_apply,
            usual: usual(fact),
            sensitive: fact.sensitive,
            order: fact.order,
            question: fact.question.clone(),
            label: fact.label.clone(),
            options: fact.options.clone(),
            unit: fact.unit.clone(),
            used: false,
            unknown: Value::Unknown(Arc::new(Unknown::of(id))),
        });
        let kind = self.kind(&fact.kind, id, place);
        let end = FactId::try_from(self.facts.len()).unwrap_or(FactId::MAX);
        if let Some(slot) = self.facts.get_mut(usize::try_from(id).unwrap_or(usize::MAX)) {
            slot.unknown = unknown(id, fact, &kind);
            slot.kind = kind;
            slot.end = end;
        }
        id
    }

    fn kind(&mut self, kind: &model::FactKind, id: FactId, place: Place) -> FactKind {
        match kind {
            model::FactKind::Boolean => FactKind::Boolean,
            model::FactKind::Number { integer, minimum, maximum, multiple_of } => {
                FactKind::Number { integer: *integer, minimum: *minimum, maximum: *maximum, multiple_of: *multiple_of }
            }
            model::FactKind::Text { minimum_length, maximum_length } => {
                FactKind::Text { minimum_length: *minimum_length, maximum_length: *maximum_length }
            }
            model::FactKind::Date => FactKind::Date,
            model::FactKind::Time => FactKind::Time,
            model::FactKind::DateTime => FactKind::DateTime,
            model::FactKind::Duration => FactKind::Duration,
            model::FactKind::List { items, minimum_items, maximum_items } => {
                let pointer = format!("{}/*", place.pointer);
                let inner = Place { pointer, parent: Some(id), in_list: true, ..place };
                let items = self.fact(items, inner);
                FactKind::List { items, minimum_items: *minimum_items, maximum_items: *maximum_items }
            }
            model::FactKind::Object { fields } => {
                FactKind::Object(self.shape(fields, &Place { parent: Some(id), ..place }))
            }
        }
    }
}

/// The key as JSON writes it with its colon. One that needs escapes gets what no text has in its place.
fn pattern(key: &str) -> Box<[u8]> {
    if key.bytes().any(|byte| byte < 0x20 || byte == b'"' || byte == b'\\') {
        return Box::new([0]);
    }
    [b"\"", key.as_bytes(), b"\":"].concat().into()
}

/// How a value of the fact is usually written.
fn usual(fact: &model::Fact) -> Usual {
    match (&fact.kind, &fact.allowed) {
        _ if fact.judgement => Usual::Other,
        (model::FactKind::Boolean, None) => Usual::Boolean,
        (model::FactKind::Date, None) => Usual::Date,
        (model::FactKind::Number { minimum, maximum, multiple_of: None, .. }, None) => {
            let whole = whole(minimum.as_ref(), maximum.as_ref());
            whole.map_or(Usual::Other, |(least, most)| Usual::Whole { least, most })
        }
        (model::FactKind::Text { minimum_length: None, maximum_length: None }, Some(values)) => {
            let text = |value: &Value| if let Value::String(text) = value { Some(text.clone()) } else { None };
            Usual::OneOf(values.iter().filter_map(text).collect())
        }
        _ => Usual::Other,
    }
}

/// The least and the greatest whole number between two bounds.
fn whole(minimum: Option<&Bound>, maximum: Option<&Bound>) -> Option<(i64, i64)> {
    let end = |bound: &Bound, rounded: Decimal, inwards: i64| {
        let end = number::whole(rounded)?;
        if rounded == bound.value && !bound.included { end.checked_add(inwards) } else { Some(end) }
    };
    let least = match minimum {
        Some(bound) => end(bound, bound.value.ceil(), 1)?,
        None => i64::MIN,
    };
    let most = match maximum {
        Some(bound) => end(bound, bound.value.floor(), -1)?,
        None => i64::MAX,
    };
    Some((least, most))
}

/// What stands for a fact while it is missing, with what its declaration says of it all the same.
fn unknown(id: FactId, fact: &model::Fact, kind: &FactKind) -> Value {
    let unknown = Arc::new(Unknown::of(id));
    if fact.nullable {
        return Value::Unknown(unknown);
    }
    let known = match kind {
        FactKind::Number { minimum, maximum, .. } => Known::Number(Bounds { low: *minimum, high: *maximum }),
        FactKind::List { minimum_items, maximum_items, .. } => {
            Known::Count(Bounds::of_length(minimum_items.or(Some(0)), *maximum_items))
        }
        _ => return Value::Unknown(unknown),
    };
    Value::Unknown(unknown.within(known))
}

/// The fact that the items of `list` are, or the fact itself where it is no list; `None` for a list of lists.
pub(super) fn element(schema: &Schema, list: FactId) -> Option<FactId> {
    match &schema.fact(list)?.kind {
        FactKind::List { items, .. } => match &schema.fact(*items)?.kind {
            FactKind::List { .. } => None,
            _ => Some(*items),
        },
        _ => Some(list),
    }
}

/// The field of an object.
pub(super) fn field(schema: &Schema, object: FactId, name: &str) -> Option<FactId> {
    match &schema.fact(object)?.kind {
        FactKind::Object(shape) => shape.field(place(shape, name)?),
        _ => None,
    }
}

fn place(shape: &Shape, name: &str) -> Option<usize> {
    shape.names.iter().position(|known| **known == *name)
}

/// The place and the name of a field of an object, the name being the one that contexts of this shape share.
pub(super) fn key(schema: &Schema, object: FactId, name: &str) -> Option<(usize, Arc<str>)> {
    match &schema.fact(object)?.kind {
        FactKind::Object(shape) => {
            let place = place(shape, name)?;
            Some((place, shape.names.get(place)?.clone()))
        }
        _ => None,
    }
}

/// Whether the fact is an object, so that its members are known.
pub(super) fn is_object(schema: &Schema, fact: FactId) -> bool {
    schema.fact(fact).is_some_and(|fact| matches!(fact.kind, FactKind::Object(_)))
}

/// The facts with slots that are inside an object, or the fact itself.
pub(super) fn slots(schema: &Schema, fact: FactId) -> Vec<FactId> {
    let Some(declared) = schema.fact(fact) else { return Vec::new() };
    let is_slot = |id: &FactId| {
        let of = schema.fact(*id);
        of.is_some_and(|of| !of.in_list && (of.judgement || !matches!(of.kind, FactKind::Object(_))))
    };
    if declared.judgement { vec![fact] } else { (fact..declared.end).filter(is_slot).collect() }
}

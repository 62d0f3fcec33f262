//! Lists and what is in their items. The memory of the list that stood in the slot before is used again where nothing
//! else holds it.

use std::sync::Arc;

use super::case::{Case, pointer_to_item};
use super::fit;
use super::keys::{Key, NO_KEY};
use super::reader::Reader;
use crate::program::{Fact, FactKind, Schema, Shape};
use crate::value::json::{Kind, Scan};
use crate::value::unknown::FactId;
use crate::value::{Context, List, Value};

/// The marker of a field that an item does not have, until it gets a number; no case can have it as a value.
const ABSENT: Value = Value::NotInForce;

impl<'r> Reader<'r> {
    /// Reads a list; `before` is the list of the case before.
    pub(super) fn list(&mut self, fact: &'r Fact, items: FactId, keep: bool, before: Value) -> Scan<Option<Value>> {
        let schema = self.schema;
        let Some(item) = schema.fact(items) else {
            self.scanner.skip()?;
            return Ok(None);
        };
        self.scanner.open_list()?;
        let mut list = if let Value::List(list) = before { list } else { Arc::default() };
        let mut values = Arc::get_mut(&mut list).map(List::take_items).unwrap_or_default();
        let mut first = true;
        let mut number = 0_u32;
        while self.scanner.next_item(&mut first)? {
            self.indices.push(number);
            let place = usize::try_from(number).unwrap_or(usize::MAX);
            let before = values.get_mut(place).map(std::mem::take).unwrap_or_default();
            let value = self.item(items, item, keep, before)?.unwrap_or_default();
            match values.get_mut(place) {
                Some(slot) => *slot = value,
                None if keep => values.push(value),
                None => {}
            }
            self.indices.pop();
            number = number.saturating_add(1);
        }
        let count = usize::try_from(number).unwrap_or(usize::MAX);
        values.truncate(count);
        if let Err(misfit) = fit::count(fact, count) {
            self.misfit(fact, misfit);
        }
        match Arc::get_mut(&mut list) {
            Some(slot) => *slot = List::from(values),
            None => list = Arc::new(List::from(values)),
        }
        Ok(Some(Value::List(list)))
    }

    /// Reads an item of a list or a field of one.
    fn item(&mut self, id: FactId, fact: &'r Fact, keep: bool, before: Value) -> Scan<Option<Value>> {
        match &fact.kind {
            _ if fact.judgement => self.item_judgement(fact, id),
            FactKind::Object(shape) => {
                if let Some(other) = self.other_than_object(fact)? {
                    return Ok(other);
                }
                self.item_object(id, shape, keep, before).map(Some)
            }
            FactKind::List { items, .. } if self.scanner.kind()? == Kind::List => self.list(fact, *items, keep, before),
            _ => self.value(fact, keep),
        }
    }

    /// Reads the fields of an object inside an item of a list, or of an item that is one, into a context.
    fn item_object(&mut self, parent: FactId, shape: &'r Shape, keep: bool, before: Value) -> Scan<Value> {
        let schema = self.schema;
        self.scanner.open_object()?;
        let mut context = match before {
            Value::Context(mut context) => {
                match Arc::get_mut(&mut context).and_then(|old| old.values_of(&shape.names)) {
                    Some(values) => {
                        values.iter_mut().for_each(|value| *value = ABSENT);
                        context
                    }
                    None => fresh(shape),
                }
            }
            _ => fresh(shape),
        };
        let Some(filling) = Arc::get_mut(&mut context) else { return Ok(Value::Null) };
        let Some(values) = filling.values_of(&shape.names) else { return Ok(Value::Null) };
        let mut first = true;
        let mut last = NO_KEY;
        while self.scanner.next_member(&mut first)? {
            let key = self.next_key(shape, Some(parent), &mut last)?;
            let Key::Fact(id) = key else {
                self.undeclared(key)?;
                continue;
            };
            let Some(fact) = schema.fact(id) else { continue };
            if values.get(fact.place).is_some_and(|value| !matches!(value, Value::NotInForce)) {
                let pointer = pointer_to_item(fact, &self.indices);
                self.duplicate(pointer);
                self.scanner.skip()?;
                continue;
            }
            let value = match self.usual(fact) {
                Some(value) => value,
                None => self.item(id, fact, keep, Value::Null)?.unwrap_or_default(),
            };
            if let Some(slot) = values.get_mut(fact.place) {
                *slot = value;
            }
        }
        if !keep {
            return Ok(Value::Null);
        }
        let absent = values.iter_mut().zip(&shape.fields).filter(|(value, _)| matches!(value, Value::NotInForce));
        for (value, id) in absent {
            *value = missing(schema, self.case, *id, &self.indices);
        }
        filling.measure();
        Ok(Value::Context(context))
    }
}

/// A context of a shape in which every field is absent.
fn fresh(shape: &Shape) -> Arc<Context> {
    Arc::new(Context::of_shape(shape.names.clone(), vec![ABSENT; shape.fields.len()]))
}

/// What stands for a missing field of an item: its mark, for an object a context of missing fields, and null where a row
/// of a mapping may do without it.
pub(super) fn missing(schema: &Schema, case: &mut Case, id: FactId, indices: &[u32]) -> Value {
    match schema.fact(id) {
        Some(Fact { unknown: Value::Null, .. }) => Value::Null,
        Some(Fact { kind: FactKind::Object(shape), nullable: false, judgement: false, .. }) => {
            let values = shape.fields.iter().map(|field| missing(schema, case, *field, indices)).collect();
            Value::Context(Arc::new(Context::of_shape(shape.names.clone(), values)))
        }
        _ => case.missing_item_fact(schema, id, indices),
    }
}

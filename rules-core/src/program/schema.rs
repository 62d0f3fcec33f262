//! The facts of a pack as the case reader and the evaluator see them: numbered, each with its place and its limits.

use super::at;
use std::sync::Arc;

use crate::texts::Texts;
use crate::value::bounds::Bound;
use crate::value::unknown::FactId;
use crate::value::{Decimal, TimeZones, Value};

/// All facts. Numbers follow the document, an object or list before what is inside it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Schema {
    /// By [`FactId`].
    pub(crate) facts: Vec<Fact>,
    /// The facts at the top of a case.
    pub(crate) root: Shape,
    /// The time zones that texts may name, when the pack names one itself.
    pub(crate) zones: Option<TimeZones>,
}

impl Schema {
    /// The fact of that number, if it is a declared one.
    pub(crate) fn fact(&self, id: FactId) -> Option<&Fact> {
        at(&self.facts, id)
    }

    /// How many facts are declared; numbers from here on are fields of items of lists, listed in each case.
    pub(crate) fn count(&self) -> FactId {
        FactId::try_from(self.facts.len()).unwrap_or(FactId::MAX)
    }
}

/// A fact, a field of an object, the shape of a list's items, or a field of such an item.
#[derive(Clone, Debug)]
pub(crate) struct Fact {
    /// Its key as JSON writes it with its colon, unless it needs escapes: `"audit_total":`.
    pub(crate) pattern: Box<[u8]>,
    /// Place among the fields of its object.
    pub(crate) place: usize,
    /// The name used in FEEL and in records: `contract.initial_value`.
    pub(crate) name: Arc<str>,
    /// JSON pointer in a case: `/contract/initial_value`. Inside items of a list, `*` stands for the item's number.
    pub(crate) pointer: Arc<str>,
    /// The object or list that this is in.
    pub(crate) parent: Option<FactId>,
    /// The number after the last fact inside this one; the next number when nothing is inside.
    pub(crate) end: FactId,
    /// Whether this is inside items of a list, so that a case may have any number of it and no slot holds it.
    pub(crate) in_list: bool,
    pub(crate) kind: FactKind,
    pub(crate) nullable: bool,
    /// A closed list of values (`enum`, `const`), null left out.
    pub(crate) allowed: Option<Vec<Value>>,
    /// `{value, by, on, reason}`: all four, or it is unknown.
    pub(crate) judgement: bool,
    /// Whether the pack expects cases in which it does not apply.
    pub(crate) may_not_apply: bool,
    /// How its value is usually written, so that a reader may look for that first.
    pub(crate) usual: Usual,
    /// Never shown in messages or records.
    pub(crate) sensitive: bool,
    /// Place in the order of asking; lower is asked first.
    pub(crate) order: Option<Decimal>,
    pub(crate) question: Texts,
    pub(crate) label: Texts,
    /// `x-text` words for the values of a closed list.
    pub(crate) options: Vec<(Arc<str>, Texts)>,
    /// Shown behind the value.
    pub(crate) unit: Option<Arc<str>>,
    /// Whether anything that is evaluated reads it; otherwise it is checked and not kept.
    pub(crate) used: bool,
    /// What a reader finds while it is missing: a mark, or null in a column of a mapping that allows null.
    pub(crate) unknown: Value,
}

/// What values a fact takes.
#[derive(Clone, Debug)]
pub(crate) enum FactKind {
    Boolean,
    Number { integer: bool, minimum: Option<Bound>, maximum: Option<Bound>, multiple_of: Option<Decimal> },
    Text { minimum_length: Option<u32>, maximum_length: Option<u32> },
    Date,
    Time,
    DateTime,
    Duration,
    List { items: FactId, minimum_items: Option<u32>, maximum_items: Option<u32> },
    Object(Shape),
}

/// What a value usually looks like, when that alone says that it fits.
#[derive(Clone, Debug)]
pub(crate) enum Usual {
    /// A whole number between two others, both of which it may be.
    Whole {
        least: i64,
        most: i64,
    },
    Boolean,
    /// One of a closed list of texts.
    OneOf(Arc<[Arc<str>]>),
    Date,
    /// Nothing that can be said so shortly.
    Other,
}

/// The fields of an object.
#[derive(Clone, Debug)]
pub(crate) struct Shape {
    /// Keys in a case, in the order of the document.
    pub(crate) keys: Arc<[Arc<str>]>,
    /// Their names in FEEL, shared by all contexts of this shape. They differ from the keys only in rows of mappings.
    pub(crate) names: Arc<[Arc<str>]>,
    /// The fact of each key.
    pub(crate) fields: Vec<FactId>,
    /// Slots of a small hash table: number of a key and one more, 0 when empty.
    table: Vec<u16>,
}

impl Default for Shape {
    fn default() -> Self {
        Self::new(Vec::new(), Vec::new(), Vec::new())
    }
}

impl Shape {
    /// A shape of keys with their names and facts.
    pub(crate) fn new(keys: Vec<Arc<str>>, names: Vec<Arc<str>>, fields: Vec<FactId>) -> Self {
        let size = (keys.len() * 4).next_power_of_two();
        let mut table = vec![0_u16; size];
        for (number, key) in (1_u16..).zip(&keys) {
            let mut at = hash(key.as_bytes());
            // At most a quarter of the slots is taken, so an empty one is found.
            while let Some(slot) = table.get_mut(at & (size - 1)) {
                if *slot == 0 {
                    *slot = number;
                    break;
                }
                at += 1;
            }
        }
        Self { keys: keys.into(), names: names.into(), fields, table }
    }

    /// The place of `key` among the fields.
    #[inline]
    pub(crate) fn find(&self, key: &str) -> Option<usize> {
        let mut at = hash(key.as_bytes());
        loop {
            let slot = usize::from(*self.table.get(at & (self.table.len() - 1))?);
            let place = slot.checked_sub(1)?;
            if self.keys.get(place).is_some_and(|name| **name == *key) {
                return Some(place);
            }
            at += 1;
        }
    }

    /// The fact of the field at a place.
    #[inline]
    pub(crate) fn field(&self, place: usize) -> Option<FactId> {
        self.fields.get(place).copied()
    }
}

/// A quick hash of a key: its length and its first and last bytes, which tell keys of one object apart well enough.
#[inline]
fn hash(key: &[u8]) -> usize {
    let word = |bytes: Option<&[u8; 4]>| bytes.map_or(0, |bytes| u32::from_le_bytes(*bytes));
    let head = word(key.first_chunk::<4>());
    let tail = word(key.last_chunk::<4>());
    let short = key.iter().take(3).fold(0_u32, |sum, byte| sum.wrapping_mul(31).wrapping_add(u32::from(*byte)));
    let length = u32::try_from(key.len()).unwrap_or(u32::MAX);
    let mixed = (head ^ tail.rotate_left(13) ^ short.rotate_left(7) ^ length).wrapping_mul(0x9e37_79b1);
    usize::try_from(mixed >> 16).unwrap_or(0)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn a_shape_finds_each_of_its_keys_and_nothing_else() {
        let keys: Vec<Arc<str>> = (0..60).map(|number| Arc::from(format!("fact_{}", number * number))).collect();
        let shape = Shape::new(keys.clone(), keys.clone(), (0..60).collect());
        for (place, key) in keys.iter().enumerate() {
            assert_eq!(shape.find(key), Some(place));
        }
        assert_eq!(shape.find("fact_2"), None);
        assert_eq!(shape.find(""), None);
        assert_eq!(Shape::default().find("x"), None);
    }
}

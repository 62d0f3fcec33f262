//! Which key this is: keys of one file mostly come in one order, so the next one is guessed from the case before and
//! compared as it stands in the text, without looking anything up.
//!
//! Every key that was met has a number: facts have their own, then come the reserved keys, then the undeclared ones.

use super::reader::Reader;
use crate::program::{Schema, Shape};
use crate::value::json::{RawText, Scan};
use crate::value::unknown::FactId;

/// The reserved keys, in the order of their numbers, with how they are written.
pub(super) const RESERVED: [(&str, &[u8]); 4] = [
    ("case", b"\"case\":"),
    ("as_of", b"\"as_of\":"),
    ("not_known", b"\"not_known\":"),
    ("not_applicable", b"\"not_applicable\":"),
];

/// What a key is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Key {
    Fact(FactId),
    /// Place among the reserved keys.
    Reserved(usize),
    /// Place among the undeclared keys; those beyond the ones that are told apart have none.
    Undeclared(Option<usize>),
}

/// What came after what in the cases so far, by numbers of keys.
#[derive(Debug)]
pub(super) struct KeyOrder {
    /// How many facts there are.
    facts: usize,
    /// The key that came after each key.
    after: Vec<u32>,
    /// The first key of each object, by the number of its fact; last that of the case itself.
    first: Vec<u32>,
}

impl KeyOrder {
    /// Before any case is read, the order of the pack is the guess.
    pub(super) fn new(schema: &Schema) -> Self {
        let count = schema.count();
        Self { facts: schema.facts.len(), after: (1..=count).collect(), first: (1..=count).chain([0]).collect() }
    }

    fn number(&self, key: Key) -> Option<usize> {
        match key {
            Key::Fact(fact) => usize::try_from(fact).ok(),
            Key::Reserved(place) => Some(self.facts + place),
            Key::Undeclared(place) => Some(self.facts + RESERVED.len() + place?),
        }
    }

    #[inline]
    fn key(&self, number: usize) -> Key {
        match number.checked_sub(self.facts) {
            None => Key::Fact(FactId::try_from(number).unwrap_or(FactId::MAX)),
            Some(place) if place < RESERVED.len() => Key::Reserved(place),
            Some(place) => Key::Undeclared(Some(place - RESERVED.len())),
        }
    }

    /// The number of the object that keys are in, as `first` counts.
    fn object(&self, parent: Option<FactId>) -> usize {
        parent.and_then(|parent| usize::try_from(parent).ok()).unwrap_or(self.facts)
    }

    #[inline]
    fn guess(&self, parent: Option<FactId>, last: Option<Key>) -> Option<usize> {
        let guess = match last {
            None => self.first.get(self.object(parent)),
            Some(last) => self.after.get(self.number(last)?),
        };
        guess.and_then(|number| usize::try_from(*number).ok())
    }

    fn learn(&mut self, parent: Option<FactId>, last: Option<Key>, key: Key) {
        let Some(number) = self.number(key).and_then(|number| u32::try_from(number).ok()) else { return };
        let object = self.object(parent);
        let slot = match last {
            None => self.first.get_mut(object),
            Some(last) => {
                let Some(last) = self.number(last) else { return };
                if last >= self.after.len() {
                    self.after.resize(last + 1, u32::MAX);
                }
                self.after.get_mut(last)
            }
        };
        if let Some(slot) = slot {
            *slot = number;
        }
    }
}

impl Reader<'_> {
    /// Reads the key that is next, in the object `parent` after the key `last`.
    #[inline]
    pub(super) fn next_key(&mut self, shape: &Shape, parent: Option<FactId>, last: Option<Key>) -> Scan<Key> {
        if let Some(number) = self.case.order.guess(parent, last) {
            let key = self.case.order.key(number);
            let pattern = match key {
                Key::Fact(_) => self.schema.facts.get(number).map(|fact| &*fact.pattern),
                Key::Reserved(place) => RESERVED.get(place).map(|(_, pattern)| *pattern),
                Key::Undeclared(place) => place.and_then(|place| self.case.undeclared.pattern(place)),
            };
            if pattern.is_some_and(|pattern| self.scanner.take_key(pattern)) {
                return Ok(key);
            }
        }
        let raw = self.scanner.key()?;
        let key = self.look_up(shape, parent, raw);
        self.case.order.learn(parent, last, key);
        Ok(key)
    }

    fn look_up(&mut self, shape: &Shape, parent: Option<FactId>, raw: RawText<'_>) -> Key {
        let key = raw.decode();
        if let Some(fact) = shape.find(&key).and_then(|place| shape.field(place)) {
            return Key::Fact(fact);
        }
        let reserved = RESERVED.iter().position(|(name, _)| *name == key);
        match reserved.filter(|_| parent.is_none() && !self.is_row) {
            Some(place) => Key::Reserved(place),
            None => Key::Undeclared(self.case.undeclared.place(parent, &key, raw.raw)),
        }
    }
}

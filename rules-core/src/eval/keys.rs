//! Which key this is: keys of one file mostly come in one order, so the next one is guessed from the case before and
//! compared as it stands in the text, without looking anything up.
//!
//! Every key that was met has a number: facts have their own, then come the reserved keys, then the undeclared ones.

use super::reader::Reader;
use crate::program::{FactKind, Program, Shape};
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

/// The number of a key, or [`NO_KEY`].
pub(super) type KeyNumber = usize;

/// Before the first key of an object, and after one that has no number.
pub(super) const NO_KEY: KeyNumber = usize::MAX;

/// How many keys in a row are guessed before one is looked up.
const GUESSES: usize = 4;

/// What came after what in the cases so far, by numbers of keys.
#[derive(Debug)]
pub(super) struct KeyOrder {
    /// How many facts there are.
    facts: usize,
    /// How each key is written, quotes and colon included.
    patterns: Vec<Box<[u8]>>,
    /// The key that came after each key.
    after: Vec<KeyNumber>,
    /// The first key of each object, by the number of its fact; last that of the case itself.
    first: Vec<KeyNumber>,
}

impl KeyOrder {
    /// Before any case is read, the order of the pack is the guess, in each object by itself: what follows a key is never a
    /// key of another object, for that might be written alike. In rows of mappings no key is reserved.
    pub(super) fn new(program: &Program) -> Self {
        let schema = &program.schema;
        let facts = schema.facts.len();
        let of_facts = schema.facts.iter().map(|fact| fact.pattern.clone());
        let mut order = Self {
            facts,
            patterns: of_facts.chain(RESERVED.iter().map(|(_, pattern)| Box::from(*pattern))).collect(),
            after: vec![NO_KEY; facts + RESERVED.len()],
            first: vec![NO_KEY; facts + 1],
        };
        for (object, fact) in schema.facts.iter().enumerate() {
            if let FactKind::Object(shape) = &fact.kind {
                order.expect(object, shape, 0);
            }
        }
        order.expect(facts, &schema.root, if program.is_row { 0 } else { RESERVED.len() });
        order
    }

    /// Makes the fields of an object the guess, in their order, and so many reserved keys after them.
    fn expect(&mut self, object: usize, shape: &Shape, reserved: usize) {
        let fields = shape.fields.iter().filter_map(|field| usize::try_from(*field).ok());
        let mut last = NO_KEY;
        for number in fields.chain(self.facts..self.facts + reserved) {
            let slot = if last == NO_KEY { self.first.get_mut(object) } else { self.after.get_mut(last) };
            if let Some(slot) = slot {
                *slot = number;
            }
            last = number;
        }
    }

    #[inline]
    fn key(&self, number: KeyNumber) -> Key {
        match number.checked_sub(self.facts) {
            None => Key::Fact(FactId::try_from(number).unwrap_or(FactId::MAX)),
            Some(place) if place < RESERVED.len() => Key::Reserved(place),
            Some(place) => Key::Undeclared(Some(place - RESERVED.len())),
        }
    }

    fn number(&self, key: Key) -> KeyNumber {
        match key {
            Key::Fact(fact) => usize::try_from(fact).unwrap_or(NO_KEY),
            Key::Reserved(place) => self.facts + place,
            Key::Undeclared(Some(place)) => self.facts + RESERVED.len() + place,
            Key::Undeclared(None) => NO_KEY,
        }
    }

    #[inline]
    fn guess(&self, parent: Option<FactId>, last: KeyNumber) -> Option<KeyNumber> {
        if last == NO_KEY { self.first.get(self.object(parent)) } else { self.after.get(last) }.copied()
    }

    /// The number of the object that keys are in, as `first` counts.
    fn object(&self, parent: Option<FactId>) -> usize {
        parent.and_then(|parent| usize::try_from(parent).ok()).unwrap_or(self.facts)
    }

    /// Keeps that a key came after `last`; `raw` is how it was written.
    fn learn(&mut self, parent: Option<FactId>, last: KeyNumber, key: Key, raw: &str) {
        let (number, object) = (self.number(key), self.object(parent));
        if number != NO_KEY && number >= self.patterns.len() {
            // Keys of judgements have numbers and are not guessed; no text has a zero in the place of a key.
            self.patterns.resize(number + 1, Box::new([0]));
            self.after.resize(number + 1, NO_KEY);
        }
        if let Some(pattern) = self.patterns.get_mut(number).filter(|pattern| ***pattern == [0]) {
            *pattern = [b"\"", raw.as_bytes(), b"\":"].concat().into();
        }
        let slot = if last == NO_KEY { self.first.get_mut(object) } else { self.after.get_mut(last) };
        if let Some(slot) = slot {
            *slot = number;
        }
    }
}

impl Reader<'_> {
    /// Reads the key that is next, in the object `parent` after the key `last`, which it becomes.
    #[inline(always)]
    pub(super) fn next_key(&mut self, shape: &Shape, parent: Option<FactId>, last: &mut KeyNumber) -> Scan<Key> {
        let order = &self.case.order;
        let mut guess = order.guess(parent, *last);
        // A key that this case leaves out is passed over.
        for _ in 0..GUESSES {
            let Some(number) = guess else { break };
            if order.patterns.get(number).is_some_and(|pattern| self.scanner.take_key(pattern)) {
                *last = number;
                return Ok(order.key(number));
            }
            guess = order.after.get(number).copied();
        }
        self.other_key(shape, parent, last)
    }

    /// Reads a key that is not the one that was guessed.
    #[cold]
    fn other_key(&mut self, shape: &Shape, parent: Option<FactId>, last: &mut KeyNumber) -> Scan<Key> {
        let raw = self.scanner.key()?;
        let key = self.look_up(shape, parent, raw);
        self.case.order.learn(parent, *last, key, raw.raw);
        *last = self.case.order.number(key);
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
            None => Key::Undeclared(self.case.undeclared.place(parent, &key)),
        }
    }
}

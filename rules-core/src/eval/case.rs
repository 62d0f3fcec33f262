//! A case as the evaluator sees it: one slot a fact, and what is known about each.

use std::sync::Arc;

use super::judgement::Judged;
use super::keys::KeyOrder;
use super::undeclared::Undeclared;
use crate::program::{Fact, Program, Schema};
use crate::value::unknown::{FactId, Unknown};
use crate::value::{Date, Value};

/// What a reader finds in the slot of a fact that does not apply.
static NOT_APPLICABLE: Value = Value::NotApplicable;
static NULL: Value = Value::Null;

/// What is known about a fact (`semantics.md` section 1).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum FactState {
    /// Absent.
    #[default]
    NotAsked,
    /// Asked, and nobody knows.
    NotKnown,
    Known,
    NotApplicable,
}

/// A field of one item of a list that is missing in this case.
#[derive(Clone, Debug)]
struct ItemFact {
    /// The declared field.
    fact: FactId,
    /// Numbers of the items, from the outermost list inwards.
    indices: Vec<u32>,
    state: FactState,
}

/// One case. It is made once for a program and filled again for every case, so that its buffers are used again.
#[derive(Debug)]
pub(crate) struct Case {
    identifier: String,
    identified: bool,
    pub(super) as_of: Option<Date>,
    values: Vec<Value>,
    states: Vec<FactState>,
    item_facts: Vec<ItemFact>,
    pub(super) judgements: Vec<Judged>,
    /// Words of judgements, one behind the other.
    pub(super) words: String,
    pub(super) undeclared: Undeclared,
    pub(super) order: KeyOrder,
    /// Memory for the numbers of items while they are read.
    pub(super) indices: Vec<u32>,
}

impl Case {
    /// An empty case for `program`; every fact is absent.
    pub(crate) fn new(program: &Program) -> Self {
        let count = program.schema.facts.len();
        Self {
            identifier: String::new(),
            identified: false,
            as_of: None,
            values: vec![Value::Null; count],
            states: vec![FactState::NotAsked; count],
            item_facts: Vec::new(),
            judgements: Vec::new(),
            words: String::new(),
            undeclared: Undeclared::default(),
            order: KeyOrder::new(program),
            indices: Vec::new(),
        }
    }

    /// Forgets the case before, but not the undeclared keys counted so far.
    pub(crate) fn clear(&mut self) {
        self.identified = false;
        self.as_of = None;
        self.states.fill(FactState::NotAsked);
        self.item_facts.clear();
        self.judgements.clear();
        self.words.clear();
    }

    /// The case's own identifier: the text or number under `case`.
    pub(crate) fn identifier(&self) -> Option<&str> {
        self.identified.then_some(self.identifier.as_str())
    }

    /// The date of the decision: the case's own, or the one that the caller gave.
    pub(crate) fn as_of(&self) -> Option<Date> {
        self.as_of
    }

    /// The value of a declared fact, or the mark that stands for it while it is missing.
    #[inline]
    pub(crate) fn value<'v>(&'v self, schema: &'v Schema, fact: FactId) -> &'v Value {
        let place = usize::try_from(fact).unwrap_or(usize::MAX);
        match self.states.get(place) {
            Some(FactState::Known) => self.values.get(place).unwrap_or(&NULL),
            Some(FactState::NotApplicable) => &NOT_APPLICABLE,
            Some(FactState::NotAsked | FactState::NotKnown) | None => {
                schema.facts.get(place).map_or(&NULL, |fact| &fact.unknown)
            }
        }
    }

    /// What is known about a fact, or about a field of an item.
    pub(crate) fn state(&self, fact: FactId) -> FactState {
        match self.states.get(usize::try_from(fact).unwrap_or(usize::MAX)) {
            Some(state) => *state,
            None => self.item_fact(fact).map_or(FactState::NotAsked, |item| item.state),
        }
    }

    /// The declaration of a fact: for a field of an item, that of the field.
    pub(crate) fn declaration<'p>(&self, schema: &'p Schema, fact: FactId) -> Option<&'p Fact> {
        schema.fact(self.declared(fact))
    }

    /// The number of the declared fact: for a field of an item, that of the field.
    pub(crate) fn declared(&self, fact: FactId) -> FactId {
        self.item_fact(fact).map_or(fact, |item| item.fact)
    }

    /// Numbers of the items that a fact is inside of, from the outermost list inwards, counted from 0.
    pub(crate) fn indices(&self, fact: FactId) -> &[u32] {
        self.item_fact(fact).map_or(&[], |item| &item.indices)
    }

    /// JSON pointer of a fact in this case: `/children/0/age`.
    pub(crate) fn pointer(&self, schema: &Schema, fact: FactId) -> String {
        match self.item_fact(fact) {
            Some(item) => schema.fact(item.fact).map_or(String::new(), |fact| pointer_to_item(fact, &item.indices)),
            None => schema.fact(fact).map_or(String::new(), |fact| fact.pointer.as_ref().to_owned()),
        }
    }

    /// Keys that the pack does not declare, over all cases read since they were last taken.
    pub(crate) fn undeclared(&mut self) -> &mut Undeclared {
        &mut self.undeclared
    }

    /// Pointers of the keys that the pack does not declare.
    pub(crate) fn undeclared_keys(&self, program: &Program) -> Vec<String> {
        self.undeclared.pointers(program)
    }

    /// Sets the identifier.
    pub(super) fn identify(&mut self, identifier: &str) {
        self.identifier.clear();
        self.identifier.push_str(identifier);
        self.identified = true;
    }

    /// Sets a fact to a known value.
    #[inline]
    pub(super) fn set(&mut self, fact: FactId, value: Value) {
        let place = usize::try_from(fact).unwrap_or(usize::MAX);
        if let (Some(slot), Some(state)) = (self.values.get_mut(place), self.states.get_mut(place)) {
            *slot = value;
            *state = FactState::Known;
        }
    }

    /// Sets what is known about a fact without giving it a value.
    pub(super) fn set_state(&mut self, fact: FactId, state: FactState) {
        if let Some(slot) = self.states.get_mut(usize::try_from(fact).unwrap_or(usize::MAX)) {
            *slot = state;
        }
    }

    /// The value kept for a fact, to be changed in place.
    pub(super) fn value_mut(&mut self, fact: FactId) -> Option<&mut Value> {
        self.values.get_mut(usize::try_from(fact).ok()?)
    }

    /// A missing field of an item, with a number of its own, as the mark that stands for it.
    pub(super) fn missing_item_fact(&mut self, schema: &Schema, fact: FactId, indices: &[u32]) -> Value {
        let number = schema.count().saturating_add(FactId::try_from(self.item_facts.len()).unwrap_or(FactId::MAX));
        self.item_facts.push(ItemFact { fact, indices: indices.to_vec(), state: FactState::NotAsked });
        let unknown = Arc::new(Unknown::of(number));
        Value::Unknown(match schema.fact(fact).map(|fact| &fact.unknown) {
            Some(Value::Unknown(declared)) => declared.known().map_or(unknown.clone(), |known| unknown.within(known)),
            _ => unknown,
        })
    }

    /// Sets what is known about a missing field of an item.
    pub(super) fn set_item_state(&mut self, fact: FactId, state: FactState) {
        let first = self.states.len();
        let place = usize::try_from(fact).ok().and_then(|fact| fact.checked_sub(first));
        if let Some(item) = place.and_then(|place| self.item_facts.get_mut(place)) {
            item.state = state;
        }
    }

    fn item_fact(&self, fact: FactId) -> Option<&ItemFact> {
        let place = usize::try_from(fact).ok()?.checked_sub(self.states.len())?;
        self.item_facts.get(place)
    }
}

/// The pointer of a fact inside items of lists: each `*` is the number of an item.
pub(super) fn pointer_to_item(fact: &Fact, indices: &[u32]) -> String {
    let mut indices = indices.iter();
    let mut pointer = String::with_capacity(fact.pointer.len() + 4);
    for step in fact.pointer.split('/').skip(1) {
        pointer.push('/');
        match if step == "*" { indices.next() } else { None } {
            Some(index) => pointer.push_str(&index.to_string()),
            None => pointer.push_str(step),
        }
    }
    pointer
}

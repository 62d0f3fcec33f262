//! What is not known: the facts on which a value still depends.

use std::sync::Arc;

use super::Value;
use super::bounds::Bounds;

/// Number of a fact: below the schema's size it is a declared fact, above it a field of one item of a list, listed in the case.
pub(crate) type FactId = u32;

/// Why a value is unknown: the missing facts that could still settle it, sorted and without repeats.
///
/// The set may be empty: a criterion that came out null is `cannot tell` although no fact is missing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Unknown {
    facts: Vec<FactId>,
    /// Whether it may turn out not to apply or not to be in force, rather than to be a value.
    may_be_left_out: bool,
    bounded: Option<Bounded>,
}

/// What is known of a value all the same. It is said of that value alone and not of what is made of it.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Bounded {
    known: Known,
    /// The same without this.
    plain: Arc<Unknown>,
}

/// What may be known of a value that is not known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Known {
    /// It is a number, and where it lies.
    Number(Bounds),
    /// It is a list, and how many items it has.
    Count(Bounds),
}

impl Unknown {
    /// Unknown because of one missing fact.
    pub(crate) fn of(fact: FactId) -> Self {
        Self { facts: vec![fact], ..Self::default() }
    }

    /// Unknown because of all these facts, in any order and perhaps repeated.
    pub(crate) fn of_all(mut facts: Vec<FactId>) -> Self {
        facts.sort_unstable();
        facts.dedup();
        Self { facts, ..Self::default() }
    }

    /// The same, of a value of which so much is known; of what may turn out to be no value, nothing is.
    pub(crate) fn within(self: &Arc<Self>, known: Known) -> Arc<Self> {
        let plain = self.plain();
        let (Known::Number(bounds) | Known::Count(bounds)) = known;
        if bounds.is_open() || self.may_be_left_out {
            return plain;
        }
        let facts = plain.facts.clone();
        Arc::new(Self { facts, may_be_left_out: false, bounded: Some(Bounded { known, plain }) })
    }

    /// The same, which may turn out not to apply or not to be in force.
    pub(crate) fn or_left_out(&self) -> Self {
        Self { facts: self.facts.clone(), may_be_left_out: true, bounded: None }
    }

    /// Whether it may turn out not to apply or not to be in force.
    pub(crate) fn may_be_left_out(&self) -> bool {
        self.may_be_left_out
    }

    /// What is known of the value all the same.
    pub(crate) fn known(&self) -> Option<Known> {
        self.bounded.as_ref().map(|bounded| bounded.known)
    }

    /// The same for a value that is made of this one.
    pub(crate) fn plain(self: &Arc<Self>) -> Arc<Self> {
        self.bounded.as_ref().map_or_else(|| self.clone(), |bounded| bounded.plain.clone())
    }

    /// The missing facts, in ascending order.
    pub(crate) fn facts(&self) -> &[FactId] {
        &self.facts
    }

    /// Unknown because of either.
    pub(crate) fn union(&self, other: &Self) -> Self {
        let mut facts = Vec::with_capacity(self.facts.len() + other.facts.len());
        facts.extend_from_slice(&self.facts);
        facts.extend_from_slice(&other.facts);
        Self { may_be_left_out: self.may_be_left_out || other.may_be_left_out, ..Self::of_all(facts) }
    }
}

/// Gathers what unknown values depend on.
#[derive(Clone, Debug, Default)]
pub(crate) struct Because {
    facts: Vec<FactId>,
    may_be_left_out: bool,
}

impl Because {
    /// What is unknown in a value, however deep.
    pub(crate) fn of(value: &Value) -> Self {
        let mut because = Self::default();
        because.note_deep(value);
        because
    }

    /// Adds what an unknown value depends on.
    pub(crate) fn note(&mut self, unknown: &Unknown) {
        self.facts.extend_from_slice(&unknown.facts);
        self.may_be_left_out |= unknown.may_be_left_out;
    }

    /// Adds what every unknown value in `value` depends on.
    pub(crate) fn note_deep(&mut self, value: &Value) {
        any_unknown(value, &mut |unknown| {
            self.note(unknown);
            false
        });
    }

    /// Adds that the result may turn out not to apply or not to be in force.
    pub(crate) fn note_left_out(&mut self) {
        self.may_be_left_out = true;
    }

    /// Unknown because of all this.
    pub(crate) fn unknown(self) -> Unknown {
        Unknown { may_be_left_out: self.may_be_left_out, ..Unknown::of_all(self.facts) }
    }
}

/// Whether a missing fact could still settle something in `value`, however deep.
pub(crate) fn lacks_a_fact(value: &Value) -> bool {
    any_unknown(value, &mut |unknown| !unknown.facts.is_empty())
}

/// Whether `found` says so of any unknown value in `value`, however deep.
fn any_unknown(value: &Value, found: &mut impl FnMut(&Unknown) -> bool) -> bool {
    match value {
        Value::Unknown(unknown) => found(unknown),
        Value::List(items) => items.iter().any(|item| any_unknown(item, found)),
        Value::Context(context) => context.entries().any(|(_, item)| any_unknown(item, found)),
        Value::Range(range) => [&range.start, &range.end].into_iter().flatten().any(|end| any_unknown(end, found)),
        _ => false,
    }
}

/// Gathers the marks among operands, so that the result does not depend on their order: a rule not in force outweighs
/// one not applicable, and that an unknown one, unless it may turn out to be not in force (whatever the missing fact turns
/// out to be, the result stays the same).
#[derive(Clone, Debug, Default)]
pub(crate) struct Marks {
    found: Option<Value>,
    /// Whether an unknown operand may still settle the result whatever the other marks are.
    may_settle: bool,
}

impl Marks {
    /// Gathers marks where an unknown operand may still settle the result, as true does among others that `any` is asked of.
    pub(crate) fn that_may_settle() -> Self {
        Self { may_settle: true, ..Self::default() }
    }

    /// Notes `value` if it is a mark; true if it was.
    pub(crate) fn note(&mut self, value: &Value) -> bool {
        if !value.is_mark() {
            return false;
        }
        self.found = Some(match (self.found.take(), value) {
            (None, mark) => mark.passed_on(),
            (Some(Value::Unknown(unknown)), Value::NotApplicable | Value::NotInForce) if self.may_settle => {
                Value::Unknown(Arc::new(unknown.or_left_out()))
            }
            (Some(Value::NotApplicable | Value::NotInForce), Value::Unknown(unknown)) if self.may_settle => {
                Value::Unknown(Arc::new(unknown.or_left_out()))
            }
            (Some(Value::NotInForce), _) | (_, Value::NotInForce) => Value::NotInForce,
            (Some(Value::Unknown(unknown)), Value::NotApplicable) if unknown.may_be_left_out => Value::Unknown(unknown),
            (Some(Value::NotApplicable), Value::Unknown(unknown)) if unknown.may_be_left_out => value.passed_on(),
            (Some(Value::NotApplicable), _) | (_, Value::NotApplicable) => Value::NotApplicable,
            (Some(Value::Unknown(left)), Value::Unknown(right)) => {
                if Arc::ptr_eq(&left, &right.plain()) {
                    Value::Unknown(left)
                } else {
                    Value::Unknown(Arc::new(left.union(right)))
                }
            }
            (Some(other), _) => other,
        });
        true
    }

    /// Notes every mark in `value`, however deep; true if there was one.
    pub(crate) fn note_deep(&mut self, value: &Value) -> bool {
        let mut found = false;
        match value {
            Value::List(items) => items.iter().for_each(|item| found |= self.note_deep(item)),
            Value::Context(context) => context.entries().for_each(|(_, item)| found |= self.note_deep(item)),
            Value::Range(range) => {
                [&range.start, &range.end].into_iter().flatten().for_each(|end| found |= self.note_deep(end));
            }
            other => found = self.note(other),
        }
        found
    }

    /// The mark that the result takes, if any operand had one.
    pub(crate) fn into_mark(self) -> Option<Value> {
        self.found
    }
}

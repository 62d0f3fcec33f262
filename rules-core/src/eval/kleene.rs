//! Three-valued logic with marks: what `and`, `or`, `some`, `every`, `in` and the cells of a row have in common.

use std::sync::Arc;

use crate::value::Value;
use crate::value::bounds::Bounds;
use crate::value::unknown::{Because, Marks, Unknown};

/// Gathers truth values of which one kind settles the result: false for `and`, true for `or`.
///
/// Without a settling one, an unknown operand outweighs the other marks, since it could still turn out to be the
/// settling one; then come not in force, not applicable, and null.
#[derive(Debug)]
pub(super) struct Kleene {
    settles: bool,
    settled: bool,
    unknown: Option<Arc<Unknown>>,
    other_marks: Marks,
    null: bool,
}

impl Kleene {
    /// `and`: one false makes it false.
    pub(super) fn all() -> Self {
        Self { settles: false, settled: false, unknown: None, other_marks: Marks::default(), null: false }
    }

    /// `or`: one true makes it true.
    pub(super) fn any() -> Self {
        Self { settles: true, ..Self::all() }
    }

    /// Adds an operand; true when the result is settled.
    #[inline]
    pub(super) fn note(&mut self, value: &Value) -> bool {
        match value {
            Value::Boolean(boolean) => self.settled |= *boolean == self.settles,
            Value::Unknown(unknown) => self.unknown = Some(join(self.unknown.take(), unknown)),
            Value::NotApplicable | Value::NotInForce => {
                self.other_marks.note(value);
            }
            _ => self.null = true,
        }
        self.settled
    }

    /// The result.
    #[inline]
    pub(super) fn result(self) -> Value {
        if self.settled {
            return Value::Boolean(self.settles);
        }
        let mark = self.other_marks.into_mark();
        if let Some(unknown) = self.unknown {
            // Should the unknown operands settle nothing, the mark is the result.
            return Value::Unknown(if mark.is_some() { Arc::new(unknown.or_left_out()) } else { unknown });
        }
        match mark {
            Some(mark) => mark,
            None if self.null => Value::Null,
            None => Value::Boolean(!self.settles),
        }
    }
}

/// Unknown because of either.
pub(super) fn join(left: Option<Arc<Unknown>>, right: &Arc<Unknown>) -> Arc<Unknown> {
    match left {
        None => right.plain(),
        Some(left) if Arc::ptr_eq(&left, &right.plain()) => left,
        Some(left) => Arc::new(left.union(right)),
    }
}

/// `not`, with marks and null as they are.
pub(super) fn negated(value: Value) -> Value {
    match value {
        Value::Boolean(boolean) => Value::Boolean(!boolean),
        other => other,
    }
}

/// Unknown although no fact is missing.
pub(super) fn unknown_without_facts() -> Value {
    Value::Unknown(Arc::default())
}

/// The one value of all candidates, when facts that are missing choose between them: what they agree on, else unknown
/// because of those facts and of whatever is missing in the candidates, within the bounds of all that are numbers. What
/// chooses between them may turn out to be no value at all; then they settle nothing.
pub(super) fn agreed<'v>(candidates: impl IntoIterator<Item = &'v Value>, because: &Unknown) -> Value {
    let mut candidates = candidates.into_iter();
    let Some(first) = candidates.next() else { return Value::Unknown(Arc::new(because.clone())) };
    let mut found = Because::default();
    let mut agree = !because.may_be_left_out();
    let mut bounds = Bounds::of(first);
    let mut note = |candidate: &Value| match candidate {
        Value::NotApplicable | Value::NotInForce => found.note_left_out(),
        candidate => found.note_deep(candidate),
    };
    note(first);
    for candidate in candidates {
        bounds = bounds.and_then(|bounds| Some(bounds.or(Bounds::of(candidate)?)));
        agree &= same(first, candidate);
        note(candidate);
    }
    if agree {
        return first.clone();
    }
    found.note(because);
    let unknown = Value::Unknown(Arc::new(found.unknown()));
    bounds.map_or(unknown.clone(), |bounds| Value::number_within(unknown, bounds))
}

/// Whether two results look the same, both being unknown included.
pub(super) fn alike(left: &Value, right: &Value) -> bool {
    matches!((left, right), (Value::Unknown(_), Value::Unknown(_))) || same(left, right)
}

/// Whether two results are the same in every respect. Two unknown values are the same only when they are one: different
/// expressions over the same missing facts may still differ.
pub(super) fn same(left: &Value, right: &Value) -> bool {
    match (left, right) {
        (Value::Unknown(left), Value::Unknown(right)) => Arc::ptr_eq(left, right),
        (Value::NotApplicable, Value::NotApplicable) | (Value::NotInForce, Value::NotInForce) => true,
        (Value::List(left), Value::List(right)) => {
            left.len() == right.len() && left.iter().zip(right.iter()).all(|(left, right)| same(left, right))
        }
        (Value::Context(left), Value::Context(right)) => {
            left.paired(right).is_some_and(|pairs| pairs.into_iter().all(|(left, right)| same(left, right)))
        }
        _ => crate::value::compare::identical(left, right),
    }
}

/// Whether one result can stand for the other in everything that is made of it: the same mark, the same number of the same
/// digits.
pub(super) fn exactly(left: &Value, right: &Value) -> bool {
    match (left, right) {
        (Value::Number(left), Value::Number(right)) => left == right && left.scale() == right.scale(),
        (Value::List(left), Value::List(right)) => {
            left.len() == right.len() && left.iter().zip(right.iter()).all(|(left, right)| exactly(left, right))
        }
        (Value::Context(left), Value::Context(right)) => {
            let mut pairs = left.entries().zip(right.entries());
            left.len() == right.len() && pairs.all(|((one, left), (other, right))| one == other && exactly(left, right))
        }
        (Value::Range(left), Value::Range(right)) => Arc::ptr_eq(left, right),
        _ => same(left, right),
    }
}

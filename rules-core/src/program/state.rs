//! States of decisions and of triggers (`semantics.md` section 1).

use crate::value::Value;

/// What came of a decision.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum State {
    /// A criterion or group that holds.
    Met,
    /// A criterion or group that certainly does not hold.
    NotMet,
    /// Any other decision that has its value.
    Decided,
    /// Facts that are missing could still change it.
    CannotTell,
    NotApplicable,
    NotInForce,
}

impl State {
    /// All states.
    pub(crate) const ALL: [Self; 6] =
        [Self::Met, Self::NotMet, Self::Decided, Self::CannotTell, Self::NotApplicable, Self::NotInForce];

    /// The words used in packs and records.
    pub(crate) fn words(self) -> &'static str {
        match self {
            Self::Met => "met",
            Self::NotMet => "not met",
            Self::Decided => "decided",
            Self::CannotTell => "cannot tell",
            Self::NotApplicable => "not applicable",
            Self::NotInForce => "not in force",
        }
    }

    /// The state of those words.
    pub(crate) fn from_words(words: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.words() == words)
    }

    /// The state that a value means; `yes_or_no` for criteria and groups. A value with something unknown inside it is
    /// not decided, although a reader may be content with the rest of it.
    pub(crate) fn of(value: &Value, yes_or_no: bool) -> Self {
        match value {
            Value::Unknown(_) => Self::CannotTell,
            Value::NotApplicable => Self::NotApplicable,
            Value::NotInForce => Self::NotInForce,
            Value::Boolean(true) if yes_or_no => Self::Met,
            Value::Boolean(false) if yes_or_no => Self::NotMet,
            _ if yes_or_no => Self::CannotTell,
            other if has_inner_mark(other) => Self::CannotTell,
            _ => Self::Decided,
        }
    }
}

/// Whether a mark stands somewhere inside a list, context or range.
fn has_inner_mark(value: &Value) -> bool {
    match value {
        Value::List(items) => items.iter().any(|item| item.is_mark() || has_inner_mark(item)),
        Value::Context(context) => context.entries().any(|(_, item)| item.is_mark() || has_inner_mark(item)),
        Value::Range(range) => {
            let mut ends = [&range.start, &range.end].into_iter().flatten();
            ends.any(|end| end.is_mark() || has_inner_mark(end))
        }
        _ => false,
    }
}

/// What came of a trigger.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum TriggerState {
    Fires,
    DoesNotFire,
    CannotTell,
}

impl TriggerState {
    /// The words used in records.
    pub(crate) fn words(self) -> &'static str {
        match self {
            Self::Fires => "fires",
            Self::DoesNotFire => "does not fire",
            Self::CannotTell => "cannot tell",
        }
    }
}

//! Decisions and the kinds of logic behind them.

use std::sync::Arc;

use super::{Applicability, DecisionTable, Formula};
use crate::citation::Citation;
use crate::texts::{StateTexts, Texts};
use crate::types::Type;

/// A decision of the pack.
#[derive(Clone, Debug)]
pub(crate) struct Decision {
    pub(crate) name: Arc<str>,
    pub(crate) pointer: String,
    pub(crate) title: Texts,
    /// Shown behind a number that is decided.
    pub(crate) unit: Option<Arc<str>>,
    pub(crate) logic: Logic,
    /// Declared result type, if the pack declares one.
    pub(crate) declared_type: Option<Type>,
    pub(crate) citations: Vec<Citation>,
    pub(crate) in_force: Option<Applicability>,
    /// Where this is false the decision is not applicable, where it is unknown the decision is too.
    pub(crate) applies_when: Option<Formula>,
    pub(crate) texts: StateTexts,
    /// The sentences that are written for the person.
    pub(crate) citizen_texts: StateTexts,
}

/// How a decision comes to its result. Every kind in `pack/logic.rs` becomes one of these.
#[derive(Clone, Debug)]
pub(crate) enum Logic {
    /// Yes or no, with states met and not met.
    Criterion(Formula),
    /// Any value.
    Expression(Formula),
    /// Members without those that are not applicable or not in force; states met and not met.
    Group {
        rule: GroupRule,
        members: Vec<Formula>,
    },
    Table(DecisionTable),
    /// Actions that must follow; the value is the list of names of those that fire.
    Triggers(Vec<Trigger>),
    /// A business knowledge model: a function literal that others call.
    Function(Formula),
}

/// How many members must be met.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum GroupRule {
    All,
    Any,
    AtLeast(u32),
}

/// An action that must follow when its condition holds.
#[derive(Clone, Debug)]
pub(crate) struct Trigger {
    pub(crate) name: Arc<str>,
    pub(crate) pointer: String,
    pub(crate) when: Formula,
    pub(crate) action: Texts,
    /// What happens next, written for the person; empty where the person is not told.
    pub(crate) citizen_action: Texts,
    /// 1 comes first.
    pub(crate) priority: u32,
    /// A date, a duration or a text.
    pub(crate) deadline: Option<Formula>,
    pub(crate) citations: Vec<Citation>,
    pub(crate) while_cannot_tell: Option<WhileCannotTell>,
}

/// What to do in the meantime while a trigger cannot be settled.
#[derive(Clone, Debug)]
pub(crate) struct WhileCannotTell {
    pub(crate) action: Texts,
    /// The same, written for the person; empty where the person is not told.
    pub(crate) citizen_action: Texts,
    pub(crate) deadline: Option<Formula>,
    pub(crate) citations: Vec<Citation>,
}

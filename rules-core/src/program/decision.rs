//! Decisions as they run and as they are explained.

use std::sync::Arc;

use super::Step;
use super::node::Node;
use super::parameter::InForce;
use super::table::Table;
use super::template::{Template, Templates};
use crate::citation::Citation;
use crate::texts::Texts;
use crate::types::Type;
use crate::value::unknown::FactId;

/// A decision of the pack.
#[derive(Clone, Debug)]
pub(crate) struct Decision {
    pub(crate) name: Arc<str>,
    pub(crate) title: Texts,
    /// Shown behind a number that is decided.
    pub(crate) unit: Option<Arc<str>>,
    pub(crate) logic: Logic,
    /// The type that the result is brought to, if the pack declares one.
    pub(crate) declared_type: Option<Type>,
    pub(crate) citations: Vec<Citation>,
    pub(crate) in_force: Option<InForce>,
    /// False makes the decision not applicable.
    pub(crate) applies_when: Option<Node>,
    pub(crate) texts: Templates,
    /// The sentences that are written for the person.
    pub(crate) citizen_texts: Templates,
    /// What its logic names, directly or inside functions that it calls.
    pub(crate) reads: Reads,
}

impl Decision {
    /// Whether it may be out of force or not applicable by itself.
    #[inline]
    pub(crate) fn is_gated(&self) -> bool {
        self.in_force.is_some() || self.applies_when.is_some()
    }

    /// Whether it is a criterion or a group, with states met and not met.
    pub(crate) fn is_yes_or_no(&self) -> bool {
        matches!(self.logic, Logic::Criterion(_) | Logic::Group { .. })
    }
}

/// Numbers of what is named somewhere in an expression, sorted and without repeats.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Reads {
    /// Facts that a case has at most once, objects as their fields; a list stands for all that is inside its items.
    pub(crate) facts: Vec<FactId>,
    pub(crate) parameters: Vec<u32>,
    pub(crate) readings: Vec<u32>,
    pub(crate) decisions: Vec<u32>,
}

impl Reads {
    /// Adds what another expression names.
    pub(crate) fn add(&mut self, other: &Self) {
        self.facts.extend_from_slice(&other.facts);
        self.parameters.extend_from_slice(&other.parameters);
        self.readings.extend_from_slice(&other.readings);
        self.decisions.extend_from_slice(&other.decisions);
        *self = std::mem::take(self).sorted();
    }

    /// What has to be evaluated before, one by one.
    pub(super) fn steps(&self) -> impl Iterator<Item = Step> {
        let parameters = self.parameters.iter().map(|number| Step::Parameter(*number));
        let readings = self.readings.iter().map(|number| Step::Reading(*number));
        parameters.chain(readings).chain(self.decisions.iter().map(|number| Step::Decision(*number)))
    }

    /// The same numbers, sorted and without repeats.
    pub(crate) fn sorted(mut self) -> Self {
        for numbers in [&mut self.facts, &mut self.parameters, &mut self.readings, &mut self.decisions] {
            numbers.sort_unstable();
            numbers.dedup();
        }
        self
    }
}

/// How a decision comes to its result.
#[derive(Clone, Debug)]
pub(crate) enum Logic {
    /// Yes or no.
    Criterion(Node),
    /// Any value.
    Expression(Node),
    /// Members without those that are not applicable or not in force.
    Group {
        rule: GroupRule,
        members: Vec<Node>,
    },
    Table(Table),
    /// Actions that must follow, by priority; the value is the list of names of those that fire.
    Triggers(Vec<Trigger>),
    /// A business knowledge model: others call its lambda.
    Function,
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
    pub(crate) when: Node,
    /// What must be done, in each language.
    pub(crate) action: Vec<Template>,
    /// What happens next, written for the person; empty where the person is not told.
    pub(crate) citizen_action: Vec<Template>,
    /// 1 comes first.
    pub(crate) priority: u32,
    /// A date, a duration or a text.
    pub(crate) deadline: Option<Node>,
    pub(crate) citations: Vec<Citation>,
    pub(crate) interim: Option<Interim>,
    /// What the condition names.
    pub(crate) when_reads: Reads,
    /// What the deadlines name.
    pub(crate) deadline_reads: Reads,
}

/// What to do in the meantime while a trigger cannot be settled.
#[derive(Clone, Debug)]
pub(crate) struct Interim {
    /// What must be done, in each language.
    pub(crate) action: Vec<Template>,
    /// The same, written for the person; empty where the person is not told.
    pub(crate) citizen_action: Vec<Template>,
    pub(crate) deadline: Option<Node>,
    pub(crate) citations: Vec<Citation>,
}

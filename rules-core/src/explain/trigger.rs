//! What came of one trigger.

use std::borrow::Cow;

use super::explanation::{Explanation, words};
use super::sentence::show;
use crate::citation::Citation;
use crate::eval::{TriggerResult, missing_in};
use crate::program::{self, Decision, Logic, TriggerState, at};
use crate::value::Value;
use crate::value::unknown::FactId;

/// A trigger, whatever came of it.
#[derive(Clone, Copy)]
pub(crate) struct Trigger<'d> {
    explanation: &'d Explanation<'d>,
    decision: &'d Decision,
    trigger: &'d program::Trigger,
    result: &'d TriggerResult,
}

/// What to do while a trigger is not settled.
pub(crate) struct Interim<'d> {
    pub(crate) action: Option<String>,
    /// The same, written for the person.
    pub(crate) citizen_action: Option<String>,
    pub(crate) deadline: Option<Cow<'d, Value>>,
    pub(crate) sources: Vec<&'d str>,
}

impl<'d> Trigger<'d> {
    pub(super) fn of(explanation: &'d Explanation<'d>, result: &'d TriggerResult) -> Option<Self> {
        let decision = explanation.program.decision(result.decision)?;
        let Logic::Triggers(triggers) = &decision.logic else { return None };
        let trigger = at(triggers, result.trigger)?;
        Some(Self { explanation, decision, trigger, result })
    }

    /// Number of the decision and place of the trigger in it.
    pub(super) fn place(self) -> (u32, u32) {
        (self.result.decision, self.result.trigger)
    }

    /// The name of the trigger.
    pub(crate) fn id(self) -> &'d str {
        &self.trigger.name
    }

    pub(crate) fn state(self) -> TriggerState {
        self.result.state
    }

    /// What must be done.
    pub(crate) fn action(self) -> Option<String> {
        self.explanation.sentence(&self.trigger.action)
    }

    /// What happens next, written for the person.
    pub(crate) fn citizen_action(self) -> Option<String> {
        self.explanation.sentence(&self.trigger.citizen_action)
    }

    /// Whether the person is told of it.
    pub(super) fn speaks_to_citizen(self) -> bool {
        !self.trigger.citizen_action.is_empty()
    }

    /// The facts that still decide whether it fires.
    pub(super) fn missing(self) -> Vec<FactId> {
        missing_in(&self.result.condition)
    }

    /// 1 comes first.
    pub(crate) fn priority(self) -> u32 {
        self.trigger.priority
    }

    /// By when, where it fires: the mark unknown when a fact that it needs is missing, so that a reader sees that there is
    /// a deadline.
    pub(crate) fn deadline(self) -> Option<Cow<'d, Value>> {
        if self.result.state == TriggerState::Fires { self.shown_deadline() } else { None }
    }

    fn shown_deadline(self) -> Option<Cow<'d, Value>> {
        let Explanation { masking, language, .. } = *self.explanation;
        match &self.result.deadline {
            Value::Null => None,
            _ if masking.touches(&self.trigger.deadline_reads) => Some(Cow::Borrowed(masking.masked())),
            mark if mark.is_mark() => Some(Cow::Owned(Value::text(show(mark, None, language)))),
            value => Some(Cow::Borrowed(value)),
        }
    }

    /// What it rests on.
    pub(crate) fn sources(self) -> Vec<&'d str> {
        sources(self.decision, &self.trigger.citations)
    }

    /// What to do meanwhile, when nothing can be told yet.
    pub(crate) fn interim(self) -> Option<Interim<'d>> {
        let interim = self.trigger.interim.as_ref().filter(|_| self.result.state == TriggerState::CannotTell)?;
        Some(Interim {
            action: self.explanation.sentence(&interim.action),
            citizen_action: self.explanation.sentence(&interim.citizen_action),
            deadline: self.shown_deadline(),
            sources: if interim.citations.is_empty() { self.sources() } else { words(&interim.citations) },
        })
    }
}

/// The citations of a trigger, those of its decision where it has none.
pub(super) fn sources<'d>(decision: &'d Decision, own: &'d [Citation]) -> Vec<&'d str> {
    words(if own.is_empty() { &decision.citations } else { own })
}

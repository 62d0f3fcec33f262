//! What came of a case: a value and a state for every decision, and what its triggers do.

use super::kleene::{agreed, alike};
use crate::program::{Program, State, Step, TriggerState};
use crate::value::Value;
use crate::value::unknown::{FactId, Unknown};

/// Results of one case. Made once and filled again for every case, so that its buffers are used again.
#[derive(Debug, Default)]
pub(crate) struct Results {
    /// By number of the decision; a decision that nothing reaches stays null.
    pub(super) values: Vec<Value>,
    /// By number of the parameter.
    pub(super) parameters: Vec<ParameterResult>,
    /// By number of the reading: what its alternative gave in the last combination.
    pub(super) readings: Vec<Value>,
    /// Of all decisions of triggers, in the order of the document and then of priority.
    pub(super) triggers: Vec<TriggerResult>,
    /// One for each combination of readings, when there is more than one.
    pub(super) combinations: Vec<Combination>,
    /// Decisions whose value is not the same in all combinations, in ascending order.
    pub(super) disputed: Vec<u32>,
}

/// A parameter in one case.
#[derive(Clone, Debug, Default)]
pub(crate) struct ParameterResult {
    /// Its value, or `NotInForce` outside every period, or unknown like the date that picks the period.
    pub(crate) value: Value,
    /// Place of the period among the parameter's.
    pub(crate) period: Option<u32>,
}

/// A trigger in one case.
#[derive(Clone, Debug)]
pub(crate) struct TriggerResult {
    /// Number of the decision that it belongs to, and its place there.
    pub(crate) decision: u32,
    pub(crate) trigger: u32,
    pub(crate) state: TriggerState,
    /// What its condition gave: for one that cannot be told, the mark with the missing facts.
    pub(crate) condition: Value,
    /// The deadline of a trigger that fires, the interim deadline of one that cannot be told; a mark when the deadline
    /// itself lacks a fact, null when there is none.
    pub(crate) deadline: Value,
}

/// What came of the decisions under one combination of readings.
#[derive(Clone, Debug)]
pub(crate) struct Combination {
    /// The combination's number, see [`Program::alternatives_of`].
    pub(crate) number: u32,
    /// By number of the decision.
    pub(crate) values: Vec<Value>,
}

impl Results {
    /// Forgets the case before.
    pub(super) fn begin(&mut self, program: &Program) {
        self.values.resize(program.decisions.len(), Value::Null);
        self.parameters.resize_with(program.parameters.len(), ParameterResult::default);
        self.readings.resize(program.readings.len(), Value::Null);
        self.triggers.clear();
        self.combinations.clear();
        self.disputed.clear();
    }

    /// Puts in place of the last combination's results what all combinations agree on.
    pub(super) fn merge(&mut self, steps: &[Step]) {
        for step in steps {
            let Step::Decision(decision) = *step else { continue };
            let place = usize::try_from(decision).unwrap_or(usize::MAX);
            let values = || self.combinations.iter().filter_map(|combination| combination.values.get(place));
            let merged = agreed(values(), &Unknown::default());
            let mut pairs = values().zip(values().skip(1));
            let disputed = pairs.any(|(left, right)| !alike(left, right));
            if let Some(slot) = self.values.get_mut(place) {
                *slot = merged;
            }
            if disputed {
                self.disputed.push(decision);
            }
        }
        self.disputed.sort_unstable();
    }

    /// The triggers of decisions that readings touch: what is the same in all combinations, else `cannot tell`.
    pub(super) fn merge_triggers(&mut self, combinations: &[Vec<TriggerResult>]) {
        for (place, first) in combinations.first().into_iter().flatten().enumerate() {
            let of_each = || combinations.iter().filter_map(|triggers| triggers.get(place));
            let mut merged = first.clone();
            if of_each().any(|trigger| trigger.state != first.state) {
                merged.state = TriggerState::CannotTell;
            }
            merged.condition = agreed(of_each().map(|trigger| &trigger.condition), &Unknown::default());
            merged.deadline = agreed(of_each().map(|trigger| &trigger.deadline), &Unknown::default());
            self.triggers.push(merged);
        }
        self.triggers.sort_by_key(|trigger| (trigger.decision, trigger.trigger));
    }

    /// The value of a decision, or the mark that stands for it.
    pub(crate) fn value(&self, decision: u32) -> &Value {
        static NULL: Value = Value::Null;
        self.values.get(usize::try_from(decision).unwrap_or(usize::MAX)).unwrap_or(&NULL)
    }

    /// The state of a decision.
    pub(crate) fn state(&self, program: &Program, decision: u32) -> State {
        let yes_or_no = program.decision(decision).is_some_and(crate::program::Decision::is_yes_or_no);
        State::of(self.value(decision), yes_or_no)
    }

    /// The missing facts on which a decision still depends, in ascending order.
    pub(crate) fn missing(&self, decision: u32) -> Vec<FactId> {
        missing_in(self.value(decision))
    }

    /// A parameter in this case; of one that a reading touches, as in the last combination.
    pub(crate) fn parameter(&self, parameter: u32) -> Option<&ParameterResult> {
        self.parameters.get(usize::try_from(parameter).ok()?)
    }

    /// What a reading gave in the last combination.
    pub(crate) fn reading(&self, reading: u32) -> Option<&Value> {
        self.readings.get(usize::try_from(reading).ok()?)
    }

    /// All triggers, those of one decision together and by priority.
    pub(crate) fn triggers(&self) -> &[TriggerResult] {
        &self.triggers
    }

    /// What came of each combination of readings; empty without readings.
    pub(crate) fn combinations(&self) -> &[Combination] {
        &self.combinations
    }

    /// Whether the result of a decision depends on how the law is read.
    pub(crate) fn is_disputed(&self, decision: u32) -> bool {
        self.disputed.binary_search(&decision).is_ok()
    }
}

/// The missing facts inside a value, in ascending order.
pub(crate) fn missing_in(value: &Value) -> Vec<FactId> {
    let mut facts = Vec::new();
    collect(value, &mut facts);
    facts.sort_unstable();
    facts.dedup();
    facts
}

fn collect(value: &Value, facts: &mut Vec<FactId>) {
    match value {
        Value::Unknown(unknown) => facts.extend_from_slice(unknown.facts()),
        Value::List(items) => items.iter().for_each(|item| collect(item, facts)),
        Value::Context(context) => context.entries().for_each(|(_, item)| collect(item, facts)),
        Value::Range(range) => [&range.start, &range.end].into_iter().flatten().for_each(|end| collect(end, facts)),
        _ => {}
    }
}

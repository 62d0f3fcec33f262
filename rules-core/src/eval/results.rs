//! What came of a case: a value and a state for every decision, and what its triggers do.

use super::kleene::{agreed, alike};
use crate::program::{Program, State, Step, TriggerState};
use crate::value::Value;
use crate::value::order::sort_by;
use crate::value::unknown::{Because, FactId, Unknown};

/// Results of one case. Made once and filled again for every case, so that its buffers are used again.
#[derive(Debug, Default)]
pub(crate) struct Results {
    pub(super) current: Current,
    /// One for each way to read the law that was gone through, when there is more than one.
    pub(super) ways: Vec<Way>,
    /// Decisions whose value is not the same in all of them, in ascending order.
    disputed: Vec<u32>,
    /// Places among the triggers of those that are settled in each way and not the same in all.
    pub(super) unsettled: Vec<usize>,
    /// Memory for the triggers of one decision.
    pub(super) spare_triggers: Vec<TriggerResult>,
}

/// Values under one choice of readings.
#[derive(Clone, Debug, Default)]
pub(super) struct Current {
    /// By number of the decision; a decision that nothing reaches stays null.
    pub(super) values: Vec<Value>,
    /// By number of the parameter.
    pub(super) parameters: Vec<ParameterResult>,
    /// By number of the reading: what its chosen alternative gives.
    pub(super) readings: Vec<Value>,
    /// The alternative chosen of each reading.
    pub(super) chosen: Vec<u32>,
    /// Readings that were read on the way to each decision, parameter and reading, as bits.
    touched: [Vec<u64>; 3],
    /// Of all decisions of triggers.
    pub(super) triggers: Vec<TriggerResult>,
}

/// What came of one way to read the law.
#[derive(Debug)]
pub(super) struct Way {
    values: Vec<Value>,
    chosen: Vec<u32>,
    /// Readings that were read on the way to each decision.
    touched: Vec<u64>,
    triggers: Vec<TriggerResult>,
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

/// What came of a decision under some alternatives of the readings that it rests on.
#[derive(Clone, Debug)]
pub(crate) struct ReadAs {
    /// Number of each reading that was read, and the place of its alternative.
    pub(crate) alternatives: Vec<(u32, u32)>,
    pub(crate) value: Value,
}

/// The bit of a reading. There are at most 64 combinations, so more than 63 readings have only one alternative each.
pub(super) fn bit(reading: u32) -> u64 {
    1_u64.checked_shl(reading.min(63)).unwrap_or(0)
}

/// Which of the three lists of bits a step has its own in, and where.
fn kind_of(step: Step) -> (usize, u32) {
    match step {
        Step::Decision(number) => (0, number),
        Step::Parameter(number) => (1, number),
        Step::Reading(number) => (2, number),
    }
}

fn at<T>(items: &[T], number: u32) -> Option<&T> {
    items.get(usize::try_from(number).ok()?)
}

impl Results {
    /// Forgets the case before.
    pub(super) fn begin(&mut self, program: &Program) {
        let current = &mut self.current;
        let (decisions, parameters, readings) =
            (program.decisions.len(), program.parameters.len(), program.readings.len());
        current.values.resize(decisions, Value::Null);
        current.parameters.resize_with(parameters, ParameterResult::default);
        current.readings.resize(readings, Value::Null);
        if readings > 0 {
            current.chosen.clear();
            current.chosen.resize(readings, 0);
            for (touched, count) in current.touched.iter_mut().zip([decisions, parameters, readings]) {
                touched.clear();
                touched.resize(count, 0);
            }
        }
        current.triggers.clear();
        self.ways.clear();
        self.disputed.clear();
        self.unsettled.clear();
    }

    /// Readings that were read on the way to a step.
    pub(super) fn touched(&self, step: Step) -> u64 {
        let (kind, number) = kind_of(step);
        self.current.touched.get(kind).and_then(|touched| at(touched, number)).copied().unwrap_or(0)
    }

    /// Keeps which readings were read on the way to a step.
    pub(super) fn touch(&mut self, step: Step, readings: u64) {
        let (kind, number) = kind_of(step);
        let touched = self.current.touched.get_mut(kind);
        let place = usize::try_from(number).unwrap_or(usize::MAX);
        if let Some(slot) = touched.and_then(|touched| touched.get_mut(place)) {
            *slot = readings;
        }
    }

    /// Puts in what came of the triggers of a decision.
    pub(super) fn replace_triggers(&mut self, decision: u32, triggers: &mut Vec<TriggerResult>) {
        let all = &mut self.current.triggers;
        match all.iter().position(|trigger| trigger.decision == decision) {
            Some(first) => {
                all.iter_mut().skip(first).zip(triggers.drain(..)).for_each(|(slot, trigger)| *slot = trigger)
            }
            None => all.append(triggers),
        }
    }

    /// Puts the triggers in the order of the decisions and of priority.
    pub(super) fn sort_triggers(&mut self) {
        let triggers = &mut self.current.triggers;
        if !triggers.is_sorted_by_key(|trigger| (trigger.decision, trigger.trigger)) {
            sort_by(triggers, |left, right| (left.decision, left.trigger).cmp(&(right.decision, right.trigger)));
        }
    }

    /// Keeps what came of the readings that are chosen now.
    pub(super) fn keep_way(&mut self) {
        let current = &self.current;
        self.ways.push(Way {
            values: current.values.clone(),
            chosen: current.chosen.clone(),
            touched: current.touched.first().cloned().unwrap_or_default(),
            triggers: current.triggers.clone(),
        });
    }

    /// Puts in place of the last way's results what all ways agree on.
    pub(super) fn merge(&mut self, steps: &[Step]) {
        if self.ways.len() < 2 {
            return;
        }
        for step in steps {
            let Step::Decision(decision) = *step else { continue };
            let values = || self.ways.iter().filter_map(|way| at(&way.values, decision));
            let merged = agreed(values(), &Unknown::default());
            let mut pairs = values().zip(values().skip(1));
            let disputed = pairs.any(|(left, right)| !alike(left, right));
            if let Some(slot) = self.current.values.get_mut(usize::try_from(decision).unwrap_or(usize::MAX)) {
                *slot = merged;
            }
            if disputed {
                self.disputed.push(decision);
            }
        }
        self.disputed.sort_unstable();
        for (place, merged) in self.current.triggers.iter_mut().enumerate() {
            let of_each = || self.ways.iter().filter_map(|way| way.triggers.get(place));
            merged.condition = agreed(of_each().map(|trigger| &trigger.condition), &Unknown::default());
            if of_each().all(|trigger| trigger.state == merged.state) {
                merged.deadline = agreed(of_each().map(|trigger| &trigger.deadline), &Unknown::default());
            } else {
                // It fires under one way and not under another; no way that settles it has the interim deadline.
                merged.state = TriggerState::CannotTell;
                merged.deadline = Value::Null;
                self.unsettled.push(place);
            }
        }
    }

    /// The value of a decision, or the mark that stands for it.
    #[inline]
    pub(crate) fn value(&self, decision: u32) -> &Value {
        static NULL: Value = Value::Null;
        at(&self.current.values, decision).unwrap_or(&NULL)
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

    /// A parameter in this case; of one that rests on a reading, as that was read last.
    #[inline]
    pub(crate) fn parameter(&self, parameter: u32) -> Option<&ParameterResult> {
        at(&self.current.parameters, parameter)
    }

    /// What a reading gave as it was read last.
    pub(crate) fn reading(&self, reading: u32) -> Option<&Value> {
        at(&self.current.readings, reading)
    }

    /// All triggers, in the order of the decisions and there by priority.
    pub(crate) fn triggers(&self) -> &[TriggerResult] {
        &self.current.triggers
    }

    /// Whether the result of a decision depends on how the law is read.
    pub(crate) fn is_disputed(&self, decision: u32) -> bool {
        self.disputed.binary_search(&decision).is_ok()
    }

    /// What came of a decision under each way to read the law that makes a difference to what it looks at. Only readings
    /// that were really read on the way to it count; there is one entry, without alternatives, when none was.
    pub(crate) fn readings_of(&self, decision: u32) -> Vec<ReadAs> {
        let mut all: Vec<ReadAs> = Vec::new();
        for way in &self.ways {
            let touched = at(&way.touched, decision).copied().unwrap_or(0);
            let read = (0_u32..).zip(&way.chosen).filter(|(reading, _)| touched & bit(*reading) != 0);
            let alternatives: Vec<(u32, u32)> = read.map(|(reading, chosen)| (reading, *chosen)).collect();
            if !all.iter().any(|known| known.alternatives == alternatives) {
                let value = at(&way.values, decision).cloned().unwrap_or_default();
                all.push(ReadAs { alternatives, value });
            }
        }
        if all.is_empty() {
            all.push(ReadAs { alternatives: Vec::new(), value: self.value(decision).clone() });
        }
        all
    }
}

/// The missing facts inside a value, in ascending order.
pub(crate) fn missing_in(value: &Value) -> Vec<FactId> {
    Because::of(value).unknown().facts().to_vec()
}

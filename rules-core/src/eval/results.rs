//! What came of a case: a value and a state for every decision, and what its triggers do.

use super::kleene::{agreed, alike, exactly};
use super::ways::{OfDecision, Way, Ways};
use crate::program::{Program, Reads, State, Step, TriggerState, at};
use crate::value::Value;
use crate::value::order::sort_by;
use crate::value::unknown::{Because, FactId, Unknown};

/// Results of one case. Made once and filled again for every case, so that its buffers are used again.
#[derive(Debug, Default)]
pub(crate) struct Results {
    pub(super) current: Current,
    /// What came of each way to read the law, when there is more than one.
    pub(super) ways: Ways,
    /// Decisions whose value is not the same in all of them, in ascending order.
    disputed: Vec<u32>,
    /// Places among the triggers of those that are settled in each way and not the same in all.
    pub(super) unsettled: Vec<usize>,
    /// Memory for the triggers of one decision.
    pub(super) spare_triggers: Vec<TriggerResult>,
    /// What stood there before the way to read the law was changed, the newest last.
    replaced: Vec<Replaced>,
    /// Number of the change of way that is under way.
    change: u32,
    /// Whether triggers came to something else under some way.
    triggers_vary: bool,
    /// Parameters and readings as they were read last.
    last_read: (Vec<ParameterResult>, Vec<Value>),
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
    /// Of each decision, parameter and reading.
    traces: [Vec<Trace>; 3],
    /// Of all decisions of triggers.
    pub(super) triggers: Vec<TriggerResult>,
}

/// How a step hangs on the readings of the law.
#[derive(Clone, Copy, Debug, Default)]
struct Trace {
    /// Readings that were read on the way to it, as bits.
    touched: u64,
    /// The change of way in which it came to something else than before.
    changed: u32,
}

/// What a step had come to before the way to read the law was changed.
#[derive(Debug)]
pub(super) struct Replaced {
    step: Step,
    value: Value,
    period: Option<u32>,
    touched: u64,
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

/// Which of the three lists of traces a step has its own in, and where.
fn kind_of(step: Step) -> (usize, u32) {
    match step {
        Step::Decision(number) => (0, number),
        Step::Parameter(number) => (1, number),
        Step::Reading(number) => (2, number),
    }
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
            for (traces, count) in current.traces.iter_mut().zip([decisions, parameters, readings]) {
                traces.clear();
                traces.resize(count, Trace::default());
            }
            self.change = 0;
            self.triggers_vary = false;
            self.replaced.clear();
            self.ways.clear();
        }
        current.triggers.clear();
        self.disputed.clear();
        self.unsettled.clear();
    }

    fn trace(&self, step: Step) -> Option<&Trace> {
        let (kind, number) = kind_of(step);
        at(self.current.traces.get(kind)?, number)
    }

    fn trace_mut(&mut self, step: Step) -> Option<&mut Trace> {
        let (kind, number) = kind_of(step);
        self.current.traces.get_mut(kind)?.get_mut(usize::try_from(number).ok()?)
    }

    /// Readings that were read on the way to a step.
    #[inline]
    pub(super) fn touched(&self, step: Step) -> u64 {
        self.trace(step).map_or(0, |trace| trace.touched)
    }

    /// Keeps which readings were read on the way to a step.
    pub(super) fn touch(&mut self, step: Step, readings: u64) {
        if let Some(trace) = self.trace_mut(step) {
            trace.touched = readings;
        }
    }

    /// Puts in what came of the triggers of a decision; what was there goes into `triggers`.
    pub(super) fn replace_triggers(&mut self, decision: u32, triggers: &mut Vec<TriggerResult>) {
        let all = &mut self.current.triggers;
        match all.iter().position(|trigger| trigger.decision == decision) {
            Some(first) => {
                all.iter_mut().skip(first).zip(triggers).for_each(|(slot, trigger)| std::mem::swap(slot, trigger));
            }
            None => all.append(triggers),
        }
    }

    fn slot(&mut self, step: Step) -> Option<&mut Value> {
        let current = &mut self.current;
        let (_, number) = kind_of(step);
        let place = usize::try_from(number).ok()?;
        match step {
            Step::Decision(_) => current.values.get_mut(place),
            Step::Parameter(_) => current.parameters.get_mut(place).map(|parameter| &mut parameter.value),
            Step::Reading(_) => current.readings.get_mut(place),
        }
    }

    fn swap_period(&mut self, step: Step, period: &mut Option<u32>) {
        if let Step::Parameter(number) = step
            && let Some(parameter) = self.current.parameters.get_mut(usize::try_from(number).unwrap_or(usize::MAX))
        {
            std::mem::swap(&mut parameter.period, period);
        }
    }

    /// Takes out what a step has come to, so that it can be evaluated again.
    pub(super) fn take(&mut self, step: Step) -> Replaced {
        let value = self.slot(step).map(std::mem::take).unwrap_or_default();
        let mut period = None;
        self.swap_period(step, &mut period);
        Replaced { step, value, period, touched: self.touched(step), triggers: Vec::new() }
    }

    /// Begins a change of the way to read the law.
    pub(super) fn begin_change(&mut self) {
        self.change = self.change.saturating_add(1);
    }

    /// Keeps what a step had come to before, unless it has come to exactly the same again.
    pub(super) fn keep_replaced(&mut self, mut before: Replaced) {
        if self.triggers_differ(before.step) {
            self.triggers_vary = true;
            before.triggers = std::mem::take(&mut self.spare_triggers);
        }
        self.spare_triggers.clear();
        let same = self.touched(before.step) == before.touched
            && before.triggers.is_empty()
            && self.slot(before.step).is_some_and(|value| exactly(value, &before.value))
            && self.period(before.step) == before.period;
        if same {
            // The very mark that was there stays there.
            return self.put_back(before);
        }
        let change = self.change;
        if let Some(trace) = self.trace_mut(before.step) {
            trace.changed = change;
        }
        self.replaced.push(before);
    }

    /// Whether the triggers of a decision are not exactly those that they have replaced.
    fn triggers_differ(&self, step: Step) -> bool {
        let Step::Decision(decision) = step else { return false };
        let now = self.current.triggers.iter().filter(|trigger| trigger.decision == decision);
        now.zip(&self.spare_triggers).any(|(now, before)| {
            now.state != before.state
                || !exactly(&now.condition, &before.condition)
                || !exactly(&now.deadline, &before.deadline)
        })
    }

    fn period(&self, step: Step) -> Option<u32> {
        if let Step::Parameter(number) = step { self.parameter(number)?.period } else { None }
    }

    fn put_back(&mut self, mut before: Replaced) {
        self.swap_period(before.step, &mut before.period);
        if let Some(slot) = self.slot(before.step) {
            *slot = before.value;
        }
        self.touch(before.step, before.touched);
        if let (Step::Decision(decision), false) = (before.step, before.triggers.is_empty()) {
            self.replace_triggers(decision, &mut before.triggers);
        }
    }

    /// How much has been replaced so far.
    pub(super) fn replaced(&self) -> usize {
        self.replaced.len()
    }

    /// Puts everything back that was replaced since there was so much.
    pub(super) fn undo(&mut self, so_much: usize) {
        while self.replaced.len() > so_much
            && let Some(before) = self.replaced.pop()
        {
            self.put_back(before);
        }
    }

    /// Whether something that is read has come to something else in this change of way.
    pub(super) fn any_changed(&self, reads: &Reads) -> bool {
        let [decisions, parameters, readings] = &self.current.traces;
        let changed = |traces: &[Trace], numbers: &[u32]| {
            numbers.iter().any(|number| at(traces, *number).is_some_and(|trace| trace.changed == self.change))
        };
        changed(readings, &reads.readings)
            || changed(parameters, &reads.parameters)
            || changed(decisions, &reads.decisions)
    }

    /// Puts the triggers in the order of the decisions and of priority.
    pub(super) fn sort_triggers(&mut self) {
        let triggers = &mut self.current.triggers;
        if !triggers.is_sorted_by_key(|trigger| (trigger.decision, trigger.trigger)) {
            sort_by(triggers, |left, right| (left.decision, left.trigger).cmp(&(right.decision, right.trigger)));
        }
    }

    /// Keeps what came of the readings that are chosen now; the `only` way there is stands in the results anyway.
    pub(super) fn keep_way(&mut self, only: bool) {
        let (current, ways) = (&self.current, &mut self.ways);
        ways.add(&current.chosen, only);
        if only {
            return;
        }
        let Some(way) = ways.last_way() else { return };
        let [decisions, ..] = &current.traces;
        for ((decision, trace), value) in (0_u32..).zip(decisions).zip(&current.values) {
            // What never changed is still what it is in the first way.
            if trace.changed > 0 {
                way.values.push(OfDecision { decision, value: value.clone(), touched: trace.touched });
            }
        }
        way.triggers.clear();
        if self.triggers_vary {
            way.triggers.extend_from_slice(&current.triggers);
        }
    }

    /// Readings that any decision has read.
    pub(super) fn read(&self) -> u64 {
        let [decisions, ..] = &self.current.traces;
        decisions.iter().fold(0, |read, trace| read | trace.touched)
    }

    /// Keeps the parameters and readings that are chosen now.
    pub(super) fn keep_read(&mut self) {
        self.last_read.0.clone_from(&self.current.parameters);
        self.last_read.1.clone_from(&self.current.readings);
    }

    /// Puts in the parameters and readings that were kept.
    pub(super) fn restore_read(&mut self) {
        std::mem::swap(&mut self.last_read.0, &mut self.current.parameters);
        std::mem::swap(&mut self.last_read.1, &mut self.current.readings);
    }

    /// Puts what all ways agree on in place of the first way's results.
    pub(super) fn merge(&mut self) {
        if self.ways.different().len() < 2 {
            return;
        }
        let Current { values, traces: [decisions, ..], .. } = &mut self.current;
        for ((decision, trace), value) in (0_u32..).zip(decisions).zip(values).filter(|((_, of), _)| of.changed > 0) {
            let ways = self.ways.different().iter().map(|way| way.of(decision).map_or(&*value, |of| &of.value));
            let merged = agreed(ways.clone(), &Unknown::default());
            if ways.clone().zip(ways.skip(1)).any(|(left, right)| !alike(left, right)) {
                self.ways.complete(decision, value, trace.touched);
                self.disputed.push(decision);
            }
            *value = merged;
        }
        if self.triggers_vary {
            self.merge_triggers();
        }
    }

    /// The same for the triggers.
    fn merge_triggers(&mut self) {
        let ways = self.ways.different();
        for (place, merged) in self.current.triggers.iter_mut().enumerate() {
            let first = merged.clone();
            let of_each = || ways.iter().map(|way| way.triggers.get(place).unwrap_or(&first));
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

    /// Whether a decision or a trigger comes to something else with this alternative of a reading than with another,
    /// everything else being read alike.
    pub(crate) fn tells(&self, reading: u32, alternative: u32) -> bool {
        let triggers = |way: &'_ Way| match way.triggers.as_slice() {
            [] => self.current.triggers.clone(),
            some => some.to_vec(),
        };
        let other_trigger = |(one, other): (&TriggerResult, &TriggerResult)| {
            one.state != other.state || !alike(&one.deadline, &other.deadline)
        };
        self.ways.pairs(reading, alternative).any(|(one, other)| {
            let values = |decision: &u32| Some((&one.of(*decision)?.value, &other.of(*decision)?.value));
            self.disputed.iter().filter_map(values).any(|(one, other)| !alike(one, other))
                || self.triggers_vary && triggers(one).iter().zip(&triggers(other)).any(other_trigger)
        })
    }

    /// Whether some decision has read a reading of the law.
    pub(crate) fn is_read(&self, reading: u32) -> bool {
        self.read() & bit(reading) != 0
    }

    /// What came of a decision under each way to read the law that makes a difference to what it looks at. Only readings
    /// that were really read on the way to it count; there is one entry, without alternatives, when none was.
    pub(crate) fn readings_of(&self, decision: u32) -> Vec<ReadAs> {
        let mut all: Vec<ReadAs> = Vec::new();
        for (way, chosen) in self.ways.all() {
            let of_way = way.and_then(|way| way.of(decision));
            let touched = of_way.map_or_else(|| self.touched(Step::Decision(decision)), |of| of.touched);
            let read = (0_u32..).zip(chosen).filter(|(reading, _)| touched & bit(*reading) != 0);
            let alternatives: Vec<(u32, u32)> = read.map(|(reading, chosen)| (reading, *chosen)).collect();
            if !all.iter().any(|known| known.alternatives == alternatives) {
                let value = of_way.map_or_else(|| self.value(decision), |of| &of.value).clone();
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

//! Decides a case: every step of the program once, and those on which a reading of the law tells once more for each
//! alternative that comes to something different.

use super::case::Case;
use super::kleene::unknown_without_facts;
use super::limits::LimitExceeded;
use super::machine::{Frame, Run};
use super::observer::Observer;
use super::results::Results;
use crate::program::{Decision, Logic, Program, Step};
use crate::value::Value;

/// Decides `case` and puts what came of it into `results`.
///
/// # Errors
/// When it takes more work than one case is allowed; `results` then mean nothing.
pub(crate) fn decide<O: Observer>(
    program: &Program,
    case: &Case,
    results: &mut Results,
    observer: &mut O,
) -> Result<(), LimitExceeded> {
    results.begin(program);
    let run = Run::new(program, case, observer);
    let pack_in_force = program.in_force.as_ref().map(|in_force| run.machine(results).in_force(in_force));
    let mut deciding = Deciding { run, pack_in_force: None };
    deciding.pack_in_force = pack_in_force.filter(|holds| !matches!(holds, Value::Boolean(true)));
    for (number, step) in program.steps.iter().enumerate() {
        deciding.step(*step, number >= program.settled_steps, results);
    }
    results.sort_triggers();
    if program.combinations > 1 {
        let open = program.steps.get(program.settled_steps..).unwrap_or_default();
        deciding.read_otherwise(open, results);
        results.merge();
        deciding.interim_deadlines(results);
    }
    deciding.run.limits.check()
}

/// One case being decided, step by step.
pub(super) struct Deciding<'r, O> {
    pub(super) run: Run<'r, O>,
    /// Whether the pack as a whole holds, unless it certainly does.
    pack_in_force: Option<Value>,
}

impl<O: Observer> Deciding<'_, O> {
    /// Evaluates one step and keeps what came of it; of an `open` one also which readings it has read.
    #[inline(always)]
    pub(super) fn step(&self, step: Step, open: bool, results: &mut Results) {
        self.run.touched.set(0);
        self.run.tracks.set(open);
        match step {
            Step::Parameter(number) => {
                let Some(parameter) = self.run.program.parameter(number) else { return };
                let result = self.run.machine(results).parameter(parameter);
                put(&mut results.current.parameters, number, result);
            }
            Step::Reading(number) => {
                let value = self.reading(number, results);
                put(&mut results.current.readings, number, value);
            }
            Step::Decision(number) => {
                let Some(decision) = self.run.program.decision(number) else { return };
                let plain = if self.pack_in_force.is_none() {
                    self.run.machine(results).plainly_decided(decision)
                } else {
                    None
                };
                match plain {
                    Some(value) => {
                        self.run.limits.write(&value, 1);
                        put(&mut results.current.values, number, value);
                    }
                    None => self.decision(number, decision, results),
                }
            }
        }
        if open {
            results.touch(step, self.run.touched.get());
        }
    }

    fn reading(&self, number: u32, results: &Results) -> Value {
        let reading = self.run.program.reading(number);
        let chosen = usize::try_from(number).ok().and_then(|number| results.current.chosen.get(number));
        let chosen = chosen.and_then(|chosen| usize::try_from(*chosen).ok()).unwrap_or(0);
        let alternative = reading.and_then(|reading| reading.alternatives.get(chosen));
        alternative
            .map(|alternative| self.run.machine(results).value(&alternative.value, &Frame::EMPTY))
            .unwrap_or_default()
    }

    /// Evaluates a decision, its gates and triggers too.
    fn decision(&self, number: u32, decision: &Decision, results: &mut Results) {
        let mut triggers = std::mem::take(&mut results.spare_triggers);
        let machine = self.run.machine(results);
        machine.tell(|observer| observer.begin(number));
        let value = machine.decide(number, decision, self.pack_in_force.as_ref(), &mut triggers);
        // Records and explanations write the value down.
        self.run.limits.write(&value, 1);
        machine.tell(|observer| observer.end(number));
        put(&mut results.current.values, number, value);
        if !triggers.is_empty() {
            results.replace_triggers(number, &mut triggers);
        }
        results.spare_triggers = triggers;
    }

    /// The interim deadlines of triggers that cannot be told only because the ways to read the law differ.
    fn interim_deadlines(&self, results: &mut Results) {
        for place in std::mem::take(&mut results.unsettled) {
            let Some(trigger) = results.triggers().get(place) else { continue };
            let Some(Logic::Triggers(all)) = self.run.program.decision(trigger.decision).map(|of| &of.logic) else {
                continue;
            };
            let interim = usize::try_from(trigger.trigger).ok().and_then(|number| all.get(number)?.interim.as_ref());
            let Some(deadline) = interim.and_then(|interim| interim.deadline.as_ref()) else { continue };
            self.run.touched.set(0);
            self.run.tracks.set(true);
            let value = self.run.machine(results).value(deadline, &Frame::EMPTY);
            // One that itself rests on a reading is as open as the trigger.
            let value = if self.run.touched.get() == 0 { value } else { unknown_without_facts() };
            if let Some(trigger) = results.current.triggers.get_mut(place) {
                trigger.deadline = value;
            }
        }
    }
}

pub(super) fn put<T>(slots: &mut [T], number: u32, value: T) {
    if let Some(slot) = slots.get_mut(usize::try_from(number).unwrap_or(usize::MAX)) {
        *slot = value;
    }
}

//! Decides a case: every step of the program once, and those that a reading of the law touches once for each combination.

use std::cell::RefCell;

use super::case::Case;
use super::limits::{LimitExceeded, Limits};
use super::machine::{Frame, Machine};
use super::observer::{Observer, Silent};
use super::results::{Combination, Results, TriggerResult};
use crate::program::{Node, Program, Step};
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
    let as_of = case.as_of().map_or(Value::Null, Value::Date);
    results.begin(program);
    let mut run = Run {
        program,
        case,
        as_of: &as_of,
        observer: RefCell::new(observer),
        limits: Limits::new(),
        pack_in_force: None,
    };
    run.pack_in_force = program.in_force.as_ref().map(|in_force| run.machine(results).in_force(in_force));
    let (settled, open) = program.steps.split_at_checked(program.settled_steps).unwrap_or((&program.steps, &[]));
    for step in settled {
        run.step(*step, 0, results);
    }
    if program.combinations <= 1 {
        open.iter().for_each(|step| run.step(*step, 0, results));
        return run.limits.check();
    }
    let before = results.triggers.len();
    let mut triggers: Vec<Vec<TriggerResult>> = Vec::new();
    for number in 0..program.combinations {
        open.iter().for_each(|step| run.step(*step, number, results));
        run.limits.check()?;
        triggers.push(results.triggers.split_off(before));
        results.combinations.push(Combination { number, values: results.values.clone() });
    }
    results.merge(open);
    results.merge_triggers(&triggers);
    run.limits.check()
}

/// The value of a node that reads nothing of a case; `None` when it takes too much work.
pub(crate) fn constant(program: &Program, node: &Node) -> Option<Value> {
    let (case, results, limits) = (Case::new(program), Results::default(), Limits::new());
    let mut silent = Silent;
    let observer = RefCell::new(&mut silent);
    let as_of = Value::Null;
    let machine =
        Machine { program, case: &case, as_of: &as_of, results: &results, limits: &limits, observer: &observer };
    let value = machine.value(node, &Frame::EMPTY);
    limits.check().ok().map(|()| value)
}

/// One case being decided.
struct Run<'r, O> {
    program: &'r Program,
    case: &'r Case,
    as_of: &'r Value,
    observer: RefCell<&'r mut O>,
    limits: Limits,
    /// Whether the pack as a whole holds, when it says when it does.
    pack_in_force: Option<Value>,
}

impl<'r, O: Observer> Run<'r, O> {
    fn machine<'m>(&'m self, results: &'m Results) -> Machine<'m, 'r, O> {
        Machine {
            program: self.program,
            case: self.case,
            as_of: self.as_of,
            results,
            limits: &self.limits,
            observer: &self.observer,
        }
    }

    /// Evaluates one step and keeps what came of it.
    fn step(&self, step: Step, combination: u32, results: &mut Results) {
        match step {
            Step::Parameter(number) => {
                let Some(parameter) = self.program.parameter(number) else { return };
                let result = self.machine(results).parameter(parameter);
                put(&mut results.parameters, number, result);
            }
            Step::Reading(number) => {
                let chosen = self.program.alternatives_of(combination);
                let alternative = usize::try_from(number).ok().and_then(|number| chosen.get(number).copied());
                let Some(alternative) = alternative else { return };
                let value = self.machine(results).value(&alternative.value, &Frame::EMPTY);
                put(&mut results.readings, number, value);
            }
            Step::Decision(number) => {
                let Some(decision) = self.program.decision(number) else { return };
                let machine = self.machine(results);
                machine.tell(|observer| observer.begin(number, combination));
                let mut triggers = Vec::new();
                let value = machine.decide(number, decision, self.pack_in_force.as_ref(), &mut triggers);
                machine.tell(|observer| observer.end(number));
                results.triggers.append(&mut triggers);
                put(&mut results.values, number, value);
            }
        }
    }
}

fn put<T>(slots: &mut [T], number: u32, value: T) {
    if let Some(slot) = slots.get_mut(usize::try_from(number).unwrap_or(usize::MAX)) {
        *slot = value;
    }
}

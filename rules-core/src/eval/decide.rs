//! Decides a case: every step of the program once, and those that read a reading of the law once for each alternative.

use std::cell::{Cell, RefCell};

use super::case::Case;
use super::limits::{LimitExceeded, Limits};
use super::machine::{Frame, Machine};
use super::observer::{Observer, Silent};
use super::results::{Results, bit};
use crate::program::{Decision, Node, Program, Step};
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
        touched: Cell::new(0),
    };
    let pack_in_force = program.in_force.as_ref().map(|in_force| run.machine(results, false).in_force(in_force));
    run.pack_in_force = pack_in_force.filter(|holds| !matches!(holds, Value::Boolean(true)));
    let (settled, open) = program.steps.split_at_checked(program.settled_steps).unwrap_or((&program.steps, &[]));
    settled.iter().for_each(|step| run.step(*step, false, results));
    open.iter().for_each(|step| run.step(*step, true, results));
    results.sort_triggers();
    if program.combinations > 1 {
        run.branch(open, 0, results);
        results.merge(open);
    }
    run.limits.check()
}

/// The value of a node that reads nothing of a case; `None` when it takes too much work.
pub(crate) fn constant(program: &Program, node: &Node) -> Option<Value> {
    let (case, results) = (Case::new(program), Results::default());
    let mut silent = Silent;
    let as_of = Value::Null;
    let run = Run {
        program,
        case: &case,
        as_of: &as_of,
        observer: RefCell::new(&mut silent),
        limits: Limits::new(),
        pack_in_force: None,
        touched: Cell::new(0),
    };
    let value = run.machine(&results, false).value(node, &Frame::EMPTY);
    run.limits.check().ok().map(|()| value)
}

/// One case being decided.
struct Run<'r, O> {
    program: &'r Program,
    case: &'r Case,
    as_of: &'r Value,
    observer: RefCell<&'r mut O>,
    limits: Limits,
    /// Whether the pack as a whole holds, unless it certainly does.
    pack_in_force: Option<Value>,
    /// Readings that the step at hand has read, as bits.
    touched: Cell<u64>,
}

impl<'r, O: Observer> Run<'r, O> {
    fn machine<'m>(&'m self, results: &'m Results, open: bool) -> Machine<'m, 'r, O> {
        Machine {
            program: self.program,
            case: self.case,
            as_of: self.as_of,
            results,
            limits: &self.limits,
            observer: &self.observer,
            touched: open.then_some(&self.touched),
        }
    }

    /// Evaluates one step and keeps what came of it; of an `open` one also which readings it has read.
    #[inline]
    fn step(&self, step: Step, open: bool, results: &mut Results) {
        self.touched.set(0);
        match step {
            Step::Parameter(number) => {
                let Some(parameter) = self.program.parameter(number) else { return };
                let result = self.machine(results, open).parameter(parameter);
                put(&mut results.current.parameters, number, result);
            }
            Step::Reading(number) => {
                let value = self.reading(number, results);
                put(&mut results.current.readings, number, value);
            }
            Step::Decision(number) => {
                let Some(decision) = self.program.decision(number) else { return };
                let plain = match self.pack_in_force {
                    None if !decision.is_gated() => self.machine(results, open).plain_logic(decision),
                    _ => None,
                };
                match plain {
                    Some(value) => {
                        self.limits.walk([&value]);
                        put(&mut results.current.values, number, value);
                    }
                    None => self.decision(number, decision, open, results),
                }
            }
        }
        if open {
            results.touch(step, self.touched.get());
        }
    }

    fn reading(&self, number: u32, results: &Results) -> Value {
        let reading = self.program.reading(number);
        let chosen = usize::try_from(number).ok().and_then(|number| results.current.chosen.get(number));
        let chosen = chosen.and_then(|chosen| usize::try_from(*chosen).ok()).unwrap_or(0);
        let alternative = reading.and_then(|reading| reading.alternatives.get(chosen));
        alternative
            .map(|alternative| self.machine(results, true).value(&alternative.value, &Frame::EMPTY))
            .unwrap_or_default()
    }

    /// Evaluates a decision, its gates and triggers too.
    fn decision(&self, number: u32, decision: &Decision, open: bool, results: &mut Results) {
        let mut triggers = std::mem::take(&mut results.spare_triggers);
        let machine = self.machine(results, open);
        machine.tell(|observer| observer.begin(number));
        let value = machine.decide(number, decision, self.pack_in_force.as_ref(), &mut triggers);
        // Records and explanations write the value down.
        self.limits.walk([&value]);
        machine.tell(|observer| observer.end(number));
        put(&mut results.current.values, number, value);
        if !triggers.is_empty() {
            results.replace_triggers(number, &mut triggers);
        }
        results.spare_triggers = triggers;
    }

    /// Goes through the alternatives of every reading that was read and is not `fixed` yet, and evaluates again only what
    /// has read it.
    fn branch(&self, open: &[Step], fixed: u64, results: &mut Results) {
        let read = open.iter().fold(0, |read, step| match step {
            Step::Decision(_) => read | results.touched(*step),
            Step::Parameter(_) | Step::Reading(_) => read,
        });
        let several = |(_, reading): &(u32, &crate::program::Reading)| reading.alternatives.len() > 1;
        let mut readings = (0_u32..).zip(&self.program.readings).filter(several);
        let Some((number, reading)) = readings.find(|(number, _)| read & !fixed & bit(*number) != 0) else {
            results.keep_way();
            return;
        };
        let before = results.current.clone();
        for alternative in (0_u32..).take(reading.alternatives.len()) {
            if alternative > 0 {
                results.current.clone_from(&before);
                put(&mut results.current.chosen, number, alternative);
                for step in open {
                    if *step == Step::Reading(number) || results.touched(*step) & bit(number) != 0 {
                        self.step(*step, true, results);
                    }
                }
            }
            if self.limits.check().is_err() {
                return;
            }
            self.branch(open, fixed | bit(number), results);
        }
    }
}

fn put<T>(slots: &mut [T], number: u32, value: T) {
    if let Some(slot) = slots.get_mut(usize::try_from(number).unwrap_or(usize::MAX)) {
        *slot = value;
    }
}

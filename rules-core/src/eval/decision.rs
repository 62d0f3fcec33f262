//! One decision: whether it is in force and applies, and then its logic; parameters and triggers with it.

use super::kleene::{agreed, unknown_without_facts};
use super::machine::{Frame, Machine, truth};
use super::observer::Observer;
use super::results::{ParameterResult, TriggerResult};
use crate::builtins::Reason;
use crate::program::{Decision, InForce, Logic, Node, Parameter, Trigger, TriggerState};
use crate::value::unknown::{Marks, Unknown};
use crate::value::{Date, Value, text};

/// Whether a decision is reached at all.
#[derive(Default)]
struct Gates {
    /// What is not known, and what the decision is if it turns out false; the outermost first.
    open: Vec<(Value, Value)>,
    /// What the decision is because one of the gates, inside the open ones, is closed.
    closed: Option<Value>,
}

impl<O: Observer> Machine<'_, '_, O> {
    /// The value of a decision. What came of its triggers, if it has any, is added to `triggers`.
    pub(super) fn decide(
        self,
        number: u32,
        decision: &Decision,
        pack_in_force: Option<&Value>,
        triggers: &mut Vec<TriggerResult>,
    ) -> Value {
        if pack_in_force.is_none() && !decision.is_gated() {
            // A silent run has tried the plain way already.
            let plain = if O::RECORDS { self.plain_logic(decision) } else { None };
            return plain.unwrap_or_else(|| self.logic(number, decision, triggers));
        }
        let gates = self.gates(decision, pack_in_force);
        let mut value = match &gates.closed {
            Some(mark) => {
                if let Logic::Triggers(all) = &decision.logic {
                    triggers.extend((0..).zip(all).map(|(place, _)| TriggerResult::silent(number, place, mark)));
                }
                mark.clone()
            }
            None => self.plain_logic(decision).unwrap_or_else(|| self.logic(number, decision, triggers)),
        };
        for (holds, otherwise) in gates.open.iter().rev() {
            if let Value::Unknown(because) = holds {
                value = agreed([&value, otherwise], because);
                triggers.iter_mut().for_each(|trigger| trigger.hang_on(holds));
            }
        }
        value
    }

    fn gates(self, decision: &Decision, pack_in_force: Option<&Value>) -> Gates {
        let mut gates = Gates::default();
        let own = decision.in_force.as_ref().map(|in_force| self.in_force(in_force));
        for holds in [pack_in_force.cloned(), own].into_iter().flatten() {
            match holds {
                Value::Boolean(true) => {}
                Value::Unknown(_) => gates.open.push((holds, Value::NotInForce)),
                closed => {
                    gates.closed = Some(closed);
                    return gates;
                }
            }
        }
        if let Some(applies) = &decision.applies_when {
            let plain = self.plain(applies, &Frame::EMPTY).map(Value::Boolean);
            match plain.unwrap_or_else(|| self.yes_or_no(self.value(applies, &Frame::EMPTY), "`applies_when`")) {
                Value::Boolean(true) => {}
                Value::Boolean(false) => gates.closed = Some(Value::NotApplicable),
                unknown @ Value::Unknown(_) => gates.open.push((unknown, Value::NotApplicable)),
                mark => gates.closed = Some(mark),
            }
        }
        gates
    }

    fn logic(self, number: u32, decision: &Decision, triggers: &mut Vec<TriggerResult>) -> Value {
        let value = match &decision.logic {
            Logic::Criterion(node) => {
                return self.yes_or_no(self.value(node, &Frame::EMPTY), "the criterion");
            }
            Logic::Group { rule, members } => return self.group(*rule, members),
            Logic::Triggers(all) => return self.triggers(number, all, triggers),
            // Others call it; it is never evaluated by itself.
            Logic::Function => return Value::Null,
            Logic::Expression(node) => self.value(node, &Frame::EMPTY),
            Logic::Table(table) => self.table(table, &Frame::EMPTY),
        };
        match &decision.declared_type {
            Some(declared) => self.coerced(value, declared),
            None => value,
        }
    }

    /// A truth value or a mark. Null cannot be told, and the observer hears why.
    fn yes_or_no(self, value: Value, what: &'static str) -> Value {
        match value {
            Value::Boolean(_) => value,
            mark if mark.is_mark() => mark.passed_on(),
            other => {
                if !other.is_null() {
                    self.null(&Reason(format!("{what} is {}", text::kind(&other)).into()));
                }
                truth(other)
            }
        }
    }

    /// Whether something holds at the date that decides it: true, not in force, or the mark of that date.
    pub(super) fn in_force(self, in_force: &InForce) -> Value {
        let mut space = Value::Null;
        match date_of(self.operand(&in_force.basis, &Frame::EMPTY, &mut space)) {
            Ok(date) if in_force.period.holds(date) => Value::Boolean(true),
            Ok(_) => Value::NotInForce,
            Err(Some(mark)) => mark,
            Err(None) => {
                self.null(&Reason("the date that says whether the rule is in force is null".into()));
                unknown_without_facts()
            }
        }
    }

    /// A parameter at the date that picks its period.
    pub(super) fn parameter(self, parameter: &Parameter) -> ParameterResult {
        if let (Node::AsOf, Value::Date(as_of)) = (&parameter.basis, &self.run.as_of) {
            return at_date(parameter, *as_of);
        }
        let mut space = Value::Null;
        let date = match date_of(self.operand(&parameter.basis, &Frame::EMPTY, &mut space)) {
            Ok(date) => date,
            // Whatever the date is, it may lie outside every period.
            Err(Some(Value::Unknown(unknown))) => {
                return ParameterResult { value: Value::Unknown(unknown.or_left_out().into()), period: None };
            }
            Err(Some(value)) => return ParameterResult { value, period: None },
            Err(None) => {
                self.null(&Reason("the date that picks the period of a parameter is null".into()));
                return ParameterResult { value: unknown_without_facts(), period: None };
            }
        };
        at_date(parameter, date)
    }

    /// The names of the triggers that fire, once each of them is settled.
    fn triggers(self, decision: u32, all: &[Trigger], results: &mut Vec<TriggerResult>) -> Value {
        let mut fired = Vec::new();
        let mut unknown = Marks::default();
        for (place, trigger) in (0_u32..).zip(all) {
            let result = self.trigger(decision, place, trigger);
            match result.state {
                TriggerState::Fires => fired.push(Value::String(trigger.name.clone())),
                TriggerState::DoesNotFire => {}
                TriggerState::CannotTell => {
                    unknown.note(&result.condition);
                }
            }
            results.push(result);
        }
        unknown.into_mark().unwrap_or_else(|| Value::list(fired))
    }

    /// What one trigger does. A deadline that lacks a fact leaves the trigger firing.
    fn trigger(self, decision: u32, place: u32, trigger: &Trigger) -> TriggerResult {
        let plain = self.plain(&trigger.when, &Frame::EMPTY).map(Value::Boolean);
        let condition = plain.unwrap_or_else(|| {
            self.yes_or_no(self.value(&trigger.when, &Frame::EMPTY), "the condition of the trigger")
        });
        let (state, deadline) = match condition {
            Value::Boolean(true) => (TriggerState::Fires, trigger.deadline.as_ref()),
            Value::Unknown(_) => {
                let interim = trigger.interim.as_ref();
                (TriggerState::CannotTell, interim.and_then(|interim| interim.deadline.as_ref()))
            }
            // False, or a condition that does not apply or is not in force.
            _ => (TriggerState::DoesNotFire, None),
        };
        let deadline = deadline.map(|node| self.value(node, &Frame::EMPTY)).unwrap_or_default();
        TriggerResult { decision, trigger: place, state, condition, deadline }
    }
}

/// A parameter in the period that a date lies in.
fn at_date(parameter: &Parameter, date: Date) -> ParameterResult {
    let found = (0_u32..).zip(&parameter.periods).find(|(_, period)| period.period.holds(date));
    match found {
        Some((place, period)) => ParameterResult { value: period.value.clone(), period: Some(place) },
        None => ParameterResult { value: Value::NotInForce, period: None },
    }
}

/// The date that a basis is, or the mark that it is, or neither.
fn date_of(basis: &Value) -> Result<Date, Option<Value>> {
    match basis {
        Value::Date(date) => Ok(*date),
        Value::DateTime(date_time) => Ok(date_time.date),
        mark if mark.is_mark() => Err(Some(mark.clone())),
        _ => Err(None),
    }
}

impl TriggerResult {
    /// A trigger of a decision that is not in force or does not apply.
    fn silent(decision: u32, trigger: u32, mark: &Value) -> Self {
        let state = TriggerState::DoesNotFire;
        Self { decision, trigger, state, condition: mark.clone(), deadline: Value::Null }
    }

    /// The same trigger where it is unknown whether its decision holds at all.
    fn hang_on(&mut self, holds: &Value) {
        if self.state == TriggerState::DoesNotFire {
            return;
        }
        self.state = TriggerState::CannotTell;
        let mut marks = Marks::default();
        marks.note(holds);
        marks.note(&self.condition);
        self.condition = marks.into_mark().unwrap_or_else(|| Value::Unknown(std::sync::Arc::new(Unknown::default())));
    }
}

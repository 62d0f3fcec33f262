//! What the cases of a pack should reach, each at least once: states, rows, triggers, periods, alternatives.
//!
//! Only what some case certainly can reach is here. A criterion on which no fact bears cannot be "cannot tell", one without
//! a period is never "not in force". What no case reaches although it stands in the pack is the checker's business.

use super::decision::{Decision, Logic, Reads, Trigger};
use super::node::{Node, Shortcut};
use super::parameter::{InForce, Parameter, ParameterPeriod};
use super::state::{State, TriggerState};
use super::{Program, Step};
use crate::value::Value;

/// Something that a case may reach. All numbers count in the program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Point {
    /// A decision has this state.
    State { decision: u32, state: State },
    /// A row of a decision's table matches for certain.
    Row { decision: u32, row: u32 },
    /// The default of a decision's table is taken for certain.
    Default { decision: u32 },
    /// A trigger has this state.
    Trigger { decision: u32, trigger: u32, state: TriggerState },
    /// A parameter is read in this period.
    Period { parameter: u32, period: u32 },
    /// A reading of the law makes a difference to some decision with this alternative.
    Alternative { reading: u32, alternative: u32 },
}

impl Program {
    /// Everything to be reached, in the order of the document: parameters, readings, and each decision with its states,
    /// rows and triggers.
    pub(crate) fn points(&self) -> Vec<Point> {
        let mut points = Vec::new();
        for (number, parameter) in (0..).zip(&self.parameters) {
            if self.steps.iter().any(|step| self.reads(*step).is_some_and(|reads| reads.parameters.contains(&number))) {
                let periods = (0..).zip(&parameter.periods).filter(|(_, period)| self.is_open(parameter, period));
                points.extend(periods.map(|(period, _)| Point::Period { parameter: number, period }));
            }
        }
        for (number, reading) in (0..).zip(&self.readings) {
            if reading.alternatives.len() > 1 && self.steps.contains(&Step::Reading(number)) {
                let alternatives = (0..).zip(&reading.alternatives);
                points.extend(alternatives.map(|(alternative, _)| Point::Alternative { reading: number, alternative }));
            }
        }
        for number in &self.listed {
            if let Some(decision) = self.decision(*number) {
                self.points_of(*number, decision, &mut points);
            }
        }
        points
    }

    fn points_of(&self, number: u32, decision: &Decision, points: &mut Vec<Point>) {
        points.extend(self.states(decision).into_iter().map(|state| Point::State { decision: number, state }));
        match &decision.logic {
            Logic::Table(table) => {
                points.extend((0..).zip(&table.rows).map(|(row, _)| Point::Row { decision: number, row }));
                points.extend(table.default.is_some().then_some(Point::Default { decision: number }));
            }
            Logic::Triggers(triggers) => {
                for (place, trigger) in (0..).zip(triggers) {
                    let states = self.trigger_states(trigger).into_iter();
                    points.extend(states.map(|state| Point::Trigger { decision: number, trigger: place, state }));
                }
            }
            Logic::Criterion(_) | Logic::Expression(_) | Logic::Group { .. } | Logic::Function => {}
        }
    }

    /// The states that a decision certainly can have.
    fn states(&self, decision: &Decision) -> Vec<State> {
        let mut states = match &decision.logic {
            Logic::Criterion(node) => {
                let may_be = self.may_be(node);
                let both = [(may_be.0, State::Met), (may_be.1, State::NotMet)];
                both.into_iter().filter_map(|(may_be, state)| may_be.then_some(state)).collect()
            }
            Logic::Group { .. } => vec![State::Met, State::NotMet],
            Logic::Expression(_) | Logic::Table(_) | Logic::Triggers(_) | Logic::Function => vec![State::Decided],
        };
        let cannot_tell = match &decision.logic {
            Logic::Triggers(triggers) => triggers.iter().any(|trigger| self.rests_on_facts(&trigger.when_reads)),
            _ => self.rests_on_facts(&decision.reads),
        };
        states.extend(cannot_tell.then_some(State::CannotTell));
        states.extend(self.may_not_apply(decision).then_some(State::NotApplicable));
        let ends = |in_force: &InForce| in_force.period.from.is_some() || in_force.period.to.is_some();
        let may_be_out = [&self.in_force, &decision.in_force].into_iter().flatten().any(ends);
        states.extend(may_be_out.then_some(State::NotInForce));
        states
    }

    fn trigger_states(&self, trigger: &Trigger) -> Vec<TriggerState> {
        let (fires, does_not) = self.may_be(&trigger.when);
        let mut states = Vec::new();
        states.extend(fires.then_some(TriggerState::Fires));
        states.extend(does_not.then_some(TriggerState::DoesNotFire));
        states.extend(self.rests_on_facts(&trigger.when_reads).then_some(TriggerState::CannotTell));
        states
    }

    /// Whether a condition may be true, and whether it may be false, as far as one sees that at once.
    fn may_be(&self, condition: &Node) -> (bool, bool) {
        let is = |wanted: bool| move |value: &Value| matches!(value, Value::Boolean(found) if *found == wanted);
        match condition {
            Node::Constant(value) => (is(true)(value), is(false)(value)),
            Node::Parameter(number) => {
                let periods = self.parameter(*number).map_or(&[][..], |parameter| &parameter.periods);
                let any = |wanted| periods.iter().any(|period| is(wanted)(&period.value));
                (any(true), any(false))
            }
            _ => (true, true),
        }
    }

    /// Whether a decision may not apply, whatever other decisions come to.
    fn may_not_apply(&self, decision: &Decision) -> bool {
        let by_itself = decision.applies_when.as_ref().is_some_and(|applies| !matches!(applies, Node::Constant(_)));
        let by_logic = match &decision.logic {
            Logic::Criterion(node) | Logic::Expression(node) => self.passes_on(node),
            // Which members or rows are left out together is more than one sees at once.
            Logic::Group { .. } | Logic::Table(_) | Logic::Triggers(_) | Logic::Function => false,
        };
        by_itself || by_logic
    }

    /// Whether a node does not apply where something that it always needs does not.
    fn passes_on(&self, node: &Node) -> bool {
        match node {
            Node::Fact(fact) | Node::Object(fact) => self.schema.fact(*fact).is_some_and(|fact| fact.may_not_apply),
            Node::Decision(number) => self.decision(*number).is_some_and(|decision| self.may_not_apply(decision)),
            Node::Negate(operand) => self.passes_on(operand),
            Node::Builtin(call) if call.shortcut == Shortcut::Not => call.arguments.iter().any(|of| self.passes_on(of)),
            Node::Compare(compare) => self.passes_on(&compare.left) || self.passes_on(&compare.right),
            Node::Arithmetic(of) => self.passes_on(&of.left) || self.passes_on(&of.right),
            Node::Between(of) => self.passes_on(&of.value),
            Node::In(of) => self.passes_on(&of.value),
            Node::If(of) => self.passes_on(&of.condition),
            _ => false,
        }
    }

    /// Whether any fact bears on what reads this.
    fn rests_on_facts(&self, reads: &Reads) -> bool {
        let mut steps: Vec<Step> = reads.steps().collect();
        let mut looked_at = 0;
        let mut found = !reads.facts.is_empty();
        while let (false, Some(step)) = (found, steps.get(looked_at).copied()) {
            looked_at += 1;
            let Some(reads) = self.reads(step) else { continue };
            found = !reads.facts.is_empty();
            for step in reads.steps() {
                if !steps.contains(&step) {
                    steps.push(step);
                }
            }
        }
        found
    }

    /// Whether a case can fall into a period of a parameter: not where the pack itself is not in force in it.
    fn is_open(&self, parameter: &Parameter, period: &ParameterPeriod) -> bool {
        match (&parameter.basis, &self.in_force) {
            (Node::AsOf, Some(InForce { period: whole, basis: Node::AsOf })) => period.period.overlaps(whole),
            _ => true,
        }
    }
}

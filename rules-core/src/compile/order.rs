//! What is evaluated, in which order, and which facts that takes.

use super::schema;
use crate::program::{Decision, Logic, Piece, Program, Reads, Reference, Step};

/// Fills in everything that follows from what reads what: steps, combinations, listed decisions, used facts. `every`
/// decision is evaluated, or only what the outcome, the layers and the decisions of triggers reach.
pub(super) fn arrange(program: &mut Program, every: bool, more_reads: &Reads) {
    let roots: Vec<u32> = (0_u32..)
        .zip(&program.decisions)
        .filter(|(number, decision)| {
            let named = *number == program.outcome || program.layers.iter().any(|(_, layer)| layer == number);
            every || named || matches!(decision.logic, Logic::Triggers(_))
        })
        .map(|(number, _)| number)
        .collect();
    let mut order = Order { program, done: Vec::new() };
    order.reads(more_reads);
    for root in roots {
        order.step(Step::Decision(root));
    }
    let steps = order.done;
    let touched = touched_by_readings(program, &steps);
    let is_touched = |step: &Step| touched.contains(step);
    let (open, settled): (Vec<Step>, Vec<Step>) = steps.iter().partition(|step| is_touched(step));
    program.settled_steps = settled.len();
    program.listed = (0_u32..)
        .zip(&program.decisions)
        .filter(|(number, decision)| {
            !matches!(decision.logic, Logic::Function(_)) && steps.contains(&Step::Decision(*number))
        })
        .map(|(number, _)| number)
        .collect();
    for (number, reading) in (0_u32..).zip(&mut program.readings) {
        reading.reached = steps.contains(&Step::Reading(number));
    }
    let counts = program.readings.iter().filter(|reading| reading.reached).map(|reading| reading.alternatives.len());
    program.combinations =
        counts.fold(1_u32, |all, count| all.saturating_mul(u32::try_from(count).unwrap_or(u32::MAX)));
    program.steps = settled.into_iter().chain(open).collect();
    use_facts(program, more_reads);
}

/// Walks through what a decision reads before the decision itself.
struct Order<'p> {
    program: &'p Program,
    done: Vec<Step>,
}

impl Order<'_> {
    fn step(&mut self, step: Step) {
        if self.done.contains(&step) {
            return;
        }
        let program = self.program;
        let Some(reads) = reads_of(program, step) else { return };
        self.reads(reads);
        // What is read may have led back here only through a circle, which the checker has refused.
        if !self.done.contains(&step) {
            self.done.push(step);
        }
    }

    fn reads(&mut self, reads: &Reads) {
        reads.parameters.iter().for_each(|number| self.step(Step::Parameter(*number)));
        reads.readings.iter().for_each(|number| self.step(Step::Reading(*number)));
        reads.decisions.iter().for_each(|number| self.step(Step::Decision(*number)));
    }
}

fn reads_of(program: &Program, step: Step) -> Option<&Reads> {
    match step {
        Step::Parameter(number) => program.parameter(number).map(|parameter| &parameter.reads),
        Step::Reading(number) => program.reading(number).map(|reading| &reading.reads),
        Step::Decision(number) => program.decision(number).map(|decision| &decision.reads),
    }
}

/// The steps that are, or read, or lead to a reading.
fn touched_by_readings(program: &Program, steps: &[Step]) -> Vec<Step> {
    let mut touched: Vec<Step> = Vec::new();
    for step in steps {
        let Some(reads) = reads_of(program, *step) else { continue };
        let through = |step: &Step| touched.contains(step);
        let is_touched = matches!(step, Step::Reading(_))
            || !reads.readings.is_empty()
            || reads.parameters.iter().any(|number| through(&Step::Parameter(*number)))
            || reads.decisions.iter().any(|number| through(&Step::Decision(*number)));
        if is_touched {
            touched.push(*step);
        }
    }
    touched
}

/// Marks the facts that an evaluated step reads or a sentence prints: their values are kept.
fn use_facts(program: &mut Program, more_reads: &Reads) {
    let mut used: Vec<u32> = more_reads.facts.clone();
    for step in &program.steps {
        used.extend(reads_of(program, *step).into_iter().flat_map(|reads| &reads.facts));
        if let Step::Decision(number) = step {
            used.extend(program.decision(*number).into_iter().flat_map(printed));
        }
    }
    let slots: Vec<u32> = used.iter().flat_map(|fact| schema::slots(&program.schema, *fact)).collect();
    for fact in slots {
        if let Some(fact) = program.schema.facts.get_mut(usize::try_from(fact).unwrap_or(usize::MAX)) {
            fact.used = true;
        }
    }
}

/// The facts that the sentences of a decision print.
fn printed(decision: &Decision) -> impl Iterator<Item = u32> {
    let templates = decision.texts.0.iter().flat_map(|(_, templates)| templates);
    let pieces = templates.flat_map(|template| &template.pieces);
    pieces.filter_map(|piece| if let Piece::Value(Reference::Fact(fact)) = piece { Some(*fact) } else { None })
}

//! What is evaluated, in which order, and which facts that takes.

use super::schema;
use crate::program::{Decision, Logic, Piece, Program, Reads, Reference, Step, Template};

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
    order.printed();
    let steps = order.done;
    let touched = touched_by_readings(program, &steps);
    let is_touched = |step: &Step| touched.contains(step);
    let (open, settled): (Vec<Step>, Vec<Step>) = steps.iter().partition(|step| is_touched(step));
    program.settled_steps = settled.len();
    program.listed = (0_u32..)
        .zip(&program.decisions)
        .filter(|(number, decision)| {
            !matches!(decision.logic, Logic::Function) && steps.contains(&Step::Decision(*number))
        })
        .map(|(number, _)| number)
        .collect();
    let readings = (0_u32..).zip(&program.readings).filter(|(number, _)| steps.contains(&Step::Reading(*number)));
    let counts = readings.map(|(_, reading)| u32::try_from(reading.alternatives.len()).unwrap_or(u32::MAX));
    program.combinations = counts.fold(1, u32::saturating_mul);
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
        let Some(reads) = program.reads(step) else { return };
        self.reads(reads);
        // What is read may have led back here only through a circle, which the checker has refused.
        if !self.done.contains(&step) {
            self.done.push(step);
        }
    }

    /// What the sentences of evaluated decisions print is evaluated too.
    fn printed(&mut self) {
        let program = self.program;
        let mut looked_at = 0;
        while let Some(step) = self.done.get(looked_at).copied() {
            looked_at += 1;
            let Step::Decision(number) = step else { continue };
            for reference in program.decision(number).into_iter().flat_map(printed) {
                match reference {
                    Reference::Parameter(number) => self.step(Step::Parameter(number)),
                    Reference::Reading(number) => self.step(Step::Reading(number)),
                    Reference::Decision(number) => self.step(Step::Decision(number)),
                    Reference::Fact(_) | Reference::AsOf => {}
                }
            }
        }
    }

    fn reads(&mut self, reads: &Reads) {
        reads.parameters.iter().for_each(|number| self.step(Step::Parameter(*number)));
        reads.readings.iter().for_each(|number| self.step(Step::Reading(*number)));
        reads.decisions.iter().for_each(|number| self.step(Step::Decision(*number)));
    }
}

/// The steps that are, or read, or lead to a reading.
fn touched_by_readings(program: &Program, steps: &[Step]) -> Vec<Step> {
    let mut touched: Vec<Step> = Vec::new();
    for step in steps {
        let Some(reads) = program.reads(*step) else { continue };
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
        used.extend(program.reads(*step).into_iter().flat_map(|reads| &reads.facts));
        if let Step::Decision(number) = step {
            let printed = program.decision(*number).into_iter().flat_map(printed);
            used.extend(printed.filter_map(|of| if let Reference::Fact(fact) = of { Some(fact) } else { None }));
        }
    }
    let slots: Vec<u32> = used.iter().flat_map(|fact| schema::slots(&program.schema, *fact)).collect();
    for fact in slots {
        if let Some(fact) = program.schema.facts.get_mut(usize::try_from(fact).unwrap_or(usize::MAX)) {
            fact.used = true;
        }
    }
}

/// What the sentences and actions of a decision print.
fn printed(decision: &Decision) -> Vec<Reference> {
    let mut templates: Vec<&Template> =
        decision.texts.0.iter().chain(&decision.citizen_texts.0).flat_map(|(_, templates)| templates).collect();
    if let Logic::Triggers(triggers) = &decision.logic {
        for trigger in triggers {
            templates.extend(trigger.action.iter().chain(&trigger.citizen_action));
            let interim = trigger.interim.iter();
            templates.extend(interim.flat_map(|interim| interim.action.iter().chain(&interim.citizen_action)));
        }
    }
    let pieces = templates.into_iter().flat_map(|template| &template.pieces);
    pieces.filter_map(|piece| if let Piece::Value(reference) = piece { Some(*reference) } else { None }).collect()
}

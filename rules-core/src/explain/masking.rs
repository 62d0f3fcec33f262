//! Which values may not be shown: those of sensitive facts, and every value that was made from one.
//!
//! When in doubt it masks: a decision that names a sensitive fact anywhere is masked whether or not the value in this
//! case came from it. States are shown, for a decision without a state would be none.

use crate::program::{FactKind, Program, Reads, Reference, Schema, Step};
use crate::value::Value;
use crate::value::unknown::FactId;

/// What stands in place of a value that the pack marks sensitive.
pub(super) const MASKED: &str = "(sensitive)";

/// What a program's records must mask.
#[derive(Clone, Debug, Default)]
pub(crate) struct Masking {
    facts: Vec<bool>,
    parameters: Vec<bool>,
    readings: Vec<bool>,
    decisions: Vec<bool>,
    masked: Value,
}

impl Masking {
    /// Follows the sensitive facts of a program through everything that reads them.
    pub(crate) fn of(program: &Program) -> Self {
        let facts = (0..program.schema.count()).map(|fact| holds_sensitive(&program.schema, fact)).collect();
        let mut masking = Self {
            facts,
            parameters: vec![false; program.parameters.len()],
            readings: vec![false; program.readings.len()],
            decisions: vec![false; program.decisions.len()],
            masked: Value::text(MASKED),
        };
        // Steps come in an order in which everything read comes first.
        for step in &program.steps {
            let reads = program.reads(*step);
            if reads.is_some_and(|reads| masking.touches(reads)) {
                let (flags, number) = match step {
                    Step::Parameter(number) => (&mut masking.parameters, number),
                    Step::Reading(number) => (&mut masking.readings, number),
                    Step::Decision(number) => (&mut masking.decisions, number),
                };
                if let Some(flag) = usize::try_from(*number).ok().and_then(|number| flags.get_mut(number)) {
                    *flag = true;
                }
            }
        }
        masking
    }

    /// Whether something that is read is sensitive.
    pub(crate) fn touches(&self, reads: &Reads) -> bool {
        reads.facts.iter().any(|fact| at(&self.facts, *fact))
            || reads.parameters.iter().any(|parameter| at(&self.parameters, *parameter))
            || reads.readings.iter().any(|reading| at(&self.readings, *reading))
            || reads.decisions.iter().any(|decision| at(&self.decisions, *decision))
    }

    /// Whether the value that a reference names is sensitive.
    pub(crate) fn masks(&self, reference: Reference) -> bool {
        match reference {
            Reference::Fact(fact) => at(&self.facts, fact),
            Reference::Parameter(parameter) => at(&self.parameters, parameter),
            Reference::Reading(reading) => at(&self.readings, reading),
            Reference::Decision(decision) => at(&self.decisions, decision),
            Reference::AsOf => false,
        }
    }

    /// What stands in place of a value that may not be shown.
    pub(crate) fn masked(&self) -> &Value {
        &self.masked
    }

    /// The value as it may be shown.
    pub(crate) fn shown<'v>(&'v self, reference: Reference, value: &'v Value) -> &'v Value {
        if self.masks(reference) { &self.masked } else { value }
    }
}

fn at(flags: &[bool], number: u32) -> bool {
    usize::try_from(number).ok().and_then(|number| flags.get(number)).copied().unwrap_or(false)
}

/// Whether a fact, something around it or something inside it is marked sensitive.
fn holds_sensitive(schema: &Schema, fact: FactId) -> bool {
    let mut around = Some(fact);
    while let Some(declared) = around.and_then(|fact| schema.fact(fact)) {
        if declared.sensitive {
            return true;
        }
        around = declared.parent;
    }
    is_sensitive_inside(schema, fact)
}

fn is_sensitive_inside(schema: &Schema, fact: FactId) -> bool {
    let Some(declared) = schema.fact(fact) else { return false };
    declared.sensitive
        || match &declared.kind {
            FactKind::List { items, .. } => is_sensitive_inside(schema, *items),
            FactKind::Object(shape) => shape.fields.iter().any(|field| is_sensitive_inside(schema, *field)),
            _ => false,
        }
}

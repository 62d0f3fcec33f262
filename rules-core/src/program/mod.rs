//! A pack as it runs: immutable data that any number of threads may read at once.
//!
//! The author wing ends here and the run wing begins: `compile` makes a [`Program`], and `eval`, `explain` and `report`
//! see nothing else of the pack. Names are numbers, texts are split into pieces, and every decision says what it reads.

pub(crate) mod decision;
pub(crate) mod mapping;
pub(crate) mod node;
pub(crate) mod parameter;
pub(crate) mod point;
pub(crate) mod schema;
pub(crate) mod state;
pub(crate) mod table;
pub(crate) mod template;

use std::sync::Arc;

pub(crate) use decision::{Decision, GroupRule, Interim, Logic, Reads, Trigger};
pub(crate) use mapping::{Mapping, Target};
pub(crate) use node::{AllowedValues, Node};
pub(crate) use parameter::{Alternative, InForce, Parameter, ParameterPeriod, Reading};
pub(crate) use point::Point;
pub(crate) use schema::{Fact, FactKind, Schema, Shape, Usual};
pub(crate) use state::{State, TriggerState};
pub(crate) use table::{Cell, Row, Table};
pub(crate) use template::{Piece, Reference, Template, Templates, in_language};

use crate::citation::{Layer, Source};
use crate::texts::Texts;
use crate::types::Type;

/// What has that number among `items`.
#[inline]
pub(crate) fn at<T>(items: &[T], number: u32) -> Option<&T> {
    items.get(usize::try_from(number).ok()?)
}

/// A compiled pack.
#[derive(Clone, Debug)]
pub(crate) struct Program {
    pub(crate) identity: Identity,
    pub(crate) title: Texts,
    /// The body whose rules these are.
    pub(crate) authority: Option<Arc<str>>,
    /// Whom a person asks, and how.
    pub(crate) contact: Texts,
    /// Languages whose texts nobody has reviewed.
    pub(crate) unreviewed: Vec<Arc<str>>,
    pub(crate) sources: Vec<Source>,
    pub(crate) schema: Schema,
    pub(crate) parameters: Vec<Parameter>,
    pub(crate) readings: Vec<Reading>,
    /// In the order of the document; [`Reference::Decision`] and [`Node::Decision`] count in it.
    pub(crate) decisions: Vec<Decision>,
    pub(crate) lambdas: Vec<Lambda>,
    /// What restricts the values of item definitions, which count in it.
    pub(crate) allowed_values: Vec<AllowedValues>,
    /// When the pack as a whole holds.
    pub(crate) in_force: Option<InForce>,
    /// What is evaluated, each once, in an order in which everything that a step reads comes before it. Only what the
    /// outcome, a layer or a decision of triggers reaches is here.
    pub(crate) steps: Vec<Step>,
    /// How many of the first steps no reading of the law touches; the rest may have to be evaluated for several.
    pub(crate) settled_steps: usize,
    /// How many combinations of readings there can be; 1 without readings.
    pub(crate) combinations: u32,
    /// Number of the decision that is the outcome.
    pub(crate) outcome: u32,
    /// Layer and the number of the decision that speaks for it.
    pub(crate) layers: Vec<(Layer, u32)>,
    /// The decisions that stand in a record: reached by the outcome, a layer or a decision of triggers, in the order
    /// of the document, functions left out.
    pub(crate) listed: Vec<u32>,
    /// Whether its cases are rows of a mapping, in which no key is reserved and no date is asked for.
    pub(crate) is_row: bool,
}

/// What a record says of the pack.
#[derive(Clone, Debug)]
pub(crate) struct Identity {
    pub(crate) id: Arc<str>,
    pub(crate) version: Arc<str>,
    /// Digest of the document's bytes, in hexadecimal.
    pub(crate) sha256: Arc<str>,
}

/// One thing to evaluate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    Parameter(u32),
    Reading(u32),
    Decision(u32),
}

/// A function literal or a business knowledge model.
#[derive(Clone, Debug)]
pub(crate) struct Lambda {
    /// Name and declared type of each parameter. Inside the body they are the innermost frame, and the captured values
    /// are the frame around it.
    pub(crate) parameters: Vec<(Arc<str>, Option<Type>)>,
    pub(crate) body: Node,
    /// The type that the result is brought to, if one is declared.
    pub(crate) result: Option<Type>,
    /// Levels of nesting in the body: what a call adds to the depth of the evaluation.
    pub(crate) depth: u32,
    /// What a call costs.
    pub(crate) steps: u64,
}

impl Program {
    /// A program without facts and decisions, in which constants can be evaluated.
    pub(crate) fn empty() -> Self {
        let nothing: Arc<str> = Arc::default();
        Self {
            identity: Identity { id: nothing.clone(), version: nothing.clone(), sha256: nothing },
            title: Texts::default(),
            authority: None,
            contact: Texts::default(),
            unreviewed: Vec::new(),
            sources: Vec::new(),
            schema: Schema::default(),
            parameters: Vec::new(),
            readings: Vec::new(),
            decisions: Vec::new(),
            lambdas: Vec::new(),
            allowed_values: Vec::new(),
            in_force: None,
            steps: Vec::new(),
            settled_steps: 0,
            combinations: 1,
            outcome: 0,
            layers: Vec::new(),
            listed: Vec::new(),
            is_row: false,
        }
    }

    /// The language in which the pack says things when it is asked for `language`: its own first one where it lacks that.
    pub(crate) fn told_in<'p>(&'p self, language: &str) -> &'p str {
        let languages = &self.title.0;
        let known = languages.iter().find(|(known, _)| **known == *language).or_else(|| languages.first());
        known.map_or("en", |(language, _)| language)
    }

    /// What a step reads.
    pub(crate) fn reads(&self, step: Step) -> Option<&Reads> {
        match step {
            Step::Parameter(number) => self.parameter(number).map(|parameter| &parameter.reads),
            Step::Reading(number) => self.reading(number).map(|reading| &reading.reads),
            Step::Decision(number) => self.decision(number).map(|decision| &decision.reads),
        }
    }

    /// The decision of that number.
    pub(crate) fn decision(&self, number: u32) -> Option<&Decision> {
        at(&self.decisions, number)
    }

    /// The parameter of that number.
    pub(crate) fn parameter(&self, number: u32) -> Option<&Parameter> {
        at(&self.parameters, number)
    }

    /// The reading of that number.
    pub(crate) fn reading(&self, number: u32) -> Option<&Reading> {
        at(&self.readings, number)
    }

    /// The allowed values of that number.
    pub(crate) fn allowed_values(&self, number: u32) -> Option<&AllowedValues> {
        at(&self.allowed_values, number)
    }

    /// The function of that number.
    pub(crate) fn lambda(&self, number: u32) -> Option<&Lambda> {
        at(&self.lambdas, number)
    }
}

#[cfg(test)]
mod tests {
    use super::Program;

    #[test]
    fn a_program_may_be_read_by_many_threads() {
        fn shared<T: Send + Sync>() {}
        shared::<Program>();
    }
}

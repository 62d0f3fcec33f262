//! What a run tells of itself.
//!
//! There is one evaluation loop. With [`Silent`] it tells nothing and may leave out what cannot change a value; with
//! [`Recorder`] it looks at every operand and keeps, decision by decision, what an explanation needs. The values are
//! the same.

use crate::builtins::Reason;
use crate::program::node::Comparison;
use crate::program::{Program, Reference};
use crate::value::unknown::FactId;
use crate::value::{Decimal, Value};

/// Listens to a run.
pub(crate) trait Observer {
    /// Whether it keeps what was seen. If not, it only hears why there is a null, and the run may stop early.
    const RECORDS: bool;

    /// The logic of a decision begins; where the law can be read in several ways, perhaps again.
    fn begin(&mut self, _decision: u32) {}
    /// The logic of the decision ends.
    fn end(&mut self, _decision: u32) {}
    /// A fact was read, known or not.
    fn fact(&mut self, _fact: FactId) {}
    /// A parameter was read; the place of the period that gave its value, none when no period did.
    fn parameter(&mut self, _parameter: u32, _period: Option<u32>) {}
    /// Two values were compared, of which at least one has a name.
    fn compared(&mut self, _comparison: Compared<'_>) {}
    /// An operator or builtin gave null.
    fn null(&mut self, _reason: Reason) {}
    /// A row of the decision's table matches, or may match.
    fn row(&mut self, _row: u32, _certain: bool) {}
    /// The default of the decision's table was taken, or may be.
    fn default_row(&mut self, _certain: bool) {}
}

/// A comparison, where both sides come from and what they were.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Compared<'v> {
    pub(crate) comparison: Comparison,
    pub(crate) left: &'v Value,
    pub(crate) left_from: Option<Reference>,
    pub(crate) right: &'v Value,
    pub(crate) right_from: Option<Reference>,
}

/// Keeps nothing but the reason for the last null, which is the one nearest to the result.
#[derive(Clone, Debug, Default)]
pub(crate) struct Silent {
    pub(super) last: Option<Reason>,
}

impl Observer for Silent {
    const RECORDS: bool = false;

    fn null(&mut self, reason: Reason) {
        self.last = Some(reason);
    }
}

/// Keeps what was seen while each decision was made.
#[derive(Clone, Debug)]
pub(crate) struct Recorder {
    /// By number of the decision.
    pub(crate) decisions: Vec<Observations>,
    current: Option<usize>,
}

/// What was seen while one decision was made, over all combinations of readings, each thing once: facts and parameters in
/// ascending order, the rest in the order in which it was first seen.
#[derive(Clone, Debug, Default)]
pub(crate) struct Observations {
    pub(crate) facts: Vec<FactId>,
    /// Parameter and the place of its period.
    pub(crate) parameters: Vec<(u32, Option<u32>)>,
    pub(crate) comparisons: Vec<ComparedNumbers>,
    pub(crate) nulls: Vec<Reason>,
    /// Rows of the table, and whether each matches for certain.
    pub(crate) rows: Vec<(u32, bool)>,
    /// Whether the default of the table was taken, and if so whether for certain.
    pub(crate) default_row: Option<bool>,
}

/// A comparison of two numbers. What tells two of them apart soonest stands first.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct ComparedNumbers {
    pub(crate) left_from: Option<Reference>,
    pub(crate) right_from: Option<Reference>,
    pub(crate) comparison: Comparison,
    pub(crate) left: Decimal,
    pub(crate) right: Decimal,
}

impl Recorder {
    /// A recorder that has seen nothing yet.
    pub(crate) fn new(program: &Program) -> Self {
        Self { decisions: vec![Observations::default(); program.decisions.len()], current: None }
    }

    /// Forgets the case before.
    pub(crate) fn clear(&mut self) {
        for seen in &mut self.decisions {
            let Observations { facts, parameters, comparisons, nulls, rows, default_row } = seen;
            facts.clear();
            parameters.clear();
            comparisons.clear();
            nulls.clear();
            rows.clear();
            *default_row = None;
        }
    }

    fn current(&mut self) -> Option<&mut Observations> {
        self.decisions.get_mut(self.current?)
    }
}

/// Adds `item` unless it is there already.
fn once<T: PartialEq>(items: &mut Vec<T>, item: T) {
    if !items.contains(&item) {
        items.push(item);
    }
}

impl Observer for Recorder {
    const RECORDS: bool = true;

    fn begin(&mut self, decision: u32) {
        self.current = usize::try_from(decision).ok();
    }

    fn end(&mut self, _decision: u32) {
        if let Some(seen) = self.current() {
            seen.facts.sort_unstable();
            seen.parameters.sort_unstable();
        }
        self.current = None;
    }

    fn fact(&mut self, fact: FactId) {
        if let Some(seen) = self.current() {
            once(&mut seen.facts, fact);
        }
    }

    fn parameter(&mut self, parameter: u32, period: Option<u32>) {
        if let Some(seen) = self.current() {
            once(&mut seen.parameters, (parameter, period));
        }
    }

    fn compared(&mut self, compared: Compared<'_>) {
        if let Some(seen) = self.current() {
            let Compared { comparison, left, left_from, right, right_from } = compared;
            if let (Value::Number(left), Value::Number(right)) = (left, right) {
                let numbers = ComparedNumbers { comparison, left: *left, left_from, right: *right, right_from };
                once(&mut seen.comparisons, numbers);
            }
        }
    }

    fn null(&mut self, reason: Reason) {
        if let Some(seen) = self.current() {
            once(&mut seen.nulls, reason);
        }
    }

    fn row(&mut self, row: u32, certain: bool) {
        if let Some(seen) = self.current() {
            once(&mut seen.rows, (row, certain));
        }
    }

    fn default_row(&mut self, certain: bool) {
        if let Some(seen) = self.current() {
            seen.default_row = Some(seen.default_row.is_none_or(|before| before) && certain);
        }
    }
}

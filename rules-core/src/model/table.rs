//! Decision tables as the checker and the compiler see them.

use std::sync::Arc;

use super::{Applicability, Formula};
use crate::citation::Citation;
use crate::hit_policy::{HitPolicy, Order};
use crate::value::Value;

/// A decision table: columns are expressions and names, rules are rows.
#[derive(Clone, Debug)]
pub(crate) struct DecisionTable {
    pub(crate) pointer: String,
    pub(crate) hit_policy: HitPolicy,
    /// Input expressions, in order of first use.
    pub(crate) inputs: Vec<Formula>,
    /// Names of the output columns, in order of first use.
    pub(crate) outputs: Vec<Arc<str>>,
    pub(crate) rules: Vec<Rule>,
    /// One expression for each output, when the table has a default.
    pub(crate) default: Option<Vec<Formula>>,
    /// Output columns whose values are ranked, with those values, the most important first.
    pub(crate) ranking: Vec<(usize, Vec<Value>)>,
}

impl DecisionTable {
    /// Whether rows go before others by the values of their outputs.
    pub(crate) fn is_ranked(&self) -> bool {
        self.hit_policy.order == Order::Outputs
    }
}

/// One row.
#[derive(Clone, Debug)]
pub(crate) struct Rule {
    pub(crate) pointer: String,
    /// One cell for each input.
    pub(crate) cells: Vec<Cell>,
    /// One expression for each output.
    pub(crate) results: Vec<Formula>,
    pub(crate) citations: Vec<Citation>,
    pub(crate) in_force: Option<Applicability>,
}

/// An input cell: unary tests, or "any" where the row leaves the column out.
#[derive(Clone, Debug)]
pub(crate) enum Cell {
    Any,
    Tests(Formula),
}

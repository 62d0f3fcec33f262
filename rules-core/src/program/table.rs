//! Decision tables as they run.

use std::sync::Arc;

use super::node::{Node, Test};
use super::parameter::InForce;
use crate::citation::Citation;
use crate::hit_policy::{HitPolicy, Order};
use crate::value::Value;

/// A decision table. Inputs are evaluated once, then rows are tried in order.
#[derive(Clone, Debug)]
pub(crate) struct Table {
    pub(crate) hit_policy: HitPolicy,
    pub(crate) inputs: Vec<Node>,
    /// Names of the output columns. One column gives its value, several a context.
    pub(crate) outputs: Arc<[Arc<str>]>,
    pub(crate) rows: Vec<Row>,
    /// One expression for each output. Without it the checker has proved that some row always matches.
    pub(crate) default: Option<Vec<Node>>,
    /// Output columns whose values are ranked, with those values, the most important first.
    pub(crate) ranking: Vec<(usize, Vec<Value>)>,
}

impl Table {
    /// Whether rows go before others by the values of their outputs.
    pub(crate) fn is_ranked(&self) -> bool {
        self.hit_policy.order == Order::Outputs
    }
}

/// One row.
#[derive(Clone, Debug)]
pub(crate) struct Row {
    /// The columns that the row tests, with their tests.
    pub(crate) cells: Vec<Cell>,
    /// One expression for each output.
    pub(crate) results: Vec<Node>,
    pub(crate) citations: Vec<Citation>,
    pub(crate) in_force: Option<InForce>,
}

/// The tests of one column in one row; any of them is enough.
#[derive(Clone, Debug)]
pub(crate) struct Cell {
    /// Number of the input.
    pub(crate) input: u32,
    pub(crate) negated: bool,
    pub(crate) tests: Box<[Test]>,
}

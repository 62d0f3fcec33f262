//! Mappings as they run: a program over rows, and where its results go.

use std::sync::Arc;

use super::Program;
use crate::value::unknown::FactId;

/// A mapping made ready for one pack.
#[derive(Clone, Debug)]
pub(crate) struct Mapping {
    /// Its facts are the columns of a row, its decisions give the facts of a case.
    pub(crate) program: Program,
    /// Texts that stand for a value that is not there.
    pub(crate) missing: Vec<Arc<str>>,
    /// Number of the decision that gives the case's identifier.
    pub(crate) case: Option<u32>,
    /// Number of the decision that gives the date of the decision.
    pub(crate) as_of: Option<u32>,
    pub(crate) targets: Vec<Target>,
}

/// One fact of the pack and the numbers of the decisions that fill it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Target {
    /// The fact, in the schema of the pack.
    pub(crate) fact: FactId,
    pub(crate) value: u32,
    pub(crate) not_known_when: Option<u32>,
    pub(crate) not_applicable_when: Option<u32>,
}

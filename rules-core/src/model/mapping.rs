//! Mappings: how a row of somebody else's data becomes a case of a pack.

use std::sync::Arc;

use super::Model;

/// A mapping. Its expressions are the decisions of a model of its own, whose facts are the columns of a row, so that the
/// same checker, compiler and evaluator serve it; beside that it says where each result goes.
#[derive(Clone, Debug)]
pub(crate) struct Mapping {
    /// Facts: the row. Decisions: one for each expression, named by its JSON pointer.
    pub(crate) model: Model,
    /// Texts that stand for a value that is not there.
    pub(crate) missing: Vec<Arc<str>>,
    /// Number of the decision that gives the case's identifier.
    pub(crate) case: Option<usize>,
    /// Number of the decision that gives the date of the decision.
    pub(crate) as_of: Option<usize>,
    /// The facts that are filled, in the order of the document.
    pub(crate) targets: Vec<Target>,
}

/// One fact of the pack and the decisions of the mapping's model that fill it.
///
/// Where `not_applicable_when` is true, the fact is not applicable; otherwise, where `not_known_when` is true, it was asked
/// and is not known; otherwise it is `value`, not asked where that is unknown. A null is a value, which the fact's own
/// schema takes or rejects.
#[derive(Clone, Debug)]
pub(crate) struct Target {
    /// JSON pointer of the fact in a case: `/contract/initial_value`.
    pub(crate) pointer: Arc<str>,
    /// Numbers of decisions.
    pub(crate) value: usize,
    pub(crate) not_known_when: Option<usize>,
    pub(crate) not_applicable_when: Option<usize>,
}

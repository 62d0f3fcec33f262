//! Ranges as values.

use super::Value;

/// A range between two ends of one kind; an end that is `None` is unbounded (`(< 10)`), which is not the same as null.
#[derive(Clone, Debug)]
pub(crate) struct Range {
    pub(crate) start: Option<Value>,
    pub(crate) start_included: bool,
    pub(crate) end: Option<Value>,
    pub(crate) end_included: bool,
}

//! When a decision, a row or the pack holds.

use super::Formula;
use crate::period::Period;

/// A period and the date that decides whether it holds; without a basis that is `as_of`.
#[derive(Clone, Debug)]
pub(crate) struct Applicability {
    pub(crate) period: Period,
    pub(crate) basis: Option<Formula>,
}

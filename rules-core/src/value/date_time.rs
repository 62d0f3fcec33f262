//! A date and a time of day.

use super::{Date, Time};

/// A date and time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct DateTime {
    pub(crate) date: Date,
    pub(crate) time: Time,
}

//! Times of day, with an offset, a zone or neither.

use std::sync::Arc;

/// A time of day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Time {
    /// Nanoseconds since midnight, below 86,400,000,000,000.
    pub(crate) nanoseconds: u64,
    pub(crate) zone: Option<Zone>,
}

/// What ties a time to UTC.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Zone {
    /// Seconds east of UTC, at most 18 hours either way.
    Offset(i32),
    /// IANA name; its rules are data handed in by the host.
    Region(Arc<str>),
}

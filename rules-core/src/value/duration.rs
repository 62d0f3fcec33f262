//! The two kinds of duration, which never mix.

/// Days and time: seconds and the nanoseconds beyond them, both of one sign by way of flooring (nanoseconds 0 to 999,999,999).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct DayTimeDuration {
    pub(crate) seconds: i64,
    pub(crate) nanoseconds: u32,
}

/// Years and months, as months.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct YearMonthDuration {
    pub(crate) months: i64,
}

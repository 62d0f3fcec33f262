//! Periods in which a rule or a value holds.

use crate::value::Date;

/// A half-open period: `from` is the first day, `to` the first day after it; an end left out is open.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Period {
    pub(crate) from: Option<Date>,
    pub(crate) to: Option<Date>,
}

impl Period {
    /// Whether `date` lies in the period.
    pub(crate) fn holds(&self, date: Date) -> bool {
        self.from.is_none_or(|from| from <= date) && self.to.is_none_or(|to| date < to)
    }

    /// Whether some day lies in both.
    pub(crate) fn overlaps(&self, other: &Self) -> bool {
        let before = |one: &Self, other: &Self| matches!((one.to, other.from), (Some(to), Some(from)) if to <= from);
        !before(self, other) && !before(other, self)
    }
}

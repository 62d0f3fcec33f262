//! A date and a time of day.

use std::fmt;

use super::time::{self, SECONDS_A_DAY};
use super::{Date, Time};

/// A date and time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct DateTime {
    pub(crate) date: Date,
    pub(crate) time: Time,
}

impl DateTime {
    /// Reads `YYYY-MM-DDThh:mm:ss…`; the time as [`Time::parse`] reads it, and `24:00:00` is midnight of the next day.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let (date, clock) = text.split_once('T')?;
        let date = Date::parse(date)?;
        let (time, ends_the_day) = time::read(clock)?;
        let date = if ends_the_day { date.add_days(1)? } else { date };
        Some(Self { date, time })
    }

    /// The midnight with which `date` begins, tied to no zone.
    pub(crate) fn midnight(date: Date) -> Self {
        Self { date, time: Time::MIDNIGHT }
    }

    /// Whole seconds since 1970-01-01T00:00:00 on the clock that the value shows.
    pub(crate) fn local_seconds(&self) -> i64 {
        self.date.day_number() * SECONDS_A_DAY + i64::try_from(self.time.seconds()).unwrap_or(0)
    }
}

/// Prints as it is read.
impl fmt::Display for DateTime {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}T{}", self.date, self.time)
    }
}

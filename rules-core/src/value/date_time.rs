//! A date and a time of day.

use std::fmt;

use super::time::{self, NANOSECONDS_A_SECOND, SECONDS_A_DAY};
use super::time_zones::Zones;
use super::zone::Zone;
use super::{Date, Time};

/// A date and time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct DateTime {
    pub(crate) date: Date,
    pub(crate) time: Time,
}

impl DateTime {
    /// What a clock shows. Where the clocks of a region went forward over the reading, it is later by as much; where they show it
    /// twice, it is the earlier. `None` outside the calendar.
    pub(crate) fn new(date: Date, time: Time) -> Option<Self> {
        Self { date, time }.settled(false)
    }

    /// The same time of day on another date; where the clocks show it twice, by the same offset.
    pub(crate) fn on(&self, date: Date) -> Option<Self> {
        Self { date, time: self.time.clone() }.settled(true)
    }

    fn settled(self, keep: bool) -> Option<Self> {
        let Some(Zone::Region(region)) = &self.time.zone else { return Some(self) };
        match region.on_clock(self.local_seconds(), keep) {
            None => Some(self),
            Some((region, forward)) => self.on_the_clock(seconds(forward), Some(Zone::Region(region))),
        }
    }

    /// Later by `nanoseconds`, which may be negative; `None` outside the calendar.
    pub(crate) fn later(&self, nanoseconds: i128) -> Option<Self> {
        let moved = self.on_the_clock(nanoseconds, self.time.zone.clone())?;
        let Some(Zone::Region(region)) = &self.time.zone else { return Some(moved) };
        let before = self.time.zone.as_ref().and_then(Zone::seconds).unwrap_or(0);
        let Some(region) = region.at(moved.local_seconds() - i64::from(before)) else { return Some(moved) };
        let zone = Zone::Region(region);
        let change = zone.seconds().unwrap_or(0) - before;
        moved.on_the_clock(seconds(change), Some(zone))
    }

    /// The same instant or reading by the rules in `zones`; `None` when they do not have its region.
    pub(crate) fn within(&self, zones: Zones<'_>) -> Option<Self> {
        Self { date: self.date, time: self.time.within(zones)? }.settled(true)
    }

    /// So many nanoseconds further on the clock that it shows, which is then in `zone`.
    fn on_the_clock(&self, nanoseconds: i128, zone: Option<Zone>) -> Option<Self> {
        let day = seconds(1) * i128::from(SECONDS_A_DAY);
        let all = nanoseconds.checked_add(i128::from(self.time.nanoseconds))?;
        let date = self.date.add_days(i64::try_from(all.div_euclid(day)).ok()?)?;
        Some(Self { date, time: Time { nanoseconds: u64::try_from(all.rem_euclid(day)).ok()?, zone } })
    }

    /// Reads `YYYY-MM-DDThh:mm:ss…`; the time as [`Time::parse`] reads it, and `24:00:00` is midnight of the next day.
    pub(crate) fn parse(text: &str, zones: Zones<'_>) -> Option<Self> {
        let (date, clock) = text.split_once('T')?;
        let date = Date::parse(date)?;
        let (time, ends_the_day) = time::read(clock, zones)?;
        let date = if ends_the_day { date.add_days(1)? } else { date };
        Self::new(date, time)
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

/// Seconds in nanoseconds.
fn seconds(count: i32) -> i128 {
    i128::from(count) * i128::from(NANOSECONDS_A_SECOND)
}

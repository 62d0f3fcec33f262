//! Times of day, with an offset, a zone or neither.

use std::fmt;

use super::date::digits;
use super::time_zones::Zones;
use super::zone::Zone;

/// A time of day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Time {
    /// Nanoseconds since midnight, below 86,400,000,000,000.
    pub(crate) nanoseconds: u64,
    pub(crate) zone: Option<Zone>,
}

pub(crate) const NANOSECONDS_A_SECOND: u64 = 1_000_000_000;
pub(crate) const SECONDS_A_DAY: i64 = 86_400;

impl Time {
    /// Midnight, tied to nothing.
    pub(crate) const MIDNIGHT: Self = Self { nanoseconds: 0, zone: None };

    /// The time, if there is such a time of day (00:00:00 to 23:59:59.999999999).
    pub(crate) fn new(hour: u8, minute: u8, second: u8, nanosecond: u32, zone: Option<Zone>) -> Option<Self> {
        let nanosecond = u64::from(nanosecond);
        if hour > 23 || minute > 59 || second > 59 || nanosecond >= NANOSECONDS_A_SECOND {
            return None;
        }
        let seconds = u64::from(hour) * 3600 + u64::from(minute) * 60 + u64::from(second);
        Some(Self { nanoseconds: seconds * NANOSECONDS_A_SECOND + nanosecond, zone })
    }

    /// Reads `hh:mm:ss`, with a fraction of a second and an offset (`Z`, `+01:00`) or zone (`@Europe/London`) where there
    /// is one. `24:00:00` is the midnight that ends the day, which for a time alone is `00:00:00`.
    pub(crate) fn parse(text: &str, zones: Zones<'_>) -> Option<Self> {
        read(text, zones).map(|(time, _)| time)
    }

    /// The same time by the rules in `zones`; `None` when they do not have its region.
    pub(crate) fn within(&self, zones: Zones<'_>) -> Option<Self> {
        let zone = match &self.zone {
            Some(Zone::Region(region)) => Some(Zone::Region(region.within(zones)?)),
            other => other.clone(),
        };
        Some(Self { nanoseconds: self.nanoseconds, zone })
    }

    /// 0 to 23.
    pub(crate) fn hour(&self) -> u64 {
        self.seconds() / 3600
    }

    /// 0 to 59.
    pub(crate) fn minute(&self) -> u64 {
        self.seconds() / 60 % 60
    }

    /// 0 to 59; the fraction is [`Self::nanosecond`].
    pub(crate) fn second(&self) -> u64 {
        self.seconds() % 60
    }

    /// Nanoseconds beyond the second.
    pub(crate) fn nanosecond(&self) -> u64 {
        self.nanoseconds % NANOSECONDS_A_SECOND
    }

    /// Whole seconds since midnight.
    pub(crate) fn seconds(&self) -> u64 {
        self.nanoseconds / NANOSECONDS_A_SECOND
    }
}

/// Reads a time; the flag says that it is `24:00:00`, the midnight of the next day.
pub(super) fn read(text: &str, zones: Zones<'_>) -> Option<(Time, bool)> {
    let end = text.find(['Z', '+', '-', '@']).unwrap_or(text.len());
    let (clock, tie) = text.split_at_checked(end)?;
    let zone = if tie.is_empty() { None } else { Some(Zone::parse(tie, zones)?) };
    let mut parts = clock.split(':');
    let (hour, minute, second) = (parts.next()?, parts.next()?, parts.next()?);
    let (second, fraction) = match second.split_once('.') {
        Some((second, fraction)) => (second, nanoseconds(fraction)?),
        None => (second, 0),
    };
    let (hour, minute, second) = (two_digits(hour)?, two_digits(minute)?, two_digits(second)?);
    if parts.next().is_some() {
        return None;
    }
    let ends_the_day = hour == 24 && minute == 0 && second == 0 && fraction == 0;
    let time = Time::new(if ends_the_day { 0 } else { hour }, minute, second, fraction, zone)?;
    Some((time, ends_the_day))
}

/// The nanoseconds of a decimal fraction of a second. Digits beyond the ninth must be zeros: nothing is rounded away.
pub(super) fn nanoseconds(fraction: &str) -> Option<u32> {
    let (kept, beyond) = fraction.split_at_checked(9).unwrap_or((fraction, ""));
    let power = 9_u32.checked_sub(u32::try_from(kept.len()).ok()?)?;
    if !beyond.bytes().all(|byte| byte == b'0') {
        return None;
    }
    u32::try_from(digits(kept)?).ok()?.checked_mul(10_u32.checked_pow(power)?)
}

pub(super) fn two_digits(text: &str) -> Option<u8> {
    if text.len() == 2 { u8::try_from(digits(text)?).ok() } else { None }
}

/// Prints as it is read; a fraction only where there is one.
impl fmt::Display for Time {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:02}:{:02}:{:02}", self.hour(), self.minute(), self.second())?;
        write_fraction(formatter, self.nanosecond())?;
        match &self.zone {
            None => Ok(()),
            Some(zone) => zone.fmt(formatter),
        }
    }
}

/// Writes `.` and the nanoseconds without zeros at the end, or nothing.
pub(super) fn write_fraction(formatter: &mut fmt::Formatter<'_>, nanoseconds: u64) -> fmt::Result {
    if nanoseconds == 0 {
        return Ok(());
    }
    let digits = format!("{nanoseconds:09}");
    write!(formatter, ".{}", digits.trim_end_matches('0'))
}

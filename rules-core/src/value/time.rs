//! Times of day, with an offset, a zone or neither.

use std::fmt;
use std::sync::Arc;

use super::date::digits;

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

pub(crate) const NANOSECONDS_A_SECOND: u64 = 1_000_000_000;
pub(crate) const SECONDS_A_DAY: i64 = 86_400;
const LARGEST_OFFSET: i32 = 18 * 3600;

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
    pub(crate) fn parse(text: &str) -> Option<Self> {
        read(text).map(|(time, _)| time)
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

impl Zone {
    /// An offset of `seconds` east of UTC.
    pub(crate) fn offset(seconds: i32) -> Option<Self> {
        (seconds.abs() <= LARGEST_OFFSET).then_some(Self::Offset(seconds))
    }

    /// The seconds east of UTC where they are the same all the year, without zone data.
    pub(crate) fn fixed(&self) -> Option<i32> {
        match self {
            Self::Offset(seconds) => Some(*seconds),
            Self::Region(name) => matches!(&**name, "UTC" | "Etc/UTC" | "GMT" | "Etc/GMT").then_some(0),
        }
    }

    /// Reads `Z`, `+hh:mm`, `-hh:mm:ss` or `@Region/City`.
    fn parse(text: &str) -> Option<Self> {
        if let Some(name) = text.strip_prefix('@') {
            let starts_well = name.starts_with(|first: char| first.is_ascii_alphabetic());
            let reads_well = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"/_+-".contains(&byte));
            return (starts_well && reads_well && !name.ends_with('/')).then(|| Self::Region(name.into()));
        }
        if text == "Z" {
            return Some(Self::Offset(0));
        }
        let (east, amount) = match (text.strip_prefix('+'), text.strip_prefix('-')) {
            (Some(rest), _) => (1, rest),
            (None, Some(rest)) => (-1, rest),
            (None, None) => return None,
        };
        let mut parts = amount.split(':');
        let (hours, minutes) = (two_digits(parts.next()?)?, two_digits(parts.next()?)?);
        let seconds = match parts.next() {
            Some(part) => two_digits(part)?,
            None => 0,
        };
        if parts.next().is_some() || minutes > 59 || seconds > 59 {
            return None;
        }
        Self::offset(east * (i32::from(hours) * 3600 + i32::from(minutes) * 60 + i32::from(seconds)))
    }
}

/// Reads a time; the flag says that it is `24:00:00`, the midnight of the next day.
pub(super) fn read(text: &str) -> Option<(Time, bool)> {
    let end = text.find(['Z', '+', '-', '@']).unwrap_or(text.len());
    let (clock, zone) = text.split_at_checked(end)?;
    let zone = if zone.is_empty() { None } else { Some(Zone::parse(zone)?) };
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

fn two_digits(text: &str) -> Option<u8> {
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

impl fmt::Display for Zone {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Offset(0) => formatter.write_str("Z"),
            Self::Offset(seconds) => {
                let sign = if *seconds < 0 { '-' } else { '+' };
                let size = seconds.unsigned_abs();
                write!(formatter, "{sign}{:02}:{:02}", size / 3600, size / 60 % 60)?;
                if size % 60 == 0 { Ok(()) } else { write!(formatter, ":{:02}", size % 60) }
            }
            Self::Region(name) => write!(formatter, "@{name}"),
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

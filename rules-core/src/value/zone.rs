//! What ties a time to UTC: an offset, or a region whose rules are data.

use std::fmt;
use std::sync::Arc;

use super::time::two_digits;
use super::time_zones::Zones;
use super::zone_rules::{OnClock, ZoneRules};
use crate::source::Span;

/// What ties a time to UTC.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Zone {
    /// Seconds east of UTC, at most 18 hours either way.
    Offset(i32),
    Region(Region),
}

/// A region of the IANA data, such as Europe/London. Two are equal that have one name.
#[derive(Clone, Debug)]
pub(crate) struct Region {
    pub(crate) name: Arc<str>,
    /// Not there when no host has handed them in, or where they are not needed.
    rules: Option<Arc<ZoneRules>>,
    /// Seconds east of UTC, where they are known: at the date that goes with the time, or always the same.
    offset: Option<i32>,
}

pub(super) const LARGEST_OFFSET: i32 = 18 * 3600;
/// Why a text with a region that is not in the data is null.
pub(crate) const NO_SUCH_ZONE: &str = "there is no time zone of this name";
/// UTC under its other names: nobody needs data for it.
const ALWAYS_UTC: [&str; 4] = ["UTC", "Etc/UTC", "GMT", "Etc/GMT"];

impl Zone {
    /// An offset of `seconds` east of UTC.
    pub(crate) fn offset(seconds: i32) -> Option<Self> {
        (-LARGEST_OFFSET..=LARGEST_OFFSET).contains(&seconds).then_some(Self::Offset(seconds))
    }

    /// The seconds east of UTC, where they are known.
    pub(crate) fn seconds(&self) -> Option<i32> {
        match self {
            Self::Offset(seconds) => Some(*seconds),
            Self::Region(region) => region.offset,
        }
    }

    /// Reads `Z`, `+hh:mm`, `-hh:mm:ss` or `@Region/City`. A region that is not among `zones` is none.
    pub(super) fn parse(text: &str, zones: Zones<'_>) -> Option<Self> {
        if let Some(name) = text.strip_prefix('@') {
            return Region::named(name, zones).map(Self::Region);
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

impl Region {
    fn named(name: &str, zones: Zones<'_>) -> Option<Self> {
        if !is_name(name) {
            return None;
        }
        if ALWAYS_UTC.contains(&name) {
            return Some(Self { name: name.into(), rules: None, offset: Some(0) });
        }
        let Some(zones) = zones else { return Some(Self { name: name.into(), rules: None, offset: None }) };
        let (name, rules) = zones.find(name)?;
        Some(Self { name: name.clone(), rules: Some(rules.clone()), offset: rules.constant() })
    }

    /// The same region by the rules in `zones`.
    pub(super) fn within(&self, zones: Zones<'_>) -> Option<Self> {
        let found = Self::named(&self.name, zones)?;
        let offset = if found.rules.is_some() { self.offset } else { found.offset };
        Some(Self { offset, ..found })
    }

    /// The region with the offset at which its clock shows `reading` (seconds since it showed 1970-01-01T00:00:00), and the
    /// seconds that the reading moves forward; `None` without rules. Where it is shown twice, `keep` says to keep the offset.
    pub(super) fn on_clock(&self, reading: i64, keep: bool) -> Option<(Self, i32)> {
        let OnClock { offset, forward } = self.rules.as_ref()?.on_clock(reading, self.offset.filter(|_| keep));
        Some((Self { offset: Some(offset), ..self.clone() }, forward))
    }

    /// The region with the offset of another instant, `instant` in seconds since 1970-01-01T00:00:00Z; `None` without rules.
    pub(super) fn at(&self, instant: i64) -> Option<Self> {
        let offset = self.rules.as_ref()?.offset_at(instant);
        Some(Self { offset: Some(offset), ..self.clone() })
    }
}

impl PartialEq for Region {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl Eq for Region {}

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
            Self::Region(region) => write!(formatter, "@{}", region.name),
        }
    }
}

/// Whether the name of a region is written well.
fn is_name(name: &str) -> bool {
    name.starts_with(|first: char| first.is_ascii_alphabetic()) && name.bytes().all(is_of_name) && !name.ends_with('/')
}

fn is_of_name(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"/_+-".contains(&byte)
}

/// The regions that a text names and that need rules: a text in it ends with `@Region/City`, or with `@Region` after a
/// digit (`10:30:00@Japan`). Each comes with its place.
///
/// This is how a pack names a time zone, whether it stands in a literal, in a parameter or in a text that becomes a date and
/// time later. So which packs need the rules can be told from the pack alone.
pub(crate) fn regions_named(text: &str) -> impl Iterator<Item = (&str, Span)> {
    text.match_indices('@').filter_map(|(at, _)| {
        let (before, name) = (text.get(..at)?, text.get(at + 1..)?);
        let length = name.bytes().take_while(|byte| is_of_name(*byte)).count();
        let (name, after) = name.split_at_checked(length)?;
        let ends = after.is_empty() || after.starts_with('"');
        let of_time = name.contains('/') || before.ends_with(|last: char| last.is_ascii_digit());
        let found = ends && of_time && is_name(name) && !ALWAYS_UTC.contains(&name);
        let place = |byte: usize| u32::try_from(byte).unwrap_or(u32::MAX);
        found.then(|| (name, Span { start: place(at + 1), end: place(at + 1 + length) }))
    })
}

#[cfg(test)]
mod tests {
    use super::regions_named;

    #[test]
    fn a_text_names_a_region_at_its_end_or_before_a_quotation_mark() {
        for (text, names) in [
            ("@\"2026-10-24T10:00:00@Europe/London\" + @\"PT48H\"", vec!["Europe/London"]),
            ("date and time(day + \"T09:00:00@Europe/London\")", vec!["Europe/London"]),
            ("string(at) + \"@America/Argentina/Salta\"", vec!["America/Argentina/Salta"]),
            ("@\"10:30:00@Japan\" < @\"10:30:00@Asia/Tokyo\"", vec!["Japan", "Asia/Tokyo"]),
            ("2026-10-24T10:00:00@Europe/London", vec!["Europe/London"]),
            ("@\"10:30:00@Etc/UTC\"", vec![]),
            ("\"someone1@council.gov.uk\"", vec![]),
            ("\"someone@council\"", vec![]),
            ("\"@Europe/London is a time zone\"", vec![]),
            ("@\"P1D\"", vec![]),
        ] {
            let found: Vec<&str> = regions_named(text).map(|(name, _)| name).collect();
            assert_eq!(found, names, "{text}");
        }
    }
}

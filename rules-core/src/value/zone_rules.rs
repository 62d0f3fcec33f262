//! The rules of one time zone: how its clocks were set, and how they will be.
//!
//! Clocks are put forward (a gap: some readings never show) or back (an overlap: some show twice). What a reading in either
//! means is java.time's answer: in a gap the reading moves forward by the length of the gap, in an overlap it is the earlier of
//! the two. Before the first change the zone has the mean time of its place; after the last, a yearly rule, if it has one.

use super::Date;
use super::time::SECONDS_A_DAY;
use super::zone::LARGEST_OFFSET;

/// All changes of one zone's clocks.
#[derive(Debug)]
pub(crate) struct ZoneRules {
    /// Seconds east of UTC before the first change.
    first: i32,
    /// In the order of time.
    changes: Vec<Change>,
    /// What holds after the last change.
    yearly: Option<Yearly>,
}

/// The clocks go from one offset to another.
#[derive(Clone, Copy, Debug)]
struct Change {
    /// The instant, in seconds since 1970-01-01T00:00:00Z.
    at: i64,
    before: i32,
    after: i32,
}

/// Summer time that begins and ends every year alike.
#[derive(Debug)]
struct Yearly {
    standard: i32,
    summer: i32,
    begins: YearDay,
    ends: YearDay,
}

/// A weekday of a month, such as the last Sunday in March, and a time on it.
#[derive(Debug)]
struct YearDay {
    month: u8,
    /// 1 to 4 from the start of the month; 5 is the last.
    week: u8,
    /// 0 is Sunday.
    weekday: u8,
    /// Seconds after midnight on the clock before the change; fewer than 0 and more than a day's are other days.
    seconds: i32,
}

/// What a clock that shows some reading means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct OnClock {
    /// Seconds east of UTC.
    pub(crate) offset: i32,
    /// Seconds by which the reading moves forward, because it lies in a gap.
    pub(crate) forward: i32,
}

impl ZoneRules {
    /// Reads the words that `time-zones.json` has for a zone: the first offset, each change as `seconds:offset`, and the
    /// yearly rule as `standard,summer,month.week.weekday/seconds,month.week.weekday/seconds`.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let mut words = text.split(' ');
        let first = offset(words.next()?)?;
        let mut rules = Self { first, changes: Vec::new(), yearly: None };
        let mut before = first;
        for word in words {
            if rules.yearly.is_some() {
                return None;
            }
            let Some((at, after)) = word.split_once(':') else {
                rules.yearly = Some(Yearly::parse(word)?);
                continue;
            };
            let change = Change { at: at.parse().ok()?, before, after: offset(after)? };
            if rules.changes.last().is_some_and(|last| last.at >= change.at) {
                return None;
            }
            before = change.after;
            rules.changes.push(change);
        }
        Some(rules)
    }

    /// The seconds east of UTC where they have always been and always will be the same.
    pub(crate) fn constant(&self) -> Option<i32> {
        (self.changes.is_empty() && self.yearly.is_none()).then_some(self.first)
    }

    /// The seconds east of UTC at an instant, in seconds since 1970-01-01T00:00:00Z.
    pub(crate) fn offset_at(&self, instant: i64) -> i32 {
        self.last_change(instant, |change| change.at).map_or(self.first, |change| change.after)
    }

    /// What a clock means that shows `reading`, in seconds since it showed 1970-01-01T00:00:00. In an overlap the offset
    /// `preferred` is kept if it is the later one.
    pub(crate) fn on_clock(&self, reading: i64, preferred: Option<i32>) -> OnClock {
        let Some(change) = self.last_change(reading, Change::first_reading) else {
            return OnClock { offset: self.first, forward: 0 };
        };
        let Change { at, before, after } = change;
        let is_past = reading >= at.saturating_add(before.max(after).into());
        if is_past || before > after && preferred == Some(after) {
            OnClock { offset: after, forward: 0 }
        } else if after > before {
            OnClock { offset: after, forward: after - before }
        } else {
            OnClock { offset: before, forward: 0 }
        }
    }

    /// The last change whose time, as `time_of` tells it, is not after `seconds`.
    fn last_change(&self, seconds: i64, time_of: fn(&Change) -> i64) -> Option<Change> {
        let count = self.changes.partition_point(|change| time_of(change) <= seconds);
        let listed = count.checked_sub(1).and_then(|last| self.changes.get(last)).copied();
        let Some(yearly) = self.yearly.as_ref().filter(|_| count == self.changes.len()) else { return listed };
        let Some(day) = Date::from_day_number(seconds.div_euclid(SECONDS_A_DAY)) else { return listed };
        // A clock is up to a day away from UTC, so that the years beside count too.
        let years = (day.year() - 1)..=(day.year() + 1);
        let reached = |change: &Change| time_of(change) <= seconds && listed.is_none_or(|listed| listed.at < change.at);
        let latest =
            years.flat_map(|year| yearly.changes(year)).flatten().filter(reached).max_by_key(|change| change.at);
        latest.or(listed)
    }
}

impl Change {
    /// The first reading of the clock that it has to do with: the first that shows twice or never.
    fn first_reading(&self) -> i64 {
        self.at.saturating_add(self.before.min(self.after).into())
    }
}

impl Yearly {
    fn parse(text: &str) -> Option<Self> {
        let mut parts = text.split(',');
        let standard = offset(parts.next()?)?;
        let summer = offset(parts.next()?)?;
        let (begins, ends) = (YearDay::parse(parts.next()?)?, YearDay::parse(parts.next()?)?);
        parts.next().is_none().then_some(Self { standard, summer, begins, ends })
    }

    fn changes(&self, year: i32) -> [Option<Change>; 2] {
        let change = |day: &YearDay, before: i32, after: i32| {
            Some(Change { at: day.reading(year)? - i64::from(before), before, after })
        };
        [change(&self.begins, self.standard, self.summer), change(&self.ends, self.summer, self.standard)]
    }
}

impl YearDay {
    fn parse(text: &str) -> Option<Self> {
        let (day, seconds) = text.split_once('/')?;
        let mut parts = day.split('.');
        let mut part = |largest: u8| parts.next()?.parse().ok().filter(|part| *part <= largest);
        let (month, week, weekday) = (part(12)?, part(5)?, part(6)?);
        let seconds: i32 = seconds.parse().ok()?;
        let is_day = parts.next().is_none() && month > 0 && week > 0 && seconds.unsigned_abs() <= 8 * 86_400;
        is_day.then_some(Self { month, week, weekday, seconds })
    }

    /// The time in `year`, in seconds since the clock showed 1970-01-01T00:00:00; `None` outside the calendar.
    fn reading(&self, year: i32) -> Option<i64> {
        let first = Date::new(year, self.month, 1)?;
        let day = 1 + (self.weekday + 7 - first.weekday() % 7) % 7 + 7 * (self.week - 1);
        let date = Date::new(year, self.month, day).or_else(|| Date::new(year, self.month, day.checked_sub(7)?))?;
        Some(date.day_number() * SECONDS_A_DAY + i64::from(self.seconds))
    }
}

fn offset(text: &str) -> Option<i32> {
    text.parse().ok().filter(|seconds| (-LARGEST_OFFSET..=LARGEST_OFFSET).contains(seconds))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    /// London: summer time all the year from 1968 to 1971, and then as it is now.
    const LONDON: &str = "0 -59004000:3600 57722400:0 0,3600,3.5.0/3600,10.5.0/7200";

    fn reading(text: &str) -> i64 {
        super::super::DateTime::parse(text, None).unwrap().local_seconds()
    }

    #[test]
    fn readings_in_gaps_move_forward_and_in_overlaps_are_the_earlier_ones() {
        let rules = ZoneRules::parse(LONDON).unwrap();
        for (text, preferred, offset, forward) in [
            ("2026-03-29T00:59:59", None, 0, 0),
            ("2026-03-29T01:00:00", None, 3600, 3600),
            ("2026-03-29T01:59:59", Some(0), 3600, 3600),
            ("2026-03-29T02:00:00", None, 3600, 0),
            ("2026-10-25T00:59:59", None, 3600, 0),
            ("2026-10-25T01:00:00", None, 3600, 0),
            ("2026-10-25T01:59:59", Some(0), 0, 0),
            ("2026-10-25T01:59:59", Some(3600), 3600, 0),
            ("2026-10-25T02:00:00", Some(3600), 0, 0),
            ("1950-07-01T12:00:00", None, 0, 0),
            ("1968-02-18T02:00:00", None, 3600, 3600),
            ("1970-01-01T12:00:00", None, 3600, 0),
            ("2100-07-01T12:00:00", None, 3600, 0),
            ("2100-12-31T23:59:59", None, 0, 0),
            ("999999999-07-01T12:00:00", None, 3600, 0),
        ] {
            assert_eq!(rules.on_clock(reading(text), preferred), OnClock { offset, forward }, "{text}");
        }
    }

    #[test]
    fn an_instant_has_the_offset_of_the_last_change() {
        let rules = ZoneRules::parse(LONDON).unwrap();
        for (text, offset) in [
            ("2026-03-29T00:59:59", 0),
            ("2026-03-29T01:00:00", 3600),
            ("2026-10-25T00:59:59", 3600),
            ("2026-10-25T01:00:00", 0),
            ("1968-02-18T01:59:59", 0),
            ("1968-02-18T02:00:00", 3600),
            ("1971-10-31T02:00:00", 0),
        ] {
            assert_eq!(rules.offset_at(reading(text)), offset, "{text}");
        }
    }

    #[test]
    fn words_that_are_no_rules_are_refused() {
        for text in [
            "",
            "x",
            "0 5",
            "0 5:0 5:1",
            "0 5:x",
            "99999",
            "0 0,3600,3.5.0/3600",
            "0 0,3600,3.5.0/3600,13.5.0/7200",
            "0 0,3600,3.5.0/3600,10.5.0/7200 5:0",
        ] {
            assert!(ZoneRules::parse(text).is_none(), "{text}");
        }
    }
}

//! Calendar dates: proleptic Gregorian, years -999,999,999 to 999,999,999 (DMN 1.5 section 10.3.2.3.5).

use std::fmt;

/// A date. Ordering is by time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Date {
    year: i32,
    month: u8,
    day: u8,
}

/// The last year; the first is its negative.
const LAST_YEAR: i32 = 999_999_999;
/// Days in 400 years, after which the calendar repeats.
const DAYS_IN_CYCLE: i64 = 146_097;
/// Days from 0000-03-01 to 1970-01-01.
const DAYS_TO_EPOCH: i64 = 719_468;

/// Monday to Sunday, as `day of week` names them.
pub(crate) const WEEKDAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
/// As `month of year` names them.
pub(crate) const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

impl Date {
    /// The date, if there is such a day.
    pub(crate) fn new(year: i32, month: u8, day: u8) -> Option<Self> {
        let year_fits = (-LAST_YEAR..=LAST_YEAR).contains(&year);
        let month_fits = (1..=12).contains(&month);
        (year_fits && month_fits && day >= 1 && day <= days_in_month(year, month)).then_some(Self { year, month, day })
    }

    /// Reads `YYYY-MM-DD`; years of more than four digits have no zeros in front, years before 0 a minus sign.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        if let Some(date) = text.as_bytes().try_into().ok().and_then(Self::of_ten) {
            return Some(date);
        }
        let (negative, unsigned) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let mut parts = unsigned.split('-');
        let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
        let year_is_written_well = (4..=9).contains(&year.len()) && (year.len() == 4 || !year.starts_with('0'));
        if parts.next().is_some() || !year_is_written_well || month.len() != 2 || day.len() != 2 {
            return None;
        }
        let size = digits(year)?;
        let month = u8::try_from(digits(month)?).ok()?;
        let day = u8::try_from(digits(day)?).ok()?;
        Self::new(if negative { -size } else { size }, month, day)
    }

    /// The common case: `YYYY-MM-DD` and nothing else.
    fn of_ten(bytes: &[u8; 10]) -> Option<Self> {
        let [a, b, c, d, b'-', e, f, b'-', g, h] = *bytes else { return None };
        let digit = |byte: u8| if byte.is_ascii_digit() { Some(i32::from(byte - b'0')) } else { None };
        let two = |tens: u8, ones: u8| Some(digit(tens)? * 10 + digit(ones)?);
        let (month, day) = (u8::try_from(two(e, f)?).ok()?, u8::try_from(two(g, h)?).ok()?);
        Self::new(two(a, b)? * 100 + two(c, d)?, month, day)
    }

    /// The year; before 1 come 0 and negative years.
    pub(crate) fn year(self) -> i32 {
        self.year
    }

    /// 1 to 12.
    pub(crate) fn month(self) -> u8 {
        self.month
    }

    /// 1 to 31.
    pub(crate) fn day(self) -> u8 {
        self.day
    }

    /// Days since 1970-01-01.
    ///
    /// Years begin in March here, so that the day that comes and goes is the last of the year.
    pub(crate) fn day_number(self) -> i64 {
        let year = i64::from(self.year) - i64::from(self.month <= 2);
        let cycle = year.div_euclid(400);
        let year_of_cycle = year.rem_euclid(400);
        let month_from_march = (i64::from(self.month) + 9) % 12;
        let day_of_year = (153 * month_from_march + 2) / 5 + i64::from(self.day) - 1;
        let day_of_cycle = year_of_cycle * 365 + year_of_cycle / 4 - year_of_cycle / 100 + day_of_year;
        cycle * DAYS_IN_CYCLE + day_of_cycle - DAYS_TO_EPOCH
    }

    /// The date `number` days after 1970-01-01, if its year is in the calendar.
    pub(crate) fn from_day_number(number: i64) -> Option<Self> {
        let days = number.checked_add(DAYS_TO_EPOCH)?;
        let cycle = days.div_euclid(DAYS_IN_CYCLE);
        let day_of_cycle = days.rem_euclid(DAYS_IN_CYCLE);
        let year_of_cycle =
            (day_of_cycle - day_of_cycle / 1460 + day_of_cycle / 36_524 - day_of_cycle / (DAYS_IN_CYCLE - 1)) / 365;
        let day_of_year = day_of_cycle - (365 * year_of_cycle + year_of_cycle / 4 - year_of_cycle / 100);
        let month_from_march = (5 * day_of_year + 2) / 153;
        let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
        let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 };
        let year = cycle.checked_mul(400)?.checked_add(year_of_cycle)? + i64::from(month <= 2);
        Self::new(i32::try_from(year).ok()?, u8::try_from(month).ok()?, u8::try_from(day).ok()?)
    }

    /// The date `days` later (earlier when negative).
    pub(crate) fn add_days(self, days: i64) -> Option<Self> {
        Self::from_day_number(self.day_number().checked_add(days)?)
    }

    /// The date `months` later; a day that the month does not have becomes its last day (31 January + 1 month = 28 February).
    pub(crate) fn add_months(self, months: i64) -> Option<Self> {
        let all = self.month_number().checked_add(months)?;
        let year =
            i32::try_from(all.div_euclid(12)).ok().filter(|year| year.unsigned_abs() <= LAST_YEAR.unsigned_abs())?;
        let month = u8::try_from(all.rem_euclid(12) + 1).ok()?;
        Self::new(year, month, self.day.min(days_in_month(year, month)))
    }

    /// Whole months from this date to `later`, truncated towards zero; negative when `later` is earlier.
    pub(crate) fn months_until(self, later: Self) -> i64 {
        let months = later.month_number() - self.month_number();
        if months > 0 && later.day < self.day {
            months - 1
        } else if months < 0 && later.day > self.day {
            months + 1
        } else {
            months
        }
    }

    /// Months since January of year 0.
    fn month_number(self) -> i64 {
        i64::from(self.year) * 12 + i64::from(self.month) - 1
    }

    /// ISO number of the weekday: 1 is Monday, 7 is Sunday.
    pub(crate) fn weekday(self) -> u8 {
        // 1970-01-01 was a Thursday.
        u8::try_from((self.day_number() + 3).rem_euclid(7) + 1).unwrap_or(1)
    }

    /// English name of the weekday.
    pub(crate) fn weekday_name(self) -> &'static str {
        WEEKDAYS.get(usize::from(self.weekday() - 1)).copied().unwrap_or_default()
    }

    /// English name of the month.
    pub(crate) fn month_name(self) -> &'static str {
        MONTHS.get(usize::from(self.month - 1)).copied().unwrap_or_default()
    }

    /// 1 to 366.
    pub(crate) fn day_of_year(self) -> i64 {
        let first = Self { year: self.year, month: 1, day: 1 };
        self.day_number() - first.day_number() + 1
    }

    /// ISO 8601 number of the week, 1 to 53: a week belongs to the year that its Thursday lies in.
    pub(crate) fn week_of_year(self) -> i64 {
        let thursday = self.day_number() - i64::from(self.weekday()) + 4;
        let in_year = |year: i32| thursday - Self { year, month: 1, day: 1 }.day_number();
        let days = match in_year(self.year) {
            days if days < 0 => in_year(self.year - 1),
            days if days >= days_in_year(self.year) => in_year(self.year + 1),
            days => days,
        };
        days / 7 + 1
    }
}

/// Appends `YYYY-MM-DD`, as [`Date`] prints it.
pub(crate) fn write_date(out: &mut Vec<u8>, date: Date) {
    let Ok(year @ 0..=9999) = u16::try_from(date.year) else {
        out.extend_from_slice(date.to_string().as_bytes());
        return;
    };
    let digit = |number: u16| b'0' + u8::try_from(number % 10).unwrap_or(0);
    let (month, day) = (u16::from(date.month), u16::from(date.day));
    out.extend_from_slice(&[
        digit(year / 1000),
        digit(year / 100),
        digit(year / 10),
        digit(year),
        b'-',
        digit(month / 10),
        digit(month),
        b'-',
        digit(day / 10),
        digit(day),
    ]);
}

/// Prints `YYYY-MM-DD`.
impl fmt::Display for Date {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.year < 0 { "-" } else { "" };
        write!(formatter, "{sign}{:04}-{:02}-{:02}", self.year.unsigned_abs(), self.month, self.day)
    }
}

/// The number that `text` writes when it is nothing but up to nine digits.
pub(super) fn digits(text: &str) -> Option<i32> {
    let only_digits = !text.is_empty() && text.len() <= 9 && text.bytes().all(|byte| byte.is_ascii_digit());
    if only_digits { text.parse().ok() } else { None }
}

fn is_leap(year: i32) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

fn days_in_year(year: i32) -> i64 {
    if is_leap(year) { 366 } else { 365 }
}

fn days_in_month(year: i32, month: u8) -> u8 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if is_leap(year) => 29,
        2 => 28,
        _ => 31,
    }
}

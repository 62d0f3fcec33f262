//! The two kinds of duration, which never mix.

use std::fmt;

use rust_decimal::Decimal;

use super::number::{Mode, round};
use super::time::{NANOSECONDS_A_SECOND, nanoseconds, write_fraction};

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

/// A duration of either kind, as read from a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Duration {
    DayTime(DayTimeDuration),
    YearMonth(YearMonthDuration),
}

const NANOSECONDS: i128 = 1_000_000_000;
/// Decimal places of a number of seconds.
const PLACES: u32 = 9;

impl DayTimeDuration {
    /// The duration of so many whole seconds.
    pub(crate) fn of_seconds(seconds: i64) -> Self {
        Self { seconds, nanoseconds: 0 }
    }

    /// All of it in nanoseconds.
    pub(crate) fn total(self) -> i128 {
        i128::from(self.seconds) * NANOSECONDS + i128::from(self.nanoseconds)
    }

    /// The duration of so many nanoseconds, if its seconds fit 64 bits.
    pub(crate) fn of_total(nanoseconds: i128) -> Option<Self> {
        Some(Self {
            seconds: i64::try_from(nanoseconds.div_euclid(NANOSECONDS)).ok()?,
            nanoseconds: u32::try_from(nanoseconds.rem_euclid(NANOSECONDS)).ok()?,
        })
    }

    /// All of it in seconds, exactly.
    pub(crate) fn in_seconds(self) -> Option<Decimal> {
        Decimal::try_from_i128_with_scale(self.total(), PLACES).ok()
    }

    /// The duration of `seconds`, rounded half to even to a nanosecond.
    pub(crate) fn from_seconds(seconds: Decimal) -> Option<Self> {
        let mut rounded = round(seconds, i64::from(PLACES), Mode::HalfEven)?.normalize();
        let missing = PLACES.checked_sub(rounded.scale())?;
        rounded.set_scale(0).ok()?;
        Self::of_total(rounded.mantissa().checked_mul(10_i128.checked_pow(missing)?)?)
    }

    /// Days, hours, minutes, seconds and nanoseconds, each with the sign of the whole.
    pub(crate) fn parts(self) -> [i64; 5] {
        let total = self.total();
        let part = |unit: i128, limit: i128| i64::try_from(total / unit % limit).unwrap_or(0);
        let minute = NANOSECONDS * 60;
        [
            i64::try_from(total / (minute * 60 * 24)).unwrap_or(0),
            part(minute * 60, 24),
            part(minute, 60),
            part(NANOSECONDS, 60),
            part(1, NANOSECONDS),
        ]
    }
}

impl Duration {
    /// Reads `P1Y2M` or `P1DT2H3M4.5S`, with a minus sign in front where it is negative. The two kinds never mix, and at
    /// least one part must be there.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let (sign, unsigned) = match text.strip_prefix('-') {
            Some(rest) => (-1, rest),
            None => (1, text),
        };
        let body = unsigned.strip_prefix('P')?;
        if let Some(months) = years_and_months(body) {
            let months = i64::try_from(months?.checked_mul(sign)?).ok()?;
            return Some(Self::YearMonth(YearMonthDuration { months }));
        }
        let (days, clock) = match body.split_once('T') {
            Some((days, clock)) if !clock.is_empty() => (days, clock),
            Some(_) => return None,
            None => (body, ""),
        };
        if body.is_empty() {
            return None;
        }
        let mut rest = days;
        let mut total = amount(&mut rest, 'D')?.unwrap_or(0).checked_mul(86_400)?;
        if !rest.is_empty() {
            return None;
        }
        rest = clock;
        total = total.checked_add(amount(&mut rest, 'H')?.unwrap_or(0).checked_mul(3600)?)?;
        total = total.checked_add(amount(&mut rest, 'M')?.unwrap_or(0).checked_mul(60)?)?;
        total = total.checked_mul(NANOSECONDS)?.checked_add(seconds(rest)?)?;
        DayTimeDuration::of_total(total.checked_mul(sign)?).map(Self::DayTime)
    }
}

/// The months of `nY`, `nM` or `nYnM`; the outer `None` says that the text is of the other kind.
fn years_and_months(body: &str) -> Option<Option<i128>> {
    let mut rest = body;
    let years = amount(&mut rest, 'Y').flatten();
    let months = amount(&mut rest, 'M').flatten();
    if !rest.is_empty() || (years.is_none() && months.is_none()) {
        return None;
    }
    Some(years.unwrap_or(0).checked_mul(12).and_then(|all| all.checked_add(months.unwrap_or(0))))
}

/// Takes digits and `unit` off the front of `rest`. `Some(None)` when they do not stand there, `None` when too many do.
fn amount(rest: &mut &str, unit: char) -> Option<Option<i128>> {
    let end = rest.find(|character: char| !character.is_ascii_digit()).unwrap_or(rest.len());
    let (digits, after) = rest.split_at_checked(end)?;
    match after.strip_prefix(unit) {
        Some(after) if !digits.is_empty() => {
            *rest = after;
            // 18 digits are beyond every duration, and stay clear of overflow.
            if digits.len() > 18 { None } else { Some(Some(digits.parse().ok()?)) }
        }
        _ => Some(None),
    }
}

/// The nanoseconds of `n.fS`, or 0 where nothing stands.
fn seconds(text: &str) -> Option<i128> {
    if text.is_empty() {
        return Some(0);
    }
    let number = text.strip_suffix('S')?;
    let (whole, fraction) = match number.split_once('.') {
        Some((whole, fraction)) => (whole, i128::from(nanoseconds(fraction)?)),
        None => (number, 0),
    };
    let is_whole = !whole.is_empty() && whole.len() <= 18 && whole.bytes().all(|byte| byte.is_ascii_digit());
    if is_whole { whole.parse::<i128>().ok()?.checked_mul(NANOSECONDS)?.checked_add(fraction) } else { None }
}

/// Prints normalised: hours below 24, minutes and seconds below 60; nothing at all is `PT0S`.
impl fmt::Display for DayTimeDuration {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let total = self.total();
        if total == 0 {
            return formatter.write_str("PT0S");
        }
        let [days, hours, minutes, seconds, nanoseconds] = self.parts().map(i64::unsigned_abs);
        formatter.write_str(if total < 0 { "-P" } else { "P" })?;
        if days > 0 {
            write!(formatter, "{days}D")?;
        }
        if hours > 0 || minutes > 0 || seconds > 0 || nanoseconds > 0 {
            formatter.write_str("T")?;
        }
        if hours > 0 {
            write!(formatter, "{hours}H")?;
        }
        if minutes > 0 {
            write!(formatter, "{minutes}M")?;
        }
        if seconds > 0 || nanoseconds > 0 {
            write!(formatter, "{seconds}")?;
            write_fraction(formatter, nanoseconds % NANOSECONDS_A_SECOND)?;
            formatter.write_str("S")?;
        }
        Ok(())
    }
}

/// Prints normalised: months below 12; nothing at all is `P0M`.
impl fmt::Display for YearMonthDuration {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (years, months) = (self.months.unsigned_abs() / 12, self.months.unsigned_abs() % 12);
        formatter.write_str(if self.months < 0 { "-P" } else { "P" })?;
        if years > 0 {
            write!(formatter, "{years}Y")?;
        }
        if months > 0 || years == 0 {
            write!(formatter, "{months}M")?;
        }
        Ok(())
    }
}

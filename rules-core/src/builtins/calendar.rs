//! Working days, which DMN does not have: a calendar says which days are covered, which weekdays are days off, and which
//! dates are holidays. It is a value like any other; packs write theirs under `calendars`.
//!
//! Nothing is guessed of a day that a calendar does not cover: the result is not known then, rather than null, so that no
//! condition and no filter takes it for a "no".

use std::cmp::Ordering;

use super::arguments::{VALUES_AT_ONCE, as_items, context, date, must_be, spend, whole_part};
use super::types::{calendar, date as date_type, date_time, gives_boolean, gives_number, needed, number};
use super::{Builtin, Call, Marked, Outcome, Parameter, Reason, Signature};
use crate::types::{CALENDAR as ENTRIES, Type};
use crate::value::date::WEEKDAYS;
use crate::value::{Date, Value};

const CALENDAR: Parameter = needed("calendar", calendar);
const DAYS: Parameter = needed("days", number);

const fn add(date: Parameter) -> [Parameter; 3] {
    [date, DAYS, CALENDAR]
}

const IS_DATE: &[Parameter] = &[needed("date", date_type), CALENDAR];
const IS_DATE_TIME: &[Parameter] = &[needed("date", date_time), CALENDAR];
const ADD_DATE: &[Parameter] = &add(needed("date", date_type));
const ADD_DATE_TIME: &[Parameter] = &add(needed("date", date_time));
const COUNT_DATES: &[Parameter] = &[needed("from", date_type), needed("to", date_type), CALENDAR];
const COUNT_DATE_TIMES: &[Parameter] = &[needed("from", date_time), needed("to", date_time), CALENDAR];

fn gives_date(_: &[Type]) -> Type {
    Type::Date
}

pub(super) const FAMILY: &[Builtin] = &[
    Builtin {
        name: "is working day",
        sentence: "Whether a date is neither a day off of the week nor a holiday. Not known of a date that the calendar does not cover.",
        null: None,
        signatures: &[
            Signature { parameters: IS_DATE, result: gives_boolean, run: is_working_day },
            Signature { parameters: IS_DATE_TIME, result: gives_boolean, run: is_working_day },
        ],
        marked: Marked::Deep,
        examples: &[
            (
                r#"is working day(@"2015-12-24", {from: @"2015-12-01", to: @"2016-01-01", weekend: ["Saturday", "Sunday"], holidays: [@"2015-12-25", @"2015-12-28"]})"#,
                "true",
            ),
            (
                r#"is working day(@"2015-12-28", {from: @"2015-12-01", to: @"2016-01-01", weekend: ["Saturday", "Sunday"], holidays: [@"2015-12-25", @"2015-12-28"]})"#,
                "false",
            ),
        ],
    },
    Builtin {
        name: "add working days",
        sentence: "The date so many working days later: the first working day after the date is day 1, and days off are not counted. A negative number counts back, 0 gives the date itself, a day off too, and of a fraction only the whole part counts. Not known where the calendar does not cover every day from the date to the result.",
        null: None,
        signatures: &[
            Signature { parameters: ADD_DATE, result: gives_date, run: add_working_days },
            Signature { parameters: ADD_DATE_TIME, result: gives_date, run: add_working_days },
        ],
        marked: Marked::Deep,
        examples: &[
            (
                r#"add working days(@"2015-12-24", 1, {from: @"2015-12-01", to: @"2016-01-01", weekend: ["Saturday", "Sunday"], holidays: [@"2015-12-25", @"2015-12-28"]})"#,
                r#"@"2015-12-29""#,
            ),
            (
                r#"add working days(@"2015-12-29", -2, {from: @"2015-12-01", to: @"2016-01-01", weekend: ["Saturday", "Sunday"], holidays: [@"2015-12-25", @"2015-12-28"]})"#,
                r#"@"2015-12-23""#,
            ),
        ],
    },
    Builtin {
        name: "count working days",
        sentence: "How many working days there are after one date, up to and with another: so many that `add working days` to the first gives the second, where that is a working day. Negative where the second is the earlier. Not known where the calendar does not cover both.",
        null: None,
        signatures: &[
            Signature { parameters: COUNT_DATES, result: gives_number, run: count_working_days },
            Signature { parameters: COUNT_DATE_TIMES, result: gives_number, run: count_working_days },
        ],
        marked: Marked::Deep,
        examples: &[
            (
                r#"count working days(@"2015-12-24", @"2015-12-31", {from: @"2015-12-01", to: @"2016-01-01", weekend: ["Saturday", "Sunday"], holidays: [@"2015-12-25", @"2015-12-28"]})"#,
                "3",
            ),
            (
                r#"count working days(@"2015-12-31", @"2015-12-24", {from: @"2015-12-01", to: @"2016-01-01", weekend: ["Saturday", "Sunday"], holidays: [@"2015-12-25", @"2015-12-28"]})"#,
                "-3",
            ),
        ],
    },
];

/// Days looked at in a step.
const DAYS_AT_ONCE: u32 = 16;

/// A calendar that was read from its context.
struct Calendar<'v> {
    /// The first day that it covers, and the first that it no longer does.
    cover: [Date; 2],
    /// By the ISO number of the weekday, less one.
    off: [bool; 7],
    holidays: &'v [Value],
    /// Whether each holiday comes after the one before, so that they can be searched. Those of packs do.
    in_order: bool,
}

impl<'v> Calendar<'v> {
    /// The calendar among the arguments.
    fn at(arguments: &'v [Value], index: usize, call: &mut dyn Call) -> Result<Self, Reason> {
        let given = context(arguments, index, "calendar")?;
        let [from, to, weekend, holidays] = ENTRIES.map(|name| given.get(name).unwrap_or(&Value::Null));
        let mut off = [false; 7];
        for day in as_items(weekend) {
            let name = if let Value::String(name) = day { name } else { "" };
            match WEEKDAYS.iter().position(|day| *day == name).and_then(|number| off.get_mut(number)) {
                Some(day) => *day = true,
                None => return Err("`weekend` must be a list of days of the week by their English names".into()),
            }
        }
        let holidays = as_items(holidays);
        spend(call, holidays.len() / VALUES_AT_ONCE + 1)?;
        let (mut in_order, mut before) = (true, None);
        for holiday in holidays {
            let Value::Date(holiday) = holiday else { return Err(must_be("holidays", "a list of dates", holiday)) };
            in_order &= before < Some(*holiday);
            before = Some(*holiday);
        }
        match (from, to) {
            (Value::Date(from), Value::Date(to)) => Ok(Self { cover: [*from, *to], off, holidays, in_order }),
            (Value::Date(_), other) => Err(must_be("to", "a date", other)),
            (other, _) => Err(must_be("from", "a date", other)),
        }
    }

    fn covers(&self, date: Date) -> bool {
        let [from, to] = self.cover;
        from <= date && date < to
    }

    fn is_working_day(&self, date: Date) -> bool {
        let weekday = usize::from(date.weekday()) - 1;
        if self.off.get(weekday).copied().unwrap_or_default() {
            return false;
        }
        let compared = |holiday: &Value| match holiday {
            Value::Date(holiday) => holiday.cmp(&date),
            _ => Ordering::Less,
        };
        match self.in_order {
            true => self.holidays.binary_search_by(compared).is_err(),
            false => self.holidays.iter().all(|holiday| compared(holiday).is_ne()),
        }
    }

    /// Counts the work of looking at [`DAYS_AT_ONCE`] days, which comes before they are looked at.
    fn pay(&self, call: &mut dyn Call) -> Result<(), Reason> {
        spend(call, if self.in_order { 1 } else { self.holidays.len() })
    }

    /// Nothing is known of a day that the calendar does not cover.
    fn says_nothing(&self, call: &mut dyn Call) -> Outcome {
        let [from, to] = self.cover;
        let last = to.add_days(-1).unwrap_or(to);
        let words = format!("the calendar covers only the days from {from} to {last}");
        Ok(call.not_known(words.into()))
    }
}

fn is_working_day(arguments: &[Value], call: &mut dyn Call) -> Outcome {
    let date = date(arguments, 0, "date")?;
    let calendar = Calendar::at(arguments, 1, call)?;
    if !calendar.covers(date) {
        return calendar.says_nothing(call);
    }
    calendar.pay(call)?;
    Ok(Value::Boolean(calendar.is_working_day(date)))
}

fn add_working_days(arguments: &[Value], call: &mut dyn Call) -> Outcome {
    let mut date = date(arguments, 0, "date")?;
    let days = whole_part(arguments, 1, "days")?;
    let calendar = Calendar::at(arguments, 2, call)?;
    let (mut left, mut looked_at) = (days.unsigned_abs(), 0_u32);
    while calendar.covers(date) {
        if left == 0 {
            return Ok(Value::Date(date));
        }
        if looked_at.is_multiple_of(DAYS_AT_ONCE) {
            calendar.pay(call)?;
        }
        looked_at = looked_at.wrapping_add(1);
        let Some(next) = date.add_days(days.signum()) else { break };
        date = next;
        left -= u64::from(calendar.is_working_day(date));
    }
    calendar.says_nothing(call)
}

fn count_working_days(arguments: &[Value], call: &mut dyn Call) -> Outcome {
    let (from, to) = (date(arguments, 0, "from")?, date(arguments, 1, "to")?);
    let calendar = Calendar::at(arguments, 2, call)?;
    if !calendar.covers(from) || !calendar.covers(to) {
        return calendar.says_nothing(call);
    }
    let sign = if from <= to { 1 } else { -1 };
    let (mut date, mut count, mut looked_at) = (from, 0_i64, 0_u32);
    while date != to {
        if looked_at.is_multiple_of(DAYS_AT_ONCE) {
            calendar.pay(call)?;
        }
        looked_at = looked_at.wrapping_add(1);
        let Some(next) = date.add_days(sign) else { break };
        date = next;
        count += i64::from(calendar.is_working_day(date));
    }
    Ok(Value::Number((count * sign).into()))
}

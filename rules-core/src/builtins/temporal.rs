//! Functions of dates: places in the calendar, and the date of the decision. There is no clock in the engine.

use super::arguments::date;
use super::types::{date as date_type, date_time, gives_number, gives_text, needed};
use super::{Builtin, Call, Marked, Outcome, Parameter, Reason, Run, Signature};
use crate::types::Type;
use crate::value::{DateTime, Time, Value, Zone};

const DATE: &[Parameter] = &[needed("date", date_type)];
const DATE_AND_TIME: &[Parameter] = &[needed("date", date_time)];

/// A function of a date, or of a date and time by its date.
const fn of_date(run: Run, result: fn(&[Type]) -> Type) -> [Signature; 2] {
    [Signature { parameters: DATE, result, run }, Signature { parameters: DATE_AND_TIME, result, run }]
}

const DAY_OF_YEAR: &[Signature] = &of_date(day_of_year, gives_number);
const DAY_OF_WEEK: &[Signature] = &of_date(day_of_week, gives_text);
const MONTH_OF_YEAR: &[Signature] = &of_date(month_of_year, gives_text);
const WEEK_OF_YEAR: &[Signature] = &of_date(week_of_year, gives_number);

pub(super) const FAMILY: &[Builtin] = &[
    Builtin {
        name: "day of year",
        sentence: "The number of a day in its year, 1 to 366.",
        null: None,
        signatures: DAY_OF_YEAR,
        marked: Marked::Deep,
        examples: &[(r#"day of year(@"2019-09-17")"#, "260"), (r#"day of year(@"2020-12-31")"#, "366")],
    },
    Builtin {
        name: "day of week",
        sentence: "The English name of a day of the week.",
        null: None,
        signatures: DAY_OF_WEEK,
        marked: Marked::Deep,
        examples: &[
            (r#"day of week(@"2019-09-17")"#, "\"Tuesday\""),
            (r#"day of week(@"2020-10-14")"#, "\"Wednesday\""),
        ],
    },
    Builtin {
        name: "month of year",
        sentence: "The English name of a month.",
        null: None,
        signatures: MONTH_OF_YEAR,
        marked: Marked::Deep,
        examples: &[
            (r#"month of year(@"2019-09-17")"#, "\"September\""),
            (r#"month of year(@"2020-01-01")"#, "\"January\""),
        ],
    },
    Builtin {
        name: "week of year",
        sentence: "The ISO 8601 number of a week: weeks begin on Monday, and the first is the one with the year's first Thursday.",
        null: None,
        signatures: WEEK_OF_YEAR,
        marked: Marked::Deep,
        examples: &[(r#"week of year(@"2019-09-17")"#, "38"), (r#"week of year(@"2010-01-01")"#, "53")],
    },
    Builtin {
        name: "today",
        sentence: "The date of the decision, which comes with the case. Packs say `as_of` instead.",
        null: None,
        signatures: &[Signature { parameters: &[], result: |_| Type::Date, run: today }],
        marked: Marked::Deep,
        examples: &[("today() instance of date", "true"), ("today() = today()", "true")],
    },
    Builtin {
        name: "now",
        sentence: "The midnight in UTC with which the date of the decision begins. Packs say `as_of` instead.",
        null: None,
        signatures: &[Signature { parameters: &[], result: |_| Type::DateTime, run: now }],
        marked: Marked::Deep,
        examples: &[("now() instance of date and time", "true"), ("date(now()) = today()", "true")],
    },
];

fn day_of_year(arguments: &[Value], _: &mut dyn Call) -> Outcome {
    Ok(Value::Number(date(arguments, 0, "date")?.day_of_year().into()))
}

fn day_of_week(arguments: &[Value], _: &mut dyn Call) -> Outcome {
    Ok(Value::text(date(arguments, 0, "date")?.weekday_name()))
}

fn month_of_year(arguments: &[Value], _: &mut dyn Call) -> Outcome {
    Ok(Value::text(date(arguments, 0, "date")?.month_name()))
}

fn week_of_year(arguments: &[Value], _: &mut dyn Call) -> Outcome {
    Ok(Value::Number(date(arguments, 0, "date")?.week_of_year().into()))
}

fn today(_: &[Value], call: &mut dyn Call) -> Outcome {
    call.as_of().map(Value::Date).ok_or_else(|| Reason::from("nobody said at which date to decide"))
}

fn now(_: &[Value], call: &mut dyn Call) -> Outcome {
    let date = call.as_of().ok_or_else(|| Reason::from("nobody said at which date to decide"))?;
    let time = Time { zone: Some(Zone::Offset(0)), ..Time::MIDNIGHT };
    Ok(Value::DateTime(DateTime { date, time }.into()))
}

//! Functions of dates: places in the calendar, and the date of the decision. There is no clock in the engine.

use super::arguments::date;
use super::types::{date as date_type, date_time, gives_number, gives_text, needed};
use super::{Builtin, Call, Marked, Outcome, Reason, Signature};
use crate::types::Type;
use crate::value::time::Zone;
use crate::value::{DateTime, Time, Value};

pub(super) const FAMILY: &[Builtin] = &[
    Builtin {
        name: "day of year",
        sentence: "The number of a day in its year, 1 to 366.",
        signatures: &[
            Signature { parameters: &[needed("date", date_type)], result: gives_number, run: day_of_year },
            Signature { parameters: &[needed("date", date_time)], result: gives_number, run: day_of_year },
        ],
        marked: Marked::Deep,
        examples: &[(r#"day of year(@"2019-09-17")"#, "260"), (r#"day of year(@"2020-12-31")"#, "366")],
    },
    Builtin {
        name: "day of week",
        sentence: "The English name of a day of the week.",
        signatures: &[
            Signature { parameters: &[needed("date", date_type)], result: gives_text, run: day_of_week },
            Signature { parameters: &[needed("date", date_time)], result: gives_text, run: day_of_week },
        ],
        marked: Marked::Deep,
        examples: &[
            (r#"day of week(@"2019-09-17")"#, "\"Tuesday\""),
            (r#"day of week(@"2020-10-14")"#, "\"Wednesday\""),
        ],
    },
    Builtin {
        name: "month of year",
        sentence: "The English name of a month.",
        signatures: &[
            Signature { parameters: &[needed("date", date_type)], result: gives_text, run: month_of_year },
            Signature { parameters: &[needed("date", date_time)], result: gives_text, run: month_of_year },
        ],
        marked: Marked::Deep,
        examples: &[
            (r#"month of year(@"2019-09-17")"#, "\"September\""),
            (r#"month of year(@"2020-01-01")"#, "\"January\""),
        ],
    },
    Builtin {
        name: "week of year",
        sentence: "The ISO 8601 number of a week: weeks begin on Monday, and the first is the one with the year's first Thursday.",
        signatures: &[
            Signature { parameters: &[needed("date", date_type)], result: gives_number, run: week_of_year },
            Signature { parameters: &[needed("date", date_time)], result: gives_number, run: week_of_year },
        ],
        marked: Marked::Deep,
        examples: &[(r#"week of year(@"2019-09-17")"#, "38"), (r#"week of year(@"2010-01-01")"#, "53")],
    },
    Builtin {
        name: "today",
        sentence: "The date of the decision, which comes with the case. Packs say `as_of` instead.",
        signatures: &[Signature { parameters: &[], result: |_| Type::Date, run: today }],
        marked: Marked::Deep,
        examples: &[("today() instance of date", "true"), ("today() = today()", "true")],
    },
    Builtin {
        name: "now",
        sentence: "The midnight in UTC with which the date of the decision begins. Packs say `as_of` instead.",
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

//! Calendars of working days. To the rest of the engine one is a parameter with a single value, a context that FEEL texts
//! hand to `add working days` and its like, and the period that it covers.

use super::node::Node;
use super::scope::{Scope, unreadable};
use crate::code::{self, Code};
use crate::diagnostic::Diagnostic;
use crate::model::{Parameter, ParameterValue};
use crate::period::Period;
use crate::source::Place;
use crate::types::{CALENDAR, Type};
use crate::value::order::sort_by;
use crate::value::{Context, Date, Value};

/// The calendar `name` at `node`; one without a value where the document lacks something, which is reported already.
pub(super) fn calendar(scope: &mut Scope, name: &str, node: &Node<'_>) -> Parameter {
    let cover = node.date_of("from").zip(node.date_of("to"));
    let citation = node.field("source").and_then(|source| scope.citation(&source));
    let mut values = Vec::new();
    if let (Some((from, to)), Some(citation)) = (cover, citation) {
        let weekend = node.items_of("weekend").iter().filter_map(|day| day.text().map(Value::text)).collect();
        let holidays = Value::list(holidays(scope, node, from, to));
        let entries = vec![Value::Date(from), Value::Date(to), Value::list(weekend), holidays];
        let value = Value::Context(Context::of_shape(CALENDAR.map(Into::into).into(), entries).into());
        let period = Period { from: Some(from), to: Some(to) };
        values.push(ParameterValue { pointer: node.pointer.clone(), period, end_written: true, value, citation });
    }
    Parameter {
        name: name.into(),
        pointer: node.pointer.clone(),
        // the one value is there whatever the date; of a day that is not covered the functions say so
        basis: match cover {
            Some((from, _)) => scope.meant(node, &format!("@\"{from}\"")),
            None => unreadable(&node.pointer),
        },
        value_type: Type::calendar(),
        unit: None,
        title: node.texts_of("title"),
        values,
        is_calendar: true,
    }
}

/// The holidays in their order. What is wrong with them goes to the scope.
fn holidays(scope: &mut Scope, node: &Node<'_>, from: Date, to: Date) -> Vec<Value> {
    let mut found = Vec::new();
    for (day, name) in node.entries_of("holidays") {
        let Some(date) = Date::parse(day) else { continue };
        found.push(date);
        if from <= date && date < to || from >= to {
            continue;
        }
        let message =
            format!("{day} is a holiday, and the calendar covers only the days from {from} up to and without {to}");
        let help =
            "correct the date, or let the calendar cover more days; `to` is the first day that it no longer covers";
        fault(scope, &code::HOLIDAY_OUTSIDE_CALENDAR, name.key_place(), message, help);
    }
    sort_by(&mut found, |left, right| left.cmp(right));
    let holiday_in = |year: i32| found.iter().any(|date| date.year() == year);
    let whole_years = if from.month() == 1 && from.day() == 1 { from.year() } else { from.year() + 1 }..to.year();
    let empty = whole_years.take(if found.is_empty() { 0 } else { usize::MAX }).find(|year| !holiday_in(*year));
    if let (Some(year), Some(node)) = (empty, node.field("holidays")) {
        let message = format!("the calendar covers {year}, and no holiday of that year is here");
        let help =
            "add the holidays, or let the calendar end before that year: then nothing is worked out without them";
        fault(scope, &code::YEAR_WITHOUT_HOLIDAYS, node.key_place(), message, help);
    }
    found.into_iter().map(Value::Date).collect()
}

fn fault(scope: &mut Scope, code: &'static Code, place: Place, message: String, help: &str) {
    scope.fault(Diagnostic::new(code, place, message).help(help));
}

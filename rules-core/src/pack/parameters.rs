//! Parameters with their periods in order, and readings.

use super::node::Node;
use super::scope::{Scope, unreadable};
use crate::code;
use crate::diagnostic::Diagnostic;
use crate::model::{Alternative, Parameter, ParameterValue, Reading};
use crate::period::Period;
use crate::texts::Texts;
use crate::types::{self, Type};
use crate::value::json::JsonKind;
use crate::value::order::sort_by;
use crate::value::{Context, Value, Zones, number, text};

/// How many combinations of readings are evaluated.
const COMBINATIONS: usize = 64;

/// The parameter `name` at `node`.
pub(super) fn parameter(scope: &mut Scope, name: &str, node: &Node<'_>) -> Parameter {
    let declared = node.field("type").and_then(|node| scope.type_at(&node));
    let mut found = None;
    let mut values = Vec::new();
    for item in node.items_of("values") {
        let Some(value) = item.field("value") else { continue };
        let citation = item.field("source").and_then(|source| scope.citation(&source));
        let read = value_at(scope, &value, declared.as_ref());
        let (Some(read), Some(citation)) = (read, citation) else { continue };
        if declared.is_none() {
            found = Some(same_type(scope, &value, found, &read));
        }
        let period = Period { from: item.date_of("from"), to: item.date_of("to") };
        let end_written = period.to.is_some();
        values.push(ParameterValue { pointer: item.pointer, period, end_written, value: read, citation });
    }
    Parameter {
        name: name.into(),
        pointer: node.pointer.clone(),
        basis: scope.needed_formula(node, "basis"),
        value_type: declared.or(found).unwrap_or(Type::Any),
        unit: node.kept_text_of("unit"),
        title: node.texts_of("title"),
        values: in_order(values),
        is_calendar: false,
    }
}

/// The values by their beginning, each lasting to the next one's unless its end is written.
fn in_order(mut values: Vec<ParameterValue>) -> Vec<ParameterValue> {
    sort_by(&mut values, |left, right| left.period.from.cmp(&right.period.from));
    let beginnings: Vec<_> = values.iter().skip(1).map(|value| value.period.from).collect();
    for (value, next) in values.iter_mut().zip(beginnings) {
        if !value.end_written {
            value.period.to = next;
        }
    }
    values
}

/// The type that the values have together; a value of another type is a fault.
fn same_type(scope: &mut Scope, node: &Node<'_>, earlier: Option<Type>, value: &Value) -> Type {
    let found = types::of_value(value);
    let Some(earlier) = earlier else { return found };
    let joined = earlier.join(&found);
    if joined != Type::Any {
        return joined;
    }
    let message = format!("this value is {}, and in other periods it is {}", text::kind(value), earlier.words());
    let help = "give every period a value of one type";
    scope.fault(Diagnostic::new(&code::WRONG_TYPE, node.place(), message).help(help));
    earlier
}

/// The JSON value at `node`, of the type that is declared for it.
fn value_at(scope: &mut Scope, node: &Node<'_>, declared: Option<&Type>) -> Option<Value> {
    let value = match &node.json.kind {
        JsonKind::Null => Value::Null,
        JsonKind::Boolean(boolean) => Value::Boolean(*boolean),
        JsonKind::Number(token) => Value::Number(number::parse(token).ok()?),
        JsonKind::Text(text) => text_at(text, declared, scope.zones.as_ref()),
        JsonKind::List(_) => {
            let item_type = if let Some(Type::List(item)) = declared { Some(item.as_ref()) } else { None };
            let items: Vec<Option<Value>> = node.items().iter().map(|item| value_at(scope, item, item_type)).collect();
            return items.into_iter().collect::<Option<Vec<Value>>>().map(Value::list);
        }
        JsonKind::Object(_) => return context_at(scope, node, declared),
    };
    let right = declared.is_none_or(|declared| types::of_value(&value).conforms_to(declared));
    if right && !value.is_null() {
        return Some(value);
    }
    let message = match declared {
        Some(declared) => format!("this is {}, and should be {}", node.json.words(), declared.words()),
        None => "a parameter cannot be null".to_owned(),
    };
    let help = match declared {
        Some(_) => "dates, times and durations stand here as texts: `2019-06-01`, `P1Y`",
        None => "leave the period out; outside every period a parameter is not in force",
    };
    scope.fault(Diagnostic::new(&code::WRONG_TYPE, node.place(), message).help(help));
    None
}

fn context_at(scope: &mut Scope, node: &Node<'_>, declared: Option<&Type>) -> Option<Value> {
    let types = if let Some(Type::Context(entries)) = declared { entries.as_slice() } else { &[] };
    let mut entries = Vec::new();
    for (key, value) in node.entries() {
        let entry_type = types.iter().find(|(name, _)| **name == *key).map(|(_, entry)| entry);
        entries.push((key.into(), value_at(scope, &value, entry_type)?));
    }
    Context::from_entries(entries).map(|context| Value::Context(context.into()))
}

/// A text, or what it stands for where a date, a time or a duration is declared.
fn text_at(text: &str, declared: Option<&Type>, zones: Zones<'_>) -> Value {
    match declared {
        Some(Type::Date | Type::Time | Type::DateTime | Type::DayTimeDuration | Type::YearMonthDuration) => {
            text::at_literal(text, zones).unwrap_or_else(|| Value::text(text))
        }
        _ => Value::text(text),
    }
}

/// The reading `name` at `node`.
pub(super) fn reading(scope: &mut Scope, name: &str, node: &Node<'_>) -> Reading {
    let alternatives = node.entries_of("alternatives");
    Reading {
        name: name.into(),
        pointer: node.pointer.clone(),
        question: node.texts_of("question"),
        citations: scope.citations(node),
        alternatives: alternatives.into_iter().map(|(name, node)| alternative(scope, name, &node)).collect(),
    }
}

fn alternative(scope: &mut Scope, name: &str, node: &Node<'_>) -> Alternative {
    let (formula, text, citations) = if node.text().is_some() {
        (scope.formula(node), Texts::default(), Vec::new())
    } else {
        let formula = node.field("expression").map(|node| scope.formula(&node));
        let formula = formula.unwrap_or_else(|| unreadable(&node.pointer));
        (formula, node.texts_of("text"), scope.citations(node))
    };
    Alternative { name: name.into(), formula, text, citations }
}

/// All readings together must not have more combinations than are evaluated.
pub(super) fn combinations(scope: &mut Scope, node: &Node<'_>, readings: &[Reading]) {
    let ways = readings.iter().map(|reading| reading.alternatives.len().max(1));
    let count = ways.fold(1_usize, usize::saturating_mul);
    if count > COMBINATIONS {
        let message = format!("the readings have {count} combinations, and at most {COMBINATIONS} are evaluated");
        let help = "leave out alternatives that nobody holds, or decide a point";
        scope.fault(Diagnostic::new(&code::TOO_MANY_READINGS, node.place(), message).help(help));
    }
}

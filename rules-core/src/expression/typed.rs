//! Values as JSON with their kinds, as the conformance kit has them: `{"t": "number", "v": "1.5"}`. Numbers, dates and
//! durations are texts, so that nobody on the way rounds them.

use std::sync::Arc;

use crate::code;
use crate::diagnostic::Diagnostic;
use crate::source::{Place, pointer_to};
use crate::value::json::{Entry, Json, JsonKind, Written};
use crate::value::number::{parse, plain};
use crate::value::{Context, Value, Zones, text};

/// A value with its kind. What is not known, and what does not apply, is null.
pub(super) fn written(value: &Value) -> Written {
    let content = match value {
        Value::Null | Value::Unknown(_) | Value::NotApplicable | Value::NotInForce => {
            return Written::object([("t", Written::text("null"))]);
        }
        Value::Boolean(boolean) => Written::boolean(*boolean),
        Value::Number(number) => Written::text(plain(*number)),
        Value::List(items) => Written::List(items.iter().map(written).collect()),
        Value::Context(context) => {
            Written::Object(context.entries().map(|(key, value)| (key.to_string(), written(value))).collect())
        }
        Value::Function(_) => Written::text(""),
        value => Written::text(text::string(value).unwrap_or_default()),
    };
    Written::object([("t", Written::text(word(value))), ("v", content)])
}

/// The kit's word for the kind of a value.
fn word(value: &Value) -> &'static str {
    match value {
        Value::Boolean(_) => "boolean",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Date(_) => "date",
        Value::Time(_) => "time",
        Value::DateTime(_) => "dateTime",
        Value::DayTimeDuration(_) | Value::YearMonthDuration(_) => "duration",
        Value::List(_) => "list",
        Value::Context(_) => "context",
        Value::Range(_) => "range",
        Value::Function(_) => "function",
        Value::Null | Value::Unknown(_) | Value::NotApplicable | Value::NotInForce => "null",
    }
}

/// Values by name.
pub(super) fn entries(json: &Json<'_>, pointer: &str, zones: Zones<'_>) -> Result<Vec<(Arc<str>, Value)>, Diagnostic> {
    let entries = json.entries().ok_or_else(|| wrong(pointer, "names with their values are one JSON object"))?;
    let read = |entry: &Entry<'_>| {
        let value = read(&entry.value, &pointer_to(pointer, &entry.key), zones)?;
        Ok((Arc::from(entry.key.as_ref()), value))
    };
    entries.iter().map(read).collect()
}

/// The value that `written` gave.
fn read(json: &Json<'_>, pointer: &str, zones: Zones<'_>) -> Result<Value, Diagnostic> {
    let kind = json.get("t").and_then(Json::as_text).unwrap_or_default();
    let content = json.get("v").map(|content| &content.kind);
    let unfit = || wrong(pointer, "this is no value with its kind in `t` and itself in `v`");
    let value = match (kind, content) {
        ("null", _) => Some(Value::Null),
        ("boolean", Some(JsonKind::Boolean(boolean))) => Some(Value::Boolean(*boolean)),
        ("number", Some(JsonKind::Text(number))) => Some(Value::Number(parse(number).map_err(|_| {
            Diagnostic::new(&code::INEXACT_NUMBER, Place::at(pointer), "this is no number that can be held exactly")
        })?)),
        ("string", Some(JsonKind::Text(text))) => Some(Value::String(Arc::from(text.as_ref()))),
        ("list", Some(JsonKind::List(items))) => {
            let inner = pointer_to(pointer, "v");
            let items = items.iter().enumerate();
            let items = items.map(|(index, item)| read(item, &pointer_to(&inner, &index.to_string()), zones));
            Some(Value::List(Arc::new(items.collect::<Result<Vec<_>, _>>()?.into())))
        }
        ("context", Some(JsonKind::Object(_))) => {
            let content = json.get("v").ok_or_else(unfit)?;
            let entries = entries(content, &pointer_to(pointer, "v"), zones)?;
            Context::from_entries(entries).map(|context| Value::Context(Arc::new(context)))
        }
        (_, Some(JsonKind::Text(literal))) => text::at_literal(literal, zones).filter(|value| word(value) == kind),
        _ => None,
    };
    value.ok_or_else(unfit)
}

fn wrong(pointer: &str, message: &str) -> Diagnostic {
    Diagnostic::new(&code::WRONG_TYPE, Place::at(pointer), message)
}

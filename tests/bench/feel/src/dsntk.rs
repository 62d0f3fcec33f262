//! The other engine, behind the same four verbs.

use std::panic::{AssertUnwindSafe, catch_unwind};

use dsntk_feel::context::FeelContext;
use dsntk_feel::values::Value;
use dsntk_feel::{Evaluator, FeelScope};
use dsntk_feel_parser::AstNode;
use serde_json::{Map, json};

/// Names with the kit's typed values.
pub fn scope(inputs: &serde_json::Value) -> Option<FeelScope> {
    Some(context(inputs)?.into())
}

fn context(entries: &serde_json::Value) -> Option<FeelContext> {
    let mut context = FeelContext::default();
    for (name, typed) in entries.as_object()? {
        context.set_entry(&name.as_str().into(), value(typed)?);
    }
    Some(context)
}

/// The value that the kit types so.
fn value(typed: &serde_json::Value) -> Option<Value> {
    let content = &typed["v"];
    let literal = |text: String| Some(prepare(&FeelScope::default(), &text)?(&FeelScope::default()));
    match typed["t"].as_str()? {
        "null" => Some(Value::Null(None)),
        "boolean" => content.as_bool().map(Value::Boolean),
        "string" => content.as_str().map(|text| Value::String(text.to_owned())),
        "number" => literal(content.as_str()?.to_owned()),
        "list" => content.as_array()?.iter().map(value).collect::<Option<Vec<_>>>().map(Value::List),
        "context" => context(content).map(Value::Context),
        _ => literal(format!("@{content}")),
    }
}

/// Text to tree.
pub fn parse(scope: &FeelScope, text: &str) -> Option<AstNode> {
    dsntk_feel_parser::parse_expression(scope, text, false).ok()
}

/// Text to what can be evaluated.
pub fn prepare(scope: &FeelScope, text: &str) -> Option<Evaluator> {
    let tree = parse(scope, text)?;
    catch_unwind(AssertUnwindSafe(|| dsntk_feel_evaluator::prepare(&tree))).ok()
}

/// A value as the kit types it.
pub fn typed(value: &Value) -> serde_json::Value {
    let of = |kind: &str, text: String| json!({"t": kind, "v": text});
    match value {
        Value::Boolean(boolean) => json!({"t": "boolean", "v": boolean}),
        Value::Number(number) => of("number", number.to_string()),
        Value::String(text) => of("string", text.clone()),
        Value::Date(date) => of("date", date.to_string()),
        Value::Time(time) => of("time", time.to_string()),
        Value::DateTime(date_time) => of("dateTime", date_time.to_string()),
        Value::DaysAndTimeDuration(duration) => of("duration", duration.to_string()),
        Value::YearsAndMonthsDuration(duration) => of("duration", duration.to_string()),
        Value::List(items) => json!({"t": "list", "v": items.iter().map(typed).collect::<Vec<_>>()}),
        Value::Context(context) => {
            let entries: Map<_, _> = context.iter().map(|(name, value)| (name.to_string(), typed(value))).collect();
            json!({"t": "context", "v": entries})
        }
        _ => json!({"t": "null"}),
    }
}

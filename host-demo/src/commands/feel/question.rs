//! One expression asked of the engine, and its answer.

use crate::answer::Fault;
use crate::engine::session::Caller;
use crate::failure::{Failure, Outcome};
use crate::findings::{self, Finding};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use serde_json::value::RawValue;
use std::time::SystemTime;

/// The request, as the engine reads it.
#[derive(Serialize)]
pub(super) struct Question<'q> {
    #[serde(rename = "do")]
    pub(super) verb: &'static str,
    pub(super) expression: &'q str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) context: Option<&'q str>,
    /// Typed values by name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) inputs: Option<&'q RawValue>,
    /// Item definitions.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) types: Option<&'q RawValue>,
    /// Types by name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) declared: Option<&'q RawValue>,
    /// The type of the result.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) returns: Option<&'q str>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    pub(super) not_known: &'q [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) as_of: Option<&'q str>,
    /// Whether its types are to be looked at too.
    pub(super) check: bool,
}

impl<'q> Question<'q> {
    /// An expression without names.
    pub(super) fn of(expression: &'q str) -> Self {
        Self {
            verb: "feel",
            expression,
            context: None,
            inputs: None,
            types: None,
            declared: None,
            returns: None,
            not_known: &[],
            as_of: None,
            check: false,
        }
    }
}

/// What the expression gives, or what is wrong with it.
pub(super) enum Answer {
    Value(Found),
    Faulty(Vec<Finding>),
}

/// A value.
pub(super) struct Found {
    /// As FEEL.
    pub(super) value: String,
    /// As JSON with its kind.
    pub(super) typed: Box<RawValue>,
    /// Why it is null.
    pub(super) reason: Option<String>,
    /// What the types say of the expression, when that was asked for.
    pub(super) warnings: Vec<Finding>,
}

/// The answer, as the engine writes it.
#[derive(Deserialize)]
struct Written {
    value: Option<String>,
    typed: Option<Box<RawValue>>,
    reason: Option<String>,
    #[serde(default)]
    warnings: Vec<Value>,
    diagnostics: Option<Vec<Value>>,
    error: Option<Fault>,
}

/// Asks the engine.
pub(super) fn ask(caller: &mut Caller<'_>, question: &Question<'_>) -> Outcome<Answer> {
    let unreadable = |error: serde_json::Error| Failure::new(format!("the engine's answer cannot be read: {error}"));
    let answer = caller.call(&serde_json::to_string(question).map_err(unreadable)?)?;
    let answer: Written = serde_json::from_str(&answer).map_err(unreadable)?;
    match answer {
        Written { value: Some(value), typed: Some(typed), reason, warnings, .. } => {
            Ok(Answer::Value(Found { value, typed, reason, warnings: findings::read(&warnings) }))
        }
        Written { diagnostics: Some(faults), .. } => Ok(Answer::Faulty(findings::read(&faults))),
        Written { error: Some(fault), .. } => Err(fault.into()),
        _ => Err(Failure::new("the engine gave neither a value nor a reason")),
    }
}

/// The date that `today()` gives: the caller's, or that of the machine's clock in UTC. The engine has no clock, but it
/// knows the calendar.
pub(super) fn date(caller: &mut Caller<'_>, given: Option<&str>) -> Outcome<String> {
    let since_1970 = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    let expression = match given {
        Some(_) => "string(today())".to_owned(),
        None => format!("string(@\"1970-01-01\" + @\"P{}D\")", since_1970.as_secs() / 86_400),
    };
    let unreadable = || Failure::new("the engine gave no date");
    match ask(caller, &Question { as_of: given, ..Question::of(&expression) })? {
        Answer::Value(found) => serde_json::from_str(&found.value).map_err(|_| unreadable()),
        Answer::Faulty(_) => Err(unreadable()),
    }
}

//! The engine's answers to single requests.

use crate::engine::session::Session;
use crate::failure::{Failure, Outcome};
use serde::Deserialize;
use serde_json::value::RawValue;
use serde_json::{Value, json};

/// One fault of a case or of a request. It never holds the case's values.
#[derive(Debug, Deserialize)]
pub(crate) struct Fault {
    #[serde(default)]
    pub(crate) code: String,
    #[serde(default)]
    pub(crate) pointer: String,
    pub(crate) message: String,
    #[serde(default)]
    pub(crate) help: Option<String>,
}

impl From<Fault> for Failure {
    fn from(fault: Fault) -> Self {
        let failure = Self::new(fault.message);
        match fault.help {
            Some(help) => failure.help(help),
            None => failure,
        }
    }
}

/// What a case was decided to.
pub(crate) enum Decision {
    /// The record as the engine wrote it, or the text that was asked for.
    Written(String),
    /// Why the case could not be decided.
    Rejected(Vec<Fault>),
}

/// What is to be decided and how it is to be told.
pub(crate) struct Question<'a> {
    /// The case as JSON text, which goes to the engine as it is.
    pub(crate) case: &'a str,
    pub(crate) as_of: Option<&'a str>,
    /// `json`, `text`, `markdown`, `html` or `page`.
    pub(crate) format: &'a str,
    /// `citizen`, `officer` or `auditor`.
    pub(crate) audience: &'a str,
}

#[derive(Deserialize)]
struct Answer<'a> {
    #[serde(borrow)]
    record: Option<&'a RawValue>,
    text: Option<String>,
    rejected: Option<Vec<Fault>>,
    error: Option<Fault>,
}

/// Asks the engine to decide one case.
pub(crate) fn decide(session: &mut Session, question: &Question<'_>) -> Outcome<Decision> {
    let Question { format, audience, .. } = question;
    let mut request =
        json!({"do": "decide", "format": format, "audience": audience, "pack": session.pack(), "record": "full"});
    if let Some(as_of) = question.as_of {
        insert(&mut request, "as_of", as_of.into());
    }
    if let Some(mapping) = session.mapping() {
        insert(&mut request, "mapping", mapping.into());
    }
    // The case is put in as text: a number read and written again might not be the same.
    let rest = request.to_string();
    let rest = rest.strip_prefix('{').unwrap_or(&rest);
    let answer = session.call_text(&format!("{{\"case\":{},{rest}", question.case))?;
    let answer: Answer<'_> = serde_json::from_str(&answer)
        .map_err(|error| Failure::new(format!("the engine's answer cannot be read: {error}")))?;
    if let Some(faults) = answer.rejected {
        return Ok(Decision::Rejected(faults));
    }
    if let Some(fault) = answer.error {
        return Err(fault.into());
    }
    match (answer.record, answer.text) {
        (Some(record), _) => Ok(Decision::Written(record.get().to_owned())),
        (None, Some(text)) => Ok(Decision::Written(text)),
        (None, None) => Err(Failure::new("the engine gave neither a decision nor a reason")),
    }
}

fn insert(request: &mut Value, key: &str, value: Value) {
    if let Value::Object(members) = request {
        members.insert(key.to_owned(), value);
    }
}

//! `rules lint`: everything that is wrong with packs, at once.

use super::EngineOptions;
use crate::engine::Host;
use crate::engine::session::Caller;
use crate::failure::{Failure, Outcome};
use crate::findings::{self, Document, Finding};
use crate::packs::{self, PackFile};
use crate::{Ending, terminal};
use clap::Args;
use rules_core::{Locator, Place};
use serde_json::{Value, json};
use std::path::PathBuf;
use std::sync::Arc;

/// Check packs: every fault at once, with its place and what to do
///
/// Two judges look at a pack: the published JSON Schema that editors use, and the engine, which also knows the names,
/// types, periods and tables. Code 1 when there is an error; a warning alone ends in 0.
#[derive(Args)]
pub(crate) struct Lint {
    /// Folders of packs, folders with packs in them at any depth, or their pack.json
    #[arg(required = true)]
    packs: Vec<PathBuf>,
    #[command(flatten)]
    engine: EngineOptions,
}

impl Lint {
    pub(crate) fn run(self) -> Outcome<Ending> {
        let host = Arc::new(Host::open(self.engine.host, self.engine.limits(1))?);
        let mut ending = Ending::Done;
        for pack in packs::read_all(&self.packs)? {
            let mut found = by_engine(&host, &pack)?;
            found.extend(by_schema(&pack.text, &found)?);
            found.sort_by_key(|finding| (finding.line, finding.column));
            let name = pack.path.display().to_string();
            findings::print(&Document { name: &name, text: &pack.text }, &found)?;
            let verdict =
                if found.is_empty() { "nothing to find fault with".to_owned() } else { findings::count(&found) };
            terminal::print(&format!("{name}: {verdict}"))?;
            if found.iter().any(Finding::is_error) {
                ending = Ending::Findings;
            }
        }
        Ok(ending)
    }
}

fn by_engine(host: &Arc<Host>, pack: &PackFile) -> Outcome<Vec<Finding>> {
    let answer = Caller::open(host)?.call(&json!({"do": "lint", "text": pack.text}).to_string())?;
    let answer: Value = serde_json::from_str(&answer).unwrap_or_default();
    match answer.get("diagnostics") {
        Some(Value::Array(diagnostics)) => Ok(findings::read(diagnostics)),
        _ => Err(Failure::new(format!("the engine gave no diagnostics: {answer}"))),
    }
}

/// What the published schema says that the engine has not said already about the same place.
fn by_schema(text: &str, known: &[Finding]) -> Outcome<Vec<Finding>> {
    // What is no JSON has been told by the engine.
    let Ok(pack) = serde_json::from_str::<Value>(text) else { return Ok(Vec::new()) };
    let fault = |error: &dyn std::fmt::Display| Failure::new(format!("the published schema cannot be used: {error}"));
    let schema = rules_core::published_schemas().into_iter().find(|(name, _)| *name == "pack.schema.json");
    let (_, schema) = schema.ok_or_else(|| fault(&"it is missing"))?;
    let schema: Value = serde_json::from_str(&schema).map_err(|error| fault(&error))?;
    let validator = jsonschema::validator_for(&schema).map_err(|error| fault(&error))?;
    let locator = Locator::new(text);
    let mut found: Vec<Finding> = Vec::new();
    for error in validator.iter_errors(&pack) {
        let pointer = error.instance_path().to_string();
        let told = known.iter().chain(&found).any(|finding| {
            finding.is_error() && (finding.pointer.starts_with(&pointer) || pointer.starts_with(&finding.pointer))
        });
        if told {
            continue;
        }
        let location = locator.locate(&Place::at(pointer.clone()));
        found.push(Finding {
            code: "schema".to_owned(),
            severity: "error".to_owned(),
            message: error.masked_with("what stands here").to_string(),
            help: Some("an editor that knows pack.schema.json shows what may stand here".to_owned()),
            pointer,
            line: location.line,
            column: location.column,
            end_line: location.end_line,
            end_column: location.end_column,
        });
    }
    Ok(found)
}

//! Tables and files of others through `rules check` with a mapping of the contract-variation pack.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use rules_tests::{shared, workspace};
use serde_json::Value;
use serde_json::value::RawValue;

use crate::program::rules;

/// What the record says of one decision; numbers stay as they are written.
#[derive(serde::Deserialize)]
pub(crate) struct Criterion {
    id: String,
    pub(crate) state: String,
    value: Option<Box<RawValue>>,
}

#[derive(serde::Deserialize)]
pub(crate) struct Trigger {
    id: String,
    state: String,
}

#[derive(serde::Deserialize)]
pub(crate) struct Record {
    pub(crate) case: String,
    criteria: Vec<Criterion>,
    triggers: Vec<Trigger>,
    pub(crate) outcome: Value,
    pub(crate) missing: Vec<Value>,
}

impl Record {
    pub(crate) fn criterion(&self, id: &str) -> &Criterion {
        self.criteria
            .iter()
            .find(|criterion| criterion.id == id)
            .unwrap_or_else(|| panic!("{}: no `{id}` in the record", self.case))
    }

    pub(crate) fn value(&self, id: &str) -> Option<String> {
        self.criterion(id).value.as_ref().map(|value| value.get().trim_matches('"').to_owned())
    }

    /// Whether that trigger fires.
    pub(crate) fn fires(&self, id: &str) -> bool {
        let trigger = self.triggers.iter().find(|trigger| trigger.id == id);
        trigger.unwrap_or_else(|| panic!("{}: no trigger `{id}` in the record", self.case)).state == "fires"
    }

    /// Whether the record names that fact as missing.
    pub(crate) fn lacks(&self, fact: &str) -> bool {
        self.missing.iter().any(|missing| missing["fact"] == fact)
    }
}

/// A file of the data that others made and that is no part of the repository; without it the suite says so.
pub(crate) fn shared_file(suite: &str, path: &str) -> Option<PathBuf> {
    let file = shared().map(|folder| folder.join("data").join(path)).filter(|file| file.is_file());
    if file.is_none() {
        eprintln!("{suite}: shared data is absent ({path}); nothing was compared");
    }
    file
}

/// Runs `rules check` over a file; gives the records and the rejects.
pub(crate) fn check(file: &Path, mapping: &str) -> (Vec<Record>, Vec<Value>) {
    let pack = workspace().join("rule-packs/contract-variation");
    let folder = tempfile::tempdir().unwrap();
    let (records, rejects) = (folder.path().join("records.ndjson"), folder.path().join("rejects.ndjson"));
    let mut command = Command::new(rules());
    command.arg("check").arg(&pack).arg(file).arg("--map").arg(pack.join(mapping));
    // For files whose rows name no day.
    command.args(["--as-of", "2026-11-22"]);
    let run = command.arg("--out").arg(&records).arg("--rejects").arg(&rejects).output().unwrap();
    assert!(matches!(run.status.code(), Some(0 | 1)), "{}", String::from_utf8_lossy(&run.stderr));
    let records = fs::read_to_string(records).unwrap();
    let rejects = fs::read_to_string(rejects).unwrap_or_default();
    let records = records.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    (records, rejects.lines().map(|line| serde_json::from_str(line).unwrap()).collect())
}

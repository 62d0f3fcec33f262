//! Real modification notices (standard form F20) through the mapping and the `rules` command line: every row is decided or rejected by
//! name, percentages are exact to six decimals against both bases, and bands are equal.
//!
//! The rows belong to others and are no part of the repository; without them the suite says so and has nothing to hold.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

use rules_tests::{shared, workspace};
use serde_json::Value;
use serde_json::value::RawValue;

use crate::program::rules;

type Row = BTreeMap<String, String>;

/// What the record says of one decision; numbers stay as they are written.
#[derive(serde::Deserialize)]
struct Criterion {
    id: String,
    state: String,
    value: Option<Box<RawValue>>,
}

#[derive(serde::Deserialize)]
struct Record {
    case: String,
    criteria: Vec<Criterion>,
    outcome: Value,
    missing: Vec<Value>,
}

impl Record {
    fn criterion(&self, id: &str) -> &Criterion {
        self.criteria
            .iter()
            .find(|criterion| criterion.id == id)
            .unwrap_or_else(|| panic!("{}: no `{id}` in the record", self.case))
    }

    fn value(&self, id: &str) -> Option<String> {
        self.criterion(id).value.as_ref().map(|value| value.get().trim_matches('"').to_owned())
    }
}

#[test]
fn every_notice_is_decided_or_rejected_by_name() {
    let Some(table) =
        shared().map(|folder| folder.join("data/ted-f20-modifications/f20.csv")).filter(|file| file.is_file())
    else {
        eprintln!("f20_rows: shared data is absent (ted-f20-modifications/f20.csv); nothing was compared");
        return;
    };
    let rows = rows(&table);
    let (records, rejects) = check(&table);
    assert_eq!(rows.len(), records.len() + rejects.len(), "rows in = records + rejects");
    assert!(
        rejects.iter().all(|reject| reject["case"].is_string() && reject["code"].is_string()),
        "a reject names its case and its fault"
    );
    assert!(!records.is_empty());
    for record in &records {
        let row = rows
            .iter()
            .find(|row| row["notice"] == record.case)
            .unwrap_or_else(|| panic!("{}: no such row", record.case));
        compare(row, record, "before");
        compare(row, record, "initial");
        compare_law(row, record);
    }
}

/// The figures against one base: where a value is missing in the notice, the record says that it cannot tell, and of what.
fn compare(row: &Row, record: &Record, base: &str) {
    let (percent, band) = (&row[&format!("change_vs_{base}_pct")], &row[&format!("band_vs_{base}")]);
    let name = if base == "before" { "value before" } else { "initial value" };
    let (displayed, banded) = (format!("displayed change against {name}"), format!("band against {name}"));
    if percent.is_empty() {
        let named = ["initial_total", "before", "after"].iter().any(|column| row[*column].is_empty());
        if named {
            assert_eq!(record.criterion(&displayed).state, "cannot tell", "{}", record.case);
            assert_eq!(record.criterion(&banded).state, "cannot tell", "{}", record.case);
            assert!(!record.missing.is_empty(), "{}: the missing values are named", record.case);
            return;
        }
        assert_eq!(record.value(&displayed), None, "{}: no percentage of nothing", record.case);
    } else {
        assert_eq!(record.value(&displayed).as_deref(), Some(plain(percent)), "{}: {displayed}", record.case);
    }
    assert_eq!(record.value(&banded).as_deref(), Some(band.as_str()), "{}: {banded}", record.case);
}

/// Outside the United Kingdom its thresholds do not apply; inside, no notice has the judgements that regulation 72 wants.
fn compare_law(row: &Row, record: &Record) {
    let states = if row["country"] == "UK" { &["cannot tell", "not met"][..] } else { &["not applicable"][..] };
    let state = record.outcome["state"].as_str().unwrap();
    assert!(states.contains(&state), "{}: {state}", record.case);
    if row["country"] != "UK" {
        assert_eq!(record.criterion("below the threshold").state, "not applicable", "{}", record.case);
    }
}

/// A number as a record writes it: without zeros at the end.
fn plain(text: &str) -> &str {
    if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.') } else { text }
}

fn rows(table: &Path) -> Vec<Row> {
    csv::Reader::from_path(table).unwrap().deserialize().map(|row| row.unwrap()).collect()
}

/// Runs `rules check` over the table; gives the records and the rejects.
fn check(table: &Path) -> (Vec<Record>, Vec<Value>) {
    let pack = workspace().join("rule-packs/contract-variation");
    let folder = tempfile::tempdir().unwrap();
    let (records, rejects) = (folder.path().join("records.ndjson"), folder.path().join("rejects.ndjson"));
    let mut command = Command::new(rules());
    command.arg("check").arg(&pack).arg(table).arg("--map").arg(pack.join("f20.mapping.json"));
    let run = command.arg("--out").arg(&records).arg("--rejects").arg(&rejects).output().unwrap();
    assert!(matches!(run.status.code(), Some(0 | 1)), "{}", String::from_utf8_lossy(&run.stderr));
    let records = fs::read_to_string(records).unwrap();
    let rejects = fs::read_to_string(rejects).unwrap_or_default();
    let records = records.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    (records, rejects.lines().map(|line| serde_json::from_str(line).unwrap()).collect())
}

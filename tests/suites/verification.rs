//! `rules verify`: every record and receipt of the shipped packs is confirmed, and none with a field altered.
//!
//! Many altered documents go through one run of the program: each stands in a file of its like, and the run says how
//! many it found in order.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::program::rules;
use rules_tests::packs::{self, Pack};
use rules_tests::{exact, exact_number, values, written};
use serde_json::{Map, Value};

/// Of each document one leaf of so many is altered, in each case others: over the cases of a pack every field comes up,
/// and the suite takes seconds.
const STRIDE: usize = 23;
/// The most cases of a pack that are looked at.
const MOST: usize = 24;

/// A folder with the cases of a shipped pack, their records, receipts and openings.
struct Batch {
    folder: tempfile::TempDir,
    pack: Pack,
}

/// What a test needs of a batch: the file and the options with which it is written.
const RECORDS: Files = &[("records.ndjson", &[])];
const BRIEF: Files = &[("brief.ndjson", &["--record", "brief"])];
const RECEIPTS: Files = &[("receipts.ndjson", &["--receipt", "--openings", "openings.ndjson"])];

type Files = &'static [(&'static str, &'static [&'static str])];

impl Batch {
    /// Every shipped pack with some of its cases, as many as are told apart in seconds.
    fn of_every_pack(files: &[Files]) -> Vec<Self> {
        packs::shipped().into_iter().map(|pack| Self::decided(pack, files)).collect()
    }

    fn decided(pack: Pack, files: &[Files]) -> Self {
        let cases = pack.cases();
        let some = cases.iter().step_by(cases.len() / MOST + 1).enumerate();
        let lines: String = some.map(|(number, case)| format!("{}\n", line(number, case))).collect();
        let batch = Self { folder: tempfile::tempdir().unwrap(), pack };
        fs::write(batch.path("cases.ndjson"), lines).unwrap();
        for (out, more) in files.iter().copied().flatten() {
            batch.check(out, more);
        }
        batch
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn lines(&self, name: &str) -> Vec<String> {
        fs::read_to_string(self.path(name)).unwrap().lines().map(str::to_owned).collect()
    }

    fn write(&self, name: &str, lines: &[String]) {
        fs::write(self.path(name), lines.iter().map(|line| format!("{line}\n")).collect::<String>()).unwrap();
    }

    fn check(&self, out: &str, more: &[&str]) {
        let mut command = Command::new(rules());
        command
            .current_dir(&self.folder)
            .args(["check", "--host", "native"])
            .arg(&self.pack.folder)
            .arg("cases.ndjson");
        let output = command.arg("--out").arg(self.path(out)).args(more).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }

    /// The code and the last line that the verification of a file ends with.
    fn verify(&self, file: &str, openings: Option<&str>, cases: Option<&str>) -> (Option<i32>, String) {
        let mut command = Command::new(rules());
        command.arg("verify").arg(self.path(file)).args(["--host", "native"]);
        if let Some(openings) = openings {
            command.arg("--openings").arg(self.path(openings));
        }
        if let Some(cases) = cases {
            command.arg("--pack").arg(&self.pack.folder).arg("--case").arg(self.path(cases));
        }
        let output = command.output().unwrap();
        let printed = String::from_utf8(output.stdout).unwrap();
        (output.status.code(), printed.lines().last().unwrap_or_default().to_owned())
    }
}

/// A case as the engine reads it, on one line, with a name that no other has.
fn line(number: usize, case: &Value) -> Value {
    let mut facts = crate::records::case(case);
    facts.insert("case".to_owned(), format!("case {number}").into());
    Value::Object(facts)
}

/// The document with one leaf altered, once for every leaf whose turn it is.
fn altered(number: usize, text: &str) -> Vec<String> {
    let document = exact(text).unwrap();
    assert_eq!(written(&document), text);
    let leaves = values(&document);
    let leaves = leaves.iter().filter(|(_, value)| match value {
        Value::Array(items) => items.is_empty(),
        Value::Object(members) => members.is_empty(),
        _ => true,
    });
    leaves
        .skip(number % STRIDE)
        .step_by(STRIDE)
        .map(|(pointer, value)| {
            let mut changed = document.clone();
            *changed.pointer_mut(pointer).unwrap() = other_than(value);
            written(&changed)
        })
        .collect()
}

fn other_than(value: &Value) -> Value {
    match value {
        Value::Null => false.into(),
        Value::Bool(yes) => (!yes).into(),
        Value::Number(_) => unreachable!("numbers are read as texts"),
        // One character another: as little as can be changed.
        Value::String(text) => match text.char_indices().last() {
            Some((place, last)) => format!("{}{}", &text[..place], if last == '0' { '1' } else { '0' }).into(),
            None => " ".into(),
        },
        Value::Array(_) => Value::Array(vec![Value::Null]),
        Value::Object(_) => Value::Object(Map::from_iter([("more".to_owned(), Value::Null)])),
    }
}

#[test]
fn what_was_decided_is_confirmed_and_comes_out_in_the_same_bytes() {
    for batch in Batch::of_every_pack(&[RECORDS, BRIEF, RECEIPTS]) {
        let count = batch.lines("cases.ndjson").len();
        for (file, openings, what) in [
            ("records.ndjson", None, "records"),
            ("brief.ndjson", None, "records"),
            ("receipts.ndjson", Some("openings.ndjson"), "receipts"),
        ] {
            let verdict = batch.verify(file, openings, Some("cases.ndjson"));
            assert_eq!(verdict, (Some(0), format!("{count} {what}: all in order")), "{} {file}", batch.pack.name());
        }
        batch.check("again.ndjson", &[]);
        assert_eq!(batch.lines("again.ndjson"), batch.lines("records.ndjson"));
    }
}

#[test]
fn no_altered_field_of_a_record_goes_unnoticed() {
    let mut all = 0;
    for batch in Batch::of_every_pack(&[RECORDS]) {
        let (mut records, mut cases) = (Vec::new(), Vec::new());
        for (number, (record, case)) in
            batch.lines("records.ndjson").iter().zip(batch.lines("cases.ndjson")).enumerate()
        {
            for record in altered(number, record) {
                records.push(record);
                cases.push(case.clone());
            }
        }
        all += records.len();
        batch.write("altered.ndjson", &records);
        batch.write("cases-of-altered.ndjson", &cases);
        let verdict = batch.verify("altered.ndjson", None, Some("cases-of-altered.ndjson"));
        let expected = format!("{0} records: {0} not in order", records.len());
        assert_eq!(verdict, (Some(1), expected), "{}", batch.pack.name());
    }
    assert!(all > 2_000, "only {all} alterations");
}

#[test]
fn no_altered_field_of_a_receipt_or_its_openings_goes_unnoticed() {
    let mut all = 0;
    for batch in Batch::of_every_pack(&[RECEIPTS]) {
        let receipts = batch.lines("receipts.ndjson");
        let changed: Vec<String> =
            receipts.iter().enumerate().flat_map(|(number, receipt)| altered(number, receipt)).collect();
        all += changed.len();
        batch.write("altered.ndjson", &changed);
        let expected = format!("{0} receipts: {0} not in order", changed.len());
        assert_eq!(batch.verify("altered.ndjson", None, None), (Some(1), expected), "{}", batch.pack.name());

        let (mut repeated, mut changed) = (Vec::new(), Vec::new());
        for (number, openings) in batch.lines("openings.ndjson").iter().enumerate() {
            for openings in altered(number, openings) {
                changed.push(openings);
                repeated.push(receipts[number].clone());
            }
        }
        all += changed.len();
        batch.write("repeated.ndjson", &repeated);
        batch.write("altered.ndjson", &changed);
        let expected = format!("{0} receipts: {0} not in order", changed.len());
        let verdict = batch.verify("repeated.ndjson", Some("altered.ndjson"), None);
        assert_eq!(verdict, (Some(1), expected), "{}", batch.pack.name());
    }
    assert!(all > 2_000, "only {all} alterations");
}

#[test]
fn a_receipt_shows_no_value_and_no_two_salts_are_the_same() {
    let mut salts = Vec::new();
    for batch in Batch::of_every_pack(&[RECEIPTS]) {
        // A word of the pack, such as the name of a trigger, is nobody's secret.
        let pack = fs::read_to_string(batch.pack.folder.join("pack.json")).unwrap();
        let is_of_pack = |value: &Value| exact_number(value).is_none() && pack.contains(&value.to_string());
        for (receipt, openings) in batch.lines("receipts.ndjson").iter().zip(batch.lines("openings.ndjson")) {
            let (mut receipt, openings) = (exact(receipt).unwrap(), exact(&openings).unwrap());
            // The date of the decision is no fact; a period may begin on it.
            receipt["as_of"].take();
            let shown: Vec<Value> = values(&receipt).into_iter().map(|(_, value)| value.clone()).collect();
            let opened = openings["openings"].as_object().unwrap();
            assert_eq!(opened.len(), receipt["commitments"].as_object().unwrap().len());
            for (pointer, opening) in opened {
                let salt = opening["salt"].as_str().unwrap();
                assert_eq!(salt.len(), 32);
                salts.push(salt.to_owned());
                let told = values(&opening["value"]).into_iter().map(|(_, value)| value);
                for value in told.filter(|value| tells(value) && !is_of_pack(value)) {
                    assert!(!shown.contains(value), "{}: {pointer} shows {value}", batch.pack.name());
                }
            }
        }
    }
    let count = salts.len();
    salts.sort_unstable();
    salts.dedup();
    assert!(count > 5_000 && salts.len() == count, "{} of {count} salts", salts.len());
}

/// Whether a value would be found out by standing in a receipt: fractions, dates and sentences with numbers in them are
/// the name of nothing in a pack.
fn tells(value: &Value) -> bool {
    match (exact_number(value), value.as_str()) {
        (Some(number), _) => number.contains('.'),
        (None, Some(text)) => {
            text.len() > 9 && text.contains([' ', '-']) && text.contains(|character: char| character.is_ascii_digit())
        }
        (None, None) => false,
    }
}

#[test]
fn a_pack_that_was_changed_is_named() {
    let pack = packs::shipped().into_iter().find(|pack| pack.name() == "blue-light").unwrap();
    let batch = Batch::decided(pack, &[RECORDS]);
    let text = fs::read_to_string(batch.pack.folder.join("pack.json")).unwrap();
    let version = text.split("\"version\": \"").nth(1).and_then(|rest| rest.split('"').next()).unwrap();
    let newer = text.replacen(&format!("\"version\": \"{version}\""), "\"version\": \"99.0.0\"", 1);
    fs::write(batch.path("pack.json"), newer).unwrap();
    let output = Command::new(rules())
        .args(["verify", "--host", "native"])
        .arg(batch.path("records.ndjson"))
        .arg("--pack")
        .arg(batch.path("pack.json"))
        .arg("--case")
        .arg(Path::new(&batch.path("cases.ndjson")))
        .output()
        .unwrap();
    let printed = String::from_utf8(output.stdout).unwrap();
    let count = batch.lines("records.ndjson").len();
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(
        printed.matches(&format!("the record was made by pack `blue-light` {version} (SHA-256 ")).count(),
        count
    );
    assert_eq!(printed.matches("is pack `blue-light` 99.0.0 (SHA-256 ").count(), count);
    // Nothing else differs: a heading and one line for each record, and the sum.
    assert_eq!(printed.lines().count(), count * 2 + 1, "{printed}");
}

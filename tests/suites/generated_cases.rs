//! Every pack over cases made from its own schema of facts: an explained run says what a silent one says, every host writes
//! the same bytes, and no case is refused.

use std::collections::BTreeMap;
use std::fs;
use std::process::Command;

use rules_core::Wire;
use rules_tests::cases::CaseMaker;
use rules_tests::packs;
use serde_json::Value;

use crate::program::rules;
use crate::records::{load, record, without_reasons};

const CASES: usize = 60;
const SEED: u64 = 20_261_122;

#[test]
fn a_silent_run_of_a_generated_case_says_what_an_explained_one_says() {
    for pack in packs::all() {
        let mut wire = Wire::new();
        let handle = load(&mut wire, &pack.document());
        let mut outcomes: BTreeMap<String, usize> = BTreeMap::new();
        for line in CaseMaker::new(&pack).lines(CASES, SEED).lines() {
            let case = serde_json::from_str(line).unwrap();
            let read = |detail, wire: &mut Wire| -> Value {
                serde_json::from_str(&record(wire, handle, &case, detail)).unwrap()
            };
            let (brief, full) = (read("brief", &mut wire), read("full", &mut wire));
            assert_eq!(without_reasons(brief), without_reasons(full.clone()), "{}: {line}", pack.name());
            *outcomes.entry(full["outcome"]["state"].as_str().unwrap().to_owned()).or_default() += 1;
        }
        println!("{}: {outcomes:?}", pack.name());
        assert!(outcomes.len() > 1, "{}: all generated cases come to {outcomes:?}", pack.name());
    }
}

#[test]
fn generated_cases_come_to_the_same_bytes_native_and_under_wasmtime() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("cases.ndjson");
    for pack in packs::all() {
        let lines = CaseMaker::new(&pack).lines(CASES, SEED);
        assert_eq!(lines, CaseMaker::new(&pack).lines(CASES, SEED), "the same seed gives the same cases");
        fs::write(&file, lines).unwrap();
        let [native, wasm] = ["native", "wasm"].map(|host| {
            let mut check = Command::new(rules());
            let output = check.args(["check", "--host", host]).arg(&pack.folder).arg(&file).output().unwrap();
            assert!(output.status.success(), "{}: {}", pack.name(), String::from_utf8_lossy(&output.stderr));
            output.stdout
        });
        assert!(native == wasm, "{}: the hosts differ", pack.name());
        assert_eq!(native.iter().filter(|byte| **byte == b'\n').count(), CASES, "{}", pack.name());
    }
}

//! Requests to the engine and its answers, member by member. `browser/parity.test.js` asks Node and Chromium the same.

use std::fs;

use rules_core::Wire;
use rules_tests::workspace;
use serde_json::Value;

#[test]
fn every_request_gets_its_answer() {
    let rows = fs::read_to_string(workspace().join("tests/corpus/wire/feel.json")).unwrap();
    let rows: Vec<Value> = serde_json::from_str(&rows).unwrap();
    let mut wire = Wire::new();
    let mut wrong = Vec::new();
    for row in &rows {
        let got: Value = serde_json::from_str(&wire.call(&row["request"].to_string())).unwrap();
        if got != row["answer"] {
            wrong.push(format!("{}: {got}", row["says"]));
        }
    }
    assert!(wrong.is_empty(), "{} of {} requests:\n{}", wrong.len(), rows.len(), wrong.join("\n"));
}

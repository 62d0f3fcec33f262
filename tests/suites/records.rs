//! Records: a silent run says what an explained one says, in canonical form, and a missing fact settles nothing.

use std::collections::BTreeSet;

use rules_core::Wire;
use rules_tests::{exact, packs, time_zones_text, written};
use serde_json::{Map, Value, json};

/// The shipped packs and those of the browser tests with the cases of their `cases.json`.
pub(crate) fn packs() -> Vec<(String, Vec<Value>)> {
    packs::all().iter().map(|pack| (pack.document(), pack.cases())).collect()
}

/// The most cases of a pack that are decided once for each of their facts.
const MOST: usize = 20;

/// The case as the engine reads it.
pub(crate) fn case(case: &Value) -> Map<String, Value> {
    let mut facts = case["facts"].as_object().unwrap().clone();
    for key in ["as_of", "not_known", "not_applicable"] {
        facts.extend(case.get(key).map(|value| (key.to_owned(), value.clone())));
    }
    facts.insert("case".to_owned(), case["name"].clone());
    facts
}

/// The case without one fact, and without what it says of a part of that fact.
pub(crate) fn without(case: &Map<String, Value>, fact: &str) -> Map<String, Value> {
    let mut part = case.clone();
    part.remove(fact);
    let inside = format!("/{fact}/");
    for key in ["not_known", "not_applicable"] {
        if let Some(pointers) = part.get_mut(key).and_then(Value::as_array_mut) {
            pointers.retain(|pointer| !pointer.as_str().is_some_and(|pointer| pointer.starts_with(&inside)));
        }
    }
    part
}

pub(crate) fn load(wire: &mut Wire, pack: &str) -> u64 {
    let _ = wire.call(&json!({"do": "time zones", "text": time_zones_text()}).to_string());
    let answer = wire.call(&json!({"do": "load", "text": pack, "engine_sha256": "00"}).to_string());
    let answer: Value = serde_json::from_str(&answer).unwrap();
    answer["pack"].as_u64().unwrap_or_else(|| panic!("{answer}"))
}

/// The bytes of the record.
pub(crate) fn record(wire: &mut Wire, pack: u64, case: &Map<String, Value>, detail: &str) -> String {
    let request = json!({"do": "decide", "pack": pack, "case": case, "record": detail});
    let answer = wire.call(&request.to_string());
    let record = answer.strip_prefix("{\"record\":").and_then(|rest| rest.strip_suffix('}'));
    record.unwrap_or_else(|| panic!("{answer}")).to_owned()
}

/// What a brief record keeps of a full one.
pub(crate) fn without_reasons(mut record: Value) -> Value {
    let keep = |entry: &mut Value, keys: &[&str]| {
        if let Some(entry) = entry.as_object_mut() {
            entry.retain(|key, _| keys.contains(&key.as_str()));
        }
    };
    keep(&mut record["outcome"], &["decision", "state", "value"]);
    for criterion in record["criteria"].as_array_mut().unwrap() {
        keep(criterion, &["id", "state", "value"]);
    }
    for trigger in record["triggers"].as_array_mut().unwrap() {
        keep(trigger, &["deadline", "decision", "id", "state"]);
    }
    record
}

fn is_open(record: &Value) -> bool {
    let mut triggers = record["triggers"].as_array().unwrap().iter();
    record["outcome"]["state"] == "cannot tell" || triggers.any(|trigger| trigger["state"] == "cannot tell")
}

#[test]
fn a_silent_run_says_what_an_explained_run_says() {
    let mut settled = 0;
    for (pack, cases) in packs() {
        let mut wire = Wire::new();
        let handle = load(&mut wire, &pack);
        for case in cases.iter().map(case) {
            let (full, brief) = (record(&mut wire, handle, &case, "full"), record(&mut wire, handle, &case, "brief"));
            let parsed = exact(&full).unwrap();
            if is_open(&parsed) {
                assert_eq!(brief, full, "a case that is not settled is written in full");
            } else {
                settled += 1;
                assert_eq!(exact(&brief).unwrap(), without_reasons(parsed), "{:?}", case["case"]);
            }
        }
    }
    assert!(settled > 100, "only {settled} cases were settled");
}

#[test]
fn records_are_canonical() {
    for (pack, cases) in packs() {
        let mut wire = Wire::new();
        let handle = load(&mut wire, &pack);
        for case in cases.iter().map(case) {
            let record = record(&mut wire, handle, &case, "full");
            // serde_json writes maps in the order of their keys, without white space and with the same escapes.
            assert_eq!(written(&exact(&record).unwrap()), record);
        }
    }
}

#[test]
fn leaving_facts_out_never_changes_a_settled_outcome() {
    let mut left_out = 0;
    for (pack, cases) in packs() {
        let mut wire = Wire::new();
        let handle = load(&mut wire, &pack);
        for whole in cases.iter().step_by(cases.len() / MOST + 1).map(case) {
            let known: Value = serde_json::from_str(&record(&mut wire, handle, &whole, "brief")).unwrap();
            let reserved = ["case", "as_of", "not_known", "not_applicable"];
            let facts: Vec<String> = whole.keys().filter(|key| !reserved.contains(&key.as_str())).cloned().collect();
            for fact in facts {
                let part = without(&whole, &fact);
                let less: Value = serde_json::from_str(&record(&mut wire, handle, &part, "brief")).unwrap();
                left_out += 1;
                let same = less["outcome"]["state"] == "cannot tell"
                    || without_reasons(less.clone())["outcome"] == without_reasons(known.clone())["outcome"];
                assert!(same, "{:?} without {fact}: {} became {}", whole["case"], known["outcome"], less["outcome"]);
            }
        }
    }
    assert!(left_out > 1_000, "only {left_out} facts were left out");
}

#[test]
fn every_missing_fact_is_a_declared_one_and_has_a_question() {
    for (pack, cases) in packs() {
        let mut wire = Wire::new();
        let handle = load(&mut wire, &pack);
        let document: Value = serde_json::from_str(&pack).unwrap();
        let facts: BTreeSet<&String> = document["facts"]["properties"].as_object().unwrap().keys().collect();
        for case in cases.iter().map(case) {
            let record: Value = serde_json::from_str(&record(&mut wire, handle, &case, "full")).unwrap();
            for missing in record["missing"].as_array().unwrap() {
                let pointer = missing["fact"].as_str().unwrap();
                let fact = pointer.split('/').nth(1).unwrap().to_owned();
                assert!(facts.contains(&fact), "{pointer} is no fact");
                assert!(missing["question"].is_string(), "{pointer} has no question");
            }
        }
    }
}

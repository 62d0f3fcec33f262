//! The development set of the DMN Technology Compatibility Kit, which lies beside the repository and is no part of it.
//!
//! The cases that fail stand in `corpus/conformance/failing.json`, each with its reason. The list may only become shorter:
//! a case that fails and is not in it is an error, and so is one that is in it and no longer fails.

use std::collections::BTreeMap;
use std::fs;

use rules_core::Feel;
use rules_tests::kit::same;
use rules_tests::{shared, time_zones, workspace};
use serde_json::Value;

/// A typed value of the kit as FEEL source.
fn feel(value: &Value) -> String {
    let text = || value["v"].as_str().unwrap().to_owned();
    let quoted = |text: &str| Value::from(text).to_string();
    match value["t"].as_str().unwrap() {
        "null" => "null".to_owned(),
        "boolean" => value["v"].to_string(),
        "number" => text(),
        "string" => quoted(&text()),
        "list" => {
            let items: Vec<String> = value["v"].as_array().unwrap().iter().map(feel).collect();
            format!("[{}]", items.join(", "))
        }
        "context" => context(&value["v"]),
        _ => format!("@{}", quoted(&text())),
    }
}

fn context(entries: &Value) -> String {
    let entries = entries.as_object().unwrap().iter();
    let entries: Vec<String> =
        entries.map(|(key, value)| format!("{}: {}", Value::from(key.as_str()), feel(value))).collect();
    format!("{{{}}}", entries.join(", "))
}

/// The value of an expression as the kit types it; null where it cannot be read.
fn evaluate(feel: &Feel, expression: &str) -> Value {
    feel.evaluate(expression)
        .map_or(serde_json::json!({"t": "null"}), |answer| serde_json::from_str(&answer.typed()).unwrap())
}

/// FEEL with the item definitions, the inputs and the declared types of a case.
fn declared(case: &Value) -> Feel {
    let mut feel = Feel::new();
    assert!(feel.decide_at("2020-10-14"));
    feel.use_time_zones(time_zones());
    feel.define(&case.get("types").map_or("[]".to_owned(), Value::to_string)).unwrap();
    for (name, type_name) in case["inputTypes"].as_object().into_iter().flatten() {
        feel.declare(name, type_name.as_str().unwrap()).unwrap();
    }
    if let Some(type_name) = case["resultType"].as_str() {
        feel.returns(type_name).unwrap();
    }
    feel.read(&context(&case["inputs"])).unwrap();
    feel
}

fn passes(case: &Value) -> bool {
    let scope = declared(case);
    // The expected value goes through FEEL too, so that `PT24H` is `P1D` on both sides.
    let expected = evaluate(&Feel::new(), &feel(&case["expected"]));
    same(&evaluate(&scope, case["expression"].as_str().unwrap()), &expected)
}

#[test]
fn the_expressions_of_the_kit_give_their_values() {
    let Some(cases) = shared().and_then(|folder| fs::read_to_string(folder.join("tck/dev-feel.jsonl")).ok()) else {
        println!("not run: the conformance kit is not here (shared/tck/dev-feel.jsonl beside the repository)");
        return;
    };
    let listed = fs::read_to_string(workspace().join("tests/corpus/conformance/failing.json")).unwrap();
    let listed: Vec<Value> = serde_json::from_str(&listed).unwrap();
    let mut listed: BTreeMap<&str, &str> =
        listed.iter().map(|row| (row["id"].as_str().unwrap(), row["reason"].as_str().unwrap())).collect();
    let (mut all, mut passed, mut complaints) = (0, 0, Vec::new());
    for line in cases.lines() {
        let case: Value = serde_json::from_str(line).unwrap();
        let id = case["id"].as_str().unwrap();
        all += 1;
        match (passes(&case), listed.remove(id)) {
            (true, Some(_)) => complaints.push(format!("passes now, take it off the list: {id}")),
            (false, None) => complaints.push(format!("fails: {id}: {}", case["expression"])),
            (true, None) => passed += 1,
            (false, Some(_)) => {}
        }
    }
    println!("{passed} of {all} cases of the development set pass");
    complaints.extend(listed.keys().map(|id| format!("is on the list and not in the kit: {id}")));
    assert!(complaints.is_empty(), "{}", complaints.join("\n"));
}

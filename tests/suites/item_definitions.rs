//! Item definitions: what is an instance of them, what is made of a value that is not, and what is wrong with them.

use std::fs;

use rules_core::{Diagnostic, Feel};
use rules_tests::workspace;
use serde_json::Value;

fn corpus() -> Value {
    let file = workspace().join("tests/corpus/feel/item-definitions.json");
    serde_json::from_str(&fs::read_to_string(file).unwrap()).unwrap()
}

fn rows<'c>(corpus: &'c Value, name: &str) -> &'c [Value] {
    corpus[name].as_array().unwrap()
}

/// FEEL with the item definitions of the corpus and what a row says of names and types.
fn feel(corpus: &Value, row: &Value) -> Feel {
    let mut feel = Feel::new();
    feel.define(&corpus["types"].to_string()).unwrap();
    for name in row["not_known"].as_array().into_iter().flatten() {
        feel.not_known(name.as_str().unwrap());
    }
    for (name, type_name) in row["declare"].as_object().into_iter().flatten() {
        feel.declare(name, type_name.as_str().unwrap()).unwrap();
    }
    if let Some(names) = row["names"].as_str() {
        feel.read(names).unwrap();
    }
    if let Some(type_name) = row["returns"].as_str() {
        feel.returns(type_name).unwrap();
    }
    feel
}

fn words(diagnostic: &Diagnostic) -> String {
    let help = diagnostic.help.as_ref().map_or(String::new(), |help| format!(" — {help}"));
    format!("{}: {}{help}", diagnostic.code.id, diagnostic.message)
}

#[test]
fn values_are_instances_of_item_definitions_or_are_brought_to_them_or_are_null_with_a_reason() {
    let corpus = corpus();
    let mut wrong = Vec::new();
    for row in rows(&corpus, "cases") {
        let expression = row["expression"].as_str().unwrap();
        let feel = feel(&corpus, row);
        let answer = feel.evaluate(expression).unwrap();
        if answer.feel() != row["result"].as_str().unwrap() {
            wrong.push(format!("{expression} gives {} and not {}", answer.feel(), row["result"]));
        }
        if let Some(reason) = row["reason"].as_str().filter(|reason| answer.reason() != Some(reason)) {
            wrong.push(format!("{expression} is null because {:?} and not {reason}", answer.reason()));
        }
        let check = feel.check(expression);
        // whether an argument is brought to its type or refused shows in its value
        let taken = answer.reason().is_none_or(|reason| !reason.starts_with("the value is not"));
        if taken && check.diagnostics().is_empty() && !check.allows(&answer) {
            wrong.push(format!("{expression} gives {}, and its type is {}", answer.feel(), check.words()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_a_type_does_not_allow_is_null_where_it_is_declared_and_what_it_allows_stays() {
    let corpus = corpus();
    let mut wrong = Vec::new();
    for row in rows(&corpus, "brought") {
        let (value, type_name) = (row["value"].as_str().unwrap(), row["type"].as_str().unwrap());
        let expected = feel(&corpus, row).evaluate(row["result"].as_str().unwrap()).unwrap();
        let mut feel = feel(&corpus, row);
        feel.returns(type_name).unwrap();
        let returned = feel.evaluate(value).unwrap();
        let mut feel = self::feel(&corpus, row);
        let given = feel.evaluate(&format!("(function(x: {type_name}) x)({value})")).unwrap();
        feel.read(&format!("{{x: {value}}}")).unwrap();
        feel.declare("x", type_name).unwrap();
        let read = feel.evaluate("x").unwrap();
        for answer in [returned, given, read] {
            if answer.feel() != expected.feel() || answer.reason() != row["reason"].as_str() {
                wrong.push(format!("{value} as {type_name} gives {} because {:?}", answer.feel(), answer.reason()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_checker_knows_item_definitions() {
    let corpus = corpus();
    for row in rows(&corpus, "checks") {
        let mut feel = feel(&corpus, row);
        feel.not_known("x");
        let check = feel.check(row["expression"].as_str().unwrap());
        let found: Vec<String> = check.diagnostics().iter().map(words).collect();
        assert_eq!(Value::from(found), row["diagnostics"], "{}", row["expression"]);
        if let Some(type_name) = row["type"].as_str() {
            assert_eq!(check.words(), type_name, "{}", row["expression"]);
        }
    }
}

#[test]
fn every_fault_of_an_item_definition_is_found_and_nothing_of_it_is_kept() {
    let corpus = corpus();
    let mut wrong = Vec::new();
    for row in rows(&corpus, "faults") {
        let mut feel = Feel::new();
        let found = feel.define(&row["types"].to_string()).unwrap_err();
        let found: Vec<String> =
            found.iter().map(|found| format!("{} {}", found.place.pointer, words(found))).collect();
        if Value::from(found.clone()) != row["diagnostics"] {
            wrong.push(format!("{} has {found:?}", row["types"]));
        }
        assert_eq!(feel.returns("tA").unwrap_err()[0].code.id, "unknown-type");
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

//! What the checker says of an expression, held against what the expression gives.

use std::fs;

use crate::builtins::feel;
use rules_core::{Feel, functions};
use rules_tests::{shared, workspace};
use serde_json::Value;

/// What is wrong with what the checker says: a fault found in an expression that gives a value, or a value that is not of
/// the type found.
fn contradiction(feel: &Feel, expression: &str) -> Option<String> {
    let answer = feel.evaluate(expression).ok()?;
    let check = feel.check(expression);
    let errors: Vec<&str> =
        check.diagnostics().iter().filter(|found| found.is_error()).map(|found| found.message.as_str()).collect();
    let value = answer.feel();
    if value == "null" && !errors.is_empty() {
        return None;
    }
    if !errors.is_empty() && value != "unknown" {
        return Some(format!("{expression} gives {value}, and a fault is found: {}", errors.join("; ")));
    }
    // limits of numbers and of the calendar do not show in types, since almost every result could pass them, nor does it
    // that a host has not handed in the time zones
    let limits = ["too large", "scale", "outside the calendar", "rules of the time zone"];
    let limit = answer.reason().is_some_and(|reason| limits.iter().any(|words| reason.contains(words)));
    (!limit && !check.allows(&answer)).then(|| format!("{expression} gives {value}, and its type is {}", check.words()))
}

#[test]
fn what_the_checker_says_of_the_corpus_is_true() {
    let mut wrong = Vec::new();
    let mut files: Vec<_> = fs::read_dir(workspace().join("tests/corpus/builtins")).unwrap().flatten().collect();
    files.sort_by_key(fs::DirEntry::path);
    assert!(files.len() > 8, "the corpus is no longer where this test reads it");
    for file in files {
        let rows: Vec<Value> = serde_json::from_str(&fs::read_to_string(file.path()).unwrap()).unwrap();
        for row in rows {
            wrong.extend(contradiction(&feel(&row), row["expression"].as_str().unwrap()));
        }
    }
    assert!(wrong.is_empty(), "{} expressions:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn what_the_checker_says_of_the_examples_is_true() {
    let feel = feel(&Value::Null);
    let all = functions();
    let examples = all.iter().flat_map(|function| function.examples);
    let wrong: Vec<String> = examples.filter_map(|(expression, _)| contradiction(&feel, expression)).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// FEEL with the item definitions, the inputs and the declared types of a case of the kit.
fn of_kit(case: &Value) -> Feel {
    let mut feel = feel(&Value::Null);
    feel.define(&case.get("types").map_or("[]".to_owned(), Value::to_string)).unwrap();
    for (name, type_name) in case["inputTypes"].as_object().into_iter().flatten() {
        feel.declare(name, type_name.as_str().unwrap()).unwrap();
    }
    if let Some(type_name) = case["resultType"].as_str() {
        feel.returns(type_name).unwrap();
    }
    feel.read_typed(&case["inputs"].to_string()).unwrap();
    feel
}

#[test]
fn no_expression_of_the_conformance_kit_that_gives_a_value_is_called_faulty() {
    let Some(kit) = shared().map(|folder| folder.join("tck/dev-feel.jsonl")).filter(|file| file.exists()) else {
        eprintln!("the conformance kit is not beside the repository: nothing was checked against it");
        return;
    };
    let mut wrong = Vec::new();
    let mut nulls = (0, 0);
    let mut values = (0, 0, 0);
    for line in fs::read_to_string(kit).unwrap().lines() {
        let case: Value = serde_json::from_str(line).unwrap();
        let expression = case["expression"].as_str().unwrap();
        let feel = of_kit(&case);
        let check = feel.check(expression);
        let faulty = check.diagnostics().iter().any(|found| found.is_error());
        if case["expected"]["t"] == "null" {
            nulls = (nulls.0 + usize::from(faulty), nulls.1 + 1);
        } else {
            let words = check.words();
            values.0 += usize::from(words != "Any");
            values.1 += usize::from(!words.contains("Any"));
            values.2 += 1;
            wrong.extend(contradiction(&feel, expression));
        }
    }
    let (typed, wholly, all) = values;
    eprintln!(
        "{typed} of {all} expressions that give a value have a type other than Any, {wholly} one without Any in it"
    );
    eprintln!("{} of {} expressions that give null are found faulty before they run", nulls.0, nulls.1);
    assert!(wrong.is_empty(), "{} expressions:\n{}", wrong.len(), wrong.join("\n"));
}

//! Null in packs: where the checker complains of it, where it knows better, and that it is right when it says nothing.

use std::fs;

use rules_core::{Locator, RuleSet, Wire};
use rules_tests::random::Random;
use rules_tests::workspace;
use serde_json::{Value, json};

fn corpus() -> Value {
    let path = workspace().join("tests/corpus/types/nulls.json");
    serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap()
}

/// The pack of the corpus with a decision of this kind.
fn pack(corpus: &Value, kind: &str, logic: &Value) -> String {
    let mut pack = corpus["pack"].clone();
    pack["decisions"]["it"] = json!({"source": "s"});
    pack["decisions"]["it"][kind] = logic.clone();
    pack["outcome"] = json!("it");
    pack.to_string()
}

/// What the checker underlines of the text as a null without a guard, and every other fault in words.
fn underlined(pack: &str) -> Vec<String> {
    let locator = Locator::new(pack);
    let errors = RuleSet::lint(pack).into_iter().filter(|found| found.is_error());
    errors
        .map(|found| {
            let place = locator.locate(&found.place);
            match found.code.id {
                "unguarded-null" => pack[place.start..place.end].replace("\\\"", "\""),
                _ => format!("{}: {}", found.code.id, found.message),
            }
        })
        .collect()
}

#[test]
fn every_null_without_a_guard_is_underlined_and_nothing_else() {
    let corpus = corpus();
    let mut wrong = Vec::new();
    let mut complaints = 0;
    for text in corpus["texts"].as_array().unwrap() {
        let (kind, logic) = text.as_object().unwrap().iter().find(|(key, _)| *key != "null").unwrap();
        let found = underlined(&pack(&corpus, kind, logic));
        complaints += found.len();
        if json!(found) != text["null"] {
            wrong.push(format!("{logic}\n    {}", json!(found)));
        }
    }
    assert!(wrong.is_empty(), "{} texts:\n{}", wrong.len(), wrong.join("\n"));
    assert!(complaints > 30, "only {complaints} texts show what the suite is about");
}

/// A value of a fact of the corpus, chosen so that divisors are 0, lists are empty and texts are short where they may be.
fn value(random: &mut Random, schema: &Value) -> Value {
    let types = schema["type"].as_array().cloned().unwrap_or_else(|| vec![schema["type"].clone()]);
    if types.contains(&json!("null")) && random.below(3) == 0 {
        return Value::Null;
    }
    if let Some(values) = schema["enum"].as_array() {
        return values[random.below(values.len())].clone();
    }
    let one_of = |random: &mut Random, values: &[Value]| values[random.below(values.len())].clone();
    match types[0].as_str().unwrap() {
        "boolean" => json!(random.below(2) == 0),
        "integer" | "number" => {
            let minimum = schema["minimum"].as_i64().unwrap_or(-1);
            let above = if schema["exclusiveMinimum"].is_number() { 1 } else { minimum };
            json!(above + i64::from(random.below(4)))
        }
        "array" => {
            let least = usize::try_from(schema["minItems"].as_u64().unwrap_or(0)).unwrap();
            let length = least + random.below(3);
            (0..length).map(|_| value(random, &schema["items"])).collect()
        }
        "object" => {
            let fields = schema["properties"].as_object().unwrap();
            fields.iter().map(|(name, schema)| (name.clone(), value(random, schema))).collect()
        }
        _ => match schema["format"].as_str() {
            Some("date") => one_of(random, &[json!("2020-02-29"), json!("2019-01-01")]),
            Some("time") => one_of(random, &[json!("10:00:00"), json!("23:59:59")]),
            Some("date-time") => one_of(random, &[json!("2020-02-29T10:00:00"), json!("2019-01-01T00:00:00")]),
            Some("duration") => one_of(random, &[json!("P1D"), json!("PT36H")]),
            _ => one_of(random, &[json!(""), json!("a"), json!("a,b"), json!("12"), json!("2020-02-29")]),
        },
    }
}

#[test]
fn a_condition_that_the_checker_passes_is_true_or_false_in_every_case() {
    let corpus = corpus();
    let mut random = Random::new(3);
    let mut conditions = 0;
    for text in corpus["texts"].as_array().unwrap() {
        let Some(logic) = text["expression"].as_str().or(text["criterion"].as_str()) else { continue };
        let pack = pack(&corpus, "criterion", &json!(logic));
        if !underlined(&pack).is_empty() {
            continue;
        }
        conditions += 1;
        let mut wire = Wire::new();
        let _ = wire.call(&json!({"do": "load", "text": pack}).to_string());
        for _ in 0..40 {
            let mut case = value(&mut random, &corpus["pack"]["facts"]);
            case["as_of"] = json!("2020-10-14");
            let answer = wire.call(&json!({"do": "decide", "pack": 1, "case": case, "record": "brief"}).to_string());
            let answer: Value = serde_json::from_str(&answer).unwrap();
            let state = &answer["record"]["outcome"]["state"];
            assert!(state == "met" || state == "not met", "{logic}: {answer} for {case}");
        }
    }
    assert!(conditions > 40, "only {conditions} of the texts are conditions");
}

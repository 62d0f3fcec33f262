//! Packs that somebody broke: every fault is found, and nothing ends the program.

use rules_core::{Locator, RuleSet};
use rules_tests::examples::{self, Example, Subject};
use rules_tests::random::Random;
use rules_tests::values;
use serde_json::{Value, json};

/// Decisions with one fault each, and the code of it.
fn faulty_decisions() -> Vec<(Value, &'static str)> {
    vec![
        (json!({"criterion": "drug_problem", "source": "reprot"}), "unknown-source"),
        (json!({"criterion": "drug_problem and", "source": "report"}), "syntax"),
        (json!({"criterion": 7, "source": "report"}), "wrong-field"),
        (json!({"criterion": "drug_problem", "source": "report", "sorce": "report"}), "unknown-field"),
        (json!({"source": "report"}), "missing-field"),
        (json!({"criterion": "drug_problem", "source": "report", "text": {"mat": {"en": "Yes."}}}), "unknown-state"),
        (json!({"criterion": "drug_problem", "source": "report", "in_force": {"from": "2019-02-29"}}), "wrong-field"),
        (json!({"expression": "1", "type": "numbr", "source": "report"}), "unknown-type"),
        (json!({"criterion": "drug_problem", "source": "report", "text": {"met": {"English": "Yes."}}}), "bad-name"),
        (
            json!({"table": {"hit_policy": "LAST", "rules": [{"then": {"a": 1}}]}, "source": "report"}),
            "unknown-hit-policy",
        ),
    ]
}

#[test]
fn a_pack_with_a_hundred_faults_reports_a_hundred() {
    let mut pack: Value = serde_json::from_str(&examples::base("pack").unwrap()).unwrap();
    let mut expected = Vec::new();
    for number in 0..10 {
        for (index, (decision, code)) in faulty_decisions().into_iter().enumerate() {
            let name = format!("fault {number}{index}");
            expected.push((format!("/decisions/{name}"), code));
            pack["decisions"][&name] = decision;
        }
    }
    let document = pack.to_string();
    let found: Vec<(String, &str)> = RuleSet::lint(&document)
        .iter()
        .filter(|diagnostic| diagnostic.is_error())
        .map(|diagnostic| {
            let steps: Vec<&str> = diagnostic.place.pointer.split('/').take(3).collect();
            (steps.join("/"), diagnostic.code.id)
        })
        .collect();
    let missed: Vec<_> = expected.iter().filter(|fault| !found.contains(fault)).collect();
    let more: Vec<_> = found.iter().filter(|fault| !expected.contains(fault)).collect();
    assert!(missed.is_empty() && more.is_empty(), "not found: {missed:?}\nfound besides: {more:?}");
    assert_eq!(found.len(), 100);
}

/// One random change: a piece taken out, doubled, moved, or replaced by something that means something.
fn mutate(text: &str, random: &mut Random) -> String {
    const PIECES: &[&str] = &[
        "{",
        "}",
        "[",
        "]",
        "\"",
        ",",
        ":",
        "null",
        "true",
        "1e400",
        "-1",
        "\"\"",
        "\\u0000",
        "\\ud800",
        "(",
        ")",
        "not(",
        "..",
        "?",
        "@\"",
        "in",
        "if",
        " and ",
        "🏠",
        "\"enum\"",
        "\"type\"",
        "9999999999999999999999999999999",
        "for x in ",
        "1/0",
    ];
    let mut bounds: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
    bounds.push(text.len());
    let start = random.pick(&bounds);
    let end = bounds[(bounds.partition_point(|at| *at < start) + random.below(40)).min(bounds.len() - 1)];
    let (before, piece, after) = (&text[..start], &text[start..end], &text[end..]);
    match random.below(4) {
        0 => format!("{before}{after}"),
        1 => format!("{before}{piece}{piece}{after}"),
        2 => format!("{before}{}{after}", random.pick(PIECES)),
        _ => {
            let middle = random.pick(&bounds).min(before.len());
            let middle = (0..=middle).rev().find(|at| before.is_char_boundary(*at)).unwrap_or(0);
            format!("{}{piece}{}{after}", &before[..middle], &before[middle..])
        }
    }
}

/// Replaces a whole JSON value by one from elsewhere, so that the document stays JSON and its meaning breaks.
fn transplant(document: &Value, random: &mut Random) -> Value {
    let found = values(document);
    let (target, _) = found[random.below(found.len())].clone();
    let replacement = found[random.below(found.len())].1.clone();
    let mut changed = document.clone();
    *changed.pointer_mut(&target).unwrap() = replacement;
    changed
}

/// Every diagnostic has words and a place inside the document.
fn lint(document: &str) {
    let locator = Locator::new(document);
    for diagnostic in RuleSet::lint(document) {
        let location = locator.locate(&diagnostic.place);
        assert!(!diagnostic.message.is_empty() && location.start <= location.end, "{diagnostic:?}");
        assert!(document.get(location.start..location.end).is_some(), "{diagnostic:?}");
    }
}

#[test]
fn broken_packs_never_end_the_program() {
    let base = examples::base("pack").unwrap();
    let tree: Value = serde_json::from_str(&base).unwrap();
    let mut random = Random::new(2026);
    for _ in 0..400 {
        let mut text = base.clone();
        for _ in 0..=random.below(3) {
            text = mutate(&text, &mut random);
        }
        lint(&text);
        let mut changed = tree.clone();
        for _ in 0..=random.below(3) {
            changed = transplant(&changed, &mut random);
        }
        lint(&changed.to_string());
    }
}

#[test]
fn broken_mappings_and_cases_never_end_the_program() {
    let pack = examples::base("pack").unwrap();
    let mut random = Random::new(11);
    for (name, subject) in [("mapping", Subject::Mapping), ("case", Subject::Case)] {
        let base = examples::base(name).unwrap();
        for _ in 0..150 {
            let mut text = base.clone();
            for _ in 0..=random.below(3) {
                text = mutate(&text, &mut random);
            }
            let document = text.into_bytes();
            let example = Example {
                says: String::new(),
                subject,
                document,
                pack: pack.clone(),
                time_zones: None,
                diagnostics: Vec::new(),
            };
            for found in example.run() {
                assert!(found["code"].is_string(), "{found}");
            }
        }
    }
}

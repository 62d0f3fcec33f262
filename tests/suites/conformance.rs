//! The expressions of the DMN Technology Compatibility Kit, answered by the program (`rules feel --cases`) under wasmtime.

use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;

use crate::program::rules;
use rules_tests::conformance::{self, Case, Lists};
use rules_tests::kit::same;
use serde_json::json;

const TO_RENEW: &str = "cargo run --bin generate -- --conformance";

#[test]
fn what_passes_goes_on_passing_and_the_aims_are_met() {
    let Some(kit) = conformance::cases() else {
        println!("not run: the conformance kit is not here (shared/tck/dev-feel.jsonl beside the repository)");
        return;
    };
    let cases = conformance::run(&mut Command::new(rules()), &kit).unwrap();
    let mut complaints = held_to_the_lists(&cases);
    complaints.extend(held_to_the_aims(&cases));
    assert!(complaints.is_empty(), "{}", complaints.join("\n"));
}

fn held_to_the_lists(cases: &[Case]) -> Vec<String> {
    let Lists { passing, failing } = Lists::read().unwrap();
    let mut complaints = Vec::new();
    for Case { id, expected, got, .. } in cases {
        match (passing.contains(id), failing.get(id)) {
            (true, Some(_)) => complaints.push(format!("stands in both lists: {id}")),
            (true, None) if same(expected, got) => {}
            (true, None) => complaints.push(format!("no longer passes: {id} gives {got} and not {expected}")),
            (false, _) if same(expected, got) => complaints.push(format!("passes now, add it by `{TO_RENEW}`: {id}")),
            (false, None) => complaints.push(format!("fails and is in no list: {id} gives {got} and not {expected}")),
            (false, Some(reason)) if reason.is_empty() => complaints.push(format!("fails for no reason given: {id}")),
            (false, Some(_)) => {}
        }
    }
    let known: BTreeSet<&str> = cases.iter().map(|case| case.id.as_str()).collect();
    let listed = passing.iter().chain(failing.keys()).filter(|id| !known.contains(id.as_str()));
    complaints.extend(listed.map(|id| format!("is listed and not in the kit: {id}")));
    complaints
}

/// How many pass, of how many.
#[derive(Clone, Copy, Default)]
struct Share {
    passed: u32,
    all: u32,
}

impl Share {
    fn count(&mut self, passes: bool) {
        self.all += 1;
        self.passed += u32::from(passes);
    }

    fn percent(self) -> f64 {
        f64::from(self.passed) * 100.0 / f64::from(self.all.max(1))
    }
}

/// Prints the figures; complains of those that are lower than they should be.
fn held_to_the_aims(cases: &[Case]) -> Vec<String> {
    let (mut all, mut values, mut nulls) = (Share::default(), Share::default(), Share::default());
    let mut groups: BTreeMap<&str, Share> = BTreeMap::new();
    for case in cases {
        let passes = case.passes();
        all.count(passes);
        if case.expected["t"] == "null" {
            nulls.count(passes)
        } else {
            values.count(passes)
        }
        groups.entry(&case.group).or_default().count(passes);
    }
    let mut complaints = Vec::new();
    for (name, share, aim) in [("all", all, 0.0), ("values", values, 99.4), ("nulls", nulls, 99.8)] {
        println!("{name}: {} of {} = {:.2} %", share.passed, share.all, share.percent());
        if share.percent() < aim {
            complaints.push(format!("{name}: {:.2} % is less than {aim} %", share.percent()));
        }
    }
    let mean =
        groups.values().map(|share| share.percent()).sum::<f64>() / f64::from(u32::try_from(groups.len()).unwrap());
    println!("mean over {} directories: {mean:.2} %", groups.len());
    let low = groups.iter().filter(|(_, share)| share.percent() < 90.0);
    complaints.extend(low.map(|(group, share)| format!("{group}: only {} of {}", share.passed, share.all)));
    complaints
}

#[test]
fn values_are_compared_as_the_runners_of_the_kit_do() {
    for (kind, left, right, equal) in [
        ("number", "1.0000000001", "1", true),
        ("number", "1.00000001", "1", false),
        ("number", "1E+2", "100", true),
        ("duration", "PT24H", "P1D", true),
        ("duration", "P14M", "P1Y2M", true),
        ("duration", "-PT1M", "PT-60S", true),
        ("duration", "P0M", "PT0S", false),
        ("duration", "PT0.5S", "PT0.50S", true),
        ("time", "10:00:00Z", "10:00:00.00+00:00", true),
        ("time", "10:00:00@Etc/UTC", "10:00:00-00:00", true),
        ("dateTime", "2020-10-14T10:00:00.10", "2020-10-14T10:00:00.1", true),
        ("dateTime", "2020-10-14T10:00:00", "2020-10-14T10:00:00Z", false),
        ("string", "1.0", "1", false),
    ] {
        let typed = |text: &str| json!({"t": kind, "v": text});
        assert_eq!(same(&typed(left), &typed(right)), equal, "{kind}: {left} and {right}");
        let inside = |text: &str| json!({"t": "context", "v": {"a": {"t": "list", "v": [typed(text)]}}});
        assert_eq!(same(&inside(left), &inside(right)), equal, "{kind} inside: {left} and {right}");
    }
    assert!(!same(&json!({"t": "null"}), &json!({"t": "boolean", "v": false})));
    assert!(!same(&json!({"t": "list", "v": []}), &json!({"t": "list", "v": [{"t": "null"}]})));
}

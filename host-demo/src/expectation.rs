//! What a test case expects of a record, and where the record is otherwise.
//!
//! `outcome`, `criteria`, `values` and `triggers.deadlines` name what must be there; `missing`, `triggers.fires` and
//! `triggers.cannot_tell` are whole sets, in any order.

use crate::exact::Exact;
use std::collections::BTreeSet;

/// One line for every difference, none when the record is as expected.
pub(crate) fn differences(expected: &Exact, record: &Exact) -> Vec<String> {
    let mut found = Differences(Vec::new());
    for (what, expected) in expected.members() {
        match what.as_str() {
            "outcome" => {
                for (part, expected) in expected.members() {
                    let got = record.get("outcome").and_then(|outcome| outcome.get(part));
                    found.one(&format!("outcome {part}"), Some(expected), got);
                }
            }
            "criteria" => found.of_decisions(expected, record, "state"),
            "values" => found.of_decisions(expected, record, "value"),
            "missing" => {
                let got = items(record, "missing").iter().filter_map(|missing| missing.get("fact"));
                found.set("missing facts", texts(expected.items().iter()), texts(got));
            }
            "next" => found.one("next question", Some(expected), record.get("next")),
            "triggers" => found.of_triggers(expected, record),
            _ => found.0.push(format!("`expect` has a member `{what}` that means nothing")),
        }
    }
    found.0
}

struct Differences(Vec<String>);

impl Differences {
    fn one(&mut self, what: &str, expected: Option<&Exact>, got: Option<&Exact>) {
        if expected != got {
            self.0.push(format!("{what}: expected {}, got {}", shown(expected), shown(got)));
        }
    }

    fn set(&mut self, what: &str, expected: BTreeSet<String>, got: BTreeSet<String>) {
        for (which, words) in
            [(expected.difference(&got), "not among the"), (got.difference(&expected), "not expected among the")]
        {
            for name in which {
                self.0.push(format!("{name} is {words} {what}"));
            }
        }
    }

    fn of_decisions(&mut self, expected: &Exact, record: &Exact, part: &str) {
        for (name, expected) in expected.members() {
            let got = named(items(record, "criteria"), name).and_then(|decision| decision.get(part));
            self.one(&format!("`{name}` {part}"), Some(expected), got);
        }
    }

    fn of_triggers(&mut self, expected: &Exact, record: &Exact) {
        let triggers = items(record, "triggers");
        for (what, expected) in expected.members() {
            let state = match what.as_str() {
                "fires" => "fires",
                "cannot_tell" => "cannot tell",
                "deadlines" => {
                    for (name, expected) in expected.members() {
                        let got = named(triggers, name).and_then(|trigger| trigger.get("deadline"));
                        self.one(&format!("deadline of `{name}`"), Some(expected), got);
                    }
                    continue;
                }
                _ => {
                    self.0.push(format!("`expect.triggers` has a member `{what}` that means nothing"));
                    continue;
                }
            };
            let in_state = triggers.iter().filter(|trigger| trigger.get("state").and_then(Exact::text) == Some(state));
            let got = texts(in_state.filter_map(|trigger| trigger.get("id")));
            self.set(&format!("triggers that are `{state}`"), texts(expected.items().iter()), got);
        }
    }
}

fn items<'a>(record: &'a Exact, name: &str) -> &'a [Exact] {
    record.get(name).map(Exact::items).unwrap_or_default()
}

fn named<'a>(items: &'a [Exact], name: &str) -> Option<&'a Exact> {
    items.iter().find(|item| item.get("id").and_then(Exact::text) == Some(name))
}

fn texts<'a>(items: impl Iterator<Item = &'a Exact>) -> BTreeSet<String> {
    items.filter_map(Exact::text).map(|text| format!("`{text}`")).collect()
}

fn shown(value: Option<&Exact>) -> String {
    value.map_or_else(|| "nothing".to_owned(), Exact::to_string)
}

#[cfg(test)]
mod tests {
    use super::differences;
    use crate::exact::Exact;

    const RECORD: &str = r#"{
        "outcome": {"decision": "eligible", "state": "decided", "value": 12.50},
        "criteria": [{"id": "band", "state": "decided", "value": "low"}, {"id": "open", "state": "cannot tell"},
            {"id": "guidance", "state": "decided", "value": {"page": 1, "shares": [{"who": "a", "part": 2}]}}],
        "missing": [{"fact": "/a"}, {"fact": "/b"}], "next": "/a",
        "triggers": [{"id": "call", "state": "fires", "deadline": "2026-04-01"}, {"id": "wait", "state": "cannot tell"}]
    }"#;

    /// What a case expects of the record above, and how many differences that makes.
    const EXPECTATIONS: &[(&str, usize)] = &[
        (r#"{"outcome": {"state": "decided", "value": 12.5}}"#, 0),
        (r#"{"outcome": {"state": "met"}}"#, 1),
        (r#"{"outcome": {"state": "decided", "value": "12.5"}}"#, 1),
        (r#"{"criteria": {"open": "cannot tell"}, "values": {"band": "low"}}"#, 0),
        (r#"{"criteria": {"open": "met", "nowhere": "met"}, "values": {"open": 1}}"#, 3),
        (r#"{"values": {"guidance": {"shares": [{"part": 2.0, "who": "a"}], "page": 1}}}"#, 0),
        (r#"{"values": {"guidance": {"shares": [], "page": 1}}}"#, 1),
        (r#"{"values": {"guidance": {"page": 1}}}"#, 1),
        (r#"{"missing": ["/b", "/a"], "next": "/a"}"#, 0),
        (r#"{"missing": ["/b", "/c"], "next": null}"#, 3),
        (r#"{"triggers": {"fires": ["call"], "cannot_tell": ["wait"], "deadlines": {"call": "2026-04-01"}}}"#, 0),
        (r#"{"triggers": {"fires": [], "cannot_tell": ["call"], "deadlines": {"wait": "2026-04-01"}}}"#, 4),
        (r#"{"outcom": {"state": "decided"}, "triggers": {"fire": ["call"]}}"#, 2),
    ];

    #[test]
    fn every_difference_is_told() -> Result<(), String> {
        let record = Exact::parse(RECORD)?;
        for (expected, count) in EXPECTATIONS {
            let found = differences(&Exact::parse(expected)?, &record);
            assert_eq!(found.len(), *count, "{expected}: {found:?}");
        }
        Ok(())
    }
}

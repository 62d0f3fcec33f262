//! The road from a pack to a decision, on the small packs of `tests/corpus/decisions`. Each case is decided silently and
//! recorded, which must make no difference.

use std::path::Path;

use serde_json::{Map, Value as Tree, json};

use crate::check::check;
use crate::eval::{Case, Defaults, Recorder, Results, Silent, decide, missing_in};
use crate::pack;
use crate::program::{Logic, Program, State, TriggerState};
use crate::value::{Date, Value, text};

/// The program of a corpus file; what every pack has alike is filled in here.
fn program(small: &Tree) -> Program {
    let mut pack = json!({
        "id": "small", "version": "1", "title": {"en": "Small"},
        "sources": {"s": {"title": "A source", "layer": "statute", "verified": true}},
    });
    for (key, value) in small.as_object().unwrap().iter().filter(|(key, _)| *key != "$defs") {
        pack[key] = if key == "facts" { json!({"type": "object", "properties": value}) } else { value.clone() };
    }
    if let Some(definitions) = small.get("$defs") {
        pack["facts"]["$defs"] = definitions.clone();
    }
    let (model, mut found) = pack::read(&pack.to_string(), None);
    let checked = check(model.unwrap());
    found.extend(checked.diagnostics);
    found.retain(crate::diagnostic::Diagnostic::is_error);
    let found: Vec<String> = found.iter().map(|found| format!("{} {}", found.place.pointer, found.message)).collect();
    assert!(found.is_empty(), "{}", found.join("\n"));
    super::compile(checked.model.unwrap(), "")
}

fn text_of(case: &Tree) -> String {
    if let Some([before, open, Tree::Number(times)]) = case.get("repeat").and_then(Tree::as_array).map(Vec::as_slice) {
        let times = usize::try_from(times.as_u64().unwrap()).unwrap();
        return before.as_str().unwrap().to_owned() + &open.as_str().unwrap().repeat(times);
    }
    case.get("text").map_or_else(|| case["case"].to_string(), |text| text.as_str().unwrap().to_owned())
}

/// What came of a case, by decision and trigger.
fn shown(program: &Program, case: &Case, results: &Results) -> Map<String, Tree> {
    let places = |facts: Vec<u32>| facts.iter().map(|fact| case.pointer(&program.schema, *fact)).collect::<Vec<_>>();
    let with_missing = |words: String, value: &Value| {
        let mut missing = places(missing_in(value));
        missing.sort();
        if missing.is_empty() { words } else { format!("{words}: {}", missing.join(" ")) }
    };
    let mut all = Map::new();
    for number in &program.listed {
        let decision = program.decision(*number).unwrap();
        let (state, value) = (results.state(program, *number), results.value(*number));
        let words = if state == State::Decided { text::feel_literal(value) } else { state.words().to_owned() };
        all.insert(decision.name.to_string(), with_missing(words, value).into());
        all.insert(format!("readings of {}", decision.name), results.readings_of(*number).len().into());
    }
    for result in results.triggers().iter().filter(|result| result.state != TriggerState::DoesNotFire) {
        let Logic::Triggers(triggers) = &program.decision(result.decision).unwrap().logic else { continue };
        let name = &triggers[usize::try_from(result.trigger).unwrap()].name;
        let words = match &result.deadline {
            Value::Unknown(_) => with_missing(format!("{}, deadline unknown", result.state.words()), &result.deadline),
            deadline => format!("{} {}", result.state.words(), text::feel_literal(deadline)),
        };
        all.insert(format!("trigger {name}"), words.into());
    }
    all
}

/// What is wrong with one case of a corpus file.
fn difference(program: &Program, buffer: &mut Case, expected: &Tree) -> Option<String> {
    let read = buffer.read(program, text_of(expected).as_bytes(), Defaults { as_of: Date::new(2026, 11, 22) });
    let mut faults: Vec<String> =
        read.err().iter().flatten().map(|fault| json!([fault.code.id, fault.pointer]).to_string()).collect();
    let wanted = expected.get("faults").and_then(Tree::as_array);
    let mut wanted: Vec<String> = wanted.into_iter().flatten().map(Tree::to_string).collect();
    faults.sort();
    wanted.sort();
    if faults != wanted {
        return Some(format!("faults {faults:?} instead of {wanted:?}"));
    }
    if !faults.is_empty() {
        return None;
    }
    let (mut recorded, mut silent) = (Results::default(), Results::default());
    let ended = decide(program, buffer, &mut recorded, &mut Recorder::new(program));
    let silently = decide(program, buffer, &mut silent, &mut Silent::default());
    if ended.is_err() || silently.is_err() {
        let both = ended.is_err() && silently.is_err();
        return (!both || expected.get("limit").is_none()).then(|| "out of steps".to_owned());
    }
    let (recorded, silent) = (shown(program, buffer, &recorded), shown(program, buffer, &silent));
    let same = |key: &&String| recorded.get(*key) == silent.get(*key) || key.starts_with("readings of");
    if let Some(key) = recorded.keys().find(|key| !same(key)) {
        return Some(format!("{key}: recorded {:?}, silent {:?}", recorded.get(key), silent.get(key)));
    }
    let wanted = expected.get("expect").and_then(Tree::as_object).cloned().unwrap_or_default();
    let wrong = wanted.iter().find(|(key, value)| recorded.get(*key) != Some(value));
    wrong.map(|(key, value)| format!("{key}: {:?} instead of {value}", recorded.get(key)))
}

#[test]
fn every_small_pack_decides_its_cases() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/corpus/decisions");
    let mut wrong = Vec::new();
    let mut files = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let file: Tree = serde_json::from_str(&std::fs::read_to_string(&path).unwrap()).unwrap();
        let program = program(&file["pack"]);
        let mut case = Case::new(&program);
        files += 1;
        for expected in file["cases"].as_array().unwrap() {
            let difference = difference(&program, &mut case, expected);
            wrong.extend(difference.map(|what| format!("{}: {}: {what}", path.display(), expected["name"])));
        }
    }
    assert!(files > 8 && wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_missing_fact_is_never_a_no() {
    for policy in ["FIRST", "UNIQUE"] {
        let otherwise = if policy == "FIRST" { "-" } else { "<= 0" };
        let rules = json!([
            {"when": {"children": "> 0"}, "then": {"action": {"is": "home assessment"}}, "source": "s"},
            {"when": {"children": otherwise}, "then": {"action": {"is": "no trigger"}}, "source": "s"}]);
        let program = program(&json!({
            "facts": {"children": {"type": "integer"}},
            "outcome": "action",
            "decisions": {"action": {"table": {"hit_policy": policy, "rules": rules}, "source": "s"}}}));
        let mut case = Case::new(&program);
        for (facts, expected) in [
            (json!({"children": 1}), "\"home assessment\""),
            (json!({"children": 0}), "\"no trigger\""),
            (json!({}), "cannot tell: /children"),
            (json!({"not_known": ["/children"]}), "cannot tell: /children"),
            (json!({"not_applicable": ["/children"]}), "not applicable"),
        ] {
            let expected = json!({"case": facts, "expect": {"action": expected}});
            assert_eq!(difference(&program, &mut case, &expected), None);
        }
    }
}

//! The road from a pack to a decision, on packs small enough to see through.

use serde_json::{Value as Tree, json};

use crate::check::check;
use crate::eval::{Case, Defaults, Recorder, Results, Silent, decide};
use crate::pack;
use crate::program::{Program, State, TriggerState};
use crate::value::{Date, text};

fn program(pack: &Tree) -> Program {
    let (model, diagnostics) = pack::read(&pack.to_string());
    assert!(diagnostics.iter().all(|found| !found.is_error()), "{diagnostics:#?}");
    let checked = check(model.unwrap());
    assert!(checked.model.is_some(), "{:#?}", checked.diagnostics);
    super::compile(checked.model.unwrap(), "")
}

/// A pack of those facts and decisions, the last of which is the outcome.
fn pack(facts: Tree, decisions: Tree) -> Tree {
    json!({
        "id": "small", "version": "1", "title": {"en": "Small"},
        "sources": {"s": {"title": "A source", "layer": "statute", "verified": true}},
        "facts": {"type": "object", "properties": facts},
        "decisions": decisions,
        "outcome": decisions.as_object().unwrap().keys().last().unwrap(),
    })
}

/// The state of each decision, its value where it is decided, and the missing facts; the same for a silent run.
fn decided(program: &Program, case: &Tree) -> Tree {
    let mut read = Case::new(program);
    read.read(program, case.to_string().as_bytes(), Defaults { as_of: Date::parse("2026-11-22") }).unwrap();
    let (mut recorded, mut silent) = (Results::default(), Results::default());
    decide(program, &read, &mut recorded, &mut Recorder::new(program)).unwrap();
    decide(program, &read, &mut silent, &mut Silent).unwrap();
    let shown = |results: &Results| shown(program, &read, results);
    assert_eq!(shown(&recorded), shown(&silent));
    shown(&recorded)
}

fn shown(program: &Program, case: &Case, results: &Results) -> Tree {
    let mut all = serde_json::Map::new();
    for number in &program.listed {
        let state = results.state(program, *number);
        let missing: Vec<String> =
            results.missing(*number).iter().map(|fact| case.pointer(&program.schema, *fact)).collect();
        let name = program.decision(*number).unwrap().name.to_string();
        let mut words = state.words().to_owned();
        if state == State::Decided {
            words = text::feel_literal(results.value(*number));
        }
        if !missing.is_empty() {
            words = format!("{words}: {}", missing.join(" "));
        }
        all.insert(name, words.into());
    }
    for trigger in results.triggers().iter().filter(|trigger| trigger.state != TriggerState::DoesNotFire) {
        let name = format!("trigger {}.{}", trigger.decision, trigger.trigger);
        all.insert(name, format!("{} {}", trigger.state.words(), text::feel_literal(&trigger.deadline)).into());
    }
    all.into()
}

#[test]
fn a_missing_fact_is_never_a_no() {
    let children = json!({"children": {"type": "integer", "minimum": 0}});
    let table = |hit_policy: &str| {
        let rules = json!([
            {"when": {"children": "> 0"}, "then": {"action": {"is": "home assessment"}}, "source": "s"},
            {"when": {}, "then": {"action": {"is": "no trigger"}}, "source": "s"}]);
        let decision = json!({"table": {"hit_policy": hit_policy, "rules": rules}, "source": "s"});
        program(&pack(children.clone(), json!({"action": decision})))
    };
    let first = table("FIRST");
    assert_eq!(decided(&first, &json!({"children": 1})), json!({"action": "\"home assessment\""}));
    assert_eq!(decided(&first, &json!({"children": 0})), json!({"action": "\"no trigger\""}));
    assert_eq!(decided(&first, &json!({})), json!({"action": "cannot tell: /children"}));
    assert_eq!(decided(&first, &json!({"not_known": ["/children"]})), json!({"action": "cannot tell: /children"}));
    assert_eq!(decided(&first, &json!({"not_applicable": ["/children"]})), json!({"action": "not applicable"}));
}

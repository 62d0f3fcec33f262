//! An explanation does not depend on the order in which operands are written, nor what to ask next on the order in which a
//! case gives its facts, nor on facts that have nothing to do with it (`semantics.md` section 5).

use rules_core::Wire;
use rules_tests::random::Random;
use serde_json::{Map, Value, json};

use crate::records::{case, load, packs};
use crate::small_packs;

/// The record of a case that is given as text, with one digest for every pack.
fn record(wire: &mut Wire, pack: u64, case: &str) -> Value {
    let answer = wire.call(&format!("{{\"do\":\"decide\",\"pack\":{pack},\"case\":{case}}}"));
    let mut answer: Value = serde_json::from_str(&answer).unwrap();
    assert!(answer["record"].is_object(), "{answer}");
    answer["record"]["pack"]["sha256"] = json!("");
    answer["record"].take()
}

/// The case as text, its keys in another order.
fn shuffled(random: &mut Random, case: &Map<String, Value>) -> String {
    let mut members: Vec<String> = case.iter().map(|(key, value)| format!("{}:{value}", json!(key))).collect();
    for place in (1..members.len()).rev() {
        members.swap(place, random.below(place + 1));
    }
    format!("{{{}}}", members.join(","))
}

/// How two records differ, entry by entry.
fn differences(one: &Value, other: &Value, at: &str, found: &mut Vec<String>) {
    match (one, other) {
        (Value::Object(one), Value::Object(other)) => {
            for key in one.keys().chain(other.keys().filter(|key| !one.contains_key(*key))) {
                let of = |record: &Map<String, Value>| record.get(key).cloned().unwrap_or_default();
                differences(&of(one), &of(other), &format!("{at}/{key}"), found);
            }
        }
        (Value::Array(one), Value::Array(other)) if one.len() == other.len() => {
            for (place, (one, other)) in one.iter().zip(other).enumerate() {
                differences(one, other, &format!("{at}/{place}"), found);
            }
        }
        _ if one != other => found.push(format!("{at}: {one} and {other}")),
        _ => {}
    }
}

fn assert_same(one: &Value, other: &Value, what: &str) {
    let mut found = Vec::new();
    differences(one, other, "", &mut found);
    assert!(found.is_empty(), "{}\n{what}", found.join("\n"));
}

#[test]
fn the_order_of_operands_changes_nothing_in_a_record() {
    let mut random = Random::new(20_261_122);
    let mut different = 0;
    for _ in 0..60 {
        let (pack, permuted) = small_packs::pack_and_permuted(&mut random);
        different += usize::from(pack != permuted);
        let mut wire = Wire::new();
        let (one, other) = (load(&mut wire, &pack.to_string()), load(&mut wire, &permuted.to_string()));
        for _ in 0..6 {
            let (partial, completions) = small_packs::case(&mut random);
            let whole = &completions[random.below(completions.len())];
            for case in [&partial, whole] {
                let text = Value::Object(case.clone()).to_string();
                let (first, second) = (record(&mut wire, one, &text), record(&mut wire, other, &text));
                assert_same(&first, &second, &format!("{text}\n{pack:#}\n{permuted:#}"));
            }
        }
    }
    assert!(different > 50, "only {different} packs have operands that change places");
}

#[test]
fn what_to_ask_next_does_not_depend_on_the_order_of_the_facts_or_on_other_facts() {
    let mut random = Random::new(3);
    let mut asked = 0;
    for _ in 0..30 {
        let pack = small_packs::pack(&mut random);
        let mut more = pack.clone();
        // It stands first, because members are written in the order of their names.
        let fields = more["facts"]["properties"].as_object_mut().unwrap();
        fields.insert("a_fact_of_nobody".to_owned(), json!({"type": "integer"}));
        let mut wire = Wire::new();
        let (one, other) = (load(&mut wire, &pack.to_string()), load(&mut wire, &more.to_string()));
        for _ in 0..6 {
            let (mut partial, _) = small_packs::case(&mut random);
            let first = record(&mut wire, one, &Value::Object(partial.clone()).to_string());
            asked += usize::from(first["next"].is_string());
            let second = record(&mut wire, one, &shuffled(&mut random, &partial));
            assert_same(&first, &second, "the facts in another order");
            partial.insert("a_fact_of_nobody".to_owned(), json!(7));
            partial.insert("nobody declares this".to_owned(), json!({"a": [1]}));
            let third = record(&mut wire, other, &shuffled(&mut random, &partial));
            assert_same(&first, &third, "with a fact that nothing reads");
        }
    }
    assert!(asked > 80, "only {asked} cases ask for something");
}

#[test]
fn records_of_the_shipped_packs_do_not_depend_on_the_order_of_the_facts() {
    let mut random = Random::new(5);
    for (pack, cases) in packs() {
        let mut wire = Wire::new();
        let handle = load(&mut wire, &pack);
        for whole in cases.iter().step_by(cases.len() / 60 + 1).map(case) {
            let first = record(&mut wire, handle, &Value::Object(whole.clone()).to_string());
            let second = record(&mut wire, handle, &shuffled(&mut random, &whole));
            assert_same(&first, &second, "the facts in another order");
        }
    }
}

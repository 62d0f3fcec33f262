//! A settled outcome never changes, whatever the missing facts turn out to be (`semantics.md` section 1).
//!
//! Small packs and cases are made at random; every completion of a case's missing facts is decided. For the shipped packs a
//! fact of a case, their own or one made from their schema, is left out and completed by all of its values, or by many.

use std::collections::BTreeMap;

use rules_core::{Feel, Wire};
use rules_tests::cases::CaseMaker;
use rules_tests::expressions::{NAMES, expression};
use rules_tests::packs;
use rules_tests::random::Random;
use serde_json::{Value, json};

use crate::records::{case, load, record, without};
use crate::small_packs;

/// Of each shipped pack so many cases are tried without one of their facts, each with so many values of it.
const CASES: usize = 50;
const COMPLETIONS: usize = 8;
/// What stands beside the facts of a case.
const RESERVED: [&str; 4] = ["case", "as_of", "not_known", "not_applicable"];

/// What became of each decision and trigger, by name: its state and value, or nothing while it cannot be told.
type Settled = BTreeMap<String, Option<String>>;

fn settled(record: &str) -> Settled {
    let record: Value = serde_json::from_str(record).unwrap();
    let of = |entry: &Value, kind: &str| {
        let told = (entry["state"] != "cannot tell").then(|| format!("{} {}", entry["state"], entry["value"]));
        (format!("{kind} {}", entry["id"]), told)
    };
    let criteria = record["criteria"].as_array().unwrap().iter().map(|entry| of(entry, "decision"));
    let triggers = record["triggers"].as_array().unwrap().iter().map(|entry| of(entry, "trigger"));
    let mut settled: Settled = criteria.chain(triggers).collect();
    let outcome = settled[&format!("decision {}", record["outcome"]["decision"])].clone();
    settled.insert("outcome".to_owned(), outcome);
    settled
}

/// How often what all completions agree on was settled without them.
#[derive(Default)]
struct Share {
    agreed: usize,
    told: usize,
}

impl Share {
    /// Compares a case with its completions, and counts what they agree on among the entries of `kind`.
    ///
    /// # Panics
    /// When something that was settled is something else in a completion.
    fn note(&mut self, partial: &Settled, completions: &[Settled], kind: &str, what: &str) {
        for (name, told) in partial {
            let others: Vec<_> = completions.iter().map(|completion| &completion[name]).collect();
            if told.is_some() {
                let other = others.iter().find(|other| **other != told);
                assert!(other.is_none(), "{name} is {told:?} and becomes {other:?}: {what}");
            }
            let same = others.first().is_some_and(|first| first.is_some() && others.iter().all(|other| other == first));
            if same && name.starts_with(kind) {
                self.agreed += 1;
                self.told += usize::from(told.is_some());
            }
        }
    }

    fn percent(&self) -> usize {
        self.told * 100 / self.agreed.max(1)
    }
}

#[test]
fn every_completion_of_a_generated_case_keeps_what_is_settled() {
    let mut random = Random::new(20_201_014);
    let mut share = Share::default();
    let mut loaded = 0;
    for _ in 0..40 {
        let pack = small_packs::pack(&mut random);
        let mut wire = Wire::new();
        let answer = wire.call(&json!({"do": "load", "text": pack.to_string(), "engine_sha256": "00"}).to_string());
        let answer: Value = serde_json::from_str(&answer).unwrap();
        let Some(handle) = answer["pack"].as_u64() else { panic!("{answer}\n{pack:#}") };
        loaded += 1;
        for _ in 0..5 {
            let (partial, completions) = small_packs::case(&mut random);
            let told = settled(&record(&mut wire, handle, &partial, "brief"));
            let others: Vec<Settled> =
                completions.iter().map(|whole| settled(&record(&mut wire, handle, whole, "brief"))).collect();
            share.note(&told, &others, "", &format!("{partial:?} of {pack:#}"));
        }
    }
    println!(
        "{loaded} generated packs: of {} results on which all completions agree, {} % are settled without them",
        share.agreed,
        share.percent()
    );
    assert!(share.agreed > 500 && share.percent() >= 85, "{} of {}", share.told, share.agreed);
}

#[test]
fn the_shipped_packs_settle_what_every_value_of_a_missing_fact_agrees_on() {
    let mut random = Random::new(7);
    let (mut all, shipped) = (Share::default(), packs::shipped());
    for pack in packs::all() {
        let mut wire = Wire::new();
        let handle = load(&mut wire, &pack.document());
        let maker = CaseMaker::new(&pack);
        let mut share = Share::default();
        let own: Vec<_> = pack.cases().iter().map(case).collect();
        for number in 0..CASES {
            let whole = if number % 2 == 0 { own[random.below(own.len())].clone() } else { maker.case(&mut random) };
            let facts: Vec<&String> = whole.keys().filter(|key| !RESERVED.contains(&key.as_str())).collect();
            let Some(left_out) = facts.get(random.below(facts.len())).copied() else { continue };
            let partial = without(&whole, left_out);
            let mut values = maker.completions(left_out, COMPLETIONS, &mut random);
            values.push(whole[left_out].clone());
            let completions: Vec<Settled> = values
                .into_iter()
                .map(|value| {
                    let mut completed = partial.clone();
                    completed.insert(left_out.clone(), value);
                    settled(&record(&mut wire, handle, &completed, "brief"))
                })
                .collect();
            let told = settled(&record(&mut wire, handle, &partial, "brief"));
            share.note(&told, &completions, "outcome", &format!("without {left_out}: {partial:?}"));
        }
        println!(
            "{}: of {} outcomes that no tried value changes, {} % are settled without it",
            pack.name(),
            share.agreed,
            share.percent()
        );
        // Packs made for tests have outcomes that nothing ever settles.
        if shipped.contains(&pack) {
            all.agreed += share.agreed;
            all.told += share.told;
        }
    }
    println!("all shipped packs: {} %", all.percent());
    assert!(all.agreed > 80 && all.percent() >= 95, "{} of {}", all.told, all.agreed);
}

#[test]
fn an_expression_over_unknown_values_is_settled_only_where_every_value_gives_the_same() {
    const VALUES: [&str; 9] = ["null", "true", "false", "0", "2.5", "\"a\"", "[1, 2]", "{a: 1}", "@\"2020-10-14\""];
    let mut random = Random::new(11);
    let mut told = 0;
    for _ in 0..5_000 {
        let text = expression(&mut random, 3);
        let unknown = NAMES[random.below(NAMES.len())];
        let mut feel = Feel::new();
        assert!(feel.decide_at("2020-10-14"));
        feel.read(r#"{x: 3, y z: "a", rows: [{a: 1}], day: @"2020-02-29"}"#).unwrap();
        let mut open = feel.clone();
        open.not_known(unknown);
        let Ok(answer) = open.evaluate(&text) else { continue };
        if !answer.is_settled() {
            continue;
        }
        told += usize::from(text.contains(unknown));
        for value in VALUES {
            feel.read(&format!("{{{unknown}: {value}}}")).unwrap();
            let Ok(whole) = feel.evaluate(&text) else { continue };
            assert_eq!(answer.typed(), whole.typed(), "{text} without {unknown} and with {value}");
        }
    }
    assert!(told > 50, "{told} expressions are settled although a value is not known");
}

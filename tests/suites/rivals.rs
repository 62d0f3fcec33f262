//! The hand-written programs of the benchmark write the very bytes that the engine writes, or there is nothing to compare.

use std::collections::BTreeMap;
use std::fs;

use rules_core::{ChunkOutput, ChunkRequest, Wire};
use rules_tests::workspace;
use serde_json::{Value, json};

use crate::rival::{Identity, Rival};

#[path = "../bench/blue_light.rs"]
mod blue_light;
#[path = "../bench/contract_variation.rs"]
mod contract_variation;

const CASES: usize = 2_000;
const SEED: u64 = 20_201_014;

/// What the engine makes of the rival's cases: what it says of itself and the pack, the records, and the rejects.
fn by_engine(rival: &Rival, lines: &[u8]) -> (Identity, Vec<u8>, Vec<u8>) {
    let text = fs::read_to_string(workspace().join(format!("rule-packs/{}/pack.json", rival.pack))).unwrap();
    let mut wire = Wire::new();
    let load = json!({"do": "load", "text": text, "engine_sha256": "0123456789abcdef".repeat(4)});
    let loaded: Value = serde_json::from_str(&wire.call(&load.to_string())).unwrap();
    let pack = u32::try_from(loaded["pack"].as_u64().unwrap()).unwrap();
    let request = ChunkRequest { pack, mapping: 0, lines, first_row: 1, full: false, as_of: None };
    let mut output = ChunkOutput::default();
    wire.decide_chunk(request, &mut |_| {}, &mut output).unwrap();
    let first: Value = serde_json::from_slice(output.records.split(|byte| *byte == b'\n').next().unwrap()).unwrap();
    let said = |what: &str, key: &str| first[what][key].as_str().unwrap().to_owned();
    let identity = Identity {
        pack_id: said("pack", "id"),
        pack_version: said("pack", "version"),
        pack_sha256: said("pack", "sha256"),
        engine_version: said("engine", "version"),
        engine_sha256: said("engine", "sha256"),
    };
    (identity, output.records, output.rejects)
}

fn lines_of(bytes: &[u8]) -> Vec<&str> {
    std::str::from_utf8(bytes).unwrap().lines().collect()
}

fn compare(rival: &Rival) {
    let cases = (rival.generate)(CASES, SEED);
    assert_eq!((rival.generate)(CASES, SEED), cases, "the same seed gives the same cases");
    let (identity, records, rejects) = by_engine(rival, &cases);
    assert_eq!(lines_of(&rejects), Vec::<&str>::new());
    let mut by_hand = Vec::new();
    (rival.decide_by_hand)(&cases, &identity, &mut by_hand);
    let (cases, records, by_hand) = (lines_of(&cases), lines_of(&records), lines_of(&by_hand));
    assert_eq!((cases.len(), records.len(), by_hand.len()), (CASES, CASES, CASES));
    for ((case, record), hand) in cases.iter().zip(&records).zip(&by_hand) {
        assert_eq!(record, hand, "{}: {case}", rival.pack);
    }
    varied(rival, &cases, &records);
}

/// Cases that all came to the same would prove little: both outcomes, several sets of triggers, and lines as long as real
/// ones are.
fn varied(rival: &Rival, cases: &[&str], records: &[&str]) {
    let mut outcomes: BTreeMap<String, usize> = BTreeMap::new();
    let mut triggers: BTreeMap<String, usize> = BTreeMap::new();
    for record in records {
        let record: Value = serde_json::from_str(record).unwrap();
        *outcomes.entry(record["outcome"]["state"].to_string()).or_default() += 1;
        *triggers.entry(record["triggers"].to_string()).or_default() += 1;
    }
    let few = CASES / 10;
    assert!(["\"met\"", "\"not met\""].iter().all(|state| outcomes[*state] >= few), "{}: {outcomes:?}", rival.pack);
    assert_eq!(outcomes.len(), 2, "{}: every case is settled: {outcomes:?}", rival.pack);
    assert!(triggers.len() >= 10, "{}: {} sets of triggers", rival.pack, triggers.len());
    let usual = cases.iter().filter(|case| (600..=900).contains(&case.len())).count();
    assert!(usual >= CASES - few, "{}: {usual} lines of 600 to 900 bytes", rival.pack);
}

#[test]
fn blue_light_by_hand_is_what_the_engine_writes() {
    compare(&blue_light::RIVAL);
}

#[test]
fn contract_variation_by_hand_is_what_the_engine_writes() {
    compare(&contract_variation::RIVAL);
}

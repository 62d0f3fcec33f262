//! Packs and mappings as documents: the reader of the engine and the published JSON Schema say the same of them.

use std::fs;
use std::path::PathBuf;

use rules_core::{EngineIdentity, RuleSet, Wire, published_schemas};
use rules_tests::random::Random;
use rules_tests::{examples, packs, time_zones, values, workspace};
use serde_json::{Value, json};

use crate::records::load;

/// Codes for what the published schema says too: the shape of a document.
const SHAPE: &[&str] = &[
    "unknown-field",
    "missing-field",
    "wrong-field",
    "missing-basis",
    "missing-source",
    "unknown-state",
    "bad-schema",
    "unknown-hit-policy",
    "other-version",
    "bad-name",
    "inexact-number",
];

/// Those of them that nothing but the shape can bring about, so that the schema finds them as well.
const SHAPE_ALONE: &[&str] = &["unknown-field", "unknown-state", "missing-basis", "unknown-hit-policy"];

fn validator(file: &str) -> jsonschema::Validator {
    let (_, schema) = published_schemas().into_iter().find(|(name, _)| *name == file).unwrap();
    jsonschema::validator_for(&serde_json::from_str(&schema).unwrap()).unwrap()
}

/// The packs of the repository and of the corpus.
fn documents() -> Vec<PathBuf> {
    let mut found: Vec<PathBuf> = packs::all().into_iter().map(|pack| pack.folder.join("pack.json")).collect();
    let corpus = fs::read_dir(workspace().join("tests/corpus/packs")).unwrap();
    found.extend(
        corpus.map(|entry| entry.unwrap().path()).filter(|path| path.to_string_lossy().ends_with(".pack.json")),
    );
    found.push(examples::folder().join("base/pack.json"));
    found.sort();
    assert!(found.len() > 3, "{found:?}");
    found
}

#[test]
fn every_pack_of_the_repository_is_without_errors_and_keeps_to_the_published_schema() {
    let validator = validator("pack.schema.json");
    for path in documents() {
        let text = fs::read_to_string(&path).unwrap();
        let engine = EngineIdentity::of_file("").with_time_zones(Some(time_zones()));
        let errors: Vec<Value> = examples::shown(&text, Some(time_zones()))
            .into_iter()
            .zip(RuleSet::lint_with(&text, engine))
            .filter(|(_, diagnostic)| diagnostic.is_error())
            .map(|(shown, _)| shown)
            .collect();
        assert!(errors.is_empty(), "{}: {errors:#?}", path.display());
        let pack = serde_json::from_str(&text).unwrap();
        let against: Vec<String> = validator.iter_errors(&pack).map(|error| error.to_string()).collect();
        assert!(against.is_empty(), "{}: {against:#?}", path.display());
    }
}

#[test]
fn every_mapping_of_the_repository_fits_its_pack_and_keeps_to_the_published_schema() {
    let validator = validator("mapping.schema.json");
    let folders = packs::shipped().into_iter().map(|pack| pack.folder);
    let files = folders.chain([workspace().join("tests/corpus/packs")]).flat_map(fs::read_dir).flatten();
    let mappings =
        files.map(|entry| entry.unwrap().path()).filter(|path| path.to_string_lossy().ends_with(".mapping.json"));
    let mut count = 0;
    for path in mappings {
        let text = fs::read_to_string(&path).unwrap();
        let mapping: Value = serde_json::from_str(&text).unwrap();
        let against: Vec<String> = validator.iter_errors(&mapping).map(|error| error.to_string()).collect();
        assert!(against.is_empty(), "{}: {against:#?}", path.display());
        let pack = packs::shipped().into_iter().find(|pack| mapping["pack"] == pack.id()).unwrap();
        let mut wire = Wire::new();
        let handle = load(&mut wire, &pack.document());
        let answer = wire.call(&json!({"do": "load mapping", "text": text, "pack": handle}).to_string());
        assert!(answer.contains("\"mapping\""), "{}: {answer}", path.display());
        count += 1;
    }
    assert!(count > 1, "{count}");
}

/// A pack holds what it uses, so that one document is the whole of it. This keeps the copies from drifting apart.
#[test]
fn calendars_of_one_name_are_the_same_in_every_pack() {
    let mut known: Vec<(String, Value, PathBuf)> = Vec::new();
    for path in documents() {
        let pack: Value = serde_json::from_str(&fs::read_to_string(&path).unwrap()).unwrap();
        for (name, calendar) in pack["calendars"].as_object().into_iter().flatten() {
            let source = calendar["source"].as_str().unwrap().split('#').next().unwrap();
            let whole = json!({"calendar": calendar, "source": pack["sources"][source]});
            match known.iter().find(|(other, ..)| other == name) {
                Some((_, first, there)) => {
                    assert_eq!(*first, whole, "`{name}` of {} is another in {}", there.display(), path.display());
                }
                None => known.push((name.clone(), whole, path.clone())),
            }
        }
    }
}

/// One change to the shape: a value from elsewhere, a field taken away, or one with another name.
fn change(document: &mut Value, random: &mut Random) {
    let whole = document.clone();
    let found = values(&whole);
    let (pointer, value) = found[random.below(found.len())].clone();
    let target = document.pointer_mut(&pointer).unwrap();
    match (random.below(3), target.as_object_mut().filter(|entries| !entries.is_empty())) {
        (0, Some(entries)) => {
            let key = entries.keys().nth(random.below(entries.len())).unwrap().clone();
            entries.remove(&key);
        }
        (1, Some(entries)) => {
            entries.insert("surplus".to_owned(), value.clone());
        }
        _ => *target = found[random.below(found.len())].1.clone(),
    }
}

#[test]
fn what_the_published_schema_refuses_the_reader_refuses_too_and_the_other_way_round() {
    let validator = validator("pack.schema.json");
    let base: Value = serde_json::from_str(&examples::base("pack").unwrap()).unwrap();
    let mut random = Random::new(7);
    let (mut sound, mut faulty) = (0, 0);
    for _ in 0..400 {
        let mut document = base.clone();
        change(&mut document, &mut random);
        let text = document.to_string();
        let reader: Vec<_> = RuleSet::lint(&text).into_iter().filter(|found| SHAPE.contains(&found.code.id)).collect();
        let schema: Vec<String> = validator.iter_errors(&document).map(|error| error.to_string()).collect();
        assert!(schema.is_empty() || !reader.is_empty(), "only the schema: {schema:?}\n{document:#}");
        let of_shape = reader.iter().find(|found| SHAPE_ALONE.contains(&found.code.id));
        assert!(!schema.is_empty() || of_shape.is_none(), "only the reader: {of_shape:?}\n{document:#}");
        if schema.is_empty() {
            sound += 1;
        } else {
            faulty += 1;
        }
    }
    assert!(sound > 25 && faulty > 125, "the changes say little: {sound} sound, {faulty} faulty");
}

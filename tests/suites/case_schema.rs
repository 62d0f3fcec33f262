//! The plain JSON Schema of a pack's cases and the engine's own reader take and refuse the same cases.

use std::fs;

use rules_core::{ChunkOutput, ChunkRequest, Wire};
use rules_tests::random::Random;
use rules_tests::{examples, packs, time_zones_text, workspace};
use serde_json::{Value, json};

/// Values that are of the wrong kind somewhere, or just inside or outside of what is usual.
fn odd_values() -> Vec<Value> {
    vec![
        json!(null),
        json!(true),
        json!(0),
        json!(-1),
        json!(1),
        json!(2.5),
        json!(1e3),
        json!(40),
        json!(41),
        json!(9.75),
        json!(10),
        json!("-"),
        json!("so"),
        json!("red"),
        json!("rad"),
        json!("💩💩"),
        json!("2020-02-29"),
        json!("2019-02-29"),
        json!("2020-13-01"),
        json!("2020-1-1"),
        json!("2020-01-01T00:00:00Z"),
        json!([]),
        json!(["a"]),
        json!(["a", "b", "c", "d"]),
        json!([1]),
        json!([{}]),
        json!({}),
        json!({"value": true}),
        json!({"value": true, "by": "A", "on": "2020-01-01", "reason": "so"}),
        json!({"value": 1, "by": "A"}),
        json!({"value": true, "by": 1}),
        json!({"value": true, "on": "2020-02-30"}),
        json!({"rooms": 2}),
        json!({"rooms": 2.5}),
        json!({"owner": {"name": null}}),
        json!([{"on": "2020-01-01", "minutes": 0}]),
    ]
}

/// A value that the schema takes, more often than not.
fn value(schema: &Value, random: &mut Random) -> Value {
    if random.below(8) == 0 {
        let odd = odd_values();
        return odd[random.below(odd.len())].clone();
    }
    if let Some(values) = schema["enum"].as_array() {
        return values[random.below(values.len())].clone();
    }
    if let Some(only) = schema.get("const") {
        return only.clone();
    }
    let number = |keyword: &str| schema[keyword].as_i64();
    let name = schema["type"].as_str().or_else(|| schema["type"][0].as_str()).unwrap_or("string");
    match name {
        "boolean" => json!(random.below(2) == 0),
        "integer" | "number" => {
            let low = number("minimum").or(number("exclusiveMinimum")).unwrap_or(0);
            let offset = random.below(50_i64);
            if name == "number" && random.below(3) == 0 {
                json!(0.25 * (offset as f64))
            } else {
                json!(low - 1 + offset)
            }
        }
        "array" => (0..random.below(4)).map(|_| value(&schema["items"], random)).collect(),
        "object" => object(schema, random),
        _ if schema["format"] == "date" => {
            json!(format!("20{:02}-{:02}-{:02}", random.below(99), random.below(13), random.below(32)))
        }
        _ => json!("abcde"[..random.below(6)]),
    }
}

/// Some of the properties, six at most as a rule, because hardly a case with dozens would be taken; and now and then one
/// that is not declared.
fn object(schema: &Value, random: &mut Random) -> Value {
    let mut found = serde_json::Map::new();
    let wide = schema["properties"].as_object().map_or(0, serde_json::Map::len).max(8);
    for (name, property) in schema["properties"].as_object().into_iter().flatten() {
        if random.below(wide) < 6 && !["not_known", "not_applicable"].contains(&name.as_str()) {
            found.insert(name.clone(), value(property, random));
        }
    }
    if random.below(6) == 0 {
        found.insert("surplus".to_owned(), json!([1, {"a": null}]));
    }
    Value::Object(found)
}

/// The rows that the engine rejects, with what it says.
fn rejected(wire: &mut Wire, lines: &str) -> Vec<(usize, String)> {
    let mut output = ChunkOutput::default();
    let as_of = Some("2026-01-01");
    let request = ChunkRequest { pack: 1, mapping: 0, lines: lines.as_bytes(), first_row: 0, full: false, as_of };
    wire.decide_chunk(request, &mut |_| {}, &mut output).unwrap();
    let rejects = String::from_utf8(output.rejects).unwrap();
    let read = rejects.lines().map(|line| {
        let reject: Value = serde_json::from_str(line).unwrap();
        (usize::try_from(reject["line"].as_u64().unwrap()).unwrap(), line.to_owned())
    });
    read.collect()
}

fn documents() -> Vec<String> {
    let corpus = ["facts", "references", "sketch"].map(|pack| format!("tests/corpus/packs/{pack}.pack.json"));
    let mut paths: Vec<_> = corpus.iter().map(|path| workspace().join(path)).collect();
    paths.extend(packs::all().iter().map(|pack| pack.folder.join("pack.json")));
    paths.push(examples::folder().join("base/pack.json"));
    paths.iter().map(|path| fs::read_to_string(path).unwrap()).collect()
}

fn loaded(pack: &str) -> (Wire, Value) {
    let mut wire = Wire::new();
    let _ = wire.call(&json!({"do": "time zones", "text": time_zones_text()}).to_string());
    let answer = wire.call(&json!({"do": "load", "text": pack}).to_string());
    assert!(answer.contains("\"pack\":1"), "{answer}");
    let answer: Value = serde_json::from_str(&wire.call(r#"{"do":"schema","pack":1}"#)).unwrap();
    (wire, answer["schema"].clone())
}

fn validator(schema: &Value) -> jsonschema::Validator {
    jsonschema::options().should_validate_formats(true).build(schema).unwrap()
}

#[test]
fn schema_and_reader_take_the_same_generated_cases() {
    let mut random = Random::new(42);
    let (mut taken, mut refused) = (0, 0);
    for pack in documents() {
        let (mut wire, schema) = loaded(&pack);
        let validator = validator(&schema);
        let cases: Vec<Value> = (0..400).map(|_| object(&schema, &mut random)).collect();
        let lines: Vec<String> = cases.iter().map(Value::to_string).collect();
        let rejected = rejected(&mut wire, &lines.join("\n"));
        for (number, case) in cases.iter().enumerate() {
            let by_reader = rejected.iter().find(|(line, _)| *line == number).map(|(_, reject)| reject);
            let by_schema: Vec<String> = validator.iter_errors(case).map(|error| error.to_string()).collect();
            assert_eq!(
                by_reader.is_some(),
                !by_schema.is_empty(),
                "{case}\nreader: {by_reader:?}\nschema: {by_schema:?}"
            );
            if by_reader.is_some() { refused += 1 } else { taken += 1 }
        }
    }
    assert!(taken > 200 && refused > 200, "the cases say little: {taken} taken, {refused} refused");
}

#[test]
fn the_known_differences_between_schema_and_reader_are_these() {
    let pack = fs::read_to_string(workspace().join("tests/corpus/packs/facts.pack.json")).unwrap();
    let (mut wire, schema) = loaded(&pack);
    let validator = validator(&schema);
    // What differs, a case that shows it, and who takes the case: the schema, the reader.
    let differences = [
        ("more digits than are held exactly", r#"{"above": 1.00000000000000000000000000001}"#, (true, false)),
        ("a key that comes twice", r#"{"whole": 1, "whole": 2}"#, (true, false)),
        ("a pointer to no fact", r#"{"not_known": ["/nothing"]}"#, (true, false)),
        ("a fact that is given and not known", r#"{"whole": 1, "not_known": ["/whole"]}"#, (true, false)),
        ("a time of day without an offset", r#"{"clock": "10:30:00"}"#, (false, true)),
        ("a date and time without an offset", r#"{"moment": "2020-10-14T10:30:00"}"#, (false, true)),
        ("a negative duration", r#"{"period": "-P1D"}"#, (false, true)),
        ("a duration of months and days, which no sum is", r#"{"period": "P1M2D"}"#, (true, false)),
        ("a duration in weeks", r#"{"period": "P2W"}"#, (true, false)),
        ("a fraction of a second", r#"{"period": "PT0.5S"}"#, (false, true)),
        ("a judgement without a date", r#"{"harmful": {"value": true, "on": ""}}"#, (false, true)),
    ];
    for (what, case, takes) in differences {
        let by_schema = validator.is_valid(&serde_json::from_str(case).unwrap());
        let reader = rejected(&mut wire, case);
        assert_eq!((by_schema, reader.is_empty()), takes, "{what}: {reader:?}");
    }
    let alike = [r#"{"clock": "10:30:00Z"}"#, r#"{"moment": "2020-10-14T10:30:00+01:00"}"#, r#"{"period": "P1Y2M"}"#];
    for case in alike {
        let by_schema = validator.is_valid(&serde_json::from_str(case).unwrap());
        assert!(by_schema && rejected(&mut wire, case).is_empty(), "{case}");
    }
}

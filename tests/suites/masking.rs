//! A value of a sensitive fact, or one made from it, appears in no format, for no audience, in no message and in no reject.
//!
//! The values are such that nothing else looks like them, and so are those that the pack makes from them.

use std::fs;
use std::process::Command;

use rules_core::Wire;
use rules_tests::random::Random;
use serde_json::{Map, Value, json};

use crate::program::rules;
use crate::records::load;

/// A pack that does with sensitive facts everything that could let one through.
fn pack() -> Value {
    let text = |sentence: &str| json!({"en": sentence});
    let printed =
        "Printed: {pay} {note} {born} {visits} {home.street} {opinion} {double} {loud} {later} {read} {due} {which}.";
    let yes_or_no = json!({"met": text(printed), "not met": text(printed), "cannot tell": text("It is not known.")});
    let decided = json!({"decided": text(printed)});
    let mut decisions = json!({
        "double": {"expression": "pay * 2", "unit": "GBP", "text": decided},
        "less": {"expression": "pay - 1", "unit": "GBP"},
        "loud": {"expression": "upper case(note)", "text": decided},
        "later": {"expression": "born + duration(\"P7D\")"},
        "rich": {"criterion": "pay > limit", "text": yes_or_no},
        "richer": {"criterion": "double >= less and pay + 1 > limit", "text": yes_or_no},
        "banded": {"table": {"hit_policy": "FIRST", "rules": [
            {"when": {"pay": "> 5000000"}, "then": {"amount": "pay", "words": "note"}, "source": "s"}],
            "default": {"amount": "pay + 1", "words": "upper case(note)"}}},
        "read": {"expression": "which + 3", "text": decided},
        "due by": {"expression": "due"},
        "no number": {"criterion": "get value({a: 1}, note) = 1 or substring(note, 50) = \"x\"", "text": yes_or_no},
        "places": {"expression": "visits.place"},
        "long stays": {"criterion": "some visit in visits satisfies visit.nights > 4", "text": yes_or_no},
        "street": {"expression": "home.street", "text": decided},
        "rooms": {"criterion": "home.rooms > 2"},
        "judged": {"criterion": "opinion > 5", "text": yes_or_no},
        "of both": {"at_least": {"count": 1, "of": ["rich", "judged", "rooms"]}, "text": yes_or_no},
        "called": {"expression": "twice(pay)"},
        "twice": {"function": {"parameters": {"x": "number"}, "body": "x * 2"}},
        "all of it": {"expression": "{pay: pay, notes: [note, loud], born: born, street: street, places: places}"},
        "steps": {"triggers": {"visit": {"when": "rich or judged", "action": text(printed), "deadline": "later", "source": "s",
            "while_cannot_tell": {"action": text(printed), "deadline": "born", "source": "s"}}}},
        "everything": {"expression": "[double, less, rich, richer, banded, read, due by, no number, places, long stays, street, rooms, of both, called, all of it]"},
    });
    for decision in decisions.as_object_mut().unwrap().values_mut() {
        decision["source"] = json!("s");
    }
    let sensitive = |mut fact: Value| {
        fact["x-sensitive"] = json!(true);
        fact["x-text"] = json!({"en": {"question": "What is it?", "label": "The fact"}});
        fact
    };
    json!({
        "id": "secrets", "version": "1", "title": text("Secrets"), "outcome": "everything", "layers": {"statute": "of both"},
        "sources": {"s": {"title": "A source", "layer": "statute", "verified": true}},
        "facts": {"type": "object", "properties": {
            "pay": sensitive(json!({"type": "number", "minimum": 0, "maximum": 9_999_999, "x-unit": "GBP"})),
            "note": sensitive(json!({"type": "string", "maxLength": 40})),
            "born": sensitive(json!({"type": "string", "format": "date"})),
            "kind": sensitive(json!({"enum": ["first", "second"]})),
            "visits": {"type": "array", "items": {"type": "object", "properties": {
                "place": sensitive(json!({"type": "string"})), "nights": {"type": "integer", "maximum": 99}}}},
            "home": {"type": "object", "properties": {"street": sensitive(json!({"type": "string"})), "rooms": {"type": "integer"}}},
            "opinion": sensitive(json!({"type": "number", "x-kind": "judgement"})),
        }},
        "parameters": {
            "limit": {"basis": "as_of", "values": [{"from": "2000-01-01", "value": 400_000, "source": "s"}]},
            "due": {"basis": "born", "values": [{"from": "1900-01-01", "value": 8_123_456, "source": "s"}]},
        },
        "readings": {"which": {"source": "s", "alternatives": {"pay": "pay", "more": "pay + 1", "judged": "opinion"}}},
        "decisions": decisions,
    })
}

/// A case with values that nothing else looks like, and how these and what is made from them could be written.
fn case(random: &mut Random) -> (Map<String, Value>, Vec<String>) {
    let word = |random: &mut Random| -> String {
        (0..9).map(|_| char::from(b'a' + u8::try_from(random.below(26)).unwrap())).collect()
    };
    let pay = 1_000_003 + 7 * random.below(500_000_u64);
    let opinion = 1_000_004 + 7 * random.below(500_000_u64);
    let (note, place, street, by, reason) = (word(random), word(random), word(random), word(random), word(random));
    let day = 1 + random.below(20_u64);
    let born = format!("1949-07-{day:02}");
    let mut needles: Vec<String> = Vec::new();
    for number in [pay, pay * 2, pay - 1, pay + 1, pay + 3, pay + 4, opinion, opinion + 3, pay - 400_000, opinion - 5] {
        needles.push(number.to_string());
        needles.push(format!("{},{:03},{:03}", number / 1_000_000, number / 1_000 % 1_000, number % 1_000));
    }
    for text in [&note, &place, &street, &by, &reason] {
        needles.extend([text.clone(), text.to_uppercase()]);
    }
    needles.extend(["1949-07", "July 1949", "8123456", "8,123,456"].map(str::to_owned));
    let mut case = Map::new();
    for (name, value) in [
        ("pay", json!(pay)),
        ("note", json!(note)),
        ("born", json!(born)),
        ("visits", json!([{"place": place, "nights": 2}, {"nights": 7}])),
        ("home", json!({"street": street, "rooms": 3})),
        ("opinion", json!({"value": opinion, "by": by, "on": "1949-07-03", "reason": reason})),
    ] {
        if random.percent(85) {
            case.insert(name.to_owned(), value);
        }
    }
    (case, needles)
}

fn assert_untold(needles: &[String], text: &str, what: &str) {
    let told: Vec<&String> = needles.iter().filter(|needle| text.contains(*needle)).collect();
    assert!(told.is_empty(), "{what} tells {told:?}:\n{text}");
}

#[test]
fn a_value_of_a_sensitive_fact_is_told_in_no_format_and_to_nobody() {
    let mut random = Random::new(1949);
    let mut wire = Wire::new();
    let handle = load(&mut wire, &pack().to_string());
    let mut masked = 0;
    for _ in 0..40 {
        let (mut case, needles) = case(&mut random);
        case.insert("as_of".to_owned(), json!("2026-11-22"));
        for format in ["json", "text", "markdown", "html", "page"] {
            for audience in ["citizen", "officer", "auditor"] {
                for record in ["full", "brief"] {
                    let request = json!({"do": "decide", "pack": handle, "case": case, "format": format,
                        "audience": audience, "record": record});
                    let answer = wire.call(&request.to_string());
                    assert!(answer.contains("\"text\"") || answer.contains("\"record\""), "{answer}");
                    assert_untold(&needles, &answer, &format!("{format} for {audience}, {record}"));
                    masked += usize::from(answer.contains("(sensitive)"));
                    let to_citizen = audience == "citizen" && format != "json" && record == "full";
                    assert!(!to_citizen || !answer.contains("(sensitive)"), "a mask is told to a citizen: {answer}");
                }
            }
        }
    }
    assert!(masked > 300, "only {masked} answers hold something masked");
}

/// Cases that are not fit, each with a value that nothing else looks like.
fn unfit(random: &mut Random) -> Vec<(String, Vec<String>)> {
    let (case, mut needles) = case(random);
    needles.extend(["987654321", "zanzibar", "12345678901234567890"].map(str::to_owned));
    let wrong = [
        r#""pay": "zanzibar""#,
        r#""pay": 987654321"#,
        r#""pay": 1234567890123456789012345678901234567890.5"#,
        r#""note": "zanzibar zanzibar zanzibar zanzibar zanzibar""#,
        r#""note": 987654321"#,
        r#""born": "1949-07-99""#,
        r#""born": {"zanzibar": 987654321}"#,
        r#""kind": "zanzibar""#,
        r#""visits": [{"place": 987654321}, {"nights": 987654321}]"#,
        r#""visits": "zanzibar""#,
        r#""home": {"street": ["zanzibar"], "rooms": "zanzibar"}"#,
        r#""opinion": {"value": "zanzibar", "by": 987654321, "on": "1949-07-99", "reason": 987654321}"#,
        r#""opinion": "zanzibar""#,
        r#""note": "a", "note": "zanzibar""#,
        r#""pay": 987654321, "not_known": ["/pay"]"#,
        r#""pay": 12345, "as_of": "1949-07-99""#,
    ];
    let text = |(key, value): (&String, &Value)| format!("{}:{value}", json!(key));
    let with = |wrong: &str| {
        let keys: Map<String, Value> = case.clone();
        let others = keys.iter().filter(|(key, _)| !wrong.starts_with(&format!("\"{key}\""))).map(text);
        let members: Vec<String> = others.chain([wrong.to_owned()]).collect();
        (format!("{{{}}}", members.join(",")), needles.clone())
    };
    wrong.into_iter().map(with).collect()
}

#[test]
fn no_fault_of_a_case_tells_a_value_of_it() {
    let mut random = Random::new(7);
    let mut wire = Wire::new();
    let handle = load(&mut wire, &pack().to_string());
    for (case, needles) in unfit(&mut random) {
        let request = format!("{{\"do\":\"decide\",\"pack\":{handle},\"as_of\":\"2026-11-22\",\"case\":{case}}}");
        let answer = wire.call(&request);
        assert!(answer.contains("\"rejected\""), "{case}: {answer}");
        assert_untold(&needles, &answer, &case);
    }
}

#[test]
fn files_of_records_rejects_and_receipts_tell_no_value_of_a_sensitive_fact() {
    let mut random = Random::new(1);
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    fs::write(path("pack.json"), pack().to_string()).unwrap();
    let mut cases: Vec<(String, Vec<String>)> = Vec::new();
    for _ in 0..10 {
        let (case, needles) = case(&mut random);
        cases.push((Value::Object(case).to_string(), needles));
    }
    cases.extend(unfit(&mut random));
    let lines: String = cases.iter().map(|(case, _)| format!("{case}\n")).collect();
    fs::write(path("cases.ndjson"), lines).unwrap();
    let needles: Vec<String> = cases.into_iter().flat_map(|(_, needles)| needles).collect();
    let receipt = ["--receipt", "--openings", "openings.ndjson"];
    for (out, more) in [("records.ndjson", &[] as &[&str]), ("receipts.ndjson", &receipt)] {
        let arguments =
            ["check", "pack.json", "cases.ndjson", "--as-of", "2026-11-22", "--host", "native", "--out", out];
        let mut command = Command::new(rules());
        let output = command.current_dir(folder.path()).args(arguments).args(more).output().unwrap();
        let said = [output.stdout, output.stderr].concat();
        assert_untold(&needles, &String::from_utf8_lossy(&said), "the terminal");
        assert_eq!(fs::read_to_string(path(out)).unwrap().lines().count(), 10, "{}", String::from_utf8_lossy(&said));
    }
    for entry in fs::read_dir(folder.path()).unwrap().flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        if !["pack.json", "cases.ndjson"].contains(&name.as_str()) {
            assert_untold(&needles, &fs::read_to_string(entry.path()).unwrap(), &name);
        }
    }
}

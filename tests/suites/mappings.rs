//! Rows of other data become cases: what is known, not known, not applicable and not asked, and what is rejected.

use std::fs;

use rules_core::Wire;
use rules_tests::{time_zones_text, workspace};
use serde_json::{Value, json};

/// Where `found` lacks something of `wanted`: members of objects as far as they are named, lists whole.
fn differences(wanted: &Value, found: &Value, place: &str, different: &mut Vec<String>) {
    match (wanted, found) {
        (Value::Object(wanted), Value::Object(found)) => {
            for (key, value) in wanted {
                differences(value, found.get(key).unwrap_or(&Value::Null), &format!("{place}/{key}"), different);
            }
        }
        (Value::Array(wanted), Value::Array(found)) if wanted.len() == found.len() => {
            for (number, (wanted, found)) in wanted.iter().zip(found).enumerate() {
                differences(wanted, found, &format!("{place}/{number}"), different);
            }
        }
        _ if wanted == found => {}
        _ => different.push(format!("{place}: {wanted} is wanted, and it is {found}")),
    }
}

pub(crate) fn call(wire: &mut Wire, request: &Value) -> Value {
    serde_json::from_str(&wire.call(&request.to_string())).unwrap()
}

#[test]
fn every_row_of_the_corpus_becomes_the_case_that_is_meant() {
    let mut rows = 0;
    for entry in fs::read_dir(workspace().join("tests/corpus/mappings")).unwrap() {
        let path = entry.unwrap().path();
        let file: Value = serde_json::from_str(&fs::read_to_string(&path).unwrap()).unwrap();
        let mut wire = Wire::new();
        let pack = call(&mut wire, &json!({"do": "load", "text": file["pack"].to_string()}));
        assert!(pack["pack"].is_number(), "{}: {pack:#}", path.display());
        // A host hands them in once a document names a zone, and that may be the mapping.
        call(&mut wire, &json!({"do": "time zones", "text": time_zones_text()}));
        let text = file["mapping"].to_string();
        let mapping = call(&mut wire, &json!({"do": "load mapping", "text": text, "pack": pack["pack"]}));
        assert_eq!(mapping["warnings"], json!([]), "{}: {mapping:#}", path.display());
        for wanted in file["rows"].as_array().unwrap() {
            let mut request = json!({
                "do": "decide", "pack": pack["pack"], "mapping": mapping["mapping"], "case": wanted["row"],
            });
            if let Some(as_of) = wanted.get("as_of") {
                request["as_of"] = as_of.clone();
            }
            let found = call(&mut wire, &request);
            let kind = if wanted.get("rejected").is_some() { "rejected" } else { "record" };
            let mut different = Vec::new();
            differences(&wanted[kind], &found[kind], "", &mut different);
            assert!(different.is_empty(), "{}\n{}\n{found:#}", wanted["says"], different.join("\n"));
            rows += 1;
        }
    }
    assert!(rows > 10);
}

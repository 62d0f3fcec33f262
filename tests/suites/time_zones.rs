//! Time zones as data that a host hands in: which documents need them, what records say of them, and that nothing else depends
//! on them. What they mean is `corpus/builtins/time_zones.json`.

use std::fs;

use rules_core::{TimeZones, Wire};
use rules_tests::{time_zones, time_zones_text, workspace};
use serde_json::{Value, json};

fn asked(wire: &mut Wire, request: &Value) -> Value {
    serde_json::from_str(&wire.call(&request.to_string())).unwrap()
}

fn with_zones() -> Wire {
    let mut wire = Wire::new();
    let answer = asked(&mut wire, &json!({"do": "time zones", "text": time_zones_text()}));
    let zones = time_zones();
    assert_eq!(answer, json!({"time_zones": {"sha256": zones.sha256(), "version": zones.version()}}));
    wire
}

fn referral() -> String {
    fs::read_to_string(workspace().join("tests/browser/packs/referral/pack.json")).unwrap()
}

/// The same pack without a zone of its own: cases may name one.
fn without_zone() -> String {
    let mut pack: Value = serde_json::from_str(&referral()).unwrap();
    pack["decisions"]["clock"]["expression"] = json!("referred_at");
    pack.to_string()
}

/// The answers to the cases, whatever they are.
fn answers(wire: &mut Wire, pack: &str) -> Vec<Value> {
    let loaded = asked(wire, &json!({"do": "load", "text": pack}));
    let handle = &loaded["pack"];
    assert!(handle.is_number(), "{loaded}");
    let cases = ["10:00:00", "10:00:00@Europe/London", "10:00:00@Europe/Londno"];
    let mut found = Vec::new();
    for (referred_at, record) in cases.iter().flat_map(|case| [(case, "full"), (case, "brief")]) {
        let case = json!({
            "referred_on": "2026-10-24", "referred_at": referred_at, "seen": "2026-10-26T09:00:00@Europe/London",
            "as_of": "2026-11-22",
        });
        found.push(asked(wire, &json!({"do": "decide", "pack": handle, "case": case, "record": record})));
    }
    found
}

#[test]
fn a_pack_that_names_no_zone_means_the_same_whether_its_engine_has_them() {
    let pack = without_zone();
    let without = answers(&mut Wire::new(), &pack);
    assert_eq!(answers(&mut with_zones(), &pack), without);
    assert!(without.iter().all(|answer| answer["record"]["engine"].get("time_zones").is_none()));
    // In its cases a region is kept, and what would need its rules is null with the reason.
    let criteria = without[2]["record"]["criteria"].as_array().unwrap();
    let value = |id: &str| &criteria.iter().find(|entry| entry["id"] == id).unwrap()["value"];
    assert_eq!((value("clock"), value("deadline")), (&json!("10:00:00@Europe/London"), &Value::Null));
}

#[test]
fn a_pack_that_names_a_zone_needs_them_and_its_records_say_which_they_were() {
    let pack = referral();
    let mut wire = Wire::new();
    let refused = asked(&mut wire, &json!({"do": "load", "text": pack}));
    assert_eq!(refused["diagnostics"][0]["code"], "no-time-zones");
    assert_eq!(refused["diagnostics"].as_array().unwrap().len(), 1);
    assert_eq!(asked(&mut wire, &json!({"do": "lint", "text": pack})), refused);

    let zones = time_zones();
    let found = answers(&mut with_zones(), &pack);
    for answer in &found[..2] {
        let engine = &answer["record"]["engine"];
        assert_eq!(engine["time_zones"], json!({"sha256": zones.sha256(), "version": zones.version()}));
    }
    let fault = &found[4]["rejected"][0];
    assert_eq!((&fault["code"], &fault["pointer"]), (&json!("case-wrong-type"), &json!("/referred_at")));
}

#[test]
fn a_mapping_may_name_a_zone_and_the_case_has_it_by_the_rules_of_the_pack() {
    let mapping = json!({
        "pack": "referral", "format": 1,
        "row": {"type": "object", "properties": {"day": {"type": "string"}, "clock": {"type": "string"}}},
        "facts": {"seen": {"value": "date and time(day + \"T\" + clock + \"@Europe/London\")"}},
    });
    let decide = |wire: &mut Wire, pack: &str| {
        let handle = asked(wire, &json!({"do": "load", "text": pack}))["pack"].clone();
        let loaded = asked(wire, &json!({"do": "load mapping", "pack": handle, "text": mapping.to_string()}));
        let case = json!({"day": "2026-03-29", "clock": "01:30:00"});
        let request = json!({
            "do": "decide", "pack": handle, "mapping": loaded["mapping"], "case": case, "as_of": "2026-11-22",
        });
        (loaded, asked(wire, &request))
    };
    let seen = |answer: &Value| {
        let criteria = answer["record"]["criteria"].as_array().unwrap_or_else(|| panic!("{answer}"));
        criteria.iter().find_map(|entry| entry["seen"].get("seen")).unwrap_or_else(|| panic!("{answer}")).clone()
    };
    let (_, found) = decide(&mut with_zones(), &referral());
    assert_eq!(seen(&found), "2026-03-29T02:30:00@Europe/London");
    let (_, found) = decide(&mut with_zones(), &without_zone());
    assert_eq!(seen(&found), "2026-03-29T02:30:00@Europe/London");
    let (refused, _) = decide(&mut Wire::new(), &without_zone());
    assert_eq!(refused["diagnostics"][0]["code"], "no-time-zones");
}

#[test]
fn data_that_cannot_be_read_is_refused_and_the_earlier_stays() {
    let mut wire = with_zones();
    let refused = asked(&mut wire, &json!({"do": "time zones", "text": "{}"}));
    assert_eq!(refused["error"]["message"], "the time zones have no version");
    assert_eq!(answers(&mut wire, &referral()).len(), 6);
}

#[test]
fn the_data_has_every_kind_of_rule() {
    let text = time_zones_text();
    let zones: Value = serde_json::from_str(text).unwrap();
    assert!(zones["zones"].as_object().unwrap().len() > 590 && zones["rules"].as_array().unwrap().len() > 300);
    let rules = |name: &str| zones["rules"][usize::try_from(zones["zones"][name].as_u64().unwrap()).unwrap()].clone();
    assert_eq!(rules("Asia/Calcutta"), rules("Asia/Kolkata"), "a link");
    assert_eq!(rules("Etc/GMT+5"), "-18000", "always the same");
    assert!(rules("Europe/London").as_str().unwrap().ends_with(" 0,3600,3.5.0/3600,10.5.0/7200"), "every year alike");
    assert!(TimeZones::from_json(text).is_ok());
}

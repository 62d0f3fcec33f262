//! Languages: reports with the words of theirs, and what is said of a translation that nobody reviewed.

use std::fs;

use rules_core::{RuleSet, Wire};
use rules_tests::{packs, workspace};
use serde_json::{Value, json};

use crate::records::{case, load, record, without};

const FORMATS: [&str; 4] = ["text", "markdown", "html", "page"];
const AUDIENCES: [&str; 3] = ["citizen", "officer", "auditor"];
/// The beginning of the notice.
const NOTICE: &str = "Cyfieithiad peiriant yw hwn";

fn corpus(name: &str) -> String {
    fs::read_to_string(workspace().join("tests/corpus/languages").join(name)).unwrap()
}

fn told(pack: &str, language: &str, format: &str, audience: &str) -> String {
    let mut wire = Wire::new();
    let handle = load(&mut wire, pack);
    let case = json!({"case": "G-1", "as_of": "2026-11-22", "savings": 4500.5, "applied": "2026-10-01"});
    let request = json!({
        "do": "decide", "pack": handle, "case": case, "language": language, "format": format, "audience": audience
    });
    let answer: Value = serde_json::from_str(&wire.call(&request.to_string())).unwrap();
    answer["text"].as_str().unwrap_or_else(|| panic!("{answer}")).to_owned()
}

#[test]
fn a_report_in_welsh_is_welsh_throughout() {
    let pack = corpus("pack.json");
    assert!(RuleSet::lint(&pack).is_empty(), "{:?}", RuleSet::lint(&pack));
    for audience in AUDIENCES {
        assert_eq!(told(&pack, "cy", "text", audience), corpus(&format!("{audience}.cy.txt")), "for the {audience}");
    }
}

#[test]
fn a_translation_that_nobody_reviewed_says_so_in_every_report_and_no_other_text_does() {
    let pack = corpus("pack.json");
    let reviewed = pack.replace("\"reviewed\": false", "\"reviewed\": true");
    assert_ne!(pack, reviewed);
    for (format, audience) in FORMATS.iter().flat_map(|format| AUDIENCES.map(|audience| (*format, audience))) {
        assert!(told(&pack, "cy", format, audience).contains(NOTICE), "{format} for the {audience}");
        assert!(!told(&pack, "en", format, audience).contains(NOTICE), "{format} for the {audience}");
        assert!(!told(&reviewed, "cy", format, audience).contains(NOTICE), "{format} for the {audience}");
    }
}

#[test]
fn a_language_that_the_pack_does_not_have_is_its_own_first_one() {
    let pack = corpus("pack.json");
    for audience in AUDIENCES {
        assert_eq!(told(&pack, "pl", "text", audience), told(&pack, "en", "text", audience));
    }
}

#[test]
fn a_deadline_that_is_not_known_is_said_in_one_language_whether_a_record_is_brief_or_full() {
    let pack = packs::all().into_iter().find(|pack| pack.name() == "child-safeguarding").unwrap();
    let cases = pack.cases();
    let whole = cases.iter().find(|case| case["name"] == "conference one working day late").unwrap();
    let case = without(&case(whole), "referral_date");
    let mut wire = Wire::new();
    let answer = wire.call(&json!({"do": "load", "text": pack.document(), "language": "cy"}).to_string());
    let handle = serde_json::from_str::<Value>(&answer).unwrap()["pack"].as_u64().unwrap();
    let [brief, full] = ["brief", "full"].map(|detail| {
        let record: Value = serde_json::from_str(&record(&mut wire, handle, &case, detail)).unwrap();
        let triggers = record["triggers"].as_array().unwrap().iter();
        triggers.map(|trigger| trigger["deadline"].clone()).collect::<Vec<_>>()
    });
    assert!(brief.contains(&json!("ddim yn hysbys")), "{brief:?}");
    assert_eq!(brief, full);
}

#[test]
fn a_text_without_a_language_that_the_pack_has_is_told() {
    let mut pack: Value = serde_json::from_str(&corpus("pack.json")).unwrap();
    let mut places = 0;
    for pointer in [
        "/title",
        "/facts/properties/savings/x-text",
        "/readings/the day that counts/question",
        "/decisions/poor/text/met",
        "/decisions/granted/citizen_text/not met",
        "/decisions/steps/triggers/pay/action",
        "/decisions/steps/triggers/look it up/while_cannot_tell/action",
    ] {
        let texts = pack.pointer_mut(pointer).unwrap().as_object_mut().unwrap();
        let welsh = texts.remove("cy").unwrap();
        let found = RuleSet::lint(&pack.to_string());
        let faults: Vec<_> = found.iter().map(|fault| (fault.code.id, fault.place.pointer.as_str())).collect();
        assert_eq!(faults, [("missing-text", pointer)]);
        pack.pointer_mut(pointer).unwrap()["cy"] = welsh;
        places += 1;
    }
    assert_eq!(places, 7);
}

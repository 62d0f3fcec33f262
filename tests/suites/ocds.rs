//! Releases in the Open Contracting Data Standard, as British portals published them, through the mapping and `rules check`:
//! every one becomes a case, what it lacks is named, and nothing that is missing is read as nought.
//!
//! The releases belong to others and are no part of the repository; without them the suite says so and has nothing to hold.

use std::collections::BTreeMap;
use std::fs;

use rules_tests::workspace;
use serde_json::Value;

use crate::checked::{Record, check, shared_file};

/// Decides releases, one a line.
fn decided(releases: &[Value]) -> Vec<Record> {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("releases.ndjson");
    let lines: Vec<String> = releases.iter().map(Value::to_string).collect();
    fs::write(&file, lines.join("\n")).unwrap();
    let (records, rejects) = check(&file, "ocds.mapping.json");
    assert!(rejects.is_empty(), "every release loads: {rejects:?}");
    assert_eq!(records.len(), releases.len());
    records
}

/// What the mapping takes from a release stands there, and what the release lacks is named.
fn compare(release: &Value, record: &Record) {
    assert_eq!(release["ocid"], record.case);
    let awards = release["awards"].as_array().map_or(&[][..], Vec::as_slice);
    let amount = if let [award] = awards { &award["value"]["amount"] } else { &Value::Null };
    assert_eq!(record.fires("no value"), amount.as_f64() == Some(0.0), "{}", record.case);
    if record.outcome["state"] == "not applicable" {
        return;
    }
    let tags = release["tag"].as_array().unwrap();
    let missing = [
        ("/initial_value", amount.is_null()),
        ("/procurement_began", !tags.iter().any(|tag| tag == "tender")),
        ("/date_of_change", false),
        ("/change_value", true),
        ("/ground", true),
        ("/cpv_code", codes(release).is_empty() && release["tender"]["mainProcurementCategory"] == "services"),
    ];
    for (fact, lacks) in missing {
        // A fact without weight is not named; of these each has some while there is no change and no ground.
        assert_eq!(record.lacks(fact), lacks, "{}: {fact}", record.case);
    }
}

fn codes(release: &Value) -> Vec<&Value> {
    let main = &release["tender"]["classification"]["id"];
    let items = [&release["tender"]["items"], &release["awards"][0]["items"]];
    let items = items.into_iter().filter_map(Value::as_array).flatten();
    let further =
        items.filter_map(|item| item["additionalClassifications"].as_array()).flatten().map(|code| &code["id"]);
    std::iter::once(main).chain(further).filter(|code| code.is_string()).collect()
}

#[test]
fn every_release_of_the_portals_is_a_case() {
    let Some(file) = shared_file("ocds", "uk-ocds-releases/releases.jsonl") else { return };
    let text = fs::read_to_string(file).unwrap();
    let lines = text.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    let releases: Vec<Value> = lines.map(|mut line| line["release"].take()).collect();
    let records = decided(&releases);
    let mut states: BTreeMap<String, usize> = BTreeMap::new();
    for (release, record) in releases.iter().zip(&records) {
        compare(release, record);
        *states.entry(record.outcome["state"].to_string()).or_default() += 1;
        if let Some(kind) = record.value("kind of contract") {
            let category = release["tender"]["mainProcurementCategory"].as_str().unwrap();
            assert!(kind == category || category == "services" && kind == "light touch", "{}: {kind}", record.case);
        }
    }
    println!("ocds: {} releases, all decided: {states:?}", records.len());
    assert!(states.keys().all(|state| ["\"cannot tell\"", "\"not applicable\""].contains(&state.as_str())));
}

#[test]
fn a_find_a_tender_release_has_its_values_without_vat_and_one_slip() {
    let Some(file) = shared_file("ocds", "find-a-tender-2026/two-releases.json") else { return };
    let releases: Vec<Value> = serde_json::from_str(&fs::read_to_string(file).unwrap()).unwrap();
    let records = decided(&releases);
    for (release, record) in releases.iter().zip(&records) {
        compare(release, record);
    }
    let [award, tender] = records.as_slice() else { panic!("two releases are wanted") };
    assert!(award.lacks("/initial_value"), "an amount with VAT alone is no amount without");
    assert!(!award.fires("other currency"));
    assert!(tender.fires("other currency"), "the lot of a tender in pounds is priced in dirhams");
    assert_eq!(tender.value("kind of contract").as_deref(), Some("light touch"), "the special regime says so");
}

#[test]
fn the_sample_releases_say_what_they_lack() {
    let (records, rejects) = check(&workspace().join("host-demo/samples/ocds-releases.ndjson"), "ocds.mapping.json");
    assert!(rejects.is_empty(), "{rejects:?}");
    let kinds: Vec<Option<String>> = records.iter().map(|record| record.value("kind of contract")).collect();
    let kinds: Vec<&str> = kinds.iter().map(|kind| kind.as_deref().unwrap()).collect();
    assert_eq!(kinds, ["light touch", "light touch", "services", "light touch", "works"]);
    let lacking: Vec<bool> = records.iter().map(|record| record.lacks("/initial_value")).collect();
    assert_eq!(lacking, [true, false, true, true, true], "a tender has no value at award, and a gross one is none");
    assert!(records[3].fires("other currency"), "the lot of a tender in pounds is priced in dirhams");
    assert_eq!(records[4].outcome["state"], "not applicable", "a Scottish portal");
}

#[test]
fn changes_are_worked_out_from_the_releases_of_a_record() {
    let (records, rejects) =
        check(&workspace().join("host-demo/samples/ocds-records.ndjson"), "ocds-record.mapping.json");
    assert!(rejects.is_empty(), "{rejects:?}");
    let [steps, gross, first] = records.as_slice() else { panic!("three records are wanted") };
    let values =
        ["cumulative change", "displayed change against value before", "displayed change against initial value"];
    assert_eq!(
        values.map(|value| steps.value(value).unwrap()),
        ["210000", "8.333333", "10.5"],
        "2,000,000 at award, then 2,090,000, 2,040,000 and 2,210,000"
    );
    assert!(steps.fires("bands differ"));
    assert!(gross.lacks("/change_value"), "one of its values is given with VAT alone");
    assert!(first.lacks("/change_value"), "a contract without any change");
}

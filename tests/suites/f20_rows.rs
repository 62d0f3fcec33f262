//! Real modification notices (standard form F20) through the mapping and the `rules` command line: every row is decided or rejected by
//! name, percentages are exact to six decimals against both bases, and bands are equal.
//!
//! The rows belong to others and are no part of the repository; without them the suite says so and has nothing to hold.

use std::collections::BTreeMap;
use std::path::Path;

use rules_tests::workspace;
use rust_decimal::Decimal;

use crate::checked::{Record, check, shared_file};

type Row = BTreeMap<String, String>;

#[test]
fn every_notice_is_decided_or_rejected_by_name() {
    let Some(table) = shared_file("f20_rows", "ted-f20-modifications/f20.csv") else { return };
    let rows = rows(&table);
    let (records, rejects) = check(&table, "f20.mapping.json");
    assert_eq!(rows.len(), records.len() + rejects.len(), "rows in = records + rejects");
    assert!(
        rejects.iter().all(|reject| reject["case"].is_string() && reject["code"].is_string()),
        "a reject names its case and its fault"
    );
    assert!(!records.is_empty());
    for record in &records {
        let row = rows
            .iter()
            .find(|row| row["notice"] == record.case)
            .unwrap_or_else(|| panic!("{}: no such row", record.case));
        compare(row, record, "before");
        compare(row, record, "initial");
        compare_law(row, record);
        compare_warnings(row, record);
    }
    compare_chains(&rows, &records);
}

#[test]
fn the_sample_shows_both_figures_and_warns_of_slips() {
    let (records, rejects) = check(&workspace().join("host-demo/samples/f20.csv"), "f20.mapping.json");
    assert!(rejects.is_empty(), "{rejects:?}");
    let [first, second, slip, blank, large] = records.as_slice() else { panic!("five notices are wanted") };
    assert!(!first.fires("bands differ") && first.value("kind of contract").as_deref() == Some("light touch"));
    let of_second =
        ["value before", "initial value"].map(|base| second.value(&format!("displayed change against {base}")));
    assert_eq!(of_second.map(Option::unwrap), ["7.142857", "12.5"]);
    assert!(second.fires("bands differ"));
    assert!(slip.fires("value before differs widely") && slip.fires("value more than doubles"), "two digits are lost");
    assert!(blank.lacks("/value_before") || blank.outcome["state"] == "not applicable");
    assert_eq!(blank.value("cumulative change"), None, "a blank is no nought");
    assert!(large.fires("more than half") && !large.fires("value more than doubles"));
}

/// The figures against one base: where a value is missing in the notice, the record says that it cannot tell, and of what.
fn compare(row: &Row, record: &Record, base: &str) {
    let (percent, band) = (&row[&format!("change_vs_{base}_pct")], &row[&format!("band_vs_{base}")]);
    let name = if base == "before" { "value before" } else { "initial value" };
    let (displayed, banded) = (format!("displayed change against {name}"), format!("band against {name}"));
    if percent.is_empty() {
        let named = ["initial_total", "before", "after"].iter().any(|column| row[*column].is_empty());
        if named {
            assert_eq!(record.criterion(&displayed).state, "cannot tell", "{}", record.case);
            assert_eq!(record.criterion(&banded).state, "cannot tell", "{}", record.case);
            assert!(!record.missing.is_empty(), "{}: the missing values are named", record.case);
            return;
        }
        assert_eq!(record.value(&displayed), None, "{}: no percentage of nothing", record.case);
    } else {
        assert_eq!(record.value(&displayed).as_deref(), Some(plain(percent)), "{}: {displayed}", record.case);
    }
    assert_eq!(record.value(&banded).as_deref(), Some(band.as_str()), "{}: {banded}", record.case);
}

/// Outside the United Kingdom its thresholds do not apply; inside, no notice has the judgements that regulation 72 wants.
fn compare_law(row: &Row, record: &Record) {
    let states = if row["country"] == "UK" { &["cannot tell", "not met"][..] } else { &["not applicable"][..] };
    let state = record.outcome["state"].as_str().unwrap();
    assert!(states.contains(&state), "{}: {state}", record.case);
    if row["country"] != "UK" {
        assert_eq!(record.criterion("below the threshold").state, "not applicable", "{}", record.case);
    }
}

/// More than half is flagged against either base; where the bands differ both figures are shown; and figures that cannot
/// be right are said to be looked at, whatever the law says.
fn compare_warnings(row: &Row, record: &Record) {
    let bands = [&row["band_vs_before"], &row["band_vs_initial"]];
    if bands.iter().all(|band| !band.is_empty()) {
        assert_eq!(record.fires("more than half"), bands.iter().any(|band| *band == "over_50"), "{}", record.case);
        assert_eq!(record.fires("bands differ"), bands[0] != bands[1], "{}", record.case);
    }
    let slip = ["change_vs_before_pct", "change_vs_initial_pct"]
        .iter()
        .any(|column| row[*column].parse::<f64>().is_ok_and(|percent| percent > 100.0));
    assert_eq!(record.fires("value more than doubles"), slip, "{}", record.case);
    assert!(!record.fires("earlier changes left out"), "{}: the mapping counts every earlier change", record.case);
}

/// Notices of one contract share country and value at award. The last one's net sum is what the value has grown by in all,
/// steps that were never published included.
fn compare_chains(rows: &[Row], records: &[Record]) {
    let mut chains: BTreeMap<(&str, &str), Vec<&Row>> = BTreeMap::new();
    for row in rows.iter().filter(|row| !row["initial_total"].is_empty()) {
        chains.entry((&row["country"], &row["initial_total"])).or_default().push(row);
    }
    chains.retain(|_, chain| chain.len() > 1);
    let mut gaps = 0;
    for chain in chains.values_mut() {
        chain.sort_by_key(|row| &row["published"]);
        let unpublished = chain.windows(2).filter(|pair| pair[0]["after"] != pair[1]["before"]).count();
        gaps += unpublished;
        let last = chain[chain.len() - 1];
        let Some(record) = records.iter().find(|record| record.case == last["notice"]) else { continue };
        let [initial, after] = ["initial_total", "after"].map(|column| Decimal::from_str_exact(&last[column]).unwrap());
        let net = (after - initial).normalize().to_string();
        assert_eq!(record.value("cumulative change"), Some(net), "{}", record.case);
    }
    println!("f20_rows: {} contracts with several notices, {gaps} steps between them unpublished", chains.len());
    assert!(!chains.is_empty());
}

/// A number as a record writes it: without zeros at the end.
fn plain(text: &str) -> &str {
    if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.') } else { text }
}

fn rows(table: &Path) -> Vec<Row> {
    csv::Reader::from_path(table).unwrap().deserialize().map(|row| row.unwrap()).collect()
}

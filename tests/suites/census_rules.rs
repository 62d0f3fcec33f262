//! The Department for Education's census rules against test rows of councils' analysts: for every rule that the pack expresses, exactly
//! the rows are flagged that must be.
//!
//! The rows belong to others and are no part of the repository; without them the suite says so and has nothing to hold.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::process::Command;

use rules_core::Wire;
use rules_tests::{shared, workspace};
use serde::Deserialize;
use serde_json::{Map, Value, json};

use crate::mappings::call;
use crate::program::rules;

/// Rules that need more than one child's record, as the pack's README says.
const NOT_EXPRESSED: [&str; 1] = ["1520"];

type Row = Map<String, Value>;
/// A row of a table: its module and its number.
type Flag = (String, u64);

/// One test of one rule: the rows that it is given, and those that it must flag.
#[derive(Deserialize)]
struct Test {
    rule: String,
    year: String,
    tables: BTreeMap<String, Vec<Row>>,
    expected_flagged: BTreeMap<String, BTreeSet<u64>>,
}

/// One child's record, and from which rows of the tables each part of it comes.
struct Child {
    facts: Value,
    /// The identifiers of the episodes in the tables, in order.
    episodes: Vec<Option<Value>>,
    origins: Vec<(Value, Flag)>,
}

#[test]
fn every_rule_flags_exactly_the_rows_that_it_must() {
    let Some(text) =
        shared().and_then(|folder| fs::read_to_string(folder.join("data/dfe-social-care-rules/cin.json")).ok())
    else {
        eprintln!("census_rules: shared data is absent (dfe-social-care-rules/cin.json); nothing was compared");
        return;
    };
    let tests: Vec<Test> = serde_json::from_str(&text).unwrap();
    let pack = fs::read_to_string(workspace().join("rule-packs/cin-census/pack.json")).unwrap();
    let decisions = serde_json::from_str::<Value>(&pack).unwrap()["decisions"].as_object().unwrap().clone();
    let mut wire = Wire::new();
    let loaded = call(&mut wire, &json!({"do": "load", "text": pack}))["pack"].clone();
    assert!(loaded.is_number(), "the pack cannot be used");
    let (mut exact, mut flags, mut left_out) = (0, 0, Vec::new());
    for test in &tests {
        let Some(decision) = decisions.keys().find(|name| name.split(' ').nth(1) == Some(&test.rule)) else {
            left_out.push(test.rule.as_str());
            continue;
        };
        let expected: BTreeSet<Flag> = test
            .expected_flagged
            .iter()
            .flat_map(|(module, rows)| rows.iter().map(move |row| (module.clone(), *row)))
            .collect();
        let found = flagged(&mut wire, &loaded, decision, test);
        assert_eq!(found, expected, "{decision}");
        exact += 1;
        flags += found.len();
    }
    assert_eq!(left_out, NOT_EXPRESSED, "rules that the pack does not express");
    eprintln!("census_rules: {exact} of {} rules expressed and exact, {flags} rows flagged", tests.len());
}

/// What `rules check` makes of a census file: for each child its identifier and the rules that its record breaks.
fn broken_rules(census: &Path) -> Vec<(String, Vec<String>)> {
    let pack = workspace().join("rule-packs/cin-census");
    let mut command = Command::new(rules());
    command.arg("check").arg(&pack).arg(census).arg("--map").arg(pack.join("census.mapping.json"));
    let folder = tempfile::tempdir().unwrap();
    command.args(["--host", "native", "--rejects"]).arg(folder.path().join("rejects.ndjson"));
    let run = command.output().unwrap();
    assert_eq!(run.status.code(), Some(0), "{}", String::from_utf8_lossy(&run.stderr));
    let records = String::from_utf8(run.stdout).unwrap();
    let record = |line: &str| {
        let record: Value = serde_json::from_str(line).unwrap();
        let broken = record["outcome"]["value"].as_array().unwrap().iter();
        let broken = broken.map(|rule| rule.as_str().unwrap().to_owned()).collect();
        (record["case"].as_str().unwrap().to_owned(), broken)
    };
    records.lines().map(record).collect()
}

#[test]
fn the_sample_of_a_census_file_is_checked_child_by_child() {
    let census = workspace().join("host-demo/samples/cin-census.xml");
    let expected: [(&str, &[&str]); 4] = [
        ("INVENTED001", &[]),
        ("INVENTED002", &["1510", "8790", "8610", "8805", "8867", "2889", "8670Q"]),
        ("INVENTED003", &["8670Q"]),
        ("INVENTED004", &[]),
    ];
    let found = broken_rules(&census);
    let found: Vec<(&str, Vec<&str>)> =
        found.iter().map(|(case, rules)| (case.as_str(), rules.iter().map(String::as_str).collect())).collect();
    assert_eq!(found, expected.map(|(case, rules)| (case, rules.to_vec())));
}

#[test]
fn a_census_file_by_others_is_read_whole() {
    let Some(census) = shared()
        .map(|folder| folder.join("data/dfe-social-care-rules/CIN_Census_2024.xml"))
        .filter(|file| file.is_file())
    else {
        eprintln!("census_rules: shared data is absent (CIN_Census_2024.xml); no file was read");
        return;
    };
    let children = broken_rules(&census);
    assert_eq!(children.len(), 2, "every child has a record");
    // Its assessment of 2028 was authorised in 2020, and the second child was referred after the census year.
    assert!(children[0].1.contains(&"8608".to_owned()), "{children:?}");
    assert!(children[1].1.contains(&"8600".to_owned()), "{children:?}");
}

/// Decides every child of the test; gives the rows that the decision flags.
fn flagged(wire: &mut Wire, pack: &Value, decision: &str, test: &Test) -> BTreeSet<Flag> {
    let mut found = BTreeSet::new();
    for child in children(test) {
        let as_of = child.facts["reference_date"].clone();
        let request = json!({"do": "decide", "pack": pack, "case": child.facts, "as_of": as_of});
        let answer = call(wire, &request);
        let criteria = answer["record"]["criteria"].as_array().unwrap_or_else(|| panic!("{decision}: {answer:#}"));
        let criterion = criteria.iter().find(|criterion| criterion["id"] == decision).unwrap();
        assert_eq!(criterion["state"], "decided", "{decision}: {criterion:#}");
        for place in criterion["value"].as_array().unwrap() {
            let rows: Vec<Flag> =
                child.origins.iter().filter(|(at, _)| at == place).map(|(_, flag)| flag.clone()).collect();
            assert!(!rows.is_empty(), "{decision}: {place} is no row of the tables");
            found.extend(rows);
        }
    }
    found
}

/// The children of the tables. A row without an identifier is a child of its own.
fn children(test: &Test) -> Vec<Child> {
    let no_rows = Vec::new();
    let rows = |module: &str| test.tables.get(module).unwrap_or(&no_rows);
    let header = rows("Header").first().and_then(|row| day(row.get("ReferenceDate")).as_str().map(str::to_owned));
    let reference = header.unwrap_or_else(|| format!("20{}-03-31", &test.year[test.year.len() - 2..]));
    let mut children: Vec<(String, Child)> = Vec::new();
    let mut each = |module: &str, take: &dyn Fn(&mut Child, &Row) -> Vec<Value>| {
        for row in rows(module) {
            let number = row["ROW"].as_u64().unwrap();
            let id = row.get("LAchildID");
            let key = id.map_or_else(|| format!("{module} {number}"), Value::to_string);
            let at = children.iter().position(|(known, _)| *known == key).unwrap_or_else(|| {
                children.push((key, Child::new(&reference, text(id))));
                children.len() - 1
            });
            let child = &mut children[at].1;
            for place in take(child, row) {
                child.origins.push((place, (module.to_owned(), number)));
            }
        }
    };
    each("ChildIdentifiers", &Child::identifiers);
    each("Disabilities", &Child::disability);
    each("CINdetails", &Child::episode);
    each("Assessments", &Child::assessment);
    each("CINplanDates", &|child, row| {
        let plan = json!({"start_date": day(row.get("CINPlanStartDate")), "end_date": day(row.get("CINPlanEndDate"))});
        child.module("CINplanDates", "cin_plans", row, plan)
    });
    each("Section47", &Child::enquiry);
    each("ChildProtectionPlans", &Child::protection_plan);
    each("Reviews", &Child::review);
    children.into_iter().map(|(_, child)| child).collect()
}

impl Child {
    fn new(reference: &str, id: Value) -> Self {
        let facts = json!({
            "reference_date": reference, "la_child_id": id, "upn": null, "upn_unknown": null, "birth_date": null,
            "expected_birth_date": null, "death_date": null, "disabilities": [], "cin_details": [],
        });
        Self { facts, episodes: Vec::new(), origins: Vec::new() }
    }

    fn identifiers(&mut self, row: &Row) -> Vec<Value> {
        self.facts["upn"] = text(row.get("UPN"));
        self.facts["upn_unknown"] = text(row.get("UPNunknown"));
        self.facts["birth_date"] = day(row.get("PersonBirthDate"));
        self.facts["expected_birth_date"] = day(row.get("ExpectedPersonBirthDate"));
        self.facts["death_date"] = day(row.get("PersonDeathDate"));
        vec![json!({"module": "ChildIdentifiers"})]
    }

    fn disability(&mut self, row: &Row) -> Vec<Value> {
        let number = push(&mut self.facts["disabilities"], text(row.get("Disability")));
        vec![json!({"module": "Disabilities", "row": number})]
    }

    fn episode(&mut self, row: &Row) -> Vec<Value> {
        self.episodes.push(row.get("CINdetailsID").cloned());
        let number = push(
            &mut self.facts["cin_details"],
            json!({
                "referral_date": day(row.get("CINreferralDate")), "primary_need": text(row.get("PrimaryNeedCode")),
                "closure_date": day(row.get("CINclosureDate")), "reason_for_closure": text(row.get("ReasonForClosure")),
                "conference_date": day(row.get("DateOfInitialCPC")), "referral_nfa": text(row.get("ReferralNFA")),
                "assessments": [], "cin_plans": [], "section_47": [], "child_protection_plans": [],
            }),
        );
        vec![json!({"module": "CINdetails", "episode": number})]
    }

    /// The episode to which a row of a module belongs, from 0. Where its own table does not give it, the episode has nothing but that row.
    fn episode_of(&mut self, row: &Row) -> usize {
        let id = row.get("CINdetailsID");
        let known = self.episodes.iter().position(|episode| episode.as_ref() == id);
        known.unwrap_or_else(|| {
            let only_its_name = row.get("CINdetailsID").map(|id| ("CINdetailsID".to_owned(), id.clone()));
            self.episode(&only_its_name.into_iter().collect());
            self.episodes.len() - 1
        })
    }

    fn module(&mut self, module: &str, list: &str, row: &Row, item: Value) -> Vec<Value> {
        let episode = self.episode_of(row);
        let number = push(&mut self.facts["cin_details"][episode][list], item);
        vec![json!({"module": module, "episode": episode + 1, "row": number})]
    }

    /// The tables have a row for each factor: rows with the same identifier and dates are one assessment.
    fn assessment(&mut self, row: &Row) -> Vec<Value> {
        let start = day(row.get("AssessmentActualStartDate"));
        let authorised = day(row.get("AssessmentAuthorisationDate"));
        let item = json!({"start_date": start, "authorisation_date": authorised, "factors": []});
        let names = ["AssessmentID", "AssessmentAuthorisationDate", "AssessmentActualStartDate"];
        let mark = json!(names.map(|name| row.get(name)));
        let Some(factor) = row.get("AssessmentFactors") else {
            return self.module("Assessments", "assessments", row, item);
        };
        let episode = self.episode_of(row);
        let assessments = self.facts["cin_details"][episode]["assessments"].as_array().unwrap();
        let known = assessments.iter().position(|assessment| assessment["mark"] == mark);
        let number = known.map_or_else(
            || push(&mut self.facts["cin_details"][episode]["assessments"], item),
            |position| position as u64 + 1,
        );
        let position = usize::try_from(number).unwrap() - 1;
        let assessment = &mut self.facts["cin_details"][episode]["assessments"][position];
        assessment["mark"] = mark;
        let place = json!({"module": "Assessments", "episode": episode + 1, "row": number});
        if factor.is_null() {
            return vec![place];
        }
        let mut of_factor = place.clone();
        of_factor["factor"] = json!(push(&mut assessment["factors"], text(Some(factor))));
        vec![place, of_factor]
    }

    fn enquiry(&mut self, row: &Row) -> Vec<Value> {
        let item = json!({
            "start_date": day(row.get("S47ActualStartDate")), "conference_date": day(row.get("DateOfInitialCPC")),
            "conference_not_required": text(row.get("ICPCnotRequired")),
        });
        self.module("Section47", "section_47", row, item)
    }

    fn protection_plan(&mut self, row: &Row) -> Vec<Value> {
        let item = json!({
            "start_date": day(row.get("CPPstartDate")), "end_date": day(row.get("CPPendDate")),
            "initial_category": text(row.get("InitialCategoryOfAbuse")),
            "previous_plans": row.get("NumberOfPreviousCPP"), "reviews": [], "mark": row.get("CPPID"),
        });
        self.module("ChildProtectionPlans", "child_protection_plans", row, item)
    }

    fn review(&mut self, row: &Row) -> Vec<Value> {
        let mark = json!(row.get("CPPID"));
        let plan_of = |episodes: &Value| {
            episodes.as_array().unwrap().iter().enumerate().find_map(|(episode, data)| {
                let plans = data["child_protection_plans"].as_array().unwrap();
                plans.iter().position(|plan| plan["mark"] == mark).map(|plan| (episode, plan))
            })
        };
        if plan_of(&self.facts["cin_details"]).is_none() {
            self.protection_plan(row);
        }
        let (episode, plan) = plan_of(&self.facts["cin_details"]).unwrap();
        let reviews = &mut self.facts["cin_details"][episode]["child_protection_plans"][plan]["reviews"];
        let number = push(reviews, day(row.get("CPPreviewDate")));
        vec![json!({"module": "Reviews", "episode": episode + 1, "plan": plan + 1, "row": number})]
    }
}

/// Puts an item at the end of a list; gives its number, from 1.
fn push(list: &mut Value, item: Value) -> u64 {
    let list = list.as_array_mut().unwrap();
    list.push(item);
    list.len() as u64
}

/// A code as a census file has it: numbers and truth values are texts there.
fn text(cell: Option<&Value>) -> Value {
    match cell {
        None | Some(Value::Null) => Value::Null,
        Some(Value::String(text)) => json!(text),
        Some(other) => json!(other.to_string()),
    }
}

/// A date, which some tests write as day/month/year; anything else is none.
fn day(cell: Option<&Value>) -> Value {
    let Some(text) = cell.and_then(Value::as_str) else { return Value::Null };
    let parts: Vec<&str> = text.split('/').collect();
    match parts[..] {
        [day, month, year] => json!(format!("{year}-{month:0>2}-{day:0>2}")),
        _ if text.len() == 10 && text.split('-').count() == 3 => json!(text),
        _ => Value::Null,
    }
}

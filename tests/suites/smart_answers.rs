//! Recorded answer paths of GOV.UK through the example packs: every path reaches the outcome page that it must, and a path with an answer
//! left out never reaches another one.
//!
//! The paths belong to others and are no part of the repository; without them the suite says so and has nothing to hold.

use std::fs;
use std::path::{Path, PathBuf};

use rules_core::Wire;
use rules_tests::{shared, workspace};
use serde::Deserialize;
use serde_json::{Map, Value, json};

use crate::mappings::call;

/// The flows with recorded answers.
#[derive(Deserialize)]
struct Flow {
    cases: Vec<AnswerPath>,
}

#[derive(Deserialize)]
struct AnswerPath {
    answers: Vec<(Option<String>, String)>,
    complete: bool,
    outcome: String,
}

/// An example pack, ready for rows of answers.
struct Example {
    wire: Wire,
    pack: Value,
    mapping: Value,
}

impl Example {
    fn open(folder: &Path) -> Self {
        let text = |name: &str| fs::read_to_string(folder.join(name)).unwrap();
        let mut wire = Wire::new();
        let pack = call(&mut wire, &json!({"do": "load", "text": text("pack.json")}))["pack"].clone();
        let load = json!({"do": "load mapping", "text": text("smart-answers.mapping.json"), "pack": pack});
        let mapping = call(&mut wire, &load)["mapping"].clone();
        assert!(pack.is_number() && mapping.is_number(), "{}: cannot be used", folder.display());
        Self { wire, pack, mapping }
    }

    /// The page that the answers reach; none while more of them are needed.
    fn page<'a>(&mut self, answers: impl Iterator<Item = &'a (Option<String>, String)>) -> Option<String> {
        let row: Map<String, Value> =
            answers.map(|(question, answer)| (question.clone().unwrap_or_default(), json!(answer))).collect();
        let request = json!({"do": "decide", "pack": self.pack, "mapping": self.mapping, "case": row});
        let answer = call(&mut self.wire, &request);
        let criteria = answer["record"]["criteria"].as_array().unwrap_or_else(|| panic!("{row:?}: {answer:#}"));
        let guidance = criteria.iter().find(|criterion| criterion["id"] == "guidance").unwrap();
        guidance["value"]["page"].as_str().map(str::to_owned)
    }
}

fn examples() -> Vec<PathBuf> {
    let mut folders: Vec<PathBuf> = fs::read_dir(workspace().join("rule-packs/examples"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|folder| folder.join("smart-answers.mapping.json").is_file())
        .collect();
    folders.sort();
    folders
}

#[test]
fn every_complete_answer_path_reaches_its_outcome() {
    let folders = examples();
    assert!(folders.len() >= 5, "{} example packs", folders.len());
    let Some(data) = shared().map(|folder| folder.join("data/govuk-smart-answers")).filter(|folder| folder.is_dir())
    else {
        eprintln!("smart_answers: shared data is absent (govuk-smart-answers); no recorded path was followed");
        return;
    };
    for folder in folders {
        let name = folder.file_name().unwrap().to_str().unwrap().to_owned();
        let flow: Flow = serde_json::from_str(&fs::read_to_string(data.join(format!("{name}.json"))).unwrap()).unwrap();
        let mut example = Example::open(&folder);
        let (mut complete, mut shorter) = (0, 0);
        for path in flow.cases.iter().filter(|path| path.complete) {
            let page = example.page(path.answers.iter());
            assert_eq!(page.as_deref(), Some(path.outcome.as_str()), "{name}: {:?}", path.answers);
            complete += 1;
            for left_out in 0..path.answers.len() {
                let rest = path.answers.iter().enumerate().filter(|(at, _)| *at != left_out).map(|(_, answer)| answer);
                let page = example.page(rest);
                assert!(page.is_none_or(|page| page == path.outcome), "{name}: {:?} without {left_out}", path.answers);
                shorter += 1;
            }
        }
        eprintln!("smart_answers: {name}: {complete} of {complete} paths, {shorter} with an answer left out");
        assert!(complete > 0, "{name}: no complete path");
    }
}

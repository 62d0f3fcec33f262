//! The development set of the DMN Technology Compatibility Kit, which lies beside the repository and is no part of it, and
//! the two lists of its cases: those that pass, which may only grow, and those that fail, each with its reason.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{fs, io};

use serde_json::{Value, json};

use crate::kit::same;
use crate::{shared, workspace};

/// The file of the cases, when it is there.
#[must_use]
pub fn cases() -> Option<PathBuf> {
    shared().map(|folder| folder.join("tck/dev-feel.jsonl")).filter(|file| file.is_file())
}

/// One case.
#[derive(Clone, Debug)]
pub struct Case {
    /// Its identifier.
    pub id: String,
    /// The directory of the kit that it comes from.
    pub group: String,
    /// The typed value that it must give.
    pub expected: Value,
    /// The typed value that it gave.
    pub got: Value,
}

impl Case {
    /// Whether it gave what it must.
    #[must_use]
    pub fn passes(&self) -> bool {
        same(&self.expected, &self.got)
    }
}

/// Runs `rules feel --cases` over the kit, as of a date that is always the same.
///
/// # Errors
/// When the program cannot be run or does not answer every case.
pub fn run(rules: &mut Command, kit: &Path) -> io::Result<Vec<Case>> {
    let output = rules.arg("feel").arg("--cases").arg(kit).args(["--as-of", "2020-11-22"]).output()?;
    let said = String::from_utf8_lossy(&output.stderr);
    if !output.status.success() {
        return Err(io::Error::other(format!("`rules feel --cases` did not answer every case: {said}")));
    }
    let (cases, answers) = (fs::read_to_string(kit)?, String::from_utf8_lossy(&output.stdout));
    if cases.lines().count() != answers.lines().count() {
        return Err(io::Error::other(format!("`rules feel --cases` left out a case: {said}")));
    }
    cases.lines().zip(answers.lines()).map(|(case, answer)| read(case, answer)).collect()
}

fn read(case: &str, answer: &str) -> io::Result<Case> {
    let mut case: Value = serde_json::from_str(case)?;
    let mut answer: Value = serde_json::from_str(answer)?;
    if case["id"] != answer["id"] {
        return Err(io::Error::other(format!("{} is answered where {} was asked", answer["id"], case["id"])));
    }
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    Ok(Case {
        id: text(&case["id"]),
        group: text(&case["group"]),
        expected: case["expected"].take(),
        got: answer["got"].take(),
    })
}

/// What is known of each case.
#[derive(Clone, Debug, Default)]
pub struct Lists {
    /// Identifiers of the cases that pass.
    pub passing: BTreeSet<String>,
    /// Identifiers of the cases that fail, with the reason.
    pub failing: BTreeMap<String, String>,
}

impl Lists {
    fn files() -> [PathBuf; 2] {
        ["passing.txt", "failing.json"].map(|name| workspace().join("tests/corpus/conformance").join(name))
    }

    /// Reads the lists.
    ///
    /// # Errors
    /// When a file is not there or not readable.
    pub fn read() -> io::Result<Self> {
        let [passing, failing] = Self::files().map(fs::read_to_string);
        let failing: Vec<BTreeMap<String, String>> = serde_json::from_str(&failing?)?;
        let row = |mut row: BTreeMap<String, String>| {
            (row.remove("id").unwrap_or_default(), row.remove("reason").unwrap_or_default())
        };
        Ok(Self {
            passing: passing?.lines().map(str::to_owned).collect(),
            failing: failing.into_iter().map(row).collect(),
        })
    }

    /// Adds the cases that pass now, and lists the others that nobody listed; their reasons are still to be written. A
    /// case that passed once stays in its list.
    pub fn renew(&mut self, cases: &[Case]) {
        for case in cases {
            if case.passes() {
                self.failing.remove(&case.id);
                self.passing.insert(case.id.clone());
            } else if !self.passing.contains(&case.id) {
                self.failing.entry(case.id.clone()).or_default();
            }
        }
    }

    /// Writes the lists.
    ///
    /// # Errors
    /// When a file cannot be written.
    pub fn write(&self) -> io::Result<()> {
        let [passing, failing] = Self::files();
        let lines: String = self.passing.iter().map(|id| format!("{id}\n")).collect();
        fs::write(passing, lines)?;
        let rows: Vec<String> =
            self.failing.iter().map(|(id, reason)| json!({"id": id, "reason": reason}).to_string()).collect();
        fs::write(
            failing,
            if rows.is_empty() { "[]\n".to_owned() } else { format!("[\n  {}\n]\n", rows.join(",\n  ")) },
        )
    }
}

//! Counts over all rows: what the summary table says.

use crate::failure::{Failure, Outcome};
use serde::Deserialize;
use std::collections::BTreeMap;

/// Counts of some rows, as the engine reports them for a chunk. Counts of two chunks add up to those of both.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Tally {
    pub(crate) rows: u64,
    pub(crate) records: u64,
    pub(crate) rejected: u64,
    /// The state of the outcome (`met`, `cannot tell`, …).
    pub(crate) outcomes: BTreeMap<String, u64>,
    /// The value of an outcome that is decided, when it is a text.
    pub(crate) values: BTreeMap<String, u64>,
    /// For every trigger how often it fires and how often that cannot be told.
    pub(crate) triggers: BTreeMap<String, BTreeMap<String, u64>>,
    /// Facts by pointer, and how many cases lack them to be settled.
    pub(crate) missing: BTreeMap<String, u64>,
    /// Keys that the pack does not declare, by pointer.
    pub(crate) undeclared: BTreeMap<String, Undeclared>,
}

/// A key that the pack does not declare.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Undeclared {
    pub(crate) count: u64,
    /// `did you mean …?`
    pub(crate) help: Option<String>,
}

/// So many different undeclared keys are kept by name: a file whose keys are data must not fill the memory.
const UNDECLARED_KEPT: usize = 1_000;

impl Tally {
    /// Reads the tallies of one chunk, one JSON object a line.
    pub(crate) fn read(tallies: &[u8]) -> Outcome<Self> {
        let mut sum = Self::default();
        for line in tallies.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()) {
            let tally: Self = serde_json::from_slice(line)
                .map_err(|error| Failure::new(format!("the engine's counts cannot be read: {error}")))?;
            sum.add(tally);
        }
        Ok(sum)
    }

    /// Adds the counts of other rows.
    pub(crate) fn add(&mut self, other: Self) {
        self.rows += other.rows;
        self.records += other.records;
        self.rejected += other.rejected;
        add_all(&mut self.outcomes, other.outcomes);
        add_all(&mut self.values, other.values);
        add_all(&mut self.missing, other.missing);
        for (name, states) in other.triggers {
            add_all(self.triggers.entry(name).or_default(), states);
        }
        for (key, undeclared) in other.undeclared {
            if self.undeclared.len() >= UNDECLARED_KEPT && !self.undeclared.contains_key(&key) {
                continue;
            }
            let sum = self.undeclared.entry(key).or_default();
            sum.count += undeclared.count;
            sum.help = undeclared.help.or(sum.help.take());
        }
    }
}

fn add_all(sum: &mut BTreeMap<String, u64>, counts: BTreeMap<String, u64>) {
    for (name, count) in counts {
        *sum.entry(name).or_default() += count;
    }
}

//! Whole chunks of cases: lines in, records and rejects out, in the order of the lines.

use super::Wire;
use super::answer::{Refusal, fault_members};
use super::tally::Tally;
use crate::rule_set::{Detail, Fault, RuleSet};
use crate::value::json::{Lines, Written};

/// What deciding chunks gives, as bytes ready to be written.
#[derive(Debug, Default)]
pub struct ChunkOutput {
    /// Decision records, one a line, in the order of the input.
    pub records: Vec<u8>,
    /// Cases that could not be decided, one a line.
    pub rejects: Vec<u8>,
    /// Counts: for each chunk one JSON object, on a line of its own.
    pub tallies: Vec<u8>,
}

/// How a chunk of cases is to be decided.
#[derive(Clone, Copy, Debug)]
pub struct ChunkRequest<'r> {
    /// Handle of the pack.
    pub pack: u32,
    /// Handle of the mapping, or 0 for none.
    pub mapping: u32,
    /// One case a line; blank lines are skipped.
    pub lines: &'r [u8],
    /// Number of the first line in the whole input, counted from 1.
    pub first_row: u64,
    /// Records with reasons, or with states and values only.
    pub full: bool,
    /// The date of the decision for cases that bring none.
    pub as_of: Option<&'r str>,
}

/// Why a chunk was not decided at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WireError {
    /// No pack has this handle.
    NoSuchPack,
    /// No mapping has this handle, or it is for another pack.
    NoSuchMapping,
    /// `as_of` is not a date.
    BadDate,
}

impl WireError {
    /// The fault as the hosts pass it on: `{"code", "message", "help"}`.
    #[must_use]
    pub fn to_json(&self) -> String {
        Refusal::from(*self).members()
    }
}

impl From<WireError> for Refusal {
    fn from(error: WireError) -> Self {
        match error {
            WireError::NoSuchPack => Self::no_such("pack", None),
            WireError::NoSuchMapping => Self::no_such("mapping", None),
            WireError::BadDate => Self::wrong_member("as_of", "a date like 2020-10-14"),
        }
    }
}

impl Wire {
    /// Decides a chunk of cases and adds what becomes of them to `output`. `cursor` is told the number of each line before
    /// it is begun, so that a host that loses the engine knows which case was at fault.
    ///
    /// # Errors
    /// When the handles or the date are not usable; faults of single cases are rejects, not errors.
    pub fn decide_chunk(
        &mut self,
        request: ChunkRequest<'_>,
        cursor: &mut dyn FnMut(u64),
        output: &mut ChunkOutput,
    ) -> Result<(), WireError> {
        let as_of = match request.as_of {
            None => None,
            Some(text) => Some(RuleSet::date(text).ok_or(WireError::BadDate)?),
        };
        let loaded = self.packs.get_mut(&request.pack).ok_or(WireError::NoSuchPack)?;
        let mut mapping = match request.mapping {
            0 => None,
            handle => {
                let of_pack = self.mappings.get_mut(&handle).filter(|loaded| loaded.pack == request.pack);
                Some(of_pack.ok_or(WireError::NoSuchMapping)?)
            }
        };
        let detail = if request.full { Detail::Full } else { Detail::Brief };
        let mut tally = Tally::default();
        let (rule_set, worker) = (&loaded.rule_set, &mut loaded.worker);
        for (row, line) in (request.first_row..).zip(Lines::of(request.lines)) {
            if line.trim_ascii().is_empty() {
                continue;
            }
            cursor(row);
            tally.rows += 1;
            let before = output.records.len();
            let mapping = mapping.as_mut().map(|loaded| (&loaded.mapping, &mut loaded.row));
            let read = rule_set.read(worker, mapping, line, as_of);
            let decided = read
                .and_then(|()| rule_set.record(worker, row, detail, &mut output.records).map_err(|fault| vec![fault]));
            match decided {
                Ok(()) => {
                    output.records.push(b'\n');
                    tally.count(rule_set.program(), rule_set.masking(), &worker.case, &worker.results);
                }
                Err(faults) => {
                    output.records.truncate(before);
                    tally.rejected += 1;
                    reject(&mut output.rejects, worker.case.identifier(), row, &faults);
                }
            }
        }
        tally.write(rule_set.program(), &mut worker.case, &mut output.tallies);
        output.tallies.push(b'\n');
        Ok(())
    }
}

/// One line a case: its first fault, and the others as a list when there are more.
fn reject(out: &mut Vec<u8>, case: Option<&str>, row: u64, faults: &[Fault]) {
    let mut members = Vec::new();
    members.extend(case.map(|case| ("case".to_owned(), Written::text(case))));
    members.push(("line".to_owned(), Written::Bare(row.to_string())));
    if let Some((first, others)) = faults.split_first() {
        members.extend(fault_members(first));
        if !others.is_empty() {
            let others = others.iter().map(|fault| Written::Object(fault_members(fault))).collect();
            members.push(("others".to_owned(), Written::List(others)));
        }
    }
    Written::Object(members).write(out);
    out.push(b'\n');
}

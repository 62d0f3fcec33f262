//! The decision record of `semantics.md` section 6: one canonical JSON object, the same bytes on every host.

use super::brief::BriefParts;
use super::explanation::{EngineIdentity, Explanation};
use super::full::FullParts;
use super::masking::Masking;
use super::prepared::Envelope;
use crate::eval::{Case, Results};
use crate::program::Program;

/// Writes the records of one program in one language. What is the same for each case is prepared once.
#[derive(Clone, Debug)]
pub(crate) struct RecordWriter {
    language: Box<str>,
    envelope: Envelope,
    brief: BriefParts,
    full: FullParts,
}

impl RecordWriter {
    /// Prepares what is the same for every case.
    pub(crate) fn new(program: &Program, engine: &EngineIdentity, masking: &Masking, language: &str) -> Self {
        Self {
            language: language.into(),
            envelope: Envelope::new(program, engine, language),
            brief: BriefParts::new(program, masking, language),
            full: FullParts::new(program, masking, language),
        }
    }

    /// The language of its sentences.
    pub(crate) fn language(&self) -> &str {
        &self.language
    }

    /// Writes the record with states and values only, of a case whose outcome and triggers are settled.
    pub(crate) fn brief(&self, out: &mut Vec<u8>, masking: &Masking, case: &Case, row: u64, results: &Results) {
        self.brief.write(&self.envelope, out, masking, case, row, results);
    }

    /// Writes the full record: states, values, reasons, sources and what is missing.
    pub(crate) fn full(&self, out: &mut Vec<u8>, explanation: &Explanation<'_>) {
        self.full.write(&self.envelope, out, explanation);
    }
}

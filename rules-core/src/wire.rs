//! The boundary of the WebAssembly file: one JSON request, one JSON answer; and whole chunks of cases.

/// The packs and mappings that one engine has loaded.
#[derive(Debug, Default)]
pub struct Wire {}

/// What deciding a chunk gives, as bytes ready to be written.
#[derive(Debug, Default)]
pub struct ChunkOutput {
    /// Decision records, one a line, in the order of the input.
    pub records: Vec<u8>,
    /// Cases that could not be decided, one a line.
    pub rejects: Vec<u8>,
    /// Counts over the chunk, as one JSON object.
    pub tally: Vec<u8>,
}

/// How a chunk of cases is to be decided.
#[derive(Clone, Copy, Debug)]
pub struct ChunkRequest<'r> {
    /// Handle of the pack.
    pub pack: u32,
    /// Handle of the mapping, or 0 for none.
    pub mapping: u32,
    /// One case a line.
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

impl Wire {
    /// An engine with nothing loaded.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Answers one request; a request that makes no sense is answered with an `error`.
    #[must_use]
    pub fn call(&mut self, _request: &str) -> String {
        String::from(r#"{"error":{"code":"not-json","message":"the engine is being built"}}"#)
    }

    /// Decides a chunk of cases. `cursor` is told the number of each line before it is begun, so that a host that loses the
    /// engine knows which case was at fault.
    ///
    /// # Errors
    /// When the handles or the date are not usable; faults of single cases are rejects, not errors.
    pub fn decide_chunk(
        &mut self,
        _request: ChunkRequest<'_>,
        _cursor: &mut dyn FnMut(u64),
        _output: &mut ChunkOutput,
    ) -> Result<(), WireError> {
        Err(WireError::NoSuchPack)
    }
}

impl WireError {
    /// The fault as the hosts pass it on: `{"code", "message", "help"}`.
    #[must_use]
    pub fn to_json(&self) -> &'static str {
        match self {
            Self::NoSuchPack => {
                r#"{"code":"no-such-pack","message":"no pack is loaded under this handle","help":"load the pack first and use the handle of the answer"}"#
            }
            Self::NoSuchMapping => {
                r#"{"code":"no-such-mapping","message":"no mapping for this pack is loaded under this handle","help":"load the mapping first, for this pack, and use the handle of the answer"}"#
            }
            Self::BadDate => {
                r#"{"code":"bad-date","message":"the date of the decision is not a date","help":"write it as YYYY-MM-DD, for example 2026-04-01"}"#
            }
        }
    }
}

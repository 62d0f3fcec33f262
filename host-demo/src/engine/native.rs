//! The engine compiled into this program, for `--host native`.

use super::{Engine, Rows, Stopped, refusal};
use rules_core::{ChunkOutput, ChunkRequest, Wire};

/// Nothing is caught around it: the core never panics, and its own limits bound the work of a case.
pub(crate) struct NativeEngine {
    wire: Wire,
}

impl NativeEngine {
    pub(crate) fn new() -> Self {
        Self { wire: Wire::new() }
    }
}

impl Engine for NativeEngine {
    fn call(&mut self, request: &str) -> Result<String, Stopped> {
        Ok(self.wire.call(request))
    }

    fn decide_rows(&mut self, rows: &Rows<'_>, decided: &mut ChunkOutput) -> Result<(), Stopped> {
        let Rows { pack, mapping, lines, first_row, full, as_of } = *rows;
        self.wire
            .decide_chunk(ChunkRequest { pack, mapping, lines, first_row, full, as_of }, &mut |_| {}, decided)
            .map_err(|error| refusal(&error.to_json()))
    }
}

//! The engine compiled into this program, for `--host native`.

use super::{Decided, Engine, Rows, Stopped, refusal};
use rules_core::{ChunkOutput, ChunkRequest, Wire};

/// Nothing is caught around it: the core never panics, and its own limits bound the work of a case.
pub(crate) struct NativeEngine {
    wire: Wire,
    output: ChunkOutput,
}

impl NativeEngine {
    pub(crate) fn new() -> Self {
        Self { wire: Wire::new(), output: ChunkOutput::default() }
    }
}

impl Engine for NativeEngine {
    fn call(&mut self, request: &str) -> Result<String, Stopped> {
        Ok(self.wire.call(request))
    }

    fn decide_rows(&mut self, rows: &Rows<'_>, decided: &mut Decided) -> Result<(), Stopped> {
        let output = &mut self.output;
        output.records.clear();
        output.rejects.clear();
        output.tally.clear();
        let Rows { pack, mapping, lines, first_row, full, as_of } = *rows;
        self.wire
            .decide_chunk(ChunkRequest { pack, mapping, lines, first_row, full, as_of }, &mut |_| {}, output)
            .map_err(|error| refusal(&error.to_json()))?;
        decided.records.extend_from_slice(&output.records);
        decided.rejects.extend_from_slice(&output.rejects);
        decided.tallies.extend_from_slice(&output.tally);
        decided.tallies.push(b'\n');
        Ok(())
    }
}

//! NDJSON: one case a line.

use super::chunk::{Chunk, LONGEST_ROW, Refusal, RowReader};
use std::io::{BufRead, Read};

/// Reads lines. Empty lines are no rows; a carriage return before the line break is white space to JSON; the last line
/// may lack its line break.
pub(crate) struct JsonLines<R> {
    input: R,
    line: u64,
}

impl<R: BufRead + Send> JsonLines<R> {
    pub(crate) fn new(input: R) -> Self {
        Self { input, line: 0 }
    }
}

impl<R: BufRead + Send> RowReader for JsonLines<R> {
    fn fill(&mut self, chunk: &mut Chunk) -> std::io::Result<bool> {
        while !chunk.is_full() {
            let start = chunk.lines.len();
            let limit = LONGEST_ROW as u64 + 1;
            let read = (&mut self.input).take(limit).read_until(b'\n', &mut chunk.lines)?;
            if read == 0 {
                return Ok(false);
            }
            self.line += 1;
            chunk.bytes += read as u64;
            let ended = chunk.lines.last() == Some(&b'\n');
            if !ended && read > LONGEST_ROW {
                chunk.lines.truncate(start);
                chunk.bytes += self.input.skip_until(b'\n')? as u64;
                chunk.refuse(self.line, too_long());
            } else if chunk.lines.get(start..).is_some_and(|line| line.trim_ascii().is_empty()) {
                chunk.lines.truncate(start);
            } else {
                if !ended {
                    chunk.lines.push(b'\n');
                }
                chunk.end_row(self.line);
            }
        }
        Ok(true)
    }
}

/// The refusal of a row that is longer than memory is kept for.
pub(crate) fn too_long() -> Refusal {
    Refusal {
        code: "row-too-long",
        message: format!("the row is longer than {} million bytes", LONGEST_ROW / 1_000_000),
        help: "a case is one JSON object a line; look whether line breaks are missing",
        column: None,
    }
}

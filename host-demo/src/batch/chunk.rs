//! Rows on their way to an engine: the unit that a thread takes, decides and hands on.

use super::columns::Columns;
use csv::ByteRecord;
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

/// A chunk is full at so many rows or bytes, whichever comes first: large enough that handing it over costs nothing, small
/// enough that its full records, some sixteen times as long, stay in the processor's own memory until they are written.
pub(crate) const ROWS: usize = 500;
/// See [`ROWS`].
pub(crate) const BYTES: usize = 80_000;
/// A longer row is refused: it would have to be held in memory whole.
pub(crate) const LONGEST_ROW: usize = 4_000_000;

/// Where rows come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Origin {
    /// Standard input.
    StandardInput,
    /// A file.
    File(PathBuf),
}

impl Origin {
    /// The name in rejects and messages.
    pub(crate) fn name(&self) -> String {
        match self {
            Self::StandardInput => "standard input".to_owned(),
            Self::File(path) => path.display().to_string(),
        }
    }
}

/// Why the host itself refuses a row, before an engine sees it.
#[derive(Clone, Debug)]
pub(crate) struct Refusal {
    pub(crate) code: &'static str,
    pub(crate) message: String,
    pub(crate) help: &'static str,
    /// The header of the cell at fault, in a file with columns.
    pub(crate) column: Option<String>,
}

/// Some rows of one file, in order.
pub(crate) struct Chunk {
    /// Chunks are numbered from 0 over all files, and leave in that order.
    pub(crate) number: u64,
    /// The file, as its place in the list of files.
    pub(crate) file: usize,
    /// The number of the first row over all files, counted from 1.
    pub(crate) first_row: u64,
    /// Bytes of input that the rows took, for the progress bar.
    pub(crate) bytes: u64,
    /// The rows as JSON objects, one a line.
    pub(crate) lines: Vec<u8>,
    /// For each row the line of the file on which it begins, counted from 1.
    pub(crate) places: Vec<u64>,
    /// Rows that the host refuses, by their index in the chunk.
    pub(crate) refused: BTreeMap<usize, Refusal>,
    /// Rows of a file with columns, which the deciding thread turns into `lines`.
    pub(crate) records: Vec<ByteRecord>,
    /// The columns of `records`.
    pub(crate) columns: Option<Arc<Columns>>,
}

/// What stands in `lines` for a refused row. It is no JSON, so the engine rejects it, which keeps the row's number and
/// its place among the rejects; the host puts its own reason there.
pub(crate) const REFUSED_LINE: &[u8] = b"!\n";

impl Chunk {
    /// An empty chunk.
    pub(crate) fn new() -> Self {
        Self {
            number: 0,
            file: 0,
            first_row: 1,
            bytes: 0,
            lines: Vec::with_capacity(BYTES + BYTES / 4),
            places: Vec::with_capacity(ROWS),
            refused: BTreeMap::new(),
            records: Vec::new(),
            columns: None,
        }
    }

    /// Empties it for new rows; its memory is kept.
    pub(crate) fn clear(&mut self) {
        self.bytes = 0;
        self.lines.clear();
        self.places.clear();
        self.refused.clear();
        self.columns = None;
    }

    /// How many rows it holds.
    pub(crate) fn rows(&self) -> usize {
        self.places.len()
    }

    /// Whether it should be handed on.
    pub(crate) fn is_full(&self) -> bool {
        self.rows() >= ROWS || self.lines.len() >= BYTES || self.bytes >= BYTES as u64
    }

    /// Adds a row whose JSON stands already at the end of `lines`, with its line break.
    pub(crate) fn end_row(&mut self, place: u64) {
        self.places.push(place);
    }

    /// Adds a row that the host refuses.
    pub(crate) fn refuse(&mut self, place: u64, refusal: Refusal) {
        self.refused.insert(self.rows(), refusal);
        self.lines.extend_from_slice(REFUSED_LINE);
        self.places.push(place);
    }

    /// Turns cells into JSON, when the rows are cells.
    pub(crate) fn prepare(&mut self) {
        let Some(columns) = self.columns.clone() else { return };
        for (index, record) in self.records.iter().take(self.places.len()).enumerate() {
            if self.refused.contains_key(&index) {
                self.lines.extend_from_slice(REFUSED_LINE);
                continue;
            }
            let start = self.lines.len();
            if let Err(refusal) = columns.write_case(record, &mut self.lines) {
                self.lines.truncate(start);
                self.lines.extend_from_slice(REFUSED_LINE);
                self.refused.insert(index, refusal);
            }
        }
    }
}

/// Where rows are read from, one kind for each format.
pub(crate) trait RowReader: Send {
    /// Adds rows until the chunk is full or the file ends. `false` at the end of the file.
    fn fill(&mut self, chunk: &mut Chunk) -> std::io::Result<bool>;
}

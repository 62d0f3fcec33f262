//! CSV: the first row names the columns, each further row is a case.

use super::chunk::{Chunk, LONGEST_ROW, Refusal, RowReader};
use super::columns::Columns;
use crate::failure::{Failure, Outcome};
use csv::{ByteRecord, Reader, ReaderBuilder};
use serde_json::Value;
use std::io::{BufRead, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Reads rows of cells. Turning cells into JSON is left to the deciding threads, by way of the chunk.
pub(crate) struct CommaSeparated<R> {
    reader: Reader<Rationed<R>>,
    ration: Arc<AtomicUsize>,
    columns: Arc<Columns>,
    read: u64,
    /// 1 where lines end with a carriage return and a newline: the reader ends a row at the former and counts the latter
    /// with the row that follows.
    uncounted: u64,
}

impl<R: BufRead + Send> CommaSeparated<R> {
    /// Reads the header; `schema` and `nested` are as for [`Columns::plan`].
    pub(crate) fn open(mut input: R, schema: &Value, nested: bool) -> Outcome<Self> {
        let fault = |error: &dyn std::fmt::Display| Failure::new(format!("the header cannot be read: {error}"));
        let start = input.fill_buf().map_err(|error| fault(&error))?;
        let delimiter = delimiter_of(start);
        let ration = Arc::new(AtomicUsize::new(LONGEST_ROW));
        let mut reader = ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(delimiter)
            .from_reader(Rationed { input, ration: Arc::clone(&ration) });
        let mut header = ByteRecord::new();
        let found = reader.read_byte_record(&mut header).map_err(|error| fault(&error))?;
        if !found {
            return Err(Failure::new("the file is empty").help("the first row must name the fact of every column"));
        }
        let within = header.iter().flatten().filter(|byte| **byte == b'\n').count() as u64;
        let uncounted = u64::from(reader.position().line() == 1 + within);
        let columns = Arc::new(Columns::plan(&header, schema, nested)?);
        Ok(Self { reader, ration, columns, read: 0, uncounted })
    }
}

impl<R: BufRead + Send> RowReader for CommaSeparated<R> {
    fn fill(&mut self, chunk: &mut Chunk) -> std::io::Result<bool> {
        chunk.columns = Some(Arc::clone(&self.columns));
        while !chunk.is_full() {
            let index = chunk.rows();
            if chunk.records.len() <= index {
                chunk.records.push(ByteRecord::new());
            }
            let Some(record) = chunk.records.get_mut(index) else { return Ok(false) };
            self.ration.store(LONGEST_ROW, Ordering::Relaxed);
            let found = match self.reader.read_byte_record(record) {
                Ok(found) => found,
                Err(error) => return self.end_by(error, chunk),
            };
            let at = self.reader.position().byte();
            chunk.bytes += at - self.read;
            self.read = at;
            if !found {
                return Ok(false);
            }
            // A row of empty cells, as spreadsheets leave them below a table, is no row.
            if record.iter().all(|cell| cell.trim_ascii().is_empty()) {
                continue;
            }
            let place = record.position().map_or(0, csv::Position::line);
            chunk.places.push(place + self.uncounted);
        }
        Ok(true)
    }
}

impl<R: BufRead + Send> CommaSeparated<R> {
    /// A row that never ends is refused, and the file with it; any other error is one of reading.
    fn end_by(&self, error: csv::Error, chunk: &mut Chunk) -> std::io::Result<bool> {
        if self.ration.load(Ordering::Relaxed) > 0 {
            return Err(error.into());
        }
        let place = self.reader.position().line() + self.uncounted;
        chunk.refused.insert(
            chunk.rows(),
            Refusal {
                code: "row-too-long",
                message: format!(
                    "the row is longer than {} million bytes, so the rest of the file could not be told into rows",
                    LONGEST_ROW / 1_000_000
                ),
                help: "look for a quotation mark that is opened on this line or above it and never closed",
                column: None,
            },
        );
        chunk.places.push(place);
        Ok(false)
    }
}

/// Gives so many bytes and then an error, because the CSV reader holds a row in memory whatever its length.
struct Rationed<R> {
    input: R,
    ration: Arc<AtomicUsize>,
}

impl<R: Read> Read for Rationed<R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let left = self.ration.load(Ordering::Relaxed);
        if left == 0 {
            return Err(std::io::Error::other("the row is too long"));
        }
        let read = self.input.read(buffer)?;
        self.ration.store(left.saturating_sub(read), Ordering::Relaxed);
        Ok(read)
    }
}

/// The character between cells: a comma, or what the header has more of. Excel in many countries writes semicolons.
fn delimiter_of(start: &[u8]) -> u8 {
    let header = start.split(|byte| *byte == b'\n' || *byte == b'\r').next().unwrap_or_default();
    let count = |wanted: u8| {
        let mut quoted = false;
        header
            .iter()
            .filter(|byte| {
                quoted ^= **byte == b'"';
                !quoted && **byte == wanted
            })
            .count()
    };
    // The last of equals counts, so a comma wins.
    [b'\t', b';', b','].into_iter().max_by_key(|delimiter| count(*delimiter)).unwrap_or(b',')
}

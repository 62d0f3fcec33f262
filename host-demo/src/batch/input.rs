//! The files of cases, one after the other, as one stream of chunks.

use super::chunk::{Chunk, Origin, RowReader};
use super::columns::SAVE_AS_UTF8;
use super::comma_separated::CommaSeparated;
use super::elements::Elements;
use super::json_lines::JsonLines;
use super::json_list::JsonList;
use super::xml::XmlRows;
use crate::failure::{Failure, Outcome};
use serde_json::Value;
use std::fs::File;
use std::io::{BufRead, BufReader, Read, StdinLock};
use std::path::{Path, PathBuf};

/// How cases are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Format {
    /// One JSON object a line
    Ndjson,
    /// A JSON list of objects, or one object
    Json,
    /// A header row of fact names, then one case a row
    Csv,
    /// Elements that a mapping names as rows
    Xml,
}

impl Format {
    /// The format that a file's name announces.
    fn of(path: &Path) -> Option<Self> {
        let extension = path.extension()?.to_str()?.to_ascii_lowercase();
        match extension.as_str() {
            "ndjson" | "jsonl" => Some(Self::Ndjson),
            "json" => Some(Self::Json),
            "csv" | "tsv" => Some(Self::Csv),
            "xml" => Some(Self::Xml),
            _ => None,
        }
    }
}

/// How the headers of a CSV file and the elements of an XML file are read.
pub(crate) struct Shape {
    /// A JSON Schema of one row.
    pub(crate) schema: Value,
    /// Whether a dot in a header leads into an object.
    pub(crate) nested: bool,
    /// The path of the elements that are rows, in XML.
    pub(crate) rows: Option<String>,
}

/// The files, and how far they are read.
pub(crate) struct Input {
    origins: Vec<Origin>,
    format: Option<Format>,
    shape: Shape,
    next_file: usize,
    reader: Option<Box<dyn RowReader>>,
    next_chunk: u64,
    next_row: u64,
}

impl Input {
    /// Looks at every file before the first is read, so that a name typed wrong costs no hour of work.
    pub(crate) fn open(cases: &[PathBuf], format: Option<Format>, shape: Shape) -> Outcome<Self> {
        let mut origins = Vec::new();
        for path in cases {
            if path.as_os_str() == "-" {
                if format.is_none() {
                    return Err(Failure::new("how standard input is written is not known")
                        .help("say --input ndjson, --input json, --input csv or --input xml"));
                }
                if origins.contains(&Origin::StandardInput) {
                    return Err(Failure::new("standard input is named twice"));
                }
                origins.push(Origin::StandardInput);
                continue;
            }
            let about = std::fs::metadata(path).map_err(|error| Failure::reading(path, &error))?;
            if about.is_dir() {
                return Err(Failure::reading(path, &std::io::ErrorKind::IsADirectory.into()));
            }
            if format.is_none() && Format::of(path).is_none() {
                return Err(not_known(path));
            }
            let origin = Origin::File(path.clone());
            if origins.contains(&origin) {
                return Err(Failure::new(format!("`{}` is named twice", path.display())));
            }
            origins.push(origin);
        }
        Ok(Self { origins, format, shape, next_file: 0, reader: None, next_chunk: 0, next_row: 1 })
    }

    /// The files in order.
    pub(crate) fn origins(&self) -> &[Origin] {
        &self.origins
    }

    /// How many chunks were given out so far.
    pub(crate) fn chunks(&self) -> u64 {
        self.next_chunk
    }

    /// All bytes to be read; `None` when a part of it is not a plain file.
    pub(crate) fn size(&self) -> Option<u64> {
        self.origins.iter().try_fold(0, |size, origin| {
            let Origin::File(path) = origin else { return None };
            let about = std::fs::metadata(path).ok().filter(std::fs::Metadata::is_file)?;
            Some(size + about.len())
        })
    }

    /// Fills the chunk with the next rows, all of one file; `false` when there are none left.
    pub(crate) fn fill(&mut self, chunk: &mut Chunk) -> Outcome<bool> {
        chunk.clear();
        loop {
            let reader = match &mut self.reader {
                Some(reader) => reader,
                None => {
                    let Some(origin) = self.origins.get(self.next_file) else { return Ok(false) };
                    let reader = open_rows(origin, self.format, &self.shape)?;
                    self.next_file += 1;
                    self.reader.insert(reader)
                }
            };
            let more = reader.fill(chunk).map_err(|error| self.fault(&error))?;
            if !more {
                self.reader = None;
            }
            if chunk.rows() > 0 {
                chunk.number = self.next_chunk;
                chunk.file = self.next_file - 1;
                chunk.first_row = self.next_row;
                self.next_chunk += 1;
                self.next_row += chunk.rows() as u64;
                return Ok(true);
            }
        }
    }

    fn fault(&self, error: &std::io::Error) -> Failure {
        match self.origins.get(self.next_file.saturating_sub(1)) {
            Some(Origin::File(path)) => Failure::reading(path, error),
            _ => Failure::new(format!("standard input cannot be read: {error}")),
        }
    }
}

fn open_rows(origin: &Origin, format: Option<Format>, shape: &Shape) -> Outcome<Box<dyn RowReader>> {
    match origin {
        Origin::StandardInput => rows_of(BufReader::new(Stdin), origin, format, shape),
        Origin::File(path) => {
            let file = File::open(path).map_err(|error| Failure::reading(path, &error))?;
            rows_of(BufReader::with_capacity(1 << 18, file), origin, format.or(Format::of(path)), shape)
        }
    }
}

fn rows_of<R: BufRead + Send + 'static>(
    mut input: R,
    origin: &Origin,
    format: Option<Format>,
    shape: &Shape,
) -> Outcome<Box<dyn RowReader>> {
    let name = origin.name();
    let start = input.fill_buf().map_err(|error| match origin {
        Origin::File(path) => Failure::reading(path, &error),
        Origin::StandardInput => Failure::new(format!("standard input cannot be read: {error}")),
    })?;
    match start {
        [0xEF, 0xBB, 0xBF, ..] => input.consume(3),
        [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..] => {
            return Err(Failure::new(format!("`{name}` is written in UTF-16")).help(SAVE_AS_UTF8));
        }
        [b'P', b'K', 3, 4, ..] | [0xD0, 0xCF, 0x11, 0xE0, ..] => {
            return Err(Failure::new(format!("`{name}` is a workbook or an archive, not text"))
                .help("open it in Excel, choose Save As and the type `CSV UTF-8 (Comma delimited)`"));
        }
        _ => {}
    }
    Ok(match format {
        Some(Format::Ndjson) => Box::new(JsonLines::new(input)),
        Some(Format::Json) => Box::new(JsonList::new(input)),
        Some(Format::Csv) => Box::new(
            CommaSeparated::open(input, &shape.schema, shape.nested)
                .map_err(|failure| failure.within(&format!("`{name}`")))?,
        ),
        Some(Format::Xml) => Box::new(XmlRows::new(
            input,
            Elements::plan(&shape.schema, shape.rows.as_deref())
                .map_err(|failure| failure.within(&format!("`{name}`")))?,
        )),
        None => return Err(not_known(Path::new(&name))),
    })
}

fn not_known(path: &Path) -> Failure {
    Failure::new(format!("how `{}` is written is not known by its name", path.display()))
        .help("name it .ndjson, .json, .csv or .xml, or say --input ndjson, --input json, --input csv or --input xml")
}

/// Standard input, locked only while it is read, so that it may move to the thread that needs rows.
struct Stdin;

impl Read for Stdin {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let mut input: StdinLock<'static> = std::io::stdin().lock();
        input.read(buffer)
    }
}

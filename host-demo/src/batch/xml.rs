//! XML: an element that the mapping names is a row.
//!
//! The file is read once, in order, and only the row at hand is kept. Document types are refused, so there are no
//! entities beside the five of XML itself; depth, rows and single texts have limits.

use super::chunk::{Chunk, LONGEST_ROW, Refusal, RowReader};
use super::elements::{Element, Elements};
use quick_xml::Reader;
use quick_xml::errors::{Error, IllFormedError};
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesDecl, BytesRef, Event};
use std::io::{BufRead, Read};

/// Elements that stand inside each other deeper than this end the file.
const DEEPEST: usize = 100;
/// A row of more elements is refused: its memory is bounded by this and by [`LONGEST_ROW`].
const MOST_ELEMENTS: usize = 50_000;

/// Reads elements into rows.
pub(crate) struct XmlRows<R: BufRead> {
    reader: Reader<Metered<R>>,
    buffer: Vec<u8>,
    content: Content,
    bytes: u64,
}

/// How far the file is read.
struct Content {
    elements: Elements,
    /// The texts of what stands before the rows, as far as they were found.
    before: Vec<Option<String>>,
    /// The elements that are open: their names, outermost first.
    path: Vec<String>,
    row: Option<Row>,
    rows: u64,
    roots: u64,
}

/// The row that is being read.
struct Row {
    line: u64,
    from: u64,
    count: usize,
    /// The open elements from the row's own inwards; nothing is kept of a row that is refused.
    open: Vec<Element>,
    refused: Option<Refusal>,
}

impl<R: BufRead> XmlRows<R> {
    pub(crate) fn new(input: R, elements: Elements) -> Self {
        let before = elements.before.iter().map(|_| None).collect();
        let content = Content { elements, before, path: Vec::new(), row: None, rows: 0, roots: 0 };
        let reader = Reader::from_reader(Metered { input, line: 1, bytes: 0, left: LONGEST_ROW });
        Self { reader, buffer: Vec::new(), content, bytes: 0 }
    }
}

impl<R: BufRead + Send> RowReader for XmlRows<R> {
    fn fill(&mut self, chunk: &mut Chunk) -> std::io::Result<bool> {
        let more = loop {
            self.buffer.clear();
            let event = self.reader.read_event_into(&mut self.buffer);
            let meter = self.reader.get_mut();
            let (line, at, exhausted) = (meter.line, meter.bytes, meter.left == 0);
            meter.left = LONGEST_ROW;
            let more = match event {
                Ok(event) => self.content.take(event, line, at, chunk),
                Err(Error::Io(_)) if exhausted => Err(too_long("one text or tag")),
                Err(Error::Io(error)) => {
                    return Err(std::io::Error::new(error.kind(), error.to_string()));
                }
                Err(error) => Err(broken(words(&error))),
            };
            match more {
                Ok(true) if !chunk.is_full() => {}
                Ok(more) => break more,
                // Where the elements cannot be told any more, neither can the rest of the rows.
                Err(refusal) => {
                    chunk.refuse(line, refusal);
                    break false;
                }
            }
        };
        let read = self.reader.get_ref().bytes;
        chunk.bytes += read - self.bytes;
        self.bytes = read;
        Ok(more)
    }
}

impl Content {
    /// Takes the next piece of the file; `false` at its end.
    fn take(&mut self, event: Event<'_>, line: u64, at: u64, chunk: &mut Chunk) -> Result<bool, Refusal> {
        match event {
            Event::Start(start) => self.start(start.local_name().as_ref(), line, at)?,
            Event::Empty(empty) => {
                self.start(empty.local_name().as_ref(), line, at)?;
                self.end(chunk);
            }
            Event::End(_) => self.end(chunk),
            Event::Text(text) => self.text(text.decode().ok().as_deref())?,
            Event::CData(text) => self.text(text.decode().ok().as_deref())?,
            Event::GeneralRef(reference) => self.reference(&reference)?,
            Event::Decl(declaration) => in_utf8(&declaration)?,
            Event::DocType(_) => return Err(document_type()),
            Event::Comment(_) | Event::PI(_) => {}
            Event::Eof => return self.finish().map(|()| false),
        }
        if let Some(row) = self.row.as_mut().filter(|row| at - row.from > LONGEST_ROW as u64) {
            row.refuse(too_long("the row"));
        }
        Ok(true)
    }

    fn start(&mut self, name: &[u8], line: u64, at: u64) -> Result<(), Refusal> {
        let name = std::str::from_utf8(name).map_err(|_| not_utf8())?.to_owned();
        if self.path.is_empty() {
            self.roots += 1;
            if self.roots > 1 {
                return Err(broken("a second document begins here".to_owned()));
            }
        }
        if self.path.len() >= DEEPEST {
            return Err(broken(format!("the elements stand inside each other more than {DEEPEST} deep")));
        }
        self.path.push(name.clone());
        let row_begins = self.is_at(&self.elements.row);
        match &mut self.row {
            Some(row) => row.open(name),
            None if row_begins => {
                let open = vec![Element { name, ..Element::default() }];
                self.row = Some(Row { line, from: at, count: 1, open, refused: None });
            }
            None => {}
        }
        Ok(())
    }

    /// Whether the open elements are those of a path.
    fn is_at(&self, path: &str) -> bool {
        path.strip_prefix('/').is_some_and(|path| path.split('/').eq(self.path.iter().map(String::as_str)))
    }

    fn end(&mut self, chunk: &mut Chunk) {
        let row_ends = self.row.is_some() && self.is_at(&self.elements.row);
        self.path.pop();
        if !row_ends {
            if let Some(row) = &mut self.row {
                row.close();
            }
            return;
        }
        let Some(mut row) = self.row.take() else { return };
        self.rows += 1;
        let start = chunk.lines.len();
        let written = match (row.refused, row.open.pop()) {
            (Some(refusal), _) => Err(refusal),
            (None, element) => self.elements.write_case(&element.unwrap_or_default(), &self.before, &mut chunk.lines),
        };
        match written {
            Ok(()) => chunk.end_row(row.line),
            Err(refusal) => {
                chunk.lines.truncate(start);
                chunk.refuse(row.line, refusal);
            }
        }
    }

    /// A piece of text; none when it is no UTF-8.
    fn text(&mut self, text: Option<&str>) -> Result<(), Refusal> {
        if let Some(row) = &mut self.row {
            match text {
                Some(text) => row.text(text),
                None => row.refuse(not_utf8()),
            }
            return Ok(());
        }
        let text = text.ok_or_else(not_utf8)?;
        if self.path.is_empty() && !text.trim().is_empty() {
            return Err(broken("text stands outside all elements".to_owned()));
        }
        let found = self.elements.before.iter().position(|(path, _)| self.is_at(path));
        if let Some(before) = found.and_then(|number| self.before.get_mut(number)) {
            before.get_or_insert_default().push_str(text);
        }
        Ok(())
    }

    /// `&amp;`, `&#233;`. There is no document type, so no other entity has a meaning.
    fn reference(&mut self, reference: &BytesRef<'_>) -> Result<(), Refusal> {
        let name = reference.decode().map_err(|_| not_utf8())?;
        let mut bytes = [0; 4];
        let text = match reference.resolve_char_ref() {
            Ok(Some(character)) => Some(&*character.encode_utf8(&mut bytes)),
            Ok(None) => resolve_predefined_entity(&name),
            Err(_) => None,
        };
        match (text, &mut self.row) {
            (Some(text), _) => self.text(Some(text)),
            (None, Some(row)) => {
                row.refuse(broken(NO_ENTITY.to_owned()));
                Ok(())
            }
            (None, None) => Err(broken(NO_ENTITY.to_owned())),
        }
    }

    fn finish(&self) -> Result<(), Refusal> {
        match self.path.last() {
            Some(open) => Err(broken(format!("the file ends before `{open}` is closed"))),
            None if self.rows == 0 => Err(Refusal {
                code: "no-rows",
                message: format!("the file has no element at `{}`, where its rows should be", self.elements.row),
                help: "look at the path in the mapping's `rows`: it begins with the outermost element",
                column: None,
            }),
            None => Ok(()),
        }
    }
}

impl Row {
    fn open(&mut self, name: String) {
        self.count += 1;
        if self.count > MOST_ELEMENTS {
            self.refuse(Refusal {
                code: "row-too-long",
                message: format!("the row has more than {MOST_ELEMENTS} elements"),
                help: TELL_ROWS,
                column: None,
            });
        } else if self.refused.is_none() {
            self.open.push(Element { name, ..Element::default() });
        }
    }

    fn close(&mut self) {
        if self.refused.is_some() {
            return;
        }
        let closed = self.open.pop();
        if let (Some(closed), Some(outer)) = (closed, self.open.last_mut()) {
            outer.inner.push(closed);
        }
    }

    fn text(&mut self, text: &str) {
        if let Some(element) = self.open.last_mut() {
            element.text.push_str(text);
        }
    }

    /// The first reason counts.
    fn refuse(&mut self, refusal: Refusal) {
        self.refused.get_or_insert(refusal);
        self.open = Vec::new();
    }
}

const NO_ENTITY: &str = "an entity stands here, `&…;`, that has no meaning in this file";

const TELL_ROWS: &str =
    "look whether the mapping's `rows` names the element of one row, and not one around all of them";

fn too_long(what: &str) -> Refusal {
    Refusal {
        code: "row-too-long",
        message: format!("{what} is longer than {} million bytes", LONGEST_ROW / 1_000_000),
        help: TELL_ROWS,
        column: None,
    }
}

fn broken(message: String) -> Refusal {
    Refusal {
        code: "case-not-xml",
        message,
        help: "look whether the file is complete, and save it again from the system it comes from",
        column: None,
    }
}

fn document_type() -> Refusal {
    Refusal {
        code: "case-not-xml",
        message: "the file has a document type, which could name other files or make itself many times as large"
            .to_owned(),
        help: "remove the line that begins with `<!DOCTYPE`; rows need none",
        column: None,
    }
}

fn not_utf8() -> Refusal {
    Refusal {
        code: "case-not-utf8",
        message: "the text holds bytes that are not UTF-8".to_owned(),
        help: "save the file as UTF-8, with `encoding=\"UTF-8\"` in its first line",
        column: None,
    }
}

fn in_utf8(declaration: &BytesDecl<'_>) -> Result<(), Refusal> {
    let known = ["utf-8", "utf8", "us-ascii"];
    match declaration.encoding() {
        Some(Ok(encoding)) if !known.iter().any(|known| encoding.eq_ignore_ascii_case(known.as_bytes())) => {
            let message = "the first line says that the file is not written in UTF-8".to_owned();
            Err(Refusal { message, ..not_utf8() })
        }
        _ => Ok(()),
    }
}

/// What is wrong, without the text that is there.
fn words(error: &Error) -> String {
    match error {
        Error::IllFormed(IllFormedError::MismatchedEndTag { expected, .. }) => {
            format!("`{expected}` is not closed before something around it is")
        }
        Error::IllFormed(IllFormedError::UnmatchedEndTag(_)) => "something is closed that was never opened".to_owned(),
        Error::IllFormed(IllFormedError::UnclosedReference) => {
            "an `&` stands by itself; XML writes it `&amp;`".to_owned()
        }
        Error::Syntax(_) => "a tag or comment is begun before this place and never ended".to_owned(),
        Error::Encoding(_) => "the text holds bytes that are not UTF-8".to_owned(),
        _ => "this is not XML".to_owned(),
    }
}

/// Counts lines and bytes, and gives so many bytes and then an error, because the XML reader holds a text in memory
/// whatever its length.
struct Metered<R> {
    input: R,
    line: u64,
    bytes: u64,
    left: usize,
}

impl<R: BufRead> BufRead for Metered<R> {
    fn fill_buf(&mut self) -> std::io::Result<&[u8]> {
        if self.left == 0 {
            return Err(std::io::Error::other("the text is too long"));
        }
        let available = self.input.fill_buf()?;
        Ok(available.get(..self.left).unwrap_or(available))
    }

    fn consume(&mut self, amount: usize) {
        let consumed = self.input.fill_buf().ok().and_then(|available| available.get(..amount));
        self.line += consumed.map_or(0, |bytes| memchr::memchr_iter(b'\n', bytes).count() as u64);
        self.bytes += amount as u64;
        self.left = self.left.saturating_sub(amount);
        self.input.consume(amount);
    }
}

impl<R: BufRead> Read for Metered<R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let read = self.fill_buf()?.read(buffer)?;
        self.consume(read);
        Ok(read)
    }
}

//! JSON: a list of cases, one case, or several one after the other.
//!
//! The text is cut into cases without being read: only strings, brackets and commas are told apart, so a file of any
//! size needs the memory of one case. What stands inside a case is the engine's to judge.

use super::chunk::{Chunk, LONGEST_ROW, Refusal, RowReader};
use super::json_lines::too_long;
use std::io::BufRead;

/// Reads a text of cases and puts each case on one line.
pub(crate) struct JsonList<R> {
    input: R,
    cutter: Cutter,
}

/// Tells where a case begins and ends.
struct Cutter {
    line: u64,
    at: At,
    item: Item,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum At {
    /// Before the first character.
    Start,
    /// Inside the list, or between cases that follow each other without a list.
    Between { list: bool },
    /// Inside a case of the list, or of a file without a list.
    Inside { list: bool },
    /// After the list.
    After,
    /// Everything is said.
    Done,
}

/// The case that is being read.
#[derive(Default)]
struct Item {
    /// Where it begins in the chunk's lines.
    start: usize,
    /// The line of the file on which it begins.
    place: u64,
    depth: u32,
    in_string: bool,
    escaped: bool,
    too_long: bool,
}

impl<R: BufRead + Send> JsonList<R> {
    pub(crate) fn new(input: R) -> Self {
        Self { input, cutter: Cutter { line: 1, at: At::Start, item: Item::default() } }
    }
}

impl Cutter {
    /// Takes one byte; gives the next state.
    fn take(&mut self, byte: u8, chunk: &mut Chunk) -> At {
        match self.at {
            At::Start | At::Between { .. } if byte.is_ascii_whitespace() => self.at,
            At::Start if byte == b'[' => At::Between { list: true },
            At::Start => self.begin(byte, false, chunk),
            At::Between { list: true } if byte == b']' => At::After,
            At::Between { list: true } if byte == b',' => {
                chunk.refuse(self.line, broken("there is no case between two commas"));
                self.at
            }
            At::Between { list } => self.begin(byte, list, chunk),
            At::Inside { list } => self.inside(byte, list, chunk),
            At::After if byte.is_ascii_whitespace() => At::After,
            At::After => {
                chunk.refuse(self.line, broken("more text follows after the end of the list"));
                At::Done
            }
            At::Done => At::Done,
        }
    }

    fn begin(&mut self, byte: u8, list: bool, chunk: &mut Chunk) -> At {
        self.item = Item { start: chunk.lines.len(), place: self.line, ..Item::default() };
        self.inside(byte, list, chunk)
    }

    fn inside(&mut self, byte: u8, list: bool, chunk: &mut Chunk) -> At {
        let item = &mut self.item;
        if item.in_string {
            match byte {
                _ if item.escaped => item.escaped = false,
                b'\\' => item.escaped = true,
                b'"' => item.in_string = false,
                _ => {}
            }
            // A line break inside a text is no JSON and must stay so on the one line: it becomes another character
            // that JSON forbids there.
            self.keep(if byte == b'\n' { b'\r' } else { byte }, chunk);
            return At::Inside { list };
        }
        match byte {
            b'"' => item.in_string = true,
            b'{' | b'[' => item.depth += 1,
            b'}' | b']' if item.depth > 0 => {
                item.depth -= 1;
                if item.depth == 0 && !list {
                    self.keep(byte, chunk);
                    self.end(chunk);
                    return At::Between { list };
                }
            }
            b',' if item.depth == 0 && list => {
                self.end(chunk);
                return At::Between { list };
            }
            b']' if list => {
                self.end(chunk);
                return At::After;
            }
            b'\n' if item.depth == 0 && !list => {
                self.end(chunk);
                return At::Between { list };
            }
            _ => {}
        }
        self.keep(if byte == b'\n' { b' ' } else { byte }, chunk);
        At::Inside { list }
    }

    fn keep(&mut self, byte: u8, chunk: &mut Chunk) {
        if self.item.too_long {
            return;
        }
        if chunk.lines.len() - self.item.start >= LONGEST_ROW {
            self.item.too_long = true;
            chunk.lines.truncate(self.item.start);
            return;
        }
        chunk.lines.push(byte);
    }

    fn end(&mut self, chunk: &mut Chunk) {
        if self.item.too_long {
            chunk.refuse(self.item.place, too_long());
        } else {
            chunk.lines.push(b'\n');
            chunk.end_row(self.item.place);
        }
    }

    /// The file has ended.
    fn finish(&mut self, chunk: &mut Chunk) {
        match self.at {
            At::Inside { list } if self.item.depth == 0 && !self.item.in_string => {
                self.end(chunk);
                if list {
                    chunk.refuse(self.line, broken(NOT_CLOSED));
                }
            }
            At::Inside { .. } => {
                chunk.lines.truncate(self.item.start);
                chunk.refuse(self.item.place, broken("the file ends in the middle of this case"));
            }
            At::Between { list: true } => chunk.refuse(self.line, broken(NOT_CLOSED)),
            At::Start | At::Between { list: false } | At::After | At::Done => {}
        }
        self.at = At::Done;
    }
}

impl<R: BufRead + Send> RowReader for JsonList<R> {
    fn fill(&mut self, chunk: &mut Chunk) -> std::io::Result<bool> {
        loop {
            let available = self.input.fill_buf()?;
            if available.is_empty() {
                self.cutter.finish(chunk);
                return Ok(false);
            }
            let (mut used, mut full) = (0, false);
            for byte in available {
                used += 1;
                self.cutter.at = self.cutter.take(*byte, chunk);
                self.cutter.line += u64::from(*byte == b'\n');
                if chunk.is_full() && !matches!(self.cutter.at, At::Inside { .. }) {
                    full = true;
                    break;
                }
            }
            self.input.consume(used);
            chunk.bytes += used as u64;
            if full {
                return Ok(true);
            }
        }
    }
}

const NOT_CLOSED: &str = "the list of cases is not closed by `]`, so cases may be missing";

fn broken(message: &str) -> Refusal {
    Refusal {
        code: "case-not-json",
        message: message.to_owned(),
        help: "look whether the file is complete: a list of cases is `[{…}, {…}]`",
        column: None,
    }
}

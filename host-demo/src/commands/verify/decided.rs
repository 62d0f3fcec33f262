//! The cases decided again, one after the other.

use super::ahead::Next;
use crate::batch::chunk::{Chunk, Origin};
use crate::batch::input::Input;
use crate::batch::rejects;
use crate::engine::session::{Lines, Manner, Session};
use crate::failure::{Failure, Outcome};
use rules_core::ChunkOutput;
use serde::Deserialize;
use std::borrow::Cow;
use std::collections::VecDeque;

/// What a case comes to now.
pub(super) enum Now {
    /// The full record.
    Record(String),
    /// Why it cannot be decided. Values of the case are not in it.
    Rejected(String),
}

/// The name under which a record stands: its identifier or the number of its row.
#[derive(Deserialize)]
struct Named<'a> {
    #[serde(borrow)]
    case: Cow<'a, str>,
}

#[derive(Deserialize)]
struct Reject {
    case: Option<String>,
    line: u64,
    #[serde(default)]
    pointer: String,
    message: String,
    code: String,
    help: Option<String>,
}

struct Cases {
    session: Session,
    input: Input,
    manner: Manner,
    chunk: Chunk,
    ready: VecDeque<(String, Now)>,
}

/// Decides the cases of an input in order.
pub(super) fn decided(session: Session, input: Input, as_of: Option<String>) -> Next<Now> {
    let manner = Manner { full: true, as_of };
    let mut cases = Cases { session, input, manner, chunk: Chunk::new(), ready: VecDeque::new() };
    Box::new(move || cases.next())
}

impl Cases {
    fn next(&mut self) -> Outcome<Option<(String, Now)>> {
        loop {
            if let Some(ready) = self.ready.pop_front() {
                return Ok(Some(ready));
            }
            if !self.input.fill(&mut self.chunk)? {
                return Ok(None);
            }
            self.chunk.prepare();
            let mut decided = ChunkOutput::default();
            let lines = Lines { text: &self.chunk.lines, first_row: self.chunk.first_row };
            self.session.decide(lines, &self.manner, &mut decided)?;
            self.hold(&decided)?;
        }
    }

    fn hold(&mut self, decided: &ChunkOutput) -> Outcome<()> {
        for record in lines(&decided.records) {
            let record = std::str::from_utf8(record).map_err(unreadable)?;
            let named: Named<'_> = serde_json::from_str(record).map_err(unreadable)?;
            self.ready.push_back((named.case.into_owned(), Now::Record(record.to_owned())));
        }
        let origin = self.input.origins().get(self.chunk.file).unwrap_or(&Origin::StandardInput).clone();
        let completed = rejects::complete(&decided.rejects, &self.chunk, &origin)?;
        for (reject, completed) in lines(&decided.rejects).zip(lines(&completed)) {
            // Only the first has the number of the row, and only the second the host's own reasons.
            let reject: Reject = serde_json::from_slice(reject).map_err(unreadable)?;
            let name = reject.case.unwrap_or_else(|| reject.line.to_string());
            let reject: Reject = serde_json::from_slice(completed).map_err(unreadable)?;
            let place = if reject.pointer.is_empty() { String::new() } else { format!("{}: ", reject.pointer) };
            let help = reject.help.map_or_else(String::new, |help| format!("; help: {help}"));
            self.ready.push_back((name, Now::Rejected(format!("{place}{} ({}){help}", reject.message, reject.code))));
        }
        Ok(())
    }
}

fn lines(text: &[u8]) -> impl Iterator<Item = &[u8]> {
    text.split(|byte| *byte == b'\n').filter(|line| !line.is_empty())
}

fn unreadable(fault: impl std::fmt::Display) -> Failure {
    Failure::new(format!("what the engine wrote cannot be read: {fault}"))
}

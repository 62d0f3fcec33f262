//! Decisions as text: the formats, one row each. A new one is a file here and a row in the table.

mod audience;
mod auditor;
mod block;
mod citizen;
mod html;
mod layout;
mod markdown;
mod reasons;
mod text;

use crate::explain::{Explanation, RecordWriter};

pub(crate) use audience::Audience;
use block::Block;

/// How a decision is written.
#[derive(Debug)]
pub(crate) struct Format {
    /// Name as a caller gives it.
    pub(crate) name: &'static str,
    /// From what is laid out for an audience, in a language; none for the record, which is the same for everybody.
    write: Option<fn(&[Block], &str) -> String>,
}

/// Every format.
static FORMATS: &[Format] = &[
    Format { name: "json", write: None },
    Format { name: "text", write: Some(text::render) },
    Format { name: "markdown", write: Some(markdown::render) },
    Format { name: "html", write: Some(html::fragment) },
    Format { name: "page", write: Some(html::page) },
];

/// The format of that name.
pub(crate) fn format(name: &str) -> Option<&'static Format> {
    FORMATS.iter().find(|format| format.name == name)
}

impl Format {
    /// Writes a decision for an audience, with what writes records in the language of the explanation.
    pub(crate) fn render(&self, explanation: &Explanation<'_>, audience: Audience, records: &RecordWriter) -> String {
        if let Some(write) = self.write {
            return write(&layout::lay_out(explanation, audience), explanation.language_told());
        }
        let mut record = Vec::new();
        records.full(&mut record, explanation);
        String::from_utf8(record).unwrap_or_default()
    }
}

//! Decisions as text: the formats, one row each. A new one is a file here and a row in the table.

mod layout;
mod markdown;
mod text;

use crate::explain::{Explanation, RecordWriter};

/// How a decision is written.
#[derive(Debug)]
pub(crate) struct Format {
    /// Name as a caller gives it.
    pub(crate) name: &'static str,
    /// With what writes records in the language of the explanation.
    pub(crate) render: fn(Explanation<'_>, &RecordWriter) -> String,
}

/// Every format.
pub(crate) static FORMATS: &[Format] = &[
    Format { name: "json", render: json },
    Format { name: "text", render: |explanation, _| text::render(&layout::lay_out(explanation)) },
    Format { name: "markdown", render: |explanation, _| markdown::render(&layout::lay_out(explanation)) },
];

/// The format of that name.
pub(crate) fn format(name: &str) -> Option<&'static Format> {
    FORMATS.iter().find(|format| format.name == name)
}

fn json(explanation: Explanation<'_>, records: &RecordWriter) -> String {
    let mut record = Vec::new();
    records.full(&mut record, explanation);
    String::from_utf8(record).unwrap_or_default()
}

//! Decisions as text: the formats, one row each. A new one is a file here and a row in the table.

mod layout;
mod markdown;
mod text;

use crate::explain::{Explanation, write_full};

/// How a decision is written.
#[derive(Debug)]
pub(crate) struct Format {
    /// Name as a caller gives it.
    pub(crate) name: &'static str,
    pub(crate) render: fn(&Explanation, language: &str) -> String,
}

/// Every format.
pub(crate) static FORMATS: &[Format] = &[
    Format { name: "json", render: |explanation, _| json(explanation) },
    Format { name: "text", render: |explanation, language| text::render(&layout::lay_out(explanation, language)) },
    Format {
        name: "markdown",
        render: |explanation, language| markdown::render(&layout::lay_out(explanation, language)),
    },
];

/// The format of that name.
pub(crate) fn format(name: &str) -> Option<&'static Format> {
    FORMATS.iter().find(|format| format.name == name)
}

fn json(explanation: &Explanation) -> String {
    let mut record = Vec::new();
    write_full(&mut record, explanation);
    String::from_utf8(record).unwrap_or_default()
}

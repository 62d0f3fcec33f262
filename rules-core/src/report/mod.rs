//! Decisions as text: the formats, one row each. A new one is a file here and a row in the table.

mod audience;
mod auditor;
mod block;
mod citizen;
mod html;
mod layout;
mod markdown;
mod text;

use crate::explain::{Explanation, RecordWriter};

pub(crate) use audience::Audience;

/// How a decision is written.
#[derive(Debug)]
pub(crate) struct Format {
    /// Name as a caller gives it.
    pub(crate) name: &'static str,
    /// For an audience, with what writes records in the language of the explanation. A record is the same for everybody.
    pub(crate) render: fn(Explanation<'_>, Audience, &RecordWriter) -> String,
}

/// Every format.
pub(crate) static FORMATS: &[Format] = &[
    Format { name: "json", render: |explanation, _, records| json(explanation, records) },
    Format { name: "text", render: |explanation, audience, _| text::render(&layout::lay_out(explanation, audience)) },
    Format {
        name: "markdown",
        render: |explanation, audience, _| markdown::render(&layout::lay_out(explanation, audience)),
    },
    Format {
        name: "html",
        render: |explanation, audience, _| {
            html::fragment(&layout::lay_out(explanation, audience), explanation.language_told())
        },
    },
    Format {
        name: "page",
        render: |explanation, audience, _| {
            html::page(&layout::lay_out(explanation, audience), explanation.language_told())
        },
    },
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

//! The pieces of a report. Each format writes them in its own way.

use crate::explain::Line;
use crate::program::State;

/// A piece of a report.
#[derive(Debug)]
pub(super) enum Block {
    Title(String),
    Heading(&'static str),
    Paragraph(String),
    /// What nobody may overlook.
    Warning(String),
    List(Style, Vec<Entry>),
}

/// How a list looks where there is more than one way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Style {
    /// The one entry that everything is about.
    Lead,
    /// Entries with a mark each.
    Marked,
    /// Entries with numbers, which the format gives.
    Numbered,
    /// Entries without marks.
    Plain,
    /// Columns for mark, text and details: what the table holds, and the head of each column.
    Table(&'static str, [&'static str; 3]),
}

/// An entry of a list: a mark before it, what it says, and what there is to say of it.
#[derive(Debug, Default)]
pub(super) struct Entry {
    pub(super) mark: String,
    pub(super) tone: Tone,
    pub(super) text: String,
    pub(super) details: Vec<Detail>,
}

/// What kind of thing a mark is; never the only way in which it is told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Tone {
    /// No state: a value, or a word.
    #[default]
    None,
    Good,
    Open,
    Other,
}

impl Tone {
    /// The tone of a state.
    pub(super) fn of(state: State) -> Self {
        match state {
            State::Met => Self::Good,
            State::CannotTell => Self::Open,
            State::Decided => Self::None,
            State::NotMet | State::NotApplicable | State::NotInForce => Self::Other,
        }
    }
}

/// Something that is said of an entry.
#[derive(Debug)]
pub(super) enum Detail {
    Sentence(String),
    Labelled(&'static str, String),
    /// A list with a line for each item.
    Listed(String, Vec<Line>),
    /// An address that the pack gives.
    Link(String),
}

impl Detail {
    /// The lines of a list, and of nothing else.
    pub(super) fn lines(&self) -> &[Line] {
        if let Self::Listed(_, lines) = self { lines } else { &[] }
    }

    /// The detail as a line of text.
    pub(super) fn line(&self) -> String {
        match self {
            Self::Sentence(text) | Self::Link(text) => text.clone(),
            Self::Labelled(label, text) => [label, ": ", text].concat(),
            Self::Listed(label, _) => [label, ":"].concat(),
        }
    }
}

//! Sentences of a pack, split where values are put in.

use std::sync::Arc;

use super::state::State;
use crate::value::unknown::FactId;

/// What a placeholder names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Reference {
    Fact(FactId),
    Parameter(u32),
    Reading(u32),
    Decision(u32),
    /// The date of the decision.
    AsOf,
}

/// A piece of a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Piece {
    Words(Arc<str>),
    Value(Reference),
}

/// One whole sentence in one language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Template {
    pub(crate) language: Arc<str>,
    pub(crate) pieces: Vec<Piece>,
}

/// The sentences of a decision, by state.
#[derive(Clone, Debug, Default)]
pub(crate) struct Templates(pub(crate) Vec<(State, Vec<Template>)>);

impl Templates {
    /// The sentence for a state, in each language.
    pub(crate) fn of(&self, state: State) -> Option<&[Template]> {
        self.0.iter().find(|(of, _)| *of == state).map(|(_, templates)| templates.as_slice())
    }
}

/// The sentence in `language`, or in the first language that there is.
pub(crate) fn in_language<'t>(templates: &'t [Template], language: &str) -> Option<&'t Template> {
    templates.iter().find(|template| *template.language == *language).or_else(|| templates.first())
}

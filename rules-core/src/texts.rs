//! Whole sentences of a pack, per language.

use std::sync::Arc;

/// One sentence in several languages, in the order of the document.
#[derive(Clone, Debug, Default)]
pub(crate) struct Texts(pub(crate) Vec<(Arc<str>, Arc<str>)>);

impl Texts {
    /// The sentence in `language`, or in the first language that there is.
    pub(crate) fn get(&self, language: &str) -> Option<&Arc<str>> {
        let exact = self.0.iter().find(|(name, _)| **name == *language);
        exact.or_else(|| self.0.first()).map(|(_, text)| text)
    }
}

/// Sentences by state: `met`, `not met`, `decided`, `cannot tell`, `not applicable`, `not in force`; with the JSON pointer of each.
pub(crate) type StateTexts = Vec<(Arc<str>, Texts, String)>;

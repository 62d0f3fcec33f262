//! Whole sentences of a pack, per language.

use std::sync::Arc;

use crate::source::Span;

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

/// A part of a sentence: words as they stand, or the name of what is printed there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part<'t> {
    Words(&'t str),
    /// The name between the braces, and where it stands in the sentence.
    Placeholder(&'t str, Span),
}

/// The parts of a sentence in order. `{name}` is a placeholder; an opening brace that is never closed is a word.
pub(crate) fn parts(sentence: &str) -> Vec<Part<'_>> {
    let mut parts = Vec::new();
    let mut rest = sentence;
    while let Some((before, after)) = rest.split_once('{')
        && let Some((name, behind)) = after.split_once('}')
    {
        if !before.is_empty() {
            parts.push(Part::Words(before));
        }
        let start = sentence.len() - after.len();
        let at = |byte: usize| u32::try_from(byte).unwrap_or(u32::MAX);
        parts.push(Part::Placeholder(name.trim(), Span { start: at(start), end: at(start + name.len()) }));
        rest = behind;
    }
    if !rest.is_empty() {
        parts.push(Part::Words(rest));
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::{Part, parts};
    use crate::source::Span;

    #[test]
    fn a_sentence_falls_into_words_and_placeholders() {
        let expected = [
            Part::Words("The score of "),
            Part::Placeholder("audit_total", Span { start: 14, end: 25 }),
            Part::Placeholder("x", Span { start: 27, end: 30 }),
            Part::Words(" is {enough"),
        ];
        assert_eq!(parts("The score of {audit_total}{ x } is {enough"), expected);
        assert_eq!(parts(""), []);
    }
}

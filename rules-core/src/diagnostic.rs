//! What the engine tells an author or a case worker is wrong: code, message, place and help.

use crate::code::{Code, Severity};
use crate::source::Place;

/// One finding, complete in itself: what, where, and what to do about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// The row of the table of codes.
    pub code: &'static Code,
    /// What is wrong, as one sentence to a person. It never holds a value of a case.
    pub message: String,
    /// Where.
    pub place: Place,
    /// What to do, where that can be said.
    pub help: Option<String>,
}

impl Diagnostic {
    /// A finding without help.
    #[must_use]
    pub fn new(code: &'static Code, place: Place, message: impl Into<String>) -> Self {
        Self { code, message: message.into(), place, help: None }
    }

    /// The same finding with a sentence that says what to do.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// The same finding with "did you mean …" when a known word is close to `wrong`.
    #[must_use]
    pub fn did_you_mean<'a>(self, wrong: &str, known: impl IntoIterator<Item = &'a str>) -> Self {
        match closest(wrong, known) {
            Some(word) => self.help(format!("did you mean `{word}`?")),
            None => self,
        }
    }

    /// Whether the pack or case cannot be used.
    #[must_use]
    pub fn is_error(&self) -> bool {
        self.code.severity == Severity::Error
    }
}

/// The known word closest to `wrong`, if one is close enough to be a slip of the pen.
///
/// ```
/// assert_eq!(rules_core::closest("audit_totl", ["audit_total", "age"]), Some("audit_total"));
/// assert_eq!(rules_core::closest("weather", ["audit_total", "age"]), None);
/// ```
#[must_use]
pub fn closest<'a>(wrong: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let length = wrong.chars().count();
    let allowed = (length / 3).max(1);
    let wrong = wrong.to_lowercase();
    known
        .into_iter()
        // each letter more or less is a step
        .filter(|word| !word.is_empty() && word.chars().count().abs_diff(length) <= allowed)
        .map(|word| (distance(&wrong, &word.to_lowercase()), word))
        .filter(|(steps, _)| *steps <= allowed)
        .min_by_key(|(steps, _)| *steps)
        .map(|(_, word)| word)
}

/// Optimal string alignment distance: insertions, deletions, substitutions and swaps of neighbours.
fn distance(left: &str, right: &str) -> usize {
    let right: Vec<char> = right.chars().collect();
    let mut before_last: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=right.len()).collect();
    let mut previous = None;
    for (row, letter) in left.chars().enumerate() {
        let mut current = vec![row + 1];
        for (column, other) in right.iter().enumerate() {
            let at = |line: &[usize], index: usize| line.get(index).copied().unwrap_or(usize::MAX / 2);
            let substituted = at(&last, column) + usize::from(letter != *other);
            let mut best = substituted.min(at(&last, column + 1) + 1).min(at(&current, column) + 1);
            let swapped = column.checked_sub(1).and_then(|index| right.get(index));
            if previous == Some(*other) && swapped == Some(&letter) {
                best = best.min(at(&before_last, column - 1) + 1);
            }
            current.push(best);
        }
        before_last = std::mem::replace(&mut last, current);
        previous = Some(letter);
    }
    last.last().copied().unwrap_or(0)
}

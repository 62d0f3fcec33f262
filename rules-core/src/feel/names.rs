//! Names in scope. FEEL names may hold spaces, operators and keywords, so only the names that exist can say where one ends.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::characters::{is_name_part, is_space};

/// The names that a FEEL text may use: facts, parameters, readings, decisions, `as_of` and builtins; and beside them the
/// members that may follow a dot. Local names (iterators, parameters, context keys) are the parser's own business.
#[derive(Clone, Debug, Default)]
pub(crate) struct Names<'outer> {
    outer: Option<&'outer Names<'outer>>,
    names: ByFirstWord,
    members: ByFirstWord,
    types: Vec<Arc<str>>,
    functions: Vec<Arc<str>>,
}

/// Names under their first word, since most words begin no name at all.
type ByFirstWord = BTreeMap<Box<str>, Vec<Arc<str>>>;

impl<'outer> Names<'outer> {
    /// No names yet.
    pub(crate) fn new() -> Self {
        Self::default()
    }

    /// All names of `outer`, and those that are added here.
    pub(crate) fn within(outer: &'outer Names<'outer>) -> Self {
        Self { outer: Some(outer), ..Self::default() }
    }

    /// Adds a name.
    pub(crate) fn add(&mut self, name: impl Into<Arc<str>>) {
        insert(&mut self.names, name.into());
    }

    /// Adds the name of a builtin function.
    pub(crate) fn add_function(&mut self, name: impl Into<Arc<str>>) {
        let name = name.into();
        self.functions.push(name.clone());
        self.add(name);
    }

    /// Whether `name` is that of a builtin function.
    pub(super) fn is_function(&self, name: &str) -> bool {
        self.functions.iter().any(|known| **known == *name) || self.outer.is_some_and(|outer| outer.is_function(name))
    }

    /// Adds a name that may follow a dot: a field of a fact or an entry of a context.
    pub(crate) fn add_member(&mut self, name: impl Into<Arc<str>>) {
        insert(&mut self.members, name.into());
    }

    /// Adds the name of an item definition, which is a type.
    pub(crate) fn add_type(&mut self, name: impl Into<Arc<str>>) {
        self.types.push(name.into());
    }

    /// The longest name of an item definition at the start of `text`, as [`Names::longest`].
    pub(super) fn longest_type(&self, text: &str) -> Option<(Arc<str>, usize)> {
        longer(longest_of(&self.types, text), self.outer.and_then(|outer| outer.longest_type(text)))
    }

    /// The longest name at the start of `text`, whose first word is `word`, and how many bytes of the text it takes.
    pub(super) fn longest(&self, text: &str, word: &str) -> Option<(Arc<str>, usize)> {
        let here = self.names.get(word).and_then(|names| longest_of(names, text));
        longer(here, self.outer.and_then(|outer| outer.longest(text, word)))
    }

    /// The longest member at the start of `text`, as [`Names::longest`].
    pub(super) fn longest_member(&self, text: &str, word: &str) -> Option<(Arc<str>, usize)> {
        let here = self.members.get(word).and_then(|names| longest_of(names, text));
        longer(here, self.outer.and_then(|outer| outer.longest_member(text, word)))
    }
}

/// The longer of two matches.
pub(super) fn longer(left: Option<(Arc<str>, usize)>, right: Option<(Arc<str>, usize)>) -> Option<(Arc<str>, usize)> {
    match (left, right) {
        (Some(left), Some(right)) => Some(if right.1 > left.1 { right } else { left }),
        (left, right) => left.or(right),
    }
}

/// The longest of `names` at the start of `text`.
pub(super) fn longest_of<'a>(names: impl IntoIterator<Item = &'a Arc<str>>, text: &str) -> Option<(Arc<str>, usize)> {
    let mut best: Option<(&Arc<str>, usize)> = None;
    for name in names {
        if let Some(length) = match_name(text, name)
            && best.is_none_or(|(_, longest)| length > longest)
        {
            best = Some((name, length));
        }
    }
    best.map(|(name, length)| (name.clone(), length))
}

fn insert(names: &mut ByFirstWord, name: Arc<str>) {
    let known = names.entry(first_word(&name).into()).or_default();
    if !known.contains(&name) {
        known.push(name);
    }
}

fn first_word(name: &str) -> &str {
    let end = name.find(|character| !is_name_part(character)).unwrap_or(name.len());
    name.get(..end).unwrap_or(name)
}

/// How many bytes at the start of `text` are `name`.
///
/// Where the name has a space, the text may have any white space; where it has none, the text must have none either, so
/// that with both `a` and `a-b` in scope `a - b` is a subtraction.
fn match_name(text: &str, name: &str) -> Option<usize> {
    let mut rest = text;
    let mut last = ' ';
    for character in name.chars() {
        if character == ' ' {
            let trimmed = rest.trim_start_matches(is_space);
            if trimmed.len() == rest.len() {
                return None;
            }
            rest = trimmed;
        } else {
            rest = rest.strip_prefix(character)?;
        }
        last = character;
    }
    let runs_on = is_name_part(last) && rest.chars().next().is_some_and(is_name_part);
    if runs_on { None } else { Some(text.len() - rest.len()) }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_name_wins_and_may_hold_operators_keywords_and_any_white_space() {
        let mut outer = Names::new();
        outer.add("date");
        outer.add("date and time");
        let mut names = Names::within(&outer);
        names.add("a-b");
        names.add("a");
        for (text, word, name, length) in [
            ("date and\n  time(x)", "date", "date and time", 15),
            ("date and timetable", "date", "date", 4),
            ("a-b + 1", "a", "a-b", 3),
            ("a - b", "a", "a", 1),
        ] {
            assert_eq!(names.longest(text, word).unwrap(), (Arc::from(name), length), "{text}");
        }
        assert_eq!(names.longest("ab", "ab"), None);
    }
}

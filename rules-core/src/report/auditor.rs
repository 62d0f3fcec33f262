//! What an auditor is told beyond the officer's report: everything else that the explanation knows.

use super::block::{Block, Detail, Entry, Style, Tone};
use super::layout::{period, standing, state_in_words};
use crate::explain::{Criterion, Explanation, date_in_words};
use crate::program::TriggerState;
use crate::words::{self, filled};

/// Triggers that do not fire.
pub(super) fn idle_triggers(blocks: &mut Vec<Block>, explanation: &Explanation<'_>) {
    let words = words::of(explanation.language_told());
    let idle = explanation.triggers().filter(|trigger| trigger.state() == TriggerState::DoesNotFire);
    let entries: Vec<Entry> = idle
        .map(|trigger| Entry {
            mark: words.does_not_fire.to_owned(),
            tone: Tone::Other,
            text: trigger.id().to_owned(),
            details: vec![Detail::Labelled(words.source, trigger.sources().join(", "))],
        })
        .collect();
    if !entries.is_empty() {
        blocks.push(Block::Heading(words.need_not_be_done));
        blocks.push(Block::List(Style::Marked, entries));
    }
}

/// What stands behind one decision.
pub(super) fn add(details: &mut Vec<Detail>, criterion: Criterion<'_>) {
    let language = criterion.language();
    let words = words::of(language);
    let mut tell = |label, said: String| {
        if !said.is_empty() {
            details.push(Detail::Labelled(label, said));
        }
    };
    tell(words.name, criterion.id().to_owned());
    tell(words.state, state_in_words(criterion.state(), language).to_owned());
    tell(words.lacks, criterion.lacks().join(", "));
    tell(words.rests_on, criterion.rests_on().join(", "));
    if let Some(in_force) = criterion.in_force() {
        tell(words.in_force, period(in_force.from, in_force.to, language));
    }
    let sure = |row: &str, sure: bool| if sure { row.to_owned() } else { filled(words.perhaps, &[row]) };
    let mut rows: Vec<String> =
        criterion.rows().iter().map(|(row, certain)| sure(&row.to_string(), *certain)).collect();
    rows.extend(criterion.default_row().map(|certain| sure(words.default_row, certain)));
    tell(words.rows, rows.join(", "));
    for (place, source) in criterion.cited() {
        let mut said = [place, ": ", &source.title, " (", &standing(source, language)].concat();
        if let Some(checked) = source.checked.filter(|_| !source.verified) {
            said.push_str(", ");
            said.push_str(&filled(words.last_checked, &[&date_in_words(checked, language)]));
        }
        said.push(')');
        tell(words.citation, said);
    }
}

/// What the case says of every fact, and what in it nothing has read.
pub(super) fn case(blocks: &mut Vec<Block>, explanation: &Explanation<'_>) {
    let words = words::of(explanation.language_told());
    blocks.push(Block::Heading(words.the_case));
    let entry = |(pointer, text): (&str, String)| Entry { mark: pointer.to_owned(), text, ..Entry::default() };
    let entries = explanation.facts().into_iter().map(entry).collect();
    blocks.push(Block::List(Style::Table(words.case_says_of_each, [words.fact, words.case_says, ""]), entries));
    let undeclared = explanation.undeclared();
    if !undeclared.is_empty() {
        blocks.push(Block::Warning(filled(words.undeclared, &[&undeclared.join(", ")])));
    }
}

//! What an auditor is told beyond the officer's report: everything else that the explanation knows.

use super::block::{Block, Detail, Entry, Style, Tone};
use super::layout::{period, standing};
use crate::explain::{Criterion, Explanation, date_in_words};
use crate::program::TriggerState;

/// Triggers that do not fire.
pub(super) fn idle_triggers(blocks: &mut Vec<Block>, explanation: Explanation<'_>) {
    let idle = explanation.triggers().filter(|trigger| trigger.state() == TriggerState::DoesNotFire);
    let entries: Vec<Entry> = idle
        .map(|trigger| Entry {
            mark: trigger.state().words().to_owned(),
            tone: Tone::Other,
            text: trigger.id().to_owned(),
            details: vec![Detail::Labelled("Source", trigger.sources().join(", "))],
        })
        .collect();
    if !entries.is_empty() {
        blocks.push(Block::Heading("What need not be done"));
        blocks.push(Block::List(Style::Marked, entries));
    }
}

/// What stands behind one decision.
pub(super) fn add(details: &mut Vec<Detail>, criterion: Criterion<'_>) {
    let language = criterion.language();
    let mut tell = |label, words: String| {
        if !words.is_empty() {
            details.push(Detail::Labelled(label, words));
        }
    };
    tell("Name", criterion.id().to_owned());
    tell("State", criterion.state().words().to_owned());
    tell("Lacks", criterion.lacks().join(", "));
    tell("Rests on", criterion.rests_on().join(", "));
    if let Some(in_force) = criterion.in_force() {
        tell("In force", period(in_force.from, in_force.to, language));
    }
    let sure = |sure| if sure { "" } else { " (perhaps)" };
    let mut rows: Vec<String> =
        criterion.rows().iter().map(|(row, certain)| [&row.to_string(), sure(*certain)].concat()).collect();
    rows.extend(criterion.default_row().map(|certain| ["the default", sure(certain)].concat()));
    tell("Rows", rows.join(", "));
    for (words, source) in criterion.cited() {
        let mut said = [words, ": ", &source.title, " (", &standing(source, language)].concat();
        if let Some(checked) = source.checked.filter(|_| !source.verified) {
            said.push_str(", last checked ");
            said.push_str(&date_in_words(checked, language));
        }
        said.push(')');
        tell("Citation", said);
    }
}

/// What the case says of every fact, and what in it nothing has read.
pub(super) fn case(blocks: &mut Vec<Block>, explanation: Explanation<'_>) {
    blocks.push(Block::Heading("The case"));
    let entry = |(pointer, words): (&str, String)| Entry { mark: pointer.to_owned(), text: words, ..Entry::default() };
    let entries = explanation.facts().into_iter().map(entry).collect();
    blocks.push(Block::List(
        Style::Table("What the case says of each fact", ["Fact", "What the case says", ""]),
        entries,
    ));
    let undeclared = explanation.undeclared();
    if !undeclared.is_empty() {
        let words =
            ["The pack does not know these keys of the case, so nothing has read them: ", &undeclared.join(", ")];
        blocks.push(Block::Warning(words.concat()));
    }
}

//! The report for the person: what was decided, what happens next, what is still to be answered, and whom to ask.
//!
//! Only sentences that the pack wrote for the person are told, and the outcome in plain words where it has none. Nothing else
//! of the explanation comes through: no names of the pack, no pointers, no values that no sentence prints.

use super::block::{Block, Detail, Entry, Style};
use super::layout::unreviewed;
use crate::explain::{Criterion, Explanation, Trigger, date_in_words, show};
use crate::program::{State, TriggerState};
use crate::words::{self, Words, filled};

/// The whole report.
pub(super) fn lay_out(explanation: &Explanation<'_>) -> Vec<Block> {
    let words = words::of(explanation.language_told());
    let mut blocks = vec![Block::Title(explanation.title().to_owned())];
    let mut about = String::new();
    if let Some(reference) = explanation.own_identifier() {
        about = [words.reference, ": ", reference, ". "].concat();
    }
    if let Some(as_of) = explanation.as_of() {
        about.push_str(&[words.date_of_decision, ": ", &date_in_words(as_of, explanation.language), "."].concat());
    }
    blocks.push(Block::Paragraph(about));
    unreviewed(&mut blocks, explanation, words);
    outcome(&mut blocks, explanation, words);
    next_steps(&mut blocks, explanation, words);
    questions(&mut blocks, explanation, words);
    blocks.push(Block::Heading(words.who_to_ask));
    blocks.push(Block::Paragraph(match (explanation.contact(), explanation.authority()) {
        (Some(contact), _) => contact.to_owned(),
        (None, Some(authority)) => filled(words.ask, &[authority]),
        (None, None) => words.ask_office.to_owned(),
    }));
    blocks
}

fn outcome(blocks: &mut Vec<Block>, explanation: &Explanation<'_>, words: &Words) {
    let outcome = explanation.outcome();
    blocks.push(Block::Heading(words.what_decided));
    if let Some(outcome) = outcome {
        let said = outcome.said_to_citizen();
        blocks.push(Block::Paragraph(
            said.unwrap_or_else(|| [outcome.title(), ": ", in_plain_words(outcome, words), "."].concat()),
        ));
    }
    let open = explanation.open();
    let others =
        explanation.criteria().filter(|criterion| outcome.is_none_or(|outcome| outcome.id() != criterion.id()));
    let told = others.filter(|criterion| criterion.is_needed(&open)).filter_map(Criterion::said_to_citizen);
    let reasons: Vec<Entry> = told.map(|text| Entry { text, ..Entry::default() }).collect();
    if !reasons.is_empty() {
        blocks.push(Block::Heading(words.why));
        blocks.push(Block::List(Style::Plain, reasons));
    }
}

/// The state of an outcome without a sentence of its own. Of one that rests on a sensitive fact not even that is told.
fn in_plain_words(outcome: Criterion<'_>, words: &Words) -> &'static str {
    match outcome.state() {
        State::CannotTell => words.we_cannot_tell,
        _ if outcome.is_masked() => words.decision_made,
        State::Met => words.yes,
        State::NotMet => words.no,
        State::Decided => words.decision_made,
        State::NotApplicable => words.not_for_you,
        State::NotInForce => words.not_on_that_date,
    }
}

fn next_steps(blocks: &mut Vec<Block>, explanation: &Explanation<'_>, words: &Words) {
    let step = |trigger: Trigger<'_>| {
        let (text, deadline) = match trigger.state() {
            TriggerState::Fires => (trigger.citizen_action()?, trigger.deadline()),
            TriggerState::CannotTell => {
                let interim = trigger.interim()?;
                (interim.citizen_action?, interim.deadline)
            }
            TriggerState::DoesNotFire => return None,
        };
        let by = deadline.map(|deadline| Detail::Labelled(words.by, show(&deadline, None, explanation.language)));
        Some(Entry { text, details: by.into_iter().collect(), ..Entry::default() })
    };
    let steps: Vec<Entry> = explanation.triggers().filter_map(step).collect();
    if !steps.is_empty() {
        blocks.push(Block::Heading(words.happens_next));
        blocks.push(Block::List(Style::Plain, steps));
    }
}

fn questions(blocks: &mut Vec<Block>, explanation: &Explanation<'_>, words: &Words) {
    let missing = explanation.asked_of_citizen();
    if missing.is_empty() {
        return;
    }
    blocks.push(Block::Heading(words.need_to_know));
    if explanation.outcome().is_some_and(|outcome| outcome.state() == State::CannotTell) {
        blocks.push(Block::Paragraph(words.before_deciding.to_owned()));
    }
    let question = |asked: bool, text: String| Entry {
        text,
        details: asked.then(|| Detail::Sentence(words.asked_already.to_owned())).into_iter().collect(),
        ..Entry::default()
    };
    let mut entries: Vec<Entry> = Vec::new();
    for missing in &missing {
        match missing.in_words() {
            Some(text) if entries.iter().any(|entry| entry.text == text) => {}
            Some(text) => entries.push(question(missing.asked, text)),
            None => {}
        }
    }
    blocks.push(Block::List(Style::Numbered, entries));
    if missing.iter().any(|missing| missing.question.is_none()) {
        blocks.push(Block::Paragraph(words.other_questions.to_owned()));
    }
}

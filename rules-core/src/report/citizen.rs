//! The report for the person: what was decided, what happens next, what is still to be answered, and whom to ask.
//!
//! Only sentences that the pack wrote for the person are told, and the outcome in plain words where it has none. Nothing else
//! of the explanation comes through: no names of the pack, no pointers, no values that no sentence prints.

use super::block::{Block, Detail, Entry, Style};
use crate::explain::{Criterion, Explanation, Trigger, date_in_words, show};
use crate::program::{State, TriggerState};

/// The words that stand around the pack's own.
struct Words {
    reference: &'static str,
    date: &'static str,
    decided: &'static str,
    why: &'static str,
    next: &'static str,
    by: &'static str,
    questions: &'static str,
    before: &'static str,
    asked: &'static str,
    others: &'static str,
    who: &'static str,
    ask: &'static str,
    office: &'static str,
    yes: &'static str,
    no: &'static str,
    made: &'static str,
    open: &'static str,
    not_applicable: &'static str,
    not_in_force: &'static str,
}

static ENGLISH: Words = Words {
    reference: "Your reference",
    date: "Date of the decision",
    decided: "What was decided",
    why: "Why",
    next: "What happens next",
    by: "By",
    questions: "What we still need to know",
    before: "We cannot decide before these questions are answered.",
    asked: "You were asked this already, and the answer is not known yet.",
    others: "The office will tell you what else it needs to know.",
    who: "Who to ask",
    ask: "Ask",
    office: "Ask the office that gave you this decision.",
    yes: "yes",
    no: "no",
    made: "a decision has been made; the office will tell you what it is",
    open: "we cannot tell yet",
    not_applicable: "this does not apply to you",
    not_in_force: "these rules did not hold on that date",
};

/// Not reviewed by a translator.
static WELSH: Words = Words {
    reference: "Eich cyfeirnod",
    date: "Dyddiad y penderfyniad",
    decided: "Beth a benderfynwyd",
    why: "Pam",
    next: "Beth sy'n digwydd nesaf",
    by: "Erbyn",
    questions: "Beth mae angen i ni ei wybod o hyd",
    before: "Ni allwn benderfynu cyn i'r cwestiynau hyn gael eu hateb.",
    asked: "Gofynnwyd hyn i chi eisoes, ac nid yw'r ateb yn hysbys eto.",
    others: "Bydd y swyddfa yn dweud wrthych beth arall y mae angen iddi ei wybod.",
    who: "Pwy i'w holi",
    ask: "Holwch",
    office: "Holwch y swyddfa a roddodd y penderfyniad hwn i chi.",
    yes: "ydy",
    no: "nac ydy",
    made: "mae penderfyniad wedi'i wneud; bydd y swyddfa yn dweud wrthych beth ydyw",
    open: "ni allwn ddweud eto",
    not_applicable: "nid yw hyn yn berthnasol i chi",
    not_in_force: "nid oedd y rheolau hyn mewn grym ar y dyddiad hwnnw",
};

/// The whole report.
pub(super) fn lay_out(explanation: Explanation<'_>) -> Vec<Block> {
    let words = if explanation.language == "cy" { &WELSH } else { &ENGLISH };
    let mut blocks = vec![Block::Title(explanation.title().to_owned())];
    let mut about = String::new();
    if let Some(reference) = explanation.own_identifier() {
        about = [words.reference, ": ", reference, ". "].concat();
    }
    if let Some(as_of) = explanation.as_of() {
        about.push_str(&[words.date, ": ", &date_in_words(as_of, explanation.language), "."].concat());
    }
    blocks.push(Block::Paragraph(about));
    outcome(&mut blocks, explanation, words);
    next_steps(&mut blocks, explanation, words);
    questions(&mut blocks, explanation, words);
    blocks.push(Block::Heading(words.who));
    blocks.push(Block::Paragraph(match (explanation.contact(), explanation.authority()) {
        (Some(contact), _) => contact.to_owned(),
        (None, Some(authority)) => [words.ask, " ", authority, "."].concat(),
        (None, None) => words.office.to_owned(),
    }));
    blocks
}

fn outcome(blocks: &mut Vec<Block>, explanation: Explanation<'_>, words: &Words) {
    let outcome = explanation.outcome();
    blocks.push(Block::Heading(words.decided));
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
        State::CannotTell => words.open,
        _ if outcome.is_masked() => words.made,
        State::Met => words.yes,
        State::NotMet => words.no,
        State::Decided => words.made,
        State::NotApplicable => words.not_applicable,
        State::NotInForce => words.not_in_force,
    }
}

fn next_steps(blocks: &mut Vec<Block>, explanation: Explanation<'_>, words: &Words) {
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
        blocks.push(Block::Heading(words.next));
        blocks.push(Block::List(Style::Plain, steps));
    }
}

fn questions(blocks: &mut Vec<Block>, explanation: Explanation<'_>, words: &Words) {
    let missing = explanation.missing();
    if missing.is_empty() {
        return;
    }
    blocks.push(Block::Heading(words.questions));
    if explanation.outcome().is_some_and(|outcome| outcome.state() == State::CannotTell) {
        blocks.push(Block::Paragraph(words.before.to_owned()));
    }
    let question = |asked: bool, text: &str| Entry {
        text: text.to_owned(),
        details: asked.then(|| Detail::Sentence(words.asked.to_owned())).into_iter().collect(),
        ..Entry::default()
    };
    let mut entries: Vec<Entry> = Vec::new();
    for missing in &missing {
        match missing.question {
            Some(text) if entries.iter().any(|entry| entry.text == text) => {}
            Some(text) => entries.push(question(missing.asked, text)),
            None => {}
        }
    }
    blocks.push(Block::List(Style::Numbered, entries));
    if missing.iter().any(|missing| missing.question.is_none()) {
        blocks.push(Block::Paragraph(words.others.to_owned()));
    }
}

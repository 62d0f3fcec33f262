//! What a report for people says and in which order; how it looks is the format's business.

use super::block::{Block, Detail, Entry, Style, Tone};
use super::{Audience, auditor, citizen, reasons};
use crate::citation::{Layer, Source};
use crate::explain::{Alternative, Combination, Criterion, Explanation, First, Missing, Trigger, date_in_words, show};
use crate::program::{State, TriggerState};
use crate::value::{Date, Value};
use crate::words::{self, Words, filled};

/// The whole report.
pub(super) fn lay_out(explanation: &Explanation<'_>, audience: Audience) -> Vec<Block> {
    if audience == Audience::Citizen {
        return citizen::lay_out(explanation);
    }
    let in_full = audience == Audience::Auditor;
    let language = explanation.language_told();
    let words = words::of(language);
    let as_of = explanation.as_of().map_or_else(String::new, |as_of| date_in_words(as_of, language));
    let mut blocks = vec![
        Block::Title(explanation.title().to_owned()),
        Block::Paragraph(filled(words.about_case, &[&explanation.identifier(), &as_of])),
    ];
    unreviewed(&mut blocks, explanation, words);
    blocks.push(Block::Heading(words.outcome));
    outcome(&mut blocks, explanation, language);
    triggers(&mut blocks, explanation, language);
    missing(&mut blocks, explanation);
    if in_full {
        auditor::idle_triggers(&mut blocks, explanation);
    }
    readings(&mut blocks, explanation, in_full);
    blocks.push(Block::Heading(words.reasons));
    blocks.push(Block::List(Style::Marked, reasons::of(explanation, in_full)));
    layers(&mut blocks, explanation, language);
    sources(&mut blocks, explanation, language, in_full);
    if in_full {
        auditor::case(&mut blocks, explanation);
    }
    let (pack, engine) = (explanation.pack(), explanation.engine);
    let about = [&*pack.id, &*pack.version, &*pack.sha256, &*engine.version, &*engine.sha256];
    blocks.push(Block::Paragraph(filled(words.about_pack, &about)));
    if let Some(zones) = explanation.engine.time_zones.as_ref().filter(|_| in_full) {
        blocks.push(Block::Paragraph(filled(words.about_zones, &[zones.version(), zones.sha256()])));
    }
    blocks
}

/// The state, and the value where there is one.
pub(super) fn state_and_value(state: State, value: Option<&Value>, unit: Option<&str>, language: &str) -> String {
    match value {
        Some(value) => show(value, unit, language),
        None => state_in_words(state, language).to_owned(),
    }
}

/// The state in the language of the report.
pub(super) fn state_in_words(state: State, language: &str) -> &'static str {
    let words = words::of(language);
    match state {
        State::Met => words.met,
        State::NotMet => words.not_met,
        State::CannotTell => words.cannot_tell,
        State::Decided => words.decided,
        State::NotApplicable => words.not_applicable,
        State::NotInForce => words.not_in_force,
    }
}

/// Says of texts that a machine translated that nobody has reviewed them.
pub(super) fn unreviewed(blocks: &mut Vec<Block>, explanation: &Explanation<'_>, words: &Words) {
    if explanation.is_unreviewed() && !words.unreviewed.is_empty() {
        blocks.push(Block::Warning(words.unreviewed.to_owned()));
    }
}

fn outcome(blocks: &mut Vec<Block>, explanation: &Explanation<'_>, language: &str) {
    if let Some(outcome) = explanation.outcome() {
        let mut details: Vec<Detail> = outcome.because().into_iter().map(Detail::Sentence).collect();
        let (mark, listed) = reasons::mark(outcome, language);
        details.extend(listed);
        details.extend(reasons::not_met(outcome, language));
        let (tone, text) = (Tone::of(outcome.state()), outcome.title().to_owned());
        blocks.push(Block::List(Style::Lead, vec![Entry { mark, tone, text, details }]));
    }
    let sources = explanation.sources();
    let unverified = sources.iter().filter(|source| !source.verified).count();
    if unverified > 0 {
        let words = words::of(language);
        let text = if unverified == 1 { words.one_unverified } else { words.some_unverified };
        blocks.push(Block::Warning(filled(text, &[&unverified.to_string(), &sources.len().to_string()])));
    }
}

fn triggers(blocks: &mut Vec<Block>, explanation: &Explanation<'_>, language: &str) {
    let words = words::of(language);
    let of_state = |state| explanation.triggers().filter(move |trigger: &Trigger<'_>| trigger.state() == state);
    if of_state(TriggerState::Fires).next().is_some() {
        blocks.push(Block::Heading(words.must_be_done));
        let entries = of_state(TriggerState::Fires).map(|trigger| {
            let deadline = trigger.deadline();
            let deadline =
                deadline.map_or_else(|| words.no_deadline.to_owned(), |deadline| show(&deadline, None, language));
            let sources = trigger.sources().join(", ");
            Entry {
                mark: filled(words.priority, &[&trigger.priority().to_string()]),
                tone: Tone::Other,
                text: trigger.action().unwrap_or_else(|| trigger.id().to_owned()),
                details: vec![
                    Detail::Labelled(words.by, deadline),
                    Detail::Labelled(words.trigger, [trigger.id(), ". ", words.source, ": ", &sources].concat()),
                ],
            }
        });
        blocks.push(Block::List(Style::Marked, entries.collect()));
    }
    if of_state(TriggerState::CannotTell).next().is_some() {
        blocks.push(Block::Heading(words.cannot_be_ruled_out));
        let entries = of_state(TriggerState::CannotTell).map(|trigger| {
            let meanwhile = trigger.interim().into_iter().map(|interim| {
                let mut action = interim.action.unwrap_or_default();
                if let Some(deadline) = &interim.deadline {
                    action.push_str(&[" ", words.by, ": ", &show(deadline, None, language)].concat());
                }
                Detail::Labelled(words.meanwhile, action)
            });
            Entry {
                mark: words.cannot_tell.to_owned(),
                tone: Tone::Open,
                text: trigger.id().to_owned(),
                details: meanwhile.collect(),
            }
        });
        blocks.push(Block::List(Style::Marked, entries.collect()));
    }
}

fn missing(blocks: &mut Vec<Block>, explanation: &Explanation<'_>) {
    let missing = explanation.missing();
    if missing.is_empty() {
        return;
    }
    let words = words::of(explanation.language_told());
    blocks.push(Block::Heading(words.ask_next));
    let why = match explanation.first_question() {
        Some((place, first)) => why_first(&(place + 1).to_string(), first, words),
        None => words.all_asked.to_owned(),
    };
    blocks.push(Block::Paragraph(why));
    let entries = missing.into_iter().map(|missing| {
        let text = missing.in_words().unwrap_or_else(|| missing.fact.clone());
        let Missing { fact, settles, asked, .. } = missing;
        let fact = if asked { filled(words.asked, &[&fact]) } else { fact };
        let mut details = vec![Detail::Labelled(words.fact, fact)];
        if !settles.is_empty() {
            details.push(Detail::Labelled(words.settles, settles.join(", ")));
        }
        Entry { text, details, ..Entry::default() }
    });
    blocks.push(Block::List(Style::Numbered, entries.collect()));
}

/// Why the question of that number comes first, in a sentence.
fn why_first(number: &str, first: First, words: &Words) -> String {
    match first {
        First::Only => filled(words.first_only, &[number]),
        First::InOrder => filled(words.first_in_order, &[number]),
        First::SettlesMost(1) => filled(words.first_settles_one, &[number, "1"]),
        First::SettlesMost(count) => filled(words.first_settles, &[number, &count.to_string()]),
        First::ByPlace => filled(words.first_by_place, &[number]),
    }
}

fn readings(blocks: &mut Vec<Block>, explanation: &Explanation<'_>, in_full: bool) {
    let depends = explanation.depends();
    let readings = explanation.readings();
    if !depends && (!in_full || readings.is_empty()) {
        return;
    }
    let language = explanation.language_told();
    let words = words::of(language);
    blocks.push(Block::Heading(words.how_read));
    blocks.push(Block::Paragraph(if depends { words.depends } else { words.does_not_depend }.to_owned()));
    let entries = readings.into_iter().map(|reading| {
        let mut details = Vec::new();
        for Alternative { name, text, sources } in reading.alternatives {
            let said = text.map_or_else(String::new, |text| [": ", text].concat());
            let cited = match sources.is_empty() {
                true => String::new(),
                false => [" ", words.source, ": ", &sources.join(", ")].concat(),
            };
            details.push(Detail::Sentence([name, &said, &cited].concat()));
        }
        if !reading.sources.is_empty() {
            details.push(Detail::Labelled(words.source, reading.sources.join(", ")));
        }
        let text = reading.question.unwrap_or_default().to_owned();
        Entry { mark: reading.id.to_owned(), text, details, ..Entry::default() }
    });
    blocks.push(Block::List(Style::Marked, entries.collect()));
    blocks.push(Block::Paragraph(words.leads_to.to_owned()));
    let outcome = explanation.outcome();
    let unit = outcome.and_then(Criterion::unit);
    let entries = explanation.combinations().into_iter().map(|Combination { alternatives, state, value }| {
        let chosen: Vec<String> =
            alternatives.iter().map(|(reading, taken)| [*reading, ": ", taken].concat()).collect();
        Entry {
            mark: state_and_value(state, value.as_ref(), unit, language),
            tone: Tone::of(state),
            text: chosen.join("; "),
            details: Vec::new(),
        }
    });
    let style = Style::Table(words.each_way, [words.outcome, words.read_so, ""]);
    blocks.push(Block::List(style, entries.collect()));
}

/// `to` is the first day after the period; people say the last day in it.
pub(super) fn period(from: Option<Date>, to: Option<Date>, language: &str) -> String {
    let last = to.and_then(|to| to.add_days(-1));
    let words = words::of(language);
    let said = |date: Date| date_in_words(date, language);
    match (from, last) {
        (Some(from), Some(last)) => filled(words.from_to, &[&said(from), &said(last)]),
        (Some(from), None) => filled(words.since, &[&said(from)]),
        (None, Some(last)) => filled(words.until, &[&said(last)]),
        (None, None) => words.always.to_owned(),
    }
}

fn layers(blocks: &mut Vec<Block>, explanation: &Explanation<'_>, language: &str) {
    let mut layers = explanation.layers().peekable();
    if layers.peek().is_none() {
        return;
    }
    let words = words::of(language);
    blocks.push(Block::Heading(words.by_layer));
    let entries = layers.map(|(layer, criterion)| Entry {
        mark: state_and_value(criterion.state(), criterion.value(), None, language),
        tone: Tone::of(criterion.state()),
        text: [layer_in_words(layer, words), ": ", criterion.id()].concat(),
        details: Vec::new(),
    });
    blocks.push(Block::List(Style::Marked, entries.collect()));
}

/// What the decision rests on. An officer reads the notes of those that nobody has verified, an auditor all of them.
fn sources(blocks: &mut Vec<Block>, explanation: &Explanation<'_>, language: &str, in_full: bool) {
    let sources = explanation.sources();
    if sources.is_empty() {
        return;
    }
    let words = words::of(language);
    blocks.push(Block::Heading(words.sources));
    let entries = sources.into_iter().map(|source| {
        let mut details = vec![Detail::Sentence(standing(source, language))];
        let note = source.note.as_ref().filter(|_| in_full || !source.verified);
        details.extend(note.map(|note| Detail::Sentence(note.to_string())));
        details.extend(source.url.as_ref().map(|url| Detail::Link(url.to_string())));
        Entry { mark: source.id.to_string(), text: source.title.to_string(), details, ..Entry::default() }
    });
    let style = Style::Table(words.rests_on_sources, [words.name, words.source, words.how_sure]);
    blocks.push(Block::List(style, entries.collect()));
}

/// Of what layer a source is, and whether somebody verified it.
pub(super) fn standing(source: &Source, language: &str) -> String {
    let words = words::of(language);
    let sure = if source.verified { words.verified } else { words.not_verified };
    let mut said = [layer_in_words(source.layer, words), "; ", sure].concat();
    if let Some(checked) = source.checked.filter(|_| source.verified) {
        said.push_str(", ");
        said.push_str(&filled(words.last_checked, &[&date_in_words(checked, language)]));
    }
    said
}

/// The layer in the language of the report.
fn layer_in_words(layer: Layer, words: &Words) -> &'static str {
    let known = Layer::ALL.into_iter().zip(words.layers).find(|(known, _)| *known == layer);
    known.map_or_else(|| layer.words(), |(_, words)| words)
}

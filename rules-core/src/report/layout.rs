//! What a report for people says and in which order; how it looks is the format's business.

use super::block::{Block, Detail, Entry, Style, Tone};
use super::{Audience, auditor, citizen};
use crate::citation::Source;
use crate::explain::{
    Alternative, Combination, Compared, Criterion, Explanation, First, Missing, Open, Trigger, date_in_words, show,
};
use crate::program::{State, TriggerState};
use crate::value::{Date, Value};

/// The whole report.
pub(super) fn lay_out(explanation: Explanation<'_>, audience: Audience) -> Vec<Block> {
    if audience == Audience::Citizen {
        return citizen::lay_out(explanation);
    }
    let in_full = audience == Audience::Auditor;
    let language = explanation.language;
    let mut blocks = vec![
        Block::Title(explanation.title().to_owned()),
        Block::Paragraph(format!(
            "Case {}, decided as of {}.",
            explanation.identifier(),
            explanation.as_of().map_or_else(String::new, |as_of| date_in_words(as_of, language))
        )),
        Block::Heading("Outcome"),
    ];
    outcome(&mut blocks, explanation, language);
    triggers(&mut blocks, explanation, language);
    missing(&mut blocks, explanation);
    if in_full {
        auditor::idle_triggers(&mut blocks, explanation);
    }
    readings(&mut blocks, explanation, in_full);
    blocks.push(Block::Heading("Reasons"));
    let open = explanation.open();
    let reasons = explanation.criteria().map(|criterion| {
        let mut entry = reason(criterion, &open, language, in_full);
        if in_full {
            auditor::add(&mut entry.details, criterion);
        }
        entry
    });
    blocks.push(Block::List(Style::Marked, reasons.collect()));
    layers(&mut blocks, explanation, language);
    sources(&mut blocks, explanation, language);
    if in_full {
        auditor::case(&mut blocks, explanation);
    }
    blocks.push(Block::Paragraph(format!(
        "Pack {} {} (SHA-256 {}), engine {} (SHA-256 {}).",
        explanation.pack().id,
        explanation.pack().version,
        explanation.pack().sha256,
        explanation.engine.version,
        explanation.engine.sha256
    )));
    if let Some(zones) = explanation.engine.time_zones.as_ref().filter(|_| in_full) {
        blocks.push(Block::Paragraph(["Time zones ", zones.version(), " (SHA-256 ", zones.sha256(), ")."].concat()));
    }
    blocks
}

/// The state, and the value where there is one.
pub(super) fn state_and_value(state: State, value: Option<&Value>, unit: Option<&str>, language: &str) -> String {
    match value {
        Some(value) => show(value, unit, language),
        None if state == State::CannotTell => "cannot tell yet".to_owned(),
        None => state.words().to_owned(),
    }
}

fn outcome(blocks: &mut Vec<Block>, explanation: Explanation<'_>, language: &str) {
    if let Some(outcome) = explanation.outcome() {
        let entry = Entry {
            mark: state_and_value(outcome.state(), outcome.value(), outcome.unit(), language),
            tone: Tone::of(outcome.state()),
            text: outcome.title().to_owned(),
            details: outcome.because().into_iter().map(Detail::Sentence).collect(),
        };
        blocks.push(Block::List(Style::Lead, vec![entry]));
    }
    let sources = explanation.sources();
    let unverified = sources.iter().filter(|source| !source.verified).count();
    if unverified > 0 {
        blocks.push(Block::Warning(format!(
            "Mind: {unverified} of the {} sources behind this {} not been verified (marked below).",
            sources.len(),
            if unverified == 1 { "has" } else { "have" }
        )));
    }
}

fn triggers(blocks: &mut Vec<Block>, explanation: Explanation<'_>, language: &str) {
    let of_state = |state| explanation.triggers().filter(move |trigger: &Trigger<'_>| trigger.state() == state);
    if of_state(TriggerState::Fires).next().is_some() {
        blocks.push(Block::Heading("What must be done"));
        let entries = of_state(TriggerState::Fires).map(|trigger| {
            let deadline = trigger.deadline();
            let deadline =
                deadline.map_or_else(|| "no deadline stated".to_owned(), |deadline| show(&deadline, None, language));
            let sources = trigger.sources().join(", ");
            Entry {
                mark: format!("priority {}", trigger.priority()),
                tone: Tone::Other,
                text: trigger.action().unwrap_or_else(|| trigger.id().to_owned()),
                details: vec![
                    Detail::Labelled("By", deadline),
                    Detail::Labelled("Trigger", [trigger.id(), ". Source: ", &sources].concat()),
                ],
            }
        });
        blocks.push(Block::List(Style::Marked, entries.collect()));
    }
    if of_state(TriggerState::CannotTell).next().is_some() {
        blocks.push(Block::Heading("What cannot be ruled out yet"));
        let entries = of_state(TriggerState::CannotTell).map(|trigger| {
            let meanwhile = trigger.interim().into_iter().map(|interim| {
                let mut action = interim.action.unwrap_or_default();
                if let Some(deadline) = &interim.deadline {
                    action.push_str(" By: ");
                    action.push_str(&show(deadline, None, language));
                }
                Detail::Labelled("Meanwhile", action)
            });
            Entry {
                mark: "cannot tell yet".to_owned(),
                tone: Tone::Open,
                text: trigger.id().to_owned(),
                details: meanwhile.collect(),
            }
        });
        blocks.push(Block::List(Style::Marked, entries.collect()));
    }
}

fn missing(blocks: &mut Vec<Block>, explanation: Explanation<'_>) {
    let missing = explanation.missing();
    if missing.is_empty() {
        return;
    }
    blocks.push(Block::Heading("What to ask next"));
    let why = match explanation.first_question() {
        Some((place, first)) => why_first(place + 1, first),
        None => "All of these have been asked, and nobody knows the answers yet.".to_owned(),
    };
    blocks.push(Block::Paragraph(why));
    let entries = missing.into_iter().map(|Missing { fact, question, settles, asked }| {
        let text = question.unwrap_or(&fact).to_owned();
        let fact = if asked { fact + " (asked, and not known)" } else { fact };
        let mut details = vec![Detail::Labelled("Fact", fact)];
        if !settles.is_empty() {
            details.push(Detail::Labelled("Settles", settles.join(", ")));
        }
        Entry { text, details, ..Entry::default() }
    });
    blocks.push(Block::List(Style::Numbered, entries.collect()));
}

/// Why the question of that number comes first, in a sentence.
fn why_first(number: usize, first: First) -> String {
    let before = ["Question ", &number.to_string()].concat();
    match first {
        First::Only => before + " is the only one that nobody has asked yet.",
        First::InOrder => before + " comes first: the pack asks for it before the others.",
        First::SettlesMost(count) => {
            let decisions = if count == 1 { " decision" } else { " decisions" };
            [&before, " comes first: it settles ", &count.to_string(), decisions, ", more than the one after it."]
                .concat()
        }
        First::ByPlace => {
            before + " comes first: it settles as much as the one after it, and the pack names it earlier."
        }
    }
}

fn readings(blocks: &mut Vec<Block>, explanation: Explanation<'_>, in_full: bool) {
    let depends = explanation.depends();
    let readings = explanation.readings();
    if !depends && (!in_full || readings.is_empty()) {
        return;
    }
    let language = explanation.language;
    blocks.push(Block::Heading("How the rules are read"));
    blocks.push(Block::Paragraph(
        if depends {
            "The outcome depends on how the rules are read:"
        } else {
            "The outcome is the same, however the rules are read:"
        }
        .to_owned(),
    ));
    let entries = readings.into_iter().map(|reading| {
        let mut details = Vec::new();
        for Alternative { name, text, sources } in reading.alternatives {
            let words = text.map_or_else(String::new, |text| format!(": {text}"));
            let cited = if sources.is_empty() { String::new() } else { format!(" Source: {}", sources.join(", ")) };
            details.push(Detail::Sentence([name, &words, &cited].concat()));
        }
        if !reading.sources.is_empty() {
            details.push(Detail::Labelled("Source", reading.sources.join(", ")));
        }
        let text = reading.question.unwrap_or_default().to_owned();
        Entry { mark: reading.id.to_owned(), text, details, ..Entry::default() }
    });
    blocks.push(Block::List(Style::Marked, entries.collect()));
    blocks.push(Block::Paragraph("Each way leads to:".to_owned()));
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
    let style = Style::Table("What each way to read them leads to", ["Outcome", "Read so", ""]);
    blocks.push(Block::List(style, entries.collect()));
}

fn reason(criterion: Criterion<'_>, open: &[Open], language: &str, in_full: bool) -> Entry {
    let needed = criterion.is_needed(open);
    let mut entry = Entry {
        mark: state_and_value(criterion.state(), criterion.value(), criterion.unit(), language),
        tone: Tone::of(criterion.state()),
        text: criterion.title().to_owned(),
        details: Vec::new(),
    };
    if !needed {
        entry.mark = "not needed".to_owned();
        if !in_full {
            return entry;
        }
    }
    let details = &mut entry.details;
    details.extend(criterion.because().map(Detail::Sentence));
    details.extend(criterion.reason().map(|reason| Detail::Sentence(reason.to_owned())));
    let seen: Vec<String> = criterion.seen().map(|seen| format!("{}: {}", seen.label(), seen.words())).collect();
    if !seen.is_empty() {
        details.push(Detail::Labelled("Facts", seen.join("; ")));
    }
    let compared = criterion.compared();
    details.extend(compared.iter().map(|compared| Detail::Labelled("Compared", distance(compared, language))));
    for parameter in criterion.parameters() {
        let (title, source) = (parameter.title(), parameter.source());
        let period = period(parameter.period.period.from, parameter.period.period.to, language);
        details.push(match parameter.is_calendar() {
            true => Detail::Labelled("Calendar", format!("{title} ({period}; source {source})")),
            false => {
                let value = show(parameter.value(), parameter.unit(), language);
                Detail::Labelled("Parameter", format!("{title} = {value} ({period}; source {source})"))
            }
        });
    }
    let sources = criterion.sources();
    if !sources.is_empty() {
        details.push(Detail::Labelled("Source", sources.join(", ")));
    }
    entry
}

/// What was held against what, and how far apart they are.
fn distance(compared: &Compared<'_>, language: &str) -> String {
    let shown = |amount| show(&Value::Number(amount), compared.unit, language);
    let side = |name: Option<&str>, amount| match name {
        Some(name) => format!("{name} ({})", shown(amount)),
        None => shown(amount),
    };
    let off = match compared.distance {
        distance if distance.is_zero() => "exactly equal".to_owned(),
        distance if distance.is_sign_negative() => format!("{} below", shown(distance.abs())),
        distance => format!("{} above", shown(distance)),
    };
    let (left, right) = (side(compared.left, compared.left_value), side(compared.right, compared.right_value));
    [&left, " ", compared.operator, " ", &right, ", ", &off].concat()
}

/// `to` is the first day after the period; people say the last day in it.
pub(super) fn period(from: Option<Date>, to: Option<Date>, language: &str) -> String {
    let last = to.and_then(|to| to.add_days(-1));
    match (from, last) {
        (Some(from), Some(last)) => {
            format!("from {} to {}", date_in_words(from, language), date_in_words(last, language))
        }
        (Some(from), None) => format!("since {}", date_in_words(from, language)),
        (None, Some(last)) => format!("until {}", date_in_words(last, language)),
        (None, None) => "at all times".to_owned(),
    }
}

fn layers(blocks: &mut Vec<Block>, explanation: Explanation<'_>, language: &str) {
    let mut layers = explanation.layers().peekable();
    if layers.peek().is_none() {
        return;
    }
    blocks.push(Block::Heading("By layer of authority"));
    let entries = layers.map(|(layer, criterion)| Entry {
        mark: state_and_value(criterion.state(), criterion.value(), None, language),
        tone: Tone::of(criterion.state()),
        text: [layer.words(), ": ", criterion.id()].concat(),
        details: Vec::new(),
    });
    blocks.push(Block::List(Style::Marked, entries.collect()));
}

fn sources(blocks: &mut Vec<Block>, explanation: Explanation<'_>, language: &str) {
    let sources = explanation.sources();
    if sources.is_empty() {
        return;
    }
    blocks.push(Block::Heading("Sources"));
    let entries = sources.into_iter().map(|source| {
        let mut details = vec![Detail::Sentence(standing(source, language))];
        details.extend(source.note.as_ref().map(|note| Detail::Sentence(note.to_string())));
        details.extend(source.url.as_ref().map(|url| Detail::Link(url.to_string())));
        Entry { mark: source.id.to_string(), text: source.title.to_string(), details, ..Entry::default() }
    });
    let style = Style::Table("What the decision rests on", ["Name", "Source", "How sure it is"]);
    blocks.push(Block::List(style, entries.collect()));
}

/// Of what layer a source is, and whether somebody verified it.
pub(super) fn standing(source: &Source, language: &str) -> String {
    let mut words = source.layer.words().to_owned();
    words.push_str(match (source.verified, source.checked) {
        (true, Some(_)) => "; verified, last checked ",
        (true, None) => "; verified",
        (false, _) => "; NOT VERIFIED",
    });
    if let Some(checked) = source.checked.filter(|_| source.verified) {
        words.push_str(&date_in_words(checked, language));
    }
    words
}

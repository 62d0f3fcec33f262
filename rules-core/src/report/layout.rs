//! What a report for people says and in which order; how it looks is the format's business.

use crate::explain::{
    Alternative, Combination, Compared, Criterion, Explanation, Missing, Open, Trigger, date_in_words, show,
};
use crate::program::{State, TriggerState};
use crate::value::{Date, Value};

/// A piece of a report.
#[derive(Debug)]
pub(super) enum Block {
    Title(String),
    Heading(&'static str),
    Paragraph(String),
    /// An entry of a list: a mark before it, what it says, and lines below it.
    Entry {
        mark: String,
        text: String,
        details: Vec<String>,
    },
}

/// The whole report.
pub(super) fn lay_out(explanation: Explanation<'_>) -> Vec<Block> {
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
    readings(&mut blocks, explanation, language);
    blocks.push(Block::Heading("Reasons"));
    let open = explanation.open();
    for criterion in explanation.criteria() {
        blocks.push(reason(criterion, &open, language));
    }
    layers(&mut blocks, explanation, language);
    sources(&mut blocks, explanation, language);
    blocks.push(Block::Paragraph(format!(
        "Pack {} {} (SHA-256 {}), engine {} (SHA-256 {}).",
        explanation.pack().id,
        explanation.pack().version,
        explanation.pack().sha256,
        explanation.engine.version,
        explanation.engine.sha256
    )));
    blocks
}

/// The state, and the value where there is one.
fn state_and_value(state: State, value: Option<&Value>, unit: Option<&str>, language: &str) -> String {
    match value {
        Some(value) => show(value, unit, language),
        None if state == State::CannotTell => "cannot tell yet".to_owned(),
        None => state.words().to_owned(),
    }
}

fn outcome(blocks: &mut Vec<Block>, explanation: Explanation<'_>, language: &str) {
    if let Some(outcome) = explanation.outcome() {
        blocks.push(Block::Entry {
            mark: state_and_value(outcome.state(), outcome.value(), outcome.unit(), language),
            text: outcome.title().to_owned(),
            details: outcome.because().into_iter().collect(),
        });
    }
    let sources = explanation.sources();
    let unverified = sources.iter().filter(|source| !source.verified).count();
    if unverified > 0 {
        blocks.push(Block::Paragraph(format!(
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
        for trigger in of_state(TriggerState::Fires) {
            let action = trigger.action().unwrap_or_else(|| trigger.id().to_owned());
            let deadline = match trigger.deadline() {
                Some(deadline) => format!("By: {}", show(&deadline, None, language)),
                None => "By: no deadline stated".to_owned(),
            };
            blocks.push(Block::Entry {
                mark: format!("priority {}", trigger.priority()),
                text: action,
                details: vec![deadline, format!("Trigger: {}. Source: {}", trigger.id(), trigger.sources().join(", "))],
            });
        }
    }
    if of_state(TriggerState::CannotTell).next().is_some() {
        blocks.push(Block::Heading("What cannot be ruled out yet"));
        for trigger in of_state(TriggerState::CannotTell) {
            let meanwhile = trigger.interim().into_iter().map(|interim| {
                let action = interim.action.as_deref().unwrap_or_default();
                match &interim.deadline {
                    Some(deadline) => format!("Meanwhile: {action} By: {}", show(deadline, None, language)),
                    None => format!("Meanwhile: {action}"),
                }
            });
            blocks.push(Block::Entry {
                mark: "cannot tell yet".to_owned(),
                text: trigger.id().to_owned(),
                details: meanwhile.collect(),
            });
        }
    }
}

fn missing(blocks: &mut Vec<Block>, explanation: Explanation<'_>) {
    let missing = explanation.missing();
    if missing.is_empty() {
        return;
    }
    blocks.push(Block::Heading("What to ask next"));
    for (number, Missing { fact, question, settles, asked }) in missing.iter().enumerate() {
        let mut details = vec![format!("Fact: {fact}{}", if *asked { " (asked, and not known)" } else { "" })];
        if !settles.is_empty() {
            details.push(format!("Settles: {}", settles.join(", ")));
        }
        let text = question.unwrap_or(fact).to_owned();
        blocks.push(Block::Entry { mark: format!("{}.", number + 1), text, details });
    }
}

fn readings(blocks: &mut Vec<Block>, explanation: Explanation<'_>, language: &str) {
    if !explanation.depends() {
        return;
    }
    blocks.push(Block::Heading("How the rules are read"));
    blocks.push(Block::Paragraph("The outcome depends on how the rules are read:".to_owned()));
    for reading in explanation.readings() {
        let mut details = Vec::new();
        for Alternative { name, text, sources } in reading.alternatives {
            let words = text.map_or_else(String::new, |text| format!(": {text}"));
            let cited = if sources.is_empty() { String::new() } else { format!(" Source: {}", sources.join(", ")) };
            details.push(format!("{name}{words}{cited}"));
        }
        if !reading.sources.is_empty() {
            details.push(format!("Source: {}", reading.sources.join(", ")));
        }
        let text = reading.question.unwrap_or_default().to_owned();
        blocks.push(Block::Entry { mark: reading.id.to_owned(), text, details });
    }
    blocks.push(Block::Paragraph("Each way leads to:".to_owned()));
    let outcome = explanation.outcome();
    let unit = outcome.and_then(Criterion::unit);
    for Combination { alternatives, state, value } in explanation.combinations() {
        let chosen: Vec<String> = alternatives.iter().map(|(reading, taken)| format!("{reading}: {taken}")).collect();
        blocks.push(Block::Entry {
            mark: state_and_value(state, value.as_ref(), unit, language),
            text: chosen.join("; "),
            details: Vec::new(),
        });
    }
}

fn reason(criterion: Criterion<'_>, open: &[Open], language: &str) -> Block {
    if !criterion.is_needed(open) {
        return Block::Entry { mark: "not needed".to_owned(), text: criterion.title().to_owned(), details: Vec::new() };
    }
    let mut details: Vec<String> = criterion.because().into_iter().collect();
    details.extend(criterion.reason().map(str::to_owned));
    let seen: Vec<String> = criterion.seen().map(|seen| format!("{}: {}", seen.label(), seen.words())).collect();
    if !seen.is_empty() {
        details.push(format!("Facts: {}", seen.join("; ")));
    }
    details.extend(criterion.compared().iter().map(|compared| distance(compared, language)));
    for parameter in criterion.parameters() {
        details.push(format!(
            "Parameter: {} = {} ({}; source {})",
            parameter.title(),
            show(parameter.value(), parameter.unit(), language),
            period(parameter.period.period.from, parameter.period.period.to, language),
            parameter.source()
        ));
    }
    let sources = criterion.sources();
    if !sources.is_empty() {
        details.push(format!("Source: {}", sources.join(", ")));
    }
    Block::Entry {
        mark: state_and_value(criterion.state(), criterion.value(), criterion.unit(), language),
        text: criterion.title().to_owned(),
        details,
    }
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
    format!("Compared: {left} {} {right}, {off}", compared.operator)
}

/// `to` is the first day after the period; people say the last day in it.
fn period(from: Option<Date>, to: Option<Date>, language: &str) -> String {
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
    for (layer, criterion) in layers {
        blocks.push(Block::Entry {
            mark: state_and_value(criterion.state(), criterion.value(), None, language),
            text: format!("{}: {}", layer.words(), criterion.id()),
            details: Vec::new(),
        });
    }
}

fn sources(blocks: &mut Vec<Block>, explanation: Explanation<'_>, language: &str) {
    let sources = explanation.sources();
    if sources.is_empty() {
        return;
    }
    blocks.push(Block::Heading("Sources"));
    for source in sources {
        let verified = match (source.verified, source.checked) {
            (true, Some(checked)) => format!("verified, last checked {}", date_in_words(checked, language)),
            (true, None) => "verified".to_owned(),
            (false, _) => "NOT VERIFIED".to_owned(),
        };
        let mut details = vec![format!("{}; {verified}", source.layer.words())];
        details.extend([&source.note, &source.url].into_iter().flatten().map(ToString::to_string));
        blocks.push(Block::Entry { mark: source.id.to_string(), text: source.title.to_string(), details });
    }
}

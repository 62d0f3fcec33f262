//! Sentences of the pack: states that a decision can have, placeholders that name something, languages that are complete.

use std::sync::Arc;

use super::globals::{GlobalKind, Globals, fact_at};
use super::requirements::facts_behind_decision;
use crate::code;
use crate::diagnostic::{Diagnostic, closest};
use crate::model::{Decision, Fact, FactKind, Logic, Model};
use crate::source::{Place, Span, pointer_to};
use crate::texts::{Part, StateTexts, Texts, parts};

/// States of what is met or not, and of everything else; the first ones are those that need a text once one has any.
const MET_STATES: [&str; 5] = ["met", "not met", "cannot tell", "not applicable", "not in force"];
const DECIDED_STATES: [&str; 4] = ["decided", "cannot tell", "not applicable", "not in force"];

/// The names in placeholders of a sentence.
pub(super) fn placeholders(sentence: &str) -> Vec<(&str, Span)> {
    let name = |part| if let Part::Placeholder(name, span) = part { Some((name, span)) } else { None };
    parts(sentence).into_iter().filter_map(name).collect()
}

/// Checks all sentences of `model`.
pub(super) fn check(model: &Model, globals: &Globals, findings: &mut Vec<Diagnostic>) {
    for (number, decision) in model.decisions.iter().enumerate() {
        check_states(model, decision, "text", &decision.texts, findings);
        check_states(model, decision, "citizen_text", &decision.citizen_texts, findings);
        for (state, texts, pointer) in decision.texts.iter().chain(&decision.citizen_texts) {
            check_texts(model, globals, texts, pointer, findings);
            if &**state == "cannot tell" {
                check_known(model, number, decision, texts, pointer, findings);
            }
        }
        if let Logic::Triggers(triggers) = &decision.logic {
            for trigger in triggers {
                let mut check = |texts: &Texts, of: &str, field: &str| {
                    let pointer = pointer_to(of, field);
                    check_texts(model, globals, texts, &pointer, findings);
                    missing_languages(model, texts, &pointer, findings);
                };
                check(&trigger.action, &trigger.pointer, "action");
                check(&trigger.citizen_action, &trigger.pointer, "citizen_action");
                if let Some(interim) = &trigger.while_cannot_tell {
                    let pointer = pointer_to(&trigger.pointer, "while_cannot_tell");
                    check(&interim.action, &pointer, "action");
                    check(&interim.citizen_action, &pointer, "citizen_action");
                }
            }
        }
    }
}

/// Warns of every other text that lacks a language of the pack: titles, questions, and what readings say.
pub(super) fn check_languages(model: &Model, findings: &mut Vec<Diagnostic>) {
    let mut check = |texts: &Texts, of: &str, field: &str| {
        missing_languages(model, texts, &pointer_to(of, field), findings);
    };
    check(&model.title, "", "title");
    check(&model.contact, "", "contact");
    for parameter in &model.parameters {
        check(&parameter.title, &parameter.pointer, "title");
    }
    for reading in &model.readings {
        check(&reading.question, &reading.pointer, "question");
        let alternatives = pointer_to(&reading.pointer, "alternatives");
        for alternative in &reading.alternatives {
            check(&alternative.text, &pointer_to(&alternatives, &alternative.name), "text");
        }
    }
    for decision in &model.decisions {
        check(&decision.title, &decision.pointer, "title");
    }
    check_questions(model, &model.facts, findings);
}

fn check_questions(model: &Model, fact: &Fact, findings: &mut Vec<Diagnostic>) {
    let pointer = pointer_to(&fact.pointer, "x-text");
    let options = fact.options.iter().map(|(_, texts)| texts);
    for texts in [&fact.question, &fact.label].into_iter().chain(options) {
        // several of one fact, and facts of one definition, stand in the same place
        if !findings.iter().any(|known| known.code == &code::MISSING_TEXT && known.place.pointer == pointer) {
            missing_languages(model, texts, &pointer, findings);
        }
    }
    match &fact.kind {
        FactKind::List { items, .. } => check_questions(model, items, findings),
        FactKind::Object { fields } => fields.iter().for_each(|field| check_questions(model, field, findings)),
        _ => {}
    }
}

/// Which states the decision's kind has, and how many of them need a text.
fn states_of(decision: &Decision) -> (&'static [&'static str], usize) {
    match &decision.logic {
        Logic::Criterion(_) | Logic::Group { .. } => (&MET_STATES, 2),
        Logic::Expression(_) | Logic::Table(_) | Logic::Triggers(_) => (&DECIDED_STATES, 1),
        Logic::Function(_) => (&[], 0),
    }
}

/// Checks the sentences that stand in the `field` of a decision.
fn check_states(
    model: &Model,
    decision: &Decision,
    field: &str,
    sentences: &StateTexts,
    findings: &mut Vec<Diagnostic>,
) {
    let (states, needed) = states_of(decision);
    for (state, texts, pointer) in sentences {
        if !states.contains(&&**state) {
            let message = format!("`{}` is never `{state}`", decision.name);
            let help = match states {
                [] => "a function has no state; the decisions that call it have".to_owned(),
                _ => format!("its states are {}", listed(states)),
            };
            findings.push(Diagnostic::new(&code::UNKNOWN_STATE, Place::at(pointer), message).help(help));
        }
        missing_languages(model, texts, pointer, findings);
    }
    // a sentence under a wrong state is likely the one that would be missed
    let wrong = sentences.iter().any(|(state, _, _)| !states.contains(&&**state));
    if sentences.is_empty() || wrong {
        return;
    }
    for state in states.iter().take(needed) {
        if !sentences.iter().any(|(known, _, _)| **known == **state) {
            let message = format!("`{}` has no {} for the state `{state}`", decision.name, field.replace('_', " "));
            let help = "add a sentence that says what this state means for the person";
            let place = Place::at(pointer_to(&decision.pointer, field));
            findings.push(Diagnostic::new(&code::MISSING_TEXT, place, message).help(help));
        }
    }
}

/// Warns of languages that a text lacks, if there is one at all.
fn missing_languages(model: &Model, texts: &Texts, pointer: &str, findings: &mut Vec<Diagnostic>) {
    for language in model.languages.iter().filter(|_| !texts.0.is_empty()) {
        if !texts.0.iter().any(|(known, _)| known == language) {
            let message = format!("the text is missing in the language `{language}`");
            let help = "other texts of the pack have it; add it here, or readers see another language";
            findings.push(Diagnostic::new(&code::MISSING_TEXT, Place::at(pointer), message).help(help));
        }
    }
}

fn check_texts(model: &Model, globals: &Globals, texts: &Texts, pointer: &str, findings: &mut Vec<Diagnostic>) {
    for (language, sentence) in &texts.0 {
        for (name, span) in placeholders(sentence) {
            let place = Place::within(pointer_to(pointer, language), span);
            findings.extend(check_placeholder(model, globals, name, place));
        }
    }
}

fn check_placeholder(model: &Model, globals: &Globals, name: &str, place: Place) -> Option<Diagnostic> {
    let steps: Vec<&str> = name.split('.').collect();
    if steps.len() > 1 && fact_at(model, &steps).is_some() {
        return None;
    }
    let message = match globals.get(name).map(|global| &global.kind) {
        Some(GlobalKind::Function(_)) => format!("`{name}` is a function, and only values can be printed"),
        Some(_) => return None,
        None => format!("`{{{name}}}` names nothing that could be printed"),
    };
    let finding = Diagnostic::new(&code::UNKNOWN_PLACEHOLDER, place, message);
    let known = known_names(model);
    Some(match closest(name, known.iter().map(AsRef::as_ref)) {
        Some(near) => finding.help(format!("did you mean `{{{near}}}`?")),
        None => finding.help("a placeholder is the name of a fact, parameter, reading or decision"),
    })
}

/// Warns of placeholders for what is likely not known where the decision cannot be told: its own value, and what it rests on.
fn check_known(
    model: &Model,
    number: usize,
    decision: &Decision,
    texts: &Texts,
    pointer: &str,
    findings: &mut Vec<Diagnostic>,
) {
    let behind = facts_behind_decision(model, number);
    for (language, sentence) in &texts.0 {
        for (name, span) in placeholders(sentence) {
            let first = name.split('.').next().unwrap_or(name);
            if name != &*decision.name && (first == "as_of" || !behind.contains(first)) {
                continue;
            }
            let message = format!("`{{{name}}}` may be what is not known where this cannot be told");
            let help = "say what is missing in words, without the value";
            let place = Place::within(pointer_to(pointer, language), span);
            findings.push(Diagnostic::new(&code::OPEN_PLACEHOLDER, place, message).help(help));
        }
    }
}

/// The names that a placeholder may have.
fn known_names(model: &Model) -> Vec<Arc<str>> {
    let mut names: Vec<Arc<str>> = vec!["as_of".into()];
    if let FactKind::Object { fields } = &model.facts.kind {
        for fact in fields {
            names.push(fact.name.clone());
            if let FactKind::Object { fields } = &fact.kind {
                names.extend(fields.iter().map(|field| format!("{}.{}", fact.name, field.name).into()));
            }
        }
    }
    names.extend(model.parameters.iter().map(|parameter| parameter.name.clone()));
    names.extend(model.readings.iter().map(|reading| reading.name.clone()));
    let values = model.decisions.iter().filter(|decision| !matches!(decision.logic, Logic::Function(_)));
    names.extend(values.map(|decision| decision.name.clone()));
    names
}

fn listed(words: &[&str]) -> String {
    let quoted: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
    quoted.join(", ")
}

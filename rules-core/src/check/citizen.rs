//! Sentences for the person: none may rest on a sensitive fact, directly, through other decisions, readings and parameters,
//! or by what it prints. A sentence is said only in its state, so it would tell what the state depends on.

use std::sync::Arc;

use super::requirements::{Free, behind, decision_formulas, free_names};
use super::texts::placeholders;
use crate::code;
use crate::diagnostic::Diagnostic;
use crate::model::{Decision, Fact, FactKind, Formula, Logic, Model, Trigger};
use crate::source::{Place, Span, pointer_to};
use crate::texts::Texts;

/// Complains of every sentence for the person that would give a sensitive fact away.
pub(super) fn check(model: &Model, findings: &mut Vec<Diagnostic>) {
    if !holds_sensitive(&model.facts) {
        return;
    }
    for decision in &model.decisions {
        if !decision.citizen_texts.is_empty() {
            let found = gives_away(model, decision_formulas(decision));
            let pointer = pointer_to(&decision.pointer, "citizen_text");
            let sentences = decision.citizen_texts.iter().map(|(_, texts, pointer)| (texts, pointer.as_str()));
            complain(model, &decision.name, found, &pointer, sentences, findings);
        }
        if let Logic::Triggers(triggers) = &decision.logic {
            triggers.iter().for_each(|trigger| check_trigger(model, decision, trigger, findings));
        }
    }
}

fn check_trigger(model: &Model, decision: &Decision, trigger: &Trigger, findings: &mut Vec<Diagnostic>) {
    let own = (&trigger.citizen_action, pointer_to(&trigger.pointer, "citizen_action"));
    let interim = trigger.while_cannot_tell.as_ref();
    let interim = interim
        .map(|interim| (&interim.citizen_action, [&*trigger.pointer, "/while_cannot_tell/citizen_action"].concat()));
    for (texts, pointer) in [Some(own), interim].into_iter().flatten().filter(|(texts, _)| !texts.0.is_empty()) {
        let mut formulas = vec![&trigger.when];
        formulas.extend(&trigger.deadline);
        formulas.extend(trigger.while_cannot_tell.iter().filter_map(|interim| interim.deadline.as_ref()));
        formulas.extend(&decision.applies_when);
        formulas.extend(decision.in_force.iter().filter_map(|in_force| in_force.basis.as_ref()));
        let found = gives_away(model, formulas);
        complain(model, &trigger.name, found, &pointer, std::iter::once((texts, pointer.as_str())), findings);
    }
}

/// Says what gives a fact away: the thing itself, which has the name, or else placeholders of its sentences.
fn complain<'m>(
    model: &Model,
    name: &str,
    found: Option<Free>,
    pointer: &str,
    sentences: impl Iterator<Item = (&'m Texts, &'m str)>,
    findings: &mut Vec<Diagnostic>,
) {
    let mut push = |place: Place, what: &str, verb: &str, free: &Free| {
        let mut message = [what, verb, " the sensitive fact `", &free.path, "`"].concat();
        if free.by != free.name {
            message = [&message, ", by way of `", &free.by, "`"].concat();
        }
        let help = "the person's report must not give it away: leave the sentence out, and let the office say it";
        findings.push(Diagnostic::new(&code::SENSITIVE_CITIZEN_TEXT, place, message).help(help));
    };
    if let Some(free) = found {
        return push(Place::at(pointer), &["`", name, "`"].concat(), " rests on", &free);
    }
    for (texts, pointer) in sentences {
        for (language, sentence) in &texts.0 {
            for (printed, span) in placeholders(sentence) {
                if let Some(free) = sensitive_behind(model, vec![named(printed)]) {
                    let place = Place::within(pointer_to(pointer, language), span);
                    let verb = if free.by == free.name { " prints" } else { " rests on" };
                    push(place, &["`{", printed, "}`"].concat(), verb, &free);
                }
            }
        }
    }
}

/// What a placeholder names, as a text of FEEL would.
fn named(placeholder: &str) -> Free {
    let name: Arc<str> = placeholder.split('.').next().unwrap_or_default().into();
    Free { path: placeholder.into(), span: Span::default(), by: name.clone(), name }
}

/// A sensitive fact on which one of the formulas rests, or the days on which the pack holds.
fn gives_away<'m>(model: &'m Model, mut formulas: Vec<&'m Formula>) -> Option<Free> {
    formulas.extend(model.in_force.iter().filter_map(|in_force| in_force.basis.as_ref()));
    sensitive_behind(model, formulas.iter().flat_map(|formula| free_names(&formula.expr)).collect())
}

fn sensitive_behind(model: &Model, open: Vec<Free>) -> Option<Free> {
    behind(model, open).into_iter().find(|free| is_sensitive(model, free))
}

/// Whether the fact that is named, something around it or something inside it is sensitive.
fn is_sensitive(model: &Model, free: &Free) -> bool {
    let mut fact = &model.facts;
    for step in free.path.split('.') {
        let FactKind::Object { fields } = &fact.kind else { break };
        match fields.iter().find(|field| *field.name == *step) {
            Some(field) => fact = field,
            // the name of something else, or a member that no fact has
            None if std::ptr::eq(fact, &model.facts) => return false,
            None => break,
        }
        if fact.sensitive {
            return true;
        }
    }
    holds_sensitive(fact)
}

fn holds_sensitive(fact: &Fact) -> bool {
    fact.sensitive
        || match &fact.kind {
            FactKind::Object { fields } => fields.iter().any(holds_sensitive),
            FactKind::List { items, .. } => holds_sensitive(items),
            _ => false,
        }
}

//! Parameters, readings and decisions: the type of each, and whether it is one that its kind can have.

use std::sync::Arc;

use super::complaints::conversion;
use super::decision_table;
use super::expression::Inference;
use super::globals::{GlobalKind, Globals};
use super::known::Known;
use super::requirements::Part;
use crate::code;
use crate::diagnostic::Diagnostic;
use crate::feel::ast::ExprKind;
use crate::model::{Applicability, Decision, Document, Formula, GroupRule, Logic, Model, Trigger};
use crate::source::Place;
use crate::types::Type;
use crate::value::bounds::Bounds;
use crate::value::order::sort_by;

/// Checks all parts in an order in which each comes after those that it needs; their types go to `globals`.
pub(super) fn check_all(model: &Model, order: &[Part], globals: &mut Globals, findings: &mut Vec<Diagnostic>) {
    let mut found: Vec<(Part, Vec<Diagnostic>)> = Vec::new();
    for part in order {
        let mut here = Vec::new();
        let checked = match *part {
            Part::Parameter(number) => model.parameters.get(number).map(|parameter| {
                typed(globals, &parameter.basis, &Type::Date, "the basis of a parameter", &mut here);
                (&parameter.name, GlobalKind::Parameter, parameter.value_type.clone(), Learned::default())
            }),
            Part::Reading(number) => model.readings.get(number).map(|reading| {
                let types = reading
                    .alternatives
                    .iter()
                    .map(|alternative| Inference::new(globals, &alternative.formula, &mut here).whole());
                let joined = types.reduce(|left, right| left.join(&right)).unwrap_or(Type::Any);
                if joined == Type::Any && reading.alternatives.iter().all(|alternative| is_whole(&alternative.formula))
                {
                    complain_of_mixed_reading(globals, reading, &mut here);
                }
                let formulas = reading.alternatives.iter().map(|alternative| &alternative.formula);
                (&reading.name, GlobalKind::Reading, joined, learned_of_any(globals, formulas))
            }),
            Part::Decision(number) => model.decisions.get(number).map(|decision| {
                globals.assumed = check_applicability(decision, globals, &mut here);
                let result = check_decision(model, decision, globals, &mut here);
                let learned = learned_of(decision, globals);
                globals.assumed = Vec::new();
                let kind = match &decision.logic {
                    Logic::Function(formula) => GlobalKind::Function(parameter_names(formula)),
                    _ => GlobalKind::Decision,
                };
                (&decision.name, kind, result, learned)
            }),
        };
        if let Some((name, kind, value_type, learned)) = checked {
            if here.iter().any(Diagnostic::is_error) {
                globals.note_fault(name);
            }
            match part {
                // all that is known of it stands in the document
                Part::Parameter(_) => {}
                _ if model.broken.contains(name) => {}
                Part::Reading(_) | Part::Decision(_) => {
                    globals.add(name, kind, value_type);
                    globals.learn(name, learned.bounds, learned.items, learned.when_true);
                }
            }
        }
        found.push((*part, here));
    }
    if let Some(in_force) = &model.in_force {
        basis(globals, in_force, findings);
    }
    // in the order of the document rather than of need
    sort_by(&mut found, |(left, _), (right, _)| left.cmp(right));
    findings.extend(found.into_iter().flat_map(|(_, here)| here));
}

/// What is known of a decision or reading beside its type.
#[derive(Default)]
struct Learned {
    bounds: Bounds,
    items: Bounds,
    when_true: Vec<Known>,
}

fn learned_of(decision: &Decision, globals: &Globals) -> Learned {
    let mut silent = Vec::new();
    match &decision.logic {
        Logic::Criterion(formula) => {
            let when_true = Inference::new(globals, formula, &mut silent).learned(&formula.expr, true);
            Learned { when_true, ..Learned::default() }
        }
        Logic::Expression(formula) => learned_of_any(globals, std::iter::once(formula)),
        Logic::Group { .. } | Logic::Table(_) | Logic::Triggers(_) | Logic::Function(_) => Learned::default(),
    }
}

/// What holds of each of the formulas.
fn learned_of_any<'f>(globals: &Globals, formulas: impl Iterator<Item = &'f Formula>) -> Learned {
    let mut silent = Vec::new();
    let each = formulas.map(|formula| {
        let inference = Inference::new(globals, formula, &mut silent);
        (inference.bounds(&formula.expr), inference.items(&formula.expr))
    });
    let all = each.reduce(|left, right| (left.0.or(right.0), left.1.or(right.1)));
    let (bounds, items) = all.unwrap_or_default();
    Learned { bounds, items, when_true: Vec::new() }
}

fn parameter_names(formula: &Formula) -> Vec<Arc<str>> {
    match &formula.expr.kind {
        ExprKind::Function { parameters, .. } => parameters.iter().map(|parameter| parameter.name.clone()).collect(),
        _ => Vec::new(),
    }
}

/// Whether the text could be read.
fn is_whole(formula: &Formula) -> bool {
    !matches!(formula.expr.kind, ExprKind::Error)
}

fn complain_of_mixed_reading(globals: &Globals, reading: &crate::model::Reading, findings: &mut Vec<Diagnostic>) {
    let mut silent = Vec::new();
    let types: Vec<Type> = reading
        .alternatives
        .iter()
        .map(|alternative| Inference::new(globals, &alternative.formula, &mut silent).whole())
        .collect();
    if types.contains(&Type::Any) {
        return;
    }
    let words: Vec<String> = types.iter().map(Type::words).collect();
    let message = format!("the alternatives of `{}` are of different types: {}", reading.name, words.join(", "));
    let help = "every alternative reads the same point, so all give the same type";
    findings.push(Diagnostic::new(&code::WRONG_TYPE, Place::at(&reading.pointer), message).help(help));
}

/// Checks that the whole of `formula` may be of type `wanted`, and gives its type.
pub(super) fn typed(
    globals: &Globals,
    formula: &Formula,
    wanted: &Type,
    role: &str,
    findings: &mut Vec<Diagnostic>,
) -> Type {
    let mut inference = Inference::new(globals, formula, findings);
    let found = inference.whole();
    inference.expect(&formula.expr, found, wanted, role)
}

/// The basis of a period must be a date.
pub(super) fn basis(globals: &Globals, in_force: &Applicability, findings: &mut Vec<Diagnostic>) {
    if let Some(basis) = &in_force.basis {
        typed(globals, basis, &Type::Date, "the basis of a period", findings);
    }
}

/// Checks when the decision applies, and gives what is known of the cases in which it does.
fn check_applicability(decision: &Decision, globals: &Globals, findings: &mut Vec<Diagnostic>) -> Vec<Known> {
    if let Some(in_force) = &decision.in_force {
        basis(globals, in_force, findings);
    }
    let Some(condition) = &decision.applies_when else { return Vec::new() };
    typed(globals, condition, &Type::Boolean, "`applies_when`", findings);
    Inference::new(globals, condition, &mut Vec::new()).learned(&condition.expr, true)
}

fn check_decision(model: &Model, decision: &Decision, globals: &Globals, findings: &mut Vec<Diagnostic>) -> Type {
    let result = match &decision.logic {
        Logic::Criterion(formula) => {
            typed(globals, formula, &Type::Boolean, "a criterion", findings);
            Type::Boolean
        }
        Logic::Expression(formula) => Inference::new(globals, formula, findings).whole(),
        Logic::Group { rule, members } => {
            for member in members {
                typed(globals, member, &Type::Boolean, "a member of a group", findings);
            }
            check_count(decision, *rule, members.len(), findings);
            Type::Boolean
        }
        Logic::Table(table) => decision_table::check(model, table, globals, findings),
        Logic::Triggers(triggers) => {
            triggers.iter().for_each(|trigger| check_trigger(trigger, globals, findings));
            let names = triggers.iter().map(|trigger| trigger.name.clone()).collect();
            Type::list(Type::OneOf(Arc::new(names)))
        }
        Logic::Function(formula) => Inference::new(globals, formula, findings).whole(),
    };
    match result {
        // what a function gives is held to the type, not the function
        Type::Function { parameters, result } if matches!(decision.logic, Logic::Function(_)) => {
            Type::Function { parameters, result: Arc::new(held_to_type(model, decision, (*result).clone(), findings)) }
        }
        result => held_to_type(model, decision, result, findings),
    }
}

/// The type of a result, where the decision declares one.
fn held_to_type(model: &Model, decision: &Decision, result: Type, findings: &mut Vec<Diagnostic>) -> Type {
    let Some(declared_type) = &decision.declared_type else { return result };
    let declared = &declared_type.structure();
    if !result.may_become(declared) && result != Type::Null {
        findings.push(other_type(model, decision, declared, &result));
        return Type::Any;
    }
    // what a declaration allows is what readers may count on, null aside
    match result.may_be_null() || declared_type.is_restricted() {
        true => declared.clone().or_null(),
        false => declared.clone(),
    }
}

/// A decision that never gives what it is declared to give; in a mapping, what the fact or the date needs.
fn other_type(model: &Model, decision: &Decision, declared: &Type, result: &Type) -> Diagnostic {
    if let (Document::Mapping, Logic::Expression(formula)) = (model.document, &decision.logic) {
        let (wanted, found) = (declared.without_null().words(), result.without_null().words());
        let place = formula.place(formula.expr.span);
        let diagnostic = Diagnostic::new(&code::WRONG_TYPE, place, format!("this needs {wanted}, and gives {found}"));
        return match conversion(&formula.expr, result, declared) {
            Some(help) => diagnostic.help(help),
            None => diagnostic,
        };
    }
    let message = format!("`{}` is declared as {}, and is {}", decision.name, declared.words(), result.words());
    let help = "change the declared type, or leave it out";
    Diagnostic::new(&code::WRONG_TYPE, Place::at(&decision.pointer), message).help(help)
}

fn check_count(decision: &Decision, rule: GroupRule, members: usize, findings: &mut Vec<Diagnostic>) {
    let GroupRule::AtLeast(count) = rule else { return };
    let many = usize::try_from(count).unwrap_or(usize::MAX);
    let message = match many {
        0 => format!("`{}` asks for at least 0 members, which is always met", decision.name),
        _ if many > members => {
            format!("`{}` asks for at least {count} of {members} members, which is never met", decision.name)
        }
        _ => return,
    };
    let place = Place::at(format!("{}/at_least/count", decision.pointer));
    findings.push(Diagnostic::new(&code::ALWAYS_SAME, place, message).help("change the count"));
}

fn check_trigger(trigger: &Trigger, globals: &Globals, findings: &mut Vec<Diagnostic>) {
    typed(globals, &trigger.when, &Type::Boolean, "the condition of a trigger", findings);
    let deadlines =
        trigger.deadline.iter().chain(trigger.while_cannot_tell.iter().filter_map(|interim| interim.deadline.as_ref()));
    for deadline in deadlines {
        let mut inference = Inference::new(globals, deadline, findings);
        let found = inference.whole();
        let fits = matches!(
            found.without_null(),
            Type::Date
                | Type::DateTime
                | Type::DayTimeDuration
                | Type::YearMonthDuration
                | Type::String
                | Type::OneOf(_)
                | Type::Any
        );
        if !fits {
            let message = format!("a deadline is a date, a duration or a text, and this is {}", found.words());
            let help = "write `as_of + duration(\"P28D\")`, or what people say: `\"the same day\"`".to_owned();
            inference.complain(&code::WRONG_TYPE, deadline.expr.span, message, Some(help));
        }
    }
}

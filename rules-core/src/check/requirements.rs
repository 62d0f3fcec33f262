//! What needs what: the order of checking and deciding, circles, and what nothing reads.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::texts::placeholders;
use crate::code;
use crate::diagnostic::Diagnostic;
use crate::feel::ast::{Arguments, Expr, ExprKind, Iterator};
use crate::model::{Cell, Decision, FactKind, Formula, Logic, Model};
use crate::source::{Place, Span};

/// Something that is worked out before what reads it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Part {
    Parameter(usize),
    Reading(usize),
    Decision(usize),
}

/// A part that another one reads, and where.
struct Need {
    part: Part,
    place: Place,
}

/// Who reads what.
pub(super) struct Requirements {
    needs: BTreeMap<Part, Vec<Need>>,
    /// Every name that some FEEL text of the model uses.
    used: BTreeSet<Arc<str>>,
}

/// Gathers them from all FEEL texts of `model`.
pub(super) fn of(model: &Model) -> Requirements {
    let parts = names(model);
    let mut requirements = Requirements { needs: BTreeMap::new(), used: BTreeSet::new() };
    for part in all(model) {
        let mut needs = Vec::new();
        for formula in formulas(model, part) {
            for Free { name, span, .. } in free_names(&formula.expr) {
                if let Some(part) = parts.get(&name) {
                    needs.push(Need { part: *part, place: formula.place(span) });
                }
                requirements.used.insert(name);
            }
        }
        requirements.needs.insert(part, needs);
    }
    if let Some(basis) = model.in_force.as_ref().and_then(|in_force| in_force.basis.as_ref()) {
        requirements.used.extend(free_names(&basis.expr).into_iter().map(|free| free.name));
    }
    requirements
}

fn all(model: &Model) -> impl std::iter::Iterator<Item = Part> {
    let parameters = (0..model.parameters.len()).map(Part::Parameter);
    let readings = (0..model.readings.len()).map(Part::Reading);
    parameters.chain(readings).chain((0..model.decisions.len()).map(Part::Decision))
}

fn names(model: &Model) -> BTreeMap<Arc<str>, Part> {
    all(model).filter_map(|part| Some((name_of(model, part)?, part))).collect()
}

fn name_of(model: &Model, part: Part) -> Option<Arc<str>> {
    Some(match part {
        Part::Parameter(number) => model.parameters.get(number)?.name.clone(),
        Part::Reading(number) => model.readings.get(number)?.name.clone(),
        Part::Decision(number) => model.decisions.get(number)?.name.clone(),
    })
}

/// Every FEEL text that a part is worked out from.
fn formulas(model: &Model, part: Part) -> Vec<&Formula> {
    match part {
        Part::Parameter(number) => model.parameters.get(number).map(|parameter| &parameter.basis).into_iter().collect(),
        Part::Reading(number) => {
            let alternatives = model.readings.get(number).map(|reading| reading.alternatives.as_slice());
            alternatives.unwrap_or_default().iter().map(|alternative| &alternative.formula).collect()
        }
        Part::Decision(number) => model.decisions.get(number).map(decision_formulas).unwrap_or_default(),
    }
}

pub(super) fn decision_formulas(decision: &Decision) -> Vec<&Formula> {
    let mut found: Vec<&Formula> = decision.applies_when.iter().collect();
    found.extend(decision.in_force.iter().filter_map(|in_force| in_force.basis.as_ref()));
    match &decision.logic {
        Logic::Criterion(formula) | Logic::Expression(formula) | Logic::Function(formula) => found.push(formula),
        Logic::Group { members, .. } => found.extend(members),
        Logic::Table(table) => {
            found.extend(&table.inputs);
            for rule in &table.rules {
                found.extend(
                    rule.cells.iter().filter_map(|cell| if let Cell::Tests(tests) = cell { Some(tests) } else { None }),
                );
                found.extend(&rule.results);
                found.extend(rule.in_force.iter().filter_map(|in_force| in_force.basis.as_ref()));
            }
            found.extend(table.default.iter().flatten());
        }
        Logic::Triggers(triggers) => {
            for trigger in triggers {
                found.push(&trigger.when);
                found.extend(&trigger.deadline);
                found.extend(trigger.while_cannot_tell.iter().filter_map(|interim| interim.deadline.as_ref()));
            }
        }
    }
    found
}

impl Requirements {
    /// All parts, each after those that it needs. Circles are complained of and cut open.
    pub(super) fn order(&self, model: &Model, findings: &mut Vec<Diagnostic>) -> Vec<Part> {
        let mut order = Vec::new();
        let mut done: BTreeSet<Part> = BTreeSet::new();
        // parts on the way, each with how many of its needs have been followed
        let mut way: Vec<(Part, usize)> = Vec::new();
        for start in all(model) {
            if !done.contains(&start) {
                way.push((start, 0));
            }
            while let Some((part, followed)) = way.last_mut() {
                let part = *part;
                let next = self.needs.get(&part).and_then(|needs| needs.get(*followed));
                *followed += 1;
                match next {
                    None => {
                        done.insert(part);
                        order.push(part);
                        way.pop();
                    }
                    Some(need) if done.contains(&need.part) => {}
                    Some(need) => match way.iter().position(|(other, _)| *other == need.part) {
                        None => way.push((need.part, 0)),
                        Some(first) => {
                            let circle: Vec<Part> = way.iter().skip(first).map(|(part, _)| *part).collect();
                            complain_of_circle(model, &circle, need, findings);
                        }
                    },
                }
            }
        }
        order
    }

    /// Warns of parameters, readings and facts that no text uses, and of decisions that no answer rests on.
    pub(super) fn unused(&self, model: &Model, findings: &mut Vec<Diagnostic>) {
        let printed = printed_names(model);
        let used = |name: &Arc<str>| self.used.contains(name) || printed.contains(name);
        let mut warn = |pointer: &str, what: &str, name: &str, help: &str| {
            let message = format!("nothing reads the {what} `{name}`");
            findings.push(Diagnostic::new(&code::UNUSED, Place::at(pointer), message).help(help));
        };
        if let FactKind::Object { fields } = &model.facts.kind {
            for fact in fields.iter().filter(|fact| !used(&fact.name)) {
                warn(
                    &fact.pointer,
                    "fact",
                    &fact.name,
                    "use it in a decision, or leave it out: no form will ask for it",
                );
            }
        }
        for parameter in model.parameters.iter().filter(|parameter| !used(&parameter.name)) {
            let what = if parameter.is_calendar { "calendar" } else { "parameter" };
            warn(&parameter.pointer, what, &parameter.name, "use it in a decision, or leave it out");
        }
        for reading in model.readings.iter().filter(|reading| !used(&reading.name)) {
            warn(&reading.pointer, "reading", &reading.name, "use it in a decision, or leave it out");
        }
        let reached = self.reached(model);
        for (number, decision) in model.decisions.iter().enumerate() {
            if !reached.contains(&Part::Decision(number)) && !model.broken.contains(&decision.name) {
                let message = format!("neither the outcome nor any trigger or layer rests on `{}`", decision.name);
                let help = "name it in a decision that does, or leave it out: it is never worked out";
                findings.push(Diagnostic::new(&code::UNUSED, Place::at(&decision.pointer), message).help(help));
            }
        }
    }

    /// What is worked out for a case: the outcome, the decisions that speak for layers, triggers, and all they need.
    fn reached(&self, model: &Model) -> BTreeSet<Part> {
        let parts = names(model);
        let triggers =
            model.decisions.iter().enumerate().filter(|(_, decision)| matches!(decision.logic, Logic::Triggers(_)));
        let mut open: Vec<Part> = triggers.map(|(number, _)| Part::Decision(number)).collect();
        open.push(Part::Decision(model.outcome));
        open.extend(model.layers.iter().map(|(_, number)| Part::Decision(*number)));
        let mut reached = BTreeSet::new();
        while let Some(part) = open.pop() {
            if !reached.insert(part) {
                continue;
            }
            open.extend(self.needs.get(&part).into_iter().flatten().map(|need| need.part));
            if let Part::Decision(number) = part
                && let Some(decision) = model.decisions.get(number)
            {
                let printed = texts_of(decision).into_iter().flat_map(placeholders);
                open.extend(printed.filter_map(|(name, _)| parts.get(name)));
            }
        }
        reached
    }
}

/// The facts (and `as_of`) on which the value of `formula` rests, through all decisions, readings and parameters.
pub(super) fn facts_behind(model: &Model, formula: &Formula) -> BTreeSet<Arc<str>> {
    names_of(behind(model, free_names(&formula.expr)))
}

/// The facts (and `as_of`) on which the decision of that number rests.
pub(super) fn facts_behind_decision(model: &Model, decision: usize) -> BTreeSet<Arc<str>> {
    let formulas = formulas(model, Part::Decision(decision)).into_iter();
    names_of(behind(model, formulas.flat_map(|formula| free_names(&formula.expr)).collect()))
}

fn names_of(facts: Vec<Free>) -> BTreeSet<Arc<str>> {
    let mut names = BTreeSet::new();
    for free in facts {
        if crate::builtins::find(&free.name).is_none() {
            names.insert(free.name);
        }
    }
    names
}

/// What `open` comes down to that no decision, reading or parameter is called: facts, `as_of` and builtins.
pub(super) fn behind(model: &Model, mut open: Vec<Free>) -> Vec<Free> {
    let parts = names(model);
    let mut seen = BTreeSet::new();
    let mut found = Vec::new();
    while let Some(free) = open.pop() {
        let Some(part) = parts.get(&free.name) else {
            found.push(free);
            continue;
        };
        if seen.insert(*part) {
            let needed = formulas(model, *part).into_iter().flat_map(|formula| free_names(&formula.expr));
            open.extend(needed.map(|needed| Free { by: free.name.clone(), ..needed }));
        }
    }
    found
}

fn complain_of_circle(model: &Model, circle: &[Part], last: &Need, findings: &mut Vec<Diagnostic>) {
    let mut names: Vec<String> =
        circle.iter().filter_map(|part| Some(format!("`{}`", name_of(model, *part)?))).collect();
    let first = names.first().cloned().unwrap_or_default();
    names.push(first.clone());
    let message = match names.as_slice() {
        [_, _] => format!("{first} needs itself"),
        [_, rest @ ..] => format!("{first} needs {}", rest.join(", which needs ")),
        [] => return,
    };
    let help = "one of them must be decided from facts alone; take the name out where the circle closes";
    findings.push(Diagnostic::new(&code::CYCLE, last.place.clone(), message).help(help));
}

/// All texts of a decision that a person may read.
pub(super) fn texts_of(decision: &Decision) -> Vec<&str> {
    let mut found: Vec<&str> = Vec::new();
    for (_, texts, _) in decision.texts.iter().chain(&decision.citizen_texts) {
        found.extend(texts.0.iter().map(|(_, text)| &**text));
    }
    if let Logic::Triggers(triggers) = &decision.logic {
        for trigger in triggers {
            let interim = trigger.while_cannot_tell.as_ref();
            let interim = interim.map(|interim| [&interim.action, &interim.citizen_action]);
            let texts = [&trigger.action, &trigger.citizen_action].into_iter().chain(interim.into_iter().flatten());
            found.extend(texts.flat_map(|texts| &texts.0).map(|(_, text)| &**text));
        }
    }
    found
}

/// The first name of every placeholder in the pack's texts.
fn printed_names(model: &Model) -> BTreeSet<Arc<str>> {
    let texts = model.decisions.iter().flat_map(texts_of);
    let names = texts.flat_map(placeholders);
    names.map(|(name, _)| Arc::from(name.split('.').next().unwrap_or(""))).collect()
}

/// A name that comes from outside an expression.
#[derive(Clone)]
pub(super) struct Free {
    pub(super) name: Arc<str>,
    pub(super) span: Span,
    /// The name with the members that follow it: `contract.initial_value`.
    pub(super) path: Arc<str>,
    /// The decision, reading or parameter that uses it, where it was followed through others; otherwise the name itself.
    pub(super) by: Arc<str>,
}

/// The names that `expr` takes from outside itself.
pub(super) fn free_names(expr: &Expr) -> Vec<Free> {
    let mut walk = Walk { locals: Vec::new(), found: Vec::new() };
    walk.expr(expr);
    walk.found
}

struct Walk {
    locals: Vec<Arc<str>>,
    found: Vec<Free>,
}

impl Walk {
    fn expr(&mut self, expr: &Expr) {
        match &expr.kind {
            ExprKind::Name(name) if !self.locals.contains(name) => {
                self.found.push(Free { name: name.clone(), span: expr.span, path: name.clone(), by: name.clone() });
            }
            ExprKind::Null
            | ExprKind::Boolean(_)
            | ExprKind::Number(_)
            | ExprKind::String(_)
            | ExprKind::At(_)
            | ExprKind::Name(_)
            | ExprKind::Input
            | ExprKind::Error => {}
            ExprKind::Path { base, member, .. } => {
                let before = self.found.len();
                self.expr(base);
                if matches!(base.kind, ExprKind::Name(_) | ExprKind::Path { .. })
                    && let [free] = self.found.get_mut(before..).unwrap_or_default()
                {
                    free.path = [&*free.path, ".", member].concat().into();
                }
            }
            ExprKind::Filter { base, condition } => self.each([&**base, &**condition]),
            ExprKind::Call { function, arguments } => {
                self.expr(function);
                match arguments {
                    Arguments::Positional(values) => self.each(values),
                    Arguments::Named(values) => self.each(values.iter().map(|argument| &argument.value)),
                }
            }
            ExprKind::Negate(inner)
            | ExprKind::UnaryComparison { operand: inner, .. }
            | ExprKind::InstanceOf { value: inner, .. } => self.expr(inner),
            ExprKind::Binary { left, right, .. } => self.each([&**left, &**right]),
            ExprKind::Between { value, low, high } => self.each([&**value, &**low, &**high]),
            ExprKind::In { value, tests } => {
                self.expr(value);
                self.each(tests);
            }
            ExprKind::Range { start, end, .. } => self.each(start.iter().chain(end).map(|end| &**end)),
            ExprKind::List(items) | ExprKind::UnaryTests { tests: items, .. } => self.each(items),
            ExprKind::If { condition, then, otherwise } => self.each([&**condition, &**then, &**otherwise]),
            ExprKind::Context(entries) => self.within(|walk| {
                for entry in entries {
                    walk.expr(&entry.value);
                    walk.locals.push(entry.key.clone());
                }
            }),
            ExprKind::For { iterators, body } => self.iteration(iterators, body),
            ExprKind::Quantified { iterators, condition, .. } => self.iteration(iterators, condition),
            ExprKind::Function { parameters, body } => self.within(|walk| {
                walk.locals.extend(parameters.iter().map(|parameter| parameter.name.clone()));
                walk.expr(body);
            }),
        }
    }

    fn each<'e>(&mut self, exprs: impl IntoIterator<Item = &'e Expr>) {
        exprs.into_iter().for_each(|expr| self.expr(expr));
    }

    fn within(&mut self, walk: impl FnOnce(&mut Self)) {
        let before = self.locals.len();
        walk(self);
        self.locals.truncate(before);
    }

    fn iteration(&mut self, iterators: &[Iterator], body: &Expr) {
        self.within(|walk| {
            for iterator in iterators {
                walk.expr(&iterator.from);
                walk.each(&iterator.to);
                walk.locals.push(iterator.name.clone());
            }
            walk.expr(body);
        });
    }
}

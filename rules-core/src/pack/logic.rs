//! Decisions: one arm for each kind of logic.

use std::sync::Arc;

use super::document::KINDS_OF_LOGIC;
use super::node::Node;
use super::scope::{Scope, unreadable};
use super::table;
use crate::feel::ast::{Expr, ExprKind, FormalParameter};
use crate::model::{Decision, Formula, GroupRule, Logic, Trigger, WhileCannotTell};
use crate::source::Span;
use crate::texts::StateTexts;

/// The states that a text may be given for.
const STATES: &[&str] = &["met", "not met", "decided", "cannot tell", "not applicable", "not in force"];

/// The decision `name` at `node`. Of one with faults as much as can be told.
pub(super) fn decision(scope: &mut Scope, name: &str, node: &Node<'_>) -> Decision {
    Decision {
        name: name.into(),
        pointer: node.pointer.clone(),
        title: node.texts_of("title"),
        unit: node.kept_text_of("unit"),
        logic: logic(scope, node),
        declared_type: node.field("type").and_then(|node| scope.type_at(&node)),
        citations: scope.citations(node),
        in_force: scope.in_force(node),
        applies_when: scope.formula_of(node, "applies_when"),
        texts: state_texts(node, "text"),
        citizen_texts: state_texts(node, "citizen_text"),
    }
}

/// The logic: of the fields that say one, the first.
fn logic(scope: &mut Scope, node: &Node<'_>) -> Logic {
    let kind = KINDS_OF_LOGIC.iter().find_map(|kind| Some((*kind, node.field(kind)?)));
    let Some((kind, field)) = kind else { return Logic::Expression(unreadable(&node.pointer)) };
    match kind {
        "criterion" => Logic::Criterion(scope.formula(&field)),
        "table" => Logic::Table(table::table(scope, &field)),
        "all" => Logic::Group { rule: GroupRule::All, members: members(scope, field.items()) },
        "any" => Logic::Group { rule: GroupRule::Any, members: members(scope, field.items()) },
        "at_least" => {
            let rule = GroupRule::AtLeast(field.whole_of("count").unwrap_or(1));
            Logic::Group { rule, members: members(scope, field.items_of("of")) }
        }
        "triggers" => {
            Logic::Triggers(field.entries().into_iter().map(|(name, node)| trigger(scope, name, &node)).collect())
        }
        "function" => Logic::Function(function(scope, &field)),
        _ => Logic::Expression(scope.formula(&field)),
    }
}

fn members(scope: &mut Scope, nodes: Vec<Node<'_>>) -> Vec<Formula> {
    nodes.iter().map(|node| scope.formula(node)).collect()
}

fn trigger(scope: &mut Scope, name: &str, node: &Node<'_>) -> Trigger {
    Trigger {
        name: name.into(),
        pointer: node.pointer.clone(),
        when: scope.needed_formula(node, "when"),
        action: node.texts_of("action"),
        citizen_action: node.texts_of("citizen_action"),
        priority: node.whole_of("priority").unwrap_or(1),
        deadline: scope.formula_of(node, "deadline"),
        citations: scope.citations(node),
        while_cannot_tell: node.field("while_cannot_tell").map(|node| WhileCannotTell {
            action: node.texts_of("action"),
            citizen_action: node.texts_of("citizen_action"),
            deadline: scope.formula_of(&node, "deadline"),
            citations: scope.citations(&node),
        }),
    }
}

/// A business knowledge model: its body as the body of a function literal.
fn function(scope: &mut Scope, node: &Node<'_>) -> Formula {
    let mut parameters = Vec::new();
    for (name, declared) in node.entries_of("parameters") {
        let known = scope.type_at(&declared).is_some();
        let type_name = declared.text().filter(|_| known).and_then(|text| scope.type_name(&declared.pointer, text));
        parameters.push(FormalParameter { name: name.into(), name_span: Span::default(), type_name });
    }
    let names: Vec<Arc<str>> = parameters.iter().map(|parameter| parameter.name.clone()).collect();
    let Some(body) = node.field("body") else { return unreadable(&node.pointer) };
    let body = scope.body(&body, &names);
    let span = body.expr.span;
    let kind = ExprKind::Function { parameters, body: Box::new(body.expr) };
    Formula { expr: Expr { kind, span }, ..body }
}

/// The sentences for states that there are; any other is reported by the reader.
fn state_texts(node: &Node<'_>, field: &str) -> StateTexts {
    let states = node.entries_of(field).into_iter().filter(|(state, _)| STATES.contains(state));
    states.map(|(state, node)| (state.into(), node.texts(), node.pointer)).collect()
}

//! Every decision, row and trigger says which source it rests on; members of a group inherit the group's.

use std::collections::BTreeSet;

use crate::code;
use crate::diagnostic::Diagnostic;
use crate::feel::ast::ExprKind;
use crate::model::{Decision, Logic, Model};
use crate::source::Place;

/// Complains about what cites nothing and inherits nothing.
pub(super) fn check(model: &Model, findings: &mut Vec<Diagnostic>) {
    let inheriting = inheriting(model);
    for (number, decision) in model.decisions.iter().enumerate() {
        if !decision.citations.is_empty() || inheriting.contains(&number) {
            continue;
        }
        match &decision.logic {
            Logic::Table(table) => {
                let bare: Vec<_> = table.rules.iter().filter(|rule| rule.citations.is_empty()).collect();
                if bare.len() == table.rules.len() {
                    complain_of_decision(decision, findings);
                } else {
                    for rule in bare {
                        let message =
                            format!("this row of `{}` cites no source, and neither does the decision", decision.name);
                        findings.push(uncited(&rule.pointer, message));
                    }
                }
            }
            Logic::Triggers(triggers) => {
                for trigger in triggers.iter().filter(|trigger| trigger.citations.is_empty()) {
                    findings.push(uncited(&trigger.pointer, format!("the trigger `{}` cites no source", trigger.name)));
                }
            }
            Logic::Criterion(_) | Logic::Expression(_) | Logic::Group { .. } | Logic::Function(_) => {
                complain_of_decision(decision, findings);
            }
        }
    }
}

fn complain_of_decision(decision: &Decision, findings: &mut Vec<Diagnostic>) {
    findings.push(uncited(&decision.pointer, format!("`{}` cites no source", decision.name)));
}

fn uncited(pointer: &str, message: String) -> Diagnostic {
    let help = "add `\"source\": \"id#place\"` with the `id` of an entry of `sources`";
    Diagnostic::new(&code::MISSING_SOURCE, Place::at(pointer), message).help(help)
}

/// Numbers of the decisions that are members of a group which cites a source, or itself inherits one.
fn inheriting(model: &Model) -> BTreeSet<usize> {
    let members = |decision: &Decision| -> Vec<usize> {
        let Logic::Group { members, .. } = &decision.logic else { return Vec::new() };
        let number = |name: &str| model.decisions.iter().position(|decision| *decision.name == *name);
        let names = members.iter().filter_map(|member| match &member.expr.kind {
            ExprKind::Name(name) => number(name),
            _ => None,
        });
        names.collect()
    };
    let cited = model.decisions.iter().filter(|decision| !decision.citations.is_empty());
    let mut open: Vec<usize> = cited.flat_map(members).collect();
    let mut inheriting = BTreeSet::new();
    while let Some(number) = open.pop() {
        if inheriting.insert(number)
            && let Some(decision) = model.decisions.get(number)
        {
            open.extend(members(decision));
        }
    }
    inheriting
}

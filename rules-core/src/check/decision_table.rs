//! Decision tables: cells against their columns, results, and which cases the rows take.

use std::sync::Arc;

use super::coverage;
use super::decision::basis;
use super::expression::Inference;
use super::globals::Globals;
use super::known::Known;
use super::unary_tests::Answers;
use crate::code;
use crate::diagnostic::Diagnostic;
use crate::feel::ast::Expr;
use crate::hit_policy::{Aggregation, Order, Several};
use crate::model::{Cell, DecisionTable, Formula, Model, Rule};
use crate::source::{Place, pointer_to};
use crate::types::{Type, of_value};
use crate::value::Value;

/// Checks `table` and gives the type of its result.
pub(super) fn check(model: &Model, table: &DecisionTable, globals: &Globals, findings: &mut Vec<Diagnostic>) -> Type {
    let faults = findings.len();
    let inputs: Vec<Type> = table.inputs.iter().map(|input| Inference::new(globals, input, findings).whole()).collect();
    let mut definite = Vec::new();
    for rule in &table.rules {
        let mut answers = Answers::Always;
        for ((cell, input), input_type) in rule.cells.iter().zip(&table.inputs).zip(&inputs) {
            if let Cell::Tests(tests) = cell {
                let answer = check_cell(globals, tests, input, input_type, findings);
                answers = answers.and(if input_type.may_be_null() { answer } else { answer.of_a_value() });
            }
        }
        definite.push(answers == Answers::Always);
        if let Some(in_force) = &rule.in_force {
            basis(globals, in_force, findings);
        }
    }
    let outputs = result_types(table, globals, &definite, findings);
    // what the rows take is judged only where every cell makes sense
    if findings.len() == faults {
        coverage::check(model, table, &inputs, globals.faulty(), findings);
    }
    let row = match outputs.as_slice() {
        [only] => only.clone(),
        several => {
            let entries = table.outputs.iter().cloned().zip(several.iter().cloned());
            Type::Context(Arc::new(entries.collect()))
        }
    };
    check_ranked(table, &outputs, findings);
    match table.hit_policy.several {
        Several::Refuse | Several::Agree | Several::First => row,
        Several::List | Several::Collect(None) => Type::list(row),
        Several::Collect(Some(Aggregation::Count)) => Type::Number,
        // Nothing collected has no sum; the default is then the only row.
        Several::Collect(Some(_)) if table.default.is_none() => row.or_null(),
        Several::Collect(Some(_)) => row,
    }
}

fn check_cell(
    globals: &Globals,
    tests: &Formula,
    input: &Formula,
    input_type: &Type,
    findings: &mut Vec<Diagnostic>,
) -> Answers {
    let mut inference = Inference::new(globals, tests, findings);
    inference.input = Some(input_type.clone());
    let place = Expr { kind: input.expr.kind.clone(), span: tests.expr.span };
    inference.unary_test(&tests.expr, input_type, &place)
}

/// What is known of the cases that the row takes, or of those that it leaves to others.
fn learned(globals: &Globals, table: &DecisionTable, rule: &Rule, takes: bool) -> Vec<Known> {
    let tested = rule.cells.iter().zip(&table.inputs).filter_map(|(cell, input)| match cell {
        Cell::Tests(tests) => Some((tests, input)),
        Cell::Any => None,
    });
    // a row with several tests leaves a case for one of them, and it is not known for which
    if !takes && (tested.clone().count() != 1 || rule.in_force.is_some()) {
        return Vec::new();
    }
    tested
        .flat_map(|(tests, input)| {
            let mut silent = Vec::new();
            let inference = Inference::new(globals, input, &mut silent);
            inference.learned_of_tests(&input.expr, std::slice::from_ref(&tests.expr), takes)
        })
        .collect()
}

/// Complains of results that the ranked values of their column do not have.
fn check_ranked(table: &DecisionTable, outputs: &[Type], findings: &mut Vec<Diagnostic>) {
    for (column, values) in &table.ranking {
        let (Some(name), Some(found)) = (table.outputs.get(*column), outputs.get(*column)) else { continue };
        let stray = match found.without_null() {
            Type::OneOf(texts) => texts
                .iter()
                .find(|text| !values.iter().any(|value| is_text(value, text)))
                .map(|text| format!("\"{text}\"")),
            other => values.iter().all(|value| !of_value(value).overlaps(other)).then(|| other.words()),
        };
        if let Some(stray) = stray {
            let message = format!("the values of `{name}` do not have {stray}, which a row gives");
            let help = "list every value that the column may have, the most important first";
            let place = Place::at(pointer_to(&format!("{}/output_values", table.pointer), name));
            findings.push(Diagnostic::new(&code::NOT_ALLOWED_VALUE, place, message).help(help));
        }
    }
}

fn is_text(value: &Value, text: &str) -> bool {
    matches!(value, Value::String(found) if **found == *text)
}

/// The type of each output column over all rows and the default.
///
/// A result may count on the tests of its row; below a row whose tests always have an answer (`definite`), a table that takes
/// the first row may count on that row's not having matched, and so may every default.
fn result_types(
    table: &DecisionTable,
    globals: &Globals,
    definite: &[bool],
    findings: &mut Vec<Diagnostic>,
) -> Vec<Type> {
    let mut types: Vec<Option<Type>> = table.outputs.iter().map(|_| None).collect();
    let mut left = Vec::new();
    let in_turn = table.hit_policy.several == Several::First && table.hit_policy.order == Order::Rows;
    let rows = table.rules.iter().map(|rule| (Some(rule), &rule.results));
    for (number, (rule, results)) in rows.chain(table.default.iter().map(|results| (None, results))).enumerate() {
        let mut known = if in_turn || rule.is_none() { left.clone() } else { Vec::new() };
        if let Some(rule) = rule {
            known.extend(learned(globals, table, rule, true));
            if definite.get(number) == Some(&true) {
                left.extend(learned(globals, table, rule, false));
            }
        }
        for (column, result) in types.iter_mut().zip(results) {
            let mut inference = Inference::new(globals, result, findings);
            let found = inference.knowing(known.clone(), Inference::whole);
            *column = Some(column.take().map_or(found.clone(), |before| before.join(&found)));
        }
    }
    types.into_iter().map(|column| column.unwrap_or(Type::Any)).collect()
}

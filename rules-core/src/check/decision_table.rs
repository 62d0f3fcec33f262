//! Decision tables: cells against their columns, results, and which cases the rows take.

use std::sync::Arc;

use super::coverage;
use super::decision::basis;
use super::expression::Inference;
use super::globals::Globals;
use crate::code;
use crate::diagnostic::Diagnostic;
use crate::feel::ast::Expr;
use crate::hit_policy::{Aggregation, Several};
use crate::model::{Cell, DecisionTable, Formula, Model};
use crate::source::{Place, pointer_to};
use crate::types::{Type, of_value};
use crate::value::Value;

/// Checks `table` and gives the type of its result.
pub(super) fn check(model: &Model, table: &DecisionTable, globals: &Globals, findings: &mut Vec<Diagnostic>) -> Type {
    let faults = findings.len();
    let inputs: Vec<Type> = table.inputs.iter().map(|input| Inference::new(globals, input, findings).whole()).collect();
    for rule in &table.rules {
        for ((cell, input), input_type) in rule.cells.iter().zip(&table.inputs).zip(&inputs) {
            if let Cell::Tests(tests) = cell {
                check_cell(globals, tests, input, input_type, findings);
            }
        }
        if let Some(in_force) = &rule.in_force {
            basis(globals, in_force, findings);
        }
    }
    let outputs = result_types(table, globals, findings);
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
        Several::Collect(Some(_)) => row.or_null(),
    }
}

fn check_cell(globals: &Globals, tests: &Formula, input: &Formula, input_type: &Type, findings: &mut Vec<Diagnostic>) {
    let mut inference = Inference::new(globals, tests, findings);
    inference.input = Some(input_type.clone());
    let place = Expr { kind: input.expr.kind.clone(), span: tests.expr.span };
    inference.unary_test(&tests.expr, input_type, &place);
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
fn result_types(table: &DecisionTable, globals: &Globals, findings: &mut Vec<Diagnostic>) -> Vec<Type> {
    let mut types: Vec<Option<Type>> = table.outputs.iter().map(|_| None).collect();
    let rows = table.rules.iter().map(|rule| &rule.results).chain(&table.default);
    for results in rows {
        for (column, result) in types.iter_mut().zip(results) {
            let found = Inference::new(globals, result, findings).whole();
            *column = Some(column.take().map_or(found.clone(), |before| before.join(&found)));
        }
    }
    types.into_iter().map(|column| column.unwrap_or(Type::Any)).collect()
}

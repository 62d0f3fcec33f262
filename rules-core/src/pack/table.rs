//! Decision tables: rows that name their columns become rows with a cell for each column.

use std::sync::Arc;

use super::names::listed;
use super::node::Node;
use super::scope::{Scope, unreadable};
use crate::code;
use crate::diagnostic::{Diagnostic, closest};
use crate::feel::ast::ExprKind;
use crate::hit_policy::{Aggregation, HitPolicy, Order};
use crate::model::{Cell, DecisionTable, Formula, Rule};
use crate::value::json::JsonKind;
use crate::value::{Value, number, text};

/// The table at `node`.
pub(super) fn table(scope: &mut Scope, node: &Node<'_>) -> DecisionTable {
    let rows = node.items_of("rules");
    let default = node.field("default");
    let columns = input_columns(&rows);
    let inputs = columns.iter().map(|(key, first)| scope.formula_in_key(key, first)).collect();
    let outputs = output_columns(scope, &rows, default.as_ref());
    let hit_policy = hit_policy(scope, node);
    DecisionTable {
        pointer: node.pointer.clone(),
        hit_policy,
        ranking: ranking(scope, node, hit_policy, &outputs),
        inputs,
        rules: rows.iter().map(|row| rule(scope, row, &columns, &outputs)).collect(),
        default: default.map(|node| results(scope, &node, &outputs)),
        outputs: outputs.into_iter().map(Arc::from).collect(),
    }
}

fn hit_policy(scope: &mut Scope, node: &Node<'_>) -> HitPolicy {
    let policy = node.text_of("hit_policy").and_then(HitPolicy::from_name).unwrap_or(HitPolicy::UNIQUE);
    let Some(field) = node.field("aggregation") else { return policy };
    let aggregation = field.text().and_then(Aggregation::from_name);
    if policy == HitPolicy::collect(None) {
        return HitPolicy::collect(aggregation);
    }
    let message = format!("`aggregation` has no meaning with the hit policy {}", policy.name());
    let help = "leave it out, or collect the rows with COLLECT";
    scope.fault(Diagnostic::new(&code::WRONG_FIELD, field.key_place(), message).help(help));
    policy
}

/// The output columns whose values are ranked, as numbers, with their values.
fn ranking(scope: &mut Scope, node: &Node<'_>, policy: HitPolicy, outputs: &[&str]) -> Vec<(usize, Vec<Value>)> {
    let field = node.field("output_values").filter(|field| !field.entries().is_empty());
    let Some(field) = field else {
        if policy.order == Order::Outputs {
            let message = format!("the hit policy {} needs `output_values`", policy.name());
            let help = "list the values of a column of outputs, the most important first: \
                        `\"output_values\": {\"risk\": [\"high\", \"low\"]}`";
            scope.fault(Diagnostic::new(&code::MISSING_FIELD, node.place(), message).help(help));
        }
        return Vec::new();
    };
    if policy.order != Order::Outputs {
        let message = format!("`output_values` has no meaning with the hit policy {}", policy.name());
        let help = "leave it out, or rank the rows with PRIORITY or OUTPUT ORDER";
        scope.fault(Diagnostic::new(&code::WRONG_FIELD, field.key_place(), message).help(help));
        return Vec::new();
    }
    let mut ranking = Vec::new();
    for (name, values) in field.entries() {
        let Some(column) = outputs.iter().position(|column| *column == name) else {
            let message = format!("no row has an output `{name}`");
            let help = format!("the columns are {}", listed(outputs));
            let diagnostic = Diagnostic::new(&code::UNKNOWN_COLUMN, values.key_place(), message).help(help);
            scope.fault(diagnostic.did_you_mean(name, outputs.iter().copied()));
            continue;
        };
        ranking.push((column, values.items().iter().filter_map(value).collect()));
    }
    ranking
}

/// The texts of the input columns, in order of first use, each with a cell below it.
fn input_columns<'j>(rows: &[Node<'j>]) -> Vec<(&'j str, Node<'j>)> {
    let mut columns: Vec<(&str, Node<'_>)> = Vec::new();
    for (key, cell) in rows.iter().flat_map(|row| row.entries_of("when")) {
        if !columns.iter().any(|(known, _)| known.trim() == key.trim()) {
            columns.push((key, cell));
        }
    }
    columns
}

/// The names of the output columns, in order of first use, without those that only a slip of the pen made.
fn output_columns<'j>(scope: &mut Scope, rows: &[Node<'j>], default: Option<&Node<'j>>) -> Vec<&'j str> {
    let results: Vec<Node<'j>> = rows.iter().filter_map(|row| row.field("then")).chain(default.cloned()).collect();
    let filled_by = |name: &str| results.iter().filter(|node| node.has(name)).count();
    let mut columns: Vec<&str> = Vec::new();
    let mut stray: Vec<(&str, Node<'_>)> = Vec::new();
    for (name, cell) in results.iter().flat_map(Node::entries) {
        let rare = filled_by(name) * 2 <= results.len() && results.len() > 1;
        let expected = default.is_some_and(|default| default.has(name));
        if rare && !expected {
            stray.push((name, cell));
        } else if !columns.contains(&name) {
            columns.push(name);
        }
    }
    if columns.is_empty() {
        columns = stray.drain(..).map(|(name, _)| name).collect();
        columns.dedup();
    }
    for (name, cell) in &stray {
        let message = format!("the other rows have no column `{name}`");
        let help = format!("the columns are {}", listed(&columns));
        let diagnostic = Diagnostic::new(&code::UNKNOWN_COLUMN, cell.key_place(), message).help(help);
        scope.fault(diagnostic.did_you_mean(name, columns.iter().copied()));
    }
    for node in results.iter().filter(|node| !node.entries().is_empty()) {
        let filled: Vec<&str> = node.entries().iter().map(|(name, _)| *name).collect();
        for column in columns.iter().filter(|column| !filled.contains(column)) {
            let strays = filled.iter().filter(|name| !columns.contains(name));
            if strays.into_iter().all(|name| closest(name, columns.iter().copied()) != Some(column)) {
                let message = format!("the row fills no column `{column}`");
                let help = "every row and the default fill every column; `null` is a result too";
                scope.fault(Diagnostic::new(&code::MISSING_FIELD, node.place(), message).help(help));
            }
        }
    }
    columns
}

fn rule(scope: &mut Scope, row: &Node<'_>, inputs: &[(&str, Node<'_>)], outputs: &[&str]) -> Rule {
    let filled = row.entries_of("when");
    let cell_of = |column: &str| filled.iter().find(|(key, _)| key.trim() == column.trim());
    let cells = inputs.iter().map(|(column, _)| match cell_of(column) {
        Some((_, node)) => cell(scope, node),
        None => Cell::Any,
    });
    let cells = cells.collect();
    let results = match row.field("then") {
        Some(then) => results(scope, &then, outputs),
        None => outputs.iter().map(|_| unreadable(&row.pointer)).collect(),
    };
    Rule {
        pointer: row.pointer.clone(),
        cells,
        results,
        citations: scope.citations(row),
        in_force: scope.in_force(row),
    }
}

/// A cell of a condition: FEEL, or a plain value that is compared.
fn cell(scope: &mut Scope, node: &Node<'_>) -> Cell {
    let tests = match &node.json.kind {
        JsonKind::Text(text) => scope.unary_tests(node, text),
        JsonKind::Object(_) => match (node.field("is"), node.items_of("one of")) {
            (Some(value), _) => plain_tests(scope, node, &[value]),
            (None, values) => plain_tests(scope, node, &values),
        },
        JsonKind::Null | JsonKind::Boolean(_) | JsonKind::Number(_) | JsonKind::List(_) => {
            plain_tests(scope, node, std::slice::from_ref(node))
        }
    };
    match &tests.expr.kind {
        ExprKind::UnaryTests { negated: false, tests } if tests.is_empty() => Cell::Any,
        _ => Cell::Tests(tests),
    }
}

/// The tests that plain values stand for; of values that are none, tests that say nothing.
fn plain_tests(scope: &mut Scope, node: &Node<'_>, values: &[Node<'_>]) -> Formula {
    let literals: Option<Vec<String>> = values.iter().map(literal).collect();
    match literals {
        Some(literals) if !literals.is_empty() => scope.unary_tests(node, &literals.join(", ")),
        _ => unreadable(&node.pointer),
    }
}

/// The results of a row or a default, one for each column.
fn results(scope: &mut Scope, node: &Node<'_>, columns: &[&str]) -> Vec<Formula> {
    let result = |column: &&str| match node.field(column) {
        Some(cell) => result(scope, &cell),
        None => unreadable(&node.pointer),
    };
    columns.iter().map(result).collect()
}

fn result(scope: &mut Scope, node: &Node<'_>) -> Formula {
    if node.text().is_some() {
        return scope.formula(node);
    }
    let value = node.field("is").unwrap_or_else(|| node.clone());
    match literal(&value) {
        Some(text) => scope.meant(node, &text),
        None => unreadable(&node.pointer),
    }
}

/// A plain value as FEEL.
fn literal(node: &Node<'_>) -> Option<String> {
    value(node).map(|value| text::feel_literal(&value))
}

/// A plain value.
fn value(node: &Node<'_>) -> Option<Value> {
    Some(match &node.json.kind {
        JsonKind::Null => Value::Null,
        JsonKind::Boolean(boolean) => Value::Boolean(*boolean),
        JsonKind::Number(token) => Value::Number(number::parse(token).ok()?),
        JsonKind::Text(text) => Value::text(text.as_ref()),
        JsonKind::List(_) | JsonKind::Object(_) => return None,
    })
}

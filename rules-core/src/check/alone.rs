//! One expression outside any pack.

use std::sync::Arc;

use super::expression::Inference;
use super::globals::{GlobalKind, Globals};
use crate::diagnostic::Diagnostic;
use crate::feel::ast::Expr;
use crate::model::{Formula, ItemDefinitions};
use crate::types::Type;
use crate::value::Zones;

/// What is wrong with the tests that restrict the values of item definitions.
pub(crate) fn check_definitions(definitions: &ItemDefinitions) -> Vec<Diagnostic> {
    let globals = Globals::alone(definitions);
    let mut findings = Vec::new();
    for allowed in &definitions.allowed {
        let mut inference = Inference::new(&globals, &allowed.tests, &mut findings);
        inference.input = Some(allowed.of.clone());
        inference.whole();
    }
    findings
}

/// The type of an expression in which `names` have these types, and what is wrong with it. The clock may be read, and zones
/// that are not among `zones` are faults, which those of a pack are when it is read. With a type that the `result` is declared
/// to have, that is the type, and it is wrong when it can never be.
pub(crate) fn check_alone(
    text: &str,
    expr: Expr,
    names: &[(Arc<str>, Type)],
    definitions: &ItemDefinitions,
    result: Option<&Type>,
    zones: Zones<'_>,
) -> (Type, Vec<Diagnostic>) {
    let mut globals = Globals::alone(definitions);
    globals.zones = zones.cloned();
    for (name, value_type) in names {
        globals.add(name, GlobalKind::Fact, value_type.clone());
    }
    let formula = Formula { pointer: String::new(), text: Arc::from(text), expr, in_key: false };
    let mut findings = Vec::new();
    let mut inference = Inference::new(&globals, &formula, &mut findings);
    let found = inference.whole();
    let Some(declared) = result.map(Type::structure) else { return (found, findings) };
    if !found.may_become(&declared) {
        inference.expect(&formula.expr, found, &declared, "the result");
    }
    (declared.or_null(), findings)
}

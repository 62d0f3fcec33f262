//! One expression outside any pack.

use std::sync::Arc;

use super::expression::Inference;
use super::globals::{GlobalKind, Globals};
use crate::diagnostic::Diagnostic;
use crate::feel::ast::Expr;
use crate::model::Formula;
use crate::types::Type;

/// The type of an expression in which `names` have these types, and what is wrong with it. The clock may be read.
pub(crate) fn check_alone(text: &str, expr: Expr, names: &[(Arc<str>, Type)]) -> (Type, Vec<Diagnostic>) {
    let mut globals = Globals::default();
    globals.clock = true;
    for (name, value_type) in names {
        globals.add(name, GlobalKind::Fact, value_type.clone());
    }
    let formula = Formula { pointer: String::new(), text: Arc::from(text), expr, in_key: false };
    let mut findings = Vec::new();
    let found = Inference::new(&globals, &formula, &mut findings).whole();
    (found, findings)
}

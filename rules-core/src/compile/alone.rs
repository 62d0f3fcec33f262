//! Compiles an expression by itself, outside any pack.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::expression::Compiler;
use super::scope::{FrameNames, Scopes};
use crate::feel::ast::Expr;
use crate::model::{Document, Fact, FactKind, ItemDefinitions, Model};
use crate::program::{Lambda, Node, Program, Reads, Schema};
use crate::texts::Texts;
use crate::value::Zones;

/// Compiles an expression in which `names` are values that come with each evaluation, in that order. Functions among these
/// values are numbered in `lambdas`; those of the expression come after them.
///
/// It need not have been checked: what cannot mean anything, such as a call of a function that does not exist, is null.
pub(crate) fn compile_alone(
    expr: &Expr,
    names: &[Arc<str>],
    lambdas: &[Lambda],
    definitions: &ItemDefinitions,
    zones: Zones<'_>,
) -> (Program, Node) {
    let model = Model { zones: zones.cloned(), ..nothing(definitions.clone()) };
    let mut scopes = Scopes::default();
    scopes.push(FrameNames { names: names.iter().map(|name| (name.clone(), None)).collect(), ..FrameNames::default() });
    let mut compiler = Compiler {
        model: &model,
        schema: Schema::default(),
        names: BTreeMap::new(),
        lambdas: lambdas.to_vec(),
        functions: BTreeMap::new(),
        scopes,
        reads: Reads::default(),
        level: 0,
        deepest: 0,
        expressions: 0,
        nothing: super::empty(&model),
    };
    let node = compiler.expression(expr);
    let allowed_values = compiler.allowed_values();
    (Program { lambdas: compiler.lambdas, allowed_values, ..compiler.nothing }, node)
}

/// A model with nothing in it but item definitions.
fn nothing(definitions: ItemDefinitions) -> Model {
    let empty: Arc<str> = Arc::default();
    let facts = Fact {
        name: empty.clone(),
        key: empty.clone(),
        pointer: String::new(),
        kind: FactKind::Object { fields: Vec::new() },
        definition: None,
        nullable: false,
        allowed: None,
        judgement: false,
        may_not_apply: false,
        sensitive: false,
        order: None,
        question: Texts::default(),
        label: Texts::default(),
        options: Vec::new(),
        unit: None,
    };
    Model {
        document: Document::Mapping,
        id: empty.clone(),
        version: empty,
        title: Texts::default(),
        authority: None,
        contact: Texts::default(),
        in_force: None,
        sources: Vec::new(),
        definitions,
        facts,
        parameters: Vec::new(),
        readings: Vec::new(),
        decisions: Vec::new(),
        outcome: 0,
        layers: Vec::new(),
        languages: Vec::new(),
        unreviewed: Vec::new(),
        zones: None,
        broken: Vec::new(),
    }
}

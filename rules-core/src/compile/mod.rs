//! Turns a checked model into a program: names become numbers, texts become pieces, and everything gets its place in the
//! order of evaluation. Nothing can go wrong here that the checker has not refused before.

mod alone;
mod decision;
mod expression;
mod invocation;
mod mapping;
mod order;
mod schema;
mod scope;
#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::indexing_slicing)]
mod tests;

use std::collections::BTreeMap;
use std::sync::Arc;

pub(crate) use alone::compile_alone;
use expression::{Compiler, Named};
pub(crate) use mapping::compile_mapping;

use crate::check::CheckedModel;
use crate::model::{Document, FactKind, Logic, Model};
use crate::program::{Identity, Program, Reads, Schema};

/// Compiles a pack or the model of a mapping. `sha256` is the digest of the document, in hexadecimal.
pub(crate) fn compile(checked: CheckedModel, sha256: &str) -> Program {
    compile_model(&checked.into_model(), sha256)
}

fn compile_model(model: &Model, sha256: &str) -> Program {
    let mut compiler = Compiler {
        model,
        schema: schema::schema(&model.facts, model.zones.as_ref()),
        names: BTreeMap::new(),
        lambdas: Vec::new(),
        functions: BTreeMap::new(),
        scopes: scope::Scopes::default(),
        reads: Reads::default(),
        level: 0,
        deepest: 0,
        expressions: 0,
        nothing: empty(model),
    };
    compiler.names = names(model, &compiler.schema);
    let parameters = model.parameters.iter().map(|parameter| compiler.parameter(parameter)).collect();
    let readings = model.readings.iter().map(|reading| compiler.reading(reading)).collect();
    let decisions = (0..).zip(&model.decisions).map(|(number, decision)| compiler.decision(number, decision)).collect();
    let allowed_values = compiler.allowed_values();
    let mut reads = Reads::default();
    let in_force = compiler.in_force(model.in_force.as_ref(), &mut reads);
    let mut program = Program {
        identity: Identity { id: model.id.clone(), version: model.version.clone(), sha256: Arc::from(sha256) },
        title: model.title.clone(),
        authority: model.authority.clone(),
        contact: model.contact.clone(),
        unreviewed: model.unreviewed.clone(),
        sources: model.sources.clone(),
        parameters,
        readings,
        decisions,
        in_force,
        outcome: number(model.outcome),
        layers: model.layers.iter().map(|(layer, decision)| (*layer, number(*decision))).collect(),
        schema: compiler.schema,
        lambdas: compiler.lambdas,
        allowed_values,
        is_row: model.document == Document::Mapping,
        ..Program::empty()
    };
    order::arrange(&mut program, model.document == Document::Mapping, &reads);
    program
}

/// A program without anything in it, in which the constants of `model` are evaluated.
fn empty(model: &Model) -> Program {
    Program { schema: Schema { zones: model.zones.clone(), ..Schema::default() }, ..Program::empty() }
}

fn number(place: usize) -> u32 {
    u32::try_from(place).unwrap_or(u32::MAX)
}

/// The names of the pack, as the checker has found them to be without repeats.
fn names(model: &Model, schema: &Schema) -> BTreeMap<Arc<str>, Named> {
    let mut names = BTreeMap::new();
    if model.document == Document::Pack {
        names.insert(Arc::from("as_of"), Named::AsOf);
    }
    if let FactKind::Object { fields } = &model.facts.kind {
        for (fact, id) in fields.iter().zip(&schema.root.fields) {
            names.insert(fact.name.clone(), Named::Fact(*id));
        }
    }
    for (place, parameter) in model.parameters.iter().enumerate() {
        names.insert(parameter.name.clone(), Named::Parameter(number(place)));
    }
    for (place, reading) in model.readings.iter().enumerate() {
        names.insert(reading.name.clone(), Named::Reading(number(place)));
    }
    // The decisions of a mapping are named by pointers and read by nobody.
    for (place, decision) in model.decisions.iter().enumerate().filter(|_| model.document == Document::Pack) {
        let named = match decision.logic {
            Logic::Function(_) => Named::Function(number(place)),
            _ => Named::Decision(number(place)),
        };
        names.insert(decision.name.clone(), named);
    }
    names
}

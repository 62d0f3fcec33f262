//! Whether a model means something: types, names, tables, dates, sources and texts. All faults at once, each with its place
//! and what to do; only a model without errors becomes a `CheckedModel`, and only that is compiled.

mod alone;
mod citations;
mod citizen;
mod complaints;
mod constant;
mod coverage;
mod dates;
mod decision;
mod decision_table;
mod domain;
mod expression;
mod globals;
mod invocation;
mod iteration;
mod known;
mod limits;
mod nulls;
mod operators;
mod reach;
mod requirements;
mod texts;
mod unary_tests;

pub(crate) use alone::{check_alone, check_definitions};

use crate::diagnostic::Diagnostic;
use crate::model::{Document, Model};

/// A model without errors. Nothing but [`check`] makes one.
#[derive(Clone, Debug)]
pub(crate) struct CheckedModel {
    model: Model,
}

impl CheckedModel {
    /// What the pack means.
    pub(crate) fn model(&self) -> &Model {
        &self.model
    }

    /// What the pack means, to be taken apart.
    pub(crate) fn into_model(self) -> Model {
        self.model
    }
}

/// What came of checking a model.
#[derive(Clone, Debug)]
pub(crate) struct Checked {
    /// The model, unless one of the findings is an error.
    pub(crate) model: Option<CheckedModel>,
    /// All findings, errors and warnings, in the order of the pack's parts.
    pub(crate) diagnostics: Vec<Diagnostic>,
}

/// Checks everything that can be known without a case.
pub(crate) fn check(model: Model) -> Checked {
    let mut findings = Vec::new();
    let requirements = requirements::of(&model);
    let order = requirements.order(&model, &mut findings);
    let mut globals = globals::Globals::of(&model);
    decision::check_all(&model, &order, &mut globals, &mut findings);
    dates::check(&model, &mut findings);
    if model.document == Document::Pack {
        citations::check(&model, &mut findings);
        texts::check(&model, &globals, &mut findings);
        texts::check_languages(&model, &mut findings);
        citizen::check(&model, &mut findings);
        // a slip in a name makes what was meant look unused
        if model.broken.is_empty() && !findings.iter().any(Diagnostic::is_error) {
            requirements.unused(&model, &mut findings);
        }
    }
    let model = match findings.iter().any(Diagnostic::is_error) || !model.broken.is_empty() {
        true => None,
        false => Some(CheckedModel { model }),
    };
    Checked { model, diagnostics: findings }
}

//! What a pack means, after names are resolved and before types are checked: the input of the checker and the compiler.

pub(crate) mod applicability;
pub(crate) mod decision;
pub(crate) mod fact;
pub(crate) mod item_definition;
pub(crate) mod mapping;
pub(crate) mod parameter;
pub(crate) mod table;

use std::sync::Arc;

pub(crate) use applicability::Applicability;
pub(crate) use decision::{Decision, GroupRule, Logic, Trigger, WhileCannotTell};
pub(crate) use fact::{Fact, FactKind};
pub(crate) use item_definition::{AllowedValues, ItemDefinitions};
pub(crate) use mapping::{Mapping, Target};
pub(crate) use parameter::{Alternative, Parameter, ParameterValue, Reading};
pub(crate) use table::{Cell, DecisionTable, Rule};

use crate::citation::{Layer, Source};
use crate::feel::ast::Expr;
use crate::source::{Place, Span};
use crate::texts::Texts;
use crate::value::TimeZones;

/// A FEEL text of the pack with its tree and its place.
#[derive(Clone, Debug)]
pub(crate) struct Formula {
    /// JSON pointer of the text in the pack.
    pub(crate) pointer: String,
    /// The text as written.
    pub(crate) text: Arc<str>,
    /// Its tree; a fault is an `Error` node with a diagnostic beside it.
    pub(crate) expr: Expr,
    /// Whether the text is the key at `pointer` (a table's column) rather than the value.
    pub(crate) in_key: bool,
}

impl Formula {
    /// The place of `span` in this text, for a diagnostic.
    pub(crate) fn place(&self, span: Span) -> Place {
        Place { pointer: self.pointer.clone(), span: Some(span), on_key: self.in_key }
    }
}

/// What kind of document a model was read from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Document {
    /// Rules: every decision cites its source and has an outcome.
    Pack,
    /// A mapping: its facts are the columns of a row, its decisions the facts of a case; it cites nothing.
    Mapping,
}

/// A whole pack or mapping, names resolved.
#[derive(Clone, Debug)]
pub(crate) struct Model {
    pub(crate) document: Document,
    pub(crate) id: Arc<str>,
    pub(crate) version: Arc<str>,
    pub(crate) title: Texts,
    /// The body whose rules these are.
    pub(crate) authority: Option<Arc<str>>,
    /// Whom a person asks, and how.
    pub(crate) contact: Texts,
    pub(crate) in_force: Option<Applicability>,
    pub(crate) sources: Vec<Source>,
    pub(crate) definitions: ItemDefinitions,
    /// The object of all facts; its fields are the facts.
    pub(crate) facts: Fact,
    pub(crate) parameters: Vec<Parameter>,
    pub(crate) readings: Vec<Reading>,
    /// In the order of the document.
    pub(crate) decisions: Vec<Decision>,
    /// Number of the decision that is the outcome; 0 in a mapping, which has none.
    pub(crate) outcome: usize,
    /// Layer and the number of the decision that speaks for it.
    pub(crate) layers: Vec<(Layer, usize)>,
    /// Languages that the pack's texts use, first the one of its title.
    pub(crate) languages: Vec<Arc<str>>,
    /// Those whose texts nobody has reviewed.
    pub(crate) unreviewed: Vec<Arc<str>>,
    /// The rules of time zones, when the document names one.
    pub(crate) zones: Option<TimeZones>,
    /// Names whose declaration has a fault that is already reported: they exist, and nothing more is known of them, so
    /// the checker takes them for anything and finds no second fault with them.
    pub(crate) broken: Vec<Arc<str>>,
}

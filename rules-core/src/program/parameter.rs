//! Dated parameters, readings of the law, and when things hold.

use std::sync::Arc;

use super::decision::Reads;
use super::node::Node;
use crate::citation::Citation;
use crate::period::Period;
use crate::texts::Texts;
use crate::value::Value;

/// A number or other value that the law or the council sets, by period.
#[derive(Clone, Debug)]
pub(crate) struct Parameter {
    pub(crate) name: Arc<str>,
    pub(crate) title: Texts,
    /// The date that picks the period.
    pub(crate) basis: Node,
    pub(crate) unit: Option<Arc<str>>,
    /// In ascending order of period.
    pub(crate) periods: Vec<ParameterPeriod>,
    /// What the basis names.
    pub(crate) reads: Reads,
    /// Whether it is a calendar of working days, whose value explanations do not repeat.
    pub(crate) is_calendar: bool,
}

/// What a parameter is in one period.
#[derive(Clone, Debug)]
pub(crate) struct ParameterPeriod {
    pub(crate) period: Period,
    pub(crate) value: Value,
    pub(crate) citation: Citation,
}

/// A point on which the law or a report can be read in several ways.
#[derive(Clone, Debug)]
pub(crate) struct Reading {
    pub(crate) name: Arc<str>,
    pub(crate) question: Texts,
    pub(crate) citations: Vec<Citation>,
    pub(crate) alternatives: Vec<Alternative>,
    /// What its alternatives name.
    pub(crate) reads: Reads,
}

/// One way to read it.
#[derive(Clone, Debug)]
pub(crate) struct Alternative {
    pub(crate) name: Arc<str>,
    pub(crate) value: Node,
    pub(crate) text: Texts,
    pub(crate) citations: Vec<Citation>,
}

/// A period and the date that must lie in it.
#[derive(Clone, Debug)]
pub(crate) struct InForce {
    pub(crate) period: Period,
    /// `as_of` unless the pack names another.
    pub(crate) basis: Node,
}

//! Dated parameters, and readings of the law that are all tenable.

use std::sync::Arc;

use super::Formula;
use crate::citation::Citation;
use crate::period::Period;
use crate::texts::Texts;
use crate::types::Type;
use crate::value::Value;

/// A number or other value that the law or the council sets, by period.
#[derive(Clone, Debug)]
pub(crate) struct Parameter {
    pub(crate) name: Arc<str>,
    pub(crate) pointer: String,
    /// The date that picks the period.
    pub(crate) basis: Formula,
    pub(crate) value_type: Type,
    pub(crate) unit: Option<Arc<str>>,
    pub(crate) title: Texts,
    /// In ascending order of period, without gap or overlap once checked.
    pub(crate) values: Vec<ParameterValue>,
    /// Whether it is a calendar of working days, whose value explanations do not repeat.
    pub(crate) is_calendar: bool,
}

/// What a parameter is in one period.
#[derive(Clone, Debug)]
pub(crate) struct ParameterValue {
    pub(crate) pointer: String,
    pub(crate) period: Period,
    /// Whether the document writes the end; without it the period runs to the next value's beginning.
    pub(crate) end_written: bool,
    pub(crate) value: Value,
    pub(crate) citation: Citation,
}

/// A point on which the law or a report can be read in several ways.
#[derive(Clone, Debug)]
pub(crate) struct Reading {
    pub(crate) name: Arc<str>,
    pub(crate) pointer: String,
    pub(crate) question: Texts,
    pub(crate) citations: Vec<Citation>,
    pub(crate) alternatives: Vec<Alternative>,
}

/// One way to read it.
#[derive(Clone, Debug)]
pub(crate) struct Alternative {
    pub(crate) name: Arc<str>,
    pub(crate) formula: Formula,
    pub(crate) text: Texts,
    pub(crate) citations: Vec<Citation>,
}

//! Decides cases.
//!
//! * [`Case::new`] makes a case for a program, [`Case::read`] fills it from bytes, again and again with the same buffers.
//!   [`Case::value`], [`Case::state`], [`Case::pointer`], [`Case::declaration`] and [`Case::judgement`] say what is
//!   known; a [`FactId`](crate::value::unknown::FactId) below the schema's count is a declared fact, one above it a
//!   missing field of an item of a list in this case.

mod alone;
mod calls;
mod case;
mod coercion;
mod decide;
mod decision;
mod decision_table;
mod fault;
mod fit;
mod groups;
mod items;
mod iteration;
mod judgement;
mod keys;
mod kleene;
mod limits;
mod machine;
mod mapping;
mod observer;
mod operators;
mod plain;
mod pointers;
mod ranking;
mod reader;
mod readings;
mod reserved;
mod results;
mod unary_tests;
mod undeclared;
mod ways;

pub(crate) use alone::{DeclaredTypes, constant, evaluate};
pub(crate) use case::{Case, FactState};
pub(crate) use decide::decide;
pub(crate) use fault::Fault;
pub(crate) use judgement::Judgement;
pub(crate) use mapping::Row;
pub(crate) use observer::{ComparedNumbers, Observations, Recorder, Silent};
pub(crate) use reserved::Defaults;
pub(crate) use results::{ReadAs, Results, TriggerResult, missing_in};

//! The rules engine: reads rule packs, decides cases and explains every answer.
//!
//! No input or output, no clock, no randomness, no threads, no floats, no `unsafe`. `ARCHITECTURE.md` shows the rooms
//! and who may import whom.

#![forbid(unsafe_code)]
#![deny(
    clippy::indexing_slicing,
    clippy::float_arithmetic,
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic
)]

mod builtins;
mod check;
mod citation;
mod code;
mod compile;
mod diagnostic;
mod eval;
mod explain;
mod expression;
mod feel;
mod hit_policy;
mod locate;
mod model;
mod pack;
mod period;
mod program;
mod report;
mod rule_set;
mod source;
mod texts;
mod types;
mod value;
mod wire;
mod words;

pub use builtins::{Function, functions};
pub use code::{ALL as CODES, Code, Severity};
pub use diagnostic::{Diagnostic, closest};
pub use explain::EngineIdentity;
pub use expression::{Feel, FeelAnswer, FeelCheck, FeelExpression, FeelProgram};
pub use locate::{Location, Locator, locate};
pub use pack::published_schemas;
pub use rule_set::{Detail, Mapping, RuleSet};
pub use source::{Place, Span, pointer_to};
pub use value::TimeZones;
pub use wire::{ChunkOutput, ChunkRequest, Wire, WireError};

//! Why a decision came out as it did: states, values seen, reasons, what is missing, and the record of it all.
//!
//! One [`Explanation`] serves every format and every state: a view over what the run has left. Records are written from it
//! straight into bytes, with everything that is the same for each case prepared once for a program.

mod brief;
mod canonical;
mod compared;
mod criterion;
mod explanation;
mod full;
mod listed;
mod masking;
mod missing;
mod prepared;
mod reached;
mod record;
mod sentence;
mod trigger;

pub(crate) use compared::Compared;
pub(crate) use criterion::Criterion;
pub use explanation::EngineIdentity;
pub(crate) use explanation::{Alternative, Combination, Explanation, Missing};
pub(crate) use listed::Line;
pub(crate) use masking::Masking;
pub(crate) use missing::{First, Open, open_facts};
pub(crate) use record::RecordWriter;
pub(crate) use sentence::{date_in_words, show};
pub(crate) use trigger::Trigger;

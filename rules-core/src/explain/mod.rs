//! Why a decision came out as it did: states, values seen, reasons, what is missing, and the record of it all.
//!
//! One [`Explanation`] serves every format and every state. The record with states and values only is written straight
//! from the results, for batches.

mod brief;
mod build;
mod canonical;
mod compared;
mod explanation;
mod masking;
mod missing;
mod record;
mod sentence;

pub(crate) use brief::BriefWriter;
pub(crate) use build::{Decided, explain};
pub use explanation::EngineIdentity;
pub(crate) use explanation::{Alternative, Combination, Compared, Criterion, Explanation, Missing, Trigger};
pub(crate) use masking::Masking;
pub(crate) use missing::open_facts;
pub(crate) use record::write_full;
pub(crate) use sentence::{date_in_words, show};

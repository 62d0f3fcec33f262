//! One file a command. Each has a `run` that answers with how it ended.

pub(crate) mod check;
pub(crate) mod decide;
pub(crate) mod engine;
pub(crate) mod feel;
pub(crate) mod form;
pub(crate) mod lint;
pub(crate) mod schema;
pub(crate) mod serve;
pub(crate) mod test;
pub(crate) mod verify;

use crate::engine::{FUEL, HostKind, Limits};
use clap::Args;

/// Options about where the engine runs, shared by all commands that decide.
#[derive(Args, Clone, Copy, Debug)]
pub(crate) struct EngineOptions {
    /// Where the engine runs
    #[arg(long, value_enum, default_value = "wasm", value_name = "HOST")]
    pub(crate) host: HostKind,
    /// Memory that one engine may use under wasm; a row that needs more is rejected
    #[arg(long, default_value_t = 256, value_name = "MB", value_parser = clap::value_parser!(u32).range(4..=4_000))]
    pub(crate) memory_limit: u32,
}

impl EngineOptions {
    /// The bounds for so many threads. Two engines more than threads may be alive: one that takes over a thread's
    /// work, and one that is being replaced.
    pub(crate) fn limits(self, threads: usize) -> Limits {
        let engines = u32::try_from(threads).unwrap_or(u32::MAX / 4).saturating_mul(2).saturating_add(4);
        Limits { memory: self.memory_limit as usize * 1_000_000, engines, fuel: FUEL }
    }
}

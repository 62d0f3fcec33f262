//! Files that are written from the engine's own tables, so that they cannot say anything else.

use std::path::PathBuf;

use rules_core::published_schemas;

use crate::workspace;

/// Every generated file with what should stand in it. `cargo run -p rules-tests --bin generate` writes them.
#[must_use]
pub fn files() -> Vec<(PathBuf, String)> {
    let packs = workspace().join("rule-packs");
    published_schemas().into_iter().map(|(name, text)| (packs.join(name), text)).collect()
}

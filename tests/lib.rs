//! What the suites share: where things are.

pub mod examples;
pub mod expressions;
pub mod generated;
pub mod random;

use std::path::{Path, PathBuf};

/// The folder of the workspace.
#[must_use]
pub fn workspace() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here).to_path_buf()
}

/// Test data written by others, which is never part of the repository. A suite that needs it says so when it is absent.
#[must_use]
pub fn shared() -> Option<PathBuf> {
    let folder = workspace().parent()?.join("shared");
    folder.is_dir().then_some(folder)
}

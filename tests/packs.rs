//! Where the packs are. A new folder is picked up by every suite that asks here.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::workspace;

/// A pack's folder: `pack.json`, `cases.json`, `README.md`, perhaps mappings.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Pack {
    /// The folder itself.
    pub folder: PathBuf,
}

impl Pack {
    /// The name of its folder.
    ///
    /// # Panics
    /// When that is no text.
    #[must_use]
    #[allow(clippy::unwrap_used, reason = "a test ends by failing")]
    pub fn name(&self) -> &str {
        self.folder.file_name().and_then(|name| name.to_str()).unwrap()
    }

    /// The text of its document.
    ///
    /// # Panics
    /// When that cannot be read.
    #[must_use]
    pub fn document(&self) -> String {
        self.text("pack.json")
    }

    /// Its identifier, by which mappings name it.
    ///
    /// # Panics
    /// When it has none.
    #[must_use]
    #[allow(clippy::unwrap_used, reason = "a test ends by failing")]
    pub fn id(&self) -> String {
        let document: Value = serde_json::from_str(&self.document()).unwrap();
        document["id"].as_str().unwrap().to_owned()
    }

    /// Its own cases, as they are written.
    ///
    /// # Panics
    /// When there are none.
    #[must_use]
    #[allow(clippy::unwrap_used, reason = "a test ends by failing")]
    pub fn cases(&self) -> Vec<Value> {
        serde_json::from_str(&self.text("cases.json")).unwrap()
    }

    fn text(&self, file: &str) -> String {
        let path = self.folder.join(file);
        let text = fs::read_to_string(&path);
        assert!(text.is_ok(), "{}: {text:?}", path.display());
        text.unwrap_or_default()
    }
}

/// The packs that are shipped: every folder below `rule-packs` that holds a `pack.json`, in the order of their paths.
///
/// # Panics
/// When the folder is no longer there.
#[must_use]
pub fn shipped() -> Vec<Pack> {
    let found = below(&workspace().join("rule-packs"));
    assert!(found.len() >= 3, "the packs are no longer where the suites look for them");
    found
}

/// Those and the packs of the browser tests.
///
/// # Panics
/// When a folder is no longer there.
#[must_use]
pub fn all() -> Vec<Pack> {
    let own = below(&workspace().join("tests/browser/packs"));
    assert!(own.len() >= 2, "the browser's packs are no longer where the suites look for them");
    shipped().into_iter().chain(own).collect()
}

fn below(folder: &Path) -> Vec<Pack> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(folder) = folders.pop() {
        let entries = fs::read_dir(&folder).into_iter().flatten().flatten();
        folders.extend(entries.map(|entry| entry.path()).filter(|path| path.is_dir()));
        if folder.join("pack.json").is_file() {
            found.push(Pack { folder });
        }
    }
    found.sort();
    found
}

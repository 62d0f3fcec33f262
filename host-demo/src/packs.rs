//! Finding and reading packs and mappings, and telling what is wrong with them.

use crate::engine::Host;
use crate::engine::session::{NotLoaded, Session, Sources};
use crate::failure::{Failure, Outcome};
use crate::findings::{self, Document};
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The name of a pack's document in its folder.
pub(crate) const DOCUMENT: &str = "pack.json";

/// A pack as it lies on the disk.
pub(crate) struct PackFile {
    /// The document itself.
    pub(crate) path: PathBuf,
    /// Its text.
    pub(crate) text: String,
}

impl PackFile {
    /// Reads the pack that `path` names: its folder or its document.
    pub(crate) fn read(path: &Path) -> Outcome<Self> {
        let document = if path.is_dir() { path.join(DOCUMENT) } else { path.to_path_buf() };
        if path.is_dir() && !document.exists() {
            return Err(Failure::new(format!("the folder `{}` holds no pack.json", path.display()))
                .help("name the folder of a pack, or the document itself"));
        }
        let text = read_text(&document)?;
        Ok(Self { path: document, text })
    }

    /// A file that lies beside the document.
    pub(crate) fn beside(&self, name: &str) -> PathBuf {
        self.path.with_file_name(name)
    }
}

/// The documents of the packs that `path` names, in the order of their paths: a document, the folder of a pack, or a folder
/// with packs in it at any depth.
pub(crate) fn documents(path: &Path) -> Outcome<Vec<PathBuf>> {
    if !path.is_dir() {
        return Ok(vec![path.to_path_buf()]);
    }
    let mut found = Vec::new();
    let mut folders = vec![path.to_path_buf()];
    while let Some(folder) = folders.pop() {
        let entries = fs::read_dir(&folder).map_err(|error| Failure::reading(&folder, &error))?;
        for entry in entries {
            let entry = entry.map_err(|error| Failure::reading(&folder, &error))?;
            // A link is not followed, so that no folder is gone through twice or for ever.
            match entry.file_type() {
                Ok(kind) if kind.is_dir() => folders.push(entry.path()),
                _ if entry.file_name() == DOCUMENT => found.push(entry.path()),
                _ => {}
            }
        }
    }
    if found.is_empty() {
        return Err(Failure::new(format!("the folder `{}` holds no pack.json, at no depth", path.display()))
            .help("name the folder of a pack, or a folder with packs in it"));
    }
    found.sort();
    Ok(found)
}

/// The packs that all `paths` name, read.
pub(crate) fn read_all(paths: &[PathBuf]) -> Outcome<Vec<PackFile>> {
    let mut packs = Vec::new();
    for path in paths {
        for document in documents(path)? {
            packs.push(PackFile::read(&document)?);
        }
    }
    Ok(packs)
}

/// Reads a text file that must be UTF-8.
pub(crate) fn read_text(path: &Path) -> Outcome<String> {
    let bytes = fs::read(path).map_err(|error| Failure::reading(path, &error))?;
    String::from_utf8(bytes).map_err(|error| {
        let line =
            error.as_bytes().iter().take(error.utf8_error().valid_up_to()).filter(|byte| **byte == b'\n').count();
        Failure::new(format!("`{}` is not UTF-8 text: line {}", path.display(), line + 1))
            .help("save the file as UTF-8 in your editor")
    })
}

/// Loads a pack, and a mapping when there is one, into a first engine.
///
/// What is wrong with them is printed as `rules lint` prints it.
pub(crate) fn open(host: &Arc<Host>, pack: &PackFile, mapping: Option<&PackFile>) -> Outcome<(Session, Arc<Sources>)> {
    open_in(host, pack, mapping, None)
}

/// The same, with records and reports in a language that the pack has.
pub(crate) fn open_in(
    host: &Arc<Host>,
    pack: &PackFile,
    mapping: Option<&PackFile>,
    language: Option<&str>,
) -> Outcome<(Session, Arc<Sources>)> {
    let sources = Arc::new(Sources {
        pack: pack.text.clone(),
        mapping: mapping.map(|mapping| mapping.text.clone()),
        language: language.map(str::to_owned),
    });
    let refused = |file: &PackFile, diagnostics: Vec<Value>| {
        let document = Document { name: &file.path.display().to_string(), text: &file.text };
        let found = findings::read(&diagnostics);
        findings::show(&document, &found);
        Failure::new(format!("`{}` cannot be used: {}", file.path.display(), findings::count(&found)))
            .help("mend what is listed above; `rules lint` checks again")
    };
    match Session::open(Arc::clone(host), Arc::clone(&sources)) {
        Ok(session) => Ok((session, sources)),
        Err(NotLoaded::Failure(failure)) => Err(failure),
        Err(NotLoaded::Pack(diagnostics)) => Err(refused(pack, diagnostics)),
        Err(NotLoaded::Mapping(diagnostics)) => Err(refused(mapping.unwrap_or(pack), diagnostics)),
    }
}

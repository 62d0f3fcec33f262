//! What the suites share: where things are.

pub mod cases;
pub mod conformance;
pub mod examples;
pub mod expressions;
pub mod generated;
pub mod kit;
pub mod laws;
pub mod packs;
pub mod random;
pub mod seeds;
#[path = "../host-demo/time_zones.rs"]
mod time_zones;

use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use rules_core::{TimeZones, pointer_to};
use serde_json::Value;

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

/// The rules of time zones, from the same place as those that the program hands in.
///
/// # Panics
/// When they cannot be made.
#[must_use]
#[allow(clippy::unwrap_used, reason = "no suite can go on without them")]
pub fn time_zones() -> TimeZones {
    static ZONES: OnceLock<TimeZones> = OnceLock::new();
    ZONES.get_or_init(|| TimeZones::from_json(time_zones_text()).unwrap()).clone()
}

/// The same as the text of `time-zones.json`.
///
/// # Panics
/// When they cannot be made.
#[must_use]
#[allow(clippy::unwrap_used, reason = "no suite can go on without them")]
pub fn time_zones_text() -> &'static str {
    static TEXT: OnceLock<String> = OnceLock::new();
    TEXT.get_or_init(|| time_zones::json().unwrap())
}

/// Every value of a JSON document with its pointer, what is inside before what holds it.
#[must_use]
pub fn values(document: &Value) -> Vec<(String, &Value)> {
    let mut found = Vec::new();
    gather(document, String::new(), &mut found);
    found
}

/// Marks a text that is a number: a character for private use, which no document here has.
const NUMBER: char = '\u{E000}';

/// A JSON document whose numbers are texts that begin with a mark, so that reading it loses no digit.
///
/// # Errors
/// When it is no JSON.
pub fn exact(text: &str) -> Result<Value, serde_json::Error> {
    let mut quoted = String::with_capacity(text.len());
    let (mut inside, mut escaped, mut number) = (false, false, false);
    for character in text.chars() {
        let digit = !inside && (character.is_ascii_digit() || "-.".contains(character));
        match (number, digit) {
            (false, true) => quoted.extend(['"', NUMBER]),
            (true, false) => quoted.push('"'),
            _ => {}
        }
        number = digit;
        if character == '"' && !escaped {
            inside = !inside;
        }
        escaped = inside && character == '\\' && !escaped;
        quoted.push(character);
    }
    serde_json::from_str(&quoted)
}

/// The number that a text of [`exact`] is.
#[must_use]
pub fn exact_number(value: &Value) -> Option<&str> {
    value.as_str()?.strip_prefix(NUMBER)
}

/// The document that [`exact`] read, with its numbers as they stood there.
#[must_use]
pub fn written(document: &Value) -> String {
    let text = document.to_string();
    let marked = format!("\"{NUMBER}");
    let mut pieces = text.split(marked.as_str());
    let mut written = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        written.push_str(&piece.replacen('"', "", 1));
    }
    written
}

fn gather<'v>(value: &'v Value, pointer: String, found: &mut Vec<(String, &'v Value)>) {
    for (number, item) in value.as_array().into_iter().flatten().enumerate() {
        gather(item, format!("{pointer}/{number}"), found);
    }
    for (key, item) in value.as_object().into_iter().flatten() {
        gather(item, pointer_to(&pointer, key), found);
    }
    found.push((pointer, value));
}

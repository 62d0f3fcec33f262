//! The texts that are given: the expression, and a file with a FEEL context or a JSON object.

use crate::batch::chunk::Origin;
use crate::failure::{Failure, Outcome};
use crate::packs;
use serde::de::IgnoredAny;
use std::io::Read;
use std::path::Path;

/// A text for the engine, and how messages call it.
pub(super) struct Given {
    pub(super) name: String,
    pub(super) text: String,
}

impl Given {
    /// A file, or standard input for `-`.
    pub(super) fn read(path: &Path) -> Outcome<Self> {
        let origin = origin(path);
        let text = match &origin {
            Origin::File(path) => packs::read_text(path)?,
            Origin::StandardInput => {
                let mut text = String::new();
                let read = std::io::stdin().read_to_string(&mut text);
                read.map_err(|error| Failure::new(format!("standard input cannot be read: {error}")))?;
                text
            }
        };
        // An editor may put a byte-order mark in front.
        let text = text.strip_prefix('\u{FEFF}').unwrap_or(&text).to_owned();
        Ok(Self { name: origin.name(), text })
    }

    /// The file of a context. What is called `.json` must be JSON.
    pub(super) fn context(path: &Path) -> Outcome<Self> {
        let given = Self::read(path)?;
        if !path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("json")) {
            return Ok(given);
        }
        serde_json::from_str::<IgnoredAny>(&given.text).map_err(|error| {
            Failure::new(format!("`{}` is not JSON: {error}", given.name))
                .help("look at that line and the one above it; a FEEL context goes into a file of another name")
        })?;
        Ok(Self { text: json_as_feel(&given.text), ..given })
    }
}

/// A file, or standard input for `-`.
pub(super) fn origin(path: &Path) -> Origin {
    if path.as_os_str() == "-" { Origin::StandardInput } else { Origin::File(path.to_path_buf()) }
}

/// JSON is FEEL but for three escapes. Everything else stays where it is, so that faults keep their lines and columns.
fn json_as_feel(json: &str) -> String {
    let mut feel = String::with_capacity(json.len());
    let mut characters = json.chars();
    while let Some(character) = characters.next() {
        if character != '\\' {
            feel.push(character);
            continue;
        }
        match characters.next() {
            Some('/') => feel.push('/'),
            Some('b') => feel.push_str("\\u0008"),
            Some('f') => feel.push_str("\\u000C"),
            escaped => {
                feel.push('\\');
                feel.extend(escaped);
            }
        }
    }
    feel
}

#[cfg(test)]
mod tests {
    use super::json_as_feel;

    #[test]
    fn the_escapes_that_feel_lacks_are_written_as_it_has_them() {
        let json = r#"{"a\/b": "\b\f\n\\/\\b \u00e9\"", "c": [1.50, -1E3]}"#;
        assert_eq!(json_as_feel(json), r#"{"a/b": "\u0008\u000C\n\\/\\b \u00e9\"", "c": [1.50, -1E3]}"#);
    }
}

//! The files that every form is made of: ours, the engine's and the GOV.UK Design System's style sheet.

use super::styles::styles;
use super::words;
use crate::engine::{MODULE, MODULE_SHA256, TIME_ZONES, TIME_ZONES_FILE};
use crate::failure::Outcome;
use sha2::{Digest, Sha256};
use std::borrow::Cow;

/// The modules of the form, each after those that it needs when it is read. They are written as modules for people and joined into
/// one file for browsers: one request, one digest for a content management system to hold it against.
const MODULES: [(&str, &str); 10] = [
    ("words.js", include_str!("../../../form/words.js")),
    ("elements.js", include_str!("../../../form/elements.js")),
    ("facts.js", include_str!("../../../form/facts.js")),
    ("answers.js", include_str!("../../../form/answers.js")),
    ("reading.js", include_str!("../../../form/reading.js")),
    ("fields.js", include_str!("../../../form/fields.js")),
    ("pages.js", include_str!("../../../form/pages.js")),
    ("result.js", include_str!("../../../form/result.js")),
    ("engine.js", include_str!("../../../form/engine.js")),
    ("form.js", include_str!("../../../form/form.js")),
];

/// The name of the engine's file beside the page.
pub(crate) const ENGINE: &str = "rules_wasm_bg.wasm";

/// One file beside the page.
pub(crate) struct File {
    /// Its name, without a folder.
    pub(crate) name: &'static str,
    /// Its media type.
    pub(crate) media: &'static str,
    pub(crate) bytes: Cow<'static, [u8]>,
    /// SHA-256 of the bytes in hexadecimal.
    pub(crate) sha256: String,
}

impl File {
    fn new(name: &'static str, bytes: impl Into<Cow<'static, [u8]>>) -> Self {
        let bytes = bytes.into();
        let sha256 = sha256(&bytes);
        Self { name, media: media(name), bytes, sha256 }
    }
}

/// All files beside the page.
///
/// # Errors
/// When the style sheet is not there: it comes from npm and is no part of this program.
pub(crate) fn files() -> Outcome<Vec<File>> {
    Ok(vec![
        File::new("form.js", joined(&MODULES).into_bytes()),
        File::new("rules_wasm.js", include_bytes!(concat!(env!("OUT_DIR"), "/engine/rules_wasm.js")).as_slice()),
        File { name: ENGINE, media: media(ENGINE), bytes: MODULE.into(), sha256: MODULE_SHA256.to_owned() },
        File::new(TIME_ZONES_FILE, TIME_ZONES.as_bytes()),
        File::new(words::ENGLISH.file, words::ENGLISH.text.as_bytes()),
        File::new(words::WELSH.file, words::WELSH.text.as_bytes()),
        File::new("form.css", include_bytes!("../../../form/form.css").as_slice()),
        File::new("govuk.css", styles().map(String::into_bytes)?),
    ])
}

/// The media type that goes with the end of a file's name.
pub(crate) fn media(name: &str) -> &'static str {
    match name.rsplit('.').next() {
        Some("js") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("html") => "text/html; charset=utf-8",
        Some("json") => "application/json",
        Some("svg") => "image/svg+xml",
        Some("wasm") => "application/wasm",
        _ => "text/plain; charset=utf-8",
    }
}

/// The SHA-256 of bytes in hexadecimal.
pub(crate) fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Joins modules into one: their imports from each other go, and so do comments on lines of their own and indentation.
/// It holds for modules that import by name, one import a line, and that give no two things at their top level the same name.
fn joined(modules: &[(&str, &str)]) -> String {
    let mut text = String::new();
    for (_, module) in modules {
        let mut within_comment = false;
        for line in module.lines().map(str::trim) {
            let comment = within_comment || line.starts_with("/**") || line.starts_with("//");
            within_comment = (within_comment || line.starts_with("/**")) && !line.ends_with("*/");
            let inner = modules.iter().any(|(name, _)| line.ends_with(&format!(" from \"./{name}\";")));
            if comment || inner || line.is_empty() {
                continue;
            }
            text.push_str(line.strip_prefix("export ").unwrap_or(line));
            text.push('\n');
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::{MODULES, joined};

    #[test]
    fn only_the_engine_is_still_imported_after_joining() {
        let text = joined(&MODULES);
        let imports: Vec<&str> = text.lines().filter(|line| line.starts_with("import ")).collect();
        assert_eq!(imports, ["import start, { call } from \"./rules_wasm.js\";"]);
        assert!(!text.contains("/**") && !text.contains("\nexport "));
    }

    #[test]
    fn a_comment_in_one_line_does_not_swallow_what_follows() {
        let modules = [
            ("a.js", "/** One. */\nexport const a = 1;\n/**\n * Two\n */\nconst b = 2;\n"),
            ("b.js", "import { a } from \"./a.js\";\nuse(a);\n"),
        ];
        assert_eq!(joined(&modules), "const a = 1;\nconst b = 2;\nuse(a);\n");
    }
}

//! Files that are written from the engine's own tables, so that they cannot say anything else.

use std::fmt::Write as _;
use std::io;
use std::path::PathBuf;

use rules_core::{CODES, functions, published_schemas};
use serde_json::Value;

use crate::examples::{self, Example, Subject};
use crate::workspace;

/// Every generated file with what should stand in it. `cargo run -p rules-tests --bin generate` writes them.
///
/// # Errors
/// When something that they are made of cannot be read.
pub fn files() -> io::Result<Vec<(PathBuf, String)>> {
    let packs = workspace().join("rule-packs");
    let docs = workspace().join("rules-core/docs");
    let mut files: Vec<_> = published_schemas().into_iter().map(|(name, text)| (packs.join(name), text)).collect();
    files.push((docs.join("builtins.md"), builtins()));
    files.push((docs.join("diagnostics.md"), diagnostics()?));
    Ok(files)
}

/// The page of builtin functions: how each is called, what it gives, and examples.
fn builtins() -> String {
    let mut page = String::from(
        "# Builtin functions\n\nThe functions of FEEL, with examples. This page is generated from the table of builtins \
         (`rules-core/src/builtins/`);\na test runs every example. A parameter in brackets may be left out, one with `…` may come \
         more than once. Where a value cannot be\ngiven, the result is null; `rules feel` says why.\n",
    );
    index(&mut page);
    let mut family = "";
    for function in functions() {
        if function.family != family {
            family = function.family;
            let _ = write!(page, "\n## {family}\n");
        }
        let _ = write!(page, "\n### {}\n\n{}\n\n```text\n", function.name, function.sentence);
        for signature in &function.signatures {
            let _ = writeln!(page, "{signature}");
        }
        let _ = write!(page, "```\n\n```text\n");
        for (expression, result) in function.examples {
            let _ = writeln!(page, "{expression} → {result}");
        }
        page.push_str("```\n");
    }
    page
}

/// The names of each family, to find one by.
fn index(page: &mut String) {
    let mut family = "";
    for function in functions() {
        let same = function.family == family;
        let before = if same { ", ".to_owned() } else { format!("\n* **{}:** ", function.family) };
        family = function.family;
        let _ = write!(page, "{before}[{0}](#{1})", function.name, function.name.replace(' ', "-"));
    }
    page.push('\n');
}

/// The page of diagnostics: every code with its meaning and its examples.
fn diagnostics() -> io::Result<String> {
    let mut page = String::from(
        "# Diagnostics\n\nEverything that the engine finds wrong, with examples. This page is generated from the table of codes \
         (`rules-core/src/code.rs`)\nand from the examples in `tests/diagnostics/`, which a test runs.\n",
    );
    for code in CODES {
        let _ = write!(page, "\n## {}\n\n*{}.* {}\n", code.id, code.severity.word(), code.meaning);
        for example in examples::of(code.id)? {
            describe(&mut page, &example);
        }
    }
    Ok(page)
}

/// One example as a person reads it.
fn describe(page: &mut String, example: &Example) {
    let _ = write!(page, "\n{}\n\n```text\n", example.says);
    let document = String::from_utf8_lossy(&example.document);
    for diagnostic in &example.diagnostics {
        let word = |name: &str| diagnostic.get(name).and_then(Value::as_str).unwrap_or_default();
        let pointer = if example.subject == Subject::Case { word("pointer") } else { "" };
        let parts = [word("code"), pointer, word("message")];
        let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        let _ = writeln!(page, "{}", parts.join(": "));
        if let Some((line, indent)) = source_line(&document, diagnostic) {
            let _ = writeln!(page, "  | {line}");
            let _ =
                writeln!(page, "  | {}{}", " ".repeat(indent), "^".repeat(word("underlined").chars().count().max(1)));
        }
        if let Some(help) = diagnostic.get("help").and_then(Value::as_str) {
            let _ = writeln!(page, "  help: {help}");
        }
    }
    page.push_str("```\n");
}

/// The line that a diagnostic speaks of, without the white space around it, and how many characters stand before the place.
fn source_line<'d>(document: &'d str, diagnostic: &Value) -> Option<(&'d str, usize)> {
    let number =
        |name: &str| diagnostic.get(name).and_then(Value::as_u64).and_then(|number| usize::try_from(number).ok());
    let line = document.lines().nth(number("line")?.checked_sub(1)?)?;
    let text = line.trim();
    let before = line.chars().take_while(|character| character.is_whitespace()).count();
    let indent = number("column")?.checked_sub(before + 1)?;
    (!text.is_empty() && text.chars().count() < 160).then_some((text, indent))
}

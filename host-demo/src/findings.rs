//! Findings in a document, shown with the line they are about and a mark under the place.

use crate::failure::Outcome;
use crate::terminal;
use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};
use serde::Deserialize;
use serde_json::Value;
use std::io::IsTerminal;

/// A document that findings are about.
pub(crate) struct Document<'a> {
    pub(crate) name: &'a str,
    pub(crate) text: &'a str,
}

/// One finding, as the engine reports it.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Finding {
    pub(crate) code: String,
    pub(crate) severity: String,
    pub(crate) message: String,
    #[serde(default)]
    pub(crate) help: Option<String>,
    #[serde(default)]
    pub(crate) pointer: String,
    /// Lines and columns count from 1, columns in characters; the end is behind the last character.
    #[serde(default)]
    pub(crate) line: usize,
    #[serde(default)]
    pub(crate) column: usize,
    #[serde(default)]
    pub(crate) end_line: usize,
    #[serde(default)]
    pub(crate) end_column: usize,
}

impl Finding {
    /// Whether the document cannot be used because of it.
    pub(crate) fn is_error(&self) -> bool {
        self.severity == "error"
    }
}

/// Reads the engine's diagnostics; one that cannot be read is shown as it is.
pub(crate) fn read(diagnostics: &[Value]) -> Vec<Finding> {
    diagnostics
        .iter()
        .map(|diagnostic| {
            serde_json::from_value(diagnostic.clone()).unwrap_or_else(|_| Finding {
                code: "unreadable".to_owned(),
                severity: "error".to_owned(),
                message: diagnostic.to_string(),
                help: None,
                pointer: String::new(),
                line: 0,
                column: 0,
                end_line: 0,
                end_column: 0,
            })
        })
        .collect()
}

/// `2 errors and 1 warning`.
pub(crate) fn count(findings: &[Finding]) -> String {
    let errors = findings.iter().filter(|finding| finding.is_error()).count();
    let words = |count: usize, word: &str| format!("{count} {word}{}", if count == 1 { "" } else { "s" });
    match (errors, findings.len() - errors) {
        (errors, 0) => words(errors, "error"),
        (0, warnings) => words(warnings, "warning"),
        (errors, warnings) => format!("{} and {}", words(errors, "error"), words(warnings, "warning")),
    }
}

/// Prints findings to standard error, in colour on a terminal.
pub(crate) fn show(document: &Document<'_>, findings: &[Finding]) {
    let plain = !std::io::stderr().is_terminal() || std::env::var_os("NO_COLOR").is_some();
    for finding in findings {
        terminal::say(&render(document, finding, plain));
        terminal::say("");
    }
}

/// Prints findings to standard output, as the result that was asked for.
pub(crate) fn print(document: &Document<'_>, findings: &[Finding]) -> Outcome<()> {
    let plain = !std::io::stdout().is_terminal() || std::env::var_os("NO_COLOR").is_some();
    findings.iter().try_for_each(|finding| terminal::print(&format!("{}\n\n", render(document, finding, plain))))
}

/// One finding as text.
pub(crate) fn render(document: &Document<'_>, finding: &Finding, plain: bool) -> String {
    let level = if finding.is_error() { Level::ERROR } else { Level::WARNING };
    let start = offset(document.text, finding.line, finding.column);
    let end = offset(document.text, finding.end_line, finding.end_column);
    let mut group = level.primary_title(finding.message.as_str()).id(finding.code.as_str()).element(
        Snippet::source(document.text)
            .path(document.name)
            .annotation(AnnotationKind::Primary.span(start..end.max(start)).label(finding.pointer.as_str())),
    );
    if let Some(help) = &finding.help {
        group = group.element(Level::HELP.message(help.as_str()));
    }
    let renderer = if plain { Renderer::plain() } else { Renderer::styled() };
    renderer.render(&[group])
}

/// The byte at a line and a column, both counted from 1, columns in characters.
fn offset(text: &str, line: usize, column: usize) -> usize {
    let start: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    let rest = text.get(start..).unwrap_or_default();
    let within = rest.char_indices().nth(column.saturating_sub(1)).map_or(rest.len(), |(at, _)| at);
    start + within
}

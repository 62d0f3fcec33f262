//! Markdown (CommonMark), for case notes and committee papers.

use super::block::{Block, Entry, Style};

/// The report as Markdown.
pub(super) fn render(blocks: &[Block], _: &str) -> String {
    let mut out = String::new();
    for block in blocks {
        if !out.is_empty() {
            out.push('\n');
        }
        match block {
            Block::Title(title) => line(&mut out, "# ", title),
            Block::Heading(heading) => line(&mut out, "## ", heading),
            Block::Paragraph(text) | Block::Warning(text) => line(&mut out, "", text),
            Block::List(style, entries) => {
                for (number, entry) in entries.iter().enumerate() {
                    list_entry(&mut out, *style, number + 1, entry);
                }
            }
        }
    }
    out
}

fn list_entry(out: &mut String, style: Style, number: usize, entry: &Entry) {
    let indent = match style {
        Style::Numbered => {
            line(out, &[&number.to_string(), ". "].concat(), &entry.text);
            "   * "
        }
        Style::Plain => {
            line(out, "* ", &entry.text);
            "  * "
        }
        Style::Lead | Style::Marked | Style::Table(..) => {
            out.push_str("* **");
            escape(out, &entry.mark);
            line(out, "**: ", &entry.text);
            "  * "
        }
    };
    for detail in &entry.details {
        line(out, indent, &detail.line());
        for item in detail.lines() {
            out.push_str(&" ".repeat(indent.len() + 2 * item.depth));
            line(out, "* ", &item.text);
        }
    }
}

fn line(out: &mut String, before: &str, text: &str) {
    out.push_str(before);
    escape(out, text);
    out.push('\n');
}

/// Keeps characters that Markdown or HTML would take as markup.
fn escape(out: &mut String, text: &str) {
    for character in text.chars() {
        if matches!(character, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|') {
            out.push('\\');
        }
        out.push(if character == '\n' { ' ' } else { character });
    }
}

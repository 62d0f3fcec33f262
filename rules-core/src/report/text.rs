//! Plain text of at most 100 columns, for terminals and e-mail.

use super::block::{Block, Entry, Style};

const WIDTH: usize = 100;

/// The report as plain text.
pub(super) fn render(blocks: &[Block], _: &str) -> String {
    let mut out = String::new();
    for block in blocks {
        match block {
            Block::Title(title) => {
                out.push_str(title);
                out.push('\n');
                out.push_str(&"=".repeat(title.chars().count()));
                out.push('\n');
            }
            Block::Heading(heading) => {
                out.push('\n');
                out.push_str(&heading.to_uppercase());
                out.push('\n');
            }
            Block::Paragraph(text) | Block::Warning(text) => wrap(&mut out, text, "", ""),
            Block::List(style, entries) => {
                for (number, Entry { mark, text, details, .. }) in entries.iter().enumerate() {
                    let (mark, between) = match style {
                        Style::Numbered => ((number + 1).to_string(), ". "),
                        Style::Plain => ("*".to_owned(), " "),
                        Style::Lead | Style::Marked | Style::Table(..) => (mark.clone(), ": "),
                    };
                    wrap(&mut out, &[&mark, between, text].concat(), "  ", "    ");
                    for detail in details {
                        wrap(&mut out, &detail.line(), "      ", "      ");
                        for line in detail.lines() {
                            let indent = " ".repeat(8 + 2 * line.depth);
                            wrap(&mut out, &["- ", &line.text].concat(), &indent, &[&indent, "  "].concat());
                        }
                    }
                }
            }
        }
    }
    out
}

/// Breaks at spaces; a word longer than a line stands alone.
fn wrap(out: &mut String, text: &str, first: &str, later: &str) {
    let mut line = String::from(first);
    let mut empty = true;
    for word in text.split_whitespace() {
        if !empty && line.chars().count() + 1 + word.chars().count() > WIDTH {
            out.push_str(line.trim_end());
            out.push('\n');
            line = String::from(later);
            empty = true;
        }
        if !empty {
            line.push(' ');
        }
        line.push_str(word);
        empty = false;
    }
    out.push_str(line.trim_end());
    out.push('\n');
}

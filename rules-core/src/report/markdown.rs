//! Markdown (CommonMark), for case notes and committee papers.

use super::layout::Block;

/// The report as Markdown.
pub(super) fn render(blocks: &[Block]) -> String {
    let mut out = String::new();
    let mut in_list = false;
    for block in blocks {
        let entry = matches!(block, Block::Entry { .. });
        if !out.is_empty() && (!in_list || !entry) {
            out.push('\n');
        }
        in_list = entry;
        match block {
            Block::Title(title) => out.push_str(&format!("# {}\n", escape(title))),
            Block::Heading(heading) => out.push_str(&format!("## {heading}\n")),
            Block::Paragraph(paragraph) => out.push_str(&format!("{}\n", escape(paragraph))),
            Block::Entry { mark, text, details } => {
                let mark = mark.trim_end_matches('.');
                out.push_str(&format!("* **{}**: {}\n", escape(mark), escape(text)));
                for detail in details {
                    out.push_str(&format!("  * {}\n", escape(detail)));
                }
            }
        }
    }
    out
}

/// Keeps characters that Markdown or HTML would take as markup.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        if matches!(character, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|') {
            escaped.push('\\');
        }
        escaped.push(if character == '\n' { ' ' } else { character });
    }
    escaped
}

//! HTML with the classes of the GOV.UK Design System: a fragment for a page that has its styles, and a page of its own.
//!
//! Everything that comes from a pack or a case is escaped. Headings are in order, states are words and never colours alone,
//! tables have captions and say what their heads belong to.

use super::block::{Block, Detail, Entry, Style, Tone};

/// The few rules that make the page readable on a screen and on paper; no style sheet is loaded.
const STYLE: &str = include_str!("page.css");

/// The report as a fragment. Its first heading is of the second level, for a page that has a title of its own.
pub(super) fn fragment(blocks: &[Block], language: &str) -> String {
    let mut out = String::new();
    body(&mut out, blocks, language, 2);
    out
}

/// The report as a page by itself.
pub(super) fn page(blocks: &[Block], language: &str) -> String {
    let mut out = String::from("<!doctype html>\n<html");
    attribute(&mut out, "lang", language);
    out.push_str(">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>");
    if let Some(Block::Title(title)) = blocks.first() {
        escape(&mut out, title);
    }
    out.push_str("</title>\n<style>\n");
    out.push_str(STYLE);
    out.push_str("</style>\n</head>\n<body>\n<main>\n");
    body(&mut out, blocks, language, 1);
    out.push_str("</main>\n</body>\n</html>\n");
    out
}

fn body(out: &mut String, blocks: &[Block], language: &str, level: u8) {
    out.push_str("<article class=\"rules-report\"");
    attribute(out, "lang", language);
    out.push_str(">\n");
    for block in blocks {
        match block {
            Block::Title(title) => heading(out, level, "l", title, None),
            Block::Heading(words) => heading(out, level + 1, "m", words, None),
            Block::Paragraph(text) => within(out, "p", "govuk-body", text),
            Block::Warning(text) => {
                out.push_str(
                    "<div class=\"govuk-warning-text\"><span class=\"govuk-warning-text__icon\" aria-hidden=\"true\">!</span>\
                     <strong class=\"govuk-warning-text__text\"><span class=\"govuk-visually-hidden\">Warning</span> ",
                );
                escape(out, text);
                out.push_str("</strong></div>\n");
            }
            Block::List(Style::Table(caption, heads), entries) => table(out, caption, heads, entries),
            Block::List(Style::Lead, entries) => {
                for entry in entries {
                    out.push_str("<div class=\"govuk-inset-text\">\n<p class=\"govuk-body-l\">");
                    marked(out, entry);
                    out.push_str("</p>\n");
                    details(out, &entry.details);
                    out.push_str("</div>\n");
                }
            }
            Block::List(style, entries) => list(out, *style, level + 2, entries),
        }
    }
    out.push_str("</article>\n");
}

fn list(out: &mut String, style: Style, level: u8, entries: &[Entry]) {
    let (open, close) = match style {
        Style::Numbered => ("<ol class=\"govuk-list govuk-list--number\">\n", "</ol>\n"),
        Style::Plain => ("<ul class=\"govuk-list govuk-list--bullet\">\n", "</ul>\n"),
        Style::Marked | Style::Lead | Style::Table(..) => ("<ul class=\"govuk-list rules-report__list\">\n", "</ul>\n"),
    };
    out.push_str(open);
    for entry in entries {
        out.push_str("<li>");
        if style == Style::Marked {
            heading(out, level, "s", &entry.text, Some(entry));
        } else {
            escape(out, &entry.text);
        }
        details(out, &entry.details);
        out.push_str("</li>\n");
    }
    out.push_str(close);
}

/// A heading, with the mark of an entry behind it.
fn heading(out: &mut String, level: u8, size: &str, text: &str, of: Option<&Entry>) {
    let level = char::from(b'0' + level.min(6));
    out.push_str("<h");
    out.push(level);
    out.push_str(" class=\"govuk-heading-");
    out.push_str(size);
    out.push_str("\">");
    match of {
        Some(entry) => marked(out, entry),
        None => escape(out, text),
    }
    out.push_str("</h");
    out.push(level);
    out.push_str(">\n");
}

/// What an entry says, and its mark.
fn marked(out: &mut String, entry: &Entry) {
    escape(out, &entry.text);
    if !entry.mark.is_empty() {
        out.push_str(if entry.tone == Tone::None { ": " } else { " " });
        mark(out, entry);
    }
}

fn mark(out: &mut String, entry: &Entry) {
    let colour = match entry.tone {
        Tone::None => return within(out, "strong", "rules-report__value", &entry.mark),
        Tone::Good => "govuk-tag govuk-tag--green",
        Tone::Open => "govuk-tag govuk-tag--yellow",
        Tone::Other => "govuk-tag govuk-tag--grey",
    };
    within(out, "strong", colour, &entry.mark);
}

fn table(out: &mut String, caption: &str, heads: &[&str; 3], entries: &[Entry]) {
    out.push_str("<table class=\"govuk-table\">\n");
    within(out, "caption", "govuk-table__caption govuk-table__caption--m", caption);
    out.push_str("<thead class=\"govuk-table__head\"><tr class=\"govuk-table__row\">");
    let columns = heads.iter().filter(|head| !head.is_empty());
    for head in columns {
        out.push_str("<th scope=\"col\" class=\"govuk-table__header\">");
        escape(out, head);
        out.push_str("</th>");
    }
    out.push_str("</tr></thead>\n<tbody class=\"govuk-table__body\">\n");
    for entry in entries {
        out.push_str("<tr class=\"govuk-table__row\"><th scope=\"row\" class=\"govuk-table__header\">");
        mark(out, entry);
        out.push_str("</th><td class=\"govuk-table__cell\">");
        escape(out, &entry.text);
        out.push_str("</td>");
        if heads.iter().all(|head| !head.is_empty()) {
            out.push_str("<td class=\"govuk-table__cell\">");
            for (place, detail) in entry.details.iter().enumerate() {
                out.push_str(if place > 0 { "<br>" } else { "" });
                self::detail(out, detail);
            }
            out.push_str("</td>");
        }
        out.push_str("</tr>\n");
    }
    out.push_str("</tbody>\n</table>\n");
}

/// Sentences as paragraphs, what has a label as a summary list.
fn details(out: &mut String, details: &[Detail]) {
    let mut in_list = false;
    for detail in details {
        let labelled = matches!(detail, Detail::Labelled(..));
        if labelled != in_list {
            out.push_str(if labelled {
                "<dl class=\"govuk-summary-list govuk-summary-list--no-border\">\n"
            } else {
                "</dl>\n"
            });
            in_list = labelled;
        }
        if let Detail::Labelled(label, text) = detail {
            out.push_str("<div class=\"govuk-summary-list__row\">");
            within(out, "dt", "govuk-summary-list__key", label);
            within(out, "dd", "govuk-summary-list__value", text);
            out.push_str("</div>\n");
        } else {
            out.push_str("<p class=\"govuk-body\">");
            self::detail(out, detail);
            out.push_str("</p>\n");
        }
    }
    if in_list {
        out.push_str("</dl>\n");
    }
}

fn detail(out: &mut String, detail: &Detail) {
    match detail {
        // Any other address could be a script.
        Detail::Link(address) if address.starts_with("https://") || address.starts_with("http://") => {
            out.push_str("<a class=\"govuk-link\"");
            attribute(out, "href", address);
            out.push('>');
            escape(out, address);
            out.push_str("</a>");
        }
        other => escape(out, &other.line()),
    }
}

fn within(out: &mut String, element: &str, class: &str, text: &str) {
    out.push('<');
    out.push_str(element);
    attribute(out, "class", class);
    out.push('>');
    escape(out, text);
    out.push_str("</");
    out.push_str(element);
    out.push('>');
    if element == "p" || element == "caption" {
        out.push('\n');
    }
}

fn attribute(out: &mut String, name: &str, value: &str) {
    out.push(' ');
    out.push_str(name);
    out.push_str("=\"");
    escape(out, value);
    out.push('"');
}

/// Writes a text so that nothing in it is markup, in an element or between the quotes of an attribute.
fn escape(out: &mut String, text: &str) {
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            other => out.push(other),
        }
    }
}

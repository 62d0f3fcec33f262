//! HTML with the classes of the GOV.UK Design System: a fragment for a page that has its styles, and a page of its own.
//!
//! Everything that comes from a pack or a case is escaped. Headings are in order, states are words and never colours alone,
//! tables have captions and say what their heads belong to.

use super::block::{Block, Detail, Entry, Style, Tone};
use crate::explain::Line;
use crate::words;

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
    let mut out = String::new();
    let title = if let Some(Block::Title(title)) = blocks.first() { title } else { "" };
    let before = "\">\n<head>\n<meta charset=\"utf-8\">\n\
                  <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>";
    put(&mut out, "<!doctype html>\n<html lang=\"", language, before);
    put(&mut out, "", title, "</title>\n<style>\n");
    add(&mut out, STYLE);
    add(&mut out, "</style>\n</head>\n<body>\n<main>\n");
    body(&mut out, blocks, language, 1);
    add(&mut out, "</main>\n</body>\n</html>\n");
    out
}

fn body(out: &mut String, blocks: &[Block], language: &str, level: usize) {
    put(out, "<article class=\"rules-report\" lang=\"", language, "\">\n");
    for block in blocks {
        match block {
            Block::Title(title) => heading(out, level, title, None),
            Block::Heading(words) => heading(out, level + 1, words, None),
            Block::Paragraph(text) => put(out, "<p class=\"govuk-body\">", text, "</p>\n"),
            Block::Warning(text) => {
                let warning = words::of(language).warning;
                put(
                    out,
                    "<div class=\"govuk-warning-text\"><span class=\"govuk-warning-text__icon\" aria-hidden=\"true\">!</span>\
                     <strong class=\"govuk-warning-text__text\"><span class=\"govuk-visually-hidden\">",
                    warning,
                    "</span> ",
                );
                put(out, "", text, "</strong></div>\n");
            }
            Block::List(Style::Table(caption, heads), entries) => table(out, caption, heads, entries),
            Block::List(style, entries) => list(out, *style, level + 2, entries),
        }
    }
    add(out, "</article>\n");
}

fn list(out: &mut String, style: Style, level: usize, entries: &[Entry]) {
    let (open, item, close) = match style {
        Style::Lead => ("<div class=\"govuk-inset-text\">\n", "", "</div>\n"),
        Style::Numbered => ("<ol class=\"govuk-list govuk-list--number\">\n", "<li>", "</ol>\n"),
        Style::Plain => ("<ul class=\"govuk-list govuk-list--bullet\">\n", "<li>", "</ul>\n"),
        Style::Marked | Style::Table(..) => ("<ul class=\"govuk-list rules-report__list\">\n", "<li>", "</ul>\n"),
    };
    add(out, open);
    for entry in entries {
        add(out, item);
        match style {
            Style::Lead => {
                put(out, "<p class=\"govuk-body-l\">", &entry.text, "");
                mark(out, entry);
                add(out, "</p>\n");
            }
            Style::Marked => heading(out, level, &entry.text, Some(entry)),
            Style::Numbered | Style::Plain | Style::Table(..) => put(out, "", &entry.text, ""),
        }
        details(out, &entry.details);
        if !item.is_empty() {
            add(out, "</li>\n");
        }
    }
    add(out, close);
}

/// A heading, with the mark of an entry behind it.
fn heading(out: &mut String, level: usize, text: &str, of: Option<&Entry>) {
    let (open, close) = match level {
        1 => ("<h1 class=\"govuk-heading-l\">", "</h1>\n"),
        2 => ("<h2 class=\"govuk-heading-m\">", "</h2>\n"),
        3 => ("<h3 class=\"govuk-heading-s\">", "</h3>\n"),
        _ => ("<h4 class=\"govuk-heading-s\">", "</h4>\n"),
    };
    put(out, open, text, "");
    if let Some(entry) = of {
        mark(out, entry);
    }
    add(out, close);
}

/// The mark of an entry, behind its text.
fn mark(out: &mut String, entry: &Entry) {
    let open = match entry.tone {
        _ if entry.mark.is_empty() => return,
        Tone::None => ": <strong class=\"rules-report__value\">",
        Tone::Good => " <strong class=\"govuk-tag govuk-tag--green\">",
        Tone::Open => " <strong class=\"govuk-tag govuk-tag--yellow\">",
        Tone::Other => " <strong class=\"govuk-tag govuk-tag--grey\">",
    };
    put(out, open, &entry.mark, "</strong>");
}

fn table(out: &mut String, caption: &str, heads: &[&str; 3], entries: &[Entry]) {
    let before = "<table class=\"govuk-table\">\n<caption class=\"govuk-table__caption govuk-table__caption--m\">";
    put(out, before, caption, "</caption>\n<thead class=\"govuk-table__head\"><tr class=\"govuk-table__row\">");
    let [.., last] = heads;
    for head in heads.iter().filter(|head| !head.is_empty()) {
        put(out, "<th scope=\"col\" class=\"govuk-table__header\">", head, "</th>");
    }
    add(out, "</tr></thead>\n<tbody class=\"govuk-table__body\">\n");
    for entry in entries {
        let before = "<tr class=\"govuk-table__row\"><th scope=\"row\" class=\"govuk-table__header\">";
        put(out, before, &entry.mark, "</th>");
        put(out, "<td class=\"govuk-table__cell\">", &entry.text, "</td>");
        if !last.is_empty() {
            let mut before = "<td class=\"govuk-table__cell\">";
            for detail in &entry.details {
                add(out, before);
                self::detail(out, detail);
                before = "<br>";
            }
            add(out, "</td>");
        }
        add(out, "</tr>\n");
    }
    add(out, "</tbody>\n</table>\n");
}

/// Sentences as paragraphs, what has a label as a summary list.
fn details(out: &mut String, details: &[Detail]) {
    let mut in_list = false;
    for detail in details {
        let labelled = matches!(detail, Detail::Labelled(..));
        if labelled != in_list {
            add(
                out,
                if labelled { "<dl class=\"govuk-summary-list govuk-summary-list--no-border\">\n" } else { "</dl>\n" },
            );
            in_list = labelled;
        }
        if let Detail::Labelled(label, text) = detail {
            let before = "<div class=\"govuk-summary-list__row\"><dt class=\"govuk-summary-list__key\">";
            put(out, before, label, "</dt>");
            put(out, "<dd class=\"govuk-summary-list__value\">", text, "</dd></div>\n");
        } else {
            add(out, "<p class=\"govuk-body\">");
            self::detail(out, detail);
            add(out, "</p>\n");
            items(out, detail.lines());
        }
    }
    if in_list {
        add(out, "</dl>\n");
    }
}

/// A list, with those that stand deeper inside its items.
fn items(out: &mut String, lines: &[Line]) {
    let mut open = 0;
    for line in lines {
        let depth = line.depth + 1;
        if depth <= open {
            add(out, "</li>\n");
        }
        while open > depth {
            add(out, "</ul>\n</li>\n");
            open -= 1;
        }
        while open < depth {
            add(out, "<ul class=\"govuk-list govuk-list--bullet\">\n");
            open += 1;
        }
        put(out, "<li>", &line.text, "");
    }
    while open > 0 {
        add(out, "</li>\n</ul>\n");
        open -= 1;
    }
}

fn detail(out: &mut String, detail: &Detail) {
    match detail {
        // Any other address could be a script.
        Detail::Link(address) if address.starts_with("https://") || address.starts_with("http://") => {
            put(out, "<a class=\"govuk-link\" href=\"", address, "\">");
            put(out, "", address, "</a>");
        }
        other => put(out, "", &other.line(), ""),
    }
}

/// Writes markup, a text in which nothing is markup, be it in an element or between the quotes of an attribute, and markup.
#[inline(never)]
fn put(out: &mut String, before: &str, text: &str, after: &str) {
    out.push_str(before);
    let mut rest = text;
    while let Some(place) = rest.find(['&', '<', '>', '"', '\'']) {
        let (words, found) = rest.split_at(place);
        out.push_str(words);
        let mut found = found.chars();
        out.push_str(match found.next() {
            Some('&') => "&amp;",
            Some('<') => "&lt;",
            Some('>') => "&gt;",
            Some('"') => "&quot;",
            _ => "&#39;",
        });
        rest = found.as_str();
    }
    out.push_str(rest);
    out.push_str(after);
}

#[inline(never)]
fn add(out: &mut String, markup: &str) {
    out.push_str(markup);
}

//! The style sheet of the GOV.UK Design System, as npm brings it, cut down to what a form wears: half the weight of the page's styles, and
//! nothing that could touch the rest of a council's own page.

use crate::failure::{Failure, Outcome};
use std::path::Path;

/// Said at the top of the style sheet, as its licence asks.
const NOTICE: &str =
    "/* Parts of GOV.UK Frontend. Copyright (c) 2017 HM Government (Government Digital Service). MIT Licence. */\n";

/// The components that the form uses; a name stands for all that begin with it.
const WORN: [&str; 30] = [
    "back-link",
    "body",
    "button",
    "caption",
    "checkboxes",
    "date-input",
    "details",
    "error-message",
    "error-summary",
    "fieldset",
    "form-group",
    "heading",
    "hint",
    "input",
    "inset-text",
    "label",
    "link",
    "list",
    "main-wrapper",
    "radios",
    "skip-link",
    "summary-card",
    "summary-list",
    "table",
    "tag",
    "template",
    "textarea",
    "visually-hidden",
    "warning-text",
    "width-container",
];

/// The styles of the form.
///
/// # Errors
/// When npm's package is not there: it is no part of this program.
pub(crate) fn styles() -> Outcome<String> {
    let styles = find().ok_or_else(|| {
        Failure::new("the look of the form, the npm package govuk-frontend, is not installed")
            .help("run this in the repository's folder, then try again: npm ci --prefix host-demo/form")
    })?;
    Ok(format!("{NOTICE}{}", in_arial(&worn(&styles))))
}

/// The style sheet in the working directory's repository, or in the one that this program was built from.
fn find() -> Option<String> {
    let below = "form/node_modules/govuk-frontend/dist/govuk/govuk-frontend.min.css";
    let folders = [Path::new("host-demo"), Path::new(env!("CARGO_MANIFEST_DIR"))];
    folders.iter().find_map(|folder| std::fs::read_to_string(folder.join(below)).ok())
}

/// The rules for what is worn. Rules about anything but components stay, as do all rules of the page itself.
fn worn(styles: &str) -> String {
    let mut kept = String::with_capacity(styles.len() / 2);
    let mut rest = styles;
    while let Some(end) = rest.find(['{', ';']) {
        let (before, after) = rest.split_at(end);
        if let Some(after) = after.strip_prefix(';') {
            kept.push_str(before);
            kept.push(';');
            rest = after;
            continue;
        }
        let (body, after) = block(&after[1..]);
        let (before, body) = match before.rsplit("*/").next().unwrap_or(before).trim() {
            // GDS Transport may be used on gov.uk only.
            "@font-face" => (String::new(), String::new()),
            rule if rule.starts_with("@media") || rule.starts_with("@supports") => (rule.to_owned(), worn(body)),
            rule if rule.starts_with('@') => (rule.to_owned(), body.to_owned()),
            rule => (selectors(rule), body.to_owned()),
        };
        if !before.is_empty() && !body.is_empty() {
            kept.push_str(&format!("{before}{{{body}}}"));
        }
        rest = after;
    }
    kept
}

/// What stands before the brace that closes a block, and what comes after it.
fn block(text: &str) -> (&str, &str) {
    let mut depth = 1;
    for (place, letter) in text.char_indices() {
        match letter {
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return (&text[..place], &text[place + 1..]);
        }
    }
    (text, "")
}

/// The selectors of a rule that are worn. Commas within brackets part nothing.
fn selectors(rule: &str) -> String {
    let mut depth = 0;
    let parts = rule.split(|letter| {
        depth += i32::from(letter == '(') - i32::from(letter == ')');
        letter == ',' && depth == 0
    });
    parts.filter(|selector| is_worn(selector)).collect::<Vec<_>>().join(",")
}

fn is_worn(selector: &str) -> bool {
    selector.split(".govuk-").skip(1).all(|name| {
        WORN.iter().any(|worn| {
            name.strip_prefix(worn).is_some_and(|rest| !rest.starts_with(|next: char| next.is_alphanumeric()))
        })
    })
}

/// The next typeface in the style sheet's lists takes the place of GDS Transport.
fn in_arial(styles: &str) -> String {
    styles.replace("GDS Transport,", "").replace("\"GDS Transport\",", "")
}

#[cfg(test)]
mod tests {
    use super::{in_arial, is_worn, worn};

    #[test]
    fn the_typeface_of_gov_uk_goes() {
        let styles = "a{b:c}/*!x*/@font-face{font-family:GDS Transport;src:url(/f)}.govuk-body{font-family:GDS Transport,arial,sans-serif}";
        assert_eq!(in_arial(&worn(styles)), "a{b:c}.govuk-body{font-family:arial,sans-serif}");
    }

    #[test]
    fn only_what_is_worn_is_kept() {
        let styles = "@charset \"UTF-8\";:root{--a:1}.govuk-tabs,.govuk-tag--green{a:b}.govuk-accordion{c:d}\
            @media print{.govuk-tabs{e:f}.govuk-link:not(.x,.y){g:h}}@media all{.govuk-panel{i:j}}@keyframes k{0%{l:m}}";
        assert_eq!(
            worn(styles),
            "@charset \"UTF-8\";:root{--a:1}.govuk-tag--green{a:b}@media print{.govuk-link:not(.x,.y){g:h}}@keyframes k{0%{l:m}}"
        );
    }

    #[test]
    fn a_name_stands_for_what_begins_with_it_and_for_nothing_else() {
        assert!(is_worn(".govuk-summary-list__row--no-actions:after"));
        assert!(!is_worn(".govuk-tagline"));
        assert!(!is_worn(".govuk-body .govuk-tabs"));
    }
}

//! Answers as JSON.

use crate::diagnostic::Diagnostic;
use crate::expression::{FeelAnswer, FeelCheck};
use crate::locate::Locator;
use crate::rule_set::{Fault, RuleSet};
use crate::value::TimeZones;
use crate::value::json::{JsonFault, Written};

/// Why a request was not carried out.
#[derive(Debug)]
pub(super) struct Refusal {
    code: &'static str,
    message: String,
    help: String,
}

impl Refusal {
    pub(super) fn not_json(fault: &JsonFault) -> Self {
        Self {
            code: "request-not-json",
            message: format!("the request is not JSON: {} (byte {})", fault.kind.message(), fault.at),
            help: "send one JSON object".to_owned(),
        }
    }

    pub(super) fn unknown_verb(verb: &str) -> Self {
        Self {
            code: "request-unknown",
            message: format!("`{}` is not something the engine does", verb.chars().take(40).collect::<String>()),
            help: "`do` is one of: load, load mapping, decide, coverage, feel, lint, schema, facts, time zones, free"
                .to_owned(),
        }
    }

    pub(super) fn wrong_member(name: &str, wanted: &str) -> Self {
        Self {
            code: "request-wrong-member",
            message: if name.is_empty() {
                "the request is not an object".to_owned()
            } else {
                format!("`{name}` is not right")
            },
            help: format!("give {wanted}"),
        }
    }

    pub(super) fn bad_time_zones(reason: &'static str) -> Self {
        Self {
            code: "request-wrong-member",
            message: reason.to_owned(),
            help: "give the text of `time-zones.json` as `rules engine` writes it".to_owned(),
        }
    }

    pub(super) fn twice(pointer: &str) -> Self {
        Self {
            code: "request-wrong-member",
            message: format!("{pointer} stands twice in the request"),
            help: "give it once".to_owned(),
        }
    }

    pub(super) fn no_such(what: &str, handle: Option<u32>) -> Self {
        Self {
            code: "request-no-such-handle",
            message: match handle {
                Some(handle) => format!("no {what} is loaded under {handle}"),
                None => format!("no {what} is loaded under this number"),
            },
            help: format!("load the {what} first and use the number that the answer gives"),
        }
    }

    pub(super) fn to_json(&self) -> String {
        format!("{{\"error\":{}}}", self.members())
    }

    /// Code, message and help as an object.
    pub(super) fn members(&self) -> String {
        compact(&Written::object([
            ("code", Written::text(self.code)),
            ("message", Written::text(&self.message)),
            ("help", Written::text(&self.help)),
        ]))
    }
}

fn compact(written: &Written) -> String {
    let mut out = Vec::new();
    written.write(&mut out);
    String::from_utf8(out).unwrap_or_default()
}

fn bare(number: usize) -> Written {
    Written::Bare(number.to_string())
}

/// Diagnostics with their places in `document`, to which the pointer `within` leads.
fn listed(within: &str, diagnostics: &[Diagnostic], document: &str) -> Written {
    let locator = Locator::new(document);
    let entry = |diagnostic: &Diagnostic| {
        let location = locator.locate(&diagnostic.place);
        let mut members = vec![
            ("code", Written::text(diagnostic.code.id)),
            ("severity", Written::text(diagnostic.code.severity.word())),
            ("message", Written::text(&diagnostic.message)),
            ("pointer", Written::text([within, &diagnostic.place.pointer].concat())),
            ("line", bare(location.line)),
            ("column", bare(location.column)),
            ("end_line", bare(location.end_line)),
            ("end_column", bare(location.end_column)),
            ("start", bare(location.start)),
            ("end", bare(location.end)),
        ];
        members.extend(diagnostic.help.iter().map(|help| ("help", Written::text(help))));
        Written::Object(members.into_iter().map(|(key, value)| (key.to_owned(), value)).collect())
    };
    Written::List(diagnostics.iter().map(entry).collect())
}

/// What is wrong with a document, to which the pointer `within` leads.
pub(super) fn diagnostics(within: &str, diagnostics: &[Diagnostic], document: &str) -> String {
    compact(&Written::object([("diagnostics", listed(within, diagnostics, document))]))
}

/// The time zones are there.
pub(super) fn time_zones(zones: &TimeZones) -> String {
    let identity =
        Written::object([("sha256", Written::text(zones.sha256())), ("version", Written::text(zones.version()))]);
    compact(&Written::object([("time_zones", identity)]))
}

/// A pack or mapping is ready.
pub(super) fn loaded(
    what: &str,
    handle: u32,
    pack: Option<&RuleSet>,
    warnings: &[Diagnostic],
    document: &str,
) -> String {
    let mut members = vec![(what.to_owned(), Written::Bare(handle.to_string()))];
    if let Some(pack) = pack {
        members.push(("id".to_owned(), Written::text(pack.id())));
        members.push(("version".to_owned(), Written::text(pack.version())));
    }
    members.push(("warnings".to_owned(), listed("", warnings, document)));
    compact(&Written::Object(members))
}

/// What cases should reach, and how many do.
pub(super) fn coverage(points: Vec<Written>) -> String {
    compact(&Written::object([("coverage", Written::List(points))]))
}

/// A report for people.
pub(super) fn text(text: &str) -> String {
    compact(&Written::object([("text", Written::text(text))]))
}

/// What an expression gives, and what its types say of it when that was asked for.
pub(super) fn value(value: &FeelAnswer, check: Option<&FeelCheck>, expression: &str) -> String {
    let mut members =
        vec![("value".to_owned(), Written::text(value.feel())), ("typed".to_owned(), Written::Bare(value.typed()))];
    members.extend(value.reason().map(|reason| ("reason".to_owned(), Written::text(reason))));
    if let Some(check) = check {
        members.push(("type".to_owned(), Written::text(check.words())));
        members.push(("warnings".to_owned(), listed("/expression", check.diagnostics(), expression)));
    }
    compact(&Written::Object(members))
}

/// One fault of a case, as members of an object.
pub(super) fn fault_members(fault: &Fault) -> Vec<(String, Written)> {
    let mut members = vec![
        ("code".to_owned(), Written::text(fault.code.id)),
        ("message".to_owned(), Written::text(&fault.message)),
        ("pointer".to_owned(), Written::text(&fault.pointer)),
    ];
    members.extend(fault.help.iter().map(|help| ("help".to_owned(), Written::text(help))));
    members
}

/// A case that cannot be decided.
pub(super) fn rejected(faults: &[Fault]) -> String {
    let faults = faults.iter().map(|fault| Written::Object(fault_members(fault))).collect();
    compact(&Written::object([("rejected", Written::List(faults))]))
}

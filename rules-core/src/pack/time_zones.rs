//! The time zones that a document names, wherever in it a text does.

use crate::code;
use crate::diagnostic::Diagnostic;
use crate::source::{Place, pointer_to};
use crate::value::Zones;
use crate::value::json::{Json, JsonKind};
use crate::value::zone::regions_named;

/// The rules by which a document is read that was handed `zones`: none for one that names no zone, so that it means the same
/// whatever its host holds. The faults are the zones that are not known, or the first when none is.
pub(super) fn named<'z>(document: &Json<'_>, zones: Zones<'z>) -> (Zones<'z>, Vec<Diagnostic>) {
    let mut search = Search { zones, found: false, faults: Vec::new() };
    search.value(document, "");
    if !search.faults.is_empty() || !search.found {
        return (None, search.faults);
    }
    (zones, Vec::new())
}

struct Search<'z> {
    zones: Zones<'z>,
    found: bool,
    faults: Vec<Diagnostic>,
}

impl Search<'_> {
    fn value(&mut self, value: &Json<'_>, pointer: &str) {
        match &value.kind {
            JsonKind::Text(text) => self.text(text, pointer, false),
            JsonKind::List(items) => {
                for (number, item) in items.iter().enumerate() {
                    self.value(item, &format!("{pointer}/{number}"));
                }
            }
            JsonKind::Object(entries) => {
                for entry in entries {
                    let inner = pointer_to(pointer, &entry.key);
                    self.text(&entry.key, &inner, true);
                    self.value(&entry.value, &inner);
                }
            }
            JsonKind::Null | JsonKind::Boolean(_) | JsonKind::Number(_) => {}
        }
    }

    fn text(&mut self, text: &str, pointer: &str, on_key: bool) {
        for (name, span) in regions_named(text) {
            let place = || Place { pointer: pointer.to_owned(), span: Some(span), on_key };
            match self.zones {
                None if !self.found => {
                    let message = format!("`{name}` is a time zone, and this engine was not handed their rules");
                    let help =
                        "hand in `time-zones.json`, which `rules engine` writes beside the engine, and load it again";
                    self.faults.push(Diagnostic::new(&code::NO_TIME_ZONES, place(), message).help(help));
                }
                Some(zones) if zones.find(name).is_none() => {
                    let message = format!("no time zone is called `{name}`");
                    let help = "time zones have the names of the IANA data, such as `Europe/London`";
                    let diagnostic = Diagnostic::new(&code::UNKNOWN_TIME_ZONE, place(), message).help(help);
                    self.faults.push(diagnostic.did_you_mean(name, zones.names()));
                }
                None | Some(_) => {}
            }
            self.found = true;
        }
    }
}

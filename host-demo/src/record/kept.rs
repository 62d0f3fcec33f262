//! Which parts of a record are kept where the rest is left out: in a receipt, and in a record without reasons.
//!
//! Both are lists of what stays. A member that no list names is left out, so a field that records gain one day shows
//! nothing until somebody has thought about it.

use super::canonical::canonical;
use crate::exact::Exact;
use rules_core::pointer_to;
use std::collections::BTreeMap;

/// What is kept of a value.
pub(super) enum Kept {
    /// All of it.
    Whole,
    /// Of an object, the members named, each in its own way.
    Members(&'static [(&'static str, Kept)]),
    /// Of a list, every item in this way.
    Items(&'static Kept),
    /// Of an object, every member in this way.
    Entries(&'static Kept),
    /// Of facts with their values, the names.
    Names,
}

use Kept::{Entries, Items, Members, Names, Whole};

/// What a receipt shows. Values, sentences and dates that are made from facts are not among it, the outcome's value
/// neither: `{"deadline": "2026-05-01"}` tells when the treatment began.
pub(super) static RECEIPT: Kept = Members(&[
    ("as_of", Whole),
    ("case", Whole),
    (
        "criteria",
        Items(&Members(&[("id", Whole), ("seen", Names), ("sources", Whole), ("state", Whole), ("unverified", Whole)])),
    ),
    ("engine", Whole),
    ("layers", Entries(&Members(&[("decision", Whole), ("state", Whole)]))),
    ("missing", Items(&Members(&[("asked", Whole), ("fact", Whole), ("question", Whole), ("settles", Whole)]))),
    ("next", Whole),
    ("outcome", Members(&[("decision", Whole), ("state", Whole)])),
    ("pack", Whole),
    (
        "readings",
        Members(&[
            ("combinations", Items(&Members(&[("alternatives", Whole), ("outcome", Members(&[("state", Whole)]))]))),
            ("depends", Whole),
        ]),
    ),
    (
        "triggers",
        Items(&Members(&[
            ("decision", Whole),
            ("id", Whole),
            ("interim", Members(&[("sources", Whole)])),
            ("priority", Whole),
            ("sources", Whole),
            ("state", Whole),
        ])),
    ),
]);

/// What a brief record has of a full one.
static BRIEF: Kept = Members(&[
    ("as_of", Whole),
    ("case", Whole),
    ("criteria", Items(&Members(&[("id", Whole), ("state", Whole), ("value", Whole)]))),
    ("engine", Whole),
    ("layers", Whole),
    ("missing", Whole),
    ("next", Whole),
    ("outcome", Members(&[("decision", Whole), ("state", Whole), ("value", Whole)])),
    ("pack", Whole),
    ("readings", Whole),
    ("triggers", Items(&Members(&[("deadline", Whole), ("decision", Whole), ("id", Whole), ("state", Whole)]))),
]);

/// Where the openings of facts stand: a fact has one commitment, however many criteria saw it.
pub(super) const FACTS: &str = "/facts";

/// Values that were left out, by pointer.
pub(super) type LeftOut = BTreeMap<String, Exact>;

impl Kept {
    /// The part of `value` that is kept; what is left out goes to `left_out`, facts under [`FACTS`].
    pub(super) fn of(&self, value: &Exact, pointer: &str, left_out: &mut LeftOut) -> Exact {
        match (self, value) {
            (Whole, value) => value.clone(),
            (Members(rules), Exact::Object(members)) => {
                let mut kept = Vec::new();
                for (key, member) in members {
                    let below = pointer_to(pointer, key);
                    match rules.iter().find(|(name, _)| name == key) {
                        Some((_, rule)) => kept.push((key.clone(), rule.of(member, &below, left_out))),
                        None => {
                            left_out.insert(below, member.clone());
                        }
                    }
                }
                Exact::Object(kept)
            }
            (Items(rule), Exact::List(items)) => {
                let items = items.iter().enumerate();
                let kept = items.map(|(index, item)| rule.of(item, &pointer_to(pointer, &index.to_string()), left_out));
                Exact::List(kept.collect())
            }
            (Entries(rule), Exact::Object(members)) => {
                let members = members.iter();
                let kept =
                    members.map(|(key, member)| (key.clone(), rule.of(member, &pointer_to(pointer, key), left_out)));
                Exact::Object(kept.collect())
            }
            (Names, Exact::Object(facts)) => {
                for (name, value) in facts {
                    // A fact has one value in a case; were it otherwise, the other would be kept back in its place.
                    let first = left_out.entry(pointer_to(FACTS, name)).or_insert_with(|| value.clone());
                    if first != value {
                        left_out.insert(pointer_to(pointer, name), value.clone());
                    }
                }
                Exact::List(facts.iter().map(|(name, _)| Exact::Text(name.clone())).collect())
            }
            // A record of another shape than the engine writes shows nothing.
            (_, value) => {
                left_out.insert(pointer.to_owned(), value.clone());
                Exact::Token("null".to_owned())
            }
        }
    }
}

/// Whether a record holds states and values only.
pub(crate) fn is_brief(record: &Exact) -> bool {
    let criteria = record.get("criteria").map(Exact::items).unwrap_or_default();
    criteria.iter().all(|criterion| criterion.get("sources").is_none())
}

/// What `rules check --record brief` writes of a record that is settled; a suite holds the engine to it.
pub(crate) fn without_reasons(record: &str) -> Result<String, String> {
    Ok(canonical(&BRIEF.of(&Exact::parse(record)?, "", &mut LeftOut::new())))
}

//! Keys of cases that the pack does not declare: skipped, and counted so that they can be reported once a run.

use std::collections::BTreeMap;

use crate::diagnostic::closest;
use crate::program::{FactKind, Program, Shape};
use crate::source::pointer_to;
use crate::value::unknown::FactId;

/// Different keys that are told apart; a file with more has generated keys, and counting those would only fill memory.
const MOST_KEYS: usize = 1_000;

/// Undeclared keys with how often each came.
#[derive(Debug, Default)]
pub(crate) struct Undeclared {
    /// By the object that they stand in, `None` at the top.
    counts: BTreeMap<Option<FactId>, Vec<(Box<str>, u64)>>,
    kept: usize,
}

/// One undeclared key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct UndeclaredKey {
    /// JSON pointer, with `*` for the number of an item.
    pub(crate) pointer: String,
    pub(crate) count: u64,
    /// The declared key that was probably meant.
    pub(crate) meant: Option<String>,
}

impl Undeclared {
    /// Counts a key in the object `parent`.
    pub(super) fn count(&mut self, parent: Option<FactId>, key: &str) {
        let keys = self.counts.entry(parent).or_default();
        match keys.iter_mut().find(|(known, _)| **known == *key) {
            Some((_, count)) => *count += 1,
            None if self.kept < MOST_KEYS => {
                keys.push((key.into(), 1));
                self.kept += 1;
            }
            None => {}
        }
    }

    /// Whether there was none.
    pub(crate) fn is_empty(&self) -> bool {
        self.kept == 0
    }

    /// All keys so far, by pointer, with what was probably meant; counting begins again.
    pub(crate) fn take(&mut self, program: &Program) -> Vec<UndeclaredKey> {
        let mut keys = Vec::with_capacity(self.kept);
        self.kept = 0;
        for (parent, counted) in std::mem::take(&mut self.counts) {
            let fact = parent.and_then(|parent| program.schema.fact(parent));
            let place = fact.map_or("", |fact| fact.pointer.as_ref());
            let known = match fact.map(|fact| &fact.kind) {
                Some(FactKind::Object(shape)) => Some(shape),
                Some(_) => None,
                None => Some(&program.schema.root),
            };
            keys.extend(counted.into_iter().map(|(key, count)| UndeclaredKey {
                pointer: pointer_to(place, &key),
                count,
                meant: known.and_then(|shape| meant(shape, &key)),
            }));
        }
        keys.sort_by(|left, right| left.pointer.cmp(&right.pointer));
        keys
    }
}

fn meant(shape: &Shape, key: &str) -> Option<String> {
    closest(key, shape.keys.iter().map(AsRef::as_ref)).map(str::to_owned)
}

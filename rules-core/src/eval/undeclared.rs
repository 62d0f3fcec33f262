//! Keys of cases that the pack does not declare: skipped, and counted so that they can be reported once a run.

use std::collections::BTreeMap;

use crate::diagnostic::closest;
use crate::program::{FactKind, Program, Shape};
use crate::source::pointer_to;
use crate::value::order::sort_by;
use crate::value::unknown::FactId;

/// Different keys that are told apart; a file with more has generated keys, and counting those would only fill memory.
const MOST_KEYS: usize = 1_000;

/// Undeclared keys with how often each came.
#[derive(Debug, Default)]
pub(crate) struct Undeclared {
    keys: Vec<Counted>,
    /// Places among the keys, by the object that they stand in (`None` for the case itself) and the key.
    places: BTreeMap<Option<FactId>, BTreeMap<Box<str>, usize>>,
}

#[derive(Debug)]
struct Counted {
    parent: Option<FactId>,
    key: Box<str>,
    count: u64,
    /// The declared key that was probably meant, once somebody asked.
    meant: Option<Option<String>>,
}

impl Counted {
    fn pointer(&self, program: &Program) -> String {
        let fact = self.parent.and_then(|parent| program.schema.fact(parent));
        pointer_to(fact.map_or("", |fact| fact.pointer.as_ref()), &self.key)
    }
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
    /// The place of a key in the object `parent`; a new one gets a place unless there are too many.
    pub(super) fn place(&mut self, parent: Option<FactId>, key: &str) -> Option<usize> {
        let known = self.places.get(&parent).and_then(|keys| keys.get(key)).copied();
        if known.is_some() || self.keys.len() >= MOST_KEYS {
            return known;
        }
        let place = self.keys.len();
        self.keys.push(Counted { parent, key: key.into(), count: 0, meant: None });
        self.places.entry(parent).or_default().insert(key.into(), place);
        Some(place)
    }

    /// Counts the key at a place.
    #[inline]
    pub(super) fn count(&mut self, place: Option<usize>) {
        if let Some(key) = place.and_then(|place| self.keys.get_mut(place)) {
            key.count += 1;
        }
    }

    /// Pointers of the keys counted so far.
    pub(super) fn pointers(&self, program: &Program) -> Vec<String> {
        let counted = self.keys.iter().filter(|key| key.count > 0);
        let mut pointers: Vec<String> = counted.map(|key| key.pointer(program)).collect();
        sort_by(&mut pointers, Ord::cmp);
        pointers
    }

    /// All keys counted so far, by pointer, with what was probably meant; counting begins again.
    pub(crate) fn take(&mut self, program: &Program) -> Vec<UndeclaredKey> {
        let mut keys = Vec::new();
        for counted in self.keys.iter_mut().filter(|key| key.count > 0) {
            let fact = counted.parent.and_then(|parent| program.schema.fact(parent));
            let known = match fact.map(|fact| &fact.kind) {
                Some(FactKind::Object(shape)) => Some(shape),
                Some(_) => None,
                None => Some(&program.schema.root),
            };
            keys.push(UndeclaredKey {
                pointer: counted.pointer(program),
                count: std::mem::take(&mut counted.count),
                meant: counted.meant.get_or_insert_with(|| meant(known?, &counted.key)).clone(),
            });
        }
        sort_by(&mut keys, |left, right| left.pointer.cmp(&right.pointer));
        keys
    }
}

fn meant(shape: &Shape, key: &str) -> Option<String> {
    closest(key, shape.keys.iter().map(AsRef::as_ref)).map(str::to_owned)
}

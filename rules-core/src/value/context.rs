//! FEEL contexts: ordered keys with values. Contexts of one shape share their keys.

use std::sync::Arc;

use super::list::values_of_text;
use super::order::sort_by;
use super::{Size, Value};

/// A context. Keys keep their order; there are no two of one name.
#[derive(Clone, Debug, Default)]
pub(crate) struct Context {
    keys: Arc<[Arc<str>]>,
    values: Vec<Value>,
    size: Size,
}

impl Context {
    /// A context of a known shape. Missing values are null; the reader of cases always gives one for each key.
    pub(crate) fn of_shape(keys: Arc<[Arc<str>]>, mut values: Vec<Value>) -> Self {
        values.resize(keys.len(), Value::Null);
        let size = Size::around(&values);
        Self { keys, values, size }
    }

    /// A context from entries; `None` when a key comes twice.
    pub(crate) fn from_entries(entries: Vec<(Arc<str>, Value)>) -> Option<Self> {
        let (keys, values): (Vec<_>, Vec<_>) = entries.into_iter().unzip();
        let mut sorted: Vec<&str> = keys.iter().map(AsRef::as_ref).collect();
        sorted.sort_unstable();
        if sorted.windows(2).any(|pair| pair.first() == pair.last()) {
            return None;
        }
        let mut size = Size::around(&values);
        // keys made while a case is decided may be of any length; those of a pack are short
        let of_keys = keys.iter().map(|key| values_of_text(key) - 1).fold(0, u32::saturating_add);
        size.values = size.values.saturating_add(of_keys);
        Some(Self { keys: keys.into(), values, size })
    }

    /// The value of `key`, if the context has it.
    pub(crate) fn get(&self, key: &str) -> Option<&Value> {
        let index = self.keys.iter().position(|name| **name == *key)?;
        self.values.get(index)
    }

    /// The value of `key`, which is probably at `place`.
    #[inline]
    pub(crate) fn get_at(&self, place: usize, key: &Arc<str>) -> Option<&Value> {
        match self.keys.get(place) {
            Some(known) if Arc::ptr_eq(known, key) => self.values.get(place),
            _ => self.get(key),
        }
    }

    /// The values of a context of exactly these keys, to be given anew; whoever does calls [`Context::measure`] at the end.
    pub(crate) fn values_of(&mut self, keys: &Arc<[Arc<str>]>) -> Option<&mut Vec<Value>> {
        Arc::ptr_eq(&self.keys, keys).then_some(&mut self.values)
    }

    /// Counts anew how much the context holds.
    pub(crate) fn measure(&mut self) {
        self.size = Size::around(&self.values);
    }

    /// The value at a place in the order of the keys, to be changed.
    pub(crate) fn value_mut(&mut self, place: usize) -> Option<&mut Value> {
        self.values.get_mut(place)
    }

    /// Keys and values in order.
    pub(crate) fn entries(&self) -> impl Iterator<Item = (&Arc<str>, &Value)> {
        self.keys.iter().zip(self.values.iter())
    }

    /// The values of both contexts in pairs, one key's together; `None` when their keys are not the same.
    pub(crate) fn paired<'c>(&'c self, other: &'c Self) -> Option<Vec<(&'c Value, &'c Value)>> {
        let (mut lefts, mut rights): (Vec<_>, Vec<_>) = (self.entries().collect(), other.entries().collect());
        if lefts.iter().zip(&rights).any(|(left, right)| left.0 != right.0) {
            sort_by(&mut lefts, |left, right| left.0.cmp(right.0));
            sort_by(&mut rights, |left, right| left.0.cmp(right.0));
        }
        let pairs = lefts.iter().zip(&rights).map(|(left, right)| (left.0 == right.0).then_some((left.1, right.1)));
        if lefts.len() == rights.len() { pairs.collect() } else { None }
    }

    /// How much the context holds.
    pub(crate) fn size(&self) -> Size {
        self.size
    }

    /// Number of entries.
    pub(crate) fn len(&self) -> usize {
        self.keys.len()
    }
}

//! Lists, and how much a value holds.

use std::ops::Deref;

use super::Value;

/// The items of a list. It reads like the vector that it is; how much it holds is counted when it is made.
#[derive(Clone, Debug, Default)]
pub(crate) struct List {
    items: Vec<Value>,
    size: Size,
}

impl From<Vec<Value>> for List {
    fn from(items: Vec<Value>) -> Self {
        let size = Size::around(&items);
        Self { items, size }
    }
}

impl Deref for List {
    type Target = Vec<Value>;

    fn deref(&self) -> &Vec<Value> {
        &self.items
    }
}

impl List {
    /// How much the list holds.
    pub(crate) fn size(&self) -> Size {
        self.size
    }

    /// The items, taken out so that their memory can be used again; the list is empty then.
    pub(crate) fn take_items(&mut self) -> Vec<Value> {
        self.size = Size::default();
        std::mem::take(&mut self.items)
    }

    /// An item, to put a mark in it or in its place, which never makes the list hold more.
    pub(crate) fn item_mut(&mut self, index: usize) -> Option<&mut Value> {
        self.items.get_mut(index)
    }
}

impl FromIterator<Value> for List {
    fn from_iter<I: IntoIterator<Item = Value>>(items: I) -> Self {
        Self::from(items.into_iter().collect::<Vec<_>>())
    }
}

/// How much a value holds: what whoever walks all through it has to do.
///
/// Values share what they are made of, so that a few lines of FEEL make one that holds more than any computer could write
/// down (`for i in 1..60 return if i = 1 then [1] else [partial[-1], partial[-1]]`). Knowing the size beforehand, nobody
/// starts on it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Size {
    /// Values in it, itself included, shared ones as often as they come. A long text counts as many.
    pub(crate) values: u32,
    /// How deep they are nested; 0 for a value that holds no others.
    pub(crate) depth: u32,
}

impl Size {
    /// The size of a value that holds `values`.
    pub(crate) fn around<'v>(values: impl IntoIterator<Item = &'v Value>) -> Self {
        let mut size = Self { values: 1, depth: 0 };
        for value in values {
            let inner = value.size();
            size.values = size.values.saturating_add(inner.values);
            size.depth = size.depth.max(inner.depth.saturating_add(1));
        }
        size
    }
}

/// Bytes of text that count as a value.
const BYTES_AS_ONE: usize = 16;

/// As how many values a text counts.
pub(super) fn values_of_text(text: &str) -> u32 {
    u32::try_from(text.len() / BYTES_AS_ONE + 1).unwrap_or(u32::MAX)
}

impl Value {
    /// How much the value holds.
    pub(crate) fn size(&self) -> Size {
        match self {
            Self::List(items) => items.size(),
            Self::Context(context) => context.size(),
            Self::Function(function) => function.size(),
            Self::Range(range) => Size::around([&range.start, &range.end].into_iter().flatten()),
            Self::String(text) => Size { values: values_of_text(text), depth: 0 },
            _ => Size { values: 1, depth: 0 },
        }
    }
}

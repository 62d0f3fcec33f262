//! A value of a document with its place.
//!
//! What is not of the kind that is asked for is simply not there: the reader has reported it already.

use std::sync::Arc;

use crate::source::{Place, pointer_to};
use crate::texts::Texts;
use crate::value::json::{Json, JsonKind, Written};
use crate::value::{Date, Decimal, number};

/// A value and the JSON pointer that leads to it.
#[derive(Clone, Debug)]
pub(super) struct Node<'j> {
    pub(super) json: &'j Json<'j>,
    pub(super) pointer: String,
    /// What it refers to: what it does not say itself is said there.
    behind: Option<Box<Node<'j>>>,
}

impl<'j> Node<'j> {
    /// The whole document.
    pub(super) fn document(json: &'j Json<'j>) -> Self {
        Self::at(json, String::new())
    }

    fn at(json: &'j Json<'j>, pointer: String) -> Self {
        Self { json, pointer, behind: None }
    }

    /// The same with another value behind it, whose fields count where it has none of the name; objects are laid over each
    /// other.
    pub(super) fn before(mut self, behind: Node<'j>) -> Self {
        self.behind = Some(Box::new(behind));
        self
    }

    /// The field `name`; the first one where the key comes twice.
    pub(super) fn field(&self, name: &str) -> Option<Node<'j>> {
        let behind = self.behind.as_ref().and_then(|behind| behind.field(name));
        let Some(json) = self.json.get(name) else { return behind };
        let node = Node::at(json, pointer_to(&self.pointer, name));
        Some(match behind.filter(|behind| json.entries().is_some() && behind.json.entries().is_some()) {
            Some(behind) => node.before(behind),
            None => node,
        })
    }

    /// The value of the field `name`.
    fn value_of(&self, name: &str) -> Option<&'j Json<'j>> {
        self.json.get(name).or_else(|| self.behind.as_ref()?.value_of(name))
    }

    /// Whether there is such a field.
    pub(super) fn has(&self, name: &str) -> bool {
        self.value_of(name).is_some()
    }

    /// The entries in order, without those whose key was there before.
    pub(super) fn entries(&self) -> Vec<(&'j str, Node<'j>)> {
        let mut seen = std::collections::BTreeSet::new();
        let own = self.json.entries().unwrap_or_default().iter().map(|entry| (entry.key.as_ref(), &entry.value));
        let Some(behind) = &self.behind else {
            let own = own.filter(|(key, _)| seen.insert(*key));
            return own.map(|(key, json)| (key, Node::at(json, pointer_to(&self.pointer, key)))).collect();
        };
        let keys = own.map(|(key, _)| key).chain(behind.entries().into_iter().map(|(key, _)| key));
        keys.filter(|key| seen.insert(*key)).filter_map(|key| Some((key, self.field(key)?))).collect()
    }

    /// The entries of the field `name`.
    pub(super) fn entries_of(&self, name: &str) -> Vec<(&'j str, Node<'j>)> {
        self.field(name).map(|node| node.entries()).unwrap_or_default()
    }

    /// The items of the list.
    pub(super) fn items(&self) -> Vec<Node<'j>> {
        let items = self.json.items().unwrap_or_default().iter().enumerate();
        items.map(|(number, json)| Node::at(json, format!("{}/{number}", self.pointer))).collect()
    }

    /// The items of the field `name`.
    pub(super) fn items_of(&self, name: &str) -> Vec<Node<'j>> {
        self.field(name).map(|node| node.items()).unwrap_or_default()
    }

    /// The items of a list, or the one value that stands for a list of one.
    pub(super) fn one_or_many(&self) -> Vec<Node<'j>> {
        if self.json.items().is_some() { self.items() } else { vec![self.clone()] }
    }

    /// The value as it stands, with what is behind it.
    pub(super) fn written(&self) -> Written {
        match &self.json.kind {
            JsonKind::Null => Written::Bare("null".to_owned()),
            JsonKind::Boolean(boolean) => Written::boolean(*boolean),
            JsonKind::Number(token) => Written::Bare((*token).to_owned()),
            JsonKind::Text(text) => Written::text(text.as_ref()),
            JsonKind::List(_) => Written::List(self.items().iter().map(Node::written).collect()),
            JsonKind::Object(_) => {
                let entries = self.entries().into_iter();
                Written::Object(entries.map(|(key, value)| (key.to_owned(), value.written())).collect())
            }
        }
    }

    /// The text.
    pub(super) fn text(&self) -> Option<&'j str> {
        self.json.as_text()
    }

    /// The text of the field `name`.
    pub(super) fn text_of(&self, name: &str) -> Option<&'j str> {
        self.value_of(name).and_then(Json::as_text)
    }

    /// The text of the field `name`, to be kept.
    pub(super) fn kept_text_of(&self, name: &str) -> Option<Arc<str>> {
        self.text_of(name).map(Arc::from)
    }

    /// Whether the field `name` is there and true.
    pub(super) fn is_true(&self, name: &str) -> bool {
        self.value_of(name).and_then(Json::as_boolean) == Some(true)
    }

    /// The exact number of the field `name`.
    pub(super) fn number_of(&self, name: &str) -> Option<Decimal> {
        self.value_of(name).and_then(Json::as_number).and_then(|token| number::parse(token).ok())
    }

    /// The whole number of the field `name`.
    pub(super) fn whole_of(&self, name: &str) -> Option<u32> {
        self.number_of(name).and_then(number::whole).and_then(|number| u32::try_from(number).ok())
    }

    /// The date of the field `name`.
    pub(super) fn date_of(&self, name: &str) -> Option<Date> {
        self.text_of(name).and_then(Date::parse)
    }

    /// The sentence of the field `name` in every language.
    pub(super) fn texts_of(&self, name: &str) -> Texts {
        self.field(name).map(|node| node.texts()).unwrap_or_default()
    }

    /// The sentence in every language.
    pub(super) fn texts(&self) -> Texts {
        let entries = self.entries().into_iter();
        Texts(entries.filter_map(|(language, text)| Some((language.into(), text.text()?.into()))).collect())
    }

    /// The place of the value.
    pub(super) fn place(&self) -> Place {
        Place::at(&self.pointer)
    }

    /// The place of the key that leads to the value.
    pub(super) fn key_place(&self) -> Place {
        Place::key(&self.pointer)
    }
}

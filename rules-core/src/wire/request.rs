//! One request, read with the places of its members, so that a case inside it is handed on as the text it is.

use super::answer::Refusal;
use crate::value::json::{self, Json};

/// A request whose members are asked for by name.
pub(super) struct Request<'r> {
    text: &'r str,
    tree: Json<'r>,
}

impl<'r> Request<'r> {
    /// Reads a request.
    pub(super) fn read(text: &'r str) -> Result<Self, Refusal> {
        let tree = json::parse(text).map_err(|fault| Refusal::not_json(&fault))?;
        if tree.entries().is_none() {
            return Err(Refusal::wrong_member("", "an object with the member `do`"));
        }
        if let Some((pointer, _)) = tree.duplicates().into_iter().find(|(pointer, _)| !in_case(pointer)) {
            return Err(Refusal::twice(&pointer));
        }
        Ok(Self { text, tree })
    }

    /// What is asked for.
    pub(super) fn verb(&self) -> &str {
        self.tree.get("do").and_then(Json::as_text).unwrap_or_default()
    }

    /// A text that must be there.
    pub(super) fn text(&self, name: &'static str) -> Result<&str, Refusal> {
        self.optional_text(name)?.ok_or_else(|| Refusal::wrong_member(name, "a text"))
    }

    /// A text that may be left out.
    pub(super) fn optional_text(&self, name: &'static str) -> Result<Option<&str>, Refusal> {
        match self.tree.get(name) {
            None => Ok(None),
            Some(value) => value.as_text().map(Some).ok_or_else(|| Refusal::wrong_member(name, "a text")),
        }
    }

    /// Texts, none when the member is left out.
    pub(super) fn texts(&self, name: &'static str) -> Result<Vec<&str>, Refusal> {
        let wrong = || Refusal::wrong_member(name, "a list of texts");
        match self.tree.get(name) {
            None => Ok(Vec::new()),
            Some(list) => list.items().ok_or_else(wrong)?.iter().map(|item| item.as_text().ok_or_else(wrong)).collect(),
        }
    }

    /// Texts by name, none when the member is left out.
    pub(super) fn named_texts(&self, name: &'static str) -> Result<Vec<(&str, &str)>, Refusal> {
        let wrong = || Refusal::wrong_member(name, "an object of texts");
        let Some(object) = self.tree.get(name) else { return Ok(Vec::new()) };
        let entries = object.entries().ok_or_else(wrong)?.iter();
        entries.map(|entry| Ok((entry.key.as_ref(), entry.value.as_text().ok_or_else(wrong)?))).collect()
    }

    /// A boolean, false when the member is left out.
    pub(super) fn boolean(&self, name: &'static str) -> Result<bool, Refusal> {
        match self.tree.get(name) {
            None => Ok(false),
            Some(value) => value.as_boolean().ok_or_else(|| Refusal::wrong_member(name, "true or false")),
        }
    }

    /// A handle that must be there.
    pub(super) fn number(&self, name: &'static str) -> Result<u32, Refusal> {
        self.optional_number(name)?.ok_or_else(|| Refusal::wrong_member(name, "the number that `load` gave"))
    }

    /// A handle that may be left out.
    pub(super) fn optional_number(&self, name: &'static str) -> Result<Option<u32>, Refusal> {
        let Some(value) = self.tree.get(name) else { return Ok(None) };
        let number = value.as_number().and_then(|token| token.parse().ok());
        number.map(Some).ok_or_else(|| Refusal::wrong_member(name, "the number that `load` gave"))
    }

    /// A member as the text that stands in the request.
    pub(super) fn raw(&self, name: &'static str) -> Result<&'r str, Refusal> {
        self.optional_raw(name).ok_or_else(|| Refusal::wrong_member(name, "a JSON object"))
    }

    /// A list whose items are taken as the texts that stand in the request.
    pub(super) fn raws(&self, name: &'static str) -> Result<Vec<&'r str>, Refusal> {
        let items = self.tree.get(name).and_then(Json::items);
        let items = items.ok_or_else(|| Refusal::wrong_member(name, "a list of cases"))?;
        Ok(items.iter().filter_map(|item| self.text.get(item.start..item.end)).collect())
    }

    /// A member as the text that stands in the request, when it is there.
    pub(super) fn optional_raw(&self, name: &'static str) -> Option<&'r str> {
        self.tree.get(name).and_then(|value| self.text.get(value.start..value.end))
    }
}

/// Whether a pointer leads into a case, whose reader says what is wrong with it.
fn in_case(pointer: &str) -> bool {
    pointer.starts_with("/case/") || pointer.starts_with("/cases/")
}

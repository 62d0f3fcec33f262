//! What opens a receipt: for each value its salt. Kept by whoever decided; part of it may be handed on.

use super::canonical::canonical;
use crate::exact::Exact;
use std::collections::BTreeMap;

/// A value with the salt of its commitment.
#[derive(Clone, Debug)]
pub(crate) struct Opening {
    pub(crate) salt: String,
    pub(crate) value: Exact,
}

/// The openings of one receipt.
#[derive(Clone, Debug)]
pub(crate) struct Openings {
    pub(crate) case: String,
    /// Digest of the receipt.
    pub(crate) receipt: String,
    /// By the pointer in the commitment.
    pub(crate) opened: BTreeMap<String, Opening>,
}

impl Openings {
    /// In canonical form.
    pub(crate) fn to_text(&self) -> String {
        let text = |text: &str| Exact::Text(text.to_owned());
        let opened = self.opened.iter().map(|(pointer, opening)| {
            let members = vec![("salt".to_owned(), text(&opening.salt)), ("value".to_owned(), opening.value.clone())];
            (pointer.clone(), Exact::Object(members))
        });
        canonical(&Exact::Object(vec![
            ("case".to_owned(), text(&self.case)),
            ("openings".to_owned(), Exact::Object(opened.collect())),
            ("receipt".to_owned(), text(&self.receipt)),
        ]))
    }

    /// Reads openings that are exactly of that shape; anything else in them was put there by somebody.
    pub(crate) fn read(document: &Exact) -> Option<Self> {
        let member = |name: &str| document.get(name).and_then(Exact::text).map(str::to_owned);
        let opening = |(pointer, opening): &(String, Exact)| {
            let salt = opening.get("salt").and_then(Exact::text)?.to_owned();
            let value = opening.get("value")?.clone();
            Some((pointer.clone(), Opening { salt, value }))
        };
        let opened = document.get("openings")?.members().iter().map(opening).collect::<Option<_>>()?;
        let openings = Self { case: member("case")?, receipt: member("receipt")?, opened };
        (openings.to_text() == canonical(document)).then_some(openings)
    }

    /// These openings and no others.
    pub(crate) fn only(&self, pointers: &[String]) -> Self {
        let opened = self.opened.iter().filter(|(pointer, _)| pointers.contains(pointer));
        Self { opened: opened.map(|(pointer, opening)| (pointer.clone(), opening.clone())).collect(), ..self.clone() }
    }
}

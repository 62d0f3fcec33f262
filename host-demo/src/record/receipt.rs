//! Making receipts, and looking whether they are whole.

use super::canonical::canonical;
use super::kept::{FACTS, LeftOut, RECEIPT};
use super::openings::{Opening, Openings};
use super::{Finding, hexadecimal, sha256};
use crate::exact::Exact;
use crate::failure::{Failure, Outcome};
use rules_core::pointer_to;
use std::collections::BTreeMap;

/// Bytes of a salt: as many guesses as nobody can make, so that even a yes or no cannot be tried out.
const SALT_BYTES: usize = 16;

/// A record without its values.
pub(crate) struct Receipt {
    /// In canonical form.
    pub(crate) text: String,
    /// The digest with which it closes.
    pub(crate) sha256: String,
}

/// The receipt of a record as the engine wrote it, and what opens it. The salts come from the operating system.
pub(crate) fn of_record(record: &str) -> Outcome<(Receipt, Openings)> {
    let record = Exact::parse(record).map_err(unreadable)?;
    let mut left_out = LeftOut::new();
    let kept = RECEIPT.of(&record, "", &mut left_out);
    let mut random = vec![0; left_out.len() * SALT_BYTES];
    getrandom::fill(&mut random)
        .map_err(|error| Failure::new(format!("the operating system gives no random numbers: {error}")))?;
    let salts = random.chunks(SALT_BYTES).map(hexadecimal);
    let opened: BTreeMap<_, _> =
        left_out.into_iter().zip(salts).map(|((pointer, value), salt)| (pointer, Opening { salt, value })).collect();
    let receipt = close(kept, &opened);
    let case = record.get("case").and_then(Exact::text).unwrap_or_default().to_owned();
    let openings = Openings { case, receipt: receipt.sha256.clone(), opened };
    Ok((receipt, openings))
}

/// The same for records one a line: receipts and openings, one a line.
pub(crate) fn of_lines(records: &[u8]) -> Outcome<(Vec<u8>, Vec<u8>)> {
    let (mut receipts, mut openings) = (String::with_capacity(records.len()), String::with_capacity(records.len()));
    for line in std::str::from_utf8(records).map_err(unreadable)?.lines() {
        let (receipt, opened) = of_record(line)?;
        receipts.push_str(&receipt.text);
        receipts.push('\n');
        openings.push_str(&opened.to_text());
        openings.push('\n');
    }
    Ok((receipts.into_bytes(), openings.into_bytes()))
}

fn unreadable(fault: impl std::fmt::Display) -> Failure {
    Failure::new(format!("the engine's record cannot be read: {fault}"))
}

fn close(kept: Exact, opened: &BTreeMap<String, Opening>) -> Receipt {
    let commitments =
        opened.iter().map(|(pointer, opening)| (pointer.clone(), Exact::Text(commitment(pointer, opening))));
    let mut members = kept.into_members();
    members.push(("commitments".to_owned(), Exact::Object(commitments.collect())));
    let sha256 = sha256(&canonical(&Exact::Object(members.clone())));
    members.push(("sha256".to_owned(), Exact::Text(sha256.clone())));
    Receipt { text: canonical(&Exact::Object(members)), sha256 }
}

fn commitment(pointer: &str, opening: &Opening) -> String {
    let salt = Exact::Text(opening.salt.clone());
    sha256(&canonical(&Exact::List(vec![salt, Exact::Text(pointer.to_owned()), opening.value.clone()])))
}

/// Whether a document is a receipt rather than a record.
pub(crate) fn is_receipt(document: &Exact) -> bool {
    document.get("commitments").is_some()
}

/// The digest that a receipt must close with: that of everything else in it.
pub(crate) fn digest(receipt: &Exact) -> String {
    let members = receipt.members().iter().filter(|(key, _)| key != "sha256").cloned();
    sha256(&canonical(&Exact::Object(members.collect())))
}

/// What was changed in a receipt, as far as it tells by itself.
pub(crate) fn changes(receipt: &Exact) -> Option<Finding> {
    let (closes, is) = (receipt.get("sha256").and_then(Exact::text), digest(receipt));
    (closes != Some(is.as_str())).then(|| {
        let closes = closes.unwrap_or("nothing that is a digest");
        Finding::at("/sha256", format!("the receipt was changed: it closes with {closes}, and what it says makes {is}"))
    })
}

/// Openings that do not fit the receipt. Their values are not told.
pub(crate) fn misfits(receipt: &Exact, openings: &Openings) -> Vec<Finding> {
    let mut found = Vec::new();
    let is = digest(receipt);
    if openings.receipt != is {
        let message = format!("the openings are for the receipt {}, and this one is {is}", openings.receipt);
        found.push(Finding::at("/receipt", message));
    }
    for (pointer, opening) in &openings.opened {
        if !fits(receipt, pointer, opening) {
            let message = "the opening does not fit: its salt, its value or the commitment in the receipt was changed";
            found.push(Finding::at(pointer.clone(), message));
        }
    }
    found
}

/// Whether a commitment of the receipt is to this value.
pub(crate) fn fits(receipt: &Exact, pointer: &str, opening: &Opening) -> bool {
    let committed = receipt.get("commitments").and_then(|commitments| commitments.get(pointer));
    committed.and_then(Exact::text) == Some(commitment(pointer, opening).as_str())
}

/// The commitment that a person means: its pointer, or the pointer or name of a fact.
pub(crate) fn commitment_named(receipt: &Exact, named: &str) -> Option<String> {
    let commitments = receipt.get("commitments")?;
    let fact = pointer_to(FACTS, &named.trim_start_matches('/').replace('/', "."));
    [named.to_owned(), fact].into_iter().find(|pointer| commitments.get(pointer).is_some())
}

/// How many values the receipt keeps back that these openings do not open.
pub(crate) fn unopened(receipt: &Exact, openings: &Openings) -> usize {
    let commitments = receipt.get("commitments").map(Exact::members).unwrap_or_default();
    commitments.iter().filter(|(pointer, _)| !openings.opened.contains_key(pointer)).count()
}

/// The record that a receipt was made of. `None` when the receipt is not one that could be made of it: then something
/// stands in it that no record gives.
pub(crate) fn record_of(receipt: &Exact, openings: &Openings) -> Option<Exact> {
    let members = receipt.members().iter().filter(|(key, _)| key != "commitments" && key != "sha256").cloned();
    let mut record = Exact::Object(members.collect());
    let value_of = |pointer: &str| openings.opened.get(pointer).map(|opening| opening.value.clone());
    for criterion in record.get_mut("criteria").map(Exact::items_mut).unwrap_or_default() {
        if let Some(seen) = criterion.get_mut("seen") {
            let names = seen.items().iter().filter_map(Exact::text);
            let facts = names.map(|name| Some((name.to_owned(), value_of(&pointer_to(FACTS, name))?)));
            *seen = Exact::Object(facts.collect::<Option<_>>()?);
        }
    }
    let facts = format!("{FACTS}/");
    for (pointer, opening) in openings.opened.iter().filter(|(pointer, _)| !pointer.starts_with(&facts)) {
        record.put(pointer, opening.value.clone())?;
    }
    let again = close(RECEIPT.of(&record, "", &mut LeftOut::new()), &openings.opened);
    (again.text == canonical(receipt)).then_some(record)
}

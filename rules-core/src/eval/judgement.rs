//! Judgements: `{value, by, on, reason}`, all four, or it is unknown (`semantics.md` section 4).

use std::ops::Range;

use super::case::{Case, pointer_to_item};
use super::fault::Fault;
use super::fit::Misfit;
use super::items::missing;
use super::reader::Reader;
use crate::code::CASE_WRONG_TYPE;
use crate::program::Fact;
use crate::source::pointer_to;
use crate::value::json::{Kind, RawText, Scan};
use crate::value::unknown::FactId;
use crate::value::{Date, Value};

/// Who judged, when and why.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Judgement<'c> {
    pub(crate) by: &'c str,
    pub(crate) on: Date,
    pub(crate) reason: &'c str,
}

/// A judgement of a case; its words stand in the case's own text.
#[derive(Clone, Debug)]
pub(super) struct Judged {
    fact: FactId,
    by: Range<usize>,
    on: Date,
    reason: Range<usize>,
}

/// The parts of a judgement, with how they are written as keys.
const PARTS: [(&str, &[u8]); 4] =
    [("value", b"\"value\":"), ("by", b"\"by\":"), ("on", b"\"on\":"), ("reason", b"\"reason\":")];

impl Case {
    /// Who made a judgement, when and why.
    pub(crate) fn judgement(&self, fact: FactId) -> Option<Judgement<'_>> {
        let judged = self.judgements.iter().find(|judged| judged.fact == fact)?;
        Some(Judgement {
            by: self.words.get(judged.by.clone())?,
            on: judged.on,
            reason: self.words.get(judged.reason.clone())?,
        })
    }

    /// Keeps who made a judgement.
    pub(super) fn keep_judgement(&mut self, fact: FactId, by: &str, on: Date, reason: &str) {
        let (by, reason) = (self.keep_words(by), self.keep_words(reason));
        self.judgements.push(Judged { fact, by, on, reason });
    }

    /// Keeps a text in the case's own.
    pub(super) fn keep_words(&mut self, words: &str) -> Range<usize> {
        let start = self.words.len();
        self.words.push_str(words);
        start..self.words.len()
    }
}

/// The parts of a judgement as they are read.
#[derive(Default)]
struct Read<'r> {
    value: Option<Value>,
    by: Option<RawText<'r>>,
    on: Option<Date>,
    reason: Option<RawText<'r>>,
}

impl<'r> Reader<'r> {
    /// Reads a judgement into its slot.
    pub(super) fn judgement(&mut self, id: FactId, fact: &'r Fact) -> Scan<()> {
        match self.judged(id, fact)? {
            Read { value: Some(value), by: Some(by), on: Some(on), reason: Some(reason) } => {
                self.case.set(id, value);
                self.case.keep_judgement(id, &by.decode(), on, &reason.decode());
            }
            _ => self.reserved.incomplete.push(id),
        }
        Ok(())
    }

    /// Reads a judgement inside an item: its value, or the mark of a missing one.
    pub(super) fn item_judgement(&mut self, fact: &'r Fact, id: FactId) -> Scan<Option<Value>> {
        let judged = self.judged(id, fact)?;
        Ok(Some(match judged {
            Read { value: Some(value), by: Some(_), on: Some(_), reason: Some(_) } => value,
            _ => missing(self.schema, self.case, id, &self.indices),
        }))
    }

    /// Reads `{value, by, on, reason}`.
    fn judged(&mut self, id: FactId, fact: &'r Fact) -> Scan<Read<'r>> {
        let mut read = Read::default();
        let kind = self.scanner.kind()?;
        if kind != Kind::Object {
            self.misfit(fact, Misfit::Type(kind.words()));
            self.scanner.skip()?;
            return Ok(read);
        }
        self.scanner.open_object()?;
        let mut given = [false; PARTS.len()];
        let mut first = true;
        let mut next = 0;
        while self.scanner.next_member(&mut first)? {
            let Some(part) = self.part(id, next)? else {
                self.scanner.skip()?;
                continue;
            };
            next = part + 1;
            if given.get_mut(part).is_none_or(|given| std::mem::replace(given, true)) {
                let key = PARTS.get(part).map_or("", |(key, _)| *key);
                let pointer = pointer_to(&pointer_to_item(fact, &self.indices), key);
                self.duplicate(pointer);
                self.scanner.skip()?;
                continue;
            }
            match part {
                0 => read.value = self.value(fact, true)?,
                1 => read.by = self.judgement_text(fact, "by")?,
                2 => read.on = self.judgement_date(fact)?,
                _ => read.reason = self.judgement_text(fact, "reason")?,
            }
        }
        Ok(read)
    }

    /// Reads a key of a judgement, probably the part `next`; `None` for one that is no part of it.
    fn part(&mut self, id: FactId, next: usize) -> Scan<Option<usize>> {
        if PARTS.get(next).is_some_and(|(_, pattern)| self.scanner.take_key(pattern)) {
            return Ok(Some(next));
        }
        let raw = self.scanner.key()?;
        let key = raw.decode();
        let part = PARTS.iter().position(|(part, _)| *part == key);
        if part.is_none() {
            let place = self.case.undeclared.place(Some(id), &key);
            self.case.undeclared.count(place);
        }
        Ok(part)
    }

    /// A text of a judgement; an empty one says nothing and so is missing.
    fn judgement_text(&mut self, fact: &Fact, key: &str) -> Scan<Option<RawText<'r>>> {
        let kind = self.scanner.kind()?;
        if kind != Kind::Text {
            self.judgement_fault(fact, key, &format!("should be a text, and is {}", kind.words()));
            self.scanner.skip()?;
            return Ok(None);
        }
        let text = self.scanner.text()?;
        Ok(if text.decode().trim().is_empty() { None } else { Some(text) })
    }

    fn judgement_date(&mut self, fact: &Fact) -> Scan<Option<Date>> {
        let Some(text) = self.judgement_text(fact, "on")? else { return Ok(None) };
        let text = text.decode();
        let date = if text.len() == 10 { Date::parse(&text) } else { None };
        if date.is_none() {
            self.judgement_fault(fact, "on", "should be a date written YYYY-MM-DD");
        }
        Ok(date)
    }

    fn judgement_fault(&mut self, fact: &Fact, key: &str, message: &str) {
        let pointer = pointer_to(&pointer_to_item(fact, &self.indices), key);
        self.faults.push(Fault::new(&CASE_WRONG_TYPE, pointer, message));
    }
}

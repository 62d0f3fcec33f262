//! Judgements: `{value, by, on, reason}`, all four, or it is unknown (`semantics.md` section 4).

use super::case::{Judgement, pointer_to_item};
use super::fault::Fault;
use super::fit::Misfit;
use super::reader::{Reader, missing};
use crate::code::CASE_WRONG_TYPE;
use crate::program::Fact;
use crate::source::pointer_to;
use crate::value::json::{JsonFault, Kind};
use crate::value::unknown::FactId;
use crate::value::{Date, Value};

impl<'r> Reader<'r> {
    /// Reads a judgement into its slot.
    pub(super) fn judgement(&mut self, id: FactId, fact: &'r Fact) -> Result<(), JsonFault> {
        match self.judged(id, fact)? {
            Some((value, judgement)) => {
                self.case.set(id, value);
                self.case.judgements.push(judgement);
            }
            None => self.reserved.incomplete.push(id),
        }
        Ok(())
    }

    /// Reads a judgement inside an item: its value, or the mark of a missing one.
    pub(super) fn item_judgement(&mut self, fact: &'r Fact, id: FactId) -> Result<Option<Value>, JsonFault> {
        let judged = self.judged(id, fact)?;
        Ok(Some(match judged {
            Some((value, _)) => value,
            None => missing(self.schema, self.case, id, &self.indices),
        }))
    }

    /// Reads `{value, by, on, reason}`; `None` unless all four are there and say something.
    fn judged(&mut self, id: FactId, fact: &'r Fact) -> Result<Option<(Value, Judgement)>, JsonFault> {
        let kind = self.scanner.kind()?;
        if kind != Kind::Object {
            self.misfit(fact, Misfit::Type(kind.words()));
            self.scanner.skip()?;
            return Ok(None);
        }
        self.scanner.open_object()?;
        let (mut value, mut by, mut on, mut reason) = (None, None, None, None);
        let mut seen: Vec<String> = Vec::new();
        let mut first = true;
        while let Some(key) = self.scanner.next_key(&mut first)? {
            let key = key.decode().into_owned();
            if seen.contains(&key) {
                let pointer = pointer_to(&pointer_to_item(fact, &self.indices), &key);
                self.duplicate(pointer);
                self.scanner.skip()?;
                continue;
            }
            match key.as_str() {
                "value" => value = self.value(fact, true)?,
                "by" => by = self.judgement_text(fact, "by")?,
                "reason" => reason = self.judgement_text(fact, "reason")?,
                "on" => {
                    on = self.judgement_text(fact, "on")?.and_then(|text| {
                        let date = if text.len() == 10 { Date::parse(&text) } else { None };
                        if date.is_none() {
                            self.judgement_fault(fact, "on", "should be a date written YYYY-MM-DD");
                        }
                        date
                    });
                }
                _ => {
                    self.case.undeclared.count(Some(id), &key);
                    self.scanner.skip()?;
                }
            }
            seen.push(key);
        }
        let complete = value.zip(by).zip(on).zip(reason);
        Ok(complete.map(|(((value, by), on), reason)| {
            (value, Judgement { fact: id, by: by.into(), on, reason: reason.into() })
        }))
    }

    /// A text of a judgement; an empty one says nothing and so is missing.
    fn judgement_text(&mut self, fact: &Fact, key: &str) -> Result<Option<String>, JsonFault> {
        let kind = self.scanner.kind()?;
        if kind != Kind::Text {
            self.judgement_fault(fact, key, &format!("should be a text, and is {}", kind.words()));
            self.scanner.skip()?;
            return Ok(None);
        }
        let text = self.scanner.text()?.decode();
        Ok(if text.trim().is_empty() { None } else { Some(text.into_owned()) })
    }

    fn judgement_fault(&mut self, fact: &Fact, key: &str, message: &str) {
        let pointer = pointer_to(&pointer_to_item(fact, &self.indices), key);
        self.faults.push(Fault::new(&CASE_WRONG_TYPE, pointer, message));
    }
}

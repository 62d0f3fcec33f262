//! The keys of a case that stand beside the facts: `case`, `as_of`, `not_known` and `not_applicable`.

use std::ops::Range;

use super::case::FactState;
use super::fault::Fault;
use super::keys::RESERVED;
use super::pointers;
use super::reader::Reader;
use crate::code::{CASE_NO_DATE, CASE_WRONG_TYPE};
use crate::source::pointer_to;
use crate::value::Date;
use crate::value::json::{Kind, Scan};
use crate::value::unknown::FactId;

/// What holds for every case that does not say otherwise.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Defaults {
    /// The date of the decision.
    pub(crate) as_of: Option<Date>,
}

/// The keys that stand beside the facts.
#[derive(Default)]
pub(super) struct Reserved {
    /// Which of the reserved keys the case has.
    given: [bool; RESERVED.len()],
    not_known: Pointers,
    not_applicable: Pointers,
    /// Facts that have a key and yet no value: judgements of which a part is missing, texts that stand for nothing.
    pub(super) incomplete: Vec<FactId>,
}

/// Pointers with their places in the list.
type Pointers = Vec<(usize, Range<usize>)>;

/// The fault of a case for which nobody says at which date to decide.
pub(super) fn without_date() -> Fault {
    Fault::new(&CASE_NO_DATE, "/as_of", "neither the case nor the caller says at which date to decide")
        .help("give `as_of` in the case, as YYYY-MM-DD, or a date for all cases")
}

impl Reader<'_> {
    /// What can only be done once the whole text is read.
    pub(super) fn finish(&mut self, defaults: Defaults) {
        self.case.as_of = self.case.as_of.or(defaults.as_of);
        if self.case.as_of.is_none() && self.reserved.given.get(1) != Some(&true) && !self.is_row {
            self.faults.push(without_date());
        }
        for fact in std::mem::take(&mut self.reserved.incomplete) {
            self.case.set_state(fact, FactState::NotAsked);
        }
        // The pointers stand in the case's own text, which is put back afterwards.
        let words = std::mem::take(&mut self.case.words);
        for (key, state, list) in [
            ("not_known", FactState::NotKnown, std::mem::take(&mut self.reserved.not_known)),
            ("not_applicable", FactState::NotApplicable, std::mem::take(&mut self.reserved.not_applicable)),
        ] {
            for (number, pointer) in list {
                let pointer = words.get(pointer).unwrap_or_default();
                if let Err(fault) = pointers::apply(self.schema, self.case, pointer, state) {
                    self.faults.push(Fault { pointer: format!("/{key}/{number}"), ..fault });
                }
            }
        }
        self.case.words = words;
    }

    /// Reads the value of a reserved key, by its place among them.
    pub(super) fn reserved_key(&mut self, place: usize) -> Scan<()> {
        let given = &mut self.reserved.given;
        let twice = given.get_mut(place).is_none_or(|given| std::mem::replace(given, true));
        match place {
            _ if twice => {
                let key = RESERVED.get(place).map_or("", |(key, _)| *key);
                self.duplicate(pointer_to("", key));
                self.scanner.skip()
            }
            0 => self.case_identifier(),
            1 => self.as_of(),
            2 => {
                self.reserved.not_known = self.pointer_list("/not_known")?;
                Ok(())
            }
            _ => {
                self.reserved.not_applicable = self.pointer_list("/not_applicable")?;
                Ok(())
            }
        }
    }

    fn case_identifier(&mut self) -> Scan<()> {
        match self.scanner.kind()? {
            Kind::Text => {
                let text = self.scanner.text()?.decode();
                self.case.identify(&text);
                Ok(())
            }
            Kind::Number => {
                let token = self.scanner.number()?;
                self.case.identify(token);
                Ok(())
            }
            other => {
                let message = format!("should be a text or a number, and is {}", other.words());
                self.faults.push(Fault::new(&CASE_WRONG_TYPE, "/case", message));
                self.scanner.skip()
            }
        }
    }

    fn as_of(&mut self) -> Scan<()> {
        let kind = self.scanner.kind()?;
        if kind != Kind::Text {
            let message = format!("should be a date written YYYY-MM-DD, and is {}", kind.words());
            self.faults.push(Fault::new(&CASE_WRONG_TYPE, "/as_of", message));
            return self.scanner.skip();
        }
        let text = self.scanner.text()?.decode();
        self.case.as_of = if text.len() == 10 { Date::parse(&text) } else { None };
        if self.case.as_of.is_none() {
            self.faults.push(Fault::new(&CASE_WRONG_TYPE, "/as_of", "should be a date written YYYY-MM-DD"));
        }
        Ok(())
    }

    /// Reads a list of JSON pointers.
    fn pointer_list(&mut self, pointer: &str) -> Scan<Pointers> {
        let mut pointers = Vec::new();
        let kind = self.scanner.kind()?;
        if kind != Kind::List {
            let message = format!("should be a list of JSON pointers, and is {}", kind.words());
            self.faults.push(Fault::new(&CASE_WRONG_TYPE, pointer, message));
            self.scanner.skip()?;
            return Ok(pointers);
        }
        self.scanner.open_list()?;
        let mut first = true;
        let mut number = 0;
        while self.scanner.next_item(&mut first)? {
            match self.scanner.kind()? {
                Kind::Text => {
                    let text = self.scanner.text()?.decode();
                    pointers.push((number, self.case.keep_words(&text)));
                }
                other => {
                    let message = format!("should be a JSON pointer such as \"/fact\", and is {}", other.words());
                    self.faults.push(Fault::new(&CASE_WRONG_TYPE, format!("{pointer}/{number}"), message));
                    self.scanner.skip()?;
                }
            }
            number += 1;
        }
        Ok(pointers)
    }
}

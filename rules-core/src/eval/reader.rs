//! Reads a case straight from its bytes into the slots that the program uses.
//!
//! One check of the bytes for UTF-8, one pass over the text, no tree. Every declared fact is checked against its
//! declaration, read by a rule or not; a fact that no rule reads is not kept. All faults come out at once, except that
//! nothing can be said about what follows a place where the text stops being JSON.

use super::case::{Case, FactState, pointer_to_item};
use super::fault::Fault;
use super::fit::{self, Misfit};
use super::keys::{Key, NO_KEY};
use super::reserved::{Defaults, Reserved};
use crate::code::{CASE_DUPLICATE_KEY, CASE_NOT_JSON, CASE_NOT_UTF8, CASE_TOO_DEEP};
use crate::program::{Fact, FactKind, Program, Schema, Shape, Usual};
use crate::value::json::{JsonFault, JsonFaultKind, Kind, Scan, Scanner};
use crate::value::unknown::FactId;
use crate::value::{Date, DateTime, Decimal, Time, Value, Zones, number};

impl Case {
    /// Fills this case from the JSON text in `bytes`.
    ///
    /// # Errors
    /// Everything that makes it unfit. The identifier is set all the same if it could be read.
    pub(crate) fn read(&mut self, program: &Program, bytes: &[u8], defaults: Defaults) -> Result<(), Vec<Fault>> {
        self.read_text(program, bytes, defaults, &[])
    }

    /// The same, where some texts stand for values that are not there.
    pub(super) fn read_text(
        &mut self,
        program: &Program,
        bytes: &[u8],
        defaults: Defaults,
        missing: &[std::sync::Arc<str>],
    ) -> Result<(), Vec<Fault>> {
        self.clear();
        let text = match std::str::from_utf8(bytes) {
            Ok(text) => text,
            Err(error) => {
                let message = format!("the bytes from byte {} on are not UTF-8 text", error.valid_up_to());
                return Err(vec![Fault::new(&CASE_NOT_UTF8, "", message).help("save the file as UTF-8")]);
            }
        };
        let indices = std::mem::take(&mut self.indices);
        let mut reader = Reader {
            schema: &program.schema,
            case: self,
            scanner: Scanner::new(text),
            faults: Vec::new(),
            indices,
            reserved: Reserved::default(),
            is_row: program.is_row,
            missing,
        };
        if reader.whole().is_err() {
            let fault = syntax(reader.scanner.fault());
            reader.faults.push(fault);
        } else {
            reader.finish(defaults);
        }
        let faults = reader.faults;
        let mut indices = reader.indices;
        indices.clear();
        self.indices = indices;
        if faults.is_empty() { Ok(()) } else { Err(faults) }
    }
}

/// The fault of a text that stops being JSON.
#[cold]
fn syntax(fault: JsonFault) -> Fault {
    let code = if fault.kind == JsonFaultKind::TooDeep { &CASE_TOO_DEEP } else { &CASE_NOT_JSON };
    Fault::new(code, "", format!("not JSON at byte {}: {}", fault.at, fault.kind.message()))
}

/// Reads one case.
pub(super) struct Reader<'r> {
    pub(super) schema: &'r Schema,
    pub(super) case: &'r mut Case,
    pub(super) scanner: Scanner<'r>,
    pub(super) faults: Vec<Fault>,
    /// Numbers of the items that are being read, from the outermost list inwards.
    pub(super) indices: Vec<u32>,
    pub(super) reserved: Reserved,
    /// Whether the text is a row of a mapping, which may have any other columns and no reserved ones.
    pub(super) is_row: bool,
    missing: &'r [std::sync::Arc<str>],
}

impl<'r> Reader<'r> {
    fn whole(&mut self) -> Scan<()> {
        let kind = self.scanner.kind()?;
        if kind != Kind::Object {
            // Text that is not JSON at all is told as that, not as a value of the wrong kind.
            self.scanner.skip()?;
            self.scanner.end()?;
            let message = format!("a case should be an object of facts, and is {}", kind.words());
            self.faults.push(Fault::new(&CASE_NOT_JSON, "", message));
            return Ok(());
        }
        self.scanner.open_object()?;
        let schema = self.schema;
        self.fields(&schema.root, None)?;
        self.scanner.end()
    }

    /// Reads the fields of an object whose facts have slots.
    fn fields(&mut self, shape: &'r Shape, parent: Option<FactId>) -> Scan<()> {
        let schema = self.schema;
        let mut first = true;
        let mut last = NO_KEY;
        while self.scanner.next_member(&mut first)? {
            match self.next_key(shape, parent, &mut last)? {
                Key::Fact(id) => {
                    let Some(fact) = schema.fact(id) else { continue };
                    if self.case.state(id) == FactState::NotAsked {
                        self.slot(id, fact)?;
                    } else {
                        self.duplicate(fact.pointer.as_ref().to_owned());
                        self.scanner.skip()?;
                    }
                }
                Key::Reserved(place) => self.reserved_key(place)?,
                key @ Key::Undeclared(_) => self.undeclared(key)?,
            }
        }
        Ok(())
    }

    /// Skips and counts the value of an undeclared key.
    pub(super) fn undeclared(&mut self, key: Key) -> Scan<()> {
        if let Key::Undeclared(place) = key {
            self.case.undeclared.count(place);
        }
        self.scanner.skip()
    }

    /// Reads the value of a fact that has a slot.
    #[inline]
    fn slot(&mut self, id: FactId, fact: &'r Fact) -> Scan<()> {
        self.case.set_state(id, FactState::Known);
        if !self.missing.is_empty() && self.is_missing()? {
            self.reserved.incomplete.push(id);
            return Ok(());
        }
        if let Some(value) = self.usual(fact) {
            if fact.used
                && let Some(slot) = self.case.value_mut(id)
            {
                *slot = value;
            }
            return Ok(());
        }
        let value = match &fact.kind {
            _ if fact.judgement => return self.judgement(id, fact),
            FactKind::Object(shape) => return self.object(id, fact, shape),
            FactKind::List { items, .. } if self.scanner.kind()? == Kind::List => {
                let before = self.case.value_mut(id).map(std::mem::take).unwrap_or_default();
                self.list(fact, *items, fact.used, before)?
            }
            _ => self.value(fact, fact.used)?,
        };
        if fact.used
            && let (Some(value), Some(slot)) = (value, self.case.value_mut(id))
        {
            *slot = value;
        }
        Ok(())
    }

    /// Reads a value that is as values of the fact usually are; `None`, and nothing is read, where something else stands.
    #[inline]
    pub(super) fn usual(&mut self, fact: &Fact) -> Option<Value> {
        match &fact.usual {
            Usual::Whole { least, most } => {
                let before = self.scanner.position();
                let number = self.scanner.whole_number()?;
                if *least <= number && number <= *most {
                    return Some(Value::Number(Decimal::from(number)));
                }
                self.scanner.go_back(before);
                None
            }
            Usual::Boolean => self.scanner.plain_boolean().map(Value::Boolean),
            Usual::OneOf(texts) => {
                let before = self.scanner.position();
                let text = self.scanner.plain_text()?;
                let found = texts.iter().find(|known| ***known == *text);
                if found.is_none() {
                    self.scanner.go_back(before);
                }
                found.map(|text| Value::String(text.clone()))
            }
            Usual::Date => {
                let before = self.scanner.position();
                let text = self.scanner.plain_text()?;
                let date = if text.len() == 10 { Date::parse(text) } else { None };
                if date.is_none() {
                    self.scanner.go_back(before);
                }
                date.map(Value::Date)
            }
            Usual::Other => None,
        }
    }

    /// Reads an object whose fields have slots.
    fn object(&mut self, id: FactId, fact: &'r Fact, shape: &'r Shape) -> Scan<()> {
        match self.other_than_object(fact)? {
            None => {
                self.scanner.open_object()?;
                self.case.set(id, Value::Boolean(true));
                self.fields(shape, Some(id))
            }
            Some(Some(_)) => {
                // A field of null is null.
                (id..fact.end).for_each(|inner| self.case.set(inner, Value::Null));
                Ok(())
            }
            Some(None) => Ok(()),
        }
    }

    /// What stands where an object should: nothing else, null where that is a value, or a fault.
    pub(super) fn other_than_object(&mut self, fact: &Fact) -> Scan<Option<Option<Value>>> {
        match self.scanner.kind()? {
            Kind::Object => Ok(None),
            Kind::Null if fact.nullable => self.scanner.null().map(|()| Some(Some(Value::Null))),
            other => {
                self.misfit(fact, Misfit::Type(other.words()));
                self.scanner.skip().map(|()| Some(None))
            }
        }
    }

    /// Whether the value is a text that stands for one that is not there; if so it is read.
    fn is_missing(&mut self) -> Scan<bool> {
        if self.scanner.kind()? != Kind::Text {
            return Ok(false);
        }
        let before = self.scanner.clone();
        let text = self.scanner.text()?.decode();
        let missing = self.missing.iter().any(|missing| **missing == *text);
        if !missing {
            self.scanner = before;
        }
        Ok(missing)
    }

    /// Reads and checks one value that is no object; without `keep` what would have to be made anew is not made, and the
    /// result means nothing. `None` after a fault.
    pub(super) fn value(&mut self, fact: &'r Fact, keep: bool) -> Scan<Option<Value>> {
        let kind = self.scanner.kind()?;
        match (&fact.kind, kind) {
            (FactKind::Number { .. }, Kind::Number) => {
                let token = self.scanner.number()?;
                let read = number::parse(token).map_err(Misfit::Number);
                let checked = read.and_then(|number| fit::number(fact, number).map(|()| Value::Number(number)));
                Ok(self.checked(fact, checked))
            }
            (FactKind::Boolean, Kind::Boolean) => {
                let value = Value::Boolean(self.scanner.boolean()?);
                let checked = fit::allowed(fact, &value).map(|()| value);
                Ok(self.checked(fact, checked))
            }
            (FactKind::Text { .. }, Kind::Text) => {
                let text = self.scanner.text()?.decode();
                let checked = fit::text(fact, &text).map(|made| match made {
                    Some(value) => value.clone(),
                    None if keep => Value::text(text.as_ref()),
                    None => Value::Null,
                });
                Ok(self.checked(fact, checked))
            }
            (FactKind::Date | FactKind::Time | FactKind::DateTime | FactKind::Duration, Kind::Text) => {
                let text = self.scanner.text()?.decode();
                let zones = self.schema.zones.as_ref();
                let parsed = parse(&fact.kind, &text, zones).ok_or_else(|| match parse(&fact.kind, &text, None) {
                    None => Misfit::Format,
                    Some(_) => Misfit::TimeZone,
                });
                let checked = parsed.and_then(|value| fit::allowed(fact, &value).map(|()| value));
                Ok(self.checked(fact, checked))
            }
            (FactKind::List { items, .. }, Kind::List) => self.list(fact, *items, keep, Value::Null),
            (_, Kind::Null) if fact.nullable => {
                self.scanner.null()?;
                Ok(Some(Value::Null))
            }
            (_, other) => {
                self.misfit(fact, Misfit::Type(other.words()));
                self.scanner.skip()?;
                Ok(None)
            }
        }
    }

    #[inline]
    fn checked(&mut self, fact: &Fact, checked: Result<Value, Misfit>) -> Option<Value> {
        match checked {
            Ok(value) => Some(value),
            Err(misfit) => {
                self.misfit(fact, misfit);
                None
            }
        }
    }

    #[cold]
    pub(super) fn duplicate(&mut self, pointer: String) {
        let fault =
            Fault::new(&CASE_DUPLICATE_KEY, pointer, "the key stands here twice, and one of the two would be lost");
        self.faults.push(fault);
    }

    #[cold]
    pub(super) fn misfit(&mut self, fact: &Fact, misfit: Misfit) {
        let pointer = pointer_to_item(fact, &self.indices);
        self.faults.push(misfit.fault(fact, pointer));
    }
}

/// The value of a text in one of the formats.
fn parse(kind: &FactKind, text: &str, zones: Zones<'_>) -> Option<Value> {
    match kind {
        // Four digits for the year, as JSON Schema's `date` asks; FEEL would take more.
        FactKind::Date if text.len() == 10 => Date::parse(text).map(Value::Date),
        FactKind::Time => Time::parse(text, zones).map(|time| Value::Time(std::sync::Arc::new(time))),
        FactKind::DateTime if text.contains('T') => {
            DateTime::parse(text, zones).map(|both| Value::DateTime(std::sync::Arc::new(both)))
        }
        FactKind::Duration => match crate::value::text::at_literal(text, None)? {
            duration @ (Value::DayTimeDuration(_) | Value::YearMonthDuration(_)) => Some(duration),
            _ => None,
        },
        _ => None,
    }
}

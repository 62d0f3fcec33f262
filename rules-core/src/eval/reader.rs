//! Reads a case straight from its bytes into the slots that the program uses.
//!
//! One check of the bytes for UTF-8, one pass over the text, no tree. Every declared fact is checked against its
//! declaration, read by a rule or not; a fact that no rule reads is not kept. All faults come out at once, except that
//! nothing can be said about what follows a place where the text stops being JSON.

use super::case::{Case, FactState, pointer_to_item};
use super::fault::Fault;
use super::fit::{self, Misfit};
use super::reserved::{Defaults, Reserved};
use crate::code::{CASE_DUPLICATE_KEY, CASE_NOT_JSON, CASE_NOT_UTF8, CASE_TOO_DEEP};
use crate::program::{Fact, FactKind, Program, Schema, Shape};
use crate::value::json::{JsonFault, JsonFaultKind, Kind, RawText, Scanner};
use crate::value::unknown::FactId;
use crate::value::{Context, Date, DateTime, Time, Value, number};

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
        let mut reader = Reader {
            schema: &program.schema,
            case: self,
            scanner: Scanner::new(text),
            faults: Vec::new(),
            indices: Vec::new(),
            reserved: Reserved::default(),
            is_row: program.is_row,
            missing,
        };
        if let Err(fault) = reader.whole() {
            let fault = syntax(fault);
            reader.faults.push(fault);
        } else {
            reader.finish(defaults);
        }
        let faults = reader.faults;
        if faults.is_empty() { Ok(()) } else { Err(faults) }
    }
}

/// The fault of a text that stops being JSON.
#[cold]
fn syntax(fault: JsonFault) -> Fault {
    let code = if fault.kind == JsonFaultKind::TooDeep { &CASE_TOO_DEEP } else { &CASE_NOT_JSON };
    Fault::new(code, "", format!("not JSON at byte {}: {}", fault.at, fault.kind.message()))
}

/// The marker of a field that an item does not have, until it gets a number; no case can have it as a value.
const ABSENT: Value = Value::NotInForce;

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
    fn whole(&mut self) -> Result<(), JsonFault> {
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
    fn fields(&mut self, shape: &'r Shape, parent: Option<FactId>) -> Result<(), JsonFault> {
        let mut first = true;
        let mut last: Option<FactId> = None;
        while let Some(key) = self.scanner.next_key(&mut first)? {
            match self.find(shape, last, key) {
                Some((id, fact)) => {
                    if let Some(last) = last
                        && let Some(successor) =
                            self.case.successors.get_mut(usize::try_from(last).unwrap_or(usize::MAX))
                    {
                        *successor = id;
                    }
                    last = Some(id);
                    if self.case.state(id) == FactState::NotAsked {
                        self.slot(id, fact)?;
                    } else {
                        self.duplicate(fact.pointer.as_ref().to_owned());
                        self.scanner.skip()?;
                    }
                }
                None if self.is_row => self.scanner.skip()?,
                None if parent.is_none() => self.reserved_key(key)?,
                None => {
                    self.case.undeclared.count(parent, &key.decode());
                    self.scanner.skip()?;
                }
            }
        }
        Ok(())
    }

    /// The field of a key: first the one that followed `last` in the case before, then any.
    #[inline]
    fn find(&self, shape: &Shape, last: Option<FactId>, key: RawText<'_>) -> Option<(FactId, &'r Fact)> {
        let place = |id: FactId| usize::try_from(id).unwrap_or(usize::MAX);
        if let Some(last) = last
            && let Some(guess) = self.case.successors.get(place(last)).copied()
            && let Some(fact) = self.schema.facts.get(place(guess))
            && !key.escaped
            && *fact.key == *key.raw
            && self.schema.facts.get(place(last)).is_some_and(|last| last.parent == fact.parent)
        {
            return Some((guess, fact));
        }
        let field = if key.escaped { shape.find(&key.decode()) } else { shape.find(key.raw) };
        let id = shape.field(field?)?;
        Some((id, self.schema.facts.get(place(id))?))
    }

    /// Reads the value of a fact that has a slot.
    #[inline]
    fn slot(&mut self, id: FactId, fact: &'r Fact) -> Result<(), JsonFault> {
        if let FactKind::Object(shape) = &fact.kind
            && !fact.judgement
        {
            return match self.scanner.kind()? {
                Kind::Object => {
                    self.scanner.open_object()?;
                    self.case.set(id, Value::Boolean(true));
                    self.fields(shape, Some(id))
                }
                Kind::Null if fact.nullable => {
                    self.scanner.null()?;
                    // A field of null is null.
                    (id..fact.end).for_each(|inner| self.case.set(inner, Value::Null));
                    Ok(())
                }
                other => {
                    self.case.set_state(id, FactState::Known);
                    self.misfit(fact, Misfit::Type(other.words()));
                    self.scanner.skip()
                }
            };
        }
        self.case.set_state(id, FactState::Known);
        if !self.missing.is_empty() && self.is_missing()? {
            self.reserved.incomplete.push(id);
            return Ok(());
        }
        if fact.judgement {
            return self.judgement(id, fact);
        }
        let value = self.value(fact, fact.used)?;
        if let Some(value) = value.filter(|_| fact.used) {
            self.case.set(id, value);
        }
        Ok(())
    }

    /// Whether the value is a text that stands for one that is not there; if so it is read.
    fn is_missing(&mut self) -> Result<bool, JsonFault> {
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

    /// Reads and checks one value; without `keep` what would have to be made anew is not made, and the result means
    /// nothing. `None` after a fault.
    pub(super) fn value(&mut self, fact: &'r Fact, keep: bool) -> Result<Option<Value>, JsonFault> {
        let kind = self.scanner.kind()?;
        match (kind, &fact.kind) {
            (Kind::Number, FactKind::Number { .. }) => {
                let token = self.scanner.number()?;
                let read = number::parse(token).map_err(Misfit::Number);
                let checked = read.and_then(|number| fit::number(fact, number).map(|()| Value::Number(number)));
                Ok(self.checked(fact, checked))
            }
            (Kind::Boolean, FactKind::Boolean) => {
                let value = Value::Boolean(self.scanner.boolean()?);
                let checked = fit::allowed(fact, &value).map(|()| value);
                Ok(self.checked(fact, checked))
            }
            (Kind::Text, FactKind::Text { .. }) => {
                let raw = self.scanner.text()?;
                let text = raw.decode();
                let checked = fit::text(fact, &text).map(|made| match made {
                    Some(value) => value.clone(),
                    None if keep => Value::text(text.as_ref()),
                    None => Value::Null,
                });
                Ok(self.checked(fact, checked))
            }
            (Kind::Text, FactKind::Date | FactKind::Time | FactKind::DateTime | FactKind::Duration) => {
                let text = self.scanner.text()?.decode();
                let checked = parse(&fact.kind, &text)
                    .ok_or(Misfit::Format)
                    .and_then(|value| fit::allowed(fact, &value).map(|()| value));
                Ok(self.checked(fact, checked))
            }
            (Kind::List, FactKind::List { items, .. }) => self.list(fact, *items, keep),
            (Kind::Object, FactKind::Object(shape)) => self.item_object(shape, keep).map(Some),
            (Kind::Null, _) if fact.nullable => {
                self.scanner.null()?;
                Ok(Some(Value::Null))
            }
            (other, _) => {
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

    fn list(&mut self, fact: &'r Fact, items: FactId, keep: bool) -> Result<Option<Value>, JsonFault> {
        let schema = self.schema;
        let Some(item) = schema.fact(items) else {
            self.scanner.skip()?;
            return Ok(None);
        };
        self.scanner.open_list()?;
        let mut values = Vec::new();
        let mut first = true;
        let mut number = 0_u32;
        while self.scanner.next_item(&mut first)? {
            self.indices.push(number);
            let value = if item.judgement { self.item_judgement(item, items)? } else { self.value(item, keep)? };
            if keep {
                values.push(value.unwrap_or_default());
            }
            self.indices.pop();
            number = number.saturating_add(1);
        }
        if let Err(misfit) = fit::count(fact, usize::try_from(number).unwrap_or(usize::MAX)) {
            self.misfit(fact, misfit);
        }
        Ok(Some(Value::list(values)))
    }

    /// Reads an object inside an item of a list, or an item that is one, into a context.
    fn item_object(&mut self, shape: &'r Shape, keep: bool) -> Result<Value, JsonFault> {
        let schema = self.schema;
        self.scanner.open_object()?;
        let mut values = vec![ABSENT; shape.fields.len()];
        let mut first = true;
        while let Some(key) = self.scanner.next_key(&mut first)? {
            let key = key.decode();
            let found = shape.find(&key).and_then(|place| Some((place, shape.field(place)?)));
            let Some((place, id, fact)) = found.and_then(|(place, id)| Some((place, id, schema.fact(id)?))) else {
                let parent = shape.fields.first().and_then(|id| schema.fact(*id)).and_then(|field| field.parent);
                self.case.undeclared.count(parent, &key);
                self.scanner.skip()?;
                continue;
            };
            if values.get(place).is_some_and(|value| !matches!(value, Value::NotInForce)) {
                let pointer = pointer_to_item(fact, &self.indices);
                self.duplicate(pointer);
                self.scanner.skip()?;
                continue;
            }
            let value = if fact.judgement { self.item_judgement(fact, id)? } else { self.value(fact, keep)? };
            if let Some(slot) = values.get_mut(place) {
                *slot = value.unwrap_or_default();
            }
        }
        if !keep {
            return Ok(Value::Null);
        }
        let absent = values.iter_mut().zip(&shape.fields).filter(|(value, _)| matches!(value, Value::NotInForce));
        for (value, id) in absent {
            *value = missing(schema, self.case, *id, &self.indices);
        }
        Ok(Value::Context(std::sync::Arc::new(Context::of_shape(shape.keys.clone(), values))))
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
fn parse(kind: &FactKind, text: &str) -> Option<Value> {
    match kind {
        // Four digits for the year, as JSON Schema's `date` asks; FEEL would take more.
        FactKind::Date if text.len() == 10 => Date::parse(text).map(Value::Date),
        FactKind::Time => Time::parse(text).map(|time| Value::Time(std::sync::Arc::new(time))),
        FactKind::DateTime if text.contains('T') => {
            DateTime::parse(text).map(|both| Value::DateTime(std::sync::Arc::new(both)))
        }
        FactKind::Duration => match crate::value::text::at_literal(text)? {
            duration @ (Value::DayTimeDuration(_) | Value::YearMonthDuration(_)) => Some(duration),
            _ => None,
        },
        _ => None,
    }
}

/// What stands for a missing field of an item: its mark, or for an object a context of missing fields.
pub(super) fn missing(schema: &Schema, case: &mut Case, id: FactId, indices: &[u32]) -> Value {
    match schema.fact(id) {
        Some(Fact { kind: FactKind::Object(shape), nullable: false, judgement: false, .. }) => {
            let values = shape.fields.iter().map(|field| missing(schema, case, *field, indices)).collect();
            Value::Context(std::sync::Arc::new(Context::of_shape(shape.keys.clone(), values)))
        }
        _ => case.missing_item_fact(schema, id, indices),
    }
}

//! Fills a case from a row of somebody else's data.

use std::sync::Arc;

use super::case::{Case, FactState, pointer_to_item};
use super::decide::decide;
use super::fault::Fault;
use super::fit::{self, Misfit};
use super::items::missing;
use super::observer::Silent;
use super::reserved::{Defaults, without_date};
use super::results::Results;
use crate::code::CASE_WRONG_TYPE;
use crate::program::{Fact, FactKind, Mapping, Program, Schema, Target};
use crate::value::unknown::FactId;
use crate::value::{Context, Date, Value, text};

/// What it takes to read rows. Made once for a mapping and used again for every row.
#[derive(Debug)]
pub(crate) struct Row {
    case: Case,
    results: Results,
}

impl Row {
    /// Buffers for the rows of `mapping`.
    pub(crate) fn new(mapping: &Mapping) -> Self {
        Self { case: Case::new(&mapping.program), results: Results::default() }
    }
}

impl Case {
    /// Fills this case from the row in `bytes`, by way of `mapping`.
    ///
    /// # Errors
    /// Everything that makes the row or the case unfit: a fault of the row points into the row, one of the case into the
    /// case that would come of it.
    pub(crate) fn read_row(
        &mut self,
        program: &Program,
        mapping: &Mapping,
        row: &mut Row,
        bytes: &[u8],
        defaults: Defaults,
    ) -> Result<(), Vec<Fault>> {
        self.clear();
        row.case.read_text(&mapping.program, bytes, Defaults::default(), &mapping.missing)?;
        decide(&mapping.program, &row.case, &mut row.results, &mut Silent::default())
            .map_err(|limit| vec![Fault::from(limit)])?;
        let mut filler = Filler { schema: &program.schema, case: self, faults: Vec::new(), indices: Vec::new() };
        filler.head(mapping, &row.results, defaults);
        for target in &mapping.targets {
            filler.target(*target, &row.results);
        }
        let faults = filler.faults;
        if faults.is_empty() { Ok(()) } else { Err(faults) }
    }
}

struct Filler<'f> {
    schema: &'f Schema,
    case: &'f mut Case,
    faults: Vec<Fault>,
    /// Numbers of the items that are being filled, from the outermost list inwards.
    indices: Vec<u32>,
}

impl<'f> Filler<'f> {
    /// The identifier and the date.
    fn head(&mut self, mapping: &Mapping, results: &Results, defaults: Defaults) {
        if let Some(identifier) = mapping.case.and_then(|decision| text::string(results.value(decision))) {
            self.case.identify(&identifier);
        }
        let date = mapping.as_of.map(|decision| results.value(decision));
        match date {
            Some(Value::Date(date)) => self.case.as_of = Some(*date),
            Some(Value::DateTime(date_time)) => self.case.as_of = Some(date_time.date),
            None | Some(Value::Unknown(_)) => self.case.as_of = defaults.as_of,
            // A date that is there and cannot be read must not turn into the caller's.
            Some(other) => {
                let message = format!("the mapping should give a date, and gives {}", text::kind(other));
                self.faults.push(Fault::new(&CASE_WRONG_TYPE, "/as_of", message));
                return;
            }
        }
        if self.case.as_of.is_none() {
            self.faults.push(without_date());
        }
    }

    fn target(&mut self, target: Target, results: &Results) {
        let schema = self.schema;
        let holds = |decision: Option<u32>| {
            decision.is_some_and(|decision| matches!(results.value(decision), Value::Boolean(true)))
        };
        let Some(fact) = schema.fact(target.fact) else { return };
        let state = if holds(target.not_applicable_when) {
            FactState::NotApplicable
        } else if holds(target.not_known_when) {
            FactState::NotKnown
        } else {
            return self.slot(target.fact, fact, results.value(target.value));
        };
        for inner in target.fact..fact.end {
            self.case.set_state(inner, state);
        }
    }

    /// Puts a value into the slot of a fact, or into the slots of an object's fields.
    fn slot(&mut self, id: FactId, fact: &'f Fact, value: &Value) {
        match (&fact.kind, value) {
            (_, Value::Unknown(_)) => {}
            (_, Value::NotApplicable | Value::NotInForce) => {
                (id..fact.end).for_each(|inner| self.case.set_state(inner, FactState::NotApplicable));
            }
            (_, Value::Null) if fact.nullable => (id..fact.end).for_each(|inner| self.case.set(inner, Value::Null)),
            _ if fact.judgement => self.judgement(id, fact, value),
            (FactKind::Object(shape), Value::Context(context)) => {
                self.case.set(id, Value::Boolean(true));
                for (key, field) in shape.names.iter().zip(&shape.fields) {
                    if let (Some(value), Some(fact)) = (context.get(key), self.schema.fact(*field)) {
                        self.slot(*field, fact, value);
                    }
                }
            }
            _ => match self.fitting(fact, value) {
                Ok(value) => self.case.set(id, value),
                Err(misfit) => self.misfit(fact, misfit),
            },
        }
    }

    /// The value as the fact takes it.
    fn fitting(&mut self, fact: &'f Fact, value: &Value) -> Result<Value, Misfit> {
        match (&fact.kind, value) {
            (FactKind::Number { .. }, Value::Number(number)) => fit::number(fact, *number).map(|()| value.clone()),
            (FactKind::Text { .. }, Value::String(text)) => {
                fit::text(fact, text).map(|made| made.unwrap_or(value).clone())
            }
            // As if it stood in a case: a region has the rules of the pack, whatever those of the mapping are.
            (FactKind::Time, Value::Time(time)) => {
                let time = time.within(self.schema.zones.as_ref()).ok_or(Misfit::TimeZone)?;
                allowed(fact, Value::Time(time.into()))
            }
            (FactKind::DateTime, Value::DateTime(date_time)) => {
                let date_time = date_time.within(self.schema.zones.as_ref()).ok_or(Misfit::TimeZone)?;
                allowed(fact, Value::DateTime(date_time.into()))
            }
            (FactKind::Boolean, Value::Boolean(_))
            | (FactKind::Date, Value::Date(_))
            | (FactKind::Duration, Value::DayTimeDuration(_) | Value::YearMonthDuration(_)) => {
                allowed(fact, value.clone())
            }
            (FactKind::List { items, .. }, Value::List(values)) => {
                fit::count(fact, values.len())?;
                let Some(item) = self.schema.fact(*items) else { return Ok(Value::Null) };
                let mut fitting = Vec::with_capacity(values.len());
                for (number, value) in (0_u32..).zip(values.iter()) {
                    self.indices.push(number);
                    fitting.push(self.inner(*items, item, value));
                    self.indices.pop();
                }
                Ok(Value::list(fitting))
            }
            (_, other) => Err(Misfit::Type(text::kind(other))),
        }
    }

    /// An item of a list or a field of one.
    fn inner(&mut self, id: FactId, fact: &'f Fact, value: &Value) -> Value {
        match (&fact.kind, value) {
            (_, Value::Unknown(_)) => missing(self.schema, self.case, id, &self.indices),
            (_, Value::NotApplicable | Value::NotInForce) => Value::NotApplicable,
            (_, Value::Null) if fact.nullable => Value::Null,
            (FactKind::Object(shape), Value::Context(context)) => {
                let mut values = Vec::with_capacity(shape.fields.len());
                for (key, field) in shape.names.iter().zip(&shape.fields) {
                    values.push(match (context.get(key), self.schema.fact(*field)) {
                        (Some(value), Some(fact)) => self.inner(*field, fact, value),
                        _ => missing(self.schema, self.case, *field, &self.indices),
                    });
                }
                Value::Context(Arc::new(Context::of_shape(shape.names.clone(), values)))
            }
            _ => match self.fitting(fact, value) {
                Ok(value) => value,
                Err(misfit) => {
                    self.misfit(fact, misfit);
                    Value::Null
                }
            },
        }
    }

    /// A judgement is given as a context of all four parts; else it is unknown.
    fn judgement(&mut self, id: FactId, fact: &'f Fact, value: &Value) {
        let Value::Context(context) = value else {
            return self.misfit(fact, Misfit::Type(text::kind(value)));
        };
        let said = |key: &str| match context.get(key) {
            Some(Value::String(text)) if !text.trim().is_empty() => Some(text.clone()),
            _ => None,
        };
        let on = match context.get("on") {
            Some(Value::Date(date)) => Some(*date),
            Some(Value::String(text)) => Date::parse(text),
            _ => None,
        };
        let judged = context.get("value").filter(|value| !value.is_mark());
        let (Some(by), Some(on), Some(reason), Some(judged)) = (said("by"), on, said("reason"), judged) else { return };
        match self.fitting(fact, judged) {
            Ok(value) => {
                self.case.set(id, value);
                self.case.keep_judgement(id, &by, on, &reason);
            }
            Err(misfit) => self.misfit(fact, misfit),
        }
    }

    fn misfit(&mut self, fact: &Fact, misfit: Misfit) {
        let pointer = pointer_to_item(fact, &self.indices);
        self.faults.push(misfit.fault(fact, pointer));
    }
}

fn allowed(fact: &Fact, value: Value) -> Result<Value, Misfit> {
    fit::allowed(fact, &value).map(|()| value)
}

//! Filters, `for`, `some` and `every`.

use std::cmp::Ordering;
use std::sync::Arc;

use super::kleene::Kleene;
use super::machine::{Frame, Machine};
use super::observer::Observer;
use crate::builtins::Reason;
use crate::program::node::{Domain, Filter, For, Quantified};
use crate::value::bounds::Bounds;
use crate::value::unknown::Marks;
use crate::value::{Date, Decimal, List, RangeForm, Value, compare, number, text};

impl<O: Observer> Machine<'_, '_, O> {
    /// `base[condition]`: the items for which the condition is true, or the item at a place.
    ///
    /// Where it is unknown whether an item belongs to the result, the result is unknown.
    pub(super) fn filter(self, filter: &Filter, frame: &Frame<'_>) -> Value {
        let mut space = Value::Null;
        let base = self.operand(&filter.base, frame, &mut space);
        let items = match base {
            Value::List(items) => items.as_slice(),
            mark if mark.is_mark() => return mark.passed_on(),
            Value::Null => return self.null(&Reason("the value before the filter is null".into())),
            // A value that is no list is the list of itself.
            single => std::slice::from_ref(single),
        };
        if filter.constant {
            let mut space = Value::Null;
            let frame = Frame::within(&[], frame);
            return match self.operand(&filter.condition, &frame, &mut space) {
                Value::Boolean(true) => match base {
                    Value::List(_) => base.clone(),
                    single => Value::list(vec![single.clone()]),
                },
                Value::Boolean(false) | Value::Null => Value::list(Vec::new()),
                index => self.item_at(items, index),
            };
        }
        let mut kept = Vec::new();
        let mut marks = Marks::default();
        let mut undecided = 0;
        for (place, item) in items.iter().enumerate() {
            if !self.run.limits.spend(filter.steps) {
                return Value::Null;
            }
            let inner = Frame::within(std::slice::from_ref(item), frame);
            if let Some(holds) = self.plain(&filter.condition, &inner) {
                if holds {
                    kept.push(item.clone());
                }
                continue;
            }
            match self.value(&filter.condition, &inner) {
                Value::Boolean(true) => kept.push(item.clone()),
                // The kind of the condition shows only now: it is the place of an item.
                Value::Number(index) if place == 0 => return self.item_at(items, &Value::Number(index)),
                other => undecided += usize::from(marks.note(&other)),
            }
        }
        match marks.into_mark() {
            Some(mark) => Value::list_within(mark, Bounds::from_to(kept.len(), kept.len() + undecided)),
            None => Value::list(kept),
        }
    }

    fn item_at(self, items: &[Value], index: &Value) -> Value {
        match index {
            Value::Number(index) => {
                let place = number::whole(*index).and_then(|index| position(index, items.len()));
                match place.and_then(|place| items.get(place)) {
                    Some(item) => item.clone(),
                    None => self.null(&Reason("the list has no item at that place".into())),
                }
            }
            mark if mark.is_mark() => mark.passed_on(),
            other => self.null(&Reason(format!("the place of an item is {}", text::kind(other)).into())),
        }
    }

    /// `for … return …`
    pub(super) fn iterate(self, iteration: &For, frame: &Frame<'_>) -> Value {
        let mut results = Vec::new();
        let mark = if iteration.partial {
            self.partially(iteration, &mut results, frame)
        } else {
            self.each(&iteration.iterators, iteration.steps, frame, &mut |frame| {
                results.push(self.value(&iteration.body, &Frame::within(&[], frame)));
                true
            })
        };
        mark.unwrap_or_else(|| self.made(Value::list(results)))
    }

    /// A loop whose body reads the results so far, the only value of the innermost frame.
    fn partially(self, iteration: &For, results: &mut Vec<Value>, frame: &Frame<'_>) -> Option<Value> {
        let so_far = std::cell::RefCell::new(Vec::new());
        let mark = self.each(&iteration.iterators, iteration.steps, frame, &mut |frame| {
            if !self.run.limits.spend(u64::try_from(so_far.borrow().len()).unwrap_or(u64::MAX)) {
                return false;
            }
            let partial = [self.made(Value::list(so_far.borrow().clone()))];
            let value = self.value(&iteration.body, &Frame::within(&partial, frame));
            so_far.borrow_mut().push(value);
            true
        });
        *results = so_far.into_inner();
        mark
    }

    /// `some … satisfies …` and `every … satisfies …`
    pub(super) fn quantify(self, quantified: &Quantified, frame: &Frame<'_>) -> Value {
        let mut kleene = if quantified.every { Kleene::all() } else { Kleene::any() };
        let mark = self.each(&quantified.iterators, quantified.steps, frame, &mut |frame| {
            let mut space = Value::Null;
            !kleene.note(self.operand(&quantified.condition, frame, &mut space)) || O::RECORDS
        });
        match mark {
            // Whether there are items at all is not known, unless others settle it.
            Some(mark) => {
                kleene.note(&mark);
                kleene.result()
            }
            None => kleene.result(),
        }
    }

    /// Runs `body` for every combination of the iterators' items, each at a cost of `steps`, until it gives false. A domain that is a mark or null
    /// is the result.
    fn each(
        self,
        iterators: &[Domain],
        steps: u64,
        frame: &Frame<'_>,
        body: &mut dyn FnMut(&Frame<'_>) -> bool,
    ) -> Option<Value> {
        let mut stopped = false;
        self.each_of(iterators, steps, frame, body, &mut stopped)
    }

    fn each_of(
        self,
        iterators: &[Domain],
        steps: u64,
        frame: &Frame<'_>,
        body: &mut dyn FnMut(&Frame<'_>) -> bool,
        stopped: &mut bool,
    ) -> Option<Value> {
        let Some((domain, inner)) = iterators.split_first() else {
            *stopped = !body(frame);
            return None;
        };
        let items = match self.domain(domain, frame) {
            Ok(items) => items,
            Err(mark) => return Some(mark),
        };
        let mut marks = Marks::default();
        let mut null = false;
        let mut next = items.start();
        while let Some(place) = next {
            let Some(item) = items.value(place) else { break };
            if !self.run.limits.spend(steps) {
                break;
            }
            let values = [item];
            if let Some(value) = self.each_of(inner, steps, &Frame::within(&values, frame), body, stopped) {
                null |= !marks.note(&value);
            }
            if *stopped {
                return None;
            }
            next = items.after(place);
        }
        marks.into_mark().or(null.then_some(Value::Null))
    }

    /// What an iterator runs over, or the mark or null that it is.
    fn domain(self, domain: &Domain, frame: &Frame<'_>) -> Result<Items, Value> {
        let from = self.value(&domain.from, frame);
        if let Some(to) = &domain.to {
            let to = self.value(to, frame);
            return self.span(&from, &to);
        }
        match from {
            Value::List(items) => Ok(Items::List(items)),
            Value::Range(range) if range.form == RangeForm::Interval => match (&range.start, &range.end) {
                // Only `for x in 4..2` counts down; a range ends where it starts or later (DMN TCK 0084).
                (Some(start), Some(end)) if compare::order(start, end) == Some(Ordering::Greater) => {
                    Err(self.null(&Reason("the range ends before it starts".into())))
                }
                (Some(start), Some(end)) if range.start_included && range.end_included => self.span(start, end),
                _ => Err(self.null(&Reason("only a range with both ends can be gone through".into()))),
            },
            Value::Null => Err(self.null(&Reason("there is no list to go through, but null".into()))),
            mark if mark.is_mark() => Err(mark.passed_on()),
            single => Ok(Items::List(Arc::new(List::from(vec![single])))),
        }
    }

    /// Whole numbers or dates from one end to the other, upwards or downwards.
    fn span(self, from: &Value, to: &Value) -> Result<Items, Value> {
        let mut marks = Marks::default();
        if marks.note(from) | marks.note(to) {
            return Err(marks.into_mark().unwrap_or_default());
        }
        let ends = match (from, to) {
            (Value::Number(from), Value::Number(to)) => {
                number::whole(*from).zip(number::whole(*to)).map(|(from, to)| Items::Numbers(from, to))
            }
            (Value::Date(from), Value::Date(to)) => Some(Items::Dates(from.day_number(), to.day_number())),
            _ => None,
        };
        ends.ok_or_else(|| {
            self.null(&Reason("only whole numbers and dates can be gone through from one to the other".into()))
        })
    }
}

/// The items of an iterator, made one by one.
enum Items {
    List(Arc<List>),
    Numbers(i64, i64),
    /// Day numbers.
    Dates(i64, i64),
}

impl Items {
    /// The first place.
    fn start(&self) -> Option<i64> {
        match self {
            Self::List(items) => (!items.is_empty()).then_some(0),
            Self::Numbers(from, _) | Self::Dates(from, _) => Some(*from),
        }
    }

    /// The place after another.
    fn after(&self, place: i64) -> Option<i64> {
        match self {
            Self::List(items) => (place + 1 < i64::try_from(items.len()).unwrap_or(i64::MAX)).then_some(place + 1),
            Self::Numbers(from, to) | Self::Dates(from, to) => {
                let next = if from <= to { place.checked_add(1)? } else { place.checked_sub(1)? };
                let inside = if from <= to { next <= *to } else { next >= *to };
                inside.then_some(next)
            }
        }
    }

    /// The item at a place.
    fn value(&self, place: i64) -> Option<Value> {
        match self {
            Self::List(items) => items.get(usize::try_from(place).ok()?).cloned(),
            Self::Numbers(..) => Some(Value::Number(Decimal::from(place))),
            Self::Dates(..) => Date::from_day_number(place).map(Value::Date),
        }
    }
}

/// The place counted from 0 of a position counted from 1, or from the end when negative.
fn position(index: i64, length: usize) -> Option<usize> {
    match index {
        1.. => usize::try_from(index - 1).ok(),
        0 => None,
        _ => length.checked_sub(usize::try_from(index.unsigned_abs()).ok()?),
    }
}

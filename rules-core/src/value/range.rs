//! Ranges as values.

use super::Value;
use super::compare::{equal, order};

/// A range between two ends of one kind; an end that is `None` is unbounded (`(< 10)`), which is not the same as null.
#[derive(Clone, Debug)]
pub(crate) struct Range {
    pub(crate) start: Option<Value>,
    pub(crate) start_included: bool,
    pub(crate) end: Option<Value>,
    pub(crate) end_included: bool,
    pub(crate) form: RangeForm,
}

/// How a range was written; the forms are never equal to one another (DMN TCK 0068).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum RangeForm {
    /// `[1..10]`, `(< 10)`
    #[default]
    Interval,
    /// `(= 10)`: both ends are the value.
    Equal,
    /// `(!= 10)`: everything but the value that both ends are.
    NotEqual,
}

impl Range {
    /// An interval; an end that is `None` is unbounded.
    pub(crate) fn interval(start: Option<Value>, start_included: bool, end: Option<Value>, end_included: bool) -> Self {
        Self { start, start_included, end, end_included, form: RangeForm::Interval }
    }

    /// Whether `point` lies in the range; `None` is null: an end is null or cannot be compared with the point.
    pub(crate) fn contains(&self, point: &Value) -> Option<bool> {
        let value = self.start.as_ref().unwrap_or(&Value::Null);
        match self.form {
            RangeForm::Equal => equal(point, value),
            RangeForm::NotEqual => equal(point, value).map(|same| !same),
            RangeForm::Interval => {
                let after_start = match &self.start {
                    None => true,
                    Some(start) => {
                        let side = order(start, point)?;
                        side.is_lt() || (self.start_included && side.is_eq())
                    }
                };
                let before_end = match &self.end {
                    None => true,
                    Some(end) => {
                        let side = order(point, end)?;
                        side.is_lt() || (self.end_included && side.is_eq())
                    }
                };
                Some(after_start && before_end)
            }
        }
    }

    /// Whether both ranges have the same form, ends and brackets; `None` is null: the ends cannot be compared.
    pub(crate) fn equals(&self, other: &Self) -> Option<bool> {
        let brackets = |range: &Self| (range.form, range.start_included, range.end_included);
        if brackets(self) != brackets(other) {
            return Some(false);
        }
        let start = same_end(self.start.as_ref(), other.start.as_ref());
        let end = same_end(self.end.as_ref(), other.end.as_ref());
        match (start, end) {
            (Some(false), _) | (_, Some(false)) => Some(false),
            (None, _) | (_, None) => None,
            (Some(true), Some(true)) => Some(true),
        }
    }
}

fn same_end(left: Option<&Value>, right: Option<&Value>) -> Option<bool> {
    match (left, right) {
        (None, None) => Some(true),
        (Some(left), Some(right)) => equal(left, right),
        (None, Some(_)) | (Some(_), None) => Some(false),
    }
}

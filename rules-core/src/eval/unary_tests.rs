//! `in`, `between` and unary tests: a value against tests.

use super::kleene::{Kleene, negated};
use super::machine::{Frame, Machine};
use super::observer::Observer;
use super::operators::{compare_values, equal};
use crate::program::node::{Between, Comparison, In, Test};
use crate::value::{Range, RangeForm, Value};

impl<O: Observer> Machine<'_, '_, O> {
    /// `value between low and high`
    pub(super) fn between(self, between: &Between, frame: &Frame<'_>) -> Value {
        let (mut value, mut low, mut high) = (Value::Null, Value::Null, Value::Null);
        let value = self.operand(&between.value, frame, &mut value);
        let low = self.operand(&between.low, frame, &mut low);
        let high = self.operand(&between.high, frame, &mut high);
        let mut both = Kleene::all();
        both.note(&self.test(Comparison::GreaterOrEqual, value, low));
        both.note(&self.test(Comparison::LessOrEqual, value, high));
        both.result()
    }

    /// `value in (tests)`
    pub(super) fn is_in(self, tests: &In, frame: &Frame<'_>) -> Value {
        let value = self.value(&tests.value, frame);
        self.tests(std::slice::from_ref(&value), &tests.tests, tests.negated, frame)
    }

    /// Whether the one value of `tested` passes any of the tests; negated, whether it passes none.
    pub(super) fn tests(self, tested: &[Value], tests: &[Test], negate: bool, frame: &Frame<'_>) -> Value {
        let frame = Frame::within(tested, frame);
        let mut any = Kleene::any();
        for test in tests {
            if any.note(&self.passes(test, &frame)) && !O::RECORDS {
                break;
            }
        }
        if negate { negated(any.result()) } else { any.result() }
    }

    /// Whether the tested value, the only one of the frame, passes one test.
    fn passes(self, test: &Test, frame: &Frame<'_>) -> Value {
        let value = frame.values.first().unwrap_or(&super::machine::NULL);
        match test {
            Test::Any => Value::Boolean(true),
            Test::Compare { comparison, operand } => {
                let mut space = Value::Null;
                let operand = self.operand(operand, frame, &mut space);
                self.test(*comparison, value, operand)
            }
            Test::Within { low, low_included, high, high_included } => {
                let mut both = Kleene::all();
                let above = if *low_included { Comparison::GreaterOrEqual } else { Comparison::Greater };
                let below = if *high_included { Comparison::LessOrEqual } else { Comparison::Less };
                for (comparison, end) in [(above, low), (below, high)] {
                    let Some(end) = end else { continue };
                    let mut space = Value::Null;
                    let end = self.operand(end, frame, &mut space);
                    both.note(&self.test(comparison, value, end));
                }
                both.result()
            }
            Test::Condition(condition) => match self.value(condition, frame) {
                boolean @ Value::Boolean(_) => boolean,
                other => self.matches(value, &other),
            },
            Test::Matches(node) => {
                let mut space = Value::Null;
                self.matches(value, self.operand(node, frame, &mut space))
            }
        }
    }

    /// Compares the tested value.
    fn test(self, comparison: Comparison, left: &Value, right: &Value) -> Value {
        if !self.run.limits.walk([left, right]) {
            return Value::Null;
        }
        self.settle(compare_values(comparison, left, right))
    }

    /// Whether `value` is what the test gives, or is in the list or range that it gives, or the test itself is true.
    pub(super) fn matches(self, value: &Value, test: &Value) -> Value {
        if !self.run.limits.walk([value, test]) {
            return Value::Null;
        }
        match test {
            Value::Range(range) => self.contains(range, value),
            Value::List(items) if !matches!(value, Value::List(_)) => {
                let mut any = Kleene::any();
                for item in items.iter() {
                    let found = match item {
                        Value::Range(range) => self.contains(range, value),
                        item => self.settle_quietly(value, item),
                    };
                    if any.note(&found) {
                        break;
                    }
                }
                any.result()
            }
            Value::List(items) => {
                // A list equals the test or is one of its items.
                let mut any = Kleene::any();
                any.note(&self.settle_quietly(value, test));
                items.iter().for_each(|item| {
                    any.note(&self.settle_quietly(value, item));
                });
                any.result()
            }
            Value::Boolean(boolean) if !matches!(value, Value::Boolean(_)) && !value.is_mark() => {
                Value::Boolean(*boolean)
            }
            test => self.settle_quietly(value, test),
        }
    }

    /// Equality where values of different kinds are simply different.
    fn settle_quietly(self, left: &Value, right: &Value) -> Value {
        equal(left, right).unwrap_or(Value::Boolean(false))
    }

    /// Whether a range holds a point, which may be a mark.
    fn contains(self, range: &Range, point: &Value) -> Value {
        if !point.is_mark() {
            return match range.contains(point) {
                Some(inside) => Value::Boolean(inside),
                None => self.null(&crate::builtins::Reason("the value and the range cannot be compared".into())),
            };
        }
        let side = |comparison, end: &Option<Value>| match end {
            None => Value::Boolean(true),
            Some(end) => compare_values(comparison, point, end).unwrap_or_default(),
        };
        match range.form {
            RangeForm::Equal => side(Comparison::Equal, &range.start),
            RangeForm::NotEqual => side(Comparison::NotEqual, &range.start),
            RangeForm::Interval => {
                let above = if range.start_included { Comparison::GreaterOrEqual } else { Comparison::Greater };
                let below = if range.end_included { Comparison::LessOrEqual } else { Comparison::Less };
                let mut both = Kleene::all();
                both.note(&side(above, &range.start));
                both.note(&side(below, &range.end));
                both.result()
            }
        }
    }
}

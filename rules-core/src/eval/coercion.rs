//! Values brought to declared types (DMN 1.5 section 10.3.2.9.4), and `instance of`.

use super::machine::{Frame, Machine};
use super::observer::Observer;
use crate::builtins::{self, Reason};
use crate::program::node::InstanceOf;
use crate::types::Type;
use crate::value::temporal::utc_midnight;
use crate::value::unknown::Marks;
use crate::value::{FunctionValue, Value};

/// Whether a value is of a type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fit {
    Yes,
    No,
    /// That depends on what is unknown inside the value.
    Open,
}

impl Fit {
    fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::No, _) | (_, Self::No) => Self::No,
            (Self::Yes, other) => other,
            (Self::Open, _) => Self::Open,
        }
    }

    fn all(fits: impl Iterator<Item = Self>) -> Self {
        let mut all = Self::Yes;
        for fit in fits {
            all = all.and(fit);
            if all == Self::No {
                break;
            }
        }
        all
    }
}

impl<O: Observer> Machine<'_, '_, O> {
    /// `value instance of type`; null is an instance of nothing but `Null`, not even of `Any` (DMN TCK 0070).
    pub(super) fn instance_of(self, test: &InstanceOf, frame: &Frame<'_>) -> Value {
        let mut space = Value::Null;
        let value = self.operand(&test.value, frame, &mut space);
        if !self.run.limits.walk([value]) {
            return Value::Null;
        }
        let mut marks = Marks::default();
        marks.note_deep(value);
        match marks.into_mark() {
            Some(mark) => mark,
            None if value.is_null() => Value::Boolean(matches!(test.type_of, Type::Null | Type::Nullable(_))),
            None => Value::Boolean(self.fits(value, &test.type_of) == Fit::Yes),
        }
    }

    /// The value as one of the type: itself, the only item of a list, the list of it alone, a date at midnight in UTC; else
    /// null. What is not known stays so, unless no value that it may turn out to be is allowed.
    pub(super) fn coerced(self, value: Value, to: &Type) -> Value {
        if matches!(value, Value::Null | Value::NotApplicable | Value::NotInForce) || !self.run.limits.walk([&value]) {
            return value;
        }
        let (mut fit, mut value) = (self.fits(&value, to), value);
        if fit == Fit::No
            && let Some(converted) = converted_to(&value, to)
        {
            fit = self.fits(&converted, to);
            value = converted;
        }
        match fit {
            Fit::Yes => value,
            // Whether the type allows it depends on what is unknown inside it.
            Fit::Open => {
                let mut marks = Marks::default();
                marks.note_deep(&value);
                marks.into_mark().unwrap_or(value)
            }
            Fit::No if self.fits(&value, &to.kind()) == Fit::Yes => {
                self.null(&Reason(format!("the value is not one that `{to}` allows").into()))
            }
            Fit::No => self.null(&Reason(format!("the value is not of the type `{to}`").into())),
        }
    }

    /// Whether a value is of a type. Null stands for a value of any type inside lists and contexts, and so does what is
    /// unknown there, unless the type allows some values only.
    fn fits(self, value: &Value, of: &Type) -> Fit {
        let plainly = match (value, of) {
            (_, Type::Any) | (Value::Null | Value::NotApplicable | Value::NotInForce, _) => true,
            (value, Type::Nullable(inner)) => return self.fits(value, inner),
            (value, Type::Defined(definition)) => {
                let fit = self.fits(value, &definition.base);
                return match definition.allowed {
                    Some(allowed) if fit != Fit::No => fit.and(self.is_allowed(value, allowed)),
                    _ => fit,
                };
            }
            (Value::Unknown(_), of) => return if of.is_restricted() { Fit::Open } else { Fit::Yes },
            (Value::Boolean(_), Type::Boolean)
            | (Value::Number(_), Type::Number)
            | (Value::String(_), Type::String)
            | (Value::Date(_), Type::Date)
            | (Value::Time(_), Type::Time)
            | (Value::DateTime(_), Type::DateTime)
            | (Value::DayTimeDuration(_), Type::DayTimeDuration)
            | (Value::YearMonthDuration(_), Type::YearMonthDuration) => true,
            (Value::String(text), Type::OneOf(texts)) => texts.contains(text),
            (Value::List(items), Type::List(item)) => {
                return Fit::all(items.iter().map(|value| self.fits(value, item)));
            }
            (Value::Range(range), Type::Range(of)) => {
                return Fit::all([&range.start, &range.end].into_iter().flatten().map(|end| self.fits(end, of)));
            }
            (Value::Context(context), Type::Context(entries)) => {
                let fit = |key: &str, of| context.get(key).map_or(Fit::No, |value| self.fits(value, of));
                return Fit::all(entries.iter().map(|(key, of)| fit(key, of)));
            }
            (Value::Function(function), Type::Function { parameters, result }) => {
                self.function_is_of(function, parameters, result)
            }
            _ => false,
        };
        if plainly { Fit::Yes } else { Fit::No }
    }

    /// Whether a value is among those that an item definition allows.
    fn is_allowed(self, value: &Value, allowed: u32) -> Fit {
        let Some(allowed) = self.run.program.allowed_values(allowed) else { return Fit::No };
        if !self.run.limits.spend(1) {
            return Fit::No;
        }
        // What is compared here is no part of an explanation: while somebody has the observer, nothing is told to it.
        let _kept = self.run.observer.try_borrow_mut();
        match self.tests(std::slice::from_ref(value), &allowed.tests, allowed.negated, &Frame::EMPTY) {
            Value::Boolean(true) => Fit::Yes,
            Value::Unknown(_) => Fit::Open,
            _ => Fit::No,
        }
    }

    /// A function is of a type when it takes what the type's functions are given.
    fn function_is_of(self, function: &FunctionValue, parameters: &[Type], result: &Type) -> bool {
        match function {
            FunctionValue::Lambda { number, .. } => self.run.program.lambda(*number).is_some_and(|lambda| {
                let takes = |((_, declared), given): (&(_, Option<Type>), &Type)| {
                    declared.as_ref().is_none_or(|declared| given.conforms_to(declared))
                };
                let gives = lambda.result.as_ref().is_none_or(|made| made.conforms_to(result));
                lambda.parameters.len() == parameters.len()
                    && lambda.parameters.iter().zip(parameters).all(takes)
                    && gives
            }),
            FunctionValue::Builtin(row) => builtins::row(*row).is_some_and(|builtin| {
                let fits = |signature: &builtins::Signature| {
                    let mut pairs = signature.parameters.iter().zip(parameters);
                    signature.parameters.len() == parameters.len()
                        && pairs.all(|(parameter, given)| given.conforms_to(&(parameter.accepts)()))
                        && (signature.result)(parameters).conforms_to(result)
                };
                builtin.signatures.iter().any(fits)
            }),
        }
    }
}

/// What DMN makes of a value that is not of the type itself (10.3.2.9.4); whether that is of it is for the caller to see.
fn converted_to(value: &Value, to: &Type) -> Option<Value> {
    match (value, to) {
        (value, Type::Nullable(inner)) => converted_to(value, inner),
        (value, Type::Defined(definition)) => converted_to(value, &definition.base),
        (Value::Unknown(_), _) => None,
        (Value::List(_), Type::List(_)) => None,
        (Value::List(items), _) => match items.as_slice() {
            [only] => Some(only.clone()),
            _ => None,
        },
        (single, Type::List(_)) => Some(Value::list(vec![single.clone()])),
        (Value::Date(date), Type::DateTime) => Some(Value::DateTime(utc_midnight(*date).into())),
        _ => None,
    }
}

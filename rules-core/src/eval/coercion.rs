//! Values brought to declared types (DMN 1.5 section 10.3.2.9.4), and `instance of`.

use super::machine::{Frame, Machine};
use super::observer::Observer;
use crate::builtins::{self, Reason};
use crate::program::node::InstanceOf;
use crate::types::Type;
use crate::value::unknown::Marks;
use crate::value::{DateTime, FunctionValue, Value};

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
            None => Value::Boolean(self.is_of(value, &test.type_of)),
        }
    }

    /// The value as one of the type: itself, the only item of a list, the list of it alone, a date at midnight; else
    /// null. Marks stay.
    pub(super) fn coerced(self, value: Value, to: &Type) -> Value {
        if value.is_mark() || value.is_null() || !self.run.limits.walk([&value]) || self.is_of(&value, to) {
            return value;
        }
        match (&value, to) {
            (_, Type::Nullable(inner)) => self.coerced(value, inner),
            (Value::List(items), to) if !matches!(to, Type::List(_)) => match items.as_slice() {
                [only] if only.is_mark() || self.is_of(only, to) => only.clone(),
                _ => self.not_of(to),
            },
            (single, Type::List(item)) if !matches!(single, Value::List(_)) && self.is_of(single, item) => {
                Value::list(vec![value])
            }
            (Value::Date(date), Type::DateTime) => Value::DateTime(DateTime::midnight(*date).into()),
            (_, to) => self.not_of(to),
        }
    }

    fn not_of(self, to: &Type) -> Value {
        self.null(&Reason(format!("the value is not of the type `{to}`").into()))
    }

    /// Whether a value is of a type; what is unknown inside it may be of any.
    fn is_of(self, value: &Value, of: &Type) -> bool {
        match (value, of) {
            (_, Type::Any) | (Value::Null, Type::Null | Type::Nullable(_)) => true,
            (Value::Unknown(_) | Value::NotApplicable | Value::NotInForce, _) => true,
            (value, Type::Nullable(inner)) => self.is_of(value, inner),
            (Value::Boolean(_), Type::Boolean)
            | (Value::Number(_), Type::Number)
            | (Value::String(_), Type::String)
            | (Value::Date(_), Type::Date)
            | (Value::Time(_), Type::Time)
            | (Value::DateTime(_), Type::DateTime)
            | (Value::DayTimeDuration(_), Type::DayTimeDuration)
            | (Value::YearMonthDuration(_), Type::YearMonthDuration) => true,
            (Value::String(text), Type::OneOf(texts)) => texts.contains(text),
            (Value::List(items), Type::List(item)) => items.iter().all(|value| self.is_of(value, item)),
            (Value::Range(range), Type::Range(of)) => {
                [&range.start, &range.end].into_iter().flatten().all(|end| self.is_of(end, of))
            }
            (Value::Context(context), Type::Context(entries)) => {
                entries.iter().all(|(key, of)| context.get(key).is_some_and(|value| self.is_of(value, of)))
            }
            (Value::Function(function), Type::Function { parameters, result }) => {
                self.function_is_of(function, parameters, result)
            }
            _ => false,
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

//! What may follow a dot, and the type of a value.

use std::sync::Arc;

use super::Type;
use crate::value::Value;

/// What is known about a member.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Member {
    /// The member has this type.
    Is(Type),
    /// The value may have any members.
    Unknown,
    /// The value never has this member.
    Missing,
}

impl Type {
    /// The member `name` of a value of this type. A list gives the list of its items' members.
    pub(crate) fn member(&self, name: &str) -> Member {
        match self {
            Self::Any => Member::Unknown,
            Self::Nullable(inner) => match inner.member(name) {
                Member::Is(kind) => Member::Is(kind.or_null()),
                other => other,
            },
            Self::List(item) => match item.member(name) {
                Member::Is(kind) => Member::Is(Self::list(kind)),
                other => other,
            },
            _ => match members(self).into_iter().find(|(key, _)| **key == *name) {
                Some((_, kind)) => Member::Is(kind),
                // the plain type `context` lists no entries and may have any
                None if matches!(self, Self::Context(entries) if entries.is_empty()) => Member::Unknown,
                None => Member::Missing,
            },
        }
    }
}

/// The members of a value that is no list, with their types (DMN 1.5 section 10.3.2.3, and 10.3.2.7 for ranges).
pub(crate) fn members(of: &Type) -> Vec<(Arc<str>, Type)> {
    const DATE: [(&str, Type); 4] =
        [("year", Type::Number), ("month", Type::Number), ("day", Type::Number), ("weekday", Type::Number)];
    let zoned = || {
        vec![
            ("hour", Type::Number),
            ("minute", Type::Number),
            ("second", Type::Number),
            ("time offset", Type::DayTimeDuration.or_null()),
            ("timezone", Type::String.or_null()),
        ]
    };
    let listed = match of.without_null() {
        Type::Context(entries) => return (**entries).clone(),
        Type::Date => DATE.to_vec(),
        Type::Time => zoned(),
        Type::DateTime => DATE.into_iter().chain(zoned()).collect(),
        Type::DayTimeDuration => ["days", "hours", "minutes", "seconds"].map(|name| (name, Type::Number)).to_vec(),
        Type::YearMonthDuration => ["years", "months"].map(|name| (name, Type::Number)).to_vec(),
        Type::Range(point) => vec![
            ("start", (**point).clone().or_null()),
            ("end", (**point).clone().or_null()),
            ("start included", Type::Boolean),
            ("end included", Type::Boolean),
        ],
        Type::List(item) => return members(item),
        Type::Any
        | Type::Null
        | Type::Boolean
        | Type::Number
        | Type::String
        | Type::OneOf(_)
        | Type::Function { .. }
        | Type::Nullable(_) => Vec::new(),
        Type::Defined(definition) => return members(&definition.base),
    };
    listed.into_iter().map(|(name, kind)| (Arc::from(name), kind)).collect()
}

impl Type {
    /// Whether `value` is of this type. Of a mark that is always true: it stands for a value that is not there yet.
    pub(crate) fn holds(&self, value: &Value) -> bool {
        match (self, value) {
            (Self::Any, _) | (_, Value::Unknown(_) | Value::NotApplicable | Value::NotInForce) => true,
            (Self::Nullable(inner), value) => value.is_null() || inner.holds(value),
            (Self::OneOf(texts), Value::String(text)) => texts.contains(text),
            (Self::List(item), Value::List(items)) => items.iter().all(|value| item.holds(value)),
            (Self::Context(entries), Value::Context(context)) => {
                entries.iter().all(|(name, kind)| context.get(name).is_some_and(|value| kind.holds(value)))
            }
            (Self::Range(point), Value::Range(range)) => {
                range.start.iter().chain(&range.end).all(|end| end.is_null() || point.holds(end))
            }
            (Self::Function { .. }, Value::Function(_)) => true,
            (plain, value) => of_value(value).conforms_to(plain),
        }
    }
}

/// The narrowest type of `value`; a mark says nothing.
pub(crate) fn of_value(value: &Value) -> Type {
    match value {
        Value::Null => Type::Null,
        Value::Boolean(_) => Type::Boolean,
        Value::Number(_) => Type::Number,
        Value::String(_) => Type::String,
        Value::Date(_) => Type::Date,
        Value::Time(_) => Type::Time,
        Value::DateTime(_) => Type::DateTime,
        Value::DayTimeDuration(_) => Type::DayTimeDuration,
        Value::YearMonthDuration(_) => Type::YearMonthDuration,
        Value::Range(range) => {
            let end = range.start.as_ref().or(range.end.as_ref());
            Type::Range(Arc::new(end.map_or(Type::Any, of_value)))
        }
        Value::List(items) => {
            let types = items.iter().map(of_value);
            Type::list(types.reduce(|left, right| left.join(&right)).unwrap_or(Type::Any))
        }
        Value::Context(context) => {
            Type::Context(Arc::new(context.entries().map(|(key, value)| (key.clone(), of_value(value))).collect()))
        }
        Value::Function(_) | Value::Unknown(_) | Value::NotApplicable | Value::NotInForce => Type::Any,
    }
}

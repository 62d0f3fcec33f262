//! Short names for the types that rows of the table speak of.

use std::sync::Arc;

use super::Parameter;
use crate::types::Type;

/// A parameter that every call must fill.
pub(super) const fn needed(name: &'static str, accepts: fn() -> Type) -> Parameter {
    Parameter { name, accepts, optional: false, variadic: false }
}

/// A parameter that may be left out.
pub(super) const fn optional(name: &'static str, accepts: fn() -> Type) -> Parameter {
    Parameter { name, accepts, optional: true, variadic: false }
}

/// One or more further arguments, as a list.
pub(super) const fn several(name: &'static str, accepts: fn() -> Type) -> Parameter {
    Parameter { name, accepts, optional: false, variadic: true }
}

/// Any number of further arguments, as a list.
pub(super) const fn any_number(name: &'static str, accepts: fn() -> Type) -> Parameter {
    Parameter { name, accepts, optional: true, variadic: true }
}

// What parameters accept. For a variadic one this is the type of one argument.

pub(super) fn any() -> Type {
    Type::Any
}
pub(super) fn boolean() -> Type {
    Type::Boolean
}
pub(super) fn number() -> Type {
    Type::Number
}
pub(super) fn text() -> Type {
    Type::String
}
pub(super) fn date() -> Type {
    Type::Date
}
pub(super) fn time() -> Type {
    Type::Time
}
pub(super) fn date_time() -> Type {
    Type::DateTime
}
pub(super) fn day_time() -> Type {
    Type::DayTimeDuration
}
pub(super) fn year_month() -> Type {
    Type::YearMonthDuration
}
pub(super) fn list() -> Type {
    Type::List(Arc::new(Type::Any))
}
pub(super) fn numbers() -> Type {
    Type::List(Arc::new(Type::Number))
}
pub(super) fn texts() -> Type {
    Type::List(Arc::new(or_null(Type::String)))
}
pub(super) fn booleans() -> Type {
    Type::List(Arc::new(Type::Boolean))
}
pub(super) fn context() -> Type {
    Type::Context(Arc::default())
}
pub(super) fn contexts() -> Type {
    Type::List(Arc::new(context()))
}
pub(super) fn calendar() -> Type {
    Type::calendar()
}
pub(super) fn range() -> Type {
    Type::Range(Arc::new(Type::Any))
}
pub(super) fn nullable_text() -> Type {
    or_null(Type::String)
}
pub(super) fn nullable_day_time() -> Type {
    or_null(Type::DayTimeDuration)
}
/// `function(any, any) -> boolean`
pub(super) fn test_of_two() -> Type {
    Type::Function { parameters: Arc::new(vec![Type::Any, Type::Any]), result: Arc::new(Type::Boolean) }
}

// What calls give.

pub(super) fn gives_boolean(_: &[Type]) -> Type {
    Type::Boolean
}
pub(super) fn gives_boolean_or_null(_: &[Type]) -> Type {
    or_null(Type::Boolean)
}
/// Whether something holds of every item: null only where an item is.
pub(super) fn gives_boolean_of_booleans(types: &[Type]) -> Type {
    let only_booleans = types.first().is_some_and(|list| list.conforms_to(&booleans()));
    if only_booleans { Type::Boolean } else { or_null(Type::Boolean) }
}
/// How points and ranges of one kind lie to one another; null where they may be of several, or of one without an order.
pub(super) fn gives_relation(types: &[Type]) -> Type {
    let mut points = types.iter().map(|found| match found {
        Type::Range(point) => point.widened(),
        point => point.widened(),
    });
    let first = points.next().unwrap_or(Type::Any);
    // Of times, one may have a zone and the other none.
    let ordered =
        matches!(first, Type::Number | Type::String | Type::Date | Type::DayTimeDuration | Type::YearMonthDuration);
    if ordered && points.all(|point| point == first) { Type::Boolean } else { or_null(Type::Boolean) }
}
/// The same where a point and a range have no relation.
pub(super) fn gives_relation_of_alike(types: &[Type]) -> Type {
    let ranges = types.iter().filter(|found| matches!(found, Type::Range(_))).count();
    if ranges == 0 || ranges == types.len() { gives_relation(types) } else { or_null(Type::Boolean) }
}
pub(super) fn gives_number(_: &[Type]) -> Type {
    Type::Number
}
pub(super) fn gives_number_or_null(_: &[Type]) -> Type {
    or_null(Type::Number)
}
pub(super) fn gives_numbers(_: &[Type]) -> Type {
    numbers()
}
pub(super) fn gives_text(_: &[Type]) -> Type {
    Type::String
}
pub(super) fn gives_text_or_null(_: &[Type]) -> Type {
    or_null(Type::String)
}
pub(super) fn gives_any(_: &[Type]) -> Type {
    Type::Any
}
/// The type of the first argument.
pub(super) fn gives_first(types: &[Type]) -> Type {
    types.first().cloned().unwrap_or(Type::Any)
}
/// A list of the items of the first argument.
pub(super) fn gives_first_list(types: &[Type]) -> Type {
    Type::List(Arc::new(types.first().map_or(Type::Any, item)))
}
/// The same, or null where a position lies outside the list.
pub(super) fn gives_first_list_or_null(types: &[Type]) -> Type {
    or_null(gives_first_list(types))
}
/// An item of the first argument, or null for an empty list or items that cannot be compared.
pub(super) fn gives_item_or_null(types: &[Type]) -> Type {
    or_null(types.first().map_or(Type::Any, item))
}

/// The type of the items of `of`; a value that is no list is taken as a list of one.
pub(super) fn item(of: &Type) -> Type {
    match of {
        Type::List(item) => (**item).clone(),
        Type::Nullable(inner) => item(inner),
        other => other.clone(),
    }
}

/// `of` or null.
pub(super) fn or_null(of: Type) -> Type {
    match of {
        Type::Any | Type::Null | Type::Nullable(_) => of,
        other => Type::Nullable(Arc::new(other)),
    }
}

/// The type that holds both: the same type, or anything.
pub(super) fn either(left: &Type, right: &Type) -> Type {
    if left == right { left.clone() } else { Type::Any }
}

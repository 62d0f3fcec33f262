//! Types of FEEL as the checker sees them, conformance, and names of types.

use std::sync::Arc;

/// A type. `Nullable` says that null may come out; every other type but `Any` and `Null` excludes null.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Type {
    /// Anything, null included.
    Any,
    Null,
    Boolean,
    Number,
    String,
    /// A text out of a closed list (a fact with `enum`).
    OneOf(Arc<Vec<Arc<str>>>),
    Date,
    Time,
    DateTime,
    DayTimeDuration,
    YearMonthDuration,
    List(Arc<Type>),
    Range(Arc<Type>),
    /// Entries by name; a context value may have more.
    Context(Arc<Vec<(Arc<str>, Type)>>),
    Function {
        parameters: Arc<Vec<Type>>,
        result: Arc<Type>,
    },
    /// The type, or null.
    Nullable(Arc<Type>),
}

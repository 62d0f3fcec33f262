//! Types of FEEL as the checker sees them, conformance, and names of types.

mod conformance;
mod definition;
mod display;
mod members;

use std::sync::Arc;

pub(crate) use definition::Definition;
pub(crate) use members::{Member, members, of_value};

/// The entries of a calendar of working days: the first day that it covers, the first that it no longer does, the days off of
/// the week by their English names, and the holidays.
pub(crate) const CALENDAR: [&str; 4] = ["from", "to", "weekend", "holidays"];

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
    /// The type of an item definition. The checker sees what it is made of ([`Type::structure`]) and never this.
    Defined(Arc<Definition>),
}

impl Type {
    /// The type that FEEL gives this name, without those that take other types (`list<…>`).
    pub(crate) fn named(name: &str) -> Option<Self> {
        Some(match name {
            "Any" => Self::Any,
            "Null" => Self::Null,
            "boolean" => Self::Boolean,
            "number" => Self::Number,
            "string" => Self::String,
            "date" => Self::Date,
            "time" => Self::Time,
            "date and time" | "dateTime" => Self::DateTime,
            "days and time duration" | "dayTimeDuration" => Self::DayTimeDuration,
            "years and months duration" | "yearMonthDuration" => Self::YearMonthDuration,
            "list" => Self::list(Self::Any),
            "range" => Self::Range(Arc::new(Self::Any)),
            "context" => Self::Context(Arc::new(Vec::new())),
            _ => return None,
        })
    }

    /// The names that [`Type::named`] knows and a person should write.
    pub(crate) const NAMES: [&'static str; 13] = [
        "Any",
        "Null",
        "boolean",
        "number",
        "string",
        "date",
        "time",
        "date and time",
        "days and time duration",
        "years and months duration",
        "list",
        "range",
        "context",
    ];

    /// A calendar of working days.
    pub(crate) fn calendar() -> Self {
        let entries =
            CALENDAR.into_iter().zip([Self::Date, Self::Date, Self::list(Self::String), Self::list(Self::Date)]);
        Self::Context(Arc::new(entries.map(|(name, entry)| (Arc::from(name), entry)).collect()))
    }

    /// A list of items of this type.
    pub(crate) fn list(item: Self) -> Self {
        Self::List(Arc::new(item))
    }

    /// This type or null.
    pub(crate) fn or_null(self) -> Self {
        match self {
            Self::Any | Self::Null | Self::Nullable(_) => self,
            other => Self::Nullable(Arc::new(other)),
        }
    }

    /// The type of the values that are not null.
    pub(crate) fn without_null(&self) -> &Self {
        match self {
            Self::Nullable(inner) => inner,
            other => other,
        }
    }

    /// Whether null may be among the values. `Any` says nothing, so it counts as yes.
    pub(crate) fn may_be_null(&self) -> bool {
        matches!(self, Self::Any | Self::Null | Self::Nullable(_))
    }

    /// Whether nothing is known of some part of a value, so that its kind may turn out to be any.
    pub(crate) fn is_open(&self) -> bool {
        match self {
            Self::Any => true,
            Self::List(inner) | Self::Range(inner) | Self::Nullable(inner) => inner.is_open(),
            Self::Context(entries) => entries.is_empty() || entries.iter().any(|(_, entry)| entry.is_open()),
            Self::Function { .. } => true,
            Self::Defined(definition) => definition.base.is_open(),
            Self::Null
            | Self::Boolean
            | Self::Number
            | Self::String
            | Self::OneOf(_)
            | Self::Date
            | Self::Time
            | Self::DateTime
            | Self::DayTimeDuration
            | Self::YearMonthDuration => false,
        }
    }

    /// The type of the items when a value of this type is read as a list: FEEL takes a single value for a list of one.
    pub(crate) fn item(&self) -> Self {
        match self.without_null() {
            Self::List(item) => (**item).clone(),
            other => other.clone(),
        }
    }
}

//! Types in FEEL's words, and in a person's.

use std::fmt;

use super::Type;

impl fmt::Display for Type {
    /// As FEEL writes it: `list<number>`; a text out of a closed list is `string`, since FEEL has no word for it.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Any => out.write_str("Any"),
            Self::Null => out.write_str("Null"),
            Self::Boolean => out.write_str("boolean"),
            Self::Number => out.write_str("number"),
            Self::String | Self::OneOf(_) => out.write_str("string"),
            Self::Date => out.write_str("date"),
            Self::Time => out.write_str("time"),
            Self::DateTime => out.write_str("date and time"),
            Self::DayTimeDuration => out.write_str("days and time duration"),
            Self::YearMonthDuration => out.write_str("years and months duration"),
            Self::List(item) => write!(out, "list<{item}>"),
            Self::Range(point) => write!(out, "range<{point}>"),
            Self::Context(entries) => {
                out.write_str("context<")?;
                for (index, (name, kind)) in entries.iter().enumerate() {
                    write!(out, "{}{name}: {kind}", if index == 0 { "" } else { ", " })?;
                }
                out.write_str(">")
            }
            Self::Function { parameters, result } => {
                out.write_str("function<")?;
                for (index, kind) in parameters.iter().enumerate() {
                    write!(out, "{}{kind}", if index == 0 { "" } else { ", " })?;
                }
                write!(out, "> -> {result}")
            }
            Self::Nullable(inner) => write!(out, "{inner}"),
            Self::Defined(definition) => out.write_str(&definition.name),
        }
    }
}

impl Type {
    /// What a value of this type is, in a sentence: `a number`, `a list of texts`, `a date or null`.
    pub(crate) fn words(&self) -> String {
        match self {
            Self::Any => "anything".to_owned(),
            Self::Null => "null".to_owned(),
            Self::Boolean => "true or false".to_owned(),
            Self::List(item) => format!("a list of {}", item.plural()),
            Self::Range(point) => format!("a range of {}", point.plural()),
            Self::Nullable(inner) => format!("{} or null", inner.words()),
            Self::Defined(definition) => definition.base.words(),
            Self::Number => "a number".to_owned(),
            Self::String | Self::OneOf(_) => "a text".to_owned(),
            Self::Date => "a date".to_owned(),
            Self::Time => "a time".to_owned(),
            Self::DateTime => "a date and time".to_owned(),
            Self::DayTimeDuration => "a duration of days and time".to_owned(),
            Self::YearMonthDuration => "a duration of years and months".to_owned(),
            Self::Context(_) => "a context".to_owned(),
            Self::Function { .. } => "a function".to_owned(),
        }
    }

    /// Several values of this type: `numbers`.
    pub(crate) fn plural(&self) -> String {
        match self.without_null() {
            Self::Any | Self::Null | Self::Nullable(_) => "anything".to_owned(),
            Self::Defined(definition) => definition.base.plural(),
            Self::Boolean => "true and false".to_owned(),
            Self::Number => "numbers".to_owned(),
            Self::String | Self::OneOf(_) => "texts".to_owned(),
            Self::Date => "dates".to_owned(),
            Self::Time => "times".to_owned(),
            Self::DateTime => "dates and times".to_owned(),
            Self::DayTimeDuration | Self::YearMonthDuration => "durations".to_owned(),
            Self::List(_) => "lists".to_owned(),
            Self::Range(_) => "ranges".to_owned(),
            Self::Context(_) => "contexts".to_owned(),
            Self::Function { .. } => "functions".to_owned(),
        }
    }
}

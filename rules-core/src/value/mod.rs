//! Values of FEEL, and the three marks that stand where a value would.

pub(crate) mod bounds;
pub(crate) mod compare;
pub(crate) mod context;
pub(crate) mod date;
pub(crate) mod date_time;
pub(crate) mod digest;
pub(crate) mod duration;
pub(crate) mod function;
pub(crate) mod json;
pub(crate) mod list;
pub(crate) mod number;
pub(crate) mod order;
pub(crate) mod pattern;
pub(crate) mod range;
pub(crate) mod range_literal;
pub(crate) mod temporal;
pub(crate) mod text;
pub(crate) mod time;
pub(crate) mod time_zones;
pub(crate) mod unknown;
pub(crate) mod zone;
mod zone_rules;

use std::sync::Arc;

use bounds::Bounds;
use unknown::Known;

pub(crate) use context::Context;
pub(crate) use date::Date;
pub(crate) use date_time::DateTime;
pub(crate) use duration::{DayTimeDuration, Duration, YearMonthDuration};
pub(crate) use function::FunctionValue;
pub(crate) use list::{List, Size};
pub(crate) use range::{Range, RangeForm};
pub(crate) use rust_decimal::Decimal;
pub(crate) use time::Time;
pub use time_zones::TimeZones;
pub(crate) use time_zones::Zones;
pub(crate) use unknown::Unknown;
pub(crate) use zone::Zone;

/// A FEEL value, or one of the three marks `Unknown`, `NotApplicable`, `NotInForce`.
///
/// A mark is not a value of the language: no expression can test for it. It passes through every operator and builtin
/// that does not settle without it (`semantics.md` section 1). Null is plain; the reason for it goes to the observer.
#[derive(Clone, Debug, Default)]
pub(crate) enum Value {
    /// FEEL's null.
    #[default]
    Null,
    Boolean(bool),
    /// Exact decimal of up to 28 significant digits.
    Number(Decimal),
    String(Arc<str>),
    Date(Date),
    Time(Arc<Time>),
    DateTime(Arc<DateTime>),
    DayTimeDuration(DayTimeDuration),
    YearMonthDuration(YearMonthDuration),
    Range(Arc<Range>),
    List(Arc<List>),
    Context(Arc<Context>),
    Function(Arc<FunctionValue>),
    /// Depends on facts that are missing.
    Unknown(Arc<Unknown>),
    /// The fact or decision does not apply to this case.
    NotApplicable,
    /// The rule is outside every period in which it holds.
    NotInForce,
}

impl Value {
    /// A list of values.
    pub(crate) fn list(items: Vec<Value>) -> Self {
        Self::List(Arc::new(List::from(items)))
    }

    /// A text.
    pub(crate) fn text(text: impl Into<Arc<str>>) -> Self {
        Self::String(text.into())
    }

    /// Whether this is one of the three marks rather than a value.
    pub(crate) fn is_mark(&self) -> bool {
        matches!(self, Self::Unknown(_) | Self::NotApplicable | Self::NotInForce)
    }

    /// The mark as it stands for what is made of it; any other value is itself.
    pub(crate) fn passed_on(&self) -> Self {
        match self {
            Self::Unknown(unknown) => Self::Unknown(unknown.plain()),
            other => other.clone(),
        }
    }

    /// A number that is not known because of `mark`, and lies within `bounds`: the number itself where they leave only one.
    /// Any other mark is itself.
    pub(crate) fn number_within(mark: Self, bounds: Bounds) -> Self {
        match (mark, bounds.exact()) {
            (Self::Unknown(unknown), Some(number)) if !unknown.may_be_left_out() => Self::Number(number),
            (Self::Unknown(unknown), _) => Self::Unknown(unknown.within(Known::Number(bounds))),
            (mark, _) => mark,
        }
    }

    /// A list that is not known because of `mark`, and has so many items. Any other mark is itself.
    pub(crate) fn list_within(mark: Self, counts: Bounds) -> Self {
        match mark {
            Self::Unknown(unknown) => Self::Unknown(unknown.within(Known::Count(counts))),
            mark => mark,
        }
    }

    /// Whether this is null.
    pub(crate) fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }
}

//! Whether a value fits what the pack declares of a fact, and how to say what would.

use std::fmt::Write as _;

use super::fault::Fault;
use crate::code::{CASE_INEXACT_NUMBER, CASE_NOT_ALLOWED, CASE_WRONG_TYPE};
use crate::diagnostic::closest;
use crate::program::{Fact, FactKind};
use crate::value::bounds::Bound;
use crate::value::number::{self, NumberFault};
use crate::value::{Decimal, Value};

/// Why a value does not fit, without saying where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Misfit {
    /// Of another type; what stands there instead, with its article.
    Type(&'static str),
    /// Outside what is allowed; the word of the closed list that was probably meant.
    NotAllowed(Option<String>),
    /// More digits than can be held.
    Number(NumberFault),
    /// A text that is no date, time or duration.
    Format,
    /// A time of a region that is not in the data.
    TimeZone,
}

impl Misfit {
    /// The fault at a place.
    pub(super) fn fault(self, fact: &Fact, pointer: String) -> Fault {
        let wanted = wanted(fact);
        match self {
            Self::Type(found) => Fault::new(&CASE_WRONG_TYPE, pointer, format!("should be {wanted}, and is {found}")),
            Self::Format => Fault::new(&CASE_WRONG_TYPE, pointer, format!("should be {wanted}")),
            Self::TimeZone => Fault::new(&CASE_WRONG_TYPE, pointer, "names no time zone of the IANA data")
                .help("write it as `@Europe/London`, or give the offset, such as `+01:00`"),
            Self::NotAllowed(meant) => {
                let fault = Fault::new(&CASE_NOT_ALLOWED, pointer, format!("should be {wanted}"));
                match meant {
                    Some(word) => fault.help(format!("did you mean `{word}`?")),
                    None => fault,
                }
            }
            Self::Number(NumberFault::TooLarge) => {
                Fault::new(&CASE_INEXACT_NUMBER, pointer, "the number is larger than can be held exactly")
            }
            Self::Number(NumberFault::Inexact | NumberFault::NotANumber) => {
                Fault::new(&CASE_INEXACT_NUMBER, pointer, "the number has more digits than can be held exactly")
                    .help("write at most 28 significant digits")
            }
        }
    }
}

/// Whether a number is within the bounds, the multiples and the closed list of a fact.
#[inline]
pub(super) fn number(fact: &Fact, found: Decimal) -> Result<(), Misfit> {
    if let FactKind::Number { integer, minimum, maximum, multiple_of, .. } = &fact.kind {
        if *integer && !found.is_integer() {
            return Err(Misfit::Type("a number with decimals"));
        }
        let too_low =
            minimum.is_some_and(|bound| if bound.included { found < bound.value } else { found <= bound.value });
        let too_high =
            maximum.is_some_and(|bound| if bound.included { found > bound.value } else { found >= bound.value });
        let between = multiple_of.is_some_and(|step| number::modulo(found, step).is_none_or(|rest| !rest.is_zero()));
        if too_low || too_high || between {
            return Err(Misfit::NotAllowed(None));
        }
    }
    match &fact.allowed {
        None => Ok(()),
        Some(values) => {
            let one_of = values.iter().any(|value| matches!(value, Value::Number(number) if *number == found));
            if one_of { Ok(()) } else { Err(Misfit::NotAllowed(None)) }
        }
    }
}

/// The value of a text that a fact allows: for a closed list the one made beforehand, else `None` (make one).
#[inline]
pub(super) fn text<'f>(fact: &'f Fact, found: &str) -> Result<Option<&'f Value>, Misfit> {
    if let FactKind::Text { minimum_length, maximum_length } = &fact.kind
        && (minimum_length.is_some() || maximum_length.is_some())
    {
        let length = u32::try_from(found.chars().count()).unwrap_or(u32::MAX);
        if minimum_length.is_some_and(|least| length < least) || maximum_length.is_some_and(|most| length > most) {
            return Err(Misfit::NotAllowed(None));
        }
    }
    let Some(values) = &fact.allowed else { return Ok(None) };
    let same = values.iter().find(|value| matches!(value, Value::String(text) if **text == *found));
    same.map(Some).ok_or_else(|| Misfit::NotAllowed(closest(found, texts(values)).map(str::to_owned)))
}

/// Whether a value made elsewhere (a date, a boolean) is in the closed list of a fact, if it has one.
pub(super) fn allowed(fact: &Fact, found: &Value) -> Result<(), Misfit> {
    match &fact.allowed {
        None => Ok(()),
        Some(values) if values.iter().any(|value| crate::value::compare::equal(value, found) == Some(true)) => Ok(()),
        Some(_) => Err(Misfit::NotAllowed(None)),
    }
}

/// Whether a list has as many items as it may.
pub(super) fn count(fact: &Fact, items: usize) -> Result<(), Misfit> {
    let FactKind::List { minimum_items, maximum_items, .. } = fact.kind else { return Ok(()) };
    let items = u32::try_from(items).unwrap_or(u32::MAX);
    let fits = minimum_items.is_none_or(|least| items >= least) && maximum_items.is_none_or(|most| items <= most);
    if fits { Ok(()) } else { Err(Misfit::NotAllowed(None)) }
}

/// What would fit, in a person's words: `a whole number from 0 to 40`.
pub(super) fn wanted(fact: &Fact) -> String {
    if let Some(values) = &fact.allowed {
        let words: Vec<String> = values.iter().filter_map(shown).collect();
        return match words.as_slice() {
            [only] => only.clone(),
            _ => format!("one of {}", words.join(", ")),
        };
    }
    let mut words = match &fact.kind {
        FactKind::Boolean => "true or false".to_owned(),
        FactKind::Number { integer, minimum, maximum, multiple_of, .. } => {
            let kind = if *integer { "a whole number" } else { "a number" };
            kind.to_owned() + &limits(*minimum, *maximum, *multiple_of)
        }
        FactKind::Text { minimum_length, maximum_length } => {
            "a text".to_owned() + &counts(*minimum_length, *maximum_length, "characters")
        }
        FactKind::Date => "a date written YYYY-MM-DD".to_owned(),
        FactKind::Time => "a time written hh:mm:ss".to_owned(),
        FactKind::DateTime => "a date and time written YYYY-MM-DDThh:mm:ss".to_owned(),
        FactKind::Duration => "a duration such as P1Y6M or P14D".to_owned(),
        FactKind::List { minimum_items, maximum_items, .. } => {
            "a list".to_owned() + &counts(*minimum_items, *maximum_items, "items")
        }
        FactKind::Object(_) => "an object".to_owned(),
    };
    if fact.judgement {
        words = format!("a judgement: an object with `value` ({words}), `by`, `on` and `reason`");
    }
    if fact.nullable { words + ", or null" } else { words }
}

fn limits(minimum: Option<Bound>, maximum: Option<Bound>, multiple_of: Option<Decimal>) -> String {
    let mut words = String::new();
    match (minimum, maximum) {
        (Some(low), Some(high)) if low.included && high.included => {
            _ = write!(words, " from {} to {}", number::plain(low.value), number::plain(high.value));
        }
        (low, high) => {
            if let Some(low) = low {
                let word = if low.included { "at least" } else { "above" };
                _ = write!(words, " {word} {}", number::plain(low.value));
            }
            if let Some(high) = high {
                let word = if high.included { "at most" } else { "below" };
                let and = if low.is_some() { " and" } else { "" };
                _ = write!(words, "{and} {word} {}", number::plain(high.value));
            }
        }
    }
    if let Some(step) = multiple_of {
        _ = write!(words, ", a multiple of {}", number::plain(step));
    }
    words
}

fn counts(least: Option<u32>, most: Option<u32>, what: &str) -> String {
    match (least, most) {
        (None, None) => String::new(),
        (Some(least), None) => format!(" of at least {least} {what}"),
        (None, Some(most)) => format!(" of at most {most} {what}"),
        (Some(least), Some(most)) => format!(" of {least} to {most} {what}"),
    }
}

fn texts(values: &[Value]) -> impl Iterator<Item = &str> {
    values.iter().filter_map(|value| if let Value::String(text) = value { Some(text.as_ref()) } else { None })
}

/// An allowed value of the pack, as a person reads it.
fn shown(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(format!("`{text}`")),
        Value::Number(number) => Some(number::plain(*number)),
        Value::Boolean(boolean) => Some(boolean.to_string()),
        other => crate::value::text::string(other),
    }
}

//! The builtin functions: one row each, with name, parameters, types, a sentence, examples and the function itself.
//!
//! Adding one is one row in the file of its family and one entry in the corpus.

mod aggregate;
mod arguments;
mod boolean;
mod calendar;
mod context;
mod conversion;
mod list;
mod number;
mod pattern;
mod range;
mod reference;
mod string;
mod temporal;
mod types;

pub use reference::{Function, functions};

use std::borrow::Cow;
use std::sync::LazyLock;

use crate::types::Type;
use crate::value::order::sort_by;
use crate::value::{Date, FunctionValue, Value, Zones};

/// How a builtin treats the marks (unknown, not applicable, not in force) among its arguments.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Marked {
    /// A mark anywhere, inside lists and contexts too, is the result. The default.
    Deep,
    /// Only an argument that is itself a mark is the result; marks inside lists and contexts do not matter (`count`).
    Shallow,
    /// The function deals with marks itself (`all`, `any`, `list contains`).
    Own,
}

/// One parameter of a builtin.
#[derive(Clone, Debug)]
pub(crate) struct Parameter {
    pub(crate) name: &'static str,
    pub(crate) accepts: fn() -> Type,
    pub(crate) optional: bool,
    /// Takes all further positional arguments (`max(1, 2, 3)`) as one list: at least one, or any number when it is
    /// `optional` too. It cannot be given by name.
    pub(crate) variadic: bool,
}

/// One way to call a builtin; a builtin with several (`date(from)`, `date(year, month, day)`) has several.
///
/// Signatures with the same number of parameters share one `run`, which tells the kinds of values apart, so that a call is
/// bound by the number or the names of its arguments and never by their types.
#[derive(Clone, Debug)]
pub(crate) struct Signature {
    pub(crate) parameters: &'static [Parameter],
    /// The type of the result for the types of the arguments, in the order of `parameters`.
    pub(crate) result: fn(&[Type]) -> Type,
    /// Arguments arrive in the order of `parameters`; one left out is null.
    pub(crate) run: Run,
}

/// What a builtin does: `None` reasons are for values; a null result says why.
pub(crate) type Run = fn(arguments: &[Value], call: &mut dyn Call) -> Outcome;

/// The result of a builtin: a value, or null with the reason for it.
pub(crate) type Outcome = Result<Value, Reason>;

/// Why a result is null, in a person's words, without values of the case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Reason(pub(crate) Cow<'static, str>);

impl From<&'static str> for Reason {
    fn from(words: &'static str) -> Self {
        Self(Cow::Borrowed(words))
    }
}

impl From<String> for Reason {
    fn from(words: String) -> Self {
        Self(Cow::Owned(words))
    }
}

/// What the machine lends to a builtin: calling a function value, and counting work.
pub(crate) trait Call {
    /// Calls `function` with positional arguments.
    fn call(&mut self, function: &FunctionValue, arguments: Vec<Value>) -> Value;
    /// Counts `steps` of work; false when the case's budget is used up (the builtin then returns null at once).
    fn spend(&mut self, steps: u64) -> bool;
    /// A result of which nothing is known although no fact is missing, and why.
    fn not_known(&mut self, reason: Reason) -> Value;
    /// The date of the decision, which is what `today()` gives; there is no clock.
    fn as_of(&self) -> Option<Date> {
        None
    }
    /// The time zones that a text may name.
    fn zones(&self) -> Zones<'_> {
        None
    }
}

/// One row of the table.
#[derive(Clone, Debug)]
pub(crate) struct Builtin {
    pub(crate) name: &'static str,
    /// What it gives, in a sentence.
    pub(crate) sentence: &'static str,
    /// When it gives null for arguments of the right types, as the words after "null"; none where it never does.
    pub(crate) null: Option<&'static str>,
    pub(crate) signatures: &'static [Signature],
    pub(crate) marked: Marked,
    /// FEEL expression and what it gives, as FEEL.
    pub(crate) examples: &'static [(&'static str, &'static str)],
}

impl Builtin {
    /// What it gives and when that is null, in a sentence.
    pub(crate) fn words(&self) -> String {
        match self.null {
            None => self.sentence.to_owned(),
            Some(when) => format!("{}; null {when}.", self.sentence.trim_end_matches('.')),
        }
    }

    /// The signature that takes so many positional arguments; one that names each of them comes before one that gathers.
    pub(crate) fn taking(&self, count: usize) -> Option<&'static Signature> {
        let exact = |signature: &&Signature| !signature.is_variadic() && signature.takes(count);
        let found = self.signatures.iter().find(exact);
        found.or_else(|| self.signatures.iter().find(|signature| signature.takes(count)))
    }

    /// The signature that takes arguments of exactly these names. Where several do, the one with the same order:
    /// `before(point, range)` and `before(range, point)` mean different things.
    pub(crate) fn taking_named(&self, names: &[&str]) -> Option<&'static Signature> {
        let taking = |signature: &&Signature| {
            let known = |name: &&str| signature.parameters.iter().any(|parameter| parameter.name == *name);
            let given = |parameter: &Parameter| parameter.optional || names.contains(&parameter.name);
            let once = |(place, name)| names.iter().position(|other| other == name) == Some(place);
            !signature.is_variadic()
                && names.iter().all(known)
                && names.iter().enumerate().all(once)
                && signature.parameters.iter().all(given)
        };
        let in_order = |signature: &&Signature| {
            signature.parameters.iter().map(|parameter| parameter.name).eq(names.iter().copied())
        };
        let mut all = self.signatures.iter().filter(taking);
        all.clone().find(in_order).or_else(|| all.next())
    }
}

impl Signature {
    /// Whether the last parameter gathers all further arguments.
    pub(crate) fn is_variadic(&self) -> bool {
        self.parameters.last().is_some_and(|last| last.variadic)
    }

    fn takes(&self, count: usize) -> bool {
        let needed = self.parameters.iter().filter(|parameter| !parameter.optional).count();
        count >= needed && (self.is_variadic() || count <= self.parameters.len())
    }
}

/// All builtins, by family. Rows are numbered through the families in this order.
pub(crate) fn all() -> &'static [&'static [Builtin]] {
    &[
        conversion::FAMILY,
        boolean::FAMILY,
        string::FAMILY,
        pattern::FAMILY,
        list::FAMILY,
        aggregate::FAMILY,
        number::FAMILY,
        temporal::FAMILY,
        calendar::FAMILY,
        context::FAMILY,
        range::FAMILY,
    ]
}

/// The rows with their numbers, in the order of their names.
static BY_NAME: LazyLock<Vec<(u32, &'static Builtin)>> = LazyLock::new(|| {
    let mut rows: Vec<_> = (0..).zip(all().iter().copied().flatten()).collect();
    sort_by(&mut rows, |(_, left), (_, right)| left.name.cmp(right.name));
    rows
});

/// The builtin of this name, and the number of its row.
pub(crate) fn find(name: &str) -> Option<(u32, &'static Builtin)> {
    let place = BY_NAME.binary_search_by(|(_, builtin)| builtin.name.cmp(name)).ok()?;
    BY_NAME.get(place).copied()
}

/// The builtin of this number.
pub(crate) fn row(number: u32) -> Option<&'static Builtin> {
    all().iter().copied().flatten().nth(usize::try_from(number).ok()?)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn every_row_is_complete_and_found_under_its_name_and_number() {
        for builtin in all().iter().copied().flatten() {
            let (number, found) = find(builtin.name).unwrap();
            assert_eq!(found.sentence, builtin.sentence, "two rows are named {}", builtin.name);
            assert_eq!(row(number).unwrap().name, builtin.name);
            assert!(builtin.sentence.ends_with('.') && !builtin.signatures.is_empty(), "{}", builtin.name);
            assert!(builtin.examples.len() >= 2, "{} has too few examples", builtin.name);
            for signature in builtin.signatures {
                let after_optional = signature.parameters.iter().skip_while(|parameter| !parameter.optional);
                assert!(after_optional.skip(1).all(|parameter| parameter.optional), "{}", builtin.name);
            }
        }
        assert!(find("fold").is_none());
    }
}

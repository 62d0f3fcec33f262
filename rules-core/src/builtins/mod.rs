//! The builtin functions: one row each, with name, parameters, types, a sentence, examples and the function itself.
//!
//! Adding one is one row in the file of its family and one entry in the corpus.

use crate::types::Type;
use crate::value::{FunctionValue, Value};

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
    /// Takes all further positional arguments (`max(1, 2, 3)`), as a list.
    pub(crate) variadic: bool,
}

/// One way to call a builtin; a builtin with several (`date(from)`, `date(year, month, day)`) has several.
#[derive(Clone, Debug)]
pub(crate) struct Signature {
    pub(crate) parameters: &'static [Parameter],
    /// The type of the result for the types of the arguments.
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
pub(crate) struct Reason(pub(crate) std::borrow::Cow<'static, str>);

/// What the machine lends to a builtin: calling a function value, and counting work.
pub(crate) trait Call {
    /// Calls `function` with positional arguments.
    fn call(&mut self, function: &FunctionValue, arguments: Vec<Value>) -> Value;
    /// Counts `steps` of work; false when the case's budget is used up (the builtin then returns null at once).
    fn spend(&mut self, steps: u64) -> bool;
}

/// One row of the table.
#[derive(Clone, Debug)]
pub(crate) struct Builtin {
    pub(crate) name: &'static str,
    /// What it gives, in a sentence.
    pub(crate) sentence: &'static str,
    pub(crate) signatures: &'static [Signature],
    pub(crate) marked: Marked,
    /// FEEL expression and what it gives, as FEEL.
    pub(crate) examples: &'static [(&'static str, &'static str)],
}

//! The table as documentation reads it.

use super::{Signature, all};
use crate::types::Type;

/// A builtin function as documentation shows it.
///
/// ```
/// let functions = rules_core::functions();
/// let modulo = functions.iter().find(|function| function.name == "modulo").unwrap();
/// assert_eq!(modulo.signatures, ["modulo(dividend: number, divisor: number) -> number"]);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Function {
    /// What it works on, as a heading.
    pub family: &'static str,
    /// Its name, spaces included.
    pub name: &'static str,
    /// What it gives and when that is null, in a sentence.
    pub sentence: String,
    /// The ways to call it, as FEEL would write their parameters, their types and that of the result.
    pub signatures: Vec<String>,
    /// Expressions and what they give, as FEEL.
    pub examples: &'static [(&'static str, &'static str)],
}

/// Headings of the families, in the order of the table.
const FAMILIES: [&str; 11] = [
    "Conversion",
    "Booleans and identity",
    "Texts",
    "Regular expressions",
    "Lists",
    "From many values to one",
    "Numbers",
    "Dates",
    "Working days (ours, not of DMN)",
    "Contexts",
    "Points and ranges",
];

/// All builtin functions, in the order of the table.
#[must_use]
pub fn functions() -> Vec<Function> {
    let families = FAMILIES.into_iter().zip(all().iter().copied());
    families
        .flat_map(|(family, rows)| rows.iter().map(move |builtin| (family, builtin)))
        .map(|(family, builtin)| {
            let mut signatures: Vec<String> =
                builtin.signatures.iter().map(|signature| written(builtin.name, signature)).collect();
            signatures.dedup();
            Function { family, name: builtin.name, sentence: builtin.words(), signatures, examples: builtin.examples }
        })
        .collect()
}

/// A signature: what may be left out in brackets, what may come again with dots.
fn written(name: &str, signature: &Signature) -> String {
    let parameters: Vec<String> = signature
        .parameters
        .iter()
        .map(|parameter| {
            let text = format!("{}: {}", parameter.name, shown(&(parameter.accepts)()));
            match (parameter.variadic, parameter.optional) {
                (true, _) => format!("{text}…"),
                (false, true) => format!("[{text}]"),
                (false, false) => text,
            }
        })
        .collect();
    let accepted: Vec<Type> = signature.parameters.iter().map(|parameter| (parameter.accepts)()).collect();
    format!("{name}({}) -> {}", parameters.join(", "), shown(&(signature.result)(&accepted)))
}

/// A type in FEEL's words. A context whose entries do not matter is simply a context.
fn shown(value_type: &Type) -> String {
    value_type.to_string().replace("context<>", "context")
}

//! The table as documentation reads it.

use super::{Signature, all};

/// A builtin function as documentation shows it.
///
/// ```
/// let functions = rules_core::functions();
/// let modulo = functions.iter().find(|function| function.name == "modulo").unwrap();
/// assert_eq!(modulo.signatures, ["modulo(dividend: number, divisor: number)"]);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Function {
    /// Its name, spaces included.
    pub name: &'static str,
    /// What it gives, in a sentence.
    pub sentence: &'static str,
    /// The ways to call it, as FEEL would write their parameters and types.
    pub signatures: Vec<String>,
    /// Expressions and what they give, as FEEL.
    pub examples: &'static [(&'static str, &'static str)],
}

/// All builtin functions, in the order of the table.
#[must_use]
pub fn functions() -> Vec<Function> {
    let builtins = all().iter().copied().flatten();
    builtins
        .map(|builtin| {
            let mut signatures: Vec<String> =
                builtin.signatures.iter().map(|signature| written(builtin.name, signature)).collect();
            signatures.dedup();
            Function { name: builtin.name, sentence: builtin.sentence, signatures, examples: builtin.examples }
        })
        .collect()
}

/// A signature: what may be left out in brackets, what may come again with dots.
fn written(name: &str, signature: &Signature) -> String {
    let parameters: Vec<String> = signature
        .parameters
        .iter()
        .map(|parameter| {
            let shown = format!("{}: {}", parameter.name, (parameter.accepts)());
            match (parameter.variadic, parameter.optional) {
                (true, _) => format!("{shown}…"),
                (false, true) => format!("[{shown}]"),
                (false, false) => shown,
            }
        })
        .collect();
    format!("{name}({})", parameters.join(", "))
}

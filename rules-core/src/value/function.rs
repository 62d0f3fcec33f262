//! Functions as values: a builtin by its row, or a lambda by its number in the program with what it captured.

use super::Value;

/// A function value. What it does is in the program; the value only points there.
#[derive(Clone, Debug)]
pub(crate) enum FunctionValue {
    /// Row of the table of builtins.
    Builtin(u32),
    /// Lambda or business knowledge model: number in the program, and the captured values in order.
    Lambda { number: u32, captures: Vec<Value> },
}

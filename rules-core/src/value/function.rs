//! Functions as values: a builtin by its row, or a lambda by its number in the program with what it captured.

use super::{List, Size};

/// A function value. What it does is in the program; the value only points there.
#[derive(Clone, Debug)]
pub(crate) enum FunctionValue {
    /// Row of the table of builtins.
    Builtin(u32),
    /// Lambda or business knowledge model: number in the program, and the captured values in order.
    Lambda { number: u32, captures: List },
}

impl FunctionValue {
    /// How much it holds: what it captured.
    pub(crate) fn size(&self) -> Size {
        match self {
            Self::Builtin(_) => Size { values: 1, depth: 0 },
            Self::Lambda { captures, .. } => captures.size(),
        }
    }
}

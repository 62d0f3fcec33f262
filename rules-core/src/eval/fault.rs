//! Why a case cannot be decided.

use crate::code::Code;

/// One fault of a case, complete in itself. It never holds a value of the case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Fault {
    pub(crate) code: &'static Code,
    /// JSON pointer into the case; empty for the case as a whole.
    pub(crate) pointer: String,
    pub(crate) message: String,
    /// What to do, where that can be said.
    pub(crate) help: Option<String>,
}

impl Fault {
    /// A fault without help.
    pub(crate) fn new(code: &'static Code, pointer: impl Into<String>, message: impl Into<String>) -> Self {
        Self { code, pointer: pointer.into(), message: message.into(), help: None }
    }

    /// The same fault with a sentence that says what to do.
    pub(crate) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}

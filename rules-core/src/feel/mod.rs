//! FEEL: reading and printing. The grammar is that of DMN 1.5 chapter 10.3.1; `parser` says where it is read more freely.

pub(crate) mod ast;
mod characters;
mod lexer;
mod names;
mod parser;
mod print;
mod token;
mod type_names;

pub(crate) use names::Names;
pub(crate) use parser::{Parsed, parse_expression, parse_type_name, parse_unary_tests};
pub(crate) use print::print;
pub(crate) use type_names::{UnknownType, type_of};

use crate::code::Code;
use crate::source::Span;

/// Something in a FEEL text that does not follow the grammar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct SyntaxFault {
    pub(crate) code: &'static Code,
    /// Where in the text.
    pub(crate) span: Span,
    /// What is wrong, as a sentence to a person.
    pub(crate) message: String,
    /// What to write instead, where that can be said.
    pub(crate) help: Option<String>,
}

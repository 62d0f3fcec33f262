//! Reads FEEL texts into trees: recursive descent, one file for each part of the grammar.
//!
//! The parser never gives up at the first fault: it notes what it expected in a person's words, puts an `Error` node
//! into the tree and goes on, so that an author sees all faults at once. Read more freely than the standard: an end of
//! a range may be any expression, comparisons may be chained, and a `not(…)` that is not the whole of a unary test is the
//! builtin.

mod complaint;
mod control;
mod expression;
mod invocation;
mod literal;
mod name;
mod primary;
mod range;
mod slips;
mod type_name;
mod unary_tests;

use std::sync::Arc;

use super::SyntaxFault;
use super::ast::{Expr, ExprKind, TypeName};
use super::lexer::Lexer;
use super::names::Names;
use super::token::{Keyword, Symbol, Token, TokenKind};
use crate::code;
use crate::source::Span;

/// How deep expressions may be nested in one another: brackets, bodies of `if` and `for`, signs. Each level costs the
/// parser several frames of the stack.
const NESTING: u32 = 128;

/// How high a tree may grow; a long `a + b + c + …` grows without nesting. Whatever walks a tree may recurse this deep.
const HEIGHT: u32 = 400;

/// After so many faults in one text the rest is silence.
const FAULTS: usize = 20;

/// What came of a text: always a tree, whole only when there are no faults.
#[derive(Clone, Debug)]
pub(crate) struct Parsed {
    pub(crate) expr: Expr,
    /// In the order of the text.
    pub(crate) faults: Vec<SyntaxFault>,
}

/// Reads `text` as one expression with the names in scope.
pub(crate) fn parse_expression(text: &str, names: &Names<'_>) -> Parsed {
    let mut parser = Parser::new(text, names);
    let expr = parser.expression();
    parser.finish(expr)
}

/// Reads `text` as unary tests, the content of a decision table's input cell; the tree is always `UnaryTests`.
pub(crate) fn parse_unary_tests(text: &str, names: &Names<'_>) -> Parsed {
    let mut parser = Parser::new(text, names);
    let expr = parser.unary_tests();
    parser.finish(expr)
}

/// Reads `text` as the name of a type: `number`, `list<date>`, `function<number> -> boolean`, an item definition in scope.
pub(crate) fn parse_type_name(text: &str, names: &Names<'_>) -> (TypeName, Vec<SyntaxFault>) {
    let mut parser = Parser::new(text, names);
    let type_name = parser.type_name();
    let end = Expr { kind: ExprKind::Error, span: type_name.span };
    let faults = parser.finish(end).faults;
    (type_name, faults)
}

struct Parser<'t> {
    text: &'t str,
    lexer: Lexer<'t>,
    /// The token that is looked at.
    token: Token,
    /// The token before it.
    previous: Token,
    names: &'t Names<'t>,
    /// Iterators, parameters and context keys, innermost last.
    locals: Vec<Arc<str>>,
    /// Keys of the contexts read so far: they may follow a dot.
    members: Vec<Arc<str>>,
    /// How many filters are open: inside one, members are names too.
    filters: u32,
    /// Whether the end of a range is being read, where a `[` may close the range.
    in_range_end: bool,
    nesting: u32,
    /// Height of the tree made last.
    height: u32,
    faults: Vec<SyntaxFault>,
    /// Faults at tokens before this byte follow from the one already noted.
    quiet_until: u32,
}

/// A place to come back to.
#[derive(Clone, Copy)]
struct Checkpoint<'t> {
    lexer: Lexer<'t>,
    token: Token,
    previous: Token,
    faults: usize,
    quiet_until: u32,
}

impl<'t> Parser<'t> {
    fn new(text: &'t str, names: &'t Names<'t>) -> Self {
        let mut lexer = Lexer::new(text);
        let token = lexer.next();
        let previous = Token { kind: TokenKind::End, span: Span::default() };
        Self {
            text,
            lexer,
            token,
            previous,
            names,
            locals: Vec::new(),
            members: Vec::new(),
            filters: 0,
            in_range_end: false,
            nesting: 0,
            height: 0,
            faults: Vec::new(),
            quiet_until: 0,
        }
    }

    /// Complains about what stands behind `expr` and looks for further faults in it.
    fn finish(mut self, expr: Expr) -> Parsed {
        while self.token.kind != TokenKind::End && self.faults.len() < FAULTS {
            self.complain_of_rest();
            self.advance();
            if self.continuation().is_some() {
                self.advance();
            }
            if self.starts_operand() {
                self.expression();
            }
        }
        Parsed { expr, faults: self.faults }
    }

    fn advance(&mut self) {
        self.previous = self.token;
        self.token = self.lexer.next();
    }

    /// Goes on behind byte `end`; the tokens since the one looked at were one word or name.
    fn advance_to(&mut self, end: u32) {
        self.previous = Token { kind: TokenKind::Word, span: Span { start: self.token.span.start, end } };
        self.lexer.jump(end as usize);
        self.token = self.lexer.next();
    }

    fn checkpoint(&self) -> Checkpoint<'t> {
        Checkpoint {
            lexer: self.lexer,
            token: self.token,
            previous: self.previous,
            faults: self.faults.len(),
            quiet_until: self.quiet_until,
        }
    }

    fn go_back(&mut self, to: Checkpoint<'t>) {
        self.lexer = to.lexer;
        self.token = to.token;
        self.previous = to.previous;
        self.faults.truncate(to.faults);
        self.quiet_until = to.quiet_until;
    }

    fn is(&self, symbol: Symbol) -> bool {
        self.token.kind == TokenKind::Symbol(symbol)
    }

    fn is_keyword(&self, keyword: Keyword) -> bool {
        self.token.kind == TokenKind::Keyword(keyword)
    }

    /// Takes the symbol if it is next.
    fn take(&mut self, symbol: Symbol) -> bool {
        let found = self.is(symbol);
        if found {
            self.advance();
        }
        found
    }

    /// Takes the keyword if it is next.
    fn take_keyword(&mut self, keyword: Keyword) -> bool {
        let found = self.is_keyword(keyword);
        if found {
            self.advance();
        }
        found
    }

    fn text_of(&self, span: Span) -> &'t str {
        self.text.get(span.start as usize..span.end as usize).unwrap_or("")
    }

    /// A node without children.
    fn leaf(&mut self, kind: ExprKind, span: Span) -> Expr {
        self.height = 1;
        Expr { kind, span }
    }

    /// A node over children of which the tallest has `height`.
    fn node(&mut self, kind: ExprKind, span: Span, height: u32) -> Expr {
        self.height = height + 1;
        if self.height > HEIGHT {
            return self.too_deep(span);
        }
        Expr { kind, span }
    }

    /// The node that stands for what could not be read.
    fn error(&mut self, span: Span) -> Expr {
        self.leaf(ExprKind::Error, span)
    }

    /// Runs `read` one level deeper, unless that is too deep.
    fn nested(&mut self, read: impl FnOnce(&mut Self) -> Expr) -> Expr {
        if self.nesting >= NESTING {
            let span = self.token.span;
            return self.too_deep(span);
        }
        self.nesting += 1;
        let expr = read(self);
        self.nesting -= 1;
        expr
    }

    /// Gives up the rest of the text: nothing that is said about it would help.
    fn too_deep(&mut self, span: Span) -> Expr {
        if !self.faults.iter().any(|fault| fault.code == &code::TOO_DEEP) {
            self.faults.push(SyntaxFault {
                code: &code::TOO_DEEP,
                span,
                message: format!(
                    "this expression is nested deeper than {NESTING} levels, or is a chain of more than {HEIGHT} operators"
                ),
                help: Some("split it into several decisions, or use a list: `sum([…])`, `any([…])`".to_owned()),
            });
        }
        self.quiet_until = u32::MAX;
        self.lexer.jump(self.text.len());
        self.token = self.lexer.next();
        self.error(span)
    }

    /// Notes a fault, unless it only follows from the one before.
    fn fault(&mut self, span: Span, message: impl Into<String>, help: Option<&str>) {
        if self.token.span.start < self.quiet_until || self.faults.len() >= FAULTS {
            return;
        }
        // at least one byte, so that two faults at the end of the text are one
        self.quiet_until = self.token.span.end.max(self.token.span.start + 1);
        self.faults.push(SyntaxFault {
            code: &code::SYNTAX,
            span,
            message: message.into(),
            help: help.map(str::to_owned),
        });
    }
}

#[cfg(test)]
mod tests;

//! Ranges: `[1..3]`, `(1..3)`, `]1..3[` and the mixtures.

use super::super::ast::{Expr, ExprKind};
use super::super::token::{Symbol, TokenKind};
use super::Parser;
use crate::source::Span;

impl Parser<'_> {
    /// The rest of a range behind its start; `open` is its opening bracket.
    pub(super) fn range(&mut self, start: Expr, open: Span, height: u32) -> Expr {
        let start_included = self.text_of(open) == "[";
        self.advance();
        self.in_range_end = true;
        let end = self.expression();
        self.in_range_end = false;
        let height = height.max(self.height);
        let end_included = self.is(Symbol::CloseBracket);
        if end_included || self.is(Symbol::CloseParenthesis) || self.is(Symbol::OpenBracket) {
            self.advance();
        } else if self.token.kind == TokenKind::End {
            self.fault(open, "this range is never closed", Some("close it with `]`, or with `)` to leave its end out"));
        } else {
            self.close(Symbol::CloseBracket, open);
        }
        let span = open.to(self.previous.span);
        let kind =
            ExprKind::Range { start: Some(Box::new(start)), start_included, end: Some(Box::new(end)), end_included };
        self.node(kind, span, height)
    }

    /// `]a..b]`
    pub(super) fn range_open_at_start(&mut self) -> Expr {
        let open = self.token.span;
        self.advance();
        let in_range_end = std::mem::replace(&mut self.in_range_end, false);
        let start = self.expression();
        let height = self.height;
        let expr = if self.is(Symbol::DotDot) {
            self.range(start, open, height)
        } else {
            self.complain_of_missing("`..`", Some("a range that leaves its start out is written `]1..3]`"));
            self.error(open.to(self.previous.span))
        };
        self.in_range_end = in_range_end;
        expr
    }

    /// Whether the `]` at the token opens a range: something must stand behind it.
    pub(super) fn opens_range(&self) -> bool {
        let mut ahead = self.lexer;
        let next = ahead.next();
        let starts = match next.kind {
            TokenKind::Number | TokenKind::String | TokenKind::At | TokenKind::Word => true,
            TokenKind::Symbol(symbol) => {
                matches!(symbol, Symbol::Minus | Symbol::OpenParenthesis | Symbol::OpenBrace)
            }
            TokenKind::Keyword(keyword) => !keyword.continues(),
            _ => false,
        };
        starts && ahead.rest().contains("..")
    }

    /// Whether the `[` at the token closes the range whose end is being read, rather than opening a filter.
    pub(super) fn closes_range(&self) -> bool {
        if !self.in_range_end {
            return false;
        }
        let mut ahead = self.lexer;
        match ahead.next().kind {
            TokenKind::End | TokenKind::Unterminated | TokenKind::Unexpected | TokenKind::Foreign(_) => true,
            TokenKind::Number | TokenKind::String | TokenKind::At | TokenKind::Word => false,
            TokenKind::Keyword(keyword) => keyword.continues(),
            TokenKind::Symbol(symbol) => !matches!(
                symbol,
                Symbol::OpenParenthesis | Symbol::OpenBracket | Symbol::OpenBrace | Symbol::Minus | Symbol::Question
            ),
        }
    }
}

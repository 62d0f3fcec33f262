//! Unary tests: what stands in a decision table's input cell, and behind `in`.

use super::super::ast::{Expr, ExprKind};
use super::super::token::{Keyword, Symbol, TokenKind};
use super::Parser;
use super::expression::Level;
use crate::source::Span;

impl Parser<'_> {
    /// `-`, `not(test, …)`, or `test, …` as the whole text.
    pub(super) fn unary_tests(&mut self) -> Expr {
        let start = self.token.span;
        let whole = Span { start: 0, end: u32::try_from(self.text.len()).unwrap_or(u32::MAX) };
        if self.is(Symbol::Minus) && { self.lexer }.next().kind == TokenKind::End {
            self.advance();
            return self.node(ExprKind::UnaryTests { negated: false, tests: Vec::new() }, start, 0);
        }
        let before = self.checkpoint();
        if self.token.kind == TokenKind::Word && self.text_of(start) == "not" {
            self.advance();
            let open = self.token.span;
            if self.take(Symbol::OpenParenthesis) {
                let (tests, height) = self.tests();
                self.close(Symbol::CloseParenthesis, open);
                if self.token.kind == TokenKind::End {
                    return self.node(ExprKind::UnaryTests { negated: true, tests }, whole, height);
                }
            }
            // `not(a) and b` is an expression that begins with the builtin
            self.go_back(before);
        }
        let (tests, height) = self.tests();
        self.node(ExprKind::UnaryTests { negated: false, tests }, whole, height)
    }

    /// Tests with commas between them, and the height of the tallest.
    fn tests(&mut self) -> (Vec<Expr>, u32) {
        let mut tests = vec![self.positive_unary_test()];
        let mut height = self.height;
        while self.take(Symbol::Comma) {
            tests.push(self.positive_unary_test());
            height = height.max(self.height);
        }
        (tests, height)
    }

    /// `< 5` or any expression.
    fn positive_unary_test(&mut self) -> Expr {
        let Some(operator) = self.unary_operator() else {
            return self.expression();
        };
        let test = self.unary_comparison(operator);
        if self.is_keyword(Keyword::And) || self.is_keyword(Keyword::Or) {
            let help = match self.is_keyword(Keyword::And) {
                true => "write a range, such as `[3..5]`, or `? > 3 and ? < 5`",
                false => "separate the tests with `,`, which means or",
            };
            let found = self.found(self.token);
            self.fault(self.token.span, format!("{found} cannot join tests"), Some(help));
            self.advance();
            self.positive_unary_test();
        }
        test
    }

    /// `value in test` and `value in (test, test)` behind the value.
    pub(super) fn membership(&mut self, value: Expr, height: u32) -> Expr {
        self.nested(|parser| parser.membership_tests(value, height))
    }

    fn membership_tests(&mut self, value: Expr, height: u32) -> Expr {
        self.take_operator();
        let before = self.checkpoint();
        let (tests, tallest) = match self.parenthesised_tests() {
            Some(tests) => tests,
            None => {
                self.go_back(before);
                let test = match self.unary_operator() {
                    Some(operator) => self.unary_comparison(operator),
                    None => self.binary(Level::Addition),
                };
                (vec![test], self.height)
            }
        };
        let span = value.span.to(self.previous.span);
        self.node(ExprKind::In { value: Box::new(value), tests }, span, height.max(tallest))
    }

    /// `(test, test)` as a list of tests; `None` when the parenthesis is a range or the beginning of an expression.
    fn parenthesised_tests(&mut self) -> Option<(Vec<Expr>, u32)> {
        let open = self.token.span;
        if !self.take(Symbol::OpenParenthesis) {
            return None;
        }
        let in_range_end = std::mem::replace(&mut self.in_range_end, false);
        let (tests, height) = self.tests();
        self.in_range_end = in_range_end;
        if self.is(Symbol::DotDot) {
            return None;
        }
        self.close(Symbol::CloseParenthesis, open);
        let goes_on = matches!(
            self.token.kind,
            TokenKind::Symbol(
                Symbol::Dot
                    | Symbol::OpenBracket
                    | Symbol::OpenParenthesis
                    | Symbol::Plus
                    | Symbol::Minus
                    | Symbol::Times
                    | Symbol::Divide
                    | Symbol::Power
            ) | TokenKind::Keyword(Keyword::Instance)
        );
        if goes_on && tests.len() == 1 { None } else { Some((tests, height)) }
    }
}

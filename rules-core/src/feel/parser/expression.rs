//! Operators, from the loosest (`or`) to the tightest (unary minus).

use super::super::ast::{BinaryOperator, Expr, ExprKind};
use super::super::token::{Foreign, Keyword, Symbol, TokenKind};
use super::Parser;
use crate::source::Span;

/// How tightly an operator binds. Operators of one level are read from left to right, `**` too.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Level {
    Or,
    And,
    Comparison,
    Addition,
    Multiplication,
    Power,
}

/// What continues an expression.
#[derive(Clone, Copy)]
pub(super) enum Continuation {
    Operator(BinaryOperator),
    Between,
    In,
}

impl Parser<'_> {
    /// One expression, as far as it reaches.
    pub(super) fn expression(&mut self) -> Expr {
        self.binary(Level::Or)
    }

    /// An expression of operators that bind at least as tightly as `loosest`.
    pub(super) fn binary(&mut self, loosest: Level) -> Expr {
        let mut left = self.unary();
        let mut height = self.height;
        while let Some((continuation, level)) = self.continuation() {
            if level < loosest {
                break;
            }
            left = match continuation {
                Continuation::Operator(operator) => self.operator(left, operator, level, height),
                Continuation::Between => self.between(left, height),
                Continuation::In => self.membership(left, height),
            };
            height = self.height;
        }
        self.height = height;
        left
    }

    fn operator(&mut self, left: Expr, operator: BinaryOperator, level: Level, height: u32) -> Expr {
        self.take_operator();
        let right = match tighter(level) {
            Some(level) => self.binary(level),
            None => self.unary(),
        };
        let height = height.max(self.height);
        let span = left.span.to(right.span);
        let kind = ExprKind::Binary { operator, left: Box::new(left), right: Box::new(right) };
        self.node(kind, span, height)
    }

    /// `value between low and high`; the `and` belongs to it.
    fn between(&mut self, value: Expr, mut height: u32) -> Expr {
        self.take_operator();
        let low = self.binary(Level::Addition);
        height = height.max(self.height);
        if !self.take_keyword(Keyword::And) {
            self.complain_of_missing("`and`", Some("write `x between 1 and 3`"));
            if self.is_stand_in() {
                self.advance();
            }
        }
        let high = self.binary(Level::Addition);
        height = height.max(self.height);
        let span = value.span.to(high.span);
        let kind = ExprKind::Between { value: Box::new(value), low: Box::new(low), high: Box::new(high) };
        self.node(kind, span, height)
    }

    /// What the token continues the expression with, if it does.
    pub(super) fn continuation(&self) -> Option<(Continuation, Level)> {
        use BinaryOperator as Operator;
        let (operator, level) = match self.token.kind {
            TokenKind::Keyword(Keyword::Between) => return Some((Continuation::Between, Level::Comparison)),
            TokenKind::Keyword(Keyword::In) => return Some((Continuation::In, Level::Comparison)),
            TokenKind::Keyword(Keyword::Or) | TokenKind::Foreign(Foreign::DoubleBar) => (Operator::Or, Level::Or),
            TokenKind::Keyword(Keyword::And) | TokenKind::Foreign(Foreign::DoubleAmpersand) => {
                (Operator::And, Level::And)
            }
            TokenKind::Symbol(Symbol::Equal) | TokenKind::Foreign(Foreign::DoubleEqual) => {
                (Operator::Equal, Level::Comparison)
            }
            TokenKind::Symbol(Symbol::NotEqual) | TokenKind::Foreign(Foreign::Unequal) => {
                (Operator::NotEqual, Level::Comparison)
            }
            TokenKind::Symbol(Symbol::Less) => (Operator::Less, Level::Comparison),
            TokenKind::Symbol(Symbol::LessOrEqual) | TokenKind::Foreign(Foreign::AtMost) => {
                (Operator::LessOrEqual, Level::Comparison)
            }
            TokenKind::Symbol(Symbol::Greater) => (Operator::Greater, Level::Comparison),
            TokenKind::Symbol(Symbol::GreaterOrEqual) | TokenKind::Foreign(Foreign::AtLeast) => {
                (Operator::GreaterOrEqual, Level::Comparison)
            }
            TokenKind::Symbol(Symbol::Plus) => (Operator::Add, Level::Addition),
            TokenKind::Symbol(Symbol::Minus) => (Operator::Subtract, Level::Addition),
            TokenKind::Symbol(Symbol::Times) => (Operator::Multiply, Level::Multiplication),
            TokenKind::Symbol(Symbol::Divide) => (Operator::Divide, Level::Multiplication),
            TokenKind::Symbol(Symbol::Power) | TokenKind::Foreign(Foreign::Caret) => (Operator::Power, Level::Power),
            TokenKind::Foreign(Foreign::Ampersand) => (Operator::And, Level::And),
            TokenKind::Foreign(Foreign::Bar) => (Operator::Or, Level::Or),
            TokenKind::Foreign(Foreign::Dash) => (Operator::Subtract, Level::Addition),
            TokenKind::Foreign(Foreign::Times) => (Operator::Multiply, Level::Multiplication),
            TokenKind::Foreign(Foreign::Divide) => (Operator::Divide, Level::Multiplication),
            TokenKind::Word => match self.text_of(self.token.span) {
                "AND" | "And" => (Operator::And, Level::And),
                "OR" | "Or" => (Operator::Or, Level::Or),
                _ => return self.word_operator().map(|(continuation, level, ..)| (continuation, level)),
            },
            _ => return None,
        };
        Some((Continuation::Operator(operator), level))
    }

    /// Takes the operator at the token. One of another language is read as the one that was meant, with a fault.
    pub(super) fn take_operator(&mut self) {
        if let Some((_, _, help, end)) = self.word_operator() {
            let span = Span { start: self.token.span.start, end };
            let words = self.text_of(span);
            let message = match help.contains('(') && self.names.is_function(words) && words != "not" {
                true => format!("`{words}` is a function, which goes before its arguments"),
                false => format!("`{words}` is not FEEL"),
            };
            self.fault(span, message, Some(help));
            return self.advance_to(end);
        }
        self.complain_of_foreign_operator();
        let spaced = self.comparison_with_space();
        self.advance();
        if spaced {
            self.advance();
        }
    }

    /// `< =` for `<=`; complains of it.
    fn comparison_with_space(&mut self) -> bool {
        let next = { self.lexer }.next();
        let spaced = matches!(self.token.kind, TokenKind::Symbol(Symbol::Less | Symbol::Greater))
            && next.kind == TokenKind::Symbol(Symbol::Equal);
        if spaced {
            let sign = self.text_of(self.token.span);
            let message = format!("`{sign} =` is written without a space");
            self.fault(self.token.span.to(next.span), message, Some(&format!("write `{sign}=`")));
        }
        spaced
    }

    fn complain_of_foreign_operator(&mut self) {
        let help = match self.token.kind {
            TokenKind::Foreign(Foreign::DoubleEqual) => "write `=`",
            TokenKind::Foreign(Foreign::Unequal) => "write `!=`",
            TokenKind::Foreign(Foreign::AtMost) => "write `<=`",
            TokenKind::Foreign(Foreign::AtLeast) => "write `>=`",
            TokenKind::Foreign(Foreign::Caret) => "write `**`",
            TokenKind::Foreign(Foreign::Ampersand) => "write `and`; texts are joined with `+`",
            TokenKind::Foreign(Foreign::Bar) => "write `or`",
            TokenKind::Foreign(Foreign::Dash) => "write `-`",
            TokenKind::Foreign(Foreign::Times) => "write `*`",
            TokenKind::Foreign(Foreign::Divide) => "write `/`",
            TokenKind::Foreign(Foreign::DoubleAmpersand) => "write `and`",
            TokenKind::Foreign(Foreign::DoubleBar) => "write `or`",
            TokenKind::Word => "write it in small letters",
            _ => return,
        };
        let message = format!("{} is not FEEL", self.found(self.token));
        self.fault(self.token.span, message, Some(help));
    }

    /// A value with any number of minus signs before it.
    pub(super) fn unary(&mut self) -> Expr {
        if self.token.kind != TokenKind::Foreign(Foreign::Dash) && !self.is(Symbol::Minus) {
            return self.postfix();
        }
        let start = self.token.span;
        self.complain_of_foreign_operator();
        self.advance();
        let operand = self.nested(Self::unary);
        let span = start.to(operand.span);
        let height = self.height;
        self.node(ExprKind::Negate(Box::new(operand)), span, height)
    }

    /// Whether the token begins a value.
    pub(super) fn starts_operand(&self) -> bool {
        match self.token.kind {
            TokenKind::Number | TokenKind::String | TokenKind::At | TokenKind::Word => true,
            TokenKind::Foreign(foreign) => foreign == Foreign::Quoted,
            TokenKind::Keyword(keyword) => !keyword.continues() && keyword != Keyword::External,
            TokenKind::Symbol(symbol) => matches!(
                symbol,
                Symbol::OpenParenthesis | Symbol::OpenBracket | Symbol::OpenBrace | Symbol::Question | Symbol::Minus
            ),
            TokenKind::End | TokenKind::Unterminated | TokenKind::Unexpected => false,
        }
    }

    /// A value with what follows it directly: members, filters, calls, and `instance of`.
    fn postfix(&mut self) -> Expr {
        let base = self.primary();
        self.continue_postfix(base)
    }

    /// Whatever follows `expr` directly.
    pub(super) fn continue_postfix(&mut self, mut expr: Expr) -> Expr {
        let mut height = self.height;
        loop {
            expr = match self.token.kind {
                TokenKind::Symbol(Symbol::Dot) => self.member(expr, height),
                TokenKind::Symbol(Symbol::OpenBracket) if !self.closes_range() => {
                    self.nested(|parser| parser.filter(expr, height))
                }
                TokenKind::Symbol(Symbol::OpenParenthesis) => self.call(expr, height),
                TokenKind::Keyword(Keyword::Instance) => self.instance_of(expr, height),
                _ => break,
            };
            height = self.height;
        }
        self.height = height;
        expr
    }

    /// `base.member`
    fn member(&mut self, base: Expr, height: u32) -> Expr {
        self.advance();
        let (member, member_span) = match self.token.kind {
            TokenKind::Word | TokenKind::Keyword(_) => self.member_name(),
            _ if self.previous_but_one_is_number(&base) => {
                self.fault(
                    self.previous.span,
                    "digits are missing after the point",
                    Some("leave the point out, or write digits after it: `3.0`"),
                );
                return base;
            }
            _ => {
                let help = "write the name of a member, such as `contract.value`";
                self.complain_of_missing("the name of a member", Some(help));
                let span = self.previous.span;
                self.height = height;
                return self.node(ExprKind::Error, base.span.to(span), height);
            }
        };
        let span = base.span.to(member_span);
        self.node(ExprKind::Path { base: Box::new(base), member, member_span }, span, height)
    }

    /// Whether the point that was just read stands directly behind a number.
    fn previous_but_one_is_number(&self, base: &Expr) -> bool {
        matches!(base.kind, ExprKind::Number(_)) && base.span.end == self.previous.span.start
    }

    /// `base[condition]`
    fn filter(&mut self, base: Expr, height: u32) -> Expr {
        let open = self.token.span;
        self.advance();
        self.filters += 1;
        self.locals.push("item".into());
        let in_range_end = std::mem::replace(&mut self.in_range_end, false);
        let condition = self.expression();
        let height = height.max(self.height);
        self.in_range_end = in_range_end;
        self.locals.pop();
        self.filters -= 1;
        self.close(Symbol::CloseBracket, open);
        let span = base.span.to(self.previous.span);
        self.node(ExprKind::Filter { base: Box::new(base), condition: Box::new(condition) }, span, height)
    }

    /// `value instance of type`
    fn instance_of(&mut self, value: Expr, height: u32) -> Expr {
        self.advance();
        if self.token.kind == TokenKind::Word && self.text_of(self.token.span) == "of" {
            self.advance();
        } else {
            self.complain_of_missing("`of`", Some("write `x instance of number`"));
        }
        let type_name = self.type_name();
        let span = value.span.to(type_name.span);
        self.node(ExprKind::InstanceOf { value: Box::new(value), type_name }, span, height)
    }

    /// Widens `expr` to the brackets around it.
    pub(super) fn widened(mut expr: Expr, span: Span) -> Expr {
        expr.span = span;
        expr
    }
}

fn tighter(level: Level) -> Option<Level> {
    match level {
        Level::Or => Some(Level::And),
        Level::And => Some(Level::Comparison),
        Level::Comparison => Some(Level::Addition),
        Level::Addition => Some(Level::Multiplication),
        Level::Multiplication => Some(Level::Power),
        Level::Power => None,
    }
}

//! Values that stand for themselves, brackets of all kinds, and names.

use super::super::ast::{BinaryOperator, ContextEntry, Expr, ExprKind};
use super::super::token::{Foreign, Symbol, TokenKind};
use super::Parser;
use super::expression::Level;

impl Parser<'_> {
    /// One value without what follows it.
    pub(super) fn primary(&mut self) -> Expr {
        let span = self.token.span;
        match self.token.kind {
            TokenKind::Number => self.number_literal(),
            TokenKind::String | TokenKind::At | TokenKind::Foreign(Foreign::Quoted) => self.string_literal(),
            TokenKind::Word | TokenKind::Keyword(_) => self.name_or_keyword(),
            TokenKind::Symbol(Symbol::Question) => {
                self.advance();
                self.leaf(ExprKind::Input, span)
            }
            TokenKind::Symbol(Symbol::OpenParenthesis) => self.nested(Self::parentheses),
            TokenKind::Symbol(Symbol::OpenBracket) => self.nested(Self::brackets),
            TokenKind::Symbol(Symbol::CloseBracket) if self.opens_range() => self.nested(Self::range_open_at_start),
            TokenKind::Symbol(Symbol::OpenBrace) => self.nested(Self::context),
            TokenKind::Symbol(Symbol::Plus)
                if self.previous.span.end == span.start && self.previous_is(Symbol::Plus) =>
            {
                let help = "a FEEL text changes no value, it gives one: write `x + 1`";
                self.hopeless(span, "`++` is not FEEL".to_owned(), help);
                self.advance();
                self.error(span)
            }
            TokenKind::Symbol(Symbol::Plus) => {
                self.fault(span, "a number has no plus sign before it", Some("leave the `+` out"));
                self.advance();
                self.nested(Self::unary)
            }
            TokenKind::Foreign(Foreign::Exclamation) => {
                self.complain_of_missing_value();
                self.advance();
                self.nested(Self::unary)
            }
            TokenKind::Unexpected => {
                if !self.foreign_value() {
                    self.complain_of_missing_value();
                    self.advance();
                }
                if self.starts_operand() { self.nested(Self::unary) } else { self.error(span) }
            }
            _ => {
                self.complain_of_missing_value();
                self.error(span)
            }
        }
    }

    fn previous_is(&self, symbol: Symbol) -> bool {
        self.previous.kind == TokenKind::Symbol(symbol)
    }

    /// The unary comparison that the token is, if it is one.
    pub(super) fn unary_operator(&self) -> Option<BinaryOperator> {
        Some(match self.token.kind {
            TokenKind::Symbol(Symbol::Equal) | TokenKind::Foreign(Foreign::DoubleEqual) => BinaryOperator::Equal,
            TokenKind::Symbol(Symbol::NotEqual) | TokenKind::Foreign(Foreign::Unequal) => BinaryOperator::NotEqual,
            TokenKind::Symbol(Symbol::Less) => BinaryOperator::Less,
            TokenKind::Symbol(Symbol::LessOrEqual) | TokenKind::Foreign(Foreign::AtMost) => BinaryOperator::LessOrEqual,
            TokenKind::Symbol(Symbol::Greater) => BinaryOperator::Greater,
            TokenKind::Symbol(Symbol::GreaterOrEqual) | TokenKind::Foreign(Foreign::AtLeast) => {
                BinaryOperator::GreaterOrEqual
            }
            _ => return None,
        })
    }

    /// `< 10` and the like; the operand is arithmetic.
    pub(super) fn unary_comparison(&mut self, operator: BinaryOperator) -> Expr {
        let start = self.token.span;
        self.take_operator();
        let operand = self.binary(Level::Addition);
        let height = self.height;
        let span = start.to(operand.span);
        self.node(ExprKind::UnaryComparison { operator, operand: Box::new(operand) }, span, height)
    }

    /// `(expression)`, `(a..b)`, or `(< 10)`
    fn parentheses(&mut self) -> Expr {
        let open = self.token.span;
        self.advance();
        let in_range_end = std::mem::replace(&mut self.in_range_end, false);
        let inner = match self.unary_operator() {
            Some(operator) => self.unary_comparison(operator),
            None => self.expression(),
        };
        let height = self.height;
        let expr = if self.is(Symbol::DotDot) {
            self.range(inner, open, height)
        } else {
            self.close(Symbol::CloseParenthesis, open);
            self.height = height;
            Self::widened(inner, open.to(self.previous.span))
        };
        self.in_range_end = in_range_end;
        expr
    }

    /// `[a, b]` or `[a..b]`
    fn brackets(&mut self) -> Expr {
        let open = self.token.span;
        self.advance();
        let in_range_end = std::mem::replace(&mut self.in_range_end, false);
        let expr = self.list_or_range(open);
        self.in_range_end = in_range_end;
        expr
    }

    fn list_or_range(&mut self, open: super::Span) -> Expr {
        let mut items = Vec::new();
        let mut height = 0;
        if !self.is(Symbol::CloseBracket) {
            let first = self.expression();
            height = self.height;
            if self.is(Symbol::DotDot) {
                return self.range(first, open, height);
            }
            items.push(first);
            while self.another(Symbol::CloseBracket, open) {
                items.push(self.expression());
                height = height.max(self.height);
            }
        }
        self.close(Symbol::CloseBracket, open);
        let span = open.to(self.previous.span);
        self.node(ExprKind::List(items), span, height)
    }

    /// `{key: value, "key": value}`
    fn context(&mut self) -> Expr {
        let open = self.token.span;
        self.advance();
        let in_range_end = std::mem::replace(&mut self.in_range_end, false);
        let locals = self.locals.len();
        let mut entries = Vec::new();
        let mut height = 0;
        if !self.is(Symbol::CloseBrace) {
            loop {
                if let Some(entry) = self.context_entry() {
                    height = height.max(self.height);
                    entries.push(entry);
                }
                if !self.another(Symbol::CloseBrace, open) {
                    break;
                }
            }
        }
        self.close(Symbol::CloseBrace, open);
        self.locals.truncate(locals);
        self.in_range_end = in_range_end;
        let span = open.to(self.previous.span);
        self.node(ExprKind::Context(entries), span, height)
    }

    /// One entry; its key is a name for the entries behind it.
    fn context_entry(&mut self) -> Option<ContextEntry> {
        let (key, key_span) = if let Some((key, span)) = self.name_before_colon() {
            self.advance_to(span.end);
            (key, span)
        } else if matches!(self.token.kind, TokenKind::String | TokenKind::Foreign(Foreign::Quoted)) {
            let span = self.token.span;
            if self.token.kind != TokenKind::String {
                self.fault(span, "a text is written in double quotes", Some("write `\"…\"`"));
            }
            let key = self.string_content(span, 1);
            self.advance();
            (key, span)
        } else {
            let help = "write `{name: value, other name: value}`";
            if matches!(self.token.kind, TokenKind::Word) {
                let found = self.found(self.token);
                self.fault(
                    self.token.span,
                    format!("{found} is not an entry of a context: a `:` and a value are missing"),
                    Some(help),
                );
            } else {
                self.complain_of_missing("the key of an entry", Some(help));
            }
            if self.starts_operand() {
                self.expression();
            }
            return None;
        };
        if !self.take(Symbol::Colon) {
            self.complain_of_missing("`:` and a value", Some("write `{key: value}`"));
        }
        let value = self.expression();
        self.locals.push(key.clone());
        self.members.push(key.clone());
        Some(ContextEntry { key, key_span, value })
    }
}

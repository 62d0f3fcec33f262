//! `if`, `for`, `some`, `every` and function literals; their bodies reach as far to the right as they can.

use super::super::ast::{Expr, ExprKind, FormalParameter, Iterator, Quantifier};
use super::super::token::{Keyword, Symbol, TokenKind};
use super::Parser;

impl Parser<'_> {
    /// `if condition then value else value`
    pub(super) fn if_expression(&mut self) -> Expr {
        let start = self.token.span;
        self.advance();
        let condition = self.expression();
        let mut height = self.height;
        self.expect_keyword(Keyword::Then, "`then`", "write `if condition then value else value`");
        let then = self.expression();
        height = height.max(self.height);
        let otherwise = if self.is_else_if() {
            let message = format!("{} is not FEEL", self.found(self.token));
            self.fault(self.token.span, message, Some("write `else if`, in two words"));
            self.nested(Self::if_expression)
        } else {
            let help = "an `if` says what holds otherwise: add `else …`, `else null` if nothing";
            self.expect_keyword(Keyword::Else, "`else`", help);
            self.expression()
        };
        height = height.max(self.height);
        let span = start.to(otherwise.span);
        let kind =
            ExprKind::If { condition: Box::new(condition), then: Box::new(then), otherwise: Box::new(otherwise) };
        self.node(kind, span, height)
    }

    /// `for name in domain, … return value`
    pub(super) fn for_expression(&mut self) -> Expr {
        let start = self.token.span;
        self.advance();
        let locals = self.locals.len();
        let (iterators, height) = self.iterators("return");
        self.locals.push("partial".into());
        self.expect_keyword(Keyword::Return, "`return`", "write `for x in list return x + 1`");
        let body = self.expression();
        self.locals.truncate(locals);
        let height = height.max(self.height);
        let span = start.to(body.span);
        self.node(ExprKind::For { iterators, body: Box::new(body) }, span, height)
    }

    /// `some name in domain satisfies condition`, or with `every`
    pub(super) fn quantified_expression(&mut self) -> Expr {
        let start = self.token.span;
        let quantifier =
            if self.text_of(start).eq_ignore_ascii_case("some") { Quantifier::Some } else { Quantifier::Every };
        self.advance();
        let locals = self.locals.len();
        let (iterators, height) = self.iterators("satisfies");
        self.expect_keyword(Keyword::Satisfies, "`satisfies`", "write `some x in list satisfies x > 1`");
        let condition = self.expression();
        self.locals.truncate(locals);
        let height = height.max(self.height);
        let span = start.to(condition.span);
        self.node(ExprKind::Quantified { quantifier, iterators, condition: Box::new(condition) }, span, height)
    }

    /// One or more `name in domain`; each name is in scope from the next domain on. Gives the tallest domain's height too.
    fn iterators(&mut self, until: &str) -> (Vec<Iterator>, u32) {
        let mut iterators = Vec::new();
        let mut height = 0;
        loop {
            let Some((name, name_span)) = self.declared_name() else {
                let help = format!("write `x in list {until} …`");
                self.complain_of_missing("a name for the items", Some(&help));
                if self.take_keyword(Keyword::In) {
                    self.expression();
                }
                break;
            };
            self.expect_keyword(Keyword::In, "`in`", "write `x in list`");
            let from = self.expression();
            height = height.max(self.height);
            let to = self.take(Symbol::DotDot).then(|| self.expression());
            height = height.max(self.height);
            self.locals.push(name.clone());
            iterators.push(Iterator { name, name_span, from, to });
            if !self.take(Symbol::Comma) {
                break;
            }
        }
        (iterators, height)
    }

    /// `function(name, name: type) body`
    pub(super) fn function_definition(&mut self) -> Expr {
        let start = self.token.span;
        self.advance();
        let open = self.token.span;
        let locals = self.locals.len();
        let mut parameters = Vec::new();
        if self.take(Symbol::OpenParenthesis) {
            if !self.is(Symbol::CloseParenthesis) {
                loop {
                    match self.formal_parameter() {
                        Some(parameter) => parameters.push(parameter),
                        None => {
                            self.complain_of_missing("the name of a parameter", Some("write `function(a, b) a + b`"))
                        }
                    }
                    if !self.another(Symbol::CloseParenthesis, open) {
                        break;
                    }
                }
            }
            self.close(Symbol::CloseParenthesis, open);
        } else {
            self.complain_of_missing("`(`", Some("write `function(a, b) a + b`"));
        }
        self.locals.extend(parameters.iter().map(|parameter: &FormalParameter| parameter.name.clone()));
        let body = self.expression();
        self.locals.truncate(locals);
        let height = self.height;
        let span = start.to(body.span);
        self.node(ExprKind::Function { parameters, body: Box::new(body) }, span, height)
    }

    fn formal_parameter(&mut self) -> Option<FormalParameter> {
        let (name, name_span) = match self.name_before_colon() {
            Some((name, span)) => {
                self.advance_to(span.end);
                (name, span)
            }
            None => self.declared_name()?,
        };
        let type_name = self.take(Symbol::Colon).then(|| self.type_name());
        Some(FormalParameter { name, name_span, type_name })
    }

    /// Takes the keyword. Without it, complains; skips a wrong word if the keyword stands behind it.
    fn expect_keyword(&mut self, keyword: Keyword, wanted: &str, help: &str) {
        if self.take_keyword(keyword) {
            return;
        }
        let shouted = self.token.kind == TokenKind::Word
            && Keyword::of(&self.text_of(self.token.span).to_ascii_lowercase()) == Some(keyword);
        if shouted {
            let found = self.found(self.token);
            self.fault(self.token.span, format!("{found} is not FEEL"), Some("write it in small letters"));
            self.advance();
            return;
        }
        if self.is(Symbol::OpenBrace) {
            return self.hopeless(
                self.token.span,
                format!("{wanted} is missing before `{{`"),
                &format!("{help}, without braces"),
            );
        }
        self.complain_of_missing(wanted, Some(help));
        if self.is_stand_in() {
            return self.advance();
        }
        if { self.lexer }.next().kind == TokenKind::Keyword(keyword) {
            self.advance();
            self.advance();
        }
    }
}

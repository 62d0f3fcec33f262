//! What the parser says: what it found, what it expected, and what to write instead.

use super::super::token::{Foreign, Keyword, Symbol, Token, TokenKind};
use super::Parser;
use crate::source::Span;

impl Parser<'_> {
    /// How a message names `token`.
    pub(super) fn found(&self, token: Token) -> String {
        match token.kind {
            TokenKind::End => "the end of the text".to_owned(),
            _ => format!("`{}`", shortened(self.text_of(token.span))),
        }
    }

    /// Complains that a value is missing where the token stands, in words that fit what stands around it.
    pub(super) fn complain_of_missing_value(&mut self) {
        let before = self.previous;
        let found = self.found(self.token);
        let between = match before.span.end {
            0 => format!("before {found}"),
            _ => format!("between {} and {found}", self.found(before)),
        };
        let (message, help) = match self.token.kind {
            TokenKind::Unterminated => return self.complain_of_unterminated(),
            TokenKind::Unexpected => (format!("{found} has no meaning in FEEL"), None),
            TokenKind::End if before.span.end == 0 => {
                ("the text is empty where an expression is needed".to_owned(), None)
            }
            TokenKind::End => (format!("a value is missing after {}, where the text ends", self.found(before)), None),
            TokenKind::Symbol(Symbol::Greater | Symbol::Less)
                if before.kind == TokenKind::Symbol(Symbol::Equal) && before.span.end == self.token.span.start =>
            {
                (format!("`={}` is not FEEL", self.text_of(self.token.span)), Some("write `>=` or `<=`"))
            }
            TokenKind::Symbol(symbol)
                if is_comparison(symbol) && matches!(before.kind, TokenKind::Keyword(Keyword::And | Keyword::Or)) =>
            {
                (format!("{found} has no value on its left"), Some("write the value again: `x > 1 and x < 5`"))
            }
            TokenKind::Symbol(Symbol::Equal) if self.is_arrow() && self.text_of(before.span) == ")" => {
                let help = "a function is written `function(x) x + 1`";
                return self.hopeless(self.token.span, "`=>` is not FEEL".to_owned(), help);
            }
            TokenKind::Symbol(Symbol::Equal)
                if matches!(before.kind, TokenKind::Symbol(Symbol::Plus | Symbol::Minus)) =>
            {
                let message = format!("`{}=` is not FEEL", self.text_of(before.span));
                (message, Some("a FEEL text changes no value, it gives one: write `x + 1`"))
            }
            TokenKind::Symbol(Symbol::CloseParenthesis | Symbol::CloseBracket)
                if before.kind == TokenKind::Symbol(Symbol::DotDot) =>
            {
                (format!("a value is missing {between}"), Some("without an upper end write a comparison: `>= 1`"))
            }
            TokenKind::Symbol(Symbol::DotDot) if before_opens(before) => {
                (format!("a value is missing {between}"), Some("without a lower end write a comparison: `<= 5`"))
            }
            TokenKind::Keyword(Keyword::Return) if before.span.end == 0 => (
                "`return` belongs to a `for`".to_owned(),
                Some("leave it out: the value of the expression is the result"),
            ),
            TokenKind::Symbol(symbol) if is_comparison(symbol) && before_opens(before) => (
                format!("{found} has no value on its left"),
                Some("a comparison that is a value of its own goes in parentheses, such as `(< 10)`"),
            ),
            TokenKind::Symbol(symbol)
                if before.kind == TokenKind::Symbol(Symbol::Comma) && (symbol.closes() || symbol == Symbol::Comma) =>
            {
                (format!("a value is missing {between}"), Some("leave the comma out, or add a value"))
            }
            TokenKind::Foreign(Foreign::Exclamation) => (format!("{found} is not FEEL"), Some("write `not(…)`")),
            TokenKind::Keyword(Keyword::External) => {
                ("functions of other languages cannot be called".to_owned(), Some("write the function in FEEL"))
            }
            _ => (format!("a value is missing {between}"), None),
        };
        let span = self.token_or_end_span();
        self.fault(span, message, help);
    }

    /// The token's span; at the end of the text the last token's, so that the caret stands under something.
    pub(super) fn token_or_end_span(&self) -> Span {
        if self.token.kind == TokenKind::End { self.previous.span } else { self.token.span }
    }

    fn complain_of_unterminated(&mut self) {
        let span = Span { start: self.token.span.start, end: self.token.span.start + 1 };
        if self.text_of(self.token.span).starts_with('/') {
            self.fault(span, "this comment never ends", Some("close it with `*/`"));
        } else {
            let help = match self.text_of(self.token.span).contains(['\u{201C}', '\u{201D}']) {
                true => "a curly quotation mark does not close it: write `\"`",
                false => "close it with `\"`; a quotation mark inside is written `\\\"`",
            };
            self.fault(span, "this text never ends", Some(help));
        }
    }

    /// Complains about a token behind a complete expression.
    pub(super) fn complain_of_rest(&mut self) {
        if self.foreign_sign() {
            return;
        }
        let found = self.found(self.token);
        let span = self.token.span;
        let (message, help) = match self.token.kind {
            TokenKind::Unterminated => return self.complain_of_unterminated(),
            TokenKind::Unexpected => (format!("{found} has no meaning in FEEL"), None),
            TokenKind::Symbol(symbol) if symbol.closes() => (format!("{found} closes nothing that was opened"), None),
            TokenKind::Symbol(Symbol::Comma) => (
                "the expression ends before this comma".to_owned(),
                Some("several values go in a list: `[a, b]`; a number has a point: `1.5`"),
            ),
            TokenKind::Symbol(Symbol::DotDot) => {
                ("a range needs brackets".to_owned(), Some("write `[1..3]`; `(1..3)` leaves both ends out"))
            }
            TokenKind::Foreign(Foreign::Percent) => (
                "`%` is not FEEL".to_owned(),
                Some("ten per cent are `0.1` or `10 / 100`; the remainder of a division is `modulo(a, b)`"),
            ),
            TokenKind::Symbol(Symbol::Equal) if self.text_of(self.previous.span) == ")" && self.is_arrow() => {
                ("`=>` is not FEEL".to_owned(), Some("a function is written `function(x) x + 1`"))
            }
            TokenKind::Foreign(Foreign::Semicolon) => {
                ("`;` is not FEEL".to_owned(), Some("a FEEL text is one expression; separate values with `,`"))
            }
            TokenKind::Keyword(Keyword::Then | Keyword::Else) => {
                (format!("{found} belongs to an `if`, and none is open here"), None)
            }
            TokenKind::Keyword(Keyword::Return) => (format!("{found} belongs to a `for`, and none is open here"), None),
            TokenKind::Keyword(Keyword::Satisfies) => {
                (format!("{found} belongs to `some` or `every`, and none is open here"), None)
            }
            TokenKind::Word if Keyword::of(&self.text_of(span).to_ascii_lowercase()).is_some() => {
                (format!("{found} is not FEEL"), Some("write it in small letters"))
            }
            _ if self.starts_operand() => return self.complain_of_missing_operator(),
            _ => (format!("{found} does not belong here"), None),
        };
        self.fault(span, message, help);
    }

    fn complain_of_missing_operator(&mut self) {
        let before = self.text_of(self.previous.span);
        let message =
            format!("an operator is missing between {} and {}", self.found(self.previous), self.found(self.token));
        if self.previous.kind == TokenKind::Word && self.names.is_function(before) {
            let message = format!("`{before}` is a function: its arguments go in parentheses");
            return self.fault(self.previous.span, message, Some(&format!("write `{before}(…)`")));
        }
        self.fault(self.token.span, message, Some("join values with `+`, `=`, `and`, `or` …"));
    }

    /// Whether `=>` stands at the token.
    fn is_arrow(&self) -> bool {
        self.text.get(self.token.span.start as usize..).is_some_and(|rest| rest.starts_with("=>"))
    }

    /// Complains that `wanted` is missing where the token stands.
    pub(super) fn complain_of_missing(&mut self, wanted: &str, help: Option<&str>) {
        if self.token.kind == TokenKind::Unterminated {
            return self.complain_of_unterminated();
        }
        let message = match self.token.kind {
            TokenKind::End => format!("{wanted} is missing where the text ends"),
            _ => format!("{wanted} is missing before {}", self.found(self.token)),
        };
        let span = self.token_or_end_span();
        self.fault(span, message, help);
    }

    /// Takes the bracket that closes the one at `open`. Without it, complains, skips what stands in the way, and takes it
    /// or another closing bracket there.
    pub(super) fn close(&mut self, close: Symbol, open: Span) {
        if self.take(close) {
            return;
        }
        self.complain_of_unclosed(close, open);
        self.skip_to_separator();
        while self.take(Symbol::Comma) {
            if self.starts_operand() {
                self.expression();
            }
            self.skip_to_separator();
        }
        if matches!(self.token.kind, TokenKind::Symbol(symbol) if symbol.closes()) {
            self.advance();
        }
    }

    fn complain_of_unclosed(&mut self, close: Symbol, open: Span) {
        let opened = self.text_of(open);
        let closing = sign_of(close);
        match self.token.kind {
            TokenKind::Unterminated => self.complain_of_unterminated(),
            TokenKind::End => {
                self.fault(open, format!("this `{opened}` is never closed"), Some(&format!("add `{closing}`")));
            }
            TokenKind::Symbol(symbol) if symbol.closes() => {
                let found = self.found(self.token);
                let message = format!("{found} closes what was opened with `{opened}`");
                self.fault(self.token.span, message, Some(&format!("write `{closing}`")));
            }
            _ if self.starts_operand() => {
                let previous = self.found(self.previous);
                let found = self.found(self.token);
                let message =
                    format!("between {previous} and {found} an operator, a `,` or the closing `{closing}` is missing");
                self.fault(self.token.span, message, None);
            }
            _ => {
                let found = self.found(self.token);
                let message = format!("{found} does not belong here; `{opened}` is still open");
                self.fault(self.token.span, message, Some(&format!("close it with `{closing}`")));
            }
        }
    }

    /// Behind an element of a list, a call or a context: whether another one follows. Skips what stands in the way.
    pub(super) fn another(&mut self, close: Symbol, open: Span) -> bool {
        if self.take(Symbol::Comma) {
            return true;
        }
        if self.is(close) {
            return false;
        }
        if self.token.kind == TokenKind::Foreign(Foreign::Semicolon) {
            self.fault(self.token.span, "`;` is not FEEL", Some("separate values with `,`"));
            self.advance();
            return true;
        }
        self.complain_of_unclosed(close, open);
        self.skip_to_separator();
        self.take(Symbol::Comma)
    }

    /// Skips to a comma or closing bracket of this level.
    fn skip_to_separator(&mut self) {
        let mut open = 0_u32;
        loop {
            match self.token.kind {
                TokenKind::End | TokenKind::Unterminated => return,
                TokenKind::Symbol(Symbol::Comma) if open == 0 => return,
                TokenKind::Symbol(symbol) if symbol.closes() => {
                    if open == 0 {
                        return;
                    }
                    open -= 1;
                }
                TokenKind::Symbol(Symbol::OpenParenthesis | Symbol::OpenBracket | Symbol::OpenBrace) => open += 1,
                _ => {}
            }
            self.advance();
        }
    }
}

fn is_comparison(symbol: Symbol) -> bool {
    matches!(
        symbol,
        Symbol::Equal
            | Symbol::NotEqual
            | Symbol::Less
            | Symbol::LessOrEqual
            | Symbol::Greater
            | Symbol::GreaterOrEqual
    )
}

/// Whether nothing, a comma or an opening bracket stands before.
fn before_opens(before: Token) -> bool {
    before.span.end == 0
        || matches!(
            before.kind,
            TokenKind::Symbol(Symbol::Comma | Symbol::OpenParenthesis | Symbol::OpenBracket | Symbol::Colon)
        )
}

fn sign_of(close: Symbol) -> char {
    match close {
        Symbol::CloseBrace => '}',
        Symbol::CloseBracket => ']',
        _ => ')',
    }
}

/// A text that fits into a message.
fn shortened(text: &str) -> String {
    match text.char_indices().nth(30) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or(text)),
        None => text.to_owned(),
    }
}

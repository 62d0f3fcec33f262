//! Calls of functions, with arguments by position or by name.

use super::super::ast::{Arguments, Expr, ExprKind, NamedArgument};
use super::super::token::{Symbol, TokenKind};
use super::Parser;

impl Parser<'_> {
    /// `function(arguments)` behind the function.
    pub(super) fn call(&mut self, function: Expr, height: u32) -> Expr {
        self.nested(|parser| parser.call_arguments(function, height))
    }

    fn call_arguments(&mut self, function: Expr, mut height: u32) -> Expr {
        let open = self.token.span;
        self.advance();
        let in_range_end = std::mem::replace(&mut self.in_range_end, false);
        let mut positional = Vec::new();
        let mut named = Vec::new();
        if !self.is(Symbol::CloseParenthesis) && self.token.kind != TokenKind::End {
            loop {
                self.argument(&mut positional, &mut named);
                height = height.max(self.height);
                if !self.another(Symbol::CloseParenthesis, open) {
                    break;
                }
            }
        }
        self.close(Symbol::CloseParenthesis, open);
        self.in_range_end = in_range_end;
        let span = function.span.to(self.previous.span);
        let arguments = if named.is_empty() { Arguments::Positional(positional) } else { Arguments::Named(named) };
        self.node(ExprKind::Call { function: Box::new(function), arguments }, span, height)
    }

    fn argument(&mut self, positional: &mut Vec<Expr>, named: &mut Vec<NamedArgument>) {
        match self.name_before_colon() {
            Some((name, name_span)) => {
                if !positional.is_empty() {
                    let message = format!("`{name}:` follows an argument without a name");
                    self.fault(name_span, message, Some("name all arguments of a call, or none"));
                }
                self.advance_to(name_span.end);
                self.take(Symbol::Colon);
                let value = self.expression();
                named.push(NamedArgument { name, name_span, value });
            }
            None => {
                if !named.is_empty() {
                    let message = "this argument has no name, unlike the ones before it";
                    self.fault(self.token.span, message, Some("name all arguments of a call, or none"));
                }
                let value = self.expression();
                positional.push(value);
            }
        }
    }
}

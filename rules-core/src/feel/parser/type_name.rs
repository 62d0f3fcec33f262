//! Names of types: `number`, `list<date>`, `context<a: string>`, `function<number> -> boolean`.

use std::sync::Arc;

use super::super::ast::{TypeName, TypeNameKind};
use super::super::characters::is_name_part;
use super::super::names::{longer, longest_of};
use super::super::token::{Foreign, Keyword, Symbol, TokenKind};
use super::Parser;
use crate::source::Span;

/// Types whose names hold a keyword.
const WITH_KEYWORDS: [&str; 3] = ["date and time", "days and time duration", "years and months duration"];

impl Parser<'_> {
    /// One type.
    pub(super) fn type_name(&mut self) -> TypeName {
        if self.nesting >= super::NESTING {
            let span = self.token.span;
            self.too_deep(span);
            return TypeName { kind: TypeNameKind::Named("Any".into()), span };
        }
        self.nesting += 1;
        let type_name = self.type_name_here();
        self.nesting -= 1;
        type_name
    }

    fn type_name_here(&mut self) -> TypeName {
        let start = self.token.span;
        let is_function = self.is_keyword(Keyword::Function);
        if let Some((name, end)) = self.known_type() {
            self.advance_to(end);
            return TypeName { kind: TypeNameKind::Named(name), span: Span { start: start.start, end } };
        }
        if self.token.kind != TokenKind::Word && !is_function {
            let help = "write a type, such as `number`, `string`, `boolean`, `date` or `list<number>`";
            self.complain_of_missing("the name of a type", Some(help));
            return TypeName { kind: TypeNameKind::Named("Any".into()), span: start };
        }
        let word = self.text_of(start);
        if is_function || (matches!(word, "list" | "range" | "context") && self.less_follows()) {
            self.advance();
            let kind = match word {
                "list" => TypeNameKind::List(Box::new(self.one_in_angles())),
                "range" => TypeNameKind::Range(Box::new(self.one_in_angles())),
                "context" => self.context_type(),
                _ => self.function_type(),
            };
            return TypeName { kind, span: start.to(self.previous.span) };
        }
        let (name, end) = self.type_words();
        self.advance_to(end);
        TypeName { kind: TypeNameKind::Named(name), span: Span { start: start.start, end } }
    }

    /// The longest name of a type that holds signs or keywords, and of the item definitions in scope.
    fn known_type(&self) -> Option<(Arc<str>, u32)> {
        let start = self.token.span.start;
        let rest = self.text.get(start as usize..).unwrap_or("");
        let known: Vec<Arc<str>> = WITH_KEYWORDS.iter().map(|name| Arc::from(*name)).collect();
        let (name, length) = longer(longest_of(&known, rest), self.names.longest_type(rest))?;
        Some((name, start + u32::try_from(length).unwrap_or(0)))
    }

    fn less_follows(&self) -> bool {
        let next = { self.lexer }.next().kind;
        next == TokenKind::Symbol(Symbol::Less) || next == TokenKind::Foreign(Foreign::Unequal)
    }

    /// The words of a type, with dots between them for types of other models.
    fn type_words(&self) -> (Arc<str>, u32) {
        let (mut name, mut end) = self.words();
        while let Some(behind) = self.text.get(end as usize..).and_then(|rest| rest.strip_prefix('.')) {
            let length = behind.find(|character| !is_name_part(character)).unwrap_or(behind.len());
            if length == 0 {
                break;
            }
            name = format!("{name}.{}", behind.get(..length).unwrap_or("")).into();
            end += 1 + u32::try_from(length).unwrap_or(0);
        }
        (name, end)
    }

    /// `<type>`
    fn one_in_angles(&mut self) -> TypeName {
        self.open_angle();
        let inner = self.type_name();
        self.close_angle();
        inner
    }

    /// `<name: type, name: type>`
    fn context_type(&mut self) -> TypeNameKind {
        self.open_angle();
        let mut entries = Vec::new();
        while let Some((name, span)) = self.name_before_colon() {
            self.advance_to(span.end);
            self.take(Symbol::Colon);
            entries.push((name, self.type_name()));
            if !self.take(Symbol::Comma) {
                break;
            }
        }
        self.close_angle();
        TypeNameKind::Context(entries)
    }

    /// `<type, type> -> type`
    fn function_type(&mut self) -> TypeNameKind {
        let mut parameters = Vec::new();
        if self.token.kind == TokenKind::Foreign(Foreign::Unequal) {
            self.advance();
        } else {
            self.open_angle();
            while !self.is(Symbol::Greater) && !self.is(Symbol::GreaterOrEqual) {
                parameters.push(self.type_name());
                if !self.take(Symbol::Comma) {
                    break;
                }
            }
            self.close_angle();
        }
        if !self.take(Symbol::Arrow) {
            self.complain_of_missing("`->` and the type of the result", Some("write `function<number> -> boolean`"));
        }
        TypeNameKind::Function { parameters, result: Box::new(self.type_name()) }
    }

    fn open_angle(&mut self) {
        if !self.take(Symbol::Less) {
            self.complain_of_missing("`<`", Some("write `list<number>` or `function<number> -> boolean`"));
        }
    }

    fn close_angle(&mut self) {
        match self.token.kind {
            TokenKind::Symbol(Symbol::Greater) => self.advance(),
            // `list<number>= x` in one go: the `=` is the next token
            TokenKind::Symbol(Symbol::GreaterOrEqual) => {
                let end = self.token.span.start + 1;
                self.advance_to(end);
            }
            _ => self.complain_of_missing("`>`", Some("close the type with `>`")),
        }
    }
}

//! Names: the longest one in scope, and otherwise the words that stand together.

use std::sync::Arc;

use super::super::ast::{Expr, ExprKind};
use super::super::characters::{is_name_part, is_name_sign, is_name_start, is_space};
use super::super::lexer::{Lexer, span};
use super::super::names::{longer, longest_of};
use super::super::token::{Keyword, TokenKind};
use super::Parser;
use crate::source::Span;

/// Members of values of the language whose names have a space; they may follow any dot.
const SPACED_MEMBERS: [&str; 3] = ["time offset", "start included", "end included"];

impl Parser<'_> {
    /// A name at the token, or the keyword that the token is.
    pub(super) fn name_or_keyword(&mut self) -> Expr {
        let word = self.text_of(self.token.span);
        let known = self.longest_name(word);
        match self.token.kind {
            // a declared name that begins with a keyword goes before the keyword
            TokenKind::Keyword(keyword) if known.as_ref().is_none_or(|(_, length)| *length == word.len()) => {
                return self.keyword(keyword);
            }
            TokenKind::Word if known.as_ref().is_none_or(|(_, length)| *length == word.len()) => {
                if let Some(keyword) = self.meant_keyword() {
                    return self.keyword(keyword);
                }
                if known.is_some() {
                    return self.name(known);
                }
                if self.foreign_value() || self.foreign_not() {
                    return self.nested(Self::unary);
                }
                if self.foreign_beginning() {
                    return self.error(self.token.span);
                }
                if let Some(keyword) = Keyword::of(&word.to_ascii_lowercase()) {
                    let message = format!("`{word}` is not FEEL");
                    self.fault(self.token.span, message, Some("write it in small letters"));
                    return self.keyword(keyword);
                }
            }
            _ => {}
        }
        self.name(known)
    }

    fn name(&mut self, known: Option<(Arc<str>, usize)>) -> Expr {
        let (name, end) = match known {
            Some((name, length)) => {
                let end = self.token.span.start + u32::try_from(length).unwrap_or(u32::MAX);
                match self.words_from(end) {
                    // a known name with more words behind it is another name, unless those words are known themselves
                    Some((all, all_end)) if !self.known_at(end) && !self.slip_at(end) => (all, all_end),
                    _ => (name, end),
                }
            }
            None => self.words(),
        };
        let span = Span { start: self.token.span.start, end };
        self.advance_to(end);
        if &*name == "not" && self.starts_operand() && !self.is(super::Symbol::OpenParenthesis) {
            let help = "write `not(…)`";
            self.fault(span, "`not` is a function and needs parentheses", Some(help));
            return self.nested(Self::unary);
        }
        self.leaf(ExprKind::Name(name), span)
    }

    fn keyword(&mut self, keyword: Keyword) -> Expr {
        let span = self.token.span;
        match keyword {
            Keyword::True | Keyword::False => {
                self.advance();
                self.leaf(ExprKind::Boolean(keyword == Keyword::True), span)
            }
            Keyword::Null => {
                self.advance();
                self.leaf(ExprKind::Null, span)
            }
            Keyword::If => self.nested(Self::if_expression),
            Keyword::For => self.nested(Self::for_expression),
            Keyword::Some | Keyword::Every => self.nested(Self::quantified_expression),
            Keyword::Function => self.nested(Self::function_definition),
            Keyword::And
            | Keyword::Between
            | Keyword::Else
            | Keyword::External
            | Keyword::In
            | Keyword::Instance
            | Keyword::Or
            | Keyword::Return
            | Keyword::Satisfies
            | Keyword::Then => {
                self.complain_of_missing_value();
                self.error(span)
            }
        }
    }

    /// The longest name in scope at the token, and its length.
    fn longest_name(&self, word: &str) -> Option<(Arc<str>, usize)> {
        let rest = self.text.get(self.token.span.start as usize..).unwrap_or("");
        let mut best = longest_of(self.locals.iter().filter(|name| name.starts_with(word)), rest);
        best = longer(best, self.names.longest(rest, word));
        if self.filters > 0 {
            best = longer(best, longest_of(self.members.iter().filter(|name| name.starts_with(word)), rest));
            best = longer(best, self.names.longest_member(rest, word));
        }
        best
    }

    /// Whether the word behind byte `end` was meant as an operator or keyword.
    fn slip_at(&self, end: u32) -> bool {
        self.ends_name(self.lexer_at(end).next().span.start)
    }

    /// Whether a known name begins at the word behind byte `end`.
    fn known_at(&self, end: u32) -> bool {
        let mut lexer = self.lexer_at(end);
        let token = lexer.next();
        let rest = self.text.get(token.span.start as usize..).unwrap_or("");
        let word = self.text_of(token.span);
        self.names.longest(rest, word).is_some() || self.locals.iter().any(|name| **name == *word)
    }

    /// The member behind a dot, which is any word: the longest known one, otherwise the words that stand together.
    pub(super) fn member_name(&mut self) -> (Arc<str>, Span) {
        let word = self.text_of(self.token.span);
        let rest = self.text.get(self.token.span.start as usize..).unwrap_or("");
        let known = longest_of(self.members.iter().filter(|name| name.starts_with(word)), rest);
        let known = longer(known, self.names.longest_member(rest, word));
        let (name, end) = match known {
            Some((name, length)) if length >= word.len() => {
                (name, self.token.span.start + u32::try_from(length).unwrap_or(u32::MAX))
            }
            _ => match SPACED_MEMBERS.iter().find(|member| self.text_starts_with_words(member)) {
                Some(_) => self.words(),
                None if matches!(self.token.kind, TokenKind::Keyword(_)) => (word.into(), self.token.span.end),
                None => self.words(),
            },
        };
        let span = Span { start: self.token.span.start, end };
        self.advance_to(end);
        (name, span)
    }

    fn text_starts_with_words(&self, words: &str) -> bool {
        let rest = self.text.get(self.token.span.start as usize..).unwrap_or("");
        longest_of([&Arc::from(words)], rest).is_some()
    }

    /// The word at the token with all words that follow it, as one name, and where it ends.
    pub(super) fn words(&self) -> (Arc<str>, u32) {
        self.words_from(self.token.span.end)
            .unwrap_or_else(|| (self.text_of(self.token.span).into(), self.token.span.end))
    }

    /// The text from the token to `end` with the words that follow there, as one name; `None` when none follows.
    fn words_from(&self, end: u32) -> Option<(Arc<str>, u32)> {
        let mut lexer = self.lexer_at(end);
        let mut last = end;
        let mut name = String::new();
        loop {
            let token = lexer.next();
            let word = self.text_of(token.span);
            if token.kind != TokenKind::Word || is_shouted_keyword(word) {
                break;
            }
            if last == end {
                name = one_space_between_words(self.text_of(Span { start: self.token.span.start, end }));
            }
            name.push(' ');
            name.push_str(word);
            last = token.span.end;
        }
        if last == end { None } else { Some((name.into(), last)) }
    }

    fn lexer_at(&self, at: u32) -> Lexer<'_> {
        let mut lexer = self.lexer;
        lexer.jump(at as usize);
        lexer
    }

    /// Words and name signs up to a `:` that follows them, if that is what stands at the token: a key of a context or the
    /// name of an argument. Comments stand for white space. Nothing is read.
    pub(super) fn name_before_colon(&self) -> Option<(Arc<str>, Span)> {
        let start = self.token.span.start as usize;
        let mut rest = self.text.get(start..)?;
        if !rest.starts_with(is_name_start) {
            return None;
        }
        let in_name = |character| is_name_part(character) || is_name_sign(character) || is_space(character);
        let (mut name, mut end) = (String::new(), start);
        loop {
            let piece = rest.get(..rest.find(|character| !in_name(character)).unwrap_or(rest.len()))?;
            let comment = piece.match_indices('/').find_map(|(at, _)| Some((at, behind_comment(rest.get(at..)?)?)));
            let piece = piece.get(..comment.map_or(piece.len(), |(at, _)| at))?;
            let behind = rest.get(piece.len()..)?;
            if comment.is_none() && !behind.starts_with(':') {
                return None;
            }
            let words = piece.trim_end_matches(is_space);
            if !words.is_empty() {
                end = self.text.len() - rest.len() + words.len();
            }
            name.push_str(piece);
            name.push(' ');
            match comment {
                Some((_, behind)) => rest = behind,
                None => return Some((one_space_between_words(&name).into(), span(start, end))),
            }
        }
    }

    /// A name that is being declared (an iterator, a parameter): the words that stand together.
    pub(super) fn declared_name(&mut self) -> Option<(Arc<str>, Span)> {
        if self.token.kind != TokenKind::Word {
            return None;
        }
        let (name, end) = self.words();
        let span = Span { start: self.token.span.start, end };
        self.advance_to(end);
        Some((name, span))
    }
}

/// `AND`, `Then` and the like are slips of the shift key and end a name.
fn is_shouted_keyword(word: &str) -> bool {
    word.starts_with(|first: char| first.is_ascii_uppercase())
        && Keyword::of(&word.to_ascii_lowercase()).is_some_and(Keyword::continues)
}

/// What follows the comment that `text` begins with.
fn behind_comment(text: &str) -> Option<&str> {
    match text.get(..2)? {
        "//" => text.get(text.find('\n')?..),
        "/*" => text.get(2..)?.split_once("*/").map(|(_, behind)| behind),
        _ => None,
    }
}

/// `text` with every run of white space made one space.
pub(super) fn one_space_between_words(text: &str) -> String {
    let mut words = text.split(is_space).filter(|word| !word.is_empty());
    let mut joined = words.next().unwrap_or("").to_owned();
    for word in words {
        joined.push(' ');
        joined.push_str(word);
    }
    joined
}

//! Cuts a FEEL text into tokens, one at a time, because where a name ends is known only to the parser.

use super::characters::{is_name_part, is_name_start, is_space};
use super::token::{Foreign, Keyword, Symbol, Token, TokenKind};
use crate::source::Span;

/// A place in a text from which tokens are read. Copying it looks ahead.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Lexer<'t> {
    text: &'t str,
    /// The byte that is read next.
    at: usize,
}

impl<'t> Lexer<'t> {
    /// Reads `text` from its beginning.
    pub(crate) fn new(text: &'t str) -> Self {
        Self { text, at: 0 }
    }

    /// What is not read yet.
    pub(crate) fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or("")
    }

    /// Goes on reading at byte `at`.
    pub(crate) fn jump(&mut self, at: usize) {
        self.at = at;
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn peek_at(&self, ahead: usize) -> Option<u8> {
        self.text.as_bytes().get(self.at + ahead).copied()
    }

    /// The next token; `End` again and again once the text is read.
    pub(crate) fn next(&mut self) -> Token {
        if let Some(start) = self.skip_space_and_comments() {
            return self.token(TokenKind::Unterminated, start);
        }
        let start = self.at;
        let Some(byte) = self.peek() else {
            return self.token(TokenKind::End, start);
        };
        let kind = match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'_' => self.word(),
            b'0'..=b'9' => self.number(),
            b'.' if self.peek_at(1).is_some_and(|next| next.is_ascii_digit()) => self.number(),
            b'"' => self.string(1, TokenKind::String),
            b'@' if self.peek_at(1) == Some(b'"') => self.string(2, TokenKind::At),
            b'\'' => self.quoted('\''),
            0..=0x7F => self.sign(byte),
            _ => self.beyond_ascii(),
        };
        self.token(kind, start)
    }

    fn token(&self, kind: TokenKind, start: usize) -> Token {
        Token { kind, span: span(start, self.at) }
    }

    /// Skips white space and comments; gives the start of a comment that never ends.
    fn skip_space_and_comments(&mut self) -> Option<usize> {
        loop {
            match self.peek() {
                Some(b' ' | b'\t'..=b'\r') => self.at += 1,
                Some(b'/') if self.peek_at(1) == Some(b'/') => {
                    self.at += self.rest().find('\n').unwrap_or(self.rest().len());
                }
                Some(b'/') if self.peek_at(1) == Some(b'*') => {
                    let start = self.at;
                    let Some(length) = self.rest().get(2..).and_then(|rest| rest.find("*/")) else {
                        self.at = self.text.len();
                        return Some(start);
                    };
                    self.at += length + 4;
                }
                Some(0x80..) => match self.rest().chars().next() {
                    Some(character) if is_space(character) => self.at += character.len_utf8(),
                    _ => return None,
                },
                _ => return None,
            }
        }
    }

    fn skip_word(&mut self) {
        let rest = self.rest();
        let ascii = rest.bytes().take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'_').count();
        self.at += ascii;
        if self.peek().is_some_and(|byte| !byte.is_ascii()) {
            let rest = self.rest();
            self.at += rest.find(|character| !is_name_part(character)).unwrap_or(rest.len());
        }
    }

    fn word(&mut self) -> TokenKind {
        let start = self.at;
        self.skip_word();
        match Keyword::of(self.text.get(start..self.at).unwrap_or("")) {
            Some(keyword) => TokenKind::Keyword(keyword),
            None => TokenKind::Word,
        }
    }

    fn digits(&mut self) {
        while self.peek().is_some_and(|byte| byte.is_ascii_digit()) {
            self.at += 1;
        }
    }

    fn number(&mut self) -> TokenKind {
        self.digits();
        if self.peek() == Some(b'.') && self.peek_at(1).is_some_and(|next| next.is_ascii_digit()) {
            self.at += 1;
            self.digits();
        }
        if matches!(self.peek(), Some(b'e' | b'E')) {
            let sign = usize::from(matches!(self.peek_at(1), Some(b'+' | b'-')));
            if self.peek_at(1 + sign).is_some_and(|next| next.is_ascii_digit()) {
                self.at += 1 + sign;
                self.digits();
            }
        }
        // letters that run on (`5apples`) make the number unreadable
        self.skip_word();
        TokenKind::Number
    }

    /// A text whose opening takes `opening` bytes.
    fn string(&mut self, opening: usize, kind: TokenKind) -> TokenKind {
        self.at += opening;
        loop {
            match self.peek() {
                Some(b'"') => {
                    self.at += 1;
                    return kind;
                }
                Some(b'\\') if self.peek_at(1).is_some() => {
                    self.at += 1;
                    self.at += self.rest().chars().next().map_or(0, char::len_utf8);
                }
                Some(_) => self.at += 1,
                None => return TokenKind::Unterminated,
            }
        }
    }

    /// A text in quotes that FEEL does not have; without the closing quote only the opening one.
    fn quoted(&mut self, close: char) -> TokenKind {
        let open = self.rest().chars().next().map_or(1, char::len_utf8);
        self.at += open;
        match self.rest().find([close, '\n']) {
            Some(length) if self.rest().get(length..).is_some_and(|rest| rest.starts_with(close)) => {
                self.at += length + close.len_utf8();
                TokenKind::Foreign(Foreign::Quoted)
            }
            _ => TokenKind::Unexpected,
        }
    }

    fn sign(&mut self, byte: u8) -> TokenKind {
        let next = self.peek_at(1);
        let (kind, length) = match (byte, next) {
            (b'*', Some(b'*')) => (TokenKind::Symbol(Symbol::Power), 2),
            (b'.', Some(b'.')) => (TokenKind::Symbol(Symbol::DotDot), 2),
            (b'-', Some(b'>')) => (TokenKind::Symbol(Symbol::Arrow), 2),
            (b'!', Some(b'=')) => (TokenKind::Symbol(Symbol::NotEqual), 2),
            (b'<', Some(b'=')) => (TokenKind::Symbol(Symbol::LessOrEqual), 2),
            (b'>', Some(b'=')) => (TokenKind::Symbol(Symbol::GreaterOrEqual), 2),
            // `function<>` is the one place where `<>` is FEEL; the parser of types takes it apart
            (b'<', Some(b'>')) => (TokenKind::Foreign(Foreign::Unequal), 2),
            (b'=', Some(b'=')) => (TokenKind::Foreign(Foreign::DoubleEqual), 2),
            (b'&', Some(b'&')) => (TokenKind::Foreign(Foreign::DoubleAmpersand), 2),
            (b'|', Some(b'|')) => (TokenKind::Foreign(Foreign::DoubleBar), 2),
            _ => (one_sign(byte), 1),
        };
        self.at += length;
        kind
    }

    fn beyond_ascii(&mut self) -> TokenKind {
        let Some(character) = self.rest().chars().next() else {
            return TokenKind::End;
        };
        if is_name_start(character) {
            return self.word();
        }
        let kind = match character {
            '\u{201C}' | '\u{201D}' => return self.quoted('\u{201D}'),
            '\u{2018}' | '\u{2019}' => return self.quoted('\u{2019}'),
            '\u{201E}' => return self.quoted('\u{201C}'),
            '\u{2013}' | '\u{2212}' => TokenKind::Foreign(Foreign::Dash),
            '\u{D7}' => TokenKind::Foreign(Foreign::Times),
            '\u{F7}' => TokenKind::Foreign(Foreign::Divide),
            '\u{2260}' => TokenKind::Foreign(Foreign::Unequal),
            '\u{2264}' => TokenKind::Foreign(Foreign::AtMost),
            '\u{2265}' => TokenKind::Foreign(Foreign::AtLeast),
            _ => TokenKind::Unexpected,
        };
        self.at += character.len_utf8();
        kind
    }
}

fn one_sign(byte: u8) -> TokenKind {
    TokenKind::Symbol(match byte {
        b'(' => Symbol::OpenParenthesis,
        b')' => Symbol::CloseParenthesis,
        b'[' => Symbol::OpenBracket,
        b']' => Symbol::CloseBracket,
        b'{' => Symbol::OpenBrace,
        b'}' => Symbol::CloseBrace,
        b',' => Symbol::Comma,
        b':' => Symbol::Colon,
        b'.' => Symbol::Dot,
        b'?' => Symbol::Question,
        b'+' => Symbol::Plus,
        b'-' => Symbol::Minus,
        b'*' => Symbol::Times,
        b'/' => Symbol::Divide,
        b'=' => Symbol::Equal,
        b'<' => Symbol::Less,
        b'>' => Symbol::Greater,
        b'!' => return TokenKind::Foreign(Foreign::Exclamation),
        b'%' => return TokenKind::Foreign(Foreign::Percent),
        b'^' => return TokenKind::Foreign(Foreign::Caret),
        b'&' => return TokenKind::Foreign(Foreign::Ampersand),
        b'|' => return TokenKind::Foreign(Foreign::Bar),
        b';' => return TokenKind::Foreign(Foreign::Semicolon),
        _ => return TokenKind::Unexpected,
    })
}

/// A span from byte offsets. Texts of 4 GiB are not FEEL; their end is as far as a span reaches.
pub(super) fn span(start: usize, end: usize) -> Span {
    Span { start: u32::try_from(start).unwrap_or(u32::MAX), end: u32::try_from(end).unwrap_or(u32::MAX) }
}

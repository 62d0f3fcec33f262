//! Numbers, texts and `@"…"`.

use std::sync::Arc;

use super::super::ast::{Expr, ExprKind};
use super::super::token::{Foreign, TokenKind};
use super::Parser;
use crate::code;
use crate::feel::SyntaxFault;
use crate::source::Span;
use crate::value::number;

impl Parser<'_> {
    /// A number with all its digits.
    pub(super) fn number_literal(&mut self) -> Expr {
        let span = self.token.span;
        let text = self.text_of(span);
        let parsed = number::parse(text);
        let readable =
            text.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'e' | b'E' | b'+' | b'-'));
        if !readable {
            let message = format!("{} is neither a number nor a name", self.found(self.token));
            let help = match text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'_') {
                true => "write the digits without `_` between them",
                false => "a name begins with a letter; between a number and a name goes an operator",
            };
            self.fault(span, message, Some(help));
        }
        self.advance();
        match parsed {
            Ok(value) => self.leaf(ExprKind::Number(value), span),
            Err(_) => {
                if readable {
                    if !text.ends_with(|last: char| last.is_ascii_digit()) {
                        let message = format!("`{text}` is not a number");
                        self.fault(span, message, Some("digits are missing after the `e`: `1e3` is 1000"));
                        return self.error(span);
                    }
                    self.faults.push(SyntaxFault {
                        code: &code::INEXACT_NUMBER,
                        span,
                        message: "this number has more digits than can be held exactly".to_owned(),
                        help: Some("a number has at most 28 digits".to_owned()),
                    });
                }
                self.error(span)
            }
        }
    }

    /// A text, or `@` and a text.
    pub(super) fn string_literal(&mut self) -> Expr {
        let span = self.token.span;
        let kind = match self.token.kind {
            TokenKind::At => ExprKind::At(self.string_content(span, 2)),
            TokenKind::Foreign(Foreign::Quoted) => {
                self.fault(span, "a text is written in double quotes", Some("write `\"…\"`"));
                ExprKind::String("".into())
            }
            _ => ExprKind::String(self.string_content(span, 1)),
        };
        self.advance();
        self.leaf(kind, span)
    }

    /// The text between the quotes, escapes replaced; the opening takes `opening` bytes.
    pub(super) fn string_content(&mut self, span: Span, opening: u32) -> Arc<str> {
        let inner = Span { start: span.start + opening, end: span.end.saturating_sub(1) };
        let raw = self.text_of(inner);
        if !raw.contains('\\') {
            return raw.into();
        }
        let mut content = String::with_capacity(raw.len());
        let mut rest = raw;
        while let Some(position) = rest.find('\\') {
            content.push_str(rest.get(..position).unwrap_or(""));
            let escape = rest.get(position..).unwrap_or("");
            let length = match unescape(escape) {
                Some((character, length)) => {
                    content.push(character);
                    length
                }
                None => {
                    let length = escape.chars().take(2).map(char::len_utf8).sum();
                    let written = escape.get(..length).unwrap_or("");
                    if matches!(written, "\\u" | "\\U") {
                        self.complain_of_escape(written, inner.end - u32::try_from(escape.len()).unwrap_or(0));
                    }
                    // `\s` and the like stay as written: patterns of `matches` are full of them
                    content.push_str(written);
                    length
                }
            };
            rest = escape.get(length..).unwrap_or("");
        }
        content.push_str(rest);
        content.into()
    }

    fn complain_of_escape(&mut self, written: &str, start: u32) {
        let span = Span { start, end: start + 2 };
        let help = "write four hexadecimal digits after `\\u`, two such escapes for a surrogate pair, or six digits after `\\U`";
        self.fault(span, format!("`{written}` is not a character"), Some(help));
    }
}

/// The character that the escape at the start of `text` stands for, and how many bytes the escape takes. Two `\u` that
/// are a surrogate pair are one character.
fn unescape(text: &str) -> Option<(char, usize)> {
    let character = match text.chars().nth(1)? {
        'n' => '\n',
        't' => '\t',
        'r' => '\r',
        '"' => '"',
        '\'' => '\'',
        '\\' => '\\',
        'u' => {
            let first = digits(text, 2, 6)?;
            if !(0xD800..0xDC00).contains(&first) {
                return Some((char::from_u32(first)?, 6));
            }
            let second = text.get(6..8).filter(|escape| *escape == "\\u").and_then(|_| digits(text, 8, 12))?;
            let low = second.checked_sub(0xDC00).filter(|low| *low < 0x400)?;
            return Some((char::from_u32(0x10000 + ((first - 0xD800) << 10) + low)?, 12));
        }
        'U' => return Some((char::from_u32(digits(text, 2, 8)?)?, 8)),
        _ => return None,
    };
    Some((character, 2))
}

fn digits(text: &str, start: usize, end: usize) -> Option<u32> {
    let digits = text.get(start..end).filter(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit()))?;
    u32::from_str_radix(digits, 16).ok()
}

//! Slips of people who know another language, or write as they speak: each is recognised where it stands, said with what
//! FEEL writes instead, and read on as it was meant.

use super::super::ast::BinaryOperator as Operator;
use super::super::characters::is_name_start;
use super::super::token::{Keyword, Symbol, TokenKind};
use super::Parser;
use super::expression::{Continuation, Level};
use crate::source::Span;

/// Words where an operator should stand: what they are read as, and what to write. Longer ones stand before those that they
/// begin with.
const OPERATORS: &[(&str, Continuation, &str)] = &[
    ("is not null", Continuation::Operator(Operator::NotEqual), "write `!= null`"),
    ("is null", Continuation::Operator(Operator::Equal), "write `= null`"),
    ("is not in", Continuation::In, "write `not(x in (…))`"),
    ("is not", Continuation::Operator(Operator::NotEqual), "write `!=`"),
    ("is between", Continuation::Between, "write `between`"),
    ("is in", Continuation::In, "write `in`"),
    ("is greater than or equal to", Continuation::Operator(Operator::GreaterOrEqual), "write `>=`"),
    ("is less than or equal to", Continuation::Operator(Operator::LessOrEqual), "write `<=`"),
    ("is greater than", Continuation::Operator(Operator::Greater), "write `>`"),
    ("is more than", Continuation::Operator(Operator::Greater), "write `>`"),
    ("is less than", Continuation::Operator(Operator::Less), "write `<`"),
    ("is at least", Continuation::Operator(Operator::GreaterOrEqual), "write `>=`"),
    ("is at most", Continuation::Operator(Operator::LessOrEqual), "write `<=`"),
    ("is equal to", Continuation::Operator(Operator::Equal), "write `=`"),
    ("is a", Continuation::Operator(Operator::Equal), "write `instance of`"),
    ("is", Continuation::Operator(Operator::Equal), "write `=`"),
    ("to", Continuation::Operator(Operator::Equal), "a range is written `[1..5]`"),
    ("greater than", Continuation::Operator(Operator::Greater), "write `>`"),
    ("more than", Continuation::Operator(Operator::Greater), "write `>`"),
    ("less than", Continuation::Operator(Operator::Less), "write `<`"),
    ("at least", Continuation::Operator(Operator::GreaterOrEqual), "write `>=`"),
    ("at most", Continuation::Operator(Operator::LessOrEqual), "write `<=`"),
    ("equal to", Continuation::Operator(Operator::Equal), "write `=`"),
    ("equals", Continuation::Operator(Operator::Equal), "write `=`"),
    ("not in", Continuation::In, "write `not(x in (…))`"),
    ("not", Continuation::Operator(Operator::NotEqual), "write `!=`, or `not(…)` around the condition"),
    ("mod", Continuation::Operator(Operator::Divide), "write `modulo(a, b)`"),
    ("div", Continuation::Operator(Operator::Divide), "write `/`"),
    ("instanceof", Continuation::Operator(Operator::Equal), "write `instance of`"),
    ("like", Continuation::Operator(Operator::Equal), "write `matches(text, \"pattern\")`"),
    ("contains", Continuation::Operator(Operator::Equal), "write `contains(text, \"…\")`"),
    ("starts with", Continuation::Operator(Operator::Equal), "write `starts with(text, \"…\")`"),
    ("ends with", Continuation::Operator(Operator::Equal), "write `ends with(text, \"…\")`"),
    ("matches", Continuation::Operator(Operator::Equal), "write `matches(text, \"pattern\")`"),
];

/// Words of other languages that begin a value there, what follows them there, and what FEEL writes.
const BEGINNINGS: &[(&str, &str, &str)] = &[
    ("case", " when ", "write `if … then … else …`, or a decision table"),
    ("when", " then ", "write `if … then … else …`, or a decision table"),
    ("switch", "case", "write `if … then … else …`, or a decision table"),
    ("let", "=", "give a value a name in a context, `{name: value}`, or in a decision of its own"),
    ("var", "=", "give a value a name in a context, `{name: value}`, or in a decision of its own"),
    ("lambda", ":", "write `function(x) x + 1`"),
    ("fn", ">", "write `function(x) x + 1`"),
];

/// Signs where something else should stand, what is wrong with them, and what to write. What follows them is read no more
/// when the flag says so: it makes no sense either.
const SIGNS: &[(&str, &str, &str, bool)] = &[
    (":=", "`:=` is not FEEL", "compare with `=`; a value gets a name in a context, `{name: value}`", true),
    ("??", "`??` is not FEEL", "write `if x = null then … else x`", true),
    ("?.", "`?.` is not FEEL", "write `.`: a member of null is null", false),
    ("?", "`… ? … : …` is not FEEL", "write `if … then … else …`", true),
    ("->", "`->` is not FEEL here", "a function is written `function(x) x + 1`, a member follows a `.`", true),
    ("£", "a number is written without its currency", "leave the sign out", false),
    ("! =", "`! =` is written without a space", "write `!=`", false),
];

/// Words that people put where `return`, `satisfies` or `then` should stand.
const STAND_INS: [&str; 5] = ["do", "yield", "where", "has", "to"];

/// Words that are no part of the name before them.
const ELSE_IF: [&str; 3] = ["elseif", "elsif", "elif"];

impl Parser<'_> {
    /// The words at the token where an operator should stand: what they are read as, what to write, and where they end.
    pub(super) fn word_operator(&self) -> Option<(Continuation, Level, &'static str, u32)> {
        if self.token.kind != TokenKind::Word {
            return None;
        }
        let start = self.token.span.start;
        let (continuation, help, end) = self.phrase_at(start)?;
        let level = match continuation {
            Continuation::Operator(Operator::Divide) => Level::Multiplication,
            _ => Level::Comparison,
        };
        Some((continuation, level, help, end))
    }

    /// The phrase of [`OPERATORS`] that begins at byte `start`.
    fn phrase_at(&self, start: u32) -> Option<(Continuation, &'static str, u32)> {
        let rest = self.text.get(start as usize..)?;
        OPERATORS.iter().find_map(|(phrase, continuation, help)| {
            let length = words_length(rest, phrase)?;
            // what `… null` is compared with is read as the operand
            let null = phrase.ends_with(" null").then(|| rest.get(..length)).flatten();
            let kept =
                null.map_or(length, |text| text.get(..text.len() - 4).map_or(length, |text| text.trim_end().len()));
            Some((*continuation, *help, start + u32::try_from(kept).unwrap_or(u32::MAX)))
        })
    }

    /// Whether the word at byte `start` ends the known name before it, because it was meant as an operator or keyword.
    pub(super) fn ends_name(&self, start: u32) -> bool {
        let rest = self.text.get(start as usize..).unwrap_or("");
        let is = |words: &[&str]| words.iter().any(|word| words_length(rest, word).is_some());
        is(&STAND_INS) || is(&ELSE_IF) || self.phrase_at(start).is_some()
    }

    /// Whether the token is `elseif` in one of its spellings.
    pub(super) fn is_else_if(&self) -> bool {
        let word = self.text_of(self.token.span).to_ascii_lowercase();
        self.token.kind == TokenKind::Word && ELSE_IF.contains(&&*word)
    }

    /// Whether the token stands where a keyword should, so that it can be left out.
    pub(super) fn is_stand_in(&self) -> bool {
        match self.token.kind {
            TokenKind::Word => STAND_INS.contains(&self.text_of(self.token.span)),
            TokenKind::Symbol(symbol) => matches!(symbol, Symbol::Colon | Symbol::Comma),
            _ => false,
        }
    }

    /// A word of another language that begins a value there; complains of it. True when it was one.
    pub(super) fn foreign_beginning(&mut self) -> bool {
        let span = self.token.span;
        let word = self.text_of(span);
        let rest = self.text.get(span.end as usize..).unwrap_or("");
        let next = rest.trim_start();
        // a name of several words may begin with one of these
        let begins = |known: &str, with: &str| {
            word.eq_ignore_ascii_case(known) && next.starts_with(is_name_start) && rest.contains(with)
        };
        let Some((_, _, help)) = BEGINNINGS.iter().find(|(known, with, _)| begins(known, with)) else {
            return false;
        };
        let message = format!("`{word}` is not FEEL");
        self.hopeless(span, message, help);
        true
    }

    /// Complains, and says no more about this text: what follows makes no sense either.
    pub(super) fn hopeless(&mut self, span: Span, message: String, help: &str) {
        self.fault(span, message, Some(help));
        self.quiet_until = u32::MAX;
    }

    /// A slip in the signs at the token, behind a value; true when it was one, and is said.
    pub(super) fn foreign_sign(&mut self) -> bool {
        let start = self.token.span.start;
        let rest = self.text.get(start as usize..).unwrap_or("");
        let found = SIGNS.iter().find(|(sign, ..)| rest.starts_with(sign) && (*sign != "?" || rest.contains(':')));
        let Some((sign, message, help, hopeless)) = found else {
            return self.slip_in_number();
        };
        let span = Span { start, end: start + u32::try_from(sign.len()).unwrap_or(0) };
        self.fault(span, *message, Some(help));
        self.quiet_until = if *hopeless { u32::MAX } else { span.end.max(self.quiet_until) };
        true
    }

    /// Digits that were meant as one number, date or time with the number before them.
    fn slip_in_number(&mut self) -> bool {
        if self.previous.kind == TokenKind::String
            && self.token.kind == TokenKind::Word
            && self.previous.span.end == self.token.span.start
        {
            let help = "a quotation mark inside a text is written `\\\"`";
            self.hopeless(self.token.span, "the text ends before this word".to_owned(), help);
            return true;
        }
        if self.previous.kind != TokenKind::Number {
            return false;
        }
        let before = self.previous.span;
        let rest = self.text.get(before.start as usize..).unwrap_or("");
        let length = rest.find(|sign: char| !(sign.is_ascii_digit() || ":,. ".contains(sign))).unwrap_or(rest.len());
        let written = rest.get(..length).unwrap_or("").trim_end_matches([' ', ',', '.', ':']);
        let span = Span { start: before.start, end: before.start + u32::try_from(written.len()).unwrap_or(0) };
        if span.end <= self.token.span.start || written.contains("..") {
            return false;
        }
        let digits: String = written.chars().filter(char::is_ascii_digit).collect();
        let groups = |separator: char| {
            let mut parts = written.split(separator);
            let first = parts.next().is_some_and(|first| (1..=3).contains(&first.len()));
            let mut rest = parts.peekable();
            first && rest.peek().is_some() && rest.all(|part| part.len() == 3)
        };
        let (message, help) = if groups(',') || groups(' ') {
            (format!("`{written}` is not a number: nothing stands between thousands"), format!("write `{digits}`"))
        } else if written.contains(':') {
            (format!("`{written}` is not a time"), "a time is written `time(\"10:30:00\")`".to_owned())
        } else if written.split('.').count() > 2 && !written.contains(',') {
            (format!("`{written}` is not a number"), "a date is written `date(\"2020-10-14\")`".to_owned())
        } else {
            return false;
        };
        self.fault(span, message, Some(&help));
        self.quiet_until = span.end;
        true
    }

    /// What begins no value, although something that was meant as one stands there; true when it is said. It is skipped.
    pub(super) fn foreign_value(&mut self) -> bool {
        let span = self.token.span;
        let rest = self.text.get(span.start as usize..).unwrap_or("");
        let mut signs = rest.chars();
        let (first, second) = (signs.next().unwrap_or(' '), signs.next().unwrap_or(' '));
        let (length, message, help) = match first {
            '£' | '$' | '€' if second.is_ascii_digit() => {
                (first.len_utf8(), "a number is written without its currency", "leave the sign out")
            }
            '@' if second.is_ascii_digit() => {
                let length = rest.find(|sign: char| !(sign.is_ascii_alphanumeric() || "@-:.+".contains(sign)));
                (length.unwrap_or(rest.len()), "a date is written in quotes", "write `@\"2020-10-14\"`")
            }
            '“' | '”' | '„' | '‘' | '’' | '\'' => {
                (first.len_utf8(), "a text is written in straight double quotes", "write `\"…\"`")
            }
            '$' | '#' | '@' if second.is_ascii_alphabetic() => {
                (1, "a name is written without signs before it", "leave the sign out")
            }
            '`' => (1, "a name is written without marks around it", "leave the marks out"),
            _ => return false,
        };
        let end = span.start + u32::try_from(length).unwrap_or(u32::MAX);
        self.fault(Span { start: span.start, end }, message, Some(help));
        self.advance_to(end);
        if first == '`' {
            // the closing one is the same fault
            self.quiet_until = u32::MAX;
        }
        true
    }

    /// `NOT` in capitals; true when it is said, and skipped.
    pub(super) fn foreign_not(&mut self) -> bool {
        let word = self.text_of(self.token.span);
        let meant = word != "not" && word.eq_ignore_ascii_case("not");
        if meant {
            self.fault(self.token.span, format!("`{word}` is not FEEL"), Some("write `not(…)`"));
            self.advance();
        }
        meant
    }

    /// `foreach`, and `any x in …` or `all x in …`: the keyword that was meant.
    pub(super) fn meant_keyword(&mut self) -> Option<Keyword> {
        let word = self.text_of(self.token.span);
        let (keyword, help) = match word {
            "foreach" => (Keyword::For, "write `for`"),
            "any" => (Keyword::Some, "write `some x in … satisfies …`"),
            "all" => (Keyword::Every, "write `every x in … satisfies …`"),
            _ => return None,
        };
        let mut ahead = self.lexer;
        let (name, then) = (ahead.next().kind, ahead.next().kind);
        if name != TokenKind::Word || then != TokenKind::Keyword(Keyword::In) {
            return None;
        }
        let message = format!("`{word}` is not FEEL here");
        self.fault(self.token.span, message, Some(help));
        Some(keyword)
    }
}

/// How many bytes at the start of `text` are these words, with one space or more between them and capitals or small letters.
fn words_length(text: &str, words: &str) -> Option<usize> {
    let mut rest = text;
    for word in words.split(' ') {
        rest = rest.trim_start_matches(' ');
        if !rest.get(..word.len())?.eq_ignore_ascii_case(word) {
            return None;
        }
        rest = rest.get(word.len()..)?;
        if rest.starts_with(|next: char| next.is_alphanumeric() || next == '_') {
            return None;
        }
    }
    Some(text.len() - rest.len())
}

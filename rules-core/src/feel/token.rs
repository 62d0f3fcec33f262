//! Tokens of FEEL: what the lexer hands to the parser, one at a time.

use crate::source::Span;

/// A token with its place in the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Token {
    pub(crate) kind: TokenKind,
    pub(crate) span: Span,
}

/// What a token is. Words are not yet names: which words form one name depends on the names in scope.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TokenKind {
    End,
    /// Digits, with a fraction and an exponent; letters that run on are part of it, so that they are one fault.
    Number,
    /// A text in double quotes, quotes included.
    String,
    /// `@"…"`, sign and quotes included.
    At,
    /// A run of name characters that is no keyword.
    Word,
    Keyword(Keyword),
    Symbol(Symbol),
    /// What other languages write; the parser says what FEEL writes instead.
    Foreign(Foreign),
    /// A text or comment that never ends.
    Unterminated,
    /// A character that begins no token.
    Unexpected,
}

/// Words with a meaning of their own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Keyword {
    And,
    Between,
    Else,
    Every,
    External,
    False,
    For,
    Function,
    If,
    In,
    Instance,
    Null,
    Or,
    Return,
    Satisfies,
    Some,
    Then,
    True,
}

impl Keyword {
    /// The keyword that `word` is, if it is one.
    pub(crate) fn of(word: &str) -> Option<Self> {
        Some(match word {
            "and" => Self::And,
            "between" => Self::Between,
            "else" => Self::Else,
            "every" => Self::Every,
            "external" => Self::External,
            "false" => Self::False,
            "for" => Self::For,
            "function" => Self::Function,
            "if" => Self::If,
            "in" => Self::In,
            "instance" => Self::Instance,
            "null" => Self::Null,
            "or" => Self::Or,
            "return" => Self::Return,
            "satisfies" => Self::Satisfies,
            "some" => Self::Some,
            "then" => Self::Then,
            "true" => Self::True,
            _ => return None,
        })
    }

    /// Whether the keyword goes on with an expression that stands before it, so that it ends a name.
    pub(crate) fn continues(self) -> bool {
        matches!(
            self,
            Self::And
                | Self::Between
                | Self::Else
                | Self::In
                | Self::Instance
                | Self::Or
                | Self::Return
                | Self::Satisfies
                | Self::Then
        )
    }
}

/// Signs of the language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Symbol {
    OpenParenthesis,
    CloseParenthesis,
    OpenBracket,
    CloseBracket,
    OpenBrace,
    CloseBrace,
    Comma,
    Colon,
    Dot,
    DotDot,
    Question,
    Plus,
    Minus,
    Times,
    Power,
    Divide,
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Arrow,
}

impl Symbol {
    /// Whether it closes something.
    pub(crate) fn closes(self) -> bool {
        matches!(self, Self::CloseParenthesis | Self::CloseBracket | Self::CloseBrace)
    }
}

/// What is written in other languages or by a word processor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Foreign {
    /// `==`
    DoubleEqual,
    /// `<>` or `≠`
    Unequal,
    /// `≤`
    AtMost,
    /// `≥`
    AtLeast,
    /// `&&`
    DoubleAmpersand,
    /// `||`
    DoubleBar,
    /// `&`
    Ampersand,
    /// `|`
    Bar,
    /// A dash or a minus sign of a word processor.
    Dash,
    /// `×`
    Times,
    /// `÷`
    Divide,
    /// `!`
    Exclamation,
    /// `%`
    Percent,
    /// `^`
    Caret,
    /// `;`
    Semicolon,
    /// A text in single or curly quotes, quotes included.
    Quoted,
}

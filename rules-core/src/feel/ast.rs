//! FEEL as written: one tree for expressions and unary tests, with spans, that prints back to the same text.
//!
//! Types are not in here: the checker keeps them beside the tree. Names are as the reader resolved them, spaces and
//! operators included, so nothing after the parser looks at text again.

use std::sync::Arc;

use crate::source::Span;
use crate::value::Decimal;

/// One expression with its place in the text.
#[derive(Clone, Debug)]
pub(crate) struct Expr {
    pub(crate) kind: ExprKind,
    pub(crate) span: Span,
}

/// What an expression is.
#[derive(Clone, Debug)]
pub(crate) enum ExprKind {
    Null,
    Boolean(bool),
    /// The exact number of the literal.
    Number(Decimal),
    String(Arc<str>),
    /// `@"2020-10-14"`: the text between the quotes; its value is read by `value`, so that a wrong one is a diagnostic.
    At(Arc<str>),
    /// A name in scope: local, fact, parameter, decision, reading, or builtin.
    Name(Arc<str>),
    /// `?`, the input of a unary test.
    Input,
    /// `base.member`
    Path {
        base: Box<Expr>,
        member: Arc<str>,
        member_span: Span,
    },
    /// `base[condition]`
    Filter {
        base: Box<Expr>,
        condition: Box<Expr>,
    },
    Call {
        function: Box<Expr>,
        arguments: Arguments,
    },
    Negate(Box<Expr>),
    Binary {
        operator: BinaryOperator,
        left: Box<Expr>,
        right: Box<Expr>,
    },
    Between {
        value: Box<Expr>,
        low: Box<Expr>,
        high: Box<Expr>,
    },
    /// `value in test` and `value in (test, test)`: each test is a unary test.
    In {
        value: Box<Expr>,
        tests: Vec<Expr>,
    },
    /// `[a..b]`; an end that is `None` is unbounded (only from a unary comparison used as a value).
    Range {
        start: Option<Box<Expr>>,
        start_included: bool,
        end: Option<Box<Expr>>,
        end_included: bool,
    },
    /// `< 10`, `= 3`, `!= 3` as a unary test, or in parentheses as a range value.
    UnaryComparison {
        operator: BinaryOperator,
        operand: Box<Expr>,
    },
    List(Vec<Expr>),
    Context(Vec<ContextEntry>),
    If {
        condition: Box<Expr>,
        then: Box<Expr>,
        otherwise: Box<Expr>,
    },
    For {
        iterators: Vec<Iterator>,
        body: Box<Expr>,
    },
    Quantified {
        quantifier: Quantifier,
        iterators: Vec<Iterator>,
        condition: Box<Expr>,
    },
    InstanceOf {
        value: Box<Expr>,
        type_name: TypeName,
    },
    Function {
        parameters: Vec<FormalParameter>,
        body: Box<Expr>,
    },
    /// A list of unary tests: `-` is an empty list, `not(…)` is negated.
    UnaryTests {
        negated: bool,
        tests: Vec<Expr>,
    },
    /// What the parser could not read; a diagnostic stands for it.
    Error,
}

/// Operators with two operands, in FEEL's words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum BinaryOperator {
    Or,
    And,
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Add,
    Subtract,
    Multiply,
    Divide,
    Power,
}

impl BinaryOperator {
    /// Whether it makes a value of two others, rather than true or false.
    pub(crate) fn is_arithmetic(self) -> bool {
        matches!(self, Self::Add | Self::Subtract | Self::Multiply | Self::Divide | Self::Power)
    }

    /// The operator as written.
    pub(crate) fn symbol(self) -> &'static str {
        match self {
            Self::Or => "or",
            Self::And => "and",
            Self::Equal => "=",
            Self::NotEqual => "!=",
            Self::Less => "<",
            Self::LessOrEqual => "<=",
            Self::Greater => ">",
            Self::GreaterOrEqual => ">=",
            Self::Add => "+",
            Self::Subtract => "-",
            Self::Multiply => "*",
            Self::Divide => "/",
            Self::Power => "**",
        }
    }
}

/// `some` or `every`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Quantifier {
    Some,
    Every,
}

/// Arguments of a call: by position or by name, never both.
#[derive(Clone, Debug)]
pub(crate) enum Arguments {
    Positional(Vec<Expr>),
    Named(Vec<NamedArgument>),
}

/// `name: value` in a call.
#[derive(Clone, Debug)]
pub(crate) struct NamedArgument {
    pub(crate) name: Arc<str>,
    pub(crate) name_span: Span,
    pub(crate) value: Expr,
}

/// `key: value` in a context.
#[derive(Clone, Debug)]
pub(crate) struct ContextEntry {
    pub(crate) key: Arc<str>,
    pub(crate) key_span: Span,
    pub(crate) value: Expr,
}

/// `name in domain`; a domain with an end is `from..to`.
#[derive(Clone, Debug)]
pub(crate) struct Iterator {
    pub(crate) name: Arc<str>,
    pub(crate) name_span: Span,
    pub(crate) from: Expr,
    pub(crate) to: Option<Expr>,
}

/// A parameter of a function literal.
#[derive(Clone, Debug)]
pub(crate) struct FormalParameter {
    pub(crate) name: Arc<str>,
    pub(crate) name_span: Span,
    pub(crate) type_name: Option<TypeName>,
}

/// A type as written, resolved by `types`.
#[derive(Clone, Debug)]
pub(crate) struct TypeName {
    pub(crate) kind: TypeNameKind,
    pub(crate) span: Span,
}

/// What a written type is.
#[derive(Clone, Debug)]
pub(crate) enum TypeNameKind {
    /// `number`, `days and time duration`, or the name of an item definition.
    Named(Arc<str>),
    List(Box<TypeName>),
    Range(Box<TypeName>),
    Context(Vec<(Arc<str>, TypeName)>),
    Function {
        parameters: Vec<TypeName>,
        result: Box<TypeName>,
    },
}

//! Expressions as they run: names are numbers, builtins are bound, constants are folded.
//!
//! A frame holds the values that one construct brings into scope: the item of a filter, the parameters of a function,
//! the entries of a context so far. [`Node::Local`] counts frames outward from the innermost.

use std::sync::Arc;

use crate::builtins::{Marked, Run};
use crate::types::Type;
use crate::value::unknown::FactId;
use crate::value::{RangeForm, Value};

/// One expression.
#[derive(Clone, Debug)]
pub(crate) enum Node {
    Constant(Value),
    /// The date of the decision.
    AsOf,
    /// A fact with a slot of its own.
    Fact(FactId),
    /// A whole object of facts, made into a context when it is read.
    Object(FactId),
    Parameter(u32),
    Reading(u32),
    Decision(u32),
    Local(Local),
    /// A member of the item of a filter if it has one of that name, else what the name means outside.
    ItemMember(Box<ItemMember>),
    Path(Box<Path>),
    Filter(Box<Filter>),
    Builtin(Box<BuiltinCall>),
    Call(Box<Call>),
    /// A function value that captures what is around it.
    Lambda(Box<Closure>),
    Negate(Box<Node>),
    And(Box<[Node]>),
    Or(Box<[Node]>),
    Compare(Box<Compare>),
    Arithmetic(Box<Arithmetic>),
    Between(Box<Between>),
    /// `value in (tests)`, and unary tests used as an expression.
    In(Box<In>),
    Range(Box<RangeNode>),
    List(Box<[Node]>),
    Context(Box<ContextNode>),
    If(Box<If>),
    For(Box<For>),
    Quantified(Box<Quantified>),
    InstanceOf(Box<InstanceOf>),
}

/// A value in scope: frames outward from the innermost, and place in that frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Local {
    pub(crate) frame: u32,
    pub(crate) place: u32,
}

#[derive(Clone, Debug)]
pub(crate) struct ItemMember {
    pub(crate) item: Local,
    pub(crate) member: Arc<str>,
    /// Null when the name means nothing outside.
    pub(crate) otherwise: Node,
}

/// `base.member`
#[derive(Clone, Debug)]
pub(crate) struct Path {
    pub(crate) base: Node,
    pub(crate) member: Arc<str>,
    /// Where among the entries the member probably is.
    pub(crate) place: usize,
}

/// `base[condition]`; the condition has a frame with the item.
#[derive(Clone, Debug)]
pub(crate) struct Filter {
    pub(crate) base: Node,
    pub(crate) condition: Node,
    /// Whether the condition certainly does not depend on the item; its frame is empty, and it is usually the place of
    /// an item.
    pub(crate) constant: bool,
    /// What an item costs.
    pub(crate) steps: u64,
}

/// A call of a builtin, its arguments in the order of the signature, those left out null.
#[derive(Clone, Debug)]
pub(crate) struct BuiltinCall {
    pub(crate) name: &'static str,
    pub(crate) run: Run,
    pub(crate) marked: Marked,
    pub(crate) arguments: Box<[Node]>,
    /// How a silent run may get at the result without running it.
    pub(crate) shortcut: Shortcut,
}

/// Calls that are common and have a shorter way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shortcut {
    None,
    /// `not(condition)`
    Not,
    /// `count(list[condition])`: nobody needs the list.
    CountOfFilter,
}

/// A call of a function value.
#[derive(Clone, Debug)]
pub(crate) struct Call {
    pub(crate) function: Node,
    pub(crate) arguments: Box<[Node]>,
    /// Names of the arguments when they are given by name.
    pub(crate) names: Option<Box<[Arc<str>]>>,
}

#[derive(Clone, Debug)]
pub(crate) struct Closure {
    pub(crate) number: u32,
    /// What it captures, in the order of the frame around its parameters.
    pub(crate) captures: Box<[Node]>,
}

/// How two values are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Comparison {
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

impl Comparison {
    /// The operator as written in FEEL.
    pub(crate) fn symbol(self) -> &'static str {
        match self {
            Self::Equal => "=",
            Self::NotEqual => "!=",
            Self::Less => "<",
            Self::LessOrEqual => "<=",
            Self::Greater => ">",
            Self::GreaterOrEqual => ">=",
        }
    }
}

#[derive(Clone, Debug)]
pub(crate) struct Compare {
    pub(crate) comparison: Comparison,
    pub(crate) left: Node,
    pub(crate) right: Node,
}

/// What is done with two values.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Operation {
    Add,
    Subtract,
    Multiply,
    Divide,
    Power,
}

#[derive(Clone, Debug)]
pub(crate) struct Arithmetic {
    pub(crate) operation: Operation,
    pub(crate) left: Node,
    pub(crate) right: Node,
}

#[derive(Clone, Debug)]
pub(crate) struct Between {
    pub(crate) value: Node,
    pub(crate) low: Node,
    pub(crate) high: Node,
}

/// A value against tests, any of which is enough; `negated` turns the result around.
#[derive(Clone, Debug)]
pub(crate) struct In {
    pub(crate) value: Node,
    pub(crate) negated: bool,
    pub(crate) tests: Box<[Test]>,
}

/// One unary test. The tested value is the only value of a frame around every expression in it.
#[derive(Clone, Debug)]
pub(crate) enum Test {
    /// `-`
    Any,
    /// `< 10`
    Compare { comparison: Comparison, operand: Node },
    /// `[low..high]`; an end that is `None` is unbounded.
    Within { low: Option<Node>, low_included: bool, high: Option<Node>, high_included: bool },
    /// An expression that speaks of the tested value itself (`? > x`): it must be true.
    Condition(Node),
    /// A value that the tested one must equal, or a list or range that must hold it.
    Matches(Node),
}

/// Tests of which a value must pass one to be of an item definition; negated, none.
#[derive(Clone, Debug)]
pub(crate) struct AllowedValues {
    pub(crate) negated: bool,
    pub(crate) tests: Box<[Test]>,
}

#[derive(Clone, Debug)]
pub(crate) struct RangeNode {
    pub(crate) form: RangeForm,
    pub(crate) start: Option<Node>,
    pub(crate) start_included: bool,
    pub(crate) end: Option<Node>,
    pub(crate) end_included: bool,
}

/// Entries in order; each sees the ones before it as the innermost frame.
#[derive(Clone, Debug)]
pub(crate) struct ContextNode {
    pub(crate) keys: Arc<[Arc<str>]>,
    pub(crate) values: Box<[Node]>,
}

#[derive(Clone, Debug)]
pub(crate) struct If {
    pub(crate) condition: Node,
    pub(crate) then: Node,
    pub(crate) otherwise: Node,
}

/// What an iterator runs over: a list, or whole numbers or dates from one end to the other.
#[derive(Clone, Debug)]
pub(crate) struct Domain {
    pub(crate) from: Node,
    pub(crate) to: Option<Node>,
}

/// Each iterator is a frame of one value around the next one and the body.
#[derive(Clone, Debug)]
pub(crate) struct For {
    pub(crate) iterators: Box<[Domain]>,
    pub(crate) body: Node,
    /// Whether the body reads `partial`: the results so far are then the only value of the innermost frame, which is
    /// empty otherwise.
    pub(crate) partial: bool,
    /// What an item costs.
    pub(crate) steps: u64,
}

#[derive(Clone, Debug)]
pub(crate) struct Quantified {
    /// `every`, else `some`.
    pub(crate) every: bool,
    pub(crate) iterators: Box<[Domain]>,
    pub(crate) condition: Node,
    /// What an item costs.
    pub(crate) steps: u64,
}

#[derive(Clone, Debug)]
pub(crate) struct InstanceOf {
    pub(crate) value: Node,
    pub(crate) type_of: Type,
}

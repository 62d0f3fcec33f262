//! Expressions become nodes: names are resolved to numbers, builtins are bound, constants are folded.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::schema::{self, element};
use super::scope::{FrameNames, INPUT, Scopes};
use crate::builtins::{self, Marked, Run};
use crate::eval;
use crate::feel::ast::{BinaryOperator, ContextEntry, Expr, ExprKind};
use crate::model::{Formula, Model};
use crate::program::node::{
    Arithmetic, Between, BuiltinCall, Compare, Comparison, ContextNode, Filter, If, InstanceOf, Operation, Path,
    RangeNode, Shortcut,
};
use crate::program::{FactKind, Lambda, Node, Program, Reads, Schema};
use crate::value::unknown::FactId;
use crate::value::zone::NO_SUCH_ZONE;
use crate::value::{FunctionValue, RangeForm, Value, text};

/// What a name of the pack is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Named {
    AsOf,
    Fact(FactId),
    Parameter(u32),
    Reading(u32),
    Decision(u32),
    /// A decision that is a function.
    Function(u32),
}

/// Expressions evaluated at a step.
const EXPRESSIONS_AT_ONCE: u64 = 16;

/// Compiles the expressions of one pack.
pub(super) struct Compiler<'m> {
    pub(super) model: &'m Model,
    pub(super) schema: Schema,
    pub(super) names: BTreeMap<Arc<str>, Named>,
    pub(super) lambdas: Vec<Lambda>,
    /// By number of the decision: lambda and reads of those functions that are compiled already.
    pub(super) functions: BTreeMap<u32, (u32, Reads)>,
    pub(super) scopes: Scopes,
    /// What the expression that is being compiled names.
    pub(super) reads: Reads,
    /// Levels of nesting here, and the most that there were.
    pub(super) level: u32,
    pub(super) deepest: u32,
    /// Expressions so far, by which the work on one item of a list is reckoned.
    pub(super) expressions: u64,
    /// A program without anything, to evaluate constants in.
    pub(super) nothing: Program,
}

impl Compiler<'_> {
    /// A formula of the pack, and what it names.
    pub(super) fn formula(&mut self, formula: &Formula) -> (Node, Reads) {
        self.reads = Reads::default();
        let node = self.expression(&formula.expr);
        (node, std::mem::take(&mut self.reads).sorted())
    }

    /// A formula of the pack; what it names is added to `reads`.
    pub(super) fn formula_into(&mut self, formula: &Formula, reads: &mut Reads) -> Node {
        let (node, read) = self.formula(formula);
        reads.add(&read);
        node
    }

    /// One expression.
    pub(super) fn expression(&mut self, expr: &Expr) -> Node {
        self.level += 1;
        self.expressions += 1;
        self.deepest = self.deepest.max(self.level);
        let node = self.kind(expr);
        self.level -= 1;
        self.folded(node)
    }

    pub(super) fn boxed(&mut self, expr: &Expr) -> Box<Node> {
        Box::new(self.expression(expr))
    }

    fn kind(&mut self, expr: &Expr) -> Node {
        match &expr.kind {
            ExprKind::Null | ExprKind::Error => Node::Constant(Value::Null),
            ExprKind::Boolean(boolean) => Node::Constant(Value::Boolean(*boolean)),
            ExprKind::Number(number) => Node::Constant(Value::Number(*number)),
            ExprKind::String(text) => Node::Constant(Value::String(text.clone())),
            ExprKind::At(literal) => match text::at_literal(literal, self.model.zones.as_ref()) {
                Some(value) => Node::Constant(value),
                None if text::at_literal(literal, None).is_some() => nothing(|_, _| Err(NO_SUCH_ZONE.into())),
                None => nothing(|_, _| Err("the text after `@` is no date, time or duration".into())),
            },
            ExprKind::Name(name) => self.name(name),
            ExprKind::Input => self.local(INPUT).unwrap_or(Node::Constant(Value::Null)),
            ExprKind::Path { base, member, .. } => self.path(expr, base, member),
            ExprKind::Filter { base, condition } => self.filter(base, condition),
            ExprKind::Call { function, arguments } => self.call(function, arguments),
            ExprKind::Negate(operand) => Node::Negate(self.boxed(operand)),
            ExprKind::Binary { operator, left, right } => self.binary(*operator, left, right),
            ExprKind::Between { value, low, high } => {
                let (value, low, high) = (self.expression(value), self.expression(low), self.expression(high));
                Node::Between(Box::new(Between { value, low, high }))
            }
            ExprKind::In { value, tests } => self.is_in(value, tests),
            ExprKind::Range { start, start_included, end, end_included } => {
                let mut end_of = |end: &Option<Box<Expr>>| end.as_ref().map(|end| self.expression(end));
                let (start, end) = (end_of(start), end_of(end));
                let (start_included, end_included) = (*start_included, *end_included);
                let form = RangeForm::Interval;
                Node::Range(Box::new(RangeNode { form, start, start_included, end, end_included }))
            }
            ExprKind::UnaryComparison { operator, operand } => self.range_of(*operator, operand),
            ExprKind::List(items) => Node::List(items.iter().map(|item| self.expression(item)).collect()),
            ExprKind::Context(entries) => self.context(entries),
            ExprKind::If { condition, then, otherwise } => {
                let condition = self.expression(condition);
                let (then, otherwise) = (self.expression(then), self.expression(otherwise));
                Node::If(Box::new(If { condition, then, otherwise }))
            }
            ExprKind::For { iterators, body } => self.iteration(iterators, body),
            ExprKind::Quantified { quantifier, iterators, condition } => {
                self.quantified(*quantifier, iterators, condition)
            }
            ExprKind::InstanceOf { value, type_name } => {
                // What is of a type that there is not, nobody can say.
                let Ok(type_of) = self.model.definitions.resolve(type_name) else { return Node::Constant(Value::Null) };
                let type_of = type_of.kind();
                let value = self.expression(value);
                Node::InstanceOf(Box::new(InstanceOf { value, type_of }))
            }
            ExprKind::Function { parameters, body } => self.function_literal(parameters, body, None),
            ExprKind::UnaryTests { negated, tests } => self.tests_of_input(*negated, tests),
        }
    }

    /// A local of that name, or a member of the item of a filter.
    pub(super) fn local(&mut self, name: &str) -> Option<Node> {
        let global = self.global_node(name);
        let node = self.scopes.resolve(&self.schema, name, &|| global.clone())?;
        if matches!(&node, Node::ItemMember(_)) {
            self.note_global(name);
        }
        Some(node)
    }

    fn name(&mut self, name: &str) -> Node {
        if let Some(node) = self.local(name) {
            return node;
        }
        self.note_global(name);
        if let Some(node) = self.global_node(name) {
            return node;
        }
        match self.names.get(name).copied() {
            Some(Named::Function(decision)) => self.declared_function(decision),
            _ => match builtins::find(name) {
                Some((row, _)) => Node::Constant(Value::Function(Arc::new(FunctionValue::Builtin(row)))),
                None => nothing(|_, _| Err("there is nothing of this name".into())),
            },
        }
    }

    /// What a name of the pack is, functions aside.
    fn global_node(&self, name: &str) -> Option<Node> {
        Some(match self.names.get(name)? {
            Named::AsOf => Node::AsOf,
            Named::Fact(fact) => self.fact_node(*fact),
            Named::Parameter(parameter) => Node::Parameter(*parameter),
            Named::Reading(reading) => Node::Reading(*reading),
            Named::Decision(decision) => Node::Decision(*decision),
            Named::Function(_) => return None,
        })
    }

    /// Notes that a name of the pack is read.
    fn note_global(&mut self, name: &str) {
        match self.names.get(name) {
            Some(Named::Fact(fact)) => self.reads.facts.extend(schema::slots(&self.schema, *fact)),
            Some(Named::Parameter(parameter)) => self.reads.parameters.push(*parameter),
            Some(Named::Reading(reading)) => self.reads.readings.push(*reading),
            Some(Named::Decision(decision)) => self.reads.decisions.push(*decision),
            Some(Named::AsOf | Named::Function(_)) | None => {}
        }
    }

    fn fact_node(&self, fact: FactId) -> Node {
        match self.schema.fact(fact) {
            Some(declared) if matches!(declared.kind, FactKind::Object(_)) && !declared.judgement => Node::Object(fact),
            _ => Node::Fact(fact),
        }
    }

    /// The fact that `contract.initial_value` names, if no local hides it.
    fn fact_of_path(&mut self, expr: &Expr) -> Option<FactId> {
        match &expr.kind {
            ExprKind::Name(name) => match self.names.get(name)? {
                Named::Fact(fact) if self.scopes.resolve(&self.schema, name, &|| None).is_none() => Some(*fact),
                _ => None,
            },
            ExprKind::Path { base, member, .. } => {
                let object = self.fact_of_path(base)?;
                schema::field(&self.schema, object, member)
            }
            _ => None,
        }
    }

    fn path(&mut self, whole: &Expr, base: &Expr, member: &Arc<str>) -> Node {
        if let Some(fact) = self.fact_of_path(whole) {
            self.reads.facts.extend(schema::slots(&self.schema, fact));
            return self.fact_node(fact);
        }
        let base = self.expression(base);
        let object = self.described(&base).and_then(|fact| element(&self.schema, fact));
        let key = object.and_then(|object| schema::key(&self.schema, object, member));
        let (place, member) = key.unwrap_or_else(|| (0, member.clone()));
        Node::Path(Box::new(Path { base, member, place }))
    }

    /// What the expressions since there were `before` cost each time that they are evaluated.
    pub(super) fn steps_since(&self, before: u64) -> u64 {
        1 + (self.expressions - before) / EXPRESSIONS_AT_ONCE
    }

    fn filter(&mut self, base: &Expr, condition: &Expr) -> Node {
        let base = self.expression(base);
        let described = self.described(&base).and_then(|fact| element(&self.schema, fact));
        self.scopes.push(FrameNames::filter(described));
        let before = self.expressions;
        let condition = self.expression(condition);
        let constant = !self.scopes.pop().read;
        Node::Filter(Box::new(Filter { base, condition, constant, steps: self.steps_since(before) }))
    }

    /// The declared fact that a node's value is described by; for a list it may be the list or its items.
    pub(super) fn described(&self, node: &Node) -> Option<FactId> {
        match node {
            Node::Fact(fact) | Node::Object(fact) => Some(*fact),
            Node::Local(local) => self.scopes.described(*local),
            Node::Filter(filter) => self.described(&filter.base),
            Node::Path(path) => {
                let base = self.described(&path.base)?;
                let is_list =
                    |fact| matches!(self.schema.fact(fact).map(|fact| &fact.kind), Some(FactKind::List { .. }));
                let field = schema::field(&self.schema, element(&self.schema, base)?, &path.member)?;
                // A list of lists has items that are lists.
                if is_list(field) { None } else { Some(field) }
            }
            _ => None,
        }
    }

    fn binary(&mut self, operator: BinaryOperator, left: &Expr, right: &Expr) -> Node {
        match operator {
            BinaryOperator::And | BinaryOperator::Or => {
                let mut operands = Vec::new();
                self.operands(operator, left, &mut operands);
                self.operands(operator, right, &mut operands);
                let operands = operands.into_boxed_slice();
                if operator == BinaryOperator::And { Node::And(operands) } else { Node::Or(operands) }
            }
            _ => {
                let (left, right) = (self.expression(left), self.expression(right));
                match (comparison(operator), operation(operator)) {
                    (Some(comparison), _) => Node::Compare(Box::new(Compare { comparison, left, right })),
                    (None, Some(operation)) => Node::Arithmetic(Box::new(Arithmetic { operation, left, right })),
                    (None, None) => Node::Constant(Value::Null),
                }
            }
        }
    }

    /// Operands of a chain of the same operator, so that `a and b and c` is one node.
    fn operands(&mut self, operator: BinaryOperator, expr: &Expr, into: &mut Vec<Node>) {
        match &expr.kind {
            ExprKind::Binary { operator: inner, left, right } if *inner == operator => {
                self.operands(operator, left, into);
                self.operands(operator, right, into);
            }
            _ => into.push(self.expression(expr)),
        }
    }

    /// `(< 10)` as a value: a range.
    fn range_of(&mut self, operator: BinaryOperator, operand: &Expr) -> Node {
        let end = self.expression(operand);
        let (form, start, end) = match operator {
            BinaryOperator::Equal => (RangeForm::Equal, Some(end.clone()), Some(end)),
            BinaryOperator::NotEqual => (RangeForm::NotEqual, Some(end.clone()), Some(end)),
            BinaryOperator::Less | BinaryOperator::LessOrEqual => (RangeForm::Interval, None, Some(end)),
            _ => (RangeForm::Interval, Some(end), None),
        };
        let exact = form != RangeForm::Interval;
        let start_included = exact || operator == BinaryOperator::GreaterOrEqual;
        let end_included = exact || operator == BinaryOperator::LessOrEqual;
        Node::Range(Box::new(RangeNode { form, start, start_included, end, end_included }))
    }

    fn context(&mut self, entries: &[ContextEntry]) -> Node {
        self.scopes.push(FrameNames::default());
        let mut values = Vec::with_capacity(entries.len());
        for entry in entries {
            values.push(self.expression(&entry.value));
            self.scopes.name(&entry.key);
        }
        self.scopes.pop();
        let keys: Vec<Arc<str>> = entries.iter().map(|entry| entry.key.clone()).collect();
        let mut sorted = keys.clone();
        sorted.sort_unstable();
        sorted.dedup();
        if sorted.len() < keys.len() {
            // The same key twice is null, as FEEL has it.
            return nothing(|_, _| Err("a key of the context comes twice".into()));
        }
        Node::Context(Box::new(ContextNode { keys: keys.into(), values: values.into() }))
    }

    /// The constant that a node of constants always gives. Null and a mark stay nodes, so that their reason is seen at each run.
    fn folded(&self, node: Node) -> Node {
        if !is_foldable(&node) {
            return node;
        }
        match eval::constant(&self.nothing, &node) {
            Some(value) if !value.is_null() && !value.is_mark() => Node::Constant(value),
            _ => node,
        }
    }
}

/// What is null whatever the values are, with the reason. Packs have none of it, since they are checked.
pub(super) fn nothing(run: Run) -> Node {
    let call = BuiltinCall { name: "", run, marked: Marked::Own, arguments: Box::default(), shortcut: Shortcut::None };
    Node::Builtin(Box::new(call))
}

/// Whether a node is an operation on nothing but constants.
fn is_foldable(node: &Node) -> bool {
    let constant = |node: &Node| matches!(node, Node::Constant(_));
    match node {
        Node::Negate(operand) => constant(operand),
        Node::Arithmetic(arithmetic) => constant(&arithmetic.left) && constant(&arithmetic.right),
        Node::List(items) => items.iter().all(constant),
        Node::Context(context) => context.values.iter().all(constant),
        Node::Range(range) => [&range.start, &range.end].into_iter().flatten().all(constant),
        Node::Builtin(call) => !call.name.is_empty() && call.arguments.iter().all(constant) && !reads_clock(call.name),
        _ => false,
    }
}

/// Whether a builtin gives something else in each case.
fn reads_clock(name: &str) -> bool {
    matches!(name, "now" | "today")
}

/// The comparison of an operator.
pub(super) fn comparison(operator: BinaryOperator) -> Option<Comparison> {
    Some(match operator {
        BinaryOperator::Equal => Comparison::Equal,
        BinaryOperator::NotEqual => Comparison::NotEqual,
        BinaryOperator::Less => Comparison::Less,
        BinaryOperator::LessOrEqual => Comparison::LessOrEqual,
        BinaryOperator::Greater => Comparison::Greater,
        BinaryOperator::GreaterOrEqual => Comparison::GreaterOrEqual,
        _ => return None,
    })
}

fn operation(operator: BinaryOperator) -> Option<Operation> {
    Some(match operator {
        BinaryOperator::Add => Operation::Add,
        BinaryOperator::Subtract => Operation::Subtract,
        BinaryOperator::Multiply => Operation::Multiply,
        BinaryOperator::Divide => Operation::Divide,
        BinaryOperator::Power => Operation::Power,
        _ => return None,
    })
}

//! Calls, function literals, iterations and unary tests.

use std::sync::Arc;

use super::expression::{Compiler, Named, comparison, nothing};
use super::schema::element;
use super::scope::{FrameNames, INPUT, PARTIAL};
use crate::builtins::{self, Builtin, Signature};
use crate::feel::ast::{Arguments, Expr, ExprKind, FormalParameter, Iterator, Quantifier};
use crate::model::Logic;
use crate::program::node::{AllowedValues, BuiltinCall, Call, Closure, Domain, For, In, Quantified, Shortcut, Test};
use crate::program::{Lambda, Node, Reads};
use crate::types::Type;
use crate::value::{FunctionValue, List, Value};

impl Compiler<'_> {
    /// A call. A name that is called is a local, a declared function or a builtin, in that order; nothing else that has
    /// the name can be called.
    pub(super) fn call(&mut self, function: &Expr, arguments: &Arguments) -> Node {
        let ExprKind::Name(name) = &function.kind else {
            let function = self.expression(function);
            return self.call_of_value(function, arguments);
        };
        // A member that an item may have gives way to a function that there certainly is.
        let local = self.scopes.resolve(&self.schema, name, &|| None);
        let (maybe, certainly) = match local {
            Some(node @ Node::ItemMember(_)) => (Some(node), None),
            other => (None, other),
        };
        if let Some(local) = certainly {
            return self.call_of_value(local, arguments);
        }
        if let Some(Named::Function(decision)) = self.names.get(name).copied() {
            let function = self.declared_function(decision);
            return self.call_of_value(function, arguments);
        }
        match (builtins::find(name), maybe) {
            (Some((_, builtin)), _) => self.call_of_builtin(builtin, arguments),
            (None, Some(member)) => self.call_of_value(member, arguments),
            (None, None) => nothing(|_, _| Err("there is no function of this name".into())),
        }
    }

    fn call_of_value(&mut self, function: Node, arguments: &Arguments) -> Node {
        let (names, arguments) = match arguments {
            Arguments::Positional(values) => (None, values.iter().map(|value| self.expression(value)).collect()),
            Arguments::Named(values) => {
                let names = values.iter().map(|argument| argument.name.clone()).collect();
                (Some(names), values.iter().map(|argument| self.expression(&argument.value)).collect())
            }
        };
        Node::Call(Box::new(Call { function, arguments, names }))
    }

    /// A call of a builtin; one that it does not take is null.
    fn call_of_builtin(&mut self, builtin: &'static Builtin, arguments: &Arguments) -> Node {
        let bound = match arguments {
            Arguments::Positional(values) => {
                let nodes: Vec<Node> = values.iter().map(|value| self.expression(value)).collect();
                builtin.taking(nodes.len()).map(|signature| (signature, in_place(signature, nodes)))
            }
            Arguments::Named(values) => {
                let names: Vec<&str> = values.iter().map(|argument| argument.name.as_ref()).collect();
                let mut nodes: Vec<(&str, Node)> =
                    names.iter().copied().zip(values.iter().map(|argument| self.expression(&argument.value))).collect();
                builtin.taking_named(&names).map(|signature| {
                    let mut of = |name: &str| {
                        let place = nodes.iter().position(|(given, _)| *given == name);
                        place.map_or(Node::Constant(Value::Null), |place| nodes.swap_remove(place).1)
                    };
                    (signature, signature.parameters.iter().map(|parameter| of(parameter.name)).collect())
                })
            }
        };
        match bound {
            Some((signature, arguments)) => Node::Builtin(Box::new(BuiltinCall {
                name: builtin.name,
                run: signature.run,
                marked: builtin.marked,
                shortcut: shortcut(builtin.name, &arguments),
                arguments,
            })),
            None => nothing(|_, _| Err("the function takes other arguments".into())),
        }
    }

    /// A function of the pack as a value; what it reads, its callers read.
    pub(super) fn declared_function(&mut self, decision: u32) -> Node {
        let known = self.functions.get(&decision).cloned();
        let (number, reads) = known.unwrap_or_else(|| self.compile_function(decision));
        self.reads.add(&reads);
        Node::Constant(Value::Function(Arc::new(FunctionValue::Lambda { number, captures: List::default() })))
    }

    /// Compiles a function of the pack in a scope of its own.
    pub(super) fn compile_function(&mut self, decision: u32) -> (u32, Reads) {
        let model = self.model;
        let declared = usize::try_from(decision).ok().and_then(|decision| model.decisions.get(decision));
        // The number is given first, so that a function that reaches itself through others still has one.
        let number = self.reserve_lambda();
        self.functions.insert(decision, (number, Reads::default()));
        let Some((declared, Logic::Function(formula))) = declared.map(|declared| (declared, &declared.logic)) else {
            return (number, Reads::default());
        };
        let outer_scopes = std::mem::take(&mut self.scopes);
        let outer_reads = std::mem::take(&mut self.reads);
        if let ExprKind::Function { parameters, body } = &formula.expr.kind {
            self.lambda(number, parameters, body, declared.declared_type.clone());
        }
        self.scopes = outer_scopes;
        let reads = std::mem::replace(&mut self.reads, outer_reads).sorted();
        self.functions.insert(decision, (number, reads.clone()));
        (number, reads)
    }

    fn reserve_lambda(&mut self) -> u32 {
        let number = u32::try_from(self.lambdas.len()).unwrap_or(u32::MAX);
        let body = Node::Constant(Value::Null);
        self.lambdas.push(Lambda { parameters: Vec::new(), body, result: None, depth: 1, steps: 1 });
        number
    }

    /// `function(x, y) body`
    pub(super) fn function_literal(
        &mut self,
        parameters: &[FormalParameter],
        body: &Expr,
        result: Option<Type>,
    ) -> Node {
        let number = self.reserve_lambda();
        let captures = self.lambda(number, parameters, body, result);
        if captures.is_empty() {
            return Node::Constant(Value::Function(Arc::new(FunctionValue::Lambda {
                number,
                captures: List::default(),
            })));
        }
        Node::Lambda(Box::new(Closure { number, captures }))
    }

    /// Compiles a function into its place; gives what it captures.
    fn lambda(
        &mut self,
        number: u32,
        parameters: &[FormalParameter],
        body: &Expr,
        result: Option<Type>,
    ) -> Box<[Node]> {
        let names = parameters.iter().map(|parameter| (parameter.name.clone(), None)).collect();
        self.scopes.enter(FrameNames { names, ..FrameNames::default() });
        let (level, deepest) = (std::mem::take(&mut self.level), std::mem::take(&mut self.deepest));
        let before = self.expressions;
        let body = self.expression(body);
        let steps = self.steps_since(before);
        let depth = std::mem::replace(&mut self.deepest, deepest).max(1);
        self.level = level;
        let declared = parameters.iter().map(|parameter| {
            let declared = parameter.type_name.as_ref().and_then(|name| self.model.definitions.resolve(name).ok());
            (parameter.name.clone(), declared)
        });
        if let Some(slot) = self.lambdas.get_mut(usize::try_from(number).unwrap_or(usize::MAX)) {
            *slot = Lambda { parameters: declared.collect(), body, result, depth, steps };
        }
        self.scopes.leave()
    }

    /// `for … return …`
    pub(super) fn iteration(&mut self, iterators: &[Iterator], body: &Expr) -> Node {
        let before = self.expressions;
        let iterators = self.domains(iterators);
        self.scopes.push(FrameNames::of(PARTIAL, None));
        let body = self.expression(body);
        let partial = self.scopes.pop().read;
        iterators.iter().for_each(|_| {
            self.scopes.pop();
        });
        Node::For(Box::new(For { iterators, body, partial, steps: self.steps_since(before) }))
    }

    /// `some …` and `every …`
    pub(super) fn quantified(&mut self, quantifier: Quantifier, iterators: &[Iterator], condition: &Expr) -> Node {
        let before = self.expressions;
        let iterators = self.domains(iterators);
        let condition = self.expression(condition);
        iterators.iter().for_each(|_| {
            self.scopes.pop();
        });
        let every = quantifier == Quantifier::Every;
        Node::Quantified(Box::new(Quantified { every, iterators, condition, steps: self.steps_since(before) }))
    }

    /// The domains of iterators; each leaves its frame in scope.
    fn domains(&mut self, iterators: &[Iterator]) -> Box<[Domain]> {
        let mut domains = Vec::with_capacity(iterators.len());
        for iterator in iterators {
            let from = self.expression(&iterator.from);
            let to = iterator.to.as_ref().map(|to| self.expression(to));
            let described = if to.is_none() { self.described(&from) } else { None };
            let described = described.and_then(|fact| element(&self.schema, fact));
            self.scopes.push(FrameNames::of(&iterator.name, described));
            domains.push(Domain { from, to });
        }
        domains.into()
    }

    /// `value in (tests)`
    pub(super) fn is_in(&mut self, value: &Expr, tests: &[Expr]) -> Node {
        let value = self.expression(value);
        let (negated, tests) = self.tests(tests);
        Node::In(Box::new(In { value, negated, tests }))
    }

    /// Unary tests where an expression stands: of the input around them.
    pub(super) fn tests_of_input(&mut self, negated: bool, tests: &[Expr]) -> Node {
        let value = self.local(INPUT).unwrap_or(Node::Constant(Value::Null));
        let (_, tests) = self.tests(tests);
        Node::In(Box::new(In { value, negated, tests }))
    }

    /// The tests of a cell or of `in`, inside a frame of the tested value. Whether they are negated is said by unary tests
    /// around them.
    pub(super) fn tests(&mut self, tests: &[Expr]) -> (bool, Box<[Test]>) {
        if let [Expr { kind: ExprKind::UnaryTests { negated, tests }, .. }] = tests {
            let (_, tests) = self.tests(tests);
            return (*negated, tests);
        }
        if tests.is_empty() {
            return (false, Box::new([Test::Any]));
        }
        (false, tests.iter().map(|test| self.test(test)).collect())
    }

    /// The tests of the item definitions, in which no name of the document is in scope.
    pub(super) fn allowed_values(&mut self) -> Vec<AllowedValues> {
        let model = self.model;
        let outer = std::mem::take(&mut self.scopes);
        let names = std::mem::take(&mut self.names);
        let compiled = model.definitions.allowed.iter().map(|allowed| {
            let (negated, tests) = self.tests(std::slice::from_ref(&allowed.tests.expr));
            AllowedValues { negated, tests }
        });
        let compiled = compiled.collect();
        self.scopes = outer;
        self.names = names;
        compiled
    }

    fn test(&mut self, test: &Expr) -> Test {
        self.scopes.push(FrameNames::of(INPUT, None));
        let made = match &test.kind {
            ExprKind::UnaryComparison { operator, operand } => {
                let operand = self.expression(operand);
                match comparison(*operator) {
                    Some(comparison) => Test::Compare { comparison, operand },
                    None => Test::Matches(operand),
                }
            }
            ExprKind::Range { start, start_included, end, end_included } => Test::Within {
                low: start.as_ref().map(|start| self.expression(start)),
                low_included: *start_included,
                high: end.as_ref().map(|end| self.expression(end)),
                high_included: *end_included,
            },
            _ => Test::Matches(self.expression(test)),
        };
        // An expression that speaks of the tested value is a condition.
        match (self.scopes.pop().read, made) {
            (true, Test::Matches(condition)) => Test::Condition(condition),
            (_, made) => made,
        }
    }
}

/// The shorter way to the result of a call.
fn shortcut(name: &str, arguments: &[Node]) -> Shortcut {
    match (name, arguments) {
        ("not", [_]) => Shortcut::Not,
        ("count", [Node::Filter(filter)]) if !filter.constant => Shortcut::CountOfFilter,
        _ => Shortcut::None,
    }
}

/// Positional arguments in the places of the parameters.
fn in_place(signature: &Signature, mut nodes: Vec<Node>) -> Box<[Node]> {
    if signature.is_variadic() {
        let fixed = signature.parameters.len().saturating_sub(1);
        let rest = nodes.split_off(fixed.min(nodes.len()));
        let constants: Option<Vec<Value>> =
            rest.iter().map(|node| if let Node::Constant(value) = node { Some(value.clone()) } else { None }).collect();
        nodes.push(match constants {
            Some(values) => Node::Constant(Value::list(values)),
            None => Node::List(rest.into()),
        });
    }
    nodes.resize(signature.parameters.len(), Node::Constant(Value::Null));
    nodes.into()
}

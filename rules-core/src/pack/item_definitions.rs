//! Item definitions as a list of their own, in the words of DMN (1.5 section 7.3.3), for FEEL outside any pack.

use std::sync::Arc;

use super::node::Node;
use super::reader;
use super::scope::Scope;
use super::shape::{Entries, Field, Kind, Shape};
use crate::code;
use crate::diagnostic::Diagnostic;
use crate::feel::ast::{Expr, ExprKind};
use crate::feel::type_of;
use crate::model::{AllowedValues, ItemDefinitions};
use crate::source::Place;
use crate::types::{Definition, Type};

static DEFINITIONS: Entries = Entries::list(Kind::Object(&DEFINITION)).or_empty();

static DEFINITION: Shape = Shape::new(
    "item definition",
    "A type with a name: another type, or a context with components; perhaps a list of it, and perhaps restricted.",
    &[
        Field::required("name", Kind::Text, "The name, as FEEL texts use it; of a component, its key in the context."),
        Field::optional("typeRef", Kind::Text, "The type that it is: `number`, `list<date>` or another definition."),
        Field::optional("typeLanguage", Kind::Text, "The language of the type, which is FEEL."),
        Field::optional("components", Kind::List(&DEFINITIONS), "The entries of a context, each an item definition."),
        Field::optional("function", Kind::Object(&FUNCTION), "What a function takes and gives."),
        Field::optional("collection", Kind::Boolean, "Whether it is a list of what is said beside it."),
        Field::optional("allowedValues", Kind::UnaryTests, "FEEL tests of a value; of a list, of each of its items."),
        Field::optional(
            "typeConstraint",
            Kind::UnaryTests,
            "FEEL tests of a value; of a list, of the list as a whole.",
        ),
    ],
);

static FUNCTION: Shape = Shape::new(
    "function type",
    "What a function takes and gives.",
    &[
        Field::required("params", Kind::List(&DEFINITIONS), "What it takes, in order."),
        Field::optional("returns", Kind::Text, "The type of what it gives."),
    ],
);

/// Reads a list of item definitions and adds them to `known`, which they may speak of; or says all that is wrong with it.
pub(crate) fn read_definitions(text: &str, known: &ItemDefinitions) -> Result<ItemDefinitions, Vec<Diagnostic>> {
    let json = reader::json(text).map_err(|fault| vec![fault])?;
    let mut scope = scope_of(known);
    scope.faults = reader::faults_of_list(&json, &DEFINITIONS);
    scope.add_builtins();
    let nodes = Node::document(&json).items();
    let mut builder = Builder { scope: &mut scope, nodes: &nodes, open: Vec::new() };
    nodes.iter().for_each(|node| builder.declare(node));
    for node in &nodes {
        builder.defined(name_of(node), node);
    }
    if scope.faults.is_empty() { Ok(scope.definitions) } else { Err(scope.faults) }
}

/// The type that `text` names, where `known` are defined; its faults have places in the text.
pub(crate) fn read_type(text: &str, known: &ItemDefinitions) -> Result<Type, Vec<Diagnostic>> {
    let mut scope = scope_of(known);
    scope.type_written("", text).ok_or(scope.faults)
}

fn scope_of(known: &ItemDefinitions) -> Scope {
    let mut scope = Scope { definitions: known.clone(), ..Scope::default() };
    known.types.iter().for_each(|(name, _)| scope.names.add_type(name.clone()));
    scope
}

fn name_of<'j>(node: &Node<'j>) -> &'j str {
    node.text_of("name").unwrap_or_default()
}

struct Builder<'s, 'n, 'j> {
    scope: &'s mut Scope,
    nodes: &'n [Node<'j>],
    /// The definitions that are being read, each made of the next.
    open: Vec<Arc<str>>,
}

impl Builder<'_, '_, '_> {
    /// Puts the name of a definition into scope.
    fn declare(&mut self, node: &Node<'_>) {
        let name = name_of(node);
        let first = self.nodes.iter().find(|other| name_of(other) == name);
        let taken = self.scope.definitions.get(name).is_some() || Type::named(name).is_some();
        if taken || first.is_some_and(|first| first.pointer != node.pointer) {
            let message = format!("a type is called `{name}` already");
            let place = Place::at(format!("{}/name", node.pointer));
            self.scope.fault(Diagnostic::new(&code::DUPLICATE_NAME, place, message).help("take another name"));
        }
        if !name.is_empty() {
            self.scope.names.add_type(name);
        }
    }

    /// The type of that name, which is read now if it was not yet; `from` is where it is named.
    fn defined(&mut self, name: &str, from: &Node<'_>) -> Option<Type> {
        if let Some(known) = self.scope.definitions.get(name) {
            return Some(known);
        }
        let nodes = self.nodes;
        let node = nodes.iter().find(|node| name_of(node) == name)?;
        if let Some(begun) = self.open.iter().position(|open| **open == *name) {
            self.scope.fault(made_of_itself(self.open.get(begun..).unwrap_or_default(), from));
            return Some(Type::Any);
        }
        let name: Arc<str> = name.into();
        self.open.push(name.clone());
        let base = self.item(node, &name);
        self.open.pop();
        let made = match base {
            Type::Defined(made) if made.name == name => Type::Defined(made),
            base => Type::Defined(Arc::new(Definition { name: name.clone(), base, allowed: None })),
        };
        self.scope.definitions.types.push((name, made.clone()));
        Some(made)
    }

    /// What the definition at `node` says, `name` being its name in messages.
    fn item(&mut self, node: &Node<'_>, name: &str) -> Type {
        let says: Vec<Node<'_>> =
            ["components", "function", "typeRef"].iter().filter_map(|key| node.field(key)).collect();
        if let [_, second, ..] = says.as_slice() {
            let message = "an item definition is either a context, a function or another type";
            let diagnostic = Diagnostic::new(&code::WRONG_FIELD, second.key_place(), message);
            self.scope.fault(diagnostic.help("keep one of `components`, `function` and `typeRef`"));
        }
        let one = match (node.field("components"), node.field("function"), node.field("typeRef")) {
            (Some(components), _, _) => {
                let components = components.items();
                let entry = |component: &Node<'_>| {
                    let key = name_of(component);
                    (Arc::from(key), self.item(component, &format!("{name}.{key}")))
                };
                Type::Context(Arc::new(components.iter().map(entry).collect()))
            }
            (_, Some(function), _) => {
                let parameters = function.items_of("params");
                let parameters = parameters.iter().map(|parameter| self.item(parameter, name_of(parameter))).collect();
                let result = function.field("returns").map_or(Type::Any, |result| self.reference(&result));
                Type::Function { parameters: Arc::new(parameters), result: Arc::new(result) }
            }
            (_, _, Some(reference)) => self.reference(&reference),
            _ => Type::Any,
        };
        let one = self.restricted(node, "allowedValues", one, name);
        let all = if node.is_true("collection") { Type::list(one) } else { one };
        self.restricted(node, "typeConstraint", all, name)
    }

    /// The type that is named at `node`.
    fn reference(&mut self, node: &Node<'_>) -> Type {
        let Some(written) = node.text().and_then(|text| self.scope.type_name(&node.pointer, text)) else {
            return Type::Any;
        };
        type_of(&written, &mut |name| self.defined(name, node)).unwrap_or_else(|unknown| {
            self.scope.unknown_type(&node.pointer, &unknown);
            Type::Any
        })
    }

    /// The type whose values pass the tests in the field `keyword`, if there are any.
    fn restricted(&mut self, node: &Node<'_>, keyword: &str, base: Type, name: &str) -> Type {
        let Some((field, text)) = node.field(keyword).and_then(|field| Some((field.clone(), field.text()?))) else {
            return base;
        };
        let tests = self.scope.unary_tests(&field, text);
        let of = base.structure();
        let name = Arc::from(name);
        if let Some(texts) = texts_of(&tests.expr).filter(|_| of == Type::String) {
            return Type::Defined(Arc::new(Definition { name, base: Type::OneOf(texts), allowed: None }));
        }
        let allowed = u32::try_from(self.scope.definitions.allowed.len()).ok();
        self.scope.definitions.allowed.push(AllowedValues { tests, of });
        Type::Defined(Arc::new(Definition { name, base, allowed }))
    }
}

/// The texts of tests that are nothing but texts.
fn texts_of(tests: &Expr) -> Option<Arc<Vec<Arc<str>>>> {
    let ExprKind::UnaryTests { negated: false, tests } = &tests.kind else { return None };
    let text = |test: &Expr| if let ExprKind::String(text) = &test.kind { Some(text.clone()) } else { None };
    tests.iter().map(text).collect::<Option<Vec<_>>>().filter(|texts| !texts.is_empty()).map(Arc::new)
}

/// The fault of a definition whose circle closes at `node`; `circle` are the definitions in it, each made of the next.
pub(super) fn made_of_itself(circle: &[Arc<str>], node: &Node<'_>) -> Diagnostic {
    let message = match circle {
        [only] => format!("`{only}` is made of itself"),
        circle => {
            let names: Vec<String> = circle.iter().chain(circle.first()).map(|name| format!("`{name}`")).collect();
            names.join(", which is made of ").replacen(", which is", " is", 1)
        }
    };
    Diagnostic::new(&code::RECURSIVE_TYPE, node.place(), message)
        .help("no value could be of such a type; write out what it holds as far as rules read it")
}

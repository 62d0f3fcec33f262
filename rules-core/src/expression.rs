//! FEEL by itself, outside any pack: names with values, and expressions over them.

mod program;
mod typed;

pub use program::{FeelExpression, FeelProgram};

use std::borrow::Cow;
use std::sync::{Arc, LazyLock};

use crate::builtins;
use crate::check::{check_alone, check_definitions};
use crate::code;
use crate::compile::compile_alone;
use crate::diagnostic::Diagnostic;
use crate::eval::{self, DeclaredTypes};
use crate::feel::ast::Expr;
use crate::feel::{Names, SyntaxFault, parse_expression};
use crate::model::ItemDefinitions;
use crate::pack::{read_definitions, read_type};
use crate::program::{Lambda, Node, Program};
use crate::source::{Place, Span};
use crate::types::{Type, of_value};
use crate::value::json;
use crate::value::unknown::{Marks, Unknown};
use crate::value::{Date, TimeZones, Value, text};

/// The names that every text may use.
static BUILTINS: LazyLock<Names<'static>> = LazyLock::new(|| {
    let mut names = Names::new();
    for builtin in builtins::all().iter().copied().flatten() {
        names.add_function(builtin.name);
    }
    names
});

/// FEEL outside any pack: names with their values, and the date of the decision.
///
/// The semantics are those of DMN 1.5 where every value is supplied: nothing is checked beforehand, and what cannot mean
/// anything is null with a reason.
///
/// ```
/// let mut feel = rules_core::Feel::new();
/// feel.read("{price: 80, days: [1, 2, 3]}").unwrap();
/// let answer = feel.evaluate("price * count(days)").unwrap();
/// assert_eq!(answer.feel(), "240");
/// assert_eq!(feel.evaluate("price / 0").unwrap().reason(), Some("a number is divided by 0"));
/// ```
#[derive(Clone, Debug)]
pub struct Feel {
    names: Vec<Arc<str>>,
    values: Vec<Value>,
    definitions: ItemDefinitions,
    /// The declared types, names aside, which may have no value yet.
    declared: Vec<(Arc<str>, Type)>,
    result: Option<Type>,
    /// What a text may name: all of the above with the types, and what may follow a dot.
    scope: Arc<Names<'static>>,
    as_of: Option<Date>,
    zones: Option<TimeZones>,
    /// What the functions among the values do.
    lambdas: Vec<Lambda>,
}

/// What an expression gives.
#[derive(Clone, Debug)]
pub struct FeelAnswer {
    value: Value,
    reason: Option<builtins::Reason>,
}

/// What can be said of an expression before it is evaluated.
#[derive(Clone, Debug)]
pub struct FeelCheck {
    diagnostics: Vec<Diagnostic>,
    value_type: Type,
}

impl FeelCheck {
    /// Faults of the syntax; without any, those of names and types.
    #[must_use]
    pub fn diagnostics(&self) -> &[Diagnostic] {
        &self.diagnostics
    }

    /// The type in FEEL's words: `number`, `list<date>`.
    #[must_use]
    pub fn words(&self) -> String {
        self.value_type.to_string()
    }

    /// Whether an expression of this type can have given `answer`. Null counts where the type says that it may come; what is
    /// not known counts always.
    #[must_use]
    pub fn allows(&self, answer: &FeelAnswer) -> bool {
        self.value_type.holds(&answer.value)
    }
}

impl Default for Feel {
    fn default() -> Self {
        Self::new()
    }
}

impl Feel {
    /// FEEL without any names but those of the builtin functions.
    #[must_use]
    pub fn new() -> Self {
        let scope = Arc::new(Names::within(&BUILTINS));
        Self {
            names: Vec::new(),
            values: Vec::new(),
            definitions: ItemDefinitions::default(),
            declared: Vec::new(),
            result: None,
            scope,
            as_of: None,
            zones: None,
            lambdas: Vec::new(),
        }
    }

    /// Sets the date that `today()` gives, written `YYYY-MM-DD`; false when it is no date.
    pub fn decide_at(&mut self, date: &str) -> bool {
        self.as_of = Date::parse(date);
        self.as_of.is_some()
    }

    /// Hands in the rules of time zones, before values that need them are read. Without them a date and time of a region is kept, and what depends on the rules is null.
    pub fn use_time_zones(&mut self, zones: TimeZones) {
        self.zones = Some(zones);
    }

    /// Adds the entries of a FEEL context (`{age: 17, born: @"2003-05-01"}`) as names with values.
    ///
    /// ```
    /// let mut feel = rules_core::Feel::new();
    /// feel.read("{twice: function(x) 2 * x}").unwrap();
    /// feel.read("{once more: function(x) twice(x) + x}").unwrap();
    /// assert_eq!(feel.evaluate("[(function(y) y + 1)(1), twice(2), once more(3)]").unwrap().feel(), "[2, 4, 9]");
    /// ```
    ///
    /// # Errors
    /// All faults of its syntax, or that it is no context, or takes too much work.
    pub fn read(&mut self, context: &str) -> Result<(), Vec<Diagnostic>> {
        let (program, node) = self.compiled(context)?;
        let answer = self.run(&program, &node, &DeclaredTypes::default())?;
        let Value::Context(entries) = &answer.value else {
            let found = answer.reason().unwrap_or_else(|| text::kind(&answer.value));
            let message = ["the values must be given as a FEEL context, and this is none: ", found].concat();
            return Err(vec![Diagnostic::new(&code::WRONG_TYPE, Place::at(""), message)]);
        };
        self.set(entries.entries().map(|(name, value)| (name.clone(), value.clone())).collect());
        if self.values.iter().any(holds_function) {
            self.lambdas = program.lambdas;
        }
        Ok(())
    }

    /// Adds names with their values as JSON, as [`FeelAnswer::typed`] gives them. Ranges and functions are not read.
    ///
    /// ```
    /// let mut feel = rules_core::Feel::new();
    /// feel.read_typed(r#"{"price": {"t": "number", "v": "80"}}"#).unwrap();
    /// assert_eq!(feel.evaluate("price * 1.2").unwrap().typed(), r#"{"t":"number","v":"96"}"#);
    /// ```
    ///
    /// # Errors
    /// The first value that is none, with its place.
    pub fn read_typed(&mut self, values: &str) -> Result<(), Vec<Diagnostic>> {
        let json = json::parse(values).map_err(|fault| {
            vec![Diagnostic::new(&code::NOT_JSON, Place::within("", Span::default()), fault.kind.message())]
        })?;
        self.set(typed::entries(&json, "", self.zones.as_ref()).map_err(|fault| vec![fault])?);
        Ok(())
    }

    /// Adds item definitions, a JSON list in the words of DMN: each has a `name` and a `typeRef`, `components` or a `function`
    /// (`params`, `returns`), and perhaps `collection`, `allowedValues` and `typeConstraint` (FEEL unary tests). Without any
    /// of these it is of any type. The names are types in texts that are read afterwards.
    ///
    /// ```
    /// let mut feel = rules_core::Feel::new();
    /// feel.define(r#"[{"name": "percentage", "typeRef": "number", "allowedValues": "[0..100]"}]"#).unwrap();
    /// assert_eq!(feel.evaluate("[50, \"all\"] instance of list<percentage>").unwrap().feel(), "false");
    /// let answer = feel.evaluate("(function(x: percentage) x)(150)").unwrap();
    /// assert_eq!(answer.reason(), Some("the value is not one that `percentage` allows"));
    /// ```
    ///
    /// # Errors
    /// All that is wrong with them, each with its place in the list; then none of them is added.
    pub fn define(&mut self, definitions: &str) -> Result<(), Vec<Diagnostic>> {
        let definitions = read_definitions(definitions, &self.definitions)?;
        let mut faults = check_definitions(&definitions);
        faults.retain(Diagnostic::is_error);
        if !faults.is_empty() {
            return Err(faults);
        }
        self.definitions = definitions;
        self.rescope();
        Ok(())
    }

    /// Declares the type of a name, in FEEL's words or as the name of an item definition. Wherever the name is read, its value
    /// is brought to the type: a list of one and its item are made of each other, a date becomes a date and time, and any
    /// other value is null. So is the name itself until it has a value.
    ///
    /// ```
    /// let mut feel = rules_core::Feel::new();
    /// feel.declare("days", "list<number>").unwrap();
    /// feel.read("{days: 3}").unwrap();
    /// assert_eq!(feel.evaluate("days").unwrap().feel(), "[3]");
    /// ```
    ///
    /// # Errors
    /// That the text is no type.
    pub fn declare(&mut self, name: &str, type_name: &str) -> Result<(), Vec<Diagnostic>> {
        let declared = read_type(type_name, &self.definitions)?;
        self.declared.retain(|(known, _)| **known != *name);
        let name = Arc::from(name);
        if !self.names.contains(&name) {
            self.set(vec![(Arc::clone(&name), Value::Null)]);
        }
        self.declared.push((name, declared));
        Ok(())
    }

    /// Declares the type of what expressions give from now on; it is brought to the type as [`Feel::declare`] says.
    ///
    /// ```
    /// let mut feel = rules_core::Feel::new();
    /// feel.returns("string").unwrap();
    /// assert_eq!(feel.evaluate("[\"a\"]").unwrap().feel(), "\"a\"");
    /// assert_eq!(feel.evaluate("1 + 1").unwrap().reason(), Some("the value is not of the type `string`"));
    /// ```
    ///
    /// # Errors
    /// That the text is no type.
    pub fn returns(&mut self, type_name: &str) -> Result<(), Vec<Diagnostic>> {
        self.result = Some(read_type(type_name, &self.definitions)?);
        Ok(())
    }

    /// Adds a name whose value is not known, as an absent fact of a case is not.
    pub fn not_known(&mut self, name: &str) {
        let number = u32::try_from(self.names.len()).unwrap_or(u32::MAX);
        self.set(vec![(Arc::from(name), Value::Unknown(Arc::new(Unknown::of(number))))]);
    }

    /// Evaluates an expression. For one that is evaluated often there is [`Feel::prepare`].
    ///
    /// # Errors
    /// All faults of its syntax, or that it takes more work than one case is allowed.
    pub fn evaluate(&self, expression: &str) -> Result<FeelAnswer, Vec<Diagnostic>> {
        self.value_of(expression, &self.declared_types())
    }

    fn value_of(&self, expression: &str, declared: &DeclaredTypes) -> Result<FeelAnswer, Vec<Diagnostic>> {
        let (program, node) = self.compiled(expression)?;
        self.run(&program, &node, declared)
    }

    /// The tree of an expression, or all faults of its syntax.
    fn tree(&self, expression: &str) -> Result<Expr, Vec<Diagnostic>> {
        let parsed = parse_expression(expression, &self.scope);
        if parsed.faults.is_empty() { Ok(parsed.expr) } else { Err(diagnostics(parsed.faults)) }
    }

    /// An expression made ready for [`Feel::run`].
    fn compiled(&self, expression: &str) -> Result<(Program, Node), Vec<Diagnostic>> {
        Ok(compile_alone(&self.tree(expression)?, &self.names, &self.lambdas, &self.definitions, self.zones.as_ref()))
    }

    /// Evaluates what was compiled, with the values as they are now.
    fn run(&self, program: &Program, node: &Node, declared: &DeclaredTypes) -> Result<FeelAnswer, Vec<Diagnostic>> {
        match eval::evaluate(program, node, Cow::Borrowed(&self.values), declared, self.as_of) {
            Ok((value, reason)) => Ok(FeelAnswer { value, reason }),
            Err(limit) => {
                let fault = eval::Fault::from(limit);
                Err(vec![Diagnostic {
                    code: fault.code,
                    message: fault.message,
                    place: Place::default(),
                    help: fault.help,
                }])
            }
        }
    }

    /// Checks an expression against the types of the values, without evaluating it.
    ///
    /// ```
    /// let mut feel = rules_core::Feel::new();
    /// feel.read("{price: 80, day: @\"2020-10-14\"}").unwrap();
    /// assert_eq!(feel.check("day + duration(\"P1D\")").words(), "date");
    /// let faults = feel.check("price < day").diagnostics().to_vec();
    /// assert_eq!(faults[0].message, "a number and a date have no order, so the result is always null");
    /// ```
    #[must_use]
    pub fn check(&self, expression: &str) -> FeelCheck {
        let expr = match self.tree(expression) {
            Ok(expr) => expr,
            Err(diagnostics) => return FeelCheck { diagnostics, value_type: Type::Any },
        };
        let types = self.names.iter().zip(&self.values).map(|(name, value)| self.type_of(name, value));
        let names: Vec<_> = self.names.iter().cloned().zip(types).collect();
        let (definitions, result, zones) = (&self.definitions, self.result.as_ref(), self.zones.as_ref());
        let (value_type, diagnostics) = check_alone(expression, expr, &names, definitions, result, zones);
        FeelCheck { diagnostics, value_type }
    }

    /// Gives names their values; what texts may name follows.
    fn set(&mut self, entries: Vec<(Arc<str>, Value)>) {
        for (name, value) in entries {
            let known = self.names.iter().position(|known| *known == name);
            match known.and_then(|place| self.values.get_mut(place)) {
                Some(old) => *old = value,
                None => {
                    self.names.push(name);
                    self.values.push(value);
                }
            }
        }
        self.rescope();
    }

    /// The type that a name is declared to have.
    fn declared(&self, name: &str) -> Option<&Type> {
        self.declared.iter().find(|(known, _)| **known == *name).map(|(_, declared)| declared)
    }

    /// The type of a name, as far as its value shows it.
    fn type_of(&self, name: &str, value: &Value) -> Type {
        let types = DeclaredTypes { result: None, ..self.declared_types() };
        let declared = self.declared(name).map(Type::structure);
        let read = declared.as_ref().and_then(|_| self.value_of(name, &types).ok());
        let value = read.as_ref().map_or(value, |read| &read.value);
        match declared {
            Some(declared) if !value.is_null() => declared,
            _ if value.is_null() => Type::Any,
            _ => of_value(value).widened(),
        }
    }

    /// The types that values and results are brought to.
    fn declared_types(&self) -> DeclaredTypes {
        let places = self.names.iter().enumerate();
        let values = places.filter_map(|(place, name)| Some((place, self.declared(name)?.clone())));
        DeclaredTypes { values: values.collect(), result: self.result.clone() }
    }

    /// Brings up to date what a text may name.
    fn rescope(&mut self) {
        let mut scope = Names::within(&BUILTINS);
        for name in &self.names {
            scope.add(name.clone());
        }
        self.values.iter().for_each(|value| add_members(value, &mut scope));
        self.definitions.types.iter().for_each(|(name, _)| scope.add_type(name.clone()));
        self.scope = Arc::new(scope);
    }
}

fn holds_function(value: &Value) -> bool {
    match value {
        Value::Function(_) => true,
        Value::List(items) => items.iter().any(holds_function),
        Value::Context(context) => context.entries().any(|(_, value)| holds_function(value)),
        _ => false,
    }
}

fn diagnostics(faults: Vec<SyntaxFault>) -> Vec<Diagnostic> {
    let diagnostic = |fault: SyntaxFault| Diagnostic {
        code: fault.code,
        message: fault.message,
        place: Place::within("", fault.span),
        help: fault.help,
    };
    faults.into_iter().map(diagnostic).collect()
}

/// Names the keys of contexts, so that those with spaces in them are read after a dot.
fn add_members(value: &Value, names: &mut Names<'_>) {
    match value {
        Value::Context(context) => {
            for (key, value) in context.entries() {
                names.add_member(key.clone());
                add_members(value, names);
            }
        }
        Value::List(items) => items.iter().for_each(|item| add_members(item, names)),
        _ => {}
    }
}

impl FeelAnswer {
    /// The value as FEEL source; `unknown` where it depends on values that are not known.
    #[must_use]
    pub fn feel(&self) -> String {
        text::feel_literal(&self.value)
    }

    /// Whether no part of the value depends on values that are not known.
    #[must_use]
    pub fn is_settled(&self) -> bool {
        !Marks::default().note_deep(&self.value)
    }

    /// Why the value is null.
    #[must_use]
    pub fn reason(&self) -> Option<&str> {
        self.reason.as_ref().map(|reason| &*reason.0)
    }

    /// The value as JSON with its type, as the cases of the conformance kit have it: `{"t":"number","v":"1.5"}`.
    #[must_use]
    pub fn typed(&self) -> String {
        let mut out = Vec::new();
        typed::written(&self.value).write(&mut out);
        String::from_utf8(out).unwrap_or_default()
    }
}

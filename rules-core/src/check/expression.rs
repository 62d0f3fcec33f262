//! The type of every expression, and what is wrong with it on the way.

use std::sync::Arc;

use super::globals::{Global, Globals};
use super::known::Known;
use crate::code;
use crate::diagnostic::{Diagnostic, closest};
use crate::feel::ast::{BinaryOperator, ContextEntry, Expr, ExprKind, FormalParameter, TypeName};
use crate::model::Formula;
use crate::source::Span;
use crate::types::{Member, Type, members, of_value};
use crate::value::Value;
use crate::value::bounds::Bounds;
use crate::value::text::at_literal;

/// A name that only a part of a text sees.
#[derive(Clone, Debug)]
pub(super) enum Local {
    /// An iterator, a parameter or a context key. `origin` is the path of the fact that its values are, if they are one;
    /// `bounds` are those of a number.
    Name { name: Arc<str>, value_type: Type, origin: Option<String>, bounds: Bounds },
    /// Inside a filter: `item`, and the members of the item by their names.
    Item { value_type: Type, origin: Option<String>, written_out: bool },
}

/// The checking of one FEEL text.
pub(crate) struct Inference<'a> {
    pub(super) globals: &'a Globals,
    pub(super) formula: &'a Formula,
    pub(super) findings: &'a mut Vec<Diagnostic>,
    /// Innermost last.
    pub(super) locals: Vec<Local>,
    /// How many types around are guesses that have to come out again.
    pub(super) guesses: u8,
    /// What the conditions around have asked.
    pub(super) known: Vec<Known>,
    /// The type of `?` inside a unary test.
    pub(super) input: Option<Type>,
}

/// What a name was found to be.
pub(super) enum Found<'a> {
    Local { value_type: Type, origin: Option<String>, bounds: Bounds },
    Global { global: &'a Global },
}

impl<'a> Inference<'a> {
    /// Begins to check `formula`; its findings go to `findings`.
    pub(crate) fn new(globals: &'a Globals, formula: &'a Formula, findings: &'a mut Vec<Diagnostic>) -> Self {
        Self { globals, formula, findings, locals: Vec::new(), guesses: 0, known: globals.assumed.clone(), input: None }
    }

    /// The type of the whole text.
    pub(crate) fn whole(&mut self) -> Type {
        let formula = self.formula;
        self.infer(&formula.expr)
    }

    /// The type of `expr`, as narrow as what is known where it stands makes it.
    pub(super) fn infer(&mut self, expr: &Expr) -> Type {
        let found = self.infer_kind(expr);
        self.narrowed(expr, found)
    }

    fn infer_kind(&mut self, expr: &Expr) -> Type {
        match &expr.kind {
            ExprKind::Null => Type::Null,
            ExprKind::Boolean(_) => Type::Boolean,
            ExprKind::Number(_) => Type::Number,
            ExprKind::String(text) => Type::OneOf(Arc::new(vec![text.clone()])),
            ExprKind::At(text) => self.at(text, expr.span),
            ExprKind::Name(name) => self.name(name, expr.span),
            ExprKind::Input => self.question_mark(expr.span),
            ExprKind::Path { base, member, member_span } => self.path(base, member, *member_span),
            ExprKind::Filter { base, condition } => self.filter(base, condition),
            ExprKind::Call { function, arguments } => self.call(expr, function, arguments),
            ExprKind::Negate(operand) => self.negate(operand),
            ExprKind::Binary { operator, left, right } => self.binary(expr, *operator, left, right),
            ExprKind::Between { value, low, high } => self.between(value, low, high),
            ExprKind::In { value, tests } => self.membership(value, tests),
            ExprKind::Range { start, end, .. } => self.range(expr, start.as_deref(), end.as_deref()),
            ExprKind::UnaryComparison { operand, operator } => {
                let point = self.infer(operand);
                // everything but one value has no place beside other ranges
                Type::Range(Arc::new(if *operator == BinaryOperator::NotEqual { Type::Any } else { point }))
            }
            ExprKind::List(items) => {
                let types: Vec<Type> = items.iter().map(|item| self.infer(item)).collect();
                Type::list(types.into_iter().reduce(|left, right| left.join(&right)).unwrap_or(Type::Any))
            }
            ExprKind::Context(entries) => self.context(entries),
            ExprKind::If { condition, then, otherwise } => self.choice(condition, then, otherwise),
            ExprKind::For { iterators, body } => self.repetition(iterators, body),
            ExprKind::Quantified { iterators, condition, .. } => self.quantified(iterators, condition),
            ExprKind::InstanceOf { value, type_name } => {
                self.infer(value);
                self.named_type(type_name);
                Type::Boolean
            }
            ExprKind::Function { parameters, body } => self.function(parameters, body, &[]),
            ExprKind::UnaryTests { tests, .. } => {
                let input = self.input.clone().unwrap_or(Type::Any);
                let place = Expr { kind: ExprKind::Input, span: expr.span };
                for test in tests {
                    self.unary_test(test, &input, &place);
                }
                Type::Boolean
            }
            ExprKind::Error => Type::Any,
        }
    }

    fn at(&mut self, text: &str, span: Span) -> Type {
        if let Some(value) = self.literal(text, span) {
            return of_value(&value);
        }
        let message = format!("`{text}` is not a date, time, date and time or duration");
        let help = "write a date as `@\"2020-10-14\"`, a duration as `@\"P28D\"` or `@\"P1Y6M\"`";
        self.complain(&code::WRONG_TYPE, span, message, Some(help.to_owned()));
        Type::Any
    }

    /// The value of a literal, or of a text that a function reads as one. A zone that is not known is complained of.
    pub(super) fn literal(&mut self, text: &str, span: Span) -> Option<Value> {
        let value = at_literal(text, None);
        if value.is_some() && at_literal(text, self.globals.zones.as_ref()).is_none() {
            let message = format!("the time zone of `{text}` is not known, so that this is always null");
            let help = "time zones have the names of the IANA data, such as `Europe/London`";
            self.complain(&code::UNKNOWN_TIME_ZONE, span, message, Some(help.to_owned()));
        }
        value
    }

    fn question_mark(&mut self, span: Span) -> Type {
        if let Some(input) = &self.input {
            return input.clone();
        }
        let help = "it stands for the value of the column, in a cell of a decision table";
        self.complain(&code::UNKNOWN_NAME, span, "`?` means nothing here".to_owned(), Some(help.to_owned()));
        Type::Any
    }

    /// What `name` is, innermost first; builtins are no globals.
    pub(super) fn find(&self, name: &str) -> Option<Found<'a>> {
        for local in self.locals.iter().rev() {
            let (value_type, origin, bounds) = match local {
                Local::Name { name: known, value_type, origin, bounds } if **known == *name => {
                    (value_type.clone(), origin.clone(), *bounds)
                }
                // only the entries of contexts are names, not the parts of a date
                Local::Item { value_type, origin, .. } => match entry_of(value_type, name) {
                    Member::Is(member) => {
                        (member, origin.as_ref().map(|origin| format!("{origin}.{name}")), Bounds::default())
                    }
                    _ if name == "item" => (value_type.clone(), origin.clone(), Bounds::default()),
                    // the item may have the member or not, so nothing is known of the name
                    Member::Unknown => (Type::Any, None, Bounds::default()),
                    Member::Missing => continue,
                },
                Local::Name { .. } => continue,
            };
            return Some(Found::Local { value_type, origin, bounds });
        }
        Some(Found::Global { global: self.globals.get(name)? })
    }

    fn name(&mut self, name: &str, span: Span) -> Type {
        match self.find(name) {
            Some(Found::Local { value_type, .. }) => value_type,
            Some(Found::Global { global }) => global.value_type.clone(),
            None => match self.builtin_as_value(name) {
                Some(function) => function,
                None if self.is_in_filter_of_literals() => Type::Any,
                None => {
                    self.complain_of_unknown_name(name, span);
                    Type::Any
                }
            },
        }
    }

    fn complain_of_unknown_name(&mut self, name: &str, span: Span) {
        let mut names: Vec<Arc<str>> = Vec::new();
        for local in &self.locals {
            match local {
                Local::Name { name, .. } => names.push(name.clone()),
                Local::Item { value_type, .. } => names.extend(members(value_type).into_iter().map(|(name, _)| name)),
            }
        }
        let locals: Vec<&str> = names.iter().map(AsRef::as_ref).collect();
        let help = match self.globals.closest(name, &locals) {
            _ if at_literal(name, None).is_some() => format!("a duration is written `duration(\"{name}\")`"),
            _ if matches!(name, "nil" | "none" | "None" | "undefined") => "no value is written `null`".to_owned(),
            _ if matches!(name, "yes" | "Yes") => "yes is written `true`".to_owned(),
            _ if matches!(name, "no" | "No") => "no is written `false`".to_owned(),
            Some(near) => format!("did you mean `{near}`?"),
            None => "declare it as a fact, parameter, reading or decision; a text stands in double quotes".to_owned(),
        };
        self.complain(&code::UNKNOWN_NAME, span, format!("nothing is called `{name}`"), Some(help));
    }

    fn path(&mut self, base: &Expr, member: &str, member_span: Span) -> Type {
        let found = self.infer(base);
        let base_type = if found.member(member) == Member::Unknown { found } else { self.guarded(base, found) };
        match base_type.member(member) {
            Member::Is(found) => found,
            Member::Unknown => Type::Any,
            // in a list that is written out, items may well differ in their members
            Member::Missing if is_written_out(base) => match base_type.item().without_null() {
                // a list inside gives a list of its own
                Type::List(_) | Type::Any => Type::list(Type::Any),
                _ => Type::list(Type::Null),
            },
            Member::Missing => {
                let known = members(&base_type);
                let message = match known.is_empty() {
                    true => {
                        format!("{} has no members, so `.{member}` is always null", base_type.without_null().words())
                    }
                    false => format!("{} has no member `{member}`", base_type.without_null().words()),
                };
                let help = match closest(member, known.iter().map(|(name, _)| &**name)) {
                    Some(near) => Some(format!("did you mean `{near}`?")),
                    None if known.is_empty() => Some(match base_type.without_null() {
                        Type::String | Type::OneOf(_) if member == "length" => {
                            format!("write `string length({})`", self.text_of(base.span))
                        }
                        Type::List(_) if matches!(member, "length" | "size") => {
                            format!("write `count({})`", self.text_of(base.span))
                        }
                        _ => "only contexts, dates, times, durations and ranges have members".to_owned(),
                    }),
                    None => {
                        let names: Vec<String> = known.iter().map(|(name, _)| format!("`{name}`")).collect();
                        Some(format!("its members are {}", names.join(", ")))
                    }
                };
                self.complain(&code::UNKNOWN_MEMBER, member_span, message, help);
                Type::Any
            }
        }
    }

    /// Whether some filter around `expr` runs over a list that is written out, whose items may differ in their members.
    fn is_in_filter_of_literals(&self) -> bool {
        self.locals.iter().any(|local| matches!(local, Local::Item { written_out: true, .. }))
    }

    fn context(&mut self, entries: &[ContextEntry]) -> Type {
        let before = self.locals.len();
        let outer = self.known.clone();
        let mut types: Vec<(Arc<str>, Type)> = Vec::new();
        for entry in entries {
            let value_type = self.infer(&entry.value);
            if types.iter().any(|(key, _)| *key == entry.key) {
                let message = format!("the key `{}` comes twice, so the whole context is null", entry.key);
                self.complain(&code::DUPLICATE_KEY, entry.key_span, message, Some("give each key once".to_owned()));
            }
            self.push_name(&entry.key, value_type.clone());
            // behind its entry the key means the entry
            self.known.retain(|known| !known.names.contains(&entry.key));
            types.push((entry.key.clone(), value_type));
        }
        self.known = outer;
        self.locals.truncate(before);
        Type::Context(Arc::new(types))
    }

    /// A function that is written out; `given` are the types of what it is called with, where that is known.
    pub(super) fn function(&mut self, parameters: &[FormalParameter], body: &Expr, given: &[Type]) -> Type {
        self.expect_distinct(parameters.iter().map(|parameter| (&parameter.name, parameter.name_span)));
        let names: Vec<Arc<str>> = parameters.iter().map(|parameter| parameter.name.clone()).collect();
        self.in_scope(&names, |inference| {
            let mut types = Vec::new();
            for (index, parameter) in parameters.iter().enumerate() {
                let taken = match &parameter.type_name {
                    Some(name) => inference.named_type(name),
                    None => given.get(index).cloned().unwrap_or(Type::Any),
                };
                types.push(taken.clone());
                inference.push_name(&parameter.name, taken);
            }
            let result = inference.infer(body);
            Type::Function { parameters: Arc::new(types), result: Arc::new(result) }
        })
    }

    /// The type that is named, with a fault when there is none of the name.
    pub(super) fn named_type(&mut self, name: &TypeName) -> Type {
        let definitions = &self.globals.definitions;
        match definitions.resolve(name) {
            Ok(found) => found.structure(),
            Err(unknown) => {
                self.findings.push(definitions.unknown(&unknown, self.formula.place(unknown.span)));
                Type::Any
            }
        }
    }

    /// Complains when one construct declares a name twice, so that the first could never be used.
    pub(super) fn expect_distinct<'n>(&mut self, names: impl std::iter::Iterator<Item = (&'n Arc<str>, Span)>) {
        let mut seen: Vec<&Arc<str>> = Vec::new();
        for (name, span) in names {
            if seen.contains(&name) {
                let message = format!("`{name}` is declared twice here");
                let help = "give the two different names".to_owned();
                self.complain(&code::DUPLICATE_NAME, span, message, Some(help));
            }
            seen.push(name);
        }
    }

    /// Adds a local name of which nothing but the type is known.
    pub(super) fn push_name(&mut self, name: &Arc<str>, value_type: Type) {
        let (name, bounds) = (name.clone(), Bounds::default());
        self.locals.push(Local::Name { name, value_type, origin: None, bounds });
    }

    /// Runs `check` inside a scope of its own: the names in `hides` mean something new there, and what was known of the
    /// outer ones does not hold of them.
    pub(super) fn in_scope<T>(&mut self, hides: &[Arc<str>], check: impl FnOnce(&mut Self) -> T) -> T {
        let locals = self.locals.len();
        let mut inner = self.known.clone();
        inner.retain(|known| !known.names.iter().any(|name| hides.contains(name)));
        let outer = std::mem::replace(&mut self.known, inner);
        let result = check(self);
        self.known = outer;
        self.locals.truncate(locals);
        result
    }
}

/// The entry `name` of an item that is a context, or may be one.
fn entry_of(item: &Type, name: &str) -> Member {
    match item.without_null() {
        Type::Context(_) | Type::Any => item.member(name),
        _ => Member::Missing,
    }
}

/// Whether `expr` is a list literal, or a part of one.
pub(super) fn is_written_out(expr: &Expr) -> bool {
    match &expr.kind {
        ExprKind::List(_) => true,
        ExprKind::Path { base, .. } | ExprKind::Filter { base, .. } => is_written_out(base),
        _ => false,
    }
}

//! The type of every expression, and what is wrong with it on the way.

use std::sync::Arc;

use super::globals::{GlobalKind, Globals};
use crate::code;
use crate::diagnostic::{Diagnostic, closest};
use crate::feel::ast::{ContextEntry, Expr, ExprKind, FormalParameter, TypeName};
use crate::model::Formula;
use crate::source::Span;
use crate::types::{Member, Type, members, of_value};
use crate::value::Value;
use crate::value::text::at_literal;

/// A name that only a part of a text sees.
#[derive(Clone, Debug)]
pub(super) enum Local {
    /// An iterator, a parameter or a context key. `from_facts` says that its values come as they are from facts.
    Name { name: Arc<str>, value_type: Type, from_facts: bool },
    /// Inside a filter: `item`, and the members of the item by their names.
    Item { value_type: Type, from_facts: bool, written_out: bool },
}

/// The checking of one FEEL text.
pub(crate) struct Inference<'a> {
    pub(super) globals: &'a Globals,
    pub(super) formula: &'a Formula,
    pub(super) findings: &'a mut Vec<Diagnostic>,
    /// Innermost last.
    pub(super) locals: Vec<Local>,
    /// Names and paths that cannot be null here, because a condition around has asked; as written.
    pub(super) guarded: Vec<String>,
    /// The type of `?` inside a unary test.
    pub(super) input: Option<Type>,
}

/// What a name was found to be.
pub(super) enum Found<'a> {
    Local { value_type: Type, from_facts: bool },
    Global { kind: &'a GlobalKind, value_type: &'a Type },
}

impl<'a> Inference<'a> {
    /// Begins to check `formula`; its findings go to `findings`.
    pub(crate) fn new(globals: &'a Globals, formula: &'a Formula, findings: &'a mut Vec<Diagnostic>) -> Self {
        Self { globals, formula, findings, locals: Vec::new(), guarded: Vec::new(), input: None }
    }

    /// The type of the whole text.
    pub(crate) fn whole(&mut self) -> Type {
        let formula = self.formula;
        self.infer(&formula.expr)
    }

    /// The type of `expr`.
    pub(super) fn infer(&mut self, expr: &Expr) -> Type {
        match &expr.kind {
            ExprKind::Null => Type::Null,
            ExprKind::Boolean(_) => Type::Boolean,
            ExprKind::Number(_) => Type::Number,
            ExprKind::String(text) => Type::OneOf(Arc::new(vec![text.clone()])),
            ExprKind::At(text) => self.at(text, expr.span),
            ExprKind::Name(name) => self.name(name, expr.span),
            ExprKind::Input => self.question_mark(expr.span),
            ExprKind::Path { base, member, member_span } => self.path(expr, base, member, *member_span),
            ExprKind::Filter { base, condition } => self.filter(base, condition),
            ExprKind::Call { function, arguments } => self.call(expr, function, arguments),
            ExprKind::Negate(operand) => self.negate(operand),
            ExprKind::Binary { operator, left, right } => self.binary(expr, *operator, left, right),
            ExprKind::Between { value, low, high } => self.between(value, low, high),
            ExprKind::In { value, tests } => self.membership(value, tests),
            ExprKind::Range { start, end, .. } => self.range(expr, start.as_deref(), end.as_deref()),
            ExprKind::UnaryComparison { operand, .. } => {
                let point = self.infer(operand);
                Type::Range(Arc::new(point))
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
            ExprKind::Function { parameters, body } => self.function(parameters, body),
            ExprKind::UnaryTests { tests, .. } => {
                let input = self.input.clone().unwrap_or(Type::Any);
                let place = Expr { kind: ExprKind::Input, span: expr.span };
                tests.iter().for_each(|test| self.unary_test(test, &input, &place));
                Type::Boolean
            }
            ExprKind::Error => Type::Any,
        }
    }

    fn at(&mut self, text: &str, span: Span) -> Type {
        if let Some(value) = self.literal(text, span) {
            return of_value(&value);
        }
        let message = format!("`{text}` is no date, time, date and time or duration");
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
            match local {
                Local::Name { name: known, value_type, from_facts } if **known == *name => {
                    return Some(Found::Local { value_type: value_type.clone(), from_facts: *from_facts });
                }
                // only the entries of contexts are names, not the parts of a date
                Local::Item { value_type, from_facts, .. } => match entry_of(value_type, name) {
                    Member::Is(member) => return Some(Found::Local { value_type: member, from_facts: *from_facts }),
                    _ if name == "item" => {
                        return Some(Found::Local { value_type: value_type.clone(), from_facts: *from_facts });
                    }
                    // the item may have the member or not, so nothing is known of the name
                    Member::Unknown => return Some(Found::Local { value_type: Type::Any, from_facts: false }),
                    Member::Missing => {}
                },
                Local::Name { .. } => {}
            }
        }
        let global = self.globals.get(name)?;
        Some(Found::Global { kind: &global.kind, value_type: &global.value_type })
    }

    fn name(&mut self, name: &str, span: Span) -> Type {
        match self.find(name) {
            Some(Found::Local { value_type, .. }) => self.narrowed(name, value_type),
            Some(Found::Global { value_type, .. }) => {
                let value_type = value_type.clone();
                self.narrowed(name, value_type)
            }
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

    /// `found` without null where a condition around has ruled null out.
    fn narrowed(&self, written: &str, found: Type) -> Type {
        match found {
            Type::Nullable(inner) if self.guarded.iter().any(|name| name == written) => (*inner).clone(),
            other => other,
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
            Some(near) => format!("did you mean `{near}`?"),
            None => "declare it as a fact, parameter, reading or decision; a text stands in double quotes".to_owned(),
        };
        self.complain(&code::UNKNOWN_NAME, span, format!("nothing is called `{name}`"), Some(help));
    }

    fn path(&mut self, whole: &Expr, base: &Expr, member: &str, member_span: Span) -> Type {
        let base_type = self.infer(base);
        match base_type.member(member) {
            Member::Is(found) => {
                self.expect_guarded(base, &base_type);
                let written = crate::feel::print(whole);
                self.narrowed(&written, found)
            }
            Member::Unknown => Type::Any,
            // in a list that is written out, items may well differ in their members
            Member::Missing if is_written_out(base) => Type::list(Type::Null),
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
                    None if known.is_empty() => None,
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

    /// Whether `expr` is a fact's name or path (also of an item of a list of facts), so that its null comes from a case.
    pub(super) fn is_nullable_fact(&self, expr: &Expr) -> bool {
        match &expr.kind {
            ExprKind::Name(name) => match self.find(name) {
                Some(Found::Local { from_facts, .. }) => from_facts,
                Some(Found::Global { kind, .. }) => kind == &GlobalKind::Fact,
                None => false,
            },
            ExprKind::Path { base, .. } => self.is_nullable_fact(base),
            ExprKind::Input => matches!(self.input, Some(Type::Nullable(_))),
            _ => false,
        }
    }

    /// Whether a condition around has already ruled out that `expr` is null.
    pub(super) fn was_nullable(&self, expr: &Expr) -> bool {
        let written = crate::feel::print(expr);
        self.guarded.contains(&written)
    }

    /// Whether the items of `expr` come as they are from facts.
    pub(super) fn is_of_facts(&self, expr: &Expr) -> bool {
        match &expr.kind {
            ExprKind::Filter { base, .. } => self.is_of_facts(base),
            _ => self.is_nullable_fact(expr),
        }
    }

    /// Whether some filter around `expr` runs over a list that is written out, whose items may differ in their members.
    fn is_in_filter_of_literals(&self) -> bool {
        self.locals.iter().any(|local| matches!(local, Local::Item { written_out: true, .. }))
    }

    fn context(&mut self, entries: &[ContextEntry]) -> Type {
        let before = self.locals.len();
        let mut types: Vec<(Arc<str>, Type)> = Vec::new();
        for entry in entries {
            let value_type = self.infer(&entry.value);
            if types.iter().any(|(key, _)| *key == entry.key) {
                let message = format!("the key `{}` comes twice, so that the whole context is null", entry.key);
                self.complain(&code::DUPLICATE_KEY, entry.key_span, message, Some("give each key once".to_owned()));
            }
            self.push_name(&entry.key, value_type.clone(), false);
            types.push((entry.key.clone(), value_type));
        }
        self.locals.truncate(before);
        Type::Context(Arc::new(types))
    }

    fn function(&mut self, parameters: &[FormalParameter], body: &Expr) -> Type {
        let before = self.locals.len();
        let mut types = Vec::new();
        self.expect_distinct(parameters.iter().map(|parameter| (&parameter.name, parameter.name_span)));
        for parameter in parameters {
            let value_type = parameter.type_name.as_ref().map_or(Type::Any, |name| self.named_type(name));
            let given = value_type.structure();
            types.push(given.clone());
            // an argument of the right kind that the type does not allow comes in as null
            let inside = if value_type.is_restricted() { given.or_null() } else { given };
            self.push_name(&parameter.name, inside, false);
        }
        let result = self.infer(body);
        self.locals.truncate(before);
        Type::Function { parameters: Arc::new(types), result: Arc::new(result) }
    }

    /// The type that is named, with a fault when there is none of the name.
    pub(super) fn named_type(&mut self, name: &TypeName) -> Type {
        let definitions = &self.globals.definitions;
        match definitions.resolve(name) {
            Ok(found) => found,
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

    /// Adds a local name; what was ruled out of the outer name of the same spelling no longer counts.
    pub(super) fn push_name(&mut self, name: &Arc<str>, value_type: Type, from_facts: bool) {
        self.locals.push(Local::Name { name: name.clone(), value_type, from_facts });
    }

    /// Runs `check` with what `names` cannot be null ruled out.
    pub(super) fn with_guards<T>(&mut self, names: Vec<String>, check: impl FnOnce(&mut Self) -> T) -> T {
        let before = self.guarded.len();
        self.guarded.extend(names);
        let result = check(self);
        self.guarded.truncate(before);
        result
    }

    /// Runs `check` inside a scope of its own: new names hide outer ones, and the guards of those with them.
    pub(super) fn in_scope<T>(&mut self, hides: &[Arc<str>], check: impl FnOnce(&mut Self) -> T) -> T {
        let locals = self.locals.len();
        let hidden = |guard: &String| {
            let root = guard.split('.').next().unwrap_or(guard);
            hides.iter().any(|name| **name == *root)
        };
        let inner: Vec<String> = self.guarded.iter().filter(|guard| !hidden(guard)).cloned().collect();
        let outer = std::mem::replace(&mut self.guarded, inner);
        let result = check(self);
        self.guarded = outer;
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

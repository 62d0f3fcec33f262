//! Calls: which signature of a builtin fits, and whether a function of the pack gets what it asks for.

use std::sync::Arc;

use super::complaints::conversion;
use super::constant;
use super::expression::{Found, Inference};
use super::globals::{Global, GlobalKind};
use crate::builtins::{self, Builtin, Parameter, Signature};
use crate::code;
use crate::diagnostic::closest;
use crate::feel::ast::{Arguments, Expr, ExprKind, NamedArgument};
use crate::source::Span;
use crate::types::{Type, of_value};
use crate::value::Value;

/// An argument of a call with its type, at the place of the parameter that takes it.
struct Given<'e> {
    expr: &'e Expr,
    value_type: Type,
}

/// A signature with the arguments put in place; several for the last parameter when it takes more.
type Bound<'e> = Vec<Vec<Given<'e>>>;

impl Inference<'_> {
    pub(super) fn call(&mut self, whole: &Expr, function: &Expr, arguments: &Arguments) -> Type {
        let ExprKind::Name(name) = &function.kind else {
            let types = self.infer_arguments(arguments);
            let found = match (&function.kind, arguments) {
                (ExprKind::Function { parameters, body }, Arguments::Positional(_)) => {
                    self.function(parameters, body, &types)
                }
                _ => self.infer(function),
            };
            return self.call_of_value(function.span, &found, None, arguments, &types);
        };
        // a fact or value may have the name of a builtin, which a call never means
        let builtin = builtins::find(name).map(|(_, builtin)| builtin);
        match self.find(name) {
            Some(Found::Local { value_type, .. })
                if builtin.is_none() || matches!(value_type, Type::Function { .. }) =>
            {
                let types = self.infer_arguments(arguments);
                self.call_of_value(function.span, &value_type, None, arguments, &types)
            }
            Some(Found::Global { global: Global { kind: GlobalKind::Function(names), value_type, .. } }) => {
                let types = self.infer_arguments(arguments);
                self.call_of_value(function.span, value_type, Some(names), arguments, &types)
            }
            Some(Found::Global { global }) if builtin.is_none() => {
                let types = self.infer_arguments(arguments);
                self.call_of_value(function.span, &global.value_type, None, arguments, &types)
            }
            _ => match builtin {
                Some(builtin) => self.call_of_builtin(whole, function.span, builtin, arguments),
                None => {
                    self.infer_arguments(arguments);
                    let help = match self.globals.closest_function(name) {
                        Some(near) => format!("did you mean `{near}`?"),
                        None => "the functions are listed in the reference of builtins".to_owned(),
                    };
                    let message = format!("there is no function `{name}`");
                    self.complain(&code::UNKNOWN_FUNCTION, function.span, message, Some(help));
                    Type::Any
                }
            },
        }
    }

    /// A builtin whose name stands for the function itself: `sort(list, before)`.
    pub(super) fn builtin_as_value(&self, name: &str) -> Option<Type> {
        let function = Type::Function { parameters: Arc::new(Vec::new()), result: Arc::new(Type::Any) };
        builtins::find(name).map(|_| function)
    }

    fn infer_arguments(&mut self, arguments: &Arguments) -> Vec<Type> {
        values_of(arguments).map(|value| self.infer(value)).collect()
    }

    /// The types of the arguments of a builtin. A function that is written out among them is called with items of the list,
    /// and with the new item where there is one.
    fn infer_arguments_of_builtin(&mut self, builtin: &Builtin, arguments: &Arguments) -> Vec<Type> {
        let mut types: Vec<Type> = values_of(arguments)
            .map(|value| if matches!(value.kind, ExprKind::Function { .. }) { Type::Any } else { self.infer(value) })
            .collect();
        let item =
            types.iter().find(|found| matches!(found.without_null(), Type::List(_))).map_or(Type::Any, Type::item);
        let second = if builtin.name == "sort" { item.clone() } else { types.last().cloned().unwrap_or(Type::Any) };
        let given = [item, second];
        for (value, found) in values_of(arguments).zip(&mut types) {
            if let ExprKind::Function { parameters, body } = &value.kind {
                *found = self.function(parameters, body, &given);
            }
        }
        types
    }

    /// A call of a function of the pack or of a function value; `names` are the parameters' names where they are known.
    fn call_of_value(
        &mut self,
        span: Span,
        found: &Type,
        names: Option<&[Arc<str>]>,
        arguments: &Arguments,
        types: &[Type],
    ) -> Type {
        let Type::Function { parameters, result } = found.without_null() else {
            if found != &Type::Any {
                let message = format!("{} is not a function and cannot be called", found.without_null().words());
                let help = "an operator may be missing before the parenthesis".to_owned();
                self.complain(&code::UNKNOWN_FUNCTION, span, message, Some(help));
            }
            return Type::Any;
        };
        let called = if names.is_some() { format!("`{}`", self.text_of(span)) } else { "the function".to_owned() };
        if types.len() != parameters.len() {
            let message = format!(
                "{called} takes {}, and gets {}",
                counted(parameters.len(), "argument"),
                if types.is_empty() { "none".to_owned() } else { types.len().to_string() }
            );
            let help = names.map(|names| format!("its parameters are {}", listed(names.iter().map(AsRef::as_ref))));
            self.complain(&code::WRONG_ARGUMENTS, span, message, help);
            return (**result).clone();
        }
        match arguments {
            Arguments::Positional(values) => {
                for ((value, found), wanted) in values.iter().zip(types).zip(parameters.iter()) {
                    self.expect_argument(value, found, wanted, &called);
                }
            }
            Arguments::Named(values) => {
                for (argument, found) in values.iter().zip(types) {
                    let Some(names) = names else { continue };
                    match names.iter().position(|name| *name == argument.name) {
                        Some(index) => {
                            if let Some(wanted) = parameters.get(index) {
                                self.expect_argument(&argument.value, found, wanted, &called);
                            }
                        }
                        None => self.complain_of_parameter(&argument.name, argument.name_span, names),
                    }
                }
            }
        }
        (**result).clone()
    }

    fn complain_of_parameter<T: AsRef<str>>(&mut self, name: &str, span: Span, known: &[T]) {
        let help = match closest(name, known.iter().map(AsRef::as_ref)) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("the parameters are {}", listed(known.iter().map(AsRef::as_ref))),
        };
        self.complain(&code::WRONG_ARGUMENTS, span, format!("there is no parameter `{name}`"), Some(help));
    }

    fn expect_argument(&mut self, value: &Expr, found: &Type, wanted: &Type, function: &str) {
        if found != &Type::Null && !found.may_become(wanted) {
            let message =
                format!("{function} takes {} here, and this is {}", wanted.words(), found.without_null().words());
            self.complain(&code::WRONG_TYPE, value.span, message, conversion(value, found, wanted));
        } else if !wanted.may_be_null() {
            self.guarded(value, found.clone());
        }
    }

    fn call_of_builtin(&mut self, whole: &Expr, span: Span, builtin: &Builtin, arguments: &Arguments) -> Type {
        if matches!(builtin.name, "today" | "now") && !self.globals.clock {
            let message = format!(
                "`{}()` reads the clock, so the same case would be decided differently another day",
                builtin.name
            );
            let help = "`as_of` is the date of the decision; other dates are facts".to_owned();
            self.complain(&code::CLOCK, whole.span, message, Some(help));
        }
        let types = self.infer_arguments_of_builtin(builtin, arguments);
        let mut fitting: Vec<(&Signature, Bound<'_>)> = builtin
            .signatures
            .iter()
            .filter_map(|signature| Some((signature, bind(signature.parameters, arguments, &types)?)))
            .collect();
        // one that names each argument comes before one that gathers them
        if fitting.iter().any(|(signature, _)| !signature.is_variadic()) {
            fitting.retain(|(signature, _)| !signature.is_variadic());
        }
        let Some((signature, bound)) = fitting.first() else {
            self.complain_of_arguments(span, builtin, arguments);
            return Type::Any;
        };
        if fitting.iter().all(|(signature, bound)| misfit(signature, bound).is_some()) {
            self.complain_of_misfit(builtin, signature, bound, fitting.len());
            return Type::Any;
        }
        fitting.retain(|(signature, bound)| misfit(signature, bound).is_none());
        if fitting.iter().any(|(signature, bound)| is_exact(signature, bound)) {
            fitting.retain(|(signature, bound)| is_exact(signature, bound));
        }
        let mut result: Option<Type> = None;
        for (signature, bound) in &fitting {
            let here = self.result_of_signature(builtin, signature, bound);
            result = Some(result.map_or(here.clone(), |before| before.join(&here)));
        }
        let result = result.unwrap_or(Type::Any);
        if let Arguments::Positional(values) = arguments
            && let [Expr { kind: ExprKind::String(text), span }] = values.as_slice()
            && text.contains('@')
            && let Some(value) = self.literal(text, *span)
            && matches!((builtin.name, value), ("time", Value::Time(_)) | ("date and time", Value::DateTime(_)))
        {
            // a region stays as it is written
            return result.without_null().clone();
        }
        match constant::of_call(builtin, arguments) {
            Some(Ok(value)) => of_value(&value),
            Some(Err(reason)) => {
                self.complain_of_null(whole, builtin, &reason, arguments);
                // in FEEL by itself that may be what is meant
                if self.globals.is_pack() { result.without_null().clone() } else { Type::Null }
            }
            None => result,
        }
    }

    /// The type that a signature gives; null as well when an argument may be something that its parameter does not take, or
    /// when the function has no result for some values of the right kind.
    fn result_of_signature(&mut self, builtin: &Builtin, signature: &Signature, bound: &Bound<'_>) -> Type {
        let mut types = Vec::new();
        let mut null = false;
        for (parameter, given) in signature.parameters.iter().zip(bound) {
            let accepts = (parameter.accepts)();
            let mut joined: Option<Type> = None;
            for argument in given {
                let mut found = argument.value_type.clone();
                if !accepts.may_be_null() && !parameter.optional {
                    found = self.guarded(argument.expr, found);
                }
                let found = coerced(&found, &accepts);
                let left_out = parameter.optional && found == Type::Null;
                null |= !(found.conforms_to(&accepts) || left_out || (self.globals.is_pack() && found.is_open()));
                joined = Some(joined.map_or(found.clone(), |before| before.join(&found)));
            }
            types.push(match (joined, parameter.variadic) {
                (Some(joined), true) => Type::list(joined),
                (None, true) => Type::list(Type::Any),
                (joined, false) => joined.unwrap_or(Type::Null),
            });
        }
        let result = (signature.result)(&types);
        let arguments: Vec<&Expr> = bound.iter().flatten().map(|argument| argument.expr).collect();
        match (null, &result) {
            (true, _) => result.or_null(),
            (false, Type::Nullable(inner)) if self.surely_gives(builtin.name, &arguments, &types) => (**inner).clone(),
            _ => result,
        }
    }

    fn complain_of_misfit(&mut self, builtin: &Builtin, signature: &Signature, bound: &Bound<'_>, ways: usize) {
        let Some((wanted, argument)) = misfit(signature, bound) else { return };
        let found = argument.value_type.without_null().words();
        let message = match (ways, &argument.value_type) {
            (_, Type::Null) => format!("`{}` of null is always null", builtin.name),
            (1, _) => format!("`{}` takes {} here, and this is {found}", builtin.name, wanted.words()),
            _ => format!("`{}` does not take {found} here", builtin.name),
        };
        let help = special_help(builtin.name, &argument.value_type)
            .or_else(|| conversion(argument.expr, &argument.value_type, &wanted))
            .or_else(|| Some(format!("write {}", ways_to_call(builtin))));
        self.complain(&code::WRONG_TYPE, argument.expr.span, message, help);
    }

    fn complain_of_arguments(&mut self, span: Span, builtin: &Builtin, arguments: &Arguments) {
        if let Arguments::Named(values) = arguments {
            let known: Vec<&str> = builtin
                .signatures
                .iter()
                .flat_map(|signature| signature.parameters)
                .map(|parameter| parameter.name)
                .collect();
            for argument in values {
                if !known.contains(&&*argument.name) {
                    return self.complain_of_parameter(&argument.name, argument.name_span, &known);
                }
            }
        }
        let message = match arguments {
            Arguments::Positional(values) => {
                let given = if values.is_empty() { "none".to_owned() } else { values.len().to_string() };
                format!("`{}` takes {}, and gets {given}", builtin.name, arguments_taken(builtin))
            }
            Arguments::Named(_) if builtin.signatures.iter().all(Signature::is_variadic) => {
                format!("`{}` takes its arguments without names", builtin.name)
            }
            Arguments::Named(_) => format!("`{}` does not take these parameters together", builtin.name),
        };
        let help = format!("write {}", ways_to_call(builtin));
        self.complain(&code::WRONG_ARGUMENTS, span, message, Some(help));
    }

    /// A call of which everything is written out, and which gives nothing.
    fn complain_of_null(&mut self, whole: &Expr, builtin: &Builtin, reason: &str, arguments: &Arguments) {
        let example = match builtin.name {
            "date" => "2020-10-14",
            "date and time" => "2020-10-14T10:30:00",
            "duration" => "P28D\")` for 28 days, `duration(\"P1Y6M",
            _ if !self.globals.is_pack() => return,
            _ => "",
        };
        let mut values = values_of(arguments);
        match (values.next(), values.next()) {
            (Some(Expr { kind: ExprKind::String(text), span }), None) if !example.is_empty() => {
                let message = format!("`\"{text}\"` is not a {}, so this is always null", builtin.name);
                let help = format!("write `{}(\"{example}\")`", builtin.name);
                self.complain(&code::WRONG_TYPE, *span, message, Some(help));
            }
            _ => {
                let message = format!("this is always null: {reason}");
                let words = builtin.words();
                let mut sentence = words.chars();
                let first = sentence.next().map(|first| first.to_ascii_lowercase()).unwrap_or_default();
                let help = format!("`{}` gives {first}{}", builtin.name, sentence.as_str().trim_end_matches('.'));
                self.complain(&code::WRONG_TYPE, whole.span, message, Some(help));
            }
        }
    }
}

/// The arguments of a call in the order in which they are written.
fn values_of(arguments: &Arguments) -> impl Iterator<Item = &Expr> {
    let (by_place, by_name) = match arguments {
        Arguments::Positional(values) => (values.as_slice(), [].as_slice()),
        Arguments::Named(values) => ([].as_slice(), values.as_slice()),
    };
    by_place.iter().chain(by_name.iter().map(|argument: &NamedArgument| &argument.value))
}

/// The type of an argument once FEEL has made a list of a single value, or a single value of a list of one.
fn coerced(found: &Type, accepts: &Type) -> Type {
    match (found.without_null(), accepts.without_null()) {
        (_, Type::Any) | (Type::Any | Type::Null | Type::List(_), Type::List(_)) => found.clone(),
        (Type::List(item), _) => (**item).clone().or_null(),
        (single, Type::List(_)) if found.may_be_null() => Type::list(single.clone()).or_null(),
        (single, Type::List(_)) => Type::list(single.clone()),
        (Type::Date, Type::DateTime) => accepts.clone(),
        _ => found.clone(),
    }
}

/// The arguments in the order of the parameters; `None` when their number or names do not fit.
fn bind<'e>(parameters: &[Parameter], arguments: &'e Arguments, types: &[Type]) -> Option<Bound<'e>> {
    let mut bound: Bound<'e> = parameters.iter().map(|_| Vec::new()).collect();
    match arguments {
        Arguments::Positional(values) => {
            for (index, (expr, value_type)) in values.iter().zip(types).enumerate() {
                let last = parameters.len().checked_sub(1)?;
                let place = if index >= last && parameters.last()?.variadic { last } else { index };
                bound.get_mut(place)?.push(Given { expr, value_type: value_type.clone() });
            }
        }
        Arguments::Named(_) if parameters.last().is_some_and(|last| last.variadic) => return None,
        Arguments::Named(values) => {
            for (argument, value_type) in values.iter().zip(types) {
                let place = parameters.iter().position(|parameter| parameter.name == &*argument.name)?;
                bound.get_mut(place)?.push(Given { expr: &argument.value, value_type: value_type.clone() });
            }
        }
    }
    let complete = parameters.iter().zip(&bound).all(|(parameter, given)| {
        (parameter.optional || !given.is_empty()) && (parameter.variadic || given.len() <= 1)
    });
    complete.then_some(bound)
}

/// Whether every argument is what its parameter accepts as it stands, null aside.
fn is_exact(signature: &Signature, bound: &Bound<'_>) -> bool {
    signature.parameters.iter().zip(bound).all(|(parameter, given)| {
        let accepts = (parameter.accepts)();
        given.iter().all(|argument| argument.value_type.without_null().conforms_to(&accepts))
    })
}

/// The first argument that can never be what its parameter accepts.
fn misfit<'b, 'e>(signature: &Signature, bound: &'b Bound<'e>) -> Option<(Type, &'b Given<'e>)> {
    for (parameter, given) in signature.parameters.iter().zip(bound) {
        let accepts = (parameter.accepts)();
        for argument in given {
            let fits = match &argument.value_type {
                Type::Null => parameter.optional || accepts.may_be_null(),
                found => found.may_become(&accepts),
            };
            if !fits {
                return Some((accepts, argument));
            }
        }
    }
    None
}

/// What to write where the right kind of argument is not what is missing.
fn special_help(function: &str, found: &Type) -> Option<String> {
    match (function, found.without_null()) {
        ("number", Type::Number) => Some("it is a number already: leave `number(…)` out".to_owned()),
        ("duration", Type::Number) => {
            Some("write `duration(\"P3D\")` for 3 days, `duration(\"P3M\")` for 3 months".to_owned())
        }
        _ => None,
    }
}

/// `date(from)` or `date(year, month, day)`
fn ways_to_call(builtin: &Builtin) -> String {
    let ways: Vec<String> = builtin
        .signatures
        .iter()
        .map(|signature| {
            let names: Vec<String> = signature
                .parameters
                .iter()
                .map(|parameter| match (parameter.optional, parameter.variadic) {
                    (_, true) => format!("{}, …", parameter.name),
                    (true, _) => format!("[{}]", parameter.name),
                    _ => parameter.name.to_owned(),
                })
                .collect();
            format!("`{}({})`", builtin.name, names.join(", "))
        })
        .collect();
    let mut different: Vec<String> = Vec::new();
    ways.into_iter().for_each(|way| {
        if !different.contains(&way) {
            different.push(way)
        }
    });
    different.join(" or ")
}

/// `one argument`, `2 or 3 arguments`, `at least one argument`
fn arguments_taken(builtin: &Builtin) -> String {
    let mut numbers: Vec<usize> = Vec::new();
    for signature in builtin.signatures {
        let needed = signature.parameters.iter().filter(|parameter| !parameter.optional).count();
        if signature.is_variadic() {
            return format!("at least {}", counted(needed, "argument"));
        }
        for number in needed..=signature.parameters.len() {
            if !numbers.contains(&number) {
                numbers.push(number);
            }
        }
    }
    match numbers.as_slice() {
        [only] => counted(*only, "argument"),
        several => {
            let words: Vec<String> = several.iter().map(ToString::to_string).collect();
            format!("{} arguments", words.join(" or "))
        }
    }
}

fn listed<'n>(names: impl Iterator<Item = &'n str>) -> String {
    let names: Vec<String> = names.map(|name| format!("`{name}`")).collect();
    names.join(", ")
}

fn counted(number: usize, word: &str) -> String {
    match number {
        0 => format!("no {word}s"),
        1 => format!("one {word}"),
        more => format!("{more} {word}s"),
    }
}

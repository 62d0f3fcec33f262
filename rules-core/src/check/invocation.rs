//! Calls: which signature of a builtin fits, and whether a function of the pack gets what it asks for.

use std::sync::Arc;

use super::complaints::conversion;
use super::expression::{Found, Inference};
use super::globals::GlobalKind;
use crate::builtins::{self, Builtin, Parameter, Signature};
use crate::code;
use crate::diagnostic::closest;
use crate::feel::ast::{Arguments, Expr, ExprKind};
use crate::source::Span;
use crate::types::Type;
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
            let found = self.infer(function);
            return self.call_of_value(function.span, &found, None, arguments);
        };
        // a fact or value may have the name of a builtin, which a call never means
        let builtin = builtins::find(name).map(|(_, builtin)| builtin);
        match self.find(name) {
            Some(Found::Local { value_type, .. })
                if builtin.is_none() || matches!(value_type, Type::Function { .. }) =>
            {
                self.call_of_value(function.span, &value_type, None, arguments)
            }
            Some(Found::Global { kind: GlobalKind::Function(names), value_type }) => {
                self.call_of_value(function.span, value_type, Some(names), arguments)
            }
            Some(Found::Global { value_type, .. }) if builtin.is_none() => {
                self.call_of_value(function.span, value_type, None, arguments)
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
        match arguments {
            Arguments::Positional(values) => values.iter().map(|value| self.infer(value)).collect(),
            Arguments::Named(values) => values.iter().map(|argument| self.infer(&argument.value)).collect(),
        }
    }

    /// A call of a function of the pack or of a function value; `names` are the parameters' names where they are known.
    fn call_of_value(&mut self, span: Span, found: &Type, names: Option<&[Arc<str>]>, arguments: &Arguments) -> Type {
        let Type::Function { parameters, result } = found.without_null() else {
            self.infer_arguments(arguments);
            if found != &Type::Any {
                let message = format!("{} is no function and cannot be called", found.without_null().words());
                let help = "an operator may be missing before the parenthesis".to_owned();
                self.complain(&code::UNKNOWN_FUNCTION, span, message, Some(help));
            }
            return Type::Any;
        };
        let types = self.infer_arguments(arguments);
        if types.len() != parameters.len() {
            let message = format!(
                "the function takes {}, and gets {}",
                counted(parameters.len(), "argument"),
                if types.is_empty() { "none".to_owned() } else { types.len().to_string() }
            );
            let help = names.map(|names| format!("its parameters are {}", listed(names.iter().map(AsRef::as_ref))));
            self.complain(&code::WRONG_ARGUMENTS, span, message, help);
            return (**result).clone();
        }
        match arguments {
            Arguments::Positional(values) => {
                for ((value, found), wanted) in values.iter().zip(&types).zip(parameters.iter()) {
                    self.expect_argument(value, found, wanted, "the function");
                }
            }
            Arguments::Named(values) => {
                for (argument, found) in values.iter().zip(&types) {
                    let Some(names) = names else { continue };
                    match names.iter().position(|name| *name == argument.name) {
                        Some(index) => {
                            if let Some(wanted) = parameters.get(index) {
                                self.expect_argument(&argument.value, found, wanted, "the function");
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
            self.expect_guarded(value, found);
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
        let types = self.infer_arguments(arguments);
        let fitting: Vec<(&Signature, Bound<'_>)> = builtin
            .signatures
            .iter()
            .filter_map(|signature| Some((signature, bind(signature.parameters, arguments, &types)?)))
            .collect();
        if fitting.is_empty() {
            self.complain_of_arguments(span, builtin, arguments);
            return Type::Any;
        }
        let mut result: Option<Type> = None;
        for (signature, bound) in &fitting {
            if misfit(signature, bound).is_none() {
                let here = self.result_of_signature(signature, bound);
                result = Some(result.map_or(here.clone(), |before| before.join(&here)));
            }
        }
        let Some(result) = result else {
            if let Some((signature, bound)) = fitting.first() {
                self.complain_of_misfit(builtin, signature, bound, fitting.len());
            }
            return Type::Any;
        };
        for (signature, bound) in &fitting {
            for (parameter, given) in signature.parameters.iter().zip(bound) {
                let accepts = (parameter.accepts)();
                for argument in given.iter().filter(|_| !accepts.may_be_null() && !parameter.optional) {
                    self.expect_guarded(argument.expr, &argument.value_type);
                }
            }
        }
        self.check_literal(builtin.name, arguments, result)
    }

    /// The type that a signature gives; null as well when an argument may be something that its parameter does not take.
    fn result_of_signature(&self, signature: &Signature, bound: &Bound<'_>) -> Type {
        let mut types = Vec::new();
        let mut null = false;
        for (parameter, given) in signature.parameters.iter().zip(bound) {
            let accepts = (parameter.accepts)();
            let given: Vec<Type> = given.iter().map(|argument| coerced(&argument.value_type, &accepts)).collect();
            let left_out = |kind: &Type| parameter.optional && kind == &Type::Null;
            null |= !given.iter().all(|kind| kind.conforms_to(&accepts) || left_out(kind));
            let joined = given.into_iter().reduce(|left, right| left.join(&right));
            types.push(match (joined, parameter.variadic) {
                (Some(joined), true) => Type::list(joined),
                (None, true) => Type::list(Type::Any),
                (joined, false) => joined.unwrap_or(Type::Null),
            });
        }
        let result = (signature.result)(&types);
        if null { result.or_null() } else { result }
    }

    fn complain_of_misfit(&mut self, builtin: &Builtin, signature: &Signature, bound: &Bound<'_>, ways: usize) {
        let Some((wanted, argument)) = misfit(signature, bound) else { return };
        let found = argument.value_type.without_null().words();
        let message = match (ways, &argument.value_type) {
            (_, Type::Null) => format!("`{}` of null is always null", builtin.name),
            (1, _) => format!("`{}` takes {} here, and this is {found}", builtin.name, wanted.words()),
            _ => format!("`{}` does not take {found} here", builtin.name),
        };
        let help = conversion(argument.expr, &argument.value_type, &wanted)
            .or_else(|| Some(format!("it is called as {}", ways_to_call(builtin))));
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
        let message = format!("`{}` is not called with these arguments", builtin.name);
        let help = format!("it is called as {}", ways_to_call(builtin));
        self.complain(&code::WRONG_ARGUMENTS, span, message, Some(help));
    }

    /// A date or duration that is written out in a call must be one; a divisor that is written out is not 0.
    fn check_literal(&mut self, name: &str, arguments: &Arguments, result: Type) -> Type {
        let Arguments::Positional(values) = arguments else { return result };
        if let ("modulo", [_, divisor]) = (name, values.as_slice())
            && matches!(&divisor.kind, ExprKind::Number(divisor) if !divisor.is_zero())
        {
            return result.without_null().clone();
        }
        let [value] = values.as_slice() else { return result };
        let ExprKind::String(text) = &value.kind else { return result };
        let read = self.literal(text, value.span);
        let (right, example) = match name {
            "date" => (matches!(read, Some(Value::Date(_) | Value::DateTime(_))), "2020-10-14"),
            "date and time" => (matches!(read, Some(Value::Date(_) | Value::DateTime(_))), "2020-10-14T10:30:00"),
            "duration" => (
                matches!(read, Some(Value::DayTimeDuration(_) | Value::YearMonthDuration(_))),
                "P28D\")` for 28 days, `duration(\"P1Y6M",
            ),
            _ => return result,
        };
        if !right {
            let message = format!("`\"{text}\"` is no {name}, so that this is always null");
            self.complain(&code::WRONG_TYPE, value.span, message, Some(format!("write `{name}(\"{example}\")`")));
            return result;
        }
        match (name, read) {
            ("duration", Some(Value::DayTimeDuration(_))) => Type::DayTimeDuration,
            ("duration", Some(_)) => Type::YearMonthDuration,
            ("date", Some(Value::Date(_))) => Type::Date,
            ("date and time", Some(_)) => Type::DateTime,
            _ => result,
        }
    }
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
    ways.join(" or ")
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

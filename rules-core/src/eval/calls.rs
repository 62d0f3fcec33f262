//! Calls of builtins and of function values.

use std::sync::Arc;

use super::machine::{Frame, Machine};
use super::observer::Observer;
use crate::builtins::{self, Builtin, Call as CallBack, Marked, Reason, Run};
use crate::program::Node;
use crate::program::node::{BuiltinCall, Call, Shortcut};
use crate::value::unknown::Marks;
use crate::value::{Date, Decimal, FunctionValue, Value, Zones, text};

/// What a machine lends to a builtin.
struct Lent<'m, 'r, O>(Machine<'m, 'r, O>);

impl<O: Observer> CallBack for Lent<'_, '_, O> {
    fn call(&mut self, function: &FunctionValue, arguments: Vec<Value>) -> Value {
        self.0.apply(function, arguments)
    }

    fn spend(&mut self, steps: u64) -> bool {
        self.0.run.limits.spend(steps)
    }

    fn not_known(&mut self, reason: Reason) -> Value {
        let _ = self.0.null(&reason);
        Value::Unknown(Arc::default())
    }

    fn as_of(&self) -> Option<Date> {
        match self.0.run.as_of {
            Value::Date(as_of) => Some(as_of),
            _ => None,
        }
    }

    fn zones(&self) -> Zones<'_> {
        self.0.run.program.schema.zones.as_ref()
    }
}

impl<O: Observer> Machine<'_, '_, O> {
    /// A call of a builtin. Most take few arguments, which then need no memory of their own.
    pub(super) fn builtin(self, call: &BuiltinCall, frame: &Frame<'_>) -> Value {
        if let (Shortcut::CountOfFilter, [Node::Filter(filter)]) = (call.shortcut, &*call.arguments)
            && let Some(count) = self.plain_count(filter, frame)
        {
            return Value::Number(Decimal::from(count));
        }
        let mut few: [Value; 3] = [const { Value::Null }; 3];
        if let Some(arguments) = few.get_mut(..call.arguments.len()) {
            for (slot, node) in arguments.iter_mut().zip(&call.arguments) {
                *slot = self.value(node, frame);
            }
            return self.run(call.run, call.marked, arguments);
        }
        let arguments: Vec<Value> = call.arguments.iter().map(|node| self.value(node, frame)).collect();
        self.run(call.run, call.marked, &arguments)
    }

    /// Runs a builtin, unless a mark among its arguments is the result already.
    fn run(self, run: Run, marked: Marked, arguments: &[Value]) -> Value {
        let mut marks = Marks::default();
        match marked {
            Marked::Deep if !self.run.limits.walk(arguments) => return Value::Null,
            Marked::Deep => arguments.iter().for_each(|argument| {
                marks.note_deep(argument);
            }),
            Marked::Shallow => arguments.iter().for_each(|argument| {
                marks.note(argument);
            }),
            Marked::Own => {}
        }
        match marks.into_mark() {
            Some(mark) => mark,
            None => self.made(self.settle(run(arguments, &mut Lent(self)))),
        }
    }

    /// A call of a function value.
    pub(super) fn call_value(self, call: &Call, frame: &Frame<'_>) -> Value {
        let mut space = Value::Null;
        let function = self.operand(&call.function, frame, &mut space);
        let function = match function {
            Value::Function(function) => function,
            mark if mark.is_mark() => return mark.passed_on(),
            other => return self.null(&Reason(format!("{} is no function", text::kind(other)).into())),
        };
        let mut arguments: Vec<Value> = call.arguments.iter().map(|node| self.value(node, frame)).collect();
        if let Some(names) = &call.names {
            let Some(ordered) = self.in_order(function, names, &arguments) else {
                return self.null(&Reason("the function has no parameter of that name".into()));
            };
            arguments = ordered;
        }
        self.apply(function, arguments)
    }

    /// Arguments given by name, in the order of the parameters; `None` when a name is wrong.
    fn in_order(self, function: &FunctionValue, names: &[Arc<str>], arguments: &[Value]) -> Option<Vec<Value>> {
        let parameters: Vec<&str> = match function {
            FunctionValue::Lambda { number, .. } => {
                self.run.program.lambda(*number)?.parameters.iter().map(|(name, _)| name.as_ref()).collect()
            }
            FunctionValue::Builtin(row) => {
                let names: Vec<&str> = names.iter().map(AsRef::as_ref).collect();
                let signature = builtins::row(*row)?.taking_named(&names)?;
                signature.parameters.iter().map(|parameter| parameter.name).collect()
            }
        };
        if names.len() > parameters.len() || names.iter().any(|name| !parameters.contains(&name.as_ref())) {
            return None;
        }
        let of = |parameter: &&str| names.iter().position(|name| **name == **parameter);
        Some(
            parameters
                .iter()
                .map(|parameter| of(parameter).and_then(|place| arguments.get(place)).cloned().unwrap_or_default())
                .collect(),
        )
    }

    /// Calls a function with positional arguments.
    pub(super) fn apply(self, function: &FunctionValue, arguments: Vec<Value>) -> Value {
        match function {
            FunctionValue::Builtin(row) => match builtins::row(*row) {
                Some(builtin) => self.apply_builtin(builtin, arguments),
                None => Value::Null,
            },
            FunctionValue::Lambda { number, captures } => self.apply_lambda(*number, captures, arguments),
        }
    }

    fn apply_lambda(self, number: u32, captures: &[Value], mut arguments: Vec<Value>) -> Value {
        let Some(lambda) = self.run.program.lambda(number) else { return Value::Null };
        if arguments.len() != lambda.parameters.len() {
            return self.null(&Reason("the function takes another number of arguments".into()));
        }
        for (argument, (_, declared)) in arguments.iter_mut().zip(&lambda.parameters) {
            if let Some(declared) = declared {
                *argument = self.coerced(std::mem::take(argument), declared);
            }
        }
        let value = if self.run.limits.spend(lambda.steps) && self.run.limits.enter(lambda.depth) {
            let captured = Frame { values: captures, outer: None };
            let value = self.value(&lambda.body, &Frame::within(&arguments, &captured));
            match &lambda.result {
                Some(declared) => self.coerced(value, declared),
                None => value,
            }
        } else {
            Value::Null
        };
        self.run.limits.leave(lambda.depth);
        value
    }

    fn apply_builtin(self, builtin: &Builtin, mut arguments: Vec<Value>) -> Value {
        let given = arguments.len();
        let Some(signature) = builtin.taking(given) else {
            return self.null(&Reason("the function takes another number of arguments".into()));
        };
        let fixed = signature.parameters.len();
        if signature.is_variadic() {
            let rest = arguments.split_off(fixed.saturating_sub(1).min(given));
            arguments.push(Value::list(rest));
        }
        arguments.resize(fixed, Value::Null);
        self.run(signature.run, builtin.marked, &arguments)
    }
}

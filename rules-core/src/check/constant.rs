//! Calls of which everything is written out: what they give is known before any case is.

use crate::builtins::{self, Builtin, Call, Outcome, Reason};
use crate::feel::ast::{Arguments, Expr, ExprKind};
use crate::value::text::at_literal;
use crate::value::{FunctionValue, Value};

/// How much work such a call may take; one that takes more is simply not known.
const WORK: u64 = 10_000;

/// What a call of `builtin` gives, or why it gives null; `None` where some argument is not written out.
pub(super) fn of_call(builtin: &Builtin, arguments: &Arguments) -> Option<Result<Value, String>> {
    // a call without arguments asks for the date of the decision
    let Arguments::Positional(exprs) = arguments else { return None };
    if exprs.is_empty() {
        return None;
    }
    run(builtin, exprs.iter().map(value_of).collect::<Option<_>>()?)
}

/// Whether a function of a text gives something for the empty text and these further arguments.
pub(super) fn of_text(name: &str, rest: &[&Expr]) -> bool {
    let values = std::iter::once(Some(Value::text(""))).chain(rest.iter().map(|expr| value_of(expr)));
    let values: Option<Vec<Value>> = values.collect();
    let found = builtins::find(name).zip(values).and_then(|((_, builtin), values)| run(builtin, values));
    matches!(found, Some(Ok(_)))
}

fn run(builtin: &Builtin, mut values: Vec<Value>) -> Option<Result<Value, String>> {
    let signature = builtin.taking(values.len())?;
    if signature.is_variadic() {
        let rest = values.split_off(signature.parameters.len().checked_sub(1)?.min(values.len()));
        values.push(Value::list(rest));
    }
    values.resize(signature.parameters.len().max(values.len()), Value::Null);
    let mut desk = Desk { left: WORK };
    let outcome: Outcome = (signature.run)(&values, &mut desk);
    if desk.left == 0 {
        return None;
    }
    Some(outcome.map_err(|reason| reason.0.into_owned()))
}

/// The value that is written out.
fn value_of(expr: &Expr) -> Option<Value> {
    Some(match &expr.kind {
        ExprKind::Null => Value::Null,
        ExprKind::Boolean(value) => Value::Boolean(*value),
        ExprKind::Number(value) => Value::Number(*value),
        ExprKind::Negate(inner) => match value_of(inner)? {
            Value::Number(value) => Value::Number(-value),
            _ => return None,
        },
        // a time in a region depends on rules that only a case's host may have
        ExprKind::String(text) | ExprKind::At(text) if text.contains('@') => return None,
        ExprKind::String(text) => Value::String(text.clone()),
        ExprKind::At(text) => at_literal(text, None)?,
        ExprKind::List(items) => Value::list(items.iter().map(value_of).collect::<Option<_>>()?),
        ExprKind::Call { function, arguments } => {
            let ExprKind::Name(name) = &function.kind else { return None };
            of_call(builtins::find(name)?.1, arguments)?.ok()?
        }
        _ => return None,
    })
}

/// Lends builtins what they need, and no functions.
struct Desk {
    left: u64,
}

impl Call for Desk {
    fn call(&mut self, _: &FunctionValue, _: Vec<Value>) -> Value {
        Value::Null
    }

    fn spend(&mut self, steps: u64) -> bool {
        self.left = self.left.saturating_sub(steps);
        self.left > 0
    }

    fn not_known(&mut self, _: Reason) -> Value {
        self.left = 0;
        Value::Null
    }
}

//! Evaluates an expression by itself, outside any pack.

use std::borrow::Cow;
use std::sync::LazyLock;

use super::case::Case;
use super::limits::LimitExceeded;
use super::machine::{Frame, Run};
use super::observer::Silent;
use super::results::Results;
use crate::builtins::Reason;
use crate::program::{Node, Program};
use crate::types::Type;
use crate::value::{Date, Value};

/// What is around an expression outside any pack: no facts, and nothing decided. One for all, since making it takes longer
/// than most expressions.
static NOTHING: LazyLock<(Case, Results)> = LazyLock::new(|| (Case::new(&Program::empty()), Results::default()));

/// The types that values are brought to.
#[derive(Clone, Debug, Default)]
pub(crate) struct DeclaredTypes {
    /// Place among the values that come with an evaluation, and the type of that one.
    pub(crate) values: Vec<(usize, Type)>,
    pub(crate) result: Option<Type>,
}

/// The value of a node, with `values` as the frame around it, and the reason when it is null or, without any fact that
/// would settle it, not known.
///
/// # Errors
/// When it takes more work than one case is allowed.
pub(crate) fn evaluate(
    program: &Program,
    node: &Node,
    mut values: Cow<'_, [Value]>,
    declared: &DeclaredTypes,
    as_of: Option<Date>,
) -> Result<(Value, Option<Reason>), LimitExceeded> {
    let (case, results) = &*NOTHING;
    let mut silent = Silent::default();
    let value = {
        let mut run = Run::new(program, case, &mut silent);
        run.as_of = as_of.map_or(Value::Null, Value::Date);
        let machine = run.machine(results);
        for (place, declared) in &declared.values {
            if let Some(value) = values.to_mut().get_mut(*place) {
                *value = machine.coerced(std::mem::take(value), declared);
            }
        }
        let mut value = machine.value(node, &Frame { values: &values, outer: None });
        if let Some(declared) = &declared.result {
            value = machine.coerced(value, declared);
        }
        // Whoever asked will write it down, perhaps with the kind of each value.
        run.limits.write(&value, 4);
        run.limits.check()?;
        value
    };
    let without_value = match &value {
        Value::Unknown(unknown) => unknown.facts().is_empty(),
        other => other.is_null(),
    };
    let reason = silent.last.filter(|_| without_value);
    Ok((value, reason))
}

/// The value of a node that reads nothing of a case; `None` when it takes too much work.
pub(crate) fn constant(program: &Program, node: &Node) -> Option<Value> {
    let ((case, results), mut silent) = (&*NOTHING, Silent::default());
    let run = Run::new(program, case, &mut silent);
    let value = run.machine(results).value(node, &Frame::EMPTY);
    run.limits.check().ok().map(|()| value)
}

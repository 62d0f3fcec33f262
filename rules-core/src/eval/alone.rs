//! Evaluates an expression by itself, outside any pack.

use super::case::Case;
use super::limits::LimitExceeded;
use super::machine::{Frame, Run};
use super::observer::Observer;
use super::reserved::Defaults;
use super::results::Results;
use crate::builtins::Reason;
use crate::program::{Node, Program};
use crate::value::{Date, Value};

/// Keeps the reason for the last null, which is the one nearest to the result.
#[derive(Default)]
struct LastReason(Option<Reason>);

impl Observer for LastReason {
    const RECORDS: bool = true;

    fn null(&mut self, reason: &Reason) {
        self.0 = Some(reason.clone());
    }
}

/// The value of a node, with `values` as the frame around it, and the reason when it is null.
///
/// # Errors
/// When it takes more work than one case is allowed.
pub(crate) fn evaluate(
    program: &Program,
    node: &Node,
    values: &[Value],
    as_of: Option<Date>,
) -> Result<(Value, Option<Reason>), LimitExceeded> {
    let (mut case, results) = (Case::new(program), Results::default());
    // Nothing but the date is read; without one, `today()` has none either.
    let _ = case.read(program, b"{}", Defaults { as_of });
    let mut last = LastReason::default();
    let value = {
        let run = Run::new(program, &case, &mut last);
        let value = run.machine(&results).value(node, &Frame { values, outer: None });
        // Whoever asked will write it down.
        run.limits.walk([&value]);
        run.limits.check()?;
        value
    };
    let reason = last.0.filter(|_| value.is_null());
    Ok((value, reason))
}

//! How much work one case may take.

use std::cell::Cell;

use super::fault::Fault;
use crate::code::LIMIT_EXCEEDED;
use crate::value::Value;

/// Steps of one case: items of lists gone through and functions called, more of them the longer what is done with each,
/// and what builtins count themselves. Everything else is bounded by the size of the program. A step makes at most some
/// hundred bytes, so that memory is bounded too.
const STEPS: u64 = 1_000_000;
/// Levels of nesting that calls of functions may reach together. A level takes at most about 1 KB of stack, and a
/// WebAssembly module has 1 MB.
const DEPTH: u32 = 400;

/// Values walked through at a step.
const VALUES_AT_ONCE: u64 = 16;
/// Parts of a value made at a step.
const PARTS_AT_ONCE: usize = 4;
/// Keys of a context looked at in a step.
const KEYS_AT_ONCE: usize = 64;
/// How deep values may be nested; a case's own are less deep.
const NESTING: u32 = 300;

/// The case would take more work than one case is allowed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct LimitExceeded;

impl From<LimitExceeded> for Fault {
    fn from(_: LimitExceeded) -> Self {
        let message = format!("deciding this case takes more than the {STEPS} steps that one case is allowed");
        Self::new(&LIMIT_EXCEEDED, "", message).help("look for a list that is far longer than it should be")
    }
}

/// Counts the work of one case. Once the budget is used up everything gives null at once, and the run ends with
/// [`LimitExceeded`], so that no null made this way is ever seen.
#[derive(Debug)]
pub(super) struct Limits {
    steps: Cell<u64>,
    depth: Cell<u32>,
    exceeded: Cell<bool>,
}

impl Limits {
    pub(super) fn new() -> Self {
        Self { steps: Cell::new(STEPS), depth: Cell::new(0), exceeded: Cell::new(false) }
    }

    /// Counts `steps`; false when they are more than what is left.
    #[inline]
    pub(super) fn spend(&self, steps: u64) -> bool {
        match self.steps.get().checked_sub(steps) {
            Some(left) => self.steps.set(left),
            None => {
                self.steps.set(0);
                self.exceeded.set(true);
            }
        }
        !self.exceeded.get()
    }

    /// Goes `levels` deeper; false when that is too deep. Each call has its [`Limits::leave`].
    pub(super) fn enter(&self, levels: u32) -> bool {
        let depth = self.depth.get().saturating_add(levels);
        self.depth.set(depth);
        if depth > DEPTH {
            self.exceeded.set(true);
        }
        !self.exceeded.get()
    }

    /// Counts what it takes to walk all through the values; false when there is too much in them.
    #[inline]
    pub(super) fn walk<'v>(&self, values: impl IntoIterator<Item = &'v Value>) -> bool {
        let steps_of = |value: &Value| match value {
            Value::List(_) | Value::Context(_) | Value::Function(_) | Value::Range(_) | Value::String(_) => {
                u64::from(value.size().values) / VALUES_AT_ONCE
            }
            _ => 0,
        };
        let steps: u64 = values.into_iter().map(steps_of).sum();
        steps == 0 || self.spend(steps)
    }

    /// Counts what it takes to write a value down, so many `steps` for each value in it: more time and memory than looking
    /// at it.
    #[inline]
    pub(super) fn write(&self, value: &Value, steps: u64) -> bool {
        match value {
            Value::List(_) | Value::Context(_) | Value::Range(_) => self.spend(u64::from(value.size().values) * steps),
            _ => true,
        }
    }

    /// Counts the memory that a list, context, range or function of so many `parts` takes.
    #[inline]
    pub(super) fn make(&self, parts: usize) -> bool {
        self.spend(u64::try_from(parts / PARTS_AT_ONCE + 1).unwrap_or(u64::MAX))
    }

    /// Counts what it takes to look for a key in a context of so many.
    #[inline]
    pub(super) fn search(&self, keys: usize) -> bool {
        keys < KEYS_AT_ONCE || self.spend(u64::try_from(keys / KEYS_AT_ONCE).unwrap_or(u64::MAX))
    }

    /// Whether a value that was just made is nested no deeper than what walks through it may follow.
    #[inline]
    pub(super) fn holds(&self, value: &Value) -> bool {
        if value.size().depth > NESTING {
            self.exceeded.set(true);
        }
        !self.exceeded.get()
    }

    pub(super) fn leave(&self, levels: u32) {
        self.depth.set(self.depth.get().saturating_sub(levels));
    }

    /// Whether the case was within its limits.
    pub(super) fn check(&self) -> Result<(), LimitExceeded> {
        if self.exceeded.get() { Err(LimitExceeded) } else { Ok(()) }
    }
}

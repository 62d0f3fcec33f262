//! `all`, `any` and `at_least`: groups of criteria, of which those that are not applicable or not in force do not count.

use std::sync::Arc;

use super::kleene::join;
use super::machine::{Frame, Machine, truth};
use super::observer::Observer;
use crate::builtins::Reason;
use crate::program::{GroupRule, Node};
use crate::value::unknown::{Marks, Unknown};
use crate::value::{Value, text};

/// Members counted by what they are.
#[derive(Default)]
struct Tally {
    met: u32,
    not_met: u32,
    /// Members that cannot be told.
    open: u32,
    unknown: Option<Arc<Unknown>>,
    left_out: Marks,
}

impl<O: Observer> Machine<'_, '_, O> {
    /// The truth value of a group.
    pub(super) fn group(self, rule: GroupRule, members: &[Node]) -> Value {
        let mut tally = Tally::default();
        for member in members {
            let value = self.member_value(member);
            match &value {
                Value::Boolean(true) => tally.met += 1,
                Value::Boolean(false) => tally.not_met += 1,
                Value::Unknown(unknown) => {
                    tally.open += 1;
                    tally.unknown = Some(join(tally.unknown.take(), unknown));
                }
                mark => {
                    tally.left_out.note(mark);
                }
            }
            let settled = match rule {
                GroupRule::All => tally.not_met > 0,
                GroupRule::Any => tally.met > 0,
                GroupRule::AtLeast(count) => tally.met >= count,
            };
            if settled && !O::RECORDS {
                break;
            }
        }
        tally.result(rule)
    }

    fn member_value(self, member: &Node) -> Value {
        let value = self.value(member, &Frame::EMPTY);
        if !value.is_mark() && !matches!(value, Value::Boolean(_)) {
            self.null(&Reason(format!("a member of the group is {}", text::kind(&value)).into()));
        }
        truth(value)
    }
}

impl Tally {
    fn result(self, rule: GroupRule) -> Value {
        let (least, most) = (self.met, self.met.saturating_add(self.open));
        let counted = most.saturating_add(self.not_met);
        if counted == 0
            && let Some(mark) = self.left_out.into_mark()
        {
            return mark;
        }
        let needed = match rule {
            GroupRule::All => counted,
            GroupRule::Any => 1,
            GroupRule::AtLeast(count) => count,
        };
        // Members that are open may all turn out to be left out, and then the group is too.
        let certain = self.met.saturating_add(self.not_met) > 0;
        let may_be_left_out = !certain && self.unknown.as_ref().is_some_and(|unknown| unknown.may_be_left_out());
        if least >= needed {
            Value::Boolean(true)
        } else if most < needed && !may_be_left_out {
            Value::Boolean(false)
        } else {
            Value::Unknown(self.unknown.unwrap_or_default())
        }
    }
}

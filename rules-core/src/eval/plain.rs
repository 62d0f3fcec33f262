//! The common case, without ceremony: conditions that are plainly true or false.
//!
//! A run asks here first. Where anything is unknown, null or of another kind than expected the answer is `None`, and the
//! full evaluation says what it means; where there is an answer, the full evaluation gives the same (every test of the
//! corpus runs both ways). A silent run stops at the first operand that settles the result; one that records looks at the
//! others too, as the full evaluation does.

use super::machine::{Frame, Machine};
use super::observer::Observer;
use crate::hit_policy::Several;
use crate::program::node::{Compare, Comparison, Filter, Shortcut, Test};
use crate::program::{Decision, GroupRule, Logic, Node, Row, Table, at};
use crate::value::{Value, number};

impl<O: Observer> Machine<'_, '_, O> {
    /// The truth value of a node that is plainly true or false.
    pub(super) fn plain(self, node: &Node, frame: &Frame<'_>) -> Option<bool> {
        match node {
            Node::And(operands) => self.plain_operands(operands, false, frame),
            Node::Or(operands) => self.plain_operands(operands, true, frame),
            Node::Builtin(call) if call.shortcut == Shortcut::Not => {
                self.plain(call.arguments.first()?, frame).map(|boolean| !boolean)
            }
            Node::Compare(compare) => self.plain_compare(compare, frame),
            Node::If(choice) => {
                let branch = if self.plain(&choice.condition, frame)? { &choice.then } else { &choice.otherwise };
                self.plain(branch, frame)
            }
            Node::In(tests) => {
                if let Some(value) = self.peek(&tests.value, frame) {
                    return self.plain_tests(value, &tests.tests, tests.negated, frame);
                }
                let value = self.value(&tests.value, frame);
                self.plain_tests(&value, &tests.tests, tests.negated, frame)
            }
            other => match self.peek(other, frame) {
                Some(Value::Boolean(boolean)) => Some(*boolean),
                Some(_) => None,
                None => match self.value(other, frame) {
                    Value::Boolean(boolean) => Some(boolean),
                    _ => None,
                },
            },
        }
    }

    /// Operands of which one that is `settling` settles the result.
    #[inline]
    fn plain_operands(self, operands: &[Node], settling: bool, frame: &Frame<'_>) -> Option<bool> {
        let mut settled = false;
        for operand in operands {
            settled |= self.plain(operand, frame)? == settling;
            if settled && !O::RECORDS {
                break;
            }
        }
        Some(settled == settling)
    }

    #[inline]
    fn plain_compare(self, compare: &Compare, frame: &Frame<'_>) -> Option<bool> {
        if let (Some(left), Some(right)) = (self.peek(&compare.left, frame), self.peek(&compare.right, frame)) {
            let holds = plain_order(compare.comparison, left, right)?;
            self.tell_compared(compare, left, right);
            return Some(holds);
        }
        self.made_compare(compare, frame)
    }

    /// A comparison with a side that has to be made first.
    fn made_compare(self, compare: &Compare, frame: &Frame<'_>) -> Option<bool> {
        let (mut left, mut right) = (Value::Null, Value::Null);
        let left = self.operand(&compare.left, frame, &mut left);
        let right = self.operand(&compare.right, frame, &mut right);
        let holds = plain_order(compare.comparison, left, right)?;
        self.tell_compared(compare, left, right);
        Some(holds)
    }

    /// Whether a value plainly passes any of the tests.
    fn plain_tests(self, value: &Value, tests: &[Test], negated: bool, frame: &Frame<'_>) -> Option<bool> {
        let mut passes = false;
        for test in tests {
            passes |= self.plain_test(value, test, frame)?;
            if passes && !O::RECORDS {
                break;
            }
        }
        Some(passes != negated)
    }

    fn plain_test(self, value: &Value, test: &Test, frame: &Frame<'_>) -> Option<bool> {
        let inner = Frame::within(std::slice::from_ref(value), frame);
        match test {
            Test::Any => Some(true),
            Test::Compare { comparison, operand } => plain_order(*comparison, value, self.peek(operand, &inner)?),
            Test::Matches(operand) => plain_order(Comparison::Equal, value, self.peek(operand, &inner)?),
            Test::Within { low: Some(low), low_included, high: Some(high), high_included } => {
                let above = if *low_included { Comparison::GreaterOrEqual } else { Comparison::Greater };
                let below = if *high_included { Comparison::LessOrEqual } else { Comparison::Less };
                let inside = plain_order(above, value, self.peek(low, &inner)?)?;
                if !inside && !O::RECORDS {
                    return Some(false);
                }
                Some(plain_order(below, value, self.peek(high, &inner)?)? && inside)
            }
            Test::Within { .. } | Test::Condition(_) => None,
        }
    }

    /// The value of a decision that plainly applies or does not, and whose logic is plain.
    #[inline]
    pub(super) fn plainly_decided(self, decision: &Decision) -> Option<Value> {
        if O::RECORDS || decision.in_force.is_some() || matches!(decision.logic, Logic::Triggers(_)) {
            return None;
        }
        match &decision.applies_when {
            Some(applies) if !self.plain(applies, &Frame::EMPTY)? => Some(Value::NotApplicable),
            _ => self.plain_logic(decision),
        }
    }

    /// The value of a decision whose logic is plain, or is a value as it stands.
    #[inline]
    pub(super) fn plain_logic(self, decision: &Decision) -> Option<Value> {
        match &decision.logic {
            Logic::Criterion(node) => self.plain(node, &Frame::EMPTY).map(Value::Boolean),
            Logic::Group { rule, members } => self.plain_group(*rule, members).map(Value::Boolean),
            Logic::Table(table) if decision.declared_type.is_none() => self.plain_table(table),
            Logic::Expression(node) if decision.declared_type.is_none() => Some(self.value(node, &Frame::EMPTY)),
            Logic::Table(_) | Logic::Expression(_) | Logic::Triggers(_) | Logic::Function => None,
        }
    }

    fn plain_group(self, rule: GroupRule, members: &[Node]) -> Option<bool> {
        let (mut met, mut not_met) = (0_u32, 0_u32);
        let mut settled = false;
        for member in members {
            let counted = if self.plain(member, &Frame::EMPTY)? { &mut met } else { &mut not_met };
            *counted += 1;
            settled = match rule {
                GroupRule::All => not_met > 0,
                GroupRule::Any => met > 0,
                GroupRule::AtLeast(count) => met >= count,
            };
            if settled && !O::RECORDS {
                break;
            }
        }
        // One that is not met settles `all`, enough that are met settle the others.
        Some(settled != matches!(rule, GroupRule::All))
    }

    /// The result of a table in which each row plainly matches or does not.
    fn plain_table(self, table: &Table) -> Option<Value> {
        if !matches!(table.hit_policy.several, Several::First | Several::Refuse) || table.is_ranked() {
            return None;
        }
        if O::RECORDS && table.inputs.iter().any(|input| self.peek(input, &Frame::EMPTY).is_none()) {
            return None;
        }
        let mut hit: Option<&Row> = None;
        for (number, row) in (0_u32..).zip(&table.rows) {
            if !self.plain_row(table, row)? {
                continue;
            }
            self.tell(|observer| observer.row(number, true));
            if table.hit_policy.takes_first_row() {
                return Some(self.outputs(table, &row.results, &Frame::EMPTY));
            }
            if hit.replace(row).is_some() {
                return None;
            }
        }
        let results = match hit {
            Some(row) => &row.results,
            None => {
                let default = table.default.as_ref()?;
                self.tell(|observer| observer.default_row(true));
                default
            }
        };
        Some(self.outputs(table, results, &Frame::EMPTY))
    }

    fn plain_row(self, table: &Table, row: &Row) -> Option<bool> {
        if row.in_force.is_some() {
            return None;
        }
        let mut matches = true;
        for cell in &row.cells {
            let input = at(&table.inputs, cell.input)?;
            let input = self.peek(input, &Frame::EMPTY)?;
            matches &= self.plain_tests(input, &cell.tests, cell.negated, &Frame::EMPTY)?;
            if !matches && !O::RECORDS {
                break;
            }
        }
        Some(matches)
    }

    /// How many items plainly pass a filter.
    pub(super) fn plain_count(self, filter: &Filter, frame: &Frame<'_>) -> Option<usize> {
        if filter.constant {
            return None;
        }
        let mut space = Value::Null;
        let Value::List(items) = self.operand(&filter.base, frame, &mut space) else { return None };
        let mut count = 0;
        for item in items.iter() {
            if !self.run.limits.spend(filter.steps) {
                return None;
            }
            count += usize::from(self.plain(&filter.condition, &Frame::within(std::slice::from_ref(item), frame))?);
        }
        Some(count)
    }
}

/// Bytes of a text that are not compared for nothing.
const LONG_TEXT: usize = 1_000;

/// Compares two values of one kind that is often compared.
#[inline]
fn plain_order(comparison: Comparison, left: &Value, right: &Value) -> Option<bool> {
    let order = match (left, right) {
        (Value::Number(left), Value::Number(right)) => number::order(left, right),
        (Value::Date(left), Value::Date(right)) => left.cmp(right),
        // what takes long is counted elsewhere
        (Value::String(left), Value::String(right)) if left.len() < LONG_TEXT => {
            return match comparison {
                Comparison::Equal => Some(left == right),
                Comparison::NotEqual => Some(left != right),
                Comparison::Less | Comparison::LessOrEqual | Comparison::Greater | Comparison::GreaterOrEqual => None,
            };
        }
        (Value::Boolean(left), Value::Boolean(right)) => {
            return match comparison {
                Comparison::Equal => Some(left == right),
                Comparison::NotEqual => Some(left != right),
                Comparison::Less | Comparison::LessOrEqual | Comparison::Greater | Comparison::GreaterOrEqual => None,
            };
        }
        _ => return None,
    };
    Some(match comparison {
        Comparison::Equal => order.is_eq(),
        Comparison::NotEqual => order.is_ne(),
        Comparison::Less => order.is_lt(),
        Comparison::LessOrEqual => order.is_le(),
        Comparison::Greater => order.is_gt(),
        Comparison::GreaterOrEqual => order.is_ge(),
    })
}

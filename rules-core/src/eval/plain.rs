//! The common case, without ceremony: conditions that are plainly true or false.
//!
//! A silent run asks here first. Where anything is unknown, null or of another kind than expected the answer is `None`,
//! and the full evaluation says what it means; where there is an answer, the full evaluation gives the same (every test of
//! the corpus runs both ways).

use super::machine::{Frame, Machine};
use super::observer::Observer;
use crate::hit_policy::Several;
use crate::program::node::{Compare, Comparison, Filter, Shortcut, Test};
use crate::program::{Decision, GroupRule, Logic, Node, Row, Table};
use crate::value::{Value, number};

impl<O: Observer> Machine<'_, '_, O> {
    /// The truth value of a node that is plainly true or false. A run that records looks at everything and asks nothing.
    #[inline]
    pub(super) fn plainly(self, node: &Node, frame: &Frame<'_>) -> Option<bool> {
        if O::RECORDS { None } else { self.plain(node, frame) }
    }

    fn plain(self, node: &Node, frame: &Frame<'_>) -> Option<bool> {
        match node {
            Node::And(operands) => {
                for operand in operands {
                    if !self.plain(operand, frame)? {
                        return Some(false);
                    }
                }
                Some(true)
            }
            Node::Or(operands) => {
                for operand in operands {
                    if self.plain(operand, frame)? {
                        return Some(true);
                    }
                }
                Some(false)
            }
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

    #[inline]
    fn plain_compare(self, compare: &Compare, frame: &Frame<'_>) -> Option<bool> {
        if let (Some(left), Some(right)) = (self.peek(&compare.left, frame), self.peek(&compare.right, frame)) {
            return plain_order(compare.comparison, left, right);
        }
        self.made_compare(compare, frame)
    }

    /// A comparison with a side that has to be made first.
    fn made_compare(self, compare: &Compare, frame: &Frame<'_>) -> Option<bool> {
        let (mut left, mut right) = (Value::Null, Value::Null);
        let left = self.operand(&compare.left, frame, &mut left);
        let right = self.operand(&compare.right, frame, &mut right);
        plain_order(compare.comparison, left, right)
    }

    /// Whether a value plainly passes any of the tests.
    fn plain_tests(self, value: &Value, tests: &[Test], negated: bool, frame: &Frame<'_>) -> Option<bool> {
        for test in tests {
            if self.plain_test(value, test, frame)? {
                return Some(!negated);
            }
        }
        Some(negated)
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
                if inside { plain_order(below, value, self.peek(high, &inner)?) } else { Some(false) }
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
        if O::RECORDS {
            return None;
        }
        match &decision.logic {
            Logic::Criterion(node) => self.plain(node, &Frame::EMPTY).map(Value::Boolean),
            Logic::Group { rule, members } => self.plain_group(*rule, members).map(Value::Boolean),
            Logic::Table(table) if decision.declared_type.is_none() => self.plain_table(table),
            Logic::Expression(node) if decision.declared_type.is_none() => Some(self.value(node, &Frame::EMPTY)),
            Logic::Table(_) | Logic::Expression(_) | Logic::Triggers(_) | Logic::Function => None,
        }
    }

    fn plain_group(self, rule: GroupRule, members: &[Node]) -> Option<bool> {
        let mut met = 0_u32;
        for member in members {
            let holds = self.plainly(member, &Frame::EMPTY)?;
            met += u32::from(holds);
            match rule {
                GroupRule::All if !holds => return Some(false),
                GroupRule::Any if holds => return Some(true),
                GroupRule::AtLeast(count) if met >= count => return Some(true),
                GroupRule::All | GroupRule::Any | GroupRule::AtLeast(_) => {}
            }
        }
        Some(match rule {
            GroupRule::All => true,
            GroupRule::Any => false,
            GroupRule::AtLeast(count) => met >= count,
        })
    }

    /// The result of a table in which each row plainly matches or does not.
    fn plain_table(self, table: &Table) -> Option<Value> {
        if O::RECORDS || !matches!(table.hit_policy.several, Several::First | Several::Refuse) || table.is_ranked() {
            return None;
        }
        let mut hit: Option<&Row> = None;
        for row in &table.rows {
            if !self.plain_row(table, row)? {
                continue;
            }
            if table.hit_policy.takes_first_row() {
                return Some(self.outputs(table, &row.results, &Frame::EMPTY));
            }
            if hit.replace(row).is_some() {
                return None;
            }
        }
        let results = hit.map(|row| &row.results).or(table.default.as_ref())?;
        Some(self.outputs(table, results, &Frame::EMPTY))
    }

    fn plain_row(self, table: &Table, row: &Row) -> Option<bool> {
        if row.in_force.is_some() {
            return None;
        }
        for cell in &row.cells {
            let input = table.inputs.get(usize::try_from(cell.input).ok()?)?;
            let input = self.peek(input, &Frame::EMPTY)?;
            if !self.plain_tests(input, &cell.tests, cell.negated, &Frame::EMPTY)? {
                return Some(false);
            }
        }
        Some(true)
    }

    /// How many items plainly pass a filter.
    pub(super) fn plain_count(self, filter: &Filter, frame: &Frame<'_>) -> Option<usize> {
        if O::RECORDS || filter.constant {
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

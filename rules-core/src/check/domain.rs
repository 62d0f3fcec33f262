//! What a column of a decision table can be, cut into atoms: pieces within which no cell of the column tells two values
//! apart. Dates are days, counted as whole numbers.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::globals::fact_at;
use super::requirements::facts_behind;
use crate::feel::ast::{Arguments, BinaryOperator, Expr, ExprKind};
use crate::model::{Cell, DecisionTable, Fact, FactKind, Formula, Model};
use crate::types::Type;
use crate::value::bounds::Bound;
use crate::value::text::at_literal;
use crate::value::{Date, Decimal, Value, number};

/// A piece of a domain.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Atom {
    Null,
    Boolean(bool),
    Text(Arc<str>),
    /// Every text that no cell names.
    OtherText,
    Number(Decimal),
    /// The numbers strictly between the two; without one, without end.
    Between(Option<Decimal>, Option<Decimal>),
}

/// What a cell says about one value.
#[derive(Clone, Debug)]
enum Test {
    Is(Atom),
    IsNot(Atom),
    /// Lower end and upper end, each with whether it belongs to it.
    Within(Option<(Decimal, bool)>, Option<(Decimal, bool)>),
}

/// A cell that can be analysed: any of the tests, or none of them.
struct Tests {
    negated: bool,
    tests: Vec<Test>,
}

/// One column: its atoms, and for each row which of them the cell takes; `None` for a cell that cannot be analysed.
pub(super) struct Column {
    pub(super) atoms: Vec<Atom>,
    pub(super) rows: Vec<Option<Vec<bool>>>,
    /// The facts behind the column. Columns without a common one can have any of their values together.
    pub(super) facts: BTreeSet<Arc<str>>,
    dates: bool,
    words: Arc<str>,
}

/// What kind of values a column has, null aside.
enum Values {
    Booleans,
    Texts(Option<Vec<Arc<str>>>),
    Numbers { minimum: Option<Bound>, maximum: Option<Bound>, whole: bool, only: Option<Vec<Decimal>> },
}

/// The column of input `index` of `table`; `None` when nothing is known of its values.
pub(super) fn column(model: &Model, table: &DecisionTable, index: usize, input_type: &Type) -> Option<Column> {
    let input = table.inputs.get(index)?;
    let fact = fact_of(model, &input.expr);
    let values = values_of(fact, input_type)?;
    let cells: Vec<Option<Option<Tests>>> = table
        .rules
        .iter()
        .map(|rule| match rule.cells.get(index) {
            Some(Cell::Tests(formula)) => Some(tests_of(formula)),
            Some(Cell::Any) | None => None,
        })
        .collect();
    let mut atoms = atoms_of(&values, cells.iter().flatten().flatten());
    if input_type.may_be_null() {
        atoms.push(Atom::Null);
    }
    let rows = cells
        .iter()
        .map(|cell| match cell {
            None => Some(vec![true; atoms.len()]),
            Some(tests) => tests.as_ref().map(|tests| atoms.iter().map(|atom| takes(tests, atom)).collect()),
        })
        .collect();
    Some(Column {
        atoms,
        rows,
        facts: facts_behind(model, input),
        dates: input_type.without_null() == &Type::Date,
        words: input.text.clone(),
    })
}

impl Column {
    /// The atom in words: "`age` is above 18".
    pub(super) fn words(&self, atom: &Atom) -> String {
        let point = |point: Decimal| match number::whole(point).filter(|_| self.dates).and_then(Date::from_day_number) {
            Some(date) => date.to_string(),
            None => number::plain(point),
        };
        let what = match atom {
            Atom::Null => "null".to_owned(),
            Atom::Boolean(value) => value.to_string(),
            Atom::Text(text) => format!("\"{text}\""),
            Atom::OtherText => "another text".to_owned(),
            Atom::Number(value) => point(*value),
            Atom::Between(None, None) => "any value".to_owned(),
            Atom::Between(Some(low), None) => format!("above {}", point(*low)),
            Atom::Between(None, Some(high)) => format!("below {}", point(*high)),
            Atom::Between(Some(low), Some(high)) => format!("between {} and {}", point(*low), point(*high)),
        };
        format!("`{}` is {what}", self.words)
    }
}

/// The fact that a column is, if it is one.
fn fact_of<'m>(model: &'m Model, input: &Expr) -> Option<&'m Fact> {
    fn path<'e>(expr: &'e Expr, steps: &mut Vec<&'e str>) -> bool {
        match &expr.kind {
            ExprKind::Name(name) => {
                steps.push(name);
                true
            }
            ExprKind::Path { base, member, .. } => {
                let named = path(base, steps);
                steps.push(member);
                named
            }
            _ => false,
        }
    }
    let mut steps = Vec::new();
    if !path(input, &mut steps) {
        return None;
    }
    fact_at(model, &steps)
}

fn values_of(fact: Option<&Fact>, input_type: &Type) -> Option<Values> {
    let numbers = |minimum, maximum, whole, only| Values::Numbers { minimum, maximum, whole, only };
    match (input_type.without_null(), fact.map(|fact| &fact.kind)) {
        (Type::Boolean, _) => Some(Values::Booleans),
        (Type::OneOf(texts), _) => Some(Values::Texts(Some((**texts).clone()))),
        (Type::String, _) => Some(Values::Texts(None)),
        (Type::Number, Some(FactKind::Number { integer, minimum, maximum, .. })) => {
            let only = fact.and_then(|fact| fact.allowed.as_ref()).map(|allowed| {
                allowed
                    .iter()
                    .filter_map(|value| if let Value::Number(number) = value { Some(*number) } else { None })
                    .collect()
            });
            Some(numbers(*minimum, *maximum, *integer, only))
        }
        (Type::Number, _) => Some(numbers(None, None, false, None)),
        (Type::Date, _) => Some(numbers(None, None, true, None)),
        _ => None,
    }
}

/// The tests of a cell; `None` when one of them is more than a comparison with something written out.
fn tests_of(formula: &Formula) -> Option<Tests> {
    let ExprKind::UnaryTests { negated, tests } = &formula.expr.kind else { return None };
    let tests: Option<Vec<Vec<Test>>> = tests.iter().map(test_of).collect();
    Some(Tests { negated: *negated, tests: tests?.into_iter().flatten().collect() })
}

fn test_of(test: &Expr) -> Option<Vec<Test>> {
    Some(match &test.kind {
        ExprKind::UnaryComparison { operator, operand } => vec![comparison(*operator, operand)?],
        ExprKind::Range { start, start_included, end, end_included } => {
            let low = (point(start.as_ref()?)?, *start_included);
            let high = (point(end.as_ref()?)?, *end_included);
            vec![Test::Within(Some(low), Some(high))]
        }
        ExprKind::List(items) => {
            let tests: Option<Vec<Vec<Test>>> = items.iter().map(test_of).collect();
            tests?.into_iter().flatten().collect()
        }
        _ => vec![Test::Is(literal(test)?)],
    })
}

fn comparison(operator: BinaryOperator, operand: &Expr) -> Option<Test> {
    Some(match operator {
        BinaryOperator::Equal => Test::Is(literal(operand)?),
        BinaryOperator::NotEqual => Test::IsNot(literal(operand)?),
        BinaryOperator::Less => Test::Within(None, Some((point(operand)?, false))),
        BinaryOperator::LessOrEqual => Test::Within(None, Some((point(operand)?, true))),
        BinaryOperator::Greater => Test::Within(Some((point(operand)?, false)), None),
        BinaryOperator::GreaterOrEqual => Test::Within(Some((point(operand)?, true)), None),
        _ => return None,
    })
}

/// The value that is written out, as an atom.
fn literal(expr: &Expr) -> Option<Atom> {
    match &expr.kind {
        ExprKind::Null => Some(Atom::Null),
        ExprKind::Boolean(value) => Some(Atom::Boolean(*value)),
        ExprKind::String(text) => Some(Atom::Text(text.clone())),
        _ => point(expr).map(Atom::Number),
    }
}

/// A number or a date that is written out.
fn point(expr: &Expr) -> Option<Decimal> {
    let day = |text: &str| match at_literal(text, None) {
        Some(Value::Date(date)) => Some(Decimal::from(date.day_number())),
        _ => None,
    };
    match &expr.kind {
        ExprKind::Number(value) => Some(*value),
        ExprKind::Negate(inner) => point(inner).map(|value| -value),
        ExprKind::At(text) => day(text),
        ExprKind::Call { function, arguments: Arguments::Positional(values) } => {
            match (&function.kind, values.as_slice()) {
                (ExprKind::Name(name), [value]) if &**name == "date" => match &value.kind {
                    ExprKind::String(text) => day(text),
                    _ => None,
                },
                _ => None,
            }
        }
        _ => None,
    }
}

/// The domain cut at every value that a cell names.
fn atoms_of<'t>(values: &Values, cells: impl Iterator<Item = &'t Tests>) -> Vec<Atom> {
    let tests: Vec<&Test> = cells.flat_map(|cell| &cell.tests).collect();
    match values {
        Values::Booleans => vec![Atom::Boolean(true), Atom::Boolean(false)],
        Values::Texts(Some(texts)) => texts.iter().cloned().map(Atom::Text).collect(),
        Values::Texts(None) => {
            let mut atoms: Vec<Atom> = Vec::new();
            for test in tests {
                if let Test::Is(atom @ Atom::Text(_)) | Test::IsNot(atom @ Atom::Text(_)) = test
                    && !atoms.contains(atom)
                {
                    atoms.push(atom.clone());
                }
            }
            atoms.push(Atom::OtherText);
            atoms
        }
        Values::Numbers { only: Some(only), .. } => only.iter().copied().map(Atom::Number).collect(),
        Values::Numbers { minimum, maximum, whole, only: None } => {
            let mut points: BTreeSet<Decimal> = BTreeSet::new();
            for test in tests {
                match test {
                    Test::Is(Atom::Number(value)) | Test::IsNot(Atom::Number(value)) => {
                        points.insert(*value);
                    }
                    Test::Within(low, high) => points.extend(low.iter().chain(high).map(|(value, _)| *value)),
                    Test::Is(_) | Test::IsNot(_) => {}
                }
            }
            points.extend(minimum.iter().chain(maximum).map(|bound| bound.value));
            line(&points, *minimum, *maximum, *whole)
        }
    }
}

/// The line of numbers between the bounds, cut at `points`.
fn line(points: &BTreeSet<Decimal>, minimum: Option<Bound>, maximum: Option<Bound>, whole: bool) -> Vec<Atom> {
    let above = |value: Decimal| minimum.is_none_or(|low| value > low.value || (low.included && value == low.value));
    let below =
        |value: Decimal| maximum.is_none_or(|high| value < high.value || (high.included && value == high.value));
    let mut atoms = Vec::new();
    let mut last: Option<Decimal> = None;
    let between = |low: Option<Decimal>, high: Option<Decimal>| {
        // bounds are points themselves, so a piece lies wholly inside or wholly outside
        let inside = low.is_none_or(|low| maximum.is_none_or(|bound| low < bound.value))
            && high.is_none_or(|high| minimum.is_none_or(|bound| high > bound.value))
            && (low.is_some() || minimum.is_none())
            && (high.is_some() || maximum.is_none());
        let filled = !whole || low.zip(high).is_none_or(|(low, high)| low.floor() + Decimal::ONE < high);
        (inside && filled).then_some(Atom::Between(low, high))
    };
    for point in points {
        atoms.extend(between(last, Some(*point)));
        if above(*point) && below(*point) && (!whole || point.fract().is_zero()) {
            atoms.push(Atom::Number(*point));
        }
        last = Some(*point);
    }
    atoms.extend(between(last, None));
    atoms
}

/// Whether the cell is true for the values of `atom`.
fn takes(cell: &Tests, atom: &Atom) -> bool {
    let results: Vec<Option<bool>> = cell.tests.iter().map(|test| holds(test, atom)).collect();
    if results.contains(&Some(true)) {
        return !cell.negated;
    }
    cell.negated && !results.contains(&None)
}

/// Whether the test is true for the values of `atom`; `None` where it is null.
fn holds(test: &Test, atom: &Atom) -> Option<bool> {
    match test {
        Test::Is(value) => Some(value == atom),
        Test::IsNot(value) => Some(value != atom),
        Test::Within(low, high) => match atom {
            Atom::Number(value) => Some(
                low.is_none_or(|(low, included)| *value > low || (included && *value == low))
                    && high.is_none_or(|(high, included)| *value < high || (included && *value == high)),
            ),
            // the ends of the test are points of the line, so no piece lies on both sides of one
            Atom::Between(from, to) => Some(
                low.is_none_or(|(low, _)| from.is_some_and(|from| from >= low))
                    && high.is_none_or(|(high, _)| to.is_some_and(|to| to <= high)),
            ),
            Atom::Null | Atom::Boolean(_) | Atom::Text(_) | Atom::OtherText => None,
        },
    }
}

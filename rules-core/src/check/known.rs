//! What a condition tells about the texts behind it: after `whole != 0 and …` the rest may divide by `whole`.

use std::sync::Arc;

use super::expression::{Found, Inference};
use super::requirements::free_names;
use crate::feel::ast::{Arguments, BinaryOperator, Expr, ExprKind};
use crate::feel::print;
use crate::types::Type;
use crate::value::Decimal;
use crate::value::bounds::Bounds;

/// Something that holds of an expression wherever it stands in a part of a text.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Known {
    /// The expression as it is printed.
    pub(super) text: String,
    /// The names that it takes from outside; where one of them means something else, nothing is known any more.
    pub(super) names: Vec<Arc<str>>,
    pub(super) what: What,
}

/// What holds.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum What {
    NotNull,
    NotZero,
    Within(Bounds),
    Is(Type),
}

impl Known {
    pub(super) fn of(expr: &Expr, what: What) -> Self {
        let mut names: Vec<Arc<str>> = free_names(expr).into_iter().map(|free| free.name).collect();
        let text = print(expr);
        if text.contains('?') {
            names.push("?".into());
        }
        Self { text, names, what }
    }

    /// How many items `list` has.
    fn items_of(list: &Expr, number: Bounds) -> Self {
        let known = Self::of(list, What::Within(number));
        let mut names = known.names;
        names.push("count".into());
        Self { text: format!("count({})", known.text), names, what: known.what }
    }
}

impl Inference<'_> {
    /// What is known when `condition` is true (`holds`), or when it is false.
    pub(super) fn learned(&self, condition: &Expr, holds: bool) -> Vec<Known> {
        match &condition.kind {
            ExprKind::Binary { operator, left, right } => self.learned_of_operator(*operator, left, right, holds),
            ExprKind::Call { function, arguments: Arguments::Positional(arguments) } => {
                let ExprKind::Name(name) = &function.kind else { return Vec::new() };
                match (&**name, arguments.as_slice()) {
                    ("not", [negand]) => self.learned(negand, !holds),
                    ("list contains", [list, _]) if holds => not_empty(list),
                    _ => Vec::new(),
                }
            }
            ExprKind::InstanceOf { value, type_name } if holds => {
                let Ok(found) = self.globals.definitions.resolve(type_name) else { return Vec::new() };
                let found = found.kind().structure();
                let mut known = if found.may_be_null() { Vec::new() } else { not_null(value) };
                known.push(Known::of(value, What::Is(found)));
                known
            }
            ExprKind::Between { value, low, high } if holds => {
                let mut known = self.learned_of_operator(BinaryOperator::GreaterOrEqual, value, low, true);
                known.extend(self.learned_of_operator(BinaryOperator::LessOrEqual, value, high, true));
                known
            }
            ExprKind::In { value, tests } => self.learned_of_tests(value, tests, holds),
            ExprKind::Quantified { iterators, quantifier, .. } => {
                // true needs an item that fits, false an item that does not
                let found = (*quantifier == crate::feel::ast::Quantifier::Some) == holds;
                let lists = iterators.iter().filter(|iterator| iterator.to.is_none());
                // behind the first, the lists may speak of the names before
                lists.take(usize::from(found)).flat_map(|iterator| not_empty(&iterator.from)).collect()
            }
            // a condition that is a name: true or false, it is known
            ExprKind::Name(name) => {
                let mut known = not_null(condition);
                if let (true, Some(Found::Global { global, .. })) = (holds, self.find(name)) {
                    known.extend(global.when_true.iter().cloned());
                }
                known
            }
            ExprKind::Path { .. } => not_null(condition),
            _ => Vec::new(),
        }
    }

    fn learned_of_operator(&self, operator: BinaryOperator, left: &Expr, right: &Expr, holds: bool) -> Vec<Known> {
        use BinaryOperator::{And, Equal, Greater, GreaterOrEqual, Less, LessOrEqual, NotEqual, Or};
        match (operator, holds) {
            (And, true) | (Or, false) => {
                let mut both = self.learned(left, holds);
                both.extend(self.learned(right, holds));
                both
            }
            (And, false) | (Or, true) => either(&self.learned(left, holds), &self.learned(right, holds)),
            (NotEqual, true) | (Equal, false) => [(left, right), (right, left)]
                .into_iter()
                .flat_map(|(expr, other)| match &other.kind {
                    ExprKind::Null => not_null(expr),
                    ExprKind::List(items) if items.is_empty() => vec![Known::items_of(expr, more_than_none())],
                    _ if self.bounds(other) == Bounds::exactly(Decimal::ZERO) => vec![Known::of(expr, What::NotZero)],
                    _ => Vec::new(),
                })
                .collect(),
            (Equal, true) | (NotEqual, false) => {
                let mut known = Vec::new();
                for (expr, other) in [(left, right), (right, left)] {
                    // equal to something that is itself not null
                    if self.is_plainly_not_null(other) {
                        known.extend(not_null(expr));
                    }
                    known.push(Known::of(expr, What::Within(self.bounds(other))));
                }
                known
            }
            (Greater, true) | (LessOrEqual, false) => self.learned_of_order(left, right, false),
            (GreaterOrEqual, true) | (Less, false) => self.learned_of_order(left, right, true),
            (Less, true) | (GreaterOrEqual, false) => self.learned_of_order(right, left, false),
            (LessOrEqual, true) | (Greater, false) => self.learned_of_order(right, left, true),
            _ => Vec::new(),
        }
    }

    /// What it tells that `upper` is greater than `lower`, or perhaps equal to it.
    fn learned_of_order(&self, upper: &Expr, lower: &Expr, or_equal: bool) -> Vec<Known> {
        let mut known = not_null(upper);
        known.extend(not_null(lower));
        known.push(Known::of(upper, What::Within(self.bounds(lower).above(or_equal))));
        known.push(Known::of(lower, What::Within(self.bounds(upper).below(or_equal))));
        known
    }

    /// What it tells that one of `tests` is true of `value`, or that none is.
    pub(super) fn learned_of_tests(&self, value: &Expr, tests: &[Expr], holds: bool) -> Vec<Known> {
        let each = tests.iter().map(|test| self.learned_of_test(value, test, holds));
        if holds {
            each.reduce(|left, right| either(&left, &right)).unwrap_or_default()
        } else {
            each.flatten().collect()
        }
    }

    fn learned_of_test(&self, value: &Expr, test: &Expr, holds: bool) -> Vec<Known> {
        match &test.kind {
            ExprKind::UnaryComparison { operator, operand } => {
                self.learned_of_operator(*operator, value, operand, holds)
            }
            ExprKind::Range { start: Some(start), start_included, end: Some(end), end_included } if holds => {
                let mut known = self.learned_of_order(value, start, *start_included);
                known.extend(self.learned_of_order(end, value, *end_included));
                known
            }
            // none of no tests is true: the `-` of a cell
            ExprKind::UnaryTests { tests, .. } if tests.is_empty() => Vec::new(),
            ExprKind::UnaryTests { negated, tests } => self.learned_of_tests(value, tests, holds != *negated),
            ExprKind::List(items) => self.learned_of_tests(value, items, holds),
            ExprKind::Number(_) | ExprKind::Negate(_) | ExprKind::String(_) | ExprKind::At(_) | ExprKind::Null => {
                self.learned_of_operator(BinaryOperator::Equal, value, test, holds)
            }
            _ => Vec::new(),
        }
    }

    /// Whether `expr` is written out or a name of something that is never null.
    fn is_plainly_not_null(&self, expr: &Expr) -> bool {
        match &expr.kind {
            ExprKind::Boolean(_) | ExprKind::Number(_) | ExprKind::String(_) | ExprKind::At(_) => true,
            ExprKind::Negate(operand) => self.is_plainly_not_null(operand),
            ExprKind::Name(name) => match self.find(name) {
                Some(Found::Local { value_type, .. }) => !value_type.may_be_null(),
                Some(Found::Global { global, .. }) => !global.value_type.may_be_null(),
                None => false,
            },
            _ => false,
        }
    }

    /// What is known of `expr` itself.
    pub(super) fn known_of<'k>(&'k self, expr: &Expr) -> impl Iterator<Item = &'k What> + use<'k> {
        // most texts have no conditions, and printing is work
        let text = if self.known.is_empty() { String::new() } else { print(expr) };
        self.known.iter().filter(move |known| known.text == text).map(|known| &known.what)
    }

    /// Runs `check` where more is known.
    pub(super) fn knowing<T>(&mut self, more: Vec<Known>, check: impl FnOnce(&mut Self) -> T) -> T {
        let before = self.known.len();
        self.known.extend(more);
        let result = check(self);
        self.known.truncate(before);
        result
    }

    /// `found` as far as it can be where `expr` stands.
    pub(super) fn narrowed(&self, expr: &Expr, found: Type) -> Type {
        if !matches!(found, Type::Nullable(_) | Type::Any) {
            return found;
        }
        self.known_of(expr).fold(found, |found, what| match what {
            What::NotNull => found.without_null().clone(),
            What::Is(narrow) if narrow.conforms_to(&found) => narrow.clone(),
            What::Is(_) | What::NotZero | What::Within(_) => found,
        })
    }
}

/// That a list has an item.
fn not_empty(list: &Expr) -> Vec<Known> {
    let mut known = not_null(list);
    known.push(Known::items_of(list, more_than_none()));
    known
}

fn more_than_none() -> Bounds {
    Bounds::exactly(Decimal::ZERO).above(false)
}

/// That `expr` is not null, and so nothing that it could not be without: `a + b.c` needs `a`, `b.c` and `b`.
fn not_null(expr: &Expr) -> Vec<Known> {
    let mut known = match &expr.kind {
        ExprKind::Binary { operator, left, right } if operator.is_arithmetic() => {
            let mut both = not_null(left);
            both.extend(not_null(right));
            both
        }
        ExprKind::Negate(inner) | ExprKind::Path { base: inner, .. } => not_null(inner),
        ExprKind::Number(_) | ExprKind::String(_) | ExprKind::Boolean(_) | ExprKind::At(_) => return Vec::new(),
        _ => Vec::new(),
    };
    known.push(Known::of(expr, What::NotNull));
    known
}

/// What is known either way.
fn either(left: &[Known], right: &[Known]) -> Vec<Known> {
    let mut both = Vec::new();
    for known in left {
        for other in right.iter().filter(|other| other.text == known.text) {
            let what = match (&known.what, &other.what) {
                (What::Within(one), What::Within(other)) => What::Within(one.or(*other)),
                (one, other) if one == other => one.clone(),
                _ => What::Within(Bounds::default()),
            };
            both.push(Known { what, ..known.clone() });
            if known.what.excludes_zero() && other.what.excludes_zero() {
                both.push(Known { what: What::NotZero, ..known.clone() });
            }
        }
    }
    both
}

impl What {
    fn excludes_zero(&self) -> bool {
        match self {
            Self::NotZero => true,
            Self::Within(bounds) => bounds.excludes_zero(),
            Self::NotNull | Self::Is(_) => false,
        }
    }
}

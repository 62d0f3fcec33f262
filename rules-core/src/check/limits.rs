//! Comparisons with numbers that a fact never reaches: their result is the same whatever the case.

use super::expression::Inference;
use crate::code;
use crate::feel::ast::{BinaryOperator, Expr, ExprKind};
use crate::feel::print;
use crate::source::Span;
use crate::value::bounds::Bound;
use crate::value::bounds::Bounds;
use crate::value::{Decimal, number};

impl Inference<'_> {
    /// Warns when a fact is compared with a number beyond its declared minimum or maximum.
    pub(super) fn expect_open(&mut self, span: Span, operator: BinaryOperator, left: &Expr, right: &Expr) {
        let (fact, operator, point) = match (literal(left), literal(right)) {
            (None, Some(point)) => (left, operator, point),
            (Some(point), None) => (right, mirrored(operator), point),
            _ => return,
        };
        let known = matches!(fact.kind, ExprKind::Name(_) | ExprKind::Path { .. });
        let path = print(fact);
        let root = path.split('.').next().unwrap_or("");
        if !known || !matches!(self.find(root), Some(super::expression::Found::Global { .. })) {
            return;
        }
        let Bounds { low: minimum, high: maximum } = self.globals.bounds(&path);
        let (result, bound, side) = match (below(point, minimum), above(point, maximum)) {
            (true, _) => (when_greater(operator), minimum, "at least"),
            (_, true) => (when_less(operator), maximum, "at most"),
            _ => return edge(self, span, operator, point, &path, (minimum, maximum)),
        };
        if let Some(bound) = bound {
            self.complain_of_sameness(span, &path, side, bound.value, result);
        }
    }

    /// Warns when the declared limits of what is calculated with allow a result that cannot be held: it would be null
    /// (`semantics.md` section 7).
    pub(super) fn expect_held(&mut self, span: Span, operator: BinaryOperator, left: &Expr, right: &Expr) {
        let operation = match operator {
            BinaryOperator::Add => number::add,
            BinaryOperator::Subtract => number::subtract,
            BinaryOperator::Multiply => number::multiply,
            BinaryOperator::Divide => number::divide,
            BinaryOperator::Power => number::power,
            _ => return,
        };
        let (left, right) = (self.bounds(left), self.bounds(right));
        let ends = |bounds: Bounds| [bounds.low, bounds.high].into_iter().flatten().map(|bound| bound.value);
        let lost = |left: Decimal, right: Decimal| {
            let undefined = right.is_zero() && operator == BinaryOperator::Divide;
            let undefined = undefined || (operator == BinaryOperator::Power && left <= Decimal::ZERO);
            !undefined && operation(left, right).is_none()
        };
        if ends(left).any(|left| ends(right).any(|right| lost(left, right))) {
            let message =
                "the result may be too large, or too close to 0, to be held exactly; it is then null".to_owned();
            let help =
                "numbers have up to 28 digits; narrow the `minimum` and `maximum` of the facts, or calculate in \
                        another unit"
                    .to_owned();
            self.complain(&code::TOO_LARGE, span, message, Some(help));
        }
    }

    fn complain_of_sameness(&mut self, span: Span, path: &str, side: &str, bound: Decimal, result: bool) {
        let always = if result { "always" } else { "never" };
        let message = format!("`{path}` is {side} {}, so this is {always} true", number::plain(bound));
        let help = "compare with another number, or correct the fact's `minimum` or `maximum`".to_owned();
        self.complain(&code::ALWAYS_SAME, span, message, Some(help));
    }
}

/// Comparisons with the bound itself: `x > maximum`, `x <= maximum`, `x < minimum`, `x >= minimum`.
fn edge(
    inference: &mut Inference<'_>,
    span: Span,
    operator: BinaryOperator,
    point: Decimal,
    path: &str,
    (minimum, maximum): (Option<Bound>, Option<Bound>),
) {
    let at = |bound: Option<Bound>| bound.is_some_and(|bound| bound.included && bound.value == point);
    if minimum.map(|bound| bound.value) == maximum.map(|bound| bound.value) {
        return;
    }
    match operator {
        BinaryOperator::Greater | BinaryOperator::LessOrEqual if at(maximum) => {
            inference.complain_of_sameness(span, path, "at most", point, operator == BinaryOperator::LessOrEqual);
        }
        BinaryOperator::Less | BinaryOperator::GreaterOrEqual if at(minimum) => {
            inference.complain_of_sameness(span, path, "at least", point, operator == BinaryOperator::GreaterOrEqual);
        }
        _ => {}
    }
}

fn literal(expr: &Expr) -> Option<Decimal> {
    match &expr.kind {
        ExprKind::Number(value) => Some(*value),
        ExprKind::Negate(inner) => literal(inner).map(|value| -value),
        _ => None,
    }
}

fn below(point: Decimal, minimum: Option<Bound>) -> bool {
    minimum.is_some_and(|bound| point < bound.value || (point == bound.value && !bound.included))
}

fn above(point: Decimal, maximum: Option<Bound>) -> bool {
    maximum.is_some_and(|bound| point > bound.value || (point == bound.value && !bound.included))
}

/// The same comparison with its sides swapped.
fn mirrored(operator: BinaryOperator) -> BinaryOperator {
    match operator {
        BinaryOperator::Less => BinaryOperator::Greater,
        BinaryOperator::LessOrEqual => BinaryOperator::GreaterOrEqual,
        BinaryOperator::Greater => BinaryOperator::Less,
        BinaryOperator::GreaterOrEqual => BinaryOperator::LessOrEqual,
        other => other,
    }
}

/// The result when the left side is greater than the right one.
fn when_greater(operator: BinaryOperator) -> bool {
    matches!(operator, BinaryOperator::Greater | BinaryOperator::GreaterOrEqual | BinaryOperator::NotEqual)
}

/// The result when the left side is less than the right one.
fn when_less(operator: BinaryOperator) -> bool {
    matches!(operator, BinaryOperator::Less | BinaryOperator::LessOrEqual | BinaryOperator::NotEqual)
}

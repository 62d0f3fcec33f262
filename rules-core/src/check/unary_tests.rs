//! Unary tests against the type of their input: cells of decision tables, and what stands behind `in`.

use super::expression::Inference;
use super::operators::both_texts;
use crate::code;
use crate::feel::ast::{BinaryOperator, Expr, ExprKind};
use crate::types::Type;

impl Inference<'_> {
    /// Checks one test against an input of type `input`. `place` is the input's expression, with a span in this text.
    pub(super) fn unary_test(&mut self, test: &Expr, input: &Type, place: &Expr) {
        match &test.kind {
            ExprKind::UnaryComparison { operator, operand } => {
                let operand_type = self.infer(operand);
                // a null input matches no comparison, which is what an author of a test means
                let input = input.without_null();
                match operator {
                    BinaryOperator::Equal | BinaryOperator::NotEqual => {
                        self.equality(test.span, place, input, operand, &operand_type);
                    }
                    _ => {
                        self.order(test.span, place, input, operand, &operand_type);
                    }
                }
            }
            ExprKind::UnaryTests { tests, .. } => tests.iter().for_each(|inner| self.unary_test(inner, input, place)),
            ExprKind::List(items) if !matches!(input.without_null(), Type::List(_)) => {
                self.test_of_items(test, items, input, place);
            }
            _ => {
                let found = self.infer(test);
                self.expect_fitting(test, &found, input.without_null(), place);
            }
        }
    }

    /// A list that is written out: each item is a test of its own, and those of another kind than the input are no fault
    /// as long as some item may match.
    fn test_of_items(&mut self, test: &Expr, items: &[Expr], input: &Type, place: &Expr) {
        let faults = self.findings.len();
        let types: Vec<Type> = items.iter().map(|item| self.infer(item)).collect();
        self.findings.truncate(faults);
        let wide = input.without_null().widened();
        let fits = |found: &Type| match found.without_null() {
            Type::Range(point) => point.widened().overlaps(&wide),
            Type::Boolean | Type::Null => true,
            other => other.widened().overlaps(&wide),
        };
        if items.is_empty() || !types.iter().any(fits) {
            let found = self.infer(test);
            return self.expect_fitting(test, &found, input.without_null(), place);
        }
        for (item, found) in items.iter().zip(&types) {
            if fits(found) {
                self.unary_test(item, input, place);
            } else {
                self.infer(item);
            }
        }
    }

    /// Complains when a test that is a value, a range or a list can never match the input.
    fn expect_fitting(&mut self, test: &Expr, found: &Type, input: &Type, place: &Expr) {
        match found.without_null() {
            // a condition, or a boolean that the input may equal
            Type::Boolean | Type::Any | Type::Null => {}
            Type::Range(point) => {
                if !point.overlaps(input) && !both_texts(point, input) && !found.overlaps(input) {
                    let message = format!("{} is never in {}", input.words(), found.words());
                    self.complain(&code::WRONG_TYPE, test.span, message, None);
                }
            }
            Type::List(item) => {
                let item = item.without_null();
                let inside = if let Type::Range(point) = item { point.overlaps(input) } else { item.overlaps(input) };
                if !inside && !found.overlaps(input) {
                    self.equality(test.span, place, input, test, item);
                }
            }
            other => {
                // an input that is a list matches an item of it
                if !input.item().overlaps(other) {
                    self.equality(test.span, place, input, test, other);
                }
            }
        }
    }
}

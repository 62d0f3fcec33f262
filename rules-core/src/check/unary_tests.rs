//! Unary tests against the type of their input: cells of decision tables, and what stands behind `in`.

use super::complaints::conversion;
use super::expression::Inference;
use super::operators::both_texts;
use crate::code;
use crate::feel::ast::{BinaryOperator, Expr, ExprKind};
use crate::types::Type;

/// Whether a test gives true or false.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Answers {
    Always,
    /// Null when its input is null.
    UnlessNull,
    Perhaps,
}

impl Answers {
    /// What holds of two tests together.
    pub(super) fn and(self, other: Self) -> Self {
        self.max(other)
    }

    /// What holds of an input that is not null.
    pub(super) fn of_a_value(self) -> Self {
        if self == Self::UnlessNull { Self::Always } else { self }
    }

    fn of(result: &Type, otherwise: Self) -> Self {
        if result.may_be_null() { Self::Perhaps } else { otherwise }
    }
}

impl Inference<'_> {
    /// Checks one test against an input of type `input`. `place` is the input's expression, with a span in this text.
    pub(super) fn unary_test(&mut self, test: &Expr, input: &Type, place: &Expr) -> Answers {
        match &test.kind {
            ExprKind::UnaryComparison { operator, operand } => {
                let operand_type = self.infer(operand);
                // a null input matches no comparison, which is what an author of a test means
                let input = input.without_null();
                match operator {
                    BinaryOperator::Equal | BinaryOperator::NotEqual => {
                        self.equality(test.span, place, input, operand, &operand_type);
                        let null = input == &Type::Null || operand_type == Type::Null;
                        if null {
                            Answers::Always
                        } else {
                            Answers::of(&self.comparable(input, &operand_type), Answers::Always)
                        }
                    }
                    _ => {
                        let result = self.order(test.span, place, input, operand, &operand_type);
                        Answers::of(&result, Answers::UnlessNull)
                    }
                }
            }
            ExprKind::UnaryTests { tests, .. } => {
                let each = tests.iter().map(|inner| self.unary_test(inner, input, place));
                each.fold(Answers::Always, Answers::and)
            }
            ExprKind::List(items) if !matches!(input.without_null(), Type::List(_)) => {
                self.test_of_items(test, items, input, place)
            }
            _ => {
                let found = self.infer(test);
                let faults = self.findings.len();
                self.expect_fitting(test, &found, input.without_null(), place);
                // one fault is said once
                if self.findings.len() > faults { Answers::Always } else { self.answers(&found, input) }
            }
        }
    }

    /// Whether a test that is a value, a range or a list gives true or false.
    fn answers(&self, found: &Type, input: &Type) -> Answers {
        match (found.without_null(), input.without_null()) {
            (Type::Any, _) | (_, Type::Any) => {
                if self.globals.is_pack() {
                    Answers::Always
                } else {
                    Answers::Perhaps
                }
            }
            (Type::Range(point), _) if point.may_be_null() && point.without_null() != &Type::Any => Answers::Perhaps,
            (Type::Range(point), input) => Answers::of(&self.comparable(point, input), Answers::UnlessNull),
            (Type::List(item), input) => match item.without_null() {
                item @ (Type::Range(_) | Type::Any) => self.answers(item, input),
                _ => Answers::Always,
            },
            _ => Answers::Always,
        }
    }

    /// A list that is written out: each item is a test of its own, and those of another kind than the input are no fault
    /// as long as some item may match.
    fn test_of_items(&mut self, test: &Expr, items: &[Expr], input: &Type, place: &Expr) -> Answers {
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
            self.expect_fitting(test, &found, input.without_null(), place);
            return self.answers(&found, input);
        }
        let mut answers = Answers::Always;
        for (item, found) in items.iter().zip(&types) {
            if fits(found) {
                answers = answers.and(self.unary_test(item, input, place));
            } else {
                self.infer(item);
                answers = answers.and(self.answers(found, input));
            }
        }
        answers
    }

    /// Complains when a test that is a value, a range or a list can never match the input.
    fn expect_fitting(&mut self, test: &Expr, found: &Type, input: &Type, place: &Expr) {
        match found.without_null() {
            // a condition, or a boolean that the input may equal
            Type::Boolean | Type::Any | Type::Null => {}
            Type::Range(point) => {
                if !point.overlaps(input) && !both_texts(point, input) && !found.overlaps(input) {
                    let message = format!("{} is never in {}", input.words(), found.words());
                    let help = match &test.kind {
                        ExprKind::Range { start: Some(start), .. } => conversion(start, point, input),
                        _ => None,
                    };
                    let help = help.or_else(|| conversion(place, input, point));
                    self.complain(&code::WRONG_TYPE, test.span, message, help);
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

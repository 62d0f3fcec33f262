//! Operators: arithmetic, comparison, `and`, `or`, `between`, `in` and ranges.

use std::sync::Arc;

use super::complaints::conversion;
use super::expression::Inference;
use super::guard::not_null_when;
use crate::code;
use crate::diagnostic::closest;
use crate::feel::ast::{BinaryOperator, Expr, ExprKind};
use crate::source::Span;
use crate::types::Type;

impl Inference<'_> {
    pub(super) fn binary(&mut self, whole: &Expr, operator: BinaryOperator, left: &Expr, right: &Expr) -> Type {
        match operator {
            BinaryOperator::And | BinaryOperator::Or => self.logic(operator, left, right),
            BinaryOperator::Equal | BinaryOperator::NotEqual => {
                let left_type = self.infer(left);
                let right_type = self.infer(right);
                self.equality(whole.span, left, &left_type, right, &right_type);
                self.expect_possible_null(whole.span, operator, (left, &left_type), (right, &right_type));
                self.expect_open(whole.span, operator, left, right);
                // whether something is null has an answer whatever it is
                match (&left_type, &right_type) {
                    (Type::Null, _) | (_, Type::Null) => Type::Boolean,
                    (left_type, right_type) => comparable(left_type, right_type),
                }
            }
            BinaryOperator::Less
            | BinaryOperator::LessOrEqual
            | BinaryOperator::Greater
            | BinaryOperator::GreaterOrEqual => {
                let left_type = self.infer(left);
                let right_type = self.infer(right);
                self.expect_open(whole.span, operator, left, right);
                self.order(whole.span, left, &left_type, right, &right_type)
            }
            BinaryOperator::Add
            | BinaryOperator::Subtract
            | BinaryOperator::Multiply
            | BinaryOperator::Divide
            | BinaryOperator::Power => self.arithmetic(whole, operator, left, right),
        }
    }

    fn logic(&mut self, operator: BinaryOperator, left: &Expr, right: &Expr) -> Type {
        let role = format!("`{}`", operator.symbol());
        // what settles the result whatever the other side is
        let settles =
            |expr: &Expr| matches!(expr.kind, ExprKind::Boolean(value) if value == (operator == BinaryOperator::Or));
        let left_type = self.infer(left);
        if !settles(right) {
            self.expect(left, &left_type, &Type::Boolean, &role);
        }
        let guards = not_null_when(left, operator == BinaryOperator::And);
        let right_type = self.with_guards(guards, |inference| {
            let right_type = inference.infer(right);
            if !settles(left) {
                inference.expect(right, &right_type, &Type::Boolean, &role);
            }
            right_type
        });
        nullable_if(Type::Boolean, &[left_type, right_type])
    }

    /// Complains when the two can never be equal.
    pub(super) fn equality(&mut self, span: Span, left: &Expr, left_type: &Type, right: &Expr, right_type: &Type) {
        if left_type == &Type::Null || right_type == &Type::Null || left_type.overlaps(right_type) {
            return;
        }
        if let (Type::OneOf(left_values), Type::OneOf(right_values)) =
            (left_type.without_null(), right_type.without_null())
        {
            match (is_named(left), is_named(right)) {
                (true, _) => self.complain_of_value(left_values, right_values, right),
                (_, true) => self.complain_of_value(right_values, left_values, left),
                // two texts that are written out may well differ
                _ => {}
            }
            return;
        }
        if left_type.widened().overlaps(&right_type.widened()) {
            return;
        }
        let message = format!(
            "{} is compared with {}, which is never true",
            left_type.without_null().words(),
            right_type.without_null().words()
        );
        let help = conversion(right, right_type, left_type).or_else(|| conversion(left, left_type, right_type));
        self.complain(&code::WRONG_TYPE, span, message, help);
    }

    /// Warns when a fact that is never null is compared with null: a missing fact is unknown, which is not null.
    fn expect_possible_null(
        &mut self,
        span: Span,
        operator: BinaryOperator,
        left: (&Expr, &Type),
        right: (&Expr, &Type),
    ) {
        let (expr, found) = match (left.1, right.1) {
            (Type::Null, _) => right,
            (_, Type::Null) => left,
            _ => return,
        };
        if found.may_be_null() || !self.is_nullable_fact(expr) || self.was_nullable(expr) {
            return;
        }
        let name = self.text_of(expr.span);
        let always = if operator == BinaryOperator::Equal { "never" } else { "always" };
        let message = format!("`{name}` is never null, so this is {always} true");
        let help = "leave the comparison out: a fact that is missing is unknown, and every rule takes care of that; where null is an answer, \
                    declare it in the fact's `type`";
        self.complain(&code::ALWAYS_SAME, span, message, Some(help.to_owned()));
    }

    /// Complains about a text that a fact of the values `known` can never be.
    fn complain_of_value(&mut self, known: &Arc<Vec<Arc<str>>>, wrong: &Arc<Vec<Arc<str>>>, expr: &Expr) {
        let [wrong] = wrong.as_slice() else {
            let message = "the two have no value in common, so they are never equal".to_owned();
            return self.complain(&code::NOT_ALLOWED_VALUE, expr.span, message, None);
        };
        let help = match closest(wrong, known.iter().map(AsRef::as_ref)) {
            Some(near) => format!("did you mean `\"{near}\"`?"),
            None => {
                let values: Vec<String> = known.iter().map(|value| format!("`\"{value}\"`")).collect();
                format!("the values are {}", values.join(", "))
            }
        };
        let message = format!("`\"{wrong}\"` is none of the values that this can have");
        self.complain(&code::NOT_ALLOWED_VALUE, expr.span, message, Some(help));
    }

    /// The type of `<` and its kin, with complaints when the two have no order.
    pub(super) fn order(&mut self, span: Span, left: &Expr, left_type: &Type, right: &Expr, right_type: &Type) -> Type {
        for (expr, found) in [(left, left_type), (right, right_type)] {
            self.expect_guarded(expr, found);
            if !is_ordered(found) {
                let message = format!("{} is neither smaller nor larger than anything", found.without_null().words());
                self.complain(&code::WRONG_TYPE, expr.span, message, conversion(expr, found, &Type::Number));
                return Type::Boolean.or_null();
            }
        }
        if !left_type.overlaps(right_type) && !both_texts(left_type, right_type) {
            let message = format!(
                "{} and {} have no order, so that the result is always null",
                left_type.without_null().words(),
                right_type.without_null().words()
            );
            let help = conversion(right, right_type, left_type).or_else(|| conversion(left, left_type, right_type));
            self.complain(&code::WRONG_TYPE, span, message, help);
        }
        nullable_if(comparable(left_type, right_type), &[left_type.clone(), right_type.clone()])
    }

    fn arithmetic(&mut self, whole: &Expr, operator: BinaryOperator, left: &Expr, right: &Expr) -> Type {
        let left_type = self.infer(left);
        let right_type = self.infer(right);
        self.expect_guarded(left, &left_type);
        self.expect_guarded(right, &right_type);
        let Some(result) = result_of(operator, left_type.without_null(), right_type.without_null()) else {
            let message = format!(
                "`{}` does not work with {} and {}, so that the result is always null",
                operator.symbol(),
                left_type.words(),
                right_type.words()
            );
            let help = arithmetic_help(operator, (left, &left_type), (right, &right_type));
            self.complain(&code::WRONG_TYPE, whole.span, message, help);
            return Type::Any;
        };
        if operator == BinaryOperator::Divide && matches!(&right.kind, ExprKind::Number(divisor) if divisor.is_zero()) {
            let message = "division by 0 is always null".to_owned();
            self.complain(&code::WRONG_TYPE, whole.span, message, None);
        }
        let zero_possible = operator == BinaryOperator::Divide
            && !matches!(&right.kind, ExprKind::Number(divisor) if !divisor.is_zero());
        if zero_possible || operator == BinaryOperator::Power {
            return result.or_null();
        }
        nullable_if(result, &[left_type, right_type])
    }

    pub(super) fn negate(&mut self, operand: &Expr) -> Type {
        let found = self.infer(operand);
        self.expect_guarded(operand, &found);
        match found.without_null() {
            Type::Number | Type::DayTimeDuration | Type::YearMonthDuration | Type::Any => found,
            other => {
                let message = format!("`-` does not work with {}", other.words());
                self.complain(&code::WRONG_TYPE, operand.span, message, conversion(operand, &found, &Type::Number));
                Type::Any
            }
        }
    }

    pub(super) fn between(&mut self, value: &Expr, low: &Expr, high: &Expr) -> Type {
        let value_type = self.infer(value);
        let low_type = self.infer(low);
        let high_type = self.infer(high);
        let low_result = self.order(value.span.to(low.span), value, &value_type, low, &low_type);
        let high_result = self.order(value.span.to(high.span), value, &value_type, high, &high_type);
        nullable_if(Type::Boolean, &[low_result, high_result])
    }

    pub(super) fn membership(&mut self, value: &Expr, tests: &[Expr]) -> Type {
        let value_type = self.infer(value);
        let input = self.input.replace(value_type.clone());
        for test in tests {
            self.unary_test(test, &value_type, value);
        }
        self.input = input;
        Type::Boolean.or_null()
    }

    pub(super) fn range(&mut self, whole: &Expr, start: Option<&Expr>, end: Option<&Expr>) -> Type {
        let start_type = start.map_or(Type::Null, |start| self.infer(start));
        let end_type = end.map_or(Type::Null, |end| self.infer(end));
        let either_null = start_type == Type::Null || end_type == Type::Null;
        if !either_null && !start_type.overlaps(&end_type) && !both_texts(&start_type, &end_type) {
            let message = format!(
                "a range runs between two values of one kind, not from {} to {}",
                start_type.without_null().words(),
                end_type.without_null().words()
            );
            self.complain(&code::WRONG_TYPE, whole.span, message, None);
            return Type::Range(Arc::new(Type::Any));
        }
        if let (Some(ExprKind::Number(low)), Some(ExprKind::Number(high))) =
            (start.map(|start| &start.kind), end.map(|end| &end.kind))
            && low > high
        {
            let message = "this range begins behind its end, so nothing is in it".to_owned();
            self.complain(&code::ALWAYS_SAME, whole.span, message, Some("swap the two ends".to_owned()));
        }
        Type::Range(Arc::new(start_type.join(&end_type).without_null().widened()))
    }
}

/// True or false; null as well where the two may turn out to be of different kinds, or one time has a zone and the other
/// has none.
fn comparable(left: &Type, right: &Type) -> Type {
    let zoned = |kind: &Type| matches!(kind.without_null(), Type::Time | Type::DateTime);
    let (wide, other) = (left.without_null().widened(), right.without_null().widened());
    let one_kind = wide.conforms_to(&other) || other.conforms_to(&wide);
    if left.is_open() || right.is_open() || !one_kind || (zoned(left) && zoned(right)) {
        Type::Boolean.or_null()
    } else {
        Type::Boolean
    }
}

/// Whether the values of `expr` are declared somewhere, so that a text among them can be a slip of the pen.
fn is_named(expr: &Expr) -> bool {
    matches!(expr.kind, ExprKind::Name(_) | ExprKind::Path { .. } | ExprKind::Input)
}

/// `result`, or null when one of the operands may be null and is known to.
pub(super) fn nullable_if(result: Type, operands: &[Type]) -> Type {
    let null = |operand: &Type| matches!(operand, Type::Null | Type::Nullable(_));
    if operands.iter().any(null) { result.or_null() } else { result }
}

pub(super) fn both_texts(left: &Type, right: &Type) -> bool {
    let text = |kind: &Type| matches!(kind.without_null(), Type::String | Type::OneOf(_));
    text(left) && text(right)
}

fn is_ordered(kind: &Type) -> bool {
    match kind.without_null() {
        Type::Any
        | Type::Number
        | Type::String
        | Type::OneOf(_)
        | Type::Date
        | Type::Time
        | Type::DateTime
        | Type::DayTimeDuration
        | Type::YearMonthDuration => true,
        Type::Null
        | Type::Boolean
        | Type::List(_)
        | Type::Range(_)
        | Type::Context(_)
        | Type::Function { .. }
        | Type::Nullable(_)
        | Type::Defined(_) => false,
    }
}

/// The type of an arithmetic result (DMN 1.5 tables 55 to 60); `None` when it is always null.
fn result_of(operator: BinaryOperator, left: &Type, right: &Type) -> Option<Type> {
    use BinaryOperator::{Add, Divide, Multiply, Power, Subtract};
    use Type::{Any, Date, DateTime, DayTimeDuration, Number, OneOf, String, Time, YearMonthDuration};
    let result = match (operator, left, right) {
        (_, Any, other) | (_, other, Any) if may_calculate(operator, other) => Any,
        (_, Number, Number) => Number,
        (Add, String | OneOf(_), String | OneOf(_)) => String,
        (Add, Date, DayTimeDuration | YearMonthDuration) | (Add, DayTimeDuration | YearMonthDuration, Date) => Date,
        (Add, DateTime, DayTimeDuration | YearMonthDuration) | (Add, DayTimeDuration | YearMonthDuration, DateTime) => {
            DateTime
        }
        (Add, Time, DayTimeDuration) | (Add, DayTimeDuration, Time) | (Subtract, Time, DayTimeDuration) => Time,
        (Add | Subtract, DayTimeDuration, DayTimeDuration) => DayTimeDuration,
        (Add | Subtract, YearMonthDuration, YearMonthDuration) => YearMonthDuration,
        (Subtract, Date, Date) => DayTimeDuration,
        (Subtract, Date | DateTime, Date | DateTime) | (Subtract, Time, Time) => DayTimeDuration.or_null(),
        (Subtract, Date, DayTimeDuration | YearMonthDuration) => Date,
        (Subtract, DateTime, DayTimeDuration | YearMonthDuration) => DateTime,
        (Multiply | Divide, DayTimeDuration, Number) | (Multiply, Number, DayTimeDuration) => DayTimeDuration,
        (Multiply | Divide, YearMonthDuration, Number) | (Multiply, Number, YearMonthDuration) => YearMonthDuration,
        (Divide, DayTimeDuration, DayTimeDuration) | (Divide, YearMonthDuration, YearMonthDuration) => Number,
        (Power, _, _) | (_, _, _) => return None,
    };
    Some(result)
}

/// Whether the operator gives a value for some other operand.
fn may_calculate(operator: BinaryOperator, kind: &Type) -> bool {
    match kind {
        Type::Any | Type::Number => true,
        Type::String | Type::OneOf(_) => operator == BinaryOperator::Add,
        Type::Date | Type::Time | Type::DateTime => {
            matches!(operator, BinaryOperator::Add | BinaryOperator::Subtract)
        }
        Type::DayTimeDuration | Type::YearMonthDuration => operator != BinaryOperator::Power,
        Type::Null
        | Type::Boolean
        | Type::List(_)
        | Type::Range(_)
        | Type::Context(_)
        | Type::Function { .. }
        | Type::Nullable(_)
        | Type::Defined(_) => false,
    }
}

fn arithmetic_help(operator: BinaryOperator, left: (&Expr, &Type), right: (&Expr, &Type)) -> Option<String> {
    use Type::{Date, DateTime, Number, OneOf, String};
    let kinds = (left.1.without_null(), right.1.without_null());
    match (operator, kinds.0, kinds.1) {
        (BinaryOperator::Add, String | OneOf(_), Number) => {
            Some("make a text of the number with `string(…)`".to_owned())
        }
        (BinaryOperator::Add, Number, String | OneOf(_)) => {
            Some("make a text of the number with `string(…)`, or a number of the text with `number(…)`".to_owned())
        }
        (BinaryOperator::Add | BinaryOperator::Subtract, Date | DateTime, Number) => {
            Some("a date moves by a duration: `duration(\"P28D\")`, `duration(\"P1Y\")`".to_owned())
        }
        (_, String | OneOf(_), _) => conversion(left.0, left.1, right.1),
        (_, _, String | OneOf(_)) => conversion(right.0, right.1, left.1),
        _ => None,
    }
}

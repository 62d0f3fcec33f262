//! Operators: arithmetic, comparison, `and`, `or`, `between`, `in` and ranges.

use std::sync::Arc;

use super::complaints::conversion;
use super::expression::Inference;
use super::known::What;
use super::nulls::Strictness;
use super::unary_tests::Answers;
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
                    (left_type, right_type) => self.comparable(left_type, right_type),
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
            | BinaryOperator::Power => match self.date_without_quotes(whole) {
                true => Type::Any,
                false => self.arithmetic(whole, operator, left, right),
            },
        }
    }

    /// `2020-10-14` or `14/10/2020`, which is arithmetic; complains of it.
    fn date_without_quotes(&mut self, whole: &Expr) -> bool {
        let text = self.text_of(whole.span);
        let parts: Vec<&str> = text.split(['-', '/']).collect();
        let digits = |part: &str, least: usize, most: usize| {
            (least..=most).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit())
        };
        let year_first = matches!(parts.as_slice(), [year, month, day]
            if digits(year, 4, 4) && digits(month, 2, 2) && digits(day, 2, 2));
        let year_last = text.contains('/')
            && matches!(parts.as_slice(), [day, month, year]
                if digits(day, 1, 2) && digits(month, 1, 2) && digits(year, 4, 4));
        if year_first || year_last {
            let message = format!("`{text}` is read as arithmetic with three numbers, not as a date");
            let date = if year_first { text.replace('/', "-") } else { "2020-10-14".to_owned() };
            self.complain(&code::WRONG_TYPE, whole.span, message, Some(format!("write `date(\"{date}\")`")));
        }
        year_first || year_last
    }

    fn logic(&mut self, operator: BinaryOperator, left: &Expr, right: &Expr) -> Type {
        let role = format!("`{}`", operator.symbol());
        // what settles the result whatever the other side is
        let settles =
            |expr: &Expr| matches!(expr.kind, ExprKind::Boolean(value) if value == (operator == BinaryOperator::Or));
        // what the other side asks of null may stand behind as well as before: `false and null` is false
        let asked =
            if asks_for_null(right) { self.learned(right, operator == BinaryOperator::And) } else { Vec::new() };
        let left_type = self.knowing(asked, |inference| {
            let left_type = inference.infer(left);
            if settles(right) { left_type } else { inference.expect(left, left_type, &Type::Boolean, &role) }
        });
        let known = self.learned(left, operator == BinaryOperator::And);
        let right_type = self.knowing(known, |inference| {
            let right_type = inference.infer(right);
            if settles(left) { right_type } else { inference.expect(right, right_type, &Type::Boolean, &role) }
        });
        if self.counts_as_null(&left_type) || self.counts_as_null(&right_type) {
            Type::Boolean.or_null()
        } else {
            Type::Boolean
        }
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
        if self.globals.strictness == Strictness::Nothing {
            return;
        }
        let known = self.known_of(expr).any(|what| !matches!(what, What::Within(_) | What::NotZero));
        if found.may_be_null() || known || self.origin(expr).is_none() {
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
        let left_type = &self.guarded(left, left_type.clone());
        let right_type = &self.guarded(right, right_type.clone());
        for (expr, found) in [(left, left_type), (right, right_type)] {
            if !is_ordered(found) {
                let message = format!("{} is neither smaller nor larger than anything", found.without_null().words());
                let help = match found.without_null() {
                    Type::Boolean if is_comparison(expr) => {
                        Some("compare once on each side of `and`: `x > 1 and x < 5`, or write `x in (1..5)`".to_owned())
                    }
                    Type::Boolean => Some("compare it with `=`, or use it as it is: `and`, `or`, `not(…)`".to_owned()),
                    _ => conversion(expr, found, &Type::Number),
                };
                self.complain(&code::WRONG_TYPE, expr.span, message, help);
                return Type::Boolean;
            }
        }
        if !left_type.overlaps(right_type) && !both_texts(left_type, right_type) {
            let message = format!(
                "{} and {} have no order, so the result is always null",
                left_type.without_null().words(),
                right_type.without_null().words()
            );
            let help = conversion(right, right_type, left_type).or_else(|| conversion(left, left_type, right_type));
            self.complain(&code::WRONG_TYPE, span, message, help);
            return Type::Boolean;
        }
        nullable_if(self.comparable(left_type, right_type), &[left_type.clone(), right_type.clone()])
    }

    fn arithmetic(&mut self, whole: &Expr, operator: BinaryOperator, left: &Expr, right: &Expr) -> Type {
        let left_type = self.infer(left);
        let left_type = self.guarded(left, left_type);
        let right_type = self.infer(right);
        let right_type = self.guarded(right, right_type);
        let Some(result) = result_of(operator, left_type.without_null(), right_type.without_null()) else {
            let (first, second) = (left_type.without_null().words(), right_type.without_null().words());
            let operands =
                if first == second { format!("two {}", left_type.plural()) } else { format!("{first} and {second}") };
            let message =
                format!("`{}` does not work with {operands}, so the result is always null", operator.symbol());
            let help = arithmetic_help(operator, (left, &left_type), (right, &right_type));
            self.complain(&code::WRONG_TYPE, whole.span, message, help);
            return Type::Any;
        };
        if operator == BinaryOperator::Divide && matches!(&right.kind, ExprKind::Number(divisor) if divisor.is_zero()) {
            let message = "nothing can be divided by 0, so the result is always null".to_owned();
            let help = "divide by another number, or leave the division out".to_owned();
            self.complain(&code::WRONG_TYPE, whole.span, message, Some(help));
            return result;
        }
        self.expect_held(whole.span, operator, left, right);
        let always = match operator {
            BinaryOperator::Divide => self.excludes_zero(right),
            BinaryOperator::Power => self.has_power(left, right),
            _ => true,
        };
        if always { nullable_if(result, &[left_type, right_type]) } else { result.or_null() }
    }

    /// Whether `base ** exponent` is surely a number: 0 has no negative power, and a negative number no broken one.
    fn has_power(&self, base: &Expr, exponent: &Expr) -> bool {
        let (low, high) = (self.bounds(base), self.bounds(exponent));
        low.is_positive(false)
            || (high.is_positive(true) && (low.is_positive(true) || self.is_whole(exponent)))
            || (self.excludes_zero(base) && self.is_whole(exponent))
    }

    pub(super) fn negate(&mut self, operand: &Expr) -> Type {
        let found = self.infer(operand);
        let found = self.guarded(operand, found);
        match found.without_null() {
            Type::Number | Type::DayTimeDuration | Type::YearMonthDuration | Type::Any => found,
            other => {
                let message = format!("`-` does not work with {}, so the result is always null", other.words());
                let help = match other {
                    Type::Boolean => Some("the opposite of a condition is `not(…)`".to_owned()),
                    Type::Date | Type::DateTime => Some("something is missing before `-`: `… - …`".to_owned()),
                    _ => conversion(operand, &found, &Type::Number),
                };
                self.complain(&code::WRONG_TYPE, operand.span, message, help);
                Type::Any
            }
        }
    }

    /// True or false; null as well where the two may turn out to be of different kinds, or one time has a zone and the
    /// other has none. A pack is not held to what nobody can know before a case is there.
    pub(super) fn comparable(&self, left: &Type, right: &Type) -> Type {
        let zoned = |kind: &Type| matches!(kind.without_null(), Type::Time | Type::DateTime);
        let (wide, other) = (left.without_null().widened(), right.without_null().widened());
        let one_kind = wide.conforms_to(&other) || other.conforms_to(&wide);
        let uncertain = left.is_open() || right.is_open() || (zoned(left) && zoned(right));
        if (uncertain && !self.globals.is_pack()) || !one_kind { Type::Boolean.or_null() } else { Type::Boolean }
    }

    pub(super) fn between(&mut self, value: &Expr, low: &Expr, high: &Expr) -> Type {
        let value_type = self.infer(value);
        let low_type = self.infer(low);
        let high_type = self.infer(high);
        let faults = self.findings.len();
        let low_result = self.order(value.span.to(low.span), value, &value_type, low, &low_type);
        // what is wrong with the value or with both ends is said once
        if self.findings.len() > faults && low_type.widened().overlaps(&high_type.widened()) {
            return Type::Boolean;
        }
        let high_result = self.order(value.span.to(high.span), value, &value_type, high, &high_type);
        self.expect_ascending(low.span.to(high.span), low, high);
        nullable_if(Type::Boolean, &[low_result, high_result])
    }

    /// Warns of two ends of which the first is the greater one.
    fn expect_ascending(&mut self, span: Span, start: &Expr, end: &Expr) {
        if let (ExprKind::Number(low), ExprKind::Number(high)) = (&start.kind, &end.kind)
            && low > high
        {
            let message = format!("nothing lies between {low} and {high}: the first number is the greater one");
            self.complain(&code::ALWAYS_SAME, span, message, Some("swap the two".to_owned()));
        }
    }

    pub(super) fn membership(&mut self, value: &Expr, tests: &[Expr]) -> Type {
        let value_type = self.infer(value);
        let input = self.input.replace(value_type.clone());
        let answers = self.in_scope(&["?".into()], |inference| {
            let answers = tests.iter().map(|test| inference.unary_test(test, &value_type, value));
            answers.fold(Answers::Always, Answers::and)
        });
        self.input = input;
        match answers {
            Answers::Always => Type::Boolean,
            // a range holds null neither nor does it not hold it
            Answers::UnlessNull if !self.guarded(value, value_type).may_be_null() => Type::Boolean,
            Answers::UnlessNull | Answers::Perhaps => Type::Boolean.or_null(),
        }
    }

    pub(super) fn range(&mut self, whole: &Expr, start: Option<&Expr>, end: Option<&Expr>) -> Type {
        let point = match (start, end) {
            (Some(start), Some(end)) => self.range_of_two(whole, start, end),
            // without an end it reaches beyond every value
            (Some(only), None) | (None, Some(only)) => self.infer(only),
            (None, None) => Type::Any,
        };
        Type::Range(Arc::new(point.widened()))
    }

    /// The type of the points between two ends.
    fn range_of_two(&mut self, whole: &Expr, start: &Expr, end: &Expr) -> Type {
        let start_type = self.infer(start);
        let end_type = self.infer(end);
        let either_null = start_type == Type::Null || end_type == Type::Null;
        if !either_null && !start_type.overlaps(&end_type) && !both_texts(&start_type, &end_type) {
            let message = format!(
                "a range runs between two values of one kind, not from {} to {}",
                start_type.without_null().words(),
                end_type.without_null().words()
            );
            let help = conversion(end, &end_type, &start_type).or_else(|| conversion(start, &start_type, &end_type));
            self.complain(&code::WRONG_TYPE, whole.span, message, help);
            return Type::Any;
        }
        self.expect_ascending(whole.span, start, end);
        start_type.join(&end_type)
    }
}

/// Whether `expr` is `… < …` or the like.
fn is_comparison(expr: &Expr) -> bool {
    matches!(&expr.kind, ExprKind::Binary { operator, .. }
        if !operator.is_arithmetic() && !matches!(operator, BinaryOperator::And | BinaryOperator::Or))
}

/// Whether `expr` compares something with null.
fn asks_for_null(expr: &Expr) -> bool {
    match &expr.kind {
        ExprKind::Binary { operator: BinaryOperator::Equal | BinaryOperator::NotEqual, left, right } => {
            matches!(left.kind, ExprKind::Null) || matches!(right.kind, ExprKind::Null)
        }
        _ => false,
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

pub(super) fn is_ordered(kind: &Type) -> bool {
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
    use BinaryOperator::{Add, Subtract};
    use Type::{
        Boolean, Context, Date, DateTime, DayTimeDuration, List, Null, Number, OneOf, String, Time, YearMonthDuration,
    };
    let (first, second) = (left.1.without_null(), right.1.without_null());
    let help = match (operator, first, second) {
        (_, Null, _) | (_, _, Null) => "null has no value to calculate with: leave it out",
        (_, List(_), _) | (_, _, List(_)) => {
            "take one item with `[1]`, their sum with `sum(…)`, or calculate for each: `for x in … return …`"
        }
        (_, Context(_), _) | (_, _, Context(_)) => "take one of its members: `….name`",
        (_, Boolean, _) | (_, _, Boolean) => "choose a value by it: `if … then … else …`",
        (Add, String | OneOf(_), Number) => "turn the number into text with `string(…)`",
        (Add, Number, String | OneOf(_)) => {
            "turn the number into text with `string(…)`, or the text into a number with `number(…)`"
        }
        (Add | Subtract, Date | DateTime, String | OneOf(_)) => return moved_by_text(right.0),
        (Add | Subtract, Date | DateTime, Number) => {
            "a date moves by a duration: `duration(\"P28D\")`, `duration(\"P1Y\")`"
        }
        (Add | Subtract, Time, Number | YearMonthDuration) => {
            "a time moves by hours and minutes: `duration(\"PT1H30M\")`"
        }
        (Add, Date | DateTime | Time, Date | DateTime | Time) => {
            "two dates cannot be added; `-` gives the duration between them"
        }
        (Add | Subtract, DayTimeDuration, YearMonthDuration) | (Add | Subtract, YearMonthDuration, DayTimeDuration) => {
            "days and months have no fixed relation: add them to a date one after the other"
        }
        (Add | Subtract, duration @ (DayTimeDuration | YearMonthDuration), Number) => {
            return conversion(right.0, right.1, duration);
        }
        (Add | Subtract, Number, duration @ (DayTimeDuration | YearMonthDuration)) => {
            return conversion(left.0, left.1, duration);
        }
        (Subtract, String | OneOf(_), String | OneOf(_)) => "only numbers, dates and durations can be subtracted",
        (_, String | OneOf(_), _) => return conversion(left.0, left.1, &Number),
        (_, _, String | OneOf(_)) => return conversion(right.0, right.1, &Number),
        (_, Date | DateTime | Time, _) | (_, _, Date | DateTime | Time) => {
            "dates and times can only be moved by a duration, or subtracted from one another"
        }
        _ => "a duration can be multiplied or divided by a number, and added to one of its own kind",
    };
    Some(help.to_owned())
}

/// What to write for a text that stands behind `date +` or `date -`.
fn moved_by_text(text: &Expr) -> Option<std::string::String> {
    match &text.kind {
        ExprKind::String(written) if written.trim_start_matches('-').starts_with('P') => {
            conversion(text, &Type::String, &Type::DayTimeDuration)
        }
        _ => conversion(text, &Type::String, &Type::Date),
    }
}

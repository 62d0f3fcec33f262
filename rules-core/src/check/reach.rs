//! How far a number can reach, how long a list can be: what decides whether a divisor can be 0 and a position is there.

use super::constant;
use super::expression::{Found, Inference};
use super::globals::GlobalKind;
use super::known::What;
use super::nulls::of_a_list;
use super::operators::is_ordered;
use crate::feel::ast::{Arguments, BinaryOperator, Expr, ExprKind};
use crate::feel::print;
use crate::types::Type;
use crate::value::Decimal;
use crate::value::bounds::Bounds;

impl Inference<'_> {
    /// Between which numbers `expr` lies, if it is a number.
    pub(super) fn bounds(&self, expr: &Expr) -> Bounds {
        let own = match &expr.kind {
            ExprKind::Number(value) => Bounds::exactly(*value),
            ExprKind::Negate(operand) => self.bounds(operand).negated(),
            ExprKind::Name(_) => self.bounds_of_name(expr),
            ExprKind::Path { .. } => self.origin(expr).map_or_else(Bounds::default, |path| self.globals.bounds(&path)),
            ExprKind::Binary { operator, left, right } => match operator {
                BinaryOperator::Add => self.bounds(left).plus(self.bounds(right)),
                BinaryOperator::Subtract => self.bounds(left).plus(self.bounds(right).negated()),
                BinaryOperator::Multiply => self.bounds(left).times(self.bounds(right)),
                _ => Bounds::default(),
            },
            ExprKind::If { then, otherwise, .. } => self.bounds(then).or(self.bounds(otherwise)),
            ExprKind::Call { function, arguments: Arguments::Positional(arguments) } => match &function.kind {
                ExprKind::Name(name) if self.find(name).is_none() => self.bounds_of_call(name, arguments),
                _ => Bounds::default(),
            },
            _ => Bounds::default(),
        };
        self.known_of(expr)
            .fold(own, |bounds, what| if let What::Within(more) = what { bounds.and(*more) } else { bounds })
    }

    fn bounds_of_call(&self, name: &str, arguments: &[Expr]) -> Bounds {
        let all = || arguments.iter().map(|argument| self.bounds(argument));
        match (name, arguments) {
            ("count", [list]) => self.items(list),
            ("abs", [number]) => self.bounds(number).absolute(),
            ("string length", [text]) => self.length(text),
            ("sqrt" | "stddev", _) => Bounds::at_least(Decimal::ZERO),
            ("exp", _) => Bounds::exactly(Decimal::ZERO).above(false),
            ("day of year", _) => Bounds::from_to(1, 366),
            ("week of year", _) => Bounds::from_to(1, 53),
            // the smallest of several is between the smallest and the greatest that any of them can be; the largest is at
            // least what each of them is
            ("min", [_, _, ..]) => {
                let around = all().reduce(Bounds::or).unwrap_or_default();
                all().fold(around, |bounds, one| Bounds { high: bounds.and(one).high, ..bounds })
            }
            ("max", [_, _, ..]) => {
                let around = all().reduce(Bounds::or).unwrap_or_default();
                all().fold(around, |bounds, one| Bounds { low: bounds.and(one).low, ..bounds })
            }
            _ => Bounds::default(),
        }
    }

    fn bounds_of_name(&self, expr: &Expr) -> Bounds {
        let ExprKind::Name(name) = &expr.kind else { return Bounds::default() };
        match self.find(name) {
            Some(Found::Local { origin: Some(origin), .. }) => self.globals.bounds(&origin),
            Some(Found::Local { bounds, .. }) => bounds,
            Some(Found::Global { global, .. }) => global.bounds.and(self.globals.bounds(name)),
            None => Bounds::default(),
        }
    }

    /// How many items `list` has, if it is a list.
    pub(super) fn items(&self, list: &Expr) -> Bounds {
        let any = Bounds::at_least(Decimal::ZERO);
        let own = match &list.kind {
            ExprKind::List(items) => Bounds::exactly(Decimal::from(items.len())),
            ExprKind::Path { base, .. } if self.is_list(base) => self.items(base),
            ExprKind::Name(_) | ExprKind::Path { .. } => self.items_of_name(list),
            ExprKind::For { iterators, .. } => match iterators.as_slice() {
                [only] if only.to.is_none() => self.items(&only.from),
                _ => Bounds::default(),
            },
            ExprKind::If { then, otherwise, .. } => self.items(then).or(self.items(otherwise)),
            ExprKind::Call { function, arguments: Arguments::Positional(arguments) } => {
                match (&function.kind, arguments.as_slice()) {
                    (ExprKind::Name(name), [list, rest @ ..]) if self.find(name).is_none() => match &**name {
                        "sort" | "reverse" => self.items(list),
                        "append" => self.items(list).plus(Bounds::exactly(Decimal::from(rest.len()))),
                        "concatenate" => rest.iter().fold(self.items(list), |sum, list| sum.plus(self.items(list))),
                        // at least one is left of some
                        "distinct values" if self.items(list).excludes_zero() => Bounds::at_least(Decimal::ONE),
                        _ => any,
                    },
                    _ => any,
                }
            }
            _ => any,
        };
        self.known_as("count", list, own.and(any))
    }

    fn items_of_name(&self, list: &Expr) -> Bounds {
        if self.origin(list).is_some() {
            return self.measure("count", list);
        }
        let global = match &list.kind {
            ExprKind::Name(name) => self.find(name),
            _ => None,
        };
        if let Some(Found::Global { global }) = global { global.items } else { Bounds::default() }
    }

    /// Whether `expr` is never 0.
    pub(super) fn excludes_zero(&self, expr: &Expr) -> bool {
        let own = match &expr.kind {
            ExprKind::Negate(operand) => self.excludes_zero(operand),
            ExprKind::Binary { operator: BinaryOperator::Multiply, left, right } => {
                self.excludes_zero(left) && self.excludes_zero(right)
            }
            ExprKind::Name(name) => {
                matches!(self.find(name), Some(Found::Global { global, .. }) if global.never_zero)
            }
            ExprKind::Call { function, arguments: Arguments::Positional(arguments) } => {
                match (&function.kind, arguments.as_slice()) {
                    (ExprKind::Name(name), [number]) if &**name == "abs" => self.excludes_zero(number),
                    (ExprKind::Name(name), [Expr { kind: ExprKind::String(text), .. }]) if &**name == "duration" => {
                        is_not_zero(text)
                    }
                    _ => false,
                }
            }
            ExprKind::At(text) => is_not_zero(text),
            _ => false,
        };
        own || self.bounds(expr).excludes_zero() || self.known_of(expr).any(|what| what == &What::NotZero)
    }

    /// Whether a builtin that has no result for some arguments of the right types has one for these.
    pub(super) fn surely_gives(&self, name: &str, arguments: &[&Expr], types: &[Type]) -> bool {
        match (name, arguments) {
            ("modulo", [_, divisor]) => self.excludes_zero(divisor),
            ("sqrt", [number]) => self.bounds(number).is_positive(true),
            ("log", [number]) => self.bounds(number).is_positive(false),
            ("substring", [text, position, rest @ ..]) => {
                let length = self.length(text);
                self.has_place(position, length) && rest.iter().all(|part| self.bounds(part).is_positive(true))
            }
            ("sublist", [list, position, rest @ ..]) => {
                let items = self.items(list);
                self.has_place(position, items) && rest.iter().all(|part| self.bounds(part).is_positive(true))
            }
            // with a function in place of a position there is nothing to lie outside the list
            ("list replace", [_, test, _]) if matches!(test.kind, ExprKind::Function { .. }) => true,
            ("remove" | "insert before", [list, position, ..]) => self.has_place(position, self.items(list)),
            // a faulty pattern is faulty whatever the text is
            ("matches" | "replace" | "split", [_, rest @ ..]) => constant::of_text(name, rest),
            ("sort", [_, _]) => {
                matches!(types, [_, Type::Function { result, .. }] if **result == Type::Boolean)
            }
            _ if of_a_list(name) => {
                let some = match arguments {
                    [list] => self.items(list).excludes_zero(),
                    several => several.len() > 1,
                };
                some && types.first().is_some_and(|list| self.is_of_one_kind(&list.item()))
            }
            _ => false,
        }
    }

    /// Whether values of this type can all be compared with one another.
    fn is_of_one_kind(&self, item: &Type) -> bool {
        match item {
            Type::Time | Type::DateTime => self.globals.is_pack(),
            Type::Any => false,
            other => is_ordered(other) && !other.may_be_null(),
        }
    }

    /// Whether a position is written out that lies within something of this length.
    pub(super) fn has_place(&self, position: &Expr, length: Bounds) -> bool {
        match &position.kind {
            ExprKind::Number(place) => place.fract().is_zero() && !place.is_zero() && length.reaches(*place),
            ExprKind::Negate(place) => matches!(place.kind, ExprKind::Number(_)) && self.has_place(place, length),
            _ => false,
        }
    }

    /// How many characters `text` has, if it is a text.
    fn length(&self, text: &Expr) -> Bounds {
        let own = match &text.kind {
            ExprKind::String(text) => Bounds::exactly(Decimal::from(text.chars().count())),
            _ => self.measure("string length", text),
        };
        self.known_as("string length", text, own.and(Bounds::at_least(Decimal::ZERO)))
    }

    /// What the fact that `expr` is says of its length.
    fn measure(&self, function: &str, expr: &Expr) -> Bounds {
        let path = self.origin(expr).map(|path| format!("{function}({path})"));
        path.map_or_else(Bounds::default, |path| self.globals.bounds(&path))
    }

    /// `own` as far as the conditions around leave of it for `function(expr)`, which is never negative.
    fn known_as(&self, function: &str, expr: &Expr, own: Bounds) -> Bounds {
        if self.known.is_empty() {
            return own;
        }
        let text = format!("{function}({})", print(expr));
        self.known.iter().filter(|known| known.text == text).fold(own, |bounds, known| match &known.what {
            What::Within(more) => bounds.and(*more),
            What::NotZero => bounds.and(Bounds::exactly(Decimal::ZERO).above(false)),
            What::NotNull | What::Is(_) => bounds,
        })
    }

    /// Whether `expr` is a whole number, if it is a number.
    pub(super) fn is_whole(&self, expr: &Expr) -> bool {
        match &expr.kind {
            ExprKind::Number(value) => value.fract().is_zero(),
            ExprKind::Negate(operand) => self.is_whole(operand),
            ExprKind::Binary { operator, left, right } => {
                let keeps =
                    matches!(operator, BinaryOperator::Add | BinaryOperator::Subtract | BinaryOperator::Multiply);
                keeps && self.is_whole(left) && self.is_whole(right)
            }
            ExprKind::Call { function, .. } => matches!(&function.kind, ExprKind::Name(name)
                if matches!(&**name, "count" | "string length" | "day of year" | "week of year")),
            ExprKind::Name(_) | ExprKind::Path { .. } => {
                self.origin(expr).is_some_and(|origin| self.globals.is_whole(&origin))
            }
            _ => false,
        }
    }

    fn is_list(&self, expr: &Expr) -> bool {
        match &expr.kind {
            ExprKind::Name(name) => match self.find(name) {
                Some(Found::Local { value_type, .. }) => matches!(value_type.without_null(), Type::List(_)),
                Some(Found::Global { global, .. }) => matches!(global.value_type.without_null(), Type::List(_)),
                None => false,
            },
            ExprKind::List(_) | ExprKind::For { .. } => true,
            // a condition, not a position
            ExprKind::Filter { condition, .. } => matches!(&condition.kind,
                ExprKind::Binary { operator, .. } if !operator.is_arithmetic()),
            _ => false,
        }
    }

    /// The path of the fact that `expr` is; of an item of a list, the path of the list with `[]` behind it.
    pub(super) fn origin(&self, expr: &Expr) -> Option<String> {
        match &expr.kind {
            ExprKind::Name(name) => match self.find(name)? {
                Found::Local { origin, .. } => origin,
                Found::Global { global } => (global.kind == GlobalKind::Fact).then(|| name.to_string()),
            },
            ExprKind::Path { base, member, .. } => Some(format!("{}.{member}", self.origin(base)?)),
            _ => None,
        }
    }

    /// The path of the items of `expr`, where they come as they are from facts.
    pub(super) fn origin_of_items(&self, expr: &Expr) -> Option<String> {
        match &expr.kind {
            ExprKind::Filter { base, .. } => self.origin_of_items(base),
            _ => Some(self.origin(expr)? + "[]"),
        }
    }
}

/// Whether a duration that is written out is not 0.
fn is_not_zero(duration: &str) -> bool {
    duration.contains(|sign| ('1'..='9').contains(&sign))
}

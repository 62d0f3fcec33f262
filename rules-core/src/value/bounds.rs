//! Where a number lies that is not known, so that a comparison may settle without it: 150 and a number that is not negative
//! are more than 100 together.
//!
//! Bounds are never narrower than the truth. They take it that results fit into a decimal of 28 digits, as those of every
//! number that a council writes do.

use super::number::{add, divide, multiply};
use super::unknown::Known;
use super::{Decimal, Value};

/// The ends between which a number lies; without one, without end.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Bounds {
    pub(crate) least: Option<End>,
    pub(crate) most: Option<End>,
}

/// One end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct End {
    pub(crate) value: Decimal,
    /// Whether the number can be the end itself.
    pub(crate) included: bool,
}

/// How a number can stand to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Sides {
    pub(crate) less: bool,
    pub(crate) equal: bool,
    pub(crate) greater: bool,
}

impl End {
    fn at(value: Decimal) -> Self {
        Self { value, included: true }
    }
}

impl Bounds {
    /// From the one number to the other, both included.
    pub(crate) fn between(least: Decimal, most: Decimal) -> Self {
        Self { least: Some(End::at(least)), most: Some(End::at(most)) }
    }

    /// Counts from the one to the other.
    pub(crate) fn of_counts(least: usize, most: usize) -> Self {
        Self::between(Decimal::from(least), Decimal::from(most))
    }

    /// Where a value lies: a number exactly, an unknown one within its bounds.
    pub(crate) fn of(value: &Value) -> Option<Self> {
        match value {
            Value::Number(number) => Some(Self::between(*number, *number)),
            Value::Unknown(unknown) => match unknown.known()? {
                Known::Number(bounds) => Some(bounds),
                Known::Count(_) => None,
            },
            _ => None,
        }
    }

    /// How many items a list has, one that is not known within its bounds.
    pub(crate) fn of_items(value: &Value) -> Option<Self> {
        match value {
            Value::List(items) => Some(Self::of_counts(items.len(), items.len())),
            Value::Unknown(unknown) => match unknown.known()? {
                Known::Count(bounds) => Some(bounds),
                Known::Number(_) => None,
            },
            _ => None,
        }
    }

    /// The only number there is.
    pub(crate) fn exact(self) -> Option<Decimal> {
        let (least, most) = (self.least?, self.most?);
        (least.value == most.value && least.included && most.included).then_some(least.value)
    }

    /// Whether nothing is said.
    pub(crate) fn is_open(self) -> bool {
        self.least.is_none() && self.most.is_none()
    }

    /// The bounds of either of two numbers.
    pub(crate) fn or(self, other: Self) -> Self {
        Self { least: lower(self.least, other.least), most: upper(self.most, other.most) }
    }

    /// The bounds of the smaller of two numbers.
    pub(crate) fn smaller(self, other: Self) -> Self {
        let most = match (self.most, other.most) {
            (Some(left), Some(right)) => Some(if left.value <= right.value { left } else { right }),
            (one, other) => one.or(other),
        };
        Self { least: lower(self.least, other.least), most }
    }

    /// The bounds of the greater of two numbers.
    pub(crate) fn greater(self, other: Self) -> Self {
        self.negative().smaller(other.negative()).negative()
    }

    /// The bounds of the sum. An end counts as included, since sums are rounded to what a decimal holds.
    pub(crate) fn plus(self, other: Self) -> Self {
        let sum = |left: Option<End>, right: Option<End>| add(left?.value, right?.value).map(End::at);
        Self { least: sum(self.least, other.least), most: sum(self.most, other.most) }
    }

    /// The bounds of the negative.
    pub(crate) fn negative(self) -> Self {
        let end = |end: End| End { value: -end.value, ..end };
        Self { least: self.most.map(end), most: self.least.map(end) }
    }

    /// The bounds of the product, where they are easily said.
    pub(crate) fn times(self, other: Self) -> Self {
        if let Some(factor) = other.exact() {
            return self.scaled(factor, multiply);
        }
        if let Some(factor) = self.exact() {
            return other.scaled(factor, multiply);
        }
        let negative = |bounds: Self| bounds.least.is_none_or(|least| least.value < Decimal::ZERO);
        if negative(self) || negative(other) {
            return Self::default();
        }
        let product = |left: Option<End>, right: Option<End>| multiply(left?.value, right?.value).map(End::at);
        Self { least: product(self.least, other.least), most: product(self.most, other.most) }
    }

    /// The bounds of the quotient by a known number that is not 0.
    pub(crate) fn over(self, other: Self) -> Self {
        match other.exact() {
            Some(divisor) if divisor != Decimal::ZERO => self.scaled(divisor, divide),
            _ => Self::default(),
        }
    }

    fn scaled(self, by: Decimal, operation: fn(Decimal, Decimal) -> Option<Decimal>) -> Self {
        let end = |end: Option<End>| operation(end?.value, by).map(End::at);
        if by == Decimal::ZERO {
            return Self::between(by, by);
        }
        let (least, most) = (end(self.least), end(self.most));
        if by > Decimal::ZERO { Self { least, most } } else { Self { least: most, most: least } }
    }

    /// How a number within these bounds can stand to one within the others.
    pub(crate) fn against(self, other: Self) -> Sides {
        let reaches = |low: Option<End>, high: Option<End>| match (low, high) {
            (Some(low), Some(high)) => {
                (low.value < high.value, low.value == high.value && low.included && high.included)
            }
            _ => (true, true),
        };
        let (less, touches_above) = reaches(self.least, other.most);
        let (greater, touches_below) = reaches(other.least, self.most);
        Sides { less, equal: (less || touches_above) && (greater || touches_below), greater }
    }
}

fn lower(left: Option<End>, right: Option<End>) -> Option<End> {
    let (left, right) = (left?, right?);
    let left_first = left.value < right.value || (left.value == right.value && left.included);
    Some(if left_first { left } else { right })
}

fn upper(left: Option<End>, right: Option<End>) -> Option<End> {
    let (left, right) = (left?, right?);
    let left_last = left.value > right.value || (left.value == right.value && left.included);
    Some(if left_last { left } else { right })
}

#[cfg(test)]
mod tests {
    use super::{Bounds, Decimal, End, Sides};

    fn bounds(least: Option<i64>, most: Option<i64>) -> Bounds {
        let end = |value: i64| End::at(Decimal::from(value));
        Bounds { least: least.map(end), most: most.map(end) }
    }

    /// Ends from -2 to 2, or none.
    fn all() -> Vec<Bounds> {
        let ends: Vec<Option<i64>> = (-2..=2).map(Some).chain([None]).collect();
        let pairs = ends.iter().flat_map(|least| ends.iter().map(move |most| (*least, *most)));
        pairs
            .filter(|(least, most)| least.zip(*most).is_none_or(|(least, most)| least <= most))
            .map(|(l, m)| bounds(l, m))
            .collect()
    }

    fn holds(bounds: Bounds, number: i64) -> bool {
        let number = Decimal::from(number);
        bounds.least.is_none_or(|end| end.value <= number) && bounds.most.is_none_or(|end| number <= end.value)
    }

    /// Every operation on every pair of numbers lies within what is said of their bounds.
    #[test]
    fn bounds_are_never_narrower_than_the_truth() {
        let all = all();
        for left in &all {
            for right in &all {
                for one in (-4..=4).filter(|number| holds(*left, *number)) {
                    for other in (-4..=4).filter(|number| holds(*right, *number)) {
                        assert!(holds(left.plus(*right), one + other));
                        assert!(holds(left.times(*right), one * other));
                        assert!(holds(left.or(*right), one) && holds(left.or(*right), other));
                        assert!(
                            holds(left.smaller(*right), one.min(other)) && holds(left.greater(*right), one.max(other))
                        );
                        assert!(holds(left.negative(), -one));
                        assert!(other == 0 || one % other != 0 || holds(left.over(*right), one / other));
                        let Sides { less, equal, greater } = left.against(*right);
                        assert!(if one < other {
                            less
                        } else if one > other {
                            greater
                        } else {
                            equal
                        });
                    }
                }
            }
        }
    }

    #[test]
    fn an_end_that_is_left_out_is_never_reached() {
        let above = Bounds { least: Some(End { value: Decimal::ONE, included: false }), most: None };
        let sides = above.against(bounds(None, Some(1)));
        assert_eq!(sides, Sides { less: false, equal: false, greater: true });
        assert_eq!(bounds(Some(2), Some(2)).exact(), Some(Decimal::TWO));
        assert_eq!(above.exact(), None);
    }
}

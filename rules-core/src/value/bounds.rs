//! Between which two numbers a number lies, and what arithmetic makes of that: for the checker, and for what is not known in a
//! case, so that a comparison may settle without it (150 and a number that is not negative are more than 100 together).
//!
//! Bounds are never narrower than the truth. They take it that results fit into a decimal of 28 digits, as those of every
//! number that a council writes do.

use super::number::{add, divide, multiply};
use super::unknown::Known;
use super::{Decimal, Value};

/// The least and the greatest that a number can be; `None` where nothing is known of that side.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Bounds {
    pub(crate) low: Option<Bound>,
    pub(crate) high: Option<Bound>,
}

/// One end of what a number may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Bound {
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

impl Bound {
    fn at(value: Decimal) -> Self {
        Self { value, included: true }
    }

    /// The end of a result. Results are rounded to what a decimal holds, so that an end left out may be reached after all,
    /// unless it is 0, to which nothing is rounded.
    fn of_result(value: Decimal, included: bool) -> Self {
        Self { value, included: included || !value.is_zero() }
    }

    fn negated(self) -> Self {
        Self { value: -self.value, ..self }
    }
}

impl Bounds {
    /// Nothing but this number.
    pub(crate) fn exactly(value: Decimal) -> Self {
        Self { low: Some(Bound::at(value)), high: Some(Bound::at(value)) }
    }

    /// This number or more.
    pub(crate) fn at_least(value: Decimal) -> Self {
        Self { low: Some(Bound::at(value)), high: None }
    }

    /// From one whole number to another.
    pub(crate) fn from_to(low: usize, high: usize) -> Self {
        Self { low: Some(Bound::at(low.into())), high: Some(Bound::at(high.into())) }
    }

    /// How long something is for which the shortest and the longest that is allowed are declared.
    pub(crate) fn of_length(shortest: Option<u32>, longest: Option<u32>) -> Self {
        let end = |length: Option<u32>| length.map(|length| Bound::at(length.into()));
        Self { low: end(shortest), high: end(longest) }
    }

    /// Where a value lies: a number exactly, an unknown one within what is known of it.
    pub(crate) fn of(value: &Value) -> Option<Self> {
        match value {
            Value::Number(number) => Some(Self::exactly(*number)),
            Value::Unknown(unknown) => match unknown.known()? {
                Known::Number(bounds) => Some(bounds),
                Known::Count(_) => None,
            },
            _ => None,
        }
    }

    /// How many items a list has, one that is not known within what is known of it.
    pub(crate) fn of_items(value: &Value) -> Option<Self> {
        match value {
            Value::List(items) => Some(Self::exactly(items.len().into())),
            Value::Unknown(unknown) => match unknown.known()? {
                Known::Count(bounds) => Some(bounds),
                Known::Number(_) => None,
            },
            _ => None,
        }
    }

    /// The only number there is.
    pub(crate) fn exact(self) -> Option<Decimal> {
        let (low, high) = (self.low?, self.high?);
        (low.value == high.value && low.included && high.included).then_some(low.value)
    }

    /// Whether nothing is said.
    pub(crate) fn is_open(self) -> bool {
        self.low.is_none() && self.high.is_none()
    }

    /// The numbers above those of `self`, or from the least of them on.
    pub(crate) fn above(self, with_equal: bool) -> Self {
        let low = self.low.map(|bound| Bound { value: bound.value, included: bound.included && with_equal });
        Self { low, high: None }
    }

    /// The numbers below those of `self`, or up to the greatest of them.
    pub(crate) fn below(self, with_equal: bool) -> Self {
        self.negated().above(with_equal).negated()
    }

    /// The numbers that lie in both.
    pub(crate) fn and(self, other: Self) -> Self {
        let (left, right) = (self.negated(), other.negated());
        Self { low: higher(self.low, other.low), high: higher(left.low, right.low).map(Bound::negated) }
    }

    /// The narrowest bounds around the numbers of both.
    pub(crate) fn or(self, other: Self) -> Self {
        let (left, right) = (self.negated(), other.negated());
        Self { low: lower(self.low, other.low), high: lower(left.low, right.low).map(Bound::negated) }
    }

    /// The bounds of the smaller of two numbers.
    pub(crate) fn smaller(self, other: Self) -> Self {
        Self { low: lower(self.low, other.low), high: self.and(other).high }
    }

    /// The bounds of the greater of two numbers.
    pub(crate) fn greater(self, other: Self) -> Self {
        self.negated().smaller(other.negated()).negated()
    }

    pub(crate) fn negated(self) -> Self {
        Self { low: self.high.map(Bound::negated), high: self.low.map(Bound::negated) }
    }

    /// What the absolute value of the number can be.
    pub(crate) fn absolute(self) -> Self {
        let folded = match (self.is_positive(true), self.negated().is_positive(true)) {
            (true, _) => self,
            (_, true) => self.negated(),
            _ => Self { low: None, high: self.or(self.negated()).high },
        };
        folded.and(Self::at_least(Decimal::ZERO))
    }

    pub(crate) fn plus(self, other: Self) -> Self {
        let sum = |left: Option<Bound>, right: Option<Bound>| {
            let (left, right) = (left?, right?);
            Some(Bound::of_result(add(left.value, right.value)?, left.included && right.included))
        };
        Self { low: sum(self.low, other.low), high: sum(self.high, other.high) }
    }

    /// The bounds of the product; nothing is said where two factors may change their sign.
    pub(crate) fn times(self, other: Self) -> Self {
        match (self.exact(), other.exact()) {
            (_, Some(factor)) => self.scaled(factor, multiply),
            (Some(factor), _) => other.scaled(factor, multiply),
            _ => self.times_of_one_sign(other),
        }
    }

    fn times_of_one_sign(self, other: Self) -> Self {
        match (self.is_positive(true), other.is_positive(true)) {
            (true, true) => Self { low: product(self.low, other.low), high: product(self.high, other.high) },
            (true, false) if other.negated().is_positive(true) => self.times_of_one_sign(other.negated()).negated(),
            (false, _) if self.negated().is_positive(true) => self.negated().times_of_one_sign(other).negated(),
            _ => Self::default(),
        }
    }

    /// The bounds of the quotient by a known number that is not 0.
    pub(crate) fn over(self, other: Self) -> Self {
        match other.exact() {
            Some(divisor) if !divisor.is_zero() => self.scaled(divisor, divide),
            _ => Self::default(),
        }
    }

    fn scaled(self, by: Decimal, operation: fn(Decimal, Decimal) -> Option<Decimal>) -> Self {
        let end = |end: Option<Bound>| Some(Bound::of_result(operation(end?.value, by)?, end?.included));
        if by.is_zero() {
            return Self::exactly(by);
        }
        let (low, high) = (end(self.low), end(self.high));
        if by > Decimal::ZERO { Self { low, high } } else { Self { low: high, high: low } }
    }

    /// Whether every number is above 0, or 0 itself where that counts.
    pub(crate) fn is_positive(self, or_zero: bool) -> bool {
        self.low.is_some_and(|low| low.value > Decimal::ZERO || (low.value.is_zero() && (or_zero || !low.included)))
    }

    /// Whether 0 is not among the numbers.
    pub(crate) fn excludes_zero(self) -> bool {
        self.is_positive(false) || self.negated().is_positive(false)
    }

    /// Whether every whole number among them is `least` or more.
    pub(crate) fn reaches(self, least: Decimal) -> bool {
        self.low.is_some_and(|low| {
            low.value >= least || (!low.included && add(low.value, Decimal::ONE).is_some_and(|next| next >= least))
        })
    }

    /// How a number within these bounds can stand to one within the others.
    pub(crate) fn against(self, other: Self) -> Sides {
        let reaches = |low: Option<Bound>, high: Option<Bound>| match (low, high) {
            (Some(low), Some(high)) => {
                (low.value < high.value, low.value == high.value && low.included && high.included)
            }
            _ => (true, true),
        };
        let (less, touches_above) = reaches(self.low, other.high);
        let (greater, touches_below) = reaches(other.low, self.high);
        Sides { less, equal: (less || touches_above) && (greater || touches_below), greater }
    }
}

/// The bound that leaves out more from below.
fn higher(left: Option<Bound>, right: Option<Bound>) -> Option<Bound> {
    let (Some(first), Some(second)) = (left, right) else { return left.or(right) };
    let first_higher = first.value > second.value || (first.value == second.value && !first.included);
    Some(if first_higher { first } else { second })
}

/// The bound that leaves out less from below.
fn lower(left: Option<Bound>, right: Option<Bound>) -> Option<Bound> {
    let (left, right) = (left?, right?);
    let left_first = left.value < right.value || (left.value == right.value && left.included);
    Some(if left_first { left } else { right })
}

/// The product of two bounds that are not negative.
fn product(left: Option<Bound>, right: Option<Bound>) -> Option<Bound> {
    let (left, right) = (left?, right?);
    let value = multiply(left.value, right.value)?;
    let zero = |bound: Bound| bound.value.is_zero() && bound.included;
    Some(Bound::of_result(value, zero(left) || zero(right)))
}

#[cfg(test)]
mod tests {
    use super::{Bound, Bounds, Decimal, Sides};

    fn bounds(low: Option<i64>, high: Option<i64>) -> Bounds {
        let end = |value: i64| Bound::at(Decimal::from(value));
        Bounds { low: low.map(end), high: high.map(end) }
    }

    /// Ends from -2 to 2, or none.
    fn all() -> Vec<Bounds> {
        let ends: Vec<Option<i64>> = (-2..=2).map(Some).chain([None]).collect();
        let pairs = ends.iter().flat_map(|low| ends.iter().map(move |high| (*low, *high)));
        let filled = pairs.filter(|(low, high)| low.zip(*high).is_none_or(|(low, high)| low <= high));
        filled.map(|(low, high)| bounds(low, high)).collect()
    }

    fn holds(bounds: Bounds, number: i64) -> bool {
        let number = Decimal::from(number);
        let above = bounds.low.is_none_or(|low| low.value < number || (low.included && low.value == number));
        let below = bounds.high.is_none_or(|high| high.value > number || (high.included && high.value == number));
        above && below
    }

    /// Every operation on every pair of numbers lies within what is said of their bounds.
    #[test]
    fn bounds_are_never_narrower_than_the_truth() {
        let all = all();
        for left in &all {
            for right in &all {
                for one in (-4..=4).filter(|number| holds(*left, *number)) {
                    for other in (-4..=4).filter(|number| holds(*right, *number)) {
                        let of = format!("{one} of {left:?}, {other} of {right:?}");
                        assert!(
                            holds(left.plus(*right), one + other) && holds(left.times(*right), one * other),
                            "{of}"
                        );
                        assert!(holds(left.or(*right), one) && holds(left.or(*right), other), "{of}");
                        assert!(holds(left.smaller(*right), one.min(other)), "{of}");
                        assert!(holds(left.greater(*right), one.max(other)), "{of}");
                        assert!(holds(left.negated(), -one) && holds(left.absolute(), one.abs()), "{of}");
                        assert!(other == 0 || one % other != 0 || holds(left.over(*right), one / other), "{of}");
                        assert!(one <= other || holds(right.above(false), one), "{of}");
                        assert!(one >= other || holds(right.below(false), one), "{of}");
                        assert!(one != other || holds(left.and(*right), one), "{of}");
                        let Sides { less, equal, greater } = left.against(*right);
                        assert!(
                            if one < other {
                                less
                            } else if one > other {
                                greater
                            } else {
                                equal
                            },
                            "{of}"
                        );
                    }
                }
            }
        }
    }

    #[test]
    fn an_end_that_is_left_out_is_never_reached() {
        let above = bounds(None, Some(1)).negated().negated();
        let above_one = Bounds::exactly(Decimal::ONE).above(false);
        assert_eq!(above_one.against(above), Sides { less: false, equal: false, greater: true });
        assert_eq!(bounds(Some(2), Some(2)).exact(), Some(Decimal::TWO));
        assert_eq!(above_one.exact(), None);
    }

    #[test]
    fn zero_is_ruled_out_by_what_leaves_it_out() {
        let (positive, from_zero) = (Bounds::exactly(Decimal::ZERO).above(false), bounds(Some(0), Some(3)));
        assert!(bounds(Some(1), Some(4)).excludes_zero() && bounds(Some(-4), Some(-1)).excludes_zero());
        assert!(!from_zero.excludes_zero() && positive.excludes_zero() && positive.reaches(Decimal::ONE));
        assert!(!from_zero.reaches(Decimal::ONE));
        assert!(positive.times(bounds(Some(2), Some(3))).excludes_zero() && !positive.times(from_zero).excludes_zero());
        assert!(positive.plus(from_zero).excludes_zero());
    }
}

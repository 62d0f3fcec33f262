//! Between which two numbers a number lies, and what arithmetic makes of that.

use crate::model::fact::Bound;
use crate::value::{Decimal, number};

/// The least and the greatest that a number can be; `None` where nothing is known of that side.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Bounds {
    pub(crate) low: Option<Bound>,
    pub(crate) high: Option<Bound>,
}

fn included(value: Decimal) -> Option<Bound> {
    Some(Bound { value, included: true })
}

impl Bounds {
    /// Nothing but this number.
    pub(super) fn exactly(value: Decimal) -> Self {
        Self { low: included(value), high: included(value) }
    }

    /// This number or more.
    pub(super) fn at_least(value: Decimal) -> Self {
        Self { low: included(value), high: None }
    }

    /// From one whole number to another.
    pub(super) fn from_to(low: u32, high: u32) -> Self {
        Self { low: included(low.into()), high: included(high.into()) }
    }

    /// How long something is for which the shortest and the longest that is allowed are declared.
    pub(super) fn of_length(shortest: Option<u32>, longest: Option<u32>) -> Self {
        let end = |length: Option<u32>| length.map(|length| Bound { value: length.into(), included: true });
        Self { low: end(shortest), high: end(longest) }
    }

    /// The numbers above those of `self`, or from the least of them on.
    pub(super) fn above(self, with_equal: bool) -> Self {
        let low = self.low.map(|bound| Bound { value: bound.value, included: bound.included && with_equal });
        Self { low, high: None }
    }

    /// The numbers below those of `self`, or up to the greatest of them.
    pub(super) fn below(self, with_equal: bool) -> Self {
        self.negated().above(with_equal).negated()
    }

    /// The numbers that lie in both.
    pub(super) fn and(self, other: Self) -> Self {
        Self { low: higher(self.low, other.low), high: negated(higher(negated(self.high), negated(other.high))) }
    }

    /// The narrowest bounds around the numbers of both.
    pub(super) fn or(self, other: Self) -> Self {
        let lower = |left: Option<Bound>, right: Option<Bound>| {
            let (left, right) = (left?, right?);
            let left_first = left.value < right.value || (left.value == right.value && left.included);
            Some(if left_first { left } else { right })
        };
        Self { low: lower(self.low, other.low), high: negated(lower(negated(self.high), negated(other.high))) }
    }

    pub(super) fn negated(self) -> Self {
        Self { low: negated(self.high), high: negated(self.low) }
    }

    /// What the absolute value of the number can be.
    pub(super) fn absolute(self) -> Self {
        let folded = match (self.is_positive(true), self.negated().is_positive(true)) {
            (true, _) => self,
            (_, true) => self.negated(),
            _ => Self { low: None, high: self.or(self.negated()).high },
        };
        folded.and(Self::at_least(Decimal::ZERO))
    }

    pub(super) fn plus(self, other: Self) -> Self {
        let sum = |left: Option<Bound>, right: Option<Bound>| {
            let (left, right) = (left?, right?);
            let value = number::add(left.value, right.value)?;
            Some(Bound { value, included: left.included && right.included })
        };
        Self { low: sum(self.low, other.low), high: sum(self.high, other.high) }
    }

    /// Known only where no factor changes its sign.
    pub(super) fn times(self, other: Self) -> Self {
        match (self.is_positive(true), other.is_positive(true)) {
            (true, true) => Self { low: product(self.low, other.low), high: product(self.high, other.high) },
            (true, false) if other.negated().is_positive(true) => self.times(other.negated()).negated(),
            (false, _) if self.negated().is_positive(true) => self.negated().times(other).negated(),
            _ => Self::default(),
        }
    }

    /// Whether every number is above 0, or 0 itself where that counts.
    pub(super) fn is_positive(self, or_zero: bool) -> bool {
        self.low.is_some_and(|low| low.value > Decimal::ZERO || (low.value.is_zero() && (or_zero || !low.included)))
    }

    /// Whether 0 is not among the numbers.
    pub(super) fn excludes_zero(self) -> bool {
        self.is_positive(false) || self.negated().is_positive(false)
    }

    /// Whether every whole number among them is `least` or more.
    pub(super) fn reaches(self, least: Decimal) -> bool {
        self.low.is_some_and(|low| {
            low.value >= least
                || (!low.included && number::add(low.value, Decimal::ONE).is_some_and(|next| next >= least))
        })
    }
}

fn negated(bound: Option<Bound>) -> Option<Bound> {
    bound.map(|bound| Bound { value: -bound.value, included: bound.included })
}

/// The bound that leaves out more from below.
fn higher(left: Option<Bound>, right: Option<Bound>) -> Option<Bound> {
    let (Some(first), Some(second)) = (left, right) else { return left.or(right) };
    let first_higher = first.value > second.value || (first.value == second.value && !first.included);
    Some(if first_higher { first } else { second })
}

/// The product of two bounds that are not negative.
fn product(left: Option<Bound>, right: Option<Bound>) -> Option<Bound> {
    let (left, right) = (left?, right?);
    let value = number::multiply(left.value, right.value)?;
    let zero = |bound: Bound| bound.value.is_zero() && bound.included;
    let included = if value.is_zero() { zero(left) || zero(right) } else { left.included && right.included };
    Some(Bound { value, included })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bounds(low: i64, high: i64) -> Bounds {
        Bounds { low: included(low.into()), high: included(high.into()) }
    }

    #[test]
    fn arithmetic_of_bounds_holds_the_results_of_all_numbers_between_them() {
        for (low, high) in [(-3, -1), (-2, 0), (-1, 2), (0, 0), (0, 3), (1, 4)] {
            for (from, to) in [(-4, -2), (-1, 0), (-2, 2), (0, 1), (2, 3)] {
                let (one, other) = (bounds(low, high), bounds(from, to));
                for left in low..=high {
                    assert!(holds(one.negated(), -left) && holds(one.absolute(), left.abs()), "{left} of {one:?}");
                    for right in from..=to {
                        let of = format!("{left} of {one:?}, {right} of {other:?}");
                        assert!(holds(one.plus(other), left + right), "{of}");
                        assert!(holds(one.times(other), left * right), "{of}");
                        assert!(holds(one.or(other), left) && holds(one.or(other), right), "{of}");
                        assert!(left <= right || holds(other.above(false), left), "{of}");
                        assert!(left >= right || holds(other.below(false), left), "{of}");
                        assert!(left != right || holds(one.and(other), left), "{of}");
                    }
                }
            }
        }
    }

    fn holds(bounds: Bounds, value: i64) -> bool {
        let value = Decimal::from(value);
        let above = bounds.low.is_none_or(|low| low.value < value || (low.included && low.value == value));
        let below = bounds.high.is_none_or(|high| high.value > value || (high.included && high.value == value));
        above && below
    }

    #[test]
    fn zero_is_ruled_out_by_what_leaves_it_out() {
        assert!(bounds(1, 4).excludes_zero() && bounds(-4, -1).excludes_zero() && !bounds(0, 4).excludes_zero());
        assert!(Bounds::exactly(Decimal::ZERO).above(false).excludes_zero());
        assert!(Bounds::exactly(Decimal::ZERO).above(false).reaches(Decimal::ONE));
        assert!(!Bounds::exactly(Decimal::ZERO).above(true).reaches(Decimal::ONE));
        let positive = Bounds::exactly(Decimal::ZERO).above(false);
        assert!(positive.times(bounds(2, 3)).excludes_zero() && !positive.times(bounds(0, 3)).excludes_zero());
        assert!(positive.plus(bounds(0, 3)).excludes_zero());
    }
}

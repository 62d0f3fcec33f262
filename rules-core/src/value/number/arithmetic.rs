//! Arithmetic. Every function answers `None` where FEEL's answer is null: overflow, a result that is not zero and would
//! become 0, or an operand outside the function's domain.

use std::cmp::Ordering;

use rust_decimal::{Decimal, MathematicalOps};

/// `left + right`, rounded half to even where the sum has more digits than a decimal holds.
pub(crate) fn add(left: Decimal, right: Decimal) -> Option<Decimal> {
    match small_sum(left, right) {
        Some(sum) => Some(sum),
        None => left.checked_add(right),
    }
}

/// The sum of numbers of as many decimal places, neither of them long, without looking further.
#[inline]
fn small_sum(left: Decimal, right: Decimal) -> Option<Decimal> {
    if left.scale() != right.scale() {
        return None;
    }
    let (left_digits, right_digits) = (i64::try_from(left.mantissa()).ok()?, i64::try_from(right.mantissa()).ok()?);
    Decimal::try_new(left_digits.checked_add(right_digits)?, left.scale()).ok()
}

/// `left - right`, rounded as [`add`] does.
pub(crate) fn subtract(left: Decimal, right: Decimal) -> Option<Decimal> {
    add(left, -right)
}

/// `left * right`, rounded half to even; `None` where a product of numbers that are not zero would become 0.
pub(crate) fn multiply(left: Decimal, right: Decimal) -> Option<Decimal> {
    let product = left.checked_mul(right)?;
    (!product.is_zero() || left.is_zero() || right.is_zero()).then_some(product)
}

/// `left / right`, rounded half to even; `None` for a zero divisor and where a quotient that is not zero would become 0.
pub(crate) fn divide(left: Decimal, right: Decimal) -> Option<Decimal> {
    let quotient = left.checked_div(right)?;
    (!quotient.is_zero() || left.is_zero()).then_some(quotient)
}

/// The remainder of flooring division: it has the sign of `divisor`. Exact wherever a decimal can hold it.
///
/// Digits are brought down one by one, as on paper: the crate's own remainder overflows where the scales are far apart.
pub(crate) fn modulo(dividend: Decimal, divisor: Decimal) -> Option<Decimal> {
    if divisor.is_zero() {
        return None;
    }
    let places = dividend.scale().max(divisor.scale());
    let size = divisor.mantissa().unsigned_abs();
    let mut rest = dividend.mantissa().unsigned_abs();
    let rest_at_places = if divisor.scale() < places {
        // The divisor grows; as soon as it is larger than what is divided, nothing is left to divide.
        let grown = 10_u128.checked_pow(places - divisor.scale()).and_then(|factor| size.checked_mul(factor));
        grown.map_or(rest, |grown| rest % grown)
    } else {
        rest %= size;
        for _ in dividend.scale()..places {
            rest = rest.checked_mul(10)? % size;
        }
        rest
    };
    let signed = i128::try_from(rest_at_places).ok()?;
    let remainder = Decimal::try_from_i128_with_scale(signed, places).ok()?;
    let towards_zero = if dividend.is_sign_negative() { -remainder } else { remainder };
    if remainder.is_zero() || dividend.is_sign_negative() == divisor.is_sign_negative() {
        Some(towards_zero)
    } else {
        add(towards_zero, divisor)
    }
}

/// `base ** exponent`. `None` for a negative base with a fractional exponent, and for zero to a negative power.
///
/// Whole exponents and halves are exact where a decimal can hold the result; others go by way of logarithms, exact to
/// about 26 digits.
pub(crate) fn power(base: Decimal, exponent: Decimal) -> Option<Decimal> {
    let exponent = exponent.normalize();
    match (base.is_zero(), exponent.cmp(&Decimal::ZERO)) {
        (_, Ordering::Equal) => return Some(Decimal::ONE),
        (true, Ordering::Less) => return None,
        (true, Ordering::Greater) => return Some(Decimal::ZERO),
        (false, _) => {}
    }
    if base == Decimal::ONE {
        return Some(Decimal::ONE);
    }
    if base == Decimal::NEGATIVE_ONE {
        let even = (exponent / Decimal::TWO).fract().is_zero();
        return exponent.is_integer().then_some(if even { Decimal::ONE } else { base });
    }
    if exponent.is_integer() {
        return whole_power(base, exponent);
    }
    if base.is_sign_negative() {
        return None;
    }
    if multiply(exponent, Decimal::TWO).is_some_and(|twice| twice.is_integer()) {
        let whole = exponent.floor();
        return multiply(whole_power(base, whole)?, square_root(base)?);
    }
    exponential(multiply(logarithm(base)?, exponent)?)
}

/// A base that is neither 0 nor 1 nor -1, raised to a whole exponent.
fn whole_power(base: Decimal, exponent: Decimal) -> Option<Decimal> {
    let size = u64::try_from(exponent.mantissa().unsigned_abs()).ok()?;
    let result = if !exponent.is_sign_negative() {
        base.checked_powu(size)?
    } else if base.abs() < Decimal::ONE {
        // A small base raised first would lose its digits.
        Decimal::ONE.checked_div(base)?.checked_powu(size)?
    } else {
        Decimal::ONE.checked_div(base.checked_powu(size)?)?
    };
    (!result.is_zero()).then_some(result)
}

/// The square root; `None` for a negative number.
pub(crate) fn square_root(number: Decimal) -> Option<Decimal> {
    number.sqrt().map(|root| root.normalize())
}

/// e to the power of `number`; `None` where the result is too large, or so small that it would become 0.
pub(crate) fn exponential(number: Decimal) -> Option<Decimal> {
    number.checked_exp().filter(|result| !result.is_zero())
}

/// The natural logarithm; `None` for zero and negative numbers.
pub(crate) fn logarithm(number: Decimal) -> Option<Decimal> {
    if number <= Decimal::ZERO {
        return None;
    }
    let logarithm = number.checked_ln()?;
    // Next to 1 the crate's series ends at 0, where ln(1 + x) is x to 28 places.
    if logarithm.is_zero() { subtract(number, Decimal::ONE) } else { Some(logarithm) }
}

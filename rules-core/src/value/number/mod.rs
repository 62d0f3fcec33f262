//! Exact decimals: reading, printing, arithmetic and rounding.
//!
//! The crate underneath holds up to 28 significant digits (a 96-bit integer and 0 to 28 decimal places). Its own parser
//! rounds silently, so numbers are read here; its arithmetic rounds half to even where a result has more digits than a
//! decimal holds, which is what FEEL asks of its own precision, and gives 0 for what is too small, which is refused here
//! (`semantics.md` section 7).

pub(crate) mod arithmetic;
pub(crate) mod plain;
pub(crate) mod read;
pub(crate) mod rounding;

pub(crate) use arithmetic::{add, divide, exponential, logarithm, modulo, multiply, power, square_root, subtract};
pub(crate) use plain::{Plain, plain, write_plain};
pub(crate) use read::{NumberFault, parse};
pub(crate) use rounding::{Mode, round};

use std::cmp::Ordering;

use rust_decimal::Decimal;

/// How two numbers stand to each other. Numbers with as many decimal places, which most are, compare by their digits.
#[inline]
pub(crate) fn order(left: &Decimal, right: &Decimal) -> Ordering {
    if left.scale() == right.scale() { left.mantissa().cmp(&right.mantissa()) } else { left.cmp(right) }
}

/// The whole number that `number` is, if it is one and fits.
pub(crate) fn whole(number: Decimal) -> Option<i64> {
    if !number.fract().is_zero() {
        return None;
    }
    truncated(number)
}

/// The whole part of `number`, towards zero, if it fits.
pub(crate) fn truncated(number: Decimal) -> Option<i64> {
    i64::try_from(number.trunc().mantissa()).ok()
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::indexing_slicing)]
mod tests {
    use super::*;

    fn number(token: &str) -> Decimal {
        parse(token).unwrap()
    }

    fn shown(result: Option<Decimal>) -> String {
        result.map_or("null".to_owned(), plain)
    }

    #[test]
    fn a_token_is_read_exactly_or_not_at_all() {
        for (token, expected) in [
            ("1.50", "1.5"),
            ("-0", "0"),
            ("-0.000", "0"),
            (".5", "0.5"),
            ("007", "7"),
            ("1e3", "1000"),
            ("12.5E-2", "0.125"),
            ("1e-28", "0.0000000000000000000000000001"),
            ("100e-30", "0.0000000000000000000000000001"),
            ("0e400", "0"),
            ("0.10000000000000000000000000000000000000", "0.1"),
            ("100000000000000000000000000000e-5", "1000000000000000000000000"),
            ("79228162514264337593543950335", "79228162514264337593543950335"),
            ("-7.9228162514264337593543950335", "-7.9228162514264337593543950335"),
            ("123456789012345678.9", "123456789012345678.9"),
        ] {
            assert_eq!(parse(token).map(plain), Ok(expected.to_owned()), "{token}");
        }
        for (token, fault) in [
            ("79228162514264337593543950336", NumberFault::TooLarge),
            ("123456789012345678901234567890", NumberFault::TooLarge),
            ("1e400", NumberFault::TooLarge),
            ("1e29", NumberFault::TooLarge),
            ("1e-29", NumberFault::Inexact),
            ("1e-999999999999999999999", NumberFault::Inexact),
            ("1.23456789012345678901234567891", NumberFault::Inexact),
            ("0.00000000000000000000000000001", NumberFault::Inexact),
            ("", NumberFault::NotANumber),
            ("-", NumberFault::NotANumber),
            (".", NumberFault::NotANumber),
            ("5.", NumberFault::NotANumber),
            ("+5", NumberFault::NotANumber),
            ("1_000", NumberFault::NotANumber),
            ("1e", NumberFault::NotANumber),
            ("1.2.3", NumberFault::NotANumber),
            ("0x10", NumberFault::NotANumber),
        ] {
            assert_eq!(parse(token), Err(fault), "{token}");
        }
    }

    #[test]
    fn arithmetic_never_turns_something_into_nothing() {
        let small = number("1e-28");
        assert_eq!(multiply(small, small), None);
        assert_eq!(divide(small, number("3e5")), None);
        assert_eq!(shown(multiply(small, Decimal::ZERO)), "0");
        assert_eq!(add(Decimal::MAX, Decimal::ONE), None);
        // A sum with more digits than fit is rounded, half to even.
        assert_eq!(
            shown(add(number("7922816251426433759354395033"), number("0.25"))),
            "7922816251426433759354395033.2"
        );
        assert_eq!(divide(Decimal::ONE, Decimal::ZERO), None);
        assert_eq!(shown(divide(number("10"), number("3"))), "3.3333333333333333333333333333");
    }

    #[test]
    fn powers_keep_to_their_domain() {
        for (base, exponent, expected) in [
            ("5", "-2", "0.04"),
            ("-2", "3", "-8"),
            ("0", "0", "1"),
            ("0", "-1", "null"),
            ("-2", "0.5", "null"),
            ("4", "0.5", "2"),
            ("4", "-1.5", "0.125"),
            ("10", "29", "null"),
            ("10", "-28", "0.0000000000000000000000000001"),
            ("10", "-29", "null"),
            ("3", "-60", "null"),
            ("-1", "8589934593", "-1"),
            ("1", "1e28", "1"),
            ("0.5", "-90", "1237940039285380274899124224"),
        ] {
            assert_eq!(shown(power(number(base), number(exponent))), expected, "{base} ** {exponent}");
        }
        assert_eq!(shown(logarithm(number("1.0000000000000000000000000001"))), "0.0000000000000000000000000001");
        assert_eq!(exponential(number("-70")), None);
    }

    #[test]
    fn the_remainder_has_the_sign_of_the_divisor_and_is_exact() {
        for (dividend, divisor, expected) in [
            ("12", "5", "2"),
            ("-12", "5", "3"),
            ("12", "-5", "-3"),
            ("-12", "-5", "-2"),
            ("10.1", "4.5", "1.1"),
            ("1", "0", "null"),
            // The crate's own remainder gives 447485489863547.984462e-27 here.
            ("7922816251426433759354395032.9", "0.000001000000000000000000050", "0.0000003120520872889835661"),
        ] {
            assert_eq!(shown(modulo(number(dividend), number(divisor))), expected, "{dividend} mod {divisor}");
        }
    }

    #[test]
    fn rounding_takes_every_scale_of_the_standard() {
        for (value, scale, mode, expected) in [
            ("2.5", 0, Mode::HalfEven, "2"),
            ("3.5", 0, Mode::HalfEven, "4"),
            ("-2.5", 0, Mode::HalfUp, "-3"),
            ("2.5", 0, Mode::HalfDown, "2"),
            ("2.51", 0, Mode::HalfDown, "3"),
            ("5.125", 2, Mode::Up, "5.13"),
            ("-5.129", 2, Mode::Down, "-5.12"),
            ("-1.5", 0, Mode::Floor, "-2"),
            ("-1.5", 0, Mode::Ceiling, "-1"),
            ("1250", -2, Mode::HalfEven, "1200"),
            ("1.5", 6176, Mode::Up, "1.5"),
            ("1.5", -6111, Mode::HalfUp, "0"),
            ("1.5", -6111, Mode::Up, "null"),
            ("50000000000000000000000000000", -29, Mode::HalfUp, "null"),
        ] {
            assert_eq!(shown(round(number(value), scale, mode)), expected, "{value} to {scale}");
        }
    }
}

//! Reading a number token exactly.

use rust_decimal::Decimal;

/// Why a token is not a number that can be held.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NumberFault {
    /// Not a number token of JSON or FEEL.
    NotANumber,
    /// It has more digits than can be held exactly.
    Inexact,
    /// Its whole part is too large.
    TooLarge,
}

/// Most decimal places of a decimal.
const MOST_PLACES: i64 = 28;
/// The largest integer of a decimal.
const LARGEST: u128 = (1 << 96) - 1;

/// The number that `token` writes, exactly: digits with an optional minus sign, point and exponent (`-1.50`, `.5`,
/// `1.2e-3`). Zeros at the end make no difference: `1.50` is `1.5`, and any number of them is taken.
pub(crate) fn parse(token: &str) -> Result<Decimal, NumberFault> {
    let (negative, digits) = match token.as_bytes() {
        [b'-', rest @ ..] => (true, rest),
        whole => (false, whole),
    };
    if let Some(number) = short(digits, negative) {
        return Ok(number);
    }
    let parts = Parts::of(digits).ok_or(NumberFault::NotANumber)?;
    parts.number(negative)
}

/// The common case, without looking back: at most 18 digits, perhaps with a point, and no exponent.
fn short(digits: &[u8], negative: bool) -> Option<Decimal> {
    if digits.len() > 19 {
        return None;
    }
    let mut mantissa: i64 = 0;
    let mut places: Option<u32> = None;
    let mut count = 0;
    for byte in digits {
        match byte {
            b'0'..=b'9' => {
                mantissa = mantissa.checked_mul(10)?.checked_add(i64::from(byte - b'0'))?;
                count += 1;
                places = places.map(|places| places + 1);
            }
            b'.' if places.is_none() => places = Some(0),
            _ => return None,
        }
    }
    if count == 0 || places == Some(0) {
        return None;
    }
    let mut places = if mantissa == 0 { 0 } else { places.unwrap_or(0) };
    while places > 0 && mantissa % 10 == 0 {
        mantissa /= 10;
        places -= 1;
    }
    Decimal::try_new(if negative { -mantissa } else { mantissa }, places).ok()
}

/// The digits of a token and where its point stands.
struct Parts<'a> {
    before: &'a [u8],
    after: &'a [u8],
    exponent: i64,
}

impl<'a> Parts<'a> {
    fn of(digits: &'a [u8]) -> Option<Self> {
        let end = digits.iter().position(|byte| matches!(byte, b'e' | b'E')).unwrap_or(digits.len());
        let (coefficient, exponent) = digits.split_at_checked(end)?;
        let exponent = match exponent {
            [] => 0,
            [_, rest @ ..] => read_exponent(rest)?,
        };
        let (before, after) = match coefficient.iter().position(|byte| *byte == b'.') {
            None => (coefficient, None),
            Some(point) => (coefficient.get(..point)?, coefficient.get(point + 1..)),
        };
        let all_digits = |part: &[u8]| part.iter().all(u8::is_ascii_digit);
        let after_is_good = after.is_none_or(|after| !after.is_empty() && all_digits(after));
        let any = !before.is_empty() || after.is_some();
        (any && after_is_good && all_digits(before)).then(|| Self { before, after: after.unwrap_or(&[]), exponent })
    }

    fn number(&self, negative: bool) -> Result<Decimal, NumberFault> {
        let after = trim_end(self.after);
        let mut places = i64::try_from(after.len()).map_err(|_| NumberFault::Inexact)?.saturating_sub(self.exponent);
        let mut mantissa: u128 = 0;
        let mut zeros: u32 = 0;
        // Zeros are held back until a digit follows, so that those at the end never fill the integer.
        for byte in self.before.iter().chain(after) {
            if *byte == b'0' {
                zeros = zeros.saturating_add(1);
                continue;
            }
            let digit = u128::from(byte - b'0');
            mantissa = grow(mantissa, zeros.saturating_add(1))
                .and_then(|grown| grown.checked_add(digit))
                .filter(|grown| *grown <= LARGEST)
                .ok_or(if places > 0 { NumberFault::Inexact } else { NumberFault::TooLarge })?;
            zeros = 0;
        }
        if mantissa == 0 {
            return Ok(Decimal::ZERO);
        }
        places = places.saturating_sub(i64::from(zeros));
        if places < 0 {
            let missing = u32::try_from(places.saturating_neg()).map_err(|_| NumberFault::TooLarge)?;
            mantissa = grow(mantissa, missing).filter(|grown| *grown <= LARGEST).ok_or(NumberFault::TooLarge)?;
            places = 0;
        }
        if places > MOST_PLACES {
            return Err(NumberFault::Inexact);
        }
        let signed = i128::try_from(mantissa).map_err(|_| NumberFault::TooLarge)?;
        let places = u32::try_from(places).map_err(|_| NumberFault::Inexact)?;
        Decimal::try_from_i128_with_scale(if negative { -signed } else { signed }, places)
            .map_err(|_| NumberFault::TooLarge)
    }
}

/// `digits` without the zeros at the end.
fn trim_end(digits: &[u8]) -> &[u8] {
    let end = digits.iter().rposition(|byte| *byte != b'0').map_or(0, |last| last + 1);
    digits.get(..end).unwrap_or(digits)
}

/// `mantissa` times ten to the power of `zeros`.
fn grow(mantissa: u128, zeros: u32) -> Option<u128> {
    if mantissa == 0 {
        return Some(0);
    }
    mantissa.checked_mul(10_u128.checked_pow(zeros)?)
}

/// The exponent after the `e`; one beyond all bounds is cut down to a bound that is still far outside.
fn read_exponent(text: &[u8]) -> Option<i64> {
    let (negative, digits) = match text {
        [b'-', rest @ ..] => (true, rest),
        [b'+', rest @ ..] => (false, rest),
        rest => (false, rest),
    };
    if digits.is_empty() || !digits.iter().all(u8::is_ascii_digit) {
        return None;
    }
    let size = digits.iter().fold(0_i64, |size, byte| {
        size.saturating_mul(10).saturating_add(i64::from(byte - b'0')).min(i64::from(i32::MAX))
    });
    Some(if negative { -size } else { size })
}

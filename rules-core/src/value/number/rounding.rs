//! Rounding to a number of decimal places, which may be negative (tens, hundreds…).

use rust_decimal::Decimal;

/// What happens to the digits that are cut off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mode {
    /// To the nearest; a half to the even digit (`decimal`).
    HalfEven,
    /// To the nearest; a half away from zero (`round half up`).
    HalfUp,
    /// To the nearest; a half towards zero (`round half down`).
    HalfDown,
    /// Away from zero (`round up`).
    Up,
    /// Towards zero (`round down`).
    Down,
    /// Towards minus infinity (`floor`).
    Floor,
    /// Towards plus infinity (`ceiling`).
    Ceiling,
}

/// The scales that the rounding functions take (DMN 1.5 section 10.3.4.5).
pub(crate) const SCALES: std::ops::RangeInclusive<i64> = -6111..=6176;

/// `number` rounded to `scale` decimal places. `None` when the result is too large for a decimal.
pub(crate) fn round(number: Decimal, scale: i64, mode: Mode) -> Option<Decimal> {
    let cut = i64::from(number.scale()).saturating_sub(scale);
    if cut <= 0 || number.is_zero() {
        return Some(number);
    }
    let mantissa = number.mantissa();
    // Beyond 38 digits everything is cut off, and what is left is less than half of the last place.
    let unit = u32::try_from(cut).ok().and_then(|cut| 10_u128.checked_pow(cut));
    let size = mantissa.unsigned_abs();
    let (kept, rest) = unit.map_or((0, size), |unit| (size / unit, size % unit));
    let against_half = unit.map_or(std::cmp::Ordering::Less, |unit| rest.cmp(&(unit / 2)));
    let negative = mantissa < 0;
    let away = rest != 0
        && match mode {
            Mode::HalfEven => against_half.is_gt() || (against_half.is_eq() && !kept.is_multiple_of(2)),
            Mode::HalfUp => against_half.is_ge(),
            Mode::HalfDown => against_half.is_gt(),
            Mode::Up => true,
            Mode::Down => false,
            Mode::Floor => negative,
            Mode::Ceiling => !negative,
        };
    let rounded = i128::try_from(kept + u128::from(away)).ok()?;
    let signed = if negative { -rounded } else { rounded };
    if signed == 0 {
        return Some(Decimal::ZERO);
    }
    match u32::try_from(scale) {
        Ok(places) => Decimal::try_from_i128_with_scale(signed, places).ok(),
        Err(_) => {
            let zeros = u32::try_from(scale.unsigned_abs()).ok()?;
            Decimal::try_from_i128_with_scale(signed.checked_mul(10_i128.checked_pow(zeros)?)?, 0).ok()
        }
    }
}

//! Printing numbers plainly: no exponent, no zeros at the end, no minus before zero.

use rust_decimal::Decimal;

/// A number as plain text, held without allocation.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Plain {
    /// The text stands at the end.
    bytes: [u8; 32],
    start: usize,
}

impl Plain {
    /// The plain text of `number`.
    pub(crate) fn of(number: Decimal) -> Self {
        let mut plain = Self { bytes: [0; 32], start: 32 };
        let (mantissa, places) = without_zeros(number.mantissa().unsigned_abs(), number.scale());
        let (mut before, mut rest) = in_halves(mantissa);
        let mut written = 0;
        while rest > 0 || before > 0 || written <= places {
            if written == places && places > 0 {
                plain.push(b'.');
            }
            plain.push(b'0' + u8::try_from(rest % 10).unwrap_or(0));
            rest /= 10;
            written += 1;
            if written == LAST {
                rest = std::mem::take(&mut before);
            }
        }
        if number.is_sign_negative() && mantissa > 0 {
            plain.push(b'-');
        }
        plain
    }

    /// The text.
    pub(crate) fn as_str(&self) -> &str {
        std::str::from_utf8(self.as_bytes()).unwrap_or("")
    }

    /// The text as bytes, all of them ASCII.
    pub(crate) fn as_bytes(&self) -> &[u8] {
        self.bytes.get(self.start..).unwrap_or(&[])
    }

    /// Puts `byte` before what is there; 29 digits, a point, a zero and a sign always fit.
    fn push(&mut self, byte: u8) {
        self.start = self.start.saturating_sub(1);
        if let Some(place) = self.bytes.get_mut(self.start) {
            *place = byte;
        }
    }
}

/// So many digits 64 bits hold for certain.
const LAST: u32 = 19;

/// The last digits of a number, and what stands before them. Most numbers have no more digits, and are divided cheaply.
fn in_halves(mantissa: u128) -> (u64, u64) {
    const UNIT: u64 = 10_u64.pow(LAST);
    match u64::try_from(mantissa) {
        Ok(small) if small < UNIT => (0, small),
        _ => {
            let half = |number: u128| u64::try_from(number).unwrap_or(0);
            (half(mantissa / u128::from(UNIT)), half(mantissa % u128::from(UNIT)))
        }
    }
}

/// A number of so many decimal places without the zeros at its end.
fn without_zeros(mut mantissa: u128, mut places: u32) -> (u128, u32) {
    if let Ok(mut small) = u64::try_from(mantissa) {
        while places > 0 && small.is_multiple_of(10) {
            small /= 10;
            places -= 1;
        }
        return (small.into(), places);
    }
    while places > 0 && mantissa.is_multiple_of(10) {
        mantissa /= 10;
        places -= 1;
    }
    (mantissa, places)
}

/// The plain text of `number`: `1.50` is `1.5`, `-0` is `0`.
pub(crate) fn plain(number: Decimal) -> String {
    Plain::of(number).as_str().to_owned()
}

/// Writes the plain text of `number` at the end of `out`.
pub(crate) fn write_plain(out: &mut Vec<u8>, number: Decimal) {
    out.extend_from_slice(Plain::of(number).as_bytes());
}

#[cfg(test)]
mod tests {
    use super::plain;
    use rust_decimal::Decimal;

    #[test]
    fn numbers_of_every_length_are_printed_as_the_crate_prints_them() {
        for digits in 1..=29_u32 {
            for mantissa in [10_i128.pow(digits - 1), 10_i128.pow(digits) - 1, 12_345_678_901_234_567_890_123_456_789] {
                for places in 0..=28 {
                    let Ok(number) = Decimal::try_from_i128_with_scale(mantissa % (1 << 96), places) else { continue };
                    assert_eq!(plain(number), number.normalize().to_string());
                    assert_eq!(plain(-number), (-number).normalize().to_string());
                }
            }
        }
    }
}

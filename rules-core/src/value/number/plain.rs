//! Printing numbers plainly: no exponent, no zeros at the end, no minus before zero.

use rust_decimal::Decimal;

/// Room for the longest number.
const SIZE: usize = 32;
/// The most decimal places that a number has.
const MOST_PLACES: usize = 28;
/// A one with as many zeros as the digits that 64 bits hold for certain.
const UNIT: u128 = 10_000_000_000_000_000_000;
/// So many zeros.
const LAST_DIGITS: usize = 19;
/// A one with as many zeros as the digits that 32 bits hold for certain, less one to make them even.
const GROUP: u64 = 100_000_000;
/// So many zeros.
const GROUP_DIGITS: usize = 8;

/// A number as plain text, held without allocation.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Plain {
    /// The text stands at the end, and zeros before it.
    bytes: [u8; SIZE],
    start: usize,
}

impl Plain {
    /// The plain text of `number`.
    pub(crate) fn of(number: Decimal) -> Self {
        let mut plain = Self { bytes: [b'0'; SIZE], start: SIZE };
        let places = plain.significant(number.mantissa().unsigned_abs(), number.scale());
        plain.point(usize::try_from(places).unwrap_or(0));
        if number.is_sign_negative() && !number.is_zero() {
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

    /// Puts in the digits of a number of so many decimal places, without the zeros at its end, and says how many places
    /// are left. Nearly every number fits 64 bits, and is divided there many times faster.
    fn significant(&mut self, mantissa: u128, mut places: u32) -> u32 {
        if let Ok(mut mantissa) = u64::try_from(mantissa) {
            while places > 0 && mantissa.is_multiple_of(10) {
                mantissa /= 10;
                places -= 1;
            }
            self.digits(mantissa);
            return places;
        }
        if places > 0 && mantissa.is_multiple_of(10) {
            return self.significant(mantissa / 10, places - 1);
        }
        self.digits(u64::try_from(mantissa % UNIT).unwrap_or(0));
        self.start = SIZE - LAST_DIGITS;
        self.digits(u64::try_from(mantissa / UNIT).unwrap_or(0));
        places
    }

    /// Puts the digits of `number` before what is there, a group at a time.
    fn digits(&mut self, mut number: u64) {
        while number >= GROUP {
            let before = self.start;
            self.group(u32::try_from(number % GROUP).unwrap_or(0));
            self.start = before.saturating_sub(GROUP_DIGITS);
            number /= GROUP;
        }
        self.group(u32::try_from(number).unwrap_or(0));
    }

    /// Puts the digits of `number` before what is there, two at a time.
    fn group(&mut self, mut number: u32) {
        let digit = |number: u32| b'0' + u8::try_from(number % 10).unwrap_or(0);
        while number > 0 {
            let two = number % 100;
            number /= 100;
            self.push(digit(two));
            if two > 9 || number > 0 {
                self.push(digit(two / 10));
            }
        }
    }

    /// Puts a point before so many digits, and at least one digit before the point.
    fn point(&mut self, places: usize) {
        let point = SIZE - places.min(MOST_PLACES);
        self.start = self.start.min(point - 1);
        if places > 0 {
            self.bytes.copy_within(self.start..point, self.start - 1);
            self.start -= 1;
            if let Some(byte) = self.bytes.get_mut(point - 1) {
                *byte = b'.';
            }
        }
    }

    /// Puts `byte` before what is there; 29 digits, a point and a sign always fit.
    fn push(&mut self, byte: u8) {
        self.start = self.start.saturating_sub(1);
        if let Some(place) = self.bytes.get_mut(self.start) {
            *place = byte;
        }
    }
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

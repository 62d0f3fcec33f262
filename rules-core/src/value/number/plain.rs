//! Printing numbers plainly: no exponent, no zeros at the end, no minus before zero.

use rust_decimal::Decimal;

/// Room for the longest number.
const SIZE: usize = 32;
/// The most decimal places that a number has.
const MOST_PLACES: usize = 28;
/// A one with as many zeros as the digits that 32 bits hold for certain.
const GROUP: u64 = 1_000_000_000;
/// So many zeros.
const GROUP_DIGITS: usize = 9;

/// A number as plain text, held without allocation.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Plain {
    /// The text, with zeros before it.
    bytes: [u8; SIZE],
    start: usize,
    end: usize,
}

impl Plain {
    /// The plain text of `number`.
    pub(crate) fn of(number: Decimal) -> Self {
        let mut plain = Self { bytes: [b'0'; SIZE], start: SIZE, end: SIZE };
        let parts = number.unpack();
        plain.digits(parts.hi.into(), (u64::from(parts.mid) << 32) | u64::from(parts.lo));
        plain.point(usize::try_from(parts.scale).unwrap_or(0));
        if parts.negative && !number.is_zero() {
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
        self.bytes.get(self.start..self.end).unwrap_or(&[])
    }

    /// Puts in the digits of `high` times 2^64 and `low`, a group at a time, from the last to the first.
    fn digits(&mut self, mut high: u64, mut low: u64) {
        while high > 0 || low >= GROUP {
            let group;
            if high > 0 {
                // As on paper, with 32 bits for a digit. 128 bits would take many times longer.
                let middle = ((high % GROUP) << 32) | (low >> 32);
                let last = ((middle % GROUP) << 32) | (low & 0xffff_ffff);
                high /= GROUP;
                low = ((middle / GROUP) << 32) | (last / GROUP);
                group = last % GROUP;
            } else {
                group = low % GROUP;
                low /= GROUP;
            }
            let before = self.start;
            self.group(group);
            self.start = before.saturating_sub(GROUP_DIGITS);
        }
        self.group(low);
    }

    /// Puts the digits of a number below [`GROUP`] before what is there, two at a time.
    fn group(&mut self, number: u64) {
        let mut number = u32::try_from(number).unwrap_or(0);
        let mut two = 10;
        while number > 0 {
            two = u8::try_from(number % 100).unwrap_or(0);
            number /= 100;
            self.start = self.start.saturating_sub(2);
            if let Some(place) = self.bytes.get_mut(self.start..).and_then(|rest| rest.first_chunk_mut()) {
                *place = [b'0' + two / 10, b'0' + two % 10];
            }
        }
        if two < 10 {
            self.start += 1;
        }
    }

    /// Puts a point before so many digits, of which the zeros at the end go, and at least one digit before the point.
    fn point(&mut self, places: usize) {
        let point = SIZE - places.min(MOST_PLACES);
        self.start = self.start.min(point - 1);
        while self.end > point && self.bytes.get(self.end - 1) == Some(&b'0') {
            self.end -= 1;
        }
        if self.end > point {
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
            let shorter = 12_345_678_901_234_567_890_123_456_789 / 10_i128.pow(29 - digits);
            // With zeros in the middle, over the border of two groups of digits.
            let hollow = 10_i128.pow(digits - 1) + 1;
            for mantissa in [10_i128.pow(digits - 1), 10_i128.pow(digits) - 1, shorter, hollow, (1 << 96) - 1] {
                for places in 0..=28 {
                    let Ok(number) = Decimal::try_from_i128_with_scale(mantissa % (1 << 96), places) else { continue };
                    assert_eq!(plain(number), number.normalize().to_string());
                    assert_eq!(plain(-number), (-number).normalize().to_string());
                }
            }
        }
    }
}

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
        let mut places = number.scale();
        let mut mantissa = number.mantissa().unsigned_abs();
        if mantissa == 0 {
            plain.push(b'0');
            return plain;
        }
        while places > 0 && mantissa.is_multiple_of(10) {
            mantissa /= 10;
            places -= 1;
        }
        let mut written = 0;
        while mantissa > 0 || written <= places {
            if written == places && places > 0 {
                plain.push(b'.');
            }
            // Most numbers fit 64 bits, where division is cheap.
            let digit = match u64::try_from(mantissa) {
                Ok(small) => {
                    mantissa = u128::from(small / 10);
                    small % 10
                }
                Err(_) => {
                    let digit = mantissa % 10;
                    mantissa /= 10;
                    u64::try_from(digit).unwrap_or(0)
                }
            };
            plain.push(b'0' + u8::try_from(digit).unwrap_or(0));
            written += 1;
        }
        if number.is_sign_negative() {
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

/// The plain text of `number`: `1.50` is `1.5`, `-0` is `0`.
pub(crate) fn plain(number: Decimal) -> String {
    Plain::of(number).as_str().to_owned()
}

/// Writes the plain text of `number` at the end of `out`.
pub(crate) fn write_plain(out: &mut Vec<u8>, number: Decimal) {
    out.extend_from_slice(Plain::of(number).as_bytes());
}

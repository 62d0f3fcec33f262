//! Lines of newline-delimited JSON.

/// The lines of `bytes` without their newlines; nothing follows a last newline but an empty line.
pub(crate) struct Lines<'b> {
    rest: Option<&'b [u8]>,
}

impl<'b> Lines<'b> {
    /// The lines of `bytes`.
    pub(crate) fn of(bytes: &'b [u8]) -> Self {
        Self { rest: Some(bytes) }
    }
}

impl<'b> Iterator for Lines<'b> {
    type Item = &'b [u8];

    fn next(&mut self) -> Option<&'b [u8]> {
        let bytes = self.rest?;
        let end = newline(bytes);
        let line = bytes.get(..end).unwrap_or(bytes);
        self.rest = bytes.get(end + 1..);
        Some(line)
    }
}

/// The place of the first newline, or the length when there is none; eight bytes at a time.
fn newline(bytes: &[u8]) -> usize {
    const ONES: u64 = 0x0101_0101_0101_0101;
    const TOPS: u64 = 0x8080_8080_8080_8080;
    let mut at = 0;
    while let Some(chunk) = bytes.get(at..).and_then(|rest| rest.first_chunk::<8>()) {
        let word = u64::from_le_bytes(*chunk) ^ (ONES * u64::from(b'\n'));
        // The lowest top bit that is set belongs to the first byte that is a newline.
        let found = word.wrapping_sub(ONES) & !word & TOPS;
        if found != 0 {
            return at + usize::try_from(found.trailing_zeros() / 8).unwrap_or_default();
        }
        at += 8;
    }
    let tail = bytes.get(at..).unwrap_or_default();
    at + tail.iter().position(|byte| *byte == b'\n').unwrap_or(tail.len())
}

#[cfg(test)]
mod tests {
    use super::Lines;

    #[test]
    fn lines_are_what_splitting_byte_by_byte_gives() {
        for length in 0..40_usize {
            for step in 1..12 {
                let bytes: Vec<u8> = (0..length).map(|at| if at % step == 3 { b'\n' } else { b'x' }).collect();
                let expected: Vec<&[u8]> = bytes.split(|byte| *byte == b'\n').collect();
                assert_eq!(Lines::of(&bytes).collect::<Vec<_>>(), expected);
            }
        }
    }
}

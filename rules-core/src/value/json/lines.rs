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

/// The place of the first newline, or the length when there is none; thirty-two bytes at a time.
fn newline(bytes: &[u8]) -> usize {
    const ONES: u64 = 0x0101_0101_0101_0101;
    const TOPS: u64 = 0x8080_8080_8080_8080;
    let mut blocks = bytes.chunks_exact(32);
    let mut at = 0;
    for block in &mut blocks {
        let found = block.chunks_exact(8).fold(0, |found, eight| {
            let word =
                eight.first_chunk::<8>().map_or(0, |eight| u64::from_le_bytes(*eight)) ^ (ONES * u64::from(b'\n'));
            // A top bit is set where a byte is a newline, and perhaps above one.
            found | (word.wrapping_sub(ONES) & !word)
        });
        if found & TOPS != 0 {
            break;
        }
        at += 32;
    }
    let rest = bytes.get(at..).unwrap_or_default();
    at + rest.iter().position(|byte| *byte == b'\n').unwrap_or(rest.len())
}

#[cfg(test)]
mod tests {
    use super::Lines;

    #[test]
    fn lines_are_what_splitting_byte_by_byte_gives() {
        for length in 0..100_usize {
            for step in 1..12 {
                let bytes: Vec<u8> = (0..length).map(|at| if at % step == 3 { b'\n' } else { b'x' }).collect();
                let expected: Vec<&[u8]> = bytes.split(|byte| *byte == b'\n').collect();
                assert_eq!(Lines::of(&bytes).collect::<Vec<_>>(), expected);
            }
        }
    }
}

//! Regular expressions as FEEL has them: the dialect of XPath, with back references, class subtraction and Unicode
//! categories, and with every step counted, so that no pattern can run away (`matches("aaaaaaaaaaaaaaaaaaaaaaaaaaa!", "(a+)+b")`).

mod category;
mod category_runs;
mod class;
mod matcher;
mod parse;

pub(crate) use matcher::{OutOfSteps, Spend};

use matcher::{Flags, Machine};

/// A pattern with its flags.
#[derive(Clone, Debug)]
pub(crate) struct Pattern {
    machine: Machine,
    groups: usize,
}

/// Why a pattern gives null.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PatternFault {
    /// The pattern, its flags or the replacement are not as XPath has them.
    Wrong(&'static str),
    /// The work that may be spent is used up.
    OutOfSteps,
}

impl From<&'static str> for PatternFault {
    fn from(words: &'static str) -> Self {
        Self::Wrong(words)
    }
}

impl From<OutOfSteps> for PatternFault {
    fn from(_: OutOfSteps) -> Self {
        Self::OutOfSteps
    }
}

/// Bytes written at a step.
const BYTES_AT_ONCE: usize = 4;
/// Steps that keeping a group of a match counts as.
const STEPS_A_GROUP: u64 = 16;

const MATCHES_NOTHING: &str = "the pattern matches the empty text, so there is no telling where it stands";

impl Pattern {
    /// Reads a pattern. Flags are `s` (a dot takes line ends too), `m` (`^` and `$` hold at every line), `i` (without regard to
    /// case) and `x` (white space in the pattern is left out, but not inside a class).
    pub(crate) fn parse(pattern: &str, flags: &str) -> Result<Self, &'static str> {
        let mut set = Flags::default();
        let mut without_space = false;
        for flag in flags.chars() {
            match flag {
                's' => set.dot_takes_line_ends = true,
                'm' => set.multiline = true,
                'i' => set.ignore_case = true,
                'x' => without_space = true,
                _ => return Err("the flags of a pattern are s, m, i and x"),
            }
        }
        let (part, groups) = if without_space { parse::parse(&strip_space(pattern))? } else { parse::parse(pattern)? };
        Ok(Self { machine: Machine::new(&part, groups, set)?, groups })
    }

    /// Steps of the pattern, its repetitions written out.
    pub(crate) fn length(&self) -> usize {
        self.machine.length()
    }

    /// Whether the pattern matches anywhere in `text`.
    pub(crate) fn matches(&self, text: &str, spend: Spend<'_>) -> Result<bool, OutOfSteps> {
        self.machine.find(text, 0, spend).map(|found| found.is_some())
    }

    /// `text` with every match replaced: `$0` is the match, `$1` its first group, `\$` and `\\` stand for themselves.
    pub(crate) fn replace(&self, text: &str, replacement: &str, spend: Spend<'_>) -> Result<String, PatternFault> {
        let pieces = self.pieces(replacement)?;
        let mut out = String::new();
        let mut copied = 0;
        for found in self.find_all(text, spend)? {
            let Some(Some((start, end))) = found.first().copied() else {
                continue;
            };
            out.push_str(text.get(copied..start).unwrap_or(""));
            for piece in &pieces {
                let more = match piece {
                    Piece::Text(text) => text,
                    Piece::Group(number) => found
                        .get(*number)
                        .copied()
                        .flatten()
                        .and_then(|(start, end)| text.get(start..end))
                        .unwrap_or(""),
                };
                // What is written counts, so that a short pattern cannot fill the memory.
                if !spend(u64::try_from(more.len() / BYTES_AT_ONCE + 1).unwrap_or(u64::MAX)) {
                    return Err(PatternFault::OutOfSteps);
                }
                out.push_str(more);
            }
            copied = end;
        }
        out.push_str(text.get(copied..).unwrap_or(""));
        Ok(out)
    }

    /// The pieces of `text` between the matches.
    pub(crate) fn split<'t>(&self, text: &'t str, spend: Spend<'_>) -> Result<Vec<&'t str>, PatternFault> {
        let mut pieces = Vec::new();
        let mut from = 0;
        for found in self.find_all(text, spend)? {
            if let Some(Some((start, end))) = found.first().copied() {
                pieces.push(text.get(from..start).unwrap_or(""));
                from = end;
            }
        }
        pieces.push(text.get(from..).unwrap_or(""));
        Ok(pieces)
    }

    fn find_all(&self, text: &str, spend: Spend<'_>) -> Result<Vec<matcher::Found>, PatternFault> {
        if self.machine.find("", 0, spend)?.is_some() {
            return Err(PatternFault::Wrong(MATCHES_NOTHING));
        }
        let mut all = Vec::new();
        let mut from = 0;
        while let Some(found) = self.machine.find(text, from, spend)? {
            match found.first().copied().flatten() {
                Some((start, end)) if end > start => from = end,
                _ => return Err(PatternFault::Wrong(MATCHES_NOTHING)),
            }
            // what is kept of a match, and made of it
            if !spend(u64::try_from(found.len()).unwrap_or(u64::MAX).saturating_mul(STEPS_A_GROUP)) {
                return Err(PatternFault::OutOfSteps);
            }
            all.push(found);
        }
        Ok(all)
    }

    fn pieces(&self, replacement: &str) -> Result<Vec<Piece>, &'static str> {
        let mut pieces = Vec::new();
        let mut text = String::new();
        let mut characters = replacement.chars().peekable();
        while let Some(character) = characters.next() {
            match character {
                '\\' => match characters.next() {
                    Some(same @ ('\\' | '$')) => text.push(same),
                    _ => return Err("a backslash in a replacement stands before `\\` or `$` only"),
                },
                '$' => {
                    let digit = |next: &char| next.to_digit(10).and_then(|digit| usize::try_from(digit).ok());
                    let mut number = characters
                        .next()
                        .as_ref()
                        .and_then(digit)
                        .ok_or("`$` in a replacement stands before a number only")?;
                    // More digits belong to the number as long as there is such a group.
                    while let Some(longer) = characters.peek().and_then(digit).map(|next| number * 10 + next)
                        && longer <= self.groups
                    {
                        number = longer;
                        characters.next();
                    }
                    pieces.push(Piece::Text(std::mem::take(&mut text)));
                    pieces.push(Piece::Group(number));
                }
                other => text.push(other),
            }
        }
        pieces.push(Piece::Text(text));
        Ok(pieces)
    }
}

/// A part of a replacement.
enum Piece {
    Text(String),
    Group(usize),
}

/// The pattern without white space, as the flag `x` asks: everywhere but inside a class.
fn strip_space(pattern: &str) -> String {
    let mut stripped = String::with_capacity(pattern.len());
    let mut depth = 0_usize;
    let mut escaped = false;
    for character in pattern.chars() {
        if depth == 0 && matches!(character, ' ' | '\t' | '\n' | '\r') {
            continue;
        }
        match character {
            _ if escaped => {}
            '[' => depth += 1,
            ']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        escaped = character == '\\' && !escaped;
        stripped.push(character);
    }
    stripped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_match_as_xpath_has_them_or_are_refused() {
        let endless: Spend<'_> = &mut |_| true;
        for (text, pattern, flags, expected) in [
            ("abracadabra", "bra", "", Ok(true)),
            ("abracadabra", "^a.*a$", "", Ok(true)),
            ("abracadabra", "^bra", "", Ok(false)),
            ("a\nb", "a.b", "", Ok(false)),
            ("a\nb", "a.b", "s", Ok(true)),
            ("abcd\n\ndefg\n ", "^$", "m", Ok(true)),
            ("a\nb\n", "^b$", "", Ok(false)),
            ("a\nb\n", "^b$", "m", Ok(true)),
            ("O", "[A-Z-[OI]]", "i", Ok(false)),
            ("q", "[^Q]", "i", Ok(false)),
            ("abcabc", "^(abc)\\1$", "", Ok(true)),
            ("abcabd", "^(abc)\\1$", "", Ok(false)),
            ("aaa", "^(?:a{2}|b){1,2}a$", "", Ok(true)),
            ("", "(a*)*", "", Ok(true)),
            ("aaab", "^(a*)*b$", "", Ok(true)),
            ("éa", "^\\p{Ll}\\p{IsBasicLatin}$", "", Ok(true)),
            ("é", "^\\P{L}$", "", Ok(false)),
            ("x_1:y", "^\\i\\c*$", "", Ok(true)),
            ("1x", "^\\i", "", Ok(false)),
            ("_", "\\w", "", Ok(false)),
            ("hello world", "\\p{ Is BasicLatin}+ o[ ]w", "x", Ok(true)),
            ("a-b]", "^[a\\-b\\]-]+$", "", Ok(true)),
            ("h", "(.)\\3", "", Err(())),
            ("a", "(a\\1)", "", Err(())),
            ("a", "[a", "", Err(())),
            ("a", "[]", "", Err(())),
            ("a", "[z-a]", "", Err(())),
            ("a", "a**", "", Err(())),
            ("a", "a{2,1}", "", Err(())),
            ("a", "a{,2}", "", Err(())),
            ("a", "(a", "", Err(())),
            ("a", "a)", "", Err(())),
            ("a", "\\b", "", Err(())),
            ("a", "\\p{Nope}", "", Err(())),
            ("a", "a", "p", Err(())),
            ("a", "((a{1000}){1000}){1000}", "", Err(())),
        ] {
            let matched = Pattern::parse(pattern, flags).map_err(|_| ()).map(|read| read.matches(text, endless));
            assert_eq!(matched, expected.map(Ok), "{pattern} on {text}");
        }
    }

    #[test]
    fn no_pattern_runs_away() {
        let mut left: u64 = 100_000;
        let spend: Spend<'_> = &mut |steps| {
            left = left.saturating_sub(steps);
            left > 0
        };
        let Ok(pattern) = Pattern::parse("(a+)+b", "") else {
            return assert_eq!(left, 0, "the pattern is a good one");
        };
        assert_eq!(pattern.matches(&"a".repeat(40), spend), Err(OutOfSteps));
    }
}

//! General categories and blocks of Unicode, by the names that `\p{…}` uses.

use super::category_runs::RUNS;

/// The categories, in the order of their numbers.
pub(super) const NAMES: [&str; 30] = [
    "Cn", "Cc", "Cf", "Co", "Cs", "Ll", "Lm", "Lo", "Lt", "Lu", "Mc", "Me", "Mn", "Nd", "Nl", "No", "Pc", "Pd", "Pe",
    "Pf", "Pi", "Po", "Ps", "Sc", "Sk", "Sm", "So", "Zl", "Zp", "Zs",
];

/// First and last code point and name of each block, without the spaces in it: Unicode 14.0, `Blocks.txt`.
const BLOCKS: &str = include_str!("blocks.txt");

/// A set of categories, one bit each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Categories(u32);

impl Categories {
    /// The categories that a name means: one (`Lu`), or all that begin with a letter (`L`).
    pub(super) fn named(name: &str) -> Option<Self> {
        let bits = (0..).zip(NAMES).filter(|(_, known)| *known == name || (name.len() == 1 && known.starts_with(name)));
        let set = bits.fold(0_u32, |set, (bit, _)| set | 1 << bit);
        (set != 0).then_some(Self(set))
    }

    /// Whether the category of `character` is one of these.
    pub(super) fn hold(self, character: char) -> bool {
        let code = u32::from(character);
        let after = RUNS.partition_point(|run| run >> 5 <= code);
        let run = after.checked_sub(1).and_then(|index| RUNS.get(index)).copied().unwrap_or(0);
        self.0 >> (run & 31) & 1 == 1
    }
}

/// First and last code point of the block of this name.
pub(super) fn block(name: &str) -> Option<(u32, u32)> {
    let line = BLOCKS.lines().find(|line| line.rsplit(' ').next() == Some(name))?;
    let mut fields = line.split(' ');
    let mut code = || u32::from_str_radix(fields.next()?, 16).ok();
    Some((code()?, code()?))
}

//! Character classes: what one character may be.

use super::category::Categories;

/// A set of characters, minus another one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Class {
    pub(super) negated: bool,
    pub(super) items: Vec<Item>,
    pub(super) minus: Option<Box<Class>>,
}

/// One member of a class.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Item {
    /// All characters from the first to the last.
    Range(char, char),
    /// A category of Unicode, or everything outside it.
    Category { categories: Categories, negated: bool },
    /// A block of Unicode, or everything outside it.
    Block { first: u32, last: u32, negated: bool },
    /// One of the short classes, or everything outside it.
    Short { kind: Short, negated: bool },
}

/// What `\s`, `\i`, `\c`, `\d` and `\w` stand for (XML Schema part 2, appendix F).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Short {
    Space,
    NameStart,
    NamePart,
    Digit,
    Word,
}

impl Class {
    /// A class of one item.
    pub(super) fn of(item: Item) -> Self {
        Self { negated: false, items: vec![item], minus: None }
    }

    /// Whether the class holds `character`. Without regard to case, every letter stands for its other case too, before the
    /// class is turned around or anything is taken from it.
    pub(super) fn holds(&self, character: char, ignore_case: bool) -> bool {
        let listed = self.items.iter().any(|item| {
            item.holds(character) || (ignore_case && other_cases(character).any(|variant| item.holds(variant)))
        });
        listed != self.negated && !self.minus.as_ref().is_some_and(|minus| minus.holds(character, ignore_case))
    }
}

impl Item {
    fn holds(&self, character: char) -> bool {
        match self {
            Self::Range(first, last) => (*first..=*last).contains(&character),
            Self::Category { categories, negated } => categories.hold(character) != *negated,
            Self::Block { first, last, negated } => (*first..=*last).contains(&u32::from(character)) != *negated,
            Self::Short { kind, negated } => kind.holds(character) != *negated,
        }
    }
}

impl Short {
    fn holds(self, character: char) -> bool {
        let category = |name| Categories::named(name).is_some_and(|categories| categories.hold(character));
        match self {
            Self::Space => matches!(character, ' ' | '\t' | '\n' | '\r'),
            Self::NameStart => starts_name(character),
            Self::NamePart => {
                starts_name(character)
                    || matches!(character, '-' | '.' | '0'..='9' | '\u{B7}' | '\u{300}'..='\u{36F}' | '\u{203F}'..='\u{2040}')
            }
            Self::Digit => character.is_ascii_digit() || (!character.is_ascii() && category("Nd")),
            Self::Word if character.is_ascii() => {
                character.is_ascii_alphanumeric()
                    || matches!(character, '$' | '+' | '<' | '=' | '>' | '^' | '`' | '|' | '~')
            }
            Self::Word => !(category("P") || category("Z") || category("C")),
        }
    }
}

/// What XML 1.0 (fifth edition) lets a name begin with.
fn starts_name(character: char) -> bool {
    matches!(character,
        ':' | '_' | 'A'..='Z' | 'a'..='z' | '\u{C0}'..='\u{D6}' | '\u{D8}'..='\u{F6}' | '\u{F8}'..='\u{2FF}'
        | '\u{370}'..='\u{37D}' | '\u{37F}'..='\u{1FFF}' | '\u{200C}'..='\u{200D}' | '\u{2070}'..='\u{218F}'
        | '\u{2C00}'..='\u{2FEF}' | '\u{3001}'..='\u{D7FF}' | '\u{F900}'..='\u{FDCF}' | '\u{FDF0}'..='\u{FFFD}'
        | '\u{10000}'..='\u{EFFFF}')
}

/// The upper and lower case of a letter, where each is one character.
pub(super) fn other_cases(character: char) -> impl Iterator<Item = char> {
    let upper = single(character.to_uppercase());
    let lower = single(character.to_lowercase());
    upper.into_iter().chain(lower)
}

fn single(mut characters: impl Iterator<Item = char>) -> Option<char> {
    characters.next().filter(|_| characters.next().is_none())
}

/// Whether two characters are the same, or the same letter without regard to case.
pub(super) fn same(left: char, right: char, ignore_case: bool) -> bool {
    left == right
        || (ignore_case
            && other_cases(left).any(|variant| variant == right || other_cases(right).any(|other| other == variant)))
}

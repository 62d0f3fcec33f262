//! Reading a regular expression of XPath (XQuery and XPath Functions and Operators section 5.6.1, on XML Schema part 2,
//! appendix F).

use super::category::{Categories, block};
use super::class::{Class, Item, Short};

/// A regular expression as a tree.
#[derive(Clone, Debug)]
pub(super) enum Part {
    Character(char),
    /// `.`
    Any,
    Class(Class),
    /// `^`
    Start,
    /// `$`
    End,
    /// What a group matched before.
    Back(usize),
    /// A group that is remembered under its number, or `(?:…)`.
    Group {
        number: Option<usize>,
        inner: Box<Part>,
    },
    Repeat {
        inner: Box<Part>,
        least: u32,
        most: Option<u32>,
        greedy: bool,
    },
    Sequence(Vec<Part>),
    Alternatives(Vec<Part>),
}

/// Why a regular expression is refused.
pub(super) type Fault = &'static str;

const NOT_CLOSED: Fault = "a bracket of the pattern is never closed";
const DEEPEST: usize = 100;

/// Reads `pattern`; gives the tree and the number of groups.
pub(super) fn parse(pattern: &str) -> Result<(Part, usize), Fault> {
    let mut reader = Reader { rest: pattern, groups: 0, closed: Vec::new(), depth: 0 };
    let part = reader.alternatives()?;
    if !reader.rest.is_empty() {
        return Err("a closing bracket of the pattern has no opening one");
    }
    Ok((part, reader.groups))
}

struct Reader<'a> {
    rest: &'a str,
    groups: usize,
    /// Numbers of the groups that are closed, so that a back reference may name them.
    closed: Vec<usize>,
    depth: usize,
}

impl Reader<'_> {
    fn peek(&self) -> Option<char> {
        self.rest.chars().next()
    }

    fn next(&mut self) -> Option<char> {
        let mut characters = self.rest.chars();
        let character = characters.next();
        self.rest = characters.as_str();
        character
    }

    fn take(&mut self, prefix: &str) -> bool {
        match self.rest.strip_prefix(prefix) {
            Some(rest) => {
                self.rest = rest;
                true
            }
            None => false,
        }
    }

    fn alternatives(&mut self) -> Result<Part, Fault> {
        let mut branches = vec![self.sequence()?];
        while self.take("|") {
            branches.push(self.sequence()?);
        }
        Ok(match branches.len() {
            1 => branches.pop().unwrap_or(Part::Sequence(Vec::new())),
            _ => Part::Alternatives(branches),
        })
    }

    fn sequence(&mut self) -> Result<Part, Fault> {
        let mut parts = Vec::new();
        while let Some(next) = self.peek() {
            if matches!(next, '|' | ')') {
                break;
            }
            let atom = self.atom()?;
            parts.push(self.quantified(atom)?);
        }
        Ok(Part::Sequence(parts))
    }

    fn atom(&mut self) -> Result<Part, Fault> {
        match self.next().ok_or(NOT_CLOSED)? {
            '.' => Ok(Part::Any),
            '^' => Ok(Part::Start),
            '$' => Ok(Part::End),
            '(' => self.group(),
            '[' => self.class().map(Part::Class),
            '\\' => self.escape_outside(),
            '?' | '*' | '+' | '{' => Err("a quantifier of the pattern has nothing before it to repeat"),
            '}' | ']' => Err("a closing bracket of the pattern has no opening one"),
            other => Ok(Part::Character(other)),
        }
    }

    fn group(&mut self) -> Result<Part, Fault> {
        if self.depth == DEEPEST {
            return Err("the pattern is nested too deep");
        }
        let number = if self.take("?:") {
            None
        } else {
            self.groups += 1;
            Some(self.groups)
        };
        self.depth += 1;
        let inner = Box::new(self.alternatives()?);
        self.depth -= 1;
        if !self.take(")") {
            return Err(NOT_CLOSED);
        }
        self.closed.extend(number);
        Ok(Part::Group { number, inner })
    }

    fn quantified(&mut self, atom: Part) -> Result<Part, Fault> {
        let (least, most) = match self.peek() {
            Some('?') => (0, Some(1)),
            Some('*') => (0, None),
            Some('+') => (1, None),
            Some('{') => {
                self.next();
                let bounds = self.bounds()?;
                return Ok(self.repeat(atom, bounds));
            }
            _ => return Ok(atom),
        };
        self.next();
        Ok(self.repeat(atom, (least, most)))
    }

    fn repeat(&mut self, atom: Part, (least, most): (u32, Option<u32>)) -> Part {
        let greedy = !self.take("?");
        Part::Repeat { inner: Box::new(atom), least, most, greedy }
    }

    /// `n}`, `n,}` or `n,m}`.
    fn bounds(&mut self) -> Result<(u32, Option<u32>), Fault> {
        let wrong = "a quantifier in braces is {n}, {n,} or {n,m}";
        let (inside, after) = self.rest.split_once('}').ok_or(NOT_CLOSED)?;
        self.rest = after;
        let number = |text: &str| {
            if text.is_empty() || !text.bytes().all(|byte| byte.is_ascii_digit()) {
                None
            } else {
                text.parse::<u32>().ok()
            }
        };
        let (least, most) = match inside.split_once(',') {
            None => (number(inside), number(inside).map(Some)),
            Some((least, "")) => (number(least), Some(None)),
            Some((least, most)) => (number(least), number(most).map(Some)),
        };
        let (least, most) = (least.ok_or(wrong)?, most.ok_or(wrong)?);
        if most.is_some_and(|most| most < least) { Err(wrong) } else { Ok((least, most)) }
    }

    fn escape_outside(&mut self) -> Result<Part, Fault> {
        match self.peek() {
            Some(digit @ '0'..='9') => self.back_reference(digit),
            _ => Ok(match self.escape()? {
                Item::Range(character, _) => Part::Character(character),
                item => Part::Class(Class::of(item)),
            }),
        }
    }

    /// As many digits as make the number of a group that is closed already.
    fn back_reference(&mut self, first: char) -> Result<Part, Fault> {
        let digit = |character: char| character.to_digit(10).and_then(|digit| usize::try_from(digit).ok());
        let mut number = digit(first).unwrap_or(0);
        self.next();
        if !self.closed.contains(&number) {
            return Err("a back reference of the pattern names no group before it");
        }
        while let Some(longer) = self.peek().and_then(digit).and_then(|next| number.checked_mul(10)?.checked_add(next))
        {
            if !self.closed.contains(&longer) {
                break;
            }
            number = longer;
            self.next();
        }
        Ok(Part::Back(number))
    }

    /// What follows a backslash; a single character is a range of itself.
    fn escape(&mut self) -> Result<Item, Fault> {
        let short = |kind, negated| Ok(Item::Short { kind, negated });
        let one = |character| Ok(Item::Range(character, character));
        match self.next().ok_or("the pattern ends in a backslash")? {
            'n' => one('\n'),
            'r' => one('\r'),
            't' => one('\t'),
            same @ ('\\' | '|' | '.' | '?' | '*' | '+' | '(' | ')' | '{' | '}' | '-' | '[' | ']' | '^' | '$') => {
                one(same)
            }
            's' => short(Short::Space, false),
            'S' => short(Short::Space, true),
            'i' => short(Short::NameStart, false),
            'I' => short(Short::NameStart, true),
            'c' => short(Short::NamePart, false),
            'C' => short(Short::NamePart, true),
            'd' => short(Short::Digit, false),
            'D' => short(Short::Digit, true),
            'w' => short(Short::Word, false),
            'W' => short(Short::Word, true),
            'p' => self.property(false),
            'P' => self.property(true),
            _ => Err("a backslash of the pattern stands before a character that needs none"),
        }
    }

    /// `{Lu}` or `{IsBasicLatin}` after `\p`.
    fn property(&mut self, negated: bool) -> Result<Item, Fault> {
        if !self.take("{") {
            return Err("\\p needs the name of a category or block in braces");
        }
        let (name, after) = self.rest.split_once('}').ok_or(NOT_CLOSED)?;
        self.rest = after;
        if let Some(name) = name.strip_prefix("Is") {
            let (first, last) = block(name).ok_or("no block of Unicode has this name")?;
            return Ok(Item::Block { first, last, negated });
        }
        let categories = Categories::named(name).ok_or("no category of Unicode has this name")?;
        Ok(Item::Category { categories, negated })
    }

    /// A class after its `[`.
    fn class(&mut self) -> Result<Class, Fault> {
        if self.depth == DEEPEST {
            return Err("the pattern is nested too deep");
        }
        let mut class = Class { negated: self.take("^"), ..Class::default() };
        loop {
            if self.take("]") {
                break;
            }
            if !class.items.is_empty() && self.take("-[") {
                self.depth += 1;
                class.minus = Some(Box::new(self.class()?));
                self.depth -= 1;
                if self.take("]") {
                    break;
                }
                return Err("nothing may follow what a class takes away");
            }
            let item = self.class_item()?;
            class.items.push(item);
        }
        if class.items.is_empty() { Err("a class of the pattern is empty") } else { Ok(class) }
    }

    fn class_item(&mut self) -> Result<Item, Fault> {
        let first = match self.next().ok_or(NOT_CLOSED)? {
            '\\' => self.escape()?,
            '[' => return Err("an opening bracket inside a class needs a backslash"),
            character => Item::Range(character, character),
        };
        let Item::Range(start, _) = first else {
            return Ok(first);
        };
        // A hyphen before the end of the class, or before what is taken away, is itself.
        if !self.rest.starts_with('-') || self.rest.starts_with("-]") || self.rest.starts_with("-[") {
            return Ok(first);
        }
        self.next();
        let last = match self.next().ok_or(NOT_CLOSED)? {
            '\\' => self.escape()?,
            '[' => return Err("an opening bracket inside a class needs a backslash"),
            character => Item::Range(character, character),
        };
        match last {
            Item::Range(end, _) if start <= end => Ok(Item::Range(start, end)),
            Item::Range(..) => Err("a range of the pattern ends before it starts"),
            Item::Category { .. } | Item::Block { .. } | Item::Short { .. } => {
                Err("a range of the pattern ends in a class")
            }
        }
    }
}

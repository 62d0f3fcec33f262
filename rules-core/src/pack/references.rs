//! `$ref`: schemas that stand once under `$defs` and are named wherever they are used.

use std::borrow::Cow;
use std::sync::Arc;

use super::item_definitions::made_of_itself;
use super::node::Node;
use crate::code;
use crate::diagnostic::Diagnostic;
use crate::value::json::Written;

/// What stands before the name of a definition.
const BEFORE: &str = "#/$defs/";

/// How deep facts may lie in one another, definitions written out.
const LEVELS: u32 = 128;

/// How many facts, fields and items there may be, definitions written out. A few lines could stand for any number.
const FACTS: u64 = 10_000;

/// The definitions of a schema.
pub(super) struct References<'j> {
    pub(super) definitions: Vec<(&'j str, Node<'j>)>,
    /// Whether they can be written out: none holds itself, and they are not too large.
    pub(super) sound: bool,
}

impl<'j> References<'j> {
    /// The definitions under `schema`; what keeps them from being written out goes to `faults`.
    pub(super) fn of(schema: &Node<'j>, faults: &mut Vec<Diagnostic>) -> Self {
        let definitions = schema.entries_of("$defs");
        let before = faults.len();
        let known = definitions.iter().map(|_| None).collect();
        let mut survey =
            Survey { definitions: &definitions, known, open: Vec::new(), level: 0, too_deep: false, faults };
        for (place, (_, node)) in definitions.iter().enumerate() {
            survey.definition(place, node);
        }
        let mut facts = survey.extent(schema).facts;
        for known in survey.known.iter().flatten() {
            facts = facts.saturating_add(known.facts);
        }
        if facts > FACTS && survey.faults.len() == before {
            let message =
                format!("with its definitions written out, the schema holds more than {FACTS} facts and fields");
            let help = "name fewer definitions inside one another";
            survey.faults.push(Diagnostic::new(&code::NESTED_TOO_DEEP, schema.place(), message).help(help));
        }
        let sound = faults.len() == before;
        Self { definitions, sound }
    }

    /// The name that the schema at `node` refers to, where it does.
    pub(super) fn name_at(node: &Node<'j>) -> Option<Cow<'j, str>> {
        Some(unescaped(node.text_of("$ref")?.strip_prefix(BEFORE)?))
    }

    /// The schema at `node` with the definition that it refers to behind it; itself where it refers to none.
    pub(super) fn followed(&self, node: &Node<'j>) -> Node<'j> {
        let definition = Self::name_at(node).filter(|_| self.sound).and_then(|name| find(&self.definitions, &name));
        match definition.and_then(|place| self.definitions.get(place)) {
            Some((_, definition)) => node.clone().before(self.followed(definition)),
            None => node.clone(),
        }
    }

    /// What is wrong with the reference at `node`.
    pub(super) fn fault(&self, node: &Node<'j>) -> Option<Diagnostic> {
        let reference = node.field("$ref")?;
        let text = reference.text()?;
        let known: Vec<&str> = self.definitions.iter().map(|(name, _)| *name).collect();
        match Self::name_at(node) {
            None => {
                let message = format!("`{text}` is no definition of this schema");
                let help = "write `#/$defs/` and the name of a definition";
                Some(Diagnostic::new(&code::BAD_SCHEMA, reference.place(), message).help(help))
            }
            Some(name) if !known.contains(&&*name) => {
                let diagnostic =
                    Diagnostic::new(&code::BAD_SCHEMA, reference.place(), format!("`$defs` has no `{name}`"));
                Some(diagnostic.help("define it under `$defs`, beside `properties`").did_you_mean(&name, known))
            }
            Some(_) => None,
        }
    }

    /// The schema at `node` as it stands, without `$defs` and with every definition where it is referred to.
    pub(super) fn written_out(&self, node: &Node<'j>) -> Written {
        let followed = self.followed(node);
        let entries = followed.entries().into_iter().filter(|(key, _)| !["$ref", "$defs"].contains(key));
        let written = entries.map(|(key, value)| {
            let value = match key {
                "items" => self.written_out(&value),
                "properties" => {
                    let fields = value.entries().into_iter();
                    Written::Object(fields.map(|(name, field)| (name.to_owned(), self.written_out(&field))).collect())
                }
                _ => value.written(),
            };
            (key.to_owned(), value)
        });
        Written::Object(written.collect())
    }
}

fn find(definitions: &[(&str, Node<'_>)], name: &str) -> Option<usize> {
    definitions.iter().position(|(known, _)| *known == name)
}

/// How large a schema is, definitions written out.
#[derive(Clone, Copy, Default)]
struct Extent {
    facts: u64,
    levels: u32,
}

/// Walks through a schema, each definition once.
struct Survey<'s, 'j> {
    definitions: &'s [(&'j str, Node<'j>)],
    known: Vec<Option<Extent>>,
    /// Numbers of the definitions around, each holding the next.
    open: Vec<usize>,
    level: u32,
    too_deep: bool,
    faults: &'s mut Vec<Diagnostic>,
}

impl<'j> Survey<'_, 'j> {
    fn extent(&mut self, node: &Node<'j>) -> Extent {
        self.level += 1;
        let reference = References::name_at(node).and_then(|name| find(self.definitions, &name));
        let mut inside = Extent::default();
        if let Some(place) = reference {
            inside = self.definition(place, node);
        } else if self.is_within(0, node) {
            let fields = node.entries_of("properties").into_iter().map(|(_, field)| field);
            for below in node.field("items").into_iter().chain(fields) {
                let below = self.extent(&below);
                inside.facts = inside.facts.saturating_add(below.facts);
                inside.levels = inside.levels.max(below.levels);
            }
        }
        self.level -= 1;
        Extent { facts: inside.facts.saturating_add(1), levels: inside.levels.saturating_add(1) }
    }

    /// How large a definition is that is referred to at `from`.
    fn definition(&mut self, place: usize, from: &Node<'j>) -> Extent {
        let reference = from.field("$ref").unwrap_or_else(|| from.clone());
        if let Some(begun) = self.open.iter().position(|open| *open == place) {
            let circle = self.open.get(begun..).unwrap_or_default();
            let names = circle.iter().filter_map(|place| Some(Arc::from(self.definitions.get(*place)?.0)));
            self.faults.push(made_of_itself(&names.collect::<Vec<_>>(), &reference));
            return Extent::default();
        }
        let known = self.known.get(place).copied().flatten();
        let within = self.is_within(known.map_or(0, |known| known.levels), &reference);
        let (None, true, Some((_, node))) = (known, within, self.definitions.get(place)) else {
            return known.unwrap_or_default();
        };
        self.open.push(place);
        let extent = self.extent(node);
        self.open.pop();
        if let Some(slot) = self.known.get_mut(place) {
            *slot = Some(extent);
        }
        extent
    }

    /// Whether so many more levels may lie below `node`; that they may not is said once.
    fn is_within(&mut self, levels: u32, node: &Node<'_>) -> bool {
        let within = self.level.saturating_add(levels) <= LEVELS;
        if !within && !self.too_deep {
            self.too_deep = true;
            let message = format!("with its definitions written out, the schema is deeper than {LEVELS} levels");
            let diagnostic = Diagnostic::new(&code::NESTED_TOO_DEEP, node.place(), message);
            self.faults.push(diagnostic.help("no case needs that; name fewer definitions inside one another"));
        }
        within
    }
}

/// A step of a JSON pointer in a fragment (RFC 6901 section 6), as the key that it stands for. Spaces may stand as they are.
fn unescaped(step: &str) -> Cow<'_, str> {
    if !step.contains(['%', '~']) {
        return Cow::Borrowed(step);
    }
    let mut bytes = Vec::with_capacity(step.len());
    let mut rest = step.bytes();
    while let Some(byte) = rest.next() {
        let mut ahead = rest.clone();
        let digit = |byte: Option<u8>| char::from(byte?).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
        match (byte, digit(ahead.next()), digit(ahead.next())) {
            (b'%', Some(high), Some(low)) => {
                bytes.push(high * 16 + low);
                rest = ahead;
            }
            _ => bytes.push(byte),
        }
    }
    match String::from_utf8(bytes) {
        Ok(text) => Cow::Owned(text.replace("~1", "/").replace("~0", "~")),
        Err(_) => Cow::Borrowed(step),
    }
}

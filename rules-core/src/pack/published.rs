//! The published JSON Schemas (2020-12), written from the shapes of the documents, for completion and red lines in editors.

use super::document::PACK;
use super::mapping::MAPPING;
use super::names::RESERVED;
use super::shape::{Entries, Field, Key, Kind, Shape};
use crate::citation::Layer;
use crate::value::json::Written;

/// The dialect of every schema that the engine writes.
pub(super) const DIALECT: &str = "https://json-schema.org/draft/2020-12/schema";

/// The published schemas of packs and mappings, each with the name of its file in `rule-packs/`.
///
/// ```
/// let schemas = rules_core::published_schemas();
/// assert!(schemas.iter().any(|(file, text)| *file == "pack.schema.json" && text.contains("\"decisions\"")));
/// ```
#[must_use]
pub fn published_schemas() -> Vec<(&'static str, String)> {
    vec![("pack.schema.json", schema_of(&PACK).pretty()), ("mapping.schema.json", schema_of(&MAPPING).pretty())]
}

/// The schema of a document of this shape.
fn schema_of(shape: &'static Shape) -> Written {
    let mut publisher = Publisher { shapes: Vec::new() };
    let mut members =
        vec![("$schema".to_owned(), Written::text(DIALECT)), ("title".to_owned(), Written::text(shape.name))];
    members.extend(publisher.object(shape));
    let mut definitions = Vec::new();
    let mut done = 0;
    while let Some(shape) = publisher.shapes.get(done).copied() {
        definitions.push((file_name(shape), Written::Object(publisher.object(shape))));
        done += 1;
    }
    members.push(("$defs".to_owned(), Written::Object(definitions)));
    Written::Object(members)
}

/// The shape's name as a part of an address.
fn file_name(shape: &Shape) -> String {
    shape.name.replace(' ', "-")
}

struct Publisher {
    /// Shapes that others refer to, in order of first use.
    shapes: Vec<&'static Shape>,
}

impl Publisher {
    /// The members of an object's schema.
    fn object(&mut self, shape: &'static Shape) -> Vec<(String, Written)> {
        let properties = shape.fields.iter().map(|field| (field.name.to_owned(), self.field(field)));
        let properties = Written::Object(properties.collect());
        let required: Vec<Written> = shape
            .fields
            .iter()
            .filter(|field| field.missing.is_some())
            .map(|field| Written::text(field.name))
            .collect();
        let mut members = vec![
            ("description".to_owned(), Written::text(shape.sentence)),
            ("type".to_owned(), Written::text("object")),
            ("properties".to_owned(), properties),
        ];
        if !required.is_empty() {
            members.push(("required".to_owned(), Written::List(required)));
        }
        if !shape.exactly_one.is_empty() {
            let choice = shape.exactly_one.iter().map(|name| one_required(name));
            members.push(("oneOf".to_owned(), Written::List(choice.collect())));
        }
        members.push(("additionalProperties".to_owned(), Written::boolean(false)));
        members
    }

    fn field(&mut self, field: &'static Field) -> Written {
        let mut members = vec![("description".to_owned(), Written::text(field.sentence))];
        members.extend(self.kind(&field.kind));
        Written::Object(members)
    }

    /// The members of the schema of a kind.
    fn kind(&mut self, kind: &'static Kind) -> Vec<(String, Written)> {
        let member = |name: &str, value: Written| (name.to_owned(), value);
        let typed = |name: &str| member("type", Written::text(name));
        match kind {
            Kind::Text | Kind::Feel | Kind::UnaryTests => vec![typed("string"), member("minLength", bare(1))],
            Kind::AnyText => vec![typed("string")],
            Kind::Id => vec![typed("string"), member("pattern", Written::text(ID_PATTERN))],
            Kind::Date => vec![typed("string"), member("format", Written::text("date"))],
            Kind::Null => vec![typed("null")],
            Kind::Boolean => vec![typed("boolean")],
            Kind::Number => vec![typed("number")],
            Kind::Whole(least) => vec![typed("integer"), member("minimum", bare(*least))],
            Kind::Exactly(number) => vec![member("const", bare(*number))],
            Kind::Words(words, _) => {
                vec![member("enum", Written::List(words().into_iter().map(Written::text).collect()))]
            }
            Kind::Anything => Vec::new(),
            Kind::List(entries) => {
                let items = Written::Object(self.kind(&entries.value));
                let mut members = vec![typed("array"), member("items", items)];
                members.extend(not_empty("minItems", entries));
                members
            }
            Kind::Map(entries) => {
                let values = Written::Object(self.kind(&entries.value));
                let mut members = vec![typed("object")];
                members.extend(keys(entries.key).map(|names| member("propertyNames", names)));
                members.extend(not_empty("minProperties", entries));
                members.push(member("additionalProperties", values));
                members
            }
            Kind::Object(shape) => {
                if !self.shapes.iter().any(|known| known.name == shape.name) {
                    self.shapes.push(shape);
                }
                vec![member("$ref", Written::text(format!("#/$defs/{}", file_name(shape))))]
            }
            Kind::Either(kinds) => {
                let schemas = kinds.iter().map(|kind| Written::Object(self.kind(kind)));
                vec![member("anyOf", Written::List(schemas.collect()))]
            }
        }
    }
}

fn bare(number: u32) -> Written {
    Written::Bare(number.to_string())
}

fn one_required(name: &str) -> Written {
    Written::object([("required", Written::List(vec![Written::text(name)]))])
}

fn not_empty(keyword: &str, entries: &Entries) -> Option<(String, Written)> {
    (!entries.may_be_empty).then(|| (keyword.to_owned(), bare(1)))
}

const ID_PATTERN: &str = "^[a-z0-9]+(-[a-z0-9]+)*$";

/// What is said of the keys of a map. The words that FEEL keeps for itself are left to the engine.
fn keys(key: Key) -> Option<Written> {
    let pattern = |pattern: &str| Written::object([("pattern", Written::text(pattern))]);
    match key {
        Key::Text | Key::Feel | Key::Name => None,
        Key::Fact => {
            let reserved = RESERVED.iter().map(|name| Written::text(*name)).collect();
            let no_fact = Written::object([("enum", Written::List(reserved))]);
            Some(Written::object([("pattern", Written::text("^[a-z][a-z0-9_]*$")), ("not", no_fact)]))
        }
        Key::FactPath => Some(pattern("^[a-z][a-z0-9_]*(\\.[a-z][a-z0-9_]*)*$")),
        Key::Id => Some(pattern(ID_PATTERN)),
        Key::Date => Some(Written::object([("format", Written::text("date"))])),
        Key::Language => Some(pattern("^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$")),
        Key::Layer => {
            let layers = Layer::ALL.iter().map(|layer| Written::text(layer.words())).collect();
            Some(Written::object([("enum", Written::List(layers))]))
        }
    }
}

//! From elements of XML to JSON: the row schema of a mapping says what is a list, what an object, and how a text is read.
//!
//! An element that is not there, or is empty, is left out of the row; a list without elements is empty. Elements that the
//! schema does not name are left out too, and so are attributes.

use super::chunk::Refusal;
use super::columns::{Kind, write_text};
use crate::failure::{Failure, Outcome};
use serde_json::Value;

/// An element of a row with what stands in it.
#[derive(Default)]
pub(crate) struct Element {
    pub(crate) name: String,
    /// Its text, pieces between inner elements joined.
    pub(crate) text: String,
    pub(crate) inner: Vec<Element>,
}

/// How the elements of a row become JSON.
pub(crate) struct Elements {
    /// The path of the element that is a row: `/Message/Children/Child`.
    pub(crate) row: String,
    /// What stands before the rows and belongs to each of them, by its path.
    pub(crate) before: Vec<(String, Node)>,
    fields: Vec<(String, Node)>,
}

/// What an element becomes.
pub(crate) struct Node {
    nullable: bool,
    shape: Shape,
}

enum Shape {
    Value(Kind),
    List(Box<Node>),
    Object(Vec<(String, Node)>),
}

/// Definitions do not refer to themselves, so a schema is never deeper than this; it ends the walk if one did.
const DEEPEST: u32 = 100;

impl Elements {
    /// Plans the rows of a mapping: `schema` is its `row`, `row` the path that its `rows` names.
    pub(crate) fn plan(schema: &Value, row: Option<&str>) -> Outcome<Self> {
        let row = row.ok_or_else(|| {
            Failure::new("which elements of the XML file are rows is not said")
                .help("give a mapping with --map; its `rows` names the element: \"/Message/Children/Child\"")
        })?;
        let Shape::Object(fields) = Node::of(schema, schema, 0).shape else {
            return Err(Failure::new("the mapping's `row` is no object"));
        };
        let (before, fields): (Vec<_>, Vec<_>) = fields.into_iter().partition(|(name, _)| name.starts_with('/'));
        if let Some((path, _)) = before.iter().find(|(_, node)| !matches!(node.shape, Shape::Value(_))) {
            return Err(Failure::new(format!("`{path}` stands outside the rows, so it must be a single value"))
                .help("give it a `type` that is neither `array` nor `object`"));
        }
        Ok(Self { row: row.to_owned(), before, fields })
    }

    /// Appends the row as one JSON object and a line break; `before` are the texts found for [`Elements::before`].
    pub(crate) fn write_case(
        &self,
        row: &Element,
        before: &[Option<String>],
        lines: &mut Vec<u8>,
    ) -> Result<(), Refusal> {
        lines.push(b'{');
        let mut members = Members { lines, first: true };
        for ((path, node), text) in self.before.iter().zip(before) {
            members.value(path, node, text.as_deref().unwrap_or_default());
        }
        members.fields(&self.fields, row)?;
        lines.extend_from_slice(b"}\n");
        Ok(())
    }
}

impl Node {
    fn of(schema: &Value, whole: &Value, depth: u32) -> Self {
        let named = schema.get("$ref").and_then(Value::as_str).and_then(|path| path.strip_prefix("#/$defs/"));
        if let Some(definition) = named.and_then(|name| whole.get("$defs")?.get(name)).filter(|_| depth < DEEPEST) {
            return Self::of(definition, whole, depth + 1);
        }
        let kind = Kind::of(schema);
        let shape = match (schema.get("items"), schema.get("properties").and_then(Value::as_object)) {
            (Some(items), _) if depth < DEEPEST => Shape::List(Box::new(Self::of(items, whole, depth + 1))),
            (_, Some(properties)) if depth < DEEPEST => {
                let name = |name: &str, field: &Value| {
                    field.get("x-column").and_then(Value::as_str).unwrap_or(name).to_owned()
                };
                let field = |(key, field): (&String, &Value)| (name(key, field), Self::of(field, whole, depth + 1));
                Shape::Object(properties.iter().map(field).collect())
            }
            _ => Shape::Value(kind),
        };
        Self { nullable: kind.null, shape }
    }
}

/// The members of an object that is being written.
struct Members<'l> {
    lines: &'l mut Vec<u8>,
    first: bool,
}

impl Members<'_> {
    fn key(&mut self, name: &str) {
        if !self.first {
            self.lines.push(b',');
        }
        self.first = false;
        write_text(name, self.lines);
        self.lines.push(b':');
    }

    fn value(&mut self, name: &str, node: &Node, text: &str) {
        let text = text.trim();
        if !text.is_empty() {
            self.key(name);
            write_value(node, text, self.lines);
        }
    }

    fn fields(&mut self, fields: &[(String, Node)], element: &Element) -> Result<(), Refusal> {
        for (name, node) in fields {
            let mut found = element.inner.iter().filter(|inner| inner.name == *name);
            if let Shape::List(item) = &node.shape {
                self.key(name);
                write_list(item, found, self.lines)?;
                continue;
            }
            let one = found.next();
            if one.is_some() && found.next().is_some() {
                return Err(twice(name));
            }
            match (&node.shape, one) {
                (Shape::Object(_), None) if node.nullable => {}
                (Shape::Object(fields), one) => {
                    self.key(name);
                    write_object(fields, one.unwrap_or(&Element::default()), self.lines)?;
                }
                (_, one) => self.value(name, node, one.map_or("", |element| &element.text)),
            }
        }
        Ok(())
    }
}

fn write_object(fields: &[(String, Node)], element: &Element, lines: &mut Vec<u8>) -> Result<(), Refusal> {
    lines.push(b'{');
    Members { lines, first: true }.fields(fields, element)?;
    lines.push(b'}');
    Ok(())
}

fn write_list<'e>(
    item: &Node,
    elements: impl Iterator<Item = &'e Element>,
    lines: &mut Vec<u8>,
) -> Result<(), Refusal> {
    lines.push(b'[');
    for (number, element) in elements.enumerate() {
        if number > 0 {
            lines.push(b',');
        }
        match &item.shape {
            Shape::Object(fields) => write_object(fields, element, lines)?,
            Shape::List(item) => write_list(item, element.inner.iter(), lines)?,
            Shape::Value(_) => write_value(item, element.text.trim(), lines),
        }
    }
    lines.push(b']');
    Ok(())
}

/// A text as the schema reads it. XML Schema writes truth as `1` and `0` too.
fn write_value(node: &Node, text: &str, lines: &mut Vec<u8>) {
    match &node.shape {
        _ if text.is_empty() && node.nullable => lines.extend_from_slice(b"null"),
        Shape::Value(kind) => kind.write(
            match text {
                "1" if kind.boolean && !kind.number => "true",
                "0" if kind.boolean && !kind.number => "false",
                text => text,
            },
            lines,
        ),
        Shape::List(_) | Shape::Object(_) => write_text(text, lines),
    }
}

fn twice(name: &str) -> Refusal {
    Refusal {
        code: "element-twice",
        message: format!("`{name}` stands twice, and the mapping has room for one"),
        help: "remove one of the two; where several may stand, say so in the mapping's `row`: `\"type\": \"array\"`",
        column: Some(name.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::{Element, Elements};
    use serde_json::{Value, json};

    fn element(name: &str, text: &str, inner: Vec<Element>) -> Element {
        Element { name: name.to_owned(), text: text.to_owned(), inner }
    }

    fn written(schema: &Value, row: &Element) -> String {
        let Ok(elements) = Elements::plan(schema, Some("/Rows/Row")) else { return "no plan".to_owned() };
        let mut lines = Vec::new();
        match elements.write_case(row, &[Some(" 2025-03-31\n".to_owned())], &mut lines) {
            Ok(()) => String::from_utf8_lossy(&lines).trim_end().to_owned(),
            Err(refusal) => refusal.message,
        }
    }

    #[test]
    fn elements_become_what_the_schema_says() {
        let schema = json!({"type": "object", "$defs": {"plan": {"type": "object", "properties": {
            "Start": {"type": ["string", "null"]}, "Open": {"type": "boolean"}, "Number": {"type": ["integer", "null"]}
        }}}, "properties": {
            "reference": {"type": "string", "x-column": "/Rows/Header/Date"},
            "Id": {"type": "string"}, "Sex": {"type": ["string", "null"]},
            "Codes": {"type": "object", "properties": {"Code": {"type": "array", "items": {"type": ["string", "null"]}}}},
            "Plan": {"type": "array", "items": {"$ref": "#/$defs/plan"}}
        }});
        let codes = vec![element("Code", "A", vec![]), element("Code", "", vec![]), element("Other", "B", vec![])];
        let plan = vec![element("Start", " x ", vec![]), element("Open", "1", vec![]), element("Number", "7", vec![])];
        let row = element(
            "Row",
            "stray",
            vec![
                element("Id", "1", vec![]),
                element("Codes", "", codes),
                element("Plan", "", plan),
                element("Plan", "", vec![]),
            ],
        );
        assert_eq!(
            written(&schema, &row),
            concat!(
                r#"{"/Rows/Header/Date":"2025-03-31","Codes":{"Code":["A",null]},"Id":"1","#,
                r#""Plan":[{"Number":7,"Open":true,"Start":"x"},{}]}"#,
            )
        );
        let nothing = element("Row", "", vec![]);
        assert_eq!(written(&schema, &nothing), r#"{"/Rows/Header/Date":"2025-03-31","Codes":{"Code":[]},"Plan":[]}"#);
        let twice = element("Row", "", vec![element("Id", "1", vec![]), element("Id", "1", vec![])]);
        assert!(written(&schema, &twice).contains("`Id` stands twice"));
    }
}

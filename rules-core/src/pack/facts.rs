//! From the JSON Schema of the facts to the facts of the model, with a fault for every combination that means nothing.

use std::sync::Arc;

use super::definitions;
use super::fact_shape::{FORMATS, TYPES};
use super::names::listed;
use super::node::Node;
use super::references::References;
use super::scope::Scope;
use crate::code;
use crate::diagnostic::Diagnostic;
use crate::model::{Fact, FactKind};
use crate::texts::Texts;
use crate::types::Type;
use crate::value::bounds::Bound;
use crate::value::json::JsonKind;
use crate::value::{Decimal, Value, Zones, compare, number, text};

/// Keywords that only some types have.
const KEYWORDS_OF_TYPES: &[(&str, &[&str])] = &[
    ("minimum", &["integer", "number"]),
    ("maximum", &["integer", "number"]),
    ("exclusiveMinimum", &["integer", "number"]),
    ("exclusiveMaximum", &["integer", "number"]),
    ("multipleOf", &["integer", "number"]),
    ("x-unit", &["integer", "number"]),
    ("minLength", &["string"]),
    ("maxLength", &["string"]),
    ("format", &["string"]),
    ("items", &["array"]),
    ("minItems", &["array"]),
    ("maxItems", &["array"]),
    ("properties", &["object"]),
    ("enum", &["boolean", "integer", "number", "string"]),
    ("const", &["boolean", "integer", "number", "string"]),
];

/// The object of all facts below `node`. The definitions beside them become types in the scope.
pub(super) fn read(node: &Node<'_>, scope: &mut Scope) -> Fact {
    let zones = scope.zones.clone();
    let references = References::of(node, &mut scope.faults);
    let mut reader = Reader { zones: zones.as_ref(), faults: &mut scope.faults, references: &references };
    let definitions: Vec<Fact> =
        references.definitions.iter().map(|(name, node)| reader.definition(node, name)).collect();
    let fields = reader.fields(node);
    let facts = reader.described(node, "", FactKind::Object { fields }, false, None);
    definitions::define(&definitions, references.sound, scope);
    facts
}

struct Reader<'f, 'j> {
    zones: Zones<'f>,
    faults: &'f mut Vec<Diagnostic>,
    references: &'f References<'j>,
}

impl<'j> Reader<'_, 'j> {
    fn fault(&mut self, node: &Node<'_>, message: impl Into<String>, help: impl Into<String>) {
        self.faults.push(Diagnostic::new(&code::BAD_SCHEMA, node.place(), message).help(help));
    }

    fn definition(&mut self, node: &Node<'j>, name: &str) -> Fact {
        if Type::named(name).is_some() {
            let message = format!("`{name}` is a type of FEEL already");
            let diagnostic = Diagnostic::new(&code::BAD_NAME, node.key_place(), message);
            self.faults.push(diagnostic.help("give the definition another name"));
        }
        self.fact(node, name)
    }

    fn fields(&mut self, node: &Node<'j>) -> Vec<Fact> {
        node.entries_of("properties").into_iter().map(|(name, field)| self.fact(&field, name)).collect()
    }

    /// One fact, field or item, as it stands or as the definition that it refers to. Of a schema with faults as much as can
    /// be told.
    fn fact(&mut self, node: &Node<'j>, name: &str) -> Fact {
        if !node.has("$ref") {
            return self.written_out(node, name);
        }
        self.faults.extend(self.references.fault(node));
        for (keyword, beside) in node.entries() {
            if !["$ref", "title", "description"].contains(&keyword) && !keyword.starts_with("x-") {
                let message = format!("`{keyword}` stands beside `$ref`");
                let help = "put it into the definition; beside `$ref` stand `title`, `description` and `x-` keywords";
                self.faults.push(Diagnostic::new(&code::BAD_SCHEMA, beside.key_place(), message).help(help));
            }
        }
        let before = self.faults.len();
        let fact = self.written_out(&self.references.followed(node), name);
        // What is wrong with the definition itself is said there.
        let own = format!("{}/x-", node.pointer);
        let found = self.faults.split_off(before);
        self.faults.extend(found.into_iter().filter(|fault| fault.place.pointer.starts_with(&own)));
        Fact { definition: References::name_at(node).map(Arc::from), ..fact }
    }

    fn written_out(&mut self, node: &Node<'j>, name: &str) -> Fact {
        let (type_name, nullable) = self.type_of(node);
        self.keywords(node, type_name);
        let kind = self.kind(node, type_name);
        let allowed = self.allowed(node, &kind);
        let null_allowed = allowed_nodes(node).iter().any(|value| matches!(value.json.kind, JsonKind::Null));
        self.options(node);
        self.described(node, name, kind, nullable || null_allowed, allowed)
    }

    fn described(
        &self,
        node: &Node<'_>,
        name: &str,
        kind: FactKind,
        nullable: bool,
        allowed: Option<Vec<Value>>,
    ) -> Fact {
        Fact {
            name: name.into(),
            key: node.text_of("x-column").unwrap_or(name).into(),
            pointer: node.pointer.clone(),
            kind,
            definition: None,
            nullable,
            allowed,
            judgement: node.text_of("x-kind") == Some("judgement"),
            may_not_apply: node.is_true("x-may-not-apply"),
            sensitive: node.is_true("x-sensitive"),
            order: node.number_of("x-order"),
            question: asked(node, "question"),
            label: asked(node, "label"),
            unit: node.kept_text_of("x-unit"),
            options: option_labels(node),
        }
    }

    /// The JSON Schema type, and whether null is a value beside it.
    fn type_of(&mut self, node: &Node<'j>) -> (&'j str, bool) {
        let Some(declared) = node.field("type") else {
            return (self.type_of_values(node), false);
        };
        if let Some(word) = declared.text() {
            return (word, false);
        }
        let words: Vec<&str> = declared.items().iter().filter_map(Node::text).collect();
        let types: Vec<&str> = words.iter().copied().filter(|word| *word != "null").collect();
        match (types.as_slice(), words.len()) {
            ([one], 1 | 2) => (one, words.len() == 2),
            ([first, ..], _) if words.iter().all(|word| TYPES.contains(word) || *word == "null") => {
                let help = "write one type, or a list of one type and \"null\"";
                self.fault(&declared, "a fact has one type", help);
                (first, words.contains(&"null"))
            }
            (found, _) => (found.first().copied().unwrap_or("string"), words.contains(&"null")),
        }
    }

    /// The type of the values that a schema without `type` lists.
    fn type_of_values(&mut self, node: &Node<'_>) -> &'static str {
        let values = allowed_nodes(node);
        let mut types: Vec<&'static str> = values
            .iter()
            .filter_map(|value| match value.json.kind {
                JsonKind::Boolean(_) => Some("boolean"),
                JsonKind::Number(_) => Some("number"),
                JsonKind::Text(_) => Some("string"),
                JsonKind::Null | JsonKind::List(_) | JsonKind::Object(_) => None,
            })
            .collect();
        types.dedup();
        match types.as_slice() {
            [one] => one,
            [] => {
                let help = format!("add `type`: one of {}", listed(TYPES));
                self.fault(node, "the schema says nothing of the type of the value", help);
                "string"
            }
            [first, ..] => {
                self.fault(node, "the values of the list are of several types", "a fact has values of one type");
                first
            }
        }
    }

    /// Keywords that the type does not have.
    fn keywords(&mut self, node: &Node<'_>, type_name: &str) {
        for (keyword, types) in KEYWORDS_OF_TYPES {
            if let Some(found) =
                node.field(keyword).filter(|_| TYPES.contains(&type_name) && !types.contains(&type_name))
            {
                let message = format!("`{keyword}` has no meaning for the type `{type_name}`");
                let help = format!("it is for {}", listed(types));
                self.faults.push(Diagnostic::new(&code::BAD_SCHEMA, found.key_place(), message).help(help));
            }
        }
    }

    fn kind(&mut self, node: &Node<'j>, type_name: &str) -> FactKind {
        match type_name {
            "boolean" => FactKind::Boolean,
            "integer" | "number" => self.number(node, type_name == "integer"),
            "array" => self.list(node),
            "object" => {
                if !node.has("properties") {
                    self.fault(node, "an object needs `properties`", "name its fields under `properties`");
                }
                FactKind::Object { fields: self.fields(node) }
            }
            _ => self.text(node),
        }
    }

    fn number(&mut self, node: &Node<'_>, integer: bool) -> FactKind {
        let minimum = self.bound(node, "minimum", "exclusiveMinimum");
        let maximum = self.bound(node, "maximum", "exclusiveMaximum");
        if let (Some(low), Some(high)) = (minimum, maximum) {
            let empty = low.value > high.value || low.value == high.value && !(low.included && high.included);
            if empty {
                self.fault(node, "no number lies between the minimum and the maximum", "check the two limits");
            }
        }
        let multiple_of = node.number_of("multipleOf");
        if let Some(step) = node.field("multipleOf").filter(|_| multiple_of.is_some_and(|step| step <= Decimal::ZERO)) {
            self.fault(&step, "`multipleOf` should be more than 0", "0.01 stands for pennies, 1 for whole numbers");
        }
        FactKind::Number { integer, minimum, maximum, multiple_of: multiple_of.filter(|step| *step > Decimal::ZERO) }
    }

    fn bound(&mut self, node: &Node<'_>, included: &str, excluded: &str) -> Option<Bound> {
        if let Some(second) = node.field(excluded).filter(|_| node.has(included)) {
            self.fault(
                &second,
                format!("`{included}` and `{excluded}` stand beside each other"),
                "keep the one that is meant",
            );
        }
        let with = |name: &str, included: bool| node.number_of(name).map(|value| Bound { value, included });
        with(included, true).or_else(|| with(excluded, false))
    }

    fn list(&mut self, node: &Node<'j>) -> FactKind {
        let items = match node.field("items") {
            Some(items) => self.fact(&items, ""),
            None => {
                self.fault(node, "a list needs `items`", "say under `items` what each item is");
                let kind = FactKind::Text { minimum_length: None, maximum_length: None };
                self.described(node, "", kind, false, None)
            }
        };
        let (minimum_items, maximum_items) = self.lengths(node, "minItems", "maxItems");
        FactKind::List { items: Box::new(items), minimum_items, maximum_items }
    }

    fn text(&mut self, node: &Node<'_>) -> FactKind {
        let (minimum_length, maximum_length) = self.lengths(node, "minLength", "maxLength");
        let kind = match node.text_of("format").filter(|format| FORMATS.contains(format)) {
            Some("date") => FactKind::Date,
            Some("time") => FactKind::Time,
            Some("date-time") => FactKind::DateTime,
            Some("duration") => FactKind::Duration,
            _ => return FactKind::Text { minimum_length, maximum_length },
        };
        for keyword in ["minLength", "maxLength"] {
            if let Some(length) = node.field(keyword) {
                self.fault(&length, format!("`{keyword}` has no meaning beside `format`"), "leave it out");
            }
        }
        kind
    }

    fn lengths(&mut self, node: &Node<'_>, least: &str, most: &str) -> (Option<u32>, Option<u32>) {
        let lengths = (node.whole_of(least), node.whole_of(most));
        if let (Some(low), Some(high)) = lengths
            && low > high
        {
            self.fault(node, format!("`{least}` is more than `{most}`"), "check the two limits");
        }
        lengths
    }

    /// The closed list of values, each of the fact's own kind.
    fn allowed(&mut self, node: &Node<'_>, kind: &FactKind) -> Option<Vec<Value>> {
        if let Some(second) = node.field("const").filter(|_| node.has("enum")) {
            self.fault(&second, "`enum` and `const` stand beside each other", "keep the one that is meant");
        }
        let nodes = allowed_nodes(node);
        if nodes.is_empty() {
            return None;
        }
        let mut values: Vec<Value> = Vec::new();
        for value in nodes.iter().filter(|value| !matches!(value.json.kind, JsonKind::Null)) {
            let Some(read) = value_of(value, kind, self.zones) else {
                // Of a schema without a type the values themselves say it, and several types are reported there.
                if node.has("type") {
                    let message = format!("the list has a value that is not {}", words(kind));
                    self.fault(value, message, format!("every value of the list is {}", words(kind)));
                }
                continue;
            };
            if values.iter().any(|earlier| compare::equal(earlier, &read) == Some(true)) {
                self.fault(value, "the list has this value twice", "keep one of them");
                continue;
            }
            if !fits(&read, kind) {
                self.fault(
                    value,
                    "the list has a value that the fact's limits exclude",
                    "change the limit or the list",
                );
            }
            values.push(read);
        }
        Some(values)
    }

    /// Words for values must be for values that there are.
    fn options(&mut self, node: &Node<'_>) {
        let values: Vec<&str> = node.items_of("enum").iter().filter_map(Node::text).collect();
        for (_, language) in node.entries_of("x-text") {
            for (value, option) in language.entries_of("options") {
                if !values.contains(&value) {
                    let message = format!("`{value}` is no value of this fact");
                    let diagnostic = Diagnostic::new(&code::BAD_SCHEMA, option.key_place(), message);
                    self.faults.push(match values.is_empty() {
                        true => diagnostic.help("only a fact with an `enum` of texts has options"),
                        false => match crate::diagnostic::closest(value, values.iter().copied()) {
                            Some(word) => diagnostic.help(format!("did you mean `{word}`?")),
                            None => diagnostic.help(format!("its values are {}", listed(&values))),
                        },
                    });
                }
            }
        }
    }
}

/// What `enum` or `const` lists.
fn allowed_nodes<'j>(node: &Node<'j>) -> Vec<Node<'j>> {
    match node.field("enum") {
        Some(list) => list.items(),
        None => node.field("const").into_iter().collect(),
    }
}

/// A text of `x-text`, per language.
fn asked(node: &Node<'_>, name: &str) -> Texts {
    let languages = node.entries_of("x-text").into_iter();
    let texts = languages.filter_map(|(language, texts)| Some((language.into(), texts.kept_text_of(name)?)));
    Texts(texts.collect::<Vec<(Arc<str>, Arc<str>)>>())
}

/// The words of `x-text` for the values of an `enum`.
fn option_labels(node: &Node<'_>) -> Vec<(Arc<str>, Texts)> {
    let mut labels: Vec<(Arc<str>, Texts)> = Vec::new();
    for (language, texts) in node.entries_of("x-text") {
        for (value, label) in texts.entries_of("options") {
            let Some(label) = label.text() else { continue };
            let entry = (language.into(), label.into());
            match labels.iter_mut().find(|(known, _)| **known == *value) {
                Some((_, texts)) => texts.0.push(entry),
                None => labels.push((value.into(), Texts(vec![entry]))),
            }
        }
    }
    labels
}

/// The JSON value as a value of the fact's kind.
fn value_of(node: &Node<'_>, kind: &FactKind, zones: Zones<'_>) -> Option<Value> {
    let temporal =
        |wanted: fn(&Value) -> bool| node.text().and_then(|text| text::at_literal(text, zones)).filter(wanted);
    match kind {
        FactKind::Boolean => node.json.as_boolean().map(Value::Boolean),
        FactKind::Number { integer, .. } => {
            let number = node.json.as_number().and_then(|token| number::parse(token).ok())?;
            (!integer || number.fract().is_zero()).then_some(Value::Number(number))
        }
        FactKind::Text { .. } => node.text().map(Value::text),
        FactKind::Date => temporal(|value| matches!(value, Value::Date(_))),
        FactKind::Time => temporal(|value| matches!(value, Value::Time(_))),
        FactKind::DateTime => temporal(|value| matches!(value, Value::DateTime(_))),
        FactKind::Duration => {
            temporal(|value| matches!(value, Value::DayTimeDuration(_) | Value::YearMonthDuration(_)))
        }
        FactKind::List { .. } | FactKind::Object { .. } => None,
    }
}

/// Whether a value is within the limits beside the list it stands in.
fn fits(value: &Value, kind: &FactKind) -> bool {
    match (value, kind) {
        (Value::Number(number), FactKind::Number { minimum, maximum, multiple_of, .. }) => {
            let above = |low: &Bound| *number > low.value || low.included && *number == low.value;
            let below = |high: &Bound| *number < high.value || high.included && *number == high.value;
            let whole = |step: &Decimal| number.checked_rem(*step).is_none_or(|rest| rest.is_zero());
            minimum.as_ref().is_none_or(above)
                && maximum.as_ref().is_none_or(below)
                && multiple_of.as_ref().is_none_or(whole)
        }
        (Value::String(text), FactKind::Text { minimum_length, maximum_length }) => {
            let length = u32::try_from(text.chars().count()).unwrap_or(u32::MAX);
            minimum_length.is_none_or(|low| low <= length) && maximum_length.is_none_or(|high| length <= high)
        }
        _ => true,
    }
}

/// What a fact of this kind is, for messages.
pub(super) fn words(kind: &FactKind) -> &'static str {
    match kind {
        FactKind::Boolean => "true or false",
        FactKind::Number { integer: true, .. } => "a whole number",
        FactKind::Number { .. } => "a number",
        FactKind::Text { .. } => "a text",
        FactKind::Date => "a date",
        FactKind::Time => "a time",
        FactKind::DateTime => "a date and time",
        FactKind::Duration => "a duration",
        FactKind::List { .. } => "a list",
        FactKind::Object { .. } => "an object",
    }
}

//! The case data of a pack as plain JSON Schema 2020-12, for other tools.

use super::node::Node;
use super::published::DIALECT;
use super::references::References;
use crate::value::json::{Written, parse};

/// Keywords that mean the same in a pack and in plain JSON Schema.
const KEYWORDS: &[&str] = &[
    "type",
    "enum",
    "const",
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "multipleOf",
    "minLength",
    "maxLength",
    "format",
    "minItems",
    "maxItems",
];

/// The facts of `pack` as the pack declares them, but with every definition where it is referred to; `None` when it is not
/// JSON or has no facts.
pub(crate) fn facts_written_out(pack: &str) -> Option<String> {
    let json = parse(pack).ok()?;
    let facts = Node::document(&json).field("facts")?;
    Some(References::of(&facts, &mut Vec::new()).written_out(&facts).pretty())
}

/// The schema of the cases of `pack`, a document that was read without faults, and of its `facts` as
/// [`facts_written_out`] gives them; `None` when one of them is not JSON.
///
/// The `x-` keywords become `title` and `description` or are left out; a judgement is an object. Nothing is required and
/// other keys are allowed, as the engine has it.
pub(crate) fn case_schema(pack: &str, facts: &str) -> Option<String> {
    let (json, facts) = (parse(pack).ok()?, parse(facts).ok()?);
    let pack = Node::document(&json);
    let title = pack.texts_of("title");
    let language = title.0.first().map_or("en", |(language, _)| language.as_ref());
    let words = |texts: &str| pack.texts_of(texts).get(language).map(|text| Written::text(text.as_ref()));
    let mut members = vec![("$schema".to_owned(), Written::text(DIALECT))];
    members.extend(words("title").map(|title| ("title".to_owned(), title)));
    members.extend(words("description").map(|description| ("description".to_owned(), description)));
    members.push(("type".to_owned(), Written::text("object")));
    let mut properties = reserved();
    properties.extend(self::properties(&Node::document(&facts), language));
    members.push(("properties".to_owned(), Written::Object(properties)));
    Some(Written::Object(members).pretty())
}

/// What a case says about itself.
fn reserved() -> Vec<(String, Written)> {
    let described = |sentence: &str, rest: Vec<(&str, Written)>| {
        let first = ("description", Written::text(sentence));
        let members = std::iter::once(first).chain(rest).map(|(key, value)| (key.to_owned(), value));
        Written::Object(members.collect())
    };
    let pointer = Written::object([("type", Written::text("string")), ("format", Written::text("json-pointer"))]);
    let pointers = || vec![("type", Written::text("array")), ("items", pointer.clone())];
    let identifier = Written::List(vec![Written::text("string"), Written::text("number")]);
    let date = vec![("type", Written::text("string")), ("format", Written::text("date"))];
    [
        ("case", described("Identifier of the case.", vec![("type", identifier)])),
        ("as_of", described("The date of the decision.", date)),
        ("not_known", described("Facts that were asked and are not known, as JSON pointers.", pointers())),
        ("not_applicable", described("Facts that do not apply, as JSON pointers.", pointers())),
    ]
    .map(|(name, schema)| (name.to_owned(), schema))
    .into()
}

fn properties(node: &Node<'_>, language: &str) -> Vec<(String, Written)> {
    let entries = node.entries_of("properties").into_iter();
    entries.map(|(name, fact)| (name.to_owned(), Written::Object(schema(&fact, language)))).collect()
}

/// The schema of one fact, field or item.
fn schema(node: &Node<'_>, language: &str) -> Vec<(String, Written)> {
    let mut members = words(node, language);
    if node.text_of("x-kind") != Some("judgement") {
        members.extend(values(node, language));
        return members;
    }
    let part = |keywords: &[(&str, &str)]| {
        Written::Object(keywords.iter().map(|(key, value)| ((*key).to_owned(), Written::text(*value))).collect())
    };
    let parts = Written::object([
        ("value", Written::Object(values(node, language))),
        ("by", part(&[("description", "Who judges."), ("type", "string")])),
        ("on", part(&[("description", "The day of the judgement."), ("type", "string"), ("format", "date")])),
        ("reason", part(&[("description", "Why."), ("type", "string")])),
    ]);
    members.push(("type".to_owned(), Written::text("object")));
    members.push(("properties".to_owned(), parts));
    members
}

/// What is said of the values themselves.
fn values(node: &Node<'_>, language: &str) -> Vec<(String, Written)> {
    let copied = KEYWORDS.iter().filter_map(|keyword| Some(((*keyword).to_owned(), node.field(keyword)?.written())));
    let mut members: Vec<(String, Written)> = copied.collect();
    if let Some(items) = node.field("items") {
        members.push(("items".to_owned(), Written::Object(schema(&items, language))));
    }
    if node.has("properties") {
        members.push(("properties".to_owned(), Written::Object(properties(node, language))));
    }
    members
}

/// `title` and `description`: the fact's own, or its label, question, hint and unit in the pack's language.
fn words(node: &Node<'_>, language: &str) -> Vec<(String, Written)> {
    let asked = node
        .field("x-text")
        .and_then(|texts| texts.field(language).or_else(|| texts.entries().into_iter().next().map(|(_, first)| first)));
    let text = |name: &str| asked.as_ref().and_then(|texts| texts.text_of(name)).map(str::to_owned);
    let title = node.text_of("title").map(str::to_owned).or_else(|| text("label"));
    let unit = node.text_of("x-unit").map(|unit| format!("In {unit}."));
    let sentences: Vec<String> = [text("question"), text("hint"), unit].into_iter().flatten().collect();
    let description = node
        .text_of("description")
        .map(str::to_owned)
        .or_else(|| if sentences.is_empty() { None } else { Some(sentences.join(" ")) });
    let members = [("title", title), ("description", description)];
    members.into_iter().filter_map(|(key, words)| Some((key.to_owned(), Written::text(words?)))).collect()
}

//! What a pack means: names are gathered first, then every text is read with them in scope.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::calendars;
use super::facts;
use super::logic;
use super::names::{self, AS_OF};
use super::node::Node;
use super::parameters;
use super::scope::Scope;
use super::shape::Key;
use crate::citation::{Layer, Source};
use crate::code::{self, Code};
use crate::diagnostic::Diagnostic;
use crate::model::{Document, Fact, FactKind, Model};
use crate::source::Place;
use crate::types::CALENDAR;

/// The model of the pack, as far as it can be told; `None` when it has no decisions at all. The scope holds the faults of
/// the shape and takes those of the meaning.
pub(super) fn resolve(pack: &Node<'_>, scope: &mut Scope) -> Option<Model> {
    scope.add_builtins();
    let facts = match pack.field("facts") {
        Some(node) => facts::read(&node, scope),
        None => facts::read(pack, &mut Scope::default()),
    };
    gather_names(pack, &facts, scope);
    scope.sources = pack.entries_of("sources").iter().map(|(id, node)| source(id, node)).collect();
    let mut parameters: Vec<_> =
        pack.entries_of("parameters").iter().map(|(name, node)| parameters::parameter(scope, name, node)).collect();
    let calendars = pack.entries_of("calendars");
    parameters.extend(calendars.iter().map(|(name, node)| calendars::calendar(scope, name, node)));
    let readings: Vec<_> =
        pack.entries_of("readings").iter().map(|(name, node)| parameters::reading(scope, name, node)).collect();
    if let Some(node) = pack.field("readings") {
        parameters::combinations(scope, &node, &readings);
    }
    let decisions: Vec<_> =
        pack.entries_of("decisions").iter().map(|(name, node)| logic::decision(scope, name, node)).collect();
    let names: Vec<&str> = decisions.iter().map(|decision| decision.name.as_ref()).collect();
    let outcome = pack.field("outcome").and_then(|node| decision_number(scope, &node, &names));
    let layers = layers(pack, scope, &names);
    let in_force = scope.in_force(pack);
    if decisions.is_empty() {
        return None;
    }
    Some(Model {
        document: Document::Pack,
        id: pack.text_of("id").unwrap_or_default().into(),
        version: pack.text_of("version").unwrap_or_default().into(),
        languages: languages(pack),
        unreviewed: unreviewed(pack),
        title: pack.texts_of("title"),
        authority: pack.kept_text_of("authority"),
        contact: pack.texts_of("contact"),
        in_force,
        sources: std::mem::take(&mut scope.sources),
        definitions: std::mem::take(&mut scope.definitions),
        facts,
        parameters,
        readings,
        decisions,
        outcome: outcome.unwrap_or(0),
        layers,
        zones: scope.zones.take(),
        broken: Vec::new(),
    })
}

/// Puts every name that a text may use into scope, and finds names that two declarations share.
fn gather_names(pack: &Node<'_>, facts: &Fact, scope: &mut Scope) {
    scope.names.add(AS_OF);
    scope.add_facts(facts);
    let mut seen: BTreeMap<&str, &str> = BTreeMap::new();
    let fields = pack.field("facts").map(|node| node.entries_of("properties")).unwrap_or_default();
    let declared = [
        ("a fact", fields),
        ("a parameter", pack.entries_of("parameters")),
        ("a calendar", pack.entries_of("calendars")),
        ("a reading", pack.entries_of("readings")),
        ("a decision", pack.entries_of("decisions")),
    ];
    for (what, entries) in declared {
        for (name, node) in entries {
            scope.names.add(name);
            if node.has("function") {
                scope.function_name(name, &node);
            }
            if let Some(earlier) = seen.insert(name, what).filter(|_| !name.is_empty()) {
                let message = format!("{earlier} is called `{name}` already");
                let diagnostic = Diagnostic::new(&code::DUPLICATE_NAME, node.key_place(), message);
                scope.fault(diagnostic.help("FEEL texts could not tell them apart; give one of them another name"));
            }
        }
    }
    for (_, parameter) in pack.entries_of("parameters") {
        parameter
            .items_of("values")
            .iter()
            .filter_map(|item| item.field("value"))
            .for_each(|value| members(&value, scope));
    }
    if pack.has("calendars") {
        CALENDAR.into_iter().for_each(|entry| scope.names.add_member(entry));
    }
    trigger_names(pack, scope);
    for (_, decision) in pack.entries_of("decisions") {
        let table = decision.field("table");
        let rows = table.iter().flat_map(|table| table.items_of("rules"));
        for (column, _) in rows.filter_map(|row| row.field("then")).flat_map(|then| then.entries()) {
            scope.names.add_member(column);
        }
    }
}

/// The keys of objects are members that may follow a dot.
fn members(node: &Node<'_>, scope: &mut Scope) {
    node.items().iter().for_each(|item| members(item, scope));
    for (key, value) in node.entries() {
        scope.names.add_member(key);
        members(&value, scope);
    }
}

/// Triggers are told apart by their names, in records and in counts over many cases.
fn trigger_names(pack: &Node<'_>, scope: &mut Scope) {
    let mut seen: BTreeMap<&str, &str> = BTreeMap::new();
    for (decision, node) in pack.entries_of("decisions") {
        for (name, trigger) in node.entries_of("triggers") {
            if let Some(earlier) = seen.insert(name, decision) {
                let message = format!("`{earlier}` has a trigger called `{name}` already");
                let diagnostic = Diagnostic::new(&code::DUPLICATE_NAME, trigger.key_place(), message);
                scope.fault(
                    diagnostic.help("records and counts could not tell them apart; give one of them another name"),
                );
            }
        }
    }
}

/// A source; of one with faults as much as can be told.
fn source(id: &str, node: &Node<'_>) -> Source {
    let layer = node.text_of("layer").and_then(layer_of);
    Source {
        id: id.into(),
        title: node.kept_text_of("title").unwrap_or_default(),
        layer: layer.unwrap_or(Layer::LocalPractice),
        verified: node.is_true("verified"),
        checked: node.date_of("checked"),
        url: node.kept_text_of("url"),
        note: node.kept_text_of("note"),
    }
}

fn layer_of(words: &str) -> Option<Layer> {
    Layer::ALL.into_iter().find(|layer| layer.words() == words)
}

fn layers(pack: &Node<'_>, scope: &mut Scope, decisions: &[&str]) -> Vec<(Layer, usize)> {
    let entries = pack.entries_of("layers").into_iter();
    let found = entries.map(|(words, node)| (layer_of(words), decision_number(scope, &node, decisions)));
    found.filter_map(|(layer, decision)| layer.zip(decision)).collect()
}

/// The number of the decision that `node` names.
fn decision_number(scope: &mut Scope, node: &Node<'_>, decisions: &[&str]) -> Option<usize> {
    let name = node.text().filter(|name| !name.trim().is_empty())?;
    let number = decisions.iter().position(|decision| *decision == name);
    if number.is_none() {
        let message = format!("no decision is called `{name}`");
        let diagnostic = Diagnostic::new(&code::UNKNOWN_NAME, node.place(), message);
        scope.fault(diagnostic.did_you_mean(name, decisions.iter().copied()));
    }
    number
}

/// The languages of the pack: first that of its title, then the others as they come.
fn languages(pack: &Node<'_>) -> Vec<Arc<str>> {
    let mut found: Vec<Arc<str>> = Vec::new();
    let mut note = |node: Option<Node<'_>>| {
        for (language, _) in node.iter().flat_map(Node::entries) {
            if names::check(Key::Language, language).is_ok() && !found.iter().any(|known| **known == *language) {
                found.push(language.into());
            }
        }
    };
    note(pack.field("title"));
    note(pack.field("languages"));
    for (_, decision) in pack.entries_of("decisions") {
        for (_, texts) in ["text", "citizen_text"].into_iter().flat_map(|field| decision.entries_of(field)) {
            note(Some(texts));
        }
        for (_, trigger) in decision.entries_of("triggers") {
            note(trigger.field("action"));
        }
    }
    found
}

/// The languages whose texts nobody has reviewed.
fn unreviewed(pack: &Node<'_>) -> Vec<Arc<str>> {
    let languages = pack.entries_of("languages").into_iter();
    languages
        .filter(|(_, about)| about.has("reviewed") && !about.is_true("reviewed"))
        .map(|(name, _)| name.into())
        .collect()
}

/// Whether a definition says what the fact is, or something in it.
fn refers(fact: &Fact) -> bool {
    fact.definition.is_some()
        || match &fact.kind {
            FactKind::List { items, .. } => refers(items),
            FactKind::Object { fields } => fields.iter().any(refers),
            _ => false,
        }
}

/// Codes that say nothing against the type of what is declared.
const HARMLESS: &[&Code] =
    &[&code::UNKNOWN_SOURCE, &code::MISSING_SOURCE, &code::UNKNOWN_STATE, &code::BAD_NAME, &code::DUPLICATE_NAME];

/// The names whose declaration has a fault, so that nothing is known of their type.
pub(super) fn broken(model: &Model, faults: &[Diagnostic]) -> Vec<Arc<str>> {
    let faulty = |pointer: &str| {
        let about = |place: &Place| {
            place.pointer.strip_prefix(pointer).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        faults.iter().any(|fault| fault.is_error() && !HARMLESS.contains(&fault.code) && about(&fault.place))
    };
    let fields = if let FactKind::Object { fields } = &model.facts.kind { fields.as_slice() } else { &[] };
    // nor is anything known of what refers to a definition with a fault
    let definitions = format!("{}/$defs", model.facts.pointer);
    let definitions = if faulty(&definitions) { Some(definitions) } else { None };
    let pointer = |fact| definitions.as_ref().filter(|_| refers(fact)).unwrap_or(&fact.pointer);
    let facts = fields.iter().map(|fact| (&fact.name, pointer(fact)));
    let parameters = model.parameters.iter().map(|parameter| (&parameter.name, &parameter.pointer));
    let readings = model.readings.iter().map(|reading| (&reading.name, &reading.pointer));
    let decisions = model.decisions.iter().map(|decision| (&decision.name, &decision.pointer));
    let all = facts.chain(parameters).chain(readings).chain(decisions);
    all.filter(|(_, pointer)| faulty(pointer)).map(|(name, _)| name.clone()).collect()
}

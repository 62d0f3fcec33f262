//! Mappings: their shape, and the model that their expressions are.

use std::sync::Arc;

use super::fact_shape::{DEFINITIONS_SENTENCE, FORMATS, REFERENCE_SENTENCE, TYPE_OR_NULL};
use super::facts;
use super::node::Node;
use super::scope::Scope;
use super::shape::{Entries, Field, Key, Kind, Shape};
use super::{document, names, resolve};
use crate::code;
use crate::diagnostic::Diagnostic;
use crate::model::{Decision, Document, Fact, FactKind, Formula, ItemDefinitions, Logic, Mapping, Model, Target};
use crate::source::pointer_to;
use crate::texts::Texts;
use crate::types::Type;
use crate::value::Zones;

pub(super) static MAPPING: Shape = Shape::new(
    "mapping",
    "How a row of other data becomes a case of a pack.",
    &[
        Field::optional("$schema", Kind::Text, "Where the JSON Schema stands, so that an editor completes and checks."),
        Field::optional("format", Kind::Exactly(document::FORMAT), "Version of the format; 1, also when left out."),
        Field::required("pack", Kind::Id, "The `id` of the pack whose cases it makes."),
        Field::required("row", Kind::Object(&ROW), "What a row holds, as a JSON Schema in a documented subset."),
        Field::optional(
            "rows",
            Kind::Text,
            "In an XML file, the element that is a row, as a path from the outermost: `/Message/Children/Child`.",
        ),
        Field::optional(
            "missing",
            Kind::List(&Entries::list(Kind::AnyText).or_empty()),
            "Texts that stand for a value that is not there: \"\", \"NA\".",
        ),
        Field::optional(
            "case",
            Kind::Feel,
            "The identifier of the case: a column or FEEL; without it, the row's number.",
        ),
        Field::optional("as_of", Kind::Feel, "The date of the decision; without it, the caller's."),
        Field::required(
            "facts",
            Kind::Map(&Entries::map(Key::FactPath, Kind::Object(&MAPPED))),
            "The facts that are filled, by name: `age`, `contract.initial_value`.",
        ),
    ],
);

static ROW: Shape = Shape::new(
    "schema of a row",
    "All columns of a row.",
    &[
        Field::required("type", Kind::Words(|| vec!["object"], &code::BAD_SCHEMA), "Always `object`."),
        Field::required(
            "properties",
            Kind::Map(&Entries::map(Key::Name, Kind::Object(&COLUMN))),
            "The columns, by the name that the expressions use.",
        ),
        Field::optional(
            "$defs",
            Kind::Map(&Entries::map(Key::Name, Kind::Object(&COLUMN)).or_empty()),
            DEFINITIONS_SENTENCE,
        ),
    ],
)
.members("keyword", &code::BAD_SCHEMA);

static COLUMN: Shape = Shape::new(
    "column",
    "What a column holds, or an element of an XML file, where `array` says that several may stand. Cells of CSV files are texts, which `number(…)` and `date(…)` read.",
    &[
        Field::optional("$ref", Kind::Text, REFERENCE_SENTENCE),
        Field::optional(
            "type",
            TYPE_OR_NULL,
            "The type; `string` for cells of CSV files. A list of it and \"null\" where expressions are to find null, and may test for it, when the column is left out.",
        ),
        Field::optional("enum", Kind::List(&Entries::list(Kind::Anything)), "The closed list of values."),
        Field::optional(
            "format",
            Kind::Words(|| FORMATS.to_vec(), &code::BAD_SCHEMA),
            "Texts that are read as dates, times or durations.",
        ),
        Field::optional("items", Kind::Object(&COLUMN), "What each item of a list is."),
        Field::optional(
            "properties",
            Kind::Map(&Entries::map(Key::Name, Kind::Object(&COLUMN))),
            "The fields of an object.",
        ),
        Field::optional("title", Kind::Text, "A short name, for readers of the mapping."),
        Field::optional("description", Kind::Text, "What it is, for readers of the mapping."),
        Field::optional("x-column", Kind::Text, "The header, where it is no name that FEEL can use. In XML a path from the outermost element reads what stands before the rows: `/Message/Header/ReferenceDate`."),
        Field::optional("x-sensitive", Kind::Boolean, "Never shown in messages."),
    ],
)
.members("keyword", &code::BAD_SCHEMA);

static MAPPED: Shape = Shape::new(
    "mapped fact",
    "How one fact is filled.",
    &[
        Field::required("value", Kind::Feel, "Its value; not asked, where a column that it needs is missing."),
        Field::optional("not_known_when", Kind::Feel, "Where this is true, the fact was asked and is not known."),
        Field::optional("not_applicable_when", Kind::Feel, "Where this is true, the fact does not apply."),
    ],
);

/// Reads a mapping to the pack `id` with these facts: what it means, as far as that can be told, and every fault of it. As
/// with packs, a mapping beside faults is for the checker only.
pub(crate) fn read_mapping(
    text: &str,
    id: &str,
    pack_facts: &Fact,
    zones: Zones<'_>,
) -> (Option<Mapping>, Vec<Diagnostic>) {
    let json = match super::document(text) {
        Ok(json) => json,
        Err(fault) => return (None, vec![fault]),
    };
    let node = Node::document(&json);
    let mut scope = Scope::of(&json, &MAPPING, zones);
    if let Some(pack) = node.field("pack").filter(|pack| pack.text().is_some_and(|pack| pack != id)) {
        let message = format!("the mapping is for another pack than `{id}`");
        let help = format!("load it with the pack it names, or write `{id}`");
        scope.fault(Diagnostic::new(&code::UNKNOWN_NAME, pack.place(), message).help(help));
    }
    scope.add_builtins();
    let row = match node.field("row") {
        Some(row) => facts::read(&row, &mut scope),
        None => facts::read(&node, &mut Scope::default()),
    };
    scope.add_facts(&row);
    let mut builder = Builder { scope: &mut scope, decisions: Vec::new() };
    let case = node.field("case").map(|node| builder.expression(&node, None));
    let as_of = node.field(names::AS_OF).map(|node| builder.expression(&node, Some(Type::Date.or_null())));
    let targets = builder.targets(&node, pack_facts);
    let decisions = builder.decisions;
    let mut model = Model { definitions: std::mem::take(&mut scope.definitions), ..model(id, row, decisions) };
    model.zones = scope.zones.take();
    model.broken = resolve::broken(&model, &scope.faults);
    let missing = node.items_of("missing").iter().filter_map(|text| text.text().map(Arc::from)).collect();
    (Some(Mapping { model, missing, case, as_of, targets }), scope.faults)
}

/// A model of nothing but facts and decisions.
fn model(id: &str, facts: Fact, decisions: Vec<Decision>) -> Model {
    Model {
        document: Document::Mapping,
        id: id.into(),
        version: "".into(),
        title: Texts::default(),
        authority: None,
        contact: Texts::default(),
        in_force: None,
        sources: Vec::new(),
        definitions: ItemDefinitions::default(),
        facts,
        parameters: Vec::new(),
        readings: Vec::new(),
        decisions,
        outcome: 0,
        layers: Vec::new(),
        languages: Vec::new(),
        unreviewed: Vec::new(),
        zones: None,
        broken: Vec::new(),
    }
}

struct Builder<'s> {
    scope: &'s mut Scope,
    decisions: Vec<Decision>,
}

impl Builder<'_> {
    /// Adds a decision for the expression at `node`; gives its number.
    fn expression(&mut self, node: &Node<'_>, declared_type: Option<Type>) -> usize {
        let formula = self.scope.formula(node);
        self.decision(node, Logic::Expression(formula), declared_type)
    }

    /// Adds a decision for the condition in the field `name`, if there is one.
    fn condition(&mut self, node: &Node<'_>, name: &str) -> Option<usize> {
        let node = node.field(name)?;
        let formula: Formula = self.scope.formula(&node);
        Some(self.decision(&node, Logic::Criterion(formula), None))
    }

    fn decision(&mut self, node: &Node<'_>, logic: Logic, declared_type: Option<Type>) -> usize {
        self.decisions.push(Decision {
            name: node.pointer.as_str().into(),
            pointer: node.pointer.clone(),
            title: Texts::default(),
            unit: None,
            logic,
            declared_type,
            citations: Vec::new(),
            in_force: None,
            applies_when: None,
            texts: Vec::new(),
            citizen_texts: Vec::new(),
        });
        self.decisions.len() - 1
    }

    fn targets(&mut self, node: &Node<'_>, pack_facts: &Fact) -> Vec<Target> {
        let entries = node.entries_of("facts");
        let mut targets = Vec::new();
        for (name, mapped) in &entries {
            let fact = match find(pack_facts, name) {
                Ok(fact) => Some(fact),
                Err(fault) => {
                    let diagnostic = Diagnostic::new(&code::UNKNOWN_NAME, mapped.key_place(), fault.message);
                    self.scope.fault(match fault.meant {
                        Some(meant) => diagnostic.help(format!("did you mean `{meant}`?")),
                        None => diagnostic.help("`facts` lists facts that the pack declares"),
                    });
                    None
                }
            };
            let is_part = |other: &str| name.strip_prefix(other).is_some_and(|rest| rest.starts_with('.'));
            let whole = entries.iter().find(|(other, _)| fact.is_some() && is_part(other));
            if let Some((whole, _)) = whole {
                let message = format!("`{name}` is a part of `{whole}`, which is filled as a whole");
                let diagnostic = Diagnostic::new(&code::DUPLICATE_NAME, mapped.key_place(), message);
                self.scope.fault(diagnostic.help("fill either the whole or its parts"));
            }
            let value = mapped.field("value").map(|value| self.expression(&value, fact.map(target_type)));
            let not_known_when = self.condition(mapped, "not_known_when");
            let not_applicable_when = self.condition(mapped, "not_applicable_when");
            if let Some(value) = value {
                let pointer = name.split('.').fold(String::new(), |pointer, step| pointer_to(&pointer, step));
                targets.push(Target { pointer: pointer.into(), value, not_known_when, not_applicable_when });
            }
        }
        targets
    }
}

struct NoSuchFact {
    message: String,
    meant: Option<String>,
}

/// The fact of that name, steps with dots between.
fn find<'f>(facts: &'f Fact, name: &str) -> Result<&'f Fact, NoSuchFact> {
    let mut fact = facts;
    let mut path = String::new();
    for step in name.split('.') {
        let FactKind::Object { fields } = &fact.kind else {
            return Err(NoSuchFact { message: format!("the fact `{path}` has no fields"), meant: Some(path) });
        };
        let before = if path.is_empty() { String::new() } else { format!("{path}.") };
        let Some(found) = fields.iter().find(|field| *field.name == *step) else {
            let closest = crate::diagnostic::closest(step, fields.iter().map(|field| field.name.as_ref()));
            let meant = closest.map(|word| format!("{before}{word}"));
            return Err(NoSuchFact { message: format!("the pack has no fact `{before}{step}`"), meant });
        };
        fact = found;
        path = format!("{before}{step}");
    }
    Ok(fact)
}

/// What an expression for a fact must give: the fact's type, or null. Whether a text is in the fact's closed list, and
/// whether null is a value of it, shows in each row.
fn target_type(fact: &Fact) -> Type {
    let value = plain_type(fact);
    if !fact.judgement {
        return value.or_null();
    }
    let text = || Type::String.or_null();
    let entries = [("value", value.or_null()), ("by", text()), ("on", Type::Any), ("reason", text())];
    Type::Context(Arc::new(entries.into_iter().map(|(name, entry)| (name.into(), entry)).collect())).or_null()
}

fn plain_type(fact: &Fact) -> Type {
    match &fact.kind {
        FactKind::Text { .. } => Type::String,
        FactKind::List { items, .. } => Type::list(plain_type(items).or_null()),
        FactKind::Object { fields } => {
            let entries = fields.iter().map(|field| (field.name.clone(), plain_type(field).or_null()));
            Type::Context(Arc::new(entries.collect()))
        }
        FactKind::Boolean
        | FactKind::Number { .. }
        | FactKind::Date
        | FactKind::Time
        | FactKind::DateTime
        | FactKind::Duration => fact.value_type().without_null().clone(),
    }
}

//! The names that every FEEL text of a pack may use, with what they are.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::known::Known;
use super::nulls::Strictness;
use crate::builtins;
use crate::diagnostic::closest;
use crate::model::{Document, Fact, FactKind, ItemDefinitions, Model, Parameter};
use crate::types::Type;
use crate::value::bounds::Bounds;
use crate::value::{TimeZones, Value};

/// What a name stands for.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum GlobalKind {
    Fact,
    Parameter,
    Reading,
    Decision,
    /// A decision that is a function, with the names of its parameters.
    Function(Vec<Arc<str>>),
    /// `as_of`
    DateOfDecision,
    /// Declared with a fault that is already reported.
    Broken,
}

/// A name in scope.
#[derive(Clone, Debug)]
pub(crate) struct Global {
    pub(crate) kind: GlobalKind,
    pub(crate) value_type: Type,
    /// Between which numbers it lies, if it is a number.
    pub(super) bounds: Bounds,
    /// How many items it has, if it is a list.
    pub(super) items: Bounds,
    /// Whether it is a number other than 0, or a duration other than none, in every period.
    pub(super) never_zero: bool,
    /// What else is known where it is true.
    pub(super) when_true: Vec<Known>,
}

/// All of them; the builtins stand behind them.
#[derive(Clone, Debug, Default)]
pub(crate) struct Globals {
    names: BTreeMap<Arc<str>, Global>,
    /// Names whose declaration has a fault, reported by now.
    faulty: BTreeSet<Arc<str>>,
    /// Of facts, by their paths: between which numbers they lie, and how many items they have: `count(…)`.
    bounds: BTreeMap<String, Bounds>,
    /// The paths of facts that are whole numbers.
    whole: BTreeSet<String>,
    /// What holds wherever the decision that is being checked applies.
    pub(super) assumed: Vec<Known>,
    /// Where null counts as a fault.
    pub(super) strictness: Strictness,
    /// The types that the document names itself.
    pub(super) definitions: ItemDefinitions,
    /// Whether the clock may be read, which no pack may.
    pub(super) clock: bool,
    /// The time zones that literals are held against.
    pub(super) zones: Option<TimeZones>,
}

impl Globals {
    /// The names of `model`; parameters, readings and decisions get their types once they are checked.
    pub(crate) fn of(model: &Model) -> Self {
        let strictness = match model.document {
            Document::Pack => Strictness::Everything,
            Document::Mapping => Strictness::Conditions,
        };
        let mut globals = Self { strictness, definitions: model.definitions.clone(), ..Self::default() };
        if let FactKind::Object { fields } = &model.facts.kind {
            for fact in fields {
                globals.add(&fact.name, GlobalKind::Fact, fact.value_type());
                globals.add_bounds(&fact.name, fact);
            }
        }
        if model.document == Document::Pack {
            globals.add(&Arc::from("as_of"), GlobalKind::DateOfDecision, Type::Date);
        }
        for parameter in &model.parameters {
            globals.add_parameter(parameter);
        }
        for reading in &model.readings {
            globals.add(&reading.name, GlobalKind::Reading, Type::Any);
        }
        if model.document == Document::Pack {
            for decision in &model.decisions {
                globals.add(&decision.name, GlobalKind::Decision, Type::Any);
            }
        }
        for name in &model.broken {
            globals.add(name, GlobalKind::Broken, Type::Any);
            globals.faulty.insert(name.clone());
        }
        globals
    }

    /// Nothing but item definitions and the clock, for FEEL outside any pack.
    pub(super) fn alone(definitions: &ItemDefinitions) -> Self {
        Self { definitions: definitions.clone(), clock: true, ..Self::default() }
    }

    /// Adds a name or says what it is.
    pub(crate) fn add(&mut self, name: &Arc<str>, kind: GlobalKind, value_type: Type) {
        let (bounds, items) = (Bounds::default(), Bounds::default());
        let global = Global { kind, value_type, bounds, items, never_zero: false, when_true: Vec::new() };
        self.names.insert(name.clone(), global);
    }

    /// Adds a parameter with what holds of it in every period.
    pub(super) fn add_parameter(&mut self, parameter: &Parameter) {
        self.add(&parameter.name, GlobalKind::Parameter, parameter.value_type.clone());
        let each = |bounds: fn(&Value) -> Option<Bounds>| {
            let all = parameter.values.iter().map(|period| bounds(&period.value).unwrap_or_default());
            all.reduce(Bounds::or).unwrap_or_default()
        };
        let bounds =
            each(|value| if let Value::Number(number) = value { Some(Bounds::exactly(*number)) } else { None });
        let items = each(|value| match value {
            Value::List(items) => Some(Bounds::exactly(items.len().into())),
            _ => None,
        });
        let never_zero = parameter.values.iter().all(|period| match &period.value {
            Value::Number(number) => !number.is_zero(),
            _ => false,
        });
        if let Some(global) = self.names.get_mut(&parameter.name) {
            (global.bounds, global.items, global.never_zero) = (bounds, items, never_zero);
        }
    }

    /// Notes what is known of a name beside its type.
    pub(super) fn learn(&mut self, name: &Arc<str>, bounds: Bounds, items: Bounds, when_true: Vec<Known>) {
        if let Some(global) = self.names.get_mut(name) {
            (global.bounds, global.items, global.when_true) = (bounds, items, when_true);
        }
    }

    /// Whether the names are those of a pack.
    pub(super) fn is_pack(&self) -> bool {
        self.strictness == Strictness::Everything
    }

    fn add_bounds(&mut self, path: &str, fact: &Fact) {
        match &fact.kind {
            FactKind::Number { minimum, maximum, integer, .. } => {
                self.bounds.insert(path.to_owned(), Bounds { low: *minimum, high: *maximum });
                if *integer {
                    self.whole.insert(path.to_owned());
                }
            }
            FactKind::List { items, minimum_items, maximum_items } => {
                let bounds = Bounds::of_length(*minimum_items, *maximum_items);
                self.bounds.insert(format!("count({path})"), bounds);
                self.add_bounds(&format!("{path}[]"), items);
            }
            FactKind::Text { minimum_length, maximum_length } => {
                let bounds = Bounds::of_length(*minimum_length, *maximum_length);
                self.bounds.insert(format!("string length({path})"), bounds);
            }
            FactKind::Object { fields } => {
                fields.iter().for_each(|field| self.add_bounds(&format!("{path}.{}", field.name), field));
            }
            _ => {}
        }
    }

    /// Between which numbers the fact at `path` lies, if it is one.
    pub(super) fn bounds(&self, path: &str) -> Bounds {
        self.bounds.get(path).copied().unwrap_or_default()
    }

    /// Whether the fact at `path` is a whole number.
    pub(super) fn is_whole(&self, path: &str) -> bool {
        self.whole.contains(path)
    }

    /// Notes that the declaration of `name` has a fault that is reported.
    pub(super) fn note_fault(&mut self, name: &Arc<str>) {
        self.faulty.insert(name.clone());
    }

    /// Names whose declaration has a fault: what follows from them is not worth reporting.
    pub(super) fn faulty(&self) -> &BTreeSet<Arc<str>> {
        &self.faulty
    }

    /// What `name` is, unless it is a builtin.
    pub(crate) fn get(&self, name: &str) -> Option<&Global> {
        self.names.get(name)
    }

    /// The names that a slip of the pen may have meant, kind by kind: nearer ones first.
    pub(crate) fn closest(&self, wrong: &str, locals: &[&str]) -> Option<String> {
        let known = self.names.keys().map(AsRef::as_ref).chain(locals.iter().copied());
        let known = known.chain(builtins::all().iter().copied().flatten().map(|builtin| builtin.name));
        let spaced = wrong.replace('_', " ");
        let joined = wrong.replace(' ', "_");
        let known: Vec<&str> = known.collect();
        let near = closest(wrong, known.iter().copied())
            .or_else(|| closest(&spaced, known.iter().copied()))
            .or_else(|| closest(&joined, known.iter().copied()));
        near.map(str::to_owned)
    }

    /// The closest function.
    pub(crate) fn closest_function(&self, wrong: &str) -> Option<String> {
        let functions = self.names.iter().filter(|(_, global)| matches!(global.kind, GlobalKind::Function(_)));
        let known = functions.map(|(name, _)| &**name);
        let known = known.chain(builtins::all().iter().copied().flatten().map(|builtin| builtin.name));
        closest(wrong, known).map(str::to_owned)
    }
}

/// The declaration of a fact by its path: `contract`, `contract.initial_value`.
pub(crate) fn fact_at<'m>(model: &'m Model, path: &[&str]) -> Option<&'m Fact> {
    path.iter().try_fold(&model.facts, |fact, step| match &fact.kind {
        FactKind::Object { fields } => fields.iter().find(|field| *field.name == **step),
        _ => None,
    })
}

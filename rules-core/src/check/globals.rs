//! The names that every FEEL text of a pack may use, with what they are.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::builtins;
use crate::diagnostic::closest;
use crate::model::fact::Bound;
use crate::model::{Document, Fact, FactKind, ItemDefinitions, Model};
use crate::types::Type;
use crate::value::TimeZones;

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
}

/// All of them; the builtins stand behind them.
#[derive(Clone, Debug, Default)]
pub(crate) struct Globals {
    names: BTreeMap<Arc<str>, Global>,
    /// Names whose declaration has a fault, reported by now.
    faulty: BTreeSet<Arc<str>>,
    /// The least and the greatest value of facts that are numbers, by their paths.
    bounds: BTreeMap<String, (Option<Bound>, Option<Bound>)>,
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
        let mut globals = Self { definitions: model.definitions.clone(), ..Self::default() };
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
            globals.add(&parameter.name, GlobalKind::Parameter, parameter.value_type.clone());
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
        self.names.insert(name.clone(), Global { kind, value_type });
    }

    fn add_bounds(&mut self, path: &str, fact: &Fact) {
        match &fact.kind {
            FactKind::Number { minimum, maximum, .. } => {
                self.bounds.insert(path.to_owned(), (*minimum, *maximum));
            }
            FactKind::Object { fields } => {
                fields.iter().for_each(|field| self.add_bounds(&format!("{path}.{}", field.name), field));
            }
            _ => {}
        }
    }

    /// The least and the greatest value of the fact at `path`, when it is a number.
    pub(super) fn bounds(&self, path: &str) -> Option<(Option<Bound>, Option<Bound>)> {
        self.bounds.get(path).copied()
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

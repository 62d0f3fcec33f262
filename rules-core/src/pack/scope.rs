//! What the texts of a document may speak of: the names in scope, the sources, and the faults found so far.

use std::sync::Arc;

use super::node::Node;
use super::shape::Shape;
use super::{reader, time_zones};
use crate::builtins;
use crate::citation::{Citation, Source};
use crate::code;
use crate::diagnostic::Diagnostic;
use crate::feel::ast::{Expr, ExprKind, TypeName};
use crate::feel::{Names, Parsed, SyntaxFault, UnknownType, parse_expression, parse_type_name, parse_unary_tests};
use crate::model::{Applicability, Fact, FactKind, Formula, ItemDefinitions};
use crate::period::Period;
use crate::source::{Place, Span};
use crate::types::Type;
use crate::value::json::Json;
use crate::value::{TimeZones, Zones};

/// Names, sources and faults of one document.
#[derive(Debug, Default)]
pub(super) struct Scope {
    pub(super) names: Names<'static>,
    pub(super) definitions: ItemDefinitions,
    pub(super) sources: Vec<Source>,
    pub(super) faults: Vec<Diagnostic>,
    /// The time zones, when the document names one.
    pub(super) zones: Option<TimeZones>,
}

impl Scope {
    /// Of a document of this shape, with the faults of its shape and of the time zones that it names.
    pub(super) fn of(document: &Json<'_>, shape: &'static Shape, zones: Zones<'_>) -> Self {
        let mut faults = reader::faults(document, shape);
        let (zones, unknown) = time_zones::named(document, zones);
        faults.extend(unknown);
        Self { faults, zones: zones.cloned(), ..Self::default() }
    }

    /// Adds the names of the builtin functions.
    pub(super) fn add_builtins(&mut self) {
        for builtin in builtins::all().iter().copied().flatten() {
            self.names.add_function(builtin.name);
        }
    }

    /// A function of the pack must not hide one of FEEL. Other declarations may have a function's name, since only what
    /// is called is a function.
    pub(super) fn function_name(&mut self, name: &str, node: &Node<'_>) {
        if builtins::find(name).is_some() {
            let message = format!("`{name}` is the name of a function of FEEL");
            let help = "take another name, so that the function can still be called";
            self.faults.push(Diagnostic::new(&code::BAD_NAME, node.key_place(), message).help(help));
        }
    }

    /// Adds the names of facts, and those of their fields as what may follow a dot.
    pub(super) fn add_facts(&mut self, facts: &Fact) {
        if let FactKind::Object { fields } = &facts.kind {
            for fact in fields {
                self.names.add(fact.name.clone());
                self.add_members(fact);
            }
        }
    }

    fn add_members(&mut self, fact: &Fact) {
        match &fact.kind {
            FactKind::Object { fields } => {
                for field in fields {
                    self.names.add_member(field.name.clone());
                    self.add_members(field);
                }
            }
            FactKind::List { items, .. } => self.add_members(items),
            FactKind::Boolean
            | FactKind::Number { .. }
            | FactKind::Text { .. }
            | FactKind::Date
            | FactKind::Time
            | FactKind::DateTime
            | FactKind::Duration => {}
        }
    }

    /// Notes a fault.
    pub(super) fn fault(&mut self, diagnostic: Diagnostic) {
        self.faults.push(diagnostic);
    }

    /// The FEEL expression at `node`; one that says nothing where the reader found no text.
    pub(super) fn formula(&mut self, node: &Node<'_>) -> Formula {
        let Some(text) = node.text() else { return unreadable(&node.pointer) };
        let parsed = parse_expression(text, &self.names);
        self.parsed(node, text, parsed, false)
    }

    /// The FEEL expression in the field `name`, if there is one.
    pub(super) fn formula_of(&mut self, node: &Node<'_>, name: &str) -> Option<Formula> {
        node.field(name).map(|node| self.formula(&node))
    }

    /// The FEEL expression in the field `name`; one that says nothing where it is missing, which is reported already.
    pub(super) fn needed_formula(&mut self, node: &Node<'_>, name: &str) -> Formula {
        self.formula_of(node, name).unwrap_or_else(|| unreadable(&node.pointer))
    }

    /// The FEEL expression that is the key leading to `node`.
    pub(super) fn formula_in_key(&mut self, key: &str, node: &Node<'_>) -> Formula {
        let parsed = parse_expression(key, &self.names);
        self.parsed(node, key, parsed, true)
    }

    /// The unary tests `text`, which stand at `node` or are meant by it.
    pub(super) fn unary_tests(&mut self, node: &Node<'_>, text: &str) -> Formula {
        let parsed = parse_unary_tests(text, &self.names);
        self.parsed(node, text, parsed, false)
    }

    /// The unary tests `text`, which nobody has written and which stand for what is said at `pointer`.
    pub(super) fn tests(&self, pointer: &str, text: &str) -> Formula {
        let expr = parse_unary_tests(text, &self.names).expr;
        Formula { pointer: pointer.to_owned(), text: text.into(), expr, in_key: false }
    }

    /// The expression `text` that is meant by the value at `node`.
    pub(super) fn meant(&mut self, node: &Node<'_>, text: &str) -> Formula {
        let parsed = parse_expression(text, &self.names);
        self.parsed(node, text, parsed, false)
    }

    /// The body of a function, in which its parameters are names too.
    pub(super) fn body(&mut self, node: &Node<'_>, parameters: &[Arc<str>]) -> Formula {
        let Some(text) = node.text() else { return unreadable(&node.pointer) };
        let mut names = Names::within(&self.names);
        for parameter in parameters {
            names.add(parameter.clone());
        }
        let parsed = parse_expression(text, &names);
        self.parsed(node, text, parsed, false)
    }

    /// A text that was read. One with faults says nothing more, so that no second fault follows from a half-read one.
    fn parsed(&mut self, node: &Node<'_>, text: &str, parsed: Parsed, in_key: bool) -> Formula {
        let expr = if parsed.faults.is_empty() { parsed.expr } else { nothing() };
        let formula = Formula { pointer: node.pointer.clone(), text: text.into(), expr, in_key };
        for fault in parsed.faults {
            self.syntax(&formula, fault);
        }
        formula
    }

    fn syntax(&mut self, formula: &Formula, fault: SyntaxFault) {
        let diagnostic = Diagnostic::new(fault.code, formula.place(fault.span), fault.message);
        self.faults.push(match fault.help {
            Some(help) => diagnostic.help(help),
            None => diagnostic,
        });
    }

    /// The type that `node` names.
    pub(super) fn type_at(&mut self, node: &Node<'_>) -> Option<Type> {
        let text = node.text().filter(|text| !text.trim().is_empty())?;
        self.type_written(&node.pointer, text)
    }

    /// The type that `text` names, which stands at `pointer`.
    pub(super) fn type_written(&mut self, pointer: &str, text: &str) -> Option<Type> {
        let written = self.type_name(pointer, text)?;
        let found = self.definitions.resolve(&written);
        found.map_err(|unknown| self.unknown_type(pointer, &unknown)).ok()
    }

    /// The name of a type as it is written at `pointer`, unless it has faults.
    pub(super) fn type_name(&mut self, pointer: &str, text: &str) -> Option<TypeName> {
        let (type_name, faults) = parse_type_name(text, &self.names);
        let formula = Formula { text: text.into(), ..unreadable(pointer) };
        let sound = faults.is_empty();
        for fault in faults {
            self.syntax(&formula, fault);
        }
        sound.then_some(type_name)
    }

    /// Notes that the text at `pointer` names a type that there is not.
    pub(super) fn unknown_type(&mut self, pointer: &str, unknown: &UnknownType) {
        let place = Place::within(pointer, unknown.span);
        self.faults.push(self.definitions.unknown(unknown, place));
    }

    /// The sources that the field `source` of `node` cites.
    pub(super) fn citations(&mut self, node: &Node<'_>) -> Vec<Citation> {
        let cited = node.field("source").map(|node| node.one_or_many()).unwrap_or_default();
        cited.iter().filter_map(|node| self.citation(node)).collect()
    }

    /// `id` or `id#place`.
    pub(super) fn citation(&mut self, node: &Node<'_>) -> Option<Citation> {
        let words = node.text()?;
        let id = words.split_once('#').map_or(words, |(id, _)| id);
        let Some(source) = self.sources.iter().position(|source| *source.id == *id) else {
            let message = format!("no source is called `{id}`");
            let known: Vec<Arc<str>> = self.sources.iter().map(|source| source.id.clone()).collect();
            let diagnostic = Diagnostic::new(&code::UNKNOWN_SOURCE, node.place(), message)
                .help("list it under `sources` with its title, layer and whether it was verified");
            self.faults.push(diagnostic.did_you_mean(id, known.iter().map(AsRef::as_ref)));
            // Something is cited, so that no source is missing besides.
            return Some(Citation { source: 0, words: words.into() });
        };
        Some(Citation { source, words: words.into() })
    }

    /// The field `in_force`.
    pub(super) fn in_force(&mut self, node: &Node<'_>) -> Option<Applicability> {
        let period = node.field("in_force")?;
        let basis = self.formula_of(&period, "basis");
        Some(Applicability { period: Period { from: period.date_of("from"), to: period.date_of("to") }, basis })
    }
}

/// A text that could not be read; a diagnostic stands for it.
pub(super) fn unreadable(pointer: &str) -> Formula {
    Formula { pointer: pointer.to_owned(), text: "".into(), expr: nothing(), in_key: false }
}

fn nothing() -> Expr {
    Expr { kind: ExprKind::Error, span: Span::default() }
}

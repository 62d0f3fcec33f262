//! The definitions of a schema as types: what FEEL calls an item definition, its limits the allowed values.

use std::sync::Arc;

use super::scope::Scope;
use crate::model::{AllowedValues, Fact, FactKind};
use crate::types::{Definition, Type};
use crate::value::bounds::Bound;
use crate::value::text::feel_literal;

/// Adds the types of `definitions`, whose names are those of the facts. Where they cannot be written out, which is reported,
/// nothing is known of them.
pub(super) fn define(definitions: &[Fact], sound: bool, scope: &mut Scope) {
    for fact in definitions {
        scope.names.add_type(fact.name.clone());
        if !sound {
            scope.definitions.types.push((fact.name.clone(), Type::Any));
        }
    }
    for fact in definitions {
        Builder { definitions, scope }.defined(&fact.name);
    }
}

struct Builder<'s> {
    definitions: &'s [Fact],
    scope: &'s mut Scope,
}

impl Builder<'_> {
    /// The type of that name, made now if it was not yet. No definition holds itself, so that this ends.
    fn defined(&mut self, name: &str) -> Type {
        let definitions = self.definitions;
        let fact = definitions.iter().find(|fact| *fact.name == *name);
        let (None, Some(fact)) = (self.scope.definitions.get(name), fact) else {
            return self.scope.definitions.get(name).unwrap_or(Type::Any);
        };
        let base = self.type_of(fact, name);
        let made = match base {
            Type::Defined(made) if *made.name == *name => Type::Defined(made),
            base => Type::Defined(Arc::new(Definition { name: fact.name.clone(), base, allowed: None })),
        };
        self.scope.definitions.types.push((fact.name.clone(), made.clone()));
        made
    }

    /// The type of what a schema says; `name` is what messages call it.
    fn type_of(&mut self, fact: &Fact, name: &str) -> Type {
        if let Some(definition) = &fact.definition {
            return self.defined(definition);
        }
        let plain = match &fact.kind {
            FactKind::List { items, .. } => Type::list(self.type_of(items, name)),
            FactKind::Object { fields } => {
                let entry =
                    |field: &Fact| (field.name.clone(), self.type_of(field, &[name, ".", &field.name].concat()));
                Type::Context(Arc::new(fields.iter().map(entry).collect()))
            }
            _ => fact.value_type().without_null().clone(),
        };
        let tests = tests(fact);
        let restricted = if tests.is_empty() { plain } else { self.restricted(fact, plain, name, &tests) };
        if fact.nullable { restricted.or_null() } else { restricted }
    }

    fn restricted(&mut self, fact: &Fact, base: Type, name: &str, tests: &[String]) -> Type {
        let tests = self.scope.tests(&fact.pointer, &tests.join(" and "));
        let allowed = u32::try_from(self.scope.definitions.allowed.len()).ok();
        self.scope.definitions.allowed.push(AllowedValues { tests, of: base.structure() });
        Type::Defined(Arc::new(Definition { name: name.into(), base, allowed }))
    }
}

/// What the keywords of a schema say of a value beyond its type, as conditions of FEEL.
fn tests(fact: &Fact) -> Vec<String> {
    let mut tests = Vec::new();
    let mut length = |value: &str, least: Option<u32>, most: Option<u32>| {
        tests.extend(least.map(|least| format!("{value} >= {least}")));
        tests.extend(most.map(|most| format!("{value} <= {most}")));
    };
    match &fact.kind {
        FactKind::Text { minimum_length, maximum_length } => {
            length("string length(?)", *minimum_length, *maximum_length);
        }
        FactKind::List { minimum_items, maximum_items, .. } => length("count(?)", *minimum_items, *maximum_items),
        FactKind::Number { integer, minimum, maximum, multiple_of } => {
            let bound = |sign: &str, bound: &Bound| {
                format!("? {sign}{} {}", if bound.included { "=" } else { "" }, bound.value)
            };
            tests.extend(minimum.as_ref().map(|minimum| bound(">", minimum)));
            tests.extend(maximum.as_ref().map(|maximum| bound("<", maximum)));
            tests.extend(integer.then(|| "? = floor(?)".to_owned()));
            tests.extend(multiple_of.map(|step| format!("modulo(?, {step}) = 0")));
        }
        // Of either kind, which no type of FEEL says.
        FactKind::Duration => {
            tests.push("(? instance of days and time duration or ? instance of years and months duration)".to_owned());
        }
        FactKind::Boolean | FactKind::Date | FactKind::Time | FactKind::DateTime | FactKind::Object { .. } => {}
    }
    // Texts out of a closed list are a type of their own.
    if let Some(values) = fact.allowed.as_ref().filter(|_| !matches!(fact.kind, FactKind::Text { .. })) {
        let values: Vec<String> = values.iter().map(feel_literal).collect();
        tests.push(format!("? in ({})", values.join(", ")));
    }
    tests
}

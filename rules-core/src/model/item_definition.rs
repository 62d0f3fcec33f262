//! Item definitions: the types that a document names itself.

use std::sync::Arc;

use super::Formula;
use crate::code;
use crate::diagnostic::Diagnostic;
use crate::feel::ast::TypeName;
use crate::feel::{UnknownType, type_of};
use crate::source::Place;
use crate::types::Type;

/// The item definitions of a document, each after those that it is made of.
#[derive(Clone, Debug, Default)]
pub(crate) struct ItemDefinitions {
    pub(crate) types: Vec<(Arc<str>, Type)>,
    /// What restricts the values; the definitions count in it.
    pub(crate) allowed: Vec<AllowedValues>,
}

/// Unary tests that a value must pass to be of a type.
#[derive(Clone, Debug)]
pub(crate) struct AllowedValues {
    pub(crate) tests: Formula,
    /// The type of the values that are tested, as the checker sees it.
    pub(crate) of: Type,
}

impl ItemDefinitions {
    /// The type of that name.
    pub(crate) fn get(&self, name: &str) -> Option<Type> {
        self.types.iter().find(|(known, _)| **known == *name).map(|(_, defined)| defined.clone())
    }

    /// The type that is written.
    pub(crate) fn resolve(&self, written: &TypeName) -> Result<Type, UnknownType> {
        type_of(written, &mut |name| self.get(name))
    }

    /// What is wrong with the name of a type that there is not.
    pub(crate) fn unknown(&self, unknown: &UnknownType, place: Place) -> Diagnostic {
        let own = self.types.iter().map(|(name, _)| &**name);
        let known = own.chain(Type::NAMES).map(|name| format!("`{name}`"));
        let help = format!("the types are {}", known.collect::<Vec<_>>().join(", "));
        let own = self.types.iter().map(|(name, _)| &**name);
        Diagnostic::new(&code::UNKNOWN_TYPE, place, format!("no type is called `{}`", unknown.name))
            .help(help)
            .did_you_mean(&unknown.name, own.chain(Type::NAMES))
    }
}

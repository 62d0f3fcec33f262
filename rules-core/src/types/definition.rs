//! Item definitions as types: a name for a type, with the values that are allowed (DMN 1.5 section 7.3.3).

use std::sync::Arc;

use super::Type;

/// A type with a name of its own, whose values may be restricted.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Definition {
    /// The name; of a component with allowed values of its own, the names that lead to it: `tLoan.rate`.
    pub(crate) name: Arc<str>,
    pub(crate) base: Type,
    /// Number of the unary tests in the program that a value of the base must pass, if there are any.
    pub(crate) allowed: Option<u32>,
}

impl Type {
    /// The type with every item definition in it replaced by what it is made of: what can be known of a value without
    /// looking at it.
    pub(crate) fn structure(&self) -> Self {
        self.rebuilt(&|part| match part {
            Self::Defined(definition) => Some(definition.base.structure()),
            _ => None,
        })
    }

    /// What `instance of` asks for: the kind of a value, whichever values of the kind are allowed (DMN TCK 0070,
    /// string_013). Where nothing but the allowed values says the kind, they are asked.
    pub(crate) fn kind(&self) -> Self {
        self.rebuilt(&|part| match part {
            Self::Defined(definition) if definition.base == Self::Any && definition.allowed.is_some() => {
                Some(part.clone())
            }
            Self::Defined(definition) => Some(definition.base.kind()),
            Self::OneOf(_) => Some(Self::String),
            // a function is asked what it takes, not what it is given
            function @ Self::Function { .. } => Some(function.clone()),
            _ => None,
        })
    }

    /// Whether values of the right shape may still not be of the type.
    pub(crate) fn is_restricted(&self) -> bool {
        match self {
            Self::OneOf(_) => true,
            Self::Defined(definition) => definition.allowed.is_some() || definition.base.is_restricted(),
            Self::List(inner) | Self::Range(inner) | Self::Nullable(inner) => inner.is_restricted(),
            Self::Context(entries) => entries.iter().any(|(_, entry)| entry.is_restricted()),
            _ => false,
        }
    }

    /// The type with those parts replaced, outermost first, for which `other` gives something.
    pub(super) fn rebuilt(&self, other: &dyn Fn(&Self) -> Option<Self>) -> Self {
        if let Some(other) = other(self) {
            return other;
        }
        let part = |part: &Arc<Self>| Arc::new(part.rebuilt(other));
        match self {
            Self::List(item) => Self::List(part(item)),
            Self::Range(point) => Self::Range(part(point)),
            Self::Context(entries) => {
                let entries = entries.iter().map(|(name, kind)| (name.clone(), kind.rebuilt(other)));
                Self::Context(Arc::new(entries.collect()))
            }
            Self::Nullable(inner) => inner.rebuilt(other).or_null(),
            Self::Function { parameters, result } => Self::Function {
                parameters: Arc::new(parameters.iter().map(|parameter| parameter.rebuilt(other)).collect()),
                result: part(result),
            },
            plain => plain.clone(),
        }
    }
}

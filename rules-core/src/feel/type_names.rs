//! From names of types, as written, to types.

use std::sync::Arc;

use super::ast::{TypeName, TypeNameKind};
use crate::source::Span;
use crate::types::Type;

/// A name that is no type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct UnknownType {
    pub(crate) name: Arc<str>,
    pub(crate) span: Span,
}

/// The type that `name` stands for. `defined` knows the item definitions; names of FEEL itself go before them.
pub(crate) fn type_of(name: &TypeName, defined: &mut dyn FnMut(&str) -> Option<Type>) -> Result<Type, UnknownType> {
    Ok(match &name.kind {
        TypeNameKind::Named(words) => {
            let found = Type::named(words).or_else(|| defined(words));
            found.ok_or_else(|| UnknownType { name: words.clone(), span: name.span })?
        }
        TypeNameKind::List(item) => Type::list(type_of(item, defined)?),
        TypeNameKind::Range(point) => Type::Range(Arc::new(type_of(point, defined)?)),
        TypeNameKind::Context(entries) => {
            let entries = entries.iter().map(|(key, entry)| Ok((key.clone(), type_of(entry, defined)?)));
            Type::Context(Arc::new(entries.collect::<Result<_, _>>()?))
        }
        TypeNameKind::Function { parameters, result } => {
            let parameters = parameters.iter().map(|parameter| type_of(parameter, defined));
            Type::Function {
                parameters: Arc::new(parameters.collect::<Result<_, _>>()?),
                result: Arc::new(type_of(result, defined)?),
            }
        }
    })
}

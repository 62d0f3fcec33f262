//! A mapping made ready: how rows of somebody else's data become cases of one pack.

use super::{RuleSet, without_unused};
use crate::check;
use crate::compile;
use crate::diagnostic::Diagnostic;
use crate::eval::Row;
use crate::pack;
use crate::program;
use crate::value::digest::sha256;

/// A mapping that was read, checked and compiled for one pack.
#[derive(Clone, Debug)]
pub struct Mapping {
    mapping: program::Mapping,
    warnings: Vec<Diagnostic>,
}

impl Mapping {
    /// Reads, checks and compiles a mapping for `rule_set`, by the same checker and evaluator as a pack.
    ///
    /// # Errors
    /// All faults of the mapping at once, warnings among them.
    pub fn from_json(text: &str, rule_set: &RuleSet) -> Result<Self, Vec<Diagnostic>> {
        let (mapping, mut diagnostics) =
            pack::read_mapping(text, rule_set.id(), &rule_set.facts, rule_set.zones.as_ref());
        let Some(mapping) = mapping else { return Err(diagnostics) };
        let checked = check::check(mapping.model.clone());
        diagnostics.extend(checked.diagnostics);
        let fit = diagnostics.iter().all(|diagnostic| !diagnostic.is_error());
        match checked.model.filter(|_| fit) {
            Some(model) => {
                let sha256 = sha256(text.as_bytes());
                let mapping = compile::compile_mapping(model, &mapping, rule_set.program(), &sha256);
                Ok(Self { mapping, warnings: diagnostics })
            }
            None => Err(without_unused(diagnostics)),
        }
    }

    /// What is probably not meant, although the mapping works.
    #[must_use]
    pub fn warnings(&self) -> &[Diagnostic] {
        &self.warnings
    }

    pub(super) fn mapping(&self) -> &program::Mapping {
        &self.mapping
    }

    /// Buffers for its rows.
    pub(crate) fn row(&self) -> Row {
        Row::new(&self.mapping)
    }
}

//! Mappings: a program over rows, bound to the facts of one pack.

use super::{compile, number};
use crate::check::CheckedModel;
use crate::model;
use crate::program::{Mapping, Program, Target};
use crate::value::Value;

/// Compiles a mapping for `pack`. `checked` is the mapping's model, checked; `sha256` is the digest of its document.
pub(crate) fn compile_mapping(
    checked: CheckedModel,
    mapping: &model::Mapping,
    pack: &Program,
    sha256: &str,
) -> Mapping {
    let facts = || (0..).zip(&pack.schema.facts).filter(|(_, fact)| !fact.in_list);
    let target = |target: &model::Target| {
        let (fact, _) = facts().find(|(_, fact)| fact.pointer == target.pointer)?;
        Some(Target {
            fact,
            value: number(target.value),
            not_known_when: target.not_known_when.map(number),
            not_applicable_when: target.not_applicable_when.map(number),
        })
    };
    let mut program = compile(checked, sha256);
    // Data of others leaves out what does not apply; a mapping that allows null for a column says what that means.
    for column in program.schema.facts.iter_mut().filter(|column| column.nullable) {
        column.unknown = Value::Null;
    }
    Mapping {
        program,
        missing: mapping.missing.clone(),
        case: mapping.case.map(number),
        as_of: mapping.as_of.map(number),
        targets: mapping.targets.iter().filter_map(target).collect(),
    }
}

//! Comparisons of numbers behind a decision: what was held against what, and how far off it was (`semantics.md` section 5).

use std::sync::Arc;

use super::explanation::Compared;
use super::masking::Masking;
use crate::eval::ComparedValues;
use crate::program::{Program, Reference};
use crate::value::{Decimal, Value, number};

/// The comparisons worth telling: both sides are numbers and at least one has a name. A side that may not be shown leaves
/// the comparison out, for its distance would give the value away. Sorted, so that the order in which a condition is
/// written does not show.
pub(super) fn compared(program: &Program, masking: &Masking, seen: &[ComparedValues]) -> Vec<Compared> {
    let mut all: Vec<Compared> = seen.iter().filter_map(|comparison| one(program, masking, comparison)).collect();
    all.sort_by(|one, other| (&one.left, &one.right, one.operator).cmp(&(&other.left, &other.right, other.operator)));
    all.dedup();
    all
}

fn one(program: &Program, masking: &Masking, seen: &ComparedValues) -> Option<Compared> {
    let (left, right) = (amount(&seen.left)?, amount(&seen.right)?);
    let sides = [seen.left_from, seen.right_from];
    if sides.iter().all(Option::is_none) || sides.iter().flatten().any(|side| masking.masks(*side)) {
        return None;
    }
    let named = |side: Option<Reference>| side.and_then(|side| name_and_unit(program, side));
    let (left_name, left_unit) = named(seen.left_from).unzip();
    let (right_name, right_unit) = named(seen.right_from).unzip();
    Some(Compared {
        left: left_name,
        left_value: left,
        operator: seen.comparison.symbol(),
        right: right_name,
        right_value: right,
        distance: number::subtract(left, right)?,
        unit: left_unit.flatten().or(right_unit.flatten()),
    })
}

fn amount(value: &Value) -> Option<Decimal> {
    match value {
        Value::Number(amount) => Some(*amount),
        _ => None,
    }
}

/// What a side is called and the unit that its value has.
fn name_and_unit(program: &Program, side: Reference) -> Option<(Arc<str>, Option<Arc<str>>)> {
    match side {
        Reference::Fact(fact) => program.schema.fact(fact).map(|fact| (fact.name.clone(), fact.unit.clone())),
        Reference::Parameter(number) => {
            program.parameter(number).map(|parameter| (parameter.name.clone(), parameter.unit.clone()))
        }
        Reference::Decision(number) => {
            program.decision(number).map(|decision| (decision.name.clone(), decision.unit.clone()))
        }
        Reference::Reading(number) => program.reading(number).map(|reading| (reading.name.clone(), None)),
        Reference::AsOf => None,
    }
}

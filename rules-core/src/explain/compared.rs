//! Comparisons of numbers behind a decision: what was held against what, and how far off it was (`semantics.md` section 5).

use super::masking::Masking;
use crate::eval::ComparedNumbers;
use crate::program::{Program, Reference};
use crate::value::{Decimal, number};

/// Two numbers that were compared, and how far apart they are.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Compared<'d> {
    /// Name of the fact, parameter, decision or reading, if the side is just one.
    pub(crate) left: Option<&'d str>,
    pub(crate) left_value: Decimal,
    pub(crate) operator: &'static str,
    pub(crate) right: Option<&'d str>,
    pub(crate) right_value: Decimal,
    /// Left less right.
    pub(crate) distance: Decimal,
    pub(crate) unit: Option<&'d str>,
}

/// The comparisons that may be told. A side that may not be shown leaves the comparison out, for its distance would give
/// the value away; and so does, in a decision that is `masked`, a side without a name, which may be made of a sensitive
/// fact. Sorted, so that the order in which a condition is written does not show.
pub(super) fn compared<'d>(
    program: &'d Program,
    masking: &Masking,
    masked: bool,
    seen: &[ComparedNumbers],
) -> Vec<Compared<'d>> {
    let may_be_told = |seen: &&ComparedNumbers| !masked || (seen.left_from.is_some() && seen.right_from.is_some());
    let told = seen.iter().filter(may_be_told);
    let mut all: Vec<Compared<'_>> = told.filter_map(|comparison| one(program, masking, comparison)).collect();
    all.sort_by(|one, other| (one.left, one.right, one.operator).cmp(&(other.left, other.right, other.operator)));
    all.dedup();
    all
}

fn one<'d>(program: &'d Program, masking: &Masking, seen: &ComparedNumbers) -> Option<Compared<'d>> {
    let sides = [seen.left_from, seen.right_from];
    if sides.iter().flatten().any(|side| masking.masks(*side)) {
        return None;
    }
    let named = |side: Option<Reference>| side.and_then(|side| name_and_unit(program, side)).unzip();
    let (left, left_unit) = named(seen.left_from);
    let (right, right_unit) = named(seen.right_from);
    Some(Compared {
        left,
        left_value: seen.left,
        operator: seen.comparison.symbol(),
        right,
        right_value: seen.right,
        distance: number::subtract(seen.left, seen.right)?,
        unit: left_unit.flatten().or(right_unit.flatten()),
    })
}

/// What a side is called and the unit that its value has.
fn name_and_unit(program: &Program, side: Reference) -> Option<(&str, Option<&str>)> {
    match side {
        Reference::Fact(fact) => program.schema.fact(fact).map(|fact| (&*fact.name, fact.unit.as_deref())),
        Reference::Parameter(number) => {
            program.parameter(number).map(|parameter| (&*parameter.name, parameter.unit.as_deref()))
        }
        Reference::Decision(number) => {
            program.decision(number).map(|decision| (&*decision.name, decision.unit.as_deref()))
        }
        Reference::Reading(number) => program.reading(number).map(|reading| (&*reading.name, None)),
        Reference::AsOf => None,
    }
}

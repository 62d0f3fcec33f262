//! How points and ranges lie to one another (DMN 1.5 table 78, after Allen).
//!
//! A range without an end on one side reaches there beyond every value. A range that is everything but a value (`(!=10)`) has
//! no place on the line: null.

use std::cmp::Ordering;

use super::arguments::{must_be, one};
use super::types::{any, gives_relation, gives_relation_of_alike, needed, range as range_type};
use super::{Builtin, Call, Marked, Outcome, Parameter, Reason, Signature};
use crate::value::compare::order;
use crate::value::{Range, RangeForm, Value};

const RANGES: &[Parameter] = &[needed("range1", range_type), needed("range2", range_type)];
const POINTS: &[Parameter] = &[needed("point1", any), needed("point2", any)];
const POINT_RANGE: &[Parameter] = &[needed("point", any), needed("range", range_type)];
const RANGE_POINT: &[Parameter] = &[needed("range", range_type), needed("point", any)];

/// One row of this family.
macro_rules! relation {
    ($name:literal, $run:ident, [$($parameters:ident),*], $sentence:literal, $examples:expr) => {
        Builtin {
            name: $name,
            sentence: $sentence,
            null: None,
            signatures: &[$(Signature { parameters: $parameters, result: gives_relation, run: $run }),*],
            marked: Marked::Deep,
            examples: $examples,
        }
    };
}

pub(super) const FAMILY: &[Builtin] = &[
    relation!(
        "before",
        before,
        [RANGES, POINT_RANGE, RANGE_POINT, POINTS],
        "Whether the first lies wholly before the second.",
        &[("before(1, 10)", "true"), ("before([1..5), 5)", "true"), ("before([1..5], [5..10])", "false")]
    ),
    relation!(
        "after",
        after,
        [RANGES, POINT_RANGE, RANGE_POINT, POINTS],
        "Whether the first lies wholly after the second.",
        &[("after(10, 1)", "true"), ("after((5..10], [1..5])", "true"), ("after(12, [1..12])", "false")]
    ),
    relation!(
        "meets",
        meets,
        [RANGES],
        "Whether the first range ends at the very value with which the second starts.",
        &[("meets([1..5], [5..10])", "true"), ("meets([1..5), [5..10])", "false")]
    ),
    relation!(
        "met by",
        met_by,
        [RANGES],
        "Whether the first range starts with the very value at which the second ends.",
        &[("met by([5..10], [1..5])", "true"), ("met by([5..10], [1..5))", "false")]
    ),
    relation!(
        "overlaps",
        overlaps,
        [RANGES],
        "Whether the ranges have a value in common.",
        &[("overlaps([1..5], [3..8])", "true"), ("overlaps([1..5), [5..8])", "false")]
    ),
    relation!(
        "overlaps before",
        overlaps_before,
        [RANGES],
        "Whether the first range starts before the second and ends inside it.",
        &[("overlaps before([1..5], [3..8])", "true"), ("overlaps before([3..8], [1..5])", "false")]
    ),
    relation!(
        "overlaps after",
        overlaps_after,
        [RANGES],
        "Whether the first range starts inside the second and ends after it.",
        &[("overlaps after([3..8], [1..5])", "true"), ("overlaps after([1..5], [3..8])", "false")]
    ),
    relation!(
        "finishes",
        finishes,
        [RANGES, POINT_RANGE],
        "Whether the first ends the second: its last value, or a part of it up to the same end.",
        &[
            ("finishes(10, [1..10])", "true"),
            ("finishes([5..10], [1..10])", "true"),
            ("finishes(10, [1..10))", "false")
        ]
    ),
    relation!(
        "finished by",
        finished_by,
        [RANGES, RANGE_POINT],
        "Whether the second ends the first.",
        &[
            ("finished by([1..10], 10)", "true"),
            ("finished by([1..10], [5..10])", "true"),
            ("finished by([1..10), 10)", "false")
        ]
    ),
    relation!(
        "includes",
        includes,
        [RANGES, RANGE_POINT],
        "Whether the second lies wholly inside the first.",
        &[("includes([1..10], 5)", "true"), ("includes([1..10], [1..10))", "true"), ("includes([1..10), 10)", "false")]
    ),
    relation!(
        "during",
        during,
        [RANGES, POINT_RANGE],
        "Whether the first lies wholly inside the second.",
        &[("during(5, [1..10])", "true"), ("during([4..6], [1..10])", "true"), ("during(10, [1..10))", "false")]
    ),
    relation!(
        "starts",
        starts,
        [RANGES, POINT_RANGE],
        "Whether the first begins the second: its first value, or a part of it from the same start.",
        &[("starts(1, [1..10])", "true"), ("starts([1..5], [1..10])", "true"), ("starts(1, (1..10])", "false")]
    ),
    relation!(
        "started by",
        started_by,
        [RANGES, RANGE_POINT],
        "Whether the second begins the first.",
        &[
            ("started by([1..10], 1)", "true"),
            ("started by([1..10], [1..5])", "true"),
            ("started by((1..10], 1)", "false")
        ]
    ),
    Builtin {
        name: "coincides",
        sentence: "Whether both are the same point, or ranges with the same ends.",
        null: Some("for a point and a range"),
        signatures: &[
            Signature { parameters: RANGES, result: gives_relation_of_alike, run: coincides },
            Signature { parameters: POINTS, result: gives_relation_of_alike, run: coincides },
        ],
        marked: Marked::Deep,
        examples: &[
            ("coincides(5, 5)", "true"),
            ("coincides([1..5], [1..5])", "true"),
            ("coincides([1..5], [1..5))", "false"),
        ],
    },
];

/// A point or a range, as a stretch of the line: a point is a range from itself to itself.
struct Stretch<'a> {
    start: End<'a>,
    end: End<'a>,
    is_point: bool,
}

/// One end of a stretch; without a value it is beyond all values on its side.
#[derive(Clone, Copy)]
struct End<'a> {
    value: Option<&'a Value>,
    included: bool,
    upper: bool,
}

impl<'a> Stretch<'a> {
    fn of(value: &'a Value) -> Result<Self, Reason> {
        let end = |value, included, upper| End { value, included, upper };
        match value {
            Value::Range(range) if range.form == RangeForm::NotEqual => {
                Err("everything but one value has no place before, after or inside another range".into())
            }
            Value::Range(range) => {
                let Range { start, start_included, end: last, end_included, .. } = &**range;
                Ok(Self {
                    start: end(start.as_ref(), *start_included, false),
                    end: end(last.as_ref(), *end_included, true),
                    is_point: false,
                })
            }
            Value::Null | Value::List(_) | Value::Context(_) | Value::Function(_) | Value::Boolean(_) => {
                Err(must_be("every argument", "a range or a value that has an order", value))
            }
            point => {
                Ok(Self { start: end(Some(point), true, false), end: end(Some(point), true, true), is_point: true })
            }
        }
    }

    /// The same stretch as a range; a point has no place where only ranges do.
    fn as_range(&self) -> Result<&Self, Reason> {
        if self.is_point { Err("a range is needed here, and it is a single value".into()) } else { Ok(self) }
    }
}

impl End<'_> {
    /// How the values of two ends stand to one another, brackets aside.
    fn side(self, other: Self) -> Result<Ordering, Reason> {
        match (self.value, other.value) {
            (Some(left), Some(right)) => {
                order(left, right).ok_or_else(|| Reason::from("the values cannot be compared with one another"))
            }
            (None, None) => Ok(self.upper.cmp(&other.upper)),
            (None, Some(_)) => Ok(if self.upper { Ordering::Greater } else { Ordering::Less }),
            (Some(_), None) => Ok(if other.upper { Ordering::Less } else { Ordering::Greater }),
        }
    }
}

type Relation = fn(&Stretch<'_>, &Stretch<'_>) -> Result<bool, Reason>;

fn relate(arguments: &[Value], relation: Relation) -> Outcome {
    let (first, second) = (Stretch::of(one(arguments, 0))?, Stretch::of(one(arguments, 1))?);
    relation(&first, &second).map(Value::Boolean)
}

fn before(arguments: &[Value], _: &mut dyn Call) -> Outcome {
    relate(arguments, is_before)
}

fn after(arguments: &[Value], _: &mut dyn Call) -> Outcome {
    relate(arguments, |first, second| is_before(second, first))
}

fn meets(arguments: &[Value], _: &mut dyn Call) -> Outcome {
    relate(arguments, |first, second| do_meet(first.as_range()?, second.as_range()?))
}

fn met_by(arguments: &[Value], _: &mut dyn Call) -> Outcome {
    relate(arguments, |first, second| do_meet(second.as_range()?, first.as_range()?))
}

fn overlaps(arguments: &[Value], _: &mut dyn Call) -> Outcome {
    relate(arguments, |first, second| {
        let (first, second) = (first.as_range()?, second.as_range()?);
        Ok(!is_before(first, second)? && !is_before(second, first)?)
    })
}

fn overlaps_before(arguments: &[Value], _: &mut dyn Call) -> Outcome {
    relate(arguments, |first, second| overlap_before(first.as_range()?, second.as_range()?))
}

fn overlaps_after(arguments: &[Value], _: &mut dyn Call) -> Outcome {
    relate(arguments, |first, second| overlap_before(second.as_range()?, first.as_range()?))
}

fn finishes(arguments: &[Value], _: &mut dyn Call) -> Outcome {
    relate(arguments, |first, second| does_finish(first, second.as_range()?))
}

fn finished_by(arguments: &[Value], _: &mut dyn Call) -> Outcome {
    relate(arguments, |first, second| does_finish(second, first.as_range()?))
}

fn includes(arguments: &[Value], _: &mut dyn Call) -> Outcome {
    relate(arguments, |first, second| does_include(first.as_range()?, second))
}

fn during(arguments: &[Value], _: &mut dyn Call) -> Outcome {
    relate(arguments, |first, second| does_include(second.as_range()?, first))
}

fn starts(arguments: &[Value], _: &mut dyn Call) -> Outcome {
    relate(arguments, |first, second| does_start(first, second.as_range()?))
}

fn started_by(arguments: &[Value], _: &mut dyn Call) -> Outcome {
    relate(arguments, |first, second| does_start(second, first.as_range()?))
}

fn coincides(arguments: &[Value], _: &mut dyn Call) -> Outcome {
    relate(arguments, |first, second| {
        if first.is_point != second.is_point {
            return Err("a single value and a range never coincide".into());
        }
        Ok(same(first.start, second.start)? && same(first.end, second.end)?)
    })
}

fn is_before(first: &Stretch<'_>, second: &Stretch<'_>) -> Result<bool, Reason> {
    let side = first.end.side(second.start)?;
    Ok(side.is_lt() || (side.is_eq() && !(first.end.included && second.start.included)))
}

fn do_meet(first: &Stretch<'_>, second: &Stretch<'_>) -> Result<bool, Reason> {
    Ok(first.end.side(second.start)?.is_eq() && first.end.included && second.start.included)
}

fn overlap_before(first: &Stretch<'_>, second: &Stretch<'_>) -> Result<bool, Reason> {
    let starts_earlier = starts_no_later(first.start, second.start)? && !same(first.start, second.start)?;
    let side = first.end.side(second.start)?;
    let reaches_in = side.is_gt() || (side.is_eq() && first.end.included && second.start.included);
    Ok(starts_earlier && reaches_in && ends_no_later(first.end, second.end)?)
}

fn does_finish(first: &Stretch<'_>, second: &Stretch<'_>) -> Result<bool, Reason> {
    Ok(same(first.end, second.end)? && (first.is_point || starts_no_later(second.start, first.start)?))
}

fn does_start(first: &Stretch<'_>, second: &Stretch<'_>) -> Result<bool, Reason> {
    Ok(same(first.start, second.start)? && (first.is_point || ends_no_later(first.end, second.end)?))
}

fn does_include(outer: &Stretch<'_>, inner: &Stretch<'_>) -> Result<bool, Reason> {
    Ok(starts_no_later(outer.start, inner.start)? && ends_no_later(inner.end, outer.end)?)
}

/// The same value with the same bracket.
fn same(left: End<'_>, right: End<'_>) -> Result<bool, Reason> {
    Ok(left.side(right)?.is_eq() && left.included == right.included)
}

/// Whether everything that starts at `right` lies after the start `left`.
fn starts_no_later(left: End<'_>, right: End<'_>) -> Result<bool, Reason> {
    let side = left.side(right)?;
    Ok(side.is_lt() || (side.is_eq() && (left.included || !right.included)))
}

/// Whether everything that ends at `left` lies before the end `right`.
fn ends_no_later(left: End<'_>, right: End<'_>) -> Result<bool, Reason> {
    let side = left.side(right)?;
    Ok(side.is_lt() || (side.is_eq() && (!left.included || right.included)))
}

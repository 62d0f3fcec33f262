//! Functions that make one value of a list: given as a list, or as any number of arguments.
//!
//! An empty list has no sum, product, mean, median, smallest or largest item: null. `count(null)` is null here, as null is no
//! list (some engines answer 1). `min` and `max` take every kind that has an order, texts and dates included.

use super::arguments::{as_items, at, items, must_be, spend, spend_on};
use super::types::{
    any, boolean, booleans, gives_boolean_of_booleans, gives_item_or_null, gives_number, gives_number_or_null,
    gives_numbers, list, needed, number, numbers, several,
};
use super::{Builtin, Call, Marked, Outcome, Parameter, Reason, Run, Signature};
use crate::types::Type;
use crate::value::bounds::Bounds;
use crate::value::compare::order;
use crate::value::number::{add, divide, multiply, square_root, subtract};
use crate::value::order::sort_by;
use crate::value::unknown::Marks;
use crate::value::{Decimal, Value};

const LIST: Parameter = needed("list", list);
const NUMBERS: &[Parameter] = &[needed("list", numbers)];
const ONE_BY_ONE: &[Parameter] = &[several("n", number)];

/// A function of a list of numbers, or of numbers one by one.
const fn of_numbers(run: Run, result: fn(&[Type]) -> Type) -> [Signature; 2] {
    [Signature { parameters: NUMBERS, result, run }, Signature { parameters: ONE_BY_ONE, result, run }]
}

const SUM: &[Signature] = &of_numbers(sum, gives_number_or_null);
const MEAN: &[Signature] = &of_numbers(mean, gives_number_or_null);
const PRODUCT: &[Signature] = &of_numbers(product, gives_number_or_null);
const MEDIAN: &[Signature] = &of_numbers(median, gives_number_or_null);
const STDDEV: &[Signature] = &of_numbers(stddev, gives_number_or_null);
const MODE: &[Signature] = &of_numbers(mode, gives_numbers);

pub(super) const FAMILY: &[Builtin] = &[
    Builtin {
        name: "count",
        sentence: "How many items a list has, those that are null or not known included.",
        null: None,
        signatures: &[Signature { parameters: &[LIST], result: gives_number, run: count }],
        marked: Marked::Own,
        examples: &[("count([1, 2, 3])", "3"), ("count([])", "0"), ("count([1, null])", "2")],
    },
    Builtin {
        name: "min",
        sentence: "The smallest item.",
        null: Some("for an empty list and where items cannot be compared"),
        signatures: &[
            Signature { parameters: &[LIST], result: gives_item_or_null, run: |a, call| extreme(a, call, true) },
            Signature {
                parameters: &[several("c", any)],
                result: gives_item_or_null,
                run: |a, call| extreme(a, call, true),
            },
        ],
        marked: Marked::Own,
        examples: &[
            ("min([6, 14, -3])", "-3"),
            (r#"min("b", "a")"#, "\"a\""),
            ("min([])", "null"),
            ("min([1, null])", "null"),
        ],
    },
    Builtin {
        name: "max",
        sentence: "The largest item.",
        null: Some("for an empty list and where items cannot be compared"),
        signatures: &[
            Signature { parameters: &[LIST], result: gives_item_or_null, run: |a, call| extreme(a, call, false) },
            Signature {
                parameters: &[several("c", any)],
                result: gives_item_or_null,
                run: |a, call| extreme(a, call, false),
            },
        ],
        marked: Marked::Own,
        examples: &[
            ("max(6, 14, -3)", "14"),
            (r#"max([@"2020-01-01", @"2020-10-14"])"#, r#"@"2020-10-14""#),
            ("max([])", "null"),
        ],
    },
    Builtin {
        name: "sum",
        sentence: "The sum of numbers.",
        null: Some("for an empty list"),
        signatures: SUM,
        marked: Marked::Own,
        examples: &[("sum([6, 14, -3])", "17"), ("sum(0.1, 0.2)", "0.3"), ("sum([])", "null")],
    },
    Builtin {
        name: "mean",
        sentence: "The arithmetic mean of numbers.",
        null: Some("for an empty list"),
        signatures: MEAN,
        marked: Marked::Deep,
        examples: &[("mean([6, 14, -2])", "6"), ("mean(1, 2)", "1.5"), ("mean([])", "null")],
    },
    Builtin {
        name: "product",
        sentence: "The product of numbers.",
        null: Some("for an empty list"),
        signatures: PRODUCT,
        marked: Marked::Deep,
        examples: &[("product([2, 3, 4])", "24"), ("product([])", "null")],
    },
    Builtin {
        name: "median",
        sentence: "The number in the middle, or the mean of the two there.",
        null: Some("for an empty list"),
        signatures: MEDIAN,
        marked: Marked::Deep,
        examples: &[("median([8, 2, 5, 3, 4])", "4"), ("median(6, 1, 2, 3)", "2.5"), ("median([])", "null")],
    },
    Builtin {
        name: "stddev",
        sentence: "The standard deviation of a sample (divided by n - 1).",
        null: Some("for fewer than two numbers"),
        signatures: STDDEV,
        marked: Marked::Deep,
        examples: &[
            ("decimal(stddev(2, 4, 7, 5), 12)", "2.081665999466"),
            ("stddev([3, 3])", "0"),
            ("stddev([47])", "null"),
        ],
    },
    Builtin {
        name: "mode",
        sentence: "The numbers that come most often, in ascending order.",
        null: None,
        signatures: MODE,
        marked: Marked::Deep,
        examples: &[("mode([6, 3, 9, 6, 6])", "[6]"), ("mode(6, 1, 9, 6, 1)", "[1, 6]"), ("mode([])", "[]")],
    },
    Builtin {
        name: "all",
        sentence: "Whether every item is true: false as soon as one is false.",
        null: Some("where one is neither"),
        signatures: &[
            Signature {
                parameters: &[needed("list", booleans)],
                result: gives_boolean_of_booleans,
                run: |a, call| quantify(a, call, false),
            },
            Signature {
                parameters: &[several("b", boolean)],
                result: gives_boolean_of_booleans,
                run: |a, call| quantify(a, call, false),
            },
        ],
        marked: Marked::Own,
        examples: &[
            ("all([true, false])", "false"),
            ("all([])", "true"),
            ("all([true, null])", "null"),
            ("all(true, true)", "true"),
        ],
    },
    Builtin {
        name: "any",
        sentence: "Whether at least one item is true: true as soon as one is.",
        null: Some("where none is and one is neither"),
        signatures: &[
            Signature {
                parameters: &[needed("list", booleans)],
                result: gives_boolean_of_booleans,
                run: |a, call| quantify(a, call, true),
            },
            Signature {
                parameters: &[several("b", boolean)],
                result: gives_boolean_of_booleans,
                run: |a, call| quantify(a, call, true),
            },
        ],
        marked: Marked::Own,
        examples: &[
            ("any([false, true])", "true"),
            ("any([])", "false"),
            ("any([true, null])", "true"),
            ("any(false, null)", "null"),
        ],
    },
];

fn count(arguments: &[Value], _: &mut dyn Call) -> Outcome {
    let list = at(arguments, 0);
    if list.is_mark() {
        let mark = list.passed_on();
        return Ok(Bounds::of_items(list).map_or(mark.clone(), |counts| Value::number_within(mark, counts)));
    }
    let count = u64::try_from(items(arguments, 0, "list")?.len()).unwrap_or(u64::MAX);
    Ok(Value::Number(count.into()))
}

fn extreme(arguments: &[Value], call: &mut dyn Call, smallest: bool) -> Outcome {
    let items = items(arguments, 0, "list")?;
    spend(call, items.len())?;
    let smaller = |left: Bounds, right: Bounds| if smallest { left.smaller(right) } else { left.greater(right) };
    if let Some(mark) = marked(at(arguments, 0), call, smaller)? {
        return Ok(mark);
    }
    let Some((first, rest)) = items.split_first() else {
        return Err(empty());
    };
    let mut best = first;
    // A single item must be comparable too.
    order(best, best).ok_or_else(cannot_compare)?;
    for item in rest {
        let side = order(item, best).ok_or_else(cannot_compare)?;
        if (smallest && side.is_lt()) || (!smallest && side.is_gt()) {
            best = item;
        }
    }
    Ok(best.clone())
}

/// The mark that a list makes of the result, within the bounds that the items have together.
fn marked(list: &Value, call: &mut dyn Call, both: impl Fn(Bounds, Bounds) -> Bounds) -> Result<Option<Value>, Reason> {
    spend_on(call, list)?;
    let items = as_items(list);
    let mut marks = Marks::default();
    items.iter().for_each(|item| {
        marks.note_deep(item);
    });
    let Some(mark) = marks.into_mark() else { return Ok(None) };
    let bounds: Option<Vec<Bounds>> = items.iter().map(Bounds::of).collect();
    let bounds = bounds.and_then(|bounds| bounds.into_iter().reduce(both));
    Ok(Some(bounds.map_or(mark.clone(), |bounds| Value::number_within(mark, bounds))))
}

fn cannot_compare() -> Reason {
    Reason::from("the items of the list cannot be compared with one another")
}

fn empty() -> Reason {
    Reason::from("the list is empty")
}

fn too_large() -> Reason {
    Reason::from("the result is too large or too small to be held")
}

/// The numbers of the list.
fn read(arguments: &[Value], call: &mut dyn Call) -> Result<Vec<Decimal>, Reason> {
    let items = items(arguments, 0, "list")?;
    spend(call, items.len())?;
    let number = |item: &Value| match item {
        Value::Number(number) => Ok(*number),
        other => Err(must_be("every item", "a number", other)),
    };
    items.iter().map(number).collect()
}

/// The same, of which there must be one.
fn read_some(arguments: &[Value], call: &mut dyn Call) -> Result<Vec<Decimal>, Reason> {
    let numbers = read(arguments, call)?;
    if numbers.is_empty() { Err(empty()) } else { Ok(numbers) }
}

fn total(numbers: &[Decimal]) -> Option<Decimal> {
    numbers.iter().try_fold(Decimal::ZERO, |total, number| add(total, *number))
}

fn mean_of(numbers: &[Decimal]) -> Option<Decimal> {
    divide(total(numbers)?, Decimal::from(numbers.len()))
}

fn give(result: Option<Decimal>) -> Outcome {
    result.map(Value::Number).ok_or_else(too_large)
}

fn sum(arguments: &[Value], call: &mut dyn Call) -> Outcome {
    if let Some(mark) = marked(at(arguments, 0), call, Bounds::plus)? {
        return Ok(mark);
    }
    give(total(&read_some(arguments, call)?))
}

fn mean(arguments: &[Value], call: &mut dyn Call) -> Outcome {
    give(mean_of(&read_some(arguments, call)?))
}

fn product(arguments: &[Value], call: &mut dyn Call) -> Outcome {
    let numbers = read_some(arguments, call)?;
    give(numbers.iter().try_fold(Decimal::ONE, |product, number| multiply(product, *number)))
}

fn median(arguments: &[Value], call: &mut dyn Call) -> Outcome {
    let mut numbers = read_some(arguments, call)?;
    sort_by(&mut numbers, Ord::cmp);
    let middle = numbers.len() / 2;
    let upper = numbers.get(middle).copied();
    let lower = middle.checked_sub(1).and_then(|below| numbers.get(below)).copied();
    match (lower, upper) {
        (Some(lower), Some(upper)) if numbers.len().is_multiple_of(2) => give(mean_of(&[lower, upper])),
        (_, middle) => give(middle),
    }
}

fn stddev(arguments: &[Value], call: &mut dyn Call) -> Outcome {
    let numbers = read(arguments, call)?;
    if numbers.len() < 2 {
        return Err("a standard deviation needs at least two numbers".into());
    }
    let deviation = || {
        let mean = mean_of(&numbers)?;
        let mut squares = Decimal::ZERO;
        for number in &numbers {
            let distance = subtract(*number, mean)?;
            squares = add(squares, multiply(distance, distance)?)?;
        }
        square_root(divide(squares, Decimal::from(numbers.len() - 1))?)
    };
    give(deviation())
}

fn mode(arguments: &[Value], call: &mut dyn Call) -> Outcome {
    let mut numbers = read(arguments, call)?;
    sort_by(&mut numbers, Ord::cmp);
    let runs = || numbers.chunk_by(|left, right| left == right);
    let most = runs().map(<[_]>::len).max();
    let winners = runs().filter(|run| Some(run.len()) == most).filter_map(|run| run.first());
    Ok(Value::list(winners.map(|number| Value::Number(*number)).collect()))
}

/// `any` when `settles` is true, `all` when it is false: one such item settles the result, whatever the others are.
fn quantify(arguments: &[Value], call: &mut dyn Call, settles: bool) -> Outcome {
    if at(arguments, 0).is_mark() {
        return Ok(at(arguments, 0).passed_on());
    }
    let items = items(arguments, 0, "list")?;
    spend(call, items.len())?;
    let mut marks = Marks::that_may_settle();
    let mut other = None;
    for item in items {
        match item {
            Value::Boolean(boolean) if *boolean == settles => return Ok(Value::Boolean(settles)),
            Value::Boolean(_) => {}
            item => {
                if !marks.note(item) {
                    other = Some(item);
                }
            }
        }
    }
    match (marks.into_mark(), other) {
        (Some(mark), _) => Ok(mark),
        (None, Some(other)) => Err(must_be("every item", "true or false", other)),
        (None, None) => Ok(Value::Boolean(!settles)),
    }
}

//! List functions. Positions are 1-based, negative ones count from the end, and only their whole part counts.
//!
//! Where engines differ: a position outside the list is null with a reason, never an empty or unchanged list; a length that
//! reaches beyond the end takes what is there; `remove(list, -1)` removes the last item and `insert before(list, -1, x)`
//! puts one before it.

use super::arguments::{
    VALUES_AT_ONCE, as_items, at, function, items, must_be, one, place, spend, spend_on, values_in, whole_part,
};
use super::types::{
    any, any_number, gives_boolean, gives_first_list, gives_first_list_or_null, item, list, needed, number, several,
    test_of_two,
};
use super::{Builtin, Call, Marked, Outcome, Parameter, Reason, Signature};
use crate::types::Type;
use crate::value::compare::equal;
use crate::value::unknown::Marks;
use crate::value::{FunctionValue, Value};
use std::sync::Arc;

const LIST: Parameter = needed("list", list);
const POSITION: Parameter = needed("position", number);
const NEW_ITEM: Parameter = needed("newItem", any);

pub(super) const FAMILY: &[Builtin] = &[
    LIST_CONTAINS,
    LIST_REPLACE,
    SUBLIST,
    APPEND,
    CONCATENATE,
    INSERT_BEFORE,
    REMOVE,
    REVERSE,
    INDEX_OF,
    UNION,
    DISTINCT_VALUES,
    FLATTEN,
    SORT,
];

const LIST_CONTAINS: Builtin = Builtin {
    name: "list contains",
    sentence: "Whether an item of the list equals the element; null may be looked for too.",
    null: None,
    signatures: &[Signature { parameters: &[LIST, needed("element", any)], result: gives_boolean, run: list_contains }],
    marked: Marked::Own,
    examples: &[
        ("list contains([1, 2, 3], 2)", "true"),
        ("list contains([1, null], null)", "true"),
        ("list contains([], 1)", "false"),
    ],
};

const LIST_REPLACE: Builtin = Builtin {
    name: "list replace",
    sentence: "The list with a new item at a position, or in place of every item that a function accepts.",
    null: Some("when the position lies outside the list"),
    signatures: &[
        Signature { parameters: &[LIST, POSITION, NEW_ITEM], result: with_new_item, run: list_replace },
        Signature {
            parameters: &[LIST, needed("match", test_of_two), NEW_ITEM],
            result: with_new_item,
            run: list_replace,
        },
    ],
    marked: Marked::Own,
    examples: &[
        ("list replace([1, 2, 3], 2, 4)", "[1, 4, 3]"),
        ("list replace([2, 4, 7, 8], function(item, newItem) item < newItem, 5)", "[5, 5, 7, 8]"),
        ("list replace([1, 2, 3], 4, 4)", "null"),
    ],
};

const SUBLIST: Builtin = Builtin {
    name: "sublist",
    sentence: "The items from a position on, all of them or so many.",
    null: Some("when the position lies outside the list"),
    signatures: &[
        Signature {
            parameters: &[LIST, needed("start position", number)],
            result: gives_first_list_or_null,
            run: sublist_to_end,
        },
        Signature {
            parameters: &[LIST, needed("start position", number), needed("length", number)],
            result: gives_first_list_or_null,
            run: sublist,
        },
    ],
    marked: Marked::Shallow,
    examples: &[
        ("sublist([4, 5, 6], 1, 2)", "[4, 5]"),
        ("sublist([4, 5, 6], -2)", "[5, 6]"),
        ("sublist([4, 5, 6], 2, 9)", "[5, 6]"),
    ],
};

const APPEND: Builtin = Builtin {
    name: "append",
    sentence: "The list with items added at its end; a list among them is one item.",
    null: None,
    signatures: &[Signature { parameters: &[LIST, any_number("item", any)], result: appended, run: append }],
    marked: Marked::Shallow,
    examples: &[("append([1], 2, 3)", "[1, 2, 3]"), ("append([1], [2])", "[1, [2]]")],
};

const CONCATENATE: Builtin = Builtin {
    name: "concatenate",
    sentence: "One list with the items of all.",
    null: None,
    signatures: &[Signature { parameters: &[several("list", list)], result: joined, run: concatenate }],
    marked: Marked::Shallow,
    examples: &[("concatenate([1, 2], [3])", "[1, 2, 3]"), ("concatenate([], [[1]])", "[[1]]")],
};

const INSERT_BEFORE: Builtin = Builtin {
    name: "insert before",
    sentence: "The list with a new item before the one at a position.",
    null: Some("when the position lies outside the list"),
    signatures: &[Signature { parameters: &[LIST, POSITION, NEW_ITEM], result: with_new_item, run: insert_before }],
    marked: Marked::Shallow,
    examples: &[("insert before([1, 3], 1, 2)", "[2, 1, 3]"), ("insert before([1, 2, 3], -1, 9)", "[1, 2, 9, 3]")],
};

const REMOVE: Builtin = Builtin {
    name: "remove",
    sentence: "The list without the item at a position.",
    null: Some("when the position lies outside the list"),
    signatures: &[Signature { parameters: &[LIST, POSITION], result: gives_first_list_or_null, run: remove }],
    marked: Marked::Shallow,
    examples: &[("remove([1, 2, 3], 2)", "[1, 3]"), ("remove([1, 2, 3], -1)", "[1, 2]"), ("remove([1], 2)", "null")],
};

const REVERSE: Builtin = Builtin {
    name: "reverse",
    sentence: "The items in the opposite order.",
    null: None,
    signatures: &[Signature { parameters: &[LIST], result: gives_first_list, run: reverse }],
    marked: Marked::Shallow,
    examples: &[("reverse([1, 2, 3])", "[3, 2, 1]"), ("reverse([])", "[]")],
};

const INDEX_OF: Builtin = Builtin {
    name: "index of",
    sentence: "The positions of all items that equal a value, in order.",
    null: None,
    signatures: &[Signature {
        parameters: &[LIST, needed("match", any)],
        result: |_| super::types::numbers(),
        run: index_of,
    }],
    marked: Marked::Deep,
    examples: &[
        ("index of([1, 2, 3, 2], 2)", "[2, 4]"),
        ("index of([1, null], null)", "[2]"),
        ("index of([1], 5)", "[]"),
    ],
};

const UNION: Builtin = Builtin {
    name: "union",
    sentence: "One list with the items of all, each value once, in the order of its first place.",
    null: None,
    signatures: &[Signature { parameters: &[several("list", list)], result: joined, run: union }],
    marked: Marked::Deep,
    examples: &[("union([1, 2], [2, 3])", "[1, 2, 3]"), ("union([2, 2])", "[2]")],
};

const DISTINCT_VALUES: Builtin = Builtin {
    name: "distinct values",
    sentence: "The items without repeats, in the order of their first place.",
    null: None,
    signatures: &[Signature { parameters: &[LIST], result: gives_first_list, run: distinct_values }],
    marked: Marked::Deep,
    examples: &[("distinct values([1, 2, 1, 3])", "[1, 2, 3]"), ("distinct values([null, 1, null])", "[null, 1]")],
};

const FLATTEN: Builtin = Builtin {
    name: "flatten",
    sentence: "One list without lists in it: the items of inner lists stand in their place.",
    null: None,
    signatures: &[Signature { parameters: &[LIST], result: flattened, run: flatten }],
    marked: Marked::Deep,
    examples: &[("flatten([[1, 2], [[3]], 4])", "[1, 2, 3, 4]"), ("flatten([[], 1])", "[1]")],
};

/// The order of items that the function calls neither before nor after each other is kept.
const SORT: Builtin = Builtin {
    name: "sort",
    sentence: "The items in the order in which a function of two items says that the first comes before the second.",
    null: Some("when it says neither true nor false"),
    signatures: &[Signature {
        parameters: &[LIST, needed("precedes", test_of_two)],
        result: gives_first_list_or_null,
        run: sort,
    }],
    marked: Marked::Own,
    examples: &[("sort([3, 1, 5, 4], function(x, y) x < y)", "[1, 3, 4, 5]"), ("sort([], function(x, y) x < y)", "[]")],
};

fn with_new_item(types: &[Type]) -> Type {
    let old = types.first().map_or(Type::Any, item);
    let new = types.get(2).cloned().unwrap_or(Type::Any);
    super::types::or_null(Type::List(Arc::new(super::types::either(&old, &new))))
}

fn appended(types: &[Type]) -> Type {
    let old = types.first().map_or(Type::Any, item);
    let new = types.get(1).map_or(Type::Any, item);
    Type::List(Arc::new(super::types::either(&old, &new)))
}

/// Of a list of lists, the list of their items.
fn joined(types: &[Type]) -> Type {
    let of_one = types.first().map_or(Type::Any, item);
    Type::List(Arc::new(item(&of_one)))
}

fn flattened(types: &[Type]) -> Type {
    let mut innermost = types.first().map_or(Type::Any, item);
    while matches!(innermost, Type::List(_)) {
        innermost = item(&innermost);
    }
    Type::List(Arc::new(innermost))
}

/// The mark that an argument itself is, for functions that look at marks themselves.
fn argument_mark(arguments: &[Value]) -> Option<Value> {
    let mut marks = Marks::default();
    for argument in arguments {
        marks.note(argument);
    }
    marks.into_mark()
}

fn list_contains(arguments: &[Value], call: &mut dyn Call) -> Outcome {
    if at(arguments, 0).is_mark() {
        return Ok(at(arguments, 0).passed_on());
    }
    let items = items(arguments, 0, "list")?;
    let element = at(arguments, 1);
    let mut marks = Marks::that_may_settle();
    // Whatever the element turns out to be, an empty list does not contain it.
    if items.is_empty() {
        return Ok(Value::Boolean(false));
    }
    spend_on(call, element)?;
    let element_is_open = marks.note_deep(element);
    for item in items {
        spend_on(call, item)?;
        if !marks.note_deep(item) && !element_is_open && equal(item, element) == Some(true) {
            return Ok(Value::Boolean(true));
        }
    }
    Ok(marks.into_mark().unwrap_or(Value::Boolean(false)))
}

fn list_replace(arguments: &[Value], call: &mut dyn Call) -> Outcome {
    // The new item alone may be a mark: it is only put in its place.
    if let Some(mark) = argument_mark(arguments.get(..2).unwrap_or(&[])) {
        return Ok(mark);
    }
    let mut changed = items(arguments, 0, "list")?.to_vec();
    spend(call, changed.len())?;
    let new_item = at(arguments, 2);
    match one(arguments, 1) {
        Value::Number(_) => {
            let place = place(whole_part(arguments, 1, "position")?, changed.len())?;
            if let Some(item) = changed.get_mut(place) {
                *item = new_item.clone();
            }
        }
        Value::Function(accepts) => {
            for item in &mut changed {
                match answer(accepts, item, new_item, call)? {
                    Ok(true) => *item = new_item.clone(),
                    Ok(false) => {}
                    Err(mark) => return Ok(mark),
                }
            }
        }
        other => return Err(must_be("position", "a number or a function of two items", other)),
    }
    Ok(Value::list(changed))
}

/// What a function of two items says: yes, no, or the mark that it depends on. Anything else is null.
fn answer(
    function: &FunctionValue,
    left: &Value,
    right: &Value,
    call: &mut dyn Call,
) -> Result<Result<bool, Value>, Reason> {
    spend(call, 1)?;
    match call.call(function, vec![left.clone(), right.clone()]) {
        Value::Boolean(answer) => Ok(Ok(answer)),
        mark if mark.is_mark() => Ok(Err(mark.passed_on())),
        other => Err(must_be("the result of the function", "true or false", &other)),
    }
}

fn sublist_to_end(arguments: &[Value], call: &mut dyn Call) -> Outcome {
    let items = items(arguments, 0, "list")?;
    let start = place(whole_part(arguments, 1, "start position")?, items.len())?;
    let rest = items.get(start..).unwrap_or(&[]);
    spend(call, rest.len())?;
    Ok(Value::list(rest.to_vec()))
}

fn sublist(arguments: &[Value], call: &mut dyn Call) -> Outcome {
    let items = items(arguments, 0, "list")?;
    let start = place(whole_part(arguments, 1, "start position")?, items.len())?;
    let length = whole_part(arguments, 2, "length")?;
    let length = usize::try_from(length).map_err(|_| Reason::from("`length` must not be negative"))?;
    let end = start.saturating_add(length).min(items.len());
    let part = items.get(start..end).unwrap_or(&[]);
    spend(call, part.len())?;
    Ok(Value::list(part.to_vec()))
}

fn append(arguments: &[Value], call: &mut dyn Call) -> Outcome {
    let mut longer = items(arguments, 0, "list")?.to_vec();
    if let Value::List(more) = at(arguments, 1) {
        longer.extend(more.iter().cloned());
    }
    spend(call, longer.len())?;
    Ok(Value::list(longer))
}

fn concatenate(arguments: &[Value], call: &mut dyn Call) -> Outcome {
    let mut whole = Vec::new();
    for part in as_items(at(arguments, 0)) {
        match part {
            Value::Null => return Err(must_be("list", "a list", part)),
            mark if mark.is_mark() => return Ok(mark.passed_on()),
            part => {
                spend(call, as_items(part).len())?;
                whole.extend_from_slice(as_items(part));
            }
        }
    }
    Ok(Value::list(whole))
}

fn insert_before(arguments: &[Value], call: &mut dyn Call) -> Outcome {
    let mut longer = items(arguments, 0, "list")?.to_vec();
    spend(call, longer.len())?;
    let place = place(whole_part(arguments, 1, "position")?, longer.len())?;
    longer.insert(place, at(arguments, 2).clone());
    Ok(Value::list(longer))
}

fn remove(arguments: &[Value], call: &mut dyn Call) -> Outcome {
    let mut shorter = items(arguments, 0, "list")?.to_vec();
    spend(call, shorter.len())?;
    let place = place(whole_part(arguments, 1, "position")?, shorter.len())?;
    shorter.remove(place);
    Ok(Value::list(shorter))
}

fn reverse(arguments: &[Value], call: &mut dyn Call) -> Outcome {
    let items = items(arguments, 0, "list")?;
    spend(call, items.len())?;
    Ok(Value::list(items.iter().rev().cloned().collect()))
}

fn index_of(arguments: &[Value], call: &mut dyn Call) -> Outcome {
    let items = items(arguments, 0, "list")?;
    spend(call, items.len())?;
    let wanted = at(arguments, 1);
    let places = (1_u64..).zip(items).filter(|(_, item)| equal(item, wanted) == Some(true));
    Ok(Value::list(places.map(|(place, _)| Value::Number(place.into())).collect()))
}

fn union(arguments: &[Value], call: &mut dyn Call) -> Outcome {
    match concatenate(arguments, call)? {
        Value::List(all) => distinct(&all, call),
        other => Ok(other),
    }
}

fn distinct_values(arguments: &[Value], call: &mut dyn Call) -> Outcome {
    distinct(items(arguments, 0, "list")?, call)
}

fn distinct(items: &[Value], call: &mut dyn Call) -> Outcome {
    let mut kept: Vec<Value> = Vec::new();
    // What there is in the items kept so far, which every new one is compared with.
    let mut held: usize = 0;
    for item in items {
        spend(call, held / VALUES_AT_ONCE + 1)?;
        if !kept.iter().any(|known| equal(known, item) == Some(true)) {
            held = held.saturating_add(values_in(item));
            kept.push(item.clone());
        }
    }
    Ok(Value::list(kept))
}

fn flatten(arguments: &[Value], call: &mut dyn Call) -> Outcome {
    let mut flat = Vec::new();
    // Lists still being read, innermost last; no recursion, however deep they are.
    let mut open = vec![items(arguments, 0, "list")?.iter()];
    while let Some(innermost) = open.last_mut() {
        spend(call, 1)?;
        match innermost.next() {
            None => {
                open.pop();
            }
            Some(Value::List(inner)) => open.push(inner.iter()),
            Some(item) => flat.push(item.clone()),
        }
    }
    Ok(Value::list(flat))
}

/// A merge sort from the bottom up: stable, and no more than n log n calls whatever the function answers.
fn sort(arguments: &[Value], call: &mut dyn Call) -> Outcome {
    if let Some(mark) = argument_mark(arguments) {
        return Ok(mark);
    }
    let mut sorted = items(arguments, 0, "list")?.to_vec();
    let precedes = function(arguments, 1, "precedes")?;
    let mut width = 1;
    while width < sorted.len() {
        let mut next = Vec::with_capacity(sorted.len());
        for pair in sorted.chunks(width * 2) {
            let (mut left, mut right) = pair.split_at_checked(width).unwrap_or((pair, &[]));
            while let ([first, left_rest @ ..], [second, right_rest @ ..]) = (left, right) {
                match answer(precedes, second, first, call)? {
                    Ok(true) => {
                        next.push(second.clone());
                        right = right_rest;
                    }
                    Ok(false) => {
                        next.push(first.clone());
                        left = left_rest;
                    }
                    Err(mark) => return Ok(mark),
                }
            }
            next.extend_from_slice(left);
            next.extend_from_slice(right);
        }
        sorted = next;
        width *= 2;
    }
    Ok(Value::list(sorted))
}

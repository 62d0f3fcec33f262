//! `not_known` and `not_applicable`: JSON pointers to facts that have no value, and why.

use std::sync::Arc;

use super::case::{Case, FactState};
use super::fault::Fault;
use crate::code::CASE_BAD_POINTER;
use crate::diagnostic::closest;
use crate::program::{Fact, FactKind, Schema, Shape};
use crate::value::Value;
use crate::value::unknown::FactId;

/// Applies `state` to what `pointer` names. The fault's own pointer is left to the caller.
pub(super) fn apply(schema: &Schema, case: &mut Case, pointer: &str, state: FactState) -> Result<(), Fault> {
    let Some(inner) = pointer.strip_prefix('/') else {
        return Err(bad("should be a JSON pointer to a fact").help("write it as \"/fact\" or \"/object/field\""));
    };
    if !inner.bytes().any(|byte| byte == b'/' || byte == b'~') {
        let (id, fact) = field(schema, &schema.root, inner)?;
        return whole(schema, case, id, fact, state);
    }
    let steps: Vec<String> =
        pointer.split('/').skip(1).map(|step| step.replace("~1", "/").replace("~0", "~")).collect();
    let mut shape = &schema.root;
    let mut rest = steps.as_slice();
    while let Some((step, after)) = rest.split_first() {
        rest = after;
        let (id, fact) = field(schema, shape, step)?;
        match &fact.kind {
            _ if rest.is_empty() => return whole(schema, case, id, fact, state),
            FactKind::Object(inner) => shape = inner,
            FactKind::List { items, .. } => return inside_list(schema, case, id, *items, rest, state),
            _ => break,
        }
    }
    Err(bad("names no fact of the pack"))
}

fn bad(message: &str) -> Fault {
    Fault::new(&CASE_BAD_POINTER, "", message)
}

fn has_value() -> Fault {
    bad("names a fact that has a value in this case").help("leave out the value, or the pointer")
}

fn field<'s>(schema: &'s Schema, shape: &Shape, step: &str) -> Result<(FactId, &'s Fact), Fault> {
    let id = shape.find(step).and_then(|place| shape.field(place));
    id.and_then(|id| Some((id, schema.fact(id)?))).ok_or_else(|| {
        let fault = bad("names no fact of the pack");
        match closest(step, shape.keys.iter().map(AsRef::as_ref)) {
            Some(word) => fault.help(format!("did you mean `{word}`?")),
            None => fault,
        }
    })
}

/// A fact with a slot; an object means everything in it.
fn whole(schema: &Schema, case: &mut Case, id: FactId, fact: &Fact, state: FactState) -> Result<(), Fault> {
    let slots = || (id..fact.end).filter(|inner| schema.fact(*inner).is_some_and(|fact| !fact.in_list));
    for inner in slots() {
        match case.state(inner) {
            FactState::NotAsked => {}
            FactState::Known => return Err(has_value()),
            FactState::NotKnown | FactState::NotApplicable => {
                return Err(bad("names a fact that `not_known` or `not_applicable` already has"));
            }
        }
    }
    slots().for_each(|inner| case.set_state(inner, state));
    Ok(())
}

/// A field of an item of a list that the case supplies.
fn inside_list(
    schema: &Schema,
    case: &mut Case,
    list: FactId,
    items: FactId,
    steps: &[String],
    state: FactState,
) -> Result<(), Fault> {
    let known = case.state(list) == FactState::Known;
    let used = schema.fact(list).is_some_and(|fact| fact.used);
    if !known {
        return Err(bad("names an item of a list that this case does not have"));
    }
    let mut value = if used { case.value_mut(list) } else { None };
    let mut declared = items;
    let mut steps = steps.iter();
    // From the list into the item, then from field to field.
    while let Some(step) = steps.next() {
        let in_list = schema.fact(declared).ok_or_else(has_value)?;
        let index: Option<usize> = step.parse().ok();
        let index = index.ok_or_else(|| bad("needs the number of an item after the name of a list"))?;
        value = item(value, index, used)?;
        let mut fact = in_list;
        while let FactKind::Object(shape) = &fact.kind {
            let Some(step) = steps.next() else { return Err(has_value()) };
            let place = shape.find(step);
            fact = field(schema, shape, step)?.1;
            value = member(value, place);
        }
        if let FactKind::List { items, .. } = fact.kind
            && steps.len() > 0
        {
            declared = items;
            continue;
        }
        break;
    }
    if steps.len() > 0 {
        return Err(bad("names no fact of the pack"));
    }
    let missing = match value {
        Some(Value::Unknown(unknown)) => unknown.facts().first().copied(),
        Some(Value::Context(_)) => return Err(bad("names an object inside an item; name its fields")),
        Some(_) => return Err(has_value()),
        // The rules do not read this list, so its values were not kept.
        None => return Ok(()),
    };
    if let Some(slot) = value
        && state == FactState::NotApplicable
    {
        *slot = Value::NotApplicable;
    }
    if let Some(missing) = missing {
        case.set_item_state(missing, state);
    }
    Ok(())
}

/// The item of a list that is being filled, so that nothing else holds it.
fn item(list: Option<&mut Value>, index: usize, used: bool) -> Result<Option<&mut Value>, Fault> {
    let Some(Value::List(items)) = list else { return Ok(None) };
    let item = Arc::get_mut(items).and_then(|items| items.item_mut(index));
    if item.is_none() && used {
        return Err(bad("names an item of a list that this case does not have"));
    }
    Ok(item)
}

fn member(context: Option<&mut Value>, place: Option<usize>) -> Option<&mut Value> {
    let Some(Value::Context(context)) = context else { return None };
    Arc::get_mut(context)?.value_mut(place?)
}

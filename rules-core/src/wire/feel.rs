//! One FEEL expression outside any pack.

use super::answer::{self, Refusal};
use super::chunk::WireError;
use super::request::Request;
use crate::diagnostic::Diagnostic;
use crate::expression::Feel;
use crate::source::pointer_to;
use crate::value::Zones;

/// Answers `feel`: the value, or what is wrong with the expression or with what was given beside it.
pub(super) fn evaluate(request: &Request<'_>, zones: Zones<'_>) -> Result<String, Refusal> {
    let expression = request.text("expression")?;
    let check = request.boolean("check")?;
    let mut feel = Feel::new();
    if let Some(zones) = zones {
        feel.use_time_zones(zones.clone());
    }
    if let Some(date) = request.optional_text("as_of")?
        && !feel.decide_at(date)
    {
        return Err(WireError::BadDate.into());
    }
    if let Some(faulty) = names_and_types(&mut feel, request)? {
        return Ok(faulty);
    }
    Ok(match feel.evaluate(expression) {
        Ok(value) => answer::value(&value, check.then(|| feel.check(expression)).as_ref(), expression),
        Err(faults) => answer::diagnostics("/expression", &faults, expression),
    })
}

/// Gives `feel` its names and types; an answer when something is wrong with them.
fn names_and_types(feel: &mut Feel, request: &Request<'_>) -> Result<Option<String>, Refusal> {
    let faulty = |within: &str, faults: &[Diagnostic], text| Ok(Some(answer::diagnostics(within, faults, text)));
    if let Some(types) = request.optional_raw("types")
        && let Err(faults) = feel.define(types)
    {
        return faulty("/types", &faults, types);
    }
    for (name, type_name) in request.named_texts("declared")? {
        if let Err(faults) = feel.declare(name, type_name) {
            return faulty(&pointer_to("/declared", name), &faults, type_name);
        }
    }
    if let Some(type_name) = request.optional_text("returns")?
        && let Err(faults) = feel.returns(type_name)
    {
        return faulty("/returns", &faults, type_name);
    }
    if let Some(context) = request.optional_text("context")?
        && let Err(faults) = feel.read(context)
    {
        return faulty("/context", &faults, context);
    }
    if let Some(inputs) = request.optional_raw("inputs")
        && let Err(faults) = feel.read_typed(inputs)
    {
        return faulty("/inputs", &faults, inputs);
    }
    for name in request.texts("not_known")? {
        feel.not_known(name);
    }
    Ok(None)
}

//! One FEEL expression outside any pack.

use super::answer::{self, Refusal};
use super::chunk::WireError;
use super::request::Request;
use crate::expression::Feel;
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
    if let Some(context) = request.optional_text("context")?
        && let Err(faults) = feel.read(context)
    {
        return Ok(answer::diagnostics("/context", &faults, context));
    }
    if let Some(inputs) = request.optional_raw("inputs")
        && let Err(faults) = feel.read_typed(inputs)
    {
        return Ok(answer::diagnostics("/inputs", &faults, inputs));
    }
    for name in request.texts("not_known")? {
        feel.not_known(name);
    }
    Ok(match feel.evaluate(expression) {
        Ok(value) => answer::value(&value, check.then(|| feel.check(expression)).as_ref(), expression),
        Err(faults) => answer::diagnostics("/expression", &faults, expression),
    })
}

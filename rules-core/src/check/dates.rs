//! Periods: each has days in it, and a parameter's follow one another without gap or overlap.

use crate::code;
use crate::diagnostic::Diagnostic;
use crate::model::{Applicability, Logic, Model, Parameter, ParameterValue};
use crate::period::Period;
use crate::source::{Place, pointer_to};

/// Checks every period of `model`.
pub(super) fn check(model: &Model, findings: &mut Vec<Diagnostic>) {
    in_force(model.in_force.as_ref(), "", findings);
    model.parameters.iter().for_each(|parameter| check_parameter(parameter, findings));
    for decision in &model.decisions {
        in_force(decision.in_force.as_ref(), &decision.pointer, findings);
        if let Logic::Table(table) = &decision.logic {
            table.rules.iter().for_each(|rule| in_force(rule.in_force.as_ref(), &rule.pointer, findings));
        }
    }
}

/// The period in the field `in_force` of what stands at `pointer`.
fn in_force(found: Option<&Applicability>, pointer: &str, findings: &mut Vec<Diagnostic>) {
    if let Some(found) = found {
        check_period(found.period, &pointer_to(pointer, "in_force"), findings);
    }
}

/// Complains when the period has no day in it; true if so.
fn check_period(period: Period, pointer: &str, findings: &mut Vec<Diagnostic>) -> bool {
    let (Some(from), Some(to)) = (period.from, period.to) else { return false };
    if from < to {
        return false;
    }
    let message = format!("the period ends on {to}, and begins only on {from}");
    let help = "`to` is the first day on which it no longer holds, so it comes after `from`";
    findings.push(Diagnostic::new(&code::BAD_PERIOD, Place::at(pointer), message).help(help));
    true
}

fn check_parameter(parameter: &Parameter, findings: &mut Vec<Diagnostic>) {
    let mut bad = false;
    for value in parameter.values.iter().filter(|value| value.end_written) {
        bad |= check_period(value.period, &value.pointer, findings);
    }
    if bad {
        return;
    }
    for (value, next) in parameter.values.iter().zip(parameter.values.iter().skip(1)) {
        check_neighbours(parameter, value, next, findings);
    }
}

fn check_neighbours(
    parameter: &Parameter,
    value: &ParameterValue,
    next: &ParameterValue,
    findings: &mut Vec<Diagnostic>,
) {
    let place = Place::at(&next.pointer);
    let name = &parameter.name;
    let Some(begins) = next.period.from else {
        let message = format!("two values of `{name}` hold from the beginning of time");
        let help = "give the later one its first day in `from`";
        findings.push(Diagnostic::new(&code::PERIOD_OVERLAP, place, message).help(help));
        return;
    };
    if value.period.from == next.period.from {
        let message = format!("two values of `{name}` begin on {begins}");
        let help = "leave one of them out, or correct its date";
        findings.push(Diagnostic::new(&code::PERIOD_OVERLAP, place, message).help(help));
        return;
    }
    let Some(ends) = value.period.to.filter(|_| value.end_written) else { return };
    if ends < begins {
        let message = format!("no value of `{name}` holds from {ends} until {begins}");
        let help = "move `to` or `from`, or leave `to` out: a value holds until the next one begins";
        findings.push(Diagnostic::new(&code::PERIOD_GAP, place, message).help(help));
    } else if ends > begins {
        let message = format!("from {begins} until {ends} two values of `{name}` hold");
        let help = "`to` is the first day on which the value no longer holds; leave it out and the value holds until the next one begins";
        findings.push(Diagnostic::new(&code::PERIOD_OVERLAP, place, message).help(help));
    }
}

//! What the cases of a pack should reach, by the names of the pack, and how many of some cases reach it.

use crate::program::{Logic, Point, Program, at};
use crate::value::json::Written;

/// One point with the number of cases that reach it.
pub(super) fn entry(program: &Program, point: Point, cases: u32) -> Option<Written> {
    let decision = |number: u32| Some(("decision", Written::text(&*program.decision(number)?.name)));
    let mut members = match point {
        Point::State { decision: number, state } => vec![decision(number)?, ("state", Written::text(state.words()))],
        Point::Row { decision: number, row } => vec![decision(number)?, ("row", number_of(row.saturating_add(1)))],
        Point::Default { decision: number } => vec![decision(number)?, ("default", Written::boolean(true))],
        Point::Trigger { decision: number, trigger, state } => {
            let Logic::Triggers(triggers) = &program.decision(number)?.logic else { return None };
            let trigger = Written::text(&*at(triggers, trigger)?.name);
            vec![decision(number)?, ("trigger", trigger), ("state", Written::text(state.words()))]
        }
        Point::Period { parameter, period } => {
            let parameter = program.parameter(parameter)?;
            let period = at(&parameter.periods, period)?.period;
            let mut members = vec![("parameter", Written::text(&*parameter.name))];
            members.extend(period.from.map(|from| ("from", Written::text(from.to_string()))));
            members.extend(period.to.map(|to| ("to", Written::text(to.to_string()))));
            members
        }
        Point::Alternative { reading, alternative } => {
            let reading = program.reading(reading)?;
            let alternative = at(&reading.alternatives, alternative)?;
            vec![("reading", Written::text(&*reading.name)), ("alternative", Written::text(&*alternative.name))]
        }
    };
    members.push(("cases", number_of(cases)));
    Some(Written::Object(members.into_iter().map(|(key, value)| (key.to_owned(), value)).collect()))
}

fn number_of(number: u32) -> Written {
    Written::Bare(number.to_string())
}

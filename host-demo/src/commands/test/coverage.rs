//! What of a pack its cases do not reach, in the words of somebody who writes cases.

use crate::engine::session::Session;
use crate::exact::Exact;
use crate::failure::{Failure, Outcome};
use crate::packs::PackFile;
use crate::terminal;
use serde::Deserialize;
use std::collections::BTreeMap;

/// The engine's answer: everything that cases should reach.
#[derive(Deserialize)]
struct Answer {
    coverage: Vec<Point>,
}

/// One thing that cases should reach, by its names in the pack.
#[derive(Deserialize)]
struct Point {
    decision: Option<String>,
    state: Option<String>,
    row: Option<u32>,
    trigger: Option<String>,
    parameter: Option<String>,
    from: Option<String>,
    to: Option<String>,
    reading: Option<String>,
    alternative: Option<String>,
    /// How many of the cases reach it.
    cases: u32,
}

/// Prints what no case reaches, and the share that is reached; whether that is all.
pub(super) fn report(session: &mut Session, pack: &PackFile, cases: impl Iterator<Item = Exact>) -> Outcome<bool> {
    let request = Exact::Object(vec![
        ("do".to_owned(), Exact::Text("coverage".to_owned())),
        ("pack".to_owned(), Exact::Token(session.pack().to_string())),
        ("cases".to_owned(), Exact::List(cases.collect())),
    ]);
    let answer = session.call_text(&request.to_string())?;
    let Answer { coverage } = serde_json::from_str(&answer)
        .map_err(|error| Failure::new(format!("the engine's answer cannot be read: {error}")))?;
    for line in missed(&coverage) {
        terminal::print(&format!("  {line}"))?;
    }
    let (all, reached) = (coverage.len(), coverage.iter().filter(|point| point.cases > 0).count());
    let verdict = match all - reached {
        0 => format!("coverage 100 %: the cases reach all {all} rows, states, triggers, periods and readings"),
        left => format!(
            "coverage {} %: {left} of {all} rows, states, triggers, periods and readings are not reached",
            share(reached, all)
        ),
    };
    terminal::print(&format!("{}: {verdict}", pack.path.display()))?;
    Ok(reached == all)
}

/// A share in per cent with one decimal, never rounded up to 100.
fn share(reached: usize, all: usize) -> String {
    let tenths = reached * 1_000 / all.max(1);
    format!("{}.{}", tenths / 10, tenths % 10)
}

/// A line for each point that is not reached. A state that several decisions lack is one line.
fn missed(points: &[Point]) -> Vec<String> {
    let mut lines = Vec::new();
    let mut states: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for point in points.iter().filter(|point| point.cases == 0) {
        match point {
            Point { decision: Some(decision), state: Some(state), trigger: None, .. } => {
                states.entry(state).or_default().push(decision);
            }
            other => lines.push(other.words()),
        }
    }
    for (state, decisions) in states {
        let listed: Vec<String> = decisions.iter().map(|decision| format!("`{decision}`")).collect();
        match listed.split_last() {
            Some((only, [])) => lines.push(format!("{only} was never `{state}` in the cases")),
            Some((last, rest)) => {
                lines.push(format!("{} and {last} were never `{state}` in the cases", rest.join(", ")));
            }
            None => {}
        }
    }
    lines
}

impl Point {
    /// What it means that no case reaches it.
    fn words(&self) -> String {
        let name = |name: &Option<String>| format!("`{}`", name.as_deref().unwrap_or("?"));
        let decision = name(&self.decision);
        match self {
            Self { trigger: Some(trigger), state: Some(state), .. } => match state.as_str() {
                "fires" => format!("the trigger `{trigger}` of {decision} never fired in the cases"),
                state => format!("the trigger `{trigger}` of {decision} was never `{state}` in the cases"),
            },
            Self { row: Some(row), .. } => format!("row {row} of {decision} never matched in the cases"),
            Self { parameter: Some(parameter), from, to, .. } => {
                let ends =
                    [from.as_ref().map(|from| format!(" from {from}")), to.as_ref().map(|to| format!(" until {to}"))];
                let period: String = ends.into_iter().flatten().collect();
                format!("the value of `{parameter}`{period} was never used in the cases")
            }
            Self { reading: Some(reading), alternative, .. } => {
                format!("the reading `{reading}` made no difference with {} in the cases", name(alternative))
            }
            _ => format!("the default of {decision} was never taken in the cases"),
        }
    }
}

//! What is missing: the facts that can still change the outcome or settle a trigger, and in which order to ask.

use std::cmp::Ordering;

use crate::eval::{Case, FactState, Results, missing_in};
use crate::program::{Program, State, TriggerState};
use crate::value::order::sort_by;
use crate::value::unknown::FactId;

/// A fact that can still change something.
#[derive(Clone, Debug)]
pub(crate) struct Open {
    pub(crate) fact: FactId,
    /// Decisions that cannot be told and read the fact themselves, in the order of the pack.
    pub(crate) settles: Vec<u32>,
    /// Whether somebody asked already and the answer is not known.
    pub(crate) asked: bool,
}

/// Why a missing fact is the one to ask first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum First {
    /// It is the only one that nobody has asked yet.
    Only,
    /// The pack has an order of asking.
    InOrder,
    /// It settles so many decisions, more than the one after it.
    SettlesMost(usize),
    /// It settles as much as the one after it and stands before it in the pack.
    ByPlace,
}

/// The missing facts in the order worth asking: the pack's own order first, then the fact that settles most, then the
/// order of the pack.
pub(crate) fn open_facts(program: &Program, case: &Case, results: &Results) -> Vec<Open> {
    let mut open: Vec<Open> = missing(program, results)
        .into_iter()
        .map(|fact| Open {
            fact,
            settles: settled_by(program, case, results, fact),
            asked: case.state(fact) == FactState::NotKnown,
        })
        .collect();
    sort_by(&mut open, |left, right| compared(program, case, left, right).0);
    open
}

/// Which of two facts comes first, and why.
fn compared(program: &Program, case: &Case, left: &Open, right: &Open) -> (Ordering, First) {
    let order = |open: &Open| case.declaration(&program.schema, open.fact).and_then(|fact| fact.order);
    let (own_left, own_right) = (order(left), order(right));
    // A fact without a place of its own comes after those that have one.
    let by_pack = own_left.is_none().cmp(&own_right.is_none()).then(own_left.cmp(&own_right));
    if by_pack.is_ne() {
        return (by_pack, First::InOrder);
    }
    let by_count = right.settles.len().cmp(&left.settles.len());
    if by_count.is_ne() {
        return (by_count, First::SettlesMost(left.settles.len()));
    }
    let place = |open: &Open| (case.declared(open.fact), open.fact);
    (place(left).cmp(&place(right)), First::ByPlace)
}

/// The place among `open` facts, in their order, of the one to ask first, and why; none when all have been asked.
pub(super) fn first(program: &Program, case: &Case, open: &[Open]) -> Option<(usize, First)> {
    let mut unasked = open.iter().enumerate().filter(|(_, open)| !open.asked);
    let (place, first) = unasked.next()?;
    let why = unasked.next().map_or(First::Only, |(_, second)| compared(program, case, first, second).1);
    Some((place, why))
}

fn missing(program: &Program, results: &Results) -> Vec<FactId> {
    let mut facts = missing_of(results, program.outcome);
    for trigger in results.triggers().iter().filter(|trigger| trigger.state == TriggerState::CannotTell) {
        facts.extend(missing_in(&trigger.condition));
    }
    facts.sort_unstable();
    facts.dedup();
    facts
}

/// The missing facts of a decision, under whichever reading.
pub(super) fn missing_of(results: &Results, decision: u32) -> Vec<FactId> {
    let mut facts = results.missing(decision);
    if results.is_disputed(decision) {
        facts.extend(results.readings_of(decision).iter().flat_map(|read| missing_in(&read.value)));
    }
    facts
}

fn settled_by(program: &Program, case: &Case, results: &Results, fact: FactId) -> Vec<u32> {
    let reads = |decision: u32| {
        let reads = program.decision(decision).map(|decision| &decision.reads.facts);
        reads.is_some_and(|facts| around(program, case, fact).any(|fact| facts.binary_search(&fact).is_ok()))
    };
    let open = |decision: u32| {
        results.state(program, decision) == State::CannotTell && missing_of(results, decision).contains(&fact)
    };
    program.listed.iter().copied().filter(|decision| open(*decision) && reads(*decision)).collect()
}

/// The declared fact and everything that it is in.
fn around<'p>(program: &'p Program, case: &Case, fact: FactId) -> impl Iterator<Item = FactId> + 'p {
    std::iter::successors(Some(case.declared(fact)), |fact| program.schema.fact(*fact)?.parent)
}

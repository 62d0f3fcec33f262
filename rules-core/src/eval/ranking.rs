//! PRIORITY and OUTPUT ORDER: rows go before others as the values of their outputs are ranked (DMN 1.5 section 8.2.8).

use std::cmp::Ordering;
use std::sync::Arc;

use super::decision_table::Candidate;
use super::kleene::same;
use crate::value::Value;
use crate::value::order::sort_by;
use crate::value::unknown::{Because, lacks_a_fact};

/// Columns with their values, the most important first. A column outweighs those after it.
type Ranking = [(usize, Vec<Value>)];

/// The places of the results among the ranked values; a value that is not among them comes last. `None` where a result is
/// not known.
fn rank(ranking: &Ranking, results: &[Value]) -> Option<Vec<usize>> {
    let place = |(column, values): &(usize, Vec<Value>)| {
        let result = results.get(*column)?;
        let known = !result.is_mark() && !lacks_a_fact(result);
        known.then(|| values.iter().position(|value| same(value, result)).unwrap_or(values.len()))
    };
    ranking.iter().map(place).collect()
}

/// Leaves the candidates that may be the most important one: up to and including the first that certainly matches. Where a
/// rank is not known, all of them may be.
pub(super) fn keep_best(ranking: &Ranking, candidates: &mut Vec<Candidate>) {
    let ranks: Option<Vec<Vec<usize>>> = candidates.iter().map(|(results, _)| rank(ranking, results)).collect();
    let Some(ranks) = ranks else { return };
    let mut ranked: Vec<(Vec<usize>, Candidate)> = ranks.into_iter().zip(candidates.drain(..)).collect();
    sort_by(&mut ranked, |left, right| left.0.cmp(&right.0));
    let certain = ranked.iter().position(|(_, (_, certain))| *certain);
    ranked.truncate(certain.map_or(ranked.len(), |place| place + 1));
    candidates.extend(ranked.into_iter().map(|(_, candidate)| candidate));
}

/// Sorts results, the most important first.
///
/// # Errors
/// The unknown value that the whole list is where a rank is not known.
pub(super) fn sort(ranking: &Ranking, results: &mut Vec<Vec<Value>>) -> Result<(), Value> {
    if results.iter().any(|results| rank(ranking, results).is_none()) {
        let mut because = Because::default();
        results.iter().flatten().for_each(|result| because.note_deep(result));
        return Err(Value::Unknown(Arc::new(because.unknown())));
    }
    let order = |left: &Vec<Value>, right: &Vec<Value>| -> Ordering { rank(ranking, left).cmp(&rank(ranking, right)) };
    sort_by(results, order);
    Ok(())
}

//! The ways to read the law that were gone through in one case. Ways under which every reading that was read comes to the
//! same are evaluated once and listed each by itself.

use std::ops::Range;

use super::results::TriggerResult;
use crate::value::Value;

/// All ways of one case, in the order of the alternatives.
#[derive(Debug, Default)]
pub(super) struct Ways {
    /// Ways that come to something different, of which the first `count` are of this case.
    different: Vec<Way>,
    count: usize,
    /// For each way the place among the different ones.
    all: Vec<usize>,
    /// For each way the alternative of each reading.
    chosen: Vec<u32>,
    readings: usize,
}

/// What came of one way to read the law, where it may differ from the first way.
#[derive(Debug, Default)]
pub(super) struct Way {
    pub(super) values: Vec<OfDecision>,
    pub(super) triggers: Vec<TriggerResult>,
}

/// What came of one decision.
#[derive(Debug)]
pub(super) struct OfDecision {
    pub(super) decision: u32,
    pub(super) value: Value,
    /// Readings that were read on the way to it, as bits.
    pub(super) touched: u64,
}

impl Way {
    /// What came of a decision; none where that is what came of it in the first way.
    pub(super) fn of(&self, decision: u32) -> Option<&OfDecision> {
        self.values.iter().find(|of| of.decision == decision)
    }
}

impl Ways {
    /// Forgets the case before.
    pub(super) fn clear(&mut self) {
        self.count = 0;
        self.all.clear();
        self.chosen.clear();
    }

    /// How many ways there are so far.
    pub(super) fn len(&self) -> usize {
        self.all.len()
    }

    /// Adds a way that comes to something of its own; the `only` one of a case needs no values here.
    pub(super) fn add(&mut self, chosen: &[u32], only: bool) {
        self.readings = chosen.len();
        self.all.push(self.count);
        self.chosen.extend_from_slice(chosen);
        self.count += usize::from(!only);
    }

    /// The way that was added last, empty, to be filled.
    pub(super) fn last_way(&mut self) -> Option<&mut Way> {
        if self.different.len() < self.count {
            self.different.push(Way::default());
        }
        let way = self.different.get_mut(self.count.checked_sub(1)?)?;
        way.values.clear();
        Some(way)
    }

    /// Lists these ways once more, with another alternative of a reading that comes to the same.
    pub(super) fn repeat(&mut self, ways: Range<usize>, reading: u32, alternative: u32) {
        for way in ways {
            let Some(different) = self.all.get(way).copied() else { continue };
            self.all.push(different);
            let first = self.chosen.len();
            let start = way.saturating_mul(self.readings);
            self.chosen.extend_from_within(start..start.saturating_add(self.readings).min(first));
            let place = usize::try_from(reading).unwrap_or(usize::MAX).saturating_add(first);
            if let Some(chosen) = self.chosen.get_mut(place) {
                *chosen = alternative;
            }
        }
    }

    /// The ways that come to something different.
    pub(super) fn different(&self) -> &[Way] {
        self.different.get(..self.count).unwrap_or_default()
    }

    /// Gives each way that lacks it what came of a decision in the first way.
    pub(super) fn complete(&mut self, decision: u32, value: &Value, touched: u64) {
        let count = self.count;
        for way in self.different.iter_mut().take(count).filter(|way| way.of(decision).is_none()) {
            way.values.push(OfDecision { decision, value: value.clone(), touched });
        }
    }

    /// Each way with the alternatives chosen; where there is only one, its values are the results themselves.
    pub(super) fn all(&self) -> impl Iterator<Item = (Option<&Way>, &[u32])> {
        let chosen = self.chosen.chunks(self.readings.max(1));
        self.all.iter().map(|way| self.different().get(*way)).zip(chosen)
    }

    /// Pairs of ways that read everything alike but one reading, of which the first takes this alternative.
    pub(super) fn pairs(&self, reading: u32, alternative: u32) -> impl Iterator<Item = (&Way, &Way)> {
        let place = usize::try_from(reading).unwrap_or(usize::MAX);
        let only_there = move |one: &[u32], other: &[u32]| {
            one.iter().zip(other).enumerate().all(|(at, (one, other))| (at == place) == (one != other))
        };
        let first = self.all().filter(move |(_, chosen)| chosen.get(place) == Some(&alternative));
        first.flat_map(move |(way, chosen)| {
            let others = self.all().filter(move |(_, other)| only_there(chosen, other));
            others.filter_map(move |(other, _)| Some((way?, other?)))
        })
    }
}

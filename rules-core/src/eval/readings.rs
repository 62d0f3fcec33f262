//! The other ways to read the law: every combination of alternatives that can make a difference.

use std::ops::Range;

use super::decide::{Deciding, put};
use super::kleene::exactly;
use super::machine::Frame;
use super::observer::Observer;
use super::results::{Results, bit};
use crate::program::Step;
use crate::value::Value;

/// An alternative of a reading.
struct Tried {
    value: Value,
    /// Readings that it has read itself, as bits.
    touched: u64,
    /// Place of the first alternative that comes to the same: its own, if it is the first.
    first: usize,
    /// The ways gone through under it.
    ways: Range<usize>,
}

/// Where among the combinations of alternatives a run is.
#[derive(Clone, Copy)]
struct Branch {
    /// Readings whose alternative is chosen, as bits.
    fixed: u64,
    /// Whether the alternatives so far all come to the same, so that there is only one way.
    only: bool,
    /// Whether the last of all combinations is in it.
    last: bool,
}

impl<O: Observer> Deciding<'_, O> {
    /// Goes through the other alternatives of the readings that the `open` steps have read. The results are those of the
    /// first alternatives again then, except that parameters and readings are as they were read last.
    pub(super) fn read_otherwise(&self, open: &[Step], results: &mut Results) {
        self.branch(open, Branch { fixed: 0, only: true, last: true }, results);
        results.restore_read();
    }

    /// Goes through the alternatives of every reading that was read and is not fixed yet, and evaluates again only what
    /// reads something that has come to something else with it.
    fn branch(&self, open: &[Step], branch: Branch, results: &mut Results) {
        let Some(number) = self.next_reading(branch.fixed, results) else {
            results.keep_way(branch.only);
            if branch.last {
                results.keep_read();
            }
            return;
        };
        let mut tried = self.alternatives(number, results);
        let last = tried.last().map_or(0, |tried| tried.first);
        let fixed = branch.fixed | bit(number);
        let only = branch.only && tried.iter().all(|tried| tried.first == 0);
        for (alternative, place) in (0_u32..).zip(0..tried.len()) {
            let first = tried.get(place).map_or(place, |tried| tried.first);
            if first < place {
                let ways = tried.get(first).map_or(0..0, |first| first.ways.clone());
                results.ways.repeat(ways, number, alternative);
                continue;
            }
            let (ways_before, so_much) = (results.ways.len(), results.replaced());
            if place > 0 {
                put(&mut results.current.chosen, number, alternative);
                self.take_up(number, tried.get_mut(place), open, results);
            }
            if self.run.limits.check().is_err() {
                return;
            }
            self.branch(open, Branch { fixed, only, last: branch.last && place == last }, results);
            results.undo(so_much);
            if let Some(tried) = tried.get_mut(place) {
                tried.ways = ways_before..results.ways.len();
            }
        }
        put(&mut results.current.chosen, number, 0);
    }

    /// The first reading with several alternatives that was read and is not fixed yet.
    fn next_reading(&self, fixed: u64, results: &Results) -> Option<u32> {
        let read = results.read() & !fixed;
        if read == 0 {
            return None;
        }
        let mut readings = (0_u32..).zip(&self.run.program.readings);
        let next = readings.find(|(number, reading)| reading.alternatives.len() > 1 && read & bit(*number) != 0);
        next.map(|(number, _)| number)
    }

    /// What each alternative of a reading comes to; the first is the one that stands in the results.
    fn alternatives(&self, number: u32, results: &Results) -> Vec<Tried> {
        let Some(reading) = self.run.program.reading(number) else { return Vec::new() };
        let mut tried: Vec<Tried> = Vec::with_capacity(reading.alternatives.len());
        for (place, alternative) in reading.alternatives.iter().enumerate() {
            let (value, touched) = if place == 0 {
                (results.reading(number).cloned().unwrap_or_default(), results.touched(Step::Reading(number)))
            } else {
                self.run.touched.set(0);
                let value = self.run.machine(results).value(&alternative.value, &Frame::EMPTY);
                (value, self.run.touched.get())
            };
            let same = |earlier: &Tried| earlier.touched == touched && exactly(&earlier.value, &value);
            let first = tried.iter().position(same).unwrap_or(place);
            tried.push(Tried { value, touched, first, ways: 0..0 });
        }
        tried
    }

    /// Puts in another alternative of a reading and evaluates again what that changes.
    fn take_up(&self, number: u32, tried: Option<&mut Tried>, open: &[Step], results: &mut Results) {
        let Some(tried) = tried else { return };
        results.begin_change();
        let reading = Step::Reading(number);
        let before = results.take(reading);
        put(&mut results.current.readings, number, std::mem::take(&mut tried.value));
        results.touch(reading, tried.touched);
        results.keep_replaced(before);
        for step in open {
            if *step == reading || results.touched(*step) & bit(number) == 0 {
                continue;
            }
            if self.run.program.reads(*step).is_some_and(|reads| results.any_changed(reads)) {
                let before = results.take(*step);
                self.step(*step, true, results);
                results.keep_replaced(before);
            }
        }
    }
}

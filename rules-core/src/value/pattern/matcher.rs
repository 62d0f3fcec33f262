//! Running a pattern over a text: a backtracking machine without recursion, whose every step is counted.

use super::class::{Class, same};
use super::parse::{Fault, Part};

/// One step of the machine.
#[derive(Clone, Debug)]
enum Step {
    Character(char),
    Any,
    Class(Class),
    Start,
    End,
    Back(usize),
    /// Remembers the place in a slot.
    Save(usize),
    /// Goes on at the first step; when that fails, at the second.
    Fork(usize, usize),
    Jump(usize),
    /// Goes on at the step when nothing was read since the slot was saved, so that no loop turns on the spot.
    UnlessMoved(usize, usize),
    Done,
}

/// Flags of a pattern.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Flags {
    pub(super) dot_takes_line_ends: bool,
    pub(super) multiline: bool,
    pub(super) ignore_case: bool,
}

/// Most steps that a pattern may have once its repetitions are written out.
const LONGEST: usize = 20_000;
/// Most places to go back to at one time.
const MOST_BRANCHES: usize = 1_000_000;
/// Steps counted at a time.
const BATCH: u64 = 512;

/// A pattern ready to run.
#[derive(Clone, Debug)]
pub(super) struct Machine {
    steps: Vec<Step>,
    flags: Flags,
    groups: usize,
    slots: usize,
}

/// Counts work; false when there is no more to spend.
pub(crate) type Spend<'a> = &'a mut dyn FnMut(u64) -> bool;

/// The work that may be spent on a pattern is used up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct OutOfSteps;

/// Where a pattern matched: the whole first, then its groups, as byte ranges.
pub(super) type Found = Vec<Option<(usize, usize)>>;

/// What to go back to.
enum Branch {
    Try { step: usize, place: usize },
    Restore { slot: usize, place: Option<usize> },
}

impl Machine {
    pub(super) fn new(part: &Part, groups: usize, flags: Flags) -> Result<Self, Fault> {
        let mut machine = Self { steps: Vec::new(), flags, groups, slots: (groups + 1) * 2 };
        machine.add(part)?;
        machine.push(Step::Done)?;
        Ok(machine)
    }

    fn push(&mut self, step: Step) -> Result<usize, Fault> {
        if self.steps.len() == LONGEST {
            return Err("the pattern is too long once its repetitions are written out");
        }
        self.steps.push(step);
        Ok(self.steps.len() - 1)
    }

    fn set(&mut self, index: usize, step: Step) {
        if let Some(place) = self.steps.get_mut(index) {
            *place = step;
        }
    }

    fn add(&mut self, part: &Part) -> Result<(), Fault> {
        match part {
            Part::Character(character) => self.push(Step::Character(*character)).map(drop),
            Part::Any => self.push(Step::Any).map(drop),
            Part::Class(class) => self.push(Step::Class(class.clone())).map(drop),
            Part::Start => self.push(Step::Start).map(drop),
            Part::End => self.push(Step::End).map(drop),
            Part::Back(number) => self.push(Step::Back(*number)).map(drop),
            Part::Sequence(parts) => parts.iter().try_for_each(|part| self.add(part)),
            Part::Group { number: None, inner } => self.add(inner),
            Part::Group { number: Some(number), inner } => {
                self.push(Step::Save(number * 2))?;
                self.add(inner)?;
                self.push(Step::Save(number * 2 + 1)).map(drop)
            }
            Part::Alternatives(branches) => self.add_alternatives(branches),
            Part::Repeat { inner, least, most, greedy } => self.add_repeat(inner, *least, *most, *greedy),
        }
    }

    fn add_alternatives(&mut self, branches: &[Part]) -> Result<(), Fault> {
        let mut ends = Vec::new();
        let Some((last, others)) = branches.split_last() else {
            return Ok(());
        };
        for branch in others {
            let fork = self.push(Step::Jump(0))?;
            self.add(branch)?;
            ends.push(self.push(Step::Jump(0))?);
            self.set(fork, Step::Fork(fork + 1, self.steps.len()));
        }
        self.add(last)?;
        for end in ends {
            self.set(end, Step::Jump(self.steps.len()));
        }
        Ok(())
    }

    fn add_repeat(&mut self, inner: &Part, least: u32, most: Option<u32>, greedy: bool) -> Result<(), Fault> {
        for _ in 0..least {
            self.add(inner)?;
        }
        let fork = |here: usize, out: usize| if greedy { Step::Fork(here + 1, out) } else { Step::Fork(out, here + 1) };
        let Some(most) = most else {
            let start = self.push(Step::Jump(0))?;
            if !can_be_empty(inner) {
                self.add(inner)?;
                self.push(Step::Jump(start))?;
                self.set(start, fork(start, self.steps.len()));
                return Ok(());
            }
            let slot = self.slots;
            self.slots += 1;
            self.push(Step::Save(slot))?;
            self.add(inner)?;
            let check = self.push(Step::Jump(0))?;
            self.push(Step::Jump(start))?;
            let out = self.steps.len();
            self.set(check, Step::UnlessMoved(slot, out));
            self.set(start, fork(start, out));
            return Ok(());
        };
        let mut forks = Vec::new();
        for _ in least..most {
            forks.push(self.push(Step::Jump(0))?);
            self.add(inner)?;
        }
        let out = self.steps.len();
        for here in forks {
            self.set(here, fork(here, out));
        }
        Ok(())
    }

    pub(super) fn length(&self) -> usize {
        self.steps.len()
    }

    /// The first place at or after `from` where the pattern matches.
    pub(super) fn find(&self, text: &str, from: usize, spend: Spend<'_>) -> Result<Option<Found>, OutOfSteps> {
        let mut start = from;
        loop {
            if let Some(found) = self.match_at(text, start, spend)? {
                return Ok(Some(found));
            }
            match text.get(start..).and_then(|rest| rest.chars().next()) {
                Some(character) => start += character.len_utf8(),
                None => return Ok(None),
            }
        }
    }

    fn match_at(&self, text: &str, start: usize, spend: Spend<'_>) -> Result<Option<Found>, OutOfSteps> {
        let mut slots: Vec<Option<usize>> = vec![None; self.slots];
        let mut branches: Vec<Branch> = Vec::new();
        let (mut step, mut place) = (0, start);
        let mut steps = u64::try_from(self.slots / 8).unwrap_or(u64::MAX);
        loop {
            steps += 1;
            if steps >= BATCH && (!spend(std::mem::take(&mut steps)) || branches.len() > MOST_BRANCHES) {
                return Err(OutOfSteps);
            }
            let went_on = match self.steps.get(step) {
                Some(Step::Done) | None => {
                    let counted = spend(steps + 1);
                    return if counted { Ok(Some(self.found(&slots, start, place))) } else { Err(OutOfSteps) };
                }
                Some(Step::Jump(to)) => Some((*to, place)),
                Some(Step::Fork(first, second)) => {
                    branches.push(Branch::Try { step: *second, place });
                    Some((*first, place))
                }
                Some(Step::Save(slot)) => {
                    if let Some(kept) = slots.get_mut(*slot) {
                        branches.push(Branch::Restore { slot: *slot, place: kept.replace(place) });
                    }
                    Some((step + 1, place))
                }
                Some(Step::UnlessMoved(slot, out)) => {
                    let moved = slots.get(*slot).copied().flatten() != Some(place);
                    Some((if moved { step + 1 } else { *out }, place))
                }
                Some(reading) => {
                    steps += more_work(reading, &slots);
                    self.read(reading, text, place, &slots).map(|place| (step + 1, place))
                }
            };
            match went_on {
                Some(next) => (step, place) = next,
                None => match go_back(&mut branches, &mut slots) {
                    Some(next) => (step, place) = next,
                    None => return if spend(steps + 1) { Ok(None) } else { Err(OutOfSteps) },
                },
            }
        }
    }

    /// Reads what the step asks for at `place`; gives the place after it.
    fn read(&self, step: &Step, text: &str, place: usize, slots: &[Option<usize>]) -> Option<usize> {
        let rest = text.get(place..)?;
        let next = rest.chars().next();
        let one = |good: bool| next.filter(|_| good).map(|character| place + character.len_utf8());
        match step {
            Step::Character(wanted) => one(same(next?, *wanted, self.flags.ignore_case)),
            Step::Any => one(self.flags.dot_takes_line_ends || !matches!(next?, '\n' | '\r')),
            Step::Class(class) => one(class.holds(next?, self.flags.ignore_case)),
            Step::Start => {
                let after_line_end = text.get(..place).is_some_and(|before| before.ends_with('\n')) && next.is_some();
                (place == 0 || (self.flags.multiline && after_line_end)).then_some(place)
            }
            Step::End => (next.is_none() || (self.flags.multiline && next == Some('\n'))).then_some(place),
            Step::Back(number) => {
                // A group that matched nothing is as good as empty.
                let group = slots.get(number * 2).copied().flatten().zip(slots.get(number * 2 + 1).copied().flatten());
                let before = group.and_then(|(start, end)| text.get(start..end)).unwrap_or("");
                if !self.flags.ignore_case {
                    return rest.starts_with(before).then(|| place + before.len());
                }
                let mut following = rest.chars();
                let mut all_same = before.chars().map(|wanted| {
                    following.next().is_some_and(|character| same(character, wanted, self.flags.ignore_case))
                });
                let matched = all_same.by_ref().all(|same| same);
                drop(all_same);
                matched.then(|| text.len() - following.as_str().len())
            }
            Step::Save(_) | Step::Fork(..) | Step::Jump(_) | Step::UnlessMoved(..) | Step::Done => None,
        }
    }

    fn found(&self, slots: &[Option<usize>], start: usize, end: usize) -> Found {
        let group =
            |number: usize| slots.get(number * 2).copied().flatten().zip(slots.get(number * 2 + 1).copied().flatten());
        let groups = (1..=self.groups).map(group);
        std::iter::once(Some((start, end))).chain(groups).collect()
    }
}

/// The steps beyond one that reading what a step asks for may take.
fn more_work(step: &Step, slots: &[Option<usize>]) -> u64 {
    let work = match step {
        Step::Class(class) => class.items.len() / 4,
        Step::Back(number) => match slots.get(number * 2..number * 2 + 2) {
            Some([Some(start), Some(end)]) => end.saturating_sub(*start) / 4,
            _ => 0,
        },
        _ => 0,
    };
    u64::try_from(work).unwrap_or(u64::MAX)
}

/// Whether the part may match without reading anything.
fn can_be_empty(part: &Part) -> bool {
    match part {
        Part::Character(_) | Part::Any | Part::Class(_) => false,
        Part::Start | Part::End | Part::Back(_) => true,
        Part::Group { inner, .. } => can_be_empty(inner),
        Part::Repeat { inner, least, .. } => *least == 0 || can_be_empty(inner),
        Part::Sequence(parts) => parts.iter().all(can_be_empty),
        Part::Alternatives(branches) => branches.iter().any(can_be_empty),
    }
}

/// Undoes what was saved since the last fork, and takes its other way.
fn go_back(branches: &mut Vec<Branch>, slots: &mut [Option<usize>]) -> Option<(usize, usize)> {
    loop {
        match branches.pop()? {
            Branch::Try { step, place } => return Some((step, place)),
            Branch::Restore { slot, place } => {
                if let Some(kept) = slots.get_mut(slot) {
                    *kept = place;
                }
            }
        }
    }
}

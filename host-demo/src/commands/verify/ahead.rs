//! Items that are asked for by name, and come in about the same order.

use crate::failure::Outcome;
use std::collections::VecDeque;

/// So many items are held while one further ahead is looked for. Files of one run have one order; a file sorted anew
/// is matched as long as it is not longer than this.
const HELD: usize = 2_000;

/// So many items that nobody asked for are named.
const NAMED: usize = 5;

/// The next item with its name; `None` at the end.
pub(super) type Next<T> = Box<dyn FnMut() -> Outcome<Option<(String, T)>>>;

/// A stream of items with names, of which a few are held.
pub(super) struct Ahead<T> {
    next: Next<T>,
    held: VecDeque<(String, T)>,
    ended: bool,
    left_over: LeftOver,
}

/// Items that nobody asked for.
#[derive(Default)]
pub(super) struct LeftOver {
    pub(super) count: u64,
    /// The first few.
    pub(super) names: Vec<String>,
}

impl<T> Ahead<T> {
    pub(super) fn new(next: Next<T>) -> Self {
        Self { next, held: VecDeque::new(), ended: false, left_over: LeftOver::default() }
    }

    /// The next item of that name, if there is one among those held and as many behind them.
    pub(super) fn take(&mut self, name: &str) -> Outcome<Option<T>> {
        if let Some(place) = self.held.iter().position(|(held, _)| held == name) {
            return Ok(self.held.remove(place).map(|(_, item)| item));
        }
        for _ in 0..=HELD {
            let Some((found, item)) = self.pull()? else { break };
            if found == name {
                return Ok(Some(item));
            }
            self.held.push_back((found, item));
            if self.held.len() > HELD
                && let Some((oldest, _)) = self.held.pop_front()
            {
                self.left_over.add(oldest);
            }
        }
        Ok(None)
    }

    /// Goes to the end; what nobody asked for.
    pub(super) fn finish(mut self) -> Outcome<LeftOver> {
        for (name, _) in std::mem::take(&mut self.held) {
            self.left_over.add(name);
        }
        while let Some((name, _)) = self.pull()? {
            self.left_over.add(name);
        }
        Ok(self.left_over)
    }

    fn pull(&mut self) -> Outcome<Option<(String, T)>> {
        if self.ended {
            return Ok(None);
        }
        let pulled = (self.next)()?;
        self.ended = pulled.is_none();
        Ok(pulled)
    }
}

impl LeftOver {
    fn add(&mut self, name: String) {
        self.count += 1;
        if self.names.len() < NAMED {
            self.names.push(format!("`{name}`"));
        }
    }

    /// `` `A`, `B` and 3 more``.
    pub(super) fn in_words(&self) -> String {
        let names = self.names.join(", ");
        match self.count - self.names.len() as u64 {
            0 => names,
            more => format!("{names} and {more} more"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Ahead, HELD};
    use crate::failure::Failure;

    fn numbers(to: usize) -> Ahead<usize> {
        let mut numbers = 0..to;
        Ahead::new(Box::new(move || Ok(numbers.next().map(|number| (number.to_string(), number)))))
    }

    #[test]
    fn items_are_found_in_any_order_of_a_short_stream() -> Result<(), Failure> {
        let mut ahead = numbers(100);
        for number in (0..100).rev().filter(|number| number % 10 != 3) {
            assert_eq!(ahead.take(&number.to_string())?, Some(number));
        }
        assert_eq!(ahead.take("nobody")?, None);
        let left_over = ahead.finish()?;
        assert_eq!(left_over.count, 10);
        assert_eq!(left_over.in_words(), "`3`, `13`, `23`, `33`, `43` and 5 more");
        Ok(())
    }

    #[test]
    fn what_nobody_asks_for_does_not_pile_up() -> Result<(), Failure> {
        let mut ahead = numbers(HELD * 5);
        for number in (HELD..HELD * 5).step_by(2) {
            assert_eq!(ahead.take(&number.to_string())?, Some(number));
            assert!(ahead.held.len() <= HELD);
        }
        assert_eq!(ahead.take("nobody")?, None);
        assert_eq!(ahead.finish()?.count, HELD as u64 * 3);
        Ok(())
    }
}

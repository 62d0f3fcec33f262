//! The progress bar, on a terminal only.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::io::IsTerminal;

/// Shows how far the batch is. It draws on standard error, and nothing at all when that is no terminal.
pub(crate) struct Progress {
    bar: ProgressBar,
    rows: u64,
    rejected: u64,
}

impl Progress {
    /// A bar over so many bytes; without a size it shows the rows alone. Records that scroll over the same terminal
    /// are progress enough.
    pub(crate) fn new(size: Option<u64>, records_on_terminal: bool) -> Self {
        if records_on_terminal || !std::io::stderr().is_terminal() {
            return Self::hidden();
        }
        let bar = ProgressBar::with_draw_target(size, ProgressDrawTarget::stderr());
        let template = match size {
            Some(_) => "{bar:30} {percent:>3} %  {msg}  {elapsed_precise}, {eta} to go",
            None => "{spinner} {msg}  {elapsed_precise}",
        };
        if let Ok(style) = ProgressStyle::with_template(template) {
            bar.set_style(style);
        }
        Self { bar, rows: 0, rejected: 0 }
    }

    /// Shows nothing.
    pub(crate) fn hidden() -> Self {
        Self { bar: ProgressBar::hidden(), rows: 0, rejected: 0 }
    }

    /// So many bytes more are done.
    pub(crate) fn advance(&mut self, bytes: u64, rows: u64, rejected: u64) {
        self.rows += rows;
        self.rejected += rejected;
        if self.bar.is_hidden() {
            return;
        }
        let mut message = format!("{} rows", grouped(self.rows));
        if self.rejected > 0 {
            message = format!("{message}, {} rejected", grouped(self.rejected));
        }
        self.bar.set_message(message);
        self.bar.inc(bytes);
    }

    /// Takes the bar off the screen while something else is written there.
    pub(crate) fn pause_for<T>(&self, needed: bool, write: impl FnOnce() -> T) -> T {
        if needed { self.bar.suspend(write) } else { write() }
    }

    /// Takes the bar away.
    pub(crate) fn finish(&self) {
        self.bar.finish_and_clear();
    }
}

/// A number with a comma at each thousand, as an officer reads it.
pub(crate) fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

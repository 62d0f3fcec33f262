//! What people see: words to standard error, results to standard output.

use crate::failure::{Failure, Outcome};
use std::io::{self, Write};

/// Prints a fault to standard error.
pub(crate) fn complain(failure: &Failure) {
    say(&failure.to_string());
}

/// Prints a line or several to standard error. When even that is closed there is nobody left to tell.
pub(crate) fn say(text: &str) {
    let _ = writeln!(io::stderr().lock(), "{}", text.trim_end());
}

/// Prints a result to standard output, with a line break at its end.
pub(crate) fn print(text: &str) -> Outcome<()> {
    let mut output = io::stdout().lock();
    writeln!(output, "{}", text.trim_end())
        .and_then(|()| output.flush())
        .map_err(|error| Failure::writing("standard output", &error))
}

//! A fault that ends a command: what happened, and what to do next.

use std::fmt;
use std::path::Path;

/// Why a command could not do its work. It is printed as `error: …` with a line `help: …` and ends in exit code 2.
#[derive(Debug)]
pub(crate) struct Failure {
    message: String,
    help: Option<String>,
}

/// The answer of anything that may end a command.
pub(crate) type Outcome<T> = Result<T, Failure>;

impl Failure {
    /// A fault in one sentence, without a full stop.
    pub(crate) fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), help: None }
    }

    /// Adds what to do next.
    #[must_use]
    pub(crate) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Says where it happened, in front of what happened.
    #[must_use]
    pub(crate) fn within(mut self, place: &str) -> Self {
        self.message = format!("{place}: {}", self.message);
        self
    }

    /// A file or folder that could not be read, with help for the usual reasons.
    pub(crate) fn reading(path: &Path, error: &std::io::Error) -> Self {
        use std::io::ErrorKind;
        let path = path.display();
        match error.kind() {
            ErrorKind::NotFound => Self::new(format!("there is no file `{path}`"))
                .help("check the name and the folder; a name with spaces needs quotation marks"),
            ErrorKind::PermissionDenied => {
                Self::new(format!("`{path}` may not be read")).help("ask its owner for permission to read it")
            }
            ErrorKind::IsADirectory => {
                Self::new(format!("`{path}` is a folder")).help("name a file in it, or several files")
            }
            _ => Self::new(format!("`{path}` cannot be read: {error}")),
        }
    }

    /// A file that could not be written, with help for the usual reasons.
    pub(crate) fn writing(name: &str, error: &std::io::Error) -> Self {
        use std::io::ErrorKind;
        match error.kind() {
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded => {
                Self::new(format!("{name} cannot be written: the disk is full"))
                    .help("make room or write somewhere else with --out, then run the command again")
            }
            ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => {
                Self::new(format!("{name} may not be written")).help("write to a folder of your own with --out")
            }
            ErrorKind::NotFound => {
                Self::new(format!("{name} cannot be written: its folder does not exist")).help("make the folder first")
            }
            ErrorKind::BrokenPipe => {
                Self::new(format!("{name} was closed before the end, so the rest was not written"))
            }
            _ => Self::new(format!("{name} cannot be written: {error}")),
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "error: {}", self.message)?;
        if let Some(help) = &self.help {
            write!(formatter, "\n  help: {help}")?;
        }
        Ok(())
    }
}

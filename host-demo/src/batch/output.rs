//! Where records and rejects go, and the promise about files.
//!
//! **The promise.** A file that this program names as its result is whole. While it is being written it is called
//! `NAME.partial`; it takes its name when everything is on the disk. A run that is killed, or that fails on a full disk,
//! leaves the file of an earlier run as it was, and its own `NAME.partial`, which the next run writes anew. Standard
//! output, pipes and devices have no second name: there, whole lines are written in order, and the end of the summary
//! says that nothing is missing.

use super::chunk::Origin;
use crate::failure::{Failure, Outcome};
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Somewhere that lines are written to.
pub(crate) struct Sink {
    /// How messages call it.
    name: String,
    to: Target,
}

enum Target {
    StandardOutput,
    StandardError,
    /// A pipe or a device.
    Stream(File),
    File {
        file: File,
        partial: PathBuf,
        whole: PathBuf,
    },
}

impl Sink {
    /// Standard output.
    pub(crate) fn standard_output() -> Self {
        Self { name: "standard output".to_owned(), to: Target::StandardOutput }
    }

    /// Standard error.
    pub(crate) fn standard_error() -> Self {
        Self { name: "standard error".to_owned(), to: Target::StandardError }
    }

    /// A file by name, or a device or pipe of that name.
    pub(crate) fn file(path: &Path) -> Outcome<Self> {
        let name = format!("`{}`", path.display());
        let fault = |error: io::Error| Failure::writing(&name, &error);
        // A link stays a link, and what it points to is written.
        let whole = fs::canonicalize(path).unwrap_or_else(|_| path.to_path_buf());
        let to = match fs::metadata(&whole) {
            Ok(about) if about.is_dir() => {
                return Err(Failure::new(format!("{name} is a folder")).help("name a file in it"));
            }
            Ok(about) if !about.is_file() => Target::Stream(File::options().write(true).open(&whole).map_err(fault)?),
            _ => {
                let mut partial = whole.clone().into_os_string();
                partial.push(".partial");
                let partial = PathBuf::from(partial);
                Target::File { file: File::create(&partial).map_err(fault)?, partial, whole }
            }
        };
        Ok(Self { name, to })
    }

    /// Writes whole lines.
    pub(crate) fn write(&mut self, lines: &[u8]) -> Outcome<()> {
        let written = match &mut self.to {
            Target::StandardOutput => io::stdout().lock().write_all(lines),
            Target::StandardError => io::stderr().lock().write_all(lines),
            Target::Stream(file) | Target::File { file, .. } => file.write_all(lines),
        };
        written.map_err(|error| Failure::writing(&self.name, &error))
    }

    /// Makes sure that everything is written and gives the file its name.
    pub(crate) fn finish(self) -> Outcome<()> {
        let finished = match self.to {
            Target::StandardOutput => io::stdout().lock().flush(),
            Target::StandardError => io::stderr().lock().flush(),
            Target::Stream(mut file) => file.flush(),
            Target::File { file, partial, whole } => file.sync_all().and_then(|()| fs::rename(partial, whole)),
        };
        finished.map_err(|error| Failure::writing(&self.name, &error))
    }
}

/// A slip of the pen must not cost the cases or the pack: what is written may be nothing that is read, and no two results
/// may be one file. `written` has the option's name with each file.
pub(crate) fn refuse_to_overwrite(read: &[&Path], written: &[(&str, Option<&Path>)]) -> Outcome<()> {
    let same = |one: &Path, other: &Path| match (one.canonicalize(), other.canonicalize()) {
        (Ok(one), Ok(other)) => one == other && one.is_file(),
        _ => false,
    };
    let written: Vec<_> = written.iter().filter_map(|(option, path)| Some((*option, (*path)?))).collect();
    for (index, (option, path)) in written.iter().enumerate() {
        if let Some(read) = read.iter().find(|read| same(read, path)) {
            return Err(Failure::new(format!("{option} names `{}`, which is read", read.display()))
                .help("name another file, so that it is not overwritten"));
        }
        if let Some((other, _)) = written.iter().skip(index + 1).find(|(_, other)| other == path) {
            return Err(Failure::new(format!("{option} and {other} name the same file")));
        }
    }
    Ok(())
}

/// Where the rejects of each file of cases go: beside it, into one named file, or to standard error.
pub(crate) struct RejectSinks {
    named: Option<PathBuf>,
    open: Option<(usize, Sink)>,
    /// The files that were written, for the summary.
    written: Vec<String>,
}

impl RejectSinks {
    /// `named` is the file that takes all rejects, instead of one beside each file of cases.
    pub(crate) fn new(named: Option<PathBuf>) -> Self {
        Self { named, open: None, written: Vec::new() }
    }

    /// Writes rejects of the file with the index `file`. Files follow each other in order.
    pub(crate) fn write(&mut self, file: usize, origin: &Origin, lines: &[u8]) -> Outcome<()> {
        if lines.is_empty() {
            return Ok(());
        }
        // One named file takes the rejects of all.
        let key = if self.named.is_some() { 0 } else { file };
        if self.open.as_ref().is_some_and(|(open, _)| *open != key) {
            self.close()?;
        }
        if self.open.is_none() {
            let sink = match self.place(origin) {
                Some(path) => {
                    let sink = Sink::file(&path)?;
                    self.written.push(path.display().to_string());
                    sink
                }
                None => Sink::standard_error(),
            };
            self.open = Some((key, sink));
        }
        match &mut self.open {
            Some((_, sink)) => sink.write(lines),
            None => Ok(()),
        }
    }

    /// Gives the files their names, and takes away those of an earlier run over the same cases that found more.
    pub(crate) fn finish(mut self, origins: &[Origin]) -> Outcome<Vec<String>> {
        self.close()?;
        for path in origins.iter().filter_map(|origin| self.place(origin)) {
            if !self.written.contains(&path.display().to_string()) && path.is_file() {
                fs::remove_file(&path).map_err(|error| {
                    Failure::writing(&format!("`{}`, from an earlier run,", path.display()), &error)
                })?;
            }
        }
        Ok(self.written)
    }

    fn close(&mut self) -> Outcome<()> {
        match self.open.take() {
            Some((_, sink)) => sink.finish(),
            None => Ok(()),
        }
    }

    fn place(&self, origin: &Origin) -> Option<PathBuf> {
        if let Some(named) = &self.named {
            return Some(named.clone());
        }
        match origin {
            Origin::StandardInput => None,
            Origin::File(path) => {
                let mut place = path.clone().into_os_string();
                place.push(".rejects.ndjson");
                Some(place.into())
            }
        }
    }
}

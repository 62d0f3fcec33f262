//! `rules check`: many cases by one pack.

use super::EngineOptions;
use crate::batch::chunk::Origin;
use crate::batch::crew::{self, Output, PATIENCE, Task};
use crate::batch::input::{Format, Input, Shape};
use crate::batch::output::{RejectSinks, Sink, refuse_to_overwrite};
use crate::batch::progress::Progress;
use crate::batch::summary::summary;
use crate::batch::tally::Tally;
use crate::engine::Host;
use crate::engine::session::{Manner, Session};
use crate::failure::{Failure, Outcome};
use crate::packs::{self, PackFile};
use crate::{Ending, terminal};
use clap::Args;
use serde_json::{Value, json};
use std::io::IsTerminal;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;

/// Decide many cases: one record a line, and a summary at the end
///
/// Cases are read from NDJSON (one JSON object a line), JSON (a list of objects), CSV (a header row of fact names; a
/// dot leads into an object, as in `contract.initial_value`; an empty cell is a fact not asked), or XML, where a mapping
/// names the element that is a row (`rows`) and says what stands in it. Records leave in the order of the cases. A row that cannot be read goes to FILE.rejects.ndjson beside its file, with the line, the place
/// and the reason but without its values, and the rest goes on: rows in = records + rejects, always.
///
/// A file that is written here is whole: until then it is called NAME.partial, and a run that is stopped leaves the
/// file of an earlier run as it was.
#[derive(Args)]
pub(crate) struct Check {
    /// Folder of the pack, or its pack.json
    pack: PathBuf,
    /// Files of cases; `-` is standard input
    #[arg(required = true)]
    cases: Vec<PathBuf>,
    /// Where the records go [default: standard output]
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Where the rejects go [default: FILE.rejects.ndjson beside each file; standard error for standard input]
    #[arg(long, value_name = "FILE")]
    rejects: Option<PathBuf>,
    /// The date to decide at, for cases that have no `as_of` of their own: YYYY-MM-DD
    #[arg(long, value_name = "DATE")]
    as_of: Option<String>,
    /// A mapping that brings rows of another shape into the facts of the pack
    #[arg(long, value_name = "MAPPING")]
    map: Option<PathBuf>,
    /// How the cases are written [default: by the ending of the file's name]
    #[arg(long, value_enum, value_name = "FORMAT")]
    input: Option<Format>,
    /// Records with all reasons, or states and values only (cases that cannot be told are always written in full)
    #[arg(long, value_enum, default_value = "full", value_name = "DETAIL")]
    record: Detail,
    /// The language of the reasons: `en`, `cy`; the pack's first one where it does not have it
    #[arg(long, value_name = "LANGUAGE")]
    language: Option<String>,
    /// Receipts in place of records: values are kept back behind salted digests, and go to --openings
    #[arg(long, requires = "openings")]
    receipt: bool,
    /// Where the values of receipts go, with their salts, one line a case: keep it as you keep the cases
    #[arg(long, value_name = "FILE", requires = "receipt")]
    openings: Option<PathBuf>,
    /// How many cases are decided side by side [default: one for each processor]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=256))]
    threads: Option<u16>,
    #[command(flatten)]
    engine: EngineOptions,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Detail {
    /// Criteria with reasons, the values seen and the sources
    Full,
    /// States and values
    Brief,
}

impl Check {
    pub(crate) fn run(self) -> Outcome<Ending> {
        let started = Instant::now();
        let threads = self.threads.map_or_else(processors, usize::from);
        let pack = PackFile::read(&self.pack)?;
        let mapping = self.map.as_deref().map(PackFile::read).transpose()?;
        let read = self.cases.iter().map(PathBuf::as_path).chain([pack.path.as_path()]);
        let read: Vec<&Path> = read.chain(mapping.iter().map(|mapping| mapping.path.as_path())).collect();
        let written = [
            ("--out", self.out.as_deref()),
            ("--rejects", self.rejects.as_deref()),
            ("--openings", self.openings.as_deref()),
        ];
        refuse_to_overwrite(&read, &written)?;
        let host = Arc::new(Host::open(self.engine.host, self.engine.limits(threads))?);
        let (mut session, sources) = packs::open_in(&host, &pack, mapping.as_ref(), self.language.as_deref())?;
        let shape = shape(&mut session, mapping.as_ref())?;
        let input = Input::open(&self.cases, self.input, shape)?;
        let records = match &self.out {
            Some(path) => Sink::file(path)?,
            None => Sink::standard_output(),
        };
        let records_on_terminal = self.out.is_none() && std::io::stdout().is_terminal();
        let origins: Vec<Origin> = input.origins().to_vec();
        let output = Output {
            progress: Progress::new(input.size(), records_on_terminal),
            records,
            openings: self.openings.as_deref().map(Sink::file).transpose()?,
            rejects: RejectSinks::new(self.rejects),
            tally: Tally::default(),
        };
        let manner = Manner { full: self.record == Detail::Full, as_of: self.as_of };
        let task = Task { host, sources, manner, input, output, threads, patience: PATIENCE };
        let Output { records, openings, rejects, progress, tally } = crew::run(task, session)?;
        progress.finish();
        // A receipt without its openings would be of no use; openings without receipts can be made anew.
        openings.map_or(Ok(()), Sink::finish)?;
        records.finish()?;
        let reject_files = rejects.finish(&origins)?;
        terminal::say(&summary(&tally, started.elapsed(), &reject_files));
        Ok(if tally.rejected == 0 { Ending::Done } else { Ending::Findings })
    }
}

fn processors() -> usize {
    std::thread::available_parallelism().map_or(1, std::num::NonZero::get)
}

/// How the headers of a CSV file and the elements of an XML file are read: by the mapping's row or by the pack's facts.
pub(super) fn shape(session: &mut Session, mapping: Option<&PackFile>) -> Outcome<Shape> {
    if let Some(mapping) = mapping {
        let document: Value = serde_json::from_str(&mapping.text)
            .map_err(|error| Failure::new(format!("`{}` is not JSON: {error}", mapping.path.display())))?;
        let schema = document.get("row").cloned().unwrap_or_default();
        let rows = document.get("rows").and_then(Value::as_str).map(str::to_owned);
        return Ok(Shape { schema, nested: false, rows });
    }
    let mut answer = session.call(&json!({"do": "schema", "pack": session.pack()}).to_string())?;
    let schema = answer.get_mut("schema").map(Value::take).unwrap_or_default();
    Ok(Shape { schema, nested: true, rows: None })
}

//! `rules decide`: one case, with its explanation.

use super::EngineOptions;
use crate::answer::{self, Decision, Fault, Question};
use crate::batch::output::{Sink, refuse_to_overwrite};
use crate::engine::Host;
use crate::failure::{Failure, Outcome};
use crate::packs::{self, PackFile};
use crate::record::receipt;
use crate::{Ending, terminal};
use clap::Args;
use serde::de::IgnoredAny;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Decide one case and say why
///
/// The answer is for an officer to read: the outcome, each reason with the law or report it rests on, what fires and,
/// where it cannot tell yet, what is missing and what to ask next. With `--audience citizen` it is for the person: the
/// sentences that the pack wrote for the person, and nothing technical; with `--audience auditor` it says everything that
/// the engine knows of the decision.
#[derive(Args)]
pub(crate) struct Decide {
    /// Folder of the pack, or its pack.json
    pack: PathBuf,
    /// The case, one JSON object; `-` is standard input
    case: PathBuf,
    /// The date to decide at, for a case that has no `as_of` of its own: YYYY-MM-DD
    #[arg(long, value_name = "DATE")]
    as_of: Option<String>,
    /// How the answer is written
    #[arg(long, value_enum, default_value = "text", value_name = "FORMAT")]
    format: Format,
    /// Who reads it; the record (JSON) is the same for everybody
    #[arg(long, value_enum, default_value = "officer", value_name = "AUDIENCE")]
    audience: Audience,
    /// The language of the answer: `en`, `cy`; the pack's first one where it does not have it
    #[arg(long, value_name = "LANGUAGE")]
    language: Option<String>,
    /// The receipt in place of the decision: values are kept back behind salted digests, and go to --openings
    #[arg(long, requires = "openings", conflicts_with = "format")]
    receipt: bool,
    /// Where the values of the receipt go, with their salts: keep it as you keep the case
    #[arg(long, value_name = "FILE", requires = "receipt")]
    openings: Option<PathBuf>,
    /// A mapping that brings a row of another shape into the facts of the pack
    #[arg(long, value_name = "MAPPING")]
    map: Option<PathBuf>,
    #[command(flatten)]
    engine: EngineOptions,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    /// The decision record, as `rules check` writes it
    Json,
    /// Plain text
    Text,
    /// Markdown, for reports
    Markdown,
    /// A web page by itself, to be read, printed or kept
    Html,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Audience {
    /// The person: what was decided, what happens next, what is still to be answered, whom to ask
    Citizen,
    /// Who decides: reasons, facts, thresholds and sources
    Officer,
    /// Who looks at it afterwards: everything
    Auditor,
}

impl Decide {
    pub(crate) fn run(self) -> Outcome<Ending> {
        let pack = PackFile::read(&self.pack)?;
        let mapping = self.map.as_deref().map(PackFile::read).transpose()?;
        let read = [Some(&pack), mapping.as_ref()].into_iter().flatten().map(|file| file.path.as_path());
        let read: Vec<&Path> = read.chain([self.case.as_path()]).collect();
        refuse_to_overwrite(&read, &[("--openings", self.openings.as_deref())])?;
        let case = read_case(&self.case)?;
        let host = Arc::new(Host::open(self.engine.host, self.engine.limits(1))?);
        let (mut session, _) = packs::open_in(&host, &pack, mapping.as_ref(), self.language.as_deref())?;
        let format = match self.format {
            _ if self.receipt => "json",
            Format::Json => "json",
            Format::Text => "text",
            Format::Markdown => "markdown",
            Format::Html => "page",
        };
        let audience = match self.audience {
            Audience::Citizen => "citizen",
            Audience::Officer => "officer",
            Audience::Auditor => "auditor",
        };
        let question = Question { case: &case, as_of: self.as_of.as_deref(), format, audience };
        match answer::decide(&mut session, &question)? {
            Decision::Written(text) => {
                match &self.openings {
                    Some(openings) => write_receipt(&text, openings)?,
                    None => terminal::print(&text)?,
                }
                Ok(Ending::Done)
            }
            Decision::Rejected(faults) => {
                reject(&self.case, &faults);
                Ok(Ending::Findings)
            }
        }
    }
}

/// Prints the receipt and says its digest, once what opens it is safe on the disk.
fn write_receipt(record: &str, place: &Path) -> Outcome<()> {
    let (receipt, openings) = receipt::of_record(record)?;
    let mut sink = Sink::file(place)?;
    sink.write(format!("{}\n", openings.to_text()).as_bytes())?;
    sink.finish()?;
    terminal::print(&receipt.text)?;
    terminal::say(&format!("The SHA-256 of the receipt, for the letter or the register: {}", receipt.sha256));
    Ok(())
}

fn read_case(path: &Path) -> Outcome<String> {
    let (name, text) = if path.as_os_str() == "-" {
        let mut text = String::new();
        std::io::stdin()
            .read_to_string(&mut text)
            .map_err(|error| Failure::new(format!("standard input cannot be read: {error}")))?;
        ("standard input".to_owned(), text)
    } else {
        (format!("`{}`", path.display()), packs::read_text(path)?)
    };
    // An editor may put a byte-order mark in front.
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(&text).trim().to_owned();
    if text.is_empty() {
        return Err(Failure::new(format!("{name} is empty")).help("a case is one JSON object, such as {\"age\": 34}"));
    }
    serde_json::from_str::<IgnoredAny>(&text).map_err(|error| {
        Failure::new(format!("{name} is not JSON: {error}")).help("look at that line and the one above it")
    })?;
    if text.starts_with('[') {
        return Err(Failure::new(format!("{name} is a list of cases")).help("`rules check` decides many cases"));
    }
    Ok(text)
}

fn reject(path: &Path, faults: &[Fault]) {
    terminal::say(&format!("The case `{}` cannot be decided:", path.display()));
    for fault in faults {
        let place = if fault.pointer.is_empty() { String::new() } else { format!("{}: ", fault.pointer) };
        terminal::say(&format!("  {place}{} ({})", fault.message, fault.code));
        if let Some(help) = &fault.help {
            terminal::say(&format!("    help: {help}"));
        }
    }
}

//! `rules verify`: whether records and receipts are what was decided.

mod ahead;
mod decided;
mod documents;
mod proof;

use super::EngineOptions;
use super::check::shape;
use crate::batch::input::{Format, Input};
use crate::batch::output::{Sink, refuse_to_overwrite};
use crate::engine::Host;
use crate::exact::Exact;
use crate::failure::{Failure, Outcome};
use crate::packs::{self, PackFile};
use crate::record::openings::Openings;
use crate::record::sensitive::Sensitive;
use crate::{Ending, terminal};
use ahead::{Ahead, Next};
use clap::Args;
use documents::Documents;
use proof::{Again, Proof, Verdict};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Decide again what a record says was decided, and say what differs
///
/// The record must be in canonical form, made by this pack and this engine, and say what the case comes to now; every
/// field that does not is named with what is recorded and what it is now. A file of records, as `rules check` writes it,
/// is held against the files of cases it came from.
///
/// A receipt (`--receipt` of `rules decide` and `rules check`) says by itself whether it was changed. With its openings,
/// `--fact` shows one fact and proves that it is the one that was decided on; with all openings, the pack and the case
/// the whole decision is made again. Whoever makes up a whole new receipt gives it another digest: compare the digest
/// with the one on the letter or in the register, or let `--digest` do it.
#[derive(Args)]
pub(crate) struct Verify {
    /// Records or receipts, one JSON object after the other; `-` is standard input
    record: PathBuf,
    /// Folder of the pack, or its pack.json
    #[arg(long, value_name = "PACK", requires = "case")]
    pack: Option<PathBuf>,
    /// File of the case or cases; once for each file, in the order in which they were checked
    #[arg(long, value_name = "CASE", requires = "pack")]
    case: Vec<PathBuf>,
    /// The date that cases without an `as_of` of their own were decided at: YYYY-MM-DD
    #[arg(long, value_name = "DATE", requires = "pack")]
    as_of: Option<String>,
    /// The mapping that brought the cases into the facts of the pack
    #[arg(long, alias = "mapping", value_name = "MAPPING", requires = "pack")]
    map: Option<PathBuf>,
    /// How the cases are written [default: by the ending of the file's name]
    #[arg(long, value_enum, value_name = "FORMAT")]
    input: Option<Format>,
    /// What opens the receipts, or some of their values
    #[arg(long, alias = "opening", value_name = "FILE")]
    openings: Option<PathBuf>,
    /// Show this fact of a receipt, by its JSON pointer (`/audit_total`) or that of another value kept back
    /// (`/outcome/value`); may be given several times
    #[arg(long, value_name = "POINTER", requires = "openings")]
    fact: Vec<String>,
    /// Write the openings of just these facts, to be shown with the receipt
    #[arg(long, value_name = "FILE", requires = "fact")]
    out: Option<PathBuf>,
    /// The SHA-256 that the record or receipt must have, as the letter or the register has it
    #[arg(long, value_name = "HEX")]
    digest: Option<String>,
    #[command(flatten)]
    engine: EngineOptions,
}

impl Verify {
    pub(crate) fn run(self) -> Outcome<Ending> {
        let mut records = Documents::open(&self.record)?;
        let read = [Some(&self.record), self.openings.as_ref(), self.pack.as_ref(), self.map.as_ref()];
        let read: Vec<&Path> = read.into_iter().flatten().chain(&self.case).map(PathBuf::as_path).collect();
        refuse_to_overwrite(&read, &[("--out", self.out.as_deref())])?;
        let mut out = self.out.as_deref().map(Sink::file).transpose()?;
        let mut next = records.next()?;
        let mut proof = Proof {
            again: self.again(next.as_deref().unwrap_or_default())?,
            openings: self.openings.as_deref().map(openings).transpose()?,
            facts: self.fact,
            digest: self.digest.map(|digest| digest.to_ascii_lowercase()),
        };
        let mut sum = Sum::default();
        while let Some(text) = next {
            sum.documents += 1;
            let verdict = proof.of(&text)?;
            if let (Some(out), Some(shown)) = (&mut out, &verdict.shown) {
                out.write(format!("{}\n", shown.to_text()).as_bytes())?;
            }
            sum.tell(&verdict)?;
            next = records.next()?;
        }
        if let Some(out) = out {
            out.finish()?;
        }
        sum.close(proof, &self.record)
    }

    /// What decides again, in the language of the first record: one command writes all of a file in one.
    fn again(&self, first: &str) -> Outcome<Option<Again>> {
        let Some(pack) = &self.pack else { return Ok(None) };
        let pack = PackFile::read(pack)?;
        let mapping = self.map.as_deref().map(PackFile::read).transpose()?;
        let host = Arc::new(Host::open(self.engine.host, self.engine.limits(1))?);
        let language = Exact::parse(first).ok();
        let language = language.and_then(|record| record.get("language")?.text().map(str::to_owned));
        let (mut session, _) = packs::open_in(&host, &pack, mapping.as_ref(), language.as_deref())?;
        let shape = shape(&mut session, mapping.as_ref())?;
        let input = Input::open(&self.case, self.input, shape)?;
        Ok(Some(Again {
            sensitive: Sensitive::of_pack(&pack.text),
            pack: pack.path.display().to_string(),
            cases: Ahead::new(decided::decided(session, input, self.as_of.clone())),
        }))
    }
}

/// Openings by the case they are for; `None` where a document is none.
fn openings(path: &Path) -> Outcome<Ahead<Option<Openings>>> {
    let mut documents = Documents::open(path)?;
    let next: Next<Option<Openings>> = Box::new(move || {
        let Some(text) = documents.next()? else { return Ok(None) };
        let document = Exact::parse(&text).map_err(Failure::new)?;
        let case = document.get("case").and_then(Exact::text).unwrap_or_default().to_owned();
        let in_shape = crate::record::canonical::misspelt(&text).map_err(Failure::new)?.is_none();
        Ok(Some((case, Openings::read(&document).filter(|_| in_shape))))
    });
    Ok(Ahead::new(next))
}

/// What is said at the end.
#[derive(Default)]
struct Sum {
    documents: u64,
    wrong: u64,
    receipts: u64,
    /// What is good about the last one, said only when it is the only one and nothing is bad about it.
    good: Vec<String>,
}

impl Sum {
    fn tell(&mut self, verdict: &Verdict) -> Outcome<()> {
        self.receipts += u64::from(verdict.is_receipt);
        self.good.clone_from(&verdict.good);
        if !verdict.findings.is_empty() {
            self.wrong += 1;
            let what = if verdict.is_receipt { "Receipt" } else { "Record" };
            terminal::print(&format!("{what} {}, number {} in the file:", verdict.case, self.documents))?;
        }
        for finding in &verdict.findings {
            let place = if finding.pointer.is_empty() { String::new() } else { format!("{}  ", finding.pointer) };
            terminal::print(&format!("  {place}{}", finding.message))?;
        }
        verdict.facts.iter().try_for_each(|fact| terminal::print(fact))
    }

    fn close(self, proof: Proof, path: &Path) -> Outcome<Ending> {
        if self.documents == 0 {
            return Err(Failure::new(format!("`{}` is empty", path.display())).help("name a file of records"));
        }
        let mut ending = if self.wrong == 0 { Ending::Done } else { Ending::Findings };
        let what = match (self.receipts, self.documents) {
            (0, 1) => "record",
            (0, _) => "records",
            (receipts, documents) if receipts < documents => "records and receipts",
            (1, _) => "receipt",
            _ => "receipts",
        };
        // Who asks about one record does not ask about the other cases of the file.
        if self.documents > 1 {
            let cases = proof.again.map(|again| again.cases.finish()).transpose()?;
            let openings = proof.openings.map(Ahead::finish).transpose()?;
            for (left, words) in [(cases, "no record"), (openings, "openings, and no receipt")] {
                let Some(left) = left.filter(|left| left.count > 0) else { continue };
                ending = Ending::Findings;
                terminal::print(&format!("Cases with {words}: {}", left.in_words()))?;
            }
        } else if self.wrong == 0 {
            self.good.iter().try_for_each(|words| terminal::print(words))?;
        }
        let verdict = match (self.wrong, self.documents) {
            (0, 1) => "in order".to_owned(),
            (0, _) => "all in order".to_owned(),
            (_, 1) => "not in order".to_owned(),
            (wrong, _) => format!("{wrong} not in order"),
        };
        terminal::print(&format!("{} {what}: {verdict}", self.documents))?;
        Ok(ending)
    }
}

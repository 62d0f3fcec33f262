//! `rules test`: the cases that a pack brings along, with the answers they must have, and what they reach of it.

mod coverage;

use super::EngineOptions;
use crate::answer::{self, Decision, Question};
use crate::engine::Host;
use crate::engine::session::Session;
use crate::exact::Exact;
use crate::expectation;
use crate::failure::{Failure, Outcome};
use crate::packs::{self, PackFile};
use crate::{Ending, terminal};
use clap::Args;
use std::path::PathBuf;
use std::sync::Arc;

/// Run a pack's own test cases (cases.json)
///
/// Each case says what is known and what must come of it; a case that comes out otherwise is printed with what was
/// expected and what came. With --coverage, what no case reaches is printed too: rows of tables, states of decisions
/// and triggers, periods of parameters, alternatives of readings. Code 1 when there is anything of either.
#[derive(Args)]
pub(crate) struct Test {
    /// Folders of packs, folders with packs in them at any depth, or their pack.json; the cases lie beside it
    #[arg(required = true)]
    packs: Vec<PathBuf>,
    /// Say what of each pack its cases do not reach; what is reached by none is a finding
    #[arg(long)]
    coverage: bool,
    #[command(flatten)]
    engine: EngineOptions,
}

impl Test {
    pub(crate) fn run(self) -> Outcome<Ending> {
        let host = Arc::new(Host::open(self.engine.host, self.engine.limits(1))?);
        let mut ending = Ending::Done;
        for pack in packs::read_all(&self.packs)? {
            let (mut session, _) = packs::open(&host, &pack, None)?;
            let cases = read_cases(&pack)?;
            let mut good = run_cases(&mut session, &pack, &cases)?;
            if self.coverage {
                good &= coverage::report(&mut session, &pack, cases.items().iter().map(case_of))?;
            }
            if !good {
                ending = Ending::Findings;
            }
        }
        Ok(ending)
    }
}

/// Runs all cases and prints those that are not as expected; whether all are.
fn run_cases(session: &mut Session, pack: &PackFile, cases: &Exact) -> Outcome<bool> {
    let mut failed = 0;
    for (index, case) in cases.items().iter().enumerate() {
        let differences = run_case(session, case)?;
        if differences.is_empty() {
            continue;
        }
        failed += 1;
        let name = case.get("name").and_then(Exact::text).unwrap_or("a case without a name");
        terminal::print(&format!("{}: case {}: {name}", pack.path.display(), index + 1))?;
        for difference in differences {
            terminal::print(&format!("  {difference}"))?;
        }
    }
    let count = cases.items().len();
    let verdict = match (count, failed) {
        (1, 0) => "1 case, as expected".to_owned(),
        (1, _) => "1 case, not as expected".to_owned(),
        (_, 0) => format!("{count} cases, all as expected"),
        _ => format!("{count} cases, {failed} not as expected"),
    };
    terminal::print(&format!("{}: {verdict}", pack.path.display()))?;
    Ok(failed == 0)
}

fn read_cases(pack: &PackFile) -> Outcome<Exact> {
    let path = pack.beside("cases.json");
    let text = packs::read_text(&path)?;
    let cases =
        Exact::parse(&text).map_err(|error| Failure::new(format!("`{}` is not JSON: {error}", path.display())))?;
    if cases.items().is_empty() {
        return Err(Failure::new(format!("`{}` holds no cases", path.display()))
            .help("write a list of cases, each with `name`, `as_of`, `facts`, `expect` and `source`"));
    }
    Ok(cases)
}

/// What is different from what the case expects, one line each.
fn run_case(session: &mut Session, case: &Exact) -> Outcome<Vec<String>> {
    let mut differences = slips(case);
    let Some(expected) = case.get("expect").filter(|expected| !expected.members().is_empty()) else {
        differences.push("it has no `expect`, so nothing was tested".to_owned());
        return Ok(differences);
    };
    let facts = case_of(case).to_string();
    let question = Question { case: &facts, as_of: None, format: "json", audience: "officer" };
    match answer::decide(session, &question)? {
        Decision::Rejected(faults) => differences.extend(
            faults.iter().map(|fault| format!("rejected: {} {} ({})", fault.pointer, fault.message, fault.code)),
        ),
        Decision::Written(record) => {
            let record = Exact::parse(&record)
                .map_err(|error| Failure::new(format!("the engine's record cannot be read: {error}")))?;
            differences.extend(expectation::differences(expected, &record));
        }
    }
    Ok(differences)
}

/// What a case may have beside its facts, and what that is called in the case data.
const RESERVED: [(&str, &str); 4] =
    [("name", "case"), ("as_of", "as_of"), ("not_known", "not_known"), ("not_applicable", "not_applicable")];

/// Members of a case that mean nothing: what they were to say would be left out silently.
fn slips(case: &Exact) -> Vec<String> {
    let known: Vec<&str> = RESERVED.iter().map(|(name, _)| *name).chain(["facts", "expect", "source"]).collect();
    let unknown = case.members().iter().filter(|(name, _)| !known.contains(&name.as_str()));
    unknown
        .map(|(name, _)| match rules_core::closest(name, known.iter().copied()) {
            Some(near) => format!("it has a member `{name}` that means nothing; did you mean `{near}`?"),
            None => format!("it has a member `{name}` that means nothing"),
        })
        .collect()
}

/// The facts with what is reserved beside them, as a case has it.
fn case_of(case: &Exact) -> Exact {
    let mut members = vec![];
    for (from, to) in RESERVED {
        members.extend(case.get(from).map(|value| (to.to_owned(), value.clone())));
    }
    members.extend(case.get("facts").into_iter().flat_map(Exact::members).cloned());
    Exact::Object(members)
}

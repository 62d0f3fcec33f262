//! `rules test`: the cases that a pack brings along, with the answers they must have.

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
/// expected and what came. Code 1 when there is one.
#[derive(Args)]
pub(crate) struct Test {
    /// Folders of packs, or their pack.json; the cases lie beside it
    #[arg(required = true)]
    packs: Vec<PathBuf>,
    #[command(flatten)]
    engine: EngineOptions,
}

impl Test {
    pub(crate) fn run(self) -> Outcome<Ending> {
        let host = Arc::new(Host::open(self.engine.host, self.engine.limits(1))?);
        let mut ending = Ending::Done;
        for path in &self.packs {
            let pack = PackFile::read(path)?;
            let (mut session, _) = packs::open(&host, &pack, None)?;
            let cases = read_cases(&pack)?;
            let mut failed = 0;
            for (index, case) in cases.items().iter().enumerate() {
                let differences = run_case(&mut session, case)?;
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
            let verdict = match failed {
                0 => format!("{count} cases, all as expected"),
                _ => format!("{count} cases, {failed} not as expected"),
            };
            terminal::print(&format!("{}: {verdict}", pack.path.display()))?;
            if failed > 0 {
                ending = Ending::Findings;
            }
        }
        Ok(ending)
    }
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
    let Some(expected) = case.get("expect") else {
        return Ok(vec!["it has no `expect`, so nothing was tested".to_owned()]);
    };
    let facts = case_of(case).to_string();
    let question = Question { case: &facts, as_of: None, format: "json" };
    match answer::decide(session, &question)? {
        Decision::Rejected(faults) => Ok(faults
            .iter()
            .map(|fault| format!("rejected: {} {} ({})", fault.pointer, fault.message, fault.code))
            .collect()),
        Decision::Written(record) => {
            let record = Exact::parse(&record)
                .map_err(|error| Failure::new(format!("the engine's record cannot be read: {error}")))?;
            Ok(expectation::differences(expected, &record))
        }
    }
}

/// The facts with what is reserved beside them, as a case has it.
fn case_of(case: &Exact) -> Exact {
    let mut members = vec![];
    let reserved =
        [("name", "case"), ("as_of", "as_of"), ("not_known", "not_known"), ("not_applicable", "not_applicable")];
    for (from, to) in reserved {
        members.extend(case.get(from).map(|value| (to.to_owned(), value.clone())));
    }
    members.extend(case.get("facts").into_iter().flat_map(Exact::members).cloned());
    Exact::Object(members)
}

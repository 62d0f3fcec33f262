//! `rules feel`: FEEL expressions without a pack.

mod cases;
mod context;
mod question;

use super::EngineOptions;
use crate::engine::Host;
use crate::engine::session::Caller;
use crate::failure::{Failure, Outcome};
use crate::findings::{self, Document, Finding};
use crate::{Ending, terminal};
use clap::{ArgGroup, Args};
use context::Given;
use question::{Answer, Found, Question, ask};
use std::path::{Path, PathBuf};

/// Evaluate a FEEL expression and, where the value is null, say why
///
/// The value goes to standard output as FEEL; everything else goes to standard error: why it is null, and what the types
/// say of the expression. Code 1 when there is a reason or an error among the findings, 2 when there is no value, as
/// with a fault of the syntax.
///
/// With --cases many expressions are evaluated, one JSON object a line as the DMN conformance kit has them: `id`,
/// `expression` and, if wanted, `inputs` (name to typed value), `types` (item definitions), `inputTypes` (name to type),
/// `resultType` and `not_known` (a list of names). Each answer is one line: `{"id", "got", "reason"?}`. A line that
/// cannot be read is told and left out, and the rest goes on (code 1).
#[derive(Args)]
#[command(group = ArgGroup::new("what").required(true).args(["expression", "cases"]))]
pub(crate) struct Feel {
    /// The expression; `-` is standard input
    #[arg(allow_hyphen_values = true)]
    expression: Option<String>,
    /// Names with their values: a FEEL context or, in a file called .json, a JSON object; `-` is standard input
    #[arg(long, value_name = "FILE", conflicts_with = "cases")]
    context: Option<PathBuf>,
    /// The date that `today()` gives: YYYY-MM-DD [default: today's, in UTC]
    #[arg(long, value_name = "DATE")]
    as_of: Option<String>,
    /// Many expressions, one JSON object a line; `-` is standard input
    #[arg(long, value_name = "FILE")]
    cases: Option<PathBuf>,
    /// Where the answers to --cases go [default: standard output]
    #[arg(long, value_name = "FILE", requires = "cases")]
    out: Option<PathBuf>,
    #[command(flatten)]
    engine: EngineOptions,
}

impl Feel {
    pub(crate) fn run(self) -> Outcome<Ending> {
        let host = Host::open(self.engine.host, self.engine.limits(1))?;
        let mut caller = Caller::open(&host)?;
        let as_of = question::date(&mut caller, self.as_of.as_deref())?;
        match &self.cases {
            Some(path) => cases::run(&mut caller, path, self.out.as_deref(), &as_of),
            None => self.evaluate(&mut caller, &as_of),
        }
    }

    fn evaluate(self, caller: &mut Caller<'_>, as_of: &str) -> Outcome<Ending> {
        let from_input = self.expression.as_deref() == Some("-");
        if from_input && self.context.as_deref() == Some(Path::new("-")) {
            return Err(Failure::new("standard input is named twice"));
        }
        let expression = match self.expression {
            Some(text) if !from_input => Given { name: "expression".to_owned(), text },
            _ => Given::read(Path::new("-"))?,
        };
        let context = self.context.as_deref().map(Given::context).transpose()?;
        let question = Question {
            context: context.as_ref().map(|context| context.text.as_str()),
            as_of: Some(as_of),
            check: true,
            ..Question::of(&expression.text)
        };
        match ask(caller, &question)? {
            Answer::Value(found) => tell(&expression, found),
            Answer::Faulty(faults) => {
                let of_context = faults.iter().any(|fault| fault.pointer.starts_with("/context"));
                let given = context.as_ref().filter(|_| of_context).unwrap_or(&expression);
                let count = findings::count(&faults);
                show(given, faults);
                Err(Failure::new(format!("there is no value: {count}")))
            }
        }
    }
}

/// Prints the value, and what is to be said of it.
fn tell(expression: &Given, found: Found) -> Outcome<Ending> {
    let findings = found.reason.is_some() || found.warnings.iter().any(Finding::is_error);
    terminal::print(&found.value)?;
    if let Some(reason) = found.reason {
        terminal::say(&format!("because {reason}\n"));
    }
    show(expression, found.warnings);
    Ok(if findings { Ending::Findings } else { Ending::Done })
}

/// Shows what was found in a text. It is one text, so that a pointer into it would say nothing.
fn show(given: &Given, mut found: Vec<Finding>) {
    found.iter_mut().for_each(|finding| finding.pointer.clear());
    findings::show(&Document { name: &given.name, text: &given.text }, &found);
}

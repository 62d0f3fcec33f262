//! Many expressions, one a line, as the conformance kit has them.

use super::context::origin;
use super::question::{Answer, Question, ask};
use crate::batch::chunk::{BYTES, Origin};
use crate::batch::output::{Sink, refuse_to_overwrite};
use crate::batch::progress::grouped;
use crate::engine::session::Caller;
use crate::failure::{Failure, Outcome};
use crate::{Ending, terminal};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::time::Instant;

/// Null as the engine writes it with its kind.
const NULL: &str = r#"{"t":"null"}"#;

/// One line. What else it holds (what is expected, tags) is for others.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Case<'l> {
    id: String,
    expression: String,
    #[serde(borrow)]
    inputs: Option<&'l RawValue>,
    #[serde(borrow)]
    types: Option<&'l RawValue>,
    #[serde(borrow)]
    input_types: Option<&'l RawValue>,
    result_type: Option<String>,
    #[serde(default, rename = "not_known")]
    not_known: Vec<String>,
}

/// What becomes of it.
#[derive(Serialize)]
struct Line<'a> {
    id: &'a str,
    got: &'a RawValue,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
}

/// What the summary counts.
#[derive(Default)]
struct Count {
    lines: u64,
    nulls: u64,
    without_reason: u64,
    left_out: u64,
}

/// Answers every line of `path`.
pub(super) fn run(caller: &mut Caller<'_>, path: &Path, out: Option<&Path>, as_of: &str) -> Outcome<Ending> {
    let started = Instant::now();
    let unreadable = |error: std::io::Error| Failure::reading(path, &error);
    let origin = origin(path);
    let mut reader: Box<dyn BufRead> = match &origin {
        Origin::File(path) => Box::new(BufReader::new(File::open(path).map_err(unreadable)?)),
        Origin::StandardInput => Box::new(std::io::stdin().lock()),
    };
    let mut sink = match out {
        None => Sink::standard_output(),
        Some(out) => {
            refuse_to_overwrite(&[path], &[("--out", Some(out))])?;
            Sink::file(out)?
        }
    };
    let (mut count, mut line, mut answers) = (Count::default(), Vec::new(), Vec::new());
    for number in 1_u64.. {
        line.clear();
        if reader.read_until(b'\n', &mut line).map_err(unreadable)? == 0 {
            break;
        }
        if line.trim_ascii().is_empty() {
            continue;
        }
        count.lines += 1;
        // An editor may put a byte-order mark in front.
        let text = line.strip_prefix("\u{FEFF}".as_bytes()).unwrap_or(&line);
        if let Err(failure) = answer(caller, text, as_of, &mut answers, &mut count) {
            count.left_out += 1;
            terminal::complain(&failure.within(&format!("{}, line {number}", origin.name())));
        }
        if answers.len() > BYTES {
            sink.write(&answers)?;
            answers.clear();
        }
    }
    sink.write(&answers)?;
    sink.finish()?;
    let Count { lines, nulls, without_reason, left_out } = count;
    terminal::say(&format!(
        "{} lines = {} answers + {} left out, in {:.1} s; {} answers are null, {} of them without a reason",
        grouped(lines),
        grouped(lines - left_out),
        grouped(left_out),
        started.elapsed().as_secs_f64(),
        grouped(nulls),
        grouped(without_reason),
    ));
    Ok(if left_out == 0 { Ending::Done } else { Ending::Findings })
}

/// Answers one line. An expression that cannot be read is null, and what is wrong with it is the reason.
fn answer(caller: &mut Caller<'_>, line: &[u8], as_of: &str, answers: &mut Vec<u8>, count: &mut Count) -> Outcome<()> {
    let unfit = |error: serde_json::Error| Failure::new(error.to_string());
    let case: Case<'_> = serde_json::from_slice(line).map_err(unfit)?;
    let question = Question {
        inputs: case.inputs,
        types: case.types,
        declared: case.input_types,
        returns: case.result_type.as_deref(),
        not_known: &case.not_known,
        as_of: Some(as_of),
        ..Question::of(&case.expression)
    };
    let (got, reason) = match ask(caller, &question)? {
        Answer::Value(found) => (found.typed, found.reason),
        Answer::Faulty(faults) => {
            if let Some(fault) = faults.iter().find(|fault| fault.pointer != "/expression") {
                return Err(Failure::new(fault.message.as_str()).within(&fault.pointer));
            }
            let reasons: Vec<&str> = faults.iter().map(|fault| fault.message.as_str()).collect();
            (RawValue::from_string(NULL.to_owned()).map_err(unfit)?, Some(reasons.join("; ")))
        }
    };
    if got.get() == NULL {
        count.nulls += 1;
        count.without_reason += u64::from(reason.is_none());
    }
    serde_json::to_writer(&mut *answers, &Line { id: &case.id, got: &got, reason }).map_err(unfit)?;
    answers.push(b'\n');
    Ok(())
}

//! Every pack: how long it takes to read, check and compile it, and a batch of cases made from its schema of facts.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use rules_core::Wire;
use rules_tests::cases::CaseMaker;
use rules_tests::packs::{Pack, shipped};
use rules_tests::time_zones_text;
use serde_json::json;

use crate::{Failure, SEED, median};

const ROUNDS: usize = 9;
/// The hosts of the command line.
const HOSTS: [&str; 2] = ["native", "wasm"];

/// Prints the figures of every shipped pack, with the summary of its batch of `count` cases.
pub(crate) fn report(rules: &Path, folder: &Path, count: usize) -> Result<(), Failure> {
    println!(
        "\nEvery pack: milliseconds to read, check and compile it (median of {ROUNDS}); {count} generated cases, one"
    );
    println!(
        "thread, brief records. Under wasmtime a whole process is timed, the quickest of {ROUNDS}: it starts, loads the pack and ends.\n"
    );
    println!(
        "{:<36}{:>8}{:>12}{:>12}{:>16}{:>16}",
        "", "KB", "native ms", "process ms", "native cases/s", "wasm cases/s"
    );
    let mut summaries = Vec::new();
    for pack in shipped() {
        let text = pack.document();
        let cases = folder.join(format!("{}-generated.ndjson", pack.name()));
        fs::write(&cases, CaseMaker::new(&pack).lines(count, SEED))?;
        let [(native, _), (wasm, summary)] = HOSTS.map(|host| batch(rules, &pack, &cases, host));
        let (native, wasm) = (native?, wasm?);
        println!(
            "{:<36}{:>8}{:>12.1}{:>12.1}{:>16.0}{:>16.0}",
            pack.name(),
            text.len() / 1_000,
            load_native(&text),
            load_under_wasmtime(rules, &pack)?,
            count as f64 / native.as_secs_f64(),
            count as f64 / wasm.as_secs_f64(),
        );
        summaries.push((pack.name().to_owned(), summary));
        fs::remove_file(&cases)?;
    }
    for (name, summary) in summaries {
        println!("\n{name}\n{}", summary.trim_end());
    }
    Ok(())
}

/// Milliseconds to load a pack into a new engine in this process.
fn load_native(text: &str) -> f64 {
    let request = json!({"do": "load", "text": text}).to_string();
    let zones = json!({"do": "time zones", "text": time_zones_text()}).to_string();
    let took = (0..ROUNDS).map(|_| {
        let mut wire = Wire::new();
        let _ = wire.call(&zones);
        let begun = Instant::now();
        let answer = wire.call(&request);
        let took = begun.elapsed();
        assert!(answer.contains("\"pack\":"), "{answer}");
        took.as_secs_f64() * 1_000.0
    });
    median(took.collect())
}

/// Milliseconds of the quickest process: what disturbs one only makes it slower.
fn load_under_wasmtime(rules: &Path, pack: &Pack) -> Result<f64, Failure> {
    let mut quickest = Duration::MAX;
    for _ in 0..ROUNDS {
        quickest = quickest.min(timed(Command::new(rules).args(["schema", "--host", "wasm"]).arg(&pack.folder))?);
    }
    Ok(quickest.as_secs_f64() * 1_000.0)
}

/// How long a batch takes, and what it says at its end.
fn batch(rules: &Path, pack: &Pack, cases: &Path, host: &str) -> (Result<Duration, Failure>, String) {
    let mut check = Command::new(rules);
    check.args(["check", "--record", "brief", "--threads", "1", "--host", host]).arg(&pack.folder).arg(cases);
    let begun = Instant::now();
    match check.stdout(std::process::Stdio::null()).output() {
        Ok(output) if output.status.success() => {
            (Ok(begun.elapsed()), String::from_utf8_lossy(&output.stderr).into_owned())
        }
        Ok(output) => (Err(String::from_utf8_lossy(&output.stderr).into_owned().into()), String::new()),
        Err(error) => (Err(error.into()), String::new()),
    }
}

fn timed(command: &mut Command) -> Result<Duration, Failure> {
    let begun = Instant::now();
    let output = command.output()?;
    let took = begun.elapsed();
    match output.status.success() {
        true => Ok(took),
        false => Err(format!("{command:?}: {}", String::from_utf8_lossy(&output.stderr)).into()),
    }
}

//! What becomes of rows when an engine stops, loops or eats memory, tried with an engine that does so on demand.

use super::session::{Lines, Manner, Session, Sources};
use super::{Host, Limits, wasm::WasmHost};
use crate::failure::Failure;
use rules_core::ChunkOutput;
use serde_json::Value;
use sha2::{Digest, Sha256};
use std::sync::Arc;

/// The host with the engine of ill will in it.
pub(crate) fn host() -> Result<Arc<Host>, Failure> {
    let module = wat::parse_str(include_str!("ill_will.wat")).map_err(|error| Failure::new(error.to_string()))?;
    let digest: String = Sha256::digest(&module).iter().map(|byte| format!("{byte:02x}")).collect();
    // A test runs once, so what it leaks is small.
    let (module, digest) = (Vec::leak(module), String::leak(digest));
    let limits = Limits { memory: 64_000_000, engines: 16, fuel: 50_000_000 };
    Ok(Arc::new(Host::Wasm(WasmHost::open(module, digest, limits)?)))
}

/// No documents: this engine takes any.
pub(crate) fn sources() -> Arc<Sources> {
    Arc::new(Sources { pack: String::new(), mapping: None, language: None })
}

fn decide(rows: &str, session: Option<Session>, decided: &mut ChunkOutput, first_row: u64) -> Result<(), Failure> {
    let session = session.map_or_else(|| Session::open(host()?, sources()), Ok);
    let mut session = session.map_err(|_| Failure::new("the engine did not start"))?;
    session.decide(Lines { text: rows.as_bytes(), first_row }, &Manner { full: true, as_of: None }, decided)
}

fn codes(decided: &ChunkOutput) -> Vec<(u64, String)> {
    let rejects = decided.rejects.split(|byte| *byte == b'\n').filter(|line| !line.is_empty());
    let rejects = rejects.map(|line| serde_json::from_slice::<Value>(line).unwrap_or_default());
    let code = |reject: &Value| reject.get("code").and_then(Value::as_str).unwrap_or_default().to_owned();
    rejects.map(|reject| (reject.get("line").and_then(Value::as_u64).unwrap_or_default(), code(&reject))).collect()
}

/// The lines and codes of rejects.
type Rejects = &'static [(u64, &'static str)];

/// Rows, the records they become, and the rejects.
const ROWS: &[(&str, &str, Rejects)] = &[
    ("a\nb\n", "a\nb\n", &[]),
    ("u\n", "", &[(1, "engine-fault")]),
    ("a\nu\nb\n", "a\nb\n", &[(2, "engine-fault")]),
    ("u\nu\na\n", "a\n", &[(1, "engine-fault"), (2, "engine-fault")]),
    ("a\nm\nb\ns\nc\nu\n", "a\nb\nc\n", &[(2, "limit-memory"), (4, "limit-stack"), (6, "engine-fault")]),
];

#[test]
fn only_the_culprit_is_set_aside_whatever_the_chunks() -> Result<(), Failure> {
    for (rows, records, rejects) in ROWS {
        let mut together = ChunkOutput::default();
        decide(rows, None, &mut together, 1)?;
        let mut single = ChunkOutput::default();
        for (row, line) in (1..).zip(rows.split_inclusive('\n')) {
            decide(line, None, &mut single, row)?;
        }
        for decided in [together, single] {
            assert_eq!(String::from_utf8_lossy(&decided.records), *records, "{rows}");
            let expected: Vec<_> = rejects.iter().map(|(line, code)| (*line, (*code).to_owned())).collect();
            assert_eq!(codes(&decided), expected, "{rows}");
        }
    }
    Ok(())
}

#[test]
fn an_engine_that_counts_ends_an_endless_row() -> Result<(), Failure> {
    let session = Session::open_bounded(host()?, sources()).map_err(|_| Failure::new("the engine did not start"))?;
    let mut decided = ChunkOutput::default();
    decide("a\nl\nb\n", Some(session), &mut decided, 7)?;
    assert_eq!(decided.records, b"a\nb\n");
    assert_eq!(codes(&decided), [(8, "limit-work".to_owned())]);
    Ok(())
}

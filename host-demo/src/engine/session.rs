//! An engine with its pack loaded, that outlives the engine: one thread's way to decisions.
//!
//! When an engine stops in the middle of a chunk, a fresh one decides the rows before the culprit, then the culprit
//! alone, then the rest. Only a row that stops a fresh engine on its own is set aside as a reject, so what becomes of
//! a row never depends on its neighbours, on the size of chunks or on the number of threads.

use super::{Cause, Engine, Host, Rows, Stopped};
use crate::failure::{Failure, Outcome};
use rules_core::ChunkOutput;
use serde_json::{Value, json};
use std::sync::Arc;

/// The texts that every engine of a command loads.
pub(crate) struct Sources {
    /// The pack document.
    pub(crate) pack: String,
    /// The mapping document, when rows are brought into the shape of cases by one.
    pub(crate) mapping: Option<String>,
    /// The language in which it says things; English when none is named.
    pub(crate) language: Option<String>,
}

/// How rows are to be decided.
#[derive(Clone)]
pub(crate) struct Manner {
    /// Records with reasons, or states and values only.
    pub(crate) full: bool,
    /// The date for cases that name none, `YYYY-MM-DD`.
    pub(crate) as_of: Option<String>,
}

/// Rows that belong together: JSON objects, one a line, without empty lines.
#[derive(Clone, Copy)]
pub(crate) struct Lines<'a> {
    pub(crate) text: &'a [u8],
    /// The number of the first line in the whole input, counted from 1.
    pub(crate) first_row: u64,
}

/// One thread's engine.
pub(crate) struct Session {
    host: Arc<Host>,
    sources: Arc<Sources>,
    bounded: bool,
    loaded: Loaded,
}

/// An engine and its handles.
struct Loaded {
    engine: Box<dyn Engine>,
    pack: u32,
    mapping: u32,
}

/// What the engine found in a document that it refused.
pub(crate) enum NotLoaded {
    /// The pack has faults; the engine's diagnostics.
    Pack(Vec<Value>),
    /// The mapping has faults; the engine's diagnostics.
    Mapping(Vec<Value>),
    /// Anything else.
    Failure(Failure),
}

impl From<Failure> for NotLoaded {
    fn from(failure: Failure) -> Self {
        Self::Failure(failure)
    }
}

impl Session {
    /// Starts an engine and loads the documents into it.
    pub(crate) fn open(host: Arc<Host>, sources: Arc<Sources>) -> Result<Self, NotLoaded> {
        let loaded = load(host.engine()?, &sources)?;
        Ok(Self { host, sources, bounded: false, loaded })
    }

    /// The same for rows that did not come back in time: each engine is certain to stop.
    pub(crate) fn open_bounded(host: Arc<Host>, sources: Arc<Sources>) -> Result<Self, NotLoaded> {
        let loaded = load(host.bounded_engine()?, &sources)?;
        Ok(Self { host, sources, bounded: true, loaded })
    }

    /// The handle of the pack, for requests by [`Session::call`].
    pub(crate) fn pack(&self) -> u32 {
        self.loaded.pack
    }

    /// The handle of the mapping, when there is one.
    pub(crate) fn mapping(&self) -> Option<u32> {
        self.sources.mapping.as_ref().map(|_| self.loaded.mapping)
    }

    /// Answers one request as a tree, in which numbers are no longer exact: for everything but records.
    pub(crate) fn call(&mut self, request: &str) -> Outcome<Value> {
        let answer = self.call_text(request)?;
        serde_json::from_str(&answer)
            .map_err(|error| Failure::new(format!("the engine's answer cannot be read: {error}")))
    }

    /// Answers one request, byte for byte; the engine is made afresh when it stops.
    pub(crate) fn call_text(&mut self, request: &str) -> Outcome<String> {
        match self.loaded.engine.call(request) {
            Ok(answer) => Ok(answer),
            Err(Stopped::Refused(failure)) => Err(failure),
            Err(Stopped::InRow(_, cause)) => {
                self.restart()?;
                Err(Failure::new(reason(cause)).help(help(cause)))
            }
        }
    }

    /// Decides rows; each becomes a record or a reject in `decided`, in order.
    pub(crate) fn decide(&mut self, lines: Lines<'_>, manner: &Manner, decided: &mut ChunkOutput) -> Outcome<()> {
        let rows = Rows {
            pack: self.loaded.pack,
            mapping: self.loaded.mapping,
            lines: lines.text,
            first_row: lines.first_row,
            full: manner.full,
            as_of: manner.as_of.as_deref(),
        };
        let (started, cause) = match self.loaded.engine.decide_rows(&rows, decided) {
            Ok(()) => return Ok(()),
            Err(Stopped::Refused(failure)) => return Err(failure),
            Err(Stopped::InRow(started, cause)) => (started, cause),
        };
        self.restart()?;
        let count = lines.text.split_inclusive(|byte| *byte == b'\n').count();
        if count <= 1 {
            set_aside(lines.first_row, cause, decided);
            return Ok(());
        }
        // The row that was looked at last; when none was, the middle.
        let culprit = match usize::try_from(started) {
            Ok(started) if (1..=count).contains(&started) => started - 1,
            _ => count / 2,
        };
        let (before, rest) = split_rows(lines, culprit);
        let (alone, after) = split_rows(rest, 1);
        for part in [before, alone, after] {
            if !part.text.is_empty() {
                self.decide(part, manner, decided)?;
            }
        }
        Ok(())
    }

    fn restart(&mut self) -> Outcome<()> {
        let engine = if self.bounded { self.host.bounded_engine()? } else { self.host.engine()? };
        self.loaded = load(engine, &self.sources).map_err(|_| Failure::new("the pack could not be loaded again"))?;
        Ok(())
    }
}

/// An engine for requests that need no pack. It knows the rules of time zones.
pub(crate) struct Caller<'h> {
    host: &'h Host,
    engine: Box<dyn Engine>,
}

impl<'h> Caller<'h> {
    /// Starts an engine.
    pub(crate) fn open(host: &'h Host) -> Outcome<Self> {
        Ok(Self { host, engine: with_time_zones(host)? })
    }

    /// Answers one request; the engine is made afresh when it stops.
    pub(crate) fn call(&mut self, request: &str) -> Outcome<String> {
        match self.engine.call(request) {
            Ok(answer) => Ok(answer),
            Err(Stopped::Refused(failure)) => Err(failure),
            Err(Stopped::InRow(_, cause)) => {
                self.engine = with_time_zones(self.host)?;
                Err(Failure::new(reason(cause)).help(help(cause)))
            }
        }
    }
}

fn with_time_zones(host: &Host) -> Outcome<Box<dyn Engine>> {
    let mut engine = host.engine()?;
    hand_in_time_zones(engine.as_mut()).map_err(|_| Failure::new("the rules of time zones cannot be handed in"))?;
    Ok(engine)
}

fn hand_in_time_zones(engine: &mut dyn Engine) -> Result<String, Stopped> {
    engine.call(&json!({"do": "time zones", "text": super::TIME_ZONES}).to_string())
}

/// Parts the rows after the first `count`.
fn split_rows(lines: Lines<'_>, count: usize) -> (Lines<'_>, Lines<'_>) {
    let length = lines.text.split_inclusive(|byte| *byte == b'\n').take(count).map(<[u8]>::len).sum();
    let (before, after) = lines.text.split_at(length);
    (Lines { text: before, ..lines }, Lines { text: after, first_row: lines.first_row + count as u64 })
}

fn load(mut engine: Box<dyn Engine>, sources: &Sources) -> Result<Loaded, NotLoaded> {
    let language = sources.language.as_deref().unwrap_or("en");
    let request =
        json!({"do": "load", "text": sources.pack, "engine_sha256": super::MODULE_SHA256, "language": language});
    let pack = ask_for_handle(engine.as_mut(), &request, "pack", NotLoaded::Pack)?;
    let mapping = match &sources.mapping {
        None => 0,
        Some(text) => {
            let request = json!({"do": "load mapping", "text": text, "pack": pack});
            ask_for_handle(engine.as_mut(), &request, "mapping", NotLoaded::Mapping)?
        }
    };
    Ok(Loaded { engine, pack, mapping })
}

/// Answers a request about a document. When that names a time zone, the engine is handed the rules and asked again: only
/// such documents pay for them.
fn read_document(engine: &mut dyn Engine, request: &str) -> Result<String, Stopped> {
    let answer = engine.call(request)?;
    if !answer.contains(&format!("\"code\":\"{}\"", super::NO_TIME_ZONES)) {
        return Ok(answer);
    }
    hand_in_time_zones(engine)?;
    engine.call(request)
}

fn ask_for_handle(
    engine: &mut dyn Engine,
    request: &Value,
    what: &str,
    faults: fn(Vec<Value>) -> NotLoaded,
) -> Result<u32, NotLoaded> {
    let answer = match read_document(engine, &request.to_string()) {
        Ok(answer) => answer,
        Err(Stopped::Refused(failure)) => return Err(failure.into()),
        Err(Stopped::InRow(_, cause)) => {
            let message = format!("the {what} cannot be loaded: {}", reason(cause));
            return Err(Failure::new(message).help(help(cause)).into());
        }
    };
    let mut answer: Value = serde_json::from_str(&answer).unwrap_or_default();
    let handle = answer.get(what).and_then(Value::as_u64).and_then(|handle| u32::try_from(handle).ok());
    if let Some(handle) = handle {
        return Ok(handle);
    }
    match answer.get_mut("diagnostics").map(Value::take) {
        Some(Value::Array(diagnostics)) => Err(faults(diagnostics)),
        _ => Err(Failure::new(format!("the {what} cannot be loaded: {answer}")).into()),
    }
}

/// Writes the reject of a row that stopped a fresh engine on its own.
fn set_aside(row: u64, cause: Cause, decided: &mut ChunkOutput) {
    let code = match cause {
        Cause::Memory => "limit-memory",
        Cause::Work => "limit-work",
        Cause::Stack => "limit-stack",
        Cause::Fault => "engine-fault",
    };
    let reject = json!({"code": code, "help": help(cause), "line": row, "message": reason(cause), "pointer": ""});
    decided.rejects.extend_from_slice(reject.to_string().as_bytes());
    decided.rejects.push(b'\n');
    decided.tallies.extend_from_slice(br#"{"rows":1,"records":0,"rejected":1}"#);
    decided.tallies.push(b'\n');
}

fn reason(cause: Cause) -> &'static str {
    match cause {
        Cause::Memory => "it needs more memory than one engine may use",
        Cause::Work => "it takes more work than one case is allowed",
        Cause::Stack => "it is nested deeper than the engine's stack reaches",
        Cause::Fault => "the engine stopped on a fault of its own",
    }
}

fn help(cause: Cause) -> &'static str {
    match cause {
        Cause::Memory => "look at why it is so large, or raise --memory-limit",
        Cause::Work => "look at why it has so many items, and at the lists in the pack that multiply them",
        Cause::Stack => "look at why it is nested so deeply",
        Cause::Fault => "please report it with the pack and, if you may, the case: no input should do this",
    }
}

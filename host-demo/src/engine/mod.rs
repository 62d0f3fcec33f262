//! The engine as the batch sees it: two hosts, one behaviour.
//!
//! [`Host`] is made once for a command and shared by all threads. Every thread asks it for an [`Engine`] of its own;
//! a stopped engine is thrown away and a fresh one takes its place (see [`session`]).

mod cache;
mod guest;
#[cfg(test)]
pub(crate) mod ill_will;
mod native;
pub(crate) mod session;
mod wasm;

use crate::failure::{Failure, Outcome};
use rules_core::ChunkOutput;

/// The WebAssembly file, as this program was built with it. The same bytes are served to pages.
pub(crate) static MODULE: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/engine/rules_wasm_bg.wasm"));

/// What wasm-bindgen writes around [`MODULE`] for pages and Node, and its TypeScript types.
pub(crate) const SCRIPT: &str = include_str!(concat!(env!("OUT_DIR"), "/engine/rules_wasm.js"));
/// See [`SCRIPT`].
pub(crate) const SCRIPT_TYPES: &str = include_str!(concat!(env!("OUT_DIR"), "/engine/rules_wasm.d.ts"));

/// The rules of time zones as every host hands them in when a document names one; the same file is served to pages.
pub(crate) const TIME_ZONES: &str = include_str!(concat!(env!("OUT_DIR"), "/time-zones.json"));
/// The name of that file.
pub(crate) const TIME_ZONES_FILE: &str = "time-zones.json";

/// The code of the diagnostic with which an engine asks for them.
pub(crate) const NO_TIME_ZONES: &str = "no-time-zones";

/// The SHA-256 of [`MODULE`] in hexadecimal, which stands in every decision record. A native run hands over the same
/// one, since both are built from the same sources.
pub(crate) const MODULE_SHA256: &str = env!("RULES_WASM_SHA256");

/// Where the engine runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum HostKind {
    /// The WebAssembly file under wasmtime: the same bytes as in a page, in a sandbox with a memory limit
    Wasm,
    /// The same engine compiled into this program: faster, without the sandbox
    Native,
}

/// The bounds that hold for an engine under wasmtime. The native engine has the bounds of the core alone.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limits {
    /// Bytes of memory that one engine may use.
    pub(crate) memory: usize,
    /// How many engines may be alive at once.
    pub(crate) engines: u32,
    /// How much an engine that counts it may do in one go, roughly in WebAssembly instructions.
    pub(crate) fuel: u64,
}

/// More than a processor does in the time after which rows are handed to an engine that counts (`batch::crew::PATIENCE`).
/// So a case that a plain engine finishes is finished there too, and the answer does not depend on the machine.
pub(crate) const FUEL: u64 = 100_000_000_000;

/// Rows for [`Engine::decide_rows`], in the terms of `rules_core::Wire::decide_chunk`.
#[derive(Clone, Copy)]
pub(crate) struct Rows<'a> {
    pub(crate) pack: u32,
    pub(crate) mapping: u32,
    /// One JSON object a line.
    pub(crate) lines: &'a [u8],
    /// The number of the first line in the whole input, counted from 1.
    pub(crate) first_row: u64,
    pub(crate) full: bool,
    pub(crate) as_of: Option<&'a str>,
}

/// Why an engine stopped in the middle of its work. Only an engine under wasmtime does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Cause {
    /// It asked for more memory than its limit.
    Memory,
    /// It ran longer than a single case may.
    Work,
    /// Calls were nested deeper than its stack.
    Stack,
    /// It came upon a fault of its own, such as a panic.
    Fault,
}

/// An engine could not finish.
#[derive(Debug)]
pub(crate) enum Stopped {
    /// It trapped while it looked at the row with this number within the chunk, counted from 1; 0 before the first.
    /// The engine must not be used again.
    InRow(u64, Cause),
    /// The rows as a whole were refused: a date that is none, a handle that is unknown.
    Refused(Failure),
}

/// One engine, for one thread.
pub(crate) trait Engine: Send {
    /// Answers one request, JSON text in and out.
    fn call(&mut self, request: &str) -> Result<String, Stopped>;

    /// Decides rows and appends what became of them to `decided`. After `Stopped::InRow` nothing was appended.
    fn decide_rows(&mut self, rows: &Rows<'_>, decided: &mut ChunkOutput) -> Result<(), Stopped>;
}

/// Makes engines.
pub(crate) enum Host {
    Wasm(wasm::WasmHost),
    Native,
}

impl Host {
    /// Makes ready to run engines; under wasmtime that compiles the WebAssembly file or finds it compiled.
    pub(crate) fn open(kind: HostKind, limits: Limits) -> Outcome<Self> {
        match kind {
            HostKind::Wasm => wasm::WasmHost::open(MODULE, MODULE_SHA256, limits).map(Self::Wasm),
            HostKind::Native => Ok(Self::Native),
        }
    }

    /// A fresh engine.
    pub(crate) fn engine(&self) -> Outcome<Box<dyn Engine>> {
        match self {
            Self::Wasm(host) => Ok(Box::new(host.engine()?)),
            Self::Native => Ok(Box::new(native::NativeEngine::new())),
        }
    }

    /// A fresh engine that is certain to stop when it works longer than a single case may.
    pub(crate) fn bounded_engine(&self) -> Outcome<Box<dyn Engine>> {
        match self {
            Self::Wasm(host) => Ok(Box::new(host.bounded_engine()?)),
            Self::Native => self.engine(),
        }
    }
}

/// A fault the engine reports as `{"code", "message", "help"}`.
fn refusal(text: &str) -> Stopped {
    let fault: serde_json::Value = serde_json::from_str(text).unwrap_or_default();
    let word = |key: &str| fault.get(key).and_then(serde_json::Value::as_str).map(str::to_owned);
    let failure = Failure::new(word("message").unwrap_or_else(|| format!("the engine refused the rows: {text}")));
    Stopped::Refused(match word("help") {
        Some(help) => failure.help(help),
        None => failure,
    })
}

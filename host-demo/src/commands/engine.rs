//! `rules engine`: the engine itself, for other programs.

use crate::engine::{MODULE, MODULE_SHA256, SCRIPT, SCRIPT_TYPES, TIME_ZONES, TIME_ZONES_FILE};
use crate::failure::{Failure, Outcome};
use crate::{Ending, terminal};
use clap::Args;
use std::fs;
use std::path::PathBuf;

/// Write the engine as a JavaScript package: the one WebAssembly file, its loader, its types and the time zones
///
/// The file is the same that `rules check` runs and that stands with its SHA-256 in every record. Other hosts (a JVM,
/// Python) use the .wasm, and time-zones.json for packs that name a time zone.
#[derive(Args)]
pub(crate) struct Engine {
    /// The folder to write; it is made when it is not there
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
}

/// The package's files beside the module; the loader is written by hand, the script by wasm-bindgen.
const FILES: [(&str, &str); 6] = [
    ("package.json", include_str!("../../../rules-wasm/package.json")),
    ("rules.js", include_str!("../../../rules-wasm/rules.js")),
    ("rules.d.ts", include_str!("../../../rules-wasm/rules.d.ts")),
    ("rules_wasm.js", SCRIPT),
    ("rules_wasm.d.ts", SCRIPT_TYPES),
    (TIME_ZONES_FILE, TIME_ZONES),
];

impl Engine {
    pub(crate) fn run(self) -> Outcome<Ending> {
        let place = format!("`{}`", self.out.display());
        let fault = |error: std::io::Error| Failure::writing(&place, &error);
        fs::create_dir_all(&self.out).map_err(fault)?;
        for (name, text) in FILES {
            fs::write(self.out.join(name), text).map_err(fault)?;
        }
        fs::write(self.out.join("rules_wasm_bg.wasm"), MODULE).map_err(fault)?;
        terminal::say(&format!("{place} holds the engine, {} bytes, SHA-256 {MODULE_SHA256}", MODULE.len()));
        Ok(Ending::Done)
    }
}

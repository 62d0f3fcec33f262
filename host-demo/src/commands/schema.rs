//! `rules schema`: what a case of a pack looks like, for other tools.

use super::EngineOptions;
use crate::engine::Host;
use crate::exact::Exact;
use crate::failure::{Failure, Outcome};
use crate::packs::{self, PackFile};
use crate::{Ending, terminal};
use clap::Args;
use serde_json::json;
use std::path::PathBuf;
use std::sync::Arc;

/// Print what a case looks like, as a plain JSON Schema (2020-12)
///
/// Other systems can check their case data against it before they send it.
#[derive(Args)]
pub(crate) struct Schema {
    /// Folder of the pack, or its pack.json
    pack: PathBuf,
    #[command(flatten)]
    engine: EngineOptions,
}

impl Schema {
    pub(crate) fn run(self) -> Outcome<Ending> {
        let pack = PackFile::read(&self.pack)?;
        let host = Arc::new(Host::open(self.engine.host, self.engine.limits(1))?);
        let (mut session, _) = packs::open(&host, &pack, None)?;
        let answer = session.call_text(&json!({"do": "schema", "pack": session.pack()}).to_string())?;
        let answer = Exact::parse(&answer).map_err(Failure::new)?;
        let schema =
            answer.get("schema").ok_or_else(|| Failure::new(format!("the engine gave no schema: {answer}")))?;
        terminal::print(&schema.pretty())?;
        Ok(Ending::Done)
    }
}

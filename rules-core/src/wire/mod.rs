//! The boundary of the WebAssembly file: one JSON request, one JSON answer; and whole chunks of cases.
//!
//! Nothing that comes in here can make it panic: a request that makes no sense is answered with an `error`, a pack that
//! is not fit with `diagnostics`, a case that is not fit with `rejected`.

mod answer;
mod chunk;
mod coverage;
mod feel;
mod request;
mod tally;

use std::collections::BTreeMap;

pub use chunk::{ChunkOutput, ChunkRequest, WireError};

use crate::eval::Row;
use crate::explain::EngineIdentity;
use crate::report::{self, Audience};
use crate::rule_set::{Detail, Mapping, RuleSet, Told, Worker};
use crate::value::TimeZones;
use answer::Refusal;
use request::Request;

/// The packs and mappings that one engine has loaded.
///
/// ```
/// let mut wire = rules_core::Wire::new();
/// let answer = wire.call(r#"{"do": "lint", "text": "{"}"#);
/// assert!(answer.contains(r#""code":"not-json""#));
/// ```
#[derive(Debug, Default)]
pub struct Wire {
    packs: BTreeMap<u32, Loaded>,
    mappings: BTreeMap<u32, LoadedMapping>,
    last: u32,
    /// The rules of time zones, once a host has handed them in.
    time_zones: Option<TimeZones>,
}

/// A pack with the buffers that its chunks use.
#[derive(Debug)]
struct Loaded {
    rule_set: RuleSet,
    worker: Worker,
}

/// A mapping with the buffers that its rows use.
#[derive(Debug)]
struct LoadedMapping {
    /// Handle of the pack that it is for.
    pack: u32,
    mapping: Mapping,
    row: Row,
}

impl Wire {
    /// An engine with nothing loaded.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Answers one request; a request that makes no sense is answered with an `error`.
    ///
    /// Requests are `load`, `load mapping`, `decide`, `coverage`, `feel`, `lint`, `schema`, `facts`, `time zones` and `free`, named by the
    /// member `do`; the README of `rules-wasm` lists their members and answers.
    #[must_use]
    pub fn call(&mut self, request: &str) -> String {
        let answer = Request::read(request).and_then(|request| self.answer(&request));
        answer.unwrap_or_else(|refusal| refusal.to_json())
    }

    fn answer(&mut self, request: &Request<'_>) -> Result<String, Refusal> {
        match request.verb() {
            "load" => self.load(request),
            "load mapping" => self.load_mapping(request),
            "decide" => self.decide(request),
            "feel" => feel::evaluate(request, self.time_zones.as_ref()),
            "lint" => {
                let text = request.text("text")?;
                Ok(answer::diagnostics("", &RuleSet::lint_with(text, self.engine("")), text))
            }
            "time zones" => self.take_time_zones(request),
            "schema" => {
                let mut schema = self.pack(request)?.1.schema();
                schema.truncate(schema.trim_end().len());
                Ok(format!("{{\"schema\":{schema}}}"))
            }
            "coverage" => self.coverage(request),
            "facts" => Ok(["{\"facts\":", self.pack(request)?.1.facts().trim_end(), "}"].concat()),
            "free" => self.free(request),
            other => Err(Refusal::unknown_verb(other)),
        }
    }

    fn load(&mut self, request: &Request<'_>) -> Result<String, Refusal> {
        let text = request.text("text")?;
        let sha256 = request.optional_text("engine_sha256")?.unwrap_or_default();
        let language = request.optional_text("language")?.unwrap_or("en");
        Ok(match RuleSet::from_json(text, self.engine(sha256)) {
            Ok(rule_set) => {
                let rule_set = rule_set.in_language(language);
                let handle = self.next_handle();
                let answer = answer::loaded("pack", handle, Some(&rule_set), rule_set.warnings(), text);
                let worker = rule_set.worker();
                self.packs.insert(handle, Loaded { rule_set, worker });
                answer
            }
            Err(diagnostics) => answer::diagnostics("", &diagnostics, text),
        })
    }

    /// This engine as records name it.
    fn engine(&self, sha256: &str) -> EngineIdentity {
        EngineIdentity::of_file(sha256).with_time_zones(self.time_zones.clone())
    }

    fn take_time_zones(&mut self, request: &Request<'_>) -> Result<String, Refusal> {
        let zones = TimeZones::from_json(request.text("text")?).map_err(Refusal::bad_time_zones)?;
        let answer = answer::time_zones(&zones);
        for pack in self.packs.values_mut() {
            pack.rule_set.use_time_zones(&zones);
        }
        self.time_zones = Some(zones);
        Ok(answer)
    }

    fn load_mapping(&mut self, request: &Request<'_>) -> Result<String, Refusal> {
        let text = request.text("text")?;
        let (pack, rule_set) = self.pack(request)?;
        Ok(match Mapping::from_json(text, rule_set) {
            Ok(mapping) => {
                let handle = self.next_handle();
                let answer = answer::loaded("mapping", handle, None, mapping.warnings(), text);
                let row = mapping.row();
                self.mappings.insert(handle, LoadedMapping { pack, mapping, row });
                answer
            }
            Err(diagnostics) => answer::diagnostics("", &diagnostics, text),
        })
    }

    fn decide(&mut self, request: &Request<'_>) -> Result<String, Refusal> {
        let (pack, rule_set) = self.pack(request)?;
        let mapping = match request.optional_number("mapping")?.unwrap_or(0) {
            0 => None,
            handle => Some(self.mapping(handle, pack).ok_or_else(|| Refusal::no_such("mapping", Some(handle)))?),
        };
        let as_of = match request.optional_text("as_of")? {
            None => None,
            Some(text) => Some(RuleSet::date(text).ok_or(WireError::BadDate)?),
        };
        let detail = match request.optional_text("record")? {
            None | Some("full") => Detail::Full,
            Some("brief") => Detail::Brief,
            Some(_) => return Err(Refusal::wrong_member("record", "\"full\" or \"brief\"")),
        };
        let format = report::format(request.optional_text("format")?.unwrap_or("json"));
        let format = format
            .ok_or_else(|| Refusal::wrong_member("format", "\"json\", \"text\", \"markdown\", \"html\" or \"page\""))?;
        let audience = Audience::named(request.optional_text("audience")?.unwrap_or("officer"));
        let audience =
            audience.ok_or_else(|| Refusal::wrong_member("audience", "\"citizen\", \"officer\" or \"auditor\""))?;
        let language = request.optional_text("language")?;
        let case = request.raw("case")?;
        let told = Told { detail, format, audience, language };
        Ok(match rule_set.decide(case.as_bytes(), mapping, as_of, &told) {
            Ok(record) if format.name == "json" => ["{\"record\":", &record, "}"].concat(),
            Ok(text) => answer::text(&text),
            Err(faults) => answer::rejected(&faults),
        })
    }

    fn coverage(&self, request: &Request<'_>) -> Result<String, Refusal> {
        let (_, rule_set) = self.pack(request)?;
        let points = rule_set.coverage(&request.raws("cases")?);
        let entry = |(point, cases)| coverage::entry(rule_set.program(), point, cases);
        Ok(answer::coverage(points.into_iter().filter_map(entry).collect()))
    }

    fn free(&mut self, request: &Request<'_>) -> Result<String, Refusal> {
        if let Some(handle) = request.optional_number("mapping")? {
            self.mappings.remove(&handle).ok_or_else(|| Refusal::no_such("mapping", Some(handle)))?;
        } else {
            let handle = self.pack(request)?.0;
            self.packs.remove(&handle);
            self.mappings.retain(|_, loaded| loaded.pack != handle);
        }
        Ok("{\"freed\":true}".to_owned())
    }

    fn next_handle(&mut self) -> u32 {
        self.last = self.last.wrapping_add(1).max(1);
        self.last
    }

    fn pack(&self, request: &Request<'_>) -> Result<(u32, &RuleSet), Refusal> {
        let handle = request.number("pack")?;
        let loaded = self.packs.get(&handle).ok_or_else(|| Refusal::no_such("pack", Some(handle)))?;
        Ok((handle, &loaded.rule_set))
    }

    fn mapping(&self, handle: u32, pack: u32) -> Option<&Mapping> {
        self.mappings.get(&handle).filter(|loaded| loaded.pack == pack).map(|loaded| &loaded.mapping)
    }
}

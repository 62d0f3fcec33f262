//! A pack made ready to decide cases, and everything that can be asked of it.

mod mapping;

use crate::check;
use crate::code::UNUSED;
use crate::compile;
use crate::diagnostic::Diagnostic;
use crate::eval::{self, Case, Defaults, Recorder, Results, Row, Silent};

use crate::explain::{EngineIdentity, Explanation, Masking, RecordWriter};
use crate::model::Fact;
use crate::pack;
use crate::program::{Point, Program, State, TriggerState};
use crate::report::{Audience, Format};
use crate::value::digest::sha256;
use crate::value::{Date, TimeZones};

pub(crate) use crate::eval::Fault;
pub use mapping::Mapping;

/// How much a record says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Detail {
    /// States and values; a case that cannot be settled is recorded in full.
    Brief,
    /// Reasons, values seen and sources too.
    Full,
}

/// How one decision is told, and to whom.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Told<'t> {
    pub(crate) detail: Detail,
    pub(crate) format: &'static Format,
    pub(crate) audience: Audience,
    /// That of the rule set where nothing is said.
    pub(crate) language: Option<&'t str>,
}

/// A pack that was read, checked and compiled.
#[derive(Debug)]
pub struct RuleSet {
    program: Program,
    engine: EngineIdentity,
    masking: Masking,
    /// Writes records in the language of the rule set.
    records: RecordWriter,
    warnings: Vec<Diagnostic>,
    schema: String,
    /// The facts as the pack declares them, every definition where it is referred to.
    declared: String,
    /// What the facts mean, for mappings.
    facts: Fact,
    /// The time zones that the engine was handed, for its mappings.
    zones: Option<TimeZones>,
}

/// The buffers of one run after another, for one pack.
#[derive(Debug)]
pub(crate) struct Worker {
    pub(crate) case: Case,
    pub(crate) results: Results,
    recorder: Recorder,
}

impl RuleSet {
    /// Reads, checks and compiles a pack.
    ///
    /// # Errors
    /// All faults of the pack at once, warnings among them.
    ///
    /// ```
    /// use rules_core::{EngineIdentity, RuleSet};
    /// let faults = RuleSet::from_json("{}", EngineIdentity::of_file("")).unwrap_err();
    /// assert!(faults.iter().any(|fault| fault.code.id == "missing-field"));
    /// ```
    pub fn from_json(text: &str, mut engine: EngineIdentity) -> Result<Self, Vec<Diagnostic>> {
        let zones = engine.time_zones.take();
        let (model, mut diagnostics) = pack::read(text, zones.as_ref());
        let Some(model) = model else { return Err(diagnostics) };
        let checked = check::check(model);
        diagnostics.extend(checked.diagnostics);
        let fit = diagnostics.iter().all(|diagnostic| !diagnostic.is_error());
        let Some(model) = checked.model.filter(|_| fit) else { return Err(without_unused(diagnostics)) };
        let facts = model.model().facts.clone();
        let program = compile::compile(model, &sha256(text.as_bytes()));
        engine.time_zones.clone_from(&program.schema.zones);
        let masking = Masking::of(&program);
        let records = RecordWriter::new(&program, &engine, &masking, "en");
        let declared = pack::facts_written_out(text).unwrap_or_default();
        let schema = pack::case_schema(text, &declared).unwrap_or_default();
        Ok(Self { program, engine, masking, records, warnings: diagnostics, schema, declared, facts, zones })
    }

    /// Takes the rules of time zones for mappings that name one, unless it was handed some when it was read.
    pub(crate) fn use_time_zones(&mut self, zones: &TimeZones) {
        if self.zones.is_none() {
            self.zones = Some(zones.clone());
        }
    }

    /// The same rules, which say in `language` what the pack has in it; English, where nothing is said, or the pack's first
    /// language where it lacks that.
    ///
    /// ```
    /// # use rules_core::{EngineIdentity, RuleSet};
    /// # let pack = include_str!("../../../rule-packs/blue-light/pack.json");
    /// let rules = RuleSet::from_json(pack, EngineIdentity::of_file("")).unwrap().in_language("pl");
    /// assert_eq!(rules.language(), "en");
    /// ```
    #[must_use]
    pub fn in_language(mut self, language: &str) -> Self {
        let language = self.program.told_in(language);
        if language != self.records.language() {
            self.records = RecordWriter::new(&self.program, &self.engine, &self.masking, language);
        }
        self
    }

    /// The language in which the rules say things.
    #[must_use]
    pub fn language(&self) -> &str {
        self.records.language()
    }

    /// Everything that can be said against a pack: errors and warnings.
    #[must_use]
    pub fn lint(text: &str) -> Vec<Diagnostic> {
        Self::lint_with(text, EngineIdentity::of_file(""))
    }

    /// Everything that an engine says against a pack, which may have been handed the rules of time zones.
    #[must_use]
    pub fn lint_with(text: &str, engine: EngineIdentity) -> Vec<Diagnostic> {
        match Self::from_json(text, engine) {
            Ok(rule_set) => rule_set.warnings,
            Err(diagnostics) => diagnostics,
        }
    }

    /// What is probably not meant, although the pack works.
    #[must_use]
    pub fn warnings(&self) -> &[Diagnostic] {
        &self.warnings
    }

    /// Identifier of the pack.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.program.identity.id
    }

    /// Version of the pack, as the pack words it.
    #[must_use]
    pub fn version(&self) -> &str {
        &self.program.identity.version
    }

    /// The facts of a case as plain JSON Schema 2020-12.
    #[must_use]
    pub fn schema(&self) -> String {
        self.schema.clone()
    }

    /// The facts as the pack declares them, `x-` keywords included, every `$ref` replaced by the definition that it names.
    #[must_use]
    pub fn facts(&self) -> &str {
        &self.declared
    }

    pub(crate) fn program(&self) -> &Program {
        &self.program
    }

    pub(crate) fn masking(&self) -> &Masking {
        &self.masking
    }

    /// A date as FEEL and JSON Schema write it.
    pub(crate) fn date(text: &str) -> Option<Date> {
        Date::parse(text)
    }

    pub(crate) fn worker(&self) -> Worker {
        Worker { case: Case::new(&self.program), results: Results::default(), recorder: Recorder::new(&self.program) }
    }

    /// Fills `worker` with the case in `bytes`, which is a row of `mapping` if there is one.
    pub(crate) fn read(
        &self,
        worker: &mut Worker,
        mapping: Option<(&Mapping, &mut Row)>,
        bytes: &[u8],
        as_of: Option<Date>,
    ) -> Result<(), Vec<Fault>> {
        let defaults = Defaults { as_of };
        match mapping {
            None => worker.case.read(&self.program, bytes, defaults),
            Some((mapping, row)) => worker.case.read_row(&self.program, mapping.mapping(), row, bytes, defaults),
        }
    }

    /// Decides the case that `worker` holds and writes its record.
    pub(crate) fn record(&self, worker: &mut Worker, row: u64, detail: Detail, out: &mut Vec<u8>) -> Result<(), Fault> {
        let Worker { case, results, .. } = worker;
        if detail == Detail::Brief {
            eval::decide(&self.program, case, results, &mut Silent::default())?;
            if self.is_settled(results) {
                self.records.brief(out, &self.masking, case, row, results);
                return Ok(());
            }
        }
        self.records.full(out, &self.explain(worker, row, self.records.language())?);
        Ok(())
    }

    /// Decides the case that `worker` holds and explains it.
    fn explain<'e>(&'e self, worker: &'e mut Worker, row: u64, language: &'e str) -> Result<Explanation<'e>, Fault> {
        let Worker { case, results, recorder } = worker;
        recorder.clear();
        eval::decide(&self.program, case, results, recorder)?;
        Ok(Explanation {
            program: &self.program,
            masking: &self.masking,
            engine: &self.engine,
            case,
            results,
            recorder,
            row,
            language,
        })
    }

    /// What the cases of the pack should reach, and how many of `cases` reach each; one that cannot be decided reaches nothing.
    pub(crate) fn coverage(&self, cases: &[&str]) -> Vec<(Point, u32)> {
        let mut points: Vec<(Point, u32)> = self.program.points().into_iter().map(|point| (point, 0)).collect();
        let mut worker = self.worker();
        for case in cases {
            if self.read(&mut worker, None, case.as_bytes(), None).is_err() {
                continue;
            }
            let Ok(explanation) = self.explain(&mut worker, 1, "en") else { continue };
            for (point, count) in &mut points {
                *count = count.saturating_add(u32::from(explanation.reaches(*point)));
            }
        }
        points
    }

    /// Whether the outcome and every trigger are settled.
    fn is_settled(&self, results: &Results) -> bool {
        results.state(&self.program, self.program.outcome) != State::CannotTell
            && results.triggers().iter().all(|trigger| trigger.state != TriggerState::CannotTell)
    }

    /// Decides one case and writes it as `told`.
    pub(crate) fn decide(
        &self,
        case: &[u8],
        mapping: Option<&Mapping>,
        as_of: Option<Date>,
        told: &Told<'_>,
    ) -> Result<String, Vec<Fault>> {
        let Told { detail, format, audience, language } = *told;
        let language = language.map_or(self.language(), |language| self.program.told_in(language));
        let mut worker = self.worker();
        match mapping {
            None => self.read(&mut worker, None, case, as_of)?,
            Some(mapping) => self.read(&mut worker, Some((mapping, &mut mapping.row())), case, as_of)?,
        }
        if detail == Detail::Brief {
            let mut out = Vec::new();
            self.record(&mut worker, 1, detail, &mut out).map_err(|fault| vec![fault])?;
            return Ok(String::from_utf8(out).unwrap_or_default());
        }
        let explanation = self.explain(&mut worker, 1, language).map_err(|fault| vec![fault])?;
        let other = (language != self.records.language())
            .then(|| RecordWriter::new(&self.program, &self.engine, &self.masking, language));
        Ok(format.render(&explanation, audience, other.as_ref().unwrap_or(&self.records)))
    }
}

/// An error is often why nothing reads something, so what is unused is said only once the errors are gone.
fn without_unused(mut diagnostics: Vec<Diagnostic>) -> Vec<Diagnostic> {
    diagnostics.retain(|diagnostic| diagnostic.is_error() || diagnostic.code != &UNUSED);
    diagnostics
}

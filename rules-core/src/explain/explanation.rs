//! What a decision came to and why, as one graph: entries have stable ids (the names of the pack) and name each other by them.
//!
//! The same shape serves yes, no and cannot tell, and every format reads it. It is a view over what the run has left:
//! nothing is made before it is asked for. Values are as they may be shown: a sensitive one is masked.

use std::sync::Arc;

use super::canonical::Object;
use super::criterion::{Criterion, Seen};
use super::masking::Masking;
use super::missing::{First, Open, first, missing_of, open_facts};
use super::sentence::{fill, put, put_fact};
use super::trigger::Trigger;
use crate::citation::{Citation, Layer, Source};
use crate::eval::{Case, FactState, ReadAs, Recorder, Results};
use crate::program::{
    Decision, Fact, FactKind, Identity, Logic, Program, Reference, State, Template, TriggerState, at, in_language,
};
use crate::texts::Texts;
use crate::value::unknown::FactId;
use crate::value::{Date, TimeZones, Value};
use crate::words;

/// One case, decided, recorded and explained.
pub(crate) struct Explanation<'d> {
    pub(crate) program: &'d Program,
    pub(crate) masking: &'d Masking,
    pub(crate) engine: &'d EngineIdentity,
    pub(crate) case: &'d Case,
    pub(crate) results: &'d Results,
    pub(crate) recorder: &'d Recorder,
    /// Number of the row, for a case without an identifier.
    pub(crate) row: u64,
    /// Language of the sentences.
    pub(crate) language: &'d str,
}

/// Which engine decided.
///
/// ```
/// let engine = rules_core::EngineIdentity::of_file("9f86d0…");
/// assert_eq!(&*engine.sha256, "9f86d0…");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EngineIdentity {
    /// Version of the engine.
    pub version: Arc<str>,
    /// SHA-256 of the WebAssembly file in lower-case hexadecimal. The host hands it in, a native one too, so that both
    /// write the same record.
    pub sha256: Arc<str>,
    /// The rules of time zones that its host has handed in. A record names them only when the pack names a time zone.
    pub time_zones: Option<TimeZones>,
}

impl EngineIdentity {
    /// This version of the engine, from the WebAssembly file with that digest.
    #[must_use]
    pub fn of_file(sha256: &str) -> Self {
        Self { version: env!("CARGO_PKG_VERSION").into(), sha256: sha256.into(), time_zones: None }
    }

    /// The same engine with the rules of time zones, which a pack that names one needs.
    #[must_use]
    pub fn with_time_zones(self, time_zones: Option<TimeZones>) -> Self {
        Self { time_zones, ..self }
    }

    /// Writes the `engine` of a record.
    pub(super) fn write(&self, out: &mut Vec<u8>) {
        let mut engine = Object::open(out);
        engine.text("sha256", &self.sha256);
        if let Some(zones) = &self.time_zones {
            let mut object = Object::open(engine.key("time_zones"));
            object.text("sha256", zones.sha256());
            object.text("version", zones.version());
            object.close();
        }
        engine.text("version", &self.version);
        engine.close();
    }
}

/// A fact worth asking.
#[derive(Clone, Debug)]
pub(crate) struct Missing<'d> {
    /// JSON pointer into the case.
    pub(crate) fact: String,
    pub(crate) question: Option<&'d str>,
    /// Which item of which list the question is about.
    pub(crate) item: Option<String>,
    /// Decisions that cannot be told and read the fact themselves.
    pub(crate) settles: Vec<&'d str>,
    /// Whether somebody asked already and the answer is not known.
    pub(crate) asked: bool,
}

/// A point on which the rules can be read in several ways.
#[derive(Clone, Debug)]
pub(crate) struct Reading<'d> {
    pub(crate) id: &'d str,
    pub(crate) question: Option<&'d str>,
    pub(crate) alternatives: Vec<Alternative<'d>>,
    pub(crate) sources: Vec<&'d str>,
}

/// One way to read such a point, with its own words and sources.
#[derive(Clone, Debug)]
pub(crate) struct Alternative<'d> {
    pub(crate) name: &'d str,
    pub(crate) text: Option<&'d str>,
    pub(crate) sources: Vec<&'d str>,
}

/// What one way to read the rules leads to. Only readings that make a difference to what is looked at are named.
#[derive(Clone, Debug)]
pub(crate) struct Combination<'d> {
    /// Reading and the alternative taken.
    pub(crate) alternatives: Vec<(&'d str, &'d str)>,
    pub(crate) state: State,
    pub(crate) value: Option<Value>,
}

impl Missing<'_> {
    /// The question with the item that it is about, if the pack has one.
    pub(crate) fn in_words(&self) -> Option<String> {
        let question = self.question?;
        Some(match &self.item {
            Some(item) => [question, " (", item, ")"].concat(),
            None => question.to_owned(),
        })
    }
}

impl<'d> Explanation<'d> {
    /// Identifier of the case, or the number of its row.
    pub(crate) fn identifier(&self) -> String {
        self.case.identifier().map_or_else(|| self.row.to_string(), str::to_owned)
    }

    /// The identifier that the case has itself.
    pub(crate) fn own_identifier(&self) -> Option<&'d str> {
        self.case.identifier()
    }

    /// Title of the pack.
    pub(crate) fn title(&self) -> &'d str {
        self.titled(&self.program.identity.id, &self.program.title)
    }

    /// The language in which the pack says things here: the one asked for, or the pack's own where it lacks that.
    pub(crate) fn language_told(&self) -> &'d str {
        self.program.told_in(self.language)
    }

    /// Whether nobody has reviewed the texts of that language.
    pub(crate) fn is_unreviewed(&self) -> bool {
        let told = self.language_told();
        self.program.unreviewed.iter().any(|language| **language == *told)
    }

    /// The body whose rules these are.
    pub(crate) fn authority(&self) -> Option<&'d str> {
        self.program.authority.as_deref()
    }

    /// Whom a person asks, and how.
    pub(crate) fn contact(&self) -> Option<&'d str> {
        self.worded(&self.program.contact)
    }

    /// Which pack decided.
    pub(crate) fn pack(&self) -> &'d Identity {
        &self.program.identity
    }

    /// The date of the decision; a case that was read always has one.
    pub(crate) fn as_of(&self) -> Option<Date> {
        self.case.as_of()
    }

    /// What the case comes to.
    pub(crate) fn outcome(&'d self) -> Option<Criterion<'d>> {
        Criterion::of(self, self.program.outcome)
    }

    /// Every decision that the outcome, a layer or a trigger reaches, in the order of the pack.
    pub(crate) fn criteria(&'d self) -> impl Iterator<Item = Criterion<'d>> {
        self.program.listed.iter().filter_map(move |number| Criterion::of(self, *number))
    }

    /// All triggers, in the order of the decisions and there by priority.
    pub(crate) fn triggers(&'d self) -> impl Iterator<Item = Trigger<'d>> {
        self.results.triggers().iter().filter_map(move |result| Trigger::of(self, result))
    }

    /// Facts that can still change the outcome or settle a trigger, in the order worth asking.
    pub(crate) fn open(&self) -> Vec<Open> {
        open_facts(self.program, self.case, self.results)
    }

    /// The same facts with what there is to say of them.
    pub(crate) fn missing(&self) -> Vec<Missing<'d>> {
        self.described(self.open())
    }

    /// Those that the person may be asked: they can still change what the person is told. Never what somebody has to judge, and nothing
    /// sensitive; a letter may be read by others in the home.
    pub(crate) fn asked_of_citizen(&self) -> Vec<Missing<'d>> {
        let Explanation { program, results, .. } = *self;
        let mut settling: Vec<FactId> = Vec::new();
        for number in &program.listed {
            let Some(decision) = program.decision(*number) else { continue };
            let is_outcome = *number == program.outcome && !matches!(decision.logic, Logic::Triggers(_));
            if is_outcome || !decision.citizen_texts.0.is_empty() && *number != program.outcome {
                settling.extend(missing_of(results, *number));
            }
        }
        let told = self.triggers().filter(|trigger| trigger.speaks_to_citizen());
        settling.extend(told.flat_map(Trigger::missing));
        let mut open = self.open();
        open.retain(|open| {
            let declared = self.case.declared(open.fact);
            let fact = program.schema.fact(declared);
            settling.contains(&open.fact)
                && fact.is_some_and(|fact| !fact.judgement)
                && !self.masking.masks(Reference::Fact(declared))
        });
        self.described(open)
    }

    fn described(&self, open: Vec<Open>) -> Vec<Missing<'d>> {
        let schema = &self.program.schema;
        let name = |decision: &u32| self.program.decision(*decision).map(|decision| &*decision.name);
        let missing = |open: Open| Missing {
            fact: self.case.pointer(schema, open.fact),
            question: self.case.declaration(schema, open.fact).and_then(|fact| self.worded(&fact.question)),
            item: self.item(open.fact),
            settles: open.settles.iter().filter_map(name).collect(),
            asked: open.asked,
        };
        open.into_iter().map(missing).collect()
    }

    /// The items of lists that a fact is inside of, in words.
    fn item(&self, fact: FactId) -> Option<String> {
        let Explanation { case, program, .. } = *self;
        let around = std::iter::successors(Some(case.declared(fact)), |fact| program.schema.fact(*fact)?.parent);
        let facts = around.filter_map(|fact| program.schema.fact(fact));
        let mut lists: Vec<&Fact> = facts.filter(|fact| matches!(fact.kind, FactKind::List { .. })).collect();
        lists.reverse();
        let entry = |(list, index): (&Fact, &u32)| {
            let number = index.saturating_add(1).to_string();
            let entry = words::filled(words::of(self.language_told()).entry, &[&number]);
            self.worded(&list.label).map_or(entry.clone(), |label| [label, ", ", &entry].concat())
        };
        let items: Vec<String> = lists.into_iter().zip(case.indices(fact)).map(entry).collect();
        (!items.is_empty()).then(|| items.join("; "))
    }

    /// The place among the missing facts of the one to ask first, and why it comes first; none when all were asked.
    pub(crate) fn first_question(&self) -> Option<(usize, First)> {
        first(self.program, self.case, &self.open())
    }

    /// Every fact that a case may have at most once, with its pointer and what the case says of it.
    pub(crate) fn facts(&self) -> Vec<(&'d str, String)> {
        let schema = &self.program.schema;
        let whole = |fact: &&Fact| !fact.in_list && !matches!(fact.kind, FactKind::Object(_));
        let facts = (0..).zip(&schema.facts).filter(|(_, fact)| whole(fact));
        let words = words::of(self.language_told());
        let said = |(number, fact): (FactId, &'d Fact)| {
            let words = match self.case.state(number) {
                FactState::NotAsked => words.not_asked.to_owned(),
                FactState::NotKnown => words.asked_in_vain.to_owned(),
                FactState::NotApplicable => words.not_applicable.to_owned(),
                FactState::Known if !fact.used => words.given.to_owned(),
                FactState::Known => Seen::of(self, number).map_or_else(String::new, Seen::words),
            };
            (&*fact.pointer, words)
        };
        facts.map(said).collect()
    }

    /// Keys of the case that the pack does not declare, so that nothing has read them.
    pub(crate) fn undeclared(&self) -> Vec<String> {
        self.case.undeclared_keys(self.program)
    }

    /// Whether the outcome depends on how the rules are read.
    pub(crate) fn depends(&self) -> bool {
        self.results.is_disputed(self.program.outcome)
    }

    /// What each way to read the rules leads to.
    pub(crate) fn combinations(&self) -> Vec<Combination<'d>> {
        let outcome = self.program.outcome;
        let yes_or_no = self.program.decision(outcome).is_some_and(Decision::is_yes_or_no);
        let named = |(reading, alternative): &(u32, u32)| {
            let reading = self.program.reading(*reading)?;
            let alternative = at(&reading.alternatives, *alternative)?;
            Some((&*reading.name, &*alternative.name))
        };
        let combination = |read: ReadAs| {
            let state = State::of(&read.value, yes_or_no);
            let shown = || self.masking.shown(Reference::Decision(outcome), &read.value).clone();
            Combination {
                alternatives: read.alternatives.iter().filter_map(named).collect(),
                state,
                value: (state == State::Decided).then(shown),
            }
        };
        self.results.readings_of(outcome).into_iter().map(combination).collect()
    }

    /// The points that can be read in several ways and that were looked at on the way to the outcome.
    pub(crate) fn readings(&self) -> Vec<Reading<'d>> {
        let ways = self.results.readings_of(self.program.outcome);
        let mut read: Vec<u32> =
            ways.iter().flat_map(|way| way.alternatives.iter().map(|(reading, _)| *reading)).collect();
        read.sort_unstable();
        read.dedup();
        let reading = |number: u32| {
            let reading = self.program.reading(number)?;
            let alternatives = reading.alternatives.iter().map(|alternative| Alternative {
                name: &alternative.name,
                text: self.worded(&alternative.text),
                sources: words(&alternative.citations),
            });
            Some(Reading {
                id: &reading.name,
                question: self.worded(&reading.question),
                alternatives: alternatives.collect(),
                sources: words(&reading.citations),
            })
        };
        read.into_iter().filter_map(reading).collect()
    }

    /// What the decision that speaks for each layer came to.
    pub(crate) fn layers(&'d self) -> impl Iterator<Item = (Layer, Criterion<'d>)> {
        let layer = move |(layer, number): &(Layer, u32)| Some((*layer, Criterion::of(self, *number)?));
        self.program.layers.iter().filter_map(layer)
    }

    /// The sources that something here rests on, in the order of the pack.
    pub(crate) fn sources(&self) -> Vec<&'d Source> {
        let mut named: Vec<&str> = Vec::new();
        for criterion in self.criteria() {
            named.extend(criterion.sources());
            named.extend(criterion.parameters().map(|parameter| parameter.source()));
        }
        for trigger in self.triggers().filter(|trigger| trigger.state() != TriggerState::DoesNotFire) {
            named.extend(trigger.sources());
            named.extend(trigger.interim().into_iter().flat_map(|interim| interim.sources));
        }
        let ids: Vec<&str> = named.into_iter().map(|words| words.split('#').next().unwrap_or(words)).collect();
        self.program.sources.iter().filter(|source| ids.contains(&&*source.id)).collect()
    }

    /// A title in the language of the explanation, or the name.
    pub(super) fn titled(&self, name: &'d Arc<str>, title: &'d Texts) -> &'d str {
        title.get(self.language).unwrap_or(name)
    }

    fn worded(&self, texts: &'d Texts) -> Option<&'d str> {
        texts.get(self.language).map(|text| &**text)
    }

    /// A sentence in the language of the explanation.
    pub(super) fn sentence(&self, templates: &[Template]) -> Option<String> {
        in_language(templates, self.language).map(|template| fill(template, |out, reference| self.put(out, reference)))
    }

    /// Writes the value that a placeholder stands for in words; nothing, if it names nothing.
    pub(super) fn put(&self, out: &mut String, reference: Reference) -> Option<()> {
        let schema = &self.program.schema;
        let as_of;
        let (value, unit) = match reference {
            Reference::Fact(number) => {
                let value = self.masking.shown(reference, self.case.value(schema, number));
                put_fact(out, schema, schema.fact(number)?, value, self.language);
                return Some(());
            }
            Reference::Parameter(number) => {
                let parameter = self.program.parameter(number);
                (&self.results.parameter(number)?.value, parameter.and_then(|parameter| parameter.unit.as_deref()))
            }
            Reference::Reading(number) => (self.results.reading(number)?, None),
            Reference::Decision(number) => (self.results.value(number), self.program.decision(number)?.unit.as_deref()),
            Reference::AsOf => {
                as_of = Value::Date(self.case.as_of()?);
                (&as_of, None)
            }
        };
        put(out, self.masking.shown(reference, value), unit, self.language);
        Some(())
    }
}

/// Citations as the pack words them.
pub(super) fn words(citations: &[Citation]) -> Vec<&str> {
    citations.iter().map(|citation| &*citation.words).collect()
}

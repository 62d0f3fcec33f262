//! Makes the explanation of one decided case.

use std::sync::Arc;

use super::compared::compared;
use super::explanation::{
    Alternative, Combination, Criterion, EngineIdentity, Explanation, Interim, LayerState, MASKED, Missing, Outcome,
    PackIdentity, ParameterUsed, Reading, Seen, Trigger,
};
use super::masking::Masking;
use super::missing::open_facts;
use super::sentence::{date_in_words, fill, show, show_fact};
use crate::citation::{Citation, Source};
use crate::eval::{Case, FactState, Judgement, Observations, ReadAs, Recorder, Results, TriggerResult};
use crate::program::{Decision, Fact, Logic, Program, Reads, Reference, State, Template, TriggerState, in_language};
use crate::texts::Texts;
use crate::value::unknown::FactId;
use crate::value::{Context, Value};

/// One case, decided and recorded.
#[derive(Clone, Copy)]
pub(crate) struct Decided<'d> {
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

/// The whole explanation.
pub(crate) fn explain(decided: Decided<'_>) -> Explanation {
    let Decided { program, case, results, .. } = decided;
    let triggers: Vec<Trigger> = results.triggers().iter().filter_map(|trigger| decided.trigger(trigger)).collect();
    let open = open_facts(program, case, results);
    let wanted: Vec<FactId> = open.iter().map(|open| open.fact).collect();
    let criteria = program.listed.iter().filter_map(|decision| decided.criterion(*decision, &wanted));
    let criteria: Vec<Criterion> = criteria.collect();
    let next = open.iter().find(|open| !open.asked).map(|open| case.pointer(&program.schema, open.fact).into());
    let missing = open.iter().map(|open| decided.missing(open)).collect();
    Explanation {
        case: case.identifier().map_or_else(|| decided.row.to_string(), str::to_owned),
        title: program.title.get(decided.language).cloned().unwrap_or_else(|| program.identity.id.clone()),
        pack: PackIdentity {
            id: program.identity.id.clone(),
            version: program.identity.version.clone(),
            sha256: program.identity.sha256.clone(),
        },
        engine: decided.engine.clone(),
        as_of: case.as_of(),
        outcome: decided.outcome(),
        sources: decided.sources(&criteria, &triggers),
        criteria,
        triggers,
        missing,
        next,
        readings: decided.readings(),
        combinations: decided.combinations(),
        layers: decided.layers(),
    }
}

impl Decided<'_> {
    fn title(&self, name: &Arc<str>, title: &Texts) -> Arc<str> {
        title.get(self.language).unwrap_or(name).clone()
    }

    /// The value of a decision as it may be shown, where its state says decided.
    fn value(&self, number: u32, state: State) -> Option<Value> {
        let value = self.results.value(number);
        (state == State::Decided).then(|| self.masking.shown(Reference::Decision(number), value))
    }

    fn outcome(&self) -> Outcome {
        let number = self.program.outcome;
        let state = self.results.state(self.program, number);
        let decision = self.program.decision(number);
        let name = decision.map_or_else(|| Arc::from(""), |decision| decision.name.clone());
        Outcome {
            title: decision.map_or_else(|| name.clone(), |decision| self.title(&decision.name, &decision.title)),
            decision: name,
            state,
            value: self.value(number, state),
            unit: decision.and_then(|decision| decision.unit.clone()),
            because: decision.and_then(|decision| self.because(decision, state)),
        }
    }

    /// `wanted` are the facts that can still change the outcome.
    fn criterion(&self, number: u32, wanted: &[FactId]) -> Option<Criterion> {
        let decision = self.program.decision(number)?;
        let observations = self.recorder.decisions.get(usize::try_from(number).ok()?)?;
        let state = self.results.state(self.program, number);
        let parameters = self.parameters(observations);
        let citations = self.citations(decision, observations);
        let mut sources: Vec<Arc<str>> = citations.iter().map(|citation| citation.words.clone()).collect();
        sources.dedup();
        let mut unverified: Vec<Arc<str>> = Vec::new();
        let of_parameters = parameters.iter().filter_map(|parameter| self.source_of(&parameter.source));
        let of_citations = citations.iter().filter_map(|citation| self.program.sources.get(citation.source));
        for source in of_citations.chain(of_parameters).filter(|source| !source.verified) {
            if !unverified.contains(&source.id) {
                unverified.push(source.id.clone());
            }
        }
        let missing = self.results.missing(number);
        let without_value = state == State::CannotTell && missing.is_empty();
        Some(Criterion {
            id: decision.name.clone(),
            title: self.title(&decision.name, &decision.title),
            state,
            value: self.value(number, state),
            unit: decision.unit.clone(),
            not_needed: state == State::CannotTell
                && !missing.is_empty()
                && !missing.iter().any(|fact| wanted.contains(fact)),
            reason: if without_value { self.reason(number, observations) } else { None },
            because: self.because(decision, state),
            seen: self.seen(observations),
            compared: compared(self.program, self.masking, &observations.comparisons),
            parameters,
            sources,
            unverified,
        })
    }

    /// Why nothing can be told although no fact is missing.
    fn reason(&self, number: u32, observations: &Observations) -> Option<String> {
        if self.results.is_disputed(number) {
            return Some("The result depends on how the rules are read.".to_owned());
        }
        observations.nulls.first().map(|reason| reason.0.to_string())
    }

    fn because(&self, decision: &Decision, state: State) -> Option<String> {
        Some(self.filled(decision.texts.get(state, self.language)?))
    }

    /// A sentence in the language that is asked for.
    fn sentence(&self, templates: &[Template]) -> Option<String> {
        in_language(templates, self.language).map(|template| self.filled(template))
    }

    fn filled(&self, template: &Template) -> String {
        fill(template, |reference| self.shown(reference))
    }

    /// The value that a placeholder stands for, in words.
    fn shown(&self, reference: Reference) -> Option<String> {
        let schema = &self.program.schema;
        let (value, unit) = match reference {
            Reference::Fact(number) => {
                let value = self.masking.shown(reference, self.case.value(schema, number));
                return Some(show_fact(schema, schema.fact(number)?, &value, self.language));
            }
            Reference::Parameter(number) => {
                let parameter = self.program.parameter(number);
                (self.results.parameter(number)?.value.clone(), parameter.and_then(|parameter| parameter.unit.clone()))
            }
            Reference::Reading(number) => (self.results.reading(number)?.clone(), None),
            Reference::Decision(number) => {
                (self.results.value(number).clone(), self.program.decision(number)?.unit.clone())
            }
            Reference::AsOf => (Value::Date(self.case.as_of()?), None),
        };
        Some(show(&self.masking.shown(reference, &value), unit.as_deref(), self.language))
    }

    /// Known facts that the decision read, in the order of the pack, whatever the order in which it read them.
    fn seen(&self, observations: &Observations) -> Vec<Seen> {
        let schema = &self.program.schema;
        let mut facts: Vec<_> = observations.facts.iter().copied().filter(|fact| *fact < schema.count()).collect();
        facts.sort_unstable();
        let known = facts.into_iter().filter(|fact| self.case.state(*fact) == FactState::Known);
        known.filter_map(|number| self.seen_fact(number, schema.fact(number)?)).collect()
    }

    fn seen_fact(&self, number: FactId, fact: &Fact) -> Option<Seen> {
        let schema = &self.program.schema;
        let label = fact.label.get(self.language).unwrap_or(&fact.name).clone();
        if self.masking.masks(Reference::Fact(number)) {
            let words = MASKED.to_owned();
            return Some(Seen { fact: fact.name.clone(), value: Masking::masked(), label, words });
        }
        let mut value = self.case.value(schema, number).clone();
        let mut words = show_fact(schema, fact, &value, self.language);
        if let Some(judgement) = self.case.judgement(number) {
            let on = date_in_words(judgement.on, self.language);
            words = format!("{words} ({}, {on}: {})", judgement.by, judgement.reason);
            value = judged(value, &judgement);
        }
        Some(Seen { fact: fact.name.clone(), value, label, words })
    }

    fn parameters(&self, observations: &Observations) -> Vec<ParameterUsed> {
        let mut used = observations.parameters.clone();
        used.sort_unstable();
        used.into_iter()
            .filter_map(|(number, period)| {
                let parameter = self.program.parameter(number)?;
                let period = parameter.periods.get(usize::try_from(period?).ok()?)?;
                Some(ParameterUsed {
                    id: parameter.name.clone(),
                    title: self.title(&parameter.name, &parameter.title),
                    unit: parameter.unit.clone(),
                    value: self.masking.shown(Reference::Parameter(number), &period.value),
                    from: period.period.from,
                    to: period.period.to,
                    source: period.citation.words.clone(),
                })
            })
            .collect()
    }

    /// What the decision cites, and the rows of its table that matched.
    fn citations<'d>(&self, decision: &'d Decision, observations: &Observations) -> Vec<&'d Citation> {
        let mut citations: Vec<&Citation> = decision.citations.iter().collect();
        if let Logic::Table(table) = &decision.logic {
            let rows = observations.rows.iter().filter_map(|(row, _)| table.rows.get(usize::try_from(*row).ok()?));
            for citation in rows.flat_map(|row| &row.citations) {
                if !citations.contains(&citation) {
                    citations.push(citation);
                }
            }
        }
        citations
    }

    fn source_of(&self, words: &str) -> Option<&Source> {
        let id = words.split('#').next().unwrap_or(words);
        self.program.sources.iter().find(|source| *source.id == *id)
    }

    fn trigger(&self, result: &TriggerResult) -> Option<Trigger> {
        let decision = self.program.decision(result.decision)?;
        let Logic::Triggers(triggers) = &decision.logic else { return None };
        let trigger = triggers.get(usize::try_from(result.trigger).ok()?)?;
        let words = |citations: &[Citation]| -> Vec<Arc<str>> {
            let own = if citations.is_empty() { &decision.citations } else { citations };
            own.iter().map(|citation| citation.words.clone()).collect()
        };
        let deadline =
            |of: TriggerState| (result.state == of).then(|| self.deadline(result, &trigger.deadline_reads)).flatten();
        let interim = trigger.interim.as_ref().filter(|_| result.state == TriggerState::CannotTell);
        Some(Trigger {
            decision: decision.name.clone(),
            id: trigger.name.clone(),
            state: result.state,
            action: self.sentence(&trigger.action),
            priority: trigger.priority,
            deadline: deadline(TriggerState::Fires),
            sources: words(&trigger.citations),
            interim: interim.map(|interim| Interim {
                action: self.sentence(&interim.action),
                deadline: deadline(TriggerState::CannotTell),
                sources: if interim.citations.is_empty() {
                    words(&trigger.citations)
                } else {
                    words(&interim.citations)
                },
            }),
        })
    }

    /// The deadline as it may be shown: the mark unknown stays, so that a reader sees that there is one.
    fn deadline(&self, result: &TriggerResult, reads: &Reads) -> Option<Value> {
        match &result.deadline {
            Value::Null => None,
            _ if self.masking.touches(reads) => Some(Masking::masked()),
            mark if mark.is_mark() => Some(Value::text(show(mark, None, self.language))),
            value => Some(value.clone()),
        }
    }

    fn missing(&self, open: &super::missing::Open) -> Missing {
        let fact = self.case.declaration(&self.program.schema, open.fact);
        let name = |decision: &u32| self.program.decision(*decision).map(|decision| decision.name.clone());
        Missing {
            fact: self.case.pointer(&self.program.schema, open.fact).into(),
            question: fact.and_then(|fact| fact.question.get(self.language)).cloned(),
            settles: open.settles.iter().filter_map(name).collect(),
            asked: open.asked,
        }
    }

    /// What each way to read the rules leads to, when they do not agree on the outcome.
    fn combinations(&self) -> Option<Vec<Combination>> {
        let outcome = self.program.outcome;
        if !self.results.is_disputed(outcome) {
            return None;
        }
        let yes_or_no = self.program.decision(outcome).is_some_and(Decision::is_yes_or_no);
        let named = |(reading, alternative): &(u32, u32)| {
            let reading = self.program.reading(*reading)?;
            let alternative = reading.alternatives.get(usize::try_from(*alternative).ok()?)?;
            Some((reading.name.clone(), alternative.name.clone()))
        };
        let combination = |read: ReadAs| {
            let state = State::of(&read.value, yes_or_no);
            let shown = || self.masking.shown(Reference::Decision(outcome), &read.value);
            Combination {
                alternatives: read.alternatives.iter().filter_map(named).collect(),
                state,
                value: (state == State::Decided).then(shown),
            }
        };
        Some(self.results.readings_of(outcome).into_iter().map(combination).collect())
    }

    /// The points on which ways to read the rules differ that were gone through for the outcome.
    fn readings(&self) -> Vec<Reading> {
        let outcome = self.program.outcome;
        if !self.results.is_disputed(outcome) {
            return Vec::new();
        }
        let mut read: Vec<u32> = self
            .results
            .readings_of(outcome)
            .iter()
            .flat_map(|way| way.alternatives.iter().map(|(reading, _)| *reading))
            .collect();
        read.sort_unstable();
        read.dedup();
        let words = |citations: &[Citation]| citations.iter().map(|citation| citation.words.clone()).collect();
        let reading = |number: u32| {
            let reading = self.program.reading(number)?;
            let alternatives = reading.alternatives.iter().map(|alternative| Alternative {
                name: alternative.name.clone(),
                text: alternative.text.get(self.language).cloned(),
                sources: words(&alternative.citations),
            });
            Some(Reading {
                id: reading.name.clone(),
                question: reading.question.get(self.language).cloned(),
                alternatives: alternatives.collect(),
                sources: words(&reading.citations),
            })
        };
        read.into_iter().filter_map(reading).collect()
    }

    fn layers(&self) -> Vec<LayerState> {
        let layer = |(layer, number): &(crate::citation::Layer, u32)| {
            let state = self.results.state(self.program, *number);
            let decision = self.program.decision(*number)?.name.clone();
            Some(LayerState { layer: *layer, decision, state, value: self.value(*number, state) })
        };
        self.program.layers.iter().filter_map(layer).collect()
    }

    /// The sources that something in the record names, in the order of the pack.
    fn sources(&self, criteria: &[Criterion], triggers: &[Trigger]) -> Vec<Source> {
        let of_criteria = criteria.iter().flat_map(|criterion| {
            criterion.sources.iter().chain(criterion.parameters.iter().map(|parameter| &parameter.source))
        });
        let of_triggers =
            triggers.iter().filter(|trigger| trigger.state != TriggerState::DoesNotFire).flat_map(|trigger| {
                trigger.sources.iter().chain(trigger.interim.iter().flat_map(|interim| &interim.sources))
            });
        let named: Vec<&str> =
            of_criteria.chain(of_triggers).map(|words| words.split('#').next().unwrap_or(words)).collect();
        self.program.sources.iter().filter(|source| named.contains(&&*source.id)).cloned().collect()
    }
}

/// The value of a judgement with who, when and why.
fn judged(value: Value, judgement: &Judgement<'_>) -> Value {
    let entries = vec![
        (Arc::from("value"), value),
        (Arc::from("by"), Value::text(judgement.by)),
        (Arc::from("on"), Value::Date(judgement.on)),
        (Arc::from("reason"), Value::text(judgement.reason)),
    ];
    Context::from_entries(entries).map_or(Value::Null, |context| Value::Context(Arc::new(context)))
}

//! The record with reasons: states, values, what was seen, sources and what is missing.

use super::canonical::{Object, list, value};
use super::criterion::{Criterion, SeenValue, shown_parameter};
use super::explanation::{Combination, Explanation, Missing, words};
use super::masking::Masking;
use super::prepared::{ByState, Entry, Envelope, Sentence, separated};
use super::trigger::{Trigger, sources};
use crate::program::{Decision, Logic, Parameter, ParameterPeriod, Program, Template, in_language};
use crate::value::date::write_date;
use crate::value::json::write_text;
use crate::value::order::sort_by;
use crate::value::unknown::FactId;
use crate::value::{Date, Value};

/// What is the same in the full records of all cases.
#[derive(Clone, Debug)]
pub(super) struct FullParts {
    criteria: Vec<CriterionParts>,
    outcome: (ByState<Option<Sentence>>, Entry),
    /// By parameter and period: its entry.
    parameters: Vec<Vec<Vec<u8>>>,
    /// By fact: its place in the order of names, and its name as a key.
    facts: Vec<(usize, Vec<u8>)>,
    /// By decision and trigger.
    triggers: Vec<Vec<TriggerParts>>,
}

#[derive(Clone, Debug)]
struct CriterionParts {
    because: ByState<Option<Sentence>>,
    id: Vec<u8>,
    /// None when it depends on the rows of a table.
    sources: Option<Vec<u8>>,
    state: ByState<Vec<u8>>,
}

#[derive(Clone, Debug)]
struct TriggerParts {
    action: Option<Sentence>,
    id: Vec<u8>,
    /// From the interim to the state.
    sources: Vec<u8>,
}

impl FullParts {
    pub(super) fn new(program: &Program, masking: &Masking, language: &str) -> Self {
        let because = |decision: Option<&Decision>| {
            ByState::new(|state| sentence(decision?.texts.of(state).unwrap_or_default(), language))
        };
        let criterion = |number: &u32| {
            let decision = program.decision(*number)?;
            Some(CriterionParts {
                because: because(Some(decision)),
                id: member("id", |object, key| object.text(key, &decision.name)),
                sources: has_static_sources(decision).then(|| {
                    let mut sources = words(&decision.citations);
                    sources.dedup();
                    member("sources", |object, key| object.texts(key, sources.iter().copied()))
                }),
                state: ByState::new(|state| member("state", |object, key| object.text(key, state.words()))),
            })
        };
        Self {
            criteria: program.listed.iter().filter_map(criterion).collect(),
            outcome: (because(program.decision(program.outcome)), Entry::new(program, program.outcome, "", "decision")),
            parameters: (0..).zip(&program.parameters).map(|(number, of)| periods(masking, number, of)).collect(),
            facts: fact_keys(program),
            triggers: program.decisions.iter().map(|decision| trigger_parts(decision, language)).collect(),
        }
    }

    /// Writes the full record.
    pub(super) fn write(&self, envelope: &Envelope, out: &mut Vec<u8>, explanation: Explanation<'_>) {
        let Explanation { masking, case, results, row, .. } = explanation;
        envelope.begin(out, case, row);
        separated(out, explanation.criteria().zip(&self.criteria), |out, (criterion, parts)| {
            self.criterion(out, parts, criterion, explanation);
        });
        envelope.layers(out, masking, results);
        let open = explanation.missing();
        separated(out, open.iter(), missing);
        out.extend_from_slice(b"],\"next\":");
        match open.iter().find(|open| !open.asked) {
            Some(next) => write_text(out, &next.fact),
            None => out.extend_from_slice(b"null"),
        }
        out.extend_from_slice(b",\"outcome\":{");
        let (because, entry) = &self.outcome;
        if let Some(sentence) = explanation.outcome().and_then(|outcome| because.of(outcome.state()).as_ref()) {
            out.extend_from_slice(b"\"because\":");
            sentence.write(out, explanation);
            out.push(b',');
        }
        entry.write_inner(out, masking, results);
        envelope.pack(out);
        let mut readings = Object::open(out);
        if explanation.depends() {
            list(readings.key("combinations"), explanation.combinations().iter(), combination);
        }
        value(readings.key("depends"), &Value::Boolean(explanation.depends()));
        readings.close();
        out.extend_from_slice(b",\"triggers\":[");
        separated(out, explanation.triggers(), |out, trigger| self.trigger(out, trigger, explanation));
        out.extend_from_slice(b"]}");
    }

    fn criterion(
        &self,
        out: &mut Vec<u8>,
        parts: &CriterionParts,
        criterion: Criterion<'_>,
        explanation: Explanation<'_>,
    ) {
        out.push(b'{');
        if let Some(sentence) = parts.because.of(criterion.state()) {
            out.extend_from_slice(b"\"because\":");
            sentence.write(out, explanation);
            out.push(b',');
        }
        compared(out, criterion);
        out.extend_from_slice(&parts.id);
        let mut first = true;
        for used in criterion.parameters() {
            out.extend_from_slice(if std::mem::take(&mut first) { b",\"parameters\":[" } else { b"," });
            let place = |number: u32| usize::try_from(number).unwrap_or(usize::MAX);
            let (parameter, period) = used.place;
            let entry = self.parameters.get(place(parameter)).and_then(|periods| periods.get(place(period)));
            out.extend_from_slice(entry.map_or(&[], Vec::as_slice));
        }
        if !first {
            out.push(b']');
        }
        if let Some(reason) = criterion.reason() {
            out.extend_from_slice(b",\"reason\":");
            write_text(out, reason);
        }
        self.seen(out, criterion);
        out.push(b',');
        match &parts.sources {
            Some(sources) => out.extend_from_slice(sources),
            None => {
                out.extend_from_slice(b"\"sources\":");
                list(out, criterion.sources().into_iter(), write_text);
            }
        }
        out.push(b',');
        out.extend_from_slice(parts.state.of(criterion.state()));
        let unverified = criterion.unverified();
        if !unverified.is_empty() {
            out.extend_from_slice(b",\"unverified\":");
            list(out, unverified.iter(), |out, source| write_text(out, &source.id));
        }
        if let Some(decided) = criterion.value() {
            out.extend_from_slice(b",\"value\":");
            value(out, decided);
        }
        out.push(b'}');
    }

    /// The facts that were seen, in the order of their names.
    fn seen(&self, out: &mut Vec<u8>, criterion: Criterion<'_>) {
        let rank = |fact: FactId| usize::try_from(fact).ok().and_then(|fact| self.facts.get(fact));
        let mut seen: Vec<_> = criterion.seen().filter_map(|seen| Some((rank(seen.number())?, seen))).collect();
        if seen.is_empty() {
            return;
        }
        seen.sort_unstable_by_key(|((place, _), _)| *place);
        out.extend_from_slice(b",\"seen\":{");
        separated(out, seen.into_iter(), |out, ((_, key), seen)| {
            out.extend_from_slice(key);
            match seen.value() {
                SeenValue::Plain(plain) => value(out, plain),
                SeenValue::Judged(judged, judgement) => {
                    let mut object = Object::open(out);
                    object.text("by", judgement.by);
                    date(&mut object, "on", Some(judgement.on));
                    object.text("reason", judgement.reason);
                    value(object.key("value"), judged);
                    object.close();
                }
            }
        });
        out.push(b'}');
    }

    fn trigger(&self, out: &mut Vec<u8>, trigger: Trigger<'_>, explanation: Explanation<'_>) {
        let place = |number: u32| usize::try_from(number).unwrap_or(usize::MAX);
        let (decision, number) = trigger.place();
        let Some(parts) = self.triggers.get(place(decision)).and_then(|of| of.get(place(number))) else { return };
        out.push(b'{');
        if let Some(action) = &parts.action {
            out.extend_from_slice(b"\"action\":");
            action.write(out, explanation);
            out.push(b',');
        }
        if let Some(deadline) = trigger.deadline() {
            out.extend_from_slice(b"\"deadline\":");
            value(out, &deadline);
            out.push(b',');
        }
        out.extend_from_slice(&parts.id);
        if let Some(interim) = trigger.interim() {
            out.extend_from_slice(b",\"interim\":");
            let mut object = Object::open(out);
            object.optional_text("action", interim.action.as_deref());
            if let Some(deadline) = &interim.deadline {
                value(object.key("deadline"), deadline);
            }
            object.texts("sources", interim.sources.into_iter());
            object.close();
        }
        out.extend_from_slice(&parts.sources);
        write_text(out, trigger.state().words());
        out.push(b'}');
    }
}

/// The sentence in `language`, or in the first language that there is.
fn sentence(templates: &[Template], language: &str) -> Option<Sentence> {
    in_language(templates, language).map(Sentence::new)
}

/// Whether the sources of a decision are the same in every case.
fn has_static_sources(decision: &Decision) -> bool {
    !matches!(&decision.logic, Logic::Table(table) if table.rows.iter().any(|row| !row.citations.is_empty()))
}

/// A member of an object without the braces.
fn member(key: &str, write: impl FnOnce(&mut Object<'_>, &str)) -> Vec<u8> {
    let mut out = Vec::new();
    write(&mut Object::open(&mut out), key);
    out.split_off(1)
}

fn periods(masking: &Masking, number: u32, parameter: &Parameter) -> Vec<Vec<u8>> {
    let entry = |period: &ParameterPeriod| {
        let mut entry = Vec::new();
        let mut object = Object::open(&mut entry);
        date(&mut object, "from", period.period.from);
        object.text("id", &parameter.name);
        object.text("source", &period.citation.words);
        date(&mut object, "to", period.period.to);
        if !parameter.is_calendar {
            value(object.key("value"), shown_parameter(masking, number, period));
        }
        object.close();
        entry
    };
    parameter.periods.iter().map(entry).collect()
}

fn fact_keys(program: &Program) -> Vec<(usize, Vec<u8>)> {
    let facts = &program.schema.facts;
    let mut by_name: Vec<usize> = (0..facts.len()).collect();
    let name = |fact: &usize| facts.get(*fact).map_or("", |fact| &*fact.name);
    sort_by(&mut by_name, |left, right| name(left).encode_utf16().cmp(name(right).encode_utf16()));
    let mut keys = vec![(0, Vec::new()); facts.len()];
    for (place, fact) in by_name.into_iter().enumerate() {
        if let Some(key) = keys.get_mut(fact) {
            write_text(&mut key.1, name(&fact));
            key.1.push(b':');
            key.0 = place;
        }
    }
    keys
}

fn trigger_parts(decision: &Decision, language: &str) -> Vec<TriggerParts> {
    let Logic::Triggers(triggers) = &decision.logic else { return Vec::new() };
    let parts = triggers.iter().map(|trigger| {
        let mut after = vec![b','];
        after.extend(member("priority", |object, key| value(object.key(key), &Value::Number(trigger.priority.into()))));
        after.push(b',');
        let sources = sources(decision, &trigger.citations);
        after.extend(member("sources", |object, key| object.texts(key, sources.iter().copied())));
        after.extend_from_slice(b",\"state\":");
        TriggerParts {
            action: sentence(&trigger.action, language),
            id: member("decision", |object, key| {
                object.text(key, &decision.name);
                object.text("id", &trigger.name);
            }),
            sources: after,
        }
    });
    parts.collect()
}

/// The numbers that were compared, and a comma.
fn compared(out: &mut Vec<u8>, criterion: Criterion<'_>) {
    let all = criterion.compared();
    if all.is_empty() {
        return;
    }
    out.extend_from_slice(b"\"compared\":");
    list(out, all.iter(), |out, compared| {
        let mut object = Object::open(out);
        value(object.key("distance"), &Value::Number(compared.distance));
        object.optional_text("left", compared.left);
        value(object.key("left_value"), &Value::Number(compared.left_value));
        object.text("operator", compared.operator);
        object.optional_text("right", compared.right);
        value(object.key("right_value"), &Value::Number(compared.right_value));
        object.close();
    });
    out.push(b',');
}

fn missing(out: &mut Vec<u8>, missing: &Missing<'_>) {
    let mut object = Object::open(out);
    if missing.asked {
        value(object.key("asked"), &Value::Boolean(true));
    }
    object.text("fact", &missing.fact);
    object.optional_text("question", missing.question);
    object.texts("settles", missing.settles.iter().copied());
    object.close();
}

fn combination(out: &mut Vec<u8>, combination: &Combination<'_>) {
    let mut object = Object::open(out);
    let mut alternatives: Vec<_> = combination.alternatives.iter().collect();
    sort_by(&mut alternatives, |(left, _), (right, _)| left.encode_utf16().cmp(right.encode_utf16()));
    let mut chosen = Object::open(object.key("alternatives"));
    for (reading, alternative) in alternatives {
        chosen.text(reading, alternative);
    }
    chosen.close();
    let mut result = Object::open(object.key("outcome"));
    result.text("state", combination.state.words());
    if let Some(decided) = &combination.value {
        value(result.key("value"), decided);
    }
    result.close();
    object.close();
}

fn date(object: &mut Object<'_>, key: &str, date: Option<Date>) {
    let out = object.key(key);
    match date {
        Some(date) => {
            out.push(b'"');
            write_date(out, date);
            out.push(b'"');
        }
        None => out.extend_from_slice(b"null"),
    }
}

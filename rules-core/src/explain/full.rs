//! The record with reasons: states, values, what was seen, sources and what is missing.

use super::canonical::{Object, list, value};
use super::compared::Compared;
use super::criterion::{Criterion, Seen, SeenValue, shown_parameter, unverified, unverified_source};
use super::explanation::{Combination, Explanation, Missing, words};
use super::masking::Masking;
use super::prepared::{ByState, Entry, Envelope, Sentence, separated};
use super::trigger::{Trigger, sources};
use crate::citation::{Citation, Source};
use crate::program::{Decision, Logic, Parameter, ParameterPeriod, Program, State, Template, at, in_language};
use crate::value::json::write_text;
use crate::value::number::write_plain;
use crate::value::order::sort_by;
use crate::value::unknown::FactId;
use crate::value::{Date, Decimal, Value};

/// What is the same in the full records of all cases.
#[derive(Clone, Debug)]
pub(super) struct FullParts {
    criteria: Vec<CriterionParts>,
    outcome: (ByState<Option<Sentence>>, Entry),
    /// By parameter and period.
    parameters: Vec<Vec<PeriodParts>>,
    /// By fact.
    facts: Vec<FactKey>,
    /// By decision and trigger.
    triggers: Vec<Vec<TriggerParts>>,
}

#[derive(Clone, Debug)]
struct CriterionParts {
    states: ByState<StateParts>,
    /// Numbers of the decision's own sources that nobody has verified.
    unverified: Vec<usize>,
}

/// What a criterion says in one state.
#[derive(Clone, Debug)]
struct StateParts {
    head: Head,
    /// From the sources to what is not verified of them; none where they depend on the rows of a table.
    end: Option<Vec<u8>>,
    state: Vec<u8>,
}

/// A parameter in one of its periods.
#[derive(Clone, Debug)]
struct PeriodParts {
    entry: Vec<u8>,
    /// Number of its source, if nobody has verified that.
    unverified: Option<usize>,
}

/// The name of a fact as a key.
#[derive(Clone, Debug, Default)]
struct FactKey {
    /// In the order of the names.
    place: usize,
    written: Vec<u8>,
}

#[derive(Clone, Debug)]
struct TriggerParts {
    head: Head,
    /// From the interim to the quote before the state.
    sources: Vec<u8>,
}

/// Room that the next entry of the same record uses again.
#[derive(Default)]
struct Memory<'e> {
    /// A value as it is put into a sentence.
    shown: String,
    seen: Vec<(&'e FactKey, FactId)>,
}

/// How an entry begins: its sentence and its name.
#[derive(Clone, Debug)]
struct Head {
    sentence: Option<Sentence>,
    name: Vec<u8>,
    /// Both as one, from the brace on.
    whole: Sentence,
}

impl Head {
    fn new(sentence: Option<Sentence>, name: &[u8]) -> Self {
        let whole = sentence.clone().unwrap_or_default().between(b"{", name);
        Self { sentence, name: name.to_vec(), whole }
    }

    /// Writes the beginning of an entry, with a member `between` the sentence and the name if there is one.
    fn write(
        &self,
        out: &mut Vec<u8>,
        explanation: &Explanation<'_>,
        shown: &mut String,
        between: Option<impl FnOnce(&mut Vec<u8>)>,
    ) {
        let Some(between) = between else { return self.whole.write(out, explanation, shown) };
        out.push(b'{');
        if let Some(sentence) = &self.sentence {
            sentence.write(out, explanation, shown);
        }
        between(out);
        out.extend_from_slice(&self.name);
    }
}

impl FullParts {
    pub(super) fn new(program: &Program, masking: &Masking, language: &str) -> Self {
        let because =
            |decision: &Decision, state| sentence("because", decision.texts.of(state).unwrap_or_default(), language);
        let criterion = |number: &u32| {
            let decision = program.decision(*number)?;
            let id = member("id", |object, key| object.text(key, &decision.name));
            let parts = |of: State| {
                let state = member("state", |object, key| object.text(key, of.words()));
                let end = has_static_sources(decision).then(|| static_end(program, decision, &state));
                StateParts { head: Head::new(because(decision, of), &id), end, state }
            };
            Some(CriterionParts {
                states: ByState::new(parts),
                unverified: decision
                    .citations
                    .iter()
                    .filter_map(|citation| unverified_number(program, citation))
                    .collect(),
            })
        };
        Self {
            criteria: program.listed.iter().filter_map(criterion).collect(),
            outcome: (
                ByState::new(|state| because(program.decision(program.outcome)?, state)),
                Entry::new(program, program.outcome, "", "decision"),
            ),
            parameters: (0..)
                .zip(&program.parameters)
                .map(|(number, of)| periods(program, masking, number, of))
                .collect(),
            facts: fact_keys(program),
            triggers: program.decisions.iter().map(|decision| trigger_parts(decision, language)).collect(),
        }
    }

    /// Writes the full record.
    pub(super) fn write(&self, envelope: &Envelope, out: &mut Vec<u8>, explanation: &Explanation<'_>) {
        let Explanation { masking, case, results, row, .. } = *explanation;
        envelope.begin(out, case, row);
        let mut memory = Memory::default();
        separated(out, explanation.criteria().zip(&self.criteria), |out, (criterion, parts)| {
            self.criterion(out, parts, criterion, &mut memory);
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
            sentence.write(out, explanation, &mut memory.shown);
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
        separated(out, explanation.triggers(), |out, trigger| {
            self.trigger(out, trigger, explanation, &mut memory.shown);
        });
        out.extend_from_slice(b"]}");
    }

    /// Writes the entry of a criterion.
    fn criterion<'e>(
        &'e self,
        out: &mut Vec<u8>,
        parts: &CriterionParts,
        criterion: Criterion<'e>,
        memory: &mut Memory<'e>,
    ) {
        let of_state = parts.states.of(criterion.state());
        let all = criterion.compared();
        let between = (!all.is_empty()).then_some(|out: &mut Vec<u8>| compared(out, &all));
        of_state.head.write(out, criterion.explanation(), &mut memory.shown, between);
        let static_end = self.parameters(out, parts, criterion);
        if let Some(reason) = criterion.reason() {
            out.extend_from_slice(b",\"reason\":");
            write_text(out, reason);
        }
        self.seen(out, criterion, &mut memory.seen);
        match &of_state.end {
            Some(end) if static_end => out.extend_from_slice(end),
            _ => end(out, &criterion.sources(), &of_state.state, &criterion.unverified()),
        }
        if let Some(decided) = criterion.value() {
            out.extend_from_slice(b",\"value\":");
            value(out, decided);
        }
        out.push(b'}');
    }

    /// The parameters that were used. False when they add to the sources that nobody has verified.
    fn parameters(&self, out: &mut Vec<u8>, own: &CriterionParts, criterion: Criterion<'_>) -> bool {
        let (mut first, mut adds_none) = (true, true);
        for used in criterion.parameters() {
            let (parameter, period) = used.place;
            let Some(parts) = at(&self.parameters, parameter).and_then(|periods| at(periods, period)) else { continue };
            out.extend_from_slice(if std::mem::take(&mut first) { b",\"parameters\":[" } else { b"," });
            out.extend_from_slice(&parts.entry);
            adds_none &= parts.unverified.is_none_or(|source| own.unverified.contains(&source));
        }
        if !first {
            out.push(b']');
        }
        adds_none
    }

    /// The facts that were seen, in the order of their names.
    fn seen<'e>(&'e self, out: &mut Vec<u8>, criterion: Criterion<'e>, seen: &mut Vec<(&'e FactKey, FactId)>) {
        seen.clear();
        seen.extend(criterion.facts().filter_map(|fact| Some((at(&self.facts, fact)?, fact))));
        if seen.is_empty() {
            return;
        }
        seen.sort_unstable_by_key(|(key, _)| key.place);
        out.extend_from_slice(b",\"seen\":{");
        let seen = seen.iter().filter_map(|(key, fact)| Some((key, Seen::of(criterion.explanation(), *fact)?)));
        separated(out, seen, |out, (key, seen)| {
            out.extend_from_slice(&key.written);
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

    fn trigger(&self, out: &mut Vec<u8>, trigger: Trigger<'_>, explanation: &Explanation<'_>, shown: &mut String) {
        let (decision, number) = trigger.place();
        let Some(parts) = at(&self.triggers, decision).and_then(|of| at(of, number)) else { return };
        let deadline = trigger.deadline().map(|deadline| {
            move |out: &mut Vec<u8>| {
                out.extend_from_slice(b"\"deadline\":");
                value(out, &deadline);
                out.push(b',');
            }
        });
        parts.head.write(out, explanation, shown, deadline);
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
        out.extend_from_slice(trigger.state().words().as_bytes());
        out.extend_from_slice(b"\"}");
    }
}

/// A member with the sentence in `language`, or in the first language that there is.
fn sentence(key: &str, templates: &[Template], language: &str) -> Option<Sentence> {
    in_language(templates, language).map(|template| Sentence::new(key, template))
}

/// Whether the sources of a decision are the same in every case.
fn has_static_sources(decision: &Decision) -> bool {
    !matches!(&decision.logic, Logic::Table(table) if table.rows.iter().any(|row| !row.citations.is_empty()))
}

/// Number of the source of a citation, if nobody has verified it.
fn unverified_number(program: &Program, citation: &Citation) -> Option<usize> {
    unverified_source(program, citation).map(|_| citation.source)
}

/// What stands from the sources of a criterion to those of them that nobody has verified.
fn end(out: &mut Vec<u8>, sources: &[&str], state: &[u8], unverified: &[&Source]) {
    out.extend_from_slice(b",\"sources\":");
    list(out, sources.iter().copied(), write_text);
    out.push(b',');
    out.extend_from_slice(state);
    if !unverified.is_empty() {
        out.extend_from_slice(b",\"unverified\":");
        list(out, unverified.iter(), |out, source| write_text(out, &source.id));
    }
}

/// The same where the sources are those of the decision alone.
fn static_end(program: &Program, decision: &Decision, state: &[u8]) -> Vec<u8> {
    let mut sources = words(&decision.citations);
    sources.dedup();
    let mut out = Vec::new();
    end(&mut out, &sources, state, &unverified(program, decision.citations.iter()));
    out
}

/// A member of an object without the braces.
fn member(key: &str, write: impl FnOnce(&mut Object<'_>, &str)) -> Vec<u8> {
    let mut out = Vec::new();
    write(&mut Object::open(&mut out), key);
    out.split_off(1)
}

fn periods(program: &Program, masking: &Masking, number: u32, parameter: &Parameter) -> Vec<PeriodParts> {
    let parts = |period: &ParameterPeriod| {
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
        PeriodParts { entry, unverified: unverified_number(program, &period.citation) }
    };
    parameter.periods.iter().map(parts).collect()
}

fn fact_keys(program: &Program) -> Vec<FactKey> {
    let facts = &program.schema.facts;
    let mut by_name: Vec<usize> = (0..facts.len()).collect();
    let name = |fact: &usize| facts.get(*fact).map_or("", |fact| &*fact.name);
    sort_by(&mut by_name, |left, right| name(left).encode_utf16().cmp(name(right).encode_utf16()));
    let mut keys = vec![FactKey::default(); facts.len()];
    for (place, fact) in by_name.into_iter().enumerate() {
        if let Some(key) = keys.get_mut(fact) {
            write_text(&mut key.written, name(&fact));
            key.written.push(b':');
            key.place = place;
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
        after.extend_from_slice(b",\"state\":\"");
        let names = member("decision", |object, key| {
            object.text(key, &decision.name);
            object.text("id", &trigger.name);
        });
        TriggerParts { head: Head::new(sentence("action", &trigger.action, language), &names), sources: after }
    });
    parts.collect()
}

/// The numbers that were compared, and a comma.
fn compared(out: &mut Vec<u8>, all: &[Compared<'_>]) {
    out.extend_from_slice(b"\"compared\":");
    list(out, all.iter(), |out, compared| {
        out.extend_from_slice(b"{\"distance\":");
        write_plain(out, compared.distance);
        side(out, (b",\"left\":", compared.left), (b",\"left_value\":", compared.left_value));
        out.extend_from_slice(b",\"operator\":");
        write_text(out, compared.operator);
        side(out, (b",\"right\":", compared.right), (b",\"right_value\":", compared.right_value));
        out.push(b'}');
    });
    out.push(b',');
}

/// The name of one side, if it has one, and its value, each after its key.
fn side(out: &mut Vec<u8>, name: (&[u8], Option<&str>), amount: (&[u8], Decimal)) {
    if let (key, Some(name)) = name {
        out.extend_from_slice(key);
        write_text(out, name);
    }
    out.extend_from_slice(amount.0);
    write_plain(out, amount.1);
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
    value(object.key(key), &date.map_or(Value::Null, Value::Date));
}

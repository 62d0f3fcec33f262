//! The decision record of `semantics.md` section 6: one canonical JSON object, the same bytes on every host.

use std::sync::Arc;

use super::canonical::{Object, list, value};
use super::explanation::{
    Combination, Compared, Criterion, Explanation, Interim, Missing, Outcome, ParameterUsed, Trigger,
};
use crate::value::order::sort_by;
use crate::value::{Date, Value};

/// Writes the full record: states, values, reasons, sources and what is missing.
pub(crate) fn write_full(out: &mut Vec<u8>, explanation: &Explanation) {
    let mut record = Object::open(out);
    date(&mut record, "as_of", explanation.as_of);
    record.text("case", &explanation.case);
    list(record.key("criteria"), explanation.criteria.iter(), criterion);
    explanation.engine.write(record.key("engine"));
    layers(record.key("layers"), explanation);
    list(record.key("missing"), explanation.missing.iter(), missing);
    match &explanation.next {
        Some(next) => record.text("next", next),
        None => value(record.key("next"), &Value::Null),
    }
    outcome(record.key("outcome"), &explanation.outcome);
    let mut pack = Object::open(record.key("pack"));
    pack.text("id", &explanation.pack.id);
    pack.text("sha256", &explanation.pack.sha256);
    pack.text("version", &explanation.pack.version);
    pack.close();
    let mut readings = Object::open(record.key("readings"));
    if let Some(combinations) = &explanation.combinations {
        list(readings.key("combinations"), combinations.iter(), combination);
    }
    value(readings.key("depends"), &Value::Boolean(explanation.combinations.is_some()));
    readings.close();
    list(record.key("triggers"), explanation.triggers.iter(), trigger);
    record.close();
}

fn outcome(out: &mut Vec<u8>, outcome: &Outcome) {
    let mut object = Object::open(out);
    object.optional_text("because", outcome.because.as_deref());
    object.text("decision", &outcome.decision);
    object.text("state", outcome.state.words());
    optional_value(&mut object, "value", outcome.value.as_ref());
    object.close();
}

fn criterion(out: &mut Vec<u8>, criterion: &Criterion) {
    let mut object = Object::open(out);
    object.optional_text("because", criterion.because.as_deref());
    if !criterion.compared.is_empty() {
        list(object.key("compared"), criterion.compared.iter(), compared);
    }
    object.text("id", &criterion.id);
    if !criterion.parameters.is_empty() {
        list(object.key("parameters"), criterion.parameters.iter(), parameter);
    }
    object.optional_text("reason", criterion.reason.as_deref());
    if !criterion.seen.is_empty() {
        let mut seen: Vec<_> = criterion.seen.iter().collect();
        sort_by(&mut seen, |left, right| left.fact.encode_utf16().cmp(right.fact.encode_utf16()));
        let mut facts = Object::open(object.key("seen"));
        for fact in seen {
            value(facts.key(&fact.fact), &fact.value);
        }
        facts.close();
    }
    texts(&mut object, "sources", &criterion.sources);
    object.text("state", criterion.state.words());
    if !criterion.unverified.is_empty() {
        texts(&mut object, "unverified", &criterion.unverified);
    }
    optional_value(&mut object, "value", criterion.value.as_ref());
    object.close();
}

fn compared(out: &mut Vec<u8>, compared: &Compared) {
    let mut object = Object::open(out);
    value(object.key("distance"), &Value::Number(compared.distance));
    object.optional_text("left", compared.left.as_deref());
    value(object.key("left_value"), &Value::Number(compared.left_value));
    object.text("operator", compared.operator);
    object.optional_text("right", compared.right.as_deref());
    value(object.key("right_value"), &Value::Number(compared.right_value));
    object.close();
}

fn parameter(out: &mut Vec<u8>, parameter: &ParameterUsed) {
    let mut object = Object::open(out);
    date(&mut object, "from", parameter.from);
    object.text("id", &parameter.id);
    object.text("source", &parameter.source);
    date(&mut object, "to", parameter.to);
    value(object.key("value"), &parameter.value);
    object.close();
}

fn trigger(out: &mut Vec<u8>, trigger: &Trigger) {
    let mut object = Object::open(out);
    object.optional_text("action", trigger.action.as_deref());
    optional_value(&mut object, "deadline", trigger.deadline.as_ref());
    object.text("decision", &trigger.decision);
    object.text("id", &trigger.id);
    if let Some(interim) = &trigger.interim {
        self::interim(object.key("interim"), interim);
    }
    value(object.key("priority"), &Value::Number(trigger.priority.into()));
    texts(&mut object, "sources", &trigger.sources);
    object.text("state", trigger.state.words());
    object.close();
}

fn interim(out: &mut Vec<u8>, interim: &Interim) {
    let mut object = Object::open(out);
    object.optional_text("action", interim.action.as_deref());
    optional_value(&mut object, "deadline", interim.deadline.as_ref());
    texts(&mut object, "sources", &interim.sources);
    object.close();
}

fn missing(out: &mut Vec<u8>, missing: &Missing) {
    let mut object = Object::open(out);
    if missing.asked {
        value(object.key("asked"), &Value::Boolean(true));
    }
    object.text("fact", &missing.fact);
    object.optional_text("question", missing.question.as_deref());
    texts(&mut object, "settles", &missing.settles);
    object.close();
}

fn combination(out: &mut Vec<u8>, combination: &Combination) {
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
    optional_value(&mut result, "value", combination.value.as_ref());
    result.close();
    object.close();
}

fn layers(out: &mut Vec<u8>, explanation: &Explanation) {
    let mut layers: Vec<_> = explanation.layers.iter().collect();
    sort_by(&mut layers, |left, right| left.layer.words().cmp(right.layer.words()));
    let mut object = Object::open(out);
    for layer in layers {
        let mut inner = Object::open(object.key(layer.layer.words()));
        inner.text("decision", &layer.decision);
        inner.text("state", layer.state.words());
        optional_value(&mut inner, "value", layer.value.as_ref());
        inner.close();
    }
    object.close();
}

fn date(object: &mut Object<'_>, key: &str, date: Option<Date>) {
    match date {
        Some(date) => object.text(key, &date.to_string()),
        None => value(object.key(key), &Value::Null),
    }
}

fn optional_value(object: &mut Object<'_>, key: &str, what: Option<&Value>) {
    if let Some(what) = what {
        value(object.key(key), what);
    }
}

fn texts(object: &mut Object<'_>, key: &str, texts: &[Arc<str>]) {
    object.texts(key, texts.iter().map(AsRef::as_ref));
}

//! Cases for any pack, made at random from its own schema of facts: every kind of value, near the thresholds and dates
//! that the pack names, with a share of facts that are missing, not known or not applicable.

use std::collections::{BTreeMap, BTreeSet};

use rules_core::{Feel, Wire};
use rust_decimal::Decimal;
use serde_json::{Map, Value, json};

use crate::packs::Pack;
use crate::random::Random;
use crate::{time_zones_text, values};

/// Facts left out in so many cases of a hundred: half of all cases have every fact.
const LEFT_OUT: [u32; 4] = [0, 0, 8, 35];
/// So many facts of a hundred are changed in a case that is made from one of the pack's own.
const CHANGED: u32 = 12;
/// The most items of a list that says no maximum.
const ITEMS: u64 = 3;
const OFFICERS: [&str; 3] = ["A. Brookes", "D. Kaur", "J. Mensah"];
const TEXTS: [&str; 4] = ["Advice of Legal Services", "As the minute of the board says", "B70 9LU", "Example Trust"];
const DURATIONS: [&str; 4] = ["PT1H", "PT48H", "P10D", "P28D"];

/// Makes cases for one pack.
#[derive(Clone, Debug)]
pub struct CaseMaker {
    /// The schema of the facts, every definition where it is referred to.
    facts: Value,
    /// Days at which something changes, and the days before and after them.
    days: Vec<String>,
    /// Numbers that the pack compares something with.
    numbers: Vec<Decimal>,
    /// The pack's own cases, as they are written.
    own: Vec<Value>,
    /// What they have in each place: the texts that mean something, and the edges.
    usual: BTreeMap<String, Vec<Value>>,
}

impl CaseMaker {
    /// A maker of cases for a pack.
    ///
    /// # Panics
    /// When the pack cannot be loaded.
    #[must_use]
    pub fn new(pack: &Pack) -> Self {
        let text = pack.document();
        let mut wire = Wire::new();
        let _ = wire.call(&json!({"do": "time zones", "text": time_zones_text()}).to_string());
        let loaded = wire.call(&json!({"do": "load", "text": text}).to_string());
        let facts: Value = read(&wire.call(&json!({"do": "facts", "pack": 1}).to_string()));
        assert!(facts["facts"].is_object(), "{}: {loaded}", pack.name());
        let document = read(&text);
        let (mut days, mut numbers) = (BTreeSet::new(), BTreeSet::new());
        for part in ["in_force", "parameters", "readings", "decisions"] {
            for (_, value) in values(&document[part]) {
                match value {
                    Value::String(text) => note_text(text, &mut days, &mut numbers),
                    Value::Number(number) => numbers.extend(number.to_string().parse::<Decimal>().ok()),
                    _ => {}
                }
            }
        }
        let (mut usual, own) = (BTreeMap::new(), pack.cases());
        for case in &own {
            note_usual(&case["facts"], "", &mut usual);
        }
        let around = days.iter().flat_map(|day| [neighbour(day, "-P1D"), Some(day.clone()), neighbour(day, "P1D")]);
        let days = around.flatten().collect();
        Self { facts: facts["facts"].clone(), days, numbers: numbers.into_iter().collect(), own, usual }
    }

    /// So many cases, one a line, the same for the same seed.
    #[must_use]
    pub fn lines(&self, count: usize, seed: u64) -> String {
        let mut random = Random::new(seed);
        let mut lines = String::new();
        for number in 1..=count {
            let mut case = self.case(&mut random);
            case.insert("case".to_owned(), format!("{number}").into());
            lines.push_str(&Value::Object(case).to_string());
            lines.push('\n');
        }
        lines
    }

    /// A case, in which any fact may be left out: made up altogether, or one of the pack's own with some facts changed.
    #[must_use]
    pub fn case(&self, random: &mut Random) -> Map<String, Value> {
        let left_out = random.pick(&LEFT_OUT);
        let own = random.percent(60).then(|| &self.own[random.below(self.own.len())]);
        let as_of = own.filter(|_| random.percent(80)).map(|own| own["as_of"].clone());
        let as_of = as_of.filter(Value::is_string).unwrap_or_else(|| self.day(random).into());
        let mut case = Map::from_iter([("as_of".to_owned(), as_of)]);
        let (mut not_known, mut not_applicable) = (Vec::new(), Vec::new());
        for (name, schema) in self.names() {
            let pointer = || Value::String(rules_core::pointer_to("", name));
            if let Some(own) = own.filter(|_| !random.percent(CHANGED)) {
                if let Some(value) = own["facts"].get(name) {
                    case.insert(name.clone(), value.clone());
                }
            } else if schema["x-may-not-apply"] == true && random.percent(15) {
                not_applicable.push(pointer());
            } else if !random.percent(left_out) {
                case.insert(name.clone(), self.value(schema, name, left_out, random));
            } else if random.percent(40) {
                not_known.push(pointer());
            }
        }
        for (name, facts) in [("not_known", not_known), ("not_applicable", not_applicable)] {
            if !facts.is_empty() {
                case.insert(name.to_owned(), facts.into());
            }
        }
        case
    }

    /// What a fact at the top of a case may be: all values if they are few, else so many of them and the ends of what it may be.
    ///
    /// # Panics
    /// When there is no such fact.
    #[must_use]
    pub fn completions(&self, name: &str, count: usize, random: &mut Random) -> Vec<Value> {
        let schema = &self.facts["properties"][name];
        assert!(schema.is_object(), "no fact `{name}`");
        let mut found: Vec<Value> = Vec::new();
        if schema["x-kind"] != "judgement" {
            found.extend(schema["enum"].as_array().into_iter().flatten().cloned());
            if kind(schema) == "boolean" {
                found.extend([json!(true), json!(false)]);
            }
        }
        if found.is_empty() {
            found.extend((0..count).map(|_| self.value(schema, name, 0, random)));
            found.extend(ends(schema));
        }
        found
    }

    fn names(&self) -> impl Iterator<Item = (&String, &Value)> {
        self.facts["properties"].as_object().into_iter().flatten()
    }

    /// A value of a fact at a path, in which fields may be left out.
    fn value(&self, schema: &Value, path: &str, left_out: u32, random: &mut Random) -> Value {
        if schema["x-kind"] == "judgement" {
            return self.judgement(schema, path, left_out, random);
        }
        let may_be_null = schema["type"].as_array().is_some_and(|types| types.contains(&json!("null")));
        if may_be_null && random.percent(15) {
            return Value::Null;
        }
        if let Some(usual) = self.usual.get(path).filter(|_| random.percent(30)) {
            return usual[random.below(usual.len())].clone();
        }
        if let Some(values) = schema["enum"].as_array() {
            return values[random.below(values.len())].clone();
        }
        if let Some(only) = schema.get("const") {
            return only.clone();
        }
        match kind(schema) {
            "boolean" => random.percent(50).into(),
            "integer" | "number" => self.number(schema, random),
            "array" => {
                let least = schema["minItems"].as_u64().unwrap_or(0);
                let most = schema["maxItems"].as_u64().unwrap_or(least + ITEMS).min(least + ITEMS);
                let count = least + random.below(most - least + 1);
                let path = format!("{path}/*");
                (0..count).map(|_| self.value(&schema["items"], &path, left_out, random)).collect()
            }
            "object" => {
                let fields = schema["properties"].as_object().into_iter().flatten();
                let kept: Vec<_> = fields.filter(|_| !random.percent(left_out)).collect();
                let value = |(name, field): (&String, &Value)| {
                    (name.clone(), self.value(field, &format!("{path}/{name}"), left_out, random))
                };
                Value::Object(kept.into_iter().map(value).collect())
            }
            _ => self.text(schema, random),
        }
    }

    fn judgement(&self, schema: &Value, path: &str, left_out: u32, random: &mut Random) -> Value {
        let mut plain = schema.clone();
        plain["x-kind"].take();
        let value = self.value(&plain, &format!("{path}/value"), left_out, random);
        let mut judgement = json!({"value": value, "by": random.pick(&OFFICERS), "on": self.day(random), "reason": random.pick(&TEXTS)});
        if random.percent(left_out)
            && let Some(parts) = judgement.as_object_mut()
        {
            // One that is not complete is not known.
            parts.remove(random.pick(&["by", "on", "reason"]));
        }
        judgement
    }

    /// A number near one that the pack names, or any between the limits.
    fn number(&self, schema: &Value, random: &mut Random) -> Value {
        let of = |keyword: &str| schema[keyword].to_string().parse::<Decimal>().ok();
        let whole = kind(schema) == "integer";
        let step = of("multipleOf").unwrap_or(if whole { Decimal::ONE } else { Decimal::new(1, 2) });
        let low = of("minimum").or(of("exclusiveMinimum").map(|low| low + step));
        let high = of("maximum").or(of("exclusiveMaximum").map(|high| high - step));
        let least = low.unwrap_or_default();
        let most = high.unwrap_or(least + Decimal::from(random.pick(&[10, 1_000, 1_000_000])));
        let known: Vec<Decimal> = self.numbers.iter().copied().chain([least, most]).collect();
        let near = [Decimal::ZERO, step, -step];
        let found = if random.percent(40) {
            known[random.below(known.len())] + random.pick(&near)
        } else {
            let steps = ((most - least) / step).trunc();
            let part = Decimal::from(random.below(1_000_001_u64)) / Decimal::from(1_000_000);
            least + (steps * part).trunc() * step
        };
        let fits = low.is_none_or(|low| low <= found) && high.is_none_or(|high| found <= high);
        let found = if fits { (found / step).trunc() * step } else { least };
        read(&found.normalize().to_string())
    }

    fn text(&self, schema: &Value, random: &mut Random) -> Value {
        match schema["format"].as_str() {
            Some("date") => self.day(random).into(),
            Some("time") => format!("{:02}:{:02}:00", random.below(24), random.pick(&[0, 15, 30, 59])).into(),
            Some("date-time") => format!("{}T{:02}:30:00", self.day(random), random.below(24)).into(),
            Some("duration") => random.pick(&DURATIONS).into(),
            _ => {
                let length = |keyword: &str| schema[keyword].as_u64().and_then(|length| usize::try_from(length).ok());
                let text = random.pick(&TEXTS).repeat(1 + length("minLength").unwrap_or(0) / 7);
                text.chars().take(length("maxLength").unwrap_or(usize::MAX)).collect::<String>().into()
            }
        }
    }

    /// A day at which something changes or one beside it, or any day of some years.
    fn day(&self, random: &mut Random) -> String {
        if !self.days.is_empty() && random.percent(50) {
            return self.days[random.below(self.days.len())].clone();
        }
        format!("{}-{:02}-{:02}", 2013 + random.below(15), 1 + random.below(12), 1 + random.below(28))
    }
}

/// The values beyond which there is nothing: what a rule says of them it says of no value between.
fn ends(schema: &Value) -> Vec<Value> {
    let texts = |ends: [&str; 2]| ends.map(Value::from).to_vec();
    match (kind(schema), schema["format"].as_str()) {
        _ if schema["x-kind"] == "judgement" => Vec::new(),
        ("integer" | "number", _) => ["minimum", "maximum"].map(|end| schema[end].clone()).to_vec(),
        ("array", _) if schema["minItems"].is_null() => vec![json!([])],
        ("string", Some("date")) => texts(["1900-01-01", "2199-12-31"]),
        ("string", Some("date-time")) => texts(["1900-01-01T00:00:00", "2199-12-31T23:59:59"]),
        _ => Vec::new(),
    }
    .into_iter()
    .filter(|end| !end.is_null())
    .collect()
}

/// The type that is not null.
fn kind(schema: &Value) -> &str {
    let types = schema["type"].as_array().into_iter().flatten().chain([&schema["type"]]);
    types.filter_map(Value::as_str).find(|name| *name != "null").unwrap_or_default()
}

/// The days and numbers in a text, which may be FEEL.
fn note_text(text: &str, days: &mut BTreeSet<String>, numbers: &mut BTreeSet<Decimal>) {
    for word in text.split(|sign: char| !(sign.is_ascii_digit() || sign == '-' || sign == '.')) {
        match word.split('-').map(str::len).collect::<Vec<_>>().as_slice() {
            [4, 2, 2] => {
                days.insert(word.to_owned());
            }
            // Of a longer number nothing is compared.
            [1..=9] => numbers.extend(word.parse::<Decimal>().ok()),
            _ => {}
        }
    }
}

/// Every plain value of a case by its path, items of lists by a star.
fn note_usual(value: &Value, path: &str, usual: &mut BTreeMap<String, Vec<Value>>) {
    let within = |name: &str| if path.is_empty() { name.to_owned() } else { format!("{path}/{name}") };
    match value {
        Value::Object(fields) => fields.iter().for_each(|(name, field)| note_usual(field, &within(name), usual)),
        Value::Array(items) => items.iter().for_each(|item| note_usual(item, &within("*"), usual)),
        plain => {
            let known = usual.entry(path.to_owned()).or_default();
            if !known.contains(plain) {
                known.push(plain.clone());
            }
        }
    }
}

/// The day so much later, if `day` is one.
fn neighbour(day: &str, later: &str) -> Option<String> {
    let sum = Feel::new().evaluate(&format!("string(date(\"{day}\") + duration(\"{later}\"))")).ok()?;
    serde_json::from_str(&sum.feel()).ok()
}

fn read(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_default()
}

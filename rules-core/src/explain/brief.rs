//! The record with states and values only, written straight from the results: what a batch writes a million times.
//!
//! Everything that is the same for each case is prepared once for a program. The keys and their order are those of the
//! full record.

use super::canonical::{Object, value};
use super::explanation::EngineIdentity;
use super::masking::Masking;
use crate::eval::{Case, Results, TriggerResult};
use crate::program::{Logic, Program, Reference, State, TriggerState};
use crate::value::Value;
use crate::value::date::write_date;
use crate::value::json::write_text;
use crate::value::order::sort_by;

/// Writes brief records of one program.
#[derive(Clone, Debug)]
pub(crate) struct BriefWriter {
    /// Number of the decision and the text of its entry in each state, in the order of the record; the entry of a
    /// decided one lacks its value and the closing brace.
    criteria: Vec<(u32, Entries)>,
    layers: Vec<(u32, Entries)>,
    outcome: Entries,
    /// By decision of triggers and trigger: its entry without the deadline.
    triggers: Vec<(u32, Vec<TriggerEntries>)>,
    /// From the end of the criteria to the layers.
    engine: Vec<u8>,
    /// From the end of the outcome to the triggers.
    pack: Vec<u8>,
}

#[derive(Clone, Debug)]
struct Entries([Vec<u8>; 6]);

#[derive(Clone, Debug)]
struct TriggerEntries {
    fires: Vec<u8>,
    does_not_fire: Vec<u8>,
    cannot_tell: Vec<u8>,
    masks_deadline: bool,
}

impl Entries {
    /// The entry of a decision with these members before its state.
    fn new(key: &str, before: &[(&str, &str)]) -> Self {
        Self(State::ALL.map(|state| {
            let mut entry = Vec::new();
            if !key.is_empty() {
                write_text(&mut entry, key);
                entry.push(b':');
            }
            let mut object = Object::open(&mut entry);
            for (name, text) in before {
                object.text(name, text);
            }
            object.text("state", state.words());
            if state == State::Decided {
                object.key("value");
            } else {
                object.close();
            }
            entry
        }))
    }

    fn of(&self, state: State) -> &[u8] {
        let [met, not_met, decided, cannot_tell, not_applicable, not_in_force] = &self.0;
        match state {
            State::Met => met,
            State::NotMet => not_met,
            State::Decided => decided,
            State::CannotTell => cannot_tell,
            State::NotApplicable => not_applicable,
            State::NotInForce => not_in_force,
        }
    }
}

impl BriefWriter {
    /// Prepares what is the same for every case.
    pub(crate) fn new(program: &Program, engine: &EngineIdentity, masking: &Masking) -> Self {
        let name = |number: u32| program.decision(number).map_or("", |decision| &*decision.name);
        let mut layers: Vec<_> = program.layers.iter().collect();
        sort_by(&mut layers, |(left, _), (right, _)| left.words().cmp(right.words()));
        let mut engine_text = b"],\"engine\":".to_vec();
        engine.write(&mut engine_text);
        engine_text.extend_from_slice(b",\"layers\":{");
        let mut pack = b",\"pack\":".to_vec();
        let mut object = Object::open(&mut pack);
        object.text("id", &program.identity.id);
        object.text("sha256", &program.identity.sha256);
        object.text("version", &program.identity.version);
        object.close();
        pack.extend_from_slice(b",\"readings\":{\"depends\":false},\"triggers\":[");
        Self {
            criteria: program
                .listed
                .iter()
                .map(|number| (*number, Entries::new("", &[("id", name(*number))])))
                .collect(),
            layers: layers
                .into_iter()
                .map(|(layer, number)| (*number, Entries::new(layer.words(), &[("decision", name(*number))])))
                .collect(),
            outcome: Entries::new("", &[("decision", name(program.outcome))]),
            triggers: program.listed.iter().filter_map(|number| trigger_entries(program, masking, *number)).collect(),
            engine: engine_text,
            pack,
        }
    }

    /// Writes the record of a case whose outcome and triggers are settled.
    pub(crate) fn write(
        &self,
        out: &mut Vec<u8>,
        program: &Program,
        masking: &Masking,
        case: &Case,
        row: u64,
        results: &Results,
    ) {
        out.extend_from_slice(b"{\"as_of\":\"");
        if let Some(as_of) = case.as_of() {
            write_date(out, as_of);
        }
        out.extend_from_slice(b"\",\"case\":");
        match case.identifier() {
            Some(identifier) => write_text(out, identifier),
            None => write_text(out, &row.to_string()),
        }
        out.extend_from_slice(b",\"criteria\":[");
        let entry = |out: &mut Vec<u8>, number: u32, entries: &Entries| {
            let state = results.state(program, number);
            out.extend_from_slice(entries.of(state));
            if state == State::Decided {
                if masking.masks(Reference::Decision(number)) {
                    value(out, &masking.shown(Reference::Decision(number), &Value::Null));
                } else {
                    value(out, results.value(number));
                }
                out.push(b'}');
            }
        };
        separated(out, self.criteria.iter(), |out, (number, entries)| entry(out, *number, entries));
        out.extend_from_slice(&self.engine);
        separated(out, self.layers.iter(), |out, (number, entries)| entry(out, *number, entries));
        out.extend_from_slice(b"},\"missing\":[],\"next\":null,\"outcome\":");
        entry(out, program.outcome, &self.outcome);
        out.extend_from_slice(&self.pack);
        separated(out, results.triggers().iter(), |out, trigger| self.trigger(out, trigger));
        out.extend_from_slice(b"]}");
    }

    fn trigger(&self, out: &mut Vec<u8>, result: &TriggerResult) {
        let place = usize::try_from(result.trigger).unwrap_or(usize::MAX);
        let of_decision = self.triggers.iter().find(|(decision, _)| *decision == result.decision);
        let Some(entries) = of_decision.and_then(|(_, triggers)| triggers.get(place)) else { return };
        out.push(b'{');
        if result.state == TriggerState::Fires && !result.deadline.is_null() {
            out.extend_from_slice(b"\"deadline\":");
            if entries.masks_deadline {
                value(out, &Masking::masked());
            } else if result.deadline.is_mark() {
                value(out, &Value::text(super::sentence::show(&result.deadline, None, "en")));
            } else {
                value(out, &result.deadline);
            }
            out.push(b',');
        }
        out.extend_from_slice(match result.state {
            TriggerState::Fires => &entries.fires,
            TriggerState::DoesNotFire => &entries.does_not_fire,
            TriggerState::CannotTell => &entries.cannot_tell,
        });
    }
}

fn trigger_entries(program: &Program, masking: &Masking, number: u32) -> Option<(u32, Vec<TriggerEntries>)> {
    let decision = program.decision(number)?;
    let Logic::Triggers(triggers) = &decision.logic else { return None };
    let entries = triggers.iter().map(|trigger| {
        let entry = |state: TriggerState| {
            let mut entry = Vec::new();
            let mut object = Object::open(&mut entry);
            object.text("decision", &decision.name);
            object.text("id", &trigger.name);
            object.text("state", state.words());
            object.close();
            entry.split_off(1)
        };
        TriggerEntries {
            fires: entry(TriggerState::Fires),
            does_not_fire: entry(TriggerState::DoesNotFire),
            cannot_tell: entry(TriggerState::CannotTell),
            masks_deadline: masking.touches(&trigger.deadline_reads),
        }
    });
    Some((number, entries.collect()))
}

fn separated<T>(out: &mut Vec<u8>, items: impl Iterator<Item = T>, mut write: impl FnMut(&mut Vec<u8>, T)) {
    for (index, item) in items.enumerate() {
        if index > 0 {
            out.push(b',');
        }
        write(out, item);
    }
}

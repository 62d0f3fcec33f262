//! The record with states and values only, of a case that is settled: what a batch writes a million times.

use super::canonical::{Object, value};
use super::masking::Masking;
use super::prepared::{Entry, Envelope, separated};
use super::sentence::show;
use crate::eval::{Case, Results, TriggerResult};
use crate::program::{Logic, Program, TriggerState};
use crate::value::Value;

/// What is the same in the brief records of all cases.
#[derive(Clone, Debug)]
pub(super) struct BriefParts {
    language: Box<str>,
    criteria: Vec<Entry>,
    outcome: Entry,
    /// By decision of triggers and trigger: its entry without the deadline.
    triggers: Vec<(u32, Vec<TriggerEntry>)>,
}

#[derive(Clone, Debug)]
struct TriggerEntry {
    fires: Vec<u8>,
    does_not_fire: Vec<u8>,
    cannot_tell: Vec<u8>,
    masks_deadline: bool,
}

impl BriefParts {
    pub(super) fn new(program: &Program, masking: &Masking, language: &str) -> Self {
        Self {
            language: language.into(),
            criteria: program.listed.iter().map(|number| Entry::new(program, *number, "", "id")).collect(),
            outcome: Entry::new(program, program.outcome, "", "decision"),
            triggers: program.listed.iter().filter_map(|number| trigger_entries(program, masking, *number)).collect(),
        }
    }

    /// Writes the record of a case whose outcome and triggers are settled.
    pub(super) fn write(
        &self,
        envelope: &Envelope,
        out: &mut Vec<u8>,
        masking: &Masking,
        case: &Case,
        row: u64,
        results: &Results,
    ) {
        envelope.begin(out, case, row);
        separated(out, self.criteria.iter(), |out, entry| entry.write(out, masking, results));
        envelope.layers(out, masking, results);
        out.extend_from_slice(b"],\"next\":null,\"outcome\":");
        self.outcome.write(out, masking, results);
        envelope.pack(out);
        out.extend_from_slice(b"{\"depends\":false},\"triggers\":[");
        separated(out, results.triggers().iter(), |out, trigger| self.trigger(out, masking, trigger));
        out.extend_from_slice(b"]}");
    }

    fn trigger(&self, out: &mut Vec<u8>, masking: &Masking, result: &TriggerResult) {
        let place = usize::try_from(result.trigger).unwrap_or(usize::MAX);
        let of_decision = self.triggers.iter().find(|(decision, _)| *decision == result.decision);
        let Some(entry) = of_decision.and_then(|(_, triggers)| triggers.get(place)) else { return };
        out.push(b'{');
        if result.state == TriggerState::Fires && !result.deadline.is_null() {
            out.extend_from_slice(b"\"deadline\":");
            if entry.masks_deadline {
                value(out, masking.masked());
            } else if result.deadline.is_mark() {
                value(out, &Value::text(show(&result.deadline, None, &self.language)));
            } else {
                value(out, &result.deadline);
            }
            out.push(b',');
        }
        out.extend_from_slice(match result.state {
            TriggerState::Fires => &entry.fires,
            TriggerState::DoesNotFire => &entry.does_not_fire,
            TriggerState::CannotTell => &entry.cannot_tell,
        });
    }
}

fn trigger_entries(program: &Program, masking: &Masking, number: u32) -> Option<(u32, Vec<TriggerEntry>)> {
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
        TriggerEntry {
            fires: entry(TriggerState::Fires),
            does_not_fire: entry(TriggerState::DoesNotFire),
            cannot_tell: entry(TriggerState::CannotTell),
            masks_deadline: masking.touches(&trigger.deadline_reads),
        }
    });
    Some((number, entries.collect()))
}

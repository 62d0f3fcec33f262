//! Counts over the cases of a chunk, for the summary at the end of a batch.

use std::collections::BTreeMap;

use crate::eval::{Case, Results};
use crate::explain::{Masking, open_facts};
use crate::program::{Logic, Program, Reference, State, TriggerState, at};
use crate::value::json::Written;
use crate::value::{Value, text};

/// Different values of an outcome that are told apart in the summary; an outcome with more is a number or a free text.
const MOST_VALUES: usize = 50;

/// What a chunk came to.
#[derive(Debug, Default)]
pub(super) struct Tally {
    pub(super) rows: u64,
    pub(super) rejected: u64,
    outcomes: [u64; 6],
    values: BTreeMap<String, u64>,
    /// By decision of triggers and trigger: how often it fires and how often it cannot be told.
    triggers: BTreeMap<(u32, u32), (u64, u64)>,
    missing: BTreeMap<String, u64>,
}

impl Tally {
    /// Counts one decided case.
    pub(super) fn count(&mut self, program: &Program, masking: &Masking, case: &Case, results: &Results) {
        let state = results.state(program, program.outcome);
        for (count, counted) in self.outcomes.iter_mut().zip(State::ALL) {
            *count += u64::from(counted == state);
        }
        if state == State::Decided && !masking.masks(Reference::Decision(program.outcome)) {
            self.value(results.value(program.outcome));
        }
        let mut open = state == State::CannotTell;
        for trigger in results.triggers() {
            let fires = u64::from(trigger.state == TriggerState::Fires);
            let cannot_tell = u64::from(trigger.state == TriggerState::CannotTell);
            if fires + cannot_tell > 0 {
                let counts = self.triggers.entry((trigger.decision, trigger.trigger)).or_default();
                counts.0 += fires;
                counts.1 += cannot_tell;
                open |= cannot_tell > 0;
            }
        }
        if open {
            for open in open_facts(program, case, results) {
                let fact = case.declaration(&program.schema, open.fact);
                *self.missing.entry(fact.map_or_else(String::new, |fact| fact.pointer.to_string())).or_default() += 1;
            }
        }
    }

    fn value(&mut self, value: &Value) {
        let words = match value {
            Value::String(words) => words.to_string(),
            Value::List(_) | Value::Context(_) => return,
            other => text::string(other).unwrap_or_default(),
        };
        if self.values.len() < MOST_VALUES || self.values.contains_key(&words) {
            *self.values.entry(words).or_default() += 1;
        }
    }

    /// The counts as JSON; the undeclared keys of the case's cases go with them and are counted anew.
    pub(super) fn write(&self, program: &Program, case: &mut Case, out: &mut Vec<u8>) {
        let number = |count: u64| Written::Bare(count.to_string());
        let outcomes = State::ALL.iter().zip(self.outcomes).filter(|(_, count)| *count > 0);
        let triggers = self.triggers.iter().filter_map(|((decision, trigger), (fires, cannot_tell))| {
            let Logic::Triggers(triggers) = &program.decision(*decision)?.logic else { return None };
            let name = at(triggers, *trigger)?.name.to_string();
            Some((name, Written::object([("fires", number(*fires)), ("cannot tell", number(*cannot_tell))])))
        });
        let counted = |counts: &BTreeMap<String, u64>| {
            Written::Object(counts.iter().map(|(name, count)| (name.clone(), number(*count))).collect())
        };
        let undeclared = case.undeclared().take(program).into_iter().map(|key| {
            let mut members = vec![("count".to_owned(), number(key.count))];
            members
                .extend(key.meant.map(|meant| ("help".to_owned(), Written::text(format!("did you mean `{meant}`?")))));
            (key.pointer, Written::Object(members))
        });
        let tally = Written::object([
            ("rows", number(self.rows)),
            ("records", number(self.rows - self.rejected)),
            ("rejected", number(self.rejected)),
            (
                "outcomes",
                Written::Object(outcomes.map(|(state, count)| (state.words().to_owned(), number(count))).collect()),
            ),
            ("values", counted(&self.values)),
            ("triggers", Written::Object(triggers.collect())),
            ("missing", counted(&self.missing)),
            ("undeclared", Written::Object(undeclared.collect())),
        ]);
        tally.write(out);
    }
}

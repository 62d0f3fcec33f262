//! What is the same in the records of all cases, written once for a program.

use super::canonical::{Object, value};
use super::explanation::{EngineIdentity, Explanation};
use super::masking::Masking;
use crate::eval::{Case, Results};
use crate::program::{Decision, Piece, Program, Reference, State, Template};
use crate::value::date::write_date;
use crate::value::json::{write_escaped, write_text};
use crate::value::order::sort_by;

/// Something for each state.
#[derive(Clone, Debug)]
pub(super) struct ByState<T>([T; 6]);

impl<T> ByState<T> {
    pub(super) fn new(make: impl FnMut(State) -> T) -> Self {
        Self(State::ALL.map(make))
    }

    pub(super) fn of(&self, state: State) -> &T {
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

/// What a record says of a decision where it says no more than its state and value.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    number: u32,
    yes_or_no: bool,
    /// By state; that of a decided one lacks its value and the closing brace.
    texts: ByState<Vec<u8>>,
}

impl Entry {
    /// The entry of a decision with a member before its state.
    pub(super) fn new(program: &Program, number: u32, key: &str, member: &str) -> Self {
        let decision = program.decision(number);
        let name = decision.map_or("", |decision| &*decision.name);
        let texts = ByState::new(|state| {
            let mut entry = Vec::new();
            if !key.is_empty() {
                write_text(&mut entry, key);
                entry.push(b':');
            }
            let mut object = Object::open(&mut entry);
            object.text(member, name);
            object.text("state", state.words());
            if state == State::Decided {
                object.key("value");
            } else {
                object.close();
            }
            entry
        });
        Self { number, yes_or_no: decision.is_some_and(Decision::is_yes_or_no), texts }
    }

    /// Writes the entry for one case.
    pub(super) fn write(&self, out: &mut Vec<u8>, masking: &Masking, results: &Results) {
        self.write_from(0, out, masking, results);
    }

    /// Writes it without the brace before it.
    pub(super) fn write_inner(&self, out: &mut Vec<u8>, masking: &Masking, results: &Results) {
        self.write_from(1, out, masking, results);
    }

    #[inline]
    fn write_from(&self, from: usize, out: &mut Vec<u8>, masking: &Masking, results: &Results) {
        let found = results.value(self.number);
        let state = State::of(found, self.yes_or_no);
        out.extend_from_slice(self.texts.of(state).get(from..).unwrap_or_default());
        if state == State::Decided {
            value(out, masking.shown(Reference::Decision(self.number), found));
            out.push(b'}');
        }
    }
}

/// What stands around the criteria, what is missing, the outcome and the triggers.
#[derive(Clone, Debug)]
pub(super) struct Envelope {
    /// From the end of the criteria to the layers.
    engine: Vec<u8>,
    layers: Vec<Entry>,
    /// From the end of the outcome to the readings.
    pack: Vec<u8>,
}

impl Envelope {
    pub(super) fn new(program: &Program, engine: &EngineIdentity, language: &str) -> Self {
        let mut engine_text = b"],\"engine\":".to_vec();
        engine.write(&mut engine_text);
        // who decides again has to say it in the same language
        if language != "en" {
            engine_text.extend_from_slice(b",\"language\":");
            write_text(&mut engine_text, language);
        }
        engine_text.extend_from_slice(b",\"layers\":{");
        let mut layers: Vec<_> = program.layers.iter().collect();
        sort_by(&mut layers, |(left, _), (right, _)| left.words().cmp(right.words()));
        let layers = layers.into_iter().map(|(layer, number)| Entry::new(program, *number, layer.words(), "decision"));
        let mut pack = b",\"pack\":".to_vec();
        let mut object = Object::open(&mut pack);
        object.text("id", &program.identity.id);
        object.text("sha256", &program.identity.sha256);
        object.text("version", &program.identity.version);
        object.close();
        pack.extend_from_slice(b",\"readings\":");
        Self { engine: engine_text, layers: layers.collect(), pack }
    }

    /// From the beginning to the criteria.
    pub(super) fn begin(&self, out: &mut Vec<u8>, case: &Case, row: u64) {
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
    }

    /// From the criteria to what is missing.
    pub(super) fn layers(&self, out: &mut Vec<u8>, masking: &Masking, results: &Results) {
        out.extend_from_slice(&self.engine);
        separated(out, self.layers.iter(), |out, layer| layer.write(out, masking, results));
        out.extend_from_slice(b"},\"missing\":[");
    }

    /// From the outcome to the readings.
    pub(super) fn pack(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(&self.pack);
    }
}

/// A member of an object whose value is a sentence, with the comma after it.
#[derive(Clone, Debug, Default)]
pub(super) struct Sentence {
    /// What stands before the first value; in most sentences this is all.
    words: Vec<u8>,
    /// The values, and what stands after each.
    values: Vec<(Reference, Vec<u8>)>,
}

impl Sentence {
    pub(super) fn new(key: &str, template: &Template) -> Self {
        let mut sentence = Self::default();
        write_text(&mut sentence.words, key);
        sentence.words.extend_from_slice(b":\"");
        for piece in &template.pieces {
            match piece {
                Piece::Words(words) => write_escaped(sentence.end(), words),
                Piece::Value(reference) => sentence.values.push((*reference, Vec::new())),
            }
        }
        sentence.end().extend_from_slice(b"\",");
        sentence
    }

    /// What stands last.
    fn end(&mut self) -> &mut Vec<u8> {
        self.values.last_mut().map_or(&mut self.words, |(_, words)| words)
    }

    /// The same with other bytes about it.
    pub(super) fn between(mut self, before: &[u8], after: &[u8]) -> Self {
        self.words.splice(..0, before.iter().copied());
        self.end().extend_from_slice(after);
        self
    }

    /// Writes the member and the comma. `shown` is memory that the next one uses again.
    pub(super) fn write(&self, out: &mut Vec<u8>, explanation: &Explanation<'_>, shown: &mut String) {
        out.extend_from_slice(&self.words);
        for (reference, words) in &self.values {
            shown.clear();
            match explanation.put(shown, *reference) {
                Some(()) => write_escaped(out, shown),
                None => out.extend_from_slice("…".as_bytes()),
            }
            out.extend_from_slice(words);
        }
    }
}

/// Writes `items` with commas between them.
pub(super) fn separated<T>(out: &mut Vec<u8>, items: impl Iterator<Item = T>, mut write: impl FnMut(&mut Vec<u8>, T)) {
    for (index, item) in items.enumerate() {
        if index > 0 {
            out.push(b',');
        }
        write(out, item);
    }
}

//! What a decision came to and why, as one graph: entries have stable ids (the names of the pack) and name each other by them.
//!
//! The same shape serves yes, no and cannot tell. Values are as they may be shown: a sensitive one is already masked.

use std::sync::Arc;

use super::canonical::Object;
use crate::citation::{Layer, Source};
use crate::program::{State, TriggerState};
use crate::value::{Date, Decimal, TimeZones, Value};

/// What stands in place of a value that the pack marks sensitive.
pub(crate) const MASKED: &str = "(sensitive)";

/// A decision explained.
#[derive(Clone, Debug)]
pub(crate) struct Explanation {
    /// Identifier of the case, or the number of its row.
    pub(crate) case: String,
    /// Title of the pack.
    pub(crate) title: Arc<str>,
    pub(crate) pack: PackIdentity,
    pub(crate) engine: EngineIdentity,
    /// A case that was read always has one.
    pub(crate) as_of: Option<Date>,
    pub(crate) outcome: Outcome,
    /// Every decision that the outcome, a layer or a trigger reaches, in the order of the pack.
    pub(crate) criteria: Vec<Criterion>,
    pub(crate) triggers: Vec<Trigger>,
    /// Facts that can still change the outcome or settle a trigger, in the order worth asking.
    pub(crate) missing: Vec<Missing>,
    /// JSON pointer of the fact to ask first.
    pub(crate) next: Option<Arc<str>>,
    /// Present when the readings of the law lead to different outcomes.
    pub(crate) combinations: Option<Vec<Combination>>,
    /// The points on which the rules can be read in several ways, where the outcome depends on them.
    pub(crate) readings: Vec<Reading>,
    pub(crate) layers: Vec<LayerState>,
    /// Sources that something here rests on, in the order of the pack.
    pub(crate) sources: Vec<Source>,
}

/// Which pack decided.
#[derive(Clone, Debug)]
pub(crate) struct PackIdentity {
    pub(crate) id: Arc<str>,
    pub(crate) version: Arc<str>,
    pub(crate) sha256: Arc<str>,
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

/// What the case comes to.
#[derive(Clone, Debug)]
pub(crate) struct Outcome {
    pub(crate) decision: Arc<str>,
    pub(crate) title: Arc<str>,
    pub(crate) state: State,
    /// Only for the state decided.
    pub(crate) value: Option<Value>,
    pub(crate) unit: Option<Arc<str>>,
    pub(crate) because: Option<String>,
}

/// One decision on the way.
#[derive(Clone, Debug)]
pub(crate) struct Criterion {
    pub(crate) id: Arc<str>,
    pub(crate) title: Arc<str>,
    pub(crate) state: State,
    pub(crate) value: Option<Value>,
    pub(crate) unit: Option<Arc<str>>,
    /// Whether it cannot be told and nothing asks for it any more: the outcome is settled without it.
    pub(crate) not_needed: bool,
    /// Why the expression gave null, when that is why nothing can be told.
    pub(crate) reason: Option<String>,
    pub(crate) because: Option<String>,
    pub(crate) seen: Vec<Seen>,
    pub(crate) compared: Vec<Compared>,
    pub(crate) parameters: Vec<ParameterUsed>,
    /// Citations as the pack words them.
    pub(crate) sources: Vec<Arc<str>>,
    /// Ids of those among the sources, and those of the parameters, that nobody has verified.
    pub(crate) unverified: Vec<Arc<str>>,
}

/// Two numbers that were compared, and how far apart they are.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Compared {
    /// Name of the fact, parameter, decision or reading, if the side is just one.
    pub(crate) left: Option<Arc<str>>,
    pub(crate) left_value: Decimal,
    pub(crate) operator: &'static str,
    pub(crate) right: Option<Arc<str>>,
    pub(crate) right_value: Decimal,
    /// Left less right.
    pub(crate) distance: Decimal,
    pub(crate) unit: Option<Arc<str>>,
}

/// A fact that the decision reads, as the case gives it.
#[derive(Clone, Debug)]
pub(crate) struct Seen {
    pub(crate) fact: Arc<str>,
    pub(crate) value: Value,
    /// What people call the fact, and its value in the pack's own words.
    pub(crate) label: Arc<str>,
    pub(crate) words: String,
}

/// A parameter with the value of the period that the case falls in.
#[derive(Clone, Debug)]
pub(crate) struct ParameterUsed {
    pub(crate) id: Arc<str>,
    pub(crate) title: Arc<str>,
    pub(crate) unit: Option<Arc<str>>,
    pub(crate) value: Value,
    pub(crate) from: Option<Date>,
    pub(crate) to: Option<Date>,
    pub(crate) source: Arc<str>,
}

/// A trigger, whatever came of it.
#[derive(Clone, Debug)]
pub(crate) struct Trigger {
    pub(crate) decision: Arc<str>,
    pub(crate) id: Arc<str>,
    pub(crate) state: TriggerState,
    pub(crate) action: Option<String>,
    pub(crate) priority: u32,
    /// Null when a fact that it needs is missing.
    pub(crate) deadline: Option<Value>,
    pub(crate) sources: Vec<Arc<str>>,
    /// What to do meanwhile, when nothing can be told yet.
    pub(crate) interim: Option<Interim>,
}

/// What to do while a trigger is not settled.
#[derive(Clone, Debug)]
pub(crate) struct Interim {
    pub(crate) action: Option<String>,
    pub(crate) deadline: Option<Value>,
    pub(crate) sources: Vec<Arc<str>>,
}

/// A fact worth asking.
#[derive(Clone, Debug)]
pub(crate) struct Missing {
    /// JSON pointer into the case.
    pub(crate) fact: Arc<str>,
    pub(crate) question: Option<Arc<str>>,
    /// Decisions that cannot be told and read the fact themselves.
    pub(crate) settles: Vec<Arc<str>>,
    /// Whether somebody asked already and the answer is not known.
    pub(crate) asked: bool,
}

/// A point on which the rules can be read in several ways.
#[derive(Clone, Debug)]
pub(crate) struct Reading {
    pub(crate) id: Arc<str>,
    pub(crate) question: Option<Arc<str>>,
    pub(crate) alternatives: Vec<Alternative>,
    pub(crate) sources: Vec<Arc<str>>,
}

/// One way to read such a point, with its own words and sources.
#[derive(Clone, Debug)]
pub(crate) struct Alternative {
    pub(crate) name: Arc<str>,
    pub(crate) text: Option<Arc<str>>,
    pub(crate) sources: Vec<Arc<str>>,
}

/// What one way to read the rules leads to. Only readings that make a difference to what is looked at are named.
#[derive(Clone, Debug)]
pub(crate) struct Combination {
    /// Reading and the alternative taken.
    pub(crate) alternatives: Vec<(Arc<str>, Arc<str>)>,
    pub(crate) state: State,
    pub(crate) value: Option<Value>,
}

/// What the decision that speaks for a layer came to.
#[derive(Clone, Debug)]
pub(crate) struct LayerState {
    pub(crate) layer: Layer,
    pub(crate) decision: Arc<str>,
    pub(crate) state: State,
    pub(crate) value: Option<Value>,
}

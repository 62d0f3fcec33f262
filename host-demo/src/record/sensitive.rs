//! What a message may tell of a recorded value, when a pack marks facts as sensitive.
//!
//! The engine masks what it writes, so what is decided now may be told. A record under test was written by somebody
//! else, perhaps by a pack without the mark or by hand, and is not trusted to be masked.

use crate::exact::Exact;

/// The sensitive facts of a pack.
pub(crate) struct Sensitive {
    facts: Option<Exact>,
    any: bool,
}

/// Members of a record in which no value of a case stands.
const WITHOUT_VALUES: &[&str] = &[
    "as_of",
    "asked",
    "case",
    "decision",
    "depends",
    "fact",
    "id",
    "next",
    "priority",
    "settles",
    "sha256",
    "source",
    "sources",
    "state",
    "unverified",
    "version",
];

/// Members that hold others. A step that is neither leads into a value, whatever its keys are called.
const AROUND: &[&str] = &[
    "combinations",
    "criteria",
    "engine",
    "interim",
    "layers",
    "missing",
    "outcome",
    "pack",
    "parameters",
    "readings",
    "time_zones",
    "triggers",
];

impl Sensitive {
    /// Reads the marks of a pack.
    pub(crate) fn of_pack(pack: &str) -> Self {
        let pack = Exact::parse(pack).ok();
        // A mark may stand in a definition that facts refer to. A pack that cannot be read has nothing to tell.
        let any = pack.as_ref().is_none_or(has_mark_within);
        Self { facts: pack.and_then(|pack| pack.get("facts").cloned()), any }
    }

    /// Whether the recorded value at this place of a record may be told.
    pub(crate) fn may_tell(&self, pointer: &str) -> bool {
        if !self.any {
            return true;
        }
        let steps: Vec<String> =
            pointer.split('/').skip(1).map(|step| step.replace("~1", "/").replace("~0", "~")).collect();
        let steps: Vec<&str> = steps.iter().map(String::as_str).collect();
        if let ["criteria", _, "seen", name, ..] = steps.as_slice() {
            return self.is_open(name);
        }
        let named: Vec<&str> = match steps.as_slice() {
            ["layers", _, rest @ ..] => rest.to_vec(),
            steps => steps.iter().copied().filter(|step| step.parse::<usize>().is_err()).collect(),
        };
        named.split_last().is_some_and(|(last, around)| {
            WITHOUT_VALUES.contains(last) && around.iter().all(|step| AROUND.contains(step))
        })
    }

    /// Whether the pack declares a fact of that name, with no mark on it, around it or inside it, and no reference to a
    /// definition, which may hold one.
    fn is_open(&self, name: &str) -> bool {
        let mut at = self.facts.as_ref();
        for step in name.split('.') {
            let Some(around) = at.filter(|fact| !may_be_marked(fact)) else { return false };
            at = around.get("properties").and_then(|properties| properties.get(step));
        }
        at.is_some_and(|fact| !may_be_marked_within(fact))
    }
}

fn has_mark(fact: &Exact) -> bool {
    fact.get("x-sensitive").is_some_and(|mark| *mark != Exact::Token("false".to_owned()))
}

fn may_be_marked(fact: &Exact) -> bool {
    has_mark(fact) || fact.get("$ref").is_some()
}

/// Whether a mark stands anywhere in a document.
fn has_mark_within(document: &Exact) -> bool {
    anywhere(document, has_mark)
}

fn may_be_marked_within(fact: &Exact) -> bool {
    anywhere(fact, may_be_marked)
}

fn anywhere(value: &Exact, is_so: fn(&Exact) -> bool) -> bool {
    is_so(value)
        || value.items().iter().any(|item| anywhere(item, is_so))
        || value.members().iter().any(|(_, member)| anywhere(member, is_so))
}

#[cfg(test)]
mod tests {
    use super::Sensitive;

    #[test]
    fn a_value_is_told_only_where_no_mark_can_reach() {
        let pack = r##"{"$defs": {"help": {"type": "string"}}, "facts": {"properties": {
            "help": {"$ref": "#/$defs/help"},
            "age": {"type": "integer"},
            "drug": {"type": "string", "x-sensitive": true},
            "home": {"properties": {"rooms": {"type": "integer"}, "violence": {"x-sensitive": true}}}
        }}}"##;
        let sensitive = Sensitive::of_pack(pack);
        let told =
            ["/criteria/0/seen/age", "/criteria/0/seen/home.rooms", "/criteria/2/state", "/layers/statute/state"];
        let kept_back = [
            "/criteria/0/seen/drug",
            "/criteria/0/seen/home",
            "/criteria/0/seen/home.violence",
            "/criteria/0/seen/help",
            "/criteria/0/seen/nobody_knows",
            "/criteria/0/because",
            "/criteria/0/value",
            "/criteria/0/value/0",
            "/criteria/0/value/state",
            "/layers/statute/value",
            "/criteria/0",
            "/triggers/1/deadline",
            "/made_up",
            "",
        ];
        for pointer in told {
            assert!(sensitive.may_tell(pointer), "{pointer}");
        }
        for pointer in kept_back {
            assert!(!sensitive.may_tell(pointer), "{pointer}");
        }
        assert!(Sensitive::of_pack(r#"{"facts": {"properties": {"age": {}}}}"#).may_tell("/criteria/0/because"));
        let defined = r#"{"$defs": {"help": {"x-sensitive": true}}, "facts": {"properties": {}}}"#;
        assert!(!Sensitive::of_pack(defined).may_tell("/criteria/0/because"));
        assert!(!Sensitive::of_pack("no pack").may_tell("/criteria/0/because"));
    }
}

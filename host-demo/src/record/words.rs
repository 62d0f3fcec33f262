//! What people call a place in a record.

use crate::exact::Exact;

/// `the state of criterion `of age``, from `/criteria/0/state`. Entries are called by their names in the document that
/// has them.
pub(super) fn place_in_words(pointer: &str, recorded: &Exact, now: &Exact) -> String {
    let steps: Vec<String> =
        pointer.split('/').skip(1).map(|step| step.replace("~1", "/").replace("~0", "~")).collect();
    let steps: Vec<&str> = steps.iter().map(String::as_str).collect();
    let named = |list: &str, index: &str| {
        let entry = |document: &Exact| {
            let entry = document.get(list)?.items().get(index.parse::<usize>().ok()?)?.clone();
            Some(entry.get("id").or_else(|| entry.get("fact"))?.text()?.to_owned())
        };
        entry(recorded).or_else(|| entry(now)).unwrap_or_else(|| index.to_owned())
    };
    match steps.as_slice() {
        [] => "the record".to_owned(),
        ["criteria", index, "seen", fact, rest @ ..] => {
            within(rest, &format!("the fact `{fact}` that criterion `{}` saw", named("criteria", index)))
        }
        ["criteria", index, rest @ ..] => member(rest, &format!("criterion `{}`", named("criteria", index))),
        ["triggers", index, rest @ ..] => member(rest, &format!("trigger `{}`", named("triggers", index))),
        ["missing", index, rest @ ..] => member(rest, &format!("the missing fact `{}`", named("missing", index))),
        ["layers", layer, rest @ ..] => member(rest, &format!("the layer `{layer}`")),
        ["readings", "combinations", index, rest @ ..] => member(rest, &format!("the way of reading {index}")),
        [part, rest @ ..] => member(
            rest,
            match *part {
                "as_of" => "the date of the decision",
                "case" => "the identifier of the case",
                "criteria" => "the criteria",
                "engine" => "the engine",
                "layers" => "the layers",
                "missing" => "the missing facts",
                "next" => "the fact to ask next",
                "outcome" => "the outcome",
                "pack" => "the pack",
                "readings" => "the readings",
                "triggers" => "the triggers",
                other => return member(rest, &format!("`{other}`")),
            },
        ),
    }
}

fn member(steps: &[&str], of: &str) -> String {
    let [name, rest @ ..] = steps else { return of.to_owned() };
    let name = match *name {
        "because" => "the sentence",
        "compared" => "what was compared",
        "deadline" => "the deadline",
        "parameters" => "the parameters",
        "seen" => "the facts seen",
        "sha256" => "the digest",
        "sources" => "the sources",
        "state" => "the state",
        "value" => "the value",
        "version" => "the version",
        other => return within(rest, &format!("`{other}` of {of}")),
    };
    within(rest, &format!("{name} of {of}"))
}

/// Deeper than people have names for, the steps stand as they are.
fn within(steps: &[&str], of: &str) -> String {
    if steps.is_empty() { of.to_owned() } else { format!("{of}, at {}", steps.join("/")) }
}

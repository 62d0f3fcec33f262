//! The records of the hand-written Blue Light, with what is the same for each case written out beforehand.

use super::{Answer, Audit, Case, Decision, band};
use crate::rival::Identity;

/// How the first few whole numbers are written.
const DIGITS: [&str; 10] = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"];

/// A next step: its name, and its entry in the record when it fires and when it does not.
pub(super) struct Step {
    name: &'static str,
    fires: &'static str,
    does_not_fire: &'static str,
}

macro_rules! step {
    ($name:literal, $before:literal) => {
        Step {
            name: concat!("\"", $name, "\""),
            fires: concat!("{", $before, "\"decision\":\"next steps\",\"id\":\"", $name, "\",\"state\":\"fires\"}"),
            does_not_fire: concat!("{\"decision\":\"next steps\",\"id\":\"", $name, "\",\"state\":\"does not fire\"}"),
        }
    };
}

pub(super) const STEPS: [Step; 9] = [
    step!("MARAC referral", "\"deadline\":\"the same working day\","),
    step!("MAPPA contact", "\"deadline\":\"before the first visit\","),
    step!("risk assessment", "\"deadline\":\"before the first visit\","),
    step!("Blue Light case management", "\"deadline\":\"the next meeting of the group\","),
    step!("another group", "\"deadline\":\"the next meeting of that group\","),
    step!("complete the referral", "\"deadline\":\"before the group meets\","),
    step!("offer of treatment", ""),
    step!("assessment of drinking", ""),
    step!("rest of the AUDIT", ""),
];

/// The entry of a criterion in the record for each answer, in the order of `Answer`.
macro_rules! entries {
    ($id:literal) => {
        [
            concat!("{\"id\":\"", $id, "\",\"state\":\"met\"}"),
            concat!("{\"id\":\"", $id, "\",\"state\":\"not met\"}"),
            concat!("{\"id\":\"", $id, "\",\"state\":\"cannot tell\"}"),
            concat!("{\"id\":\"", $id, "\",\"state\":\"not applicable\"}"),
            concat!("{\"id\":\"", $id, "\",\"state\":\"not in force\"}"),
        ]
    };
}

/// Between the parts that hold a value.
const BEFORE_COUNT: [[&str; 5]; 4] =
    [entries!("alcohol problem"), entries!("drug problem"), entries!("either problem"), entries!("substance problem")];
const AFTER_COUNT: [[&str; 5]; 19] = [
    entries!("repeated failed treatment"),
    entries!("lack of benefit"),
    entries!("treatment resistant"),
    entries!("frequent hospital attender"),
    entries!("frequent emergency callouts"),
    entries!("repeat offending"),
    entries!("antisocial behaviour"),
    entries!("contacts across services"),
    entries!("direct demand"),
    entries!("burden through family"),
    entries!("burden on public services"),
    entries!("years of drinking"),
    entries!("high SADQ score"),
    entries!("severe drinking problem"),
    entries!("long standing dependence"),
    entries!("Sandwell wording"),
    entries!("ten year wording"),
    entries!("long standing wording"),
    entries!("eligible"),
];

fn before_count(decision: &Decision) -> [Answer; BEFORE_COUNT.len()] {
    let Decision { alcohol_problem, drug_problem, substance_problem, .. } = *decision;
    [alcohol_problem, drug_problem, substance_problem, substance_problem]
}

fn after_count(decision: &Decision) -> [Answer; AFTER_COUNT.len()] {
    [
        decision.repeated_failed_treatment,
        decision.lack_of_benefit,
        decision.treatment_resistant,
        decision.frequent_hospital_attender,
        decision.frequent_emergency_callouts,
        decision.repeat_offending,
        decision.antisocial_behaviour,
        decision.contacts_across_services,
        decision.direct_demand,
        decision.burden_through_family,
        decision.burden_on_public_services,
        Answer::Unknown,
        Answer::Unknown,
        decision.severe_drinking_problem,
        Answer::Unknown,
        decision.eligible,
        decision.ten_year_wording,
        decision.long_standing_wording,
        decision.eligible,
    ]
}

/// What the record says of an AUDIT whose total is all that can be known of it.
fn write_audit(out: &mut Vec<u8>, audit: Audit) {
    let mut push = |text: &str| out.extend_from_slice(text.as_bytes());
    push(concat!(
        "{\"id\":\"AUDIT answers total\",\"state\":\"cannot tell\"},",
        "{\"id\":\"AUDIT answers contradict total\",\"state\":\""
    ));
    match audit {
        Audit::Score(score) => {
            push("cannot tell\"},{\"id\":\"AUDIT score\",\"state\":\"decided\",\"value\":");
            push(&score.to_string());
            push("},{\"id\":\"AUDIT band\",\"state\":\"decided\",\"value\":\"");
            push(band(score));
        }
        Audit::NotKnown => push(concat!(
            "cannot tell\"},{\"id\":\"AUDIT score\",\"state\":\"cannot tell\"},",
            "{\"id\":\"AUDIT band\",\"state\":\"cannot tell"
        )),
        Audit::NotApplicable => push(concat!(
            "not applicable\"},{\"id\":\"AUDIT score\",\"state\":\"not applicable\"},",
            "{\"id\":\"AUDIT band\",\"state\":\"not applicable"
        )),
    }
    push(concat!(
        "\"},{\"id\":\"AUDIT C score\",\"state\":\"cannot tell\"},",
        "{\"id\":\"AUDIT C positive\",\"state\":\"cannot tell\"},"
    ));
}

/// A list of texts, or that there is none yet.
fn write_list(out: &mut Vec<u8>, id: &str, list: Option<&[&str]>) {
    let mut push = |text: &str| out.extend_from_slice(text.as_bytes());
    push(",{\"id\":\"");
    push(id);
    let Some(list) = list else { return push("\",\"state\":\"cannot tell\"}") };
    push("\",\"state\":\"decided\",\"value\":[");
    for (place, text) in list.iter().enumerate() {
        push(if place == 0 { "\"" } else { ",\"" });
        push(text);
        push("\"");
    }
    push("]}");
}

pub(super) fn decide_by_hand(lines: &[u8], identity: &Identity, out: &mut Vec<u8>) {
    let engine = format!(
        "],\"engine\":{{\"sha256\":\"{}\",\"version\":\"{}\"}},\"layers\":{{\"local practice\":{{\"decision\":\"eligible\",\"state\":\"",
        identity.engine_sha256, identity.engine_version
    );
    let pack = format!(
        "\"}},\"pack\":{{\"id\":\"{}\",\"sha256\":\"{}\",\"version\":\"{}\"}},\"readings\":{{\"depends\":false}},\"triggers\":[",
        identity.pack_id, identity.pack_sha256, identity.pack_version
    );
    for line in lines.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()) {
        match serde_json::from_slice::<Case<'_>>(line) {
            Ok(case) => write_record(out, &case, &Decision::of(&case), &engine, &pack),
            Err(error) => out.extend_from_slice(format!("rejected: {error}\n").as_bytes()),
        }
    }
}

fn write_record(out: &mut Vec<u8>, case: &Case<'_>, decision: &Decision, engine: &str, pack: &str) {
    let mut push = |text: &str| out.extend_from_slice(text.as_bytes());
    push("{\"as_of\":\"");
    push(case.as_of);
    // The generated identifiers hold no character that JSON would escape.
    push("\",\"case\":\"");
    push(case.case);
    push("\",\"criteria\":[");
    write_audit(out, decision.audit);
    let mut push = |text: &str| out.extend_from_slice(text.as_bytes());
    for (entries, answer) in BEFORE_COUNT.iter().zip(before_count(decision)) {
        push(entries[answer as usize]);
        push(",");
    }
    match decision.failed_treatments {
        Some(count) => {
            push("{\"id\":\"failed treatments\",\"state\":\"decided\",\"value\":");
            match DIGITS.get(count) {
                Some(digit) => push(digit),
                None => push(&count.to_string()),
            }
            push("}");
        }
        None => push("{\"id\":\"failed treatments\",\"state\":\"cannot tell\"}"),
    }
    for (entries, answer) in AFTER_COUNT.iter().zip(after_count(decision)) {
        push(",");
        push(entries[answer as usize]);
    }
    match decision.route {
        Some(route) => {
            push(",{\"id\":\"route\",\"state\":\"decided\",\"value\":\"");
            push(route);
            push("\"}");
        }
        None => push(",{\"id\":\"route\",\"state\":\"cannot tell\"}"),
    }
    write_list(out, "information needed", decision.information_needed.as_deref());
    write_list(out, "information lacking", decision.information_lacking.as_deref());
    let mut push = |text: &str| out.extend_from_slice(text.as_bytes());
    push(",{\"id\":\"next steps\",\"state\":\"decided\",\"value\":[");
    let mut comma = "";
    for (step, _) in STEPS.iter().zip(decision.steps).filter(|(_, answer)| *answer == Answer::Yes) {
        push(comma);
        push(step.name);
        comma = ",";
    }
    push("]}");
    push(engine);
    push(decision.eligible.words());
    push("\"}},\"missing\":[],\"next\":null,\"outcome\":{\"decision\":\"eligible\",\"state\":\"");
    push(decision.eligible.words());
    push(pack);
    comma = "";
    for (step, answer) in STEPS.iter().zip(decision.steps) {
        push(comma);
        push(if answer == Answer::Yes { step.fires } else { step.does_not_fire });
        comma = ",";
    }
    push("]}\n");
}

//! The rules of `rule-packs/blue-light` as a programmer would write them by hand, and cases to decide.
//!
//! What the engine has to be held against: a derived reader, plain comparisons, the constant parts of the record written
//! out beforehand. It knows one pack, one version and one set of thresholds, and nothing explains its answers.

use serde::Deserialize;

use crate::rival::{Identity, Rival};

#[path = "blue_light_cases.rs"]
mod cases;

/// The hand-written program for Blue Light.
pub(crate) const RIVAL: Rival = Rival { pack: "blue-light", generate: cases::generate, decide_by_hand };

const DRUGS_COUNT_FROM: &str = "2019-06-01";
const MINIMUM_AUDIT_SCORE: u32 = 20;
const MINIMUM_FAILED_TREATMENTS: usize = 2;
const MINIMUM_HOSPITAL_ATTENDANCES: u32 = 5;
const MINIMUM_EMERGENCY_CALLOUTS: u32 = 5;
const MINIMUM_ARRESTS: u32 = 3;
const MINIMUM_ANTISOCIAL_BEHAVIOUR_REPORTS: u32 = 3;
const MINIMUM_CONTACTS_ACROSS_SERVICES: u32 = 6;

/// How the first few whole numbers are written.
const DIGITS: [&str; 10] = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"];

const BLUE_LIGHT: &str = "Blue Light case management";

/// One line. Dates stay texts: written as years, months, days they compare as they should.
#[derive(Clone, Debug, Default, Deserialize)]
struct Case<'a> {
    case: &'a str,
    as_of: &'a str,
    audit_total: Option<u32>,
    drug_problem: Option<bool>,
    #[serde(borrow)]
    treatment_history: Option<Vec<Treatment<'a>>>,
    #[serde(borrow)]
    not_benefiting: Option<Judgement<'a>>,
    emergency_department_attendances: Option<u32>,
    emergency_callouts: Option<u32>,
    arrests: Option<u32>,
    antisocial_behaviour_reports: Option<u32>,
    burden_through_family: Option<bool>,
    high_risk_domestic_abuse: Option<bool>,
    managed_under_mappa: Option<bool>,
    risk_assessment_completed: Option<bool>,
    #[serde(borrow, default)]
    not_applicable: Vec<&'a str>,
}

#[derive(Clone, Copy, Debug, Deserialize)]
struct Treatment<'a> {
    date: Option<&'a str>,
    result: Option<TreatmentResult>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
enum TreatmentResult {
    #[serde(rename = "did not attend")]
    DidNotAttend,
    #[serde(rename = "dropped out")]
    DroppedOut,
    #[serde(rename = "no benefit")]
    NoBenefit,
    #[serde(rename = "completed")]
    Completed,
}

#[derive(Clone, Copy, Debug, Deserialize)]
struct Judgement<'a> {
    value: Option<bool>,
    by: Option<&'a str>,
    on: Option<&'a str>,
    reason: Option<&'a str>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Answer {
    Yes,
    No,
    Unknown,
    NotApplicable,
    NotInForce,
}

impl Answer {
    fn of(fact: Option<bool>) -> Self {
        match fact {
            Some(true) => Self::Yes,
            Some(false) => Self::No,
            None => Self::Unknown,
        }
    }

    fn at_least(count: Option<u32>, least: u32) -> Self {
        Self::of(count.map(|count| count >= least))
    }

    fn not(self) -> Self {
        match self {
            Self::Yes => Self::No,
            Self::No => Self::Yes,
            other => other,
        }
    }

    fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::No, _) | (_, Self::No) => Self::No,
            (Self::Yes, Self::Yes) => Self::Yes,
            _ => Self::Unknown,
        }
    }

    fn any(members: &[Self]) -> Self {
        if members.contains(&Self::Yes) {
            Self::Yes
        } else if members.contains(&Self::Unknown) {
            Self::Unknown
        } else if members.contains(&Self::No) {
            Self::No
        } else {
            members.first().copied().unwrap_or(Self::Unknown)
        }
    }

    /// What is left out does not count as met.
    fn all_three(members: [Self; 3]) -> Self {
        if members.iter().all(|member| *member == Self::Yes) {
            Self::Yes
        } else if members.iter().all(|member| matches!(member, Self::Yes | Self::Unknown)) {
            Self::Unknown
        } else {
            Self::No
        }
    }

    fn words(self) -> &'static str {
        match self {
            Self::Yes => "met",
            Self::No => "not met",
            Self::Unknown => "cannot tell",
            Self::NotApplicable => "not applicable",
            Self::NotInForce => "not in force",
        }
    }
}

/// Everything that the record says of a case.
struct Decision {
    alcohol_problem: Answer,
    drug_problem: Answer,
    substance_problem: Answer,
    failed_treatments: Option<usize>,
    repeated_failed_treatment: Answer,
    lack_of_benefit: Answer,
    treatment_resistant: Answer,
    frequent_hospital_attender: Answer,
    frequent_emergency_callouts: Answer,
    repeat_offending: Answer,
    antisocial_behaviour: Answer,
    contacts_across_services: Answer,
    burden_through_family: Answer,
    burden_on_public_services: Answer,
    eligible: Answer,
    route: Option<&'static str>,
    /// In the order of `STEPS`.
    steps: [Answer; STEPS.len()],
}

/// A next step: its name, and its entry in the record when it fires and when it does not.
struct Step {
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

const STEPS: [Step; 6] = [
    step!("MARAC referral", "\"deadline\":\"the same working day\","),
    step!("MAPPA contact", "\"deadline\":\"before the first visit\","),
    step!("risk assessment", "\"deadline\":\"before the first visit\","),
    step!("Blue Light case management", "\"deadline\":\"the next meeting of the group\","),
    step!("another group", "\"deadline\":\"the next meeting of that group\","),
    step!("offer of treatment", ""),
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

/// Before the number of failed treatments, and after it.
const BEFORE_COUNT: [[&str; 5]; 3] =
    [entries!("alcohol problem"), entries!("drug problem"), entries!("substance problem")];
const AFTER_COUNT: [[&str; 5]; 11] = [
    entries!("repeated failed treatment"),
    entries!("lack of benefit"),
    entries!("treatment resistant"),
    entries!("frequent hospital attender"),
    entries!("frequent emergency callouts"),
    entries!("repeat offending"),
    entries!("antisocial behaviour"),
    entries!("contacts across services"),
    entries!("burden through family"),
    entries!("burden on public services"),
    entries!("eligible"),
];

impl Decision {
    fn of(case: &Case<'_>) -> Self {
        let alcohol_problem = if case.not_applicable.contains(&"/audit_total") {
            Answer::NotApplicable
        } else {
            Answer::at_least(case.audit_total, MINIMUM_AUDIT_SCORE)
        };
        let drug_problem =
            if case.as_of < DRUGS_COUNT_FROM { Answer::NotInForce } else { Answer::of(case.drug_problem) };
        let substance_problem = Answer::any(&[alcohol_problem, drug_problem]);
        let failed_treatments = failed_treatments(case);
        let repeated_failed_treatment = Answer::of(failed_treatments.map(|count| count >= MINIMUM_FAILED_TREATMENTS));
        let lack_of_benefit = Answer::of(case.not_benefiting.and_then(judged));
        let treatment_resistant = Answer::any(&[repeated_failed_treatment, lack_of_benefit]);
        let frequent_hospital_attender =
            Answer::at_least(case.emergency_department_attendances, MINIMUM_HOSPITAL_ATTENDANCES);
        let frequent_emergency_callouts = Answer::at_least(case.emergency_callouts, MINIMUM_EMERGENCY_CALLOUTS);
        let repeat_offending = Answer::at_least(case.arrests, MINIMUM_ARRESTS);
        let antisocial_behaviour =
            Answer::at_least(case.antisocial_behaviour_reports, MINIMUM_ANTISOCIAL_BEHAVIOUR_REPORTS);
        let contacts_across_services = contacts(case);
        let burden_through_family = Answer::of(case.burden_through_family);
        let burden_on_public_services = Answer::any(&[
            frequent_hospital_attender,
            frequent_emergency_callouts,
            repeat_offending,
            antisocial_behaviour,
            contacts_across_services,
            burden_through_family,
        ]);
        let eligible = Answer::all_three([substance_problem, treatment_resistant, burden_on_public_services]);
        let mut decision = Self {
            alcohol_problem,
            drug_problem,
            substance_problem,
            failed_treatments,
            repeated_failed_treatment,
            lack_of_benefit,
            treatment_resistant,
            frequent_hospital_attender,
            frequent_emergency_callouts,
            repeat_offending,
            antisocial_behaviour,
            contacts_across_services,
            burden_through_family,
            burden_on_public_services,
            eligible,
            route: None,
            steps: [Answer::Unknown; STEPS.len()],
        };
        decision.route = decision.choose_route(case);
        decision.steps = decision.next_steps(case);
        decision
    }

    /// The first row that fits, as long as no row before it is open.
    fn choose_route(&self, case: &Case<'_>) -> Option<&'static str> {
        let rows = [
            (self.eligible, BLUE_LIGHT),
            (Answer::of(case.high_risk_domestic_abuse), "MARAC"),
            (Answer::of(case.managed_under_mappa), "MAPPA"),
            (self.frequent_hospital_attender, "hospital frequent attenders group"),
            (self.antisocial_behaviour, "anti-social behaviour group"),
            (self.repeat_offending, "Town Tasking"),
            (self.frequent_emergency_callouts, "Town Tasking"),
            (self.substance_problem, "adult drug and alcohol treatment service"),
        ];
        let mut open = None;
        for (holds, service) in rows {
            match holds {
                Answer::Yes if open.is_none_or(|open| open == service) => return Some(service),
                Answer::Yes => return None,
                Answer::Unknown if open.is_none_or(|open| open == service) => open = Some(service),
                Answer::Unknown => return None,
                _ => {}
            }
        }
        if open.is_none() { Some("the referrer, with advice from the coordinator") } else { None }
    }

    fn next_steps(&self, case: &Case<'_>) -> [Answer; STEPS.len()] {
        [
            Answer::of(case.high_risk_domestic_abuse),
            Answer::of(case.managed_under_mappa),
            self.eligible.and(Answer::of(case.risk_assessment_completed).not()),
            self.eligible,
            Answer::of(self.route.map(|route| route != BLUE_LIGHT)),
            self.substance_problem.and(self.eligible.not()),
        ]
    }

    fn is_settled(&self) -> bool {
        self.eligible != Answer::Unknown && !self.steps.contains(&Answer::Unknown)
    }

    fn before_count(&self) -> [Answer; BEFORE_COUNT.len()] {
        [self.alcohol_problem, self.drug_problem, self.substance_problem]
    }

    fn after_count(&self) -> [Answer; AFTER_COUNT.len()] {
        [
            self.repeated_failed_treatment,
            self.lack_of_benefit,
            self.treatment_resistant,
            self.frequent_hospital_attender,
            self.frequent_emergency_callouts,
            self.repeat_offending,
            self.antisocial_behaviour,
            self.contacts_across_services,
            self.burden_through_family,
            self.burden_on_public_services,
            self.eligible,
        ]
    }
}

/// Attempts up to the day of the decision that did not help; `None` where one of them is not known well enough.
fn failed_treatments(case: &Case<'_>) -> Option<usize> {
    let mut count = 0;
    for treatment in case.treatment_history.as_deref()? {
        let is_later = treatment.date.is_some_and(|date| date > case.as_of);
        if is_later || treatment.result == Some(TreatmentResult::Completed) {
            continue;
        }
        if treatment.date.is_none() || treatment.result.is_none() {
            return None;
        }
        count += 1;
    }
    Some(count)
}

/// A judgement counts only with a name, a date and a reason.
fn judged(judgement: Judgement<'_>) -> Option<bool> {
    judgement.by.and(judgement.on).and(judgement.reason).and(judgement.value)
}

/// Whether all contacts together reach the least number; those that are missing only add to the others.
fn contacts(case: &Case<'_>) -> Answer {
    let counts = [
        case.emergency_department_attendances,
        case.emergency_callouts,
        case.arrests,
        case.antisocial_behaviour_reports,
    ];
    let known: u32 = counts.iter().flatten().sum();
    if known >= MINIMUM_CONTACTS_ACROSS_SERVICES {
        Answer::Yes
    } else if counts.iter().all(Option::is_some) {
        Answer::No
    } else {
        Answer::Unknown
    }
}

fn decide_by_hand(lines: &[u8], identity: &Identity, out: &mut Vec<u8>) {
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
    for (entries, answer) in BEFORE_COUNT.iter().zip(decision.before_count()) {
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
    for (entries, answer) in AFTER_COUNT.iter().zip(decision.after_count()) {
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

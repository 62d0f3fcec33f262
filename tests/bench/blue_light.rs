//! The rules of `rule-packs/blue-light` as a programmer would write them by hand, and cases to decide.
//!
//! What the engine has to be held against: a derived reader, plain comparisons, the constant parts of the record written
//! out beforehand. It knows one pack, one version and one set of thresholds, and nothing explains its answers.

use serde::Deserialize;

use crate::rival::Rival;

#[path = "blue_light_cases.rs"]
mod cases;
#[path = "blue_light_record.rs"]
mod record;
#[path = "blue_light_referral.rs"]
mod referral;

use record::{STEPS, decide_by_hand};

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

const BLUE_LIGHT: &str = "Blue Light case management";
const HOSPITAL: &str = "hospital frequent attenders group";
const ANTISOCIAL_BEHAVIOUR: &str = "anti-social behaviour group";
const TOWN_TASKING: &str = "Town Tasking";
const HIGHER_RISK: &str = "higher risk";

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
    #[serde(borrow)]
    referral_information: Option<Vec<&'a str>>,
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
    fn every(members: &[Self]) -> Self {
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

/// What is known of an AUDIT. The cases have a total or none; its ten answers are never given.
#[derive(Clone, Copy)]
enum Audit {
    Score(u32),
    NotKnown,
    NotApplicable,
}

impl Audit {
    fn of(case: &Case<'_>) -> Self {
        match case.audit_total {
            _ if case.not_applicable.contains(&"/audit_total") => Self::NotApplicable,
            Some(total) => Self::Score(total),
            None => Self::NotKnown,
        }
    }

    fn holds(self, test: impl Fn(u32) -> bool) -> Answer {
        match self {
            Self::Score(score) => Answer::of(Some(test(score))),
            Self::NotKnown => Answer::Unknown,
            Self::NotApplicable => Answer::NotApplicable,
        }
    }
}

/// The band of a score.
fn band(score: u32) -> &'static str {
    match score {
        0..8 => "low risk",
        8..16 => "increasing risk",
        16..20 => HIGHER_RISK,
        _ => "possible dependence",
    }
}

/// Everything that the record says of a case.
struct Decision {
    audit: Audit,
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
    direct_demand: Answer,
    burden_through_family: Answer,
    burden_on_public_services: Answer,
    severe_drinking_problem: Answer,
    ten_year_wording: Answer,
    long_standing_wording: Answer,
    eligible: Answer,
    route: Option<&'static str>,
    information_needed: Option<Vec<&'static str>>,
    information_lacking: Option<Vec<&'static str>>,
    /// In the order of `STEPS`.
    steps: [Answer; STEPS.len()],
}

impl Decision {
    fn of(case: &Case<'_>) -> Self {
        let audit = Audit::of(case);
        let alcohol_problem = audit.holds(|score| score >= MINIMUM_AUDIT_SCORE);
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
        let direct_demand = Answer::any(&[
            frequent_hospital_attender,
            frequent_emergency_callouts,
            repeat_offending,
            antisocial_behaviour,
            contacts_across_services,
        ]);
        let burden_on_public_services = Answer::any(&[direct_demand, burden_through_family]);
        // The cases say nothing of years, of a SADQ score or of long-standing dependence.
        let severe_drinking_problem = Answer::any(&[alcohol_problem, Answer::Unknown]);
        let ten_year_wording =
            Answer::every(&[severe_drinking_problem, Answer::Unknown, treatment_resistant, direct_demand]);
        let long_standing_wording =
            Answer::every(&[alcohol_problem, Answer::Unknown, treatment_resistant, burden_on_public_services]);
        let eligible = Answer::every(&[substance_problem, treatment_resistant, burden_on_public_services]);
        let mut decision = Self {
            audit,
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
            direct_demand,
            burden_through_family,
            burden_on_public_services,
            severe_drinking_problem,
            ten_year_wording,
            long_standing_wording,
            eligible,
            route: None,
            information_needed: None,
            information_lacking: None,
            steps: [Answer::Unknown; STEPS.len()],
        };
        decision.route = decision.choose_route(case);
        decision.information_needed = referral::needed(case, decision.route);
        decision.information_lacking = referral::lacking(case, decision.information_needed.as_deref());
        decision.steps = decision.next_steps(case);
        decision
    }

    /// The first row that fits, as long as no row before it is open.
    fn choose_route(&self, case: &Case<'_>) -> Option<&'static str> {
        let rows = [
            (self.eligible, BLUE_LIGHT),
            (Answer::of(case.high_risk_domestic_abuse), "MARAC"),
            (Answer::of(case.managed_under_mappa), "MAPPA"),
            (self.frequent_hospital_attender, HOSPITAL),
            (self.antisocial_behaviour, ANTISOCIAL_BEHAVIOUR),
            (self.repeat_offending, TOWN_TASKING),
            (self.frequent_emergency_callouts, TOWN_TASKING),
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
            Answer::of(self.information_lacking.as_ref().map(|lacking| !lacking.is_empty())),
            self.substance_problem.and(self.eligible.not()),
            self.among_scores(|score| band(score) == HIGHER_RISK),
            self.among_scores(|_| false),
        ]
    }

    /// Whether a step for those without a place in Blue Light follows from the score; without one, it does not.
    fn among_scores(&self, test: impl Fn(u32) -> bool) -> Answer {
        match self.audit.holds(test) {
            Answer::NotApplicable => Answer::No,
            answer => answer.and(self.eligible.not()),
        }
    }

    fn is_settled(&self) -> bool {
        self.eligible != Answer::Unknown && !self.steps.contains(&Answer::Unknown)
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

//! Made-up Blue Light cases: as varied as a referral spreadsheet, and each of them can be settled.

use std::fmt::Write;

use rules_tests::random::Random;

use super::{Case, DRUGS_COUNT_FROM, Decision, Judgement, Treatment, TreatmentResult};

const TOWNS: [&str; 6] = ["Oldbury", "Rowley Regis", "Smethwick", "Tipton", "Wednesbury", "West Bromwich"];
const REFERRERS: [&str; 8] = [
    "Alcohol care team, Sandwell General Hospital",
    "Neighbourhood officer, West Midlands Police",
    "Community mental health social work team",
    "Floating support team",
    "Probation, Black Country",
    "Watch manager, West Midlands Fire Service",
    "Adult social care, duty desk",
    "Community safety officer",
];
const WORKERS: [&str; 6] = ["A. Brookes", "D. Kaur", "J. Mensah", "L. Hadley", "M. Osei", "S. Whitehouse"];
const REASONS: [&str; 4] = [
    "Three offers in a year and nothing has changed.",
    "Leaves after the first week each time.",
    "Drinks through every detoxification.",
    "Says that groups are no use to them.",
];
const NOTES: [&str; 6] = [
    "Prefers to be visited in the morning; the door is on the side of the house.",
    "Sister keeps a key and will let workers in if she is rung first.",
    "Moved from supported housing in the spring and has lost touch with the GP.",
    "Has been taken to hospital by ambulance after falls at the bus station.",
    "Asked for help with rent arrears before anything else; landlord is willing to wait.",
    "Will talk to the outreach worker, will not come to the clinic.",
];
const RESULTS: [TreatmentResult; 4] = [
    TreatmentResult::DidNotAttend,
    TreatmentResult::DroppedOut,
    TreatmentResult::NoBenefit,
    TreatmentResult::Completed,
];

/// Small counts are common and large ones rare, as with visits to a hospital.
fn small_count(numbers: &mut Random, most: u32) -> u32 {
    let first = numbers.below(most + 1);
    first.min(numbers.below(most + 1))
}

/// So many cases, one a line, most of them between 600 and 900 bytes, all of them settled.
pub(super) fn generate(count: usize, seed: u64) -> Vec<u8> {
    // Days to the 28th of each month, so that every one of them exists.
    let days: Vec<String> = (2012..2024)
        .flat_map(|year| (1..=12).flat_map(move |month| (1..=28).map(move |day| format!("{year}-{month:02}-{day:02}"))))
        .collect();
    let days: Vec<&str> = days.iter().map(String::as_str).collect();
    let (_, decision_days) = days.split_at(days.partition_point(|day| *day < "2016-01-01"));
    let mut numbers = Random::new(seed);
    let mut out = String::new();
    for number in 1..=count {
        let identifier = format!("SBL-{number:06}");
        let as_of = numbers.pick(decision_days);
        let mut case = whole_case(&mut numbers, &days, as_of);
        case.case = &identifier;
        forget(&mut numbers, &mut case);
        write_line(&mut out, &mut numbers, &case);
    }
    out.into_bytes()
}

/// A case in which every fact is known.
fn whole_case<'a>(numbers: &mut Random, days: &[&'a str], as_of: &'a str) -> Case<'a> {
    let history = (0..1 + numbers.below(4))
        .map(|_| Treatment { date: Some(numbers.pick(days)), result: Some(numbers.pick(&RESULTS)) });
    let history = history.collect();
    let mut case = Case {
        as_of,
        audit_total: Some(6 + numbers.below(35)),
        drug_problem: Some(numbers.percent(35)),
        treatment_history: Some(history),
        not_benefiting: Some(Judgement {
            value: Some(numbers.percent(50)),
            by: Some(numbers.pick(&WORKERS)),
            on: Some(numbers.pick(days)),
            reason: Some(numbers.pick(&REASONS)),
        }),
        emergency_department_attendances: Some(small_count(numbers, 14)),
        emergency_callouts: Some(small_count(numbers, 10)),
        arrests: Some(small_count(numbers, 6)),
        antisocial_behaviour_reports: Some(small_count(numbers, 6)),
        burden_through_family: Some(numbers.percent(30)),
        high_risk_domestic_abuse: Some(numbers.percent(12)),
        managed_under_mappa: Some(numbers.percent(5)),
        risk_assessment_completed: Some(numbers.percent(85)),
        ..Case::default()
    };
    // Who refers says what is ready for the form, which is most of it.
    if let Some(needed) = Decision::of(&case).information_needed.filter(|needed| !needed.is_empty()) {
        case.referral_information = Some(needed.into_iter().filter(|_| numbers.percent(70)).collect());
    }
    // Some services record no AUDIT score for somebody who uses drugs and does not drink.
    if case.drug_problem == Some(true) && as_of >= DRUGS_COUNT_FROM && numbers.percent(30) {
        case.audit_total = None;
        case.not_applicable = vec!["/audit_total"];
    }
    case
}

/// Leaves out some answers, and keeps each of them without which the case would be open.
fn forget(numbers: &mut Random, case: &mut Case<'_>) {
    let ways: [fn(&mut Case<'_>); 9] = [
        |case| case.audit_total = None,
        |case| case.treatment_history = None,
        |case| case.not_benefiting = None,
        |case| case.emergency_department_attendances = None,
        |case| case.emergency_callouts = None,
        |case| case.arrests = None,
        |case| case.antisocial_behaviour_reports = None,
        |case| case.burden_through_family = None,
        |case| case.risk_assessment_completed = None,
    ];
    for way in ways {
        if numbers.percent(25) {
            let mut shorter = case.clone();
            way(&mut shorter);
            if Decision::of(&shorter).is_settled() {
                *case = shorter;
            }
        }
    }
}

/// Writes the case with the columns of a referral sheet that no rule reads.
fn write_line(out: &mut String, numbers: &mut Random, case: &Case<'_>) {
    let mut line = format!("{{\"case\":\"{}\",\"as_of\":\"{}\"", case.case, case.as_of);
    text(&mut line, "referred_by", numbers.pick(&REFERRERS));
    text(&mut line, "town", numbers.pick(&TOWNS));
    number(&mut line, "audit_total", case.audit_total);
    yes_or_no(&mut line, "drug_problem", case.drug_problem);
    if let Some(history) = &case.treatment_history {
        line.push_str(",\"treatment_history\":[");
        for (place, treatment) in history.iter().enumerate() {
            let (date, result) = (treatment.date.unwrap_or_default(), treatment.result.map_or("", result_words));
            let comma = if place > 0 { "," } else { "" };
            // Writing to a text cannot fail, here and below.
            let _ = write!(line, "{comma}{{\"date\":\"{date}\",\"result\":\"{result}\"}}");
        }
        line.push(']');
    }
    if let Some(Judgement { value: Some(value), by: Some(by), on: Some(on), reason: Some(reason) }) =
        case.not_benefiting
    {
        let _ = write!(
            line,
            ",\"not_benefiting\":{{\"value\":{value},\"by\":\"{by}\",\"on\":\"{on}\",\"reason\":\"{reason}\"}}"
        );
    }
    number(&mut line, "emergency_department_attendances", case.emergency_department_attendances);
    number(&mut line, "emergency_callouts", case.emergency_callouts);
    number(&mut line, "arrests", case.arrests);
    number(&mut line, "antisocial_behaviour_reports", case.antisocial_behaviour_reports);
    yes_or_no(&mut line, "burden_through_family", case.burden_through_family);
    text(&mut line, "notes", numbers.pick(&NOTES));
    yes_or_no(&mut line, "high_risk_domestic_abuse", case.high_risk_domestic_abuse);
    yes_or_no(&mut line, "managed_under_mappa", case.managed_under_mappa);
    yes_or_no(&mut line, "risk_assessment_completed", case.risk_assessment_completed);
    if let Some(ready) = &case.referral_information {
        let ready: Vec<String> = ready.iter().map(|piece| format!("\"{piece}\"")).collect();
        let _ = write!(line, ",\"referral_information\":[{}]", ready.join(","));
    }
    if !case.not_applicable.is_empty() {
        line.push_str(",\"not_applicable\":[\"/audit_total\"]");
    }
    text(&mut line, "worker", numbers.pick(&WORKERS));
    if line.len() < 740 {
        text(&mut line, "last_contact", numbers.pick(&NOTES));
    }
    if line.len() < 620 {
        text(&mut line, "housing", numbers.pick(&NOTES));
    }
    out.push_str(&line);
    out.push_str("}\n");
}

fn result_words(result: TreatmentResult) -> &'static str {
    match result {
        TreatmentResult::DidNotAttend => "did not attend",
        TreatmentResult::DroppedOut => "dropped out",
        TreatmentResult::NoBenefit => "no benefit",
        TreatmentResult::Completed => "completed",
    }
}

fn text(line: &mut String, key: &str, words: &str) {
    let _ = write!(line, ",\"{key}\":\"{words}\"");
}

fn number(line: &mut String, key: &str, number: Option<u32>) {
    if let Some(number) = number {
        let _ = write!(line, ",\"{key}\":{number}");
    }
}

fn yes_or_no(line: &mut String, key: &str, answer: Option<bool>) {
    if let Some(answer) = answer {
        let _ = write!(line, ",\"{key}\":{answer}");
    }
}

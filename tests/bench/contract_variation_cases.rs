//! Made-up contract variations under every law, as varied as a register of notices, and each of them can be settled.

use std::fmt::Write;

use rules_tests::random::Random;
use rust_decimal::Decimal;

use super::answer::Found;
use super::grounds::Decision;
use super::{
    ACT_FROM, Amount, Authority, Case, Ground, Judgement, Kind, PROVIDER_SELECTION_FROM, REGULATIONS_FROM, threshold_at,
};

const GROUNDS: [Ground; 9] = [
    Ground::Any,
    Ground::ProvidedFor,
    Ground::AdditionalNeed,
    Ground::Unforeseeable,
    Ground::NewContractor,
    Ground::NoSubstantialChange,
    Ground::BelowThreshold,
    Ground::Urgency,
    Ground::KnownRisk,
];
const KINDS: [Kind; 4] = [Kind::LightTouch, Kind::Services, Kind::Goods, Kind::Works];
const OFFICERS: [&str; 6] = ["A. Brookes", "D. Kaur", "J. Mensah", "L. Hadley", "M. Osei", "S. Whitehouse"];
const REASONS: [&str; 4] =
    ["Advice of Legal Services.", "See the minute of the contract board.", "As the tender said.", "Clause 14.2."];
const SUPPLIERS: [&str; 6] = [
    "Cranstoun Example Trust",
    "Black Country Outreach CIC",
    "Hateley Civil Engineering Ltd",
    "Oldbury Fleet Supplies Ltd",
    "Wednesbury Facilities Partnership LLP",
    "Tame Valley Care Services",
];
const SUBJECTS: [&str; 6] = [
    "Assertive outreach for treatment resistant drinkers",
    "Resurfacing of classified roads, lot 2",
    "Community equipment and wheelchairs",
    "School meals in the northern towns",
    "Household waste collection vehicles",
    "Supported living for adults with learning disabilities",
];
const NOTES: [&str; 6] = [
    "Contractor has asked for the uplift from the first of the quarter.",
    "Finance confirm that the sum is in the budget.",
    "Notice drafted, to go out once the board has met.",
    "Replaces the variation that was withdrawn in spring.",
    "Ward members were told in writing and raised nothing.",
    "Extension already used, nothing further in the contract.",
];

/// A number of whole pounds with three digits that are not zero, as people write budgets, or one to the penny.
fn sum(numbers: &mut Random) -> Decimal {
    if numbers.percent(50) {
        let thousands = [1_000, 10_000, 100_000];
        Decimal::from((100 + numbers.below(900)) * numbers.pick(&thousands) / 100)
    } else {
        Decimal::new(numbers.below(200_000_000), 2)
    }
}

/// So many cases, one a line, each of 600 to 900 bytes and settled.
pub(super) fn generate(count: usize, seed: u64) -> Vec<u8> {
    // Days to the 28th of each month, so that every one of them exists.
    let days: Vec<String> = (2013..2027)
        .flat_map(|year| (1..=12).flat_map(move |month| (1..=28).map(move |day| format!("{year}-{month:02}-{day:02}"))))
        .collect();
    let days: Vec<&str> = days.iter().map(String::as_str).collect();
    let mut numbers = Random::new(seed);
    let mut out = String::new();
    for number in 1..=count {
        let identifier = format!("CV-{number:06}");
        let line = loop {
            let mut case = whole_case(&mut numbers, &days);
            case.case = &identifier;
            if !Decision::of(&case).is_settled() {
                continue;
            }
            forget(&mut numbers, &mut case, 15);
            let mut line = line_of(&mut numbers, &case);
            if line.len() > 898 {
                forget(&mut numbers, &mut case, 100);
                line = line_of(&mut numbers, &case);
            }
            if line.len() <= 898 {
                break padded(&mut numbers, line);
            }
        };
        out.push_str(&line);
        out.push_str("}\n");
    }
    out.into_bytes()
}

/// The days from `from` up to and without `to`.
fn between<'d, 'a>(days: &'d [&'a str], from: &str, to: &str) -> &'d [&'a str] {
    &days[days.partition_point(|day| *day < from)..days.partition_point(|day| *day < to)]
}

/// The law that is to govern, by the days and the service: the older rules, the regulations, the Act, and the Provider
/// Selection Regime.
fn days_and_service<'a>(numbers: &mut Random, days: &[&'a str]) -> (&'a str, &'a str, bool) {
    let (first, end) = ("2013-01-01", "2026-12-01");
    let (began, health_care) = match numbers.below(10) {
        0 => (between(days, first, REGULATIONS_FROM), false),
        1..=4 => (between(days, REGULATIONS_FROM, ACT_FROM), false),
        5..=7 => (between(days, ACT_FROM, end), false),
        _ => (between(days, first, end), true),
    };
    let began = numbers.pick(began);
    let changed = if health_care { began.max(PROVIDER_SELECTION_FROM) } else { began };
    let changed = numbers.pick(between(days, changed, "2027-01-01"));
    let before_the_regime = changed < PROVIDER_SELECTION_FROM;
    (began, changed, health_care || before_the_regime && numbers.percent(30))
}

/// A case in which every fact is known.
fn whole_case<'a>(numbers: &mut Random, days: &[&'a str]) -> Case<'a> {
    let (began, changed, health_care) = days_and_service(numbers, days);
    // Most decisions are taken in the months before the change.
    let upto = days.partition_point(|day| *day <= changed);
    let as_of = numbers.pick(&days[upto.saturating_sub(90)..upto]);
    let term = 12 * (1 + numbers.below(8));
    let mut case = Case {
        case: "",
        as_of,
        country: if numbers.percent(80) { "UK" } else { "GB" },
        date_of_change: changed,
        health_care_service: Some(health_care),
        procurement_began: Some(began),
        ground: numbers.pick(&GROUNDS),
        contract_kind: if health_care && numbers.percent(70) { Kind::LightTouch } else { numbers.pick(&KINDS) },
        authority_kind: if numbers.percent(75) { Authority::Council } else { Authority::CentralGovernment },
        currency: if numbers.percent(95) { "GBP" } else { "EUR" },
        initial_value: Amount(Decimal::ZERO),
        initial_value_with_extensions: Amount(Decimal::ZERO),
        earlier_changes_value: Amount(Decimal::ZERO),
        change_value: Amount(Decimal::ZERO),
        value_before: Amount(Decimal::ZERO),
        vat_percent: Some(Amount(Decimal::from(numbers.pick(&[20, 20, 0, 5])))),
        maximum_term_months: Some(Amount(Decimal::from(term))),
        term_change_months: Some(Amount(Decimal::from(if numbers.percent(50) { 0 } else { numbers.below(term / 4) }))),
        provided_for: judgement(numbers, days, as_of),
        necessary_addition: judgement(numbers, days, as_of),
        change_of_contractor_impossible: judgement(numbers, days, as_of),
        change_of_contractor_inconvenient: judgement(numbers, days, as_of),
        unforeseeable: judgement(numbers, days, as_of),
        replacement_allowed: judgement(numbers, days, as_of),
        substantial_change: judgement(numbers, days, as_of),
        overall_nature_unchanged: judgement(numbers, days, as_of),
        scope_materially_changed: judgement(numbers, days, as_of),
        urgent_protection: judgement(numbers, days, as_of),
        urgent_for_safety: judgement(numbers, days, as_of),
        split_to_avoid: judgement(numbers, days, as_of),
        known_risk: judgement(numbers, days, as_of),
        external_factors: judgement(numbers, days, as_of),
        materially_different: judgement(numbers, days, as_of),
        awarded_directly: Some(numbers.percent(40)),
    };
    put_figures(numbers, &mut case);
    case
}

fn judgement<'a>(numbers: &mut Random, days: &[&'a str], as_of: &str) -> Option<Judgement<'a>> {
    let upto = days.partition_point(|day| *day <= as_of);
    Some(Judgement {
        value: Some(numbers.percent(60)),
        by: Some(numbers.pick(&OFFICERS)),
        on: Some(numbers.pick(&days[upto.saturating_sub(20)..upto])),
        reason: Some(numbers.pick(&REASONS)),
    })
}

/// Values around the limits: the threshold and 10, 15, 25 and 50 per cent, a penny to each side, and anything else.
fn put_figures(numbers: &mut Random, case: &mut Case<'_>) {
    let initial = Decimal::from(20_000) + sum(numbers) * Decimal::from(1 + numbers.below(8));
    let with_extensions = if numbers.percent(50) { initial } else { initial + sum(numbers) };
    let earlier = match numbers.below(10) {
        0..=4 => Decimal::ZERO,
        5..=8 => (initial * Decimal::new(i64::from(numbers.below(300)), 3)).round_dp(2),
        _ => -(initial * Decimal::new(i64::from(numbers.below(100)), 3)).round_dp(2),
    };
    let before = if numbers.percent(60) { initial + earlier } else { with_extensions + earlier };
    let penny = Decimal::new(i64::from(numbers.below(3)) - 1, 2);
    let cumulative = match numbers.below(10) {
        0 | 1 => match threshold_at(case, numbers.pick(&[case.procurement_began, Some(case.date_of_change)])) {
            Found::Is(threshold) => threshold + penny,
            _ => Decimal::from(1_000),
        },
        2 | 3 => (initial * Decimal::new(i64::from(numbers.pick(&[10, 15, 25, 50])), 2)).round_dp(2) + penny,
        4..=6 => (initial * Decimal::new(i64::from(numbers.below(200)), 3)).round_dp(2),
        7 => -(initial * Decimal::new(i64::from(numbers.below(300)), 3)).round_dp(2),
        8 => Decimal::from(480_000 + numbers.below(40_000)),
        _ => sum(numbers),
    };
    case.initial_value = Amount(initial);
    case.initial_value_with_extensions = Amount(with_extensions);
    case.earlier_changes_value = Amount(earlier);
    case.change_value = Amount(cumulative - earlier);
    // Now and then a digit is lost, or nobody has filled in the figure.
    case.value_before = Amount(match numbers.below(100) {
        0..=1 => (before / Decimal::ONE_HUNDRED).round_dp(2),
        2 => Decimal::ZERO,
        _ => before,
    });
}

/// Leaves out answers, each by that chance, and keeps those without which the case would be open.
fn forget(numbers: &mut Random, case: &mut Case<'_>, chance: u32) {
    let ways: [fn(&mut Case<'_>); 21] = [
        |case| case.awarded_directly = None,
        |case| case.procurement_began = None,
        |case| case.vat_percent = None,
        |case| case.maximum_term_months = None,
        |case| case.term_change_months = None,
        |case| case.health_care_service = None,
        |case| case.known_risk = None,
        |case| case.urgent_protection = None,
        |case| case.urgent_for_safety = None,
        |case| case.split_to_avoid = None,
        |case| case.materially_different = None,
        |case| case.external_factors = None,
        |case| case.scope_materially_changed = None,
        |case| case.replacement_allowed = None,
        |case| case.change_of_contractor_impossible = None,
        |case| case.change_of_contractor_inconvenient = None,
        |case| case.necessary_addition = None,
        |case| case.unforeseeable = None,
        |case| case.provided_for = None,
        |case| case.substantial_change = None,
        |case| case.overall_nature_unchanged = None,
    ];
    for (place, way) in ways.into_iter().enumerate() {
        // A file holds the judgements that its own ground wants, and hardly any other.
        let chance = if place > 5 { chance.max(90) } else { chance };
        if numbers.percent(chance) {
            let mut shorter = case.clone();
            way(&mut shorter);
            if Decision::of(&shorter).is_settled() {
                *case = shorter;
            }
        }
    }
}

/// The case with the columns of a contracts register that no rule reads.
fn line_of(numbers: &mut Random, case: &Case<'_>) -> String {
    let mut line = format!("{{\"case\":\"{}\",\"as_of\":\"{}\"", case.case, case.as_of);
    text(&mut line, "supplier", numbers.pick(&SUPPLIERS));
    text(&mut line, "country", case.country);
    text(&mut line, "date_of_change", case.date_of_change);
    yes_or_no(&mut line, "health_care_service", case.health_care_service);
    if let Some(began) = case.procurement_began {
        text(&mut line, "procurement_began", began);
    }
    text(&mut line, "ground", ground_words(case.ground));
    text(&mut line, "contract_kind", kind_words(case.contract_kind));
    let council = case.authority_kind == Authority::Council;
    text(&mut line, "authority_kind", if council { "council" } else { "central government" });
    text(&mut line, "currency", case.currency);
    amount(&mut line, "initial_value", Some(case.initial_value));
    amount(&mut line, "initial_value_with_extensions", Some(case.initial_value_with_extensions));
    amount(&mut line, "earlier_changes_value", Some(case.earlier_changes_value));
    amount(&mut line, "change_value", Some(case.change_value));
    amount(&mut line, "value_before", Some(case.value_before));
    amount(&mut line, "vat_percent", case.vat_percent);
    amount(&mut line, "maximum_term_months", case.maximum_term_months);
    amount(&mut line, "term_change_months", case.term_change_months);
    for (key, judgement) in [
        ("provided_for", case.provided_for),
        ("necessary_addition", case.necessary_addition),
        ("change_of_contractor_impossible", case.change_of_contractor_impossible),
        ("change_of_contractor_inconvenient", case.change_of_contractor_inconvenient),
        ("unforeseeable", case.unforeseeable),
        ("replacement_allowed", case.replacement_allowed),
        ("substantial_change", case.substantial_change),
        ("overall_nature_unchanged", case.overall_nature_unchanged),
        ("scope_materially_changed", case.scope_materially_changed),
        ("urgent_protection", case.urgent_protection),
        ("urgent_for_safety", case.urgent_for_safety),
        ("split_to_avoid", case.split_to_avoid),
        ("known_risk", case.known_risk),
        ("external_factors", case.external_factors),
        ("materially_different", case.materially_different),
    ] {
        if let Some(Judgement { value: Some(value), by: Some(by), on: Some(on), reason: Some(reason) }) = judgement {
            // Writing to a text cannot fail, here and below.
            let _ = write!(
                line,
                ",\"{key}\":{{\"value\":{value},\"by\":\"{by}\",\"on\":\"{on}\",\"reason\":\"{reason}\"}}"
            );
        }
    }
    yes_or_no(&mut line, "awarded_directly", case.awarded_directly);
    line
}

/// Fills a short line up with what else a file says.
fn padded(numbers: &mut Random, mut line: String) -> String {
    let columns: [(&str, &[&str]); 5] = [
        ("subject", &SUBJECTS),
        ("contract_manager", &OFFICERS),
        ("notes", &NOTES),
        ("board", &NOTES),
        ("next_review", &NOTES),
    ];
    for (key, words) in columns {
        let words = numbers.pick(words);
        let wanted = line.len() < 600 || numbers.percent(60);
        if wanted && line.len() + key.len() + words.len() + 8 <= 900 {
            text(&mut line, key, words);
        }
    }
    line
}

fn ground_words(ground: Ground) -> &'static str {
    match ground {
        Ground::Any => "any ground",
        Ground::ProvidedFor => "provided for",
        Ground::AdditionalNeed => "additional need",
        Ground::Unforeseeable => "unforeseeable circumstances",
        Ground::NewContractor => "new contractor",
        Ground::NoSubstantialChange => "no substantial change",
        Ground::BelowThreshold => "below threshold",
        Ground::Urgency => "urgency",
        Ground::KnownRisk => "known risk",
    }
}

pub(super) fn kind_words(kind: Kind) -> &'static str {
    match kind {
        Kind::LightTouch => "light touch",
        Kind::Services => "services",
        Kind::Goods => "goods",
        Kind::Works => "works",
    }
}

fn text(line: &mut String, key: &str, words: &str) {
    let _ = write!(line, ",\"{key}\":\"{words}\"");
}

fn amount(line: &mut String, key: &str, amount: Option<Amount>) {
    if let Some(Amount(amount)) = amount {
        let _ = write!(line, ",\"{key}\":{amount}");
    }
}

fn yes_or_no(line: &mut String, key: &str, answer: Option<bool>) {
    if let Some(answer) = answer {
        let _ = write!(line, ",\"{key}\":{answer}");
    }
}

//! The rules of `rule-packs/contract-variation` as a programmer would write them by hand, and cases to decide.
//!
//! As with `blue_light.rs`: one pack, one version, one set of thresholds, and nothing explains its answers. It knows
//! buyers' cases in which every figure is given, and leaves open only what a ground may leave open: judgements, the day
//! the procurement began, VAT and the term.

use rust_decimal::{Decimal, RoundingStrategy};
use serde::de::Error;
use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;

use crate::rival::{Identity, Rival};

use answer::{Answer, Found, Ways, and, choose, merged, not, when};
use grounds::Decision;

#[path = "contract_variation_answer.rs"]
mod answer;
#[path = "contract_variation_cases.rs"]
mod cases;
#[path = "contract_variation_grounds.rs"]
mod grounds;
#[path = "contract_variation_record.rs"]
mod record;

/// The hand-written program for contract variations.
pub(crate) const RIVAL: Rival = Rival { pack: "contract-variation", generate: cases::generate, decide_by_hand };

/// Value of a parameter from a day on; the newest first.
type Periods = &'static [(&'static str, u32)];

const LIGHT_TOUCH: Periods =
    &[("2020-01-01", 663_540), ("2018-01-01", 615_278), ("2016-01-01", 589_148), ("2015-02-26", 625_050)];
const WORKS: Periods = &[
    ("2026-01-01", 5_193_000),
    ("2024-01-01", 5_372_609),
    ("2022-01-01", 5_336_937),
    ("2020-01-01", 4_733_252),
    ("2018-01-01", 4_551_413),
    ("2016-01-01", 4_104_394),
    ("2014-01-01", 4_322_012),
];
const COUNCIL: Periods = &[
    ("2026-01-01", 207_720),
    ("2024-01-01", 214_904),
    ("2022-01-01", 213_477),
    ("2020-01-01", 189_330),
    ("2018-01-01", 181_302),
    ("2016-01-01", 164_176),
    ("2014-01-01", 172_514),
];
const CENTRAL_GOVERNMENT: Periods = &[
    ("2026-01-01", 135_018),
    ("2024-01-01", 139_688),
    ("2022-01-01", 138_760),
    ("2020-01-01", 122_976),
    ("2018-01-01", 118_133),
    ("2016-01-01", 106_047),
    ("2014-01-01", 111_676),
];
const FIRST_THRESHOLDS: &str = "2014-01-01";
const VAT_COUNTS_FROM: &str = "2022-01-01";
const REGULATIONS_FROM: &str = "2015-02-26";
const BOTH_CONDITIONS_FROM: &str = "2016-04-18";
const PROVIDER_SELECTION_FROM: &str = "2024-01-01";
const ACT_FROM: &str = "2025-02-24";
const DELEGATION_FROM: &str = "2023-02-01";
const LIGHT_TOUCH_LIST_FROM: &str = "2015-02-26";

const HUNDRED: Decimal = Decimal::ONE_HUNDRED;
const LIFETIME_CHANGE: Decimal = Decimal::from_parts(500_000, 0, 0, false, 0);
const PUBLISHED_ABOVE: Decimal = Decimal::from_parts(5_000_000, 0, 0, false, 0);

/// One line. Dates stay texts: written as years, months, days they compare as they should.
#[derive(Clone, Debug, Deserialize)]
struct Case<'a> {
    case: &'a str,
    as_of: &'a str,
    country: &'a str,
    date_of_change: &'a str,
    health_care_service: Option<bool>,
    procurement_began: Option<&'a str>,
    ground: Ground,
    contract_kind: Kind,
    authority_kind: Authority,
    currency: &'a str,
    initial_value: Amount,
    initial_value_with_extensions: Amount,
    earlier_changes_value: Amount,
    change_value: Amount,
    value_before: Amount,
    vat_percent: Option<Amount>,
    maximum_term_months: Option<Amount>,
    term_change_months: Option<Amount>,
    #[serde(borrow)]
    provided_for: Option<Judgement<'a>>,
    #[serde(borrow)]
    necessary_addition: Option<Judgement<'a>>,
    #[serde(borrow)]
    change_of_contractor_impossible: Option<Judgement<'a>>,
    #[serde(borrow)]
    change_of_contractor_inconvenient: Option<Judgement<'a>>,
    #[serde(borrow)]
    unforeseeable: Option<Judgement<'a>>,
    #[serde(borrow)]
    replacement_allowed: Option<Judgement<'a>>,
    #[serde(borrow)]
    substantial_change: Option<Judgement<'a>>,
    #[serde(borrow)]
    overall_nature_unchanged: Option<Judgement<'a>>,
    #[serde(borrow)]
    scope_materially_changed: Option<Judgement<'a>>,
    #[serde(borrow)]
    urgent_protection: Option<Judgement<'a>>,
    #[serde(borrow)]
    urgent_for_safety: Option<Judgement<'a>>,
    #[serde(borrow)]
    split_to_avoid: Option<Judgement<'a>>,
    #[serde(borrow)]
    known_risk: Option<Judgement<'a>>,
    #[serde(borrow)]
    external_factors: Option<Judgement<'a>>,
    #[serde(borrow)]
    materially_different: Option<Judgement<'a>>,
    awarded_directly: Option<bool>,
}

/// A number, read exactly or not at all.
#[derive(Clone, Copy, Debug)]
struct Amount(Decimal);

impl<'de> Deserialize<'de> for Amount {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let token = <&RawValue>::deserialize(deserializer)?;
        let number = Decimal::from_str_exact(token.get()).map_err(D::Error::custom)?;
        Ok(Self(number.normalize()))
    }
}

#[derive(Clone, Copy, Debug, Deserialize)]
struct Judgement<'a> {
    value: Option<bool>,
    by: Option<&'a str>,
    on: Option<&'a str>,
    reason: Option<&'a str>,
}

/// A judgement counts only with a name, a date and a reason.
fn judged(judgement: Option<Judgement<'_>>) -> Answer {
    let whole = |judgement: Judgement<'_>| judgement.by.and(judgement.on).and(judgement.reason).and(judgement.value);
    judgement.and_then(whole).into()
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Ground {
    #[serde(rename = "any ground")]
    Any,
    #[serde(rename = "provided for")]
    ProvidedFor,
    #[serde(rename = "additional need")]
    AdditionalNeed,
    #[serde(rename = "unforeseeable circumstances")]
    Unforeseeable,
    #[serde(rename = "new contractor")]
    NewContractor,
    #[serde(rename = "no substantial change")]
    NoSubstantialChange,
    #[serde(rename = "below threshold")]
    BelowThreshold,
    Urgency,
    #[serde(rename = "known risk")]
    KnownRisk,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Kind {
    #[serde(rename = "light touch")]
    LightTouch,
    Services,
    Goods,
    Works,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Authority {
    Council,
    #[serde(rename = "central government")]
    CentralGovernment,
}

/// Which law governs the change.
#[derive(Clone, Copy, Debug)]
struct Governed {
    provider_selection: Answer,
    act: Answer,
    under_regulations: Answer,
    regulations: Answer,
    older_rules: Answer,
}

impl Governed {
    fn of(case: &Case<'_>) -> Self {
        let began_since = |day: &str| Answer::from(case.procurement_began.map(|began| began >= day));
        let here = Found::Is(is_in_the_kingdom(case));
        let health_care = case.health_care_service.into();
        let provider_selection =
            when(here, and(&[Found::Is(case.date_of_change >= PROVIDER_SELECTION_FROM), health_care]));
        let late = Found::Is(case.date_of_change >= ACT_FROM);
        let act = when(here, and(&[late, began_since(ACT_FROM), not(provider_selection)]));
        let under_regulations = and(&[not(provider_selection), not(act)]);
        let since = began_since(REGULATIONS_FROM);
        Self {
            provider_selection,
            act,
            under_regulations,
            regulations: choose(under_regulations, since, Found::Is(false)),
            older_rules: choose(under_regulations, not(since), Found::Is(false)),
        }
    }

    fn regime(&self) -> Found<&'static str> {
        let rest = choose(
            self.regulations,
            Found::Is("Public Contracts Regulations 2015"),
            Found::Is("rules before the Public Contracts Regulations 2015"),
        );
        let rest = choose(self.act, Found::Is("Procurement Act 2023"), rest);
        choose(self.provider_selection, Found::Is("Provider Selection Regime"), rest)
    }
}

/// Figures that no reading of the law changes.
#[derive(Clone, Copy, Debug)]
struct Figures {
    cumulative: Decimal,
    against_before: Option<Decimal>,
    against_initial: Option<Decimal>,
    band_before: &'static str,
    band_initial: &'static str,
}

impl Figures {
    fn of(case: &Case<'_>) -> Self {
        let cumulative = case.earlier_changes_value.0 + case.change_value.0;
        Self {
            cumulative,
            against_before: percent(case.change_value.0, case.value_before.0),
            against_initial: percent(cumulative, case.initial_value.0),
            band_before: band(case.change_value.0, case.value_before.0),
            band_initial: band(cumulative, case.initial_value.0),
        }
    }
}

fn percent(part: Decimal, whole: Decimal) -> Option<Decimal> {
    (part * HUNDRED).checked_div(whole)
}

/// Six places, a half away from zero.
fn displayed(percent: Decimal) -> Decimal {
    percent.round_dp_with_strategy(6, RoundingStrategy::MidpointAwayFromZero)
}

fn band(part: Decimal, whole: Decimal) -> &'static str {
    if whole.is_zero() {
        "not_computable"
    } else if part.is_zero() {
        "none"
    } else if part.is_sign_negative() {
        "decrease"
    } else if part * HUNDRED <= whole * Decimal::TEN {
        "up_to_10"
    } else if part * HUNDRED <= whole * Decimal::from(15) {
        "up_to_15"
    } else if part * HUNDRED <= whole * Decimal::from(50) {
        "up_to_50"
    } else {
        "over_50"
    }
}

fn is_in_the_kingdom(case: &Case<'_>) -> bool {
    matches!(case.country, "UK" | "GB")
}

fn threshold_at(case: &Case<'_>, day: Option<&str>) -> Found<Decimal> {
    let Some(day) = day else { return Found::Unknown };
    let periods = match (case.contract_kind, case.authority_kind) {
        (Kind::LightTouch, _) => LIGHT_TOUCH,
        (Kind::Works, _) => WORKS,
        (_, Authority::Council) => COUNCIL,
        (_, Authority::CentralGovernment) => CENTRAL_GOVERNMENT,
    };
    let period = periods.iter().find(|(from, _)| *from <= day);
    period.map_or(Found::NotInForce, |(_, value)| Found::Is(Decimal::from(*value)))
}

/// VAT in per cent where it is added because the threshold of that day counts it.
fn vat_at(case: &Case<'_>, day: Option<&str>) -> Found<Decimal> {
    let vat = case.vat_percent.map_or(Found::Unknown, |vat| Found::Is(vat.0));
    match day {
        _ if case.date_of_change < VAT_COUNTS_FROM => Found::Is(Decimal::ZERO),
        // It may lie before the first period.
        None => Found::Unknown,
        Some(day) if day >= VAT_COUNTS_FROM => vat,
        Some(day) if day >= FIRST_THRESHOLDS => Found::Is(Decimal::ZERO),
        Some(_) => Found::NotInForce,
    }
}

/// What rests on which day's threshold counts, and on whether VAT is added to the change.
#[derive(Clone, Copy, Debug)]
struct ByThreshold {
    threshold: Found<Decimal>,
    vat: Found<Decimal>,
    below: Answer,
}

impl ByThreshold {
    fn ways(case: &Case<'_>, cumulative: Decimal) -> (Self, Ways<Answer, 4>) {
        let size = cumulative.abs();
        let mut all = None;
        let mut belows = Ways::new();
        for day in [case.procurement_began, Some(case.date_of_change)] {
            let threshold = threshold_at(case, day);
            for vat in [vat_at(case, day), Found::Is(Decimal::ZERO)] {
                let here = Found::Is(is_in_the_kingdom(case));
                let (threshold, vat) = (when(here, threshold), when(here, vat));
                let bare = threshold.map(|threshold| size < threshold);
                let counted = |threshold, vat| size * (HUNDRED + vat) < threshold * HUNDRED;
                let with_vat = match (threshold, vat) {
                    // A rate that is missing lies between 0 and 100.
                    (Found::Is(threshold), Found::Unknown) if counted(threshold, HUNDRED) => Found::Is(true),
                    (Found::Is(threshold), Found::Unknown) if !counted(threshold, Decimal::ZERO) => Found::Is(false),
                    _ => threshold.with(vat, counted),
                };
                let way = Self { threshold, vat, below: and(&[bare, with_vat]) };
                belows.add(way.below);
                all = Some(all.map_or(way, |before: Self| Self {
                    threshold: merged(before.threshold, way.threshold),
                    vat: merged(before.vat, way.vat),
                    below: merged(before.below, way.below),
                }));
            }
        }
        let unknown = Self { threshold: Found::Unknown, vat: Found::Unknown, below: Found::Unknown };
        (all.unwrap_or(unknown), belows)
    }
}

/// What rests on whether the initial value includes extensions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct ByInitialValue {
    below_safe_harbour: Answer,
    within_increase: Answer,
    small_lifetime_change: Answer,
    cabinet: Answer,
}

impl ByInitialValue {
    fn of(case: &Case<'_>, governed: &Governed, cumulative: Decimal, initial: Decimal) -> Self {
        let size = cumulative.abs();
        let small = size < LIFETIME_CHANGE || size * HUNDRED < Decimal::from(25) * initial;
        let delegated = if case.as_of < DELEGATION_FROM { Decimal::ZERO } else { Decimal::TEN };
        Self {
            below_safe_harbour: safe_harbour_percent(case, governed).map(|most| size * HUNDRED < most * initial),
            within_increase: when(
                governed.under_regulations,
                Found::Is(case.change_value.0 * HUNDRED <= Decimal::from(50) * initial),
            ),
            small_lifetime_change: when(governed.provider_selection, Found::Is(small)),
            cabinet: when(Found::Is(is_in_the_kingdom(case)), Found::Is(cumulative * HUNDRED > delegated * initial)),
        }
    }

    fn merged(self, other: Self) -> Self {
        Self {
            below_safe_harbour: merged(self.below_safe_harbour, other.below_safe_harbour),
            within_increase: merged(self.within_increase, other.within_increase),
            small_lifetime_change: merged(self.small_lifetime_change, other.small_lifetime_change),
            cabinet: merged(self.cabinet, other.cabinet),
        }
    }
}

fn percent_of_kind(case: &Case<'_>) -> Found<Decimal> {
    Found::Is(if case.contract_kind == Kind::Works { Decimal::from(15) } else { Decimal::TEN })
}

fn safe_harbour_percent(case: &Case<'_>, governed: &Governed) -> Found<Decimal> {
    when(governed.under_regulations, percent_of_kind(case))
}

fn decide_by_hand(lines: &[u8], identity: &Identity, out: &mut Vec<u8>) {
    let constants = record::Constants::of(identity);
    for line in lines.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()) {
        match serde_json::from_slice::<Case<'_>>(line) {
            Ok(case) => record::write(out, &case, &Decision::of(&case), &constants),
            Err(error) => out.extend_from_slice(format!("rejected: {error}\n").as_bytes()),
        }
    }
}

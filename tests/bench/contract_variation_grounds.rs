//! The grounds on which a contract may be varied, law by law.

use super::answer::{Answer, Found, all, and, any, choose, is_in, merged, not, or, when};
use super::{
    BOTH_CONDITIONS_FROM, ByInitialValue, ByThreshold, Case, Figures, Governed, Ground, HUNDRED, Kind, LIFETIME_CHANGE,
    PUBLISHED_ABOVE, is_in_the_kingdom, judged, percent_of_kind,
};
use rust_decimal::Decimal;

/// Grounds that no reading of the law changes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Settled {
    pub(super) kept_whole: Answer,
    pub(super) impracticable: Answer,
    pub(super) review_clause: Answer,
    pub(super) replacement: Answer,
    pub(super) not_substantial: Answer,
    pub(super) known_to_72: Answer,
    pub(super) freely_modified: Answer,
    pub(super) act_percent: Found<Decimal>,
    pub(super) value_changes_little: Answer,
    pub(super) term_changes_little: Answer,
    pub(super) insubstantial: Answer,
    pub(super) within_increase_of_act: Answer,
    pub(super) modification_provided_for: Answer,
    pub(super) urgent: Answer,
    pub(super) unforeseeable_modification: Answer,
    pub(super) known_risk: Answer,
    pub(super) additional_modification: Answer,
    pub(super) restructuring: Answer,
    pub(super) change_provided_for: Answer,
    pub(super) succession: Answer,
    pub(super) external_cause: Answer,
    pub(super) directly_awarded: Answer,
    pub(super) urgent_for_safety: Answer,
    pub(super) known_to_13: Answer,
}

/// Whether a law governs and the council relies on this ground, or on any.
fn relied_on(law: Answer, case: &Case<'_>, ground: Ground) -> Answer {
    and(&[law, is_in(case.ground, &[Ground::Any, ground])])
}

impl Settled {
    pub(super) fn of(case: &Case<'_>, governed: &Governed) -> Self {
        let regulations = governed.under_regulations;
        let provided_for = judged(case.provided_for);
        let nature = judged(case.overall_nature_unchanged);
        let replaced = judged(case.replacement_allowed);
        let unsubstantial = not(judged(case.substantial_change));
        let impossible = judged(case.change_of_contractor_impossible);
        let inconvenient = judged(case.change_of_contractor_inconvenient);
        let both_needed = case.procurement_began.map(|began| began >= BOTH_CONDITIONS_FROM).into();
        let impracticable = choose(both_needed, and(&[impossible, inconvenient]), or(&[impossible, inconvenient]));
        let under_72 = |ground, answer| when(relied_on(regulations, case, ground), answer);
        let nothing_before = Found::Is(case.earlier_changes_value.0.is_zero());
        let kept_whole = or(&[nothing_before, not(judged(case.split_to_avoid))]);
        let settled = Self {
            kept_whole: when(Found::Is(is_in_the_kingdom(case)), kept_whole),
            impracticable: under_72(Ground::AdditionalNeed, impracticable),
            review_clause: under_72(Ground::ProvidedFor, all(&[provided_for, nature])),
            replacement: under_72(Ground::NewContractor, replaced),
            not_substantial: under_72(Ground::NoSubstantialChange, unsubstantial),
            known_to_72: when(regulations, not(is_in(case.ground, &[Ground::Urgency, Ground::KnownRisk]))),
            ..Self::NONE
        };
        if governed.act == Found::Is(true) {
            settled.under_act(case, [provided_for, nature, replaced, unsubstantial, inconvenient])
        } else if governed.provider_selection == Found::Is(true) {
            settled.under_provider_selection(case, [provided_for, replaced])
        } else {
            settled
        }
    }

    /// Under none of the laws.
    const NONE: Self = Self {
        kept_whole: Found::NotApplicable,
        impracticable: Found::NotApplicable,
        review_clause: Found::NotApplicable,
        replacement: Found::NotApplicable,
        not_substantial: Found::NotApplicable,
        known_to_72: Found::NotApplicable,
        freely_modified: Found::NotApplicable,
        act_percent: Found::NotApplicable,
        value_changes_little: Found::NotApplicable,
        term_changes_little: Found::NotApplicable,
        insubstantial: Found::NotApplicable,
        within_increase_of_act: Found::NotApplicable,
        modification_provided_for: Found::NotApplicable,
        urgent: Found::NotApplicable,
        unforeseeable_modification: Found::NotApplicable,
        known_risk: Found::NotApplicable,
        additional_modification: Found::NotApplicable,
        restructuring: Found::NotApplicable,
        change_provided_for: Found::NotApplicable,
        succession: Found::NotApplicable,
        external_cause: Found::NotApplicable,
        directly_awarded: Found::NotApplicable,
        urgent_for_safety: Found::NotApplicable,
        known_to_13: Found::NotApplicable,
    };

    fn under_act(self, case: &Case<'_>, judgements: [Answer; 5]) -> Self {
        let [provided_for, nature, replaced, unsubstantial, inconvenient] = judgements;
        let relying = |ground, answer| when(is_in(case.ground, &[Ground::Any, ground]), answer);
        let (change, before) = (case.change_value.0, case.value_before.0);
        let term_changes_little = match (case.term_change_months, case.maximum_term_months) {
            (Some(change), Some(longest)) => Found::Is(change.0.abs() * HUNDRED <= Decimal::TEN * longest.0),
            // No term is shorter than no change.
            (Some(change), None) if change.0.is_zero() => Found::Is(true),
            _ => Found::Unknown,
        };
        let within_increase = Found::Is(change * HUNDRED <= Decimal::from(50) * before);
        let act_percent = percent_of_kind(case);
        Self {
            freely_modified: Found::Is(case.contract_kind == Kind::LightTouch),
            act_percent,
            value_changes_little: act_percent.map(|most| change.abs() * HUNDRED <= most * before),
            term_changes_little,
            insubstantial: relying(
                Ground::NoSubstantialChange,
                all(&[term_changes_little, unsubstantial, self.kept_whole]),
            ),
            within_increase_of_act: within_increase,
            modification_provided_for: relying(Ground::ProvidedFor, all(&[provided_for, nature])),
            urgent: relying(Ground::Urgency, judged(case.urgent_protection)),
            unforeseeable_modification: relying(
                Ground::Unforeseeable,
                all(&[judged(case.unforeseeable), nature, within_increase, self.kept_whole]),
            ),
            known_risk: relying(Ground::KnownRisk, all(&[judged(case.known_risk), within_increase, self.kept_whole])),
            additional_modification: relying(
                Ground::AdditionalNeed,
                all(&[judged(case.necessary_addition), inconvenient, within_increase, self.kept_whole]),
            ),
            restructuring: relying(Ground::NewContractor, replaced),
            ..self
        }
    }

    fn under_provider_selection(self, case: &Case<'_>, judgements: [Answer; 2]) -> Self {
        let [provided_for, replaced] = judgements;
        let relying = |ground, answer| when(is_in(case.ground, &[Ground::Any, ground]), answer);
        let same_character = not(judged(case.materially_different));
        Self {
            change_provided_for: relying(Ground::ProvidedFor, provided_for),
            succession: relying(Ground::NewContractor, replaced),
            external_cause: relying(Ground::Unforeseeable, all(&[judged(case.external_factors), same_character])),
            directly_awarded: relying(
                Ground::NoSubstantialChange,
                all(&[case.awarded_directly.into(), same_character]),
            ),
            urgent_for_safety: relying(Ground::Urgency, judged(case.urgent_for_safety)),
            known_to_13: not(is_in(case.ground, &[Ground::AdditionalNeed, Ground::KnownRisk])),
            ..self
        }
    }
}

/// Grounds that rest on how the law is read, and everything that rests on them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Open {
    pub(super) additional_need: Answer,
    pub(super) unforeseeable: Answer,
    pub(super) safe_harbour: Answer,
    pub(super) ground_of_72: Answer,
    pub(super) passes_72: Answer,
    pub(super) by_72: Answer,
    pub(super) by_older_rules: Answer,
    pub(super) small_modification: Answer,
    pub(super) by_74: Answer,
    pub(super) decision_of_authority: Answer,
    pub(super) ground_of_13: Answer,
    pub(super) by_13: Answer,
    pub(super) permitted: Answer,
    pub(super) change_notice: Answer,
    /// In the order of the record.
    pub(super) notices: [Answer; 5],
}

/// Which law tests a contract begun before the regulations.
#[derive(Clone, Copy, Debug)]
pub(super) enum OlderLaw {
    Regulation72,
    EarlierCaseLaw,
}

impl Open {
    pub(super) fn of(
        case: &Case<'_>,
        governed: &Governed,
        settled: &Settled,
        by_initial_value: &ByInitialValue,
        below: Answer,
        older_law: OlderLaw,
    ) -> Self {
        let within = by_initial_value.within_increase;
        let nature = judged(case.overall_nature_unchanged);
        let under_72 = |ground, answer| when(relied_on(governed.under_regulations, case, ground), answer);
        let whole = settled.kept_whole;
        let additional_need = under_72(
            Ground::AdditionalNeed,
            all(&[judged(case.necessary_addition), settled.impracticable, within, whole]),
        );
        let unforeseeable = under_72(Ground::Unforeseeable, all(&[judged(case.unforeseeable), nature, within, whole]));
        let safe_harbour = under_72(Ground::BelowThreshold, and(&[nature, below, by_initial_value.below_safe_harbour]));
        let ground_of_72 = any(&[
            settled.review_clause,
            additional_need,
            unforeseeable,
            settled.replacement,
            settled.not_substantial,
            safe_harbour,
        ]);
        let passes_72 = choose(settled.known_to_72, ground_of_72, Found::Is(false));
        let by_72 = when(governed.regulations, passes_72);
        let by_older_rules = when(
            governed.older_rules,
            match older_law {
                OlderLaw::Regulation72 => passes_72,
                OlderLaw::EarlierCaseLaw => earlier_case_law(case),
            },
        );
        let (small_modification, by_74) = by_section_74(case, governed, settled, below);
        let same_character = not(judged(case.materially_different));
        let decision_of_authority = when(
            relied_on(governed.provider_selection, case, Ground::BelowThreshold),
            all(&[same_character, by_initial_value.small_lifetime_change]),
        );
        let ground_of_13 = any(&[
            settled.change_provided_for,
            settled.succession,
            settled.external_cause,
            decision_of_authority,
            settled.directly_awarded,
            settled.urgent_for_safety,
        ]);
        let by_13 = choose(settled.known_to_13, ground_of_13, Found::Is(false));
        let change_notice = choose(by_74, notice_of_act(case, settled), Found::Is(false));
        let is_large = Found::Is(case.change_value.0.abs() >= LIFETIME_CHANGE);
        let is_published = Found::Is(case.value_before.0 + case.change_value.0 > PUBLISHED_ABOVE);
        Self {
            additional_need,
            unforeseeable,
            safe_harbour,
            ground_of_72,
            passes_72,
            by_72,
            by_older_rules,
            small_modification,
            by_74,
            decision_of_authority,
            ground_of_13,
            by_13,
            permitted: when(Found::Is(is_in_the_kingdom(case)), any(&[by_13, by_74, by_72, by_older_rules])),
            change_notice,
            notices: [
                or(&[additional_need, unforeseeable]),
                change_notice,
                settled.urgent_for_safety,
                choose(by_13, and(&[Found::Is(case.ground != Ground::Urgency), is_large]), Found::Is(false)),
                choose(change_notice, is_published, Found::Is(false)),
            ],
        }
    }

    pub(super) fn merged(self, other: Self) -> Self {
        let mut notices = self.notices;
        for (notice, of_other) in notices.iter_mut().zip(other.notices) {
            *notice = merged(*notice, of_other);
        }
        Self {
            additional_need: merged(self.additional_need, other.additional_need),
            unforeseeable: merged(self.unforeseeable, other.unforeseeable),
            safe_harbour: merged(self.safe_harbour, other.safe_harbour),
            ground_of_72: merged(self.ground_of_72, other.ground_of_72),
            passes_72: merged(self.passes_72, other.passes_72),
            by_72: merged(self.by_72, other.by_72),
            by_older_rules: merged(self.by_older_rules, other.by_older_rules),
            small_modification: merged(self.small_modification, other.small_modification),
            by_74: merged(self.by_74, other.by_74),
            decision_of_authority: merged(self.decision_of_authority, other.decision_of_authority),
            ground_of_13: merged(self.ground_of_13, other.ground_of_13),
            by_13: merged(self.by_13, other.by_13),
            permitted: merged(self.permitted, other.permitted),
            change_notice: merged(self.change_notice, other.change_notice),
            notices,
        }
    }
}

fn earlier_case_law(case: &Case<'_>) -> Answer {
    or(&[
        and(&[is_in(case.ground, &[Ground::Any, Ground::ProvidedFor]), judged(case.provided_for)]),
        and(&[is_in(case.ground, &[Ground::Any, Ground::NoSubstantialChange]), not(judged(case.substantial_change))]),
    ])
}

/// The below-threshold modification, and whether anything in section 74 permits the change.
fn by_section_74(case: &Case<'_>, governed: &Governed, settled: &Settled, below: Answer) -> (Answer, Answer) {
    if governed.act != Found::Is(true) {
        return (Found::NotApplicable, Found::NotApplicable);
    }
    let small = when(
        is_in(case.ground, &[Ground::Any, Ground::BelowThreshold]),
        all(&[settled.value_changes_little, below, not(judged(case.scope_materially_changed)), settled.kept_whole]),
    );
    let permitted = any(&[
        settled.freely_modified,
        small,
        settled.insubstantial,
        settled.modification_provided_for,
        settled.urgent,
        settled.unforeseeable_modification,
        settled.known_risk,
        settled.additional_modification,
        settled.restructuring,
    ]);
    (small, permitted)
}

/// Whether a permitted change wants a contract change notice.
fn notice_of_act(case: &Case<'_>, settled: &Settled) -> Answer {
    and(&[
        not(settled.freely_modified),
        or(&[
            Found::Is(case.ground == Ground::NewContractor),
            not(settled.value_changes_little),
            not(settled.term_changes_little),
        ]),
    ])
}

/// Everything that the record says of a case.
#[derive(Clone, Copy, Debug)]
pub(super) struct Decision {
    pub(super) governed: Governed,
    pub(super) figures: Figures,
    pub(super) by_threshold: ByThreshold,
    pub(super) safe_harbour_percent: Found<Decimal>,
    pub(super) by_initial_value: ByInitialValue,
    pub(super) settled: Settled,
    pub(super) open: Open,
    /// In the order of the record.
    pub(super) checks: [Answer; 8],
}

impl Decision {
    /// Only what the readings change is decided once for each way to read the law, and ways that come to the same are one.
    pub(super) fn of(case: &Case<'_>) -> Self {
        let governed = Governed::of(case);
        let figures = Figures::of(case);
        let settled = Settled::of(case, &governed);
        let (by_threshold, belows) = ByThreshold::ways(case, figures.cumulative);
        let [without, with] = [case.initial_value, case.initial_value_with_extensions]
            .map(|initial| ByInitialValue::of(case, &governed, figures.cumulative, initial.0));
        let both = [without, with];
        let initial_values = if without == with { &both[..1] } else { &both[..] };
        let laws = [OlderLaw::Regulation72, OlderLaw::EarlierCaseLaw];
        let laws = if governed.older_rules == Found::Is(true) { &laws[..] } else { &laws[..1] };
        let mut open: Option<Open> = None;
        for by_initial_value in initial_values {
            for below in belows.each() {
                for law in laws {
                    let way = Open::of(case, &governed, &settled, by_initial_value, below, *law);
                    open = Some(open.map_or(way, |before| before.merged(way)));
                }
            }
        }
        let by_first = || Open::of(case, &governed, &settled, &without, Found::Unknown, OlderLaw::Regulation72);
        Self {
            by_threshold,
            safe_harbour_percent: super::safe_harbour_percent(case, &governed),
            by_initial_value: without.merged(with),
            open: open.unwrap_or_else(by_first),
            checks: checks(case, &figures),
            governed,
            figures,
            settled,
        }
    }

    /// Whether the outcome is a yes or a no and every trigger is settled.
    pub(super) fn is_settled(&self) -> bool {
        matches!(self.open.permitted, Found::Is(_)) && !self.open.notices.contains(&Found::Unknown)
    }
}

/// Figures that look like a slip.
fn checks(case: &Case<'_>, figures: &Figures) -> [Answer; 8] {
    let (initial, before, change) = (case.initial_value.0, case.value_before.0, case.change_value.0);
    let as_at_award = before == initial || before == case.initial_value_with_extensions.0;
    [
        before * Decimal::TEN < initial || before > initial * Decimal::TEN,
        change > before || figures.cumulative > initial,
        before + change < Decimal::ZERO,
        initial.is_zero() || before.is_zero(),
        case.earlier_changes_value.0.is_zero() && !as_at_award,
        figures.band_before == "over_50" || figures.band_initial == "over_50",
        is_in_the_kingdom(case) && case.currency != "GBP",
        figures.band_before != figures.band_initial,
    ]
    .map(Found::Is)
}

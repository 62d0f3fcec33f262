//! The brief record of a contract variation: constant parts written out beforehand, states and values put between them.

use rust_decimal::Decimal;

use super::answer::{Answer, Found};
use super::cases::kind_words;
use super::grounds::Decision;
use super::{Case, LIGHT_TOUCH_LIST_FROM, displayed};
use crate::rival::Identity;

/// The entry of a decision in each state; the value and a closing brace follow that of a decided one.
struct Entry {
    met: &'static str,
    not_met: &'static str,
    decided: &'static str,
    cannot_tell: &'static str,
    not_applicable: &'static str,
    not_in_force: &'static str,
}

macro_rules! entry {
    ($id:literal) => {
        Entry {
            met: concat!("{\"id\":\"", $id, "\",\"state\":\"met\"},"),
            not_met: concat!("{\"id\":\"", $id, "\",\"state\":\"not met\"},"),
            decided: concat!("{\"id\":\"", $id, "\",\"state\":\"decided\",\"value\":"),
            cannot_tell: concat!("{\"id\":\"", $id, "\",\"state\":\"cannot tell\"},"),
            not_applicable: concat!("{\"id\":\"", $id, "\",\"state\":\"not applicable\"},"),
            not_in_force: concat!("{\"id\":\"", $id, "\",\"state\":\"not in force\"},"),
        }
    };
}

impl Entry {
    fn mark<T>(&self, found: Found<T>) -> &'static str {
        match found {
            Found::Is(_) => self.decided,
            Found::Unknown => self.cannot_tell,
            Found::NotApplicable => self.not_applicable,
            Found::NotInForce => self.not_in_force,
        }
    }

    fn answer(&self, answer: Answer) -> &'static str {
        match answer {
            Found::Is(true) => self.met,
            Found::Is(false) => self.not_met,
            mark => self.mark(mark),
        }
    }
}

const LAWS: [Entry; 5] = [
    entry!("governed by the Provider Selection Regime"),
    entry!("governed by the Procurement Act"),
    entry!("changed under regulations"),
    entry!("governed by the Public Contracts Regulations"),
    entry!("governed by older rules"),
];
const REGIME: Entry = entry!("regime");
const CPV_NUMBER: Entry = entry!("CPV number");
const LIGHT_TOUCH_GROUP: Entry = entry!("light touch group");
const KIND: Entry = entry!("kind of contract");
const CUMULATIVE: &str = "{\"id\":\"cumulative change\",\"state\":\"decided\",\"value\":";
const AGAINST_BEFORE: &str = "},{\"id\":\"change against value before\",\"state\":\"decided\",\"value\":";
const AGAINST_INITIAL: &str = "},{\"id\":\"change against initial value\",\"state\":\"decided\",\"value\":";
const DISPLAYED_BEFORE: &str = "},{\"id\":\"displayed change against value before\",\"state\":\"decided\",\"value\":";
const DISPLAYED_INITIAL: &str = "},{\"id\":\"displayed change against initial value\",\"state\":\"decided\",\"value\":";
const BAND_BEFORE: &str = "},{\"id\":\"band against value before\",\"state\":\"decided\",\"value\":\"";
const BAND_INITIAL: &str = "\"},{\"id\":\"band against initial value\",\"state\":\"decided\",\"value\":\"";
const THRESHOLD: Entry = entry!("threshold");
const VAT: Entry = entry!("VAT counted");
const BELOW: Entry = entry!("below the threshold");
const SAFE_HARBOUR_PERCENT: Entry = entry!("safe harbour percent");
const BEFORE_ACT: [Entry; 16] = [
    entry!("below the safe harbour percentage"),
    entry!("within the largest increase"),
    entry!("change kept whole"),
    entry!("another contractor impracticable"),
    entry!("review clause"),
    entry!("additional need"),
    entry!("unforeseeable circumstances"),
    entry!("replacement of the contractor"),
    entry!("no substantial change"),
    entry!("safe harbour"),
    entry!("ground of regulation 72"),
    entry!("ground known to regulation 72"),
    entry!("passes regulation 72"),
    entry!("permitted by regulation 72"),
    entry!("permitted under older rules"),
    entry!("freely modified"),
];
const ACT_PERCENT: Entry = entry!("section 74 percent");
const FROM_ACT: [Entry; 25] = [
    entry!("value changes little"),
    entry!("term changes little"),
    entry!("small modification"),
    entry!("insubstantial modification"),
    entry!("within the largest increase of Schedule 8"),
    entry!("modification provided for"),
    entry!("urgent modification"),
    entry!("unforeseeable modification"),
    entry!("known risk modification"),
    entry!("additional modification"),
    entry!("transfer on restructuring"),
    entry!("permitted by section 74"),
    entry!("small lifetime change"),
    entry!("change provided for"),
    entry!("succession of the provider"),
    entry!("external cause"),
    entry!("decision of the authority"),
    entry!("directly awarded contract"),
    entry!("urgent change"),
    entry!("ground of regulation 13"),
    entry!("ground known to regulation 13"),
    entry!("permitted by regulation 13"),
    entry!("variation permitted"),
    entry!("Cabinet must approve"),
    entry!("contract change notice due"),
];

/// A trigger: its name, and its entry in the record when it fires and when it does not.
struct Trigger {
    name: &'static str,
    fires: &'static str,
    does_not_fire: &'static str,
}

macro_rules! trigger {
    ($decision:literal, $id:literal $(, $deadline:literal)?) => {
        Trigger {
            name: concat!("\"", $id, "\""),
            fires: concat!("{" $(, "\"deadline\":\"", $deadline, "\",")?, "\"decision\":\"", $decision, "\",\"id\":\"", $id, "\",\"state\":\"fires\"}"),
            does_not_fire: concat!(
                "{\"decision\":\"",
                $decision,
                "\",\"id\":\"",
                $id,
                "\",\"state\":\"does not fire\"}"
            ),
        }
    };
}

const NOTICES: [Trigger; 5] = [
    trigger!("notices", "modification notice"),
    trigger!("notices", "contract change notice"),
    trigger!("notices", "notice of urgent modification"),
    trigger!("notices", "notice of the modification"),
    trigger!("notices", "publication of the modification", "90 days from the day of the change"),
];
const CHECKS: [Trigger; 8] = [
    trigger!("figures to check", "value before differs widely"),
    trigger!("figures to check", "value more than doubles"),
    trigger!("figures to check", "value falls below zero"),
    trigger!("figures to check", "no value"),
    trigger!("figures to check", "earlier changes left out"),
    trigger!("figures to check", "more than half"),
    trigger!("figures to check", "other currency"),
    trigger!("figures to check", "bands differ"),
];

/// What is the same for each case of a run.
pub(super) struct Constants {
    engine: String,
    pack: String,
}

impl Constants {
    pub(super) fn of(identity: &Identity) -> Self {
        Self {
            engine: format!(
                "],\"engine\":{{\"sha256\":\"{}\",\"version\":\"{}\"}},\"layers\":{{\"council constitution\":{{\"decision\":\"Cabinet must approve\",\"state\":\"",
                identity.engine_sha256, identity.engine_version
            ),
            pack: format!(
                "\"}},\"pack\":{{\"id\":\"{}\",\"sha256\":\"{}\",\"version\":\"{}\"}},\"readings\":{{\"depends\":false}},\"triggers\":[",
                identity.pack_id, identity.pack_sha256, identity.pack_version
            ),
        }
    }
}

pub(super) fn write(out: &mut Vec<u8>, case: &Case<'_>, decision: &Decision, constants: &Constants) {
    push(out, "{\"as_of\":\"");
    push(out, case.as_of);
    // The generated identifiers hold no character that JSON would escape.
    push(out, "\",\"case\":\"");
    push(out, case.case);
    push(out, "\",\"criteria\":[");
    figures(out, case, decision);
    answers(out, &BEFORE_ACT, before_act(decision));
    figure(out, &ACT_PERCENT, decision.settled.act_percent);
    answers(out, &FROM_ACT, from_act(decision));
    push(out, "{\"id\":\"notices\",\"state\":\"decided\",\"value\":[");
    fired(out, &NOTICES, decision.open.notices);
    push(out, "]},{\"id\":\"figures to check\",\"state\":\"decided\",\"value\":[");
    fired(out, &CHECKS, decision.checks);
    push(out, "]}");
    push(out, &constants.engine);
    push(out, words(decision.by_initial_value.cabinet));
    push(out, "\"},\"statute\":{\"decision\":\"variation permitted\",\"state\":\"");
    push(out, words(decision.open.permitted));
    push(out, "\"}},\"missing\":[],\"next\":null,\"outcome\":{\"decision\":\"variation permitted\",\"state\":\"");
    push(out, words(decision.open.permitted));
    push(out, &constants.pack);
    triggers(out, &NOTICES, decision.open.notices);
    push(out, ",");
    triggers(out, &CHECKS, decision.checks);
    push(out, "]}\n");
}

fn push(out: &mut Vec<u8>, text: &str) {
    out.extend_from_slice(text.as_bytes());
}

/// From the law that governs to the percentage of the safe harbour.
fn figures(out: &mut Vec<u8>, case: &Case<'_>, decision: &Decision) {
    let governed = &decision.governed;
    let laws = [
        governed.provider_selection,
        governed.act,
        governed.under_regulations,
        governed.regulations,
        governed.older_rules,
    ];
    answers(out, &LAWS, laws);
    let regime = governed.regime();
    push(out, REGIME.mark(regime));
    if let Found::Is(regime) = regime {
        push(out, "\"");
        push(out, regime);
        push(out, "\"},");
    }
    kind(out, case);
    let figures = &decision.figures;
    let percents = [
        (AGAINST_BEFORE, figures.against_before),
        (AGAINST_INITIAL, figures.against_initial),
        (DISPLAYED_BEFORE, figures.against_before.map(displayed)),
        (DISPLAYED_INITIAL, figures.against_initial.map(displayed)),
    ];
    push(out, CUMULATIVE);
    number(out, figures.cumulative);
    for (before, percent) in percents {
        push(out, before);
        match percent {
            Some(percent) => number(out, percent),
            None => push(out, "null"),
        }
    }
    push(out, BAND_BEFORE);
    push(out, figures.band_before);
    push(out, BAND_INITIAL);
    push(out, figures.band_initial);
    push(out, "\"},");
    figure(out, &THRESHOLD, decision.by_threshold.threshold);
    figure(out, &VAT, decision.by_threshold.vat);
    push(out, BELOW.answer(decision.by_threshold.below));
    figure(out, &SAFE_HARBOUR_PERCENT, decision.safe_harbour_percent);
}

/// The kind of contract, which every case says without a CPV code.
fn kind(out: &mut Vec<u8>, case: &Case<'_>) {
    let listed = case.date_of_change >= LIGHT_TOUCH_LIST_FROM;
    push(out, CPV_NUMBER.not_applicable);
    push(out, if listed { LIGHT_TOUCH_GROUP.not_applicable } else { LIGHT_TOUCH_GROUP.not_in_force });
    push(out, KIND.decided);
    push(out, "\"");
    push(out, kind_words(case.contract_kind));
    push(out, "\"},");
}

fn before_act(decision: &Decision) -> [Answer; 16] {
    let Decision { settled, open, by_initial_value, .. } = decision;
    [
        by_initial_value.below_safe_harbour,
        by_initial_value.within_increase,
        settled.kept_whole,
        settled.impracticable,
        settled.review_clause,
        open.additional_need,
        open.unforeseeable,
        settled.replacement,
        settled.not_substantial,
        open.safe_harbour,
        open.ground_of_72,
        settled.known_to_72,
        open.passes_72,
        open.by_72,
        open.by_older_rules,
        settled.freely_modified,
    ]
}

fn from_act(decision: &Decision) -> [Answer; 25] {
    let Decision { settled, open, by_initial_value, .. } = decision;
    [
        settled.value_changes_little,
        settled.term_changes_little,
        open.small_modification,
        settled.insubstantial,
        settled.within_increase_of_act,
        settled.modification_provided_for,
        settled.urgent,
        settled.unforeseeable_modification,
        settled.known_risk,
        settled.additional_modification,
        settled.restructuring,
        open.by_74,
        by_initial_value.small_lifetime_change,
        settled.change_provided_for,
        settled.succession,
        settled.external_cause,
        open.decision_of_authority,
        settled.directly_awarded,
        settled.urgent_for_safety,
        open.ground_of_13,
        settled.known_to_13,
        open.by_13,
        open.permitted,
        by_initial_value.cabinet,
        open.change_notice,
    ]
}

fn answers<const N: usize>(out: &mut Vec<u8>, entries: &[Entry; N], answers: [Answer; N]) {
    for (entry, answer) in entries.iter().zip(answers) {
        push(out, entry.answer(answer));
    }
}

fn figure(out: &mut Vec<u8>, entry: &Entry, figure: Found<Decimal>) {
    push(out, entry.mark(figure));
    if let Found::Is(figure) = figure {
        number(out, figure);
        push(out, "},");
    }
}

fn fired<const N: usize>(out: &mut Vec<u8>, triggers: &[Trigger; N], answers: [Answer; N]) {
    let mut comma = "";
    for (trigger, _) in triggers.iter().zip(answers).filter(|(_, answer)| *answer == Found::Is(true)) {
        push(out, comma);
        push(out, trigger.name);
        comma = ",";
    }
}

fn triggers<const N: usize>(out: &mut Vec<u8>, triggers: &[Trigger; N], answers: [Answer; N]) {
    let mut comma = "";
    for (trigger, answer) in triggers.iter().zip(answers) {
        push(out, comma);
        push(out, if answer == Found::Is(true) { trigger.fires } else { trigger.does_not_fire });
        comma = ",";
    }
}

fn words(answer: Answer) -> &'static str {
    match answer {
        Found::Is(true) => "met",
        Found::Is(false) => "not met",
        Found::Unknown => "cannot tell",
        Found::NotApplicable => "not applicable",
        Found::NotInForce => "not in force",
    }
}

/// Plainly and without zeros at the end. Digits are made from the last to the first, in halves that fit 64 bits.
fn number(out: &mut Vec<u8>, number: Decimal) {
    const HALF: u128 = 10_000_000_000_000_000_000;
    let mut places = usize::try_from(number.scale()).unwrap_or(0);
    let mantissa = number.mantissa().unsigned_abs();
    let (high, low) = (mantissa / HALF, mantissa % HALF);
    let mut digits = [b'0'; 40];
    for (half, end) in [(low, 40), (high, 21)] {
        let mut half = u64::try_from(half).unwrap_or(0);
        let mut place = end;
        while half > 0 {
            place -= 1;
            digits[place] = b'0' + u8::try_from(half % 10).unwrap_or(0);
            half /= 10;
        }
    }
    let mut end = digits.len();
    while places > 0 && digits[end - 1] == b'0' {
        end -= 1;
        places -= 1;
    }
    let point = end - places;
    let first = digits[..point].iter().position(|digit| *digit != b'0').unwrap_or(point - 1);
    if number.is_sign_negative() && mantissa > 0 {
        out.push(b'-');
    }
    out.extend_from_slice(&digits[first..point]);
    if places > 0 {
        out.push(b'.');
        out.extend_from_slice(&digits[point..end]);
    }
}

//! The reasons: what came of each decision, on which facts and parameters, and where it stands.

use super::auditor;
use super::block::{Detail, Entry, Tone};
use super::layout::{period, state_and_value, state_in_words};
use crate::explain::{Compared, Criterion, Explanation, Line, Open, show};
use crate::program::State;
use crate::value::Value;
use crate::words::{self, Words};

/// A value with more characters is no mark before a title.
const LONGEST_MARK: usize = 60;
/// So many items of a long list of facts are told; an auditor is told all.
const FIRST_ITEMS: usize = 3;

/// An entry for each decision. What nobody needs to know comes last, in one entry, except for an auditor.
pub(super) fn of(explanation: &Explanation<'_>, in_full: bool) -> Vec<Entry> {
    let language = explanation.language_told();
    let open = explanation.open();
    let mut entries = Vec::new();
    let (mut not_needed, mut told): (Vec<&str>, Vec<&str>) = (Vec::new(), Vec::new());
    for criterion in explanation.criteria() {
        if !in_full && !criterion.is_needed(&open) {
            not_needed.push(criterion.title());
            continue;
        }
        let mut entry = reason(criterion, &open, language, in_full, &mut told);
        if in_full {
            auditor::add(&mut entry.details, criterion);
        }
        entries.push(entry);
    }
    if !not_needed.is_empty() {
        let mark = words::of(language).not_needed.to_owned();
        entries.push(Entry { mark, text: not_needed.join("; "), ..Entry::default() });
    }
    entries
}

/// The state or the value of a decision; of a long value the state, and the value as a detail unless the sentence tells it.
pub(super) fn mark(criterion: Criterion<'_>, language: &str) -> (String, Option<Detail>) {
    let words = words::of(language);
    let mark = state_and_value(criterion.state(), criterion.value(), criterion.unit(), language);
    let lines = criterion.lines();
    if lines.is_none() && mark.chars().count() <= LONGEST_MARK {
        return (mark, None);
    }
    let told = criterion.because().is_some_and(|sentence| sentence.contains(&mark));
    let listed = lines.map(|lines| Detail::Listed(words.result.to_owned(), lines));
    let detail = listed.unwrap_or(Detail::Labelled(words.result, mark));
    (state_in_words(criterion.state(), language).to_owned(), (!told).then_some(detail))
}

/// Where a "no" begins: the decisions behind it that are not met, with their sentences.
pub(super) fn not_met(outcome: Criterion<'_>, language: &str) -> Option<Detail> {
    if outcome.state() != State::NotMet {
        return None;
    }
    let line = |criterion: Criterion<'_>| {
        let because = criterion.because().map_or_else(String::new, |because| [": ", &because].concat());
        Line { depth: 0, text: [criterion.title(), &because].concat() }
    };
    let lines: Vec<Line> = outcome.not_met().into_iter().map(line).collect();
    (!lines.is_empty()).then(|| Detail::Listed(words::of(language).what_is_not_met.to_owned(), lines))
}

fn reason<'d>(
    criterion: Criterion<'d>,
    open: &[Open],
    language: &str,
    in_full: bool,
    told: &mut Vec<&'d str>,
) -> Entry {
    let words = words::of(language);
    let (mut mark, listed) = mark(criterion, language);
    if !criterion.is_needed(open) {
        words.not_needed.clone_into(&mut mark);
    }
    let mut details: Vec<Detail> = criterion.because().into_iter().map(Detail::Sentence).collect();
    details.extend(criterion.reason().map(|reason| Detail::Sentence(reason.to_owned())));
    details.extend(listed);
    facts(&mut details, criterion, words, in_full, told);
    let compared = criterion.compared();
    details.extend(compared.iter().map(|compared| Detail::Labelled(words.compared, distance(compared, language))));
    parameters(&mut details, criterion, language, in_full);
    let sources = criterion.sources();
    if !sources.is_empty() {
        details.push(Detail::Labelled(words.source, sources.join(", ")));
    }
    Entry { mark, tone: Tone::of(criterion.state()), text: criterion.title().to_owned(), details }
}

/// The facts that were seen. A long list is told once, and a part of it, unless the report is told in full.
fn facts<'d>(
    details: &mut Vec<Detail>,
    criterion: Criterion<'d>,
    words: &Words,
    in_full: bool,
    told: &mut Vec<&'d str>,
) {
    let (mut seen, mut lists) = (Vec::new(), Vec::new());
    for fact in criterion.seen() {
        match fact.lines(if in_full { usize::MAX } else { FIRST_ITEMS }) {
            Some(_) if told.contains(&fact.label()) => seen.push([fact.label(), ": ", words.as_above].concat()),
            Some(lines) => {
                if !in_full {
                    told.push(fact.label());
                }
                lists.push(Detail::Listed(fact.label().to_owned(), lines));
            }
            None => seen.push([fact.label(), ": ", &fact.words()].concat()),
        }
    }
    if !seen.is_empty() {
        details.push(Detail::Labelled(words.facts, seen.join("; ")));
    }
    details.extend(lists);
}

fn parameters(details: &mut Vec<Detail>, criterion: Criterion<'_>, language: &str, in_full: bool) {
    let words = words::of(language);
    for parameter in criterion.parameters() {
        let period = period(parameter.period.period.from, parameter.period.period.to, language);
        let said = |value: &str| words::filled(words.parameter_source, &[value, &period, parameter.source()]);
        let title = parameter.title();
        details.push(if parameter.is_calendar() {
            Detail::Labelled(words.calendar, said(title))
        } else if let Some(lines) = parameter.lines(if in_full { usize::MAX } else { FIRST_ITEMS }) {
            Detail::Listed([words.parameter, ": ", &said(title)].concat(), lines)
        } else {
            let value = [title, " = ", &show(parameter.value(), parameter.unit(), language)].concat();
            Detail::Labelled(words.parameter, said(&value))
        });
    }
}

/// What was held against what, and how far apart they are.
fn distance(compared: &Compared<'_>, language: &str) -> String {
    let shown = |amount| show(&Value::Number(amount), compared.unit, language);
    let side = |name: Option<&str>, amount| match name {
        Some(name) => format!("{name} ({})", shown(amount)),
        None => shown(amount),
    };
    let words = words::of(language);
    let off = match compared.distance {
        distance if distance.is_zero() => words.equal.to_owned(),
        distance if distance.is_sign_negative() => words::filled(words.below, &[&shown(distance.abs())]),
        distance => words::filled(words.above, &[&shown(distance)]),
    };
    let (left, right) = (side(compared.left, compared.left_value), side(compared.right, compared.right_value));
    [&left, " ", compared.operator, " ", &right, ", ", &off].concat()
}

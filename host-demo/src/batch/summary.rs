//! The table at the end of a batch.

use super::progress::grouped;
use super::tally::Tally;
use std::collections::BTreeMap;
use std::fmt::Write;

/// So many facts and keys are listed; the rest is counted.
const LISTED: usize = 10;

/// What is counted, in words for a person.
pub(crate) fn summary(tally: &Tally, elapsed: std::time::Duration, reject_files: &[String]) -> String {
    let mut text = String::new();
    rows(&mut text, tally, elapsed, reject_files);
    let values = if tally.values.is_empty() { &tally.outcomes } else { &tally.values };
    section(&mut text, "Outcome", &by_count(&tally.outcomes), tally.records);
    if !tally.values.is_empty() {
        section(&mut text, "Value of the outcome", &by_count(values), tally.records);
    }
    triggers(&mut text, &tally.triggers, tally.records);
    section(&mut text, "Missing most often, in cases that cannot be told", &by_count(&tally.missing), tally.records);
    undeclared(&mut text, tally);
    text
}

fn rows(text: &mut String, tally: &Tally, elapsed: std::time::Duration, reject_files: &[String]) {
    let line = format!(
        "{} rows = {} records + {} rejects, in {:.1} s",
        grouped(tally.rows),
        grouped(tally.records),
        grouped(tally.rejected),
        elapsed.as_secs_f64()
    );
    push(text, &line);
    for file in reject_files {
        push(text, &format!("Why rows were rejected stands in {file}"));
    }
}

fn section(text: &mut String, title: &str, counts: &[(&str, u64)], all: u64) {
    if counts.is_empty() {
        return;
    }
    push(text, "");
    push(text, title);
    for (name, count) in counts.iter().take(LISTED) {
        push(text, &format!("  {:<40} {:>12} {:>7}", name, grouped(*count), share(*count, all)));
    }
    if counts.len() > LISTED {
        push(text, &format!("  and {} more", counts.len() - LISTED));
    }
}

fn triggers(text: &mut String, triggers: &BTreeMap<String, BTreeMap<String, u64>>, all: u64) {
    if triggers.is_empty() {
        return;
    }
    push(text, "");
    push(text, &format!("{:<42} {:>12} {:>7} {:>12}", "Trigger", "fires", "", "cannot tell"));
    for (name, states) in triggers {
        let count = |state: &str| states.get(state).copied().unwrap_or_default();
        let (fires, open) = (count("fires"), count("cannot tell"));
        push(text, &format!("  {:<40} {:>12} {:>7} {:>12}", name, grouped(fires), share(fires, all), grouped(open)));
    }
}

fn undeclared(text: &mut String, tally: &Tally) {
    if tally.undeclared.is_empty() {
        return;
    }
    push(text, "");
    push(text, "Not declared in the pack, and so not looked at");
    for (pointer, undeclared) in tally.undeclared.iter().take(LISTED) {
        let name = pointer.trim_start_matches('/');
        let help = undeclared.help.as_deref().unwrap_or_default();
        push(text, format!("  {:<40} {:>12}  {help}", name, grouped(undeclared.count)).trim_end());
    }
    if tally.undeclared.len() > LISTED {
        push(text, &format!("  and {} more", tally.undeclared.len() - LISTED));
    }
}

fn by_count(counts: &BTreeMap<String, u64>) -> Vec<(&str, u64)> {
    let mut sorted: Vec<_> = counts.iter().map(|(name, count)| (name.as_str(), *count)).collect();
    sorted.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    sorted
}

/// The share of all in per cent, to one place, with whole numbers only.
fn share(count: u64, all: u64) -> String {
    let tenths = (count * 1_000 + all / 2).checked_div(all).unwrap_or_default();
    format!("{}.{} %", tenths / 10, tenths % 10)
}

fn push(text: &mut String, line: &str) {
    // Writing into a text has no way to fail.
    let _ = writeln!(text, "{line}");
}

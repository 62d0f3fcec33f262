//! What holds of every FEEL text, whoever or whatever wrote it.

use rules_core::{Diagnostic, Feel, FeelAnswer, FeelCheck};

use crate::time_zones;

/// FEEL with a value of most kinds, and with `who`, which is not known.
#[must_use]
pub fn feel() -> Feel {
    let mut feel = Feel::new();
    let dated = feel.decide_at("2020-10-14");
    let values =
        r#"{x: 3, y z: "a", rows: [{a: 1, b c: "b"}, {a: null}], day: @"2020-02-29", yes: true, item: [1, 2]}"#;
    let read = feel.read(values).is_ok();
    debug_assert!(dated && read, "the values are FEEL");
    feel.use_time_zones(time_zones());
    feel.not_known("who");
    feel
}

/// The law that `text` breaks as an expression, in words: reading, checking, printing and evaluating it must fit together.
#[must_use]
pub fn broken(feel: &Feel, text: &str) -> Option<String> {
    let check = feel.check(text);
    let answer = feel.evaluate(text);
    let printed = match (printed(feel, text), &answer) {
        (Ok(printed), _) => printed,
        (Err(faults), Err(_)) if faults == check.diagnostics() => return None,
        (Err(faults), _) => return Some(format!("is read by one and not by another: {faults:?}")),
    };
    if printed != text
        && let Some(broken) = broken_by_print(feel, &printed, &check, &answer)
    {
        return Some(format!("prints as {printed}, and that {broken}"));
    }
    let Ok(answer) = answer else { return None };
    // beyond the limits of numbers a number is null, and a filter by null gives the empty list
    let sure = stays_small(text) || !(text.contains('[') || answer.typed().contains(r#""t":"null""#));
    if !is_faulty(&check) && sure && !check.allows(&answer) {
        return Some(format!("gives {}, and its type is {}", answer.feel(), check.words()));
    }
    written_back(feel, &answer)
}

fn is_faulty(check: &FeelCheck) -> bool {
    check.diagnostics().iter().any(Diagnostic::is_error)
}

fn printed(feel: &Feel, text: &str) -> Result<String, Vec<Diagnostic>> {
    feel.parse(text).map(|expression| expression.to_string())
}

/// What is printed has the same type and value, and prints as itself.
fn broken_by_print(
    feel: &Feel,
    printed: &str,
    check: &FeelCheck,
    answer: &Result<FeelAnswer, Vec<Diagnostic>>,
) -> Option<String> {
    let again = self::printed(feel, printed);
    if again.as_deref() != Ok(printed) {
        return Some(format!("prints as {again:?}"));
    }
    let words = feel.check(printed).words();
    if !is_faulty(check) && words != check.words() {
        return Some(format!("is {words} and not {}", check.words()));
    }
    match (feel.evaluate(printed), answer) {
        (Ok(again), Ok(answer)) if again.typed() != answer.typed() => {
            Some(format!("gives {} and not {}", again.feel(), answer.feel()))
        }
        (Ok(_), Ok(_)) | (Err(_), Err(_)) => None,
        (again, _) => Some(format!("gives {again:?}")),
    }
}

/// A value that is written as FEEL reads back as the same value, unless it holds a function or what is not known, or is very
/// long.
fn written_back(feel: &Feel, answer: &FeelAnswer) -> Option<String> {
    let written = answer.feel();
    let typed = answer.typed();
    if written.contains("unknown") || written.len() > 1_000 || written.contains("function(") {
        return None;
    }
    match feel.evaluate(&written) {
        Ok(again) if again.typed() == typed => None,
        other => Some(format!("gives {written}, and that gives {other:?}")),
    }
}

/// Whether nothing in `text` can make a number or a date too large to be held. Such limits do not show in types, since almost
/// every result could pass them.
fn stays_small(text: &str) -> bool {
    let digits = text.split(|character: char| !character.is_ascii_digit()).map(str::len).max();
    let grows = ["exp", "product", "partial", "decimal", "floor", "ceiling", "round", "**"]
        .iter()
        .any(|word| text.contains(word));
    !grows && digits < Some(5) && text.matches('*').count() < 3
}

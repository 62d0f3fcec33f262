//! FEEL texts that no person wrote: whatever they are, every step ends with an answer or with faults.

use rules_core::{Feel, FeelAnswer};
use rules_tests::expressions::{NAMES, expression};
use rules_tests::random::Random;
use rules_tests::{laws, seeds};

/// What texts are made of.
const WORDS: &[&str] = &[
    "1",
    "2.5",
    ".5",
    "1e3",
    "0",
    "\"a\"",
    "\"\\u00e9\"",
    "true",
    "false",
    "null",
    "x",
    "y z",
    "item",
    "?",
    "count",
    "sum",
    "date",
    "not",
    "date and time",
    "+",
    "-",
    "*",
    "/",
    "**",
    "=",
    "!=",
    "<",
    "<=",
    ">",
    ">=",
    "and",
    "or",
    "in",
    "between",
    "if",
    "then",
    "else",
    "for",
    "return",
    "some",
    "every",
    "satisfies",
    "instance of",
    "number",
    "list<number>",
    "function",
    "(",
    ")",
    "(",
    ")",
    "[",
    "]",
    "[",
    "]",
    "{",
    "}",
    ",",
    ":",
    ".",
    "..",
    "@\"2020-10-14\"",
    "@\"P1D\"",
    "a:",
    "b:",
    "//",
    "/* c */",
    "\n",
    "\"",
    "'",
    "#",
    "==",
    "&&",
    "!",
    "%",
    "é",
    "🐎",
];

fn text(random: &mut Random) -> String {
    let length = random.below(24) + 1;
    let words: Vec<&str> = (0..length).map(|_| random.pick(WORDS)).collect();
    words.join(if random.below(4) == 0 { "" } else { " " })
}

#[test]
fn texts_at_random_are_read_checked_and_evaluated_without_an_end_of_the_program() {
    let mut random = Random::new(20_201_014);
    let mut feel = Feel::new();
    assert!(feel.decide_at("2020-10-14"));
    feel.read("{x: [1, 2, {a: 3}], y z: 7}").unwrap();
    let mut read = 0;
    for _ in 0..10_000 {
        let text = text(&mut random);
        let check = feel.check(&text);
        if let Ok(answer) = feel.evaluate(&text) {
            read += 1;
            let faulty = check.diagnostics().iter().any(|found| found.is_error());
            let limit = answer.reason().is_some_and(|reason| reason.contains("too large"));
            assert!(faulty || limit || check.allows(&answer), "{text} gives {}, not {}", answer.feel(), check.words());
        }
    }
    assert!(read > 200, "only {read} of the texts were FEEL");
}

#[test]
fn the_types_found_in_random_expressions_are_those_of_their_values() {
    let mut random = Random::new(7);
    let (mut sound, mut values, mut wrong) = (0, 0, Vec::new());
    for round in 0..7_000 {
        let mut feel = Feel::new();
        assert!(feel.decide_at("2020-10-14"));
        feel.read("{x: 3, y z: \"a\", rows: [{a: 1, b: \"b\"}, {a: null}], day: @\"2020-02-29\"}").unwrap();
        if round % 3 == 0 {
            feel.not_known(random.pick(NAMES));
        }
        let text = expression(&mut random, 4);
        let check = feel.check(&text);
        let answer = feel.evaluate(&text).unwrap_or_else(|faults| panic!("{text}: {faults:?}"));
        if check.diagnostics().iter().any(|found| found.is_error()) {
            continue;
        }
        sound += 1;
        values += usize::from(answer.feel() != "null");
        let limit = answer.reason().is_some_and(|reason| reason.contains("too large") || reason.contains("too small"));
        if !limit && !check.allows(&answer) {
            wrong.push(format!("{text} gives {}, not {}", answer.feel(), check.words()));
        }
    }
    wrong.sort_by_key(String::len);
    wrong.truncate(20);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(sound > 1_000 && values > 700, "{sound} of the expressions were sound, {values} gave a value");
}

#[test]
fn an_expression_made_ready_gives_what_its_text_gives_whatever_the_values() {
    let values = [
        r#"{x: 3, y z: "a", rows: [{a: 1, b: "b"}, {a: null}], day: @"2020-02-29"}"#,
        r#"{x: -2.5, y z: [], rows: [{a: "c", b: 1}], day: null}"#,
    ];
    let scopes = values.map(|values| {
        let mut feel = Feel::new();
        feel.read(values).unwrap();
        feel
    });
    let mut random = Random::new(31);
    let mut changed = 0;
    for _ in 0..2_000 {
        let text = expression(&mut random, 4);
        let mut ready = scopes[0].prepare(&text).unwrap();
        let mut answers = Vec::new();
        for (values, feel) in values.iter().zip(&scopes) {
            ready.read(values).unwrap();
            let said = |answer: FeelAnswer| (answer.typed(), answer.reason().map(str::to_owned));
            let anew = feel.evaluate(&text).map(said);
            assert_eq!(ready.evaluate().map(said), anew, "{text} with {values}");
            answers.push(anew);
        }
        changed += usize::from(answers[0] != answers[1]);
    }
    assert!(changed > 100, "only {changed} of the expressions give something else with other values");
}

#[test]
fn the_deepest_expressions_that_are_read_are_also_checked_and_evaluated() {
    let feel = Feel::new();
    for (open, middle, close, times) in [
        ("(", "1", ")", 120),
        ("-", "1", "", 120),
        ("[", "1", "]", 120),
        ("{a: ", "1", "}", 120),
        ("if true then ", "1", " else 2", 120),
        ("for i in [1] return ", "1", "", 120),
        ("some i in [1] satisfies ", "true", "", 120),
        ("function(f) ", "1", "", 120),
        ("abs(", "1", ")", 120),
        ("1 in (", "1", ")", 60),
        ("", "1", " + 1", 390),
        ("", "[1]", "[1]", 120),
        ("", "x", ".x", 390),
    ] {
        let text = open.repeat(times) + middle + &close.repeat(times);
        let _ = feel.check(&text);
        assert!(feel.evaluate(&text).is_ok(), "{times} times {open}…{close}: {:?}", feel.evaluate(&text).err());
    }
}

#[test]
fn every_expression_of_the_corpora_and_every_text_that_the_fuzzer_found_keeps_the_laws() {
    let feel = laws::feel();
    let texts = seeds::expressions().unwrap();
    assert!(texts.len() > 2_000, "the corpora are no longer where this test reads them");
    let broken: Vec<String> =
        texts.iter().filter_map(|text| Some(format!("{text}\n  {}", laws::broken(&feel, text)?))).collect();
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

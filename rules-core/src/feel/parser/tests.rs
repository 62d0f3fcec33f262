//! The corpora of the parser: faulty texts with what is said about them, and texts with how they print.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use std::fmt::Write;

use serde_json::Value;

use super::*;
use crate::code;
use crate::feel::print;

fn corpus(name: &str) -> Value {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/corpus/feel/");
    serde_json::from_str(&std::fs::read_to_string(format!("{path}{name}")).unwrap()).unwrap()
}

/// The names that a corpus declares.
fn names(corpus: &Value) -> Names<'static> {
    let mut names = Names::new();
    for name in corpus["names"].as_array().unwrap() {
        names.add(name.as_str().unwrap());
    }
    for function in corpus["functions"].as_array().into_iter().flatten() {
        names.add_function(function.as_str().unwrap());
    }
    for member in corpus["members"].as_array().unwrap() {
        names.add_member(member.as_str().unwrap());
    }
    names
}

fn parse(case: &Value, names: &Names<'_>) -> Parsed {
    match case["expression"].as_str() {
        Some(text) => parse_expression(text, names),
        None => parse_unary_tests(case["unary tests"].as_str().unwrap(), names),
    }
}

/// The tree without places: what two texts that mean the same have in common.
fn shape(expr: &Expr) -> String {
    let whole = format!("{expr:?}");
    let mut shape = String::new();
    let mut rest = whole.as_str();
    while let Some((before, behind)) = rest.split_once("Span {") {
        shape.push_str(before);
        rest = behind.split_once('}').unwrap().1;
    }
    shape + rest
}

#[test]
fn every_fault_is_found_at_its_place_and_said_in_words() {
    let corpus = corpus("syntax-faults.json");
    let names = names(&corpus);
    let mut wrong = String::new();
    for case in corpus["cases"].as_array().unwrap() {
        let text = case["expression"].as_str().or(case["unary tests"].as_str()).unwrap();
        let faults = parse(case, &names).faults;
        let found: Vec<String> = faults
            .iter()
            .map(|fault| {
                let at = &text[fault.span.start as usize..fault.span.end as usize];
                let help = fault.help.as_deref().map(|help| format!(" — {help}")).unwrap_or_default();
                format!("{}: «{at}» {}{help}", fault.span.start, fault.message)
            })
            .collect();
        if Value::from(found.clone()) != case["faults"] {
            writeln!(wrong, "{text}\n{}", serde_json::to_string_pretty(&found).unwrap()).unwrap();
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn a_text_prints_in_one_form_and_that_form_parses_to_the_same_tree() {
    let corpus = corpus("print.json");
    let names = names(&corpus);
    for case in corpus["cases"].as_array().unwrap() {
        let parsed = parse(case, &names);
        assert_eq!(parsed.faults, [], "{case}");
        let printed = print(&parsed.expr);
        assert_eq!(printed, case["prints"], "{case}");
        let again = match parsed.expr.kind {
            ExprKind::UnaryTests { .. } => parse_unary_tests(&printed, &names),
            _ => parse_expression(&printed, &names),
        };
        assert_eq!(again.faults, [], "{printed}");
        assert_eq!(shape(&again.expr), shape(&parsed.expr), "{printed}");
    }
}

#[path = "../../../../tests/expressions.rs"]
#[allow(unreachable_pub, reason = "shared with the suites, where it is public")]
mod expressions;
#[path = "../../../../tests/random.rs"]
#[allow(unreachable_pub, dead_code, reason = "shared with the suites, where it is public and all of it is used")]
mod random;

#[test]
fn random_expressions_print_and_parse_to_the_same_tree() {
    let mut names = Names::new();
    for name in expressions::NAMES.iter().chain(&["count", "distinct values", "string length", "day of week"]) {
        names.add(*name);
    }
    let mut numbers = random::Random::new(1);
    for _ in 0..5_000 {
        let text = expressions::expression(&mut numbers, 5);
        let parsed = parse_expression(&text, &names);
        assert_eq!(parsed.faults, [], "{text}");
        let printed = print(&parsed.expr);
        let again = parse_expression(&printed, &names);
        assert_eq!(again.faults, [], "{text} printed as {printed}");
        assert_eq!(shape(&again.expr), shape(&parsed.expr), "{text} printed as {printed}");
        assert_eq!(print(&again.expr), printed, "{text}");
    }
}

#[test]
fn nesting_and_chains_that_would_exhaust_the_stack_are_one_fault() {
    let names = Names::new();
    for text in [
        "(".repeat(100_000),
        "[".repeat(1_000) + &"]".repeat(1_000),
        "-".repeat(100_000) + "1",
        "1".to_owned() + &" + 1".repeat(100_000),
        "1".to_owned() + &" in 1".repeat(1_000),
        "x".to_owned() + &".x".repeat(1_000),
        "f".to_owned() + &"()".repeat(1_000),
        "if a then ".repeat(1_000),
        "x instance of ".to_owned() + &"list<".repeat(1_000),
        "{a: ".repeat(1_000),
        "((1 + 1".to_owned() + &" + 1".repeat(300) + ")" + &" + 1".repeat(300) + ")",
    ] {
        let codes: Vec<_> = parse_expression(&text, &names).faults.iter().map(|fault| fault.code).collect();
        assert_eq!(codes, [&code::TOO_DEEP], "{}", &text[..20]);
    }
}

#[test]
fn what_a_person_would_write_is_not_too_deep() {
    let names = Names::new();
    for text in [
        "(".repeat(60) + "1" + &")".repeat(60),
        "1".to_owned() + &" + 1".repeat(300),
        format!("[{}]", "1, ".repeat(5_000) + "1"),
    ] {
        assert_eq!(parse_expression(&text, &names).faults, [], "{}", &text[..20]);
    }
}

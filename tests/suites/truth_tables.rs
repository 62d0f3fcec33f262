//! Logic of three values, and of what is not known: the tables are data, and every way to write a connective keeps to them.

use std::fs;

use rules_core::Feel;
use rules_tests::workspace;
use serde_json::Value;

/// FEEL in which `names` have these values; a name without one is not known.
fn feel(names: &[(&str, Option<&str>)]) -> Feel {
    let mut feel = Feel::new();
    for (name, value) in names {
        match value {
            Some(value) => feel.read(&format!("{{{name}: {value}}}")).unwrap(),
            None => feel.not_known(name),
        }
    }
    feel
}

/// The kinds of operands with their values, of which a kind that is not known has none.
fn operands(corpus: &Value) -> Vec<(&str, Option<&str>)> {
    let kinds = corpus["operands"].as_object().unwrap();
    let values = |kind: &'_ Value| kind.as_array().unwrap().len().max(1);
    kinds.iter().flat_map(|(name, kind)| (0..values(kind)).map(move |at| (name.as_str(), kind[at].as_str()))).collect()
}

#[test]
fn every_way_to_write_a_connective_keeps_to_its_table() {
    let path = workspace().join("tests/corpus/feel/truth-tables.json");
    let corpus: Value = serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
    let operands = operands(&corpus);
    let (mut wrong, mut cells) = (Vec::new(), 0);
    for table in corpus["tables"].as_array().unwrap() {
        let results = &table["results"];
        let two = table["of two"].as_array();
        let expressions = two.or(table["of one"].as_array()).unwrap();
        for (left, a) in &operands {
            for (right, b) in if two.is_some() { operands.as_slice() } else { &operands[..1] } {
                let expected = if two.is_some() { &results[left][right] } else { &results[left] };
                let expected = expected.as_str().unwrap();
                assert!(table["symmetric"] != true || results[left][right] == results[right][left], "{left}, {right}");
                let feel = feel(&[("a", *a), ("b", *b)]);
                // a result of another kind is the operand itself
                let expected =
                    if expected == "other" { feel.evaluate("b").unwrap().feel() } else { expected.to_owned() };
                for expression in expressions {
                    let expression = expression.as_str().unwrap();
                    let got = feel.evaluate(expression).unwrap().feel();
                    cells += 1;
                    if got != expected {
                        wrong.push(format!("{expression} with {a:?} and {b:?} gives {got} and not {expected}"));
                    }
                }
            }
        }
    }
    assert!(cells > 650 && wrong.is_empty(), "of {cells}:\n{}", wrong.join("\n"));
}

//! The builtin functions: every row of the corpus, and every example of the table.

use std::fs;

use rules_core::{Feel, functions};
use rules_tests::{time_zones, workspace};
use serde_json::Value;

/// The names of the corpus files in `folder`, with their rows.
fn rows(folder: &str) -> Vec<(String, Vec<Value>)> {
    let mut files: Vec<_> =
        fs::read_dir(workspace().join("tests/corpus").join(folder)).unwrap().map(|file| file.unwrap().path()).collect();
    files.sort();
    let read = |path: &std::path::PathBuf| {
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        (name, serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap())
    };
    files.iter().map(read).collect()
}

/// FEEL with a date, with the time zones unless a row does without them, and with the names that it says are not known.
pub(crate) fn feel(row: &Value) -> Feel {
    let mut feel = Feel::new();
    assert!(feel.decide_at("2020-10-14"));
    if row["time_zones"] != false {
        feel.use_time_zones(time_zones());
    }
    for name in row["not_known"].as_array().into_iter().flatten() {
        feel.not_known(name.as_str().unwrap());
    }
    feel
}

/// What the expression gives as FEEL, or the code of its fault.
fn shown(feel: &Feel, expression: &str) -> String {
    match feel.evaluate(expression) {
        Ok(answer) => answer.feel(),
        Err(faults) => faults.iter().map(|fault| fault.code.id).collect(),
    }
}

/// Complains of every row whose expression does not give its result.
fn check(rows: &[(String, Vec<Value>)]) {
    let mut wrong = Vec::new();
    for (file, rows) in rows {
        for row in rows {
            let feel = feel(row);
            let expression = row["expression"].as_str().unwrap();
            let expected = match (row["fault"].as_str(), row["result"].as_str()) {
                (Some(code), _) => code.to_owned(),
                (None, Some("unknown")) => "unknown".to_owned(),
                (None, result) => shown(&feel, result.unwrap()),
            };
            let got = shown(&feel, expression);
            if got != expected {
                wrong.push(format!("{file}: {expression} gives {got} and not {expected}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{} rows:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn every_row_of_the_corpus_gives_its_result() {
    let corpus = rows("builtins");
    assert!(corpus.len() > 8, "the corpus is no longer where this test reads it");
    check(&corpus);
}

#[test]
fn every_example_of_the_table_gives_its_result() {
    let mut wrong = Vec::new();
    for function in functions() {
        for (expression, result) in function.examples {
            let feel = feel(&Value::Null);
            let (got, expected) = (shown(&feel, expression), shown(&feel, result));
            if got != expected {
                wrong.push(format!("{expression} gives {got} and not {expected}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_function_has_rows_in_the_corpus_for_values_null_and_wrong_kinds() {
    let corpus = rows("builtins");
    let expressions: Vec<(&str, bool)> = corpus
        .iter()
        .flat_map(|(_, rows)| rows)
        .map(|row| (row["expression"].as_str().unwrap(), row["result"] == "null"))
        .collect();
    for function in functions() {
        let call = format!("{}(", function.name);
        let of =
            |null: bool| expressions.iter().filter(|(text, is_null)| text.contains(&call) && *is_null == null).count();
        assert!(
            of(false) >= 2 || function.signatures.iter().all(|signature| signature.contains("()")),
            "{}",
            function.name
        );
        assert!(of(true) >= 1 || function.name == "is", "{} has no row that gives null", function.name);
    }
}

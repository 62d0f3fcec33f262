//! The builtin functions: every row of the corpus, and every example of the table.

use std::fs;

use rules_core::{Feel, Function, functions};
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

/// A step pays for the memory that it takes, so that whatever is asked of the engine, a case never needs much.
#[cfg(target_os = "linux")]
#[test]
fn bounded_work_needs_little_memory() {
    let this = std::env::current_exe().unwrap();
    let limited = std::process::Command::new("sh")
        .args(["-c", "ulimit -v 400000 && exec \"$0\" --exact builtins::every_row_of_the_corpus_gives_its_result"])
        .arg(this)
        .output()
        .unwrap();
    assert!(limited.status.success(), "{}", String::from_utf8_lossy(&limited.stderr));
    assert!(String::from_utf8_lossy(&limited.stdout).contains("1 passed"), "the corpus has another name now");
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

/// The arguments of the outer call of `name` in `expression`, or of a call that is itself the first argument of another.
fn arguments<'e>(expression: &'e str, name: &str) -> Option<Vec<&'e str>> {
    let call = format!("{name}(");
    let inside = expression.strip_prefix(&call).or_else(|| Some(expression.split_once(&format!("({call}"))?.1))?;
    let (mut depth, mut in_text, mut begin, mut arguments) = (0_usize, false, 0, Vec::new());
    for (at, character) in inside.char_indices() {
        match character {
            '"' => in_text = !in_text,
            _ if in_text => {}
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' if depth > 0 => depth -= 1,
            ',' | ')' if depth == 0 => {
                arguments.extend(Some(inside[begin..at].trim()).filter(|argument| !argument.is_empty()));
                begin = at + 1;
                if character == ')' {
                    return Some(arguments);
                }
            }
            _ => {}
        }
    }
    None
}

/// The names and types of the parameters in a signature as documentation shows it.
fn parameters<'s>(function: &Function, signature: &'s str) -> Vec<(&'s str, &'s str)> {
    let written = arguments(signature, function.name).unwrap();
    let parts = written.into_iter().filter_map(|part| part.trim_matches(['[', ']']).split_once(": "));
    // what stands behind a comma inside a type is no parameter
    parts.filter(|(_, kind)| kind.matches('<').count() >= kind.replace("->", "").matches('>').count()).collect()
}

/// What the rows of a function lack.
fn lacks(function: &Function, rows: &[&Value]) -> Vec<&'static str> {
    let calls: Vec<_> = rows
        .iter()
        .filter_map(|row| Some((*row, arguments(row["expression"].as_str().unwrap(), function.name)?)))
        .collect();
    let given: Vec<_> = function.signatures.iter().map(|signature| parameters(function, signature)).collect();
    // a call by name cannot gather arguments
    let named = given.iter().filter(|parameters| !parameters.iter().any(|(_, kind)| kind.ends_with('…')));
    let names: Vec<&str> = named.flatten().map(|(name, _)| *name).collect();
    let is_named = |argument: &&str| names.iter().any(|name| argument.starts_with(&format!("{name}:")));
    let of = |wanted: &dyn Fn(&Value, &[&str]) -> bool| calls.iter().any(|(row, arguments)| wanted(row, arguments));
    let takes_arguments = function.signatures.iter().any(|signature| !signature.contains("()"));
    let takes_anything = |(_, kind): &(&str, &str)| ["Any", "list<Any>"].contains(&kind.trim_end_matches('…'));
    let can_be_wrong = !given.iter().flatten().all(takes_anything);
    let wrong_kind = |row: &Value, arguments: &[&str]| {
        let answer = feel(row).evaluate(row["expression"].as_str().unwrap());
        let reason = answer.ok().and_then(|answer| answer.reason().map(str::to_owned));
        !arguments.contains(&"null") && reason.is_some_and(|reason| reason.contains("must be"))
    };
    let mut lacking = Vec::new();
    let mut note = |what, there: bool| lacking.extend((!there).then_some(what));
    note("one that gives a value", of(&|row, arguments| row["result"] != "null" && !arguments.iter().any(is_named)));
    note("one at a boundary", !takes_arguments || of(&|row, _| row["boundary"] == true));
    note("null as an argument", !takes_arguments || of(&|_, arguments| arguments.contains(&"null")));
    note("one of the wrong kind", !takes_arguments || !can_be_wrong || of(&wrong_kind));
    note(
        "arguments by name",
        names.is_empty() || of(&|row, arguments| row["result"] != "null" && arguments.iter().all(is_named)),
    );
    lacking
}

#[test]
fn every_function_has_rows_for_values_boundaries_null_wrong_kinds_and_names() {
    let corpus = rows("builtins");
    let rows: Vec<&Value> = corpus.iter().flat_map(|(_, rows)| rows).collect();
    let all = functions();
    let wrong: Vec<String> = all
        .iter()
        .flat_map(|function| lacks(function, &rows).into_iter().map(|what| format!("{}: {what}", function.name)))
        .collect();
    assert!(wrong.is_empty(), "the corpus lacks\n{}", wrong.join("\n"));
}

//! The `rules` program as its users meet it: arguments and files in, files, words and a code out.
//!
//! What is tried stands in `corpus/command_line/scenarios.json`. Every scenario runs in a folder of its own, under
//! wasmtime and, where it decides or evaluates, native too: both must give the same bytes. Commands that run `before`
//! leave files, which `alter` changes as somebody might.

use crate::program::rules;
use serde_json::Value;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

fn corpus() -> PathBuf {
    rules_tests::workspace().join("tests/corpus/command_line")
}

#[test]
fn every_scenario_ends_as_written() {
    let scenarios: Vec<Value> =
        serde_json::from_str(&fs::read_to_string(corpus().join("scenarios.json")).unwrap()).unwrap();
    let mut faults = Vec::new();
    for scenario in &scenarios {
        let name = scenario["name"].as_str().unwrap();
        let wasm = run(scenario, None);
        faults.extend(wasm.faults.iter().map(|fault| format!("{name}: {fault}")));
        let limited = scenario["arguments"].as_array().unwrap().contains(&"--memory-limit".into());
        // Salts are random, so two runs never give one receipt.
        let salted = scenario["arguments"].as_array().unwrap().contains(&"--receipt".into());
        let decides = matches!(scenario["arguments"][0].as_str(), Some("check" | "decide" | "feel" | "verify"));
        if decides
            && !limited
            && !salted
            && scenario["before"].is_null()
            && run(scenario, Some("native")).output != wasm.output
        {
            faults.push(format!("{name}: native gives other records"));
        }
    }
    assert!(faults.is_empty(), "{} of {} scenarios:\n{}", faults.len(), scenarios.len(), faults.join("\n"));
}

struct Run {
    output: Vec<u8>,
    faults: Vec<String>,
}

fn run(scenario: &Value, host: Option<&str>) -> Run {
    let folder = tempfile::tempdir().unwrap();
    if let Some(files) = scenario["files"].as_object() {
        for (name, content) in files {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, bytes_of(content)).unwrap();
        }
    }
    for before in scenario["before"].as_array().into_iter().flatten() {
        let printed = command(&before["arguments"], folder.path()).output().unwrap().stdout;
        if let Some(name) = before["prints_to"].as_str() {
            fs::write(folder.path().join(name), printed).unwrap();
        }
    }
    for (name, changes) in scenario["alter"].as_object().into_iter().flatten() {
        let mut text = fs::read_to_string(folder.path().join(name)).unwrap();
        for change in changes.as_array().unwrap() {
            let (from, to) = (change[0].as_str().unwrap(), change[1].as_str().unwrap());
            assert!(text.contains(from), "{}: {name} has no `{from}`: {text}", scenario["name"]);
            text = text.replace(from, to);
        }
        fs::write(folder.path().join(name), text).unwrap();
    }
    let mut command = command(&scenario["arguments"], folder.path());
    if let Some(host) = host {
        command.args(["--host", host]);
    }
    let output = with_input(command, scenario["input"].as_str().unwrap_or_default());
    let faults = compare(scenario, &output, folder.path());
    Run { output: output.stdout, faults }
}

fn command(arguments: &Value, folder: &Path) -> Command {
    let mut command = Command::new(rules());
    command.current_dir(folder);
    for argument in arguments.as_array().unwrap() {
        let argument = argument.as_str().unwrap();
        command.arg(argument.replace("{pack}", corpus().join("pack.json").to_str().unwrap()));
    }
    command
}

fn with_input(mut command: Command, input: &str) -> Output {
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    child.wait_with_output().unwrap()
}

/// The bytes of a file: a list of lines, `bytes` in hexadecimal, a `copy` of a file of the corpus, or `repeat`: a line
/// before, then a line made of a beginning, a part so many times, and an end, then a line after.
fn bytes_of(content: &Value) -> Vec<u8> {
    if let Some(lines) = content.as_array() {
        return lines.iter().flat_map(|line| format!("{}\n", line.as_str().unwrap()).into_bytes()).collect();
    }
    if let Some(copy) = content["copy"].as_str() {
        return fs::read(corpus().join(copy)).unwrap();
    }
    if let Some([before, begin, part, count, end, after]) = content["repeat"].as_array().map(Vec::as_slice) {
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        let count = usize::try_from(count.as_u64().unwrap()).unwrap();
        let row = format!("{}{}{}", text(begin), text(part).repeat(count), text(end));
        return format!("{}\n{row}\n{}\n", text(before), text(after)).into_bytes();
    }
    let digits: Vec<u8> = content["bytes"].as_str().unwrap().bytes().filter(u8::is_ascii_hexdigit).collect();
    let byte = |pair: &[u8]| u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).unwrap();
    digits.chunks(2).map(byte).collect()
}

fn compare(scenario: &Value, output: &Output, folder: &Path) -> Vec<String> {
    let mut faults = Vec::new();
    let (printed, said) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    let code = output.status.code();
    if code.map(i64::from) != scenario["code"].as_i64() {
        faults.push(format!("code {code:?}; it said: {said}"));
    }
    for (member, text, stream) in [("prints", &printed, "output"), ("says", &said, "error")] {
        for words in scenario[member].as_array().into_iter().flatten().map(|words| words.as_str().unwrap()) {
            if !text.contains(words) {
                faults.push(format!("no `{words}` on standard {stream}: {text}"));
            }
        }
    }
    for words in scenario["untold"].as_array().into_iter().flatten().map(|words| words.as_str().unwrap()) {
        if printed.contains(words) || said.contains(words) {
            faults.push(format!("`{words}` is told: {printed}{said}"));
        }
    }
    if let Some(expected) = scenario["records"].as_array() {
        compare_lines("the records", expected, &printed, &mut faults);
    }
    for (name, expected) in scenario["rejects"].as_object().into_iter().flatten() {
        let text = fs::read_to_string(folder.join(name)).unwrap_or_default();
        compare_lines(name, expected.as_array().unwrap(), &text, &mut faults);
        for words in scenario["silent_about"].as_array().into_iter().flatten().map(|words| words.as_str().unwrap()) {
            if text.contains(words) {
                faults.push(format!("{name} tells a value of the case: {words}"));
            }
        }
    }
    for (name, lines) in scenario["written"].as_object().into_iter().flatten() {
        let text = fs::read_to_string(folder.join(name)).unwrap_or_default();
        if text.lines().count() as u64 != lines.as_u64().unwrap() {
            faults.push(format!("{name} has {} lines", text.lines().count()));
        }
    }
    for name in scenario["absent"].as_array().into_iter().flatten().map(|name| name.as_str().unwrap()) {
        if folder.join(name).exists() {
            faults.push(format!("{name} is there"));
        }
    }
    faults
}

/// Each line must be JSON that has all members of the line expected.
fn compare_lines(what: &str, expected: &[Value], text: &str, faults: &mut Vec<String>) {
    let lines: Vec<&str> = text.lines().collect();
    if lines.len() != expected.len() {
        faults.push(format!("{what}: {} lines instead of {}: {text}", lines.len(), expected.len()));
    }
    for (line, expected) in lines.iter().zip(expected) {
        let got: Value = serde_json::from_str(line).unwrap_or_default();
        if !has_all(&got, expected) {
            faults.push(format!("{what}: {expected} is not in {line}"));
        }
    }
}

fn has_all(got: &Value, expected: &Value) -> bool {
    match (got, expected) {
        (Value::Object(got), Value::Object(expected)) => {
            expected.iter().all(|(key, expected)| got.get(key).is_some_and(|got| has_all(got, expected)))
        }
        _ => got == expected,
    }
}

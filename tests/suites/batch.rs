//! Batches that are large, cut short or have nowhere to write to: what is promised about rows and files.

use crate::program::rules;
use rules_tests::workspace;
use std::fmt::Write as _;
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};
use tempfile::{TempDir, tempdir};

/// A folder with `cases.ndjson` of so many rows; every 997th is no case.
fn folder_with_cases(rows: usize) -> TempDir {
    let folder = tempdir().unwrap();
    let mut text = String::new();
    for row in 1..=rows {
        if row % 997 == 0 {
            text.push_str("no case\n");
            continue;
        }
        let (age, income, children) = (row % 90, row * 7919 % 40_000, row % 4);
        let resident = row % 3 > 0;
        let _ = writeln!(
            text,
            r#"{{"case":"R{row}","age":{age},"resident":{resident},"income":{income}.50,"household":{{"children":{children}}},"claimed_on":"2025-01-01","note":"{:0120}"}}"#,
            row
        );
    }
    fs::write(folder.path().join("cases.ndjson"), text).unwrap();
    folder
}

fn check(folder: &Path) -> Command {
    let mut command = Command::new(rules());
    command.current_dir(folder).arg("check").arg(workspace().join("tests/corpus/command_line/pack.json"));
    command.args(["cases.ndjson", "--as-of", "2026-05-01", "--record", "brief"]);
    command
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn count_lines(path: &Path) -> usize {
    fs::read(path).unwrap_or_default().iter().filter(|byte| **byte == b'\n').count()
}

#[test]
fn every_row_is_a_record_or_a_reject_and_threads_change_nothing() {
    let rows = 20_000;
    let folder = folder_with_cases(rows);
    let run = |arguments: &[&str]| {
        let output = check(folder.path()).args(arguments).output().unwrap();
        assert_eq!(output.status.code(), Some(1), "{}", said(&output));
        let rejects = fs::read(folder.path().join("cases.ndjson.rejects.ndjson")).unwrap();
        (output.stdout, rejects)
    };
    let (records, rejects) = run(&["--threads", "1"]);
    let lines = |text: &[u8]| text.iter().filter(|byte| **byte == b'\n').count();
    assert_eq!((lines(&records), lines(&rejects)), (rows - rows / 997, rows / 997));
    for arguments in [&["--threads", "3"][..], &["--threads", "2", "--host", "native"]] {
        assert!(run(arguments) == (records.clone(), rejects.clone()), "{arguments:?}");
    }
}

#[test]
fn a_killed_run_leaves_the_earlier_file_and_says_by_its_name_that_it_is_partial() {
    let rows = 200_000;
    let folder = folder_with_cases(rows);
    let (out, partial) = (folder.path().join("out.ndjson"), folder.path().join("out.ndjson.partial"));
    fs::write(&out, "of an earlier run\n").unwrap();
    let mut child = check(folder.path()).args(["--out", "out.ndjson"]).stderr(Stdio::null()).spawn().unwrap();
    let patience = Instant::now() + Duration::from_secs(60);
    while fs::metadata(&partial).map_or(0, |about| about.len()) < 1_000_000 {
        assert!(child.try_wait().unwrap().is_none(), "it was done before it could be killed");
        assert!(Instant::now() < patience, "nothing was written");
    }
    child.kill().unwrap();
    child.wait().unwrap();
    assert_eq!(fs::read_to_string(&out).unwrap(), "of an earlier run\n");
    assert!(!folder.path().join("cases.ndjson.rejects.ndjson").exists());

    let again = check(folder.path()).args(["--out", "out.ndjson"]).output().unwrap();
    assert_eq!(again.status.code(), Some(1), "{}", said(&again));
    assert_eq!(count_lines(&out) + count_lines(&folder.path().join("cases.ndjson.rejects.ndjson")), rows);
    assert!(!partial.exists());
}

#[test]
fn a_full_disk_is_told_and_nothing_is_claimed() {
    let folder = folder_with_cases(2_000);
    let full = || fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let runs = [
        check(folder.path()).args(["--out", "/dev/full"]).output().unwrap(),
        check(folder.path()).stdout(full()).output().unwrap(),
        check(folder.path()).args(["--rejects", "/dev/full"]).output().unwrap(),
    ];
    for output in runs {
        assert_eq!(output.status.code(), Some(2));
        assert!(said(&output).contains("the disk is full") && said(&output).contains("help:"), "{}", said(&output));
        assert!(!said(&output).contains("records"), "{}", said(&output));
    }
}

#[test]
fn a_reader_that_goes_away_ends_the_run_with_a_word() {
    let folder = folder_with_cases(50_000);
    let mut child = check(folder.path()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut line = String::new();
    BufReader::with_capacity(64, child.stdout.take().unwrap()).read_line(&mut line).unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(said(&output).contains("closed before the end"), "{}", said(&output));
}

#[test]
fn a_folder_that_may_not_be_written_is_named() {
    let folder = folder_with_cases(10);
    let output = check(folder.path()).args(["--out", "nowhere/out.ndjson"]).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(said(&output).contains("its folder does not exist"), "{}", said(&output));
}

#[test]
fn a_row_longer_than_memory_is_kept_for_is_set_aside() {
    let folder = tempdir().unwrap();
    let mut file = fs::File::create(folder.path().join("cases.ndjson")).unwrap();
    writeln!(file, "{{\"age\":1}}\n{{\"note\":\"{}\"}}\n{{\"age\":2}}", "x".repeat(5_000_000)).unwrap();
    let output = check(folder.path()).output().unwrap();
    assert_eq!(output.status.code(), Some(1), "{}", said(&output));
    let rejects = fs::read_to_string(folder.path().join("cases.ndjson.rejects.ndjson")).unwrap();
    assert!(rejects.contains("row-too-long") && rejects.contains("\"line\":2"), "{rejects}");
    assert_eq!(output.stdout.iter().filter(|byte| **byte == b'\n').count(), 2);
}

//! What the documents show at the terminal is what the program prints.
//!
//! Every block marked `console` is run, its lines after `$ ` in order and in one folder with the packs and the samples; what
//! stands below each must be what comes. `…` stands for any text within a line, and on a line of its own for any lines. What is shown
//! below `$ cat FILE` is put into that file, so that the document is where it stands.

use std::fs;
use std::path::Path;
use std::process::Command;

use rules_tests::{packs, workspace};

use crate::program::rules;

const ANY: &str = "…";

#[test]
fn commands_in_the_documents_print_what_is_shown() {
    let mut commands = 0;
    let of_packs = packs::shipped().into_iter().map(|pack| pack.folder.join("README.md"));
    let others = ["README.md", "rule-packs/README.md", "host-demo/records.md"].map(|name| workspace().join(name));
    for document in others.into_iter().chain(of_packs) {
        let text = fs::read_to_string(&document).unwrap();
        let folder = tempfile::tempdir().unwrap();
        for name in ["rule-packs", "host-demo"] {
            std::os::unix::fs::symlink(workspace().join(name), folder.path().join(name)).unwrap();
        }
        for block in text.split("```console\n").skip(1).map(|rest| rest.split("```").next().unwrap()) {
            for entry in block.split("$ ").filter(|entry| !entry.trim().is_empty()) {
                // A command goes on behind a line that ends with a backslash.
                let joined = entry.replace("\\\n", "\u{0}");
                let (command, shown) = joined.split_once('\n').unwrap_or((&joined, ""));
                run(folder.path(), &command.replace('\u{0}', ""), shown.trim_end(), &document);
                commands += 1;
            }
        }
    }
    assert!(commands > 5, "{commands} commands: the documents are no longer read as they are written");
}

fn run(folder: &Path, command: &str, shown: &str, document: &Path) {
    if let Some(file) = command.strip_prefix("cat ") {
        fs::write(folder.join(file), format!("{shown}\n")).unwrap();
        return;
    }
    let path = format!("{}:{}", rules().parent().unwrap().display(), std::env::var("PATH").unwrap());
    let output = Command::new("bash")
        .current_dir(folder)
        .env("PATH", path)
        .args(["-c", &format!("{{ {command}\n}} 2>&1")])
        .output()
        .unwrap();
    let printed = String::from_utf8(output.stdout).unwrap();
    let (printed, shown): (Vec<&str>, Vec<&str>) = (printed.trim_end().lines().collect(), shown.lines().collect());
    assert!(fits(&shown, &printed), "{}: `{command}` prints\n{}", document.display(), printed.join("\n"));
}

/// Whether the lines are those that are shown.
fn fits(shown: &[&str], printed: &[&str]) -> bool {
    match shown.split_first() {
        None => printed.is_empty(),
        Some((&ANY, rest)) => (0..=printed.len()).any(|left_out| fits(rest, &printed[left_out..])),
        Some((line, rest)) => {
            printed.split_first().is_some_and(|(first, others)| line_fits(line, first) && fits(rest, others))
        }
    }
}

fn line_fits(shown: &str, printed: &str) -> bool {
    match shown.split_once(ANY) {
        None => shown.trim_end() == printed.trim_end(),
        Some((before, after)) => {
            printed.strip_prefix(before).is_some_and(|rest| rest.ends_with(after) && rest.len() >= after.len())
        }
    }
}

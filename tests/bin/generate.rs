//! Writes every generated file anew; with `--examples` also what the engine now says of the examples of diagnostics, with
//! `--conformance` the lists of the cases of the conformance kit that pass and that fail, and with `--seeds` what the fuzz
//! targets begin with.

use std::process::Command;
use std::{env, fs, io};

use rules_tests::conformance::{self, Lists};
use rules_tests::examples;

fn main() -> io::Result<()> {
    let asked = |what: &str| env::args().any(|argument| argument == what);
    if asked("--examples") {
        examples::renew()?;
    }
    if asked("--conformance") {
        let kit = conformance::cases().ok_or_else(|| io::Error::other("the conformance kit is not here"))?;
        let mut rules = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        rules.current_dir(rules_tests::workspace()).args(["run", "--quiet", "--bin", "rules", "--"]);
        let mut lists = Lists::read()?;
        lists.renew(&conformance::run(&mut rules, &kit)?);
        lists.write()?;
    }
    if asked("--seeds") {
        rules_tests::seeds::write()?;
    }
    for (path, text) in rules_tests::generated::files()? {
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)?;
        }
        fs::write(&path, text)?;
    }
    Ok(())
}

//! The cases that each pack brings along come out as they must, and reach every row, state, trigger, period and reading of it.

use std::process::Command;

use rules_tests::packs;

use crate::program::rules;

#[test]
fn the_cases_of_every_pack_are_as_expected_and_reach_everything_of_it() {
    let shipped = packs::shipped();
    let folders = shipped.iter().map(|pack| &pack.folder);
    let output = Command::new(rules()).args(["test", "--coverage", "--host", "native"]).args(folders).output().unwrap();
    let printed = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success(), "{printed}{}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(printed.matches(": coverage 100 %").count(), shipped.len(), "{printed}");
}

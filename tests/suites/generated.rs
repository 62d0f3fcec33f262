//! Generated files, held against what would be generated.

use std::fs;

#[test]
fn no_generated_file_is_stale() {
    let files = rules_tests::generated::files().unwrap();
    let stale: Vec<_> =
        files.iter().filter(|(path, text)| fs::read_to_string(path).ok().as_ref() != Some(text)).collect();
    let paths: Vec<_> = stale.iter().map(|(path, _)| path.display().to_string()).collect();
    assert!(paths.is_empty(), "run `cargo run -p rules-tests --bin generate`, which writes\n{}", paths.join("\n"));
}

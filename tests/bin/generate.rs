//! Writes every generated file anew; with `--examples` also what the engine now says of the examples of diagnostics.

use std::{fs, io};

fn main() -> io::Result<()> {
    if std::env::args().any(|argument| argument == "--examples") {
        rules_tests::examples::renew()?;
    }
    for (path, text) in rules_tests::generated::files()? {
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)?;
        }
        fs::write(&path, text)?;
    }
    Ok(())
}

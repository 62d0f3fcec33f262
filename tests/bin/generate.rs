//! Writes every generated file anew; with `--examples` also what the engine now says of the examples of diagnostics, and
//! with `--seeds` what the fuzz targets begin with.

use std::{fs, io};

fn main() -> io::Result<()> {
    if std::env::args().any(|argument| argument == "--examples") {
        rules_tests::examples::renew()?;
    }
    if std::env::args().any(|argument| argument == "--seeds") {
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

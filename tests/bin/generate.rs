//! Writes every generated file anew.

use std::{fs, io};

fn main() -> io::Result<()> {
    for (path, text) in rules_tests::generated::files()? {
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)?;
        }
        fs::write(&path, text)?;
    }
    Ok(())
}

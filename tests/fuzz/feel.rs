//! Any text as a FEEL expression: read, printed, checked and evaluated.
#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::{Corpus, fuzz_target};
use rules_core::Feel;
use rules_tests::laws;

static FEEL: LazyLock<Feel> = LazyLock::new(laws::feel);

fuzz_target!(|bytes: &[u8]| -> Corpus {
    let Ok(text) = std::str::from_utf8(bytes) else { return Corpus::Reject };
    if let Some(broken) = laws::broken(&FEEL, text) {
        panic!("{text} {broken}");
    }
    Corpus::Keep
});

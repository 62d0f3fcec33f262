//! Any text as a rule pack: read and checked, and every fault has a place in it.
#![no_main]

use libfuzzer_sys::{Corpus, fuzz_target};
use rules_core::{Locator, RuleSet};

fuzz_target!(|bytes: &[u8]| -> Corpus {
    let Ok(text) = std::str::from_utf8(bytes) else { return Corpus::Reject };
    let locator = Locator::new(text);
    for diagnostic in RuleSet::lint(text) {
        let location = locator.locate(&diagnostic.place);
        assert!(text.get(location.start..location.end).is_some(), "{diagnostic:?}");
    }
    Corpus::Keep
});

//! Every code has examples, and each example gives exactly the diagnostics that stand beside it.

use rules_core::CODES;
use rules_tests::examples;

#[test]
fn the_sound_pack_has_no_diagnostics() {
    assert_eq!(examples::shown(&examples::base().unwrap()), Vec::<serde_json::Value>::new());
}

#[test]
fn every_example_gives_the_diagnostics_beside_it() {
    for code in CODES {
        for example in examples::of(code.id).unwrap() {
            let found = examples::shown(&example.document);
            assert_eq!(found, example.diagnostics, "{}: {}", code.id, example.says);
            assert!(found.iter().any(|diagnostic| diagnostic["code"] == code.id), "{}: {}", code.id, example.says);
        }
    }
}

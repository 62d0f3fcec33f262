//! Every code has examples, and each example gives exactly the diagnostics that stand beside it.

use rules_core::CODES;
use rules_tests::examples::{self, Example, Subject};

#[test]
fn pack_mapping_and_case_without_a_change_have_no_diagnostics() {
    let pack = examples::base("pack").unwrap();
    let all = [
        ("pack", Subject::Pack),
        ("mapping", Subject::Mapping),
        ("case", Subject::Case),
        ("item definitions", Subject::ItemDefinitions),
    ];
    for (name, subject) in all {
        let document = examples::base(name).unwrap().into_bytes();
        let (pack, says) = (pack.clone(), name.to_owned());
        let sound = Example { says, subject, document, pack, time_zones: None, diagnostics: Vec::new() };
        assert_eq!(sound.run(), sound.diagnostics, "{name}");
    }
}

#[test]
fn every_code_has_an_example() {
    // What the schema refuses the reader refuses too (suite `pack_documents`), so that no pack can show this one.
    let without: Vec<&str> =
        CODES.iter().map(|code| code.id).filter(|id| *id != "schema" && examples::of(id).unwrap().is_empty()).collect();
    assert!(without.is_empty(), "write tests/diagnostics/<code>.json for {without:?}");
}

#[test]
fn every_example_gives_the_diagnostics_beside_it() {
    for code in CODES {
        for example in examples::of(code.id).unwrap() {
            let found = example.run();
            assert_eq!(found, example.diagnostics, "{}: {}", code.id, example.says);
            assert!(found.iter().any(|diagnostic| diagnostic["code"] == code.id), "{}: {}", code.id, example.says);
        }
    }
}

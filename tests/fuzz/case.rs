//! Any bytes as cases of one pack: each line gives a record or a reject, in full and in brief.
#![no_main]

use std::cell::RefCell;

use libfuzzer_sys::fuzz_target;
use rules_core::{ChunkOutput, ChunkRequest, Wire};
use rules_tests::examples;
use serde_json::json;

thread_local! {
    static WIRE: RefCell<Wire> = RefCell::new(loaded());
}

fn loaded() -> Wire {
    let mut wire = Wire::new();
    let pack = examples::base("pack").expect("the pack of the examples is beside the suites");
    let answer = wire.call(&json!({"do": "load", "text": pack}).to_string());
    assert!(answer.contains("\"pack\":1"), "{answer}");
    wire
}

fuzz_target!(|bytes: &[u8]| {
    let given = bytes.split(|byte| *byte == b'\n').filter(|line| !line.trim_ascii().is_empty()).count();
    for full in [false, true] {
        let request = ChunkRequest { pack: 1, mapping: 0, lines: bytes, first_row: 1, full, as_of: Some("2020-10-14") };
        let mut output = ChunkOutput::default();
        let decided = WIRE.with_borrow_mut(|wire| wire.decide_chunk(request, &mut |_| (), &mut output));
        assert_eq!(decided, Ok(()));
        let written = [&output.records, &output.rejects].map(|lines| {
            let lines = std::str::from_utf8(lines).expect("records and rejects are UTF-8").lines();
            lines.map(|line| assert!(serde_json::from_str::<serde_json::Value>(line).is_ok(), "{line}")).count()
        });
        assert_eq!(written[0] + written[1], given);
    }
});

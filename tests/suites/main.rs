//! Every suite in one binary, so that it links once.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test ends by failing")]

mod architecture;
mod batch;
mod builtins;
mod case_schema;
mod census_rules;
mod checked;
mod command_line;
mod conformance;
mod contract_registers;
mod diagnostics;
mod documents;
mod f20_rows;
mod feel_texts;
mod generated;
mod generated_cases;
mod hostile_packs;
mod item_definitions;
mod languages;
mod light_touch;
mod mappings;
mod masking;
mod nulls;
mod ocds;
mod operand_order;
mod own_cases;
mod pack_documents;
mod program;
mod records;
mod reports;
#[path = "../bench/rival.rs"]
mod rival;
mod rivals;
mod small_packs;
mod smart_answers;
mod soundness;
mod static_types;
mod time_zones;
mod truth_tables;
mod verification;
mod wire;

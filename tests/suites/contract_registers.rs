//! A register that keeps the value at award, the last amendment and the value now, as the Government of Canada publishes it. The
//! trap is to take the last amendment for all of them.
//!
//! The rows belong to others and are no part of the repository; without them the suite says so and has nothing to hold.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use crate::checked::{check, shared_file};

#[test]
fn all_amendments_count_and_not_the_last_one_alone() {
    let Some(table) = shared_file("contract_registers", "goc-contract-amendments/contracts.csv") else { return };
    let rows: Vec<BTreeMap<String, String>> =
        csv::Reader::from_path(&table).unwrap().deserialize().map(|row| row.unwrap()).collect();
    let (records, rejects) = check(&table, "contract-register.mapping.json");
    assert_eq!(rows.len(), records.len() + rejects.len(), "rows in = records + rejects");
    assert!(rejects.iter().all(|reject| reject["code"].is_string()), "a reject names its fault");
    let value = |row: &BTreeMap<String, String>, column: &str| Decimal::from_str_exact(&row[column]).ok();
    let (mut compared, mut trapped) = (0, 0);
    for record in &records {
        let mut of_that_name = rows.iter().filter(|row| row["reference_number"] == record.case);
        // Some contracts stand there several times, and the record names no line.
        let (Some(row), None) = (of_that_name.next(), of_that_name.next()) else { continue };
        let figures = ["original_value", "amendment_value", "contract_value"].map(|column| value(row, column));
        let [Some(original), Some(last), Some(now)] = figures else {
            assert_eq!(record.value("cumulative change"), None, "{}: a blank is no nought", record.case);
            continue;
        };
        compared += 1;
        let net = (now - original).normalize();
        assert_eq!(record.value("cumulative change"), Some(net.to_string()), "{}", record.case);
        trapped += i32::from(!last.is_zero() && net != last.normalize());
    }
    println!(
        "contract_registers: {compared} contracts compared; of {trapped} the last amendment is not the whole change"
    );
    assert!(trapped > 0 && compared > trapped);
}

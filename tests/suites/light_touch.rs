//! Light touch services by CPV code, against notices that others published: buyers chose a form for social and other
//! specific services (F21, F22, F23) or another one, and that choice is compared with the pack's list of codes.
//!
//! The notices belong to others and are no part of the repository; without them the suite says so and has nothing to hold.

use std::collections::BTreeMap;

use crate::checked::{check, shared_file};

/// The one notice of a British buyer on such a form whose service is none: advice on finance.
const NOT_LISTED: [&str; 1] = ["79412000"];

#[test]
fn british_notices_on_the_forms_for_social_services_have_codes_of_the_list() {
    let Some(table) = shared_file("light_touch", "ted-forms-cpv/notices.csv") else { return };
    let rows: Vec<BTreeMap<String, String>> =
        csv::Reader::from_path(&table).unwrap().deserialize().map(|row| row.unwrap()).collect();
    let (records, rejects) = check(&table, "ted-forms.mapping.json");
    assert_eq!((rows.len(), rejects.len()), (records.len(), 0), "every notice is classified: {rejects:?}");
    let mut counts = [[(0, 0); 2]; 2];
    let mut not_listed = Vec::new();
    for (row, record) in rows.iter().zip(&records) {
        assert_eq!(row["notice"], record.case);
        let social = ["F21", "F22", "F23"].contains(&row["form"].as_str());
        let british = row["country"] == "UK";
        let listed = record.value("kind of contract").as_deref() == Some("light touch");
        let (of, all) = &mut counts[usize::from(british)][usize::from(social)];
        *all += 1;
        *of += i32::from(listed);
        if british && social && !listed {
            not_listed.push(row["cpv_main"].as_str());
        }
    }
    let [[others, social], [british_others, british]] = counts;
    println!(
        "light_touch: of the British notices {} of {} on the forms F21 to F23 are light touch,",
        british.0, british.1
    );
    println!("             and {} of {} on other forms;", british_others.0, british_others.1);
    println!("             of those of other countries {} of {}, and {} of {}", social.0, social.1, others.0, others.1);
    assert_eq!(not_listed, NOT_LISTED, "{british:?}");
    // Nearly all notices for other services have other codes; below the threshold light touch services come on other forms.
    assert!(british_others.0 * 4 < british_others.1, "{british_others:?}");
    assert!(social.0 * 10 >= social.1 * 8 && others.0 * 8 < others.1, "{social:?} {others:?}");
}

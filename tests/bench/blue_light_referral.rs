//! What the groups need to know of a Blue Light case, and what is still lacking.

use super::{ANTISOCIAL_BEHAVIOUR, Case, HOSPITAL, TOWN_TASKING};

const MARAC: [&str; 6] = [
    "identity of everybody involved",
    "equality details",
    "safe contact",
    "GP",
    "account of the abuse",
    "agreement or reason to share",
];
const MAPPA: [&str; 6] = [
    "offence with sentence",
    "MAPPA category with level",
    "risk of serious harm",
    "current plan",
    "need for several agencies",
    "victim issues",
];
const INCIDENTS: [&str; 4] = ["list of incidents", "places", "risk to others", "partners involved"];
const ATTENDANCES: [&str; 5] =
    ["list of attendances", "GP", "risk to others", "current plan", "agreement or reason to share"];

/// Each piece of information once, in the order in which the groups ask; `None` while a group is not known.
pub(super) fn needed(case: &Case<'_>, route: Option<&str>) -> Option<Vec<&'static str>> {
    let mut needed = Vec::new();
    if case.high_risk_domestic_abuse? {
        needed.extend(MARAC);
    }
    if case.managed_under_mappa? {
        needed.extend(MAPPA);
    }
    let lead: &[&str] = match route? {
        TOWN_TASKING | ANTISOCIAL_BEHAVIOUR => &INCIDENTS,
        HOSPITAL => &ATTENDANCES,
        _ => &[],
    };
    for piece in lead {
        if !needed.contains(piece) {
            needed.push(piece);
        }
    }
    Some(needed)
}

/// What is needed and not ready.
pub(super) fn lacking(case: &Case<'_>, needed: Option<&[&'static str]>) -> Option<Vec<&'static str>> {
    let needed = needed?;
    if needed.is_empty() {
        return Some(Vec::new());
    }
    let ready = case.referral_information.as_deref()?;
    Some(needed.iter().copied().filter(|piece| !ready.contains(piece)).collect())
}

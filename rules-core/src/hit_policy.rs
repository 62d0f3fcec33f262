//! Hit policies of decision tables (DMN 1.5 section 8.2.8): names, letters, and what each allows.

/// How a table with several matching rows comes to one result.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum HitPolicy {
    /// At most one row matches.
    Unique,
    /// The first row that matches, in the order of the document.
    First,
    /// All rows that match, as a list or aggregated.
    Collect(Option<Aggregation>),
}

/// How COLLECT makes one value of many.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Aggregation {
    Sum,
    Minimum,
    Maximum,
    Count,
}

/// One policy as people write it.
#[derive(Debug)]
pub(crate) struct Named {
    /// The word of DMN, in capitals.
    pub(crate) name: &'static str,
    /// DMN's letter for the corner of a table.
    pub(crate) letter: &'static str,
    pub(crate) policy: HitPolicy,
}

/// The policies that packs may name. A further one is a row here, a variant above and its selection of rows.
pub(crate) static POLICIES: &[Named] = &[
    Named { name: "UNIQUE", letter: "U", policy: HitPolicy::Unique },
    Named { name: "FIRST", letter: "F", policy: HitPolicy::First },
    Named { name: "COLLECT", letter: "C", policy: HitPolicy::Collect(None) },
];

/// DMN's words for aggregations, with the sign that follows the letter C.
pub(crate) static AGGREGATIONS: &[(&str, &str, Aggregation)] = &[
    ("SUM", "+", Aggregation::Sum),
    ("MIN", "<", Aggregation::Minimum),
    ("MAX", ">", Aggregation::Maximum),
    ("COUNT", "#", Aggregation::Count),
];

impl HitPolicy {
    /// The policy of a DMN name or letter (`COLLECT`, `C`, `C+`).
    pub(crate) fn from_name(name: &str) -> Option<Self> {
        if let Some(row) = POLICIES.iter().find(|row| row.name == name || row.letter == name) {
            return Some(row.policy);
        }
        let sign = name.strip_prefix('C')?;
        AGGREGATIONS.iter().find(|row| row.1 == sign).map(|row| Self::Collect(Some(row.2)))
    }

    /// The word of DMN.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Unique => "UNIQUE",
            Self::First => "FIRST",
            Self::Collect(_) => "COLLECT",
        }
    }
}

impl Aggregation {
    /// The aggregation of a DMN name (`SUM`, `MIN`, `MAX`, `COUNT`).
    pub(crate) fn from_name(name: &str) -> Option<Self> {
        AGGREGATIONS.iter().find(|row| row.0 == name).map(|row| row.2)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::{AGGREGATIONS, Aggregation, HitPolicy, POLICIES};

    #[test]
    fn every_policy_is_found_by_its_name_and_its_letter() {
        for row in POLICIES {
            assert_eq!(HitPolicy::from_name(row.name), Some(row.policy));
            assert_eq!(HitPolicy::from_name(row.letter), Some(row.policy));
            assert_eq!(row.policy.name(), row.name);
        }
        for (name, sign, aggregation) in AGGREGATIONS {
            let policy = HitPolicy::Collect(Aggregation::from_name(name));
            assert_eq!(policy, HitPolicy::Collect(Some(*aggregation)));
            assert_eq!(HitPolicy::from_name(&format!("C{sign}")), Some(policy));
        }
        assert_eq!(HitPolicy::from_name("OUTPUT ORDER"), None);
    }
}

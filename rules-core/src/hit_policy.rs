//! Hit policies of decision tables (DMN 1.5 section 8.2.8): names, letters, and what each makes of the rows that match.

/// What becomes of several rows that match. The evaluator and the checker know these two properties, and no policy by name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct HitPolicy {
    pub(crate) several: Several,
    pub(crate) order: Order,
}

/// What a table does when more than one row matches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Several {
    /// It must not happen.
    Refuse,
    /// All must have the same outputs.
    Agree,
    /// One goes before the others.
    First,
    /// All are listed.
    List,
    /// All are listed, or aggregated.
    Collect(Option<Aggregation>),
}

/// Which row goes before which.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Order {
    /// As they stand in the document.
    Rows,
    /// As the values of their outputs are ranked by the table.
    Outputs,
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

const fn named(name: &'static str, letter: &'static str, several: Several, order: Order) -> Named {
    Named { name, letter, policy: HitPolicy { several, order } }
}

/// The policies that packs may name.
pub(crate) static POLICIES: &[Named] = &[
    named("UNIQUE", "U", Several::Refuse, Order::Rows),
    named("ANY", "A", Several::Agree, Order::Rows),
    named("PRIORITY", "P", Several::First, Order::Outputs),
    named("FIRST", "F", Several::First, Order::Rows),
    named("RULE ORDER", "R", Several::List, Order::Rows),
    named("OUTPUT ORDER", "O", Several::List, Order::Outputs),
    named("COLLECT", "C", Several::Collect(None), Order::Rows),
];

/// DMN's words for aggregations, with the sign that follows the letter C.
pub(crate) static AGGREGATIONS: &[(&str, &str, Aggregation)] = &[
    ("SUM", "+", Aggregation::Sum),
    ("MIN", "<", Aggregation::Minimum),
    ("MAX", ">", Aggregation::Maximum),
    ("COUNT", "#", Aggregation::Count),
];

impl HitPolicy {
    /// DMN's policy where none is named.
    pub(crate) const UNIQUE: Self = Self { several: Several::Refuse, order: Order::Rows };

    /// The policy of a DMN name or letter (`COLLECT`, `C`, `C+`).
    pub(crate) fn from_name(name: &str) -> Option<Self> {
        if let Some(row) = POLICIES.iter().find(|row| row.name == name || row.letter == name) {
            return Some(row.policy);
        }
        let sign = name.strip_prefix('C')?;
        AGGREGATIONS.iter().find(|row| row.1 == sign).map(|row| Self::collect(Some(row.2)))
    }

    /// COLLECT.
    pub(crate) const fn collect(aggregation: Option<Aggregation>) -> Self {
        Self { several: Several::Collect(aggregation), order: Order::Rows }
    }

    /// The word of DMN.
    pub(crate) fn name(self) -> &'static str {
        let plain = match self.several {
            Several::Collect(_) => Self::collect(None),
            _ => self,
        };
        POLICIES.iter().find(|row| row.policy == plain).map_or("", |row| row.name)
    }

    /// Whether one row gives the result, rather than all that match.
    pub(crate) fn is_single(self) -> bool {
        match self.several {
            Several::Refuse | Several::Agree | Several::First => true,
            Several::List | Several::Collect(_) => false,
        }
    }

    /// Whether the first row that matches in the order of the document settles the result.
    pub(crate) fn takes_first_row(self) -> bool {
        self.several == Several::First && self.order == Order::Rows
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
            let policy = HitPolicy::collect(Aggregation::from_name(name));
            assert_eq!(policy, HitPolicy::collect(Some(*aggregation)));
            assert_eq!(HitPolicy::from_name(&format!("C{sign}")), Some(policy));
            assert_eq!(policy.name(), "COLLECT");
        }
        assert_eq!(HitPolicy::from_name("OUTPUTS"), None);
    }
}

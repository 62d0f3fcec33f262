//! Hit policies of decision tables (DMN 1.5 section 8.2.8).

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

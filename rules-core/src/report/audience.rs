//! Who reads a report: filters over the one explanation.

/// Who a report is written for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Audience {
    /// The person: only sentences that the pack wrote for the person, what happens next, and what is still to be answered.
    Citizen,
    /// Who decides: reasons with facts, thresholds and sources.
    Officer,
    /// Who looks at it afterwards: everything that the explanation knows.
    Auditor,
}

impl Audience {
    /// The audience of that name.
    pub(crate) fn named(name: &str) -> Option<Self> {
        match name {
            "citizen" => Some(Self::Citizen),
            "officer" => Some(Self::Officer),
            "auditor" => Some(Self::Auditor),
            _ => None,
        }
    }
}

//! Sources of rules and the citations that point at them.

use std::sync::Arc;

use crate::value::Date;

/// The kind of authority that a source has (`semantics.md` section 3).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Layer {
    Statute,
    StatutoryGuidance,
    CouncilConstitution,
    LocalPractice,
    ContractTerm,
}

impl Layer {
    /// All layers, in order of authority.
    pub(crate) const ALL: [Self; 5] =
        [Self::Statute, Self::StatutoryGuidance, Self::CouncilConstitution, Self::LocalPractice, Self::ContractTerm];

    /// The words used in packs and records.
    pub(crate) fn words(self) -> &'static str {
        match self {
            Self::Statute => "statute",
            Self::StatutoryGuidance => "statutory guidance",
            Self::CouncilConstitution => "council constitution",
            Self::LocalPractice => "local practice",
            Self::ContractTerm => "contract term",
        }
    }
}

/// A law, report or practice that rules rest on.
#[derive(Clone, Debug)]
pub(crate) struct Source {
    pub(crate) id: Arc<str>,
    pub(crate) title: Arc<str>,
    pub(crate) layer: Layer,
    /// Whether somebody read the source and found the rule there.
    pub(crate) verified: bool,
    /// When it was last read.
    pub(crate) checked: Option<Date>,
    pub(crate) url: Option<Arc<str>>,
    pub(crate) note: Option<Arc<str>>,
}

/// A place in a source: `cabinet-2020#3.3`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Citation {
    /// Number of the source in the pack.
    pub(crate) source: usize,
    /// As written in the pack, locator included.
    pub(crate) words: Arc<str>,
}

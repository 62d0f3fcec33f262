//! A pack made ready to decide cases.

use crate::check;
use crate::code;
use crate::diagnostic::Diagnostic;
use crate::pack;

/// Who decides: the engine's version and the digest of the WebAssembly file it came from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EngineIdentity {
    /// SHA-256 of the WebAssembly file, in lower-case hexadecimal; handed in by the host, a native one too.
    pub sha256: String,
}

/// A pack that was read, checked and compiled.
#[derive(Debug)]
pub struct RuleSet {}

impl RuleSet {
    /// Reads, checks and compiles a pack.
    ///
    /// # Errors
    /// All faults of the pack at once.
    pub fn from_json(_pack: &str, _engine: EngineIdentity) -> Result<Self, Vec<Diagnostic>> {
        Err(Vec::new())
    }

    /// Everything that can be said against a pack: errors and warnings.
    #[must_use]
    pub fn lint(text: &str) -> Vec<Diagnostic> {
        let (model, mut diagnostics) = pack::read(text);
        diagnostics.extend(model.map(|model| check::check(model).diagnostics).unwrap_or_default());
        if diagnostics.iter().any(Diagnostic::is_error) {
            // An error is often the reason why nothing reads something.
            diagnostics.retain(|diagnostic| diagnostic.code != &code::UNUSED);
        }
        diagnostics
    }
}

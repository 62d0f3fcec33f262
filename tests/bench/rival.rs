//! What every hand-written program of the benchmark is given and gives.

/// What a record says of pack and engine: the same for every case.
#[derive(Clone, Debug)]
pub(crate) struct Identity {
    /// `id` of the pack.
    pub(crate) pack_id: String,
    /// `version` of the pack.
    pub(crate) pack_version: String,
    /// Digest of the pack's document.
    pub(crate) pack_sha256: String,
    /// Version of the engine.
    pub(crate) engine_version: String,
    /// Digest of the WebAssembly file.
    pub(crate) engine_sha256: String,
}

/// A hand-written program for the rules of one pack, with its own generator of cases.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Rival {
    /// Name of the pack.
    pub(crate) pack: &'static str,
    /// So many cases of 600 to 900 bytes, one a line; the same for the same seed.
    pub(crate) generate: fn(count: usize, seed: u64) -> Vec<u8>,
    /// Appends the brief record of each line.
    pub(crate) decide_by_hand: fn(lines: &[u8], identity: &Identity, out: &mut Vec<u8>),
}

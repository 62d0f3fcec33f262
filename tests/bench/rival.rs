//! What every hand-written program of the benchmark is given and gives.

/// What a record says of pack and engine: the same for every case.
#[derive(Clone, Debug)]
pub struct Identity {
    /// `id` of the pack.
    pub pack_id: String,
    /// `version` of the pack.
    pub pack_version: String,
    /// Digest of the pack's document.
    pub pack_sha256: String,
    /// Version of the engine.
    pub engine_version: String,
    /// Digest of the WebAssembly file.
    pub engine_sha256: String,
}

/// A hand-written program for the rules of one pack, with its own generator of cases.
#[derive(Clone, Copy, Debug)]
pub struct Rival {
    /// Name of the pack.
    pub pack: &'static str,
    /// So many cases of 600 to 900 bytes, one a line; the same for the same seed.
    pub generate: fn(count: usize, seed: u64) -> Vec<u8>,
    /// Appends the brief record of each line.
    pub decide_by_hand: fn(lines: &[u8], identity: &Identity, out: &mut Vec<u8>),
}

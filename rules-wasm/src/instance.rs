//! What one instance of the module holds: the engine, the output of the last chunk and the buffers lent to the host.

use rules_core::{ChunkOutput, ChunkRequest, Wire};
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};

thread_local! {
    static WIRE: RefCell<Wire> = RefCell::new(Wire::new());
    static OUTPUT: RefCell<ChunkOutput> = RefCell::new(ChunkOutput::default());
    static FAULT: RefCell<String> = const { RefCell::new(String::new()) };
    static BUFFERS: RefCell<BTreeMap<usize, Box<[u8]>>> = const { RefCell::new(BTreeMap::new()) };
}

/// Rows begun in the chunk that runs or ran last. Its address is given to the host beforehand, so that the host reads
/// it from memory after a trap, when calling into the instance is no longer sound.
static CURSOR: AtomicU64 = AtomicU64::new(0);

/// Which text of the last chunk the host asks for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Output {
    Records,
    Rejects,
    Tally,
    Fault,
}

/// One chunk of rows as the host hands it over.
pub(crate) struct Chunk {
    pub(crate) pack: u32,
    pub(crate) mapping: u32,
    pub(crate) lines: Buffer,
    pub(crate) first_row: u64,
    pub(crate) full: bool,
    pub(crate) as_of: Buffer,
}

/// A part of memory named by the host: an address that [`allocate`] gave out and a length within it.
#[derive(Clone, Copy)]
pub(crate) struct Buffer {
    pub(crate) address: usize,
    pub(crate) length: usize,
}

const NOT_A_BUFFER: &str = r#"{"code":"not-a-buffer","message":"the address and length are not within a buffer given out by rules_allocate","help":"allocate a buffer, write the bytes into it and pass its address"}"#;
const NOT_UTF8: &str = r#"{"code":"request-not-utf8","message":"the text is not UTF-8","help":"encode the text as UTF-8 before passing it"}"#;

pub(crate) fn call(request: &str) -> String {
    WIRE.with_borrow_mut(|wire| wire.call(request))
}

/// Runs a request that lies in a buffer; the answer becomes a buffer that the host frees.
pub(crate) fn call_in_buffer(request: Buffer) -> Buffer {
    let text = with_bytes(request, |bytes| match std::str::from_utf8(bytes) {
        Ok(request) => call(request),
        Err(_) => format!("{{\"error\":{NOT_UTF8}}}"),
    });
    let answer = text.unwrap_or_else(|| format!("{{\"error\":{NOT_A_BUFFER}}}"));
    lend(answer.into_bytes().into_boxed_slice())
}

/// Decides every row of a chunk. `false` when the chunk as a whole could not be begun; the reason is then in
/// [`Output::Fault`].
pub(crate) fn decide_chunk(chunk: &Chunk) -> bool {
    CURSOR.store(0, Ordering::Relaxed);
    let outcome = with_bytes(chunk.lines, |lines| {
        if chunk.as_of.length == 0 {
            return decide_lines(chunk, lines, None);
        }
        with_bytes(chunk.as_of, |as_of| match std::str::from_utf8(as_of) {
            Ok(as_of) => decide_lines(chunk, lines, Some(as_of)),
            Err(_) => Err(NOT_UTF8.to_owned()),
        })
        .unwrap_or_else(|| Err(NOT_A_BUFFER.to_owned()))
    })
    .unwrap_or_else(|| Err(NOT_A_BUFFER.to_owned()));
    let fault = outcome.err();
    let done = fault.is_none();
    FAULT.set(fault.unwrap_or_default());
    done
}

fn decide_lines(chunk: &Chunk, lines: &[u8], as_of: Option<&str>) -> Result<(), String> {
    WIRE.with_borrow_mut(|wire| {
        OUTPUT.with_borrow_mut(|output| {
            output.records.clear();
            output.rejects.clear();
            output.tallies.clear();
            // The engine numbers rows over the whole input; the cursor counts those of the chunk.
            let before = chunk.first_row.saturating_sub(1);
            let mut started = |row: u64| CURSOR.store(row.saturating_sub(before), Ordering::Relaxed);
            let request = ChunkRequest {
                pack: chunk.pack,
                mapping: chunk.mapping,
                lines,
                first_row: chunk.first_row,
                full: chunk.full,
                as_of,
            };
            wire.decide_chunk(request, &mut started, output).map_err(|error| error.to_json())
        })
    })
}

/// Where a text of the last chunk lies. It stays there until the next call into this instance.
pub(crate) fn output(which: Output) -> Buffer {
    match which {
        Output::Records => OUTPUT.with_borrow(|output| place_of(&output.records)),
        Output::Rejects => OUTPUT.with_borrow(|output| place_of(&output.rejects)),
        Output::Tally => OUTPUT.with_borrow(|output| place_of(&output.tallies)),
        Output::Fault => FAULT.with_borrow(|fault| place_of(fault.as_bytes())),
    }
}

pub(crate) fn cursor_address() -> usize {
    CURSOR.as_ptr() as usize
}

/// Gives the host `length` bytes of zeros to write into.
pub(crate) fn allocate(length: usize) -> Buffer {
    lend(vec![0; length].into_boxed_slice())
}

/// Takes a buffer back. An address that was never given out is ignored.
pub(crate) fn free(address: usize) {
    BUFFERS.with_borrow_mut(|buffers| buffers.remove(&address));
}

fn lend(bytes: Box<[u8]>) -> Buffer {
    let place = place_of(&bytes);
    if place.length > 0 {
        BUFFERS.with_borrow_mut(|buffers| buffers.insert(place.address, bytes));
    }
    place
}

fn place_of(bytes: &[u8]) -> Buffer {
    Buffer { address: bytes.as_ptr() as usize, length: bytes.len() }
}

/// Runs `read` on the bytes of a buffer; `None` when the host names memory that is not its own.
///
/// Every buffer is looked up in the list of those lent out. So a wrong address is an answer and not a read of someone
/// else's memory, and this crate needs no `unsafe` block for it.
fn with_bytes<T>(buffer: Buffer, read: impl FnOnce(&[u8]) -> T) -> Option<T> {
    if buffer.length == 0 {
        return Some(read(&[]));
    }
    BUFFERS.with_borrow(|buffers| {
        let bytes = buffers.get(&buffer.address)?.get(..buffer.length)?;
        Some(read(bytes))
    })
}

#[cfg(test)]
mod tests {
    use super::{Buffer, allocate, call_in_buffer, free, with_bytes};

    #[test]
    fn memory_that_was_not_lent_is_refused() {
        let buffer = allocate(8);
        assert_eq!(with_bytes(buffer, <[u8]>::len), Some(8));
        let beyond = Buffer { length: 9, ..buffer };
        assert_eq!(with_bytes(beyond, <[u8]>::len), None);
        free(buffer.address);
        assert_eq!(with_bytes(buffer, <[u8]>::len), None);
    }

    #[test]
    fn a_request_outside_the_lent_memory_is_answered_with_an_error() {
        let answer = call_in_buffer(Buffer { address: 1, length: 5 });
        let text = with_bytes(answer, |bytes| String::from_utf8_lossy(bytes).into_owned());
        assert!(text.is_some_and(|text| text.contains("not-a-buffer")));
    }
}

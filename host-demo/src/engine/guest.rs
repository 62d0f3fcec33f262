//! One instance of the WebAssembly module, called through its plain functions (`rules-wasm/src/abi.rs`).

use super::{Cause, Engine, Rows, Stopped, refusal};
use crate::failure::{Failure, Outcome};
use rules_core::ChunkOutput;
use wasmtime::{Instance, Memory, ResourceLimiter, Store, Trap, TypedFunc};

/// Holds the instance to its memory. The module never learns that memory is short: asking for too much stops it, which
/// the host tells from a fault by `exhausted`.
pub(crate) struct Budget {
    memory: usize,
    exhausted: bool,
}

impl Budget {
    pub(crate) fn new(memory: usize) -> Self {
        Self { memory, exhausted: false }
    }
}

impl ResourceLimiter for Budget {
    fn memory_growing(&mut self, _now: usize, wanted: usize, _most: Option<usize>) -> wasmtime::Result<bool> {
        if wanted > self.memory {
            self.exhausted = true;
            return Err(wasmtime::Error::msg("the memory limit is reached"));
        }
        Ok(true)
    }

    fn table_growing(&mut self, _now: usize, wanted: usize, _most: Option<usize>) -> wasmtime::Result<bool> {
        Ok(wanted <= TABLE_ELEMENTS)
    }
}

/// More functions and references than the module has.
pub(crate) const TABLE_ELEMENTS: usize = 20_000;

type DecideChunk = TypedFunc<(u32, u32, u32, u32, u64, u32, u32, u32), u32>;

/// An instance with its exports looked up. It is dropped after a trap.
pub(crate) struct Guest {
    store: Store<Budget>,
    /// How much each call may do, when the engine counts it.
    fuel: Option<u64>,
    memory: Memory,
    allocate: TypedFunc<u32, u32>,
    free: TypedFunc<(u32, u32), ()>,
    call: TypedFunc<(u32, u32), u64>,
    decide_chunk: DecideChunk,
    output: TypedFunc<u32, u64>,
    cursor: u32,
    rows_buffer: Lent,
}

/// A buffer inside the instance.
#[derive(Clone, Copy, Default)]
struct Lent {
    address: u32,
    capacity: u32,
}

impl Guest {
    /// Looks up what the host calls in a new instance.
    pub(crate) fn new(mut store: Store<Budget>, instance: Instance, fuel: Option<u64>) -> Outcome<Self> {
        let lookup = |error: wasmtime::Error| {
            Failure::new(format!("the WebAssembly file lacks a function that the host calls: {error:#}"))
        };
        let memory = instance
            .get_memory(&mut store, "memory")
            .ok_or_else(|| Failure::new("the WebAssembly file does not export its memory"))?;
        let allocate = instance.get_typed_func(&mut store, "rules_allocate").map_err(lookup)?;
        let free = instance.get_typed_func(&mut store, "rules_free").map_err(lookup)?;
        let call = instance.get_typed_func(&mut store, "rules_call").map_err(lookup)?;
        let decide_chunk = instance.get_typed_func(&mut store, "rules_decide_chunk").map_err(lookup)?;
        let output = instance.get_typed_func(&mut store, "rules_output").map_err(lookup)?;
        let cursor = instance.get_typed_func::<(), u32>(&mut store, "rules_cursor").map_err(lookup)?;
        let mut guest = Self {
            store,
            fuel,
            memory,
            allocate,
            free,
            call,
            decide_chunk,
            output,
            cursor: 0,
            rows_buffer: Lent::default(),
        };
        guest.refuel();
        guest.cursor = cursor
            .call(&mut guest.store, ())
            .map_err(|error| Failure::new(format!("the WebAssembly file does not start: {error:#}")))?;
        Ok(guest)
    }

    fn refuel(&mut self) {
        if let Some(fuel) = self.fuel {
            // Fails only for an engine without fuel.
            let _ = self.store.set_fuel(fuel);
        }
    }

    fn write(&mut self, address: u32, bytes: &[u8]) -> Result<(), Stopped> {
        self.memory.write(&mut self.store, address as usize, bytes).map_err(|_| Stopped::InRow(0, Cause::Fault))
    }

    fn read(&self, place: u64) -> Result<&[u8], Stopped> {
        let (address, length) = unpacked(place);
        let place = address as usize..address as usize + length as usize;
        self.memory.data(&self.store).get(place).ok_or(Stopped::InRow(0, Cause::Fault))
    }

    fn allocate(&mut self, length: usize) -> Result<u32, Stopped> {
        let wanted = u32::try_from(length).map_err(|_| Stopped::InRow(0, Cause::Memory))?;
        self.allocate.call(&mut self.store, wanted).map_err(|error| self.stopped(&error))
    }

    /// Puts rows into the buffer that is kept for them, which grows to the largest chunk.
    fn lend_rows(&mut self, rows: &[u8]) -> Result<Lent, Stopped> {
        let length = u32::try_from(rows.len()).map_err(|_| Stopped::InRow(0, Cause::Memory))?;
        if self.rows_buffer.capacity < length {
            let old = std::mem::take(&mut self.rows_buffer);
            self.free.call(&mut self.store, (old.address, old.capacity)).map_err(|error| self.stopped(&error))?;
            self.rows_buffer = Lent { address: self.allocate(rows.len())?, capacity: length };
        }
        self.write(self.rows_buffer.address, rows)?;
        Ok(Lent { address: self.rows_buffer.address, capacity: length })
    }

    /// Reads from a stopped instance why it stopped and in which row. Its memory may be read; it may not be called.
    fn stopped(&self, error: &wasmtime::Error) -> Stopped {
        let cursor = u64::from(self.cursor) << 32 | 8;
        let started = self.read(cursor).ok().and_then(|bytes| bytes.try_into().ok()).map_or(0, u64::from_le_bytes);
        let cause = match error.downcast_ref::<Trap>() {
            _ if self.store.data().exhausted => Cause::Memory,
            Some(Trap::OutOfFuel) => Cause::Work,
            Some(Trap::StackOverflow) => Cause::Stack,
            _ => Cause::Fault,
        };
        Stopped::InRow(started, cause)
    }
}

impl Engine for Guest {
    fn call(&mut self, request: &str) -> Result<String, Stopped> {
        self.refuel();
        let address = self.allocate(request.len())?;
        let length = u32::try_from(request.len()).map_err(|_| Stopped::InRow(0, Cause::Memory))?;
        self.write(address, request.as_bytes())?;
        let place = self.call.call(&mut self.store, (address, length)).map_err(|error| self.stopped(&error))?;
        let answer = String::from_utf8_lossy(self.read(place)?).into_owned();
        for buffer in [(address, length), unpacked(place)] {
            self.free.call(&mut self.store, buffer).map_err(|error| self.stopped(&error))?;
        }
        Ok(answer)
    }

    fn decide_rows(&mut self, rows: &Rows<'_>, decided: &mut ChunkOutput) -> Result<(), Stopped> {
        self.refuel();
        let lines = self.lend_rows(rows.lines)?;
        let as_of = rows.as_of.unwrap_or_default();
        let as_of_length = u32::try_from(as_of.len()).map_err(|_| Stopped::InRow(0, Cause::Memory))?;
        let as_of_address = self.allocate(as_of.len())?;
        self.write(as_of_address, as_of.as_bytes())?;
        let parameters = (
            rows.pack,
            rows.mapping,
            lines.address,
            lines.capacity,
            rows.first_row,
            u32::from(rows.full),
            as_of_address,
            as_of_length,
        );
        let status = self.decide_chunk.call(&mut self.store, parameters).map_err(|error| self.stopped(&error))?;
        if status != 0 {
            let place = self.output.call(&mut self.store, 3).map_err(|error| self.stopped(&error))?;
            return Err(refusal(&String::from_utf8_lossy(self.read(place)?)));
        }
        let mut places = [0; 3];
        for (which, place) in (0..).zip(&mut places) {
            *place = self.output.call(&mut self.store, which).map_err(|error| self.stopped(&error))?;
        }
        let [records, rejects, tallies] = places;
        decided.records.extend_from_slice(self.read(records)?);
        decided.rejects.extend_from_slice(self.read(rejects)?);
        decided.tallies.extend_from_slice(self.read(tallies)?);
        self.free.call(&mut self.store, (as_of_address, as_of_length)).map_err(|error| self.stopped(&error))
    }
}

/// The address and the length that a plain function packs into one number.
fn unpacked(place: u64) -> (u32, u32) {
    let [a, b, c, d, e, f, g, h] = place.to_be_bytes();
    (u32::from_be_bytes([a, b, c, d]), u32::from_be_bytes([e, f, g, h]))
}

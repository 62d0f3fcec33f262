//! wasmtime, set up for one small module that runs for milliseconds at a time.

use super::guest::{Budget, Guest, TABLE_ELEMENTS};
use super::{Limits, cache};
use crate::failure::{Failure, Outcome};
use std::sync::OnceLock;
use wasmtime::{Config, InstanceAllocationStrategy, InstancePre, Linker, Module, PoolingAllocationConfig, Store};

/// The compiled module and the pool that its instances come from.
pub(crate) struct WasmHost {
    file: &'static [u8],
    sha256: &'static str,
    limits: Limits,
    plain: Compiled,
    /// Compiled only when rows did not come back in time: counting fuel costs 42 % of the speed.
    with_fuel: OnceLock<Compiled>,
}

struct Compiled {
    engine: wasmtime::Engine,
    instances: InstancePre<Budget>,
}

impl WasmHost {
    /// Compiles the module, or loads it from the cache.
    pub(crate) fn open(file: &'static [u8], sha256: &'static str, limits: Limits) -> Outcome<Self> {
        let plain = Compiled::make(file, sha256, limits, false)?;
        Ok(Self { file, sha256, limits, plain, with_fuel: OnceLock::new() })
    }

    /// A fresh instance, from the pool.
    pub(crate) fn engine(&self) -> Outcome<Guest> {
        self.plain.instance(self.limits, None)
    }

    /// A fresh instance that counts fuel.
    pub(crate) fn bounded_engine(&self) -> Outcome<Guest> {
        if self.with_fuel.get().is_none() {
            // Two threads may both compile it; the first one counts.
            let _ = self.with_fuel.set(Compiled::make(self.file, self.sha256, self.limits, true)?);
        }
        let compiled = self.with_fuel.get().ok_or_else(|| Failure::new("the bounded engine is missing"))?;
        compiled.instance(self.limits, Some(self.limits.fuel))
    }
}

impl Compiled {
    fn make(file: &[u8], sha256: &str, limits: Limits, with_fuel: bool) -> Outcome<Self> {
        let fault = |error: wasmtime::Error| Failure::new(format!("wasmtime cannot be set up: {error:#}"));
        let engine = wasmtime::Engine::new(&config(limits, with_fuel)).map_err(|error| {
            Failure::new(format!("wasmtime cannot be set up on this machine: {error:#}")).help(
                "run with --host native; or allow more address space, since every engine reserves 4 GB of addresses (not of memory)",
            )
        })?;
        let module: Module = cache::compiled(&engine, file, sha256)?;
        let mut linker = Linker::new(&engine);
        // The imports belong to the JavaScript face of the module and are never reached from the plain functions.
        linker.define_unknown_imports_as_traps(&module).map_err(fault)?;
        let instances = linker.instantiate_pre(&module).map_err(fault)?;
        Ok(Self { engine, instances })
    }

    fn instance(&self, limits: Limits, fuel: Option<u64>) -> Outcome<Guest> {
        let mut store = Store::new(&self.engine, Budget::new(limits.memory));
        store.limiter(|budget| budget);
        if let Some(fuel) = fuel {
            // Starting the instance runs code too; the work of each call is counted from there.
            let _ = store.set_fuel(fuel);
        }
        let instance = self.instances.instantiate(&mut store).map_err(|error| {
            Failure::new(format!("the WebAssembly file does not start: {error:#}"))
                .help("give it more memory with --memory-limit, or fewer --threads")
        })?;
        Guest::new(store, instance, fuel)
    }
}

fn config(limits: Limits, with_fuel: bool) -> Config {
    let mut pool = PoolingAllocationConfig::default();
    pool.total_core_instances(limits.engines)
        .total_memories(limits.engines)
        .total_tables(limits.engines.saturating_mul(2))
        // The module's own table of functions, and wasm-bindgen's of JavaScript values.
        .max_tables_per_module(2)
        .table_elements(TABLE_ELEMENTS)
        .max_memory_size(limits.memory);
    let mut config = Config::new();
    config
        .allocation_strategy(InstanceAllocationStrategy::Pooling(pool))
        .consume_fuel(with_fuel)
        // A trap is told by its cause and its row; nobody sees the functions it went through.
        .wasm_backtrace_max_frames(None)
        .generate_address_map(false);
    config
}

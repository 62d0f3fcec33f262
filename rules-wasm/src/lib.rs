//! The engine as WebAssembly.

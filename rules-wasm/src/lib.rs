//! The rules engine as one WebAssembly file, with two faces.
//!
//! * A page or Node calls [`call`] through the JavaScript that wasm-bindgen writes: JSON text in, JSON text out.
//! * Any other host (wasmtime, a JVM, Python) calls the plain functions of [`abi`] and answers every import of the
//!   module with a trap: the imports belong to the JavaScript face and a plain host never reaches them.
//!
//! Both faces reach the same [`rules_core::Wire`], one for each instance of the module, so a pack loaded through one
//! face is there for the other. JSON stays text on both: a JavaScript number would turn £0.10 into a binary fraction.
//!
//! The engine answers bad input with a message and never panics. Should it panic all the same, the instance stops
//! with a trap (`unreachable`), which is an exception in JavaScript and an error in every other host; the text of the
//! panic is not kept, because it could hold a person's data.

pub mod abi;
mod instance;

use wasm_bindgen::prelude::wasm_bindgen;

/// Answers one request, both as JSON text, for pages and Node.
///
/// The requests (`load`, `decide`, `lint`, `schema`, …) and their answers are described at [`rules_core::Wire::call`].
/// A request that cannot be read is answered with `{"error": {"code", "message", "help"}}`.
///
/// # Example
///
/// ```js
/// const answer = JSON.parse(call('{"do":"lint","text":"{}"}'));
/// ```
#[wasm_bindgen]
#[must_use]
pub fn call(request: &str) -> String {
    instance::call(request)
}

//! Reading packs and mappings: shape, then meaning.

mod document;
mod fact_shape;
mod facts;
mod names;
mod node;
mod published;
mod reader;
mod shape;

pub use published::published_schemas;

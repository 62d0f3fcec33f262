//! Reading packs and mappings: shape, then meaning.

mod document;
mod fact_shape;
mod facts;
mod logic;
mod names;
mod node;
mod parameters;
mod published;
mod reader;
mod resolve;
mod scope;
mod shape;
mod table;

pub use published::published_schemas;

use crate::code;
use crate::diagnostic::Diagnostic;
use crate::model::Model;
use crate::source::Place;
use crate::value::json::Json;
use document::{FORMAT, PACK};
use node::Node;
use scope::Scope;

/// Reads a pack: what it means, as far as that can be told, and every fault of its shape, its names and its texts.
///
/// A model beside faults is for the checker, whose findings come out together with these; it must not be compiled.
pub(crate) fn read(text: &str) -> (Option<Model>, Vec<Diagnostic>) {
    let document = match reader::json(text) {
        Ok(document) => document,
        Err(fault) => return (None, vec![fault]),
    };
    if let Some(fault) = other_version(&document) {
        return (None, vec![fault]);
    }
    let mut scope = Scope { faults: reader::faults(&document, &PACK), ..Scope::default() };
    let mut model = resolve::resolve(&Node::document(&document), &mut scope);
    if let Some(model) = &mut model {
        model.broken = resolve::broken(model, &scope.faults);
    }
    (model, scope.faults)
}

/// A document of another version is not ours to judge any further.
fn other_version(document: &Json<'_>) -> Option<Diagnostic> {
    let version = document.get("format")?.as_number()?;
    if version == FORMAT.to_string() {
        return None;
    }
    let message = format!("the document is of format version {version}, and this engine reads version {FORMAT}");
    let help = "use an engine that reads it, or write the document in this version";
    Some(Diagnostic::new(&code::OTHER_VERSION, Place::at("/format"), message).help(help))
}

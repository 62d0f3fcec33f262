//! Reading packs and mappings: shape, then meaning.

mod calendars;
mod case_schema;
mod definitions;
mod document;
mod fact_shape;
mod facts;
mod item_definitions;
mod logic;
mod mapping;
mod names;
mod node;
mod parameters;
mod published;
mod reader;
mod references;
mod resolve;
mod scope;
mod shape;
mod table;
mod time_zones;

pub(crate) use case_schema::{case_schema, facts_written_out};
pub(crate) use item_definitions::{read_definitions, read_type};
pub(crate) use mapping::read_mapping;
pub use published::published_schemas;

use crate::code;
use crate::diagnostic::Diagnostic;
use crate::model::Model;
use crate::source::Place;
use crate::value::Zones;
use crate::value::json::Json;
use document::{FORMAT, PACK};
use node::Node;
use scope::Scope;

/// Reads a pack: what it means, as far as that can be told, and every fault of its shape, its names and its texts.
///
/// A model beside faults is for the checker, whose findings come out together with these; it must not be compiled.
pub(crate) fn read(text: &str, zones: Zones<'_>) -> (Option<Model>, Vec<Diagnostic>) {
    let document = match document(text) {
        Ok(document) => document,
        Err(fault) => return (None, vec![fault]),
    };
    let mut scope = Scope::of(&document, &PACK, zones);
    let mut model = resolve::resolve(&Node::document(&document), &mut scope);
    if let Some(model) = &mut model {
        model.broken = resolve::broken(model, &scope.faults);
    }
    (model, scope.faults)
}

/// The document as a tree, when it is JSON and of this version of the format. Of another version it is not ours to judge
/// any further.
fn document(text: &str) -> Result<Json<'_>, Diagnostic> {
    let document = reader::json(text)?;
    let version = document.get("format").and_then(Json::as_number).filter(|version| *version != FORMAT.to_string());
    let Some(version) = version else { return Ok(document) };
    let message = format!("the document is of format version {version}, and this engine reads version {FORMAT}");
    let help = "use an engine that reads it, or write the document in this version";
    Err(Diagnostic::new(&code::OTHER_VERSION, Place::at("/format"), message).help(help))
}

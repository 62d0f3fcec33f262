//! Completes the engine's rejects: which file, which line of it, which column, and the host's own reasons.

use super::chunk::{Chunk, Origin};
use crate::failure::{Failure, Outcome};
use serde_json::{Map, Value};

/// Rewrites the rejects of a chunk, one a line and in the order of the rows.
///
/// The engine numbers rows over the whole input; in a reject, `line` becomes the line of the file. Values of the case
/// are not in a reject, so it may be sent to whoever repairs the data.
pub(crate) fn complete(rejects: &[u8], chunk: &Chunk, origin: &Origin) -> Outcome<Vec<u8>> {
    let mut lines = Vec::new();
    let name = origin.name();
    for line in rejects.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()) {
        let mut reject: Map<String, Value> = serde_json::from_slice(line)
            .map_err(|error| Failure::new(format!("a reject of the engine cannot be read: {error}")))?;
        let row = reject.get("line").and_then(Value::as_u64).unwrap_or(chunk.first_row);
        let index = usize::try_from(row.saturating_sub(chunk.first_row)).unwrap_or(usize::MAX);
        if let Some(place) = chunk.places.get(index) {
            reject.insert("line".to_owned(), (*place).into());
        }
        reject.insert("file".to_owned(), name.as_str().into());
        if let Some(refusal) = chunk.refused.get(&index) {
            reject.insert("code".to_owned(), refusal.code.into());
            reject.insert("message".to_owned(), refusal.message.as_str().into());
            reject.insert("help".to_owned(), refusal.help.into());
            if let Some(column) = &refusal.column {
                reject.insert("column".to_owned(), column.as_str().into());
            }
        } else if let Some(columns) = &chunk.columns {
            let pointer = reject.get("pointer").and_then(Value::as_str).unwrap_or_default();
            if let Some(header) = columns.header_at(pointer) {
                reject.insert("column".to_owned(), header.into());
            }
        }
        // Writing into a list of bytes has no way to fail.
        let _ = serde_json::to_writer(&mut lines, &reject);
        lines.push(b'\n');
    }
    Ok(lines)
}

//! From cells to JSON: the header names facts, and the declared type says how a cell is read.
//!
//! An empty cell is absent. A number is taken over as it is written, a yes or no becomes a truth value, a list or an
//! object is JSON text. A cell that does not look like its type goes to the engine as text, and the engine says in
//! which fact what was expected: there is one judge of values, and it is not here.

use super::chunk::Refusal;
use crate::failure::{Failure, Outcome};
use csv::ByteRecord;
use serde_json::Value;
use std::collections::BTreeMap;

/// The columns of one file.
pub(crate) struct Columns {
    headers: Vec<String>,
    root: BTreeMap<String, Branch>,
}

/// A column, or the columns whose names begin alike (`contract.start`, `contract.end`).
enum Branch {
    Column { index: usize, kind: Kind },
    Object(BTreeMap<String, Branch>),
}

/// What a cell may hold.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Kind {
    pub(super) number: bool,
    pub(super) boolean: bool,
    pub(super) null: bool,
    text: bool,
    json: bool,
}

impl Columns {
    /// Plans the columns of a header by a JSON Schema of the case.
    ///
    /// With `nested`, a dot in a header leads into an object; a mapping's columns have their names as they are.
    pub(crate) fn plan(header: &ByteRecord, schema: &Value, nested: bool) -> Outcome<Self> {
        let mut headers = Vec::new();
        let mut root = BTreeMap::new();
        for (index, name) in header.iter().enumerate() {
            let name = std::str::from_utf8(name).map_err(|_| not_utf8_header())?.trim();
            if name.is_empty() {
                return Err(Failure::new(format!("column {} has no name in the header", index + 1))
                    .help("the first row must name the fact of every column"));
            }
            let path: Vec<&str> = if nested { name.split('.').collect() } else { vec![name] };
            let kind = kind_at(schema, &path);
            if !insert(&mut root, &path, Branch::Column { index, kind }) {
                return Err(Failure::new(format!("the column `{name}` is there twice, or also as `{name}.…`"))
                    .help("rename or remove one of the two, so that no value is lost"));
            }
            headers.push(name.to_owned());
        }
        Ok(Self { headers, root })
    }

    /// How many cells a row has.
    pub(crate) fn count(&self) -> usize {
        self.headers.len()
    }

    /// The header of the column that holds what a JSON pointer names.
    pub(crate) fn header_at(&self, pointer: &str) -> Option<&str> {
        let mut branch: Option<&Branch> = None;
        for token in pointer.strip_prefix('/')?.split('/') {
            let token = token.replace("~1", "/").replace("~0", "~");
            let branches = match branch {
                None => &self.root,
                Some(Branch::Object(branches)) => branches,
                Some(Branch::Column { .. }) => break,
            };
            branch = Some(branches.get(&token)?);
        }
        match branch? {
            Branch::Column { index, .. } => self.headers.get(*index).map(String::as_str),
            Branch::Object(_) => None,
        }
    }

    /// Appends the row as one JSON object and a line break.
    pub(crate) fn write_case(&self, record: &ByteRecord, lines: &mut Vec<u8>) -> Result<(), Refusal> {
        if record.len() != self.count() {
            return Err(self.wrong_count(record));
        }
        write_object(&self.root, record, lines).map_err(|index| self.not_utf8(index))?;
        lines.push(b'\n');
        Ok(())
    }

    fn wrong_count(&self, record: &ByteRecord) -> Refusal {
        let breaks = record.as_slice().iter().filter(|byte| **byte == b'\n').count();
        let mut message = format!("the row has {} cells and the header {}", record.len(), self.count());
        if breaks > 0 {
            message = format!("{message}; it reaches over {} lines", breaks + 1);
        }
        Refusal {
            code: "row-cells",
            message,
            help: "a cell with a comma or a line break must stand in quotation marks, and each mark must be closed",
            column: None,
        }
    }

    fn not_utf8(&self, index: usize) -> Refusal {
        Refusal {
            code: "case-not-utf8",
            message: "the cell holds bytes that are not UTF-8 text".to_owned(),
            help: SAVE_AS_UTF8,
            column: self.headers.get(index).cloned(),
        }
    }
}

/// What to do about a file in an old encoding.
pub(crate) const SAVE_AS_UTF8: &str =
    "save the file as UTF-8: in Excel choose Save As and the type `CSV UTF-8 (Comma delimited)`";

fn not_utf8_header() -> Failure {
    Failure::new("the header holds bytes that are not UTF-8 text").help(SAVE_AS_UTF8)
}

fn insert(branches: &mut BTreeMap<String, Branch>, path: &[&str], column: Branch) -> bool {
    match path {
        [] => false,
        [name] => branches.insert((*name).to_owned(), column).is_none(),
        [name, rest @ ..] => {
            let below = branches.entry((*name).to_owned()).or_insert_with(|| Branch::Object(BTreeMap::new()));
            match below {
                Branch::Object(branches) => insert(branches, rest, column),
                Branch::Column { .. } => false,
            }
        }
    }
}

/// Writes an object of the cells that are not empty; the error is the index of a cell that is not UTF-8.
fn write_object(branches: &BTreeMap<String, Branch>, record: &ByteRecord, lines: &mut Vec<u8>) -> Result<(), usize> {
    lines.push(b'{');
    let mut first = true;
    for (name, branch) in branches {
        if !holds_something(branch, record) {
            continue;
        }
        if !first {
            lines.push(b',');
        }
        first = false;
        write_text(name, lines);
        lines.push(b':');
        match branch {
            Branch::Object(below) => write_object(below, record, lines)?,
            Branch::Column { index, kind } => {
                let cell = record.get(*index).unwrap_or_default();
                kind.write(std::str::from_utf8(cell).map_err(|_| *index)?.trim(), lines);
            }
        }
    }
    lines.push(b'}');
    Ok(())
}

fn holds_something(branch: &Branch, record: &ByteRecord) -> bool {
    match branch {
        Branch::Column { index, .. } => record.get(*index).is_some_and(|cell| !cell.trim_ascii().is_empty()),
        Branch::Object(below) => below.values().any(|branch| holds_something(branch, record)),
    }
}

pub(super) fn write_text(text: &str, lines: &mut Vec<u8>) {
    // Writing a text into a list of bytes has no way to fail.
    let _ = serde_json::to_writer(lines, text);
}

impl Kind {
    const TEXT: Self = Self { number: false, boolean: false, null: false, text: true, json: false };

    /// What the schema of a fact allows.
    pub(super) fn of(fact: &Value) -> Self {
        let mut kind = Self::default();
        let mut allow = |word: &str| match word {
            "number" | "integer" => kind.number = true,
            "boolean" => kind.boolean = true,
            "null" => kind.null = true,
            "array" | "object" => kind.json = true,
            _ => kind.text = true,
        };
        match fact.get("type") {
            Some(Value::String(word)) => allow(word),
            Some(Value::Array(words)) => words.iter().filter_map(Value::as_str).for_each(allow),
            _ => {
                let constant = fact.get("const").into_iter();
                let listed = fact.get("enum").and_then(Value::as_array).into_iter().flatten();
                constant.chain(listed).for_each(|value| {
                    allow(match value {
                        Value::Number(_) => "number",
                        Value::Bool(_) => "boolean",
                        Value::Null => "null",
                        Value::Array(_) | Value::Object(_) => "object",
                        Value::String(_) => "string",
                    });
                });
            }
        }
        if kind == Self::default() { Self::TEXT } else { kind }
    }

    /// Appends a cell that is not empty.
    pub(super) fn write(self, cell: &str, lines: &mut Vec<u8>) {
        if self.number && is_json_number(cell) {
            lines.extend_from_slice(cell.as_bytes());
        } else if let (true, Some(truth)) = (self.boolean, truth(cell)) {
            lines.extend_from_slice(if truth { b"true" } else { b"false" });
        } else if self.null && !self.text && cell == "null" {
            lines.extend_from_slice(b"null");
        } else if self.json && serde_json::from_str::<serde::de::IgnoredAny>(cell).is_ok() {
            lines.extend(cell.bytes().map(|byte| if byte == b'\n' || byte == b'\r' { b' ' } else { byte }));
        } else {
            write_text(cell, lines);
        }
    }
}

fn truth(cell: &str) -> Option<bool> {
    let is = |words: [&str; 2]| words.iter().any(|word| cell.eq_ignore_ascii_case(word));
    if is(["true", "yes"]) {
        Some(true)
    } else if is(["false", "no"]) {
        Some(false)
    } else {
        None
    }
}

/// Whether a text is a number in JSON's sense: `-12.50`, `1e3`, and neither `1,234` nor `007`.
fn is_json_number(text: &str) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let unsigned = text.strip_prefix('-').unwrap_or(text);
    let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (unsigned, None),
    };
    let (whole, fraction) = match mantissa.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (mantissa, None),
    };
    digits(whole)
        && (whole == "0" || !whole.starts_with('0'))
        && fraction.is_none_or(digits)
        && exponent.is_none_or(|exponent| digits(exponent.strip_prefix(['+', '-']).unwrap_or(exponent)))
}

/// What the schema says of a fact; text when it does not know it.
fn kind_at(schema: &Value, path: &[&str]) -> Kind {
    // The lists of pointers are the case's own, not facts.
    if let ["not_known" | "not_applicable"] = path {
        return Kind { json: true, ..Kind::default() };
    }
    let fact = path.iter().try_fold(schema, |schema, name| schema.get("properties")?.get(name));
    fact.map_or(Kind::TEXT, Kind::of)
}

#[cfg(test)]
mod tests {
    use super::{Columns, is_json_number};
    use csv::ByteRecord;
    use serde_json::json;

    /// Cells and the case that they become: header, type in the schema, cell, JSON.
    const CELLS: &[(&str, &str, &str, &str)] = &[
        ("score", "integer", "28", r#"{"score":28}"#),
        ("score", "number", " 0.10 ", r#"{"score":0.10}"#),
        ("score", "number", "1,234", r#"{"score":"1,234"}"#),
        ("score", "number", "007", r#"{"score":"007"}"#),
        ("score", "number", "", "{}"),
        ("problem", "boolean", "Yes", r#"{"problem":true}"#),
        ("problem", "boolean", "FALSE", r#"{"problem":false}"#),
        ("problem", "boolean", "maybe", r#"{"problem":"maybe"}"#),
        ("name", "string", "28", r#"{"name":"28"}"#),
        ("name", "string", "a \"b\"\nc", r#"{"name":"a \"b\"\nc"}"#),
        ("history", "array", "[{\"a\":\n1}]", r#"{"history":[{"a": 1}]}"#),
        ("history", "array", "[", r#"{"history":"["}"#),
        ("unheard_of", "number", "1", r#"{"unheard_of":1}"#),
        ("not_known", "string", "[\"/score\"]", r#"{"not_known":["/score"]}"#),
        ("contract.value", "object", "12.5", r#"{"contract":{"value":"12.5"}}"#),
    ];

    #[test]
    fn a_cell_is_read_by_the_declared_type() -> Result<(), crate::failure::Failure> {
        for (header, kind, cell, expected) in CELLS {
            let schema = json!({"properties": {(*header): {"type": kind}}});
            let columns = Columns::plan(&ByteRecord::from(vec![*header]), &schema, true)?;
            let mut lines = Vec::new();
            let refused = columns.write_case(&ByteRecord::from(vec![*cell]), &mut lines).is_err();
            assert!(!refused, "{header} {cell}");
            assert_eq!(String::from_utf8_lossy(&lines).trim_end(), *expected, "{header} {cell}");
        }
        Ok(())
    }

    #[test]
    fn a_dotted_header_leads_into_an_object_and_back() -> Result<(), crate::failure::Failure> {
        let schema = json!({"properties": {"contract": {"properties": {"value": {"type": "number"}}}}});
        let header = ByteRecord::from(vec!["case", "contract.value", "contract.start"]);
        let columns = Columns::plan(&header, &schema, true)?;
        let mut lines = Vec::new();
        let refused = columns.write_case(&ByteRecord::from(vec!["7", "12.5", ""]), &mut lines).is_err();
        assert!(!refused);
        assert_eq!(lines, b"{\"case\":\"7\",\"contract\":{\"value\":12.5}}\n");
        assert_eq!(columns.header_at("/contract/value"), Some("contract.value"));
        assert_eq!(columns.header_at("/contract"), None);
        Ok(())
    }

    #[test]
    fn only_numbers_of_json_are_numbers() {
        for number in ["0", "-0.5", "12", "1e400", "1.5E-3"] {
            assert!(is_json_number(number), "{number}");
        }
        for text in ["", "-", "01", ".5", "5.", "1e", "+1", "1 000", "NaN", "0x1"] {
            assert!(!is_json_number(text), "{text}");
        }
    }
}

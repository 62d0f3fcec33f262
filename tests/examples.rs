//! Examples of diagnostics: something sound, one change to it, and what the engine says of that.
//!
//! `tests/diagnostics/<code>.json` lists the examples of one code. Each replaces one place of a sound document in
//! `tests/diagnostics/base/` (the `pack`, unless it says `"in": "case"`, `"in": "mapping"` or `"in": "item definitions"`), or
//! gives a whole `document`, and the engine has the time zones unless it says `"time_zones": false`. It holds every diagnostic
//! that follows, word for word.

use std::fs;
use std::io;
use std::path::PathBuf;

use rules_core::{
    CODES, ChunkOutput, ChunkRequest, Diagnostic, EngineIdentity, Feel, Locator, RuleSet, TimeZones, Wire,
};
use serde_json::{Value, json};

use crate::{time_zones, workspace};

/// What an example changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    /// The pack.
    Pack,
    /// A mapping to the pack.
    Mapping,
    /// A case, which is decided with the pack.
    Case,
    /// A list of item definitions for FEEL outside any pack.
    ItemDefinitions,
}

/// One example.
#[derive(Clone, Debug)]
pub struct Example {
    /// What is wrong, in a sentence.
    pub says: String,
    /// What the document is.
    pub subject: Subject,
    /// The document with the fault; of a case, bytes that need not be UTF-8.
    pub document: Vec<u8>,
    /// The pack, where the document is none itself.
    pub pack: String,
    /// The time zones that the engine is handed, for a pack.
    pub time_zones: Option<TimeZones>,
    /// Every diagnostic of it, as [`Example::run`] gives them.
    pub diagnostics: Vec<Value>,
}

/// The folder of the examples.
#[must_use]
pub fn folder() -> PathBuf {
    workspace().join("tests/diagnostics")
}

/// The sound document of that name: `pack`, `mapping` or `case`.
///
/// # Errors
/// When the file cannot be read.
pub fn base(name: &str) -> io::Result<String> {
    fs::read_to_string(folder().join(format!("base/{name}.json")))
}

/// The examples of a code; none when it has no file.
///
/// # Errors
/// When the file is there and is not what it should be.
pub fn of(code: &str) -> io::Result<Vec<Example>> {
    let path = folder().join(format!("{code}.json"));
    if !path.exists() {
        return Ok(Vec::new());
    }
    let list: Value = serde_json::from_str(&fs::read_to_string(&path)?)?;
    list.as_array().into_iter().flatten().map(read).collect()
}

/// Writes the diagnostics of every example as the engine gives them now. Read the difference before it is kept.
///
/// # Errors
/// When a file cannot be read or written.
pub fn renew() -> io::Result<()> {
    for code in CODES {
        let path = folder().join(format!("{}.json", code.id));
        let examples = of(code.id)?;
        if examples.is_empty() {
            continue;
        }
        let mut list: Value = serde_json::from_str(&fs::read_to_string(&path)?)?;
        for (item, example) in list.as_array_mut().into_iter().flatten().zip(examples) {
            if let Some(item) = item.as_object_mut() {
                item.insert("diagnostics".to_owned(), example.run().into());
            }
        }
        fs::write(&path, serde_json::to_string_pretty(&list)? + "\n")?;
    }
    Ok(())
}

fn read(example: &Value) -> io::Result<Example> {
    let text = |name: &str| example.get(name).and_then(Value::as_str).map(str::to_owned);
    let says = text("says").unwrap_or_default();
    let wrong = |what: &str| io::Error::other(format!("{says}: {what}"));
    let (subject, name) = match text("in").as_deref() {
        None => (Subject::Pack, "pack"),
        Some("mapping") => (Subject::Mapping, "mapping"),
        Some("case") => (Subject::Case, "case"),
        Some("item definitions") => (Subject::ItemDefinitions, "item definitions"),
        Some(_) => return Err(wrong("`in` is `mapping`, `case` or `item definitions`")),
    };
    let document = match text("document") {
        Some(document) => document,
        None => changed(&base(name)?, example).ok_or_else(|| wrong("`replace` is not there exactly once"))?,
    };
    let pack = base("pack")?;
    let pack = match example.get("pack") {
        Some(change) => changed(&pack, change).ok_or_else(|| wrong("`replace` is not in the pack exactly once"))?,
        None => pack,
    };
    // In JSON no byte stands for itself, so a case that is no UTF-8 is written with a letter for each byte.
    let bytes = if example.get("bytes") == Some(&Value::Bool(true)) {
        document.chars().map(|letter| u8::try_from(letter).map_err(|_| wrong("a letter is no byte"))).collect()
    } else {
        Ok(document.into_bytes())
    };
    let diagnostics = example.get("diagnostics").and_then(Value::as_array).cloned();
    let diagnostics = diagnostics.ok_or_else(|| wrong("no `diagnostics`"))?;
    let time_zones = (example.get("time_zones") != Some(&Value::Bool(false))).then(time_zones);
    Ok(Example { document: bytes?, subject, pack, time_zones, diagnostics, says })
}

/// `base` with what stands under `replace` replaced by `with`, so many `times`, and `then` behind it.
fn changed(base: &str, change: &Value) -> Option<String> {
    let old = change.get("replace")?.as_str().filter(|old| base.matches(old).count() == 1)?;
    let times = change.get("times").and_then(Value::as_u64).and_then(|times| usize::try_from(times).ok());
    let then = change.get("then").and_then(Value::as_str).unwrap_or_default();
    Some(base.replace(old, &(change.get("with")?.as_str()?.repeat(times.unwrap_or(1)) + then)))
}

impl Example {
    /// What the engine says: code, pointer, message and help; in a document with line, column and what is underlined.
    #[must_use]
    pub fn run(&self) -> Vec<Value> {
        let document = String::from_utf8_lossy(&self.document);
        match self.subject {
            Subject::Pack => shown(&document, self.time_zones.clone()),
            Subject::ItemDefinitions => {
                let found = Feel::new().define(&document).err().unwrap_or_default();
                located(&document, &found)
            }
            Subject::Mapping => of_mapping(&self.pack, &document),
            Subject::Case => of_case(&self.pack, &self.document),
        }
    }
}

/// The diagnostics of a pack on an engine that was handed these time zones.
#[must_use]
pub fn shown(document: &str, time_zones: Option<TimeZones>) -> Vec<Value> {
    let engine = EngineIdentity::of_file("").with_time_zones(time_zones);
    located(document, &RuleSet::lint_with(document, engine))
}

/// Diagnostics with their lines and columns in `document`.
fn located(document: &str, diagnostics: &[Diagnostic]) -> Vec<Value> {
    let locator = Locator::new(document);
    let show = diagnostics.iter().map(|diagnostic| {
        let location = locator.locate(&diagnostic.place);
        json!({
            "code": diagnostic.code.id,
            "pointer": diagnostic.place.pointer,
            "line": location.line,
            "column": location.column,
            "underlined": first_line(document, location.start, location.end),
            "message": diagnostic.message,
            "help": diagnostic.help,
        })
    });
    show.collect()
}

fn first_line(document: &str, start: usize, end: usize) -> &str {
    document.get(start..end).and_then(|text| text.lines().next()).unwrap_or_default()
}

/// The diagnostics of a mapping that is loaded beside `pack`.
fn of_mapping(pack: &str, mapping: &str) -> Vec<Value> {
    let mut wire = Wire::new();
    let _ = wire.call(&json!({"do": "load", "text": pack}).to_string());
    let answer = wire.call(&json!({"do": "load mapping", "text": mapping, "pack": 1}).to_string());
    let answer: Value = serde_json::from_str(&answer).unwrap_or_default();
    let found = answer.get("diagnostics").or_else(|| answer.get("warnings")).and_then(Value::as_array).cloned();
    let byte = |diagnostic: &Value, name: &str| diagnostic[name].as_u64().and_then(|byte| usize::try_from(byte).ok());
    let show = found.unwrap_or_else(|| vec![answer]).into_iter().map(|diagnostic| {
        let (start, end) = (byte(&diagnostic, "start"), byte(&diagnostic, "end"));
        json!({
            "code": diagnostic["code"],
            "pointer": diagnostic["pointer"],
            "line": diagnostic["line"],
            "column": diagnostic["column"],
            "underlined": first_line(mapping, start.unwrap_or_default(), end.unwrap_or_default()),
            "message": diagnostic["message"],
            "help": diagnostic["help"],
        })
    });
    show.collect()
}

/// The faults of a case, and the keys of it that the pack does not declare.
fn of_case(pack: &str, case: &[u8]) -> Vec<Value> {
    let mut wire = Wire::new();
    let _ = wire.call(&json!({"do": "load", "text": pack}).to_string());
    let lines: Vec<u8> = case.iter().map(|byte| if *byte == b'\n' { b' ' } else { *byte }).collect();
    let request = ChunkRequest { pack: 1, mapping: 0, lines: &lines, first_row: 1, full: false, as_of: None };
    let mut output = ChunkOutput::default();
    if let Err(error) = wire.decide_chunk(request, &mut |_| {}, &mut output) {
        return vec![json!({"code": "not decided", "message": format!("{error:?}")})];
    }
    let json = |bytes: &[u8]| serde_json::from_slice::<Value>(bytes).unwrap_or_default();
    let show = |fault: &Value| {
        json!({
            "code": fault["code"], "pointer": fault["pointer"], "message": fault["message"], "help": fault["help"],
        })
    };
    let reject = json(&output.rejects);
    let rejected = reject.get("code").map(|_| show(&reject));
    let others = reject.get("others").and_then(Value::as_array).into_iter().flatten().map(show);
    let tally = json(&output.tallies);
    let undeclared = tally.get("undeclared").and_then(Value::as_object).into_iter().flatten();
    let undeclared = undeclared
        .map(|(key, count)| json!({"code": "case-undeclared", "pointer": key, "message": null, "help": count["help"]}));
    rejected.into_iter().chain(others).chain(undeclared).collect()
}

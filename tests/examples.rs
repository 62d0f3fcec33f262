//! Examples of diagnostics: a sound pack, one change to it, and what the engine says of that.
//!
//! `tests/diagnostics/<code>.json` lists the examples of one code. Each replaces one place of `tests/diagnostics/base/pack.json`
//! (or gives a whole `document`) and holds every diagnostic that follows, word for word.

use std::fs;
use std::io;
use std::path::PathBuf;

use rules_core::{CODES, Diagnostic, Locator, RuleSet};
use serde_json::{Value, json};

use crate::workspace;

/// One example.
#[derive(Clone, Debug)]
pub struct Example {
    /// What is wrong, in a sentence.
    pub says: String,
    /// What stands in the sound pack and what stands there instead; `None` for a whole document.
    pub change: Option<(String, String)>,
    /// The document with the fault.
    pub document: String,
    /// Every diagnostic of it, as [`shown`] shows them.
    pub diagnostics: Vec<Value>,
}

/// The folder of the examples.
#[must_use]
pub fn folder() -> PathBuf {
    workspace().join("tests/diagnostics")
}

/// The sound pack that the examples change.
///
/// # Errors
/// When the file cannot be read.
pub fn base() -> io::Result<String> {
    fs::read_to_string(folder().join("base/pack.json"))
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
    let base = base()?;
    list.as_array().into_iter().flatten().map(|example| read(&base, example)).collect()
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
                item.insert("diagnostics".to_owned(), shown(&example.document).into());
            }
        }
        fs::write(&path, serde_json::to_string_pretty(&list)? + "\n")?;
    }
    Ok(())
}

fn read(base: &str, example: &Value) -> io::Result<Example> {
    let text = |name: &str| example.get(name).and_then(Value::as_str).map(str::to_owned);
    let says = text("says").unwrap_or_default();
    let wrong = |what: &str| io::Error::other(format!("{says}: {what}"));
    let change = text("replace").zip(text("with"));
    let document = match (&change, text("document")) {
        (None, Some(document)) => document,
        (Some((old, _)), None) if base.matches(old).count() != 1 => return Err(wrong("the place is not there once")),
        (Some((old, new)), None) => {
            let times = example.get("times").and_then(Value::as_u64).and_then(|times| usize::try_from(times).ok());
            base.replace(old, &new.repeat(times.unwrap_or(1)))
        }
        _ => return Err(wrong("give `replace` and `with`, or `document`")),
    };
    let diagnostics = example.get("diagnostics").and_then(Value::as_array).cloned();
    Ok(Example { document, change, diagnostics: diagnostics.ok_or_else(|| wrong("no `diagnostics`"))?, says })
}

/// The diagnostics of a pack as the examples hold them: code, pointer, line, column, what is underlined, message and help.
#[must_use]
pub fn shown(document: &str) -> Vec<Value> {
    let locator = Locator::new(document);
    RuleSet::lint(document).iter().map(|diagnostic| show(document, &locator, diagnostic)).collect()
}

fn show(document: &str, locator: &Locator<'_>, diagnostic: &Diagnostic) -> Value {
    let location = locator.locate(&diagnostic.place);
    let underlined = document.get(location.start..location.end).unwrap_or_default();
    json!({
        "code": diagnostic.code.id,
        "pointer": diagnostic.place.pointer,
        "line": location.line,
        "column": location.column,
        "underlined": underlined.lines().next().unwrap_or_default(),
        "message": diagnostic.message,
        "help": diagnostic.help,
    })
}

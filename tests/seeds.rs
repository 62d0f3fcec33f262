//! What the fuzz targets begin with: our own corpora, cut into one file a text.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::Path;

use rules_core::{CODES, functions};
use serde_json::Value;

use crate::examples::{self, Subject};
use crate::random::Random;
use crate::{expressions, values, workspace};

/// Longer texts slow the fuzzer down and say little that short ones do not.
const LONGEST: usize = 300;

/// Writes the seeds of every target into `tests/fuzz/corpus`, with a dictionary of FEEL's words.
///
/// # Errors
/// When a corpus cannot be read, or a seed not be written.
pub fn write() -> io::Result<()> {
    let folder = workspace().join("tests/fuzz/corpus");
    let expressions = expressions()?;
    write_texts(&folder.join("feel"), expressions.iter().map(String::as_bytes))?;
    let (mut packs, mut cases) =
        (vec![examples::base("pack")?.into_bytes()], vec![examples::base("case")?.into_bytes()]);
    for code in CODES {
        for example in examples::of(code.id)? {
            match example.subject {
                Subject::Pack => packs.push(example.document),
                Subject::Case => cases.push(example.document),
                Subject::Mapping | Subject::ItemDefinitions => {}
            }
        }
    }
    write_texts(&folder.join("pack"), packs.iter().map(Vec::as_slice))?;
    write_texts(&folder.join("case"), cases.iter().map(Vec::as_slice))?;
    fs::write(workspace().join("tests/fuzz/corpus/feel.dictionary"), dictionary(&expressions))
}

/// Every expression of our corpora, and some that follow the grammar at random.
///
/// # Errors
/// When a corpus cannot be read.
pub fn expressions() -> io::Result<BTreeSet<String>> {
    let mut found = BTreeSet::new();
    for folder in ["builtins", "feel"] {
        for file in fs::read_dir(workspace().join("tests/corpus").join(folder))? {
            let corpus: Value = serde_json::from_str(&fs::read_to_string(file?.path())?)?;
            let fuzzed = corpus.as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned);
            found.extend(fuzzed);
            let texts = values(&corpus).into_iter().filter(|(pointer, _)| pointer.ends_with("/expression"));
            found.extend(texts.filter_map(|(_, text)| text.as_str().map(str::to_owned)));
        }
    }
    let examples = functions();
    found.extend(examples.iter().flat_map(|function| function.examples).map(|(text, _)| (*text).to_owned()));
    let mut random = Random::new(3);
    found.extend((0..500).map(|_| expressions::expression(&mut random, 3)));
    found.retain(|text| text.len() <= LONGEST);
    Ok(found)
}

/// The names of all builtins, and every word and sign that `expressions` have often, as libFuzzer reads them.
fn dictionary(expressions: &BTreeSet<String>) -> String {
    let mut often: BTreeMap<&str, usize> = BTreeMap::new();
    for word in expressions.iter().flat_map(|text| text.split_whitespace()).filter(|word| word.is_ascii()) {
        *often.entry(word).or_default() += 1;
    }
    let words = often.into_iter().filter(|(_, times)| *times > 4).map(|(word, _)| word.to_owned());
    let calls = functions().into_iter().map(|function| format!("{}(", function.name));
    let quoted = |word: String| format!("\"{}\"\n", word.replace('\\', "\\\\").replace('"', "\\\""));
    calls.chain(words).map(quoted).collect()
}

fn write_texts<'t>(folder: &Path, texts: impl Iterator<Item = &'t [u8]>) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    for (number, text) in texts.enumerate() {
        fs::write(folder.join(format!("seed-{number:04}")), text)?;
    }
    Ok(())
}

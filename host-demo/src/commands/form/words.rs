//! The languages that the form has words in.

use serde_json::Value;

/// The words of one language.
#[derive(Debug)]
pub(crate) struct Words {
    /// Its tag.
    pub(crate) language: &'static str,
    /// What it calls itself.
    pub(crate) name: &'static str,
    /// The file beside the page.
    pub(crate) file: &'static str,
    pub(crate) text: &'static str,
}

pub(crate) static ENGLISH: Words =
    Words { language: "en", name: "English", file: "words.en.json", text: include_str!("../../../form/words.en.json") };

pub(crate) static WELSH: Words =
    Words { language: "cy", name: "Cymraeg", file: "words.cy.json", text: include_str!("../../../form/words.cy.json") };

/// The words of `language`, or the English ones.
pub(crate) fn of(language: &str) -> &'static Words {
    if language == WELSH.language { &WELSH } else { &ENGLISH }
}

impl Words {
    /// One text of them.
    pub(crate) fn said(&self, name: &str) -> String {
        let words: Value = serde_json::from_str(self.text).unwrap_or_default();
        words.get(name).and_then(Value::as_str).unwrap_or_default().to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::{ENGLISH, WELSH, Words};
    use serde_json::Value;

    /// The words with every text left empty.
    fn shape(words: &Value) -> Value {
        match words {
            Value::Object(entries) => entries.iter().map(|(name, inner)| (name.clone(), shape(inner))).collect(),
            Value::Array(items) => items.iter().map(shape).collect(),
            _ => Value::Null,
        }
    }

    #[test]
    fn both_languages_have_the_same_words() -> serde_json::Result<()> {
        let read = |words: &Words| serde_json::from_str(words.text);
        assert_eq!(shape(&read(&ENGLISH)?), shape(&read(&WELSH)?));
        Ok(())
    }
}

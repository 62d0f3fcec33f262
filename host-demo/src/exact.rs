//! JSON whose numbers stay as they are written.
//!
//! The usual JSON tree turns 0.10 into a binary fraction. Cases, records and schemas pass through this program as text;
//! where their parts are needed, they are read into this tree.

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;
use std::fmt::{self, Write};

/// How deep a document may be nested: as deep as the engine reads one.
const DEEPEST: usize = 256;

/// A JSON value with its numbers as text.
#[derive(Clone, Debug, Eq)]
pub(crate) enum Exact {
    /// `null`, `true`, `false`, or a number in plain form: no exponent, no zeros that say nothing.
    Token(String),
    Text(String),
    List(Vec<Self>),
    /// In the order of the document.
    Object(Vec<(String, Self)>),
}

/// Objects are equal when their members are, in any order.
impl PartialEq for Exact {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Token(left), Self::Token(right)) | (Self::Text(left), Self::Text(right)) => left == right,
            (Self::List(left), Self::List(right)) => left == right,
            (Self::Object(left), Self::Object(right)) => {
                left.len() == right.len() && left.iter().all(|(key, value)| other.get(key) == Some(value))
            }
            _ => false,
        }
    }
}

impl Exact {
    /// Reads JSON; the error says what is wrong and where.
    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        let raw: &RawValue = serde_json::from_str(text).map_err(|error| error.to_string())?;
        Self::read(raw, 0)
    }

    fn read(raw: &RawValue, depth: usize) -> Result<Self, String> {
        if depth > DEEPEST {
            return Err(format!("it is nested deeper than {DEEPEST} levels"));
        }
        let text = raw.get();
        let fault = |error: serde_json::Error| error.to_string();
        match text.bytes().next() {
            Some(b'{') => {
                let Members(members) = serde_json::from_str(text).map_err(fault)?;
                let read = members.into_iter().map(|(key, value)| Ok((key, Self::read(value, depth + 1)?)));
                read.collect::<Result<_, String>>().map(Self::Object)
            }
            Some(b'[') => {
                let items: Vec<&RawValue> = serde_json::from_str(text).map_err(fault)?;
                items.into_iter().map(|item| Self::read(item, depth + 1)).collect::<Result<_, _>>().map(Self::List)
            }
            Some(b'"') => serde_json::from_str(text).map(Self::Text).map_err(fault),
            _ => Ok(Self::Token(plain(text))),
        }
    }

    /// The member of an object.
    pub(crate) fn get(&self, key: &str) -> Option<&Self> {
        match self {
            Self::Object(members) => members.iter().find(|(name, _)| name == key).map(|(_, value)| value),
            Self::Token(_) | Self::Text(_) | Self::List(_) => None,
        }
    }

    /// The text, when it is one.
    pub(crate) fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            Self::Token(_) | Self::List(_) | Self::Object(_) => None,
        }
    }

    /// The items, when it is a list; nothing otherwise.
    pub(crate) fn items(&self) -> &[Self] {
        match self {
            Self::List(items) => items,
            Self::Token(_) | Self::Text(_) | Self::Object(_) => &[],
        }
    }

    /// The members, when it is an object; nothing otherwise.
    pub(crate) fn members(&self) -> &[(String, Self)] {
        match self {
            Self::Object(members) => members,
            Self::Token(_) | Self::Text(_) | Self::List(_) => &[],
        }
    }

    /// The member of an object, to change it.
    pub(crate) fn get_mut(&mut self, key: &str) -> Option<&mut Self> {
        match self {
            Self::Object(members) => members.iter_mut().find(|(name, _)| name == key).map(|(_, value)| value),
            Self::Token(_) | Self::Text(_) | Self::List(_) => None,
        }
    }

    /// The items, to change them; nothing when it is no list.
    pub(crate) fn items_mut(&mut self) -> &mut [Self] {
        match self {
            Self::List(items) => items,
            Self::Token(_) | Self::Text(_) | Self::Object(_) => &mut [],
        }
    }

    /// The members, when it is an object; nothing otherwise.
    pub(crate) fn into_members(self) -> Vec<(String, Self)> {
        match self {
            Self::Object(members) => members,
            Self::Token(_) | Self::Text(_) | Self::List(_) => Vec::new(),
        }
    }

    /// Sets the value at a JSON pointer, as a new member where there was none. `None` when the pointer leads nowhere.
    pub(crate) fn put(&mut self, pointer: &str, value: Self) -> Option<()> {
        let (around, last) = pointer.rsplit_once('/')?;
        let name = |step: &str| step.replace("~1", "/").replace("~0", "~");
        let mut at = self;
        for step in around.split('/').skip(1) {
            at = match at {
                Self::List(items) => items.get_mut(step.parse::<usize>().ok()?)?,
                _ => at.get_mut(&name(step))?,
            };
        }
        match at {
            Self::List(items) => *items.get_mut(last.parse::<usize>().ok()?)? = value,
            Self::Object(members) => match members.iter_mut().find(|(key, _)| *key == name(last)) {
                Some((_, member)) => *member = value,
                None => members.push((name(last), value)),
            },
            Self::Token(_) | Self::Text(_) => return None,
        }
        Some(())
    }

    /// Indented by two spaces, for people.
    pub(crate) fn pretty(&self) -> String {
        let mut text = String::new();
        // Writing into a text has no way to fail.
        let _ = self.write(&mut text, Some(0));
        text
    }

    fn write(&self, text: &mut String, indent: Option<usize>) -> fmt::Result {
        let new_line = |text: &mut String, more: usize| match indent {
            Some(indent) => write!(text, "\n{:width$}", "", width = (indent + more) * 2),
            None => Ok(()),
        };
        let deeper = indent.map(|indent| indent + 1);
        match self {
            Self::Token(token) => text.write_str(token),
            Self::Text(content) => text.write_str(&serde_json::Value::from(content.as_str()).to_string()),
            Self::List(items) if items.is_empty() => text.write_str("[]"),
            Self::Object(members) if members.is_empty() => text.write_str("{}"),
            Self::List(items) => {
                text.write_char('[')?;
                for (index, item) in items.iter().enumerate() {
                    if index > 0 {
                        text.write_char(',')?;
                    }
                    new_line(text, 1)?;
                    item.write(text, deeper)?;
                }
                new_line(text, 0)?;
                text.write_char(']')
            }
            Self::Object(members) => {
                text.write_char('{')?;
                for (index, (key, value)) in members.iter().enumerate() {
                    if index > 0 {
                        text.write_char(',')?;
                    }
                    new_line(text, 1)?;
                    write!(text, "{}:", serde_json::Value::from(key.as_str()))?;
                    if indent.is_some() {
                        text.write_char(' ')?;
                    }
                    value.write(text, deeper)?;
                }
                new_line(text, 0)?;
                text.write_char('}')
            }
        }
    }
}

/// On one line, without spaces.
impl fmt::Display for Exact {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut text = String::new();
        self.write(&mut text, None)?;
        formatter.write_str(&text)
    }
}

/// The members of an object in the order of the document.
pub(crate) struct Members<'a>(pub(crate) Vec<(String, &'a RawValue)>);

impl<'de: 'a, 'a> Deserialize<'de> for Members<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Reader;
        impl<'de> Visitor<'de> for Reader {
            type Value = Vec<(String, &'de RawValue)>;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut members = Vec::new();
                while let Some(member) = map.next_entry()? {
                    members.push(member);
                }
                Ok(members)
            }
        }
        deserializer.deserialize_map(Reader).map(Members)
    }
}

/// A number without its exponent and without zeros that say nothing, so that equal numbers are equal texts.
pub(crate) fn plain(token: &str) -> String {
    let (sign, unsigned) = match token.strip_prefix('-') {
        Some(unsigned) => ("-", unsigned),
        None => ("", token),
    };
    if !unsigned.starts_with(|first: char| first.is_ascii_digit()) {
        return token.to_owned();
    }
    let (mantissa, exponent) = unsigned.split_once(['e', 'E']).unwrap_or((unsigned, "0"));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    // An exponent that no decimal has is left as it is written.
    let Some(exponent) = exponent.parse::<i32>().ok().filter(|exponent| exponent.abs() <= 1_000) else {
        return token.to_owned();
    };
    let digits = format!("{whole}{fraction}");
    let point = i64::try_from(whole.len()).unwrap_or_default() + i64::from(exponent);
    let digit = |place: i64| match usize::try_from(place) {
        Ok(place) => digits.as_bytes().get(place).map_or('0', |digit| char::from(*digit)),
        Err(_) => '0',
    };
    let end = i64::try_from(digits.len()).unwrap_or_default();
    let before: String = (0..point).map(digit).collect();
    let after: String = (point..end.max(point)).map(digit).collect();
    let (before, after) = (before.trim_start_matches('0'), after.trim_end_matches('0'));
    let before = if before.is_empty() { "0" } else { before };
    match (before, after) {
        ("0", "") => "0".to_owned(),
        (_, "") => format!("{sign}{before}"),
        _ => format!("{sign}{before}.{after}"),
    }
}

#[cfg(test)]
mod tests {
    use super::{Exact, plain};

    #[test]
    fn equal_numbers_are_equal_texts() {
        let spellings = [
            ("12.50", "12.5"),
            ("-0.0", "0"),
            ("1e3", "1000"),
            ("1.25E-3", "0.00125"),
            ("100", "100"),
            ("0.10e1", "1"),
            ("79228162514264337593543950335", "79228162514264337593543950335"),
            ("true", "true"),
        ];
        for (written, expected) in spellings {
            assert_eq!(plain(written), expected, "{written}");
        }
    }

    #[test]
    fn a_value_is_put_where_the_pointer_leads() -> Result<(), String> {
        let mut exact = Exact::parse(r#"{"a":[{"b":1}],"c/d":{}}"#)?;
        let two = || Exact::Token("2".to_owned());
        assert!(exact.put("/a/0/b", two()).is_some() && exact.put("/c~1d/e", two()).is_some());
        assert!(exact.put("/a/1/b", two()).is_none() && exact.put("/a/0/b/c", two()).is_none());
        assert!(exact.put("", two()).is_none());
        assert_eq!(exact.to_string(), r#"{"a":[{"b":2}],"c/d":{"e":2}}"#);
        Ok(())
    }

    #[test]
    fn a_document_keeps_its_order_and_its_numbers() -> Result<(), String> {
        let text = r#"{"b":[1.10,{"a":"x\"y"}],"a":{},"c":[]}"#;
        let exact = Exact::parse(text)?;
        assert_eq!(exact.to_string(), r#"{"b":[1.1,{"a":"x\"y"}],"a":{},"c":[]}"#);
        assert_eq!(
            exact.pretty(),
            "{\n  \"b\": [\n    1.1,\n    {\n      \"a\": \"x\\\"y\"\n    }\n  ],\n  \"a\": {},\n  \"c\": []\n}"
        );
        Ok(())
    }

    #[test]
    fn a_document_without_a_bottom_is_refused() {
        let nested = |depth: usize| Exact::parse(&format!("{}{}", "[".repeat(depth), "]".repeat(depth)));
        assert!(nested(257).is_ok());
        assert_eq!(nested(100_000), Err("it is nested deeper than 256 levels".to_owned()));
    }
}

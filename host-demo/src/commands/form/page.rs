//! The page around a form, and the lines that put a form into somebody else's page.

use super::files::{ENGINE, File};
use super::words::{self, Words};
use crate::engine::TIME_ZONES_FILE;
use serde_json::Value;

const PAGE: &str = include_str!("../../../form/page.html");
const SNIPPET: &str = include_str!("../../../form/snippet.html");
const READ_ME: &str = include_str!("../../../form/publishing.md");

/// What a page may do. It may fetch its own files once; the form itself forbids even that when it has them.
pub(crate) const POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src data:; connect-src 'self'; \
      form-action 'none'; base-uri 'none'";

/// What the page says about a pack.
pub(crate) struct About {
    pub(crate) id: String,
    pub(crate) version: String,
    pub(crate) title: String,
    pub(crate) description: String,
    pub(crate) authority: String,
    /// The language of the title.
    pub(crate) language: String,
    /// Another language that the pack and the form have.
    pub(crate) other: Option<&'static Words>,
    /// SHA-256 of the pack's document.
    pub(crate) sha256: String,
}

impl About {
    /// Reads what a page says from a pack that the engine has accepted.
    pub(crate) fn read(document: &str, language: &str, sha256: String) -> Self {
        let pack: Value = serde_json::from_str(document).unwrap_or_default();
        let plain = |name: &str| pack.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
        let (title, language) = in_language(pack.get("title"), language);
        let (description, _) = in_language(pack.get("description"), &language);
        let other = [&words::ENGLISH, &words::WELSH].into_iter().find(|words| {
            words.language != language && pack.get("title").is_some_and(|title| title.get(words.language).is_some())
        });
        Self {
            id: plain("id"),
            version: plain("version"),
            title,
            description,
            authority: plain("authority"),
            language,
            other,
            sha256,
        }
    }
}

/// A text in the wanted language, else in English, else in the first there is; and which that is.
fn in_language(texts: Option<&Value>, wanted: &str) -> (String, String) {
    let Some(texts) = texts.and_then(Value::as_object) else { return (String::new(), wanted.to_owned()) };
    let first = texts.keys().next().map(String::as_str);
    let found = [Some(wanted), Some("en"), first]
        .into_iter()
        .flatten()
        .find_map(|language| Some((language, texts.get(language)?)));
    let (language, text) = found.unwrap_or((wanted, &Value::Null));
    (text.as_str().unwrap_or_default().to_owned(), language.to_owned())
}

/// Where a page finds its files, and what it says when the form cannot start.
pub(crate) struct Around<'a> {
    /// What stands before the names of the common files, such as `../assets/`.
    pub(crate) base: &'a str,
    /// The address of the pack's document.
    pub(crate) pack: &'a str,
    /// How to get help.
    pub(crate) help: &'a str,
    /// The address of the same page in another language, where there may be one.
    pub(crate) in_language: Option<&'a dyn Fn(&str) -> String>,
}

/// The page of a form.
pub(crate) fn page(about: &About, around: &Around<'_>, files: &[File]) -> String {
    filled(PAGE, &|name| value(name, about, around, files))
}

/// The lines for somebody else's page.
pub(crate) fn snippet(about: &About, around: &Around<'_>, files: &[File]) -> String {
    filled(SNIPPET, &|name| value(name, about, around, files))
}

/// How to publish the folder.
pub(crate) fn read_me(about: &About, around: &Around<'_>, files: &[File]) -> String {
    filled(READ_ME, &|name| match name {
        "policy" => POLICY.to_owned(),
        "digests" => {
            let lines = files.iter().map(|file| format!("{}  {}\n", file.sha256, file.name));
            lines.chain([format!("{}  pack.json\n", about.sha256)]).collect()
        }
        "title" => about.title.clone(),
        "id" => about.id.clone(),
        "version" => about.version.clone(),
        "base" => around.base.to_owned(),
        _ => String::new(),
    })
}

/// The text for a place of a template, ready for HTML. The name of a file stands for its digest as browsers check it.
fn value(name: &str, about: &About, around: &Around<'_>, files: &[File]) -> String {
    let digest =
        |name: &str| files.iter().find(|file| file.name == name).map(|file| file.sha256.as_str()).unwrap_or_default();
    let text = match name {
        "language" => about.language.clone(),
        "title" => about.title.clone(),
        "authority" => about.authority.clone(),
        "help" => around.help.to_owned(),
        "base" => around.base.to_owned(),
        "policy" => POLICY.to_owned(),
        "skip" | "needsScript" | "staysHere" => words::of(&about.language).said(name),
        "files" => {
            let base = around.base;
            // Only where they are needed do they lie beside the page.
            let time_zones = files.iter().find(|file| file.name == TIME_ZONES_FILE).map(|file| {
                let address = escaped(&format!("{base}{TIME_ZONES_FILE}"));
                format!(" time-zones=\"{address}\" time-zones-sha256=\"{}\"", file.sha256)
            });
            let time_zones = time_zones.unwrap_or_default();
            let words = words::of(&about.language).file;
            let other = about.other.zip(around.in_language).map(|(other, address)| {
                let address = escaped(&address(other.language));
                format!(" languages=\"{}|{}|{address}\"", other.name, other.language)
            });
            let other = other.unwrap_or_default();
            return format!(
                "pack=\"{}\" pack-sha256=\"{}\" engine=\"{}\" engine-sha256=\"{}\" words=\"{}\" words-sha256=\"{}\"",
                escaped(around.pack),
                about.sha256,
                escaped(&format!("{base}{ENGINE}")),
                digest(ENGINE),
                escaped(&format!("{base}{words}")),
                digest(words),
            ) + &time_zones
                + &other;
        }
        file => format!("sha256-{}", base64(digest(file))),
    };
    escaped(&text)
}

/// Puts texts into the places `{{name}}` of a template, in one pass: what is put in is never looked at again.
pub(crate) fn filled(template: &str, value: &dyn Fn(&str) -> String) -> String {
    let mut text = String::with_capacity(template.len() * 2);
    let mut rest = template;
    while let Some((before, after)) = rest.split_once("{{") {
        let Some((name, after)) = after.split_once("}}") else { break };
        text.push_str(before);
        text.push_str(&value(name));
        rest = after;
    }
    text + rest
}

/// A text as it may stand in HTML, between tags or in quotation marks.
pub(crate) fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            other => safe.push(other),
        }
    }
    safe
}

/// A digest in hexadecimal as base 64, the way HTML writes it.
fn base64(hexadecimal: &str) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let bits: Vec<u32> = hexadecimal
        .chars()
        .filter_map(|digit| digit.to_digit(16))
        .flat_map(|digit| [digit >> 3 & 1, digit >> 2 & 1, digit >> 1 & 1, digit & 1])
        .collect();
    let letters = bits.chunks(6).map(|six| {
        let number = (0..6).fold(0, |number, place| number << 1 | six.get(place).copied().unwrap_or(0));
        LETTERS.get(number as usize).map_or('=', |letter| char::from(*letter))
    });
    let mut text: String = letters.collect();
    while !text.len().is_multiple_of(4) {
        text.push('=');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::{About, base64, escaped, filled};

    #[test]
    fn what_is_put_into_a_template_is_not_read_as_a_template() {
        let text = filled("<h1>{{title}}</h1>{{help}}", &|name| {
            if name == "title" { "{{help}}".into() } else { "call".into() }
        });
        assert_eq!(text, "<h1>{{help}}</h1>call");
    }

    #[test]
    fn a_title_cannot_become_markup() {
        assert_eq!(escaped("<b title='x'>\"&"), "&lt;b title=&#39;x&#39;&gt;&quot;&amp;");
    }

    #[test]
    fn a_digest_is_written_as_browsers_read_it() {
        // The SHA-256 of nothing.
        let digest = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
        assert_eq!(base64(digest), "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=");
    }

    #[test]
    fn a_pack_without_the_wanted_language_is_shown_in_english() {
        let about = About::read(r#"{"id":"a","title":{"cy":"Teitl","en":"Title"}}"#, "pl", String::new());
        assert_eq!((about.title.as_str(), about.language.as_str()), ("Title", "en"));
        let about = About::read(r#"{"id":"a","title":{"cy":"Teitl","en":"Title"}}"#, "cy", String::new());
        assert_eq!((about.title.as_str(), about.language.as_str()), ("Teitl", "cy"));
        assert_eq!(about.other.map(|other| other.name), Some("English"));
        let about = About::read(r#"{"id":"a","title":{"en":"Title"}}"#, "cy", String::new());
        assert!(about.other.is_none());
    }
}

//! Writing JSON: texts with the escapes of RFC 8785, and small documents from a tree.

use super::scanner::plain_bytes;

/// Writes `text` as a JSON string.
pub(crate) fn write_text(out: &mut Vec<u8>, text: &str) {
    out.reserve(text.len() + 2);
    out.push(b'"');
    write_escaped(out, text);
    out.push(b'"');
}

/// Writes what stands between the quotes of a JSON string: the short escapes where there is one, `\u00xx` for the other
/// control characters, everything else as it is (RFC 8785 section 3.2.2.2).
pub(crate) fn write_escaped(out: &mut Vec<u8>, text: &str) {
    let mut rest = text.as_bytes();
    loop {
        let (plain, special) = rest.split_at_checked(plain_bytes(rest)).unwrap_or((rest, &[]));
        out.extend_from_slice(plain);
        let Some((byte, after)) = special.split_first() else { break };
        rest = after;
        match byte {
            b'"' => out.extend_from_slice(b"\\\""),
            b'\\' => out.extend_from_slice(b"\\\\"),
            b'\n' => out.extend_from_slice(b"\\n"),
            b'\r' => out.extend_from_slice(b"\\r"),
            b'\t' => out.extend_from_slice(b"\\t"),
            0x08 => out.extend_from_slice(b"\\b"),
            0x0c => out.extend_from_slice(b"\\f"),
            control => {
                let digit = |half: u8| if half < 10 { b'0' + half } else { b'a' + half - 10 };
                out.extend_from_slice(&[b'\\', b'u', b'0', b'0', digit(control >> 4), digit(control & 15)]);
            }
        }
    }
}

/// A JSON value that is to be written.
#[derive(Clone, Debug)]
pub(crate) enum Written {
    /// `null`, `true`, `false` or a number, as it is to stand there.
    Bare(String),
    Text(String),
    List(Vec<Written>),
    /// Members in the order in which they are written.
    Object(Vec<(String, Written)>),
}

impl Written {
    /// A text.
    pub(crate) fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    /// A boolean.
    pub(crate) fn boolean(value: bool) -> Self {
        Self::Bare(value.to_string())
    }

    /// An object.
    pub(crate) fn object<const COUNT: usize>(members: [(&str, Written); COUNT]) -> Self {
        Self::Object(members.into_iter().map(|(key, value)| (key.to_owned(), value)).collect())
    }

    /// The document for people and editors: indented by two spaces, small lists and objects on one line, a line feed
    /// at the end.
    pub(crate) fn pretty(&self) -> String {
        let mut out = Vec::new();
        self.write_pretty(&mut out, 0);
        out.push(b'\n');
        String::from_utf8(out).unwrap_or_default()
    }

    /// The value without any white space.
    pub(crate) fn write(&self, out: &mut Vec<u8>) {
        match self {
            Self::Bare(token) => out.extend_from_slice(token.as_bytes()),
            Self::Text(text) => write_text(out, text),
            Self::List(items) => separated(out, b"[", items, b"]", |out, item| item.write(out)),
            Self::Object(members) => separated(out, b"{", members, b"}", |out, (key, value)| {
                write_text(out, key);
                out.push(b':');
                value.write(out);
            }),
        }
    }

    fn write_pretty(&self, out: &mut Vec<u8>, indent: usize) {
        let line = self.on_one_line();
        if line.len() + indent <= 100 && !line.contains(&b'\n') {
            out.extend_from_slice(&line);
            return;
        }
        let inner = indent + 2;
        match self {
            Self::Bare(_) | Self::Text(_) => self.write(out),
            Self::List(items) => broken(out, (b'[', b']'), indent, items, |out, item| item.write_pretty(out, inner)),
            Self::Object(members) => broken(out, (b'{', b'}'), indent, members, |out, (key, value)| {
                write_text(out, key);
                out.extend_from_slice(b": ");
                value.write_pretty(out, inner);
            }),
        }
    }

    /// One line with a space after colons and commas.
    fn on_one_line(&self) -> Vec<u8> {
        let mut out = Vec::new();
        match self {
            Self::Bare(_) | Self::Text(_) => self.write(&mut out),
            Self::List(items) => {
                out.push(b'[');
                for (number, item) in items.iter().enumerate() {
                    out.extend_from_slice(if number > 0 { b", " } else { b"" });
                    out.extend_from_slice(&item.on_one_line());
                }
                out.push(b']');
            }
            Self::Object(members) => {
                out.push(b'{');
                for (number, (key, value)) in members.iter().enumerate() {
                    out.extend_from_slice(if number > 0 { b", " } else { b"" });
                    write_text(&mut out, key);
                    out.extend_from_slice(b": ");
                    out.extend_from_slice(&value.on_one_line());
                }
                out.push(b'}');
            }
        }
        out
    }
}

/// `items` between brackets with commas, and no white space.
fn separated<T>(out: &mut Vec<u8>, open: &[u8], items: &[T], close: &[u8], mut write: impl FnMut(&mut Vec<u8>, &T)) {
    out.extend_from_slice(open);
    for (number, item) in items.iter().enumerate() {
        if number > 0 {
            out.push(b',');
        }
        write(out, item);
    }
    out.extend_from_slice(close);
}

/// `items` between brackets, one a line.
fn broken<T>(
    out: &mut Vec<u8>,
    (open, close): (u8, u8),
    indent: usize,
    items: &[T],
    mut write: impl FnMut(&mut Vec<u8>, &T),
) {
    let line_feed = |out: &mut Vec<u8>, indent: usize| {
        out.push(b'\n');
        out.resize(out.len() + indent, b' ');
    };
    out.push(open);
    for (number, item) in items.iter().enumerate() {
        if number > 0 {
            out.push(b',');
        }
        line_feed(out, indent + 2);
        write(out, item);
    }
    line_feed(out, indent);
    out.push(close);
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::super::parse;
    use super::{Written, write_text};

    #[test]
    fn a_text_is_read_back_as_it_was() {
        let text: String = (0..0x300).filter_map(char::from_u32).chain("\u{2028}💩".chars()).collect();
        let mut out = Vec::new();
        write_text(&mut out, &text);
        let written = String::from_utf8(out).unwrap();
        assert_eq!(parse(&written).unwrap().as_text(), Some(text.as_str()));
        assert!(written.contains("\\u001f") && written.contains("\\n") && written.contains("\\\\"));
    }

    #[test]
    fn small_things_stay_on_one_line() {
        let long = Written::text("x".repeat(90));
        let value = Written::object([
            ("a", Written::List(vec![Written::Bare("1.50".into()), Written::boolean(true)])),
            ("b", long.clone()),
        ]);
        assert_eq!(value.pretty(), format!("{{\n  \"a\": [1.50, true],\n  \"b\": \"{}\"\n}}\n", "x".repeat(90)));
        let mut out = Vec::new();
        Written::object([("a", Written::List(Vec::new()))]).write(&mut out);
        assert_eq!(out, b"{\"a\":[]}");
    }
}

//! Where something stands: a JSON pointer into a document and, for FEEL, the span inside the text found there.

/// A half-open range of bytes inside one FEEL text.
///
/// ```
/// use rules_core::Span;
/// let span = Span { start: 4, end: 9 };
/// assert_eq!(span.to(Span { start: 12, end: 20 }), Span { start: 4, end: 20 });
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// The byte after the last one.
    pub end: u32,
}

impl Span {
    /// The span from the start of this one to the end of `last`.
    #[must_use]
    pub fn to(self, last: Self) -> Self {
        Self { start: self.start, end: last.end }
    }
}

/// The place a diagnostic speaks of.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// JSON pointer (RFC 6901) of a value in the document; empty for the whole document.
    pub pointer: String,
    /// Where inside the FEEL text at that pointer, when the fault is inside one; with an empty pointer, where in the
    /// document itself (a text that is not JSON has no pointers).
    pub span: Option<Span>,
    /// The key of the member at that pointer rather than its value: an unknown field, or a table's column, whose name is
    /// a FEEL text.
    pub on_key: bool,
}

impl Place {
    /// A place that is a whole JSON value.
    #[must_use]
    pub fn at(pointer: impl Into<String>) -> Self {
        Self { pointer: pointer.into(), span: None, on_key: false }
    }

    /// The key of the member at `pointer`.
    #[must_use]
    pub fn key(pointer: impl Into<String>) -> Self {
        Self { pointer: pointer.into(), span: None, on_key: true }
    }

    /// A place inside the FEEL text at `pointer`.
    #[must_use]
    pub fn within(pointer: impl Into<String>, span: Span) -> Self {
        Self { pointer: pointer.into(), span: Some(span), on_key: false }
    }
}

/// `pointer` with one more step, escaped as RFC 6901 section 3 asks (`~` is `~0`, `/` is `~1`).
///
/// ```
/// use rules_core::pointer_to;
/// assert_eq!(pointer_to("/facts", "a/b"), "/facts/a~1b");
/// ```
#[must_use]
pub fn pointer_to(pointer: &str, step: &str) -> String {
    let mut longer = String::with_capacity(pointer.len() + step.len() + 1);
    longer.push_str(pointer);
    longer.push('/');
    for character in step.chars() {
        match character {
            '~' => longer.push_str("~0"),
            '/' => longer.push_str("~1"),
            other => longer.push(other),
        }
    }
    longer
}

//! Facts: what may be known of a case, in a subset of JSON Schema 2020-12.

use std::sync::Arc;

use crate::texts::Texts;
use crate::types::Type;
use crate::value::bounds::Bound;
use crate::value::{Decimal, Value};

/// A fact, or the shape of an item or field inside one.
#[derive(Clone, Debug)]
pub(crate) struct Fact {
    /// Name in FEEL; empty for the object of all facts and for items of a list.
    pub(crate) name: Arc<str>,
    /// Key in the case. It differs from the name only in the rows of mappings, whose headers may be no names.
    pub(crate) key: Arc<str>,
    /// JSON pointer of its schema in the pack.
    pub(crate) pointer: String,
    pub(crate) kind: FactKind,
    /// The definition that the schema refers to.
    pub(crate) definition: Option<Arc<str>>,
    /// Whether an explicit null is a value of it.
    pub(crate) nullable: bool,
    /// A closed list of values (`enum`, `const`), null left out.
    pub(crate) allowed: Option<Vec<Value>>,
    /// `x-kind: judgement`: value, by, on and reason.
    pub(crate) judgement: bool,
    /// `x-may-not-apply`: a case may say that it does not apply, and forms offer it.
    pub(crate) may_not_apply: bool,
    /// `x-sensitive`: never shown in messages or records.
    pub(crate) sensitive: bool,
    /// `x-order`: place in the order of asking; lower is asked first.
    pub(crate) order: Option<Decimal>,
    /// `x-text` question per language.
    pub(crate) question: Texts,
    /// `x-text` label per language, a short name for lists of answers.
    pub(crate) label: Texts,
    /// `x-text` words for the values of a closed list.
    pub(crate) options: Vec<(Arc<str>, Texts)>,
    /// `x-unit`, shown behind the value.
    pub(crate) unit: Option<Arc<str>>,
}

/// What values a fact takes.
#[derive(Clone, Debug)]
pub(crate) enum FactKind {
    Boolean,
    Number { integer: bool, minimum: Option<Bound>, maximum: Option<Bound>, multiple_of: Option<Decimal> },
    Text { minimum_length: Option<u32>, maximum_length: Option<u32> },
    Date,
    Time,
    DateTime,
    Duration,
    List { items: Box<Fact>, minimum_items: Option<u32>, maximum_items: Option<u32> },
    Object { fields: Vec<Fact> },
}

impl Fact {
    /// The type of the fact's name in FEEL. Of a judgement that is the type of its value; a duration may be of either
    /// kind, so its type is `Any`.
    pub(crate) fn value_type(&self) -> Type {
        let plain = match &self.kind {
            FactKind::Boolean => Type::Boolean,
            FactKind::Number { .. } => Type::Number,
            FactKind::Text { .. } => self.text_type(),
            FactKind::Date => Type::Date,
            FactKind::Time => Type::Time,
            FactKind::DateTime => Type::DateTime,
            FactKind::Duration => Type::Any,
            FactKind::List { items, .. } => Type::List(Arc::new(items.value_type())),
            FactKind::Object { fields } => {
                let entries = fields.iter().map(|field| (field.name.clone(), field.value_type()));
                Type::Context(Arc::new(entries.collect()))
            }
        };
        if self.nullable && plain != Type::Any { Type::Nullable(Arc::new(plain)) } else { plain }
    }

    /// Any text, or one of a closed list.
    fn text_type(&self) -> Type {
        let Some(values) = &self.allowed else { return Type::String };
        let texts =
            values.iter().filter_map(|value| if let Value::String(text) = value { Some(text.clone()) } else { None });
        Type::OneOf(Arc::new(texts.collect()))
    }
}

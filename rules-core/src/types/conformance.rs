//! Which values of one type are values of another (DMN 1.5 section 10.3.2.9.3).

use std::sync::Arc;

use super::Type;

impl Type {
    /// Whether every value of this type is a value of `wider`.
    pub(crate) fn conforms_to(&self, wider: &Self) -> bool {
        match (self, wider) {
            (_, Self::Any) | (Self::Null, Self::Nullable(_)) => true,
            (Self::Any, _) => false,
            (Self::Nullable(left), Self::Nullable(right)) => left.conforms_to(right),
            (Self::Nullable(_), _) => false,
            (left, Self::Nullable(right)) => left.conforms_to(right),
            (Self::Defined(left), right) => right == self || right == &left.base || left.base.conforms_to(right),
            (left, Self::Defined(right)) => right.allowed.is_none() && left.conforms_to(&right.base),
            (Self::OneOf(_), Self::String) => true,
            (Self::OneOf(left), Self::OneOf(right)) => left.iter().all(|text| right.contains(text)),
            (Self::List(left), Self::List(right)) | (Self::Range(left), Self::Range(right)) => left.conforms_to(right),
            (Self::Context(left), Self::Context(right)) => right.iter().all(|(name, wide)| {
                left.iter().find(|(other, _)| other == name).is_some_and(|(_, narrow)| narrow.conforms_to(wide))
            }),
            (Self::Function { parameters: left, result }, Self::Function { parameters: right, result: wide }) => {
                left.len() == right.len()
                    && left.iter().zip(right.iter()).all(|(wide, narrow)| narrow.conforms_to(wide))
                    && result.conforms_to(wide)
            }
            (left, right) => left == right,
        }
    }

    /// Whether some value, null aside, is of both types: only then can a comparison of the two be true.
    pub(crate) fn overlaps(&self, other: &Self) -> bool {
        match (self.without_null(), other.without_null()) {
            (Self::Any, _) | (_, Self::Any) => true,
            (Self::Null, right) => right == &Self::Null,
            (Self::OneOf(_), Self::String) | (Self::String, Self::OneOf(_)) => true,
            (Self::OneOf(left), Self::OneOf(right)) => left.iter().any(|text| right.contains(text)),
            // the empty list is of every type of list
            (Self::List(_), Self::List(_)) | (Self::Function { .. }, Self::Function { .. }) => true,
            (Self::Range(left), Self::Range(right)) => left.overlaps(right),
            (Self::Context(left), Self::Context(right)) => left.iter().all(|(name, narrow)| {
                right
                    .iter()
                    .find(|(key, _)| key == name)
                    .is_none_or(|(_, wide)| narrow.overlaps(wide) || (narrow.may_be_null() && wide.may_be_null()))
            }),
            (left, right) => left == right,
        }
    }

    /// The same type with any text in place of closed lists of texts.
    pub(crate) fn widened(&self) -> Self {
        self.rebuilt(&|part| match part {
            Self::OneOf(_) => Some(Self::String),
            function @ Self::Function { .. } => Some(function.clone()),
            _ => None,
        })
    }

    /// Whether a value of this type, null aside, may stand where `wanted` is asked for: it may be one already, or FEEL makes
    /// one of it (a single value from a list of one and back, a date and time from a date).
    pub(crate) fn may_become(&self, wanted: &Self) -> bool {
        if self.overlaps(wanted) {
            return true;
        }
        match (self.without_null(), wanted.without_null()) {
            (Self::Date, Self::DateTime) => true,
            (Self::List(item), single) if !matches!(single, Self::List(_)) => item.may_become(single),
            (single, Self::List(item)) => single.may_become(item),
            _ => false,
        }
    }

    /// The narrowest type that holds the values of both.
    pub(crate) fn join(&self, other: &Self) -> Self {
        if self.conforms_to(other) {
            return other.clone();
        }
        if other.conforms_to(self) {
            return self.clone();
        }
        match (self, other) {
            (Self::Null, right) => right.clone().or_null(),
            (left, Self::Null) => left.clone().or_null(),
            (Self::Nullable(_), _) | (_, Self::Nullable(_)) => self.without_null().join(other.without_null()).or_null(),
            (Self::OneOf(left), Self::OneOf(right)) => {
                let mut all = (**left).clone();
                all.extend(right.iter().filter(|text| !left.contains(text)).cloned());
                Self::OneOf(Arc::new(all))
            }
            (Self::List(left), Self::List(right)) => Self::list(left.join(right)),
            (Self::Range(left), Self::Range(right)) => Self::Range(Arc::new(left.join(right))),
            (Self::Context(left), Self::Context(right)) => {
                let common = left.iter().filter_map(|(name, narrow)| {
                    let (_, wide) = right.iter().find(|(key, _)| key == name)?;
                    Some((name.clone(), narrow.join(wide)))
                });
                Self::Context(Arc::new(common.collect()))
            }
            _ => Self::Any,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_conforms_also_overlaps_and_a_join_holds_both() {
        let texts = |texts: &[&str]| Type::OneOf(Arc::new(texts.iter().map(|text| Arc::from(*text)).collect()));
        let context = |entries: &[(&str, Type)]| {
            Type::Context(Arc::new(entries.iter().map(|(name, kind)| (Arc::from(*name), kind.clone())).collect()))
        };
        let all = [
            Type::Any,
            Type::Null,
            Type::Boolean,
            Type::Number,
            Type::Number.or_null(),
            Type::String,
            texts(&["a", "b"]),
            texts(&["b", "c"]),
            texts(&["d"]).or_null(),
            Type::Date,
            Type::list(Type::Number),
            Type::list(texts(&["a"])),
            Type::list(Type::Any),
            Type::Range(Arc::new(Type::Date)),
            context(&[]),
            context(&[("x", Type::Number)]),
            context(&[("x", Type::Date), ("y", Type::String)]),
        ];
        for left in &all {
            assert!(left.conforms_to(left), "{left}");
            for right in &all {
                let join = left.join(right);
                assert!(left.conforms_to(&join) && right.conforms_to(&join), "{left} and {right} give {join}");
                assert_eq!(left.overlaps(right), right.overlaps(left), "{left} and {right}");
                if left.conforms_to(right) && left != &Type::Null {
                    assert!(left.overlaps(right) && left.may_become(right), "{left} and {right}");
                }
            }
        }
    }
}

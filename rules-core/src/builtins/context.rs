//! Functions of contexts.

use std::sync::Arc;

use super::arguments::{at, context, items, must_be, spend, text};
use super::types::{
    any, context as context_type, contexts, gives_any, list, needed, or_null, text as text_type, texts,
};
use super::{Builtin, Call, Marked, Outcome, Parameter, Reason, Signature};
use crate::types::Type;
use crate::value::{Context, Value};

const CONTEXT: Parameter = needed("context", context_type);

pub(super) const FAMILY: &[Builtin] = &[
    Builtin {
        name: "get value",
        sentence: "The value of a key, or of a path of keys, in a context.",
        null: Some("where there is none"),
        signatures: &[
            Signature {
                parameters: &[needed("m", context_type), needed("key", text_type)],
                result: value_type,
                run: get_value,
            },
            // A list of keys is a path (DMN 1.4); not every engine follows it.
            Signature {
                parameters: &[needed("m", context_type), needed("keys", texts)],
                result: gives_any,
                run: get_value,
            },
        ],
        marked: Marked::Shallow,
        examples: &[
            (r#"get value({a: "foo"}, "a")"#, "\"foo\""),
            (r#"get value({a: {b: 1}}, ["a", "b"])"#, "1"),
            (r#"get value({a: "foo"}, "b")"#, "null"),
        ],
    },
    Builtin {
        name: "get entries",
        sentence: "The entries of a context in order, each as a context of `key` and `value`.",
        null: None,
        signatures: &[Signature { parameters: &[needed("m", context_type)], result: entries_type, run: get_entries }],
        marked: Marked::Shallow,
        examples: &[
            (r#"get entries({a: 1, b: "x"})"#, r#"[{key: "a", value: 1}, {key: "b", value: "x"}]"#),
            ("get entries({})", "[]"),
        ],
    },
    Builtin {
        name: "context put",
        sentence: "A context with one entry added or replaced; a path of keys reaches into contexts inside it.",
        null: Some("where it meets another value"),
        signatures: &[
            Signature {
                parameters: &[CONTEXT, needed("key", text_type), needed("value", any)],
                result: some_context,
                run: context_put,
            },
            Signature {
                parameters: &[CONTEXT, needed("keys", texts), needed("value", any)],
                result: some_context_or_null,
                run: context_put,
            },
        ],
        marked: Marked::Shallow,
        examples: &[
            (r#"context put({a: 1}, "b", 2)"#, "{a: 1, b: 2}"),
            (r#"context put({a: 1}, "a", 2)"#, "{a: 2}"),
            (r#"context put({x: 1, y: {a: 0}}, ["y", "a"], 2)"#, "{x: 1, y: {a: 2}}"),
        ],
    },
    Builtin {
        name: "context merge",
        sentence: "One context with the entries of all; where a key comes more than once, the last value stands.",
        null: None,
        signatures: &[Signature {
            parameters: &[needed("contexts", contexts)],
            result: some_context,
            run: context_merge,
        }],
        marked: Marked::Shallow,
        examples: &[("context merge([{a: 1}, {b: 2}])", "{a: 1, b: 2}"), ("context merge([{a: 1}, {a: 2}])", "{a: 2}")],
    },
    Builtin {
        name: "context",
        sentence: "A context made of entries, each a context of `key` and `value`.",
        null: Some("when a key comes twice"),
        signatures: &[Signature {
            parameters: &[needed("entries", list)],
            result: some_context_or_null,
            run: context_of,
        }],
        marked: Marked::Shallow,
        examples: &[
            (r#"context([{key: "a", value: 1}, {key: "b", value: 2}])"#, "{a: 1, b: 2}"),
            (r#"context([{key: "a", value: 1}, {key: "a", value: 2}])"#, "null"),
        ],
    },
];

/// What every entry of the context has in common.
fn value_type(types: &[Type]) -> Type {
    // a key that is written out is the only text of its type
    if let [Type::Context(entries), Type::OneOf(keys)] = types
        && let [key] = keys.as_slice()
        && let Some((_, found)) = entries.iter().find(|(name, _)| name == key)
    {
        return found.clone();
    }
    match types.first() {
        Some(Type::Context(entries)) => match entries.split_first() {
            Some(((_, first), rest)) if rest.iter().all(|(_, other)| other == first) => or_null(first.clone()),
            _ => Type::Any,
        },
        _ => gives_any(types),
    }
}

fn entries_type(_: &[Type]) -> Type {
    let entry = vec![(Arc::from("key"), Type::String), (Arc::from("value"), Type::Any)];
    Type::List(Arc::new(Type::Context(Arc::new(entry))))
}

/// The keys of the result depend on values, so nothing is promised about them.
fn some_context(_: &[Type]) -> Type {
    Type::Context(Arc::default())
}

fn some_context_or_null(types: &[Type]) -> Type {
    or_null(some_context(types))
}

fn get_value(arguments: &[Value], _: &mut dyn Call) -> Outcome {
    let context = context(arguments, 0, "m")?;
    let mut keys = path(at(arguments, 1), "key")?.into_iter();
    let no_key = || Reason::from("the context has no such key");
    let first = keys.next().ok_or_else(no_key)?;
    let mut found = context.get(first).ok_or_else(no_key)?;
    for key in keys {
        match found {
            Value::Context(inner) => found = inner.get(key).ok_or_else(no_key)?,
            mark if mark.is_mark() => return Ok(mark.passed_on()),
            _ => return Err(no_key()),
        }
    }
    Ok(found.clone())
}

/// A key, or a list of keys.
fn path<'a>(value: &'a Value, name: &str) -> Result<Vec<&'a str>, Reason> {
    match value {
        Value::String(key) => Ok(vec![key]),
        Value::List(keys) if !keys.is_empty() => keys
            .iter()
            .map(|key| match key {
                Value::String(key) => Ok(&**key),
                other => Err(must_be(name, "a text or a list of texts", other)),
            })
            .collect(),
        other => Err(must_be(name, "a text or a list of texts", other)),
    }
}

fn get_entries(arguments: &[Value], call: &mut dyn Call) -> Outcome {
    let context = context(arguments, 0, "m")?;
    spend(call, context.len())?;
    let keys: Arc<[Arc<str>]> = Arc::from([Arc::from("key"), Arc::from("value")]);
    let entry = |(key, value): (&Arc<str>, &Value)| {
        Value::Context(Context::of_shape(keys.clone(), vec![Value::String(key.clone()), value.clone()]).into())
    };
    Ok(Value::list(context.entries().map(entry).collect()))
}

fn context_put(arguments: &[Value], call: &mut dyn Call) -> Outcome {
    let context = context(arguments, 0, "context")?;
    let keys = path(at(arguments, 1), "key")?;
    put(context, &keys, at(arguments, 2), call).map(|context| Value::Context(context.into()))
}

fn put(context: &Context, keys: &[&str], value: &Value, call: &mut dyn Call) -> Result<Context, Reason> {
    let Some((first, rest)) = keys.split_first() else {
        return Err("the path has no key".into());
    };
    spend(call, context.len() + first.len() / 64 + 1)?;
    let new = if rest.is_empty() {
        value.clone()
    } else {
        match context.get(first) {
            Some(Value::Context(inner)) => Value::Context(put(inner, rest, value, call)?.into()),
            Some(mark) if mark.is_mark() => mark.passed_on(),
            Some(_) | None => return Err("the path leads through something that is no context".into()),
        }
    };
    let mut entries: Vec<(Arc<str>, Value)> =
        context.entries().map(|(key, value)| (key.clone(), value.clone())).collect();
    set(&mut entries, &Arc::from(*first), new);
    finish(entries)
}

fn set(entries: &mut Vec<(Arc<str>, Value)>, key: &Arc<str>, value: Value) {
    match entries.iter_mut().find(|(known, _)| known == key) {
        Some((_, old)) => *old = value,
        None => entries.push((key.clone(), value)),
    }
}

fn finish(entries: Vec<(Arc<str>, Value)>) -> Result<Context, Reason> {
    Context::from_entries(entries).ok_or_else(|| "a key comes twice".into())
}

fn context_merge(arguments: &[Value], call: &mut dyn Call) -> Outcome {
    let mut entries = Vec::new();
    for item in items(arguments, 0, "contexts")? {
        match item {
            Value::Context(context) => {
                for (key, value) in context.entries() {
                    spend(call, entries.len() * (key.len() / 64 + 1) / 8 + 1)?;
                    set(&mut entries, key, value.clone());
                }
            }
            mark if mark.is_mark() => return Ok(mark.passed_on()),
            other => return Err(must_be("contexts", "a list of contexts", other)),
        }
    }
    finish(entries).map(|context| Value::Context(context.into()))
}

fn context_of(arguments: &[Value], call: &mut dyn Call) -> Outcome {
    let entries = items(arguments, 0, "entries")?;
    spend(call, entries.len())?;
    let mut made = Vec::with_capacity(entries.len());
    for entry in entries {
        let entry = match entry {
            Value::Context(entry) => entry,
            mark if mark.is_mark() => return Ok(mark.passed_on()),
            other => return Err(must_be("entries", "a list of contexts", other)),
        };
        let key = entry.get("key").cloned().unwrap_or_default();
        if key.is_mark() {
            return Ok(key.passed_on());
        }
        let key = text(std::slice::from_ref(&key), 0, "key")?.clone();
        let value = entry.get("value").cloned().ok_or_else(|| Reason::from("an entry has no `value`"))?;
        made.push((key, value));
    }
    finish(made).map(|context| Value::Context(context.into()))
}

//! Prints a tree as FEEL text: one canonical form, which parses to the same tree again with the same names in scope.

use super::ast::{
    Arguments, BinaryOperator, ContextEntry, Expr, ExprKind, FormalParameter, Iterator, Quantifier, TypeName,
    TypeNameKind,
};
use super::characters::{is_name_part, is_name_sign, is_name_start};
use crate::value::number;
use crate::value::text::write_quoted;

/// How tightly an expression binds; one that binds less tightly than its place asks for is put in parentheses.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Level {
    Whole,
    Or,
    And,
    Comparison,
    Addition,
    Multiplication,
    Power,
    Negation,
    InstanceOf,
    Postfix,
}

/// The FEEL text of `expr`.
pub(crate) fn print(expr: &Expr) -> String {
    let mut out = String::new();
    write(&mut out, expr, Level::Whole);
    out
}

fn level_of(kind: &ExprKind) -> Level {
    match kind {
        ExprKind::If { .. }
        | ExprKind::For { .. }
        | ExprKind::Quantified { .. }
        | ExprKind::Function { .. }
        | ExprKind::UnaryTests { .. } => Level::Whole,
        ExprKind::Binary { operator, .. } => level_of_operator(*operator),
        ExprKind::Between { .. } | ExprKind::In { .. } => Level::Comparison,
        ExprKind::Negate(_) => Level::Negation,
        ExprKind::Number(value) if value.is_sign_negative() => Level::Negation,
        ExprKind::InstanceOf { .. } => Level::InstanceOf,
        ExprKind::Null
        | ExprKind::Boolean(_)
        | ExprKind::Number(_)
        | ExprKind::String(_)
        | ExprKind::At(_)
        | ExprKind::Name(_)
        | ExprKind::Input
        | ExprKind::Path { .. }
        | ExprKind::Filter { .. }
        | ExprKind::Call { .. }
        | ExprKind::Range { .. }
        | ExprKind::UnaryComparison { .. }
        | ExprKind::List(_)
        | ExprKind::Context(_)
        | ExprKind::Error => Level::Postfix,
    }
}

fn level_of_operator(operator: BinaryOperator) -> Level {
    match operator {
        BinaryOperator::Or => Level::Or,
        BinaryOperator::And => Level::And,
        BinaryOperator::Equal
        | BinaryOperator::NotEqual
        | BinaryOperator::Less
        | BinaryOperator::LessOrEqual
        | BinaryOperator::Greater
        | BinaryOperator::GreaterOrEqual => Level::Comparison,
        BinaryOperator::Add | BinaryOperator::Subtract => Level::Addition,
        BinaryOperator::Multiply | BinaryOperator::Divide => Level::Multiplication,
        BinaryOperator::Power => Level::Power,
    }
}

/// The level of a right operand: all operators group to the left.
fn tighter(level: Level) -> Level {
    match level {
        Level::Whole => Level::Or,
        Level::Or => Level::And,
        Level::And => Level::Comparison,
        Level::Comparison => Level::Addition,
        Level::Addition => Level::Multiplication,
        Level::Multiplication => Level::Power,
        Level::Power => Level::Negation,
        Level::Negation => Level::InstanceOf,
        Level::InstanceOf | Level::Postfix => Level::Postfix,
    }
}

fn write(out: &mut String, expr: &Expr, least: Level) {
    if level_of(&expr.kind) < least {
        out.push('(');
        write_kind(out, &expr.kind);
        out.push(')');
    } else {
        write_kind(out, &expr.kind);
    }
}

fn write_kind(out: &mut String, kind: &ExprKind) {
    match kind {
        ExprKind::Null => out.push_str("null"),
        ExprKind::Boolean(value) => out.push_str(if *value { "true" } else { "false" }),
        ExprKind::Number(value) => out.push_str(&number::plain(*value)),
        ExprKind::String(text) => write_quoted(out, text),
        ExprKind::At(text) => {
            out.push('@');
            write_quoted(out, text);
        }
        ExprKind::Name(name) => out.push_str(name),
        ExprKind::Input => out.push('?'),
        ExprKind::Negate(operand) => {
            out.push('-');
            write(out, operand, Level::Negation);
        }
        ExprKind::Binary { operator, left, right } => {
            let level = level_of_operator(*operator);
            write(out, left, level);
            spaced(out, operator.symbol());
            write(out, right, tighter(level));
        }
        ExprKind::Between { value, low, high } => {
            write(out, value, Level::Comparison);
            out.push_str(" between ");
            write(out, low, Level::Addition);
            out.push_str(" and ");
            write(out, high, Level::Addition);
        }
        ExprKind::In { value, tests } => write_in(out, value, tests),
        ExprKind::UnaryComparison { .. } => {
            out.push('(');
            write_test(out, kind);
            out.push(')');
        }
        ExprKind::UnaryTests { negated, tests } => write_unary_tests(out, *negated, tests),
        ExprKind::InstanceOf { value, type_name } => {
            write(out, value, Level::Postfix);
            out.push_str(" instance of ");
            write_type(out, type_name);
        }
        ExprKind::Error => out.push('…'),
        ExprKind::Path { .. } | ExprKind::Filter { .. } | ExprKind::Call { .. } => write_postfix(out, kind),
        ExprKind::Range { .. } | ExprKind::List(_) | ExprKind::Context(_) => write_brackets(out, kind),
        ExprKind::If { .. } | ExprKind::For { .. } | ExprKind::Quantified { .. } | ExprKind::Function { .. } => {
            write_control(out, kind);
        }
    }
}

fn write_postfix(out: &mut String, kind: &ExprKind) {
    match kind {
        ExprKind::Path { base, member, .. } => {
            write(out, base, Level::Postfix);
            out.push('.');
            out.push_str(member);
        }
        ExprKind::Filter { base, condition } => {
            write(out, base, Level::Postfix);
            out.push('[');
            write(out, condition, Level::Whole);
            out.push(']');
        }
        ExprKind::Call { function, arguments } => {
            write(out, function, Level::Postfix);
            out.push('(');
            match arguments {
                Arguments::Positional(values) => {
                    separated(out, values, |out, value| write(out, value, Level::Whole));
                }
                Arguments::Named(values) => separated(out, values, |out, argument| {
                    out.push_str(&argument.name);
                    out.push_str(": ");
                    write(out, &argument.value, Level::Whole);
                }),
            }
            out.push(')');
        }
        _ => {}
    }
}

fn write_brackets(out: &mut String, kind: &ExprKind) {
    match kind {
        ExprKind::Range { start, start_included, end, end_included } => {
            out.push(if *start_included { '[' } else { '(' });
            write_end(out, start.as_deref());
            out.push_str("..");
            write_end(out, end.as_deref());
            out.push(if *end_included { ']' } else { ')' });
        }
        ExprKind::List(items) => {
            out.push('[');
            separated(out, items, |out, item| write(out, item, Level::Whole));
            out.push(']');
        }
        ExprKind::Context(entries) => {
            out.push('{');
            separated(out, entries, write_entry);
            out.push('}');
        }
        _ => {}
    }
}

fn write_end(out: &mut String, end: Option<&Expr>) {
    match end {
        Some(end) => write(out, end, Level::Or),
        None => out.push_str("null"),
    }
}

fn write_control(out: &mut String, kind: &ExprKind) {
    match kind {
        ExprKind::If { condition, then, otherwise } => {
            out.push_str("if ");
            write(out, condition, Level::Whole);
            out.push_str(" then ");
            write(out, then, Level::Whole);
            out.push_str(" else ");
            write(out, otherwise, Level::Whole);
        }
        ExprKind::For { iterators, body } => {
            out.push_str("for ");
            separated(out, iterators, write_iterator);
            out.push_str(" return ");
            write(out, body, Level::Whole);
        }
        ExprKind::Quantified { quantifier, iterators, condition } => {
            out.push_str(match quantifier {
                Quantifier::Some => "some ",
                Quantifier::Every => "every ",
            });
            separated(out, iterators, write_iterator);
            out.push_str(" satisfies ");
            write(out, condition, Level::Whole);
        }
        ExprKind::Function { parameters, body } => {
            out.push_str("function(");
            separated(out, parameters, write_parameter);
            out.push_str(") ");
            write(out, body, Level::Whole);
        }
        _ => {}
    }
}

fn write_in(out: &mut String, value: &Expr, tests: &[Expr]) {
    write(out, value, Level::Comparison);
    out.push_str(" in ");
    match tests {
        [test] if !matches!(test.kind, ExprKind::UnaryComparison { .. }) => write(out, test, Level::Addition),
        _ => {
            out.push('(');
            separated(out, tests, |out, test| write_test(out, &test.kind));
            out.push(')');
        }
    }
}

fn write_unary_tests(out: &mut String, negated: bool, tests: &[Expr]) {
    let is_not = |test: &Expr| match &test.kind {
        ExprKind::Call { function, .. } => matches!(&function.kind, ExprKind::Name(name) if &**name == "not"),
        _ => false,
    };
    match tests {
        [] => out.push('-'),
        // a call of the builtin that is the whole text would be read as a negation of tests
        [test] if !negated && is_not(test) => {
            out.push('(');
            write(out, test, Level::Whole);
            out.push(')');
        }
        _ => {
            out.push_str(if negated { "not(" } else { "" });
            separated(out, tests, |out, test| write_test(out, &test.kind));
            out.push_str(if negated { ")" } else { "" });
        }
    }
}

/// A unary test: comparisons stand without parentheses.
fn write_test(out: &mut String, kind: &ExprKind) {
    match kind {
        ExprKind::UnaryComparison { operator, operand } => {
            out.push_str(operator.symbol());
            out.push(' ');
            write(out, operand, Level::Addition);
        }
        other => write_kind(out, other),
    }
}

fn write_iterator(out: &mut String, iterator: &Iterator) {
    out.push_str(&iterator.name);
    out.push_str(" in ");
    write(out, &iterator.from, Level::Or);
    if let Some(to) = &iterator.to {
        out.push_str("..");
        write(out, to, Level::Or);
    }
}

fn write_parameter(out: &mut String, parameter: &FormalParameter) {
    out.push_str(&parameter.name);
    if let Some(type_name) = &parameter.type_name {
        out.push_str(": ");
        write_type(out, type_name);
    }
}

fn write_entry(out: &mut String, entry: &ContextEntry) {
    if is_plain_key(&entry.key) {
        out.push_str(&entry.key);
    } else {
        write_quoted(out, &entry.key);
    }
    out.push_str(": ");
    write(out, &entry.value, Level::Whole);
}

/// Whether a key can stand without quotes.
fn is_plain_key(key: &str) -> bool {
    let mut last = ' ';
    for character in key.chars() {
        let allowed = is_name_part(character) || is_name_sign(character) || (character == ' ' && last != ' ');
        if !allowed {
            return false;
        }
        last = character;
    }
    key.starts_with(is_name_start) && last != ' '
}

fn write_type(out: &mut String, type_name: &TypeName) {
    match &type_name.kind {
        TypeNameKind::Named(name) => out.push_str(name),
        TypeNameKind::List(inner) => {
            out.push_str("list<");
            write_type(out, inner);
            out.push('>');
        }
        TypeNameKind::Range(inner) => {
            out.push_str("range<");
            write_type(out, inner);
            out.push('>');
        }
        TypeNameKind::Context(entries) => {
            out.push_str("context<");
            separated(out, entries, |out, (name, inner)| {
                out.push_str(name);
                out.push_str(": ");
                write_type(out, inner);
            });
            out.push('>');
        }
        TypeNameKind::Function { parameters, result } => {
            out.push_str("function<");
            separated(out, parameters, write_type);
            out.push_str("> -> ");
            write_type(out, result);
        }
    }
}

fn spaced(out: &mut String, sign: &str) {
    out.push(' ');
    out.push_str(sign);
    out.push(' ');
}

fn separated<T>(out: &mut String, items: &[T], write: impl Fn(&mut String, &T)) {
    for (index, item) in items.iter().enumerate() {
        if index > 0 {
            out.push_str(", ");
        }
        write(out, item);
    }
}

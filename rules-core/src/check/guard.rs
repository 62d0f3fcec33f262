//! What a condition rules out: after `x != null and …` the rest need not ask again.

use crate::feel::ast::{Arguments, BinaryOperator, Expr, ExprKind};
use crate::feel::print;

/// Names and paths that are not null when `condition` is true (`holds`), or when it is false.
pub(super) fn not_null_when(condition: &Expr, holds: bool) -> Vec<String> {
    match &condition.kind {
        ExprKind::Binary { operator, left, right } => match (operator, holds) {
            (BinaryOperator::And, true) | (BinaryOperator::Or, false) => {
                let mut both = not_null_when(left, holds);
                both.extend(not_null_when(right, holds));
                both
            }
            (BinaryOperator::And, false) | (BinaryOperator::Or, true) => {
                let left = not_null_when(left, holds);
                let right = not_null_when(right, holds);
                left.into_iter().filter(|name| right.contains(name)).collect()
            }
            (BinaryOperator::NotEqual, true) | (BinaryOperator::Equal, false) => {
                let null = |expr: &Expr| matches!(expr.kind, ExprKind::Null);
                match (null(left), null(right)) {
                    (true, _) => named(right),
                    (_, true) => named(left),
                    _ => Vec::new(),
                }
            }
            // equal to something that is itself not null
            (BinaryOperator::Equal, true) => {
                let literal = |expr: &Expr| {
                    matches!(
                        expr.kind,
                        ExprKind::Boolean(_) | ExprKind::Number(_) | ExprKind::String(_) | ExprKind::At(_)
                    )
                };
                match (literal(left), literal(right)) {
                    (true, _) => named(right),
                    (_, true) => named(left),
                    _ => Vec::new(),
                }
            }
            _ => Vec::new(),
        },
        ExprKind::Call { function, arguments: Arguments::Positional(arguments) } => {
            let is_not = matches!(&function.kind, ExprKind::Name(name) if &**name == "not");
            match arguments.as_slice() {
                [negand] if is_not => not_null_when(negand, !holds),
                _ => Vec::new(),
            }
        }
        ExprKind::InstanceOf { value, .. } if holds => named(value),
        // a condition that is a fact: true or false, it is known
        ExprKind::Name(_) | ExprKind::Path { .. } if holds => named(condition),
        _ => Vec::new(),
    }
}

/// The name or path that `expr` is, as written. With `a.b` known, `a` is known too.
fn named(expr: &Expr) -> Vec<String> {
    match &expr.kind {
        ExprKind::Name(name) => vec![name.to_string()],
        ExprKind::Input => vec!["?".to_owned()],
        ExprKind::Path { base, .. } => {
            let mut names = named(base);
            if !names.is_empty() {
                names.push(print(expr));
            }
            names
        }
        _ => Vec::new(),
    }
}

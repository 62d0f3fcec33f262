//! Null where it gives no answer: which values may be null, why, and what to write instead.

use super::expression::Inference;
use super::known::What;
use crate::builtins;
use crate::code;
use crate::feel::ast::{BinaryOperator, Expr, ExprKind};
use crate::types::Type;

/// What a document is held to. FEEL by itself lets null flow through everything.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Strictness {
    #[default]
    Nothing,
    /// In a mapping a null that reaches a fact is a fault of the row, and only in a condition would it pass for "no".
    Conditions,
    /// In a pack null would pass for an answer anywhere.
    Everything,
}

impl Inference<'_> {
    /// The type of `expr` where null gives no answer: with a complaint when it may be null, and without null after that, so
    /// that one fault is said once.
    pub(super) fn guarded(&mut self, expr: &Expr, found: Type) -> Type {
        self.guarded_from(Strictness::Everything, expr, found)
    }

    /// The same for documents of at least this strictness.
    pub(super) fn guarded_from(&mut self, strictness: Strictness, expr: &Expr, found: Type) -> Type {
        let inner = match &found {
            Type::Nullable(inner) => &**inner,
            // of some functions nothing is known but that they give null for some arguments
            Type::Any if self.gives_null(expr) => &found,
            _ => return found,
        };
        if self.globals.strictness < strictness {
            return found;
        }
        let (message, help) = self.reason(expr);
        self.complain(&code::UNGUARDED_NULL, expr.span, message, Some(help));
        inner.clone()
    }

    /// Whether `expr` calls a builtin that the table says gives null for some arguments, and nothing around asks for it.
    fn gives_null(&self, expr: &Expr) -> bool {
        let ExprKind::Call { function, .. } = &expr.kind else { return false };
        let ExprKind::Name(name) = &function.kind else { return false };
        let builtin = if self.find(name).is_none() { builtins::find(name) } else { None };
        builtin.is_some_and(|(_, builtin)| builtin.null.is_some())
            && !self.known_of(expr).any(|what| what == &What::NotNull)
    }

    /// Whether null has to be reckoned with. In a pack it does not where nothing at all is known of a value.
    pub(super) fn counts_as_null(&self, found: &Type) -> bool {
        match found {
            Type::Any => !self.globals.is_pack(),
            other => other.may_be_null(),
        }
    }

    /// When `expr` is null, and what to write instead.
    fn reason(&self, expr: &Expr) -> (String, String) {
        let text = self.quoted(expr);
        let tell = |when: &str| format!("{text} {when}, and null gives no answer here");
        let ask = |condition: &str| format!("say what holds then: `if {condition} then … else …`");
        let ask_itself = || ask(&format!("{} = null", self.as_operand(expr)));
        match &expr.kind {
            ExprKind::Binary { operator: BinaryOperator::Divide, right, .. } if !self.excludes_zero(right) => {
                let divisor = self.as_operand(right);
                let mut help = ask(&format!("{divisor} = 0"));
                if self.origin(right).is_some() {
                    help += "; or give the fact a `minimum` above 0 if it is never 0";
                }
                (tell(&format!("is null when `{divisor}` is 0")), help)
            }
            ExprKind::Filter { base, condition } => match &condition.kind {
                ExprKind::Number(_) | ExprKind::Negate(_) => {
                    let list = self.as_operand(base);
                    let place = self.text_of(condition.span).trim_start_matches(['-', ' ']);
                    match place {
                        "1" => (tell(&format!("is null when `{list}` is empty")), ask(&format!("count({list}) = 0"))),
                        _ => (
                            tell(&format!("is null when `{list}` has fewer than {place} items")),
                            ask(&format!("count({list}) < {place}")),
                        ),
                    }
                }
                _ => (tell("is null when there is no item at that position"), ask_itself()),
            },
            ExprKind::Call { function, .. } => {
                let builtin = match &function.kind {
                    ExprKind::Name(name) if self.find(name).is_none() => builtins::find(name),
                    _ => None,
                };
                let when = builtin.and_then(|(_, builtin)| builtin.null).map(|when| format!("is null {when}"));
                (tell(when.as_deref().unwrap_or("may be null")), ask_itself())
            }
            ExprKind::Name(_) | ExprKind::Path { .. } => {
                let help = format!("{}, or `{} != null and …`", ask_itself(), self.as_operand(expr));
                (tell("may be null"), help)
            }
            ExprKind::If { then, otherwise, .. }
                if [then, otherwise].iter().any(|branch| matches!(branch.kind, ExprKind::Null)) =>
            {
                let message = "one branch of this `if` is null, and null gives no answer here";
                (message.to_owned(), "give a value in both branches".to_owned())
            }
            _ => (tell("may be null"), ask_itself()),
        }
    }

    /// The text of `expr` between backticks; `this` when it is too long to be repeated.
    fn quoted(&self, expr: &Expr) -> String {
        let text = self.text_of(expr.span);
        if text.chars().count() > 60 { "this".to_owned() } else { format!("`{text}`") }
    }

    /// The text of `expr` so that an operator may stand beside it; dots when it is too long to be repeated.
    fn as_operand(&self, expr: &Expr) -> String {
        let text = self.text_of(expr.span);
        let binds = matches!(
            &expr.kind,
            ExprKind::Name(_)
                | ExprKind::Path { .. }
                | ExprKind::Call { .. }
                | ExprKind::Filter { .. }
                | ExprKind::Number(_)
                | ExprKind::List(_)
        );
        match text.chars().count() > 60 {
            true => "…".to_owned(),
            false if binds => text.to_owned(),
            false => format!("({text})"),
        }
    }
}

/// Builtins that have no result for an empty list, and one for every other of the right items.
pub(super) fn of_a_list(name: &str) -> bool {
    matches!(name, "sum" | "mean" | "product" | "median" | "min" | "max")
}

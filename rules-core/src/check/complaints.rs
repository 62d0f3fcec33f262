//! How faults of FEEL texts are said; one place for the words, so that they sound alike.

use super::expression::Inference;
use crate::code::{self, Code};
use crate::diagnostic::Diagnostic;
use crate::feel::ast::{Expr, ExprKind};
use crate::source::Span;
use crate::types::Type;

impl Inference<'_> {
    /// Notes a finding at `span` of the text that is checked.
    pub(super) fn complain(&mut self, code: &'static Code, span: Span, message: String, help: Option<String>) {
        let mut finding = Diagnostic::new(code, self.formula.place(span), message);
        finding.help = help;
        if !self.findings.contains(&finding) {
            self.findings.push(finding);
        }
    }

    /// Complains when a value of this type can never be `wanted`, or when it is a fact that may be null.
    /// `role` says what the value is for: "the condition of `if`".
    pub(super) fn expect(&mut self, expr: &Expr, found: &Type, wanted: &Type, role: &str) {
        if found == &Type::Null {
            let message = format!("{role} is null, so that the result is always null");
            self.complain(&code::WRONG_TYPE, expr.span, message, None);
        } else if !found.overlaps(wanted) {
            let message = format!("{role} needs {}, and this is {}", wanted.words(), found.without_null().words());
            self.complain(&code::WRONG_TYPE, expr.span, message, conversion(expr, found, wanted));
        } else {
            self.expect_guarded(expr, found);
        }
    }

    /// Complains when `expr` names a fact that may be null and nothing around it asks whether it is.
    pub(super) fn expect_guarded(&mut self, expr: &Expr, found: &Type) {
        if found.may_be_null() && found != &Type::Any && self.is_nullable_fact(expr) {
            let name = self.text_of(expr.span);
            let message = format!("`{name}` may be null, and null gives no answer here");
            let help = format!("say what holds then: `if {name} = null then … else …`, or `{name} != null and …`");
            self.complain(&code::UNGUARDED_NULL, expr.span, message, Some(help));
        }
    }

    /// The text at `span` of the formula.
    pub(super) fn text_of(&self, span: Span) -> &str {
        self.formula.text.get(span.start as usize..span.end as usize).unwrap_or("")
    }
}

/// What to write so that a value becomes what is wanted, where that is plain.
pub(super) fn conversion(expr: &Expr, found: &Type, wanted: &Type) -> Option<String> {
    let text = match &expr.kind {
        ExprKind::String(text) => Some(&**text),
        _ => None,
    };
    match (found.without_null(), wanted.without_null(), text) {
        (Type::String | Type::OneOf(_), Type::Date, Some(text)) => Some(format!("write `date(\"{text}\")`")),
        (Type::String | Type::OneOf(_), Type::Date, None) => Some("make a date of it with `date(…)`".to_owned()),
        (Type::String | Type::OneOf(_), Type::Number, Some(text)) if text.parse::<i64>().is_ok() => {
            Some(format!("write the number without quotes: `{text}`"))
        }
        (Type::String | Type::OneOf(_), Type::Number, _) => Some("make a number of it with `number(…)`".to_owned()),
        (Type::String | Type::OneOf(_), Type::DayTimeDuration | Type::YearMonthDuration, Some(text)) => {
            Some(format!("write `duration(\"{text}\")`"))
        }
        (Type::Number, Type::String | Type::OneOf(_), _) => Some("make a text of it with `string(…)`".to_owned()),
        (Type::List(item), single, _) if item.overlaps(single) => {
            Some("take one item with `[1]`, or ask about them with `some x in … satisfies …`".to_owned())
        }
        (Type::DateTime, Type::Date, _) => Some("take the date with `date(…)`".to_owned()),
        (Type::Number | Type::String | Type::OneOf(_), Type::Boolean, _) => {
            Some("compare it with something: `… = …`, `… > …`".to_owned())
        }
        _ => None,
    }
}

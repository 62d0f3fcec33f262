//! How faults of FEEL texts are said; one place for the words, so that they sound alike.

use super::expression::Inference;
use super::nulls::Strictness;
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

    /// Complains when a value of this type can never be `wanted`, or when it may be null and null means nothing there; gives
    /// the type that is left to go on with. `role` says what the value is for: "the condition of `if`".
    pub(super) fn expect(&mut self, expr: &Expr, found: Type, wanted: &Type, role: &str) -> Type {
        if found == Type::Null {
            let message = format!("{role} is always null");
            let help = "null is neither true nor false; ask for it with `… = null`".to_owned();
            self.complain(&code::WRONG_TYPE, expr.span, message, Some(help));
            found
        } else if !found.overlaps(wanted) {
            let message = format!("{role} needs {}, and this is {}", wanted.words(), found.without_null().words());
            let help = match (role, &expr.kind) {
                ("`or`", ExprKind::Number(_) | ExprKind::String(_)) => {
                    Some("name the value again, `x = 1 or x = 2`, or write `x in (1, 2)`".to_owned())
                }
                _ => conversion(expr, &found, wanted),
            };
            self.complain(&code::WRONG_TYPE, expr.span, message, help);
            wanted.clone()
        } else {
            self.guarded_from(Strictness::Conditions, expr, found)
        }
    }

    /// The text at `span` of the formula.
    pub(super) fn text_of(&self, span: Span) -> &str {
        self.formula.text.get(span.start as usize..span.end as usize).unwrap_or("")
    }
}

/// What to write so that a value becomes what is wanted, where that is plain.
pub(super) fn conversion(expr: &Expr, found: &Type, wanted: &Type) -> Option<String> {
    use Type::{
        Boolean, Context, Date, DateTime, DayTimeDuration, Function, List, Null, Number, OneOf, String,
        YearMonthDuration,
    };
    let (found, wanted) = (found.without_null(), wanted.without_null());
    let help = match (found, wanted) {
        (String | OneOf(_), _) => return conversion_of_text(expr, wanted),
        (Number, DayTimeDuration | YearMonthDuration) => return conversion_to_duration(expr, wanted),
        (_, Function { .. }) => "write a function: `function(a, b) a < b`",
        (Null, _) => "ask for null with `… = null`, or leave it out",
        (Number, String | OneOf(_)) => "turn it into text with `string(…)`",
        (Number, Date | DateTime) => {
            "a date is written `date(\"2020-10-14\")`; its parts are `.year`, `.month` and `.day`"
        }
        (DayTimeDuration, Number) => "take a part of the duration: `.days`, `.hours` or `.minutes`",
        (YearMonthDuration, Number) => "take a part of the duration: `.years` or `.months`",
        (DayTimeDuration, YearMonthDuration) | (YearMonthDuration, DayTimeDuration) => {
            "days and months have no fixed relation: use one kind of duration on both sides"
        }
        (List(item), single) if item.overlaps(single) => {
            "take one item with `[1]`, or ask about them with `some x in … satisfies …`"
        }
        (List(_), Number) => "count its items with `count(…)`, or compare one of them: `….name[1]`",
        (Type::Range(_), _) => "take an end of the range: `.start` or `.end`",
        (Context(_), Boolean | Number | String | OneOf(_) | Date) => "take one of its members: `….name`",
        (DateTime, Date) => "take the date with `date(…)`",
        (Number, Boolean) => "compare it with something: `… = …`, `… > …`",
        (Boolean, Number) => "choose a number by it: `if … then 1 else 0`",
        _ => return None,
    };
    Some(help.to_owned())
}

fn conversion_of_text(expr: &Expr, wanted: &Type) -> Option<String> {
    let text = if let ExprKind::String(text) = &expr.kind { Some(&**text) } else { None };
    let name = match wanted {
        Type::Number => {
            let number = text.filter(|text| crate::value::number::parse(text).is_ok());
            return Some(match number {
                Some(number) => format!("write the number without quotes: `{number}`"),
                None => "turn it into a number with `number(…)`".to_owned(),
            });
        }
        Type::Boolean => {
            return Some(match text {
                Some(word @ ("true" | "false")) => format!("write `{word}` without quotes"),
                _ => "compare it with something: `… = …`, `… > …`".to_owned(),
            });
        }
        Type::Date => "date",
        Type::Time => "time",
        Type::DateTime => "date and time",
        Type::DayTimeDuration | Type::YearMonthDuration => "duration",
        _ => return None,
    };
    let noun = if name == "date and time" { "a date and time" } else { &format!("a {name}") };
    Some(match text {
        Some(text) => format!("write `{name}(\"{text}\")`"),
        None => format!("turn it into {noun} with `{name}(…)`"),
    })
}

/// A number where a duration is needed: of how many what, nobody knows.
fn conversion_to_duration(expr: &Expr, wanted: &Type) -> Option<String> {
    let ExprKind::Number(number) = &expr.kind else {
        return Some("a duration is written `duration(\"P28D\")`, or multiplied: `duration(\"P1D\") * …`".to_owned());
    };
    let (letter, unit) = if wanted == &Type::DayTimeDuration { ("D", "days") } else { ("M", "months") };
    Some(format!("write `duration(\"P{number}{letter}\")` for {number} {unit}"))
}

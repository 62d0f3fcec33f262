//! `if`, filters, `for`, `some` and `every`.

use std::sync::Arc;

use super::expression::{Inference, Local, is_written_out};
use super::guard::not_null_when;
use crate::code;
use crate::feel::ast::{Expr, ExprKind, Iterator};
use crate::types::{Type, members};

impl Inference<'_> {
    pub(super) fn choice(&mut self, condition: &Expr, then: &Expr, otherwise: &Expr) -> Type {
        let found = self.infer(condition);
        self.expect(condition, &found, &Type::Boolean, "the condition of `if`");
        let then_type = self.with_guards(not_null_when(condition, true), |inference| inference.infer(then));
        // a condition that may itself be null leads here too, so only one that is known to be false rules anything out
        let guards = if found.may_be_null() { Vec::new() } else { not_null_when(condition, false) };
        let otherwise_type = self.with_guards(guards, |inference| inference.infer(otherwise));
        then_type.join(&otherwise_type)
    }

    pub(super) fn filter(&mut self, base: &Expr, condition: &Expr) -> Type {
        let base_type = self.infer(base);
        let item = base_type.item();
        let from_facts = self.is_of_facts(base);
        let written_out = is_written_out(base);
        let mut hides: Vec<Arc<str>> = members(&item).into_iter().map(|(name, _)| name).collect();
        hides.push("item".into());
        let found = self.in_scope(&hides, |inference| {
            inference.locals.push(Local::Item { value_type: item.clone(), from_facts, written_out });
            let found = inference.infer(condition);
            inference.expect_guarded(condition, &found);
            found
        });
        match found.without_null() {
            Type::Number => {
                if matches!(&condition.kind, ExprKind::Number(position) if position.is_zero()) {
                    let message = "positions begin at 1, so this is always null".to_owned();
                    let help = "the first item is `[1]`, the last `[-1]`".to_owned();
                    self.complain(&code::ALWAYS_SAME, condition.span, message, Some(help));
                }
                item.or_null()
            }
            Type::Boolean if base_type.may_be_null() => Type::list(item).or_null(),
            Type::Boolean => Type::list(item),
            Type::Any => Type::Any,
            other => {
                let message = format!("a filter needs a condition or a position, and this is {}", other.words());
                let help = "write `[result = \"completed\"]` or `[1]`".to_owned();
                self.complain(&code::WRONG_TYPE, condition.span, message, Some(help));
                Type::Any
            }
        }
    }

    pub(super) fn repetition(&mut self, iterators: &[Iterator], body: &Expr) -> Type {
        let mut hides: Vec<Arc<str>> = iterators.iter().map(|iterator| iterator.name.clone()).collect();
        hides.push("partial".into());
        let (item, null) = self.in_scope(&hides, |inference| {
            let null = inference.iterate(iterators);
            inference.push_name(&"partial".into(), Type::list(Type::Any), false);
            (inference.infer(body), null)
        });
        if null { Type::list(item).or_null() } else { Type::list(item) }
    }

    pub(super) fn quantified(&mut self, iterators: &[Iterator], condition: &Expr) -> Type {
        let hides: Vec<Arc<str>> = iterators.iter().map(|iterator| iterator.name.clone()).collect();
        let (found, null) = self.in_scope(&hides, |inference| {
            let null = inference.iterate(iterators);
            let found = inference.infer(condition);
            inference.expect(condition, &found, &Type::Boolean, "the condition behind `satisfies`");
            (found, null)
        });
        if null || found.may_be_null() { Type::Boolean.or_null() } else { Type::Boolean }
    }

    /// Brings the iterators into scope, one after the other. Says whether a domain may be none, so that the whole is null.
    fn iterate(&mut self, iterators: &[Iterator]) -> bool {
        let mut null = false;
        self.expect_distinct(iterators.iter().map(|iterator| (&iterator.name, iterator.name_span)));
        for iterator in iterators {
            let from = self.infer(&iterator.from);
            let item = match &iterator.to {
                Some(to) => {
                    let to_type = self.infer(to);
                    self.steps(&iterator.from, &from, to, &to_type)
                }
                None => self.items(&iterator.from, &from),
            };
            let from_facts = iterator.to.is_none() && self.is_of_facts(&iterator.from);
            null |= from.may_be_null() || iterator.to.is_some() || matches!(from, Type::Range(_));
            self.push_name(&iterator.name, item, from_facts);
        }
        null
    }

    /// The type of what `from..to` runs over.
    fn steps(&mut self, from: &Expr, from_type: &Type, to: &Expr, to_type: &Type) -> Type {
        for (expr, found) in [(from, from_type), (to, to_type)] {
            self.expect_guarded(expr, found);
            if !found.overlaps(&Type::Number) && !found.overlaps(&Type::Date) {
                let message = format!("`for` counts in whole numbers or days, and this is {}", found.words());
                self.complain(&code::WRONG_TYPE, expr.span, message, None);
                return Type::Any;
            }
        }
        from_type.without_null().join(to_type.without_null())
    }

    /// The type of the items of a domain.
    fn items(&mut self, domain: &Expr, found: &Type) -> Type {
        self.expect_guarded(domain, found);
        match found.without_null() {
            Type::Range(point) => match point.without_null() {
                Type::Number | Type::Date | Type::Any => (**point).clone(),
                other => {
                    let message = format!("a range of {} cannot be counted through", other.words());
                    self.complain(&code::WRONG_TYPE, domain.span, message, None);
                    Type::Any
                }
            },
            Type::Null => {
                let message = "null has no items, so that the result is always null".to_owned();
                self.complain(&code::WRONG_TYPE, domain.span, message, None);
                Type::Any
            }
            _ => found.item(),
        }
    }
}

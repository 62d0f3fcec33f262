//! `if`, filters, `for`, `some` and `every`.

use std::sync::Arc;

use super::expression::{Inference, Local, is_written_out};
use super::requirements::free_names;
use crate::code;
use crate::feel::ast::{Expr, ExprKind, Iterator};
use crate::source::Span;
use crate::types::{Type, members};
use crate::value::bounds::Bounds;

impl Inference<'_> {
    pub(super) fn choice(&mut self, condition: &Expr, then: &Expr, otherwise: &Expr) -> Type {
        let found = self.infer(condition);
        let found = self.expect(condition, found, &Type::Boolean, "the condition of `if`");
        let then_type = self.knowing(self.learned(condition, true), |inference| inference.infer(then));
        // a condition that may itself be null leads here too, so only one that is known to be false tells anything
        let known = if found.may_be_null() { Vec::new() } else { self.learned(condition, false) };
        let otherwise_type = self.knowing(known, |inference| inference.infer(otherwise));
        then_type.join(&otherwise_type)
    }

    pub(super) fn filter(&mut self, base: &Expr, condition: &Expr) -> Type {
        let base_type = self.infer(base);
        let base_type = self.guarded(base, base_type);
        let item = base_type.item();
        let mut hides: Vec<Arc<str>> = members(&item).into_iter().map(|(name, _)| name).collect();
        hides.push("item".into());
        if item.is_open() {
            // any name may be a member
            hides.extend(self.known.iter().flat_map(|known| known.names.iter().cloned()));
        }
        let local = Local::Item {
            value_type: item.clone(),
            origin: self.origin_of_items(base),
            written_out: is_written_out(base),
        };
        let (found, kept) = self.in_scope(&hides, |inference| {
            inference.locals.push(local);
            let found = inference.infer(condition);
            let found = inference.guarded(condition, found);
            let learned = inference.learned(condition, true);
            (found, inference.knowing(learned, |inference| inference.item_as_known(&item)))
        });
        match found.without_null() {
            Type::Number => self.item_at(base, &base_type, condition, item),
            Type::Boolean if self.counts_as_null(&base_type) => Type::list(kept).or_null(),
            Type::Boolean => Type::list(kept),
            Type::Any => Type::Any,
            other => {
                let message = format!("a filter needs a condition or a position, and this is {}", other.words());
                let help = "write `[result = \"completed\"]` or `[1]`".to_owned();
                self.complain(&code::WRONG_TYPE, condition.span, message, Some(help));
                Type::Any
            }
        }
    }

    /// The type of the items that a condition has let through: what it asked of them holds.
    fn item_as_known(&self, item: &Type) -> Type {
        let name = |name: &str| Expr { kind: ExprKind::Name(name.into()), span: Span::default() };
        let whole = self.narrowed(&name("item"), item.clone());
        let Type::Context(entries) = &whole else { return whole };
        let entries = entries.iter().map(|(key, found)| {
            let path =
                ExprKind::Path { base: Box::new(name("item")), member: key.clone(), member_span: Span::default() };
            let found = self.narrowed(&name(key), found.clone());
            (key.clone(), self.narrowed(&Expr { kind: path, span: Span::default() }, found))
        });
        Type::Context(Arc::new(entries.collect()))
    }

    /// The type of the item at a position: null where the list may be shorter.
    fn item_at(&mut self, base: &Expr, base_type: &Type, position: &Expr, item: Type) -> Type {
        let ExprKind::Number(place) = (match &position.kind {
            ExprKind::Negate(inner) => &inner.kind,
            kind => kind,
        }) else {
            return item.or_null();
        };
        if place.is_zero() {
            let message = "positions begin at 1, so this is always null".to_owned();
            let help = "the first item is `[1]`, the last `[-1]`".to_owned();
            self.complain(&code::ALWAYS_SAME, position.span, message, Some(help));
        }
        let there = matches!(base_type, Type::List(_)) && self.has_place(position, self.items(base));
        if there { item } else { item.or_null() }
    }

    pub(super) fn repetition(&mut self, iterators: &[Iterator], body: &Expr) -> Type {
        let mut hides: Vec<Arc<str>> = iterators.iter().map(|iterator| iterator.name.clone()).collect();
        hides.push("partial".into());
        let (item, null) = self.in_scope(&hides, |inference| {
            let null = inference.iterate(iterators);
            (inference.body_with_partial(body), null)
        });
        if null { Type::list(item).or_null() } else { Type::list(item) }
    }

    /// The type of what a `for` returns, in which `partial` is the list of what it returned before.
    fn body_with_partial(&mut self, body: &Expr) -> Type {
        let partial: Arc<str> = "partial".into();
        let used = free_names(body).iter().any(|free| free.name == partial);
        if !used || self.guesses > 2 {
            self.push_name(&partial, Type::list(Type::Any));
            return self.infer(body);
        }
        self.guesses += 1;
        let found = self.body_by_guess(body, &partial);
        self.guesses -= 1;
        found
    }

    /// The type of the body when `partial` is guessed first, which takes the work twice.
    fn body_by_guess(&mut self, body: &Expr, partial: &Arc<str>) -> Type {
        let (before, locals) = (self.findings.len(), self.locals.len());
        // first without knowing what it is; what comes of that is a guess that has to come out again
        self.push_name(partial, Type::list(Type::Any));
        let guess = self.infer(body);
        if guess == Type::Any {
            return guess;
        }
        let found = self.findings.split_off(before);
        self.locals.truncate(locals);
        self.push_name(partial, Type::list(guess.clone()));
        let again = self.infer(body);
        if again.conforms_to(&guess) {
            return again;
        }
        self.findings.truncate(before);
        self.findings.extend(found);
        guess
    }

    pub(super) fn quantified(&mut self, iterators: &[Iterator], condition: &Expr) -> Type {
        let hides: Vec<Arc<str>> = iterators.iter().map(|iterator| iterator.name.clone()).collect();
        let (found, null) = self.in_scope(&hides, |inference| {
            let null = inference.iterate(iterators);
            let found = inference.infer(condition);
            (inference.expect(condition, found, &Type::Boolean, "the condition behind `satisfies`"), null)
        });
        if null || self.counts_as_null(&found) { Type::Boolean.or_null() } else { Type::Boolean }
    }

    /// Brings the iterators into scope, one after the other. Says whether a domain may be none, so that the whole is null.
    fn iterate(&mut self, iterators: &[Iterator]) -> bool {
        let mut null = false;
        self.expect_distinct(iterators.iter().map(|iterator| (&iterator.name, iterator.name_span)));
        for iterator in iterators {
            let from = self.infer(&iterator.from);
            let from = self.guarded(&iterator.from, from);
            let mut bounds = Bounds::default();
            let item = match &iterator.to {
                Some(to) => {
                    let to_type = self.infer(to);
                    let to_type = self.guarded(to, to_type);
                    null |= !self.counts_through((&iterator.from, &from), (to, &to_type));
                    bounds = self.bounds(&iterator.from).or(self.bounds(to));
                    self.steps(&iterator.from, &from, to, &to_type)
                }
                None => self.items_of(&iterator.from, &from),
            };
            let origin = if iterator.to.is_none() { self.origin_of_items(&iterator.from) } else { None };
            null |= self.counts_as_null(&from) || matches!(from, Type::Range(_));
            self.locals.push(Local::Name { name: iterator.name.clone(), value_type: item, origin, bounds });
        }
        null
    }

    /// Whether `from..to` can surely be counted through: whole numbers or days.
    fn counts_through(&self, from: (&Expr, &Type), to: (&Expr, &Type)) -> bool {
        let whole = |(expr, found): (&Expr, &Type)| found == &Type::Number && self.is_whole(expr);
        (whole(from) && whole(to)) || (from.1 == &Type::Date && to.1 == &Type::Date)
    }

    /// The type of what `from..to` runs over.
    fn steps(&mut self, from: &Expr, from_type: &Type, to: &Expr, to_type: &Type) -> Type {
        for (expr, found) in [(from, from_type), (to, to_type)] {
            if !found.overlaps(&Type::Number) && !found.overlaps(&Type::Date) {
                let message = format!("`for` counts in whole numbers or days, and this is {}", found.words());
                let help = "write `for i in 1..10 return …`, or a list: `for x in [\"a\", \"b\"] return …`".to_owned();
                self.complain(&code::WRONG_TYPE, expr.span, message, Some(help));
                return Type::Any;
            }
        }
        from_type.without_null().join(to_type.without_null())
    }

    /// The type of the items of a domain.
    fn items_of(&mut self, domain: &Expr, found: &Type) -> Type {
        match found.without_null() {
            Type::Range(point) => match point.without_null() {
                Type::Number | Type::Date | Type::Any => point.without_null().clone(),
                other => {
                    let message = format!("a range of {} cannot be counted through", other.plural());
                    let help = "only whole numbers and dates follow one another: write the values as a list".to_owned();
                    self.complain(&code::WRONG_TYPE, domain.span, message, Some(help));
                    Type::Any
                }
            },
            Type::Null => {
                let message = "null has no items, so the result is always null".to_owned();
                let help = "a list without items is written `[]`".to_owned();
                self.complain(&code::WRONG_TYPE, domain.span, message, Some(help));
                Type::Any
            }
            _ => found.item(),
        }
    }
}

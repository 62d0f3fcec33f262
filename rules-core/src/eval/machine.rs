//! The evaluation loop: one walk over the nodes, generic over who listens.

use std::cell::{Cell, RefCell};
use std::sync::Arc;

use super::case::Case;
use super::kleene::{Kleene, agreed, unknown_without_facts};
use super::limits::Limits;
use super::observer::{Compared, Observer};
use super::operators::{Answer, calculate, compare_values, negate};
use super::results::{Results, bit};
use crate::builtins::Reason;
use crate::program::node::{Compare, ContextNode, If, ItemMember, Local, RangeNode};
use crate::program::{FactKind, Node, Program, Reference, Shape, Step};
use crate::value::unknown::{Because, FactId, Marks};
use crate::value::{Context, FunctionValue, Range, RangeForm, Value, text};

pub(super) static NULL: Value = Value::Null;

/// The values that one construct brings into scope, and what is around it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Frame<'f> {
    pub(super) values: &'f [Value],
    pub(super) outer: Option<&'f Frame<'f>>,
}

impl<'f> Frame<'f> {
    /// The scope of a decision: nothing.
    pub(super) const EMPTY: Frame<'static> = Frame { values: &[], outer: None };

    /// `values` inside `outer`.
    pub(super) fn within(values: &'f [Value], outer: &'f Frame<'f>) -> Self {
        Self { values, outer: Some(outer) }
    }

    /// The value of a local.
    pub(super) fn get(&'f self, local: Local) -> &'f Value {
        let mut frame = self;
        for _ in 0..local.frame {
            match frame.outer {
                Some(outer) => frame = outer,
                None => return &NULL,
            }
        }
        frame.values.get(usize::try_from(local.place).unwrap_or(usize::MAX)).unwrap_or(&NULL)
    }
}

/// One case being decided: everything that stays the same meanwhile.
pub(super) struct Run<'r, O> {
    pub(super) program: &'r Program,
    pub(super) case: &'r Case,
    pub(super) as_of: Value,
    pub(super) observer: RefCell<&'r mut O>,
    pub(super) limits: Limits,
    /// Readings of the law that the step at hand has read, as bits.
    pub(super) touched: Cell<u64>,
    /// Whether a reading of the law may tell on the step at hand, so that it matters which ones it reads.
    pub(super) tracks: Cell<bool>,
}

impl<'r, O: Observer> Run<'r, O> {
    pub(super) fn new(program: &'r Program, case: &'r Case, observer: &'r mut O) -> Self {
        Self {
            program,
            case,
            as_of: case.as_of().map_or(Value::Null, Value::Date),
            observer: RefCell::new(observer),
            limits: Limits::new(),
            touched: Cell::new(0),
            tracks: Cell::new(false),
        }
    }

    /// A machine over the results so far.
    #[inline]
    pub(super) fn machine<'m>(&'m self, results: &'m Results) -> Machine<'m, 'r, O> {
        Machine { run: self, results }
    }
}

/// Everything that an expression can reach while it is evaluated.
pub(super) struct Machine<'m, 'r, O> {
    pub(super) run: &'m Run<'r, O>,
    pub(super) results: &'m Results,
}

impl<O> Clone for Machine<'_, '_, O> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<O> Copy for Machine<'_, '_, O> {}

impl<'m, O: Observer> Machine<'m, '_, O> {
    /// Tells the observer something, if it wants to know.
    #[inline]
    pub(super) fn tell(self, what: impl FnOnce(&mut O)) {
        if O::RECORDS
            && let Ok(mut observer) = self.run.observer.try_borrow_mut()
        {
            what(&mut **observer);
        }
    }

    /// Notes which readings were read.
    #[inline]
    fn touch(self, readings: impl FnOnce() -> u64) {
        if self.run.tracks.get() {
            self.run.touched.set(self.run.touched.get() | readings());
        }
    }

    /// The value of an answer; the reason for a null goes to the observer.
    #[inline]
    pub(super) fn settle(self, answer: Answer) -> Value {
        match answer {
            Ok(value) => value,
            Err(reason) => self.because(reason),
        }
    }

    /// A value that was just made, unless it is nested too deep to be walked through.
    #[inline]
    pub(super) fn made(self, value: Value) -> Value {
        if self.run.limits.holds(&value) { value } else { Value::Null }
    }

    #[cold]
    pub(super) fn null(self, reason: &Reason) -> Value {
        self.because(reason.clone())
    }

    #[cold]
    fn because(self, reason: Reason) -> Value {
        if let Ok(mut observer) = self.run.observer.try_borrow_mut() {
            observer.null(reason);
        }
        Value::Null
    }

    /// The value of a node that is there already and need not be made. What is read most often is looked at where it is
    /// needed; the rest is a call away.
    #[inline(always)]
    pub(super) fn peek<'v>(self, node: &'v Node, frame: &'v Frame<'v>) -> Option<&'v Value>
    where
        'm: 'v,
    {
        match node {
            Node::Constant(value) => Some(value),
            Node::Fact(fact) if !O::RECORDS => Some(self.run.case.value(&self.run.program.schema, *fact)),
            Node::Decision(decision) if !self.run.tracks.get() => Some(self.results.value(*decision)),
            Node::Parameter(parameter) if !O::RECORDS && !self.run.tracks.get() => {
                Some(&self.results.parameter(*parameter)?.value)
            }
            other => self.peek_further(other, frame),
        }
    }

    fn peek_further<'v>(self, node: &'v Node, frame: &'v Frame<'v>) -> Option<&'v Value>
    where
        'm: 'v,
    {
        Some(match node {
            Node::Constant(value) => value,
            Node::Fact(fact) => {
                self.tell(|observer| observer.fact(*fact));
                self.run.case.value(&self.run.program.schema, *fact)
            }
            Node::Parameter(parameter) => {
                let result = self.results.parameter(*parameter)?;
                self.touch(|| self.results.touched(Step::Parameter(*parameter)));
                self.tell(|observer| observer.parameter(*parameter, result.period));
                &result.value
            }
            Node::Decision(decision) => {
                self.touch(|| self.results.touched(Step::Decision(*decision)));
                self.results.value(*decision)
            }
            Node::Local(local) => frame.get(*local),
            Node::Reading(reading) => {
                self.touch(|| self.results.touched(Step::Reading(*reading)) | bit(*reading));
                self.results.reading(*reading)?
            }
            Node::AsOf => &self.run.as_of,
            Node::Path(path) => match self.peek_further(&path.base, frame)? {
                Value::Context(context) if self.run.limits.search(context.len()) => {
                    context.get_at(path.place, &path.member)?
                }
                _ => return None,
            },
            _ => return None,
        })
    }

    /// The value of a node, borrowed where it is there already, else made in `space`.
    #[inline]
    pub(super) fn operand<'v>(self, node: &'v Node, frame: &'v Frame<'v>, space: &'v mut Value) -> &'v Value
    where
        'm: 'v,
    {
        match self.peek_further(node, frame) {
            Some(value) => value,
            None => {
                *space = self.value(node, frame);
                space
            }
        }
    }

    /// The value of a node.
    pub(super) fn value(self, node: &Node, frame: &Frame<'_>) -> Value {
        match node {
            Node::And(operands) => self.combine(Kleene::all(), operands, frame),
            Node::Or(operands) => self.combine(Kleene::any(), operands, frame),
            Node::Compare(compare) => self.compare(compare, frame),
            Node::Arithmetic(arithmetic) => {
                let (mut left, mut right) = (Value::Null, Value::Null);
                let left = self.operand(&arithmetic.left, frame, &mut left);
                let right = self.operand(&arithmetic.right, frame, &mut right);
                if let (Value::String(left), Value::String(right)) = (left, right) {
                    let steps = u64::try_from((left.len() + right.len()) / 64).unwrap_or(u64::MAX);
                    if !self.run.limits.spend(steps) {
                        return Value::Null;
                    }
                }
                self.settle(calculate(arithmetic.operation, left, right))
            }
            Node::Negate(operand) => {
                let mut space = Value::Null;
                self.settle(negate(self.operand(operand, frame, &mut space)))
            }
            Node::If(choice) => self.choose(choice, frame),
            Node::Between(between) => self.between(between, frame),
            Node::In(tests) => self.is_in(tests, frame),
            Node::Builtin(call) => self.builtin(call, frame),
            Node::Call(call) => self.call_value(call, frame),
            Node::Filter(filter) => self.filter(filter, frame),
            Node::For(iteration) => self.iterate(iteration, frame),
            Node::Quantified(quantified) => self.quantify(quantified, frame),
            Node::List(items) => self.list(items, frame),
            Node::Context(context) => self.context(context, frame),
            Node::Range(range) => self.range(range, frame),
            Node::Lambda(closure) => {
                self.run.limits.make(closure.captures.len());
                let captures = closure.captures.iter().map(|node| self.value(node, frame)).collect();
                Value::Function(Arc::new(FunctionValue::Lambda { number: closure.number, captures }))
            }
            Node::Object(object) => self.object(*object),
            Node::ItemMember(member) => self.item_member(member, frame),
            Node::InstanceOf(test) => self.instance_of(test, frame),
            // What can be borrowed and is not there after all: a path whose base is no context.
            Node::Path(path) => {
                let mut space = Value::Null;
                let base = self.operand(&path.base, frame, &mut space);
                self.member(base, &path.member)
            }
            Node::Constant(_)
            | Node::Fact(_)
            | Node::Parameter(_)
            | Node::Decision(_)
            | Node::Local(_)
            | Node::Reading(_)
            | Node::AsOf => self.peek(node, frame).cloned().unwrap_or_default(),
        }
    }

    fn combine(self, mut kleene: Kleene, operands: &[Node], frame: &Frame<'_>) -> Value {
        for operand in operands {
            let mut space = Value::Null;
            if kleene.note(self.operand(operand, frame, &mut space)) && !O::RECORDS {
                break;
            }
        }
        kleene.result()
    }

    #[inline]
    fn compare(self, compare: &Compare, frame: &Frame<'_>) -> Value {
        let (mut left, mut right) = (Value::Null, Value::Null);
        let left = self.operand(&compare.left, frame, &mut left);
        let right = self.operand(&compare.right, frame, &mut right);
        if !self.run.limits.walk([left, right]) {
            return Value::Null;
        }
        let result = self.settle(compare_values(compare.comparison, left, right));
        self.tell_compared(compare, left, right);
        result
    }

    /// Tells the observer of a comparison of which at least one side has a name.
    #[inline]
    pub(super) fn tell_compared(self, compare: &Compare, left: &Value, right: &Value) {
        self.tell(|observer| {
            let (left_from, right_from) = (origin(&compare.left), origin(&compare.right));
            if left_from.is_some() || right_from.is_some() {
                observer.compared(Compared { comparison: compare.comparison, left, left_from, right, right_from });
            }
        });
    }

    /// `if`: an unknown condition leaves both branches open, and what they agree on is the result.
    fn choose(self, choice: &If, frame: &Frame<'_>) -> Value {
        if let Some(condition) = self.plain(&choice.condition, frame) {
            return self.value(if condition { &choice.then } else { &choice.otherwise }, frame);
        }
        let mut space = Value::Null;
        match self.operand(&choice.condition, frame, &mut space) {
            Value::Boolean(true) => self.value(&choice.then, frame),
            Value::Boolean(false) | Value::Null => self.value(&choice.otherwise, frame),
            Value::Unknown(because) => {
                let branches = [self.value(&choice.then, frame), self.value(&choice.otherwise, frame)];
                if self.run.limits.walk(&branches) { agreed(&branches, because) } else { Value::Null }
            }
            mark @ (Value::NotApplicable | Value::NotInForce) => mark.clone(),
            other => self.null(&Reason(format!("the condition of `if` is {}", text::kind(other)).into())),
        }
    }

    fn list(self, items: &[Node], frame: &Frame<'_>) -> Value {
        if !self.run.limits.make(items.len()) {
            return Value::Null;
        }
        self.made(Value::list(items.iter().map(|item| self.value(item, frame)).collect()))
    }

    /// A context literal; each entry sees those before it.
    fn context(self, context: &ContextNode, frame: &Frame<'_>) -> Value {
        if !self.run.limits.make(context.values.len()) {
            return Value::Null;
        }
        let mut values: Vec<Value> = Vec::with_capacity(context.values.len());
        for node in &context.values {
            let value = self.value(node, &Frame::within(&values, frame));
            values.push(value);
        }
        self.made(Value::Context(Arc::new(Context::of_shape(context.keys.clone(), values))))
    }

    fn range(self, range: &RangeNode, frame: &Frame<'_>) -> Value {
        self.run.limits.make(1);
        let end = |node: &Option<Node>| node.as_ref().map(|node| self.value(node, frame));
        let made = Range {
            start: end(&range.start),
            start_included: range.start_included,
            end: end(&range.end),
            end_included: range.end_included,
            form: range.form,
        };
        // Ends that cannot be compared make no range, so that an end that is not known leaves it open whether there is one.
        let mut marks = Marks::default();
        [&made.start, &made.end].into_iter().flatten().for_each(|end| {
            marks.note(end);
        });
        if let Some(mark) = marks.into_mark() {
            return mark;
        }
        if let (Some(start), Some(end), RangeForm::Interval) = (&made.start, &made.end, made.form)
            && !start.is_null()
            && !end.is_null()
            && crate::value::compare::order(start, end).is_none()
        {
            return self.null(&Reason("the ends of the range cannot be compared".into()));
        }
        Value::Range(Arc::new(made))
    }

    /// A whole object of facts as a context, fields that are missing as marks.
    fn object(self, object: FactId) -> Value {
        let schema = &self.run.program.schema;
        let Some(fact) = schema.fact(object) else { return Value::Null };
        let value = self.run.case.value(schema, object);
        match (&fact.kind, value) {
            (_, Value::Null | Value::NotApplicable) => value.clone(),
            (_, Value::Unknown(_)) if fact.nullable => value.clone(),
            (FactKind::Object(shape), _) => self.fields(shape),
            _ => Value::Null,
        }
    }

    fn fields(self, shape: &Shape) -> Value {
        let schema = &self.run.program.schema;
        let values = shape.fields.iter().map(|field| match schema.fact(*field).map(|fact| &fact.kind) {
            Some(FactKind::Object(_)) => self.object(*field),
            _ => {
                self.tell(|observer| observer.fact(*field));
                self.run.case.value(schema, *field).clone()
            }
        });
        Value::Context(Arc::new(Context::of_shape(shape.names.clone(), values.collect())))
    }

    /// `base.member`: an entry of a context, a part of a date, the same for each item of a list.
    pub(super) fn member(self, base: &Value, member: &str) -> Value {
        match base {
            Value::Context(context) if !self.run.limits.search(context.len()) => Value::Null,
            Value::Context(context) => match context.get(member) {
                Some(value) => value.clone(),
                None => self.null(&Reason("the context has no such entry".into())),
            },
            Value::List(items) => {
                self.run.limits.spend(u64::try_from(items.len()).unwrap_or(u64::MAX));
                Value::list(items.iter().map(|item| self.member(item, member)).collect())
            }
            mark if mark.is_mark() => mark.passed_on(),
            Value::Null => self.null(&Reason("the value before the dot is null".into())),
            other => match crate::value::temporal::member(other, member) {
                Some(value) => value,
                None => self.null(&Reason(format!("{} has no members", text::kind(other)).into())),
            },
        }
    }

    fn item_member(self, member: &ItemMember, frame: &Frame<'_>) -> Value {
        match frame.get(member.item) {
            Value::Context(context) if self.run.limits.search(context.len()) => match context.get(&member.member) {
                Some(value) => value.clone(),
                None => self.value(&member.otherwise, frame),
            },
            // What the item is, nobody knows; if it has the member, neither does anybody know that.
            mark if mark.is_mark() => mark.passed_on(),
            _ => self.value(&member.otherwise, frame),
        }
    }
}

/// What a node names, when it names something that an explanation can speak of.
fn origin(node: &Node) -> Option<Reference> {
    match node {
        Node::Fact(fact) => Some(Reference::Fact(*fact)),
        Node::Parameter(parameter) => Some(Reference::Parameter(*parameter)),
        Node::Reading(reading) => Some(Reference::Reading(*reading)),
        Node::Decision(decision) => Some(Reference::Decision(*decision)),
        Node::AsOf => Some(Reference::AsOf),
        _ => None,
    }
}

/// A truth value of a criterion, member or trigger: null and everything that is no truth value cannot be told.
pub(super) fn truth(value: Value) -> Value {
    match value {
        Value::Boolean(_) => value,
        mark if mark.is_mark() => mark.passed_on(),
        other => {
            let because = Because::of(&other).unknown();
            if because.facts().is_empty() { unknown_without_facts() } else { Value::Unknown(Arc::new(because)) }
        }
    }
}

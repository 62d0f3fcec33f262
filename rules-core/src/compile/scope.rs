//! What a local name means: the frames around an expression, and what functions capture of them.

use std::sync::Arc;

use super::schema;
use crate::program::Node;
use crate::program::Schema;
use crate::program::node::{ItemMember, Local, Path};
use crate::value::Value;
use crate::value::unknown::FactId;

/// The name of the tested value in unary tests.
pub(super) const INPUT: &str = "?";
/// The name of the item in filters.
pub(super) const ITEM: &str = "item";
/// The name of the results so far in `for`.
pub(super) const PARTIAL: &str = "partial";

/// The names that one construct brings into scope.
#[derive(Debug, Default)]
pub(super) struct FrameNames {
    /// Name, and the declared fact that describes its value where that is known.
    pub(super) names: Vec<(Arc<str>, Option<FactId>)>,
    /// Whether it is the frame of a filter: members of the item are names too.
    pub(super) filter: bool,
    /// Whether anything inside reads it.
    pub(super) read: bool,
}

impl FrameNames {
    /// A frame of one name.
    pub(super) fn of(name: &str, described: Option<FactId>) -> Self {
        Self { names: vec![(Arc::from(name), described)], ..Self::default() }
    }

    /// The frame of a filter.
    pub(super) fn filter(described: Option<FactId>) -> Self {
        Self { filter: true, ..Self::of(ITEM, described) }
    }
}

/// The frames inside one function, and what it captures from around it.
#[derive(Debug, Default)]
pub(super) struct FunctionScope {
    frames: Vec<FrameNames>,
    /// Names that come from outside with what they are there, in the order of the captured frame.
    captured: Vec<(Arc<str>, Node)>,
}

/// All functions around an expression, the outermost first.
#[derive(Debug)]
pub(super) struct Scopes {
    functions: Vec<FunctionScope>,
}

impl Default for Scopes {
    fn default() -> Self {
        Self { functions: vec![FunctionScope::default()] }
    }
}

impl Scopes {
    pub(super) fn push(&mut self, frame: FrameNames) {
        if let Some(function) = self.functions.last_mut() {
            function.frames.push(frame);
        }
    }

    pub(super) fn pop(&mut self) -> FrameNames {
        self.functions.last_mut().and_then(|function| function.frames.pop()).unwrap_or_default()
    }

    /// Adds a name to the innermost frame.
    pub(super) fn name(&mut self, name: &Arc<str>) {
        if let Some(frame) = self.functions.last_mut().and_then(|function| function.frames.last_mut()) {
            frame.names.push((name.clone(), None));
        }
    }

    /// Begins a function with its parameters.
    pub(super) fn enter(&mut self, parameters: FrameNames) {
        self.functions.push(FunctionScope { frames: vec![parameters], captured: Vec::new() });
    }

    /// Ends it; gives what it captures, as nodes for the place where the function value is made.
    pub(super) fn leave(&mut self) -> Box<[Node]> {
        let function = self.functions.pop().unwrap_or_default();
        function.captured.into_iter().map(|(_, node)| node).collect()
    }

    /// What a local name is. `global` is what it means when no local is of that name, for members of items that may or
    /// may not have it.
    pub(super) fn resolve(&mut self, schema: &Schema, name: &str, global: &dyn Fn() -> Option<Node>) -> Option<Node> {
        let innermost = self.functions.len().checked_sub(1)?;
        self.resolve_in(innermost, schema, name, global)
    }

    fn resolve_in(
        &mut self,
        function: usize,
        schema: &Schema,
        name: &str,
        global: &dyn Fn() -> Option<Node>,
    ) -> Option<Node> {
        let frames = self.functions.get(function)?.frames.len();
        self.resolve_from(function, frames, schema, name, global)
    }

    /// Looks through the frames of a function below `end`, then through what is around the function.
    fn resolve_from(
        &mut self,
        function: usize,
        end: usize,
        schema: &Schema,
        name: &str,
        global: &dyn Fn() -> Option<Node>,
    ) -> Option<Node> {
        let count = self.functions.get(function)?.frames.len();
        for number in (0..end).rev() {
            let frame = u32::try_from(count - 1 - number).ok()?;
            let names = self.functions.get_mut(function)?.frames.get_mut(number)?;
            let place = names.names.iter().rposition(|(local, _)| **local == *name);
            let described = names.names.first().and_then(|(_, described)| *described);
            let item = Local { frame, place: 0 };
            let member = |(place, member)| Path { base: Node::Local(item), member, place };
            if names.filter && name != INPUT {
                match described {
                    Some(fact) if schema::is_object(schema, fact) => {
                        if let Some(key) = schema::key(schema, fact, name) {
                            names.read = true;
                            return Some(Node::Path(Box::new(member(key))));
                        }
                    }
                    // Items of a simple type have no members.
                    Some(_) => {}
                    None => {
                        names.read = true;
                        let otherwise = match place {
                            Some(_) => Some(Node::Local(item)),
                            None => self.resolve_from(function, number, schema, name, global).or_else(global),
                        };
                        let otherwise = otherwise.unwrap_or(Node::Constant(Value::Null));
                        let member = ItemMember { item, member: Arc::from(name), otherwise };
                        return Some(Node::ItemMember(Box::new(member)));
                    }
                }
            }
            if let Some(place) = place {
                names.read = true;
                return Some(Node::Local(Local { frame, place: u32::try_from(place).ok()? }));
            }
        }
        self.capture(function, schema, name, global)
    }

    /// What is around a function is captured when the function value is made.
    fn capture(
        &mut self,
        function: usize,
        schema: &Schema,
        name: &str,
        global: &dyn Fn() -> Option<Node>,
    ) -> Option<Node> {
        let around = function.checked_sub(1)?;
        let known = self.functions.get(function)?.captured.iter().position(|(captured, _)| **captured == *name);
        let place = match known {
            Some(place) => place,
            None => {
                let node = self.resolve_in(around, schema, name, global)?;
                let captured = &mut self.functions.get_mut(function)?.captured;
                captured.push((Arc::from(name), node));
                captured.len() - 1
            }
        };
        let frame = u32::try_from(self.functions.get(function)?.frames.len()).ok()?;
        Some(Node::Local(Local { frame, place: u32::try_from(place).ok()? }))
    }

    /// The declared fact that describes the value of a local of the innermost function.
    pub(super) fn described(&self, local: Local) -> Option<FactId> {
        let frames = &self.functions.last()?.frames;
        let number = frames.len().checked_sub(1 + usize::try_from(local.frame).ok()?)?;
        frames.get(number)?.names.get(usize::try_from(local.place).ok()?)?.1
    }
}

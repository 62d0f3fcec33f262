//! Expressions that are read once and evaluated often.

use std::fmt;

use super::{Feel, FeelAnswer};
use crate::diagnostic::Diagnostic;
use crate::eval::DeclaredTypes;
use crate::feel::ast::Expr;
use crate::feel::print;
use crate::program::{Node, Program};

/// An expression that was read and nothing more; as a text it is laid out anew, without comments.
///
/// ```
/// let feel = rules_core::Feel::new();
/// assert_eq!(feel.parse("1+ ( 2*3 )").unwrap().to_string(), "1 + 2 * 3");
/// assert_eq!(feel.parse("1 +").unwrap_err()[0].message, "a value is missing after `+`, where the text ends");
/// ```
#[derive(Clone, Debug)]
pub struct FeelExpression {
    expr: Expr,
}

impl fmt::Display for FeelExpression {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&print(&self.expr))
    }
}

/// An expression made ready: its text is not looked at again, whatever the values.
///
/// ```
/// let mut feel = rules_core::Feel::new();
/// feel.read("{age: 17, threshold: 18}").unwrap();
/// let mut adult = feel.prepare("age >= threshold").unwrap();
/// assert_eq!(adult.evaluate().unwrap().feel(), "false");
/// adult.read("{age: 18}").unwrap();
/// assert_eq!(adult.evaluate().unwrap().feel(), "true");
/// ```
#[derive(Clone, Debug)]
pub struct FeelProgram {
    /// The values are its own: the names in the program are places among them.
    feel: Feel,
    declared: DeclaredTypes,
    program: Program,
    node: Node,
}

impl FeelProgram {
    /// Gives names other values, as [`Feel::read`] does. A name that nobody had when the expression was prepared is
    /// not in it and changes nothing.
    ///
    /// # Errors
    /// As [`Feel::read`].
    pub fn read(&mut self, context: &str) -> Result<(), Vec<Diagnostic>> {
        self.feel.read(context)?;
        if !self.feel.lambdas.is_empty() {
            self.program.lambdas = self.feel.lambdas.clone();
        }
        self.declared = self.feel.declared_types();
        Ok(())
    }

    /// The value with the names as they are now.
    ///
    /// # Errors
    /// That it takes more work than one case is allowed.
    pub fn evaluate(&self) -> Result<FeelAnswer, Vec<Diagnostic>> {
        self.feel.run(&self.program, &self.node, &self.declared)
    }
}

impl Feel {
    /// Reads an expression without evaluating it.
    ///
    /// # Errors
    /// All faults of its syntax.
    pub fn parse(&self, expression: &str) -> Result<FeelExpression, Vec<Diagnostic>> {
        self.tree(expression).map(|expr| FeelExpression { expr })
    }

    /// Reads an expression and makes it ready to be evaluated any number of times.
    ///
    /// # Errors
    /// All faults of its syntax.
    pub fn prepare(&self, expression: &str) -> Result<FeelProgram, Vec<Diagnostic>> {
        let (program, node) = self.compiled(expression)?;
        // Functions that are read later are numbered after those of the expression.
        let feel = Self { lambdas: program.lambdas.clone(), ..self.clone() };
        Ok(FeelProgram { feel, declared: self.declared_types(), program, node })
    }
}

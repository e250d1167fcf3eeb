//! Expressions in CEL over a manifest, evaluated within bounds.
//!
//! The language is that of `ValidatingAdmissionPolicy`: `object` is the manifest, and what a check needs of the macros, operators
//! and functions is there (`compile`, `function`). The `cel` crate parses; its interpreter is not used, because it copies what it
//! goes through and cannot be stopped. `evaluate` only borrows from the manifest, and pays for each step from a [`Budget`]. The
//! tests hold that both give the same answers.

mod amount;
mod arithmetic;
mod budget;
mod call;
mod command;
mod compile;
mod convert;
mod evaluate;
mod function;
mod macros;
mod node;
mod stop;
mod value;

use serde_json::Value;

pub use self::budget::{Budget, MAX_STEPS, MAX_STEPS_OF_LESSON};
use self::compile::Compiled;
use self::evaluate::Evaluation;
use self::stop::Stop;

/// How many bytes an expression may have.
pub const MAX_EXPRESSION_BYTES: usize = 1024;

/// How many parts of an expression may stand inside each other.
pub const MAX_EXPRESSION_DEPTH: usize = 40;

/// An expression as it was written, and what it means if it means something.
#[derive(Clone, Debug)]
pub struct Expression {
    source: String,
    compiled: Result<Compiled, String>,
}

/// Expressions are the same if they are written the same, whatever is around them.
impl PartialEq for Expression {
    fn eq(&self, other: &Self) -> bool {
        self.source.trim() == other.source.trim()
    }
}

impl Eq for Expression {}

/// What comes of an expression.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// It is true.
    True,
    /// It is false.
    False,
    /// It asks for a field that the manifest lacks.
    Missing(String),
    /// It does something with a value that such a value cannot do: the sentence says what.
    Mistyped(String),
    /// It says nothing at all, whatever the manifest is, or too late: the sentence says why.
    Broken(String),
}

impl Expression {
    /// Reads `source`; what is wrong with it is [`Self::error`].
    #[must_use]
    pub fn new(source: impl Into<String>) -> Self {
        let source = source.into();
        let compiled = compile::compile(&source);
        Self { source, compiled }
    }

    /// As it was written.
    #[must_use]
    pub fn source(&self) -> &str {
        &self.source
    }

    /// Why it means nothing, in a sentence for who wrote it.
    #[must_use]
    pub fn error(&self) -> Option<&str> {
        self.compiled.as_ref().err().map(String::as_str)
    }

    /// True if it says the same of every manifest, since it asks for nothing of one: `true`, `1 == 1`.
    #[must_use]
    pub fn is_constant(&self) -> bool {
        self.compiled.as_ref().is_ok_and(|compiled| !compiled.asks)
    }

    /// What it says of `manifest`, at the cost of `budget`.
    #[must_use]
    pub fn evaluate(&self, manifest: &Value, budget: &mut Budget) -> Answer {
        let node = match &self.compiled {
            Ok(compiled) => &compiled.node,
            Err(message) => return Answer::Broken(message.clone()),
        };
        match Evaluation::new(manifest, budget.begin()).truth(node) {
            Ok(true) => Answer::True,
            Ok(false) => Answer::False,
            Err(Stop::Missing(field)) => Answer::Missing(field),
            Err(Stop::Mistyped(message)) => Answer::Mistyped(message),
            Err(Stop::Exhausted) => Answer::Broken(budget.refusal()),
        }
    }
}

#[cfg(test)]
mod tests;

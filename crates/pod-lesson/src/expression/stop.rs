//! Why a part of an expression has no value.

use super::value::Val;

/// Why a part of an expression has no value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Stop {
    /// The manifest lacks this field.
    Missing(String),
    /// A value cannot do what is asked of it.
    Mistyped(String),
    /// It took too long.
    Exhausted,
}

/// What a part of an expression comes to.
pub(super) type Answer<T> = Result<T, Stop>;

pub(super) fn too_large() -> Stop {
    Stop::Mistyped("a number in it is too large".to_owned())
}

/// What is said of `what` with values for which it is not made.
pub(super) fn mistyped(what: &str, values: &[&Val<'_>]) -> Stop {
    let types: Vec<_> = values.iter().map(|value| value.type_name()).collect();
    Stop::Mistyped(format!("`{what}` is not for {}", types.join(" and ")))
}

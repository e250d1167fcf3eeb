//! The pages.

mod check;
mod choice;
mod editor;
mod explain;
mod manifest_form;
mod problem;
mod rules;
mod start;

pub use check::check;
pub use choice::choice;
pub use editor::editor;
pub use explain::{explanation, explanations, no_explanation};
pub use problem::Problem;
pub use rules::{AnyRule, rule, rules};
pub use start::{Card, Gallery, Start, start};

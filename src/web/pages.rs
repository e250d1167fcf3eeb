//! The pages.

mod check;
mod choice;
mod editor;
mod manifest_form;
mod problem;
mod rules;
mod start;

pub use check::{Checked, check};
pub use choice::choice;
pub use editor::editor;
pub use problem::Problem;
pub use rules::{AnyRule, rule, rules};
pub use start::{Card, Gallery, Start, start};

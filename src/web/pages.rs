//! The pages.

mod check;
mod choice;
mod editor;
mod embed;
mod explain;
mod lesson;
mod lesson_author;
mod lesson_format;
mod manifest_form;
mod problem;
mod recent;
mod rules;
mod start;

pub use check::{Checked, check};
pub use choice::choice;
pub use editor::editor;
pub use embed::{embed, embed_lesson, embed_problem};
pub use explain::{explanation, explanations, no_explanation};
pub use lesson::lesson;
pub use lesson_author::{Draft, lesson_author};
pub use lesson_format::lesson_format;
pub use problem::Problem;
pub use rules::{AnyRule, rule, rules};
pub use start::{Card, Gallery, Start, start};

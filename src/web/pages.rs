//! The pages.

mod choice;
mod editor;
mod problem;
mod start;

pub use choice::{Choice, choice};
pub use editor::editor;
pub use problem::Problem;
pub use start::{Card, Start, start};

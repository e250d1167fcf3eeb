//! The pages.

mod problem;
mod start;

pub use problem::Problem;
pub use start::Start;

#![doc = include_str!("../README.md")]
//!
//! # Where to begin
//!
//! [`Lesson::read`] reads a lesson, [`Lesson::progress`] says which of its steps are done in a manifest, and [`check`] what its
//! author should know; [`review`] reads and checks at once. [`lessons`] has those that come with this crate.

mod built_in;
mod check;
mod defaulted;
pub mod expression;
mod lesson;
mod problem;
mod progress;
mod read;

pub use built_in::{BuiltIn, lesson, lessons};
pub use check::{Review, check, review};
pub use lesson::{Condition, Lesson, Step, Trial};
pub use problem::{MAX_PROBLEMS, Problem};
pub use progress::{Outcome, Progress};
pub use read::{MAX_HINTS, MAX_LESSON_BYTES, MAX_MANIFEST_BYTES, MAX_STEPS, MAX_TRIALS};

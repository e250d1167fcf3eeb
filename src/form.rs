//! The form: which fields of a document have an input, how an input shows a value, and what a posted form means.
//!
//! An input is named by the field path it shows. Text that comes back as it was shown leaves the value alone, so a form
//! that is posted unchanged changes nothing, whatever the document holds.

mod applied;
mod input;
mod lines;
mod shape;
mod submission;
mod untouched;

pub use applied::{Applied, NEW_VOLUME, Problem};
pub use input::{Input, Unreadable};
pub use shape::{Anchors, Kept, Shape, input_at, kept};
pub use submission::{MAX_TEXT_BYTES, Submission, SubmissionError};
pub use untouched::is_untouched;

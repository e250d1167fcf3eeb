//! The panels beside the form: what the server makes of the document.

mod ask;
mod ask_lines;
mod changes;
mod documents;
pub mod finding;
mod findings;
mod lesson;
pub mod lights;
mod manifest;
pub mod marks;
mod mend_button;
mod same_files;
mod take_away;
mod text;
mod text_view;
pub mod verdict;
mod what_if;

pub use ask::ask;
pub use changes::{changes, changes_since};
pub use documents::documents;
pub use findings::{Lists, findings, peek};
pub use lesson::{after, lesson, steps};
pub use manifest::manifest;
pub use mend_button::mend_button;
pub use same_files::same_files;
pub use take_away::take_away;
pub use text::{text, waiting};
pub use text_view::TextView;
pub use what_if::what_if;

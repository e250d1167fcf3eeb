//! The panels beside the form: what the server makes of the document.

mod ask;
mod documents;
mod finding;
mod findings;
mod lesson;
pub mod lights;
mod manifest;
mod same_files;
mod take_away;
mod text;
pub mod verdict;
mod what_if;

pub use ask::ask;
pub use documents::documents;
pub use findings::{findings, peek};
pub use lesson::{after, lesson};
pub use manifest::manifest;
pub use same_files::same_files;
pub use take_away::take_away;
pub use text::text;
pub use what_if::what_if;

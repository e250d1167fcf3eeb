//! The panels beside the form: what the server makes of the document.

mod documents;
mod finding;
mod findings;
pub mod lights;
mod manifest;
mod take_away;
mod text;
pub mod verdict;

pub use documents::documents;
pub use findings::{findings, peek};
pub use manifest::manifest;
pub use take_away::take_away;
pub use text::text;

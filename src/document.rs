//! The document: the manifest itself, as an ordered tree.

pub mod order;
mod path;

pub use path::{ParsePathError, Path, Segment};

//! The document: the manifest itself, as an ordered tree.

mod path;

pub use path::{ParsePathError, Path, Segment};

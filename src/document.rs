//! The document: the manifest itself, as an ordered tree.

pub mod link;
mod path;
mod presets;

pub use path::{ParsePathError, Path, Segment};
pub use presets::{Preset, Trial, preset, presets};

//! The document: the manifest itself, as an ordered tree.

mod path;
mod presets;

pub use path::{ParsePathError, Path, Segment};
pub use presets::{Preset, Trial, preset, presets};

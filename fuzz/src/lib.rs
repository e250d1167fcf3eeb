//! What must hold for any input. The fuzz targets look for inputs for which it does not; `tests/fuzz_regressions.rs` tries
//! the ones that were found, and includes this file for it.

mod change;
mod code;
mod manifest;
mod mending;
mod text;

pub use self::change::reconcile;
pub use self::code::link;
pub use self::manifest::pipeline;
pub use self::mending::mending;
pub use self::text::decoder;

//! YAML text: written from a document, and read into one.
//!
//! Both directions follow the API server's reader (`sigs.k8s.io/yaml` over `go.yaml.in/yaml/v2`, as Kubernetes v1.35
//! vendors it): [`parse`] resolves plain scalars as it does, [`write()`] quotes what it or a YAML 1.2 reader would misread.

mod anchors;
mod blanks;
mod budget;
mod build;
mod characters;
mod chunks;
mod dialect;
mod duplicates;
mod float_key;
mod json;
mod key;
mod line_breaks;
mod line_map;
mod node;
mod origin;
mod outline;
mod parse;
mod positions;
mod read;
mod reconcile;
mod resolve;
mod scalar;
mod stream;
mod style;
mod syntax_error;
mod timestamp;
mod write;

pub use budget::{MAX_ALIAS_BYTES, MAX_DOCUMENT_NODES, MAX_DOCUMENT_VALUES, MAX_DOCUMENTS, MAX_VALUES};
pub use duplicates::DuplicateKey;
pub use line_breaks::split_lines;
pub(crate) use line_breaks::{count as count_line_breaks, is_line_break};
pub use line_map::Rendered;
pub(crate) use origin::Origin;
pub use outline::{Outline, OutlineComment, OutlineEntry};
pub use parse::{Parsed, documents, parse};
pub use positions::{Located, Position, Positions};
pub use reconcile::{Reconciled, reconcile};
pub(crate) use resolve::without_quotes;
pub use syntax_error::SyntaxError;
pub use write::write;

/// How many objects and lists may stand inside each other in a document that [`parse`] accepts.
///
/// Kubernetes' own objects stay below 30, Go's JSON decoder ends at 10,000, `serde_json` at 128. The bound leaves room for
/// an answer that carries the document inside of a few objects of its own, and keeps every recursive walk over a document
/// within the stack.
pub const MAX_DEPTH: usize = 100;

//! From text to documents.

use serde_json::Value;

use super::build::Builder;
use super::chunks::{Chunk, chunks};
use super::{Position, Positions, SyntaxError, characters};
use crate::document::Path;

/// One document of a text.
#[derive(Clone, Debug, PartialEq)]
pub struct Parsed {
    /// The document, its fields in the order of the text.
    pub value: Value,
    /// Where its fields stand in the whole text.
    pub positions: Positions,
    /// Keys that stand twice in one object; the later value is the one in `value`, as the API server has it.
    pub duplicates: Vec<DuplicateKey>,
    /// True if the text has comments, which a document cannot keep.
    pub has_comments: bool,
}

/// A key that its object already has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DuplicateKey {
    /// The field that is there twice.
    pub path: Path,
    /// The second of the two keys.
    pub position: Position,
    /// The strict reader's words, `line 3: key "a" already set in map`, with the line of the second value.
    pub message: String,
}

/// Reads all documents of `text`, as YAML or JSON. Empty documents, documents of comments only, and `null` are skipped.
///
/// # Errors
/// The first mistake of the text that makes it unreadable. [`documents`] returns the readable documents beside it.
pub fn parse(text: &str) -> Result<Vec<Parsed>, SyntaxError> {
    documents(text).collect()
}

/// Reads the documents of `text` one after the other, as [`parse`] does, each for itself: after a document that cannot be
/// read comes the next one.
///
/// A plain scalar means what it means to `sigs.k8s.io/yaml.YAMLToJSON` (Kubernetes v1.35): `y`, `yes` and `on` are booleans,
/// `0o17`, `017`, `0x1f` and `1_000` numbers. Merge keys, anchors and tags are resolved as there. Refused beyond what is no
/// YAML: what JSON cannot express (`.inf`, `.nan`, a key that is an object), nesting deeper than
/// [`MAX_DEPTH`](super::MAX_DEPTH), and aliases that expand beyond all measure.
pub fn documents(text: &str) -> impl Iterator<Item = Result<Parsed, SyntaxError>> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    chunks(text).flat_map(documents_of_chunk)
}

fn documents_of_chunk(chunk: Chunk<'_>) -> Vec<Result<Parsed, SyntaxError>> {
    if let Err(error) = characters::check(chunk) {
        return vec![Err(error)];
    }
    let text = characters::join_surrogates(chunk.text);
    let mut builder = Builder::new(Chunk { text: &text, ..chunk });
    std::iter::from_fn(|| builder.next_document().transpose()).collect()
}

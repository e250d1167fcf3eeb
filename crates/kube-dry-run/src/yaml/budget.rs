//! What reading one text may cost, over all of its documents together.

use super::{Position, SyntaxError};

/// How many values a document may have: objects, lists, and what stands in them, those behind aliases too. etcd stores objects
/// of 1.5 MiB, in which no manifest has half as many.
pub const MAX_DOCUMENT_VALUES: usize = 150_000;

/// How many names and values may stand in the text of a document. Each takes about 150 bytes of memory while it is read.
pub const MAX_DOCUMENT_NODES: usize = 250_000;

/// How many documents a text may have. A smaller text than 4 MiB with more of them holds nothing that could be applied.
pub const MAX_DOCUMENTS: usize = 50_000;

/// How many values all documents of a text may have together.
pub const MAX_VALUES: usize = 500_000;

/// How many bytes of text and names the aliases of a text may add to it. The API server takes no request beyond 3 MiB.
pub const MAX_ALIAS_BYTES: usize = 4 << 20;

/// How many bytes of names may stand in the paths of the duplicate keys that are kept of a text.
const MAX_DUPLICATE_BYTES: usize = 1 << 20;

/// How many bytes of a text may be read again because of their layout.
pub(super) const MAX_BYTES_AGAIN: usize = 2 << 20;

/// What is left of the bounds of a text. All of its documents draw on the same budget.
#[derive(Clone, Debug)]
pub(super) struct Budget {
    documents: usize,
    document_values: usize,
    values: usize,
    alias_bytes: usize,
    duplicate_bytes: usize,
    bytes_again: usize,
}

/// How large a value is that an alias copies.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Size {
    /// The value and all values in it.
    pub(super) values: usize,
    /// The bytes of their texts and names.
    pub(super) bytes: usize,
}

impl Default for Budget {
    fn default() -> Self {
        Self {
            documents: MAX_DOCUMENTS,
            document_values: MAX_DOCUMENT_VALUES,
            values: MAX_VALUES,
            alias_bytes: MAX_ALIAS_BYTES,
            duplicate_bytes: MAX_DUPLICATE_BYTES,
            bytes_again: MAX_BYTES_AGAIN,
        }
    }
}

impl Budget {
    /// Begins a document, which has the bound of a document for itself.
    pub(super) fn begin_document(&mut self) {
        self.document_values = MAX_DOCUMENT_VALUES;
    }

    /// Takes one document that begins, or has its mistake, at `at`.
    ///
    /// # Errors
    /// There are too many in the text.
    pub(super) fn take_document(&mut self, at: Position) -> Result<(), SyntaxError> {
        let message = || format!("this text has more documents than the {MAX_DOCUMENTS} that are read of a text");
        spend(&mut self.documents, 1).then_some(()).ok_or_else(|| SyntaxError::too_much(at, message()))
    }

    /// Takes one value that stands at `at`.
    ///
    /// # Errors
    /// There are too many in the document, or in the text.
    pub(super) fn take_value(&mut self, at: Position) -> Result<(), SyntaxError> {
        match (spend(&mut self.document_values, 1), spend(&mut self.values, 1)) {
            (true, true) => Ok(()),
            (false, _) => Err(too_many(at, "document", MAX_DOCUMENT_VALUES)),
            (_, false) => Err(too_many(at, "text", MAX_VALUES)),
        }
    }

    /// Takes a copy of a value, for the alias or the anchor at `at`.
    ///
    /// # Errors
    /// The copies are too many or too large.
    pub(super) fn take_copy(&mut self, size: Size, at: Position) -> Result<(), SyntaxError> {
        let fits = spend(&mut self.document_values, size.values)
            && spend(&mut self.values, size.values)
            && spend(&mut self.alias_bytes, size.bytes);
        if fits {
            return Ok(());
        }
        let bounds = format!(
            "{MAX_DOCUMENT_VALUES} values of a document, {MAX_VALUES} of a text, and {} MiB of their texts are the most",
            MAX_ALIAS_BYTES >> 20
        );
        Err(SyntaxError::too_much(at, format!("the aliases here expand to too much: {bounds}")))
    }

    /// True if the path of a duplicate key may have `bytes` more.
    pub(super) fn take_duplicate_bytes(&mut self, bytes: usize) -> bool {
        spend(&mut self.duplicate_bytes, bytes)
    }

    /// True if `bytes` may be read again.
    pub(super) fn take_bytes_again(&mut self, bytes: usize) -> bool {
        spend(&mut self.bytes_again, bytes)
    }
}

/// Takes `amount` from what is `left`; nothing is left where that is too little.
fn spend(left: &mut usize, amount: usize) -> bool {
    let rest = left.checked_sub(amount);
    *left = rest.unwrap_or(0);
    rest.is_some()
}

fn too_many(at: Position, whole: &str, limit: usize) -> SyntaxError {
    SyntaxError::too_much(at, format!("this {whole} has more values than the {limit} that are read of a {whole}"))
}

/// More names and values than are read of a document.
pub(super) fn too_many_nodes(at: Position) -> SyntaxError {
    let limit = MAX_DOCUMENT_NODES;
    SyntaxError::too_much(at, format!("this document has more names and values than the {limit} that are read of a document"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::yaml;

    const AT: Position = Position { line: 1, column: 1 };

    #[test]
    fn what_is_spent_is_gone() {
        let mut budget = Budget::default();
        assert!(budget.take_bytes_again(MAX_BYTES_AGAIN - 1) && budget.take_bytes_again(1));
        assert!(!budget.take_bytes_again(1));
        assert!(!budget.take_duplicate_bytes(MAX_DUPLICATE_BYTES + 1));
        assert!(!budget.take_duplicate_bytes(1));
        let half = Size { values: 1, bytes: MAX_ALIAS_BYTES / 2 };
        assert!(budget.take_copy(half, AT).is_ok() && budget.take_copy(half, AT).is_ok());
        assert!(budget.take_copy(half, AT).unwrap_err().message.contains("expand to too much"));
    }

    #[test]
    fn a_document_has_a_bound_of_its_own() {
        let mut budget = Budget::default();
        let document = Size { values: MAX_DOCUMENT_VALUES, bytes: 0 };
        assert!(budget.take_copy(document, AT).is_ok());
        assert!(budget.take_value(AT).unwrap_err().message.starts_with("this document has more values than the 150000"));
        budget.begin_document();
        assert!(budget.take_value(AT).is_ok());
    }

    #[test]
    fn documents_share_the_values_of_their_text() {
        let aliases = "- *a\n".repeat(MAX_DOCUMENT_VALUES / 10_000 - 4);
        let document = format!("- &a [{}]\n{aliases}", "1,".repeat(9_990));
        let read: Vec<_> = yaml::documents(&[document.as_str(); 4].join("---\n")).collect();
        assert!(read[..3].iter().all(Result::is_ok));
        let error = read[3].as_ref().unwrap_err();
        assert!(error.message.contains("expand to too much") && error.message.contains("500000 of a text"), "{error}");
    }

    #[test]
    fn of_documents_without_end_the_first_are_read() {
        for document in ["{}", "a\n---\n", "]\n---\n"] {
            let mut read = yaml::documents(&document.repeat(2 * MAX_DOCUMENTS)).collect::<Vec<_>>();
            assert_eq!(read.len(), MAX_DOCUMENTS + 1, "{document}");
            let error = read.pop().unwrap().unwrap_err();
            assert!(error.message.starts_with("this text has more documents than the 50000"), "{error}");
        }
    }

    #[test]
    fn documents_share_what_aliases_may_add() {
        let document = format!("a: &a {}\nb: [{}]\n", "x".repeat(100_000), "*a,".repeat(15));
        let read: Vec<_> = yaml::documents(&[document.as_str(); 4].join("---\n")).collect();
        assert_eq!(read.iter().map(Result::is_ok).collect::<Vec<_>>(), [true, true, false, false]);
    }
}

//! What judging the documents of one text may cost together.

/// How many bytes the items of all lists of one document may take in memory once they have their types. A container takes 2 KiB,
/// a volume 3 KiB, however short its text is: this is for 7,000 volumes.
pub const MAX_TYPED_BYTES: usize = 24 << 20;

/// How many bytes they may take for all documents of a text, one after the other.
pub const MAX_TYPED_BYTES_OF_TEXT: usize = 128 << 20;

/// How many bytes of errors are kept of all documents of a text, more or less. There are messages that repeat a whole list for
/// each of its items, so that without a bound a text of a megabyte would lead to gigabytes.
pub const MAX_ERROR_BYTES: usize = 8 << 20;

/// How many hints are given for all documents of a text; more findings are not kept of one.
pub const MAX_HINTS: usize = 5_000;

/// How many names are compared for the hints to all documents of a text, to find the one that is meant.
const MAX_COMPARISONS: usize = 10_000;

/// What is left of the bounds of a text; its documents are judged with the same budget, one after the other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Budget {
    typed_bytes: usize,
    error_bytes: usize,
    hints: usize,
    /// How many names may still be compared for hints.
    pub(crate) comparisons: usize,
}

impl Default for Budget {
    fn default() -> Self {
        Self {
            typed_bytes: MAX_TYPED_BYTES_OF_TEXT,
            error_bytes: MAX_ERROR_BYTES,
            hints: MAX_HINTS,
            comparisons: MAX_COMPARISONS,
        }
    }
}

impl Budget {
    /// How many bytes the items of the next document may take.
    pub(crate) fn typed_bytes_of_document(&self) -> usize {
        self.typed_bytes.min(MAX_TYPED_BYTES)
    }

    /// Takes the `bytes` of a document's items.
    pub(crate) fn take_typed_bytes(&mut self, bytes: usize) {
        self.typed_bytes = self.typed_bytes.saturating_sub(bytes);
    }

    /// How many bytes of errors may be kept of the next document.
    pub(crate) fn error_bytes(&self) -> usize {
        self.error_bytes
    }

    /// Takes the `bytes` of a document's errors.
    pub(crate) fn take_error_bytes(&mut self, bytes: usize) {
        self.error_bytes = self.error_bytes.saturating_sub(bytes);
    }

    /// Takes one hint; false where no more are to be given.
    pub(crate) fn take_hint(&mut self) -> bool {
        let left = self.hints.checked_sub(1);
        self.hints = left.unwrap_or_default();
        left.is_some()
    }

    /// Why a document is not judged that takes more than there is.
    pub(crate) fn refusal(&self) -> String {
        let (whose, limit) = match self.typed_bytes {
            ..MAX_TYPED_BYTES => ("the documents of this text", MAX_TYPED_BYTES_OF_TEXT),
            _ => ("this document", MAX_TYPED_BYTES),
        };
        format!(
            "the containers, volumes and other items of {whose} are too many to judge: they take more than {} MiB",
            limit >> 20
        )
    }
}

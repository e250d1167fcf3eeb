//! What can be wrong with a link.

/// Why there is no code for a document, or no document in a code.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LinkError {
    /// The code is longer than [`MAX_CODE_LENGTH`](super::MAX_CODE_LENGTH).
    #[error("the link's code has {length} characters, more than the {limit} that a link may have")]
    CodeTooLong {
        /// The characters of the code.
        length: usize,
        /// The characters that there may be.
        limit: usize,
    },
    /// The document is larger than [`MAX_DOCUMENT_BYTES`](super::MAX_DOCUMENT_BYTES).
    #[error("the document is larger than the {limit} bytes that a link may carry")]
    DocumentTooLarge {
        /// The bytes that there may be.
        limit: usize,
    },
    /// Objects and lists stand too deep in one another.
    #[error("the document is nested deeper than the {limit} levels that a link may carry")]
    TooDeep {
        /// The levels that there may be.
        limit: usize,
    },
    /// There is no code at all.
    #[error("the link has no code")]
    Empty,
    /// The compressor gave up, which no document is known to cause.
    #[error("the document could not be compressed")]
    NotCompressed,
    /// The first character names a version that does not exist.
    #[error("the link's code is of version `{0}`, which this program does not know")]
    UnknownVersion(char),
    /// The code needs a dictionary that does not exist.
    #[error("the link's code needs dictionary {0}, which this program does not have: it is newer, or the link was altered")]
    UnknownDictionary(u8),
    /// A character that no code contains.
    #[error("the link's code contains {character:?} at position {position}, which no code contains")]
    ForeignCharacter {
        /// The first such character.
        character: char,
        /// Where it stands, counted in characters from one.
        position: usize,
    },
    /// The code ends before the document does.
    #[error("the link was cut off: its code ends before the document does")]
    Truncated,
    /// The code is not what any document becomes, or its check does not fit.
    #[error("the link was altered: its code is damaged")]
    Corrupt,
    /// Something follows the end of the document.
    #[error("the link was altered: something follows the end of its code")]
    TrailingData,
    /// The code is whole, but what it carries is no JSON for the reason given.
    #[error("the link carries no document: {0}")]
    NotJson(String),
}

//! The addresses of a document.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use crate::document::link::{self, CHAT_SAFE_LENGTH, LinkError};
use crate::document::{Document, Path};

/// What is escaped in the query of an address.
const NOT_IN_QUERIES: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// The addresses of one document on one host.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Links {
    origin: String,
    code: String,
}

impl Links {
    /// The addresses of `document` below `origin`, such as `http://127.0.0.1:3000`.
    ///
    /// # Errors
    /// Where the document is too large for a link.
    pub fn new(origin: impl Into<String>, document: &Document) -> Result<Self, LinkError> {
        Ok(Self::of_code(origin, link::v1::encode(document.value())?))
    }

    /// The addresses of the document that `code` stands for.
    #[must_use]
    pub fn of_code(origin: impl Into<String>, code: impl Into<String>) -> Self {
        Self { origin: origin.into(), code: code.into() }
    }

    /// The path of the editor.
    #[must_use]
    pub fn page(&self) -> String {
        format!("/p/{}", self.code)
    }

    /// The path of the editor, turned to the item at `from` of a document that is too large for one page.
    #[must_use]
    pub fn page_from(&self, from: Option<&Path>) -> String {
        let from = from.map(|from| format!("?from={}", utf8_percent_encode(&from.to_string(), NOT_IN_QUERIES)));
        self.page() + &from.unwrap_or_default()
    }

    /// The path of the manifest in the format with this extension: `yaml`, `json` or `svg`.
    #[must_use]
    pub fn file(&self, extension: &str) -> String {
        format!("/p/{}.{extension}", self.code)
    }

    /// The link to share: the editor with the host before it.
    #[must_use]
    pub fn share(&self) -> String {
        format!("{}{}", self.origin, self.page())
    }

    /// The command that hands the manifest to a cluster.
    #[must_use]
    pub fn apply_command(&self) -> String {
        format!("kubectl apply -f {}{}", self.origin, self.file("yaml"))
    }

    /// True if some programs would cut the link.
    #[must_use]
    pub fn is_long(&self) -> bool {
        self.share().len() > CHAT_SAFE_LENGTH
    }
}

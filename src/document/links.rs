//! The addresses of a document.

use std::iter;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use super::link::{CHAT_SAFE_LENGTH, LinkError, MAX_V1_TEXT_BYTES, v1, v2};
use super::{Contents, File, Path};
use kube_dry_run::yaml;

/// What is escaped in the query of an address.
const NOT_IN_QUERIES: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// The addresses of a text with an open document on one host.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Links {
    origin: String,
    code: String,
    /// The number of the open document, counted from one, where it does not open by itself.
    document: Option<usize>,
    since: Option<Since>,
    /// The lesson in which the text is edited, as [`OpenLesson`](crate::lesson::OpenLesson) has its key.
    lesson: Option<String>,
}

/// The text that a document is compared with: how it was when somebody opened it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Since {
    /// Its code.
    pub code: String,
    /// The text.
    pub text: String,
}

impl Links {
    /// The addresses of `file` below `origin`, such as `http://127.0.0.1:3000`.
    ///
    /// # Errors
    /// Where the text is too large for a link.
    pub fn new(origin: impl Into<String>, file: &File) -> Result<Self, LinkError> {
        let code = match v2::encode(file.text()) {
            // A text that Podweave wrote is its tree; a link of version 1 could carry larger ones, and so they still change.
            Err(LinkError::DocumentTooLarge { .. }) if is_canonical(file) => v1::encode(file.document().value())?,
            code => code?,
        };
        Ok(Self::of_code(origin, code, file.contents()))
    }

    /// The addresses of the text that `code` stands for, with the document that is open of its `contents`.
    #[must_use]
    pub fn of_code(origin: impl Into<String>, code: impl Into<String>, contents: &Contents) -> Self {
        let document = (!contents.is_open_by_itself()).then_some(contents.open + 1);
        Self { origin: origin.into(), code: code.into(), document, since: None, lesson: None }
    }

    /// The same addresses in the lesson that links name so.
    #[must_use]
    pub fn within(self, lesson: Option<String>) -> Self {
        Self { lesson, ..self }
    }

    /// How links name the lesson in which the text is edited.
    #[must_use]
    pub fn lesson(&self) -> Option<&str> {
        self.lesson.as_deref()
    }

    /// These addresses, with the text that the document is compared with: the editor's pages carry it along, the link to share
    /// does not.
    #[must_use]
    pub fn comparing(self, since: Option<Since>) -> Self {
        Self { since, ..self }
    }

    /// The text that the document is compared with.
    #[must_use]
    pub fn since(&self) -> Option<&Since> {
        self.since.as_ref()
    }

    /// The path of the editor that compares the document with itself, and from there on with what it is now.
    #[must_use]
    pub fn comparing_from_here(&self) -> String {
        extended(self.alone(), ["since=", self.code.as_str()])
    }

    /// The path of what has changed, as a unified diff, if the document is compared with something.
    #[must_use]
    pub fn diff(&self) -> Option<String> {
        self.since.as_ref().map(|since| format!("{}?{}", self.file("diff"), since_parameter(since)))
    }

    /// The path of the editor that compares nothing.
    #[must_use]
    pub fn alone(&self) -> String {
        self.with(self.parameter().into_iter().chain(self.lesson_parameter()))
    }

    /// The path of the editor, with the document that opens by itself.
    #[must_use]
    pub fn text(&self) -> String {
        ["/p/", &self.code].concat()
    }

    /// What stands for the text.
    #[must_use]
    pub fn code(&self) -> &str {
        &self.code
    }

    /// The path of the editor.
    #[must_use]
    pub fn page(&self) -> String {
        self.page_from(None)
    }

    /// The path of the editor, turned to the item at `from` of a document that is too large for one page.
    #[must_use]
    pub fn page_from(&self, from: Option<&Path>) -> String {
        let from = from.map(|from| format!("from={}", utf8_percent_encode(&from.to_string(), NOT_IN_QUERIES)));
        let since = self.since.as_ref().map(since_parameter);
        self.with(self.parameter().into_iter().chain(self.lesson_parameter()).chain(from).chain(since))
    }

    fn lesson_parameter(&self) -> Option<String> {
        self.lesson.as_ref().map(|key| format!("lesson={key}"))
    }

    fn with(&self, parameters: impl Iterator<Item = String>) -> String {
        parameters.fold(self.text(), |address, parameter| extended(address, [parameter.as_str()]))
    }

    /// The path of the editor with the answer to what would happen if there were the event `question`.
    #[must_use]
    pub fn page_asking(&self, question: &str) -> String {
        extended(self.page(), iter::once("what=").chain(utf8_percent_encode(question, NOT_IN_QUERIES)))
    }

    /// The link to share where nobody can edit: a page for a frame of another one.
    #[must_use]
    pub fn embed(&self) -> String {
        let parameter = self.parameter().map(|parameter| format!("?{parameter}"));
        [&self.origin, "/embed/", &self.code, &parameter.unwrap_or_default()].concat()
    }

    /// The path of the whole text as a file of the format with this extension, `yaml` or `json`.
    #[must_use]
    pub fn file(&self, extension: &str) -> String {
        ["/p/", &self.code, ".", extension].concat()
    }

    /// The path of the picture of the open document.
    #[must_use]
    pub fn picture(&self) -> String {
        let parameter = self.parameter().map(|parameter| format!("?{parameter}"));
        self.file("svg") + &parameter.unwrap_or_default()
    }

    /// The address of the picture that is shown beside the link.
    #[must_use]
    pub fn preview(&self) -> String {
        let parameter = self.parameter().map(|parameter| format!("?{parameter}"));
        [&self.origin, &self.file("png"), parameter.as_deref().unwrap_or_default()].concat()
    }

    fn parameter(&self) -> Option<String> {
        self.document.map(|number| format!("document={number}"))
    }

    /// The link to share: the editor with the host before it.
    #[must_use]
    pub fn share(&self) -> String {
        [self.origin.as_str(), &self.alone()].concat()
    }

    /// The command that hands the manifest to a cluster.
    #[must_use]
    pub fn apply_command(&self) -> String {
        ["kubectl apply -f ", &self.origin, &self.file("yaml")].concat()
    }

    /// True if some programs would cut the link.
    #[must_use]
    pub fn is_long(&self) -> bool {
        self.share().len() > CHAT_SAFE_LENGTH
    }
}

/// `address` with one more parameter of its query, in parts.
fn extended<'a>(mut address: String, parameter: impl IntoIterator<Item = &'a str>) -> String {
    address.push(if address.contains('?') { '&' } else { '?' });
    address.extend(parameter);
    address
}

fn since_parameter(since: &Since) -> String {
    format!("since={}", utf8_percent_encode(&since.code, NOT_IN_QUERIES))
}

/// True if the text of `file` is what Podweave writes for the only document in it, without any comment, and a link of version 1
/// with it would open.
fn is_canonical(file: &File) -> bool {
    let is_short = file.text().len() <= MAX_V1_TEXT_BYTES;
    is_short && file.contents().count == 1 && yaml::write(file.document().value()).text == file.text()
}

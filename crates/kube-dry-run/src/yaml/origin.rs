//! Where a document comes from, so that it can be read again after a change.

use std::ops::Range;

use super::budget::Budget;
use super::chunks::{Chunk, Chunks};
use super::json::JsonReader;
use super::node::Node;
use super::parse::Parsed;
use super::stream::{Stream, parsed, yaml_document};
use super::{Position, SyntaxError, characters, read};

/// The part of a text that holds a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Origin {
    /// Its bytes in the whole text.
    pub(super) range: Range<usize>,
    /// How many lines of the whole text stand before it.
    pub(super) lines_before: usize,
    pub(super) language: Language,
}

/// In which language a part of a text is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Language {
    /// YAML at the beginning of a text, where it must not be taken for JSON.
    OfText,
    Json,
    Yaml,
    /// Not by itself: it is an item of a list.
    Item,
}

impl Origin {
    /// The origin of what is read of `chunk`.
    pub(super) fn of(chunk: Chunk<'_>, language: Language) -> Self {
        Self { range: chunk.start..chunk.start + chunk.text.len(), lines_before: chunk.lines_before, language }
    }

    /// The origin of an item of the list that this is the origin of.
    pub(crate) fn of_item(&self) -> Self {
        Self { language: Language::Item, range: self.range.clone(), ..*self }
    }

    /// The nodes of the document, whose whole text is `text`; none if it is another text than it was.
    pub(super) fn syntax(&self, text: &str) -> Option<Node> {
        let chunk = self.chunk(text.get(self.range.clone())?);
        let is_json = || JsonReader::new(chunk).object().ok();
        let is_yaml = || Some(read::read(chunk, &mut Budget::default()).ok()??.root);
        match self.language {
            Language::Json => is_json(),
            Language::OfText | Language::Yaml => is_yaml(),
            Language::Item => None,
        }
    }

    /// Reads `text`, which is to be one document, in the place of what was there.
    ///
    /// # Errors
    /// What makes it unreadable; what makes it more than one document, or none.
    pub(super) fn read(&self, text: &str) -> Result<Parsed, SyntaxError> {
        let chunk = self.chunk(text);
        let start = Position { line: self.lines_before + 1, column: 1 };
        let other = || SyntaxError::new(start, "this is not one document");
        match self.language {
            Language::Item => Err(other()),
            Language::OfText => {
                let mut documents = Stream::of(chunk).filter_map(Result::transpose);
                let document = documents.next().ok_or_else(other)??;
                if documents.next().is_none() { Ok(document) } else { Err(other()) }
            }
            Language::Json => {
                characters::check(chunk)?;
                let mut reader = JsonReader::new(chunk);
                let object = reader.object().map_err(|error| error.error)?;
                if reader.rest().is_some() {
                    return Err(other());
                }
                parsed(object, false, &mut Budget::default(), Self::of(chunk, self.language))
            }
            Language::Yaml => {
                let is_whole = Chunks::of(chunk).next() == Some(Ok(chunk));
                let document = yaml_document(chunk, &mut Budget::default(), self.language)?;
                document.filter(|_| is_whole).ok_or_else(other)
            }
        }
    }

    fn chunk<'t>(&self, text: &'t str) -> Chunk<'t> {
        Chunk { text, start: self.range.start, lines_before: self.lines_before }
    }
}

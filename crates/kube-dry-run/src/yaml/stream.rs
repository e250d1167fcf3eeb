//! A text as a stream of documents, of YAML between lines of `---` or of JSON one after the other.
//!
//! Follows `YAMLOrJSONDecoder` of `k8s.io/apimachinery/pkg/util/yaml` (v1.35), and kubectl 1.32 where it is stricter about JSON.

use serde_json::Value;

use super::budget::Budget;
use super::build::Builder;
use super::chunks::{Chunk, Chunks};
use super::json::{JsonError, JsonReader};
use super::node::Node;
use super::origin::{Language, Origin};
use super::parse::Parsed;
use super::{Position, Positions, SyntaxError, blanks, characters, read};
use crate::path::Path;

/// The documents of a text; `None` where there is none between two `---`.
pub(super) struct Stream<'t> {
    source: Content<'t>,
    budget: Budget,
    /// How the next document is read if nothing shows its language.
    language: Language,
}

enum Content<'t> {
    Json(JsonStream<'t>),
    Yaml(Chunks<'t>),
    /// Nothing but a mistake.
    Mistake(SyntaxError),
    Nothing,
}

/// JSON objects one after the other.
struct JsonStream<'t> {
    reader: JsonReader<'t>,
    whole: Chunk<'t>,
    objects: usize,
}

impl<'t> Content<'t> {
    /// What `whole` seems to be. A tab in front is none of JSON's: the server does not take it.
    fn of(whole: Chunk<'t>) -> Self {
        let content = whole.text.trim_start();
        if whole.text.starts_with('\u{feff}') {
            let start = Position { line: 1, column: 1 };
            return Self::Mistake(SyntaxError::new(start, "a second byte order mark stands at the start of the text: remove it"));
        }
        if content.starts_with('{') && !whole.text[..whole.text.len() - content.len()].contains('\t') {
            return match characters::check(whole) {
                Ok(()) => Self::Json(JsonStream { reader: JsonReader::new(whole), whole, objects: 0 }),
                Err(_) => Self::Yaml(Chunks::of(whole)),
            };
        }
        Self::Yaml(Chunks::of(whole))
    }
}

impl Iterator for Stream<'_> {
    type Item = Result<Option<Parsed>, SyntaxError>;

    fn next(&mut self) -> Option<Self::Item> {
        let next = self.document()?;
        let at = match &next {
            Ok(None) => return Some(next),
            Ok(Some(parsed)) => parsed.positions.value(&Path::root()),
            Err(error) => Position { line: error.line, column: error.column },
        };
        let more = self.budget.take_document(at);
        if more.is_err() {
            self.source = Content::Nothing;
        }
        Some(more.and(next))
    }
}

impl<'t> Stream<'t> {
    /// The documents of `whole`.
    pub(super) fn of(whole: Chunk<'t>) -> Self {
        Self { source: Content::of(whole), budget: Budget::default(), language: Language::OfText }
    }

    /// The next document, however many there were before.
    fn document(&mut self) -> Option<Result<Option<Parsed>, SyntaxError>> {
        match &mut self.source {
            Content::Json(stream) => {
                let rest = stream.reader.rest().filter(|rest| !blanks::skip(rest.text).is_empty())?;
                match stream.reader.object() {
                    Ok(object) => Some(self.json_document(object).map(Some)),
                    Err(error) => self.without_json(rest, error),
                }
            }
            Content::Yaml(chunks) => {
                let chunk = chunks.next()?;
                let language = self.language(Language::Yaml);
                Some(chunk.and_then(|chunk| yaml_document(chunk, &mut self.budget, language)))
            }
            Content::Mistake(error) => {
                let error = error.clone();
                self.source = Content::Nothing;
                Some(Err(error))
            }
            Content::Nothing => None,
        }
    }

    /// How the next document is read; those behind it are read in the language of `others`.
    fn language(&mut self, others: Language) -> Language {
        std::mem::replace(&mut self.language, others)
    }

    fn json_document(&mut self, object: Node) -> Result<Parsed, SyntaxError> {
        let (range, lines_before) = (object.span.clone(), object.at.line - 1);
        self.language = Language::Yaml;
        let origin = Origin { range, lines_before, language: Language::Json };
        let mut parsed = parsed(object, false, &mut self.budget, origin)?;
        let Content::Json(stream) = &mut self.source else { return Ok(parsed) };
        stream.objects += 1;
        let has_kind = parsed.value.get("kind").and_then(Value::as_str).is_some_and(|kind| !kind.is_empty());
        let is_read = |rest: &Chunk<'_>| rest.text.starts_with('{') || is_separated(rest) || blanks::skip(rest.text).is_empty();
        if !has_kind && stream.reader.rest().is_some_and(|rest| !is_read(&rest)) {
            // kubectl reads nothing behind an object that does not say what it is.
            parsed.unread = Some(stream.reader.position());
            self.source = Content::Nothing;
        }
        Ok(parsed)
    }

    /// Goes on with `rest`, at whose beginning no JSON object stands.
    fn without_json(&mut self, rest: Chunk<'t>, error: JsonError) -> Option<Result<Option<Parsed>, SyntaxError>> {
        let Content::Json(stream) = &self.source else { return None };
        let (is_first, is_second) = (stream.objects == 0, stream.objects == 1);
        let mut chunks = Chunks::of(if is_first { stream.whole } else { rest });
        let is_mistake = match chunks.clone().next() {
            Some(Ok(chunk)) if is_first => error.is_certain && error.offset < chunk.text.len(),
            _ => !(is_second && is_separated(&rest)),
        };
        if is_mistake && !is_separated(&rest) {
            chunks.next();
        }
        self.source = Content::Yaml(chunks);
        if is_mistake { Some(Err(error.error)) } else { self.next() }
    }
}

/// True if a line of `---` comes next, before it nothing but comments.
fn is_separated(rest: &Chunk<'_>) -> bool {
    blanks::skip(rest.text).starts_with("---")
}

/// The first document of `chunk`, if there is one and it is not null.
pub(super) fn yaml_document(chunk: Chunk<'_>, budget: &mut Budget, language: Language) -> Result<Option<Parsed>, SyntaxError> {
    characters::check(chunk)?;
    let document = read::read(chunk, budget).map_err(|error| SyntaxError::of_reader(&error, chunk))?;
    let Some(read::Document { root, has_aliases, rest }) = document else { return Ok(None) };
    let parsed = Parsed { unread: rest, ..parsed(root, has_aliases, budget, Origin::of(chunk, language))? };
    match rest {
        Some(at) if !parsed.value.is_object() => Err(SyntaxError::new(at, UNREAD)),
        _ => Ok(Some(parsed).filter(|parsed| !parsed.value.is_null())),
    }
}

/// What to say of what stands behind a document that is no object.
pub(super) const UNREAD: &str =
    "the document ends before this: indent it as a part of it, or put `---` on a line between documents";

/// The document `root` of a text.
pub(super) fn parsed(root: Node, has_aliases: bool, budget: &mut Budget, origin: Origin) -> Result<Parsed, SyntaxError> {
    let mut builder = Builder::new(budget, has_aliases);
    let (value, place) = builder.document(root)?;
    let (duplicates, further_duplicates) = builder.into_duplicates();
    Ok(Parsed { value, positions: Positions::new(place), duplicates, further_duplicates, unread: None, origin })
}

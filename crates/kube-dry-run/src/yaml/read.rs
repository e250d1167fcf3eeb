//! From text to syntax: the nodes of a document with the bytes that they take.
//!
//! Kubernetes reads YAML with a port of libyaml (`go.yaml.in/yaml/v2`), so this reader stands on another one, libyaml-safer,
//! and agrees with it about tabs, line breaks, quotes and keys. What a node means is not asked here.
//!
//! The time is linear in the text: what the parser holds of a line that might still become a key is at most 1,024 characters,
//! what it holds of brackets at most [`MAX_DEPTH`] levels, and only `%TAG` lines, which it compares each with each, want a
//! bound of their own.

mod block_scalar;
mod guard;
mod properties;

use std::io::{Chain, Read};
use std::ops::Range;

pub(super) use self::block_scalar::indentation_of_text;

use libyaml_safer::{Encoding, Event, EventData, MappingStyle, Mark, Parser, SequenceStyle};

use super::blanks::{is_blank, skip};
use super::budget::Budget;
use super::chunks::Chunk;
use super::dialect::{self, Dialect};
use super::line_breaks::{advance, is_line_break};
use super::node::{Entry, Layout, Node, NodeKind, Properties, ScalarStyle, exact};
use super::{MAX_DEPTH, MAX_DOCUMENT_NODES, Position};

/// How many directives (`%TAG …`) may stand before a document.
const MAX_DIRECTIVES: usize = 32;

/// The first document of a chunk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Document {
    /// Its value.
    pub(super) root: Node,
    /// True if an alias stands in it.
    pub(super) has_aliases: bool,
    /// Where something stands behind its end, which Kubernetes does not look at.
    pub(super) rest: Option<Position>,
}

/// Why a text is no YAML, in the words of libyaml.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct ReadError {
    /// What is wrong: `did not find expected key`.
    pub(super) problem: &'static str,
    /// Where that is.
    pub(super) at: Position,
    /// The byte of the chunk at which that is.
    pub(super) offset: usize,
    /// What was being read, and where that began: `while parsing a block mapping`.
    pub(super) context: Option<(&'static str, Position)>,
    /// Where the last bracket opens that is still open.
    pub(super) bracket: Option<Position>,
}

/// The first document of `chunk`, which is the only one that Kubernetes looks at; `None` if there is none.
///
/// # Errors
/// What makes the text unreadable, or larger than any manifest: nesting beyond [`MAX_DEPTH`], too many nodes.
pub(super) fn read(chunk: Chunk<'_>, budget: &mut Budget) -> Result<Option<Document>, ReadError> {
    let chunk = chunk.without_mark();
    let mut dialect = Dialect::new(chunk.text);
    loop {
        let mut reader = Reader::new(chunk, &dialect);
        reader.check_directives()?;
        let document = guard::catch(|| reader.document());
        let document = document.unwrap_or_else(|| Err(reader.error(TAG_ENDS, Some("while scanning a tag"))));
        match document {
            Err(error) if dialect.adapt(&error) && budget.take_bytes_again(chunk.text.len()) => {}
            document => return document,
        }
    }
}

/// What is said of nesting beyond [`MAX_DEPTH`].
pub(super) const TOO_DEEP: &str = "exceeded max depth";

/// What is said of a document that is larger than any manifest.
pub(super) const TOO_LARGE: &str = "exceeded max number of values";

/// What libyaml says of something else than a comma behind a value in brackets.
const BRACKET_ENDS: &str = "did not find expected ',' or ']'";

/// What libyaml says where libyaml-safer 0.3.0 has a `todo!` instead: `["a"!, b]`.
const TAG_ENDS: &str = "did not find expected whitespace or line break";

struct Reader<'t> {
    /// The parser misreads a last line without a line break, or panics at it, so that one is added to each text.
    parser: Parser<Chain<&'t [u8], &'static [u8]>>,
    chunk: Chunk<'t>,
    dialect: &'t Dialect<'t>,
    nodes: usize,
    has_aliases: bool,
    /// Where the last event began, and its byte of the chunk.
    here: (Position, usize),
    /// Where the brackets open that are open here.
    brackets: Vec<Position>,
}

impl<'t> Reader<'t> {
    fn new(chunk: Chunk<'t>, dialect: &'t Dialect<'t>) -> Self {
        let mut parser = Parser::new();
        // A text that begins with a character such as U+FF01 would be taken for one with a broken byte order mark.
        parser.set_encoding(Encoding::Utf8);
        parser.set_input(dialect.text().as_bytes().chain(b"\n".as_slice()));
        let start = Position { line: chunk.lines_before + 1, column: 1 };
        Self { parser, chunk, dialect, nodes: 0, has_aliases: false, here: (start, 0), brackets: Vec::new() }
    }

    fn check_directives(&self) -> Result<(), ReadError> {
        let directives = self
            .chunk
            .text
            .split(is_line_break)
            .take_while(|line| line.trim().is_empty() || line.trim_start().starts_with(['#', '%']))
            .filter(|line| line.starts_with('%'));
        match directives.count() {
            0..=MAX_DIRECTIVES => Ok(()),
            _ => Err(self.error("found too many directives", None)),
        }
    }

    fn document(&mut self) -> Result<Option<Document>, ReadError> {
        loop {
            match self.event()?.data {
                EventData::StreamEnd => return Ok(None),
                EventData::DocumentStart { .. } => break,
                _ => {}
            }
        }
        let event = self.event()?;
        let root = self.node(event, 0)?;
        // What follows the document may show that it does not end here.
        self.event()?;
        Ok(Some(Document { root, has_aliases: self.has_aliases, rest: self.rest() }))
    }

    /// Where something else than comments stands behind the document that has ended.
    fn rest(&mut self) -> Option<Position> {
        let (at, offset) = match self.event() {
            Ok(Event { data: EventData::StreamEnd, .. }) => return None,
            Ok(_) => self.here,
            Err(error) => (error.at, error.offset),
        };
        (offset < self.chunk.text.len()).then_some(at)
    }

    fn event(&mut self) -> Result<Event, ReadError> {
        match self.parser.parse() {
            Ok(event) => {
                self.here = (self.position(event.start_mark), self.index(event.start_mark));
                Ok(event)
            }
            Err(error) => {
                let (here, offset) = self.here;
                let mark = error.problem_mark();
                Err(ReadError {
                    problem: error.problem(),
                    at: mark.map_or(here, |mark| self.position(mark)),
                    offset: mark.map_or(offset, |mark| self.index(mark)),
                    context: error.context().zip(error.context_mark().map(|mark| self.position(mark))),
                    bracket: self.brackets.last().copied(),
                })
            }
        }
    }

    /// The node that begins with `event`, inside of `depth` objects and lists.
    fn node(&mut self, event: Event, depth: usize) -> Result<Node, ReadError> {
        self.count(&event.data, depth)?;
        let marks = (event.start_mark, event.end_mark);
        match event.data {
            EventData::Alias { anchor } => {
                self.has_aliases = true;
                let span = self.offset(marks.0)..self.offset(marks.1);
                Ok(Node { kind: NodeKind::Alias(anchor), span, at: self.here.0, properties: None })
            }
            EventData::Scalar { anchor, tag, value, style, .. } => {
                let properties = self.properties(anchor, tag, marks.0);
                self.scalar(properties, marks, style.into(), value)
            }
            EventData::SequenceStart { anchor, tag, style, .. } => {
                let properties = self.properties(anchor, tag, marks.0);
                self.sequence(properties, marks, style == SequenceStyle::Flow, depth)
            }
            EventData::MappingStart { anchor, tag, style, .. } => {
                let properties = self.properties(anchor, tag, marks.0);
                self.mapping(properties, marks, style == MappingStyle::Flow, depth)
            }
            _ => Err(self.error("did not find expected node content", None)),
        }
    }

    /// The list whose beginning has just been read, between `marks`.
    fn sequence(
        &mut self,
        properties: Option<Box<Properties>>,
        marks: (Mark, Mark),
        is_flow: bool,
        depth: usize,
    ) -> Result<Node, ReadError> {
        let (start, at) = self.content(properties.is_some(), marks, is_flow);
        self.brackets.extend(is_flow.then_some(at));
        let (items, end) = self.items(depth)?;
        self.close(is_flow);
        let end = if is_flow { end } else { items.last().map_or(start, |item| item.span.end) };
        let layout = if is_flow { Layout::Flow } else { Layout::Block };
        Ok(Node { kind: NodeKind::Sequence { layout, items }, span: start..end, at, properties })
    }

    /// The object whose beginning has just been read, between `marks`.
    fn mapping(
        &mut self,
        properties: Option<Box<Properties>>,
        marks: (Mark, Mark),
        is_flow: bool,
        depth: usize,
    ) -> Result<Node, ReadError> {
        let (start, at) = self.content(properties.is_some(), marks, is_flow);
        let layout = match is_flow {
            true if properties.is_none() && !self.is_brace(marks) => Layout::Pair,
            true => Layout::Flow,
            false => Layout::Block,
        };
        self.brackets.extend(is_flow.then_some(at));
        let (entries, end) = self.entries(depth)?;
        self.close(is_flow);
        let last = || entries.last().map_or(start, |entry| entry.value.span.end.max(entry.key.span.end));
        let end = if layout == Layout::Flow { end } else { last() };
        Ok(Node { kind: NodeKind::Mapping { layout, entries }, span: start..end, at, properties })
    }

    fn close(&mut self, is_flow: bool) {
        if is_flow {
            self.brackets.pop();
        }
    }

    fn count(&mut self, event: &EventData, depth: usize) -> Result<(), ReadError> {
        let opens = matches!(event, EventData::SequenceStart { .. } | EventData::MappingStart { .. });
        self.nodes += 1;
        match self.nodes {
            _ if opens && depth >= MAX_DEPTH => Err(self.error(TOO_DEEP, None)),
            0..=MAX_DOCUMENT_NODES => Ok(()),
            _ => Err(self.error(TOO_LARGE, None)),
        }
    }

    /// The items of a list, and the end of the event that ends it.
    fn items(&mut self, depth: usize) -> Result<(Vec<Node>, usize), ReadError> {
        let mut items = Vec::new();
        loop {
            let event = self.event()?;
            if event.data == EventData::SequenceEnd {
                return Ok((exact(items), self.offset(event.end_mark)));
            }
            items.push(self.node(event, depth + 1)?);
        }
    }

    /// The entries of an object, and the end of the event that ends it.
    fn entries(&mut self, depth: usize) -> Result<(Vec<Entry>, usize), ReadError> {
        let mut entries = Vec::new();
        loop {
            let event = self.event()?;
            if event.data == EventData::MappingEnd {
                return Ok((exact(entries), self.offset(event.end_mark)));
            }
            let key = self.node(event, depth + 1)?;
            let event = self.event()?;
            let mut value = self.node(event, depth + 1)?;
            if value.span.is_empty() && value.properties.is_none() {
                self.put_behind(&key, &mut value);
            }
            entries.push(Entry { key, value });
        }
    }

    /// Puts a value that is left out behind the colon of its key, or behind the key if it has none; the parser puts it before
    /// what follows.
    fn put_behind(&self, key: &Node, value: &mut Node) {
        let between = self.chunk_text(&(key.span.end..value.span.start.max(key.span.end)));
        let to_colon = between.len() - skip(between).len();
        let has_colon = between[to_colon..].starts_with(':');
        let end = key.span.end + if has_colon { to_colon + 1 } else { 0 };
        value.at = advance(key.at, self.chunk_text(&(key.span.start..end)));
        value.span = end..end;
    }

    fn scalar(
        &self,
        properties: Option<Box<Properties>>,
        (start, end): (Mark, Mark),
        style: ScalarStyle,
        text: String,
    ) -> Result<Node, ReadError> {
        let mut text = self.dialect.restore(text);
        let (mut span, mut at) = (self.offset(start)..self.offset(end), self.position(start));
        if properties.is_some() {
            let skipped = properties::length(self.chunk_text(&span));
            at = advance(at, &self.chunk_text(&span)[..skipped]);
            span.start += skipped;
        }
        let written = self.chunk_text(&span);
        if style.is_block() {
            if self.has_added_break(end) && block_scalar::ends_in_content(written, &text) {
                text.pop();
            }
            span.end = span.start + block_scalar::length(written, &text);
        }
        let misread = match style {
            ScalarStyle::DoubleQuoted => dialect::unknown_escape(written).map(|at| (at, dialect::UNKNOWN_ESCAPE)),
            ScalarStyle::Plain if !self.brackets.is_empty() => dialect::ends_plain(written).map(|at| (at, BRACKET_ENDS)),
            _ => None,
        };
        match misread {
            Some((offset, problem)) => Err(ReadError { at: advance(at, &written[..offset]), ..self.error(problem, None) }),
            None => Ok(Node { kind: NodeKind::Scalar { style, text }, span, at, properties }),
        }
    }

    fn properties(&self, anchor: Option<String>, tag: Option<String>, start: Mark) -> Option<Box<Properties>> {
        let is_there = anchor.is_some() || tag.is_some();
        is_there.then(|| Box::new(Properties { anchor, tag, start: self.offset(start), line: self.position(start).line }))
    }

    /// Where a list or an object begins behind its properties; the event that begins it has the `marks`.
    fn content(&self, has_properties: bool, (start, end): (Mark, Mark), is_flow: bool) -> (usize, Position) {
        if !has_properties {
            return (self.offset(start), self.position(start));
        }
        let (offset, at) = (self.offset(end), self.position(end));
        let is_behind_indicator = is_flow || !self.is_at_block(offset);
        let back = usize::from(is_behind_indicator);
        (offset - back, Position { column: at.column - back, ..at })
    }

    /// True unless a list at the column of its key begins here, whose event ends behind the first dash.
    fn is_at_block(&self, offset: usize) -> bool {
        let (before, behind) = self.chunk.text.split_at(offset - self.chunk.start);
        !before.ends_with('-') || !behind.starts_with(|next| is_blank(next) || is_line_break(next)) && !behind.is_empty()
    }

    fn is_brace(&self, (start, end): (Mark, Mark)) -> bool {
        start.index != end.index && self.chunk_text(&(self.offset(start)..self.offset(end))).starts_with('{')
    }

    /// True if what ends at `end` includes the line break that the text itself does not have.
    fn has_added_break(&self, end: Mark) -> bool {
        usize::try_from(end.index).is_ok_and(|end| end > self.chunk.text.len())
    }

    fn chunk_text(&self, span: &Range<usize>) -> &'t str {
        &self.chunk.text[span.start - self.chunk.start..span.end - self.chunk.start]
    }

    fn offset(&self, mark: Mark) -> usize {
        self.chunk.start + self.index(mark)
    }

    fn index(&self, mark: Mark) -> usize {
        usize::try_from(mark.index).unwrap_or(usize::MAX).min(self.chunk.text.len())
    }

    fn position(&self, mark: Mark) -> Position {
        let number = |counted: u64| usize::try_from(counted).unwrap_or(usize::MAX);
        Position { line: self.chunk.lines_before + number(mark.line) + 1, column: number(mark.column) + 1 }
    }

    fn error(&self, problem: &'static str, context: Option<&'static str>) -> ReadError {
        let (at, offset) = self.here;
        let bracket = self.brackets.last().copied();
        ReadError { problem, at, offset, context: context.map(|context| (context, at)), bracket }
    }
}

impl From<libyaml_safer::ScalarStyle> for ScalarStyle {
    fn from(style: libyaml_safer::ScalarStyle) -> Self {
        match style {
            libyaml_safer::ScalarStyle::SingleQuoted => Self::SingleQuoted,
            libyaml_safer::ScalarStyle::DoubleQuoted => Self::DoubleQuoted,
            libyaml_safer::ScalarStyle::Literal => Self::Literal,
            libyaml_safer::ScalarStyle::Folded => Self::Folded,
            _ => Self::Plain,
        }
    }
}

#[cfg(test)]
mod tests;

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

use libyaml_safer::{Event, EventData, MappingStyle, Mark, Parser, SequenceStyle};

use super::chunks::Chunk;
use super::node::{Entry, Layout, Node, NodeKind, Properties, ScalarStyle};
use super::{MAX_DEPTH, Position, blanks};

/// How many nodes a document may have: keys, values, and the lists and objects around them. Each takes about 150 bytes of
/// memory; a request to Kubernetes, of at most 3 MiB, holds so many only without any content in them.
const MAX_NODES: usize = 1 << 20;

/// How many directives (`%TAG …`) may stand before a document.
const MAX_DIRECTIVES: usize = 32;

/// Why a text is no YAML, in the words of libyaml.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct ReadError {
    /// What is wrong: `did not find expected key`.
    pub(super) problem: &'static str,
    /// Where that is.
    pub(super) at: Position,
    /// What was being read, and where that began: `while parsing a block mapping`.
    pub(super) context: Option<(&'static str, Position)>,
}

/// The root of the first document of `chunk`, which is the only one that Kubernetes looks at; `None` if there is none. What
/// stands behind that document is not looked at.
///
/// # Errors
/// What makes the text unreadable, or larger than any manifest: nesting beyond [`MAX_DEPTH`], a million of nodes.
pub(super) fn read(chunk: Chunk<'_>) -> Result<Option<Node>, ReadError> {
    let mut reader = Reader::new(chunk);
    reader.check_directives()?;
    match guard::catch(|| reader.document()) {
        Some(document) => document,
        None => Err(reader.error(TAG_ENDS, Some("while scanning a tag"))),
    }
}

/// What libyaml says where libyaml-safer 0.3.0 has a `todo!` instead: `["a"!, b]`.
const TAG_ENDS: &str = "did not find expected whitespace or line break";

struct Reader<'t> {
    /// The parser misreads a last line without a line break, or panics at it, so that one is added to each text.
    parser: Parser<Chain<&'t [u8], &'static [u8]>>,
    chunk: Chunk<'t>,
    nodes: usize,
    /// Where the last event began.
    here: Position,
}

impl<'t> Reader<'t> {
    fn new(chunk: Chunk<'t>) -> Self {
        let mut parser = Parser::new();
        parser.set_input(chunk.text.as_bytes().chain(b"\n".as_slice()));
        Self { parser, chunk, nodes: 0, here: Position { line: chunk.lines_before + 1, column: 1 } }
    }

    fn check_directives(&self) -> Result<(), ReadError> {
        let directives = self
            .chunk
            .text
            .split(blanks::is_break)
            .take_while(|line| line.trim().is_empty() || line.trim_start().starts_with(['#', '%']))
            .filter(|line| line.starts_with('%'));
        match directives.count() {
            0..=MAX_DIRECTIVES => Ok(()),
            _ => Err(self.error("found too many directives", None)),
        }
    }

    fn document(&mut self) -> Result<Option<Node>, ReadError> {
        loop {
            match self.event()?.data {
                EventData::StreamEnd => return Ok(None),
                EventData::DocumentStart { .. } => break,
                _ => {}
            }
        }
        let event = self.event()?;
        self.node(event, 0).map(Some)
    }

    fn event(&mut self) -> Result<Event, ReadError> {
        match self.parser.parse() {
            Ok(event) => {
                self.here = self.position(event.start_mark);
                Ok(event)
            }
            Err(error) => Err(ReadError {
                problem: error.problem(),
                at: error.problem_mark().map_or(self.here, |mark| self.position(mark)),
                context: error.context().zip(error.context_mark().map(|mark| self.position(mark))),
            }),
        }
    }

    /// The node that begins with `event`, inside of `depth` objects and lists.
    fn node(&mut self, event: Event, depth: usize) -> Result<Node, ReadError> {
        self.count(&event.data, depth)?;
        let marks = (event.start_mark, event.end_mark);
        match event.data {
            EventData::Alias { anchor } => Ok(Node {
                kind: NodeKind::Alias(anchor),
                span: self.offset(marks.0)..self.offset(marks.1),
                at: self.here,
                properties: None,
            }),
            EventData::Scalar { anchor, tag, value, style, .. } => {
                let properties = self.properties(anchor, tag, marks.0);
                Ok(self.scalar(properties, marks, style.into(), value))
            }
            EventData::SequenceStart { anchor, tag, style, .. } => {
                let properties = self.properties(anchor, tag, marks.0);
                let is_flow = style == SequenceStyle::Flow;
                let (start, at) = self.content(properties.is_some(), marks, is_flow);
                let (items, end) = self.items(depth)?;
                let end = if is_flow { end } else { items.last().map_or(start, |item| item.span.end) };
                let layout = if is_flow { Layout::Flow } else { Layout::Block };
                Ok(Node { kind: NodeKind::Sequence { layout, items }, span: start..end, at, properties })
            }
            EventData::MappingStart { anchor, tag, style, .. } => {
                let properties = self.properties(anchor, tag, marks.0);
                let is_flow = style == MappingStyle::Flow;
                let (start, at) = self.content(properties.is_some(), marks, is_flow);
                let layout = match is_flow {
                    true if properties.is_none() && !self.is_brace(marks) => Layout::Pair,
                    true => Layout::Flow,
                    false => Layout::Block,
                };
                let (entries, end) = self.entries(depth)?;
                let last = || entries.last().map_or(start, |entry| entry.value.span.end.max(entry.key.span.end));
                let end = if layout == Layout::Flow { end } else { last() };
                Ok(Node { kind: NodeKind::Mapping { layout, entries }, span: start..end, at, properties })
            }
            _ => Err(self.error("did not find expected node content", None)),
        }
    }

    fn count(&mut self, event: &EventData, depth: usize) -> Result<(), ReadError> {
        let opens = matches!(event, EventData::SequenceStart { .. } | EventData::MappingStart { .. });
        self.nodes += 1;
        match self.nodes {
            _ if opens && depth >= MAX_DEPTH => Err(self.error("exceeded max depth", None)),
            0..=MAX_NODES => Ok(()),
            _ => Err(self.error("exceeded max number of values", None)),
        }
    }

    /// The items of a list, and the end of the event that ends it.
    fn items(&mut self, depth: usize) -> Result<(Vec<Node>, usize), ReadError> {
        let mut items = Vec::new();
        loop {
            let event = self.event()?;
            if event.data == EventData::SequenceEnd {
                return Ok((items, self.offset(event.end_mark)));
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
                return Ok((entries, self.offset(event.end_mark)));
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
        let to_colon = between.len() - blanks::skip(between).len();
        let has_colon = between[to_colon..].starts_with(':');
        let end = key.span.end + if has_colon { to_colon + 1 } else { 0 };
        value.at = blanks::advance(key.at, self.chunk_text(&(key.span.start..end)));
        value.span = end..end;
    }

    fn scalar(
        &self,
        properties: Option<Box<Properties>>,
        (start, end): (Mark, Mark),
        style: ScalarStyle,
        mut text: String,
    ) -> Node {
        let (mut span, mut at) = (self.offset(start)..self.offset(end), self.position(start));
        if properties.is_some() {
            let skipped = properties::length(self.chunk_text(&span));
            at = blanks::advance(at, &self.chunk_text(&span)[..skipped]);
            span.start += skipped;
        }
        if style.is_block() {
            let written = self.chunk_text(&span);
            if self.has_added_break(end) && block_scalar::ends_in_content(written, &text) {
                text.pop();
            }
            span.end = span.start + block_scalar::length(written, &text);
        }
        Node { kind: NodeKind::Scalar { style, text }, span, at, properties }
    }

    fn properties(&self, anchor: Option<String>, tag: Option<String>, start: Mark) -> Option<Box<Properties>> {
        let is_there = anchor.is_some() || tag.is_some();
        is_there.then(|| Box::new(Properties { anchor, tag, start: self.offset(start) }))
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
        !before.ends_with('-')
            || !behind.starts_with(|next| blanks::is_blank(next) || blanks::is_break(next)) && !behind.is_empty()
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
        let index = usize::try_from(mark.index).unwrap_or(usize::MAX);
        self.chunk.start + index.min(self.chunk.text.len())
    }

    fn position(&self, mark: Mark) -> Position {
        let number = |counted: u64| usize::try_from(counted).unwrap_or(usize::MAX);
        Position { line: self.chunk.lines_before + number(mark.line) + 1, column: number(mark.column) + 1 }
    }

    fn error(&self, problem: &'static str, context: Option<&'static str>) -> ReadError {
        ReadError { problem, at: self.here, context: context.map(|context| (context, self.here)) }
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

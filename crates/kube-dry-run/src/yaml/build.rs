//! From the parser's events to the tree of a document.

use std::collections::HashMap;

use saphyr_parser::{Event, Parser, ScalarStyle, ScanError, Span, StrInput};
use serde_json::{Map, Value};

use super::budget::{Budget, Size};
use super::chunks::Chunk;
use super::parse::{DuplicateKey, Parsed};
use super::positions::Place;
use super::repair::Repairs;
use super::{MAX_DEPTH, Position, Positions, SyntaxError, block_header, comments, float_key, resolve};
use crate::path::Path;

/// How far the API server's reader looks ahead for the `:` of a key.
const LONGEST_KEY: usize = 1024;

/// How many keys that stand twice are kept of one document; each carries the names of all objects around it. The decoder
/// keeps as many unknown fields.
const MAX_DUPLICATES: usize = 100;

/// Builds the document of one chunk of a text.
pub(super) struct Builder<'a> {
    parser: Parser<'a, StrInput<'a>>,
    chunk: Chunk<'a>,
    repairs: &'a Repairs,
    budget: &'a mut Budget,
    complaint: Option<ScanError>,
    lines: Option<Vec<&'a str>>,
    has_comments: bool,
    anchors: HashMap<usize, Anchored>,
    duplicates: Vec<Duplicate>,
    further_duplicates: usize,
}

/// What an alias stands for.
struct Anchored {
    value: Value,
    measure: Measure,
}

#[derive(Clone, Copy, Default)]
struct Measure {
    size: Size,
    height: usize,
}

/// A duplicate key; its path grows from the inside to the outside while the recursion returns.
struct Duplicate {
    steps: Vec<Step>,
    position: Position,
    message: String,
}

#[derive(Clone)]
enum Step {
    Entry(String),
    Index(usize),
}

impl Step {
    /// How many bytes the step has in a path that is kept.
    fn length(&self) -> usize {
        match self {
            Self::Entry(name) => name.len(),
            Self::Index(_) => size_of::<usize>(),
        }
    }
}

/// An object that is being read.
#[derive(Default)]
struct Object {
    map: Map<String, Value>,
    places: Vec<(Box<str>, Place)>,
}

type Node = (Value, Place);

impl<'a> Builder<'a> {
    /// A builder of the document of `chunk`, whose text went through `repairs`; it draws on the `budget` of the whole text.
    pub(super) fn new(chunk: Chunk<'a>, repairs: &'a Repairs, budget: &'a mut Budget) -> Self {
        budget.begin_document();
        Self {
            repairs,
            budget,
            complaint: None,
            parser: Parser::new_from_str(chunk.text),
            chunk,
            lines: None,
            has_comments: comments::has_comments(chunk.text),
            anchors: HashMap::new(),
            duplicates: Vec::new(),
            further_duplicates: 0,
        }
    }

    /// The first document, if there is one and it is not null. The API server's reader looks at no other.
    pub(super) fn document(&mut self) -> Result<Option<Parsed>, SyntaxError> {
        loop {
            match self.event()?.0 {
                Event::StreamEnd => return Ok(None),
                Event::DocumentStart(_) => break,
                _ => {}
            }
        }
        let (event, span) = self.event()?;
        let (value, root) = self.node(event, span, 0)?;
        let duplicates = self.duplicates.drain(..).map(DuplicateKey::from).collect();
        let (further_duplicates, has_comments) = (self.further_duplicates, self.has_comments);
        Ok(Some(Parsed { value, positions: Positions::new(root), duplicates, further_duplicates, has_comments })
            .filter(|parsed| !parsed.value.is_null()))
    }

    /// The parser's complaint that ended the document, if one did.
    pub(super) fn into_complaint(self) -> Option<ScanError> {
        self.complaint
    }

    fn event(&mut self) -> Result<(Event<'a>, Span), SyntaxError> {
        match self.parser.next_event() {
            Some(Ok(event)) => Ok(event),
            Some(Err(complaint)) => {
                let error = SyntaxError::of_parser(&complaint, self.chunk, self.repairs);
                self.complaint = Some(complaint);
                Err(error)
            }
            None => Ok((Event::StreamEnd, Span::default())),
        }
    }

    /// The value that begins with `event`, inside of `depth` objects and lists.
    fn node(&mut self, event: Event<'a>, span: Span, depth: usize) -> Result<Node, SyntaxError> {
        let at = self.position(span);
        self.budget.take_value(at)?;
        match event {
            Event::Scalar(text, style, anchor, tag) => {
                let at = if tag.is_none() && is_block(style) { self.block_header(span, &text) } else { at };
                let text = if is_block(style) { self.without_missing_break(&text, span) } else { &text };
                let value = resolve::scalar(text, style, tag.as_deref()).map_err(|message| SyntaxError::new(at, message))?;
                self.remember(anchor, &value, at)?;
                let is_plain = style == ScalarStyle::Plain && tag.is_none();
                let place = if is_plain { Place::unquoted(at, text, &value) } else { Place::leaf(at) };
                Ok((value, place))
            }
            Event::Alias(anchor) => Ok((self.alias(anchor, depth, at)?, Place::leaf(at))),
            Event::SequenceStart(anchor, _) => {
                let node = self.list(at, deeper(depth, at)?)?;
                self.remember(anchor, &node.0, at)?;
                Ok(node)
            }
            Event::MappingStart(anchor, tag) => {
                let is_flow = anchor == 0 && tag.is_none() && span.start != span.end;
                let node = self.object(at, deeper(depth, at)?, is_flow)?;
                self.remember(anchor, &node.0, at)?;
                Ok(node)
            }
            _ => Err(SyntaxError::new(at, "expected a value here")),
        }
    }

    fn list(&mut self, at: Position, depth: usize) -> Result<Node, SyntaxError> {
        let (mut items, mut places) = (Vec::new(), Vec::new());
        loop {
            let (event, span) = self.event()?;
            if event == Event::SequenceEnd {
                return Ok((Value::Array(items), Place::list(at, places)));
            }
            let known = self.duplicates.len();
            let (value, place) = self.node(event, span, depth)?;
            self.outward(known, || Step::Index(items.len()));
            items.push(value);
            places.push(place);
        }
    }

    fn object(&mut self, at: Position, depth: usize, is_flow: bool) -> Result<Node, SyntaxError> {
        let mut object = Object::default();
        loop {
            let (event, span) = self.event()?;
            match event {
                Event::MappingEnd => {
                    return Ok((Value::Object(object.map), Place::object(at, object.places)));
                }
                Event::Scalar(text, style, _, tag) if resolve::is_merge_key(&text, style, tag.as_deref()) => {
                    self.merge(&mut object, self.position(span), depth)?;
                }
                Event::Scalar(..) if is_flow && span.start.line() != span.end.line() => {
                    return Err(SyntaxError::new(self.position(span), "a key must stand on one line"));
                }
                Event::Scalar(..) if span.end.index() - span.start.index() > LONGEST_KEY && !self.is_explicit_key(span) => {
                    return Err(SyntaxError::new(self.position(span), "a key longer than 1024 characters needs a `?` before it"));
                }
                event => self.entry(&mut object, event, span, depth)?,
            }
        }
    }

    fn entry(&mut self, object: &mut Object, event: Event<'a>, span: Span, depth: usize) -> Result<(), SyntaxError> {
        let at = self.position(span);
        let (key, _) = self.node(event, span, depth)?;
        let key = key_text(key).map_err(|message| SyntaxError::new(at, message))?;
        let (event, span) = self.event()?;
        let known = self.duplicates.len();
        let (value, mut place) = self.node(event, span, depth)?;
        self.outward(known, || Step::Entry(key.clone()));
        place.key = at;
        self.insert(object, key, value, place);
        Ok(())
    }

    /// Reads the value of a merge key and enters its fields, of several objects those of the first at last. As in
    /// `go.yaml.in/yaml/v2`, a field that the object already has is a duplicate, and the later one counts.
    fn merge(&mut self, object: &mut Object, at: Position, depth: usize) -> Result<(), SyntaxError> {
        let (event, span) = self.event()?;
        let is_alias = matches!(event, Event::Alias(_));
        let sources = match self.node(event, span, depth)?.0 {
            Value::Array(items) if !is_alias => items,
            value => vec![value],
        };
        for source in sources.into_iter().rev() {
            let Value::Object(fields) = source else {
                return Err(SyntaxError::new(at, "a merge key `<<` needs an object, or a list of objects, to merge"));
            };
            for (key, value) in fields {
                self.insert(object, key, value, Place::leaf(at));
            }
        }
        Ok(())
    }

    fn insert(&mut self, object: &mut Object, key: String, value: Value, place: Place) {
        let name: Box<str> = key.as_str().into();
        let (position, line) = (place.key, place.value.line);
        if object.map.insert(key, value).is_some() {
            self.keep_duplicate(&name, position, line);
        }
        object.places.push((name, place));
    }

    fn keep_duplicate(&mut self, name: &str, position: Position, line: usize) {
        let is_first = self.duplicates.is_empty();
        if self.duplicates.len() == MAX_DUPLICATES || !self.budget.take_duplicate_bytes(name.len()) && !is_first {
            self.further_duplicates += 1;
            return;
        }
        self.duplicates.push(Duplicate {
            message: format!("line {line}: key {name:?} already set in map"),
            steps: vec![Step::Entry(name.to_owned())],
            position,
        });
    }

    /// Leads the duplicates found since there were `known` of them one step out of the value they were found in. Those whose
    /// paths become too long together are only counted, except for the first of the document.
    fn outward(&mut self, known: usize, step: impl Fn() -> Step) {
        let mut kept = known;
        for duplicate in &mut self.duplicates[known..] {
            let step = step();
            if !self.budget.take_duplicate_bytes(step.length()) && kept > 0 {
                break;
            }
            duplicate.steps.push(step);
            kept += 1;
        }
        self.further_duplicates += self.duplicates.len() - kept;
        self.duplicates.truncate(kept);
    }

    /// Keeps the value of an anchor; anchor 0 is none.
    fn remember(&mut self, anchor: usize, value: &Value, at: Position) -> Result<(), SyntaxError> {
        if anchor != 0 {
            let measure = measure(value);
            self.budget.take_copy(measure.size, at)?;
            self.anchors.insert(anchor, Anchored { value: value.clone(), measure });
        }
        Ok(())
    }

    fn alias(&mut self, anchor: usize, depth: usize, at: Position) -> Result<Value, SyntaxError> {
        let Some(Anchored { measure, .. }) = self.anchors.get(&anchor) else {
            return Err(SyntaxError::new(at, "an alias to the value that it stands in, or to one of another document"));
        };
        let Measure { size, height } = *measure;
        if depth + height > MAX_DEPTH {
            return Err(too_deep(at));
        }
        self.budget.take_copy(size, at)?;
        Ok(self.anchors[&anchor].value.clone())
    }

    /// The content of a block scalar without the line break that the parser adds where the text ends without one, as
    /// `go.yaml.in/yaml/v2` has it.
    fn without_missing_break<'t>(&mut self, content: &'t str, span: Span) -> &'t str {
        let is_complete = self.chunk.text.ends_with(['\n', '\r']);
        let lines = self.lines();
        let ends_text = !is_complete
            && span.end.line() == lines.len()
            && lines.last().is_some_and(|last| last.chars().count() == span.end.col());
        if ends_text { content.strip_suffix('\n').unwrap_or(content) } else { content }
    }

    fn block_header(&mut self, span: Span, content: &str) -> Position {
        let start = Position { line: span.start.line(), column: span.start.col() + 1 };
        let header = block_header::header_of(self.lines(), start, content);
        Position { line: header.line + self.chunk.lines_before, ..header }
    }

    fn is_explicit_key(&mut self, span: Span) -> bool {
        let line = self.lines().get(span.start.line() - 1).copied().unwrap_or_default();
        let before: String = line.chars().take(span.start.col()).collect();
        before.trim_end().ends_with('?')
    }

    fn lines(&mut self) -> &[&'a str] {
        let text = self.chunk.text;
        self.lines.get_or_insert_with(|| text.lines().collect())
    }

    fn position(&self, span: Span) -> Position {
        let line = span.start.line();
        let column = self.repairs.original_column(line, span.start.col() + 1);
        Position { line: line + self.chunk.lines_before, column }
    }
}

impl From<Duplicate> for DuplicateKey {
    fn from(duplicate: Duplicate) -> Self {
        let path = duplicate.steps.iter().rev().fold(Path::root(), |path, step| match step {
            Step::Entry(name) => path.entry(name.as_str()),
            Step::Index(index) => path.index(*index),
        });
        Self { path, position: duplicate.position, message: duplicate.message }
    }
}

fn is_block(style: ScalarStyle) -> bool {
    matches!(style, ScalarStyle::Literal | ScalarStyle::Folded)
}

fn deeper(depth: usize, at: Position) -> Result<usize, SyntaxError> {
    if depth < MAX_DEPTH { Ok(depth + 1) } else { Err(too_deep(at)) }
}

fn too_deep(at: Position) -> SyntaxError {
    SyntaxError::new(at, format!("objects and lists are nested more than {MAX_DEPTH} deep"))
}

/// The name of a field as `convertToJSONableObject` of `sigs.k8s.io/yaml` makes it of a key.
fn key_text(key: Value) -> Result<String, String> {
    match key {
        Value::String(text) => Ok(text),
        Value::Bool(value) => Ok(value.to_string()),
        Value::Number(number) if number.as_i64().is_some() => Ok(number.to_string()),
        Value::Number(number) if number.is_f64() => Ok(float_key::text(number.as_f64().unwrap_or_default())),
        Value::Number(_) => Err("a key must be a text, this one is a number beyond 64 bits: quote it".to_owned()),
        Value::Null => Err("a key must be a text, this one is null: quote it".to_owned()),
        Value::Array(_) | Value::Object(_) => Err("a key must be a text, this one is a list or an object".to_owned()),
    }
}

fn measure(value: &Value) -> Measure {
    let inner = match value {
        Value::String(text) => Measure { size: Size { values: 0, bytes: text.len() }, height: 0 },
        Value::Array(items) => around(items.iter().map(measure)),
        Value::Object(map) => around(map.iter().map(|(key, value)| {
            let mut measure = measure(value);
            measure.size.bytes += key.len();
            measure
        })),
        _ => Measure::default(),
    };
    Measure { size: Size { values: inner.size.values + 1, ..inner.size }, ..inner }
}

fn around(parts: impl Iterator<Item = Measure>) -> Measure {
    let inner = parts.fold(Measure::default(), |sum, part| Measure {
        size: Size { values: sum.size.values + part.size.values, bytes: sum.size.bytes + part.size.bytes },
        height: sum.height.max(part.height),
    });
    Measure { height: inner.height + 1, ..inner }
}

//! A text that follows its tree: what was changed in the tree is changed in the text, and nothing else.
//!
//! A manifest is a text with comments, blank lines and habits, and the tree that it means. Edits are made in the tree.
//! [`reconcile`] walks along the old tree, the new one and the nodes of the text at once and gathers what must change in the
//! text: a changed scalar takes the place of the characters of the old one, in its quotes; an entry that goes takes its lines
//! along with the comments right above it; a new one is laid out as its neighbours are and goes where people write it
//! ([`crate::order`]); an item that moves takes its text with it. Every other byte stays.
//!
//! That the result is right does not hang on the walk. The new text is read again, as Kubernetes reads it, and must mean exactly
//! the new tree. Where it does not, because of anchors, tabs or a layout that nobody thought of, the smallest block in which all
//! differences lie is laid out anew, then the one around it, up to the whole document; [`Reconciled::anew`] tells which.
//!
//! The modules stand in the order of the work: [`editor`] walks; [`align`] and [`keys`] pair what was with what is to be, and
//! [`place`] finds where what is new goes; [`block`] and [`flow`] let parts go and come, [`replace`] puts a value in place of
//! another, [`moves`] takes text along; [`parts`] and [`lines`] know what belongs to a part, [`survey`] and [`anchors`] what becomes of anchors, merge keys
//! and items that move; [`render`] lays out what is new; [`splices`] makes the changes; [`verify`] compares.

mod align;
mod anchors;
mod block;
mod editor;
mod flow;
mod keys;
mod lines;
mod moves;
mod parts;
mod place;
mod render;
mod replace;
mod splices;
mod survey;
mod verify;

use std::borrow::Cow;
use std::ops::Range;

use serde_json::Value;

use self::editor::{Editor, Task};
use self::lines::TextLines;
use self::render::Renderer;
use super::line_breaks::is_line_break;
use super::node::Node;
use super::style::Style;
use super::{MAX_DEPTH, Parsed, Position, SyntaxError, write};
use crate::order::Order;
use crate::path::Path;

/// How often a larger and larger block is laid out anew before the whole document is.
const MAX_ROUNDS: usize = 4;

/// A text after a change of one of its documents.
#[derive(Clone, Debug, PartialEq)]
pub struct Reconciled {
    /// The whole text, in which nothing but that document has changed.
    pub text: String,
    /// The document as it was read from the new text.
    pub document: Parsed,
    /// The block that was laid out anew, if one had to be; its comments are lost.
    pub anew: Option<Path>,
}

/// Changes `text` so that its `document`, one of those that [`documents`](super::documents) read from it, means `new`.
///
/// A document that is laid out just as [`write()`] lays it out becomes what [`write()`] makes of `new`.
///
/// # Errors
/// If no text can mean `new`: it is null, or nested deeper than [`MAX_DEPTH`].
pub fn reconcile(text: &str, document: &Parsed, new: &Value) -> Result<Reconciled, SyntaxError> {
    if verify::depth(new) > MAX_DEPTH {
        return Err(SyntaxError::too_deep(Position { line: document.origin.lines_before + 1, column: 1 }));
    }
    if verify::is_same(&document.value, new) {
        return Ok(Reconciled { text: text.to_owned(), document: document.clone(), anew: None });
    }
    let other_text = || SyntaxError::new(Position { line: 1, column: 1 }, "this is not the text that the document was read from");
    let part = text.get(document.origin.range.clone()).ok_or_else(other_text)?;
    let goal = Goal { document, new, ends_line: part.ends_with(is_line_break) };
    if let Some(success) = goal.as_written(part) {
        return Ok(success.in_text(text, document, None));
    }
    let root = document.origin.syntax(text).ok_or_else(other_text)?;
    let (success, anew) = Change::new(text, &goal, &root).make()?;
    Ok(success.in_text(text, document, anew))
}

/// What a document is to mean.
struct Goal<'a> {
    document: &'a Parsed,
    new: &'a Value,
    /// True if its text must end with a line break, because other ones may follow.
    ends_line: bool,
}

/// A text of the document that means what it is to mean.
struct Success {
    text: String,
    document: Parsed,
}

impl Goal<'_> {
    /// The text that `write` makes of the new tree, if `text` is what it makes of the old one, behind comments.
    fn as_written(&self, text: &str) -> Option<Success> {
        let before = text.strip_suffix(&write(&self.document.value).text)?;
        let is_before = |line: &str| line.is_empty() || line.starts_with("---") || line.starts_with('#');
        let is_header = (before.is_empty() || before.ends_with('\n')) && before.lines().all(is_before);
        is_header.then(|| self.verify(format!("{before}{}", write(self.new).text)).ok())?
    }

    /// The document that `text` is, if it means what it is to mean; else what it means, if it can be read.
    fn verify(&self, text: String) -> Result<Success, Option<Value>> {
        match self.document.origin.read(&text) {
            _ if self.ends_line && !text.ends_with(is_line_break) => Err(None),
            Ok(document) if verify::is_same(&document.value, self.new) => Ok(Success { text, document }),
            Ok(document) => Err(Some(document.value)),
            Err(_) => Err(None),
        }
    }
}

impl Success {
    /// The whole of `text` with this in the place of the `document`.
    fn in_text(self, text: &str, document: &Parsed, anew: Option<Path>) -> Reconciled {
        let Range { start, end } = document.origin.range;
        Reconciled { text: [&text[..start], &self.text, &text[end..]].concat(), document: self.document, anew }
    }
}

/// The change of one document, part by part.
struct Change<'a> {
    goal: &'a Goal<'a>,
    root: &'a Node,
    /// The text up to the end of the document, with a line break at its end.
    lines: Cow<'a, str>,
}

impl<'a> Change<'a> {
    fn new(text: &'a str, goal: &'a Goal<'a>, root: &'a Node) -> Self {
        let before = &text[..goal.document.origin.range.end];
        let lines = if before.ends_with(is_line_break) { before.into() } else { format!("{before}\n").into() };
        Self { goal, root, lines }
    }

    /// The new text, and the block in it that had to be laid out anew.
    fn make(&self) -> Result<(Success, Option<Path>), SyntaxError> {
        let mut anew: Option<Path> = None;
        for _ in 0..=MAX_ROUNDS {
            let place = match self.part_by_part(anew.as_ref()) {
                Ok(success) => return Ok((success, anew)),
                Err(place) => place,
            };
            let around = anew.map_or(Some(place.clone()), |anew| Some(common(&anew.parent()?, &place)));
            anew = around.filter(|around| !around.is_root());
            if anew.is_none() {
                break;
            }
        }
        Ok((self.whole()?, Some(Path::root())))
    }

    /// The document after the changes that it takes, with the block `anew` laid out anew; else where it would mean something
    /// else.
    fn part_by_part(&self, anew: Option<&Path>) -> Result<Success, Path> {
        let Goal { document, new, .. } = self.goal;
        let Range { start, end } = document.origin.range;
        let task = Task {
            lines: self.lines(),
            root: self.root,
            old: &document.value,
            new,
            order: Order::of_document(new),
            anew: anew.map(Path::segments),
        };
        let text = Editor::changes(task).and_then(|changes| changes.apply(&self.lines, start..self.lines.len()));
        let unknown = || verify::difference(&document.value, new);
        let text = text.ok_or_else(unknown)?;
        let shortened = text.strip_suffix('\n').filter(|_| self.lines.len() > end);
        if let Some(Ok(success)) = shortened.map(|text| self.goal.verify(text.to_owned())) {
            return Ok(success);
        }
        self.goal.verify(text).map_err(|found| found.map_or_else(unknown, |found| verify::difference(&found, new)))
    }

    /// The whole document as `write` writes it, or as JSON if it was; between the comments around it if they can stay.
    fn whole(&self) -> Result<Success, SyntaxError> {
        let Goal { document, new, ends_line } = self.goal;
        let Range { start, end } = document.origin.range;
        let style = Style::new(&self.lines, self.root);
        let written = if style.is_json() {
            as_json(&style, new) + if *ends_line { style.line_break } else { "" }
        } else {
            write(new).text.replace('\n', style.line_break)
        };
        let before = self.lines.get(start..self.lines().start_of(self.root.start())).unwrap_or_default();
        let after = self.lines.get(self.lines().next(self.root.span.end)..end).unwrap_or_default();
        let around = format!("{before}{written}{after}");
        let done = self.goal.verify(around).or_else(|_| self.goal.verify(written.clone()));
        done.map_err(|_| match document.origin.read(&written) {
            Err(error) => error,
            Ok(_) => SyntaxError::new(Position { line: 1, column: 1 }, "no text means what this document is to mean"),
        })
    }

    fn lines(&self) -> TextLines<'_> {
        TextLines { text: &self.lines, start: self.goal.document.origin.range.start }
    }
}

fn as_json(style: &Style<'_>, value: &Value) -> String {
    let mut renderer = Renderer::new(style, 0);
    renderer.flow(value, Order::of_document(value), None, Some(""));
    renderer.finish()
}

/// The innermost place that is around both.
fn common(one: &Path, other: &Path) -> Path {
    let steps = one.segments().iter().zip(other.segments()).take_while(|(one, other)| one == other);
    Path::from(steps.map(|(step, _)| step.clone()).collect::<Vec<_>>())
}

#[cfg(test)]
mod tests;

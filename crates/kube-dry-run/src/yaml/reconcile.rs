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
//! another; [`parts`] and [`lines`] know what belongs to a part, [`survey`] what becomes of anchors and of items that move;
//! [`render`] lays out what is new; [`splices`] makes the changes; [`verify`] compares.

mod align;
mod anchors;
mod block;
mod editor;
mod flow;
mod keys;
mod lines;
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
use self::lines::Lines;
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
    let Some(root) = document.origin.syntax(text) else {
        return Err(SyntaxError::new(Position { line: 1, column: 1 }, "this is not the text that the document was read from"));
    };
    Change::new(text, document, &root, new).make()
}

/// The change of one document.
struct Change<'a> {
    text: &'a str,
    document: &'a Parsed,
    root: &'a Node,
    new: &'a Value,
    /// The text up to the end of the document, with a line break at its end.
    lines: Cow<'a, str>,
}

/// A text of the document that means what it is to mean.
struct Success {
    text: String,
    document: Parsed,
}

impl<'a> Change<'a> {
    fn new(text: &'a str, document: &'a Parsed, root: &'a Node, new: &'a Value) -> Self {
        let before = &text[..document.origin.range.end];
        let lines = if before.ends_with(is_line_break) { before.into() } else { format!("{before}\n").into() };
        Self { text, document, root, new, lines }
    }

    fn make(&self) -> Result<Reconciled, SyntaxError> {
        if let Some(success) = self.as_written() {
            return Ok(self.reconciled(success, None));
        }
        let mut anew: Option<Path> = None;
        for _ in 0..=MAX_ROUNDS {
            let place = match self.part_by_part(anew.as_ref()) {
                Ok(success) => return Ok(self.reconciled(success, anew)),
                Err(place) => place,
            };
            anew = Some(match anew.as_ref().map(Path::parent) {
                None => place,
                Some(Some(around)) => common(&around, &place),
                Some(None) => break,
            });
            if anew.as_ref().is_some_and(Path::is_root) {
                break;
            }
        }
        Ok(self.reconciled(self.whole()?, Some(Path::root())))
    }

    /// The document as `write` writes it, if it was so before.
    fn as_written(&self) -> Option<Success> {
        let (start, end) = (self.root.start(), self.document.origin.range.end);
        let is_whole = self.lines().is_first(start) && self.text[start..end] == write(&self.document.value).text;
        let before = &self.text[self.document.origin.range.start..start];
        if is_whole { self.verify(format!("{before}{}", write(self.new).text)).ok() } else { None }
    }

    /// The document after the changes that it takes, and with the block `anew` laid out anew; else where it would mean
    /// something else.
    fn part_by_part(&self, anew: Option<&Path>) -> Result<Success, Path> {
        let task = Task {
            lines: self.lines(),
            root: self.root,
            old: &self.document.value,
            new: self.new,
            order: Order::of_document(self.new),
            anew: anew.map(Path::segments),
        };
        let unknown = || verify::difference(&self.document.value, self.new);
        let text = Editor::changes(task)
            .and_then(|changes| changes.apply(&self.lines, self.document.origin.range.start..self.lines.len()));
        let text = text.ok_or_else(unknown)?;
        let is_lengthened = self.lines.len() > self.document.origin.range.end;
        let shortened = if is_lengthened { text.strip_suffix('\n') } else { None };
        if let Some(Ok(success)) = shortened.map(|text| self.verify(text.to_owned())) {
            return Ok(success);
        }
        self.verify(text).map_err(|found| found.map_or_else(unknown, |found| verify::difference(&found, self.new)))
    }

    /// The whole document as `write` writes it, or as JSON if it was; between the comments around it if they can stay.
    fn whole(&self) -> Result<Success, SyntaxError> {
        let Range { start, end } = self.document.origin.range;
        let style = Style::new(&self.lines, self.root);
        let written = if style.is_json() { format!("{:#}", self.new) } else { write(self.new).text };
        let written = written.replace('\n', style.line_break);
        let before = self.text.get(start..self.lines().start_of(self.root.start())).unwrap_or_default();
        let after = self.text.get(self.lines().next(self.root.span.end)..end).unwrap_or_default();
        let around = self.verify(format!("{before}{written}{after}"));
        around.or_else(|_| Ok(Success { document: self.document.origin.read(&written)?, text: written }))
    }

    /// The document that `text` is, if it means what it is to mean; else what it means, if it can be read.
    fn verify(&self, text: String) -> Result<Success, Option<Value>> {
        match self.document.origin.read(&text) {
            Ok(document) if verify::is_same(&document.value, self.new) => Ok(Success { text, document }),
            Ok(document) => Err(Some(document.value)),
            Err(_) => Err(None),
        }
    }

    fn reconciled(&self, success: Success, anew: Option<Path>) -> Reconciled {
        let range = self.document.origin.range.clone();
        let mut text = String::with_capacity(self.text.len() + success.text.len() - range.len().min(success.text.len()));
        text.push_str(&self.text[..range.start]);
        text.push_str(&success.text);
        text.push_str(&self.text[range.end..]);
        Reconciled { text, document: success.document, anew }
    }

    fn lines(&self) -> Lines<'_> {
        Lines { text: &self.lines, start: self.document.origin.range.start }
    }
}

/// The innermost place that is around both.
fn common(one: &Path, other: &Path) -> Path {
    let steps = one.segments().iter().zip(other.segments()).take_while(|(one, other)| one == other);
    Path::from(steps.map(|(step, _)| step.clone()).collect::<Vec<_>>())
}

#[cfg(test)]
mod tests;

//! Comments for learners in a text: a line above the first field of its kind, for fields whose use has one.
//!
//! A comment stands once in a document: above every container it would only be noise. It stands where the field has no comment of
//! its author's, at the indentation of its field, and above the dash if the field is the first of an item.

use std::collections::HashSet;

use kube_dry_run::kinds::Kind;
use kube_dry_run::yaml::{self, Outline, OutlineComment, OutlineEntry, Parsed};
use kube_dry_run::{Path, Segment};
use serde_json::Value;

use crate::notes;
use crate::place::Place;

/// What is put before a comment.
const MARK: &str = "# ";

/// `text` with a comment above the fields that learners ask for, in every document of a kind that is explained. Nothing else
/// changes: the documents mean what they meant, and [`remove_comments`] gives back what was there. What cannot be read, and what
/// stands between braces or brackets, stays as it is.
#[must_use]
pub fn add_comments(text: &str) -> String {
    let mut insertions = Vec::new();
    for outline in outlines(text, comment_of) {
        let mut said: HashSet<&str> = ours(text, &outline.comments).map(|(_, comment)| comment).collect();
        for entry in &outline.entries {
            if !has_comment_above(&outline.comments, entry) && said.insert(entry.wanted) {
                insertions.push(entry.into());
            }
        }
    }
    insert(text, &insertions)
}

/// `text` without the comments that [`add_comments`] writes, wherever they stand now. Comments of the author stay.
#[must_use]
pub fn remove_comments(text: &str) -> String {
    let mut rest = 0;
    let mut left = String::with_capacity(text.len());
    for outline in outlines(text, no_entries) {
        for (comment, _) in ours(text, &outline.comments) {
            left.push_str(&text[rest..comment.line.start]);
            rest = comment.line.end;
        }
    }
    left + &text[rest..]
}

/// True if one of the comments that [`add_comments`] writes stands in `text`.
#[must_use]
pub fn has_comments(text: &str) -> bool {
    let may_be_ours =
        |line: &str| line.trim_start().strip_prefix(MARK).is_some_and(|words| notes::known_comment(words).is_some());
    text.contains(MARK)
        && text.split(['\n', '\r']).any(may_be_ours)
        && outlines(text, no_entries).any(|outline| ours(text, &outline.comments).next().is_some())
}

/// A comment, and where it goes.
struct Insertion {
    line_start: usize,
    indentation: usize,
    comment: &'static str,
}

impl From<&OutlineEntry<&'static str>> for Insertion {
    fn from(entry: &OutlineEntry<&'static str>) -> Self {
        Self { line_start: entry.line_start, indentation: entry.start - entry.line_start, comment: entry.wanted }
    }
}

fn insert(text: &str, insertions: &[Insertion]) -> String {
    let mut rest = 0;
    let mut longer = String::with_capacity(text.len() + insertions.len() * notes::MAX_COMMENT);
    for Insertion { line_start, indentation, comment } in insertions {
        longer.push_str(&text[rest..*line_start]);
        longer.extend(std::iter::repeat_n(' ', *indentation));
        longer.push_str(MARK);
        longer.push_str(comment);
        longer.push_str(line_break_near(text, *line_start));
        rest = *line_start;
    }
    longer + &text[rest..]
}

/// The lines of the documents of `text` that can be read, with the entries for which `wanted` answers something to the document
/// and the steps in it.
fn outlines<T>(text: &str, wanted: impl Fn(&Value, &[Segment]) -> Option<T>) -> impl Iterator<Item = Outline<T>> {
    let outline = move |parsed: Parsed| parsed.outline(text, |steps| wanted(&parsed.value, steps));
    yaml::documents(text).filter_map(Result::ok).filter_map(outline)
}

/// For whoever asks for the comments alone.
fn no_entries(_: &Value, _: &[Segment]) -> Option<()> {
    None
}

/// Those of the `comments` that are ours, with their words.
fn ours<'a>(text: &'a str, comments: &'a [OutlineComment]) -> impl Iterator<Item = (&'a OutlineComment, &'static str)> {
    comments.iter().filter_map(|comment| {
        let words = text.get(comment.text.clone())?.strip_prefix(MARK)?;
        Some((comment, notes::known_comment(words)?))
    })
}

/// The comment for the field to which the `steps` lead in `document`; of an item of a list of objects, as of an object of its own.
fn comment_of(document: &Value, steps: &[Segment]) -> Option<&'static str> {
    let name = steps.last()?.name()?;
    if !notes::may_have_comment(name) {
        return None;
    }
    let (object, segments) = match steps {
        [items @ Segment::Field(list), item @ Segment::Index(_), rest @ ..] if list == "items" => {
            (Path::from(vec![items.clone(), item.clone()]).find(document)?, rest)
        }
        segments => (document, segments),
    };
    let place = Place::find(Kind::of(object)?, segments).ok()?;
    // An entry of a map is found where its map is.
    let steps = segments.iter().filter(|segment| !matches!(segment, Segment::Index(_))).count();
    let (owner, field) = place.key().filter(|_| place.steps.len() == steps)?;
    notes::use_of(place.holder(), owner, &field)?.comment
}

/// True if the line above that of `entry` is one of the `comments`.
fn has_comment_above<T>(comments: &[OutlineComment], entry: &OutlineEntry<T>) -> bool {
    comments.binary_search_by_key(&entry.line_start, |comment| comment.line.end).is_ok()
}

/// The line break that ends the line that begins at `line_start`, or else the one before.
fn line_break_near(text: &str, line_start: usize) -> &'static str {
    let (before, after) = text.split_at(line_start);
    let following = after.find(['\n', '\r']).map(|end| &after[end..]);
    match following {
        Some(rest) if rest.starts_with("\r\n") => "\r\n",
        Some(rest) if rest.starts_with('\r') => "\r",
        None if before.ends_with("\r\n") => "\r\n",
        _ => "\n",
    }
}

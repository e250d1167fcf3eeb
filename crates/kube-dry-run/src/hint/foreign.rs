//! Lines that are no part of a manifest: what a page, a shell, an editor or another program had around it, and what came along
//! when it was copied.
//!
//! In go lines or names, out come the words that say what they are and what to do. [`MARKS`] is the table of all that is known by a
//! line alone; how it is known stands in a file for each place that such lines come from.

mod diff;
mod numbered;
mod page;
mod sign;
mod terminal;

pub(crate) use self::numbered::numbered;
pub(crate) use self::page::is_fence;

use crate::lines::Lines;

use self::diff::{is_conflict, is_diff};
use self::numbered::are_numbered;
use self::page::{has_entity, is_bold, is_code_block, is_marked, is_page};
use self::sign::{has_slashes, is_bullet, is_left_out, is_separator};
use self::terminal::{is_of_editor, is_output, is_quoted, is_shell};

/// How many bytes of a line are looked at.
const MAX_LINE_BYTES: usize = 512;

/// How many lines at the beginning of a text are looked at for its first one.
const MAX_EMPTY_LINES: usize = 16;

/// Up to which line a command at the beginning of a text is taken for the reason why it cannot be read.
const MAX_BEGINNING: usize = 3;

/// What to do about lines for a shell.
pub(super) const SHELL: &str =
    "There are lines for a shell around this manifest, such as `cat <<EOF | kubectl apply -f -` and `EOF`: remove them.";

const WEB_PAGE: &str = "This is a web page, not a manifest: download the file itself, such as the one behind `Raw`.";

const NUMBERS: &str =
    "The lines begin with their numbers, which came along from a page or an editor: remove them, and leave the indentation.";

const DIFF: &str = "These are the marks of a diff: take the `+` off the lines that it adds, and remove those that begin with `-`, `@@` or `+++`.";

const CODE_BLOCK: &str =
    "This line marks a piece of code on a page, and is no part of the manifest: remove it, and the one at the other end.";

const ESCAPED: &str =
    "The line breaks of this text are written as `\\n`: put real ones in their place, with `printf '%b'` for example.";

/// What marks a line as none of a manifest, and what to do about it.
type Mark = (fn(&str) -> bool, &'static str);

/// All marks; the first that fits counts.
const MARKS: [Mark; 20] = [
    (
        is_conflict,
        "These are the marks of a conflict that Git could not merge: keep one of the two versions, and remove the marks.",
    ),
    (
        is_fence,
        "These are the marks of a code block in Markdown: remove the lines with three backquotes or tildes before and after the manifest.",
    ),
    (is_code_block, CODE_BLOCK),
    (
        |line| line.contains("{{"),
        "This is a Helm template, not a manifest yet: render it with `helm template`, and check what comes out.",
    ),
    (|line| line.contains("{%"), "This is a template, not a manifest yet: let its program fill it in, and check what comes out."),
    (is_diff, DIFF),
    (is_shell, SHELL),
    (is_output, "This line is what a program said, and no part of the manifest: remove it."),
    (is_of_editor, "This is what an editor shows around a text, and no part of the manifest: remove it."),
    (
        is_quoted,
        "The lines begin with the `>` of a shell or of a mail: take it off each of them, and leave the indentation behind it.",
    ),
    (has_entity, "`&quot;`, `&gt;` and the like are how a web page writes `\"` and `>`: write the characters themselves."),
    (is_left_out, "The dots stand for something that was left out: write what belongs there, or remove them."),
    (has_slashes, "A comment begins with `#` in YAML, and JSON has none: remove what stands behind `//` or `/*`."),
    (is_separator, "Documents are separated by `---`: three hyphens at the beginning of a line, and nothing behind them."),
    (is_bullet, "An item of a list begins with `- `, a hyphen and a space: write that instead of the bullet."),
    (is_bold, "The stars are those of a text in Markdown, and mean something else to YAML: remove them."),
    (|line| line.starts_with('`'), "The backquotes around the manifest are those of a page: remove them."),
    (|line| line.contains('：'), "`：` is no colon to YAML: write `:` and a space."),
    (is_escaped, ESCAPED),
    (
        |line| line.contains("apiVersion: ") && line.contains(" kind: "),
        "The line breaks of this manifest are lost: copy it once more, with its lines.",
    ),
];

/// What to do about lines that are no part of a manifest, where the text of `lines` cannot be read from line `number` on; `near`
/// are the last line before it with something in it, and itself.
pub(super) fn around<'a>(lines: &Lines, number: usize, near: impl Iterator<Item = &'a str> + Clone) -> Option<&'static str> {
    let first = (1..=MAX_EMPTY_LINES).map(|number| beginning(lines.rest(number, 1))).find(|line| !line.trim().is_empty());
    let first = first.unwrap_or_default();
    if is_page(first) {
        return Some(WEB_PAGE);
    }
    if are_numbered(lines, number) {
        return Some(NUMBERS);
    }
    let is_beginning = number <= MAX_BEGINNING && is_shell(first);
    mark(near).or(is_beginning.then_some(SHELL))
}

/// What to do about lines that are no part of a manifest, where the document ends in front of line `number`.
pub(crate) fn of_unread(lines: &Lines, number: usize) -> Option<&'static str> {
    let near = (number.saturating_sub(1).max(1)..number + 2).map(|number| beginning(lines.rest(number, 1)));
    let is_separator = |line: &str| line.starts_with("---");
    if are_numbered(lines, number) { Some(NUMBERS) } else { mark(near.filter(|line| !is_separator(line))) }
}

/// The words about the first mark that one of the lines `near` has.
fn mark<'a>(near: impl Iterator<Item = &'a str> + Clone) -> Option<&'static str> {
    MARKS.iter().find(|(is_it, _)| near.clone().any(is_it)).map(|(_, words)| *words)
}

/// What to do about a text that is one string to YAML.
pub(super) fn of_text(text: &str) -> Option<&'static str> {
    let first = beginning(text.trim_start()).lines().next().unwrap_or_default();
    match () {
        () if is_page(first) => Some(WEB_PAGE),
        () if first.starts_with("apiVersion:") && text.contains('\n') => {
            Some("The manifest stands in quotes, as one string: take them away, and write its `\\n` as real line breaks.")
        }
        () => mark(std::iter::once(first)),
    }
}

/// What to do about the fields of a document whose names have something in front of them.
pub(super) fn of_names(names: &[&str]) -> Option<&'static str> {
    let is_field = |name: &str| matches!(name, "apiVersion" | "kind" | "metadata" | "spec");
    let is_numbered = |name: &str| numbered(name).is_some_and(|(_, rest)| is_field(rest));
    let is_added = |name: &str| name.strip_prefix('+').is_some_and(|name| is_field(name.trim_start()));
    match () {
        () if names.iter().any(|name| is_numbered(name)) => Some(NUMBERS),
        () if names.iter().any(|name| is_added(name)) => Some(DIFF),
        () if names.iter().any(|name| is_marked(name)) => Some(CODE_BLOCK),
        () => None,
    }
}

/// As much of a line as is looked at.
pub(super) fn beginning(line: &str) -> &str {
    &line[..line.floor_char_boundary(MAX_LINE_BYTES)]
}

/// True of a line for a shell, of what a program said, and of what an editor shows.
pub(crate) fn is_none_of_manifest(line: &str) -> bool {
    let line = beginning(line);
    is_shell(line) || is_output(line) || is_of_editor(line)
}

/// True of a line of several whose breaks are escaped.
fn is_escaped(line: &str) -> bool {
    line.matches("\\n").count() > 1 && line.contains("apiVersion: ")
}

#[cfg(test)]
mod tests;

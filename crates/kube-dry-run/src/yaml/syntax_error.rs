//! What to say of a text that is not YAML.

use super::budget::too_many_nodes;
use super::chunks::Chunk;
use super::line_breaks::{advance, is_line_break};
use super::read::{ReadError, TOO_DEEP, TOO_LARGE};
use super::{MAX_DEPTH, Position};

/// Why a text is no YAML that the API server would read, and where.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}, column {column}: {message}")]
pub struct SyntaxError {
    /// The line, counted from one.
    pub line: usize,
    /// The column, counted in characters from one.
    pub column: usize,
    /// What is wrong there, in words for people who do not know the parser.
    pub message: String,
    /// True if nothing is wrong, but there is more than is read here.
    pub is_too_much: bool,
}

impl SyntaxError {
    pub(super) fn new(at: Position, message: impl Into<String>) -> Self {
        Self { line: at.line, column: at.column, message: message.into(), is_too_much: false }
    }

    /// More stands from `at` on than is read here.
    pub(super) fn too_much(at: Position, message: impl Into<String>) -> Self {
        Self { is_too_much: true, ..Self::new(at, message) }
    }

    /// What the parser found wrong with `chunk`.
    pub(super) fn of_reader(error: &ReadError, chunk: Chunk<'_>) -> Self {
        let text = chunk.without_mark().text;
        let begun = error.context.map_or(error.at, |(_, at)| at);
        let rest = &text[error.offset..];
        match error.problem {
            TOO_DEEP => Self::too_deep(error.at),
            TOO_LARGE => too_many_nodes(error.at),
            problem if TABS.contains(&problem) => Self::new(error.at, TAB),
            "found character that cannot start any token" if rest.starts_with('\t') => Self::new(error.at, TAB),
            problem if rest.starts_with(':') && KEYS.contains(&problem) && is_long_key(&text[..error.offset]) => {
                Self::new(error.at, "the key that ends here is longer than 1024 characters: it needs a `?` before it")
            }
            "could not find expected ':'" => Self::new(begun, "expected a `:` after this key"),
            "found unexpected end of stream" => Self::new(begun, "the quote that opens here is never closed"),
            "found unexpected document indicator" => {
                Self::new(begun, "the quote that opens here is not closed before the document ends")
            }
            problem => match error.bracket.filter(|_| rest.is_empty()) {
                Some(bracket) => Self::new(bracket, "the bracket that opens here is never closed"),
                None if rest.is_empty() => Self::new(end_of(chunk), in_plain_words(problem)),
                None => Self::new(error.at, in_plain_words(problem)),
            },
        }
    }

    /// More objects and lists inside of each other than are read.
    pub(super) fn too_deep(at: Position) -> Self {
        Self::too_much(at, format!("objects and lists are nested more than {MAX_DEPTH} deep"))
    }
}

/// What the parser says of a colon that is too far from the start of its key.
const KEYS: [&str; 3] =
    ["could not find expected ':'", "mapping values are not allowed in this context", "did not find expected ',' or '}'"];

/// True if `before` ends in a key on whose colon the parser has given up.
fn is_long_key(before: &str) -> bool {
    before.rsplit(is_line_break).next().is_some_and(|line| line.len() > MAX_KEY_LENGTH)
}

/// How many characters the colon of a key may stand behind its start.
const MAX_KEY_LENGTH: usize = 1024;

/// Where the text of `chunk` ends, without the blanks at its end.
fn end_of(chunk: Chunk<'_>) -> Position {
    advance(Position { line: chunk.lines_before + 1, column: 1 }, chunk.without_mark().text.trim_end())
}

/// What to say of tabs.
const TAB: &str = "found a tab: YAML is indented with spaces only";

/// What the parser says of tabs.
const TABS: [&str; 2] =
    ["found a tab character where an indentation space is expected", "found a tab character that violates indentation"];

/// The complaints that learners meet most, said with what to do; all others as libyaml words them.
fn in_plain_words(problem: &str) -> &str {
    match problem {
        "mapping values are not allowed in this context" => {
            "a `key: value` is not allowed here: check the indentation, and quote a string that contains `: `"
        }
        "did not find expected key" => "expected a key here: check the indentation of this line and of the one before it",
        "did not find expected '-' indicator" => {
            "expected a `-` here: check the indentation of this line and of the list before it"
        }
        "block sequence entries are not allowed in this context" => {
            "a list item is not allowed here: begin a new line for its `-`"
        }
        "did not find expected <document start>" => {
            "expected `---` here: leave out a directive such as `%YAML 1.1`, which kubectl cuts off from its document"
        }
        "did not find expected node content" => "expected a value here",
        "found character that cannot start any token" => "a string may not begin with this character: put it in quotes",
        "did not find expected alphabetic or numeric character" => {
            "expected a name here: quote a string that begins with `*` or `&`"
        }
        other => other,
    }
}

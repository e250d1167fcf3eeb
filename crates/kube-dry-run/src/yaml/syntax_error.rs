//! What to say of a text that is not YAML.

use saphyr_parser::ScanError;

use super::Position;
use super::chunks::Chunk;
use super::repair::Repairs;

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
}

impl SyntaxError {
    pub(super) fn new(at: Position, message: impl Into<String>) -> Self {
        Self { line: at.line, column: at.column, message: message.into() }
    }

    /// A line that is indented with a tab.
    pub(super) fn tab(line: usize) -> Self {
        Self::new(Position { line, column: 1 }, TAB)
    }

    /// The parser's complaint about `chunk`, whose text went through `repairs`.
    pub(super) fn of_parser(error: &ScanError, chunk: Chunk<'_>, repairs: &Repairs) -> Self {
        let marker = error.marker();
        let is_tab = TABS.contains(&error.info());
        let tab = if is_tab { indenting_tab(chunk.text, marker.line()) } else { None };
        let line = marker.line();
        let at = tab.unwrap_or_else(|| Position { line, column: repairs.original_column(line, marker.col() + 1) });
        let message = if is_tab { TAB } else { in_plain_words(error.info()) };
        Self::new(Position { line: at.line + chunk.lines_before, ..at }, message)
    }
}

/// What to say of tabs.
const TAB: &str = "found a tab: YAML is indented with spaces only";

/// What the parser says of tabs.
const TABS: [&str; 5] = [
    "tabs disallowed within this context (block indentation)",
    "tabs disallowed in this context",
    "tab cannot be used as indentation",
    "a block scalar content cannot start with a tab",
    "while scanning a plain scalar, found a tab",
];

/// The first tab in the indentation of `first_line` or of a line after it; the parser names the line before it at times.
fn indenting_tab(text: &str, first_line: usize) -> Option<Position> {
    text.lines().enumerate().skip(first_line.saturating_sub(1)).find_map(|(index, line)| {
        let column = line.find(|character| character != ' ')?;
        line[column..].starts_with('\t').then_some(Position { line: index + 1, column: column + 1 })
    })
}

/// The complaints that learners meet most, said with what to do; all others as the parser words them.
fn in_plain_words(info: &str) -> &str {
    match info {
        "mapping values are not allowed in this context" => {
            "a `key: value` is not allowed here: check the indentation, and quote a text that contains `: `"
        }
        "simple key expect ':'" | "simple key expected" => "expected a `:` after this key",
        "while parsing a block mapping, did not find expected key" => {
            "expected a key here: check the indentation of this line and of the one before it"
        }
        "while parsing a block collection, did not find expected '-' indicator" => {
            "expected a `-` here: check the indentation of this line and of the list before it"
        }
        "while parsing node, found unknown anchor" => {
            "an alias to an anchor that this document does not define: quote a text that begins with `*`"
        }
        "while scanning a quoted scalar, found unexpected end of stream" => "the quote that opens here is never closed",
        "did not find expected <document start>" => {
            "expected `---` here: leave out a directive such as `%YAML 1.1`, which kubectl cuts off from its document"
        }
        "recursion limit exceeded" => "brackets are nested too deeply",
        other => other,
    }
}

//! A stream of documents, cut where kubectl cuts it.

use super::{Position, SyntaxError, line_breaks};

/// A part of a text between two separator lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Chunk<'a> {
    /// The part itself.
    pub(super) text: &'a str,
    /// How many bytes of the whole text stand before it.
    pub(super) start: usize,
    /// How many lines of the whole text stand before it.
    pub(super) lines_before: usize,
}

impl<'a> Chunk<'a> {
    /// The whole of `text`, without a byte order mark in front.
    pub(super) fn of_text(text: &'a str) -> Self {
        Self { text, start: 0, lines_before: 0 }.without_mark()
    }

    /// The chunk without a byte order mark in front, which belongs to no line.
    pub(super) fn without_mark(self) -> Self {
        let text = self.text.strip_prefix('\u{feff}').unwrap_or(self.text);
        Self { text, start: self.start + self.text.len() - text.len(), ..self }
    }
}

/// The parts of a text between lines that hold `---` and nothing but blanks or a comment after it, as `YAMLReader` of
/// `k8s.io/apimachinery/pkg/util/yaml` (v1.35) cuts them. A mistake in one part leaves the others readable. So a directive
/// (`%YAML 1.1`) is cut off from its document; comments in front stay with theirs.
///
/// A line that holds something else after its `---` is a mistake that ends the reading.
#[derive(Clone, Debug)]
pub(super) struct Chunks<'a> {
    rest: Option<Chunk<'a>>,
}

impl<'a> Chunks<'a> {
    /// The parts of `whole`.
    pub(super) fn of(whole: Chunk<'a>) -> Self {
        Self { rest: Some(whole) }
    }
}

impl<'a> Iterator for Chunks<'a> {
    type Item = Result<Chunk<'a>, SyntaxError>;

    fn next(&mut self) -> Option<Self::Item> {
        let whole = self.rest.take()?;
        let content = content_start(whole.text);
        for start in dashed_lines(whole.text) {
            let line = whole.text[start..].split_inclusive('\n').next().unwrap_or_default();
            let line_number = || whole.lines_before + line_breaks::count(&whole.text[..start]) + 1;
            if !is_separator(line) {
                return Some(Err(SyntaxError::new(Position { line: line_number(), column: 1 }, OCCUPIED)));
            }
            if start > content {
                let end = start + line.len();
                self.rest = Some(Chunk { text: &whole.text[end..], start: whole.start + end, lines_before: line_number() });
                return Some(Ok(Chunk { text: &whole.text[..start], ..whole }));
            }
        }
        Some(Ok(whole))
    }
}

const OCCUPIED: &str = "kubectl takes nothing but a comment after the `---` that separates documents: begin a new line there";

/// Where the lines begin that begin with `---`.
fn dashed_lines(text: &str) -> impl Iterator<Item = usize> {
    let first = text.starts_with("---").then_some(0);
    first.into_iter().chain(text.match_indices("\n---").map(|(line_break, _)| line_break + 1))
}

/// Where the first line begins that is neither blank nor a comment.
fn content_start(text: &str) -> usize {
    let is_before = |line: &&str| line.starts_with('#') || line.trim().is_empty();
    text.split_inclusive('\n').take_while(is_before).map(str::len).sum()
}

fn is_separator(line: &str) -> bool {
    line.strip_prefix("---").is_some_and(|rest| {
        let rest = rest.trim();
        rest.is_empty() || rest.starts_with('#')
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> Vec<(&str, usize)> {
        Chunks::of(Chunk::of_text(text)).map(|chunk| chunk.unwrap()).map(|chunk| (chunk.text, chunk.lines_before)).collect()
    }

    #[test]
    fn separators_stand_alone_on_their_line() {
        assert_eq!(cut("a\n---\nb\n--- # c\r\nc"), [("a\n", 0), ("b\n", 2), ("c", 4)]);
        assert_eq!(cut("a: |\n  ---\n"), [("a: |\n  ---\n", 0)]);
        assert_eq!(cut("a\n---\n"), [("a\n", 0), ("", 2)]);
        let starts = |text| Chunks::of(Chunk::of_text(text)).map(|chunk| chunk.unwrap().start).collect::<Vec<_>>();
        assert_eq!(starts("\u{feff}a\n---\nb\n--- # c\r\nc"), [3, 9, 20]);
        assert_eq!(cut("a\rb\r\n---\nc"), [("a\rb\r\n", 0), ("c", 3)]);
        assert_eq!(cut("a\u{85}b\n---\nc"), [("a\u{85}b\n", 0), ("c", 3)]);
    }

    #[test]
    fn a_directive_stands_alone() {
        assert_eq!(cut("%YAML 1.1\n---\na"), [("%YAML 1.1\n", 0), ("a", 2)]);
        assert_eq!(cut("# c\n\n---\na\n---\nb"), [("# c\n\n---\na\n", 0), ("b", 5)]);
    }

    #[test]
    fn something_after_the_separator_ends_the_reading() {
        let read: Vec<_> = Chunks::of(Chunk::of_text("a\n---\nb\n--- c\n---\nd")).collect();
        assert_eq!(read[0], Ok(Chunk { text: "a\n", start: 0, lines_before: 0 }));
        assert_eq!(read[1], Err(SyntaxError::new(Position { line: 4, column: 1 }, OCCUPIED)));
        assert_eq!(read.len(), 2);
    }
}

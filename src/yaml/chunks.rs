//! A stream of documents, cut where kubectl cuts it.

/// A part of a text between two separator lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Chunk<'a> {
    /// The part itself.
    pub(super) text: &'a str,
    /// How many lines of the whole text stand before it.
    pub(super) lines_before: usize,
}

/// The parts of `text` between lines that hold `---` and nothing but blanks or a comment after it, as `YAMLReader` of
/// `k8s.io/apimachinery/pkg/util/yaml` (v1.35) cuts them. A mistake in one part leaves the others readable.
///
/// Unlike there, directives (`%YAML 1.1`) stay together with the document they belong to.
pub(super) fn chunks(text: &str) -> impl Iterator<Item = Chunk<'_>> {
    let mut rest = Some(Chunk { text, lines_before: 0 });
    std::iter::from_fn(move || {
        let whole = rest?;
        let (end, next, lines) = first_cut(whole.text);
        rest = next.map(|start| Chunk { text: &whole.text[start..], lines_before: whole.lines_before + lines });
        Some(Chunk { text: &whole.text[..end], ..whole })
    })
}

/// Where the first part of `text` ends, where the next begins, and how many lines lie before that.
fn first_cut(text: &str) -> (usize, Option<usize>, usize) {
    let content = content_start(text);
    let line_starts = text.match_indices("\n---").map(|(line_break, _)| line_break + 1).filter(|start| *start > content);
    for start in line_starts {
        let line = text[start..].split_inclusive('\n').next().unwrap_or_default();
        if is_separator(line) {
            return (start, Some(start + line.len()), line_breaks(&text[..start]) + 1);
        }
    }
    (text.len(), None, 0)
}

/// Where the first line begins that is neither blank nor a comment nor a directive.
fn content_start(text: &str) -> usize {
    let before = |line: &&str| line.starts_with(['%', '#']) || line.trim().is_empty();
    text.split_inclusive('\n').take_while(before).map(str::len).sum()
}

/// How many lines `text` ends; the parser counts a lone `\r` too.
fn line_breaks(text: &str) -> usize {
    let lone_carriage_returns = text.matches('\r').count() - text.matches("\r\n").count();
    text.matches('\n').count() + lone_carriage_returns
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
        chunks(text).map(|chunk| (chunk.text, chunk.lines_before)).collect()
    }

    #[test]
    fn separators_stand_alone_on_their_line() {
        assert_eq!(cut("a\n---\nb\n--- # c\r\nc"), [("a\n", 0), ("b\n", 2), ("c", 4)]);
        assert_eq!(cut("a: |\n  ---\n---x\n"), [("a: |\n  ---\n---x\n", 0)]);
        assert_eq!(cut("a\n---\n"), [("a\n", 0), ("", 2)]);
        assert_eq!(cut("a\rb\r\n---\nc"), [("a\rb\r\n", 0), ("c", 3)]);
    }

    #[test]
    fn what_stands_before_a_document_belongs_to_it() {
        assert_eq!(cut("%YAML 1.1\n# c\n\n---\na"), [("%YAML 1.1\n# c\n\n---\na", 0)]);
    }
}

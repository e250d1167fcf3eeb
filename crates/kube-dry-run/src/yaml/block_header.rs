//! Where a block scalar begins: the parser gives the place of its first content, people look for its `|`.

use super::Position;

/// The place of the `|` or `>` of a scalar that the parser places at `start`, in a text of `lines`; `start` itself if there is
/// none. A scalar without `content` is placed at its header if it ends the text.
pub(super) fn header_of(lines: &[&str], start: Position, content: &str) -> Position {
    let above = lines.get(..start.line.saturating_sub(1)).unwrap_or_default();
    let header = above.iter().enumerate().rev().find(|(_, line)| !line.trim().is_empty());
    let is_there = content.trim().is_empty() && stands_at_header(lines, start);
    header
        .filter(|_| !is_there)
        .and_then(|(index, line)| Some(Position { line: index + 1, column: header_column(line)? }))
        .unwrap_or(start)
}

fn stands_at_header(lines: &[&str], at: Position) -> bool {
    let line = lines.get(at.line.saturating_sub(1)).copied().unwrap_or_default();
    header_column(line) == Some(at.column)
}

fn header_column(line: &str) -> Option<usize> {
    let is_header = |rest: &str| {
        let rest = rest.trim_start_matches(['+', '-', '1', '2', '3', '4', '5', '6', '7', '8', '9']);
        rest.trim().is_empty() || rest.trim_start().starts_with('#') && rest.starts_with([' ', '\t'])
    };
    let (at, _) = line.match_indices(['|', '>']).find(|(at, _)| is_header(&line[at + 1..]))?;
    Some(line[..at].chars().count() + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_header_is_found_above_the_content() {
        let lines = ["a|b: |- # c", "", "  text", "- >2", "    x"];
        let find = |line, column| header_of(&lines, Position { line, column }, if line == 4 { "" } else { "text" });
        assert_eq!(find(3, 3), Position { line: 1, column: 6 });
        assert_eq!(find(5, 3), Position { line: 4, column: 3 });
        assert_eq!(find(4, 3), Position { line: 4, column: 3 });
        assert_eq!(find(9, 1), Position { line: 9, column: 1 });
    }
}

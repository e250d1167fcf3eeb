//! Where a block scalar begins: the parser gives the place of its first content, people look for its `|`.

use super::Position;

/// The place of the `|` or `>` whose content begins at `content`, in a text of `lines`; `content` itself if there is none.
pub(super) fn header_of(lines: &[&str], content: Position) -> Position {
    let above = lines.get(..content.line.saturating_sub(1)).unwrap_or_default();
    let header = above.iter().enumerate().rev().find(|(_, line)| !line.trim().is_empty());
    header
        .and_then(|(index, line)| Some(Position { line: index + 1, column: header_column(line)? }))
        .filter(|_| !stands_at_header(lines, content))
        .unwrap_or(content)
}

fn stands_at_header(lines: &[&str], at: Position) -> bool {
    let line = lines.get(at.line.saturating_sub(1)).copied().unwrap_or_default();
    line.chars().nth(at.column.saturating_sub(1)).is_some_and(|character| matches!(character, '|' | '>'))
        && header_column(line) == Some(at.column)
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
        let find = |line, column| header_of(&lines, Position { line, column });
        assert_eq!(find(3, 3), Position { line: 1, column: 6 });
        assert_eq!(find(5, 3), Position { line: 4, column: 3 });
        assert_eq!(find(4, 3), Position { line: 4, column: 3 });
        assert_eq!(find(9, 1), Position { line: 9, column: 1 });
    }
}

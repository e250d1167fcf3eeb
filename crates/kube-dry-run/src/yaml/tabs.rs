//! Tabs that the API server's reader refuses and ours does not see.

use saphyr_parser::{Event, Parser, ScalarStyle, Span};

/// The first line, counted from one, of a readable text that is indented with a tab, or begins with one if it has nothing
/// else but a comment, outside of brackets and scalars. `go.yaml.in/yaml/v2` takes the tab for the beginning of a value
/// there (`yaml_parser_scan_to_next_token`).
pub(super) fn stray_tab(text: &str) -> Option<usize> {
    let mut lines = tab_lines(text).peekable();
    lines.peek()?;
    let characters: Vec<char> = text.chars().collect();
    let mut covered = covered_lines(text, &characters);
    let mut cover = covered.next();
    lines.find(|line| {
        while cover.is_some_and(|(_, last)| last < *line) {
            cover = covered.next();
        }
        cover.is_none_or(|(first, _)| *line <= first)
    })
}

fn tab_lines(text: &str) -> impl Iterator<Item = usize> {
    let lines = if text.contains('\t') { text } else { "" }.lines().enumerate();
    lines.filter_map(|(index, line)| {
        let rest = line.trim_start_matches([' ', '\t']);
        let has_content = !rest.is_empty() && !rest.starts_with('#');
        let is_indented = has_content && line[..line.len() - rest.len()].contains('\t');
        let follows_dash = is_dash_and_tab(rest);
        (is_indented || follows_dash || line.starts_with('\t') && !has_content).then_some(index + 1)
    })
}

/// True of an item whose dash is followed by a tab.
fn is_dash_and_tab(item: &str) -> bool {
    let dashes = item.trim_start_matches(['-', ' ']);
    dashes.starts_with('\t') && item.starts_with('-') && !item.starts_with("--") && !dashes.trim_start().is_empty()
}

/// The first and last lines of all scalars and outermost brackets; the parser places a block scalar at its content.
fn covered_lines<'a>(text: &'a str, characters: &'a [char]) -> impl Iterator<Item = (usize, usize)> + 'a {
    let mut open = Vec::new();
    let mut first = 0;
    Parser::new_from_str(text).map_while(Result::ok).filter_map(move |(event, span)| match event {
        Event::Scalar(_, ScalarStyle::Literal | ScalarStyle::Folded, ..) => {
            Some((span.start.line() - 1, span.end.line() - usize::from(span.end.col() == 0)))
        }
        Event::Scalar(..) if !open.contains(&true) => Some((span.start.line(), span.end.line())),
        Event::SequenceStart(..) | Event::MappingStart(..) => {
            let is_bracket = is_bracket(characters, span);
            if is_bracket && !open.contains(&true) {
                first = span.start.line();
            }
            open.push(is_bracket);
            None
        }
        Event::SequenceEnd | Event::MappingEnd => {
            let closes_bracket = open.pop() == Some(true) && !open.contains(&true);
            closes_bracket.then(|| (first, span.end.line()))
        }
        _ => None,
    })
}

fn is_bracket(characters: &[char], span: Span) -> bool {
    let last = span.end.index().checked_sub(1).and_then(|index| characters.get(index));
    span.start != span.end && matches!(last, Some('[' | '{'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_of_a_tab_is_refused_outside_of_brackets_and_scalars() {
        for (text, line) in [
            ("a:\n  b: 1\n\t\n  c: 2\n", 3),
            ("\t# c\na: 1", 1),
            ("a: 'x'\n\t", 2),
            ("a: [\n\t\n 1]\n\t\n", 4),
            ("a:\n  b:\n   \t c: 1", 3),
            ("a:\n-\tb", 2),
            ("a:\n  - \tb: c", 2),
        ] {
            assert_eq!(stray_tab(text), Some(line), "{text}");
        }
        for text in [
            "a: 1\t\n",
            "{\n\t\n\"a\": 1\n}",
            "a: |\n  x\n  \t\n",
            "a: |\n  \tx",
            "a: x\n  \t y\nb: z",
            "a: 1\n \t# c",
            "a: [{\n\t\n }\n\t\n ]",
        ] {
            assert_eq!(stray_tab(text), None, "{text}");
        }
    }
}

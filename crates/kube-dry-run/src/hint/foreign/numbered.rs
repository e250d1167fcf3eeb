//! The numbers of lines, which come along where a text is copied from a page or an editor.

use super::beginning;
use crate::lines::Lines;

/// True if the lines around `number` begin with their numbers.
pub(super) fn are_numbered(lines: &Lines, number: usize) -> bool {
    let of = |number: usize| numbered(beginning(lines.rest(number, 1)));
    let has_words = |rest: &str| rest.contains(|character: char| character.is_ascii_alphabetic());
    let follow = |one: usize, two: usize| match (of(one), of(two)) {
        (Some((first, text)), Some((second, next))) => {
            // Numbers that stand alone are those of a column of a table, each on a line of its own.
            second == first + 1 && (has_words(text) || has_words(next) || two == one + 2 && text.is_empty() && next.is_empty())
        }
        _ => false,
    };
    let before = number.saturating_sub(1);
    [(before, number), (number, number + 1), (before, number + 1), (number, number + 2)]
        .into_iter()
        .any(|(one, two)| follow(one, two))
}

/// The number at the beginning of a line, and what stands behind it and its mark.
pub(crate) fn numbered(line: &str) -> Option<(usize, &str)> {
    const SIGNS: [char; 7] = [' ', '\t', '.', ':', ')', '|', '│'];
    let line = line.trim_start();
    let digits = line.len() - line.trim_start_matches(|character: char| character.is_ascii_digit()).len();
    let (number, rest) = line.split_at(digits);
    let has_mark = rest.is_empty() || rest.starts_with(SIGNS);
    Some((number.parse().ok().filter(|_| has_mark)?, rest.trim_start_matches(SIGNS)))
}

//! Tabs, and spaces that are none to YAML.

use serde_json::Value;

use super::{are_accepted, values};
use crate::hint::spaces::{is_odd_space, is_seen};
use crate::yaml::{self, SyntaxError};

/// How many bytes are read, again and again, to find where tabs stand in the way.
const MAX_READ_BYTES: usize = 1 << 20;

/// How many columns a tab may stand for.
const WIDTHS: [usize; 3] = [2, 4, 8];

/// The text with ordinary spaces before its lines, and around the colons of its keys.
pub(super) fn with_spaces(text: &str) -> Option<String> {
    text.contains(is_odd_space).then(|| text.split_inclusive('\n').map(line_with_spaces).collect())
}

fn line_with_spaces(line: &str) -> String {
    let is_before = |character: char| character == '-' || character.is_whitespace() || is_odd_space(character);
    let start = line.find(|character| !is_before(character)).unwrap_or(line.len());
    let (before, rest) = line.split_at(start);
    // A quoted string may mean them.
    if rest.contains(['"', '\'']) {
        return ordinary(before) + rest;
    }
    let Some(colon) = rest.find(':').map(|at| at + 1) else { return ordinary(before) + rest };
    let (key, value) = rest.split_at(colon);
    let start = value.find(|character: char| !is_odd_space(character) && !character.is_whitespace()).unwrap_or(value.len());
    let end = value.trim_end_matches(|character: char| is_odd_space(character) || character.is_whitespace()).len().max(start);
    [&ordinary(before), key, &ordinary(&value[..start]), &value[start..end], &ordinary(&value[end..])].concat()
}

/// Spaces in the place of what looks like some, without what cannot be seen.
fn ordinary(blanks: &str) -> String {
    let plain = |character: char| match character {
        odd if is_seen(odd) => Some(' '),
        odd if is_odd_space(odd) => None,
        other => Some(other),
    };
    blanks.chars().filter_map(plain).collect()
}

/// The text with spaces in the place of the tabs that keep it from being read, if all widths of a tab with which it can be read
/// mean the same, or all with which it is accepted.
pub(super) fn without_tabs(text: &str) -> Option<String> {
    if !text.contains('\t') {
        return None;
    }
    let read = |width: usize| with_width(text, width).and_then(|text| Some((values(&text)?, text)));
    let mut readable: Vec<_> = WIDTHS.into_iter().filter_map(read).collect();
    let mean_the_same = |all: &[(Vec<Value>, String)]| all.windows(2).all(|pair| pair[0].0 == pair[1].0);
    if !mean_the_same(&readable) {
        readable.retain(|(values, _)| are_accepted(values));
    }
    mean_the_same(&readable).then(|| readable.into_iter().next()).flatten().map(|(_, text)| text)
}

/// The text with tabs of `width` columns before its lines, and wherever else they are in the way.
fn with_width(text: &str, width: usize) -> Option<String> {
    let indented = |line: &str| if line.starts_with('\t') { expanded(line, width) } else { line.to_owned() };
    let mut text: String = text.split_inclusive('\n').map(indented).collect();
    for _ in 0..MAX_READ_BYTES / text.len().max(1) {
        match yaml::parse(&text) {
            Ok(_) => return Some(text),
            Err(error) => text = without_tab_at(&text, &error, width)?,
        }
    }
    None
}

/// The line with spaces up to the next multiple of `width` in the place of each tab before its text.
fn expanded(line: &str, width: usize) -> String {
    let text = line.trim_start_matches([' ', '\t']);
    let column = |column: usize, blank: u8| if blank == b'\t' { (column / width + 1) * width } else { column + 1 };
    let columns = line.as_bytes()[..line.len() - text.len()].iter().fold(0, |at, blank| column(at, *blank));
    " ".repeat(columns) + text
}

/// The text without the tabs in the line of `error`; `None` if none is there.
fn without_tab_at(text: &str, error: &SyntaxError, width: usize) -> Option<String> {
    let start = text.split_inclusive('\n').take(error.line - 1).map(str::len).sum::<usize>();
    let (before, rest) = text.split_at(start);
    let end = rest.find('\n').unwrap_or(rest.len());
    let (line, after) = rest.split_at(end);
    let blanks = line.len() - line.trim_start_matches([' ', '\t', '-']).len();
    if !line[..blanks].contains('\t') {
        return None;
    }
    let is_indented = line[..line.len() - line.trim_start().len()].contains('\t');
    let line = if is_indented { expanded(line, width) } else { line[..blanks].replace('\t', " ") + &line[blanks..] };
    Some([before, &line, after].concat())
}

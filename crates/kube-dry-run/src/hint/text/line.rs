//! The mistakes that can be seen in a line alone.

use crate::hint::manifest::is_word;

/// The name of the anchor in a line.
pub(super) fn anchor(line: &str) -> Option<&str> {
    let (before, rest) = line.split_once('&')?;
    let name = rest.split(' ').next().filter(|name| is_word(name))?;
    before.ends_with(' ').then_some(name)
}

/// True of `%NAME%` and `@NAME@`.
pub(super) fn is_placeholder(value: &str) -> bool {
    let inside = ['%', '@'].iter().find_map(|sign| value.strip_prefix(*sign)?.strip_suffix(*sign));
    inside.is_some_and(|name| !name.is_empty() && is_word(name))
}

/// What stands behind a dash without a space: `-name: web`.
pub(super) fn dash_without_space(line: &str) -> Option<&str> {
    let item = line.trim().strip_prefix('-')?;
    item.starts_with(|character: char| character.is_ascii_alphabetic()).then_some(item)
}

/// The name and the value of `name:value`, where a space is missing.
pub(super) fn without_space(line: &str) -> Option<(&str, &str)> {
    let line = line.trim().trim_start_matches("- ").trim_start();
    let (name, value) = line.split_once(':')?;
    let is_joined = !value.is_empty() && !value.starts_with([' ', '/', ':']);
    (is_word(name) && is_joined).then_some((name, value))
}

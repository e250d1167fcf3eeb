//! Spaces that are none to YAML.

use super::Hint;
use super::context::Context;
use crate::change::Change;
use crate::finding::{Finding, Fix};
use crate::rule::Rule;

/// True of a character that looks like a space, or like nothing, and is no blank to YAML.
pub(crate) fn is_odd_space(character: char) -> bool {
    matches!(character, '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}') || !character.is_ascii() && character.is_whitespace()
}

/// True of an unknown field that has such characters in its name.
pub(super) fn has_odd_spaces(finding: &Finding) -> bool {
    finding.rule == Rule::UNKNOWN_FIELD && finding.place.name().is_some_and(|name| name.contains(is_odd_space))
}

/// What `text` would be with ordinary spaces, without those around it.
pub(super) fn without_odd_spaces(text: &str) -> String {
    let ordinary: String = text.chars().map(|character| if is_odd_space(character) { ' ' } else { character }).collect();
    ordinary.trim().to_owned()
}

/// What `name` is without the spaces and quotes around it that are none to YAML.
pub(crate) fn without_odd_marks(name: &str) -> String {
    without_odd_spaces(name).trim_matches(QUOTES).to_owned()
}

/// What to do about a value with such characters in it.
pub(super) fn in_value(finding: &Finding, context: &Context<'_>) -> Option<Hint> {
    let is_of_value = matches!(finding.rule, Rule::INVALID | Rule::KIND | Rule::NOT_SUPPORTED | Rule::NOT_FOUND | Rule::DECODE);
    let written = context.string(&finding.place).filter(|written| is_of_value && written.len() <= MAX_VALUE)?;
    let words = if written.contains(is_odd_space) {
        "There are no-break spaces in this, or characters that cannot be seen at all: remove them."
    } else if written.starts_with(QUOTES) {
        "The quotes around this are typographic ones, which YAML takes for letters: write `\"`, or leave them out."
    } else {
        return None;
    };
    let plain = without_odd_marks(written);
    let fix = Fix {
        title: format!("Write {plain}"),
        is_safe: finding.rule != Rule::NOT_FOUND && is_in_quotes(written),
        changes: vec![Change::Set(finding.place.clone(), plain.as_str().into())],
    };
    Some(Hint::new(words).with_fix((!plain.is_empty()).then_some(fix)))
}

/// True of a value between two quotes, with neither others nor odd spaces in it.
fn is_in_quotes(written: &str) -> bool {
    let inside = written.strip_prefix(QUOTES).and_then(|written| written.strip_suffix(QUOTES));
    inside.is_some_and(|inside| !inside.contains(QUOTES) && !inside.contains(is_odd_space))
}

/// How long a value may be that is looked at.
const MAX_VALUE: usize = 256;

/// Quotes that are none to YAML.
pub(super) const QUOTES: [char; 11] = ['“', '”', '„', '‟', '‘', '’', '‚', '«', '»', '`', '´'];

/// True of an odd space that takes up room.
pub(crate) fn is_seen(character: char) -> bool {
    is_odd_space(character) && character.is_whitespace()
}

/// What to do about such spaces in these lines, if they are known; `are_seen` if one of them looks like a space.
pub(super) fn words(lines: &[usize], are_seen: bool) -> String {
    let (what, them) = if are_seen {
        ("no-break spaces, which look like spaces and are none to YAML", "replace them by ordinary spaces")
    } else {
        ("characters that cannot be seen, and that came along from a page", "remove them, or write the line once more")
    };
    match lines {
        [] => format!("There are {what}, in this name: {them}."),
        [line] => format!("Line {line} has {what}: {them}."),
        lines => format!("Lines {} have {what}: {them}.", ranges(lines)),
    }
}

/// `4 and 6 to 8`, of at most four runs of lines.
fn ranges(lines: &[usize]) -> String {
    const MAX_RANGES: usize = 4;
    let mut runs: Vec<(usize, usize)> = Vec::new();
    for line in lines {
        match runs.last_mut() {
            Some((_, last)) if *last + 1 == *line => *last = *line,
            _ => runs.push((*line, *line)),
        }
    }
    let run = |(first, last): &(usize, usize)| match last - first {
        0 => vec![first.to_string()],
        1 => vec![first.to_string(), last.to_string()],
        _ => vec![format!("{first} to {last}")],
    };
    let mut written: Vec<_> = runs.iter().take(MAX_RANGES).flat_map(run).collect();
    if runs.len() > MAX_RANGES {
        written.push("more".to_owned());
    }
    match written.as_slice() {
        [first @ .., last] if !first.is_empty() => format!("{} and {last}", first.join(", ")),
        written => written.concat(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{fixed, with_container};
    use super::*;
    use serde_json::json;

    #[test]
    fn values_lose_what_cannot_be_seen() {
        for name in ["web\u{a0}", "\u{200b}web", "“web”"] {
            let mut document = with_container(json!({}));
            document["metadata"]["name"] = json!(name);
            assert_eq!(fixed(&document)["metadata"]["name"], "web");
        }
        let document = json!({"apiVersion": "v1", "kind": "Pod\u{a0}"});
        assert_eq!(fixed(&document)["kind"], "Pod");
    }

    #[test]
    fn quotes_around_a_name_go_safely() {
        let is_safe = |name: &str| {
            let mut document = with_container(json!({}));
            document["metadata"]["name"] = json!(name);
            crate::judge(&document).findings[0].fix.clone().unwrap().is_safe
        };
        assert!(is_safe("“web”") && !is_safe("“web") && !is_safe("“a”b”"));
    }

    #[test]
    fn lines_are_named_by_runs() {
        assert!(words(&[4, 6, 7, 8], true).starts_with("Lines 4 and 6 to 8 have"));
        assert!(words(&[1, 2], true).starts_with("Lines 1 and 2 have"));
        assert!(words(&[2], false).starts_with("Line 2 has characters that cannot be seen"));
        assert!(words(&[1, 3, 5, 7, 9, 11], true).starts_with("Lines 1, 3, 5, 7 and more have"));
        assert_eq!(without_odd_spaces("\u{a0} \u{a0}name"), "name");
    }
}

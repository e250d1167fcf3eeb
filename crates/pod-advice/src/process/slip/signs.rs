//! Signs of a shell among the arguments of a program that is run without one.

use crate::process::Item;
use crate::shell::is_known_program;

/// Programs that want the signs of a shell as arguments, in order.
const OTHERS: [&str; 20] = [
    "[", "awk", "column", "cut", "egrep", "expr", "fgrep", "find", "gawk", "grep", "jq", "mlr", "paste", "psql", "sed", "sort",
    "test", "tr", "xargs", "yq",
];

/// Programs that give their arguments to a shell, which reads the signs, in order.
const GIVING: [&str; 3] = ["parallel", "ssh", "watch"];

/// Programs that compare with signs, in order.
const COMPARING: [&str; 3] = ["[", "expr", "test"];

/// True if the word at `at` of the `words` of `program` is a sign that a shell was to read.
pub(super) fn is_meant(program: &str, words: &[Item<'_>], at: usize) -> bool {
    let (before, sign) = (words[at - 1].text, words[at].text);
    let next = words.get(at + 1).map(|word| word.text);
    let stands_between = || next.is_some() || !joins(sign);
    let is_other = || OTHERS.binary_search(&program).is_ok();
    let is_given = || GIVING.binary_search(&program).is_ok();
    is_sign(sign)
        && !is_given()
        && stands_between()
        && !wants_separator(before)
        && (!is_other() || goes_on(program, &words[..at], sign, next))
}

/// True of a sign with something on both of its sides.
fn joins(sign: &str) -> bool {
    is_before_file(sign) || matches!(sign, "<" | "|" | "&&" | "||")
}

/// True of a sign behind which the name of a file stands that is written: `>`, `2>>`.
fn is_before_file(sign: &str) -> bool {
    matches!(without_stream(sign), ">" | ">>")
}

/// A redirection without what it redirects.
fn without_stream(word: &str) -> &str {
    word.trim_start_matches(['1', '2', '&'])
}

/// True of a sign behind all that `program`, which wants such signs itself, is given in `before`: a file or another program follows.
fn goes_on(program: &str, before: &[Item<'_>], sign: &str, next: Option<&str>) -> bool {
    let is_value = |word: &str| word.starts_with('-') || word.bytes().all(|byte| byte.is_ascii_digit());
    let has_operand = before.iter().skip(1).any(|word| !word.text.starts_with('-'));
    if !has_operand || before.last().is_none_or(|word| is_value(word.text)) {
        return false;
    }
    let compares = COMPARING.binary_search(&program).is_ok();
    match sign {
        "&&" | "||" => next.is_some_and(is_known_program),
        _ if compares => false,
        "|" | ";" => next.is_some_and(is_known_program),
        sign if is_before_file(sign) => next.is_some_and(|file| file.starts_with('/')),
        "<" | "&" => false,
        _ => true,
    }
}

/// True of an option whose value is a sign between fields or lines.
fn wants_separator(option: &str) -> bool {
    let is_named = || ["delim", "sep", "terminator"].iter().any(|part| option.contains(part));
    option.starts_with('-') && (matches!(option, "-d" | "-D" | "-F" | "-s" | "-t") || is_named())
}

/// True of a sign by itself, and of a redirection to an absolute path in one word.
pub(super) fn is_sign(word: &str) -> bool {
    let target = || word.trim_start_matches('&').trim_start_matches(['1', '2', '>']);
    let is_redirection = || ["/", "&1", "&2"].iter().any(|start| target().starts_with(start));
    match word {
        "<" | "|" | "&&" | "||" | ";" | "&" => true,
        _ if is_before_file(word) => true,
        _ => without_stream(word).starts_with('>') && is_redirection(),
    }
}

/// True of a sign that no other program than a shell is given.
pub(super) fn is_sign_of_shell_alone(word: &str) -> bool {
    word == "&&" || is_before_file(word) || is_sign(word) && word.len() > 2
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lists_are_in_order() {
        assert!(OTHERS.is_sorted() && GIVING.is_sorted() && COMPARING.is_sorted());
    }
}

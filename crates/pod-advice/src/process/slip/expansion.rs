//! Words that a shell would expand, given to a program that takes them as they are.

use crate::shell::is_option_of_code;

/// Programs that take the names of files as they are, in order.
const OF_FILES: [&str; 15] =
    ["cat", "chgrp", "chmod", "chown", "cp", "du", "gzip", "head", "ln", "ls", "mv", "rm", "tail", "touch", "wc"];

/// Other programs that expand no variable in their arguments, in order.
const OF_WORDS: [&str; 14] =
    ["curl", "date", "echo", "gunicorn", "java", "mkdir", "node", "npm", "python", "python3", "sleep", "tar", "uvicorn", "wget"];

/// True of an argument of `program` that stands for something else only where a shell reads it: `/src/*`, `$HOSTNAME`. It stands
/// behind the word `before`.
pub(super) fn is_left_to_shell(program: &str, before: &str, word: &str) -> bool {
    let is_of_files = OF_FILES.binary_search(&program).is_ok();
    let is_pattern = || word.contains('*') && !word.starts_with('-') && !word.contains(char::is_whitespace);
    // Code has variables of its own.
    let is_code = || word.contains('\n') || is_option_of_code(program, before);
    let is_text = || !is_code() && (is_of_files || OF_WORDS.binary_search(&program).is_ok());
    let is_line = || PRINTING.contains(&program) && is_into_file(word);
    is_of_files && is_pattern() || is_text() && expands_in_shell(word) || is_line()
}

/// Programs that people have print into a file.
const PRINTING: [&str; 4] = ["cat", "date", "echo", "printf"];

/// True of a text behind which a file stands that it is to go into: `hello > /d/x`.
pub(super) fn is_into_file(word: &str) -> bool {
    [" > ", " >> "]
        .iter()
        .any(|sign| word.rsplit_once(sign).is_some_and(|(_, file)| file.starts_with('/') && !file.contains(' ')))
}

/// True of a word with a variable or a command in it that Kubernetes does not replace: `$(NAME)` it does, `$$` is a `$`.
pub(super) fn expands_in_shell(word: &str) -> bool {
    let is_name = |rest: &str| rest.starts_with(|first: char| first.is_ascii_uppercase() || first == '_');
    let is_command = |rest: &str| {
        let inner = rest.strip_prefix('(').and_then(|rest| rest.split_once(')'));
        inner.is_some_and(|(inner, _)| inner.contains(' '))
    };
    word.match_indices('$').take(MAX_SIGNS).any(|(at, _)| {
        let (before, rest) = (&word[..at], &word[at + 1..]);
        !before.ends_with(['$', '\\']) && (is_name(rest.strip_prefix('{').unwrap_or(rest)) || is_command(rest))
    })
}

/// How many signs of a word are looked at.
const MAX_SIGNS: usize = 64;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lists_are_in_order() {
        assert!(OF_FILES.is_sorted() && OF_WORDS.is_sorted());
    }

    #[test]
    fn code_has_variables_of_its_own() {
        assert!(
            !is_left_to_shell("node", "-e", "console.log(`${PORT}`)") && !is_left_to_shell("python3", "-c", "print('$HOME')")
        );
        assert!(is_left_to_shell("echo", "echo", "hello > /d/x") && !is_left_to_shell("echo", "echo", "a > b, c > /d e"));
        assert!(is_left_to_shell("node", "--port", "${PORT}") && is_left_to_shell("mkdir", "-p", "/d/$HOSTNAME"));
    }

    #[test]
    fn what_kubernetes_replaces_is_left_to_it() {
        for word in ["$HOSTNAME", "a ${HOME}", "$(date +%F)"] {
            assert!(expands_in_shell(word), "{word}");
        }
        for word in ["$(HOSTNAME)", "$$HOSTNAME", "US$ 5", "?$filter=a", "a$"] {
            assert!(!expands_in_shell(word), "{word}");
        }
    }
}

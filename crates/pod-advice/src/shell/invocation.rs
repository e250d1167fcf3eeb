//! How a shell is told what to run.

use super::base_name;

const SHELLS: [&str; 6] = ["sh", "bash", "ash", "dash", "ksh", "zsh"];

/// True if `program` is a shell.
pub(crate) fn is_shell(program: &str) -> bool {
    SHELLS.contains(&base_name(program))
}

/// Where the script stands in the words of a shell: behind the options, of which one has a `c` in it. So it does in those of a
/// program that hands it to a shell.
pub(crate) fn script_in(words: &[&str]) -> Option<usize> {
    let program = base_name(words.first()?);
    match program {
        "su" | "runuser" | "flock" => {
            let option = words.iter().position(|word| matches!(*word, "-c" | "--command"))?;
            return (option + 1 < words.len()).then_some(option + 1);
        }
        "eval" => return (words.len() == 2).then_some(1),
        _ if !is_shell(program) => return None,
        _ => {}
    }
    let option = words.iter().skip(1).take(4).position(|word| is_command(word))? + 1;
    let script = words[option + 1..].iter().position(|word| !word.starts_with(['-', '+']))?;
    Some(option + 1 + script)
}

/// Where the first word of a shell stands that is no option; `None` if it is told to read its script from elsewhere than a file.
pub(crate) fn first_operand<T>(words: &[T], text: impl Fn(&T) -> &str) -> Option<usize> {
    let mut position = 1;
    while let Some(option) = words.get(position).map(&text).filter(|word| word.starts_with(['-', '+'])) {
        let is_long = option.starts_with("--");
        if !is_long && option.contains(['c', 's']) || option.contains(' ') {
            return None;
        }
        position += if !is_long && option.ends_with('o') { 2 } else { 1 };
    }
    (position < words.len()).then_some(position)
}

/// True of `-c`, alone or among other short options.
fn is_command(word: &str) -> bool {
    word.starts_with('-') && !word.starts_with("--") && !word.contains(' ') && word.contains('c')
}

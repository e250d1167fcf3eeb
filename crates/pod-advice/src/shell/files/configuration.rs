//! Files of which an option of any program says that its configuration stands there.

use super::super::{Call, Word};

/// Words of options with which programs are told a file that they read at their start, in order.
const CONFIGURATION: [&str; 11] =
    ["ca", "cert", "certificate", "conf", "config", "configFile", "configfile", "crt", "defaults", "ini", "key"];

/// The files of which a program is told that its configuration, or its certificate, stands there.
pub(super) fn configuration(call: &Call) -> impl Iterator<Item = Word> + '_ {
    let words = call.arguments();
    words.iter().enumerate().filter_map(move |(position, word)| {
        let (option, file, is_exact) = match word.text.split_once('=') {
            Some((option, file)) => (option, file, word.is_exact),
            None => words.get(position + 1).map(|next| (&*word.text, &*next.text, next.is_exact))?,
        };
        names_file(option).then(|| Word { text: path_of(file).into(), is_exact })
    })
}

/// The path that `file:/a` and `file:///a` come to; other values are left as they are.
fn path_of(value: &str) -> &str {
    value.strip_prefix("file:").map_or(value, |path| path.strip_prefix("//").unwrap_or(path))
}

/// True of an option such as `--config`, `-config.file` and `--tls-cert-file`.
fn names_file(option: &str) -> bool {
    let words = || option.trim_start_matches('-').split(['-', '.', '_']);
    let is_other = |word: &str| matches!(word, "dir" | "directory" | "no" | "out" | "output");
    option.starts_with('-') && words().any(|word| CONFIGURATION.contains(&word)) && !words().any(is_other)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_in_order() {
        assert!(CONFIGURATION.is_sorted());
    }
}

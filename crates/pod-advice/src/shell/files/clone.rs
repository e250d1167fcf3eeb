//! Where `git clone` writes.

use compact_str::format_compact;

use super::super::{Call, Word, base_name};
use super::value::values;

/// Options of `git clone` with a value in a word of its own.
const CLONE_OPTIONS: [&str; 7] = ["-b", "--branch", "--depth", "-o", "--origin", "-c", "--config"];

/// Where `git clone` puts the repository, seen from the directory that `-C` names.
pub(super) fn clone_target(call: &Call) -> Word {
    let target = cloned_to(call);
    match values(call, 'C', "").next().filter(|_| !target.text.starts_with('/')) {
        Some(directory) => {
            Word { text: format_compact!("{}/{}", directory.text, target.text), is_exact: directory.is_exact && target.is_exact }
        }
        None => target,
    }
}

fn cloned_to(call: &Call) -> Word {
    let mut operands = Vec::new();
    let mut words = call.arguments().iter().skip_while(|word| word.text != "clone").skip(1);
    while let Some(word) = words.next() {
        if CLONE_OPTIONS.contains(&word.text.as_str()) {
            words.next();
        } else if !word.text.starts_with('-') {
            operands.push(word);
        }
    }
    match operands.as_slice() {
        [address] => {
            let name = base_name(address.text.trim_end_matches('/'));
            Word { text: name.strip_suffix(".git").unwrap_or(name).into(), is_exact: address.is_exact }
        }
        [_, target, ..] => (*target).clone(),
        [] => Word::default(),
    }
}

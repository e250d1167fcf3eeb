//! Values of options, as programs take them.

use super::super::{Call, Word};

/// The values of an option: the word after it, or the rest of its own word.
pub(super) fn values<'a>(call: &'a Call, short: char, long: &'a str) -> impl Iterator<Item = Word> + 'a {
    let words = call.arguments();
    words.iter().enumerate().filter_map(move |(position, word)| {
        let rest = match word.text.strip_prefix("--") {
            Some(option) if !long.is_empty() => {
                option.strip_prefix(long).filter(|rest| rest.is_empty() || rest.starts_with('='))?.trim_start_matches('=')
            }
            Some(_) => return None,
            None => word.text.strip_prefix('-')?.split_once(short).filter(|(before, _)| is_cluster(before))?.1,
        };
        let is_whole = word.is_exact || !rest.is_empty();
        if rest.is_empty() && is_whole {
            words.get(position + 1).cloned()
        } else {
            Some(Word { text: rest.into(), is_exact: word.is_exact })
        }
    })
}

/// True of short options in one word.
fn is_cluster(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_alphabetic())
}

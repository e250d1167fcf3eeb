//! What `find` finds.

use compact_str::format_compact;

use super::super::{Call, Word, base_name};

/// True of a `find` that removes: `-delete`, `-exec rm`.
pub(super) fn removes(call: &Call) -> bool {
    let words = || call.arguments().iter().map(|word| word.text.as_str());
    let executes =
        words().zip(words().skip(1)).any(|(option, program)| option.starts_with("-exec") && base_name(program) == "rm");
    executes || words().any(|word| word == "-delete")
}

/// Where it looks, or what it finds there where it asks for a name.
pub(in super::super) fn found(call: &Call) -> Option<Word> {
    found_by_name(call).or_else(|| call.operands().next().cloned())
}

/// The pattern of what `call` finds if it asks for one name in one place: `find DIR -name '*.pid'`.
pub(in super::super) fn found_by_name(call: &Call) -> Option<Word> {
    let words = call.arguments();
    let start = words.first().filter(|start| !start.text.starts_with(['-', '(', '!']))?;
    let is_joined = |word: &&Word| matches!(word.text.as_str(), "-o" | "-or" | "!" | "-not" | ",");
    let mut names = words.windows(2).filter(|pair| pair[0].text == "-name").map(|pair| &pair[1]);
    let (Some(name), None) = (names.next(), names.next()) else { return None };
    let is_one = words.get(1).is_some_and(|word| word.text.starts_with('-')) && !words.iter().any(|word| is_joined(&word));
    let text = format_compact!("{}/**/{}", start.text.trim_end_matches('/'), name.text);
    (is_one && start.is_exact && name.is_exact).then_some(Word { text, is_exact: true })
}

//! Lines of a diff, and those that Git leaves where it cannot merge.

use crate::hint::manifest::is_word;

/// True of a line that Git puts between two versions of a text.
pub(super) fn is_conflict(line: &str) -> bool {
    ["<<<<<<<", "=======", ">>>>>>>"].iter().any(|mark| line.starts_with(mark))
}

/// True of a line of a diff.
pub(super) fn is_diff(line: &str) -> bool {
    const HEADS: [&str; 5] = ["@@ -", "diff --git ", "--- a/", "+++ ", "index "];
    let is_head = HEADS.iter().any(|head| line.starts_with(head)) && !line.contains(": ");
    let added = line.strip_prefix('+').map(|added| added.trim_start().trim_start_matches("- "));
    is_head || added.and_then(|added| added.split_once(':')).is_some_and(|(name, _)| is_word(name))
}

//! What people use fields for where containers share files, and the comments that say it in a line.

mod table;

pub(crate) use self::table::USES;
use super::is_about;

/// How many characters a comment has at most, its `# ` included.
pub const MAX_COMMENT: usize = 72;

/// What people use a field for in Pods whose containers share files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Use {
    /// That, in a sentence or two.
    pub text: &'static str,
    /// The rules of advice that look at it, by their names: `memory-oom`.
    pub rules: &'static [&'static str],
    /// What a comment above the field says, without its `# `; none for fields that speak for themselves.
    pub comment: Option<&'static str>,
}

/// The use of one field.
pub(crate) struct Entry {
    /// The type that the field is of; `*` for all kinds; `PodSpec.resources` where it has this use only inside of that field.
    pub(crate) owner: &'static str,
    pub(crate) field: &'static str,
    pub(crate) what: Use,
}

const fn entry(
    owner: &'static str,
    field: &'static str,
    text: &'static str,
    rules: &'static [&'static str],
    comment: Option<&'static str>,
) -> Entry {
    Entry { owner, field, what: Use { text, rules, comment } }
}

/// What people use the field `field` of `owner` for, where that is what `holder` holds: the type and the name of another field.
pub(crate) fn use_of(holder: Option<(&str, &str)>, owner: &str, field: &str) -> Option<&'static Use> {
    let is_held = |entry: &&Entry| entry.field == field && holder.is_some() && entry.owner.split_once('.') == holder;
    let is_of_type = |entry: &&Entry| is_about(entry.owner, entry.field, owner, field);
    USES.iter().find(is_held).or_else(|| USES.iter().find(is_of_type)).map(|entry| &entry.what)
}

/// The comment that `text` is, if it is one of ours.
pub(crate) fn known_comment(text: &str) -> Option<&'static str> {
    USES.iter().filter_map(|entry| entry.what.comment).find(|comment| *comment == text)
}

/// True if a field that is called `name` has a comment in one of its types.
pub(crate) fn may_have_comment(name: &str) -> bool {
    USES.iter().any(|entry| entry.what.comment.is_some() && entry.field == name)
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;
    use crate::notes::testing::exists;

    #[test]
    fn uses_are_of_fields_that_exist_each_once() {
        let mut seen = HashSet::new();
        for Entry { owner, field, what } in USES {
            assert!(exists(owner, field), "{owner}.{field}");
            assert!(seen.insert((owner, field)), "{owner}.{field} is there twice");
            assert!(what.text.ends_with('.'), "{owner}.{field}");
            let sentences = what.text.matches(". ").count() + 1;
            assert!(sentences <= 3, "{owner}.{field}: {sentences} sentences");
        }
    }

    #[test]
    fn uses_name_rules_that_exist() {
        for Entry { owner, field, what } in USES {
            for rule in what.rules {
                assert!(pod_advice::rules::named(rule).is_some(), "{owner}.{field}: {rule}");
            }
        }
    }

    #[test]
    fn comments_are_short_and_plain() {
        for comment in USES.iter().filter_map(|entry| entry.what.comment) {
            assert!(comment.chars().count() + "# ".len() <= MAX_COMMENT, "{comment}: {}", comment.chars().count() + 2);
            assert!(comment.is_ascii() && comment.ends_with('.') && comment.trim() == comment, "{comment}");
        }
    }
}

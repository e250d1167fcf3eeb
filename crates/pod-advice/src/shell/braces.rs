//! What shells make of `{a,b}` and `{1..3}` in a word: several words, or one with these signs in it.

use compact_str::{CompactString, format_compact};

use super::base_name;

/// What a shell makes of braces.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Braces {
    #[default]
    Unknown,
    /// Several words.
    Expanded,
    /// One word, as it is written.
    Kept,
}

/// How the shell reads that runs a script.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Dialect {
    pub(super) braces: Braces,
    /// What `sh` makes of them, which is another shell in each image.
    of_sh: Braces,
}

impl Dialect {
    /// That of the shell which is called by `program`, where `sh` does with braces what `of_sh` says.
    pub(crate) fn of(program: &str, of_sh: Braces) -> Self {
        let braces = match base_name(program) {
            "bash" | "ksh" | "zsh" => Braces::Expanded,
            "ash" | "dash" => Braces::Kept,
            "sh" => of_sh,
            _ => Braces::Unknown,
        };
        Self { braces, of_sh }
    }

    /// That of the shell which a script of this one calls by `program`.
    pub(super) fn within(self, program: &str) -> Self {
        Self::of(program, self.of_sh)
    }
}

/// How long a text with braces may be, and how many words may come of it.
const MAX_BYTES: usize = 256;
pub(super) const MAX_WORDS: usize = 32;

/// The words that bash makes of `text`, which has no quotes; `None` of what is not read, or comes to too many.
pub(super) fn expanded(text: &str) -> Option<Vec<CompactString>> {
    let is_read = text.len() <= MAX_BYTES && !text.contains(['\\', '$']);
    let words = if is_read { parts_of(text)? } else { return None };
    (words.len() <= MAX_WORDS).then_some(words)
}

fn parts_of(text: &str) -> Option<Vec<CompactString>> {
    let mut groups = text.match_indices('{').filter_map(|(at, _)| Some((at, group_in(&text[at + 1..])?)));
    let Some((at, (inner, behind))) = groups.next() else { return Some(vec![text.into()]) };
    let mut words = Vec::new();
    let rest = parts_of(behind)?;
    for item in items_of(inner)? {
        words.extend(rest.iter().map(|rest| format_compact!("{}{item}{rest}", &text[..at])));
        if words.len() > MAX_WORDS {
            return None;
        }
    }
    Some(words)
}

/// What stands within the brace that has been opened before `text`, and behind it, if bash takes it for several.
fn group_in(text: &str) -> Option<(&str, &str)> {
    let mut depth = 0_usize;
    let end = text.bytes().position(|byte| match byte {
        b'{' => {
            depth += 1;
            false
        }
        b'}' if depth == 0 => true,
        b'}' => {
            depth -= 1;
            false
        }
        _ => false,
    })?;
    let inner = &text[..end];
    (split(inner).count() > 1 || inner.contains("..")).then_some((inner, &text[end + 1..]))
}

/// `inner` at its commas, without those of inner braces.
fn split(inner: &str) -> impl Iterator<Item = &str> {
    let mut depth = 0_usize;
    inner.split(move |sign| {
        match sign {
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        sign == ',' && depth == 0
    })
}

fn items_of(inner: &str) -> Option<Vec<CompactString>> {
    if split(inner).count() == 1 {
        return sequence(inner);
    }
    let mut items = Vec::new();
    for item in split(inner) {
        items.extend(parts_of(item)?);
    }
    Some(items)
}

/// The numbers or the letters from one to another: `1..3`; `None` with a step or with zeros before them.
fn sequence(inner: &str) -> Option<Vec<CompactString>> {
    let (first, last) = inner.split_once("..")?;
    let number = |text: &str| text.parse::<i32>().ok().filter(|number| number.to_string() == text);
    let letter =
        |text: &str| Some(i32::from(*text.as_bytes().first().filter(|byte| byte.is_ascii_alphabetic() && text.len() == 1)?));
    let is_of_letters = number(first).is_none();
    let (first, last) = if is_of_letters { (letter(first)?, letter(last)?) } else { (number(first)?, number(last)?) };
    let (low, high) = (first.min(last), first.max(last));
    if low.abs_diff(high) as usize >= MAX_WORDS {
        return None;
    }
    let text =
        |value: i32| if is_of_letters { char::from(u8::try_from(value).unwrap_or_default()).into() } else { value.to_string() };
    let mut words: Vec<_> = (low..=high).map(|value| CompactString::from(text(value))).collect();
    if first > last {
        words.reverse();
    }
    Some(words)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_are_those_of_bash() {
        for (text, words) in [
            ("/d/{a,b}", "/d/a /d/b"),
            ("{a,b}/{c,d}x", "a/cx a/dx b/cx b/dx"),
            ("/d{,/a}", "/d /d/a"),
            ("a{b,c{1,2}}", "ab ac1 ac2"),
            ("{1..3}", "1 2 3"),
            ("x{c..a}", "xc xb xa"),
            ("{-1..1}", "-1 0 1"),
            ("{a}{b,c}", "{a}b {a}c"),
            ("{}", "{}"),
            ("{a,b", "{a,b"),
        ] {
            assert_eq!(expanded(text).map(|words| words.join(" ")).as_deref(), Some(words), "{text}");
        }
    }

    #[test]
    fn what_is_not_read_is_not_guessed() {
        let many = "{a,b}".repeat(6);
        for text in ["{01..10}", "{1..9..2}", "{1..99}", "{a..3}", "a\\{b,c}", &many, &"{a,b".repeat(200)] {
            assert_eq!(expanded(text), None, "{text}");
        }
    }
}

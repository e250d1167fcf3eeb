//! Patterns of file names, as a shell expands them.

use super::FileUse;
use crate::workload::lies_in;

impl FileUse {
    /// True if what is used so is `path` or a directory around it, or may be one of them.
    pub(crate) fn may_be_around(&self, path: &str) -> bool {
        match &self.pattern {
            Some(pattern) => may_stand_for(pattern, path),
            None if self.is_exact => lies_in(path, &self.path),
            None => path.starts_with(self.path.trim_end_matches('/')),
        }
    }

    /// True of all in `directory` that does not begin with a dot: `DIR/*`.
    pub(crate) fn is_all_in(&self, directory: &str) -> bool {
        let below = self.pattern.as_ref().and_then(|pattern| pattern.strip_prefix(directory));
        below.is_some_and(|below| below.trim_start_matches('/') == "*")
    }
}

/// The parts of a path that stand for any number of directories.
const ANY_DIRECTORIES: &str = "**";

/// True if what `pattern` stands for may be `path` or a directory around it. Names that begin with a dot match no `*`.
pub(crate) fn may_stand_for(pattern: &str, path: &str) -> bool {
    let (mut parts, mut names) = (pattern.split('/'), path.split('/'));
    let mut any = None;
    loop {
        let Some(part) = parts.next() else { return true };
        if part == ANY_DIRECTORIES {
            any = Some((parts.clone(), names.clone()));
        } else if !names.next().is_some_and(|name| matches(part, name)) {
            let Some((behind, from)) = &mut any else { return false };
            if from.next().is_none() {
                return false;
            }
            (parts, names) = (behind.clone(), from.clone());
        }
    }
}

fn matches(pattern: &str, name: &str) -> bool {
    if name.starts_with('.') && !pattern.starts_with('.') {
        return false;
    }
    let (mut pattern, mut name) = (pattern, name);
    let mut star: Option<(&str, &str)> = None;
    loop {
        match (pattern.chars().next(), name.chars().next()) {
            (Some('*'), _) => {
                pattern = &pattern[1..];
                star = Some((pattern, name));
            }
            (None, None) => return true,
            (Some(sign), Some(letter)) if sign == '?' || sign == '[' || sign == letter => {
                pattern = behind_sign(pattern);
                name = &name[letter.len_utf8()..];
            }
            _ => {
                let Some((behind, from)) = star.filter(|(_, from)| !from.is_empty()) else { return false };
                let next = from.chars().next().map_or(0, char::len_utf8);
                star = Some((behind, &from[next..]));
                (pattern, name) = (behind, &from[next..]);
            }
        }
    }
}

/// `pattern` without its first sign; a set in brackets is taken for any letter.
fn behind_sign(pattern: &str) -> &str {
    if let Some((_, rest)) = pattern.strip_prefix('[').and_then(|set| set.split_once(']')) {
        return rest;
    }
    let mut signs = pattern.chars();
    signs.next();
    signs.as_str()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_matched_as_a_shell_does() {
        for (pattern, path) in [
            ("/d/*", "/d/a.conf"),
            ("/d/*.conf", "/d/a.conf"),
            ("/*/a?.[ch]", "/d/ab.c"),
            ("/d/*", "/d/sub/a"),
            ("/d/a*b*c", "/d/aXbbYc"),
            ("/d/**/*.sock", "/d/a.sock"),
            ("/d/**/a/*.sock", "/d/a/b/a/c.sock"),
            ("/d/**/a", "/d/b/a/c"),
        ] {
            assert!(may_stand_for(pattern, path), "{pattern} {path}");
        }
        for (pattern, path) in [
            ("/d/*.json", "/d/a.conf"),
            ("/d/*", "/d"),
            ("/d/*", "/e/a"),
            ("/d/*", "/d/.a"),
            ("/d/*/b", "/d/a"),
            ("/d/?", "/d/ab"),
            ("/d/**/*.sock", "/d/a/b.pid"),
            ("/d/**/a/b", "/d/a/c/b"),
        ] {
            assert!(!may_stand_for(pattern, path), "{pattern} {path}");
        }
    }
}

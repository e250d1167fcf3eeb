//! Programs that run the program that their arguments name.

use super::base_name;

/// The programs, and how many words stand between them and what they run, besides options and variables.
const WRAPPERS: [(&str, usize); 11] = [
    ("exec", 0),
    ("nohup", 0),
    ("command", 0),
    ("busybox", 0),
    ("sudo", 0),
    ("env", 0),
    ("tini", 0),
    ("su-exec", 1),
    ("gosu", 1),
    ("dumb-init", 0),
    ("docker-entrypoint.sh", 0),
];

/// What stands before the program that a command comes down to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Wrapping {
    /// How many words that is.
    pub(crate) words: usize,
    /// True if the program takes the place of the shell.
    pub(crate) is_exec: bool,
}

impl Wrapping {
    /// What stands before the program in `words`, each of which says its `text`.
    pub(crate) fn of<W>(words: &[W], text: impl Fn(&W) -> &str) -> Self {
        let mut wrapping = Self::default();
        while let Some((name, skipped)) = words.get(wrapping.words).and_then(|word| wrapper(text(word))) {
            let rest = &words[wrapping.words..];
            if rest.len() < 2 {
                break;
            }
            wrapping.is_exec |= name == "exec";
            wrapping.words += (1 + skipped).min(rest.len());
            let is_aside = |word: &&W| text(word).starts_with('-') || text(word).contains('=');
            let rest = &words[wrapping.words..];
            wrapping.words += rest.iter().take(rest.len().saturating_sub(1)).take_while(is_aside).count();
        }
        wrapping
    }
}

fn wrapper(word: &str) -> Option<(&'static str, usize)> {
    let program = base_name(word);
    WRAPPERS.into_iter().find(|(name, _)| program == *name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_program_is_what_is_left() {
        for (command, program) in [
            ("exec tail -F /x", "tail -F /x"),
            ("/sbin/tini -g -- sh -c date", "sh -c date"),
            ("env A=b nohup su-exec 101 date -u", "date -u"),
            ("exec", "exec"),
            ("date", "date"),
        ] {
            let words: Vec<_> = command.split(' ').collect();
            assert_eq!(words[Wrapping::of(&words, |word| word).words..].join(" "), program);
        }
    }
}

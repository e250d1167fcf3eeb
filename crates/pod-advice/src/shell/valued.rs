//! Options of programs that have their value in a word of its own, which is no operand then: `mkdir -m 755 DIRECTORY`.

use super::Word;

/// The options of a program with a value: short ones, each a letter, and long ones.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Valued {
    short: &'static str,
    long: &'static [&'static str],
}

const LINES: Valued = Valued { short: "cn", long: &["--bytes", "--lines"] };
const MODE: Valued = Valued { short: "m", long: &["--mode"] };
const PYTHON: Valued = Valued { short: "WX", long: &[] };
const SHELL: Valued = Valued { short: "Oo", long: &["--init-file", "--rcfile"] };
const TARGET: Valued = Valued { short: "St", long: &["--suffix", "--target-directory"] };

/// The options of the programs of which the operands are files, in order.
const PROGRAMS: [(&str, Valued); 34] = [
    ("ash", SHELL),
    ("awk", Valued { short: "Ffv", long: &["--assign", "--field-separator", "--file"] }),
    ("base64", Valued { short: "w", long: &["--wrap"] }),
    ("bash", SHELL),
    ("cp", TARGET),
    ("curl", CURL),
    ("cut", Valued { short: "bcdf", long: &["--bytes", "--characters", "--delimiter", "--fields"] }),
    ("dash", SHELL),
    ("grep", Valued { short: "ABCefm", long: &["--file", "--max-count", "--regexp"] }),
    ("head", LINES),
    ("install", Valued { short: "Sgmot", long: &["--group", "--mode", "--owner", "--suffix", "--target-directory"] }),
    ("ln", TARGET),
    ("mkdir", MODE),
    ("mkfifo", MODE),
    ("mv", TARGET),
    ("node", Valued { short: "Cr", long: &["--import", "--require"] }),
    ("od", Valued { short: "ANjtw", long: &[] }),
    ("php", Valued { short: "cd", long: &[] }),
    ("python", PYTHON),
    ("python3", PYTHON),
    ("rsync", Valued { short: "Te", long: &["--chmod", "--chown", "--exclude", "--include", "--rsh", "--timeout"] }),
    ("sed", Valued { short: "ef", long: &["--expression", "--file"] }),
    ("seq", Valued { short: "fs", long: &["--format", "--separator"] }),
    ("sh", SHELL),
    ("sort", Valued { short: "STkot", long: &["--field-separator", "--key", "--output"] }),
    ("strings", Valued { short: "ent", long: &["--bytes"] }),
    ("tail", Valued { short: "cns", long: &["--bytes", "--lines", "--pid", "--sleep-interval"] }),
    ("touch", Valued { short: "drt", long: &["--date", "--reference"] }),
    ("truncate", Valued { short: "rs", long: &["--reference", "--size"] }),
    ("uniq", Valued { short: "fsw", long: &[] }),
    ("unzip", Valued { short: "dx", long: &[] }),
    ("wget", WGET),
    ("xxd", Valued { short: "clgs", long: &[] }),
    ("zsh", SHELL),
];

const CURL: Valued = Valued {
    short: "ACDFHKTXYbdemoruwxyz",
    long: &[
        "--cacert",
        "--cert",
        "--connect-timeout",
        "--data",
        "--header",
        "--key",
        "--max-time",
        "--output",
        "--proxy",
        "--request",
        "--resolve",
        "--retry",
        "--retry-delay",
        "--user",
        "--user-agent",
    ],
};

const WGET: Valued = Valued {
    short: "ABDOPQRTUaeilotw",
    long: &[
        "--directory-prefix",
        "--header",
        "--output-document",
        "--password",
        "--post-data",
        "--timeout",
        "--tries",
        "--user",
        "--user-agent",
    ],
};

impl Valued {
    pub(super) fn of(program: &str) -> Self {
        let found = PROGRAMS.binary_search_by_key(&program, |(name, _)| name);
        found.map_or_else(|_| Self::default(), |found| PROGRAMS[found].1)
    }

    /// True if the word behind `option` is its value: that of the last of several short options in one word.
    pub(super) fn has_value_behind(self, option: &Word) -> bool {
        let text = option.text.as_str();
        if text.starts_with("--") {
            return self.long.contains(&text);
        }
        let Some(letters) = text.strip_prefix('-') else { return false };
        let first = letters.find(|letter| self.short.contains(letter));
        letters.bytes().all(|letter| letter.is_ascii_alphabetic()) && first.is_some_and(|first| first + 1 == letters.len())
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Variables, read};
    use super::*;

    #[test]
    fn the_list_is_in_order() {
        assert!(PROGRAMS.is_sorted_by_key(|(name, _)| *name));
    }

    #[test]
    fn the_value_of_an_option_is_no_operand() {
        for (script, operands) in [
            ("mkdir -m 755 a b", "a b"),
            ("mkdir -pm 755 a", "a"),
            ("mkdir -m755 --mode 755 --mode=700 a", "a"),
            ("tail -n 5 -F a", "a"),
            ("tail -5 a", "a"),
            ("install -o root -m 0644 a b", "a b"),
            ("sed -ne s/a/b/ a", "a"),
            ("curl -H 'a: b' -O https://example.com/a", "https://example.com/a"),
            ("node -r dotenv/config a.js", "a.js"),
            ("cat -n 5", "5"),
        ] {
            let calls = read(script, None, Variables::default()).unwrap().calls;
            let found: Vec<_> = calls[0].operands().map(|word| word.text.as_str()).collect();
            assert_eq!(found.join(" "), operands, "{script}");
        }
    }
}

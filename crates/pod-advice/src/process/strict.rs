//! Where a shell stops at a failure, as it is told by `sh -e`, `set -e` and `set -o pipefail`.

use crate::shell::{Call, FileUse};

/// Where the shell of a script stops at a failure.
#[derive(Debug, Default)]
pub(crate) struct Strictness {
    errexit: Switch,
    pipefail: Switch,
}

impl Strictness {
    /// That of a script that a shell with `words` before it runs, and that makes `calls`.
    pub(super) fn of<'w>(words: impl Iterator<Item = &'w str> + Clone, calls: &[Call]) -> Self {
        let mut strictness = Self::default();
        let settings = calls.iter().enumerate().filter(|(_, call)| call.program() == "set" && !call.when.apart);
        for (switch, letter, name) in
            [(&mut strictness.errexit, Some('e'), "errexit"), (&mut strictness.pipefail, None, "pipefail")]
        {
            switch.at_first = setting(words.clone(), letter, name).unwrap_or_default();
            let turned = settings.clone().filter_map(|(index, call)| {
                let words = call.arguments().iter().map(|word| word.text.as_str());
                Some((index, setting(words, letter, name)?))
            });
            switch.turned = turned.collect();
        }
        strictness
    }

    /// True if a failure of what is used as `used` says ends the whole command with it.
    pub(crate) fn fails_with(&self, used: &FileUse) -> bool {
        !used.when.unheeded || self.stops_at(used)
    }

    /// True if the shell, which goes on after a failure otherwise, is told to stop at one of what is used as `used` says.
    pub(crate) fn stops_at(&self, used: &FileUse) -> bool {
        !used.when.forgiven && self.errexit.is_on(used.call) && (!used.when.piped || self.pipefail.is_on(used.call))
    }
}

/// An option of a shell, which may be turned on and off.
#[derive(Debug, Default)]
struct Switch {
    at_first: bool,
    /// The calls that turn it, in order, each with what it is from there on.
    turned: Vec<(usize, bool)>,
}

impl Switch {
    /// True if it is on where the call at `index` is made.
    fn is_on(&self, index: usize) -> bool {
        let before = self.turned.partition_point(|(call, _)| *call < index);
        before.checked_sub(1).map_or(self.at_first, |last| self.turned[last].1)
    }
}

/// What the options in `words` turn that which has a `letter` and this `name`; `None` if they leave it.
fn setting<'w>(words: impl Iterator<Item = &'w str>, letter: Option<char>, name: &str) -> Option<bool> {
    let mut sign = None;
    let mut setting = None;
    for word in words.take_while(|word| *word != "--") {
        let is_on = match word.bytes().next() {
            Some(b'-') if !word.starts_with("--") => Some(true),
            Some(b'+') => Some(false),
            _ => None,
        };
        let turns = word == name || is_on.is_some() && letter.is_some_and(|letter| word.contains(letter));
        setting = is_on.or(sign).filter(|_| turns).or(setting);
        sign = is_on;
    }
    setting
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shell::{Variables, read};

    #[test]
    fn a_shell_stops_where_it_is_told() {
        for (options, script, expected) in [
            ("sh -c", "cat /x; date", false),
            ("sh -ec", "cat /x; date", true),
            ("bash -euo pipefail -c", "cat /x; date", true),
            ("sh -o errexit -c", "cat /x; date", true),
            ("sh -c", "set -eux; cat /x; date", true),
            ("sh -c", "cat /x; set -e; date", false),
            ("sh -ec", "set +e; cat /x; date", false),
            ("sh -c", "set -e; set +e; set -e; cat /x; date", true),
            ("sh -c", "(set -e; date); cat /x; date", false),
            ("sh -ec", "cat /x | sort; date", false),
            ("bash -eo pipefail -c", "cat /x | sort; date", true),
            ("bash -c", "set -e -o pipefail; cat /x | sort; date", true),
            ("sh -ec", "sort | cat /x; date", true),
            ("sh -ec", "cat /x && date; date", false),
            ("sh -ec", "cat /x || date; date", false),
            ("sh -ec", "cat /x || exit 1; date", true),
            ("sh -ec", "date && cat /x; date", true),
            ("sh -ec", "if cat /x; then date; fi; date", false),
            ("sh -ec", "if ! cat /x; then exit 1; fi; date", true),
            ("sh -ec", "! cat /x; date", false),
            ("sh -ec", "while cat /x; do date; done; date", false),
            ("sh -ec", "echo $(cat /x); date", false),
            ("sh -ec", "A=$(cat /x); date", true),
            ("sh -ec", "A=$(cat /x) date; date", false),
            ("sh -ec", "A=$(cat /x; date); date", false),
            ("sh -ec", "export A=$(cat /x); date", false),
            ("sh -ec", "for a in $(cat /x); do date; done; date", false),
            ("sh -ec", "while true; do cat /x; date; done", true),
            ("sh -ec", "sh -c 'cat /x; date'; date", false),
            ("sh -ec", "sh -c 'cat /x'; date", true),
        ] {
            let reading = read(script, None, Variables::default()).unwrap();
            let used = reading.files.iter().find(|used| used.path == "/x").unwrap();
            let strictness = Strictness::of(options.split(' '), &reading.calls);
            assert_eq!(strictness.stops_at(used), expected, "{options} {script}");
        }
    }
}

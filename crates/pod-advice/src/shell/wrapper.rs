//! Programs that run the program that their arguments name.

use super::base_name;

/// A program that runs another one.
struct Wrapper {
    name: &'static str,
    /// The word that stands right behind it if it runs a program; empty if none has to.
    subcommand: &'static str,
    /// How many words stand between it and what it runs, behind options and variables.
    skipped: usize,
    /// Its options with a value in a word of its own.
    with_value: &'static [&'static str],
    /// Its options with which it runs nothing.
    without_program: &'static [&'static str],
}

const fn wrapper(name: &'static str, skipped: usize, with_value: &'static [&'static str]) -> Wrapper {
    Wrapper { name, subcommand: "", skipped, with_value, without_program: &[] }
}

const fn with_subcommand(name: &'static str, subcommand: &'static str, with_value: &'static [&'static str]) -> Wrapper {
    Wrapper { subcommand, ..wrapper(name, 0, with_value) }
}

static WRAPPERS: [Wrapper; 27] = [
    wrapper("exec", 0, &["-a"]),
    wrapper("nohup", 0, &[]),
    Wrapper { without_program: &["-v", "-V"], ..wrapper("command", 0, &[]) },
    Wrapper { without_program: &["--help", "--install", "--list"], ..wrapper("busybox", 0, &[]) },
    wrapper("toybox", 0, &[]),
    Wrapper { without_program: &["-l", "-v"], ..wrapper("sudo", 0, &["-u", "-g", "--user", "--group"]) },
    wrapper("env", 0, &["-u", "--unset", "-C", "--chdir"]),
    wrapper("tini", 0, &["-p", "-e"]),
    wrapper("catatonit", 0, &[]),
    wrapper("su-exec", 1, &[]),
    wrapper("gosu", 1, &[]),
    wrapper("dumb-init", 0, &["-r", "--rewrite"]),
    wrapper("docker-entrypoint.sh", 0, &[]),
    Wrapper { without_program: &["-f", "--fork"], ..wrapper("setsid", 0, &[]) },
    Wrapper { without_program: &["-c"], ..wrapper("flock", 1, &["-w", "-E", "--timeout", "--wait"]) },
    wrapper("s6-setuidgid", 1, &[]),
    wrapper("setpriv", 0, &["--reuid", "--regid", "--groups", "--inh-caps", "--bounding-set"]),
    with_subcommand("bundle", "exec", &["--gemfile"]),
    with_subcommand("pipenv", "run", &[]),
    with_subcommand("poetry", "run", &[]),
    with_subcommand("uv", "run", &["--directory", "--group", "--python", "--with"]),
    wrapper("npx", 0, &["-p", "--package"]),
    wrapper("nice", 0, &["-n", "--adjustment"]),
    wrapper("ionice", 0, &["-c", "-n", "--class", "--classdata"]),
    wrapper("stdbuf", 0, &["-i", "-o", "-e", "--input", "--output", "--error"]),
    wrapper("ddtrace-run", 0, &[]),
    wrapper(
        "opentelemetry-instrument",
        0,
        &["--exporter_otlp_endpoint", "--logs_exporter", "--metrics_exporter", "--service_name", "--traces_exporter"],
    ),
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
        while let Some(wrapper) = words.get(wrapping.words).and_then(|word| named(text(word))) {
            let rest = &words[wrapping.words..];
            let named = 1 + usize::from(!wrapper.subcommand.is_empty());
            let is_told = named == 1 || rest.get(1).is_some_and(|word| text(word) == wrapper.subcommand);
            let runs_nothing = rest.get(1).is_some_and(|word| wrapper.without_program.contains(&text(word)));
            if rest.len() <= named || runs_nothing || !is_told {
                break;
            }
            // The last word is what is run.
            let before = named + aside(wrapper, &rest[named..rest.len() - 1], &text) + wrapper.skipped;
            if rest.get(before).is_none_or(|word| wrapper.without_program.contains(&text(word))) {
                break;
            }
            wrapping.is_exec |= wrapper.name == "exec";
            wrapping.words += before;
        }
        wrapping
    }
}

/// How many of `words` are options of `wrapper`, their values, and variables.
fn aside<W>(wrapper: &Wrapper, words: &[W], text: impl Fn(&W) -> &str) -> usize {
    let mut count = 0;
    while let Some(word) = words.get(count).map(&text).filter(|word| word.starts_with('-') || word.contains('=')) {
        count += if wrapper.with_value.contains(&word) { 2 } else { 1 };
    }
    count.min(words.len())
}

fn named(word: &str) -> Option<&'static Wrapper> {
    let program = base_name(word);
    WRAPPERS.iter().find(|wrapper| program == wrapper.name)
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
            ("exec -a name tail -F /x", "tail -F /x"),
            ("stdbuf -o L nice -n 10 tail -F /x", "tail -F /x"),
            ("sudo -u app env -u A date", "date"),
            ("command -v redis-server", "command -v redis-server"),
            ("busybox --install /d", "busybox --install /d"),
            ("setsid -w flock -w 5 /lock date -u", "date -u"),
            ("ddtrace-run opentelemetry-instrument --service_name a python /a.py", "python /a.py"),
            ("bundle exec rails db:migrate", "rails db:migrate"),
            ("uv run --with a python /a.py", "python /a.py"),
            ("bundle install --jobs 4", "bundle install --jobs 4"),
            ("poetry run", "poetry run"),
            ("chroot /root date", "chroot /root date"),
            ("flock -n /lock -c date", "flock -n /lock -c date"),
            ("flock -x 9", "flock -x 9"),
            ("exec", "exec"),
            ("date", "date"),
        ] {
            let words: Vec<_> = command.split(' ').collect();
            assert_eq!(words[Wrapping::of(&words, |word| word).words..].join(" "), program);
        }
    }
}

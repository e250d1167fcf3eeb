//! Which arguments of a program are operands: neither options nor their values.

use super::{Word, interpreter::without_version};

/// The options of a program that have a value in a word of its own.
struct Options {
    program: &'static str,
    short: &'static str,
    long: &'static [&'static str],
}

const fn options(program: &'static str, short: &'static str, long: &'static [&'static str]) -> Options {
    Options { program, short, long }
}

/// They are in the order of the programs.
static OPTIONS: [Options; 46] = [
    options("ash", "oO", &["--init-file", "--rcfile"]),
    options("awk", "Fvf", &["--assign", "--field-separator", "--file"]),
    options("base64", "w", &["--wrap"]),
    options("bash", "oO", &["--init-file", "--rcfile"]),
    options("celery", "Ab", &["--app", "--broker", "--workdir"]),
    options("cp", "St", &["--suffix", "--target-directory"]),
    options(
        "curl",
        "AbcCdDeEFHKmoQrTuUwxXyYz",
        &[
            "--cacert",
            "--cert",
            "--connect-timeout",
            "--cookie",
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
            "--retry-max-time",
            "--unix-socket",
            "--user",
            "--user-agent",
            "--write-out",
        ],
    ),
    options("cut", "bcdf", &["--bytes", "--characters", "--delimiter", "--fields"]),
    options("dash", "oO", &["--init-file", "--rcfile"]),
    options("diff", "U", &["--exclude"]),
    options("egrep", "ABCDdefm", &[]),
    options("fgrep", "ABCDdefm", &[]),
    options("gawk", "Fvf", &["--assign", "--field-separator", "--file"]),
    options("grep", "ABCDdefm", &["--after-context", "--before-context", "--context", "--file", "--max-count", "--regexp"]),
    options("gzip", "S", &["--suffix"]),
    options("head", "cn", &["--bytes", "--lines"]),
    options("install", "Sgmot", &["--group", "--mode", "--owner", "--suffix", "--target-directory"]),
    options("jq", "fL", &["--from-file", "--indent"]),
    options("killall", "osuy", &["--signal", "--user"]),
    options("ksh", "oO", &["--init-file", "--rcfile"]),
    options("ln", "St", &["--suffix", "--target-directory"]),
    options("mkdir", "m", &["--mode"]),
    options("mkfifo", "m", &["--mode"]),
    options("mv", "St", &["--suffix", "--target-directory"]),
    options("node", "Cr", &["--import", "--loader", "--require"]),
    options("nodejs", "Cr", &["--import", "--loader", "--require"]),
    options("od", "AjNtw", &[]),
    options("pgrep", "GPUgstu", &["--parent", "--user"]),
    options("php", "cd", &[]),
    options("pkill", "GPUgstu", &["--parent", "--signal", "--user"]),
    options("python", "WX", &[]),
    options(
        "rsync",
        "efT",
        &["--chmod", "--chown", "--exclude", "--exclude-from", "--files-from", "--include", "--rsh", "--timeout"],
    ),
    options("sed", "efl", &["--expression", "--file"]),
    options("seq", "fs", &["--format", "--separator"]),
    options("sh", "oO", &["--init-file", "--rcfile"]),
    options("sort", "STkot", &["--field-separator", "--key", "--output"]),
    options("split", "abln", &["--bytes", "--lines"]),
    options("strings", "ent", &["--bytes"]),
    options("tail", "cns", &["--bytes", "--lines", "--max-unchanged-stats", "--pid", "--sleep-interval"]),
    options("touch", "drt", &["--date", "--reference"]),
    options("truncate", "rs", &["--reference", "--size"]),
    options("uniq", "fsw", &[]),
    options("unzip", "dx", &[]),
    options(
        "wget",
        "OPQTUaeiotw",
        &[
            "--directory-prefix",
            "--header",
            "--input-file",
            "--output-document",
            "--password",
            "--post-data",
            "--timeout",
            "--tries",
            "--user",
            "--user-agent",
        ],
    ),
    options("xxd", "clgos", &[]),
    options("zsh", "oO", &["--init-file", "--rcfile"]),
];

/// Options of `jq` with two values.
const WITH_TWO: [&str; 4] = ["--arg", "--argjson", "--rawfile", "--slurpfile"];

/// The words of `arguments` that are operands of `program`.
pub(super) fn operands<'a>(program: &str, arguments: &'a [Word]) -> impl DoubleEndedIterator<Item = &'a Word> + use<'a> {
    let named = |program: &str| OPTIONS.binary_search_by_key(&program, |options| options.program).ok();
    let options = named(program).or_else(|| named(without_version(program))).map(|found| &OPTIONS[found]);
    let is_value = move |position: usize| {
        let before = |distance| position.checked_sub(distance).map(|at| arguments[at].text.as_str());
        let of_two = |distance| before(distance).is_some_and(|word| WITH_TWO.contains(&word));
        options.is_some_and(|options| {
            before(1).is_some_and(|word| has_value(options, word)) || options.program == "jq" && (of_two(1) || of_two(2))
        })
    };
    let words = arguments.iter().enumerate();
    words.filter(move |(position, word)| !word.text.starts_with('-') && !is_value(*position)).map(|(_, word)| word)
}

/// True if the word behind `word` is the value of an option in it.
fn has_value(options: &Options, word: &str) -> bool {
    if word.starts_with("--") {
        return options.long.contains(&word);
    }
    let Some(cluster) = word.strip_prefix('-') else { return false };
    // What stands behind the first such letter is its value already.
    cluster.find(|letter| options.short.contains(letter)).is_some_and(|at| at + 1 == cluster.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_programs_are_in_order() {
        assert!(OPTIONS.is_sorted_by_key(|options| options.program));
    }

    #[test]
    fn values_are_no_operands() {
        for (command, expected) in [
            ("tail -n 50 -f a", "a"),
            ("tail -fn 50 a", "a"),
            ("tail -fn50 a", "a"),
            ("tail --lines 5 a", "a"),
            ("mkdir -p -m 0755 a b", "a b"),
            ("jq --arg x y -r .z a", ".z a"),
            ("cat -n a", "a"),
            ("bash -euo pipefail a", "a"),
            ("grep -rie x a", "a"),
            ("sort -t : -k 2 -u a", "a"),
            ("install -o root -m 0644 a b", "a b"),
            ("mkdir -m755 --mode 755 --mode=700 a", "a"),
            ("sed -ne s/a/b/ a", "a"),
            ("curl -H x -O https://example.com/a", "https://example.com/a"),
            ("node -r dotenv/config a.js", "a.js"),
            ("python3.12 -W ignore a.py", "a.py"),
            ("tail -5 a", "a"),
        ] {
            let mut words = command.split(' ').map(|word| Word { text: word.into(), is_exact: true });
            let program = words.next().unwrap().text;
            let words: Vec<_> = words.collect();
            let left: Vec<_> = operands(&program, &words).map(|word| word.text.as_str()).collect();
            assert_eq!(left.join(" "), expected, "{command}");
        }
    }
}

//! Which arguments of a program are operands: neither options nor their values.

use super::Word;

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
static OPTIONS: [Options; 41] = [
    options("ash", "o", &[]),
    options("awk", "Fvf", &["--assign", "--field-separator", "--file"]),
    options("base64", "w", &["--wrap"]),
    options("bash", "oO", &["--init-file", "--rcfile"]),
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
            "--request",
            "--retry",
            "--retry-delay",
            "--retry-max-time",
            "--unix-socket",
            "--user",
            "--write-out",
        ],
    ),
    options("cut", "bcdf", &["--delimiter", "--fields"]),
    options("dash", "o", &[]),
    options("diff", "U", &["--exclude"]),
    options("egrep", "ABCDdefm", &[]),
    options("fgrep", "ABCDdefm", &[]),
    options("gawk", "Fvf", &["--assign", "--field-separator", "--file"]),
    options("grep", "ABCDdefm", &["--after-context", "--before-context", "--context", "--file", "--max-count", "--regexp"]),
    options("gzip", "S", &["--suffix"]),
    options("head", "cn", &["--bytes", "--lines"]),
    options("install", "Sgmot", &["--group", "--mode", "--owner", "--target-directory"]),
    options("jq", "fL", &["--from-file", "--indent"]),
    options("killall", "osuy", &["--signal", "--user"]),
    options("ksh", "o", &[]),
    options("mkdir", "m", &["--mode"]),
    options("mkfifo", "m", &["--mode"]),
    options("node", "r", &["--import", "--loader", "--require"]),
    options("nodejs", "r", &["--import", "--loader", "--require"]),
    options("od", "AjNtw", &[]),
    options("pgrep", "GPUgstu", &["--parent", "--user"]),
    options("php", "cd", &[]),
    options("pkill", "GPUgstu", &["--parent", "--signal", "--user"]),
    options("python", "WX", &[]),
    options("python2", "WX", &[]),
    options("python3", "WX", &[]),
    options("rsync", "efT", &["--exclude", "--exclude-from", "--files-from", "--include", "--rsh"]),
    options("sed", "efl", &["--expression", "--file"]),
    options("sh", "o", &[]),
    options("sort", "STkot", &["--field-separator", "--key", "--output"]),
    options("split", "abln", &["--bytes", "--lines"]),
    options("tail", "cns", &["--bytes", "--lines", "--max-unchanged-stats", "--pid", "--sleep-interval"]),
    options("touch", "drt", &["--date", "--reference"]),
    options("truncate", "rs", &["--reference", "--size"]),
    options("uniq", "fsw", &[]),
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
    options("xxd", "clos", &[]),
    options("zsh", "o", &[]),
];

/// Options of `jq` with two values.
const WITH_TWO: [&str; 4] = ["--arg", "--argjson", "--rawfile", "--slurpfile"];

/// The words of `arguments` that are operands of `program`.
pub(super) fn operands<'a>(program: &str, arguments: &'a [Word]) -> impl DoubleEndedIterator<Item = &'a Word> + use<'a> {
    let found = OPTIONS.binary_search_by_key(&program, |options| options.program);
    let options = found.ok().map(|found| &OPTIONS[found]);
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
        ] {
            let mut words = command.split(' ').map(|word| Word { text: word.into(), is_exact: true });
            let program = words.next().unwrap().text;
            let words: Vec<_> = words.collect();
            let left: Vec<_> = operands(&program, &words).map(|word| word.text.as_str()).collect();
            assert_eq!(left.join(" "), expected, "{command}");
        }
    }
}

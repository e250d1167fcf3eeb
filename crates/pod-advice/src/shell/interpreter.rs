//! Programs that run a file that their arguments name.

use super::{Call, Word, invocation::is_shell};

/// Programs that run the file whose name has such an ending, whatever they do with it, in order.
const BY_ENDING: [(&str, &[&str]); 5] =
    [("bun", &SCRIPTS), ("deno", &SCRIPTS), ("dotnet", &[".dll"]), ("pm2-runtime", &SCRIPTS), ("streamlit", &[".py"])];

const SCRIPTS: [&str; 6] = [".cjs", ".js", ".jsx", ".mjs", ".ts", ".tsx"];

/// The file that an interpreter or a shell is to run; `None` of other programs, and of code that stands in the command.
pub(crate) fn file_run_by(call: &Call) -> Option<&Word> {
    let program = call.program();
    if let Ok(found) = BY_ENDING.binary_search_by_key(&program, |(name, _)| name) {
        let is_file = |word: &&Word| BY_ENDING[found].1.iter().any(|ending| word.text.ends_with(ending));
        return call.operands().find(is_file).filter(|word| !word.text.contains("://"));
    }
    let code_options: &[&str] = match without_version(program) {
        _ if is_shell(program) => &["-c"],
        "node" | "nodejs" | "ts-node" | "tsx" => &["-e", "-p", "--eval", "--print"],
        "groovy" | "julia" | "lua" | "luajit" => &["-e", "-E", "--eval"],
        "perl" | "ruby" | "Rscript" => &["-e", "-E"],
        "php" => &["-r"],
        "pypy" | "python" => &["-c", "-m"],
        _ => return None,
    };
    call.operands().next().filter(|_| !call.has_option(code_options))
}

/// The name of a program without a version behind it: `python3.12` is a `python`.
pub(super) fn without_version(program: &str) -> &str {
    program.trim_end_matches(|last: char| last.is_ascii_digit() || last == '.')
}

#[cfg(test)]
mod tests {
    use super::super::{Variables, read};
    use super::*;

    #[test]
    fn the_programs_are_in_order() {
        assert!(BY_ENDING.is_sorted_by_key(|(program, _)| program));
    }

    #[test]
    fn the_file_is_found_behind_options() {
        for (command, expected) in [
            ("sh -e /a.sh b", Some("/a.sh")),
            ("python3.12 -u /a.py", Some("/a.py")),
            ("php82 -d memory_limit=-1 /a", Some("/a")),
            ("nodejs -r dotenv/config /a.js", Some("/a.js")),
            ("dotnet --roll-forward Major /a.dll b.dll", Some("/a.dll")),
            ("deno run --allow-net /a.ts", Some("/a.ts")),
            ("bun --watch run /a.ts", Some("/a.ts")),
            ("deno run https://example.com/a.ts", None),
            ("bun run start", None),
            ("dotnet build /a", None),
            ("python3.12 -m a b", None),
            ("node -e 1 a", None),
            ("lua -e 1 a", None),
            ("cat /a.js", None),
        ] {
            let reading = read(command, None, Variables::default()).unwrap();
            assert_eq!(file_run_by(&reading.calls[0]).map(|word| word.text.as_str()), expected, "{command}");
        }
    }
}

//! How code ends that an interpreter is given in its command: `python -c`, `node -e`.
//!
//! The code is not parsed. Its words say that it never ends where nothing in it can leave a loop, and that it ends where it
//! calls nothing but what is known to; of all other code nobody knows.

mod opened;

pub(super) use self::opened::files_of_code;
pub(crate) use self::opened::socket_of_code;

use super::{Call, End, Word, duration::end_after, quote::within};

/// A language, by its interpreters.
struct Language {
    programs: &'static [&'static str],
    /// Short options, of which the last may stand behind others in one word, and long ones, that are followed by code.
    options: &'static [&'static str],
    /// What begins a comment that goes to the end of its line.
    comment: &'static str,
    /// What goes on for ever, without spaces.
    endless: &'static [&'static str],
    /// Words with which a loop or the program may be left.
    leaving: &'static [&'static str],
}

static LANGUAGES: [Language; 5] = [
    Language {
        programs: &["python", "python2", "python3"],
        options: &["-c"],
        comment: "#",
        endless: &["whileTrue:", "while(True):", "while1:", "while(1):", ".serve_forever(", ".run_forever(", "signal.pause("],
        leaving: &["_exit", "alarm", "break", "exit", "kill", "quit", "raise", "return", "shutdown", "stop"],
    },
    Language {
        programs: &["node", "nodejs"],
        options: &["-e", "-p", "--eval", "--print"],
        comment: "//",
        endless: &["while(true)", "while(1)", "for(;;)", "setInterval(", ".listen("],
        leaving: &["abort", "break", "clearInterval", "close", "exit", "kill", "return", "throw", "unref"],
    },
    Language {
        programs: &["perl"],
        options: &["-e", "-E"],
        comment: "#",
        endless: &["while(1)", "while()", "for(;;)"],
        leaving: &["alarm", "die", "exec", "exit", "kill", "last", "return"],
    },
    Language {
        programs: &["ruby"],
        options: &["-e"],
        comment: "#",
        endless: &["loopdo", "loop{", "whiletrue"],
        leaving: &["abort", "break", "exec", "exit", "kill", "raise", "return", "throw"],
    },
    Language {
        programs: &["php"],
        options: &["-r"],
        comment: "//",
        endless: &["while(true)", "while(1)", "for(;;)"],
        leaving: &["break", "die", "exit", "return", "throw"],
    },
];

/// Code that is given to an interpreter.
struct Code<'c> {
    language: &'static Language,
    /// The options before it, with the one that it follows.
    options: &'c [Word],
    text: &'c Word,
}

impl<'c> Code<'c> {
    /// The code that `call` gives to an interpreter.
    fn of(call: &'c Call) -> Option<Self> {
        let language = language_of(call.program())?;
        let words = call.arguments();
        let option = words.iter().position(|word| !word.text.starts_with('-') || language.is_for_code(&word.text))?;
        let (options, behind) = words.split_at(option + 1);
        let text = behind.first().filter(|_| language.is_for_code(&words[option].text))?;
        Some(Self { language, options, text })
    }
}

impl Language {
    /// True of an option that code follows, alone or behind other short options.
    fn is_for_code(&self, word: &str) -> bool {
        let ends_so = |short: &str| !word.starts_with("--") && short.len() == 2 && word.ends_with(&short[1..]);
        word.starts_with('-') && self.options.iter().any(|option| word == *option || ends_so(option) && word.len() < 6)
    }
}

fn language_of(program: &str) -> Option<&'static Language> {
    LANGUAGES.iter().find(|language| language.programs.contains(&program))
}

/// True of an option of `program` that is followed by code: `-c` of `python`.
pub(crate) fn is_option_of_code(program: &str, option: &str) -> bool {
    language_of(program).is_some_and(|language| language.is_for_code(option))
}

/// The option of `program` behind which code stands.
pub(super) fn option_of(program: &str) -> Option<&'static str> {
    language_of(program)?.options.first().copied()
}

/// How the code ends that `call` gives to an interpreter; `None` of other calls.
pub(super) fn end_of_code(call: &Call) -> Option<End> {
    let Code { language, options, text } = Code::of(call)?;
    let is_repeated = |word: &str| word.len() < 6 && !word.starts_with("-M") && word.contains(['n', 'p']);
    let repeats = call.program() == "perl" && options.iter().any(|word| is_repeated(&word.text));
    if !text.is_exact || repeats {
        return Some(End::Unknown);
    }
    Some(end_of_text(language, &bare(&text.text, language.comment)))
}

/// `code` without its comments and what stands in quotes.
fn bare(code: &str, comment: &str) -> String {
    let mut bare = String::new();
    let mut quote = None;
    for line in code.lines() {
        for (at, character) in line.char_indices() {
            let before = quote;
            quote = within(quote, character);
            if before.is_none() && quote.is_none() && line[at..].starts_with(comment) {
                break;
            }
            if before.is_none() && quote.is_none() {
                bare.push(character);
            }
        }
        bare.push('\n');
    }
    bare
}

fn end_of_text(language: &Language, code: &str) -> End {
    let words = || code.split(|character: char| !character.is_alphanumeric() && character != '_').filter(|word| !word.is_empty());
    let packed: String = code.split_whitespace().collect();
    if language.endless.iter().any(|endless| packed.contains(endless)) {
        return if words().any(|word| language.leaving.contains(&word)) { End::Unknown } else { End::Never };
    }
    if words().any(|word| GOING_ON.binary_search(&word).is_ok()) {
        return End::Unknown;
    }
    let is_known = |name: &str| PLAIN.binary_search(&name).is_ok();
    let prints = words().any(|word| PRINTING.binary_search(&word).is_ok());
    if prints && called(code).all(is_known) { end_after(slept(&packed)) } else { End::Unknown }
}

/// The names that stand before a `(`.
fn called(code: &str) -> impl Iterator<Item = &str> {
    let before = code.match_indices('(').map(|(at, _)| code[..at].trim_end());
    let is_of_name = |letter: char| letter.is_alphanumeric() || letter == '_';
    before.map(move |before| &before[before.trim_end_matches(is_of_name).len()..]).filter(|name| !name.is_empty())
}

/// How many seconds the calls of `sleep` take together; for ever if that is not known.
fn slept(packed: &str) -> f64 {
    let seconds = |(at, name): (usize, &str)| {
        let rest = &packed[at + name.len()..];
        rest.split_once(')').and_then(|(seconds, _)| seconds.parse::<f64>().ok()).unwrap_or(ABOUT_AN_HOUR)
    };
    packed.match_indices("sleep(").map(seconds).sum()
}

/// A time of which nobody knows whether it is long.
const ABOUT_AN_HOUR: f64 = 60.0 * 60.0;

/// Words of code that may wait, repeat itself or run something else, in order.
const GOING_ON: [&str; 26] = [
    "STDIN",
    "accept",
    "async",
    "await",
    "do",
    "eval",
    "exec",
    "fork",
    "gets",
    "goto",
    "include",
    "input",
    "listen",
    "loop",
    "redo",
    "require_once",
    "run",
    "select",
    "setTimeout",
    "spawn",
    "stdin",
    "subprocess",
    "system",
    "until",
    "wait",
    "while",
];

/// Words with which code prints or writes something and goes on, in order.
const PRINTING: [&str; 10] = ["echo", "log", "p", "print", "printf", "puts", "say", "write", "writeFileSync", "write_text"];

/// What is known to come back when it is called, in order.
const PLAIN: [&str; 43] = [
    "Date",
    "Path",
    "bpi",
    "close",
    "date",
    "dump",
    "dumps",
    "echo",
    "elif",
    "existsSync",
    "exit",
    "file_put_contents",
    "float",
    "flush",
    "for",
    "foreach",
    "format",
    "getenv",
    "if",
    "in",
    "int",
    "isoformat",
    "join",
    "len",
    "list",
    "localtime",
    "log",
    "mkdirSync",
    "now",
    "open",
    "print",
    "printf",
    "puts",
    "range",
    "read",
    "require",
    "sleep",
    "str",
    "strftime",
    "time",
    "write",
    "writeFileSync",
    "write_text",
];

#[cfg(test)]
mod tests {
    use super::super::{Variables, read};
    use super::*;

    fn end(script: &str) -> End {
        read(script, None, Variables::default()).unwrap().end
    }

    #[test]
    fn the_lists_are_in_order() {
        assert!(GOING_ON.is_sorted() && PRINTING.is_sorted() && PLAIN.is_sorted());
    }

    #[test]
    fn code_that_never_ends() {
        for script in [
            "python3 -c 'import time\nwhile True:\n    time.sleep(60)'",
            "python -u -c 'while 1: print(\"break\")  # or return'",
            "python -uc 'import http.server as h; h.HTTPServer((\"\", 80), h.SimpleHTTPRequestHandler).serve_forever()'",
            "node -e 'setInterval(() => console.log(\"tick\"), 1000)'",
            "node -p 'setInterval(() => console.log(\"tick\"), 1000)'",
            "node --eval 'require(\"http\").createServer((q, s) => s.end(\"x\")).listen(80)'",
            "perl -we 'while (1) { print \"x\"; sleep 10 }'",
            "ruby -e 'loop do puts 1; sleep 1 end'",
            "php -r 'while (true) { sleep(1); }'",
            "python -c 'import time; print(1); time.sleep(1e9)'",
            "python3 - <<'EOF'\nimport time\nwhile True:\n    time.sleep(60)\nEOF",
            "sh -s <<EOF\nwhile true; do sleep 60; done\nEOF",
        ] {
            assert_eq!(end(script), End::Never, "{script}");
        }
    }

    #[test]
    fn code_that_ends() {
        for script in [
            "python -c 'print(\"while True:\")'",
            "python3 -c 'open(\"/d/x\", \"w\").write(\"hello\")'",
            "python -c 'import time; print(1); time.sleep(5)'",
            "node -e 'console.log(new Date())'",
            "node <<< 'console.log(1)'",
            "bash <<EOF\ndate\nEOF",
            "perl -Mbignum=bpi -wle 'print bpi(2000)'",
            "ruby -e 'puts 1'",
            "php -r 'echo 1;'",
        ] {
            assert_eq!(end(script), End::Ends, "{script}");
        }
    }

    #[test]
    fn code_that_may_end() {
        for script in [
            "python -c 'import os, time\nwhile True:\n  if os.path.exists(\"/done\"): break\n  time.sleep(1)'",
            "node -e 'const t = setInterval(() => clearInterval(t), 100)'",
            "python -c \"$CODE\"",
            "python - <<EOF\nprint($CODE)\nEOF",
            "python /app/main.py <<EOF\nprint(1)\nEOF",
            "python -c 'import app; app.main()'",
            "python -c 'import time; print(1); time.sleep(3600)'",
            "python -c 'print(input())'",
            "perl -ne 'print'",
            "perl -e 'system(\"sleep infinity\")'",
            "python /app/main.py",
        ] {
            assert_eq!(end(script), End::Unknown, "{script}");
        }
    }
}

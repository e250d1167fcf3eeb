//! What code opens by name that an interpreter is given in its command: files, and sockets.

use super::Code;
use crate::shell::{Access, Call};

/// The files that the code of `call` opens under their names from the root on, and what for: `open('/d/x', 'w')`. Files that are
/// read in a loop, or where something may be missing, are left out.
pub(in super::super) fn files_of_code(call: &Call) -> Vec<(&str, Access)> {
    let Some(code) = Code::of(call).map(|code| code.text).filter(|text| text.is_exact) else { return Vec::new() };
    let code = code.text.as_str();
    let opened = OPENING.iter().flat_map(|(function, access)| {
        quoted_behind(code, function).map(move |(at, file, rest)| (at, file, access.unwrap_or_else(|| mode_of_open(rest))))
    });
    let later = start_of_later(code);
    let of_use = |&(at, file, access): &(usize, &str, Access)| file.starts_with('/') && !(access == Access::Read && at >= later);
    opened.filter(of_use).map(|(_, file, access)| (file, access)).collect()
}

/// The socket that the code of `call` binds under its name from the root on, without removing an old one.
pub(crate) fn socket_of_code(call: &Call) -> Option<&str> {
    let code = Code::of(call)?.text.text.as_str();
    let behind = |function: &'static str| code.match_indices(function).map(|(at, function)| &code[at + function.len()..]);
    let bound = BINDING.into_iter().flat_map(behind).take(MAX_BOUND);
    let bound = bound.map(str::trim_start);
    let named = bound.filter_map(|rest| quoted(rest).map_or_else(|| value_of(code, name_in(rest)?), |(text, _)| Some(text)));
    let socket = named.map(|socket| socket.trim_start_matches("unix://")).find(|socket| socket.starts_with('/'))?;
    (!may_remove(code, socket)).then_some(socket)
}

/// True if `code` removes a file, unless it says that it is another one than `path`.
fn may_remove(code: &str, path: &str) -> bool {
    let behind = |word: &'static str| code.match_indices(word).map(|(at, word)| &code[at + word.len()..]);
    REMOVING.into_iter().flat_map(behind).take(MAX_REMOVED).any(|rest| argument(rest).is_none_or(|file| file == path))
}

/// The text in quotes that is the first argument of a function, the name of which ends somewhere in `code`.
fn argument(code: &str) -> Option<&str> {
    let list = code.trim_start_matches(char::is_alphanumeric).strip_prefix('(')?;
    let (text, rest) = quoted(list.trim_start())?;
    rest.trim_start().starts_with([',', ')']).then_some(text)
}

/// How many sockets, and how many files that are removed, are looked at in one code.
const MAX_BOUND: usize = 8;
const MAX_REMOVED: usize = 8;

/// The name that `code` begins with.
fn name_in(code: &str) -> Option<&str> {
    let end = code.find(|letter: char| !letter.is_alphanumeric() && letter != '_')?;
    (end > 0).then(|| &code[..end])
}

/// The text in quotes that `code` gives to the variable `name` first.
fn value_of<'c>(code: &'c str, name: &str) -> Option<&'c str> {
    let is_of_name = |letter: char| letter.is_alphanumeric() || letter == '_';
    let mut found = code.match_indices(name).filter(|(at, _)| !code[..*at].ends_with(is_of_name));
    found.find_map(|(at, name)| Some(quoted(code[at + name.len()..].trim_start().strip_prefix('=')?.trim_start())?.0))
}

/// Functions that bind a socket and leave an old one where it is.
const BINDING: [&str; 11] = [
    ".bind(",
    ".listen(",
    ".listen({path:",
    ".listen({ path:",
    "Local=>",
    "Local =>",
    "UNIXServer.new(",
    "UNIXServer.open(",
    "UnixDatagramServer(",
    "UnixStreamServer(",
    "stream_socket_server(",
];

/// What removes a file, as a part of a name.
const REMOVING: [&str; 5] = ["unlink", "remove", "rmSync", "delete", "rm_f"];

/// Where that part of `code` begins that may be done later, again or not at all: behind the first arrow, or with the line of the
/// first word on which something hangs.
fn start_of_later(code: &str) -> usize {
    const ARROW: &str = "=>";
    let is_other = |character: char| !character.is_alphanumeric() && character != '_';
    let mut words = code.split_inclusive(is_other).scan(0, |end, word| {
        let start = std::mem::replace(end, *end + word.len());
        Some((start, word.trim_end_matches(is_other)))
    });
    let first = words.find(|(_, word)| LATER.binary_search(word).is_ok());
    let line = first.map(|(start, _)| code[..start].rfind('\n').map_or(0, |end| end + 1));
    let arrow = code.find(ARROW).map(|arrow| arrow + ARROW.len());
    line.into_iter().chain(arrow).min().unwrap_or(code.len())
}

/// Words of code that something hangs on which stands behind them, in order.
const LATER: [&str; 14] = [
    "def",
    "except",
    "exists",
    "existsSync",
    "file_exists",
    "fn",
    "for",
    "function",
    "if",
    "is_file",
    "isfile",
    "lambda",
    "try",
    "while",
];

/// Functions that open a file, and what for if that does not depend on what stands behind the name.
const OPENING: [(&str, Option<Access>); 6] = [
    ("open(", None),
    ("writeFileSync(", Some(Access::Write)),
    ("appendFileSync(", Some(Access::Append)),
    ("readFileSync(", Some(Access::Read)),
    ("file_put_contents(", Some(Access::Write)),
    ("file_get_contents(", Some(Access::Read)),
];

/// Where `function` stands in `code` with a text in quotes behind it, that text, and what stands behind that.
fn quoted_behind<'c>(code: &'c str, function: &'static str) -> impl Iterator<Item = (usize, &'c str, &'c str)> {
    code.match_indices(function).filter_map(move |(at, _)| {
        let (text, rest) = quoted(&code[at + function.len()..])?;
        Some((at, text, rest))
    })
}

/// The text in quotes that `code` begins with, and what stands behind it.
fn quoted(code: &str) -> Option<(&str, &str)> {
    let quote = code.chars().next().filter(|first| matches!(first, '"' | '\''))?;
    code[1..].split_once(quote)
}

/// What a file is opened for in Python, behind whose name the mode stands.
fn mode_of_open(behind: &str) -> Access {
    let mode = behind.trim_start().strip_prefix(',').map(|mode| mode.trim_start().trim_start_matches("mode="));
    match mode.and_then(quoted) {
        Some((mode, _)) if mode.contains(['w', 'x', '+']) => Access::Write,
        Some((mode, _)) if mode.contains('a') => Access::Append,
        _ => Access::Read,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shell::{Variables, read};

    #[test]
    fn the_words_are_in_order() {
        assert!(LATER.is_sorted());
    }

    #[test]
    fn sockets_that_code_binds() {
        let socket = |script: &str| {
            let reading = read(script, None, Variables::default()).unwrap();
            reading.calls.iter().find_map(socket_of_code).map(str::to_owned)
        };
        for script in [
            "python3 -c \"s.bind('/d/s')\"",
            "python3 -c 'import socketserver\nsocketserver.ThreadingUnixStreamServer(\"/d/s\", H).serve_forever()'",
            "ruby -rsocket -e 'UNIXServer.new(\"/d/s\")'",
            "php -r 'stream_socket_server(\"unix:///d/s\");'",
            "node -e \"createServer().listen('/d/s')\"",
            "node -e \"createServer().listen({path:'/d/s'})\"",
            "node -e \"createServer().listen({path: '/d/s'})\"",
            "node -e \"createServer().listen( '/d/s')\"",
            "python3 -c \"os.remove('/d/t')\ns.bind('/d/s')\"",
            "perl -e 'IO::Socket::UNIX->new(Local => \"/d/s\", Listen => 5)'",
            "python3 -c \"PATH = '/d/s'\ns.bind(PATH)\"",
        ] {
            assert_eq!(socket(script).as_deref(), Some("/d/s"), "{script}");
        }
        assert_eq!(socket("python3 -c \"socketserver.TCPServer(('', 80), H)\""), None);
        assert_eq!(socket("python3 -c \"s.bind(PATH)\""), None);
        for script in [
            "ruby -e 'File.delete(\"/d/s\"); UNIXServer.new(\"/d/s\")'",
            "node -e \"fs.rmSync( '/d/s', {force: true}); createServer().listen('/d/s')\"",
            "python3 -c \"os.remove('/d/t')\nos.unlink('/d/s')\ns.bind('/d/s')\"",
            "python3 -c \"os.remove('/d/' + NAME)\ns.bind('/d/s')\"",
            "python3 -c \"Path('/d/s').unlink()\ns.bind('/d/s')\"",
        ] {
            assert_eq!(socket(script), None, "{script}");
        }
    }

    #[test]
    fn files_that_code_opens() {
        let files = |script: &str| {
            let reading = read(script, None, Variables::default()).unwrap();
            reading.files.into_iter().map(|used| (used.path.to_string(), used.access)).collect::<Vec<_>>()
        };
        for (script, path, access) in [
            ("python -c \"open('/d/x', 'w').write('a')\"", "/d/x", Access::Write),
            ("python - <<EOF\nopen(\"/d/x\", \"w\").write(\"a\")\nEOF", "/d/x", Access::Write),
            ("python3 -u <<'EOF'\nprint(open(\"/d/x\").read())\nEOF", "/d/x", Access::Read),
            ("bash -e <<EOF\ndate > /d/x\nEOF", "/d/x", Access::Write),
            ("python -c \"print(open('/d/x').read())\"", "/d/x", Access::Read),
            ("python3 -uc \"f = open('/d/x', mode='a')\"", "/d/x", Access::Append),
            ("python -c \"import json\nd = json.load(open('/d/x'))\nwhile True: pass\"", "/d/x", Access::Read),
            ("node -e \"require('fs').writeFileSync('/d/x', 'a')\"", "/d/x", Access::Write),
            ("php -r \"file_put_contents('/d/x', 1);\"", "/d/x", Access::Write),
        ] {
            assert_eq!(files(script), [(path.to_owned(), access)], "{script}");
        }
        assert_eq!(files("python -c \"while True: print(open('/d/x').read())\""), []);
        assert_eq!(files("python -c \"d = open('/d/x').read() if ready() else ''\""), []);
        assert_eq!(files("node -e \"setInterval(() => console.log(require('fs').readFileSync('/d/x')), 1000)\""), []);
        assert_eq!(files("python -c \"open(name, 'w'); open('x', 'w')\""), []);
    }
}

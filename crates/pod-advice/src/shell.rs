//! What a shell script does, as far as its text tells.
//!
//! The grammar is that of `shuck-parser`; what is read of its tree is which programs run, which files they use, and whether
//! the script ends. Long and deeply nested texts are not read.

mod braces;
mod code;
mod duration;
mod files;
mod inner;
mod interpreter;
mod invocation;
mod made;
mod operand;
mod option;
mod pattern;
mod programs;
mod quote;
#[cfg(test)]
mod tests;
mod walk;
mod when;
mod wrapper;

use std::collections::HashMap;
use std::iter;
use std::ops::Range;

use compact_str::CompactString;
use shuck_parser::ShellProfile;
use shuck_parser::parser::{ParseStatus, Parser, ShellDialect};

pub(crate) use self::braces::{Braces, Dialect};
pub(crate) use self::code::{is_option_of_code, socket_of_code};
pub(crate) use self::inner::{run_by_timeout, run_by_xargs};
pub(crate) use self::interpreter::file_run_by;
pub(crate) use self::invocation::{first_operand, is_shell, script_in};
pub(crate) use self::option::with_values;
pub(crate) use self::pattern::may_stand_for;
pub(crate) use self::programs::{is_brief_with, is_known_program, only_asks};
pub(crate) use self::quote::within;
use self::walk::Walk;
pub(crate) use self::when::When;
pub(crate) use self::wrapper::Wrapping;

/// How long a script may be that is read.
pub(crate) const MAX_SCRIPT_BYTES: usize = 8 * 1024;

/// How many steps of the parser one byte may cost, and how deep a script may nest.
const FUEL_OF_BYTE: usize = 4;
const MAX_NESTING: usize = 24;

/// What is known of a script.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Reading {
    pub(crate) calls: Vec<Call>,
    pub(crate) files: Vec<FileUse>,
    /// What variables are set to, for the script or for one program of it.
    pub(crate) assigned: Vec<(CompactString, Word)>,
    /// True if something is written of which nobody knows where it is.
    pub(crate) hides_writes: bool,
    pub(crate) end: End,
}

impl Reading {
    /// Notes that something else may end it: no loop in it waits for one thing alone.
    fn may_be_stopped(&mut self) {
        self.calls.iter_mut().for_each(|call| call.when.decisive = false);
        self.files.iter_mut().for_each(|used| used.when.decisive = false);
    }
}

/// A program that is run.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Call {
    /// Its name and its arguments.
    pub(crate) words: Vec<Word>,
    /// Where the name of the program begins in the first word, behind its directory.
    name_start: usize,
    pub(crate) when: When,
    /// Where it stands in the script.
    pub(crate) span: Range<usize>,
    /// True if what it does is read as well: that of a function, or of another shell.
    pub(crate) is_followed: bool,
}

/// A word of a script.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Word {
    /// Its text up to the first part that only the shell knows.
    pub(crate) text: CompactString,
    /// True if that is all of it.
    pub(crate) is_exact: bool,
}

/// A file that a program uses.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct FileUse {
    /// An absolute path without `.` and `//`; a beginning of one where it is not exact.
    pub(crate) path: CompactString,
    pub(crate) is_exact: bool,
    /// The path with all signs of a pattern, where it is one for several files.
    pub(crate) pattern: Option<CompactString>,
    pub(crate) access: Access,
    pub(crate) when: When,
    /// The program that uses it; a redirection belongs to the program that it is of. What makes directories is called `mkdir`.
    pub(crate) program: CompactString,
    /// Which of the calls that is.
    pub(crate) call: usize,
}

impl FileUse {
    /// True of what a script uses without having waited, and without trying again.
    pub(crate) fn is_at_once(&self) -> bool {
        self.comes_first() && !self.when.in_loop
    }

    /// True of what a script uses without having waited, the first time if it does so again and again.
    pub(crate) fn comes_first(&self) -> bool {
        let When { guarded, waited, slept, background, .. } = self.when;
        !guarded && !waited && !slept && !background && self.program != "tail"
    }
}

/// How a file is used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Access {
    Read,
    /// A loop waits until it is there.
    Await,
    Write,
    Append,
    Remove,
    /// Its mode is changed.
    Mode,
    /// Its user or its group is changed.
    Owner,
}

/// How a script ends.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum End {
    /// Nobody knows.
    #[default]
    Unknown,
    /// By itself.
    Ends,
    /// Never.
    Never,
}

impl Call {
    /// A call of what `words` name and give it, which stands at `span`.
    pub(crate) fn new(words: Vec<Word>, when: When, span: Range<usize>) -> Self {
        let name_start = words.first().map_or(0, |word| base_start(&word.text));
        Self { words, name_start, when, span, is_followed: false }
    }

    /// The name of the program without its directory.
    pub(crate) fn program(&self) -> &str {
        self.words.first().map_or("", |word| &word.text[self.name_start..])
    }

    /// True of `test`, by either of its names.
    pub(crate) fn is_test(&self) -> bool {
        matches!(self.program(), "[" | "test")
    }

    /// The words after the program's name.
    pub(crate) fn arguments(&self) -> &[Word] {
        self.words.get(1..).unwrap_or_default()
    }

    /// True if an argument is one of `options`, or short options in one word of which one is.
    pub(crate) fn has_option(&self, options: &[&str]) -> bool {
        self.arguments().iter().any(|word| options.iter().any(|option| is_option(&word.text, option)))
    }

    /// True of a program that ends by itself.
    pub(crate) fn ends(&self) -> bool {
        programs::end_of(self) == End::Ends
    }

    /// True if it copies files as they are.
    pub(crate) fn copies(&self) -> bool {
        match self.program() {
            "cp" | "rsync" => true,
            "install" => !self.makes_directories(),
            _ => files::is_piped_tar(self),
        }
    }

    /// True if it makes the directories that its operands name: `mkdir`, `install -d`.
    pub(crate) fn makes_directories(&self) -> bool {
        match self.program() {
            "mkdir" => true,
            "install" => self.has_option(&["-d", "--directory"]),
            _ => false,
        }
    }

    /// True if it fails where what it makes is there already.
    pub(crate) fn fails_if_there(&self) -> bool {
        match self.program() {
            "git" => true,
            "mkdir" => !self.has_option(&["-p", "--parents"]),
            "ln" => !self.has_option(&["-f", "--force"]),
            _ => false,
        }
    }

    /// The arguments that are neither options nor values of these.
    pub(crate) fn operands(&self) -> impl DoubleEndedIterator<Item = &Word> {
        operand::operands(self.program(), self.arguments())
    }
}

/// True of `option` alone, with a value behind `=`, and among other short options.
fn is_option(text: &str, option: &str) -> bool {
    let (bytes, option_bytes) = (text.as_bytes(), option.as_bytes());
    if let ([b'-', rest @ ..], [_, short]) = (bytes, option_bytes)
        && !rest.starts_with(b"-")
        && rest.contains(short)
    {
        return true;
    }
    match bytes.get(option.len()) {
        Some(b'=') => bytes.starts_with(option_bytes) && !option.contains('='),
        Some(_) => false,
        None => text == option,
    }
}

/// True of a command that shells have and no file is, so that nothing runs where there is no shell.
fn is_of_shells(program: &str) -> bool {
    matches!(program, "exit" | "export" | "set" | "shift" | "trap" | "unset")
}

/// The last part of a path.
pub(crate) fn base_name(path: &str) -> &str {
    &path[base_start(path)..]
}

fn base_start(path: &str) -> usize {
    path.as_bytes().iter().rposition(|byte| *byte == b'/').map_or(0, |slash| slash + 1)
}

/// The variables that a script begins with.
#[derive(Clone, Debug, Default)]
pub(crate) struct Variables<'s> {
    /// Those of which the name is known, with their values as far as these are.
    pub(crate) known: HashMap<&'s str, Option<&'s str>>,
    /// True if there are others.
    pub(crate) has_others: bool,
}

/// What is read of `script`, which begins in the directory `cwd` with `variables`; `None` of one that cannot be read.
pub(crate) fn read(script: &str, cwd: Option<&str>, variables: Variables<'_>) -> Option<Reading> {
    read_as(Dialect::default(), script, cwd, variables)
}

/// The same of a `script` that a shell reads which is known.
pub(crate) fn read_as(dialect: Dialect, script: &str, cwd: Option<&str>, variables: Variables<'_>) -> Option<Reading> {
    read_with(script, Walk::new(script, cwd, variables).read_as(dialect))
}

/// What is read of `script` by the way of `walk`.
fn read_with<'s>(script: &'s str, walk: Walk<'s>) -> Option<Reading> {
    if script.len() > MAX_SCRIPT_BYTES || braces_inside_each_other(script) > MAX_NESTING {
        return None;
    }
    let fuel = FUEL_OF_BYTE * script.len() + 1_000;
    let profile = ShellProfile::native(ShellDialect::Bash);
    let parsed = Parser::with_limits_and_profile(script, MAX_NESTING, fuel, profile).parse();
    if parsed.status != ParseStatus::Clean {
        return None;
    }
    Some(walk.read(&parsed.file.body))
}

/// The words of `text` if it is one plain command without anything that only a shell does.
pub(crate) fn split(text: &str) -> Option<Vec<String>> {
    if text.len() > MAX_SCRIPT_BYTES || text.contains(['$', '`', '*', '<', '>', '|', '&', ';', '\n']) {
        return None;
    }
    let calls = read(text, None, Variables::default())?.calls;
    let [call] = calls.as_slice() else { return None };
    Some(call.words.iter().map(|word| word.text.to_string()).collect())
}

/// How many braces of expansions and of words, `${a` and `{a,b}`, stand inside each other, those of a group left out. The parser's
/// work grows with the square of this.
fn braces_inside_each_other(script: &str) -> usize {
    if !script.contains('{') {
        return 0;
    }
    let steps = script.as_bytes().windows(2).scan(0_usize, |depth, pair| {
        match pair {
            [b'{', next] if !next.is_ascii_whitespace() => *depth += 1,
            [_, b'}'] => *depth = depth.saturating_sub(1),
            _ => {}
        }
        Some(*depth)
    });
    steps.max().unwrap_or_default()
}

/// What is known of a program that is run without a shell.
pub(crate) fn read_words<'a>(words: impl Iterator<Item = &'a str>, cwd: Option<&str>) -> Reading {
    let words = words.map(|word| Word { text: word.into(), is_exact: !word.contains("$(") }).collect();
    let call = Call::new(words, When::default(), 0..0);
    let mut files = Vec::new();
    files::used_by(&call, cwd, &mut files);
    let hides_writes = files::hides_writes(&call, &files);
    let run_by_find = inner::run_by_find(&call);
    for (index, inner) in run_by_find.iter().enumerate() {
        let first = files.len();
        files::used_by(inner, cwd, &mut files);
        files[first..].iter_mut().for_each(|used| used.call = index + 1);
    }
    let end = if is_of_shells(call.program()) { End::Unknown } else { programs::end_of(&call) };
    let calls = iter::once(call).chain(run_by_find).collect();
    Reading { calls, files, hides_writes, end, ..Reading::default() }
}

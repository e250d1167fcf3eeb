//! What a container runs.

mod expansion;
mod slip;
mod strict;

use std::borrow::Cow;
use std::iter;

use serde_json::Value;

use self::expansion::expanded;
pub(crate) use self::slip::Slip;
pub(crate) use self::strict::Strictness;
use crate::image::Image;
use crate::images::Entrypoint;
use crate::quotes::unquoted;
use crate::shell::{self, Access, Call, Dialect, End, FileUse, Reading, Variables, Wrapping, script_in};
use crate::workload::{list, text};

/// How many items of a command are looked at.
const MAX_ITEMS: usize = 64;

/// How many variables of a container a script is read with, and how long they may be.
pub(crate) const MAX_VARIABLES: usize = 64;
const MAX_VARIABLE_BYTES: usize = 1_000;

/// What a container runs.
#[derive(Debug, Default)]
pub(crate) struct Process<'a> {
    /// The program and its arguments, if the container says them.
    pub(crate) words: Vec<Item<'a>>,
    /// The script that a shell is given after `-c`.
    pub(crate) script: Option<Item<'a>>,
    /// What it says by mistake.
    pub(crate) slip: Option<Slip<'a>>,
    /// What is known of it, and of what is meant where it says something else.
    pub(crate) reading: Reading,
}

/// An item of `command` or `args`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Item<'a> {
    pub(crate) field: &'static str,
    pub(crate) position: usize,
    pub(crate) text: &'a str,
}

impl<'a> Process<'a> {
    pub(crate) fn of(container: &'a Value, image: &Image<'_>, may_read: bool) -> Self {
        let (command, arguments) = (items(container, "command"), items(container, "args"));
        let entrypoint = image.known.map(|known| known.entrypoint);
        let cwd = text(container, "workingDir");
        let first = arguments.first().map(|first| first.text);
        let program = entrypoint.filter(|_| command.is_empty() && may_read).and_then(|entrypoint| entrypoint.program(first));
        if let Some(program) = program {
            let slip = Slip::in_arguments(program, &arguments);
            let meant = match &slip {
                Some(Slip::OneItem { words, .. }) => words.clone(),
                _ => arguments.iter().map(|argument| argument.text.to_owned()).collect(),
            };
            return Self { slip, reading: read_program(program, &meant, container), ..Self::default() };
        }
        let words = match (command.is_empty(), entrypoint) {
            (false, _) => command.into_iter().chain(arguments).collect(),
            (true, Some(Entrypoint::None | Entrypoint::RunsArguments | Entrypoint::ProgramOrArguments(_)))
                if names_program(&arguments) =>
            {
                arguments
            }
            (true, _) => {
                let slip = Slip::find(&arguments, None, false);
                let is_plain = slip.is_none() && !is_once(container);
                let end = if is_plain { end_without_command(image, &arguments) } else { End::Unknown };
                let files = if may_read { files_of_arguments(image, &arguments, container) } else { Vec::new() };
                return Self { slip, reading: Reading { files, end, ..Reading::default() }, ..Self::default() };
            }
        };
        let texts: Vec<_> = words.iter().map(|word| word.text).collect();
        let start = Wrapping::of(&texts, |text| text).words;
        let script = script_in(&texts[start..]).map(|position| words[start + position]);
        let slip = Slip::find(&words, script, true);
        let meant = slip.as_ref().map(|slip| slip.meant(&words));
        let meant: Option<Vec<_>> = meant.as_ref().map(|words| words.iter().map(String::as_str).collect());
        let meant = meant.as_ref().unwrap_or(&texts);
        let mut reading = if may_read { read(meant, cwd, container, image) } else { Reading::default() };
        if has_input(container) && reading.calls.iter().any(reads_input) {
            reading.end = End::Unknown;
        }
        Self { words, script, slip, reading }
    }

    /// True if it never ends.
    pub(crate) fn never_ends(&self) -> bool {
        self.reading.end == End::Never
    }

    /// True if it ends by itself.
    pub(crate) fn ends(&self) -> bool {
        self.reading.end == End::Ends
    }

    /// True if a `*` that is used as `used` says stands for names that begin with a dot as well, as it does once a shell is told so.
    pub(crate) fn matches_hidden(&self, used: &FileUse) -> bool {
        let says = |word: &str| matches!(word, "dotglob" | "globdots" | "glob_dots");
        let is_told = |call: &Call| {
            matches!(call.program(), "shopt" | "setopt")
                && !call.has_option(&["-u"])
                && call.arguments().iter().any(|word| says(&word.text))
        };
        self.calls().take(used.call).any(is_told) || self.words.iter().any(|word| says(word.text))
    }

    /// Where its shell stops at a failure.
    pub(crate) fn strictness(&self) -> Strictness {
        let is_script =
            |word: &Item<'_>| self.script.is_some_and(|script| (word.field, word.position) == (script.field, script.position));
        let before = self.words.iter().take_while(|word| !is_script(word)).map(|word| word.text);
        Strictness::of(before.filter(|_| self.script.is_some()), &self.reading.calls)
    }

    /// The words that it runs, or the arguments in `container` of which nobody knows what takes them.
    pub(crate) fn items(&self, container: &'a Value) -> Vec<Item<'a>> {
        if self.words.is_empty() { items(container, "args") } else { self.words.clone() }
    }

    /// True if all files are known that it makes.
    pub(crate) fn makes_known_files_only(&self) -> bool {
        self.runs_only(Call::makes_named_files_only) && !self.reading.hides_writes
    }

    /// True if all places are known at which, or below which, it makes files.
    pub(crate) fn makes_files_at_known_places(&self) -> bool {
        self.runs_only(Call::makes_files_at_named_places) && !self.reading.hides_writes
    }

    /// True if all that it runs are small programs, none of which serves anything.
    pub(crate) fn serves_nothing(&self) -> bool {
        self.runs_only(Call::makes_files_at_named_places)
    }

    /// True if it is known what it runs, and all of it is such.
    pub(crate) fn runs_only(&self, is_such: impl Fn(&Call) -> bool) -> bool {
        self.calls().next().is_some() && self.calls().all(is_such)
    }

    pub(crate) fn calls(&self) -> impl Iterator<Item = &Call> {
        self.reading.calls.iter()
    }

    pub(crate) fn writes(&self) -> impl Iterator<Item = &FileUse> {
        self.reading.files.iter().filter(|used| matches!(used.access, Access::Write | Access::Append))
    }

    pub(crate) fn reads(&self) -> impl Iterator<Item = &FileUse> {
        self.reading.files.iter().filter(|used| used.access == Access::Read)
    }
}

/// True if a shell is run.
pub(crate) fn is_shell(words: &[Item<'_>]) -> bool {
    words.first().is_some_and(|word| shell::is_shell(word.text))
}

fn items<'a>(container: &'a Value, field: &'static str) -> Vec<Item<'a>> {
    let item = |(position, value): (usize, &'a Value)| {
        let text = value.as_str()?;
        Some(Item { field, position, text: unquoted(text).unwrap_or(text) })
    };
    list(container, field).take(MAX_ITEMS).filter_map(item).collect()
}

fn names_program(arguments: &[Item<'_>]) -> bool {
    arguments.first().is_some_and(|first| !first.text.starts_with('-'))
}

/// What pages have between words, and a shell takes for a letter; it is read as the space that is meant.
pub(crate) const NO_BREAK_SPACE: char = '\u{a0}';

fn with_plain_spaces(script: &str) -> Cow<'_, str> {
    if script.contains(NO_BREAK_SPACE) { script.replace(NO_BREAK_SPACE, " ").into() } else { script.into() }
}

/// What is known of a command of these `words`, which runs in `image`.
fn read(words: &[&str], cwd: Option<&str>, container: &Value, image: &Image<'_>) -> Reading {
    let variables = variables(container);
    let run: Vec<_> = words.iter().map(|word| expanded(word, &variables)).collect();
    let run: Vec<_> = run.iter().map(Cow::as_ref).collect();
    let run = &run[Wrapping::of(&run, |word| word).words..];
    let Some(position) = script_in(run) else { return shell::read_words(run.iter().copied(), cwd) };
    let script = with_plain_spaces(run[position]);
    let mut script_variables = variables.clone();
    if shell::is_shell(run[0]) {
        script_variables.known.extend(parameters(&run[position + 1..]));
    }
    let dialect = Dialect::of(run[0], image.braces_of_sh());
    let mut reading = shell::read_as(dialect, &script, cwd, script_variables).unwrap_or_default();
    if !words.contains(&&*script) {
        // What stands where is known of the text that is run, and not of the one that is written.
        reading.calls.iter_mut().for_each(|call| call.span = 0..0);
    }
    reading
}

/// What a script calls the words behind it.
const PARAMETERS: [&str; 10] = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"];

/// The words behind a script, by their names in it.
fn parameters<'w>(words: &[&'w str]) -> impl Iterator<Item = (&'w str, Option<&'w str>)> {
    let known = words.iter().map(|word| Some(*word).filter(|word| word.len() < MAX_VARIABLE_BYTES));
    PARAMETERS.into_iter().zip(known)
}

/// True if something may be typed into the container, which waits for it.
fn has_input(container: &Value) -> bool {
    ["stdin", "tty"].iter().any(|field| container.get(field).and_then(Value::as_bool).unwrap_or_default())
}

/// True of a program that reads its standard input, since it is given no file.
fn reads_input(call: &Call) -> bool {
    match call.program() {
        "read" => true,
        "cat" | "tee" | "sort" | "wc" => call.operands().next().is_none(),
        "mariadb" | "mongo" | "mongosh" | "mysql" | "psql" | "sqlite3" => {
            !call.has_option(&["-c", "-e", "-f", "--command", "--eval", "--execute"])
        }
        _ => false,
    }
}

/// The files that `arguments` name to a program of an image that is called like it, as far as options tell: `--config FILE`.
fn files_of_arguments(image: &Image<'_>, arguments: &[Item<'_>], container: &Value) -> Vec<FileUse> {
    if arguments.is_empty() {
        return Vec::new();
    }
    let arguments: Vec<_> = arguments.iter().map(|argument| argument.text).collect();
    let files = read_program(image.name(), &arguments, container).files;
    files.into_iter().filter(|used| used.access == Access::Read).collect()
}

/// What is known of `program`, which an image runs with the `arguments` of `container`.
fn read_program(program: &str, arguments: &[impl AsRef<str>], container: &Value) -> Reading {
    let variables = variables(container);
    let arguments: Vec<_> = arguments.iter().map(|argument| expanded(argument.as_ref(), &variables)).collect();
    let words = iter::once(program).chain(arguments.iter().map(Cow::as_ref));
    shell::read_words(words, text(container, "workingDir"))
}

/// How an image ends without a command: as it is shipped, if the arguments are options.
fn end_without_command(image: &Image<'_>, arguments: &[Item<'_>]) -> End {
    let is_as_shipped = arguments.first().is_none_or(|first| first.text.starts_with('-'))
        && !shell::is_brief_with(image.name(), arguments.iter().map(|argument| argument.text));
    if is_as_shipped { end_of_image(image) } else { End::Unknown }
}

/// True if a variable tells a server to do its work once, as that of `git-sync` does.
fn is_once(container: &Value) -> bool {
    let is_once = |(_, variable): (usize, &Value)| {
        let is_named = text(variable, "name").is_some_and(|name| name.ends_with("_ONE_TIME"));
        is_named && matches!(text(variable, "value"), Some("true" | "1"))
    };
    list(container, "env").take(MAX_VARIABLES).any(is_once)
}

fn end_of_image(image: &Image<'_>) -> End {
    match () {
        () if image.is_server() => End::Never,
        () if image.is_shell() => End::Ends,
        () => End::Unknown,
    }
}

/// The variables of the container, with the values that stand in the document.
fn variables(container: &Value) -> Variables<'_> {
    let known = list(container, "env").take(MAX_VARIABLES).filter_map(|(_, value)| variable(value)).collect();
    Variables { known, has_others: list(container, "envFrom").next().is_some() }
}

fn variable(value: &Value) -> Option<(&str, Option<&str>)> {
    let is_plain = |value: &&str| !value.contains("$(") && value.len() < MAX_VARIABLE_BYTES;
    Some((text(value, "name")?, text(value, "value").filter(is_plain)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn script(command: Value) -> Option<String> {
        let container = json!({"command": command});
        let process = Process::of(&container, &Image::read("alpine"), true);
        process.script.map(|script| script.text.to_owned())
    }

    #[test]
    fn the_script_is_what_follows_the_options() {
        for command in
            [json!(["sh", "-c", "date"]), json!(["/bin/bash", "-e", "-c", "--", "date"]), json!(["bash", "-lc", "date", "x"])]
        {
            assert_eq!(script(command.clone()).as_deref(), Some("date"), "{command}");
        }
        assert_eq!((script(json!(["sh", "/run.sh"])), script(json!(["sh", "-c"]))), (None, None));
    }

    #[test]
    fn what_an_image_does_by_itself() {
        let end = |image: &str, arguments: Value| {
            let container = json!({"args": arguments});
            Process::of(&container, &Image::read(image), true).reading.end
        };
        assert_eq!((end("nginx", json!(null)), end("alpine", json!(null))), (End::Never, End::Ends));
        assert_eq!(
            (end("postgres", json!(["-c", "a=b"])), end("istio/proxyv2", json!(["istio-iptables"]))),
            (End::Never, End::Unknown)
        );
        assert_eq!((end("nginx", json!(["date"])), end("mine/app", json!(null))), (End::Ends, End::Unknown));
    }
}

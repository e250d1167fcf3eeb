//! Commands that say something else than what is meant.

mod directive;
mod expansion;
mod signs;

use std::iter;

use self::directive::with_directive;
use self::expansion::{expands_in_shell, is_into_file, is_left_to_shell};
use self::signs::{is_sign, is_sign_of_shell_alone};
use super::{Item, is_shell};
use crate::shell::{self, Call, Variables, Wrapping, base_name};

/// What a command says by mistake.
#[derive(Debug)]
pub(crate) enum Slip<'a> {
    /// One item holds several words.
    OneItem { item: Item<'a>, words: Vec<String> },
    /// The words of a command stand behind a shell without `-c`.
    WithoutOption { item: Item<'a>, line: String },
    /// A sign of a shell, or a word that only a shell expands, stands where no shell is.
    Sign { item: Item<'a>, line: String },
    /// Words stand behind the script of a shell, which that many words come before, and are meant to be a part of it.
    BehindScript { item: Item<'a>, line: String, before: usize },
}

impl<'a> Slip<'a> {
    /// The slip in `words`, which are run if `is_program` holds, and may be a program's arguments otherwise.
    pub(super) fn find(words: &[Item<'a>], script: Option<Item<'a>>, is_program: bool) -> Option<Self> {
        let first = words.first()?;
        let listed = listed_in(first.text).filter(|_| is_program || words.len() == 1);
        if let Some(words) = listed {
            return Some(Self::OneItem { item: *first, words });
        }
        if is_command_line(first.text, is_program) {
            let wrapped = || ["sh", "-c", first.text.trim()].map(str::to_owned).into();
            let split = with_directive(first.text).or_else(|| shell::split(first.text));
            return Some(Self::OneItem { item: *first, words: split.unwrap_or_else(wrapped) });
        }
        if !is_program {
            let item = *words.iter().find(|word| is_sign_of_shell_alone(word.text))?;
            return Some(Self::Sign { item, line: line_of(words) });
        }
        if is_shell(words) {
            return option_with_script(words).or_else(|| match script {
                Some(script) => behind_script(words, script),
                None => script_as_file(words).or_else(|| program_as_file(words)),
            });
        }
        Self::sign(base_name(program_of(words)), words)
    }

    /// The slip in the `arguments` of `program`, which the image names: several words in the only one of them, or a sign of a shell.
    pub(super) fn in_arguments(program: &'a str, arguments: &[Item<'a>]) -> Option<Self> {
        if let &[item] = arguments {
            let words = shell::split(item.text).filter(|words| words.len() > 1)?;
            return Some(Self::OneItem { item, words });
        }
        let named = Item { text: program, ..*arguments.first()? };
        let words: Vec<_> = iter::once(named).chain(arguments.iter().copied()).collect();
        Self::sign(program, &words)
    }

    /// What is left to a shell among `words`, of which the first runs `program`.
    fn sign(program: &str, words: &[Item<'a>]) -> Option<Self> {
        let is_meant = |at: &usize| {
            let [before, item] = [words[at - 1].text, words[*at].text];
            signs::is_meant(program, words, *at) || is_left_to_shell(program, before, item)
        };
        let item = words[(1..words.len()).find(is_meant)?];
        Some(Self::Sign { item, line: line_of(words) })
    }

    /// What is meant, of a command of these `words`.
    pub(crate) fn meant(&self, words: &[Item<'a>]) -> Vec<String> {
        let texts = |words: &[Item<'a>]| words.iter().map(|word| word.text.to_owned()).collect::<Vec<_>>();
        match self {
            Self::OneItem { item, words: meant } => {
                let at =
                    words.iter().position(|word| (word.field, word.position) == (item.field, item.position)).unwrap_or_default();
                [texts(&words[..at]), meant.clone(), texts(words.get(at + 1..).unwrap_or_default())].concat()
            }
            Self::BehindScript { line, before, .. } => [texts(&words[..*before]), vec![line.clone()]].concat(),
            Self::WithoutOption { line, .. } | Self::Sign { line, .. } => ["sh", "-c", line].map(str::to_owned).into(),
        }
    }
}

/// The words of a list that is written as a text: `["a", "b"]`, perhaps with single quotes or none.
fn listed_in(text: &str) -> Option<Vec<String>> {
    let text = Some(text.trim()).filter(|text| text.len() <= shell::MAX_SCRIPT_BYTES && text.starts_with('['))?;
    let quoted = serde_json::from_str(text).or_else(|_| serde_json::from_str(&text.replace('\'', "\""))).ok();
    quoted.or_else(|| bare_words_in(text)).filter(|words: &Vec<String>| !words.is_empty())
}

/// The words of a list without quotes, `[a, b]`; a test of a shell, `[ -f a ]`, has no commas.
fn bare_words_in(text: &str) -> Option<Vec<String>> {
    let inner = text.strip_prefix('[')?.strip_suffix(']')?;
    let is_plain = |word: &str| !word.is_empty() && !word.contains(['[', ']', '"', '\'', '{', '}', '$', ';', '|', '&']);
    let words: Vec<_> = inner.split(',').map(str::trim).collect();
    (words.len() > 1 && words.iter().all(|word| is_plain(word))).then(|| words.into_iter().map(str::to_owned).collect())
}

/// Programs that people write with their arguments.
const PROGRAMS: [&str; 15] =
    ["sh", "bash", "ash", "busybox", "sleep", "cat", "echo", "tail", "cp", "mkdir", "python", "python3", "node", "java", "env"];

/// Where the names of programs have no spaces in them.
const OF_SYSTEM: [&str; 6] = ["/bin", "/sbin", "/usr/bin", "/usr/local/bin", "/usr/local/sbin", "/usr/sbin"];

/// Endings of programs after which no other part of their path comes.
const SCRIPTS: [&str; 5] = [".bash", ".js", ".pl", ".py", ".sh"];

/// True of a program with its arguments; a path may have spaces in it.
fn is_command_line(text: &str, is_program: bool) -> bool {
    let Some((program, rest)) = text.trim().split_once(char::is_whitespace) else { return false };
    let is_known = PROGRAMS.contains(&base_name(program));
    let is_name = |character: char| character.is_ascii_alphanumeric() || "._-".contains(character);
    match () {
        () if is_known => true,
        () if program.starts_with(['/', '.']) => {
            let is_plain =
                || rest.split_whitespace().any(|word| word.starts_with('/') || word.starts_with('-') && word.len() > 1);
            let is_of_system = || program.rsplit_once('/').is_some_and(|(directory, _)| OF_SYSTEM.contains(&directory));
            is_program && (is_plain() || is_of_system() || SCRIPTS.iter().any(|ending| program.ends_with(ending)))
        }
        () => is_program && program.chars().all(is_name) && !program.starts_with('-'),
    }
}

/// `-c` and the script in one item.
fn option_with_script<'a>(words: &[Item<'a>]) -> Option<Slip<'a>> {
    let item = *words.get(1)?;
    let script = item.text.strip_prefix("-c ")?;
    Some(Slip::OneItem { item, words: vec!["-c".to_owned(), script.trim().to_owned()] })
}

/// A script where a shell expects the name of a file with one, since no `-c` stands before it.
fn script_as_file<'a>(words: &[Item<'a>]) -> Option<Slip<'a>> {
    let item = *words.get(shell::first_operand(words, |word| word.text)?)?;
    let line = item.text.trim();
    if let Some(words) = listed_in(line) {
        return Some(Slip::OneItem { item, words });
    }
    let is_script = is_command_line(line, true) && !is_script_file(line) || LINES.iter().any(|sign| line.contains(sign));
    let runs_file = line.split_once(char::is_whitespace).is_some_and(|(program, _)| is_script_file(program));
    let words = shell::split(line).filter(|_| runs_file);
    is_script.then(|| Slip::OneItem { item, words: words.unwrap_or_else(|| ["-c", line].map(str::to_owned).into()) })
}

/// Programs that nobody calls a script, and that stand behind a shell where its `-c` was forgotten.
const NO_SCRIPTS: [&str; 12] = ["cat", "cp", "curl", "date", "echo", "ls", "mkdir", "printf", "sleep", "tail", "touch", "wget"];

/// A program with its arguments, word for word, where a shell expects the name of a file with a script.
fn program_as_file<'a>(words: &[Item<'a>]) -> Option<Slip<'a>> {
    let position = shell::first_operand(words, |word| word.text)?;
    let item = words[position];
    let is_program = ["", "/bin/", "/usr/bin/"]
        .iter()
        .any(|directory| item.text.strip_prefix(directory).is_some_and(|name| NO_SCRIPTS.contains(&name)));
    is_program.then(|| Slip::WithoutOption { item, line: line_of(&words[position..]) })
}

/// What stands between the commands of a script, and hardly in the name of a file.
const LINES: [&str; 7] = ["\n", "; ", " && ", " || ", " | ", " > ", " >> "];

fn is_script_file(text: &str) -> bool {
    !PROGRAMS.contains(&text.split_whitespace().next().unwrap_or_default()) && SCRIPTS.iter().any(|ending| text.ends_with(ending))
}

/// The first item behind a script that takes no arguments, and the line that was meant: all of it after a script of one word;
/// after a longer one a sign of a shell and what follows, another line, or options and more than the name of the script.
fn behind_script<'a>(words: &[Item<'a>], script: Item<'a>) -> Option<Slip<'a>> {
    let position = words.iter().position(|word| (word.field, word.position) == (script.field, script.position))?;
    let behind = &words[position + 1..];
    let behind = &behind[usize::from(behind.first()?.text == "--")..];
    let item = *behind.first()?;
    if takes_arguments(script.text) {
        return None;
    }
    let is_word = !script.text.contains('$') && !script.text.trim().contains(['\n', ' ']);
    let texts = || iter::once(script.text).chain(behind.iter().map(|word| word.text)).collect::<Vec<_>>();
    let line = match () {
        () if is_word || is_sign(item.text) => texts().join(" "),
        () if is_command_line(item.text, true) => texts().join("\n"),
        () if item.text.starts_with('-') || behind.len() > 1 => with_arguments(script.text, behind)?,
        () => return None,
    };
    Some(Slip::BehindScript { item, line, before: position })
}

/// `script` with the `words` that stand behind it as the last arguments of one of its programs, if nothing in the script finds them
/// where they stand.
fn with_arguments(script: &str, words: &[Item<'_>]) -> Option<String> {
    let line = format!("{} {}", script.trim_end(), line_of(words));
    let calls = shell::read(&line, None, Variables::default())?.calls;
    let last = words.last()?.text;
    let is_given = calls.iter().any(|call| call.arguments().last().is_some_and(|word| word.text == last));
    let finds_them = |call: &Call| matches!(call.program(), "." | "source" | "eval" | "getopts");
    (is_given && !calls.iter().any(finds_them)).then_some(line)
}

/// True of a script that uses what stands behind it.
fn takes_arguments(script: &str) -> bool {
    let mut uses = script.match_indices('$').map(|(at, _)| script[at + 1..].trim_start_matches('{'));
    script.contains("shift") || uses.any(|rest| rest.starts_with(|first: char| first.is_ascii_digit() || "@*#".contains(first)))
}

/// The program that a command comes down to.
fn program_of<'a>(words: &[Item<'a>]) -> &'a str {
    let words = &words[Wrapping::of(words, |word| word.text).words..];
    let first = words.first().map_or("", |word| word.text);
    let is_duration = |text: &str| text.starts_with(|first: char| first == '-' || first.is_ascii_digit());
    match base_name(first) {
        "timeout" => words.iter().skip(1).map(|word| word.text).find(|text| !is_duration(text)).unwrap_or(first),
        _ => first,
    }
}

/// `words` as a shell reads them from one line.
fn line_of(words: &[Item<'_>]) -> String {
    words.iter().map(|word| as_word(word.text)).collect::<Vec<_>>().join(" ")
}

/// A word as a shell reads it.
fn as_word(word: &str) -> String {
    let is_plain = |character: char| character.is_ascii_alphanumeric() || "_./:=@%+,-".contains(character);
    if is_sign(word)
        || is_into_file(word) && !word.contains(['"', '\''])
        || !word.is_empty() && word.chars().all(|character| is_plain(character) || character == '*')
    {
        return word.to_owned();
    }
    if expands_in_shell(word) {
        return format!("\"{}\"", word.replace('\\', "\\\\").replace('"', "\\\""));
    }
    format!("'{}'", word.replace('\'', "'\\''"))
}

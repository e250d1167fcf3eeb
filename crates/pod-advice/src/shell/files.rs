//! Which files a program uses, by its arguments.
//!
//! In goes a call, out come the files that its words name, each with what becomes of it. What the program does with its operands is
//! said in [`of_program`]; the tables say the same of programs that are alike.

mod clone;
mod configuration;
mod download;
mod find;
mod value;

use compact_str::{CompactString, format_compact};

pub(super) use self::download::downloads_to_named_files;
pub(super) use self::find::{found, found_by_name};

use self::clone::clone_target;
use self::configuration::configuration;
use self::download::{downloads, sent};
use self::value::values;
use super::inner::run_by_timeout;
use super::{Access, Call, FileUse, Word, code, file_run_by};
use crate::workload::normalized;

/// Programs that read the files that their arguments are, in order.
const READERS: [&str; 29] = [
    ".",
    "base64",
    "bzcat",
    "cat",
    "cksum",
    "cmp",
    "cut",
    "diff",
    "gunzip",
    "head",
    "less",
    "md5sum",
    "more",
    "nl",
    "od",
    "sha1sum",
    "sha256sum",
    "sha512sum",
    "sort",
    "source",
    "strings",
    "tac",
    "tail",
    "uniq",
    "wc",
    "xxd",
    "xzcat",
    "zcat",
    "zstdcat",
];

/// Options of programs that name a file, and what becomes of it.
const OPTIONS: [(&str, &str, Access); 28] = [
    ("curl", "-T", Access::Read),
    ("envoy", "-c", Access::Read),
    ("fluent-bit", "-c", Access::Read),
    ("fluentd", "-c", Access::Read),
    ("go", "-o", Access::Write),
    ("gunicorn", "-c", Access::Read),
    ("haproxy", "-f", Access::Read),
    ("helm", "--values", Access::Read),
    ("helm", "-f", Access::Read),
    ("java", "-jar", Access::Read),
    ("keytool", "-keystore", Access::Write),
    ("kubectl", "-f", Access::Read),
    ("logstash", "-f", Access::Read),
    ("mongod", "-f", Access::Read),
    ("mysqldump", "-r", Access::Write),
    ("nginx", "-c", Access::Read),
    ("openssl", "-in", Access::Read),
    ("openssl", "-keyout", Access::Write),
    ("openssl", "-out", Access::Write),
    ("pg_dump", "-f", Access::Write),
    ("pip", "-r", Access::Read),
    ("pip3", "-r", Access::Read),
    ("psql", "-f", Access::Read),
    ("sort", "-o", Access::Write),
    ("ssh", "-i", Access::Read),
    ("ssh-keygen", "-f", Access::Write),
    ("supervisord", "-c", Access::Read),
    ("xargs", "-a", Access::Read),
];

/// Adds the files that the arguments of `call` name, which runs in the directory `cwd`.
pub(super) fn used_by(call: &Call, cwd: Option<&str>, files: &mut Vec<FileUse>) {
    if call.arguments().is_empty() {
        return;
    }
    let run = run_by_timeout(call);
    let call = run.as_ref().unwrap_or(call);
    let mut add = |word: &Word, access| files.extend(used(word, access, call, cwd));
    of_program(call, &mut add);
    of_options(call, &mut add);
}

/// True of a `call` that makes a file which is none of `files`, those that are known to be used by it.
pub(super) fn hides_writes(call: &Call, files: &[FileUse]) -> bool {
    let run = run_by_timeout(call);
    let call = run.as_ref().unwrap_or(call);
    let named = || files.iter().filter(|used| used.is_exact);
    let is_unnamed = || named().all(|used| used.access != Access::Write);
    match call.program() {
        "mkfifo" | "tee" | "touch" | "truncate" => named().count() < call.operands().count(),
        _ if call.makes_directories() => named().count() < call.operands().count(),
        "cp" | "install" | "ln" | "mv" => is_unnamed(),
        "dd" => call.has_option(&["of"]) && is_unnamed(),
        "git" => call.operands().any(|word| word.text == "clone") && is_unnamed(),
        "sort" => call.has_option(&["-o", "--output"]) && is_unnamed(),
        "tar" if is_creating(call) => archive(call).is_some_and(|word| word.text != "-") && is_unnamed(),
        "tar" => is_extracting(call) && is_unnamed(),
        "unzip" => !call.makes_named_files_only() && is_unnamed(),
        _ => false,
    }
}

/// Calls `add` with the files that the program of `call` uses by its operands, or by options that only it has.
fn of_program(call: &Call, add: &mut impl FnMut(&Word, Access)) {
    match call.program() {
        "tee" if call.has_option(&["-a", "--append"]) => call.operands().for_each(|word| add(word, Access::Append)),
        "tee" | "touch" | "truncate" | "mkfifo" => call.operands().for_each(|word| add(word, Access::Write)),
        _ if call.makes_directories() => call.operands().for_each(|word| add(word, Access::Write)),
        "cp" | "mv" | "install" | "rsync" | "ln" => copied(call, add),
        "git" if call.operands().any(|word| word.text == "clone") => add(&clone_target(call), Access::Write),
        "wget" | "curl" => {
            let written = downloads(call).into_iter().map(|word| (word, Access::Write));
            written.chain(sent(call).map(|word| (word, Access::Read))).for_each(|(word, access)| add(&word, access));
        }
        "unzip" => {
            call.operands().take(1).for_each(|word| add(word, Access::Read));
            values(call, 'd', "").for_each(|word| add(&word, Access::Write));
        }
        "tar" if is_extracting(call) => {
            archive(call).filter(|word| word.text != "-").iter().for_each(|word| add(word, Access::Read));
            values(call, 'C', "directory").for_each(|word| add(&word, Access::Write));
        }
        "tar" if is_creating(call) => {
            archive(call).filter(|word| word.text != "-").iter().for_each(|word| add(word, Access::Write));
            values(call, 'C', "directory").for_each(|word| add(&word, Access::Read));
        }
        "dd" => of_dd(call, add),
        "sed" if call.has_option(&["-i", "--in-place"]) => {
            call.operands().skip(usize::from(!has_program_in_option(call))).for_each(|word| add(word, Access::Write));
        }
        "find" if find::removes(call) => find::found(call).iter().for_each(|word| add(word, Access::Remove)),
        "chmod" => call.operands().skip(1).for_each(|word| add(word, Access::Mode)),
        "chown" | "chgrp" => call.operands().skip(1).for_each(|word| add(word, Access::Owner)),
        "rm" | "rmdir" | "unlink" => call.operands().for_each(|word| add(word, Access::Remove)),
        "aws" | "gsutil" | "mc" | "rclone" => of_object_store(call, add),
        program if READERS.binary_search(&program).is_ok() => call.operands().for_each(|word| add(word, Access::Read)),
        "grep" | "egrep" | "fgrep" | "awk" | "gawk" | "sed" | "jq" => {
            call.operands().skip(usize::from(!has_program_in_option(call))).for_each(|word| add(word, Access::Read));
        }
        "redis-server" => {
            call.arguments().iter().take(1).filter(|word| !word.text.starts_with('-')).for_each(|word| add(word, Access::Read));
        }
        _ => of_other(call, add),
    }
}

/// True if an option holds what is looked for or done, which is the first operand otherwise.
fn has_program_in_option(call: &Call) -> bool {
    let letters: &[char] = if matches!(call.program(), "awk" | "gawk" | "jq") { &['f'] } else { &['e', 'f'] };
    let is_such = |word: &str| match word.strip_prefix("--") {
        Some(long) => matches!(long.split('=').next(), Some("expression" | "file" | "from-file" | "regexp")),
        None => {
            word.strip_prefix('-').is_some_and(|short| short.ends_with(letters) && short.bytes().all(|b| b.is_ascii_alphabetic()))
        }
    };
    call.arguments().iter().any(|word| is_such(&word.text))
}

/// Programs with sources and a target behind them, or in an option before them.
fn copied(call: &Call, add: &mut impl FnMut(&Word, Access)) {
    let is_link = call.program() == "ln";
    let has_target = call.program() != "rsync";
    let directory = values(call, 't', "target-directory").next().filter(|_| has_target);
    let mut operands = call.operands().filter(|word| directory.as_ref().is_none_or(|directory| directory != *word));
    let target = directory.clone().or_else(|| operands.next_back().cloned());
    operands.filter(|_| !is_link).for_each(|word| add(word, Access::Read));
    if let Some(target) = target {
        add(&target, Access::Write);
    }
}

/// `if=FILE` and `of=FILE`.
fn of_dd(call: &Call, add: &mut impl FnMut(&Word, Access)) {
    for word in call.arguments() {
        let Some((part @ ("of" | "if"), file)) = word.text.split_once('=') else { continue };
        let access = if part == "of" { Access::Write } else { Access::Read };
        add(&Word { text: file.into(), is_exact: word.is_exact }, access);
    }
}

/// Programs that copy between a store of objects and files, which begin with a `/`.
fn of_object_store(call: &Call, add: &mut impl FnMut(&Word, Access)) {
    let is_local = |word: &&Word| word.text.starts_with('/');
    let mut operands = call.operands();
    operands.next_back().filter(is_local).into_iter().for_each(|word| add(word, Access::Write));
    operands.filter(is_local).for_each(|word| add(word, Access::Read));
}

/// What any program may do: run code that opens files, run a file, read its configuration.
fn of_other(call: &Call, add: &mut impl FnMut(&Word, Access)) {
    for (file, access) in code::files_of_code(call) {
        add(&Word { text: file.into(), is_exact: true }, access);
    }
    let named = file_run_by(call).cloned().into_iter().chain(configuration(call));
    named.filter(|word| !word.text.starts_with('-')).for_each(|word| add(&word, Access::Read));
}

/// Calls `add` with the files that stand behind one of the [`OPTIONS`].
fn of_options(call: &Call, add: &mut impl FnMut(&Word, Access)) {
    if !call.arguments().iter().any(|word| word.text.starts_with('-')) || follows_logs(call) {
        return;
    }
    let program = call.program();
    for (_, option, access) in OPTIONS.iter().filter(|(other, ..)| *other == program) {
        let behind = call.arguments().windows(2).filter(|pair| pair[0].text == *option);
        let files = behind.map(|pair| &pair[1]).filter(|word| !word.text.starts_with('-') && !word.text.contains("://"));
        files.for_each(|word| add(word, *access));
    }
}

/// True of `kubectl logs -f`, which names no file.
fn follows_logs(call: &Call) -> bool {
    call.program() == "kubectl" && call.operands().any(|word| word.text == "logs")
}

/// The use of the file that `word` names; `None` if nobody knows where that is.
pub(super) fn used(word: &Word, access: Access, call: &Call, cwd: Option<&str>) -> Option<FileUse> {
    let mut path: CompactString = if word.text.starts_with('/') {
        normalized(&word.text).into()
    } else if word.text.is_empty() {
        return None;
    } else {
        normalized(&format!("{}/{}", cwd?, word.text)).into()
    };
    let wildcard = path.find(['*', '?', '[']);
    let is_exact = word.is_exact && wildcard.is_none();
    let pattern = wildcard.filter(|_| word.is_exact).map(|_| path.clone());
    match wildcard {
        Some(at) => path.truncate(at),
        None if !is_exact && word.text.ends_with('/') && path != "/" => path.push('/'),
        None => {}
    }
    let program = if call.makes_directories() { "mkdir" } else { call.program() }.into();
    Some(FileUse { path, is_exact, pattern, access, when: call.when, program, call: 0 })
}

/// True of a `tar` with an option, which may stand in its first word without a dash.
fn has_letter(call: &Call, letter: char, long: &str) -> bool {
    let first = call.arguments().first().map_or("", |word| word.text.as_str());
    call.has_option(&[&format_compact!("-{letter}"), long]) || !first.starts_with('-') && first.contains(letter)
}

/// True of a `tar` that only says what is in an archive.
pub(super) fn lists_archive(call: &Call) -> bool {
    has_letter(call, 't', "--list") && !is_creating(call) && !is_extracting(call)
}

/// True of a `tar` that puts an archive together.
fn is_creating(call: &Call) -> bool {
    has_letter(call, 'c', "--create")
}

/// True of a `tar` that takes an archive apart.
fn is_extracting(call: &Call) -> bool {
    has_letter(call, 'x', "--extract")
}

/// True of a `tar` that hands what it packs to another one, or unpacks what that hands it.
pub(super) fn is_piped_tar(call: &Call) -> bool {
    let is_of_pipe = archive(call).is_none_or(|archive| archive.text == "-");
    call.program() == "tar" && is_of_pipe && (is_creating(call) || is_extracting(call))
}

/// The archive of `tar`, whose first word may be options without a dash.
fn archive(call: &Call) -> Option<Word> {
    let first = call.arguments().first().filter(|word| !word.text.starts_with('-') && word.text.contains('f'));
    match first {
        Some(_) => call.arguments().get(1).cloned(),
        None => values(call, 'f', "file").next(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_in_order() {
        assert!(READERS.is_sorted());
    }
}

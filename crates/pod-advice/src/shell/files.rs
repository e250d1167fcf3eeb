//! Which files a program uses, by its arguments.

use compact_str::{CompactString, format_compact};

use super::{Access, Call, FileUse, Word, code, file_run_by};
use crate::workload::normalized;

/// Adds the files that the arguments of `call` name, which runs in the directory `cwd`.
pub(super) fn used_by(call: &Call, cwd: Option<&str>, files: &mut Vec<FileUse>) {
    if call.arguments().is_empty() {
        return;
    }
    let mut add = |word: &Word, access| files.extend(used(word, access, call, cwd));
    match call.program() {
        "tee" if call.has_option(&["-a", "--append"]) => call.operands().for_each(|word| add(word, Access::Append)),
        "tee" | "touch" | "mkdir" | "truncate" | "mkfifo" => call.operands().for_each(|word| add(word, Access::Write)),
        "cp" | "mv" | "install" | "rsync" | "ln" => {
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
        "git" if call.operands().any(|word| word.text == "clone") => add(&clone_target(call), Access::Write),
        "wget" | "curl" => downloads(call).iter().for_each(|word| add(word, Access::Write)),
        "unzip" => values(call, 'd', "").for_each(|word| add(&word, Access::Write)),
        "tar" if is_extracting(call) => {
            archive(call).filter(|word| word.text != "-").iter().for_each(|word| add(word, Access::Read));
            values(call, 'C', "directory").for_each(|word| add(&word, Access::Write));
        }
        "dd" => {
            for word in call.arguments() {
                let Some((part @ ("of" | "if"), file)) = word.text.split_once('=') else { continue };
                let access = if part == "of" { Access::Write } else { Access::Read };
                add(&Word { text: file.into(), is_exact: word.is_exact }, access);
            }
        }
        "sed" if call.has_option(&["-i", "--in-place"]) => {
            call.operands().skip(1).for_each(|word| add(word, Access::Write));
        }
        "find" if call.has_option(&["-delete"]) => call.operands().take(1).for_each(|word| add(word, Access::Remove)),
        "chmod" => call.operands().skip(1).for_each(|word| add(word, Access::Mode)),
        "chown" | "chgrp" => call.operands().skip(1).for_each(|word| add(word, Access::Owner)),
        "rm" | "rmdir" => call.operands().for_each(|word| add(word, Access::Remove)),
        "aws" | "gsutil" | "mc" | "rclone" => {
            let is_local = |word: &&Word| word.text.starts_with('/');
            let mut operands = call.operands();
            operands.next_back().filter(is_local).into_iter().for_each(|word| add(word, Access::Write));
            operands.filter(is_local).for_each(|word| add(word, Access::Read));
        }
        program if READERS.binary_search(&program).is_ok() => call.operands().for_each(|word| add(word, Access::Read)),
        "grep" | "awk" | "sed" | "jq" => call.operands().skip(1).for_each(|word| add(word, Access::Read)),
        _ => {
            for (file, access) in code::files_of_code(call) {
                add(&Word { text: file.into(), is_exact: true }, access);
            }
            let named = file_run_by(call).cloned().into_iter().chain(configuration(call));
            named.filter(|word| !word.text.starts_with('-')).for_each(|word| add(&word, Access::Read));
        }
    }
    let program = call.program();
    if !call.arguments().iter().any(|word| word.text.starts_with('-')) {
        return;
    }
    for (_, option, access) in OPTIONS.iter().filter(|(other, ..)| *other == program) {
        let behind = call.arguments().windows(2).filter(|pair| pair[0].text == *option);
        behind.for_each(|pair| add(&pair[1], *access));
    }
}

/// Programs that read the files that their arguments are, in order.
const READERS: [&str; 30] = [
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
    "redis-server",
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
const OPTIONS: [(&str, &str, Access); 14] = [
    ("envoy", "-c", Access::Read),
    ("fluent-bit", "-c", Access::Read),
    ("go", "-o", Access::Write),
    ("haproxy", "-f", Access::Read),
    ("java", "-jar", Access::Read),
    ("keytool", "-keystore", Access::Write),
    ("mysqldump", "-r", Access::Write),
    ("nginx", "-c", Access::Read),
    ("openssl", "-in", Access::Read),
    ("openssl", "-keyout", Access::Write),
    ("openssl", "-out", Access::Write),
    ("pg_dump", "-f", Access::Write),
    ("psql", "-f", Access::Read),
    ("ssh-keygen", "-f", Access::Write),
];

/// Words of options with which programs are told a file that they read at their start, in order.
const CONFIGURATION: [&str; 7] = ["ca", "cert", "certificate", "conf", "config", "crt", "key"];

/// The files of which a program is told that its configuration, or its certificate, stands there.
fn configuration(call: &Call) -> impl Iterator<Item = Word> + '_ {
    let words = call.arguments();
    words.iter().enumerate().filter_map(move |(position, word)| match word.text.split_once('=') {
        Some((option, file)) => names_file(option).then(|| Word { text: file.into(), is_exact: word.is_exact }),
        None => words.get(position + 1).filter(|_| names_file(&word.text)).cloned(),
    })
}

/// True of an option such as `--config`, `-config.file` and `--tls-cert-file`.
fn names_file(option: &str) -> bool {
    let words = || option.trim_start_matches('-').split(['-', '.', '_']);
    let is_other = |word: &str| matches!(word, "dir" | "directory" | "out" | "output");
    option.starts_with('-') && words().any(|word| CONFIGURATION.contains(&word)) && !words().any(is_other)
}

/// Where `wget` or `curl` puts what it fetches: where its options say, or under the last part of the address.
fn downloads(call: &Call) -> Vec<Word> {
    let is_wget = call.program() == "wget";
    let (short, long) = if is_wget { ('O', "output-document") } else { ('o', "output") };
    let mut named: Vec<_> = values(call, short, long).filter(|word| word.text != "-").collect();
    if is_wget {
        named.extend(values(call, 'P', "directory-prefix"));
    }
    let is_by_address =
        if is_wget { !call.has_option(&["-O", "-P", "--spider"]) } else { call.has_option(&["-O", "--remote-name"]) };
    let address = call.operands().next_back().filter(|_| named.is_empty() && is_by_address);
    named.extend(address.map(|address| {
        let path = address.text.split(['?', '#']).next().unwrap_or_default();
        Word { text: super::base_name(path).into(), is_exact: address.is_exact }
    }));
    named
}

/// True of `wget` or `curl` that writes no other files than those which its options name from the root on.
pub(super) fn downloads_to_named_files(call: &Call) -> bool {
    let others: &[&str] = match call.program() {
        "wget" => &["-i", "-m", "-p", "-r", "-x", "--input-file", "--mirror", "--recursive"],
        _ => &["-D", "-K", "-c", "--config", "--cookie-jar", "--dump-header", "--output-dir"],
    };
    !call.has_option(others) && downloads(call).iter().all(|word| word.is_exact && word.text.starts_with('/'))
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
        None if !is_exact && word.text.ends_with('/') => path.push('/'),
        None => {}
    }
    Some(FileUse { path, is_exact, pattern, access, when: call.when, program: call.program().into(), call: 0 })
}

fn is_extracting(call: &Call) -> bool {
    call.has_option(&["-x", "--extract"]) || call.arguments().first().is_some_and(|word| word.text.starts_with('x'))
}

/// The archive of `tar`, whose first word may be options without a dash.
fn archive(call: &Call) -> Option<Word> {
    let first = call.arguments().first().filter(|word| !word.text.starts_with('-') && word.text.contains('f'));
    match first {
        Some(_) => call.arguments().get(1).cloned(),
        None => values(call, 'f', "file").next(),
    }
}

/// The values of an option: the word after it, or the rest of its own word.
fn values<'a>(call: &'a Call, short: char, long: &'a str) -> impl Iterator<Item = Word> + 'a {
    let words = call.arguments();
    words.iter().enumerate().filter_map(move |(position, word)| {
        let rest = match word.text.strip_prefix("--") {
            Some(option) if !long.is_empty() => {
                option.strip_prefix(long).filter(|rest| rest.is_empty() || rest.starts_with('='))?.trim_start_matches('=')
            }
            Some(_) => return None,
            None => word.text.strip_prefix('-')?.split_once(short).filter(|(before, _)| is_cluster(before))?.1,
        };
        let is_whole = word.is_exact || !rest.is_empty();
        if rest.is_empty() && is_whole {
            words.get(position + 1).cloned()
        } else {
            Some(Word { text: rest.into(), is_exact: word.is_exact })
        }
    })
}

/// True of short options in one word.
fn is_cluster(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_alphabetic())
}

/// Options of `git clone` with a value in a word of its own.
const CLONE_OPTIONS: [&str; 7] = ["-b", "--branch", "--depth", "-o", "--origin", "-c", "--config"];

/// Where `git clone` puts the repository, seen from the directory that `-C` names.
fn clone_target(call: &Call) -> Word {
    let target = cloned_to(call);
    match values(call, 'C', "").next().filter(|_| !target.text.starts_with('/')) {
        Some(directory) => {
            Word { text: format_compact!("{}/{}", directory.text, target.text), is_exact: directory.is_exact && target.is_exact }
        }
        None => target,
    }
}

fn cloned_to(call: &Call) -> Word {
    let mut operands = Vec::new();
    let mut words = call.arguments().iter().skip_while(|word| word.text != "clone").skip(1);
    while let Some(word) = words.next() {
        if CLONE_OPTIONS.contains(&word.text.as_str()) {
            words.next();
        } else if !word.text.starts_with('-') {
            operands.push(word);
        }
    }
    match operands.as_slice() {
        [address] => {
            let name = super::base_name(address.text.trim_end_matches('/'));
            Word { text: name.strip_suffix(".git").unwrap_or(name).into(), is_exact: address.is_exact }
        }
        [_, target, ..] => (*target).clone(),
        [] => Word::default(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_in_order() {
        assert!(READERS.is_sorted() && CONFIGURATION.is_sorted());
    }
}

//! Which files a program uses, by its arguments.

use super::{Access, Call, FileUse, Word};
use crate::workload::normalized;

/// Adds the files that the arguments of `call` name, which runs in the directory `cwd`.
pub(super) fn used_by(call: &Call, cwd: Option<&str>, files: &mut Vec<FileUse>) {
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
        "git" if call.operands().any(|word| word.text == "clone") => {
            let cwd = match values(call, 'C', "").next() {
                Some(word) => used(&word, Access::Read, call, cwd).filter(|used| used.is_exact).map(|used| used.path),
                None => cwd.map(str::to_owned),
            };
            files.extend(used(&clone_target(call), Access::Write, call, cwd.as_deref()));
        }
        "wget" | "curl" => downloads(call).iter().for_each(|word| add(word, Access::Write)),
        "unzip" => values(call, 'd', "").for_each(|word| add(&word, Access::Write)),
        "tar"
            if call.has_option(&["-x", "--extract"])
                || call.arguments().first().is_some_and(|word| word.text.starts_with('x')) =>
        {
            values(call, 'C', "directory").for_each(|word| add(&word, Access::Write));
        }
        "dd" => {
            for word in call.arguments() {
                let Some((part @ ("of" | "if"), file)) = word.text.split_once('=') else { continue };
                let access = if part == "of" { Access::Write } else { Access::Read };
                add(&Word { text: file.to_owned(), is_exact: word.is_exact }, access);
            }
        }
        "sed" if call.has_option(&["-i", "--in-place"]) => {
            call.operands().skip(1).for_each(|word| add(word, Access::Write));
        }
        "rm" | "rmdir" => call.operands().for_each(|word| add(word, Access::Remove)),
        "cat" | "tail" | "head" | "wc" | "source" | "." | "sort" | "less" | "sha256sum" | "md5sum" => {
            call.operands().for_each(|word| add(word, Access::Read));
        }
        "grep" | "awk" | "sed" | "jq" => call.operands().skip(1).for_each(|word| add(word, Access::Read)),
        _ => {}
    }
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
        Word { text: super::base_name(path).to_owned(), is_exact: address.is_exact }
    }));
    named
}

/// The use of the file that `word` names; `None` if nobody knows where that is.
pub(super) fn used(word: &Word, access: Access, call: &Call, cwd: Option<&str>) -> Option<FileUse> {
    let path = if word.text.starts_with('/') {
        normalized(&word.text).into_owned()
    } else if word.text.is_empty() {
        return None;
    } else {
        normalized(&format!("{}/{}", cwd?, word.text)).into_owned()
    };
    let wildcard = path.find(['*', '?', '[']);
    let (path, is_exact) = match wildcard {
        Some(at) => (path[..at].to_owned(), false),
        None if word.is_exact => (path, true),
        None => (if word.text.ends_with('/') { format!("{path}/") } else { path }, false),
    };
    Some(FileUse { path, is_exact, access, when: call.when, program: call.program().to_owned(), call: 0 })
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
            Some(Word { text: rest.to_owned(), is_exact: word.is_exact })
        }
    })
}

/// True of short options in one word.
fn is_cluster(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_alphabetic())
}

/// Options of `git clone` with a value in a word of its own.
const CLONE_OPTIONS: [&str; 7] = ["-b", "--branch", "--depth", "-o", "--origin", "-c", "--config"];

/// Where `git clone` puts the repository.
fn clone_target(call: &Call) -> Word {
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
            Word { text: name.strip_suffix(".git").unwrap_or(name).to_owned(), is_exact: address.is_exact }
        }
        [_, target, ..] => (*target).clone(),
        [] => Word::default(),
    }
}

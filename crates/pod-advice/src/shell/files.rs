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
            let mut operands = call.operands();
            let target = operands.next_back();
            operands.filter(|_| !is_link).for_each(|word| add(word, Access::Read));
            if let Some(target) = target {
                add(target, Access::Write);
            }
        }
        "git" if call.operands().next().is_some_and(|word| word.text == "clone") => {
            add(&clone_target(call), Access::Write);
        }
        "wget" => after(call, &["-O", "-P", "--output-document"]).for_each(|word| add(word, Access::Write)),
        "curl" => after(call, &["-o", "--output"]).for_each(|word| add(word, Access::Write)),
        "unzip" => after(call, &["-d"]).for_each(|word| add(word, Access::Write)),
        "tar"
            if call.has_option(&["-x", "--extract"])
                || call.arguments().first().is_some_and(|word| word.text.starts_with('x')) =>
        {
            after(call, &["-C", "--directory"]).for_each(|word| add(word, Access::Write));
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

/// The words after any of `options`.
fn after<'a>(call: &'a Call, options: &'a [&str]) -> impl Iterator<Item = &'a Word> {
    let is_option = |word: &Word| {
        options.contains(&word.text.as_str())
            || (word.text.starts_with('-')
                && !word.text.starts_with("--")
                && options.iter().any(|option| option.len() == 2 && word.text.ends_with(&option[1..])))
    };
    call.arguments().windows(2).filter(move |pair| is_option(&pair[0])).map(|pair| &pair[1])
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

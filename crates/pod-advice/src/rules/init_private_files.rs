//! An init container makes files that only root may read, and another user is to read them.

use crate::rule::prelude::*;
use crate::shell::{Access, Call, FileUse, Reading};
use crate::workload::lies_in;

pub(super) const RULE: AdviceRule = AdviceRule {
    rule: Rule::new("init-private-files"),
    severity: Severity::Warning,
    stage: Stage::Shares,
    summary: "An init container makes files that only root may read, and another user is to read them.",
    page: include_str!("init_private_files.md"),
    check,
};

fn check(workload: &Workload<'_>, found: &mut Found<'_>) {
    let is_root = |container: &&Container<'_>| container.role == Role::Init && container.known_user() == Some(0);
    for container in workload.containers.iter().filter(is_root) {
        if container.process().calls().any(gives_unknown_away) {
            continue;
        }
        for path in made_private(container) {
            let Some(mount) = container.mount_of(path) else { continue };
            let Some(volume) = workload.volume_of(mount) else { continue };
            let place = mount.in_volume(path);
            let sees =
                |other: &Mount<'_>| !other.has_known_place() || lies_in(&place, &other.place) || lies_in(&other.place, &place);
            let is_stranger = |other: &Container<'_>| other.role != Role::Init && workload.is_not_root(other);
            let Some((reader, _)) = workload.uses(volume).find(|(other, mount)| is_stranger(other) && sees(mount)) else {
                continue;
            };
            let message = format!("{} belongs to root alone, and {} runs as another user.", quoted(path), quoted(reader.name));
            found.say(workload.place(container), message, "Let the init container `chown` it, or run both as the same user.");
            break;
        }
    }
}

/// How many files of a container are looked at.
const MAX_LOOKED_AT: usize = 64;

/// The files that only their owner may use afterwards.
fn made_private<'c>(container: &'c Container<'_>) -> impl Iterator<Item = &'c str> {
    let Reading { calls, files, .. } = &container.process().reading;
    let is_mask = |call: &Call| call.program() == "umask" && call.operands().any(|word| is_private_mask(&word.text));
    let masked_from = calls.iter().position(is_mask).unwrap_or(usize::MAX);
    let is_private = move |used: &&FileUse| {
        let call = calls.get(used.call);
        let mode = match used.access {
            Access::Mode => call.and_then(|call| call.operands().next()).map(|word| word.text.as_str()),
            Access::Write if matches!(&*used.program, "install" | "mkdir") => call.and_then(mode_of_install),
            Access::Write if call.is_some_and(|call| makes_key(call, used)) => return true,
            Access::Write | Access::Append => return used.is_exact && used.call > masked_from,
            Access::Read | Access::Await | Access::Remove | Access::Owner => None,
        };
        mode.is_some_and(is_private)
    };
    // What is given away before it is there is not given away.
    let made_by = move |used: &FileUse| {
        let makes = |other: &&FileUse| matches!(other.access, Access::Write | Access::Append) && other.path == used.path;
        files.iter().find(makes).map(|made| made.call)
    };
    let is_undone = move |used: &FileUse| {
        let undoes = |other: &FileUse| match other.access {
            Access::Mode => other.call > used.call && !is_private(&other),
            Access::Remove => other.call > used.call && !other.when.guarded,
            Access::Owner => made_by(used).is_none_or(|made| other.call > made) && calls.get(other.call).is_some_and(gives_away),
            _ => false,
        };
        let is_of = |other: &FileUse| lies_in(&used.path, &other.path) || !other.is_exact && used.path.starts_with(&*other.path);
        files.iter().any(|other| is_of(other) && undoes(other))
    };
    files.iter().filter(is_private).take(MAX_LOOKED_AT).filter(move |used| !is_undone(used)).map(|used| used.path.as_str())
}

/// True of a mask that leaves nothing for group and others.
fn is_private_mask(mask: &str) -> bool {
    matches!(mask.trim_start_matches('0'), "77" | "177" | "277" | "377")
}

/// The mode that `install` or `mkdir` is told: `-m 600`, `-Dm600`, `--mode=600`.
fn mode_of_install(call: &Call) -> Option<&str> {
    let words = call.arguments();
    words.iter().enumerate().find_map(|(at, word)| {
        let text = word.text.as_str();
        let own = match text.strip_prefix("--") {
            Some(long) => long.strip_prefix("mode")?.trim_start_matches('='),
            None => text.strip_prefix('-')?.split_once('m')?.1,
        };
        if own.is_empty() { words.get(at + 1).map(|word| word.text.as_str()) } else { Some(own) }
    })
}

/// True of a mode that has nothing for group and others.
fn is_private(mode: &str) -> bool {
    let is_closed = |who: char| mode.rsplit(',').find_map(|clause| reads(clause, who)) == Some(false);
    is_closed('g') && is_closed('o') || matches!(mode.trim_start_matches('0'), "400" | "500" | "600" | "700")
}

/// Whether `clause` of a symbolic mode, `go-rwx`, lets `who` read; `None` if it does not say.
fn reads(clause: &str, who: char) -> Option<bool> {
    let sign = clause.find(['+', '-', '='])?;
    let (whom, what) = (&clause[..sign], &clause[sign + 1..]);
    if !whom.contains([who, 'a']) && !whom.is_empty() {
        return None;
    }
    match (clause.as_bytes()[sign], what.contains('r')) {
        (b'=', reads) => Some(reads),
        (sign, true) => Some(sign == b'+'),
        (_, false) => None,
    }
}

/// True of a program that makes a private key in the file that it uses, which it keeps from others.
fn makes_key(call: &Call, used: &FileUse) -> bool {
    const KEYS: [&str; 6] = ["ec", "genpkey", "genrsa", "pkcs12", "pkey", "rsa"];
    let is_of = |option: &str| {
        let mut pairs = call.arguments().windows(2).filter(|pair| pair[0].text == option);
        pairs.any(|pair| used.path.ends_with(pair[1].text.trim_start_matches("./")))
    };
    match call.program() {
        "ssh-keygen" => is_of("-f"),
        "openssl" => {
            is_of("-keyout") || is_of("-out") && call.arguments().first().is_some_and(|word| KEYS.contains(&&*word.text))
        }
        _ => false,
    }
}

/// True of a `chown` to another user than root.
fn gives_away(call: &Call) -> bool {
    let owner = call.operands().next().map_or("", |word| word.text.split([':', '.']).next().unwrap_or_default());
    call.program() == "chown" && !matches!(owner, "" | "0" | "root")
}

/// True of a call that may give files to another user of which nobody knows which they are.
fn gives_unknown_away(call: &Call) -> bool {
    match call.program() {
        "chown" => call.operands().any(|word| !word.is_exact),
        "install" => call.has_option(&["-o", "--owner"]),
        "setfacl" | "su-exec" => true,
        "xargs" => call.operands().any(|word| word.text == "chown"),
        _ => false,
    }
}

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
        let calls = || container.process().calls();
        if calls().any(gives_away) {
            continue;
        }
        for path in made_private(container) {
            let Some(volume) = container.mount_of(path).and_then(|mount| workload.volume_of(mount)) else { continue };
            let stranger = workload
                .uses(volume)
                .find(|(other, _)| other.role != Role::Init && other.known_user().is_some_and(|user| user != 0));
            let Some((reader, _)) = stranger else { continue };
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
    let is_opened = move |used: &FileUse| {
        let opens = |later: &FileUse| later.access == Access::Mode && later.call > used.call && !is_private(&later);
        files.iter().any(|later| lies_in(&used.path, &later.path) && opens(later))
    };
    files.iter().filter(is_private).take(MAX_LOOKED_AT).filter(move |used| !is_opened(used)).map(|used| used.path.as_str())
}

/// True of a mask that leaves nothing for group and others.
fn is_private_mask(mask: &str) -> bool {
    matches!(mask.trim_start_matches('0'), "77" | "177" | "277" | "377")
}

fn mode_of_install(call: &Call) -> Option<&str> {
    let words = call.arguments();
    let behind = words.iter().position(|word| matches!(word.text.as_str(), "-m" | "--mode")).and_then(|at| words.get(at + 1));
    let within = || words.iter().find_map(|word| word.text.strip_prefix("--mode=").or_else(|| word.text.strip_prefix("-m")));
    behind.map(|word| word.text.as_str()).or_else(within)
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

/// True of a call that gives files to another user.
fn gives_away(call: &Call) -> bool {
    match call.program() {
        "chown" | "su-exec" => true,
        "install" => call.has_option(&["-o", "--owner"]),
        _ => false,
    }
}

//! An init container makes files that only root may read, and another user is to read them.

use crate::rule::prelude::*;
use crate::shell::Call;
use crate::workload::normalized;

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
        for path in calls().filter_map(made_private) {
            let Some(volume) = container.mount_of(&path).and_then(|mount| workload.volume_of(mount)) else { continue };
            let stranger = workload
                .uses(volume)
                .find(|(other, _)| other.role != Role::Init && other.known_user().is_some_and(|user| user != 0));
            let Some((reader, _)) = stranger else { continue };
            let message = format!("{} belongs to root alone, and {} runs as another user.", quoted(&path), quoted(reader.name));
            found.say(workload.place(container), message, "Let the init container `chown` it, or run both as the same user.");
            break;
        }
    }
}

/// The path that only its owner may use afterwards.
fn made_private(call: &Call) -> Option<String> {
    let mut operands = call.operands();
    let path = operands.next_back()?.text.as_str();
    let mode = match call.program() {
        "chmod" => operands.next()?.text.as_str(),
        "install" => mode_of_install(call)?,
        _ => return None,
    };
    (is_private(mode) && path.starts_with('/')).then(|| normalized(path).into_owned())
}

fn mode_of_install(call: &Call) -> Option<&str> {
    let words = call.arguments();
    let behind = words.iter().position(|word| matches!(word.text.as_str(), "-m" | "--mode")).and_then(|at| words.get(at + 1));
    let within = || words.iter().find_map(|word| word.text.strip_prefix("--mode=").or_else(|| word.text.strip_prefix("-m")));
    behind.map(|word| word.text.as_str()).or_else(within)
}

/// True of a mode that has nothing for group and others.
fn is_private(mode: &str) -> bool {
    let is_symbolic = mode.ends_with("go=") || mode.contains("go-r");
    is_symbolic || matches!(mode.trim_start_matches('0'), "400" | "500" | "600" | "700")
}

/// True of a call that gives files to another user.
fn gives_away(call: &Call) -> bool {
    match call.program() {
        "chown" | "su-exec" => true,
        "install" => call.has_option(&["-o", "--owner"]),
        _ => false,
    }
}

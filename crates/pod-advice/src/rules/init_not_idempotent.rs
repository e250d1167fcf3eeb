//! An init container fails when it runs a second time.

use crate::removal::{Removal, removals_before};
use crate::rule::prelude::*;
use crate::script;
use crate::shell::{Access, Call, FileUse};
use crate::workload::{Restarts, lies_in, normalized};

pub(super) const RULE: AdviceRule = AdviceRule {
    rule: Rule::new("init-not-idempotent"),
    severity: Severity::Warning,
    stage: Stage::Starts,
    summary: "An init container fails when it runs a second time.",
    page: include_str!("init_not_idempotent.md"),
    check,
};

fn check(workload: &Workload<'_>, found: &mut Found<'_>) {
    if workload.restarts == Restarts::Never {
        return;
    }
    for container in workload.containers.iter().filter(|container| container.role == Role::Init) {
        let process = container.process();
        let repeats_badly = |used: &&FileUse| repeats_badly(workload, container, used);
        let strictness = process.strictness();
        let first = process.writes().filter(|used| strictness.fails_with(used)).find(repeats_badly);
        let Some(used) = first.or_else(|| process.writes().find(repeats_badly)) else { continue };
        let is_root = container.mounts.iter().any(|mount| mount.path == *used.path);
        let state = if is_root { "is not empty any more" } else { "is there already" };
        let (program, hint) = advice(&used.program, is_root);
        let (name, path) = (quoted(container.name), quoted(&used.path));
        let goes_on = if first.is_some() { "" } else { ", and the script goes on with what it finds" };
        let message = format!("When the init container {name} runs again, `{program}` fails: {path} {state}{goes_on}.");
        let fix = process.reading.calls.get(used.call).and_then(|call| repeatable(workload, container, call));
        let finding = found.say(workload.place(container), message, hint);
        finding.fix = fix;
        if first.is_none() {
            (finding.severity, finding.stage) = (Severity::Advice, Stage::Shares);
        }
    }
}

/// True if what `container` makes as `used` says cannot be made once more.
pub(super) fn repeats_badly(workload: &Workload<'_>, container: &Container<'_>, used: &FileUse) -> bool {
    let call = container.process().reading.calls.get(used.call).filter(|_| used.is_exact);
    call.is_some_and(Call::fails_if_there)
        && is_in_empty_dir(workload, container, &used.path)
        && (!used.when.guarded || used.when.retried || asks_for_another(workload, container, used))
        && !is_removed_before(workload, container, used)
        && !is_removed_at_last(container, used)
}

/// How a sentence calls `program`, and what to do so that it does not fail; `is_root` of a target that is the mount itself.
fn advice(program: &str, is_root: bool) -> (&str, &'static str) {
    match (program, is_root) {
        ("git", true) => {
            ("git clone", "Clone into a directory below it, and remove that one first: `rm -rf` cannot remove a mount.")
        }
        ("git", false) => ("git clone", "Remove it first, with `rm -rf`."),
        ("ln", _) => (program, "Use `ln -sfn`."),
        _ => (program, "Use `mkdir -p`."),
    }
}

/// Adds the option with which the command may find its target.
fn repeatable(workload: &Workload<'_>, container: &Container<'_>, call: &Call) -> Option<Fix> {
    let (program, option) = match call.program() {
        "mkdir" => ("mkdir", "-p"),
        "ln" => ("ln", "-fn"),
        _ => return None,
    };
    let with_option =
        |command: &str| command.starts_with(program).then(|| command.replacen(program, &format!("{program} {option}"), 1));
    let change = script::edited(workload, container, call, with_option)?;
    Some(Fix::safe(format!("Write {program} {option}"), vec![change]))
}

fn is_in_empty_dir(workload: &Workload<'_>, container: &Container<'_>, path: &str) -> bool {
    let volume = container.mount_of(path).and_then(|mount| workload.volume_of(mount));
    volume.is_some_and(|volume| volume.empty_dir().is_some())
}

/// True if what `container` makes as `used` says is left out only where a file is there that has nothing to do with it, and that
/// nobody makes.
fn asks_for_another(workload: &Workload<'_>, container: &Container<'_>, used: &FileUse) -> bool {
    let question = used.when.unless.and_then(|question| container.process().reading.calls.get(question));
    let Some((file, _)) = question.and_then(Call::asked).filter(|(file, _)| file.is_exact && file.text.starts_with('/')) else {
        return false;
    };
    let path = normalized(&file.text);
    !lies_in(&path, &used.path) && !lies_in(&used.path, &path) && !may_be_made(workload, container, &path)
}

/// How many other containers are looked at that may make what an init container asks for.
const MAX_MAKERS: usize = 16;

/// False if nothing makes the file at `path`, which `container` finds in an emptyDir.
fn may_be_made(workload: &Workload<'_>, container: &Container<'_>, path: &str) -> bool {
    let is_within = |mount: &&Mount<'_>| mount.path != path && mount.has_known_place();
    let mount = container.mount_of(path).filter(is_within).filter(|_| is_in_empty_dir(workload, container, path));
    let Some((mount, volume)) = mount.and_then(|mount| Some((mount, workload.volume_of(mount)?))) else { return true };
    let makes = |maker: &Container<'_>, path: &str| {
        let meets = |made: &FileUse| lies_in(&made.path, path) || made.program != "mkdir" && lies_in(path, &made.path);
        !maker.makes_files_at_known_places() || maker.process().writes().any(meets)
    };
    let place = mount.in_volume(path);
    let hands_out = |other: &Container<'_>, used: &Mount<'_>| {
        !other.has_command()
            && !other.has("lifecycle")
            && other.image.known.is_some_and(|known| known.content.contains(&&*used.path))
    };
    let mut others = workload.other_writers(volume, container, mount).filter(|(other, used)| !hands_out(other, used));
    let is_maker = |(other, used): (&Container<'_>, &Mount<'_>)| used.in_container(&place).is_none_or(|path| makes(other, &path));
    makes(container, path) || others.by_ref().take(MAX_MAKERS).any(is_maker) || others.next().is_some()
}

fn is_removed_before(workload: &Workload<'_>, container: &Container<'_>, used: &FileUse) -> bool {
    let is_of_it = |removal: &Removal<'_>| removal.used.may_be_around(&removal.made) || removal.used.is_all_in(&removal.made);
    removals_before(workload, container, used).any(|removal| is_of_it(&removal))
}

/// True if the command removes it itself when the work is done.
fn is_removed_at_last(container: &Container<'_>, used: &FileUse) -> bool {
    let is_later = |other: &FileUse| other.access == Access::Remove && other.call > used.call;
    let is_sure = |other: &FileUse| !other.when.guarded && (other.is_exact || other.pattern.is_some());
    let mut files = container.process().reading.files.iter();
    files.any(|other| is_later(other) && is_sure(other) && other.may_be_around(&used.path))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_says_what_is_in_the_way() {
        let said = |script: &str| {
            let mounts = json!([{"name": "v", "mountPath": "/d"}]);
            let init = json!({"name": "i", "image": "alpine:3", "command": ["sh", "-c", script], "volumeMounts": mounts});
            let pod = json!({"initContainers": [init], "containers": [], "volumes": [{"name": "v", "emptyDir": {}}]});
            let findings = crate::advise(&json!({"kind": "Pod", "spec": pod})).findings;
            let finding = findings.into_iter().find(|finding| finding.rule == RULE.rule).unwrap();
            let is_worse = finding.severity == RULE.severity && finding.stage == RULE.stage;
            assert_eq!(is_worse, !script.contains("; "), "{script}");
            format!("{} {}", finding.message, finding.hint.unwrap())
        };
        let again = "When the init container `i` runs again,";
        for (script, expected) in [
            ("git clone https://x/y.git /d/y", "`git clone` fails: `/d/y` is there already. Remove it first, with `rm -rf`."),
            (
                "git clone https://x/y.git /d",
                "`git clone` fails: `/d` is not empty any more. \
                 Clone into a directory below it, and remove that one first: `rm -rf` cannot remove a mount.",
            ),
            ("mkdir /d/y", "`mkdir` fails: `/d/y` is there already. Use `mkdir -p`."),
            ("ln -s /a /d/y", "`ln` fails: `/d/y` is there already. Use `ln -sfn`."),
            (
                "mkdir /d/y; date",
                "`mkdir` fails: `/d/y` is there already, and the script goes on with what it finds. Use `mkdir -p`.",
            ),
        ] {
            assert_eq!(said(script), format!("{again} {expected}"));
        }
    }
}

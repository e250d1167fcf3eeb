//! Containers that share a volume run as different users without a common group.

mod closed;
mod sockets;

use std::cell::LazyCell;
use std::collections::HashSet;

use self::closed::closed_files;
use self::sockets::leaves_open_socket;
use crate::file_mode::{Class, FOR_GROUP, FileMode, Right, octal};
use crate::rule::prelude::*;
use crate::shell::Call;
use crate::workload::{inside, lies_in, normalized};

pub(super) const RULE: AdviceRule = AdviceRule {
    rule: Rule::new("user-mix"),
    severity: Severity::Warning,
    stage: Stage::Shares,
    summary: "Containers that share a volume run as different users without a common group.",
    page: include_str!("user_mix.md"),
    check,
};

fn check(workload: &Workload<'_>, found: &mut Found<'_>) {
    let closed = closed_files(workload);
    for one in &closed {
        let (maker, writer, file, user) = (quoted(one.maker.name), quoted(one.writer.name), quoted(one.file), one.user);
        let (what, there, operand) =
            if one.is_file { ("", "write it", "FILE") } else { ("the directory of ", "write there", "DIRECTORY") };
        let message = format!("{maker} makes {what}{file} as root, and {writer}, which is user {user}, may not {there}.");
        let hint = format!("Let {maker} give it away, `chown {user} {operand}`, or run both as the same user.");
        found.say(workload.place(one.maker), message, hint);
    }
    let told: HashSet<_> = closed.iter().map(|one| workload.volumes[one.volume].position).collect();
    let context = workload.pod.get("securityContext");
    if context.and_then(|context| context.get("fsGroup")).is_some_and(|group| !group.is_null()) {
        return;
    }
    for volume in workload.shared().filter(|volume| !told.contains(&volume.position)) {
        let Some((writer, user, other)) = strangers(workload, volume) else { continue };
        let (one, two) = (quoted(writer.name), quoted(other.name));
        let message = format!("{one} and {two} run as different users: files and sockets of one may be closed to the other.");
        let hint = "Let both run as the same user, or set `fsGroup` for the Pod and `umask 002` in the writer.";
        let finding = found.say(workload.place(other).entry("securityContext"), message, hint);
        let place = workload.pod_place().entry("securityContext").entry("fsGroup");
        let group = if user > 0 { Some(user) } else { other.user };
        finding.fix =
            group.map(|group| Fix::guess(format!("Give both the group {group}"), vec![Change::Set(place, group.into())]));
    }
}

/// The first that writes into a part of `volume`, its user, and the first that sees that part and is neither that user nor root.
/// Those that only may write there are taken for writers if no command of another user is known to, root only of what others
/// come to later or mount read-only: otherwise it may be the one that reads.
fn strangers<'w, 'a>(workload: &'w Workload<'a>, volume: &'w Volume<'a>) -> Option<(&'w Container<'a>, i64, &'w Container<'a>)> {
    let sure: Vec<_> = workload.uses(volume).filter(|(container, mount)| container.surely_writes(mount)).collect();
    let mut looked_at = HashSet::new();
    let may_close = |container: &Container<'_>, mount: &Mount<'_>| {
        !mount.read_only && !hands_over(container, mount, Right::Write) && !leaves_open_socket(container, mount)
    };
    for (writer, written) in workload.uses(volume).filter(|(container, mount)| may_close(container, mount)) {
        let Some(user) = writer.user else { continue };
        let is_of_others = |other: &Container<'_>| other.user.is_some_and(|other| other != user);
        let is_sure = writer.surely_writes(written);
        let is_told = sure.iter().any(|(other, mount)| is_of_others(other) && mount.meets(written));
        let is_new = looked_at.insert((user, is_sure, &written.place));
        if is_told && !is_sure || !is_new && writer.role != Role::Init {
            continue;
        }
        let is_readable = LazyCell::new(|| hands_over(writer, written, Right::Read));
        let is_stranger = |other: &Container<'_>, mount: &Mount<'_>| {
            let has_ended = other.role == Role::Init && other.starts_before(writer);
            let is_reader = is_sure || user != 0 || mount.read_only || writer.role == Role::Init && writer.starts_before(other);
            is_of_others(other)
                && other.user != Some(0)
                && !has_ended
                && is_reader
                && mount.meets(written)
                && !has_common_group(workload, writer, other)
                && !(mount.read_only && *is_readable)
                && !leaves_open_socket(other, mount)
        };
        let stranger = workload.uses(volume).find(|(container, mount)| is_stranger(container, mount));
        if let Some((other, _)) = stranger {
            return Some((writer, user, other));
        }
    }
    None
}

/// True if what `writer` makes belongs to the group of `other`, which may write it.
fn has_common_group(workload: &Workload<'_>, writer: &Container<'_>, other: &Container<'_>) -> bool {
    let said = |value: &Value| inside(value, &["securityContext", "runAsGroup"]).and_then(Value::as_i64);
    let group = |container: &Container<'_>| said(container.value).or_else(|| said(workload.pod));
    let is_for_group = |call: &Call| call.program() == "umask" && call.operands().any(|mask| is_mask_for_group(&mask.text));
    group(writer).is_some() && group(writer) == group(other) && writer.process().calls().any(is_for_group)
}

/// True of a mask that leaves the group all that the owner has: `002`, `0007`.
fn is_mask_for_group(mask: &str) -> bool {
    octal(mask).is_some_and(|mask| mask & FOR_GROUP == 0)
}

/// True of an init container that gives others the `right` to the files of `mount` once it has made them.
fn hands_over(container: &Container<'_>, mount: &Mount<'_>, right: Right) -> bool {
    let opens = |call: &Call| match call.program() {
        "chown" => true,
        "install" => call.has_option(&["-o", "--owner"]),
        "chmod" | "mkdir" => FileMode::told(call).is_some_and(|mode| mode.gives(Class::Others, right) == Some(true)),
        _ => false,
    };
    let mut given = container.process().calls().filter(|call| container.role == Role::Init && opens(call));
    given.any(|call| {
        let says_it_first = matches!(call.program(), "chmod" | "chown");
        call.operands().skip(usize::from(says_it_first)).any(|word| lies_in(&normalized(&word.text), &mount.path))
    })
}

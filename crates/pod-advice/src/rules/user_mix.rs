//! Containers that share a volume run as different users without a common group.

use crate::rule::prelude::*;

pub(super) const RULE: AdviceRule = AdviceRule {
    rule: Rule::new("user-mix"),
    severity: Severity::Warning,
    stage: Stage::Shares,
    summary: "Containers that share a volume run as different users without a common group.",
    page: include_str!("user_mix.md"),
    check,
};

fn check(workload: &Workload<'_>, found: &mut Found<'_>) {
    let context = workload.pod.get("securityContext");
    if context.and_then(|context| context.get("fsGroup")).is_some_and(|group| !group.is_null()) {
        return;
    }
    for volume in workload.shared() {
        let Some((writer, user, other)) = strangers(workload, volume) else { continue };
        let (one, two) = (quoted(writer.name), quoted(other.name));
        let message = format!("{one} and {two} run as different users: files and sockets of one may be closed to the other.");
        let hint = "Let both run as the same user, or set `fsGroup` for the Pod and `umask 002` in the writer.";
        let finding = found.say(workload.place(other).entry("securityContext"), message, hint);
        let place = workload.pod_place().entry("securityContext").entry("fsGroup");
        finding.fix =
            (user > 0).then(|| Fix::guess(format!("Give both the group {user}"), vec![Change::Set(place, user.into())]));
    }
}

/// The first that writes into `volume`, its user, and the first that is neither that user nor root.
fn strangers<'w, 'a>(workload: &'w Workload<'a>, volume: &'w Volume<'a>) -> Option<(&'w Container<'a>, i64, &'w Container<'a>)> {
    let (writer, user) = workload
        .uses(volume)
        .filter(|(_, mount)| !mount.read_only)
        .find_map(|(container, _)| Some((container, container.user?)))?;
    let (other, _) =
        workload.uses(volume).find(|(container, _)| container.user.is_some_and(|other| other != user && other != 0))?;
    Some((writer, user, other))
}

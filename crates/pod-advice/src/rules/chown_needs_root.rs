//! A container that is not root gives files away, or changes the root of a volume.

use crate::rule::prelude::*;
use crate::shell::Call;

pub(super) const RULE: AdviceRule = AdviceRule {
    rule: Rule::new("chown-needs-root"),
    severity: Severity::Warning,
    stage: Stage::Shares,
    summary: "A container that is not root gives files away, or changes the root of a volume.",
    page: include_str!("chown_needs_root.md"),
    check,
};

fn check(workload: &Workload<'_>, found: &mut Found<'_>) {
    for container in &workload.containers {
        let Some(user) = container.user.filter(|user| *user != 0) else { continue };
        let fails = |call: &&Call| !call.when.guarded && changes_root(workload, container, call);
        let Some(call) = container.process().calls().find(fails) else { continue };
        let message = format!(
            "`{}` fails: {} runs as user {user}, and what it is to change belongs to root.",
            call.program(),
            quoted(container.name)
        );
        let hint = "Leave it out and set `fsGroup` for the Pod, or let this container run as root.";
        found.say(workload.place(container), message, hint);
    }
}

/// True if `call` changes the owner or the mode of the root of an emptyDir, which belongs to root.
fn changes_root(workload: &Workload<'_>, container: &Container<'_>, call: &Call) -> bool {
    if !matches!(call.program(), "chown" | "chgrp" | "chmod") {
        return false;
    }
    let paths = call.operands().skip(1).filter(|word| word.is_exact).map(|word| word.text.trim_end_matches('/'));
    let of_root = |mount: &Mount<'_>| {
        mount.sub_path.is_none() && workload.volume_of(mount).is_some_and(|volume| volume.empty_dir().is_some())
    };
    paths.filter(|path| !path.is_empty()).any(|path| container.mounts.iter().any(|mount| mount.path == path && of_root(mount)))
}

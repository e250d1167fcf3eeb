//! A container that is not root gives files away, or changes the root of a volume.

use crate::process::Process;
use crate::rule::prelude::*;
use crate::shell::{Access, FileUse, base_name};

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
        let Some(user) = container.known_user().filter(|user| *user != 0) else { continue };
        let of_hook = || container.hook_process().and_then(|hook| Some((hook, changed_root(workload, container, hook)?)));
        let place = workload.place(container);
        let (place, root, ends) = match (changed_root(workload, container, container.process()), of_hook()) {
            (Some(root), _) => (place, root, ""),
            (None, Some((hook, root))) => {
                let ends =
                    if hook.strictness().fails_with(root) { " The kubelet ends a container whose hook fails." } else { "" };
                (place.entry("lifecycle").entry("postStart"), root, ends)
            }
            (None, None) => continue,
        };
        let message = format!(
            "`{}` fails: {} runs as user {user}, and what it is to change belongs to root.{ends}",
            root.program,
            quoted(container.name)
        );
        found.say(place, message, "Leave it out and set `fsGroup` for the Pod, or let this container run as root.");
    }
}

/// What `process`, which is none of root, changes first of the roots of volumes.
fn changed_root<'p, 'a>(workload: &Workload<'a>, container: &Container<'a>, process: &'p Process<'a>) -> Option<&'p FileUse> {
    if process.words.iter().any(|word| word.text.split_whitespace().any(|word| base_name(word) == "sudo")) {
        return None;
    }
    let mut changed = process.reading.files.iter().filter(|used| matches!(used.access, Access::Mode | Access::Owner));
    changed.find(|used| !used.when.guarded && is_root(workload, container, used))
}

/// True if `used` is the root of an emptyDir, which belongs to root.
fn is_root<'a>(workload: &Workload<'a>, container: &Container<'a>, used: &FileUse) -> bool {
    let mut mounts = workload.empty_dir_mounts(container);
    used.is_exact && mounts.any(|(mount, _)| mount.sub_path.is_none() && mount.path == used.path.as_str())
}

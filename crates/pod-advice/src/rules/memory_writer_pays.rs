//! Several containers write into a volume in memory: each pays for what it writes.

use crate::rule::prelude::*;
use crate::shell::FileUse;
use crate::workload::lies_in;

pub(super) const RULE: AdviceRule = AdviceRule {
    rule: Rule::new("memory-writer-pays"),
    severity: Severity::Advice,
    stage: Stage::Shares,
    summary: "Several containers write into a volume in memory: each pays for what it writes.",
    page: include_str!("memory_writer_pays.md"),
    check,
};

fn check(workload: &Workload<'_>, found: &mut Found<'_>) {
    for volume in workload.shared().filter(|volume| volume.is_memory()) {
        let writers = workload.uses(volume).filter(|(container, mount)| may_fill(container, mount));
        let mut writers: Vec<_> = writers.map(|(container, _)| container).collect();
        writers.dedup_by_key(|container| container.name);
        if writers.len() < 2 {
            continue;
        }
        let has_limit = writers.iter().any(|container| container.memory_limit.is_some());
        let counts = if has_limit { "against the memory limit of whoever wrote it" } else { "as memory of whoever wrote it" };
        let names = listed(writers.iter().map(|container| container.name), "or");
        let message = format!("A file in {} counts {counts}: {names}.", quoted(volume.name));
        let hint = "Give each writer a limit with room for all that it writes, and mount read-only where nobody writes.";
        found.say(workload.volume_place(volume), message, hint);
    }
}

/// True if `container` may write something into `mount` that takes room; of an init container it is known what comes of its command.
fn may_fill<'a>(container: &Container<'a>, mount: &Mount<'a>) -> bool {
    if container.role != Role::Init {
        return !mount.read_only;
    }
    let is_empty = |used: &FileUse| matches!(&*used.program, "mkdir" | "touch");
    let mut written = container.process().writes().filter(|used| lies_in(&used.path, &mount.path));
    container.may_write(mount) && (!container.makes_known_files_only() || written.any(|used| !is_empty(used)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_limit_is_named_only_where_there_is_one() {
        let said = |limits: Value| {
            let mounts = json!([{"name": "v", "mountPath": "/d"}]);
            let container = |name: &str| json!({"name": name, "resources": {"limits": limits}, "volumeMounts": mounts});
            let volumes = json!([{"name": "v", "emptyDir": {"medium": "Memory"}}]);
            let pod = json!({"containers": [container("a"), container("b")], "volumes": volumes});
            let findings = crate::advise(&json!({"kind": "Pod", "spec": pod})).findings;
            findings.into_iter().find(|finding| finding.rule == RULE.rule).unwrap().message
        };
        assert_eq!(said(json!({})), "A file in `v` counts as memory of whoever wrote it: `a` or `b`.");
        assert!(said(json!({"memory": "64Mi"})).contains("against the memory limit of whoever wrote it"));
    }
}

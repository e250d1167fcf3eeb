//! Two containers write the same file.

use std::collections::HashMap;

use crate::rule::prelude::*;
use crate::shell::Access;

pub(super) const RULE: AdviceRule = AdviceRule {
    rule: Rule::new("same-file-twice"),
    severity: Severity::Warning,
    stage: Stage::Shares,
    summary: "Two containers write the same file.",
    page: include_str!("same_file_twice.md"),
    check,
};

fn check(workload: &Workload<'_>, found: &mut Found<'_>) {
    let mut written: HashMap<(usize, String), (&Container<'_>, Access)> = HashMap::new();
    for container in workload.containers.iter().filter(|container| container.role != Role::Init) {
        for used in
            container.process().writes().filter(|used| used.is_exact && !matches!(&*used.program, "mkdir" | "touch" | "mkfifo"))
        {
            let Some(mount) = container.mount_of(&used.path).filter(|mount| mount.path != used.path) else { continue };
            let Some(volume) = mount.volume.filter(|volume| workload.volumes[*volume].empty_dir().is_some()) else { continue };
            let (first, access) = *written.entry((volume, mount.in_volume(&used.path))).or_insert((container, used.access));
            if first.is(container) {
                continue;
            }
            let message =
                format!("{} and {} both write {}, in no order.", quoted(first.name), quoted(container.name), quoted(&used.path));
            let finding = found.say(workload.place(container), message, "Give each a file of its own.");
            // Nothing is lost of what both append.
            if access == Access::Append && used.access == Access::Append {
                finding.severity = Severity::Advice;
            }
            break;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_both_append_is_a_note() {
        let severity = |signs: [&str; 2]| {
            let container = |index: usize| {
                let script = format!("while true; do date {} /d/book; sleep 4; done", signs[index]);
                let mounts = json!([{"name": "v", "mountPath": "/d"}]);
                json!({"name": format!("c{index}"), "image": "alpine:3", "command": ["sh", "-c", script], "volumeMounts": mounts})
            };
            let spec = json!({"containers": [container(0), container(1)], "volumes": [{"name": "v", "emptyDir": {}}]});
            let findings = crate::advise(&json!({"kind": "Pod", "spec": spec})).findings;
            findings.into_iter().find(|finding| finding.rule == RULE.rule).unwrap().severity
        };
        assert_eq!(severity([">>", ">>"]), Severity::Advice);
        assert_eq!(severity([">>", ">"]), Severity::Warning);
        assert_eq!(severity([">", ">>"]), Severity::Warning);
    }
}

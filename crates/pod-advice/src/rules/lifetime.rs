//! How long the files of an emptyDir last.

use crate::rule::prelude::*;
use crate::workload::Restarts;

pub(super) const RULE: AdviceRule = AdviceRule {
    rule: Rule::new("lifetime"),
    severity: Severity::Advice,
    stage: Stage::Shares,
    summary: "How long the files of an emptyDir last.",
    page: include_str!("lifetime.md"),
    check,
};

fn check(workload: &Workload<'_>, found: &mut Found<'_>) {
    let volumes: Vec<_> = workload.empty_dirs().filter(|volume| workload.is_writable(volume)).collect();
    let Some(first) = volumes.first() else { return };
    let in_memory: Vec<_> = volumes.iter().filter(|volume| volume.is_memory()).map(|volume| volume.name).collect();
    let and = match in_memory.len() {
        0 => String::new(),
        count if count == volumes.len() => ", or the node reboots".to_owned(),
        _ => format!("; those in {} also when the node reboots", listed(in_memory.into_iter(), "and")),
    };
    let restart = if workload.restarts == Restarts::Never { "" } else { "survive the restart of a container and " };
    let end = if workload.completes() { "has ended" } else { "is" };
    let names = listed(volumes.iter().map(|volume| volume.name), "and");
    let message = format!("Files in {names} {restart}are gone when the Pod {end}{and}.");
    found.say(workload.volume_place(first), message, "Keep what must outlive the Pod in a PersistentVolumeClaim.");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_says_when_the_files_go() {
        let said = |kind: &str, policy: &str, volumes: Value| {
            let mounts: Vec<_> = ["a", "b"].map(|name| json!({"name": name, "mountPath": format!("/{name}")})).into();
            let pod = json!({"restartPolicy": policy, "containers": [{"name": "c", "volumeMounts": mounts}], "volumes": volumes});
            let spec = if kind == "Job" { json!({"template": {"spec": pod}}) } else { pod };
            let findings = crate::advise(&json!({"kind": kind, "spec": spec})).findings.into_iter();
            findings.filter(|finding| finding.rule == RULE.rule).map(|finding| finding.message).collect::<Vec<_>>()
        };
        let disk = |name: &str| json!({"name": name, "emptyDir": {}});
        let memory = |name: &str| json!({"name": name, "emptyDir": {"medium": "Memory"}});
        for (kind, policy, volumes, expected) in [
            (
                "Pod",
                "Always",
                json!([disk("a")]),
                "Files in `a` survive the restart of a container and are gone when the Pod is.",
            ),
            (
                "Pod",
                "Always",
                json!([disk("a"), memory("b")]),
                "Files in `a` and `b` survive the restart of a container and are gone when the Pod is; \
                 those in `b` also when the node reboots.",
            ),
            (
                "Job",
                "OnFailure",
                json!([memory("a")]),
                "Files in `a` survive the restart of a container and are gone when the Pod has ended, or the node reboots.",
            ),
            ("Pod", "Never", json!([disk("a"), disk("b")]), "Files in `a` and `b` are gone when the Pod has ended."),
        ] {
            assert_eq!(said(kind, policy, volumes), [expected]);
        }
    }
}

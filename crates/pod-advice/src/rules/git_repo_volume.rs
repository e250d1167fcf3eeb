//! Nodes no longer mount gitRepo volumes.

use crate::rule::prelude::*;

pub(super) const RULE: AdviceRule = AdviceRule {
    rule: Rule::new("git-repo-volume"),
    severity: Severity::Warning,
    stage: Stage::Starts,
    summary: "Nodes no longer mount gitRepo volumes.",
    page: include_str!("git_repo_volume.md"),
    check,
};

fn check(workload: &Workload<'_>, found: &mut Found<'_>) {
    for volume in workload.volumes.iter().filter(|volume| volume.is_of("gitRepo")) {
        let message = format!(
            "Since Kubernetes 1.33 the kubelet refuses the gitRepo volume {}, and the Pod does not start.",
            quoted(volume.name)
        );
        let hint = "Use an emptyDir and an init container that runs `git clone`.";
        found.say(workload.volume_place(volume).entry("gitRepo"), message, hint);
    }
}

//! What is well formed and not allowed here.

use super::Hint;
use super::context::Context;
use crate::change::Change;
use crate::finding::{Finding, Fix};

/// Ends of what the API server says, and what they mean.
const REASONS: [(&str, &str); 17] = [
    ("may not specify more than 1 volume type", "A volume has one source: remove all but one of them."),
    (
        "may not specify more than 1 volume type per source",
        "Each item of `sources` has one source: give every other one an item of its own.",
    ),
    (
        "may not specify more than 1 handler type",
        "A probe or a hook does one thing: remove all but one of `exec`, `httpGet`, `tcpSocket` and `grpc`.",
    ),
    (
        "may not be set for init containers without restartPolicy=Always",
        "An init container ends before the others start, so nobody asks how it is. A sidecar has `restartPolicy: Always`.",
    ),
    (
        "may not be set for init containers",
        "An init container ends before the others start, so this has no meaning for it: remove it.",
    ),
    ("cannot be set for an Ephemeral Container", "Ephemeral containers are for debugging and have few fields: remove this one."),
    ("cannot be set on create", "This is added to a Pod that is there already (`kubectl debug`): remove it."),
    (
        "ephemeral containers not allowed in pod template",
        "Ephemeral containers are added to a Pod that is there already (`kubectl debug`): remove them.",
    ),
    (
        "cannot be set until all schedulingGates have been cleared",
        "A Pod with scheduling gates waits for them before it gets a node: remove one of the two.",
    ),
    ("SizeLimit field must be a valid resource quantity", "Write a size that is not negative, such as `64Mi`."),
    ("may only be specified when readOnly is true", "Add `readOnly: true` to the mount, or remove this."),
    ("may only be specified when mountPropagation is None or not specified", "Remove `mountPropagation`, or this."),
    (
        "Bidirectional mount propagation is available only to privileged containers",
        "Mounts that other containers are to see need `securityContext: {privileged: true}`; shared files do not need them.",
    ),
    ("must not be specified when labelSelector is not set", "Add the `labelSelector`, or remove this."),
    ("HugePages require cpu or memory", "Add a request or a limit of `cpu` or `memory`."),
    (
        "cannot be set for a windows pod",
        "`os` says that this is a Pod for Windows, which has no such field: remove one of the two.",
    ),
    ("windows options cannot be set for a linux pod", "`os` says that this is a Pod for Linux: remove one of the two."),
];

/// Ends of what the API server says of a field that nothing is lost without.
const SUPERFLUOUS: [&str; 6] = [
    "may not be set for init containers without restartPolicy=Always",
    "may not be set for init containers",
    "cannot be set for an Ephemeral Container",
    "cannot be set on create",
    "ephemeral containers not allowed in pod template",
    "must not be specified when labelSelector is not set",
];

/// What to do about a field that is not allowed here.
pub(super) fn hint(finding: &Finding, context: &Context<'_>) -> Hint {
    let (_, words) = REASONS.iter().find(|(reason, _)| finding.message.ends_with(reason)).copied().unwrap_or(("", ""));
    let words = if words.is_empty() {
        "This may not stand here as the manifest is: remove it, or change what it depends on."
    } else {
        words
    };
    let is_superfluous = SUPERFLUOUS.iter().any(|reason| finding.message.ends_with(reason));
    let is_there = context.value(&finding.place).is_some() && !finding.place.is_root();
    let fix = (is_superfluous && is_there).then(|| Fix::guess("Remove it", vec![Change::Remove(finding.place.clone())]));
    Hint::new(words).with_fix(fix)
}

/// What to do about what admission refuses.
pub(super) fn admission(finding: &Finding) -> Hint {
    Hint::new(match finding.field.rsplit('.').next() {
        Some("priority" | "preemptionPolicy") => {
            "The cluster works this out from `priorityClassName`, and lets nobody write it: remove it, or name a class."
        }
        Some("overhead") => "The cluster takes this from the `RuntimeClass` of the Pod, and lets nobody write it: remove it.",
        _ => "A mirror Pod is made by a kubelet and may not use what others use: remove the annotation that makes it one.",
    })
}

/// What to do about an object that was stored once.
pub(super) fn storage() -> Hint {
    Hint::new("This was read from a cluster, with fields that only a server sets: remove them to create it again.")
}

#[cfg(test)]
mod tests {
    use super::super::testing::{fixed, hints, pod};
    use serde_json::json;

    #[test]
    fn a_volume_has_one_source() {
        let volumes = json!([{"name": "v", "emptyDir": {}, "hostPath": {"path": "/a"}}]);
        let document = pod(json!({"containers": [{"name": "c", "image": "i"}], "volumes": volumes}));
        assert_eq!(hints(&document), ["A volume has one source: remove all but one of them."]);
    }

    #[test]
    fn an_init_container_loses_its_probe() {
        let probe = json!({"tcpSocket": {"port": 80}});
        let containers = json!([{"name": "c", "image": "i"}]);
        let document =
            pod(json!({"containers": containers, "initContainers": [{"name": "d", "image": "i", "livenessProbe": probe}]}));
        assert_eq!(crate::judge(&fixed(&document)).findings, []);
    }
}

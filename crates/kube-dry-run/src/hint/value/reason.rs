//! Reasons of the API server against a value, and what they mean.

/// How many bytes at the end of a message are looked at, where its reason stands.
const MAX_REASON: usize = 320;

/// Parts of the API server's reasons, and what they mean; the first that fits counts.
const REASONS: [(&str, &str); 59] = [
    ("`selector` will be auto-generated", "A Job selects its Pods by itself: remove the selector."),
    ("must be between 1 and 65535, inclusive", "Ports have the numbers 1 to 65535."),
    ("must be greater than or equal to 0", "Write a number that is not negative."),
    ("must be greater than zero", "Write a number above zero."),
    ("must not contain '..'", "`..` would lead out of the volume: write the path without it."),
    ("must be a relative path", "Paths in a volume begin inside of it: leave out the `/` at the beginning."),
    ("must be an absolute path", "Write the whole path, from the `/` on."),
    (
        "must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)",
        "Write the number of an address, such as `10.9.8.7`, not a name.",
    ),
    ("subPathExpr and subPath are mutually exclusive", "Write one of the two: `subPathExpr` is for paths with variables."),
    (
        "may not be specified when `value` is not empty",
        "A variable has a `value` or takes it from somewhere: remove one of the two.",
    ),
    (
        "ShareProcessNamespace and HostPID cannot both be enabled",
        "The containers see each other's processes, or all of the node: remove one of the two.",
    ),
    (
        "effect must be 'NoExecute' when `tolerationSeconds` is set",
        "Only who would be evicted can stay for some seconds: write `effect: NoExecute`, or remove `tolerationSeconds`.",
    ),
    (
        "value must be empty when `operator` is 'Exists'",
        "`Exists` asks for the key alone: remove the value, or write `operator: Equal`.",
    ),
    (
        "must match `containerPort` when `hostNetwork` is true",
        "On the network of the node the two ports are one: write the same number, or remove `hostPort`.",
    ),
    ("may not have more than one field specified at a time", "Only one of them may be there: remove the others."),
    ("must be 1", "For this probe only 1 is possible: remove it, or write 1."),
    ("conflicting duplicate paths", "Two sources put a file at the same path: give one of them another."),
    (
        "must be one of the container or initContainer names in the pod template",
        "No container has this name: write that of one of them.",
    ),
    ("container not found", "No container has this name: write that of one of them."),
    ("not a valid selector operator", "Possible are `In`, `NotIn`, `Exists`, `DoesNotExist`, and `Gt` and `Lt` for nodes."),
    (
        "only divisor's values",
        "A divisor is the unit that the amount is given in: `1m` or `1` of cpu, `1`, `1k`, `1Mi` and the like of memory.",
    ),
    ("must specify one of: `fieldRef`", "`valueFrom` says from where the value comes: from one of these."),
    (
        "must specify one of: `configMapRef`",
        "`envFrom` takes all variables from a ConfigMap or a Secret: name one by `configMapRef` or `secretRef`.",
    ),
    (
        "error converting fieldPath",
        "Only some fields of a Pod can be had as variables, such as `metadata.name`, `spec.nodeName` and `status.podIP`.",
    ),
    ("not positive integer multiple of hugepages", "Huge pages are whole: write a multiple of their size."),
    ("a valid percent string must", "Write a whole number, or one with a `%` behind it."),
    (
        "empty selector is invalid",
        "An empty selector would mean every Pod: write the labels of the `template` under `matchLabels`.",
    ),
    (
        "`selector` not auto-generated",
        "A Job selects its Pods by itself: remove the selector, and from the template the labels that a server wrote with it.",
    ),
    ("invalid label selector", "The selector has a mistake in it: look at its keys, operators and values."),
    (
        "use timeZone field instead",
        "The time zone has a field of its own: write `timeZone: Europe/Berlin`, for example, beside `schedule`.",
    ),
    ("time zone", "Write the name of a time zone, such as `Europe/Berlin` or `Etc/UTC`."),
    (
        "expected exactly 5 fields",
        "A schedule has five parts: minute, hour, day of the month, month, day of the week. `*/5 * * * *` is every five minutes.",
    ),
    (
        ".schedule: Invalid value",
        "A schedule has five parts: minute, hour, day of the month, month, day of the week. `*/5 * * * *` is every five minutes.",
    ),
    (
        "cannot set `allowPrivilegeEscalation` to false",
        "A process that has these rights cannot be kept from getting them: remove one of the two.",
    ),
    ("can only be set when", "This goes with another type only: remove it, or change the type."),
    (
        "must be less than terminationGracePeriodSeconds",
        "The hook must end before the container is killed: shorten it, or raise `terminationGracePeriodSeconds`.",
    ),
    (
        "must be non-negative and less than terminationGracePeriodSeconds",
        "The hook must end before the container is killed: shorten it, or raise `terminationGracePeriodSeconds`.",
    ),
    (
        "operator must be Exists when `key` is empty",
        "Without a key a toleration is for everything: write `operator: Exists`, or add the key.",
    ),
    ("runAsUserName cannot be an empty string", "Write the name of a user, or remove this."),
    ("must be 'NotRequired' when", "What is never restarted cannot ask for a restart: write `NotRequired`."),
    (
        "can only use volume source type of PersistentVolumeClaim or Ephemeral",
        "Only claims can be block devices: mount other volumes by `volumeMounts`.",
    ),
    ("at most one of", "Only one of them may be there: remove the others."),
    ("must specify one of", "One of them must be there: add it."),
    ("must not be '..'", "`..` would lead out of the volume: write another name."),
    ("must not start with '..'", "`..` would lead out of the volume: write another name."),
    (
        "must be greater than minReadySeconds",
        "The deadline comes before the Pods count as ready: raise it, or lower `minReadySeconds`.",
    ),
    (
        "is supported when podFailurePolicy is specified",
        "A Job that judges failed Pods makes new ones: write `restartPolicy: Never`.",
    ),
    ("requires indexed completion mode", "Only an indexed Job has this: add `completionMode: Indexed`, or remove this."),
    ("can only use minDomains if", "`minDomains` goes with `whenUnsatisfiable: DoNotSchedule` only: write that, or remove it."),
    (
        "aggregate container requests",
        "The Pod as a whole must have at least what its containers ask for together: raise this, or lower those.",
    ),
    ("must not be set for readinessProbes", "A readiness probe kills nothing, so it has no grace period: remove this."),
    ("must be an integer", "Write a whole number."),
    ("must not be empty", "Write a value, or remove the field."),
    ("inclusive", "Write a number within these bounds."),
    ("must be in the range", "Write a number within these bounds."),
    ("must be less than or equal to", "Write a smaller number, or raise what it is compared with."),
    ("must be greater than 0", "Write a number above zero."),
    ("-uid]: Invalid value", "A server writes this label: remove it."),
    ("job-name]: Invalid value", "A server writes this label: remove it."),
];

/// What the reason in `message` means.
pub(super) fn words(message: &str) -> Option<&'static str> {
    let end = &message[message.ceil_char_boundary(message.len().saturating_sub(MAX_REASON))..];
    REASONS.iter().find(|(reason, _)| end.contains(reason)).map(|(_, words)| *words)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reason_stands_at_the_end() {
        assert!(
            words("a: Invalid value: 0: must be between 1 and 65535, inclusive").is_some_and(|words| words.starts_with("Ports"))
        );
        assert_eq!(words(&format!("a: Invalid value: \"time zone{}\": x", "ä".repeat(1_000))), None);
    }

    #[test]
    fn no_reason_hides_another() {
        for (at, (reason, _)) in REASONS.iter().enumerate() {
            let first = REASONS.iter().position(|(other, _)| reason.contains(other));
            assert_eq!(first, Some(at), "{reason}");
        }
    }
}

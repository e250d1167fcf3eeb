//! A size limit of zero is none.

use crate::rule::prelude::*;

pub(super) const RULE: AdviceRule = AdviceRule {
    rule: Rule::new("size-zero"),
    severity: Severity::Warning,
    stage: Stage::Shares,
    summary: "A size limit of zero is none.",
    page: include_str!("size_zero.md"),
    check,
};

fn check(workload: &Workload<'_>, found: &mut Found<'_>) {
    for volume in workload.empty_dirs().filter(|volume| volume.has_limit_of_zero()) {
        let place = workload.limit_place(volume);
        let size = if volume.is_memory() { "64Mi" } else { "1Gi" };
        let message = format!("`sizeLimit: 0` does not keep {} empty: it means that there is no limit.", quoted(volume.name));
        let finding = found.say(place.clone(), message, "Set the limit that is meant, or leave it out.");
        finding.fix = Some(Fix::guess(format!("Limit it to {size}"), vec![Change::Set(place, size.into())]));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_nothing_limits_then_follows_from_it() {
        for (medium, rule) in [("", "disk-unbounded"), ("Memory", "memory-unbounded")] {
            let containers = ["a", "b"]
                .map(|name| json!({"name": name, "image": "mine:1", "volumeMounts": [{"name": "v", "mountPath": "/var/log"}]}));
            let volume = json!({"name": "v", "emptyDir": {"medium": medium, "sizeLimit": 0}});
            let findings =
                crate::advise(&json!({"kind": "Pod", "spec": {"containers": containers, "volumes": [volume]}})).findings;
            let of = |id: &str| findings.iter().find(|finding| finding.rule.id() == id).unwrap();
            let (cause, effect) = (of(RULE.id()), of(rule));
            assert_eq!((effect.caused_by.as_deref(), effect.severity), (Some(&*cause.field), Severity::Advice), "{rule}");
            assert!(cause.caused_by.is_none() && cause.fix.is_some() && effect.fix.is_none(), "{rule}");
        }
    }
}

//! Words of Docker, Compose and kubectl, and booleans of YAML, that stand for a value of Kubernetes.

use crate::path::{Path, Segment};

/// A field, the words that people write there in small letters, and what they mean.
struct Words {
    field: &'static str,
    written: &'static [&'static str],
    meant: &'static str,
}

const fn words(field: &'static str, written: &'static [&'static str], meant: &'static str) -> Words {
    Words { field, written, meant }
}

const YES: [&str; 4] = ["true", "yes", "on", "y"];
const NO: [&str; 4] = ["false", "no", "off", "n"];

const WORDS: [Words; 25] = [
    words("restartPolicy", &NO, "Never"),
    words("restartPolicy", &["none"], "Never"),
    words("restartPolicy", &YES, "Always"),
    words("restartPolicy", &["unless-stopped", "unlessstopped", "any"], "Always"),
    words("restartPolicy", &["on-error", "onerror", "failure"], "OnFailure"),
    words("imagePullPolicy", &YES, "Always"),
    words("imagePullPolicy", &NO, "Never"),
    words("imagePullPolicy", &["none", "local"], "Never"),
    words("imagePullPolicy", &["missing", "ifmissing", "ifnotexist", "ifnotexists", "if-not-exists"], "IfNotPresent"),
    words("protocol", &["http", "https", "http2", "h2", "h2c", "grpc", "ws", "wss", "tls", "ssl", "tcp4", "tcp6"], "TCP"),
    words("protocol", &["quic", "http3", "h3", "udp4", "udp6"], "UDP"),
    words("medium", &YES, "Memory"),
    words("accessModes", &["rwo", "rw", "readwrite", "read-write"], "ReadWriteOnce"),
    words("accessModes", &["rox", "ro", "readonly", "read-only"], "ReadOnlyMany"),
    words("accessModes", &["rwx"], "ReadWriteMany"),
    words("accessModes", &["rwop"], "ReadWriteOncePod"),
    words("mountPropagation", &NO, "None"),
    words("mountPropagation", &["private", "rprivate"], "None"),
    words("mountPropagation", &["slave", "rslave"], "HostToContainer"),
    words("mountPropagation", &["shared", "rshared"], "Bidirectional"),
    words("concurrencyPolicy", &NO, "Forbid"),
    words("concurrencyPolicy", &["deny", "skip"], "Forbid"),
    words("concurrencyPolicy", &YES, "Allow"),
    words("dnsPolicy", &["host"], "Default"),
    words("volumeMode", &["fs", "file", "files"], "Filesystem"),
];

/// The value of Kubernetes that `written` stands for in the field at `place`, if that is known.
pub(crate) fn meant(place: &Path, written: &str) -> Option<&'static str> {
    const MAX_WORD: usize = 32;
    let field = place.segments().iter().rev().find_map(|segment| match segment {
        Segment::Field(name) => Some(name.as_str()),
        _ => None,
    })?;
    let small = Some(written.trim()).filter(|written| written.len() <= MAX_WORD)?.to_ascii_lowercase();
    if field == "restartPolicy" && is_failure_with_count(&small) {
        return Some("OnFailure");
    }
    WORDS.iter().find(|words| words.field == field && words.written.contains(&small.as_str())).map(|words| words.meant)
}

/// True of `on-failure:3`, by which Docker counts how often it tries.
fn is_failure_with_count(written: &str) -> bool {
    let count = written.strip_prefix("on-failure:");
    count.is_some_and(|count| !count.is_empty() && count.bytes().all(|digit| digit.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::super::testing::{fixed, hints, pod, with_container};
    use super::*;
    use crate::{Verdict, judge, judge_parsed, yaml};
    use serde_json::{Value, json};

    #[test]
    fn every_word_is_written_in_small_letters() {
        for Words { written, .. } in &WORDS {
            assert!(written.iter().all(|word| *word == word.to_ascii_lowercase()), "{written:?}");
        }
    }

    fn restarting(policy: &Value) -> Value {
        pod(json!({"restartPolicy": policy, "containers": [{"name": "c", "image": "i"}]}))
    }

    #[test]
    fn policies_of_docker_become_those_of_kubernetes_at_once() {
        for (written, expected) in [
            (json!(false), "Never"),
            (json!("no"), "Never"),
            (json!("none"), "Never"),
            (json!(true), "Always"),
            (json!("unless-stopped"), "Always"),
            (json!("on-failure"), "OnFailure"),
            (json!("on-failure:3"), "OnFailure"),
        ] {
            let document = fixed(&restarting(&written));
            assert_eq!(document["spec"]["restartPolicy"], expected, "{written}");
            assert_eq!(judge(&document).findings, [], "{written}");
        }
        assert_eq!(judge(&restarting(&json!("sometimes"))).findings[0].fix, None);
    }

    #[test]
    fn a_boolean_is_told_as_it_is_written() {
        let text =
            "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec:\n  restartPolicy: no\n  containers: [{name: c, image: i}]\n";
        let findings = judge_parsed(&yaml::parse(text).unwrap()[0]).findings;
        let told: Vec<_> = findings.iter().map(|finding| (finding.message.as_str(), finding.hint.as_deref())).collect();
        assert_eq!(
            told,
            [(
                "spec.restartPolicy must be a string, and `no` without quotes is a boolean in Kubernetes' YAML",
                Some("Kubernetes calls this `Never`: write `restartPolicy: Never`.")
            )]
        );
    }

    #[test]
    fn a_deployment_and_a_job_get_what_they_may_have() {
        let template = |policy: Value| json!({"metadata": {"labels": {"a": "b"}}, "spec": {"restartPolicy": policy, "containers": [{"name": "c", "image": "i"}]}});
        let deployment = |policy| {
            json!({"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "a"},
                "spec": {"selector": {"matchLabels": {"a": "b"}}, "template": template(policy)}})
        };
        for policy in [json!(false), json!("no"), json!("unless-stopped")] {
            assert_eq!(judge(&fixed(&deployment(policy))).verdict, Verdict::Accepted);
        }
        let job = |policy| json!({"apiVersion": "batch/v1", "kind": "Job", "metadata": {"name": "a"}, "spec": {"template": template(policy)}});
        assert_eq!(judge(&fixed(&job(json!(false)))).verdict, Verdict::Accepted);
        assert_eq!(judge(&fixed(&job(json!("no")))).verdict, Verdict::Accepted);
        assert_eq!(judge(&job(json!(true))).findings[0].fix, None);
    }

    #[test]
    fn other_words_are_translated_too() {
        let container =
            |field: &str, value: Value| fixed(&with_container(json!({field: value})))["spec"]["containers"][0].clone();
        assert_eq!(container("imagePullPolicy", json!(true))["imagePullPolicy"], "Always");
        assert_eq!(container("imagePullPolicy", json!("missing"))["imagePullPolicy"], "IfNotPresent");
        let port = json!([{"containerPort": 80, "protocol": "http"}]);
        assert_eq!(container("ports", port.clone())["ports"][0]["protocol"], "TCP");
        assert_eq!(hints(&with_container(json!({"ports": port}))), ["`http` goes over TCP: write `protocol: TCP`. [Write TCP]"]);
        let volume = |source: Value| {
            let spec = json!({"containers": [{"name": "c", "image": "i"}], "volumes": [source]});
            fixed(&pod(spec))["spec"]["volumes"][0].clone()
        };
        assert_eq!(volume(json!({"name": "v", "emptyDir": {"medium": true}}))["emptyDir"]["medium"], "Memory");
        let claim = json!({"spec": {"accessModes": ["ReadOnlyMany", "RWX"], "resources": {"requests": {"storage": "1Gi"}}}});
        let claim = volume(json!({"name": "v", "ephemeral": {"volumeClaimTemplate": claim}}));
        assert_eq!(claim["ephemeral"]["volumeClaimTemplate"]["spec"]["accessModes"], json!(["ReadOnlyMany", "ReadWriteMany"]));
    }
}

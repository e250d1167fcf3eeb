//! From a document to a typed object: what the API server's strict decoder makes of it.
//!
//! Follows `k8s.io/apimachinery/pkg/runtime/serializer/json` over `sigs.k8s.io/json` (v1.35): names of fields are
//! case-sensitive, `null` is an absent value, quantities may be numbers, unknown fields are errors. Unlike there, one pass
//! reports every value of a wrong type.

mod former_version;
mod found;
mod log;
mod reader;
mod stand_in;
mod time;
mod type_meta;
mod wanted;

pub(super) use stand_in::StandIn;
pub(super) use type_meta::{TypeMeta, type_meta};

use serde::de::DeserializeOwned;
use serde_json::Value;

use self::log::{Log, Logged};
use self::reader::Reader;
use super::budget::Budget;
use super::field_path::ROOT;

use crate::finding::Finding;
use crate::yaml::Positions;

/// What the decoder makes of a document.
pub(super) struct Decoded<T> {
    /// The object, with zero values in place of wrong ones.
    pub(super) object: Option<T>,
    /// Values of wrong types; at most a hundred.
    pub(super) types: Vec<Finding>,
    /// How many more of them there are.
    pub(super) further_types: usize,
    /// Unknown fields; at most a hundred, as upstream has it.
    pub(super) fields: Vec<Finding>,
}

/// The object that `document` describes, and what is wrong with it. With the `positions` of its fields, the errors quote the
/// text. Its items draw on the `budget` of the text; `None` if they would take more memory than that has.
pub(super) fn decode<T: DeserializeOwned>(
    document: &Value,
    positions: Option<&Positions>,
    budget: &mut Budget,
) -> Option<Decoded<T>> {
    let bytes = budget.typed_bytes_of_document();
    let log = Log::new(positions, bytes);
    let object = T::deserialize(Reader::new(document, &ROOT, &log));
    let Logged { types, further_types, fields, bytes_left } = log.into_logged();
    budget.take_typed_bytes(bytes - bytes_left?);
    Some(Decoded { object: object.ok(), types, further_types, fields })
}

#[cfg(test)]
mod tests {
    use super::super::budget::MAX_TYPED_BYTES;
    use super::*;
    use crate::rule::Rule;
    use k8s_openapi::api::apps::v1::StatefulSet;
    use k8s_openapi::api::core::v1::Pod;
    use k8s_openapi::apimachinery::pkg::api::resource::Quantity;
    use k8s_openapi::apimachinery::pkg::util::intstr::IntOrString;
    use serde_json::json;

    fn read<T: DeserializeOwned>(document: &Value) -> Decoded<T> {
        decode(document, None, &mut Budget::default()).unwrap()
    }

    /// The object that `document` is without a mistake.
    fn right<T: DeserializeOwned>(document: &Value) -> T {
        let Decoded { object, types, fields, .. } = read(document);
        assert_eq!((types, fields), (vec![], vec![]));
        object.unwrap()
    }

    fn messages(errors: Vec<Finding>) -> Vec<String> {
        errors.into_iter().map(|error| error.message).collect()
    }

    fn wrong_types(document: Value) -> Vec<String> {
        messages(read::<Pod>(&document).types)
    }

    fn unknown_fields(document: Value) -> Vec<String> {
        let Decoded { types, fields, .. } = read::<Pod>(&document);
        assert_eq!(types, []);
        messages(fields)
    }

    #[test]
    fn null_is_absent_or_zero() {
        let pod: Pod = right(&json!({
            "apiVersion": "v1", "kind": "Pod", "metadata": {"name": null, "creationTimestamp": null, "labels": {"a": null}},
            "spec": {"containers": [null, {"args": [null], "resources": {"limits": {"cpu": null}}, "ports": [{"containerPort": null}]}],
                "volumes": null},
        }));
        let spec = pod.spec.unwrap();
        assert_eq!((pod.metadata.name, spec.volumes), (None, None));
        assert_eq!(pod.metadata.labels.unwrap()["a"], "");
        assert_eq!(spec.containers[0].name, "");
        assert_eq!(spec.containers[1].args, Some(vec![String::new()]));
        assert_eq!(spec.containers[1].resources.as_ref().unwrap().limits.as_ref().unwrap()["cpu"], Quantity("0".into()));
    }

    #[test]
    fn quantities_are_texts_or_numbers() {
        let limits = |value: Value| json!({"spec": {"containers": [{"resources": {"limits": {"cpu": value}}}]}});
        for (value, text) in [
            (json!(1), "1"),
            (json!(0.5), "0.5"),
            (json!(" 1Gi "), "1Gi"),
            (json!("1e3"), "1e3"),
            (json!("1."), "1."),
            (json!(-9_223_372_036_854_775_809.0), "-9223372036854776000"),
            (json!(1e-6), "0.000001"),
            (json!(1e-7), "1e-7"),
            (json!(1e21), "1e+21"),
        ] {
            let pod: Pod = right(&limits(value));
            assert_eq!(pod.spec.unwrap().containers[0].resources.clone().unwrap().limits.unwrap()["cpu"].0, text);
        }
        let quantity = "spec.containers[0].resources.limits[cpu] must be a quantity such as 500m, 1.5 or 64Mi";
        assert_eq!(wrong_types(limits(json!("64mi"))), [format!("{quantity}, and this is the string \"64mi\": write 64Mi")]);
        assert_eq!(wrong_types(limits(json!("1\n"))), [format!("{quantity}, and this is the string \"1\\n\"")]);
        assert!(wrong_types(limits(json!(true)))[0].contains("and this is the boolean true"));
    }

    #[test]
    fn every_wrong_type_is_reported() {
        let found = wrong_types(json!({
            "metadata": {"labels": ["a"], "creationTimestamp": "today"},
            "spec": {"hostNetwork": "true", "activeDeadlineSeconds": 1.5, "unknown": 1, "containers": [
                {"args": "x", "ports": [{"containerPort": "80a"}, {"containerPort": 4_294_967_296_i64}, 7],
                 "env": [{"name": "A", "value": true}], "livenessProbe": {"httpGet": {"port": [1]}}},
            ]},
        }));
        insta::assert_snapshot!(found.join("\n"), @r#"
        metadata.labels must be an object, and this is a list
        metadata.creationTimestamp must be a time such as 2026-01-31T12:00:00Z, and this is the string "today"
        spec.hostNetwork must be true or false, and this is the string "true": leave out the quotes
        spec.activeDeadlineSeconds must be a whole number, and this is the number 1.5
        spec.containers[0].args must be a list, and this is the string "x"
        spec.containers[0].ports[0].containerPort must be a whole number, and this is the string "80a"
        spec.containers[0].ports[1].containerPort must be a whole number between -2147483648 and 2147483647, and this is the number 4294967296
        spec.containers[0].ports[2] must be an object, and this is the number 7
        spec.containers[0].env[0].value must be a string, and this is the boolean true: put it in quotes; y, yes, on, n, no and off without quotes are booleans too
        spec.containers[0].livenessProbe.httpGet.port must be a whole number or a string, and this is a list
        "#);
    }

    /// What is said of the Pod whose `spec` is `text`, with line and column.
    fn said_of(text: &str) -> String {
        let parsed = crate::yaml::parse(text).unwrap().remove(0);
        let mut twice = parsed.duplicates.iter().map(|duplicate| duplicate.position);
        let lines = crate::judge_parsed(&parsed).findings.into_iter().filter(|finding| !finding.later).map(|finding| {
            let at = match finding.rule {
                Rule::DUPLICATE_FIELD => twice.next().unwrap(),
                Rule::UNKNOWN_FIELD => parsed.positions.key(&finding.place),
                _ => parsed.positions.value(&finding.place),
            };
            format!("{}:{} {}", at.line, at.column, finding.message)
        });
        lines.collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn traps_of_yaml_are_explained_as_they_are_written() {
        insta::assert_snapshot!(said_of("
apiVersion: v1
kind: Pod
metadata:
  name: 123
  labels: {version: 1.10, on: &off OFF, off: *off, mode: 0644, hash: 123456789012345678901234}
spec:
  hostNetwork: \"yes\"
  hostPID: 1
  terminationGracePeriodSeconds: '30'
  nodeSelector:
    gpu: yes
  containers:
  - name: 0x1F
    command: [sleep, 1_000, 1e3, ~, null, 12:30:45, 2026-01-31]
    env: [{name: A, value: y}, {name: B, value: true}, {name: C, value: 8080}, {name: D, value: !!bool on}]
    ports: [containerPort: no]
    resources: {limits: {memory: 64MB, cpu: on}}
  volumes:
  - name: v
    configMap: {defaultMode: \"0644\"}
"), @r#"
        5:9 metadata.name must be a string, and `123` without quotes is a number: write "123"
        6:21 metadata.labels[version] must be a string, and `1.10` without quotes is the number 1.1: write "1.10"
        6:36 metadata.labels[true] must be a string, and `OFF` without quotes is a boolean in Kubernetes' YAML: write "OFF"
        6:46 metadata.labels[false] must be a string, and `OFF` without quotes is a boolean in Kubernetes' YAML: write "OFF"
        6:58 metadata.labels[mode] must be a string, and `0644` without quotes is the number 420 in Kubernetes' YAML: write "0644"
        6:70 metadata.labels[hash] must be a string, and `123456789012345678901234` without quotes is the number 1.2345678901234569e+23: write "123456789012345678901234"
        8:16 spec.hostNetwork must be true or false, and this is the string "yes": write true without quotes
        9:12 spec.hostPID must be true or false, and this is the number 1: write true
        10:34 spec.terminationGracePeriodSeconds must be a whole number, and this is the string "30": leave out the quotes
        12:10 spec.nodeSelector[gpu] must be a string, and `yes` without quotes is a boolean in Kubernetes' YAML: write "yes"
        14:11 spec.containers[0].name must be a string, and `0x1F` without quotes is the number 31 in Kubernetes' YAML: write "0x1F"
        15:22 spec.containers[0].command[1] must be a string, and `1_000` without quotes is the number 1000 in Kubernetes' YAML: write "1_000"
        15:29 spec.containers[0].command[2] must be a string, and `1e3` without quotes is the number 1000: write "1e3"
        16:28 spec.containers[0].env[0].value must be a string, and `y` without quotes is a boolean in Kubernetes' YAML: write "y"
        16:49 spec.containers[0].env[1].value must be a string, and `true` without quotes is a boolean: write "true"
        16:73 spec.containers[0].env[2].value must be a string, and `8080` without quotes is a number: write "8080"
        16:104 spec.containers[0].env[3].value must be a string, and this is the boolean true: put it in quotes; y, yes, on, n, no and off without quotes are booleans too
        17:28 spec.containers[0].ports[0].containerPort must be a whole number, and `no` without quotes is a boolean in Kubernetes' YAML
        18:34 spec.containers[0].resources.limits[memory] must be a quantity such as 500m, 1.5 or 64Mi, and this is the string "64MB": write 64M or 64Mi
        18:45 spec.containers[0].resources.limits[cpu] must be a quantity such as 500m, 1.5 or 64Mi, and `on` without quotes is a boolean in Kubernetes' YAML
        21:30 spec.volumes[0].configMap.defaultMode must be a whole number, and this is the string "0644": leave out the quotes, as `0644` is 420 in Kubernetes' YAML, or write 420
        "#);
    }

    #[test]
    fn json_has_the_same_places_and_words() {
        insta::assert_snapshot!(said_of("{\"apiVersion\": \"v1\", \"kind\": \"Pod\", \"metadata\": {\"labels\": {\"a/b\": 1.10,
\t\"ü🚀\": true}, \"name\":
  7}, \"spec\": {\"hostIPC\": \"false\"}}"), @r#"
        1:68 metadata.labels[a/b] must be a string, and `1.10` without quotes is the number 1.1: write "1.10"
        2:8 metadata.labels[ü🚀] must be a string, and `true` without quotes is a boolean: write "true"
        3:3 metadata.name must be a string, and `7` without quotes is a number: write "7"
        3:27 spec.hostIPC must be true or false, and this is the string "false": leave out the quotes
        "#);
        insta::assert_snapshot!(said_of("{\"apiVersion\": \"v1\", \"kind\": \"Pod\",
\t\"spec\": {\"\\ud83d\\ude80\": 1, \"a.b\": 2, \"volumes\": [], \"volumes\":
[{\"nam\": \"x\"}]}}"), @r#"
        2:55 line 3: key "volumes" already set in map
        2:11 unknown field "spec.🚀"
        2:30 unknown field "spec.a.b"
        3:3 unknown field "spec.volumes[0].nam"
        "#);
    }

    #[test]
    fn a_kind_is_quoted_as_it_is_written() {
        let parsed = crate::yaml::parse("apiVersion: 1.10\nkind: Pod\n").unwrap().remove(0);
        assert_eq!(
            crate::judge_parsed(&parsed).findings[0].message,
            "`apiVersion` must be a string, and `1.10` without quotes is the number 1.1"
        );
    }

    #[test]
    fn unknown_fields_are_named_as_the_server_names_them() {
        let found = unknown_fields(json!({
            "Metadata": {}, "spec": {"containers": [{"nam": 1}, {"resources": {"limit": {}}}], "volumes": [{"emptydir": {"x": 1}}]},
        }));
        let expected = [
            r#"unknown field "Metadata""#,
            r#"unknown field "spec.containers[0].nam""#,
            r#"unknown field "spec.containers[1].resources.limit""#,
            r#"unknown field "spec.volumes[0].emptydir""#,
        ];
        assert_eq!(found, expected);
    }

    #[test]
    fn what_cannot_be_converted_comes_before_unknown_fields() {
        let annotations = json!({"deprecated.daemonset.template.generation": "x"});
        let set =
            json!({"apiVersion": "apps/v1", "kind": "DaemonSet", "metadata": {"annotations": annotations}, "spec": {"foo": 1}});
        let judgement = crate::judge(&set);
        assert_eq!(judgement.verdict, crate::Verdict::DecodeError);
        assert!(judgement.findings[0].message.contains("template.generation"), "{:?}", judgement.findings);
    }

    #[test]
    fn unknown_fields_are_counted_to_a_hundred() {
        let containers: Vec<_> = (0..500).map(|_| json!({"nam": 1})).collect();
        assert_eq!(unknown_fields(json!({"spec": {"containers": containers}})).len(), 100);
    }

    #[test]
    fn a_port_is_a_number_or_a_name() {
        let probe = |port: Value| json!({"spec": {"containers": [{"livenessProbe": {"tcpSocket": {"port": port}}}]}});
        for (value, port) in [
            (json!(80), IntOrString::Int(80)),
            (json!(80.0), IntOrString::Int(80)),
            (json!("http"), IntOrString::String("http".into())),
            (Value::Null, IntOrString::Int(0)),
        ] {
            let pod: Pod = right(&probe(value));
            let probe = pod.spec.unwrap().containers[0].liveness_probe.clone().unwrap();
            assert_eq!(probe.tcp_socket.unwrap().port, port);
        }
    }

    #[test]
    fn a_claim_template_may_say_that_it_is_something_else() {
        let set =
            json!({"spec": {"volumeClaimTemplates": [{"apiVersion": "x/v2", "kind": "Other", "metadata": {"name": "data"}}]}});
        _ = right::<StatefulSet>(&set);
        let set = json!({"spec": {"volumeClaimTemplates": [{"kind": 1}]}});
        assert_eq!(read::<StatefulSet>(&set).types.len(), 1);
    }
    #[test]
    fn items_are_counted_in_bytes() {
        let volumes = |count: usize| json!({"spec": {"volumes": vec![Value::Null; count]}});
        let volume = size_of::<k8s_openapi::api::core::v1::Volume>();
        let fits = |document: &Value| decode::<Pod>(document, None, &mut Budget::default()).is_some();
        assert!(fits(&volumes(MAX_TYPED_BYTES / volume)));
        assert!(!fits(&volumes(MAX_TYPED_BYTES / volume + 1)));
        let mut budget = Budget::default();
        let document = volumes(MAX_TYPED_BYTES / volume);
        let read = (0..6).map(|_| decode::<Pod>(&document, None, &mut budget).is_some());
        assert_eq!(read.collect::<Vec<_>>(), [true, true, true, true, true, false]);
        assert!(budget.refusal().contains("the documents of this text"), "{}", budget.refusal());
    }

    #[test]
    fn errors_of_long_names_are_bounded_by_their_bytes() {
        let fields = |length: usize| (0..200).map(|number| (format!("{number}{}", "x".repeat(length)), Value::Null)).collect();
        assert_eq!(unknown_fields(Value::Object(fields(1))).len(), 100);
        assert!(unknown_fields(Value::Object(fields(100_000))).len() < 10);
        let labels = |length: usize| json!({"metadata": {"labels": {"x".repeat(length): 1, "b": 1}}});
        assert_eq!((wrong_types(labels(1)).len(), wrong_types(labels(1 << 20)).len()), (2, 1));
    }
}

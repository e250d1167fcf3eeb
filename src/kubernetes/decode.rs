//! From a document to a typed object: what the API server's strict decoder makes of it.
//!
//! Follows `k8s.io/apimachinery/pkg/runtime/serializer/json` over `sigs.k8s.io/json` (v1.35): names of fields are
//! case-sensitive, `null` is an absent value, quantities may be numbers, unknown fields are errors. Unlike there, one pass
//! reports every value of a wrong type.

mod describe;
mod log;
mod reader;
mod time;
mod type_meta;

pub(super) use type_meta::{Kind, kind};

use serde::de::DeserializeOwned;
use serde_json::Value;

use self::log::Log;
use self::reader::Reader;
use super::field_path::ROOT;
use super::{DecodeError, StrictError};

/// Why a document is not the object that it says it is.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Refusal {
    /// Values of wrong types, at least one.
    Types(Vec<DecodeError>),
    /// Unknown fields, at least one.
    Fields(Vec<StrictError>),
}

/// The object that `document` describes.
///
/// # Errors
/// All values of a wrong type, and without such all unknown fields; of either at most a hundred, as upstream has it for the
/// latter.
pub(super) fn decode<T: DeserializeOwned>(document: &Value) -> Result<T, Refusal> {
    let log = Log::default();
    let object = T::deserialize(Reader::new(document, &ROOT, &log));
    let (types, fields) = log.into_errors();
    match object {
        Ok(object) if types.is_empty() && fields.is_empty() => Ok(object),
        Ok(_) if types.is_empty() => Err(Refusal::Fields(fields)),
        _ => Err(Refusal::Types(types)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use k8s_openapi::api::apps::v1::StatefulSet;
    use k8s_openapi::api::core::v1::Pod;
    use k8s_openapi::apimachinery::pkg::api::resource::Quantity;
    use k8s_openapi::apimachinery::pkg::util::intstr::IntOrString;
    use serde_json::json;

    fn wrong_types(document: Value) -> Vec<String> {
        match decode::<Pod>(&document) {
            Err(Refusal::Types(errors)) => errors.into_iter().map(|error| error.message).collect(),
            other => panic!("{other:?}"),
        }
    }

    fn unknown_fields(document: Value) -> Vec<String> {
        match decode::<Pod>(&document) {
            Err(Refusal::Fields(errors)) => errors.into_iter().map(|error| error.message).collect(),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn null_is_absent_or_zero() {
        let pod: Pod = decode(&json!({
            "apiVersion": "v1", "kind": "Pod", "metadata": {"name": null, "creationTimestamp": null, "labels": {"a": null}},
            "spec": {"containers": [null, {"args": [null], "resources": {"limits": {"cpu": null}}, "ports": [{"containerPort": null}]}],
                "volumes": null},
        }))
        .unwrap();
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
        for (value, text) in
            [(json!(1), "1"), (json!(0.5), "0.5"), (json!(" 1Gi "), "1Gi"), (json!("1e3"), "1e3"), (json!("1."), "1.")]
        {
            let pod: Pod = decode(&limits(value)).unwrap();
            assert_eq!(pod.spec.unwrap().containers[0].resources.clone().unwrap().limits.unwrap()["cpu"].0, text);
        }
        let quantity = "spec.containers[0].resources.limits[cpu] must be a quantity such as 500m, 1.5 or 64Mi";
        assert_eq!(wrong_types(limits(json!("64 Mi"))), [format!("{quantity}, and this is the text \"64 Mi\"")]);
        assert_eq!(
            wrong_types(limits(json!("64mi"))),
            [format!(
                "{quantity}, and this is the text \"64mi\": its unit is none of m, k, M, G, T, P, E (powers of 1000) and Ki, Mi, Gi, Ti, \
                 Pi, Ei (powers of 1024)"
            )]
        );
        assert_eq!(wrong_types(limits(json!("1\n"))), [format!("{quantity}, and this is the text \"1\\n\"")]);
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
        metadata.creationTimestamp must be a time such as 2026-01-31T12:00:00Z, and this is the text "today"
        spec.hostNetwork must be true or false, and this is the text "true": leave out the quotes
        spec.activeDeadlineSeconds must be a whole number, and this is the number 1.5
        spec.containers[0].args must be a list, and this is the text "x"
        spec.containers[0].ports[0].containerPort must be a whole number, and this is the text "80a"
        spec.containers[0].ports[1].containerPort must be a whole number between -2147483648 and 2147483647, and this is the number 4294967296
        spec.containers[0].ports[2] must be an object, and this is the number 7
        spec.containers[0].env[0].value must be a text, and this is the boolean true: put it in quotes; y, yes, on, n, no and off without quotes are booleans too
        spec.containers[0].livenessProbe.httpGet.port must be a whole number or a text, and this is a list
        "#);
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
            let pod: Pod = decode(&probe(value)).unwrap();
            let probe = pod.spec.unwrap().containers[0].liveness_probe.clone().unwrap();
            assert_eq!(probe.tcp_socket.unwrap().port, port);
        }
    }

    #[test]
    fn a_claim_template_may_say_that_it_is_something_else() {
        let set =
            json!({"spec": {"volumeClaimTemplates": [{"apiVersion": "x/v2", "kind": "Other", "metadata": {"name": "data"}}]}});
        assert!(decode::<StatefulSet>(&set).is_ok());
        let set = json!({"spec": {"volumeClaimTemplates": [{"kind": 1}]}});
        assert!(matches!(decode::<StatefulSet>(&set), Err(Refusal::Types(_))));
    }
}

//! Fields of the Pod and of its containers' resources that the downward API shows.
//!
//! Follows `validateObjectFieldSelector` and `validateContainerResourceFieldSelector` in
//! `pkg/apis/core/validation/validation.go`, and `pkg/apis/core/pods/helpers.go` (v1.35).

use k8s_openapi::api::core::v1::{ObjectFieldSelector, ResourceFieldSelector};

use super::super::field_error::Errors;
use super::super::field_path::FieldPath;
use super::super::names;
use super::super::quantity::Quantity;
use super::text;

const RESOURCES: [&str; 6] =
    ["limits.cpu", "limits.ephemeral-storage", "limits.memory", "requests.cpu", "requests.ephemeral-storage", "requests.memory"];

const SIZES: [&str; 13] = ["1", "1k", "1M", "1G", "1T", "1P", "1E", "1Ki", "1Mi", "1Gi", "1Ti", "1Pi", "1Ei"];

/// A `fieldRef`, which may name one of `fields`.
pub(super) fn field(errors: &mut Errors, selector: &ObjectFieldSelector, fields: &[&str], path: &FieldPath<'_>) {
    let label = selector.field_path.as_str();
    let path_of_label = &path.field("fieldPath");
    if label.is_empty() {
        errors.required(path_of_label, "");
        return;
    }
    let version = text(selector.api_version.as_ref());
    let converted = match convert(if version.is_empty() { "v1" } else { version }, label) {
        Ok(converted) => converted,
        Err(reason) => {
            errors.invalid(path_of_label, label, &format!("error converting fieldPath: {reason}"));
            return;
        }
    };
    match subscript(converted) {
        Some(("metadata.annotations", key)) => {
            errors.invalid_each(path, &key.to_lowercase(), &names::qualified_name(&key.to_lowercase()));
        }
        Some((_, key)) => errors.invalid_each(path, key, &names::qualified_name(key)),
        None if fields.contains(&converted) => {}
        None => errors.not_supported(path_of_label, converted, fields),
    }
}

/// A `resourceFieldRef`, which has to name a container when it stands in a volume.
pub(super) fn resource(errors: &mut Errors, selector: &ResourceFieldSelector, in_volume: bool, path: &FieldPath<'_>) {
    let resource = selector.resource.as_str();
    if in_volume && text(selector.container_name.as_ref()).is_empty() {
        errors.required(&path.field("containerName"), "");
    } else if resource.is_empty() {
        errors.required(&path.field("resource"), "");
    } else if !RESOURCES.contains(&resource) && !is_huge_pages(resource) {
        errors.not_supported(&path.field("resource"), resource, &RESOURCES);
    }
    divisor(errors, selector, path);
}

fn divisor(errors: &mut Errors, selector: &ResourceFieldSelector, path: &FieldPath<'_>) {
    let resource = selector.resource.as_str();
    let divisor = selector.divisor.as_ref().map_or(Quantity::ZERO, Quantity::of);
    if divisor.is_zero() {
        return;
    }
    let (choices, what): (&[&str], _) = match resource {
        "limits.cpu" | "requests.cpu" => (&["1m", "1"], "cpu"),
        "limits.memory" | "requests.memory" => (&SIZES, "memory"),
        "limits.ephemeral-storage" | "requests.ephemeral-storage" => (&SIZES, "local ephemeral storage"),
        _ if is_huge_pages(resource) => (&SIZES, "hugepages"),
        _ => return,
    };
    if choices.contains(&divisor.to_string().as_str()) {
        return;
    }
    let choices = if what == "cpu" { choices.join(" and ") } else { choices.join(", ") };
    let detail = format!("only divisor's values {choices} are supported with the {what} resource");
    errors.invalid(&path.field("divisor"), resource, &detail);
}

fn is_huge_pages(resource: &str) -> bool {
    resource.starts_with("requests.hugepages-") || resource.starts_with("limits.hugepages-")
}

/// `ConvertDownwardAPIFieldLabel`
fn convert<'a>(version: &str, label: &'a str) -> Result<&'a str, String> {
    if version != "v1" {
        return Err(format!("unsupported pod version: {version}"));
    }
    if let Some((object, _)) = subscript(label) {
        return match object {
            "metadata.annotations" | "metadata.labels" => Ok(label),
            _ => Err(format!("field label does not support subscript: {label}")),
        };
    }
    match label {
        "metadata.annotations"
        | "metadata.labels"
        | "metadata.name"
        | "metadata.namespace"
        | "metadata.uid"
        | "spec.nodeName"
        | "spec.restartPolicy"
        | "spec.serviceAccountName"
        | "spec.schedulerName"
        | "status.phase"
        | "status.hostIP"
        | "status.hostIPs"
        | "status.podIP"
        | "status.podIPs" => Ok(label),
        "spec.host" => Ok("spec.nodeName"),
        _ => Err(format!("field label not supported: {label}")),
    }
}

/// `SplitMaybeSubscriptedPath`: `metadata.labels['app']` is the label `app`.
fn subscript(label: &str) -> Option<(&str, &str)> {
    label.strip_suffix("']")?.split_once("['").filter(|(object, _)| !object.is_empty())
}

#[cfg(test)]
mod tests {
    use super::super::testing::{messages_of_container, messages_of_spec};
    use serde_json::{Value, json};

    fn with_source(source: &Value) -> Vec<String> {
        let prefix = "spec.containers[0].env[0].valueFrom.";
        let found = messages_of_container(json!({"env": [{"name": "A", "valueFrom": source}]}));
        found.into_iter().map(|message| message.trim_start_matches(prefix).to_owned()).collect()
    }

    #[test]
    fn every_field_of_the_environment_can_be_shown() {
        for good in [
            "metadata.annotations['A.b/c']",
            "metadata.name",
            "metadata.namespace",
            "metadata.uid",
            "spec.nodeName",
            "spec.serviceAccountName",
            "status.hostIP",
            "status.hostIPs",
            "status.podIP",
            "status.podIPs",
        ] {
            assert_eq!(with_source(&json!({"fieldRef": {"fieldPath": good}})), Vec::<String>::new(), "{good}");
        }
    }

    #[test]
    fn a_field_that_is_known_may_yet_not_be_shown() {
        let supported = r#""metadata.name", "metadata.namespace", "metadata.uid", "spec.nodeName", "spec.serviceAccountName", "status.hostIP", "status.hostIPs", "status.podIP", "status.podIPs""#;
        for known in ["metadata.labels", "metadata.annotations", "spec.restartPolicy", "spec.schedulerName", "status.phase"] {
            assert_eq!(
                with_source(&json!({"fieldRef": {"fieldPath": known}})),
                [format!("fieldRef.fieldPath: Unsupported value: \"{known}\": supported values: {supported}")]
            );
        }
    }

    #[test]
    fn fields_that_are_unknown_cannot_be_converted() {
        for (label, reason) in [
            ("status.qosClass", "field label not supported: status.qosClass"),
            ("metadata.name['a']", "field label does not support subscript: metadata.name['a']"),
            ("['a']", "field label not supported: ['a']"),
        ] {
            assert_eq!(
                with_source(&json!({"fieldRef": {"fieldPath": label}})),
                [format!("fieldRef.fieldPath: Invalid value: \"{label}\": error converting fieldPath: {reason}")]
            );
        }
    }

    #[test]
    fn what_stands_in_brackets_is_a_key() {
        for (label, shown) in
            [("metadata.labels['']", ""), ("metadata.annotations['']", ""), ("metadata.annotations['A ']", "a ")]
        {
            let found = with_source(&json!({"fieldRef": {"fieldPath": label}}));
            let beginning = format!("fieldRef: Invalid value: {shown:?}: name part must ");
            let found = found[0].trim_start_matches("spec.containers[0].env[0].valueFrom.");
            assert!(found.starts_with(&beginning), "{found}");
        }
    }

    #[test]
    fn resources_are_limits_and_requests() {
        let of = |resource: &str| with_source(&json!({"resourceFieldRef": {"resource": resource}}));
        for good in
            ["limits.cpu", "requests.memory", "limits.ephemeral-storage", "requests.hugepages-2Mi", "limits.hugepages-1Gi"]
        {
            assert_eq!(of(good), Vec::<String>::new(), "{good}");
        }
        assert_eq!(of(""), ["resourceFieldRef.resource: Required value"]);
        let supported = r#""limits.cpu", "limits.ephemeral-storage", "limits.memory", "requests.cpu", "requests.ephemeral-storage", "requests.memory""#;
        assert_eq!(
            of("limits.storage"),
            [format!("resourceFieldRef.resource: Unsupported value: \"limits.storage\": supported values: {supported}")]
        );
    }

    #[test]
    fn in_a_volume_the_container_is_named() {
        let of = |source: Value| {
            let file = json!({"path": "p", "resourceFieldRef": source});
            messages_of_spec(json!({"volumes": [{"name": "a", "downwardAPI": {"items": [file]}}]}))
        };
        assert_eq!(of(json!({"containerName": "web", "resource": "limits.cpu"})), Vec::<String>::new());
        assert_eq!(of(json!({"resource": ""})), ["spec.volumes[0].downwardAPI.resourceFieldRef.containerName: Required value"]);
    }

    #[test]
    fn each_resource_has_its_divisors() {
        let of =
            |resource: &str, divisor: &str| with_source(&json!({"resourceFieldRef": {"resource": resource, "divisor": divisor}}));
        for good in ["0", "1", "1m"] {
            assert_eq!(of("requests.cpu", good), Vec::<String>::new(), "{good}");
        }
        let sizes = "1, 1k, 1M, 1G, 1T, 1P, 1E, 1Ki, 1Mi, 1Gi, 1Ti, 1Pi, 1Ei";
        for (resource, what) in [
            ("limits.memory", "memory"),
            ("requests.memory", "memory"),
            ("limits.ephemeral-storage", "local ephemeral storage"),
            ("requests.ephemeral-storage", "local ephemeral storage"),
            ("limits.hugepages-2Mi", "hugepages"),
            ("requests.hugepages-2Mi", "hugepages"),
        ] {
            for good in sizes.split(", ").chain(["0"]) {
                assert_eq!(of(resource, good), Vec::<String>::new(), "{resource} {good}");
            }
            let detail = format!("only divisor's values {sizes} are supported with the {what} resource");
            for bad in ["1m", "2", "10Mi"] {
                let error = format!("resourceFieldRef.divisor: Invalid value: \"{resource}\": {detail}");
                assert_eq!(of(resource, bad), [error], "{bad}");
            }
        }
    }

    #[test]
    fn only_some_fields_can_be_shown() {
        assert_eq!(with_source(&json!({"fieldRef": {"fieldPath": "metadata.labels['a/b']"}})), Vec::<String>::new());
        assert_eq!(with_source(&json!({"fieldRef": {"fieldPath": ""}})), ["fieldRef.fieldPath: Required value"]);
        assert_eq!(
            with_source(&json!({"fieldRef": {"apiVersion": "v2", "fieldPath": "metadata.name"}})),
            [r#"fieldRef.fieldPath: Invalid value: "metadata.name": error converting fieldPath: unsupported pod version: v2"#]
        );
        let unsupported = with_source(&json!({"fieldRef": {"fieldPath": "status.phase"}}));
        assert!(unsupported[0].starts_with(r#"fieldRef.fieldPath: Unsupported value: "status.phase": supported values: "#));
    }

    #[test]
    fn divisors_are_units() {
        let source = |resource: &str, divisor: &str| json!({"resourceFieldRef": {"resource": resource, "divisor": divisor}});
        assert_eq!(with_source(&source("limits.memory", "1Mi")), Vec::<String>::new());
        assert_eq!(
            with_source(&source("limits.cpu", "1Mi")),
            [
                r#"resourceFieldRef.divisor: Invalid value: "limits.cpu": only divisor's values 1m and 1 are supported with the cpu resource"#
            ]
        );
    }
}

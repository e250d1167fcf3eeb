//! Annotations that mean something to Kubernetes.
//!
//! Follows `ValidatePodSpecificAnnotations` in `pkg/apis/core/validation/validation.go` (v1.35).

use std::collections::{BTreeMap, HashSet};

use k8s_openapi::api::core::v1::{PodSpec, Toleration};
use k8s_openapi::apimachinery::pkg::apis::meta::v1::ObjectMeta;

use super::super::field_error::Errors;
use super::super::field_path::FieldPath;
use super::super::go_text;
use super::go_json::Raw;
use super::metadata::MAX_ANNOTATIONS;
use super::profiles::{APP_ARMOR_CONTAINER, SECCOMP_CONTAINER, SECCOMP_POD};
use super::{list, paths, scheduling, text};

/// On what stands for a static Pod of a node.
pub(in super::super) const MIRROR: &str = "kubernetes.io/config.mirror";
const TOLERATIONS: &str = "scheduler.alpha.kubernetes.io/tolerations";
const DELETION_COST: &str = "controller.kubernetes.io/pod-deletion-cost";

/// The annotations of a Pod or of a template, which stand at `path`.
pub(super) fn pod(errors: &mut Errors, metadata: &ObjectMeta, spec: &PodSpec, path: &FieldPath<'_>) {
    let Some(annotations) = &metadata.annotations else { return };
    if let Some(value) = annotations.get(MIRROR).filter(|_| text(spec.node_name.as_ref()).is_empty()) {
        errors.invalid(&path.key(MIRROR), value, "must set spec.nodeName if mirror pod annotation is set");
    }
    tolerations(errors, text(annotations.get(TOLERATIONS)), path);
    if let Some(value) = annotations.get(DELETION_COST).filter(|value| !is_deletion_cost(value)) {
        errors.invalid(&path.key(DELETION_COST), value, "must be a 32bit integer");
    }
    seccomp(errors, annotations, path);
    app_armor(errors, annotations, spec, path);
}

fn tolerations(errors: &mut Errors, annotation: &str, path: &FieldPath<'_>) {
    // Annotations of this size are refused whatever is in them.
    if annotation.is_empty() || annotation.len() > MAX_ANNOTATIONS {
        return;
    }
    match read_tolerations(annotation) {
        Ok(tolerations) => errors.placed_at(&path.key(TOLERATIONS), |errors| {
            scheduling::tolerations(errors, &tolerations, &path.field(TOLERATIONS));
        }),
        Err(reason) => errors.invalid(&path.key(TOLERATIONS).unnamed(), TOLERATIONS, &reason),
    }
}

/// `GetTolerationsFromPodAnnotations`: what `encoding/json` reads into the server's own type, whose fields have names in any
/// letters. Of what does not fit Go tells the first.
fn read_tolerations(annotation: &str) -> Result<Vec<Toleration>, String> {
    let list = Raw::new(annotation)?;
    match list.type_name() {
        "null" => Ok(Vec::new()),
        "array" => list.parts().map(read_toleration).collect(),
        other => Err(format!("json: cannot unmarshal {other} into Go value of type []core.Toleration")),
    }
}

fn read_toleration(value: Raw<'_>) -> Result<Toleration, String> {
    let mut toleration = Toleration::default();
    let mut parts = match value.type_name() {
        "null" => return Ok(toleration),
        "object" => value.parts(),
        other => return Err(format!("json: cannot unmarshal {other} into Go value of type core.Toleration")),
    };
    while let (Some(key), Some(value)) = (parts.next(), parts.next()) {
        match key.to_text().to_ascii_lowercase().as_str() {
            "key" => read_text(&mut toleration.key, value, "Key", "string")?,
            "operator" => read_text(&mut toleration.operator, value, "Operator", "core.TolerationOperator")?,
            "value" => read_text(&mut toleration.value, value, "Value", "string")?,
            "effect" => read_text(&mut toleration.effect, value, "Effect", "core.TaintEffect")?,
            "tolerationseconds" => read_seconds(&mut toleration.toleration_seconds, value)?,
            _ => {}
        }
    }
    Ok(toleration)
}

fn read_text(field: &mut Option<String>, value: Raw<'_>, name: &str, type_name: &str) -> Result<(), String> {
    match value.type_name() {
        "string" => *field = Some(value.to_text()),
        "null" => {}
        other => {
            return Err(format!("json: cannot unmarshal {other} into Go struct field Toleration.{name} of type {type_name}"));
        }
    }
    Ok(())
}

fn read_seconds(field: &mut Option<i64>, value: Raw<'_>) -> Result<(), String> {
    let found = match (value.type_name(), value.as_written().parse()) {
        ("null", _) => {
            *field = None;
            return Ok(());
        }
        ("number", Ok(seconds)) => {
            *field = Some(seconds);
            return Ok(());
        }
        ("number", Err(_)) => format!("number {}", value.as_written()),
        (other, _) => other.to_owned(),
    };
    Err(format!("json: cannot unmarshal {found} into Go struct field Toleration.TolerationSeconds of type int64"))
}

/// A number of 32 bits without a plus sign and without zeros in front.
fn is_deletion_cost(value: &str) -> bool {
    let digits = value.strip_prefix('-').unwrap_or(value);
    let padded = value.starts_with('+') || (digits.starts_with('0') && value != "0");
    value.parse::<i32>().is_ok() && !padded
}

fn seccomp(errors: &mut Errors, annotations: &BTreeMap<String, String>, path: &FieldPath<'_>) {
    for (key, profile) in annotations.iter().filter(|(key, _)| *key == SECCOMP_POD || key.starts_with(SECCOMP_CONTAINER)) {
        let path = &path.field(key);
        if let Some(name) = profile.strip_prefix("localhost/") {
            paths::descending(errors, name, path);
        } else if !matches!(profile.as_str(), "runtime/default" | "docker/default" | "unconfined") {
            errors.invalid(path, profile, "must be a valid seccomp profile");
        }
    }
}

fn app_armor(errors: &mut Errors, annotations: &BTreeMap<String, String>, spec: &PodSpec, path: &FieldPath<'_>) {
    let mut profiles =
        annotations.iter().filter_map(|(key, profile)| Some((key, key.strip_prefix(APP_ARMOR_CONTAINER)?, profile))).peekable();
    if profiles.peek().is_none() {
        return;
    }
    let containers = container_names(spec);
    for (key, name, profile) in profiles {
        let path = &path.key(key);
        if !containers.contains(name) {
            errors.invalid(path, name, "container not found");
        }
        let known = matches!(profile.as_str(), "" | "runtime/default" | "unconfined");
        if !known && !profile.starts_with("localhost/") {
            let detail = format!("invalid AppArmor profile name: {}", go_text::quoted(profile));
            errors.invalid(path, profile, &detail);
        }
    }
}

fn container_names(spec: &PodSpec) -> HashSet<&str> {
    let containers = spec.containers.iter().chain(list(spec.init_containers.as_ref()));
    let ephemeral = list(spec.ephemeral_containers.as_ref()).iter().map(|container| container.name.as_str());
    containers.map(|container| container.name.as_str()).chain(ephemeral).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::super::super::field_error::testing;
    use super::super::super::field_path::ROOT;
    use super::*;

    const NONE: [&str; 0] = [];

    fn with(spec: Value, key: &str, value: &str) -> Vec<String> {
        let spec: PodSpec = serde_json::from_value(spec).unwrap();
        let metadata: ObjectMeta = serde_json::from_value(json!({"annotations": {key: value}})).unwrap();
        testing::messages(|errors| pod(errors, &metadata, &spec, &ROOT.field("a")))
    }

    fn alone(key: &str, value: &str) -> Vec<String> {
        with(json!({"containers": []}), key, value)
    }

    #[test]
    fn a_mirror_is_bound_to_its_node() {
        assert_eq!(
            alone(MIRROR, "x"),
            ["a[kubernetes.io/config.mirror]: Invalid value: \"x\": must set spec.nodeName if mirror pod annotation is set"]
        );
        assert_eq!(with(json!({"containers": [], "nodeName": "n"}), MIRROR, "x"), NONE);
    }

    #[test]
    fn tolerations_of_an_annotation_are_checked_like_those_of_the_field() {
        assert_eq!(alone(TOLERATIONS, ""), NONE);
        assert_eq!(alone(TOLERATIONS, r#"[{"operator": "Exists"}]"#), NONE);
        assert_eq!(
            alone(TOLERATIONS, r#"[{"operator": "Exists", "value": "b"}]"#),
            [
                "a.scheduler.alpha.kubernetes.io/tolerations[0].operator: Invalid value: \"b\": value must be empty when `operator` \
              is 'Exists'"
            ]
        );
    }

    #[test]
    fn tolerations_that_are_none_are_told_in_the_words_of_go() {
        for (annotation, words) in [
            ("[", "unexpected end of JSON input"),
            ("01", "invalid character '1' after top-level value"),
            ("true", "json: cannot unmarshal bool into Go value of type []core.Toleration"),
            ("{}", "json: cannot unmarshal object into Go value of type []core.Toleration"),
            ("\"a\"", "json: cannot unmarshal string into Go value of type []core.Toleration"),
            ("1.5", "json: cannot unmarshal number into Go value of type []core.Toleration"),
            ("[1]", "json: cannot unmarshal number into Go value of type core.Toleration"),
            ("[null, []]", "json: cannot unmarshal array into Go value of type core.Toleration"),
            ("[{\"KEY\": 1}]", "json: cannot unmarshal number into Go struct field Toleration.Key of type string"),
            (
                "[{\"operator\": {}}]",
                "json: cannot unmarshal object into Go struct field Toleration.Operator of type core.TolerationOperator",
            ),
            (
                "[{\"effect\": true}]",
                "json: cannot unmarshal bool into Go struct field Toleration.Effect of type core.TaintEffect",
            ),
            (
                "[{\"tolerationSeconds\": 1e999}]",
                "json: cannot unmarshal number 1e999 into Go struct field Toleration.TolerationSeconds of type int64",
            ),
            (
                "[{\"tolerationSeconds\": \"5\"}]",
                "json: cannot unmarshal string into Go struct field Toleration.TolerationSeconds of type int64",
            ),
        ] {
            let expected = format!("a: Invalid value: \"{TOLERATIONS}\": {words}");
            assert_eq!(alone(TOLERATIONS, annotation), [expected], "{annotation}");
        }
        for nothing in ["null", "[]", " [ ] "] {
            assert_eq!(alone(TOLERATIONS, nothing), NONE);
        }
        let good = r#"[{"Key": "a", "OPERATOR": "Exists", "x": 1, "tolerationSeconds": null, "effect": "NoExecute"}]"#;
        assert_eq!(alone(TOLERATIONS, good), NONE);
    }

    #[test]
    fn what_a_deletion_costs_is_a_number() {
        assert_eq!(alone(DELETION_COST, "-2147483648"), NONE);
        assert_eq!(alone(DELETION_COST, "2147483647"), NONE);
        for bad in ["2147483648", "1.5", "cheap"] {
            let place = "a[controller.kubernetes.io/pod-deletion-cost]";
            assert_eq!(alone(DELETION_COST, bad), [format!("{place}: Invalid value: \"{bad}\": must be a 32bit integer")]);
        }
    }

    #[test]
    fn seccomp_profiles_are_known_or_local() {
        let of_container = format!("{SECCOMP_CONTAINER}web");
        for key in [SECCOMP_POD, &of_container] {
            for good in ["runtime/default", "docker/default", "unconfined", "localhost/a/b.json"] {
                assert_eq!(alone(key, good), NONE, "{good}");
            }
            for (bad, value, detail) in [
                ("default", "default", "must be a valid seccomp profile"),
                ("localhost//a", "/a", "must be a relative path"),
                ("localhost/../a", "../a", "must not contain '..'"),
            ] {
                assert_eq!(alone(key, bad), [format!("a.{key}: Invalid value: \"{value}\": {detail}")]);
            }
        }
    }

    #[test]
    fn app_armor_profiles_are_known_or_local_and_belong_to_a_container() {
        let spec = json!({
            "containers": [{"name": "web"}],
            "initContainers": [{"name": "init"}],
            "ephemeralContainers": [{"name": "debug"}],
        });
        for container in ["web", "init", "debug"] {
            let key = format!("{APP_ARMOR_CONTAINER}{container}");
            for good in ["", "runtime/default", "unconfined", "localhost/a"] {
                assert_eq!(with(spec.clone(), &key, good), NONE, "{good}");
            }
            assert_eq!(
                with(spec.clone(), &key, "a"),
                [format!("a[{key}]: Invalid value: \"a\": invalid AppArmor profile name: \"a\"")]
            );
        }
        let key = format!("{APP_ARMOR_CONTAINER}other");
        assert_eq!(with(spec, &key, "unconfined"), [format!("a[{key}]: Invalid value: \"other\": container not found")]);
    }

    #[test]
    fn deletion_costs_are_plain_numbers() {
        assert!(is_deletion_cost("-5") && is_deletion_cost("0"));
        assert!(!is_deletion_cost("+5") && !is_deletion_cost("05") && !is_deletion_cost("5000000000") && !is_deletion_cost(""));
    }
}

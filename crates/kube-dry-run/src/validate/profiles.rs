//! Seccomp and `AppArmor` profiles.
//!
//! Follows `validateSeccompProfileField`, `ValidateAppArmorProfileField`, `validateSeccompAnnotationsAndFields` and
//! `validateAppArmorAnnotationsAndFieldsMatchOnCreate` in `pkg/apis/core/validation/validation.go` (v1.35).

use std::collections::BTreeMap;

use k8s_openapi::api::core::v1::{AppArmorProfile, SeccompProfile};
use k8s_openapi::apimachinery::pkg::apis::meta::v1::ObjectMeta;
use serde_json::json;

use super::super::field_error::{Bad, Errors};
use super::super::field_path::FieldPath;
use super::paths;
use super::scope::Scope;

/// The types of both kinds of profiles.
const TYPES: [&str; 3] = ["Localhost", "RuntimeDefault", "Unconfined"];

/// The longest name of an `AppArmor` profile: `PATH_MAX` less one.
const MAX_PROFILE_LENGTH: usize = 4095;

/// The annotation that once named the seccomp profile of a Pod.
pub(super) const SECCOMP_POD: &str = "seccomp.security.alpha.kubernetes.io/pod";

/// The annotation that once named the seccomp profile of a container; the container's name follows.
pub(super) const SECCOMP_CONTAINER: &str = "container.seccomp.security.alpha.kubernetes.io/";

/// The annotation that once named the `AppArmor` profile of a container; the container's name follows.
pub(super) const APP_ARMOR_CONTAINER: &str = "container.apparmor.security.beta.kubernetes.io/";

type Annotations = BTreeMap<String, String>;

/// A `seccompProfile`.
pub(super) fn seccomp(errors: &mut Errors, profile: Option<&SeccompProfile>, path: &FieldPath<'_>) {
    let Some(profile) = profile else { return };
    match profile.type_.as_str() {
        "" => errors.required(&path.field("type"), "type is required when seccompProfile is set"),
        known if TYPES.contains(&known) => {}
        unknown => errors.not_supported(&path.field("type"), Bad::Typed(unknown), &TYPES),
    }
    let localhost_path = &path.field("localhostProfile");
    match (&profile.localhost_profile, profile.type_ == "Localhost") {
        (None, true) => errors.required(localhost_path, "must be set when seccomp type is Localhost"),
        (Some(file), true) => paths::descending(errors, file, localhost_path),
        (Some(file), false) => {
            let whole = json!({"Type": profile.type_, "LocalhostProfile": file});
            errors.invalid(localhost_path, whole, "can only be set when seccomp type is Localhost");
        }
        (None, false) => {}
    }
}

/// An `appArmorProfile`.
pub(super) fn app_armor(errors: &mut Errors, profile: Option<&AppArmorProfile>, path: &FieldPath<'_>) {
    let Some(profile) = profile else { return };
    let localhost_path = &path.field("localhostProfile");
    match profile.type_.as_str() {
        "Localhost" => local_app_armor(errors, profile.localhost_profile.as_deref(), localhost_path),
        "RuntimeDefault" | "Unconfined" => {
            if let Some(name) = &profile.localhost_profile {
                errors.invalid(localhost_path, Bad::Typed(name), "can only be set when AppArmor type is Localhost");
            }
        }
        "" => errors.required(&path.field("type"), "type is required when appArmorProfile is set"),
        unknown => errors.not_supported(&path.field("type"), Bad::Typed(unknown), &TYPES),
    }
}

fn local_app_armor(errors: &mut Errors, name: Option<&str>, path: &FieldPath<'_>) {
    const MISSING: &str = "must be set when AppArmor type is Localhost";
    let Some(name) = name else { return errors.required(path, MISSING) };
    if name.trim() != name {
        errors.invalid(path, name, "must not be padded with whitespace");
    } else if name.is_empty() {
        errors.required(path, MISSING);
    }
    if name.len() > MAX_PROFILE_LENGTH {
        errors.too_long(path, MAX_PROFILE_LENGTH);
    }
}

/// Annotations that contradict the `seccompProfile` and `appArmorProfile` fields; `path` is the `spec`.
pub(super) fn match_annotations(errors: &mut Errors, scope: &Scope<'_>, metadata: &ObjectMeta, path: &FieldPath<'_>) {
    if let Some(annotations) = metadata.annotations.as_ref().filter(|annotations| !annotations.is_empty()) {
        match_seccomp(errors, scope, annotations, path);
        match_app_armor(errors, scope, annotations, path);
    }
}

fn match_seccomp(errors: &mut Errors, scope: &Scope<'_>, annotations: &Annotations, path: &FieldPath<'_>) {
    let mut compare = |key: &str, profile: Option<&SeccompProfile>, holder: &FieldPath<'_>| {
        if let (Some(annotation), Some(profile)) = (annotations.get(key), profile) {
            let default = ["runtime/default", "docker/default"];
            let stated = Stated { type_: &profile.type_, localhost: profile.localhost_profile.as_deref(), default: &default };
            stated.compare(errors, "seccomp", annotation, &holder.field("securityContext").field("seccompProfile"));
        }
    };
    let of_pod = scope.spec.security_context.as_ref().and_then(|context| context.seccomp_profile.as_ref());
    compare(SECCOMP_POD, of_pod, path);
    scope.visit_containers(path, |container, path| {
        let profile = container.security_context.as_ref().and_then(|context| context.seccomp_profile.as_ref());
        compare(&format!("{SECCOMP_CONTAINER}{}", container.name), profile, path);
    });
}

fn match_app_armor(errors: &mut Errors, scope: &Scope<'_>, annotations: &Annotations, path: &FieldPath<'_>) {
    if scope.os() == "windows" {
        return;
    }
    let of_pod = scope.spec.security_context.as_ref().and_then(|context| context.app_armor_profile.as_ref());
    scope.visit_containers(path, |container, path| {
        let own = container.security_context.as_ref().and_then(|context| context.app_armor_profile.as_ref());
        let annotation = annotations.get(&format!("{APP_ARMOR_CONTAINER}{}", container.name));
        let (Some(profile), Some(annotation)) = (own.or(of_pod), annotation) else { return };
        let default = ["runtime/default"];
        let stated = Stated { type_: &profile.type_, localhost: profile.localhost_profile.as_deref(), default: &default };
        stated.compare(errors, "apparmor", annotation, &path.field("securityContext").field("appArmorProfile"));
    });
}

/// What a field states about a profile, to compare with an annotation.
struct Stated<'a> {
    type_: &'a str,
    localhost: Option<&'a str>,
    default: &'a [&'a str],
}

impl Stated<'_> {
    fn compare(&self, errors: &mut Errors, what: &str, annotation: &str, path: &FieldPath<'_>) {
        let same_type = match self.type_ {
            "Unconfined" => annotation == "unconfined",
            "RuntimeDefault" => self.default.contains(&annotation),
            "Localhost" => annotation.starts_with("localhost/"),
            _ => return,
        };
        if !same_type {
            let detail = format!("{what} type in annotation and field must match");
            errors.forbidden(&path.field("type"), &detail);
        } else if self.type_ == "Localhost" && annotation.strip_prefix("localhost/") != self.localhost {
            let detail = format!("{what} profile in annotation and field must match");
            errors.forbidden(&path.field("localhostProfile"), &detail);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::field_error::testing::messages;
    use super::super::super::field_path::ROOT;
    use super::*;

    #[test]
    fn seccomp_profiles_have_three_types() {
        let check = |type_: &str, file: Option<&str>| {
            let profile = SeccompProfile { type_: type_.into(), localhost_profile: file.map(Into::into) };
            messages(|errors| seccomp(errors, Some(&profile), &ROOT.field("p")))
        };
        for good in ["RuntimeDefault", "Unconfined"] {
            assert_eq!(check(good, None), Vec::<String>::new());
        }
        assert_eq!(messages(|errors| seccomp(errors, None, &ROOT)), Vec::<String>::new());
        assert_eq!(check("Localhost", Some("/a")), ["p.localhostProfile: Invalid value: \"/a\": must be a relative path"]);
        assert_eq!(check("Localhost", Some("../a")), ["p.localhostProfile: Invalid value: \"../a\": must not contain '..'"]);
    }

    #[test]
    fn app_armor_profiles_have_three_types() {
        let check = |type_: &str, file: Option<&str>| {
            let profile = AppArmorProfile { type_: type_.into(), localhost_profile: file.map(Into::into) };
            messages(|errors| app_armor(errors, Some(&profile), &ROOT.field("p")))
        };
        for type_ in ["RuntimeDefault", "Unconfined"] {
            assert_eq!(check(type_, None), Vec::<String>::new());
            let detail = "can only be set when AppArmor type is Localhost";
            assert_eq!(check(type_, Some("a")), [format!("p.localhostProfile: Invalid value: \"a\": {detail}")]);
        }
        assert_eq!(messages(|errors| app_armor(errors, None, &ROOT)), Vec::<String>::new());
        assert_eq!(check("", Some("a")), ["p.type: Required value: type is required when appArmorProfile is set"]);
        assert_eq!(
            check("x", None),
            ["p.type: Unsupported value: \"x\": supported values: \"Localhost\", \"RuntimeDefault\", \"Unconfined\""]
        );
        assert_eq!(check("Localhost", None), ["p.localhostProfile: Required value: must be set when AppArmor type is Localhost"]);
    }

    #[test]
    fn the_name_of_an_app_armor_profile_has_at_most_4095_bytes() {
        let check = |length: usize| {
            let profile = AppArmorProfile { type_: "Localhost".into(), localhost_profile: Some("a".repeat(length)) };
            messages(|errors| app_armor(errors, Some(&profile), &ROOT.field("p")))
        };
        assert_eq!(check(4095), Vec::<String>::new());
        assert_eq!(check(4096), ["p.localhostProfile: Too long: may not be more than 4095 bytes"]);
    }

    /// What is said of an annotation of the container `a` (with the key `prefix` and its name) beside its field.
    fn beside(prefix: &str, annotation: &str, spec: serde_json::Value) -> Vec<String> {
        let annotations = Annotations::from([(format!("{prefix}a"), annotation.to_owned())]);
        let metadata = ObjectMeta { annotations: Some(annotations), ..ObjectMeta::default() };
        let spec = serde_json::from_value(spec).unwrap();
        messages(|errors| match_annotations(errors, &Scope::new(&spec), &metadata, &ROOT.field("spec")))
    }

    #[test]
    fn annotations_of_a_container_agree_with_its_fields() {
        for (prefix, field, what) in
            [(SECCOMP_CONTAINER, "seccompProfile", "seccomp"), (APP_ARMOR_CONTAINER, "appArmorProfile", "apparmor")]
        {
            let check = |annotation: &str, type_: &str, file: Option<&str>| {
                let context = json!({field: {"type": type_, "localhostProfile": file}});
                beside(prefix, annotation, json!({"containers": [{"name": "b"}, {"name": "a", "securityContext": context}]}))
            };
            for (annotation, type_, file) in [
                ("unconfined", "Unconfined", None),
                ("runtime/default", "RuntimeDefault", None),
                ("localhost/x", "Localhost", Some("x")),
                ("anything", "Unknown", None),
            ] {
                assert_eq!(check(annotation, type_, file), Vec::<String>::new(), "{what} {type_}");
            }
            let place = format!("spec.containers[1].securityContext.{field}");
            for type_ in ["Unconfined", "RuntimeDefault", "Localhost"] {
                let error = format!("{place}.type: Forbidden: {what} type in annotation and field must match");
                assert_eq!(check("anything", type_, None), [error]);
            }
            for file in [None, Some("y")] {
                let error = format!("{place}.localhostProfile: Forbidden: {what} profile in annotation and field must match");
                assert_eq!(check("localhost/x", "Localhost", file), [error]);
            }
        }
    }

    #[test]
    fn dockers_default_is_one_for_seccomp_only() {
        let of = |prefix: &str, field: &str| {
            let context = json!({field: {"type": "RuntimeDefault"}});
            beside(prefix, "docker/default", json!({"containers": [{"name": "a", "securityContext": context}]}))
        };
        assert_eq!(of(SECCOMP_CONTAINER, "seccompProfile"), Vec::<String>::new());
        assert_eq!(
            of(APP_ARMOR_CONTAINER, "appArmorProfile"),
            [
                "spec.containers[0].securityContext.appArmorProfile.type: Forbidden: apparmor type in annotation and field must match"
            ]
        );
    }

    #[test]
    fn an_app_armor_profile_of_the_pod_counts_for_its_containers() {
        let of = |os: &str| {
            let context = json!({"appArmorProfile": {"type": "Unconfined"}});
            let spec = json!({"os": {"name": os}, "securityContext": context, "containers": [{"name": "a"}]});
            beside(APP_ARMOR_CONTAINER, "runtime/default", spec)
        };
        assert_eq!(
            of("linux"),
            [
                "spec.containers[0].securityContext.appArmorProfile.type: Forbidden: apparmor type in annotation and field must match"
            ]
        );
        assert_eq!(of("windows"), Vec::<String>::new());
    }

    #[test]
    fn a_local_seccomp_profile_is_named() {
        let check = |type_: &str, file: Option<&str>| {
            let profile = SeccompProfile { type_: type_.into(), localhost_profile: file.map(Into::into) };
            messages(|errors| seccomp(errors, Some(&profile), &ROOT.field("p")))
        };
        assert_eq!(check("Localhost", Some("a.json")), Vec::<String>::new());
        assert_eq!(check("Localhost", None), ["p.localhostProfile: Required value: must be set when seccomp type is Localhost"]);
        assert_eq!(
            check("RuntimeDefault", Some("x")),
            [
                "p.localhostProfile: Invalid value: {\"Type\":\"RuntimeDefault\",\"LocalhostProfile\":\"x\"}: can only be set when \
              seccomp type is Localhost"
            ]
        );
        assert_eq!(check("", None), ["p.type: Required value: type is required when seccompProfile is set"]);
        assert_eq!(
            check("x", None),
            ["p.type: Unsupported value: \"x\": supported values: \"Localhost\", \"RuntimeDefault\", \"Unconfined\""]
        );
    }

    #[test]
    fn a_local_app_armor_profile_is_named_without_padding() {
        let check = |file: Option<&str>| {
            let profile = AppArmorProfile { type_: "Localhost".into(), localhost_profile: file.map(Into::into) };
            messages(|errors| app_armor(errors, Some(&profile), &ROOT.field("p")))
        };
        assert_eq!(check(Some("a")), Vec::<String>::new());
        assert_eq!(check(Some(" a")), ["p.localhostProfile: Invalid value: \" a\": must not be padded with whitespace"]);
        assert_eq!(check(Some("")), ["p.localhostProfile: Required value: must be set when AppArmor type is Localhost"]);
    }

    #[test]
    fn annotations_agree_with_fields() {
        let annotations = Annotations::from([(SECCOMP_POD.to_owned(), "localhost/a".to_owned())]);
        let metadata = ObjectMeta { annotations: Some(annotations), ..ObjectMeta::default() };
        let check = |type_: &str, file: Option<&str>| {
            let profile = json!({"type": type_, "localhostProfile": file});
            let spec = json!({"containers": [], "securityContext": {"seccompProfile": profile}});
            let spec = serde_json::from_value(spec).unwrap();
            let scope = Scope::new(&spec);
            messages(|errors| match_annotations(errors, &scope, &metadata, &ROOT.field("spec")))
        };
        assert_eq!(check("Localhost", Some("a")), Vec::<String>::new());
        assert_eq!(
            check("Localhost", Some("b")),
            [
                "spec.securityContext.seccompProfile.localhostProfile: Forbidden: seccomp profile in annotation and field must match"
            ]
        );
        assert_eq!(
            check("Unconfined", None),
            ["spec.securityContext.seccompProfile.type: Forbidden: seccomp type in annotation and field must match"]
        );
    }
}

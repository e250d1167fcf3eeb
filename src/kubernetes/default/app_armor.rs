//! The deprecated `AppArmor` annotations of a Pod become fields of its containers.
//!
//! Follows `applyAppArmorVersionSkew` in `pkg/registry/core/pod/strategy.go` (v1.35).

use std::collections::BTreeMap;

use k8s_openapi::api::core::v1::{AppArmorProfile, PodSpec, SecurityContext};

use super::super::Warning;
use super::super::field_path::ROOT;

/// What the key of such an annotation begins with; the container's name follows.
const PREFIX: &str = "container.apparmor.security.beta.kubernetes.io/";

/// Copies the annotations to the containers that have no profile; returns the warnings about them.
pub(super) fn take_over(spec: &mut PodSpec, annotations: Option<&BTreeMap<String, String>>) -> Vec<Warning> {
    let annotations = match annotations {
        Some(annotations) if annotations.keys().any(|key| key.starts_with(PREFIX)) => annotations,
        _ => return Vec::new(),
    };
    if spec.os.as_ref().is_some_and(|os| os.name == "windows") {
        return Vec::new();
    }
    let of_pod = spec.security_context.as_ref().and_then(|context| context.app_armor_profile.clone());
    let containers = spec.init_containers.iter_mut().flatten().chain(&mut spec.containers);
    let plain = containers.map(|container| (&container.name, &mut container.security_context));
    let ephemeral = spec.ephemeral_containers.iter_mut().flatten();
    let ephemeral = ephemeral.map(|container| (&container.name, &mut container.security_context));
    plain
        .chain(ephemeral)
        .filter_map(|(name, context)| {
            let key = format!("{PREFIX}{name}");
            apply(annotations.get(&key)?, context, of_pod.as_ref()).then(|| warning(&key))
        })
        .collect()
}

fn apply(annotation: &str, context: &mut Option<SecurityContext>, of_pod: Option<&AppArmorProfile>) -> bool {
    if context.as_ref().is_some_and(|context| context.app_armor_profile.is_some()) {
        return false;
    }
    let profile = profile(annotation);
    if profile.is_some() && profile.as_ref() == of_pod {
        return false;
    }
    if profile.is_some() {
        context.get_or_insert_default().app_armor_profile = profile;
    }
    true
}

fn profile(annotation: &str) -> Option<AppArmorProfile> {
    let of_type = |type_: &str| AppArmorProfile { type_: type_.to_owned(), localhost_profile: None };
    match annotation {
        "unconfined" => Some(of_type("Unconfined")),
        "runtime/default" => Some(of_type("RuntimeDefault")),
        _ => {
            let name = annotation.strip_prefix("localhost/").filter(|name| !name.is_empty() && name.trim() == *name)?;
            (name.len() <= 4095).then(|| AppArmorProfile { localhost_profile: Some(name.to_owned()), ..of_type("Localhost") })
        }
    }
}

fn warning(key: &str) -> Warning {
    let field = ROOT.field("metadata").field("annotations").key(key).to_string();
    let message = format!("{field}: deprecated since v1.30; use the \"appArmorProfile\" field instead");
    Warning { field, message }
}

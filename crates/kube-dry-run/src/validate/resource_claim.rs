//! Claims of devices: those of the Pod, and those of them that a container names.
//!
//! Follows `validateResourceClaimNames` and `validatePodResourceClaims` in `pkg/apis/core/validation/validation.go` (v1.35).

use std::collections::{BTreeSet, HashSet};

use k8s_openapi::api::core::v1::{PodResourceClaim, ResourceClaim};
use k8s_openapi::apimachinery::pkg::apis::meta::v1::ObjectMeta;
use serde_json::json;

use super::super::field_error::{Bad, Errors};
use super::super::field_path::{FieldPath, ROOT};
use super::super::names;
use super::annotations::MIRROR;
use super::scope::Scope;
use super::{list, text};

/// The claims of the Pod, which has its `metadata`, or of a template. The mirror of a static Pod has none.
pub(super) fn of_pod(errors: &mut Errors, scope: &Scope<'_>, metadata: Option<&ObjectMeta>, path: &FieldPath<'_>) {
    let mut names = HashSet::new();
    let is_mirror = metadata.and_then(|metadata| metadata.annotations.as_ref()).is_some_and(|all| all.contains_key(MIRROR));
    for (index, claim) in list(scope.spec.resource_claims.as_ref()).iter().enumerate() {
        if is_mirror {
            errors.forbidden(&ROOT.key("").nominal(), "static pods do not support resource claims");
            continue;
        }
        let path = &path.index(index);
        if claim.name.is_empty() {
            errors.required(&path.field("name"), "");
        } else if names.insert(claim.name.as_str()) {
            errors.invalid_each(&path.field("name"), &claim.name, &names::dns_label(&claim.name));
        } else {
            errors.duplicate(&path.field("name"), &claim.name);
        }
        claim_source(errors, claim, path);
    }
}

fn claim_source(errors: &mut Errors, claim: &PodResourceClaim, path: &FieldPath<'_>) {
    let sources = [
        ("resourceClaimName", claim.resource_claim_name.as_ref()),
        ("resourceClaimTemplateName", claim.resource_claim_template_name.as_ref()),
    ];
    let whole = || {
        Bad::json(&json!({
            "Name": claim.name,
            "ResourceClaimName": claim.resource_claim_name,
            "ResourceClaimTemplateName": claim.resource_claim_template_name,
        }))
    };
    match sources.iter().filter(|(_, source)| source.is_some()).count() {
        0 => errors.invalid(path, whole(), "must specify one of: `resourceClaimName`, `resourceClaimTemplateName`"),
        1 => {}
        _ => {
            let detail = "at most one of `resourceClaimName` or `resourceClaimTemplateName` may be specified";
            errors.invalid(path, whole(), detail);
        }
    }
    for (field, name) in sources {
        if let Some(name) = name {
            errors.invalid_each(&path.field(field), name, &names::dns_subdomain(name));
        }
    }
}

/// A container names claims of its Pod, each of them or each of their requests once.
pub(super) fn of_container(errors: &mut Errors, claims: &[ResourceClaim], known: &BTreeSet<&str>, path: &FieldPath<'_>) {
    let mut keys: BTreeSet<String> = BTreeSet::new();
    for (index, claim) in claims.iter().enumerate() {
        let path = &path.index(index);
        if claim.name.is_empty() {
            errors.required(path, "");
            continue;
        }
        claim_key(errors, claim, &mut keys, path);
        if known.contains(claim.name.as_str()) {
            continue;
        }
        if errors.is_full() {
            errors.count_further(1);
        } else {
            let known: Vec<&str> = known.iter().copied().collect();
            let known = if known.is_empty() { " which is empty".to_owned() } else { format!(": {}", known.join(", ")) };
            errors.not_found(path, &claim.name, &format!("must be one of the names in pod.spec.resourceClaims{known}"));
        }
    }
}

fn claim_key(errors: &mut Errors, claim: &ResourceClaim, keys: &mut BTreeSet<String>, path: &FieldPath<'_>) {
    if keys.contains(&claim.name) {
        errors.duplicate(path, &claim.name);
        return;
    }
    let request = text(claim.request.as_ref());
    let mut key = claim.name.clone();
    if !request.is_empty() {
        errors.invalid_each(&path.field("request"), request, &names::dns_label(request));
        key = format!("{key}/{request}");
    }
    if keys.contains(&key) {
        errors.duplicate(path, &key);
    } else if request.is_empty() {
        let prefix = format!("{}/", claim.name);
        for _ in keys.range(prefix.clone()..).take_while(|key| key.starts_with(&prefix)) {
            errors.duplicate(path, &claim.name);
        }
    }
    keys.insert(key);
}

#[cfg(test)]
mod tests {
    use super::super::testing::{messages, messages_of_spec};
    use serde_json::{Value, json};

    const NONE: [&str; 0] = [];

    fn with_claims(claims: &Value) -> Vec<String> {
        let found = messages_of_spec(json!({"resourceClaims": claims}));
        found.into_iter().map(|message| message.trim_start_matches("spec.resourceClaims").to_owned()).collect()
    }

    #[test]
    fn the_mirror_of_a_static_pod_has_no_claims() {
        let metadata = json!({"name": "a", "annotations": {"kubernetes.io/config.mirror": "x"}});
        let spec = json!({"nodeName": "n", "containers": [{"name": "a", "image": "a"}], "resourceClaims": [{"name": "c"}]});
        let pod = json!({"apiVersion": "v1", "kind": "Pod", "metadata": metadata, "spec": spec});
        assert_eq!(messages(&pod), ["[]: Forbidden: static pods do not support resource claims"]);
    }

    #[test]
    fn claims_of_the_pod_have_names_of_their_own() {
        let claim = |name: &str| json!({"name": name, "resourceClaimName": "c"});
        assert_eq!(with_claims(&json!([claim("a"), claim("b")])), NONE);
        assert_eq!(
            with_claims(&json!([claim(""), claim("a"), claim("a"), claim("a.b")])),
            [
                "[0].name: Required value",
                r#"[2].name: Duplicate value: "a""#,
                r#"[3].name: Invalid value: "a.b": must not contain dots"#,
            ]
        );
    }

    #[test]
    fn a_claim_of_the_pod_has_one_source() {
        let (one, other) = ("resourceClaimName", "resourceClaimTemplateName");
        for field in [one, other] {
            assert_eq!(with_claims(&json!([{"name": "a", field: "c.d"}])), NONE);
            let found = with_claims(&json!([{"name": "a", field: ""}]));
            assert!(found[0].starts_with(&format!("[0].{field}: Invalid value: \"\": a lowercase RFC 1123 subdomain must")));
        }
        let whole = |name: &str, template: &str| {
            format!(r#"[0]: Invalid value: {{"Name":"a","ResourceClaimName":{name},"ResourceClaimTemplateName":{template}}}"#)
        };
        assert_eq!(
            with_claims(&json!([{"name": "a"}])),
            [format!("{}: must specify one of: `resourceClaimName`, `resourceClaimTemplateName`", whole("null", "null"))]
        );
        let detail = "at most one of `resourceClaimName` or `resourceClaimTemplateName` may be specified";
        assert_eq!(
            with_claims(&json!([{"name": "a", one: "b", other: "c"}])),
            [format!("{}: {detail}", whole(r#""b""#, r#""c""#))]
        );
    }

    #[test]
    fn a_container_names_each_claim_or_each_request_of_it_once() {
        let of = |claims: Value| {
            let container = json!({"name": "a", "image": "b", "resources": {"claims": claims}});
            let known = json!([{"name": "x", "resourceClaimName": "c"}, {"name": "y", "resourceClaimName": "c"}]);
            let found = messages_of_spec(json!({"containers": [container], "resourceClaims": known}));
            let prefix = "spec.containers[0].resources.claims";
            found.into_iter().map(|message| message.trim_start_matches(prefix).to_owned()).collect::<Vec<_>>()
        };
        let claim = |name: &str, request: &str| json!({"name": name, "request": request});
        assert_eq!(of(json!([claim("x", ""), claim("y", "r"), claim("y", "s")])), NONE);
        assert_eq!(of(json!([claim("", "")])), ["[0]: Required value"]);
        assert_eq!(
            of(json!([claim("z", "")])),
            [r#"[0]: Not found: "z": must be one of the names in pod.spec.resourceClaims: x, y"#]
        );
        assert_eq!(of(json!([claim("x", "a.b")])), [r#"[0].request: Invalid value: "a.b": must not contain dots"#]);
        assert_eq!(of(json!([claim("x", ""), claim("x", "r")])), [r#"[1]: Duplicate value: "x""#]);
        assert_eq!(of(json!([claim("x", "r"), claim("x", "r")])), [r#"[1]: Duplicate value: "x/r""#]);
        let duplicate = r#"[2]: Duplicate value: "x""#;
        assert_eq!(of(json!([claim("x", "r"), claim("x", "s"), claim("x", "")])), [duplicate, duplicate]);
    }
}

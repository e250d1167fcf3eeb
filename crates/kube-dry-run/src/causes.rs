//! Which findings only follow from others of the same document.
//!
//! A volume with an error counts as not defined (`ValidateVolumes`), so every mount of it is not found; a selector that is not
//! there matches nothing (`LabelSelectorAsSelector`), so it does not match the labels of the template; a request that is not
//! there is the limit (`SetDefaults_Pod`), with whatever is wrong with it.

use std::collections::{HashMap, HashSet};

use serde_json::Value;

use crate::finding::Finding;
use crate::kinds::pod_template;
use crate::path::{Path, Segment};
use crate::rule::Rule;
use crate::validate::NO_MATCH;

/// How long the name of a field may be that others are said to follow from: thousands of mounts may name one volume.
const MAX_CAUSE_BYTES: usize = 512;

/// Says of those of `findings` about `document` that follow from another one which that is.
pub(crate) fn link(findings: &mut [Finding], document: &Value) {
    link_copies(findings, document);
    let is_effect = |finding: &Finding| is_missing_volume(finding) || finding.message.ends_with(NO_MATCH);
    if !findings.iter().any(is_effect) {
        return;
    }
    let causes = Causes::new(findings, document);
    for finding in findings.iter_mut().filter(|finding| is_effect(finding)) {
        let cause = if is_missing_volume(finding) { causes.of_volume(finding) } else { causes.selector.as_ref() };
        finding.caused_by = cause.filter(|field| field.len() <= MAX_CAUSE_BYTES).cloned();
    }
}

/// Says of what is found at requests that are copies of limits that the same at the limit is why.
fn link_copies(findings: &mut [Finding], document: &Value) {
    let limits = findings.iter().enumerate().filter_map(|(index, finding)| Some((index, limit_of_copy(finding, document)?)));
    let mut copies: Vec<_> = limits.filter(|(_, limit)| limit.len() <= MAX_CAUSE_BYTES).collect();
    if copies.is_empty() {
        return;
    }
    let said: HashSet<_> = findings.iter().map(|finding| finding.field.as_str()).collect();
    copies.retain(|(_, limit)| said.contains(limit.as_str()));
    for (index, limit) in copies {
        findings[index].caused_by = Some(limit);
    }
}

/// The field of the limit of which the request is a copy that `finding` is about.
fn limit_of_copy(finding: &Finding, document: &Value) -> Option<String> {
    const REQUESTS: &str = ".resources.requests[";
    let is_written = || finding.place.find(document).is_some();
    let limit = finding.field.contains(REQUESTS).then(|| finding.field.replacen(REQUESTS, ".resources.limits[", 1));
    limit.filter(|_| !is_written())
}

fn is_missing_volume(finding: &Finding) -> bool {
    let in_list = |name: &str| matches!(name, "volumeMounts" | "volumeDevices");
    finding.rule == Rule::NOT_FOUND
        && finding.place.segments().iter().any(|segment| matches!(segment, Segment::Field(name) if in_list(name)))
}

/// The fields that errors are about from which others follow.
struct Causes<'a> {
    document: &'a Value,
    /// By the name of a volume, as far as a person may have meant it.
    volumes: HashMap<String, String>,
    selector: Option<String>,
}

impl<'a> Causes<'a> {
    fn new(findings: &[Finding], document: &'a Value) -> Self {
        let root = Path::root();
        let volumes = pod_template(document).unwrap_or_default().entry("spec").entry("volumes");
        let claims = root.entry("spec").entry("volumeClaimTemplates");
        let selector = root.entry("spec").entry("selector");
        let mut causes = Self { document, volumes: HashMap::new(), selector: None };
        for finding in findings.iter().filter(|finding| finding.severity == crate::Severity::Error) {
            let place = &finding.place;
            if let Some(index) = volumes.index_below(place) {
                causes.add_volume(&volumes.index(index).entry("name"), finding);
            } else if let Some(index) = claims.index_below(place) {
                causes.add_volume(&claims.index(index).entry("metadata").entry("name"), finding);
            } else if place.starts_with(&selector) {
                causes.selector.get_or_insert_with(|| finding.field.clone());
            }
        }
        causes
    }

    fn add_volume(&mut self, name: &Path, finding: &Finding) {
        if let Some(name) = name.find(self.document).and_then(Value::as_str) {
            self.volumes.entry(meant(name)).or_insert_with(|| finding.field.clone());
        }
    }

    fn of_volume(&self, finding: &Finding) -> Option<&String> {
        let name = finding.place.find(self.document)?.as_str()?;
        self.volumes.get(&meant(name))
    }
}

/// A name as somebody means it who does not know which letters it may have.
fn meant(name: &str) -> String {
    name.trim().to_ascii_lowercase().replace('_', "-")
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn causes(document: &Value) -> Vec<(String, Option<String>)> {
        crate::judge(document).findings.into_iter().map(|finding| (finding.field, finding.caused_by)).collect()
    }

    fn caused(field: &str, cause: &str) -> (String, Option<String>) {
        (field.to_owned(), Some(cause.to_owned()))
    }

    #[test]
    fn mounts_of_a_broken_volume_follow_from_it() {
        let mount = |name: &str| json!({"name": name, "mountPath": format!("/{name}")});
        let mounts = json!([mount("My_Data"), mount("big"), mount("gone"), mount("my-data")]);
        let found = causes(&json!({
            "apiVersion": "v1", "kind": "Pod", "metadata": {"name": "a"},
            "spec": {
                "containers": [{"name": "a", "image": "i", "volumeMounts": mounts}],
                "volumes": [{"name": "My_Data", "emptyDir": {}}, {"name": "big", "emptyDir": {"sizeLimit": "-1"}}],
            },
        }));
        let mount = |index: usize| format!("spec.containers[0].volumeMounts[{index}].name");
        assert_eq!(
            found,
            [
                ("spec.volumes[0].name".to_owned(), None),
                ("spec.volumes[1].emptyDir.sizeLimit".to_owned(), None),
                caused(&mount(0), "spec.volumes[0].name"),
                caused(&mount(1), "spec.volumes[1].emptyDir.sizeLimit"),
                (mount(2), None),
                caused(&mount(3), "spec.volumes[0].name"),
            ]
        );
    }

    #[test]
    fn labels_do_not_match_a_selector_that_is_missing() {
        let template = json!({"metadata": {"labels": {"a": "b"}}, "spec": {"containers": [{"name": "a", "image": "i"}]}});
        let mut set =
            json!({"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "a"}, "spec": {"template": template}});
        let labels = "spec.template.metadata.labels";
        assert_eq!(causes(&set), [("spec.selector".to_owned(), None), caused(labels, "spec.selector")]);
        set["spec"]["selector"] = json!({"matchLabels": {"a": "c"}});
        assert_eq!(causes(&set), [(labels.to_owned(), None)]);
    }

    #[test]
    fn what_is_wrong_with_a_copied_request_follows_from_its_limit() {
        let pod = |resources: Value| {
            let containers = json!([{"name": "a", "image": "i", "resources": resources}]);
            causes(&json!({"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "a"}, "spec": {"containers": containers}}))
        };
        let field = |list: &str, name: &str| format!("spec.containers[0].resources.{list}[{name}]");
        let (limit, request) = (field("limits", "gpu"), field("requests", "gpu"));
        let found = pod(json!({"limits": {"gpu": 1}}));
        let is_copied = |(field, cause): &(String, Option<String>)| *field == request && cause.as_ref() == Some(&limit);
        let (copies, others): (Vec<_>, Vec<_>) = found.into_iter().partition(is_copied);
        assert!(!copies.is_empty() && copies.len() == others.len(), "{copies:?} {others:?}");
        assert!(others.iter().all(|(field, cause)| *field == limit && cause.is_none()), "{others:?}");
        assert!(pod(json!({"limits": {"gpu": 1}, "requests": {"gpu": 1}})).iter().all(|(_, cause)| cause.is_none()));
        let fractional = pod(json!({"limits": {"memory": "100m"}}));
        assert_eq!(
            fractional,
            [(field("limits", "memory"), None), caused(&field("requests", "memory"), &field("limits", "memory"))]
        );
    }

    #[test]
    fn mounts_of_a_claim_follow_from_its_template() {
        let spec = json!({"accessModes": ["ReadWriteOnce"], "resources": {"requests": {"storage": "1Gi"}}});
        let container = json!({"name": "a", "image": "i", "volumeMounts": [{"name": "Data", "mountPath": "/d"}]});
        let found = causes(&json!({
            "apiVersion": "apps/v1", "kind": "StatefulSet", "metadata": {"name": "a"},
            "spec": {
                "selector": {"matchLabels": {"a": "b"}},
                "template": {"metadata": {"labels": {"a": "b"}}, "spec": {"containers": [container]}},
                "volumeClaimTemplates": [{"metadata": {"name": "Data"}, "spec": spec}],
            },
        }));
        let (volume, mount) = ("spec.template.spec.volumes[0]", "spec.template.spec.containers[0].volumeMounts[0].name");
        assert!(found.iter().any(|(field, _)| field.starts_with(volume)), "{found:?}");
        assert!(
            found.iter().any(|(field, cause)| field == mount && cause.as_ref().is_some_and(|cause| cause.starts_with(volume)))
        );
    }
}

//! The template of a StatefulSet as its Pods will have it, and as the server validates it.
//!
//! Follows `getPodTemplateForStatefulSet`-like code at the end of `ValidateStatefulSetSpec` and `updateStorage` in
//! `pkg/controller/statefulset/stateful_set_utils.go` (v1.35).

use std::collections::BTreeSet;

use k8s_openapi::api::apps::v1::StatefulSetSpec;
use k8s_openapi::api::core::v1::{PersistentVolumeClaim, PersistentVolumeClaimVolumeSource, PodTemplateSpec, Volume};

use super::super::super::field_error::Errors;
use super::super::super::field_path::{FieldPath, ROOT};
use super::super::{list, pod, text};
use crate::path::Path;

/// The template of the set with this `spec`, which stands at `path`: with a volume for each claim template before its own
/// volumes, of which those of such a name go, and without the host name and subdomain that each Pod gets of its own.
///
/// So the server counts the template's own volumes from the number of claims on. What it says of them is about the volumes as
/// the person wrote them.
pub(super) fn template(errors: &mut Errors, spec: &StatefulSetSpec, path: &FieldPath<'_>) {
    let claims = Claims::of(spec);
    let template = claims.template(spec);
    if claims.names.is_empty() {
        pod::template(errors, &template, path);
        return;
    }
    let pod_path = path.field("spec");
    let volumes = pod_path.field("volumes").to_document_path();
    errors.revised(
        |errors| pod::template(errors, &template, path),
        |error| {
            let index = volumes.index_below(&error.place);
            if let Some(written) = index.map(|index| claims.place(index, spec, &volumes, &error.place)) {
                error.place = written;
            }
        },
    );
}

/// The claim templates, which are volumes to the Pods.
struct Claims<'a> {
    /// Their names in the order of their volumes.
    names: BTreeSet<&'a str>,
}

impl<'a> Claims<'a> {
    fn of(spec: &'a StatefulSetSpec) -> Self {
        let claims = list(spec.volume_claim_templates.as_ref());
        Self { names: claims.iter().map(name).collect() }
    }

    fn template(&self, spec: &StatefulSetSpec) -> PodTemplateSpec {
        let mut template = spec.template.clone();
        let Some(pod) = &mut template.spec else { return template };
        (pod.hostname, pod.subdomain) = (None, None);
        if !self.names.is_empty() {
            let own = pod.volumes.take().unwrap_or_default().into_iter().filter(|volume| !self.replaces(volume));
            pod.volumes = Some(self.names.iter().copied().map(claimed).chain(own).collect());
        }
        template
    }

    fn replaces(&self, volume: &Volume) -> bool {
        self.names.contains(volume.name.as_str())
    }

    /// Where the person wrote what the server finds at `place`, inside of the volume `index` below `volumes`.
    fn place(&self, index: usize, spec: &StatefulSetSpec, volumes: &Path, place: &Path) -> Path {
        if let Some(claim) = self.names.iter().nth(index) {
            let written = list(spec.volume_claim_templates.as_ref()).iter().position(|template| name(template) == *claim);
            let claims = ROOT.field("spec").field("volumeClaimTemplates").to_document_path();
            return claims.index(written.unwrap_or_default()).entry("metadata").entry("name");
        }
        let written = spec.template.spec.as_ref().and_then(|pod| pod.volumes.as_ref());
        let own = list(written).iter().enumerate().filter(|(_, volume)| !self.replaces(volume)).nth(index - self.names.len());
        let written = volumes.index(own.map_or(index, |(written, _)| written));
        place.moved(&volumes.index(index), &written)
    }
}

fn name(claim: &PersistentVolumeClaim) -> &str {
    text(claim.metadata.name.as_ref())
}

fn claimed(name: &str) -> Volume {
    let source = PersistentVolumeClaimVolumeSource { claim_name: name.to_owned(), ..Default::default() };
    Volume { name: name.to_owned(), persistent_volume_claim: Some(source), ..Volume::default() }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::super::super::testing::workload;

    fn places(claims: &[&str], volumes: Value) -> Vec<(String, String)> {
        let claim = |name: &&str| json!({"metadata": {"name": name}, "spec": {"accessModes": ["ReadWriteOnce"], "resources": {"requests": {"storage": "1"}}}});
        let mut set = workload("StatefulSet", json!({"volumeClaimTemplates": claims.iter().map(claim).collect::<Vec<_>>()}));
        set["spec"]["template"]["spec"]["volumes"] = volumes;
        let findings = crate::judge(&set).findings;
        findings.into_iter().map(|finding| (finding.field, finding.place.to_string())).collect()
    }

    #[test]
    fn errors_of_volumes_stand_where_the_person_wrote_them() {
        let found =
            places(&["data", "b"], json!([{"name": "A", "emptyDir": {}}, {"name": "data"}, {"name": "B", "emptyDir": {}}]));
        let expected = [
            ("spec.template.spec.volumes[2].name", "spec.template.spec.volumes[0].name"),
            ("spec.template.spec.volumes[3].name", "spec.template.spec.volumes[2].name"),
        ];
        assert_eq!(found, expected.map(|(field, place)| (field.to_owned(), place.to_owned())));
    }

    #[test]
    fn errors_of_claims_stand_at_their_templates() {
        let found = places(&["data", "B"], json!([]));
        let expected = ("spec.template.spec.volumes[0].name", "spec.volumeClaimTemplates[1].metadata.name");
        assert!(found.contains(&(expected.0.to_owned(), expected.1.to_owned())), "{found:?}");
        assert!(found.iter().all(|(_, place)| place == expected.1), "{found:?}");
    }
}

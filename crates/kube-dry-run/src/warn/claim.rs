//! Claims of volumes.
//!
//! Follows `GetWarningsForPersistentVolumeClaimSpec` in `pkg/api/persistentvolumeclaim/util.go` (v1.35).

use k8s_openapi::api::core::v1::PersistentVolumeClaimSpec;

use super::super::field_path::FieldPath;
use super::Warnings;
use super::container::fractions;

/// The specification of a claim.
pub(super) fn spec(warnings: &mut Warnings, spec: &PersistentVolumeClaimSpec, path: &FieldPath<'_>) {
    let Some(resources) = &spec.resources else { return };
    let path = &path.field("resources");
    fractions(warnings, resources.requests.as_ref(), &["storage"], &path.field("requests"));
    fractions(warnings, resources.limits.as_ref(), &["storage"], &path.field("limits"));
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::super::super::field_path::ROOT;
    use super::super::testing;

    #[test]
    fn storage_has_whole_bytes() {
        let of = |resources: Value| {
            let claim = serde_json::from_value(json!({"resources": resources})).unwrap();
            testing::messages(|warnings| super::spec(warnings, &claim, &ROOT.field("s")))
        };
        assert_eq!(of(Value::Null), Vec::<String>::new());
        assert_eq!(of(json!({"requests": {"storage": "1Gi", "memory": "1m"}, "limits": {"storage": "1"}})), Vec::<String>::new());
        for place in ["requests", "limits"] {
            assert_eq!(
                of(json!({place: {"storage": "1500m"}})),
                [format!("s.resources.{place}[storage]: fractional byte value \"1500m\" is invalid, must be an integer")]
            );
        }
    }
}

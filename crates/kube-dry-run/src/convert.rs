//! What the server reads out of annotations when it converts an object to the type that it works with.
//!
//! Follows `Convert_v1_Deployment_To_apps_Deployment` and `Convert_v1_DaemonSet_To_apps_DaemonSet` in
//! `pkg/apis/apps/v1/conversion.go` (v1.35).

use k8s_openapi::apimachinery::pkg::apis::meta::v1::ObjectMeta;

use crate::finding::Finding;
use crate::path::Path;
use crate::rule::Rule;

/// The annotation that names the revision to go back to.
pub(super) const ROLLBACK_TO: &str = "deprecated.deployment.rollback.to";
const TEMPLATE_GENERATION: &str = "deprecated.daemonset.template.generation";

/// The revision that a Deployment is to go back to, if it names one; an error if that is no number.
pub(super) fn rollback_to(metadata: &ObjectMeta) -> Result<Option<i64>, Box<Finding>> {
    number(metadata, ROLLBACK_TO, |text| !text.is_empty())
}

/// How often the template of a `DaemonSet` has changed, if it says so; an error if that is no number.
pub(super) fn template_generation(metadata: &ObjectMeta) -> Result<Option<i64>, Box<Finding>> {
    number(metadata, TEMPLATE_GENERATION, |_| true)
}

fn number(metadata: &ObjectMeta, key: &str, is_there: fn(&str) -> bool) -> Result<Option<i64>, Box<Finding>> {
    let text = metadata.annotations.as_ref().and_then(|annotations| annotations.get(key));
    let Some(text) = text.filter(|text| is_there(text)) else { return Ok(None) };
    text.parse().map(Some).map_err(|_| {
        let field = Path::root().entry("metadata").entry("annotations").entry(key);
        let message = format!("{field} must be a whole number between {} and {}", i64::MIN, i64::MAX);
        Box::new(Finding::new(Rule::DECODE, field, message))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn annotated(key: &str, value: &str) -> ObjectMeta {
        ObjectMeta { annotations: Some([(key.to_owned(), value.to_owned())].into()), ..ObjectMeta::default() }
    }

    #[test]
    fn numbers_stand_in_annotations() {
        assert_eq!(rollback_to(&ObjectMeta::default()), Ok(None));
        assert_eq!(rollback_to(&annotated(ROLLBACK_TO, "")), Ok(None));
        assert_eq!(rollback_to(&annotated(ROLLBACK_TO, "-3")), Ok(Some(-3)));
        assert_eq!(template_generation(&annotated(TEMPLATE_GENERATION, "+1")), Ok(Some(1)));
    }

    #[test]
    fn what_is_no_number_is_refused() {
        for bad in ["", "x", "1.0", "9223372036854775808"] {
            let error = template_generation(&annotated(TEMPLATE_GENERATION, bad)).unwrap_err();
            assert_eq!(
                error.message,
                "metadata.annotations[deprecated.daemonset.template.generation] must be a whole number between \
                 -9223372036854775808 and 9223372036854775807"
            );
        }
        assert!(rollback_to(&annotated(ROLLBACK_TO, "last")).is_err());
    }
}
